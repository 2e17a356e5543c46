"""The whole evaluation: a model and sets in, a report folder out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import ModelError
from classifier.labels import read_labels
from classifier.stance.model import StanceModel, load
from classifier.training.articles import DEVELOPMENT, read_gold_articles
from classifier.training.run import project_labels
from eval.bench import Bench
from eval.judged import Judged
from eval.render import markdown
from eval.results import SCHEMA, Json, block
from eval.samples import Earlier, read_samples, unique_names, write_samples
from eval.sets import articles_set, outside_set, pairs_set, seed_set, written_set

ROOT = Path(__file__).resolve().parent.parent
PROJECT_SETS = ("seeds", "articles", "written", "pairs")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is to be evaluated, and where the report goes."""

    model: Path | None = None
    data: Sequence[Path] = ()
    out: Path = ROOT / "eval" / "reports" / "latest"
    against: Path | None = None
    gates: Sequence[str] = ()
    quick: bool = False
    full: bool = False
    root: Path = ROOT
    cache: Path = ROOT / ".cache" / "eval"


def open_bench(request: Request, progress: Callable[[str], None]) -> Bench:
    """Open the model and read the labels it was trained on."""
    model = load(request.model)
    seeds = read_labels(request.root / "labels" / "seeds.jsonl", seeds=request.root / "seeds")
    written = request.root / "labels" / "articles.jsonl"
    articles = read_gold_articles(written, part=DEVELOPMENT) if written.is_file() else []
    return Bench(model, project_labels(request.root), seeds, articles, request.cache, progress)


def judge_sets(request: Request, bench: Bench) -> list[Judged]:
    """Judge every set asked for."""
    names = unique_names(request.data, taken=PROJECT_SETS)
    if not bench.known_labels and not request.data:
        raise ModelError(
            f"{bench.model.folder.root}: answers with {', '.join(bench.model.stances)}; the project's own sets "
            f"have {', '.join(bench.training.classes)}; name a set with the model's labels with --data FILE"
        )
    sets = []
    if bench.known_labels:
        sets.append(seed_set(bench))
        if not request.quick:
            if bench.article_quotes:
                sets.append(articles_set(bench))
            sets.append(written_set(bench))
            pairs = request.root / "labels" / "pairs.jsonl"
            if pairs.is_file():
                sets.append(pairs_set(bench, pairs))
    return sets + [outside_set(bench, path, name=name) for path, name in zip(request.data, names, strict=True)]


def earlier_run(request: Request) -> Earlier | None:
    """The run to compare with: the one named, else the last report in the same folder, else none."""
    if request.against is not None:
        return read_samples(request.against)
    last = request.out / "samples.jsonl"
    return read_samples(last) if last.is_file() else None


def _about(model: StanceModel, seconds: float) -> Json:
    return {
        "model": {"folder": model.folder.root.name, "sha256": model.folder.digest},
        "seconds": round(seconds, 1),
    }


def evaluate(request: Request, *, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Run the evaluation, write the report folder and return the results."""
    begun = time.monotonic()
    earlier = earlier_run(request)
    bench = open_bench(request, progress)
    sets = judge_sets(request, bench)
    progress("figures and intervals")
    blocks = [block(judged, earlier) for judged in sets]
    results: Json = {"schema": SCHEMA, **_about(bench.model, time.monotonic() - begun), "sets": blocks}
    request.out.mkdir(parents=True, exist_ok=True)
    write_samples(request.out / "samples.jsonl", sets)
    (request.out / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (request.out / "report.md").write_text(markdown(results), "utf-8")
    return results
