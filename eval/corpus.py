"""Count and check the written corpus: ``python -m eval.corpus [--against FILE...]``.

Prints the counts by stance, voice and context and the agreement of the two labelling passes, and fails
(exit 1) on near-duplicates, on runs of words shared with the seeds, and on eight words in a row shared
with any file given.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from classifier.commands import DONE, SOME_FAILED, run
from classifier.labels import Labelled, read_labels, read_off_topic
from classifier.training.articles import read_gold_articles

ROOT = Path(__file__).resolve().parent.parent
#: Words in a row that no written item may share with outside text, with a seed, or (mostly) with another item.
OUTSIDE, SEEDS, INSIDE = 8, 7, 7
#: Share of an item's runs of seven words that makes it a near-duplicate of another.
NEAR = 0.4

Run = tuple[str, ...]


def runs(text: str, size: int) -> set[Run]:
    """Return all runs of ``size`` words of a text, without case and punctuation."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def near_duplicates(items: Iterable[Labelled]) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids: an item that shares much of its wording with an earlier one outside its group."""
    first: dict[Run, Labelled] = {}
    for item in items:
        own = runs(item.text, INSIDE)
        known = [first[r] for r in own if r in first]
        shared = Counter(other.id for other in known if not item.group or other.group != item.group)
        if shared:
            other, count = shared.most_common(1)[0]
            if count >= max(2, NEAR * len(own)):
                yield item.id, other
        for found in own:
            first.setdefault(found, item)


def shared_with(items: Iterable[Labelled], texts: Iterable[str], size: int) -> Iterator[tuple[str, str]]:
    """Yield the id of each item that shares ``size`` words in a row with one of ``texts``, and the words."""
    outside: set[Run] = set().union(*(runs(text, size) for text in texts))
    for item in items:
        for text in (item.text, item.context or ""):
            common = runs(text, size) & outside
            if common:
                yield item.id, " ".join(min(common))
                break


def kappa(path: Path) -> tuple[int, float, float]:
    """Return the items labelled twice in a passes file, the share on which they agree, and Cohen's kappa."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["first"] != "-"]
    first, second = [row["first"] for row in rows], [row["second"] for row in rows]
    agree = sum(a == b for a, b in zip(first, second, strict=True)) / len(rows)
    return len(rows), agree, float(cohen_kappa_score(first, second))


def _other_writing(labels: Path) -> list[Labelled]:
    """Return the other written texts as items, for the same checks."""
    articles = read_gold_articles(labels / "articles.jsonl")
    return [
        *read_labels(labels / "pairs.jsonl"),
        *read_off_topic(labels / "off_topic.jsonl"),
        *(Labelled(article.id, article.text, "") for article in articles),
    ]


def _count(what: str, items: Sequence[Labelled], *, by: Sequence[str]) -> None:
    print(f"{what}: {len(items)}, with context {sum(item.context is not None for item in items)}")
    for name in by:
        counted = Counter(getattr(item, name) for item in items).most_common()
        print(f"by {name}: " + ", ".join(f"{label} {count}" for label, count in counted))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = argparse.ArgumentParser(prog="python -m eval.corpus", description=__doc__.split("\n")[0])
    parse.add_argument("--against", nargs="+", type=Path, default=[], metavar="FILE", help="outside text files")
    options = parse.parse_args(arguments)
    labels = ROOT / "labels"
    items = read_labels(labels / "authored.jsonl")
    _count("written quotations", items, by=("stance", "voice"))
    contrary = read_labels(labels / "contrary.jsonl")
    _count("contrary quotations, not trained on", contrary, by=("stance",))
    print(f"off topic: {len(read_off_topic(labels / 'off_topic.jsonl'))}")
    for path in sorted((labels / "passes").glob("*.tsv")):
        count, agree, value = kappa(path)
        print(f"two passes, {path.stem}: {count} items, agreement {agree:.3f}, kappa {value:.3f}")
    items += contrary
    problems = [f"{a} is nearly {b}" for a, b in near_duplicates(items)]
    seeds = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")]
    problems += [f"{a} shares with a seed: {words}" for a, words in shared_with(items, seeds, SEEDS)]
    outside = [path.read_text(encoding="utf-8", errors="replace") for path in options.against]
    written = [*items, *_other_writing(labels)]
    problems += [f"{a} shares with a file: {words}" for a, words in shared_with(written, outside, OUTSIDE)]
    for problem in problems:
        print(problem)
    print(f"problems: {len(problems)}")
    return SOME_FAILED if problems else DONE


if __name__ == "__main__":
    sys.exit(run(main))
