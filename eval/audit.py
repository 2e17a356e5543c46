"""The labels under audit: where passes disagree, where the labels and a model that never saw them disagree.

Ranking by model is confident learning (Northcutt et al. 2021) as the library cleanlab does it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from cleanlab.filter import find_label_issues  # type: ignore[import-untyped]
from cleanlab.rank import get_label_quality_scores  # type: ignore[import-untyped]

from classifier.errors import LabelsError
from classifier.labels import Labelled
from eval.duplicates import near_duplicates
from eval.metrics import Array, Numbers, by_group, gold_numbers, kappa_of, kappa_tallies
from eval.splits import Repeats, group_of, rounds_of
from eval.uncertainty import Interval, intervals
from eval.words import Counted, fit_tfidf

Json = dict[str, Any]
#: Suspects listed for a source.
MOST: Final = 40
#: A pass's entry for an item that it missed.
MISSED: Final = "-"


@dataclass(frozen=True, slots=True)
class Passes:
    """Two labelling passes over the same items: id to first and second label."""

    name: str
    labels: Mapping[str, tuple[str, str]]


def read_passes(path: Path) -> Passes:
    """Read ``id``, ``first``, ``second`` from a table with tabs.

    Raises:
        LabelsError: another header, or a row without its three cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    if not rows or rows[0][:3] != ["id", "first", "second"]:
        found = "nothing" if not rows else "\t".join(rows[0])
        raise LabelsError(f"{path}, line 1: found {found!r}, expected the columns id, first, second with tabs")
    for number, row in enumerate(rows[1:], 2):
        if len(row) < 3:
            raise LabelsError(f"{path}, line {number}: found {len(row)} cells, expected id, first and second")
    return Passes(path.stem, {row[0]: (row[1], row[2]) for row in rows[1:]})


def kappa(passes: Passes, items: Mapping[str, Labelled]) -> Json:
    """Cohen's kappa of the passes, on the items both labelled, resampled by article or voice."""
    both = {name: pair for name, pair in passes.labels.items() if MISSED not in pair}
    labels = sorted({label for pair in both.values() for label in pair})
    first, second = (gold_numbers([pair[k] for pair in both.values()], labels) for k in (0, 1))
    groups = [_unit(items.get(name)) or name for name in both]
    rows = kappa_tallies(first, second, len(labels))
    sums = by_group(rows, groups)
    found: Interval = intervals(sums, lambda s: {"kappa": kappa_of(s)}, rows=rows)["kappa"]
    return {
        "source": passes.name,
        "n": len(both),
        "groups": len(sums),
        "missed": len(passes.labels) - len(both),
        "agreed": int((first == second).sum()),
        "kappa": found.as_json(),
    }


def _unit(item: Labelled | None) -> str:
    if item is None:
        return ""
    return item.voice or item.group


def disagreements(passes: Passes, items: Mapping[str, Labelled]) -> list[Json]:
    """Items whose two passes differ and which are still among the labels, in the order of the table."""
    found = []
    for name, (first, second) in passes.labels.items():
        item = items.get(name)
        if first != second and item is not None:
            found.append({"id": name, "first": first, "second": second, "label": item.stance, "text": item.text})
    return found


def out_of_fold(items: Sequence[Labelled], labels: Sequence[str], repeats: Repeats, counted: Counted) -> Array:
    """Probabilities ``(n, labels)`` of each item by TF-IDF fitted without its group and its near-duplicates."""
    out = np.zeros((len(items), len(labels)))
    for fold in rounds_of([group_of(item) for item in items]):
        test, others = ([items[i] for i in places] for places in (fold.test, fold.train))
        train = [others[i] for i in repeats.without(others, test)]
        model = fit_tfidf(counted.texts(train), [item.stance for item in train])
        out[fold.test] = model.probabilities(counted.texts(test), labels)
    return out


def suspects(
    items: Sequence[Labelled], gold: Numbers, probabilities: Array, labels: Sequence[str], *, most: int = MOST
) -> list[Json]:
    """Items whose label an out-of-fold model contradicts, the least credible label first.

    Args:
        items: the labelled items.
        gold: label numbers, ``(n,)``.
        probabilities: ``(n, labels)``, each row by a model that never saw the item.
        labels: the labels.
        most: how many are listed at most.
    """
    if len(items) < 10 or len(set(gold.tolist())) < 2:
        return []
    quality = get_label_quality_scores(gold, probabilities, method="self_confidence")
    chosen = find_label_issues(
        gold, probabilities, filter_by="both", return_indices_ranked_by="self_confidence", n_jobs=1
    )
    return [
        {
            "id": items[i].id,
            "label": items[i].stance,
            "model": labels[int(probabilities[i].argmax())],
            "quality": round(float(quality[i]), 4),
            "text": items[i].text,
            "context": items[i].context,
        }
        for i in map(int, chosen[:most])
    ]


def conflicting_duplicates(items: Sequence[Labelled]) -> list[Json]:
    """Near-duplicates with different labels, in the order of the items."""
    found = []
    for one, two in near_duplicates([item.text for item in items]):
        first, second = items[one], items[two]
        if first.stance != second.stance:
            found.append(
                {
                    "ids": [first.id, second.id],
                    "labels": [first.stance, second.stance],
                    "texts": [first.text, second.text],
                }
            )
    return found


def balance(items: Iterable[Labelled], unit: str) -> list[Json]:
    """Counts of each stance by the items' field ``unit`` (group, voice, kind), largest first."""
    counts: dict[str, Counter[str]] = {}
    for item in items:
        counts.setdefault(str(getattr(item, unit)) or "none", Counter())[item.stance] += 1
    rows = [{"name": name, "n": sum(c.values()), "stances": dict(sorted(c.items()))} for name, c in counts.items()]
    return sorted(rows, key=lambda row: (-int(str(row["n"])), str(row["name"])))
