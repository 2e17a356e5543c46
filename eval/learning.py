"""The learning curve: what more written text would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from classifier.labels import Labelled
from eval.metrics import Layout, figures, gold_numbers, tallies
from eval.words import Counted, fit_tfidf

Json = dict[str, Any]
#: Orders in which the written text is read; the curve is their mean.
ORDERS: Final = 3
FIRST: Final = 250


def sizes(most: int) -> list[int]:
    """Numbers of training quotations, doubling, up to all."""
    found, size = [], FIRST
    while size < most:
        found.append(size)
        size *= 2
    return [*found, most]


def learning_curve(
    training: Sequence[Labelled],
    tests: Mapping[str, Sequence[Labelled]],
    labels: Sequence[str],
    counted: Counted,
    *,
    seed: int = 0,
) -> list[Json]:
    """Macro F1 and accuracy on each test set by the number of written quotations, TF-IDF and logistic regression.

    The lexical channel stands for the whole, because it can be fitted again in a second. Each row has the mean,
    the least and the greatest over a few random orders of the training quotations. ``counted`` holds all of them.
    """
    layout = Layout(tuple(labels))
    rng = np.random.default_rng(seed)
    everything = [item for items in tests.values() for item in items]
    gold = gold_numbers([item.stance for item in everything], labels)
    rows: dict[tuple[str, int], list[dict[str, float]]] = {}
    for order in (rng.permutation(len(training)) for _ in range(ORDERS)):
        for size in sizes(len(training)):
            if size == len(training) and (next(iter(tests)), size) in rows:
                continue  # everything, in whatever order, is the same
            some = [training[i] for i in order[:size]]
            model = fit_tfidf(counted.texts(some), [item.stance for item in some])
            found = model.probabilities(counted.texts(everything), labels)
            rows_of = tallies(gold, found, layout)
            start = 0
            for name, items in tests.items():
                part = rows_of[start : start + len(items)].sum(axis=0, keepdims=True)
                start += len(items)
                values = {key: float(v[0]) for key, v in figures(part, layout).items()}
                rows.setdefault((name, size), []).append(values)
    return [
        {
            "set": name,
            "n": size,
            **{figure: _spread([v[figure] for v in values]) for figure in ("macro_f1", "accuracy")},
        }
        for (name, size), values in rows.items()
    ]


def _spread(values: Sequence[float]) -> Json:
    return {
        "value": round(float(np.mean(values)), 6),
        "low": round(min(values), 6),
        "high": round(max(values), 6),
    }
