"""What the report says besides the sets: human agreement, layers, the learning curve and the label audit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from classifier.labels import Labelled
from eval.audit import balance, conflicting_duplicates, disagreements, kappa, out_of_fold, read_passes, suspects
from eval.bench import Bench
from eval.cache import contents, kept
from eval.judged import Judged
from eval.layers import GoldText, layers, seed_texts, written_texts
from eval.learning import learning_curve
from eval.metrics import gold_numbers
from eval.splits import group_of

Json = dict[str, Any]


def _by_id(bench: Bench) -> dict[str, Labelled]:
    return {item.id: item for item in bench.all_training}


def human(bench: Bench) -> list[Json]:
    """Kappa of the two labelling passes, a row a source."""
    items = _by_id(bench)
    return [kappa(read_passes(path), items) for path in sorted((bench.root / "labels" / "passes").glob("*.tsv"))]


def _texts(bench: Bench, judged: Judged) -> list[GoldText]:
    """The articles of a set, with their labelled quotations."""
    if judged.name == "seeds":
        lines = (bench.root / "labels" / "seeds.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return seed_texts(rows, bench.root / "seeds", {item.id: item for item in judged.items})
    return written_texts(bench.articles)


def layered(bench: Bench, sets: Sequence[Judged]) -> dict[str, list[Json]]:
    """The layers on the seeds and, where they were judged, on the written articles."""
    found = {}
    for judged in sets:
        if judged.name in ("seeds", "articles"):
            bench.progress(f"{judged.name}: layers")
            heads = {group_of(item): head for item, head in zip(judged.items, judged.heads, strict=True)}
            models = {name: bench.with_head(head) for name, head in heads.items()}
            texts = [text for text in _texts(bench, judged) if text.id in models]
            right = judged.model.numbers == judged.gold
            hits = {item.id: bool(hit) for item, hit in zip(judged.items, right, strict=True)}
            found[judged.name] = layers(texts, models, hits)
    return found


def curve(bench: Bench, sets: Sequence[Judged]) -> list[Json]:
    """The learning curve on every set but the minimal pairs."""
    bench.progress("learning curve")
    tests = {judged.name: judged.items for judged in sets if judged.name not in ("pairs", "voices")}
    judged_items = [item for items in tests.values() for item in items]
    training = bench.left([i for i in bench.training.channels if i.stance in bench.labels], judged_items)
    inputs = [contents(items, "id", "text", "stance") for items in (training, judged_items)]
    rows: list[Json] = kept(
        bench.cache,
        "curve",
        inputs,
        lambda: learning_curve(training, tests, bench.labels, bench.counted.further(judged_items)),
    )
    return rows


def _written_suspects(bench: Bench) -> list[Json]:
    """The whole written corpus against TF-IDF that never saw the item."""
    items = bench.stance_written
    inputs = contents(items, "id", "text", "stance", "group")
    probabilities = kept(
        bench.cache, "audit", inputs, lambda: out_of_fold(items, bench.labels, bench.repeats, bench.counted)
    )
    gold = gold_numbers([item.stance for item in items], bench.labels)
    return suspects(items, gold, np.asarray(probabilities), bench.labels)


def audited(bench: Bench, sets: Sequence[Judged], *, quick: bool) -> Json:
    """The label audit; ``quick`` leaves the written corpus out."""
    bench.progress("label audit")
    items = _by_id(bench)
    passes = [read_passes(path) for path in sorted((bench.root / "labels" / "passes").glob("*.tsv"))]
    by_model = {
        judged.name: suspects(judged.items, judged.gold, judged.model.probabilities, judged.labels)
        for judged in sets
        if judged.name in ("seeds", "articles", "written")
    }
    if not quick:
        by_model["whole written corpus, by TF-IDF"] = _written_suspects(bench)
    return {
        "passes": {p.name: disagreements(p, items) for p in passes},
        "suspects": by_model,
        "conflicting_duplicates": conflicting_duplicates(bench.all_training),
        "balance": {
            "articles": balance(bench.seeds, "group"),
            "kinds": balance(bench.seeds, "kind"),
            "voices": balance(bench.all_written, "voice"),
        },
    }
