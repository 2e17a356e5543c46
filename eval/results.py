"""From judged sets to the plain numbers of ``results.json``; every page of the report is made from these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from eval.compare import Comparison, compare
from eval.judged import Answers, Judged
from eval.metrics import BINS, FIGURES, PER_CLASS, THRESHOLDS, confusion_matrix, figures, tallies
from eval.mistakes import by_kind
from eval.samples import PLACES, Earlier
from eval.uncertainty import FEW, wilson

SCHEMA: Final = 1
Json = dict[str, Any]


def _figures(judged: Judged, answers: Answers) -> Json:
    """A system's figures, each with its interval."""
    found = judged.intervals(answers)
    return {name: found[name].as_json() for name in FIGURES}


def _per_class(judged: Judged) -> Json:
    found = judged.intervals(judged.model)
    support = np.bincount(judged.gold, minlength=len(judged.labels))
    return {
        label: {
            "support": int(support[number]),
            **{part: found[f"{part}:{label}"].as_json() for part in PER_CLASS},
        }
        for number, label in enumerate(judged.labels)
    }


def _calibration(judged: Judged) -> Json:
    """The reliability table: what the classifier said against how often it was right, in bins of confidence."""
    sums = judged.tallies(judged.model).sum(axis=0)[judged.layout.bins].reshape(BINS, 3)
    bins = []
    for number, (count, confidence, right) in enumerate(sums):
        if count:
            low, high = wilson(round(right), round(count))
            bins.append(
                {
                    "from": number / BINS,
                    "to": (number + 1) / BINS,
                    "n": int(count),
                    "confidence": round(float(confidence / count), 6),
                    "accuracy": round(float(right / count), 6),
                    "low": round(low, 6),
                    "high": round(high, 6),
                }
            )
    return {"bins": bins}


def _coverage(judged: Judged) -> list[Json]:
    found = judged.intervals(judged.model)
    return [
        {
            "threshold": threshold,
            "coverage": found[f"coverage:{threshold}"].as_json(),
            "accuracy": found[f"selective_accuracy:{threshold}"].as_json(),
        }
        for threshold in THRESHOLDS
    ]


def _by_group(judged: Judged) -> list[Json]:
    """Each group's accuracy, with Wilson's interval for its own quotes."""
    right = judged.model.numbers == judged.gold
    rows = []
    for name in sorted(set(judged.groups)):
        mine = np.array([group == name for group in judged.groups])
        hits, n = int(right[mine].sum()), int(mine.sum())
        low, high = wilson(hits, n)
        rows.append(
            {"group": name, "n": n, "right": hits, "accuracy": round(hits / n, 6), "low": low, "high": high}
        )
    return rows


def _by_kind(judged: Judged) -> Json:
    """Accuracy and side by kind of quotation, where items have one."""
    rows = tallies(judged.gold, judged.model.probabilities, judged.layout)
    found = {}
    for kind in sorted({item.kind for item in judged.items if item.kind}):
        mine = [i for i, item in enumerate(judged.items) if item.kind == kind]
        values = figures(rows[mine].sum(axis=0, keepdims=True), judged.layout)
        names = ("accuracy", "macro_f1", "side_accuracy")
        found[kind] = {"n": len(mine), **{name: round(float(values[name][0]), 6) for name in names}}
    return found


def _warnings(judged: Judged, groups: int) -> list[str]:
    found = list(judged.notes)
    if groups < FEW:
        found.append(
            f"{groups} {judged.group_kind}s: below {FEW}, every interval here rests on few groups and can be off; "
            "read the figures as a sketch."
        )
    support = np.bincount(judged.gold, minlength=len(judged.labels))
    for label, count in zip(judged.labels, support, strict=True):
        if count < 10:
            found.append(
                f"{count} items are {label}: its precision, recall and F1, and so macro F1, hang on a few quotes."
            )
    return found


def comparison_json(comparison: Comparison, ids: Sequence[str], *, against: str) -> Json:
    """A comparison as the report has it; ``ids`` are those of the compared items."""
    names = [*FIGURES]
    return {
        "against": against,
        "n": comparison.n,
        "groups": comparison.groups,
        "answers_changed": comparison.changed,
        "fixed": [ids[i] for i in comparison.fixed],
        "broken": [ids[i] for i in comparison.broken],
        "mcnemar_p": round(comparison.mcnemar_p, 6),
        "detectable_accuracy_difference": comparison.detectable and round(comparison.detectable, 6),
        "figures": {
            name: {
                "before": round(change.before, 6),
                "now": round(change.now, 6),
                "difference": change.difference.as_json(),
                "p": round(change.p, 6),
                "test": change.test,
                "verdict": change.verdict,
            }
            for name, change in ((name, comparison.changes[name]) for name in names)
        },
    }


def compared(judged: Judged, earlier: Earlier | None) -> tuple[Comparison, list[str]] | None:
    """The set against the earlier run, on the items that both judged (with their ids); ``None`` without any."""
    if earlier is None:
        return None
    places, before = earlier.matching(judged)
    if not places:
        return None
    now = np.round(judged.model.probabilities[places], PLACES)  # as the earlier ones were written
    groups = [judged.groups[i] for i in places]
    return compare(before, now, judged.gold[places], groups, judged.layout), [judged.items[i].id for i in places]


def _against_baseline(judged: Judged, answers: Answers) -> Json:
    """The classifier against a baseline, as a paired comparison."""
    found = compare(answers.probabilities, judged.model.probabilities, judged.gold, judged.groups, judged.layout)
    change = found.changes["accuracy"]
    return {
        "difference": change.difference.as_json(),
        "p": round(change.p, 6),
        "test": change.test,
        "verdict": change.verdict,
    }


def _baseline(judged: Judged, answers: Answers) -> Json:
    return {
        "name": answers.name,
        "title": answers.title,
        "figures": _figures(judged, answers),
        "classifier_against_it": _against_baseline(judged, answers),
    }


def block(judged: Judged, errors: Sequence[Json], comparison: Json | None) -> Json:
    """The block of one set; ``errors`` are its wrong answers."""
    groups = len(set(judged.groups))
    abstained = judged.model.abstained
    matrix = confusion_matrix(judged.gold, judged.model.numbers, len(judged.labels))
    return {
        "name": judged.name,
        "title": judged.title,
        "protocol": judged.protocol,
        "n": len(judged.items),
        "groups": groups,
        "group_kind": judged.group_kind,
        "labels": list(judged.labels),
        "figures": _figures(judged, judged.model),
        "per_class": _per_class(judged),
        "confusion": matrix.tolist(),
        "abstained": int(abstained.sum()) if abstained is not None else 0,
        "calibration": _calibration(judged),
        "coverage": _coverage(judged),
        "by_group": _by_group(judged),
        "by_kind": _by_kind(judged),
        "baselines": [_baseline(judged, answers) for answers in judged.baselines],
        "comparison": comparison,
        "errors": {"n": len(errors), "kinds": by_kind(list(errors)), "ids": [row["id"] for row in errors]},
        "warnings": _warnings(judged, groups),
    }
