"""The whole evaluation: a model and sets in, a report folder out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.errors import ModelError
from classifier.files import write_whole
from classifier.labels import read_labels
from classifier.stance.model import load
from classifier.training.articles import DEVELOPMENT, read_gold_articles
from classifier.training.run import project_labels
from eval.bench import Bench
from eval.compare import Comparison
from eval.gates import Gate, check_gates, parse_gates
from eval.headline import headline
from eval.inspect import audited, curve, human, layered
from eval.judged import Judged
from eval.junit import junit
from eval.mistakes import mistakes
from eval.render import html, markdown
from eval.results import SCHEMA, Json, block, compared, comparison_json
from eval.samples import Earlier, read_samples, unique_names, write_samples
from eval.sets import held_sets, outside_set, pairs_set, seed_set
from eval.splits import rounds_of
from eval.voices import voices_set

ROOT = Path(__file__).resolve().parent.parent
PROJECT_SETS = ("seeds", "articles", "written", "voices", "pairs")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is to be evaluated, and where the report goes.

    ``root`` is the project with its ``labels`` and ``seeds``; ``cache`` keeps what is slow and depends on
    content alone.
    """

    model: Path | None = None
    data: Sequence[Path] = ()
    out: Path = ROOT / "eval" / "reports" / "latest"
    against: Path | None = None
    gates: Sequence[str] = ()
    quick: bool = False
    full: bool = False
    root: Path = ROOT
    cache: Path = ROOT / ".cache" / "eval"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A finished evaluation: ``results`` as in ``results.json``, ``errors`` by set, and the gates."""

    results: Json
    errors: Mapping[str, Sequence[Json]]
    gates: Sequence[Gate]
    sets: Sequence[Judged]


def open_bench(request: Request, progress: Callable[[str], None]) -> Bench:
    """Open the model and read the labels it was trained on."""
    model = load(request.model)
    seeds = read_labels(request.root / "labels" / "seeds.jsonl", seeds=request.root / "seeds")
    written = request.root / "labels" / "articles.jsonl"
    articles = read_gold_articles(written, part=DEVELOPMENT) if written.is_file() else []
    return Bench(model, project_labels(request.root), seeds, articles, request.cache, request.root, progress)


def set_names(request: Request, bench: Bench) -> list[str]:
    """The names of the sets that will be judged, the outside ones last.

    Raises:
        ModelError: the model answers with other labels than the project's, and no outside set is named.
    """
    outside = unique_names(request.data, taken=PROJECT_SETS)
    if bench.known_labels:
        own = ["seeds"] if request.quick else list(PROJECT_SETS)
        return own + outside
    if not outside:
        raise ModelError(
            f"{bench.model.folder.root}: answers with {', '.join(bench.model.stances)}; the project's own sets "
            f"have {', '.join(bench.training.classes)}; name a set with the model's labels with --data FILE"
        )
    return outside


def judge_sets(request: Request, bench: Bench) -> list[Judged]:
    """Judge every set asked for; outside sets first, so that a bad file is refused before the slow work."""
    names = set_names(request, bench)[-len(request.data) :] if request.data else []
    outside = [outside_set(bench, path, name=name) for path, name in zip(request.data, names, strict=True)]
    if not bench.known_labels:
        return outside
    sets = [seed_set(bench)]
    if not request.quick:
        held = held_sets(bench, most=None) if request.full else held_sets(bench)
        sets += held
        for written in (judged for judged in held if judged.name == "written"):
            rounds = rounds_of(written.groups) if request.full else None
            sets.append(voices_set(bench, written.items, rounds=rounds))
        pairs = request.root / "labels" / "pairs.jsonl"
        if pairs.is_file():
            sets.append(pairs_set(bench, pairs))
    return sets + outside


def earlier_run(request: Request) -> Earlier | None:
    """The run to compare with: the one named, else the last report in the same folder, else none."""
    if request.against is not None:
        return read_samples(request.against)
    last = request.out / "samples.jsonl"
    return read_samples(last) if last.is_file() else None


def _blocks(
    sets: Sequence[Judged], errors: Mapping[str, Sequence[Json]], earlier: Earlier | None
) -> tuple[list[Json], dict[str, Comparison | None]]:
    """The block of each set, and its comparison with the earlier run."""
    blocks, comparisons = [], {}
    for judged in sets:
        found = compared(judged, earlier)
        against = earlier.source if earlier else ""
        row = comparison_json(found[0], found[1], against=against) if found else None
        blocks.append(block(judged, errors.get(judged.name, ()), row))
        comparisons[judged.name] = found[0] if found else None
    return blocks, comparisons


def evaluate(request: Request, *, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Judge every set and put the report together; nothing is written.

    Raises:
        ClassifierError: a bad file, model, gate or a leak; says what was found, expected and what to do.
    """
    begun = time.monotonic()
    earlier = earlier_run(request)
    bench = open_bench(request, progress)
    guarded = parse_gates(request.gates, sets=set_names(request, bench), labels=bench.labels)
    sets = judge_sets(request, bench)
    errors = {judged.name: mistakes(judged) for judged in sets if judged.name != "voices"}
    progress("figures and intervals")
    blocks, comparisons = _blocks(sets, errors, earlier)
    gates = check_gates(guarded, comparisons)
    own = bench.known_labels
    results: Json = {
        "schema": SCHEMA,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": {
            "folder": bench.model.folder.root.name,
            "sha256": bench.model.folder.digest,
            "labels_changed": bench.labels_changed if bench.known_labels else [],
        },
        "against": earlier.source if earlier else None,
        "headline": headline(blocks, errors, [gate.as_json() for gate in gates]),
        "sets": {row["name"]: row for row in blocks},
        "human": human(bench) if own else [],
        "layers": layered(bench, sets) if own else {},
        "learning_curve": curve(bench, sets) if own and not request.quick else [],
        "audit": audited(bench, sets, quick=request.quick) if own else None,
        "gates": [gate.as_json() for gate in gates],
        "seconds": round(time.monotonic() - begun, 1),
    }
    return Report(results=results, errors=errors, gates=gates, sets=sets)


def write_report(report: Report, out: Path) -> None:
    """Write the report's five files (the contract names them) into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    pages: dict[str, Any] = {
        "results.json": json.dumps(report.results, ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        "report.md": markdown(report.results, report.errors),
        "report.html": html(report.results, report.errors, report.sets),
    }
    for name, text in pages.items():
        write_whole(out / name, text.encode("utf-8", "backslashreplace"))
    write_whole(out / "junit.xml", junit(report.results))
    write_samples(out / "samples.jsonl", report.sets)
