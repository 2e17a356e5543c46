"""The figures of the report, each a function of sums over items.

Every figure here follows from a few numbers an item (:func:`tallies`) added up. So a resample of articles
is a weighted sum, a thousand resamples are one matrix product, and leaving an article out is a
subtraction; no figure is ever computed by a second formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier.schema import SIDES

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]

#: Equal-width bins of the top probability for the calibration error (Naeini et al. 2015).
BINS: Final = 10
#: Confidence thresholds at which coverage and accuracy are counted.
THRESHOLDS: Final = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
#: Log loss counts a probability below this as this.
LEAST_PROBABILITY: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is called, where its values lie, and which way is better (``+1`` higher, ``-1`` lower)."""

    name: str
    title: str
    low: float
    high: float
    better: int = 1


FIGURES: Final[Mapping[str, Figure]] = {
    figure.name: figure
    for figure in (
        Figure("macro_f1", "Macro F1", 0.0, 1.0),
        Figure("accuracy", "Accuracy", 0.0, 1.0),
        Figure("side_accuracy", "Right side of the two", 0.0, 1.0),
        Figure("mcc", "Matthews correlation", -1.0, 1.0),
        Figure("kappa", "Cohen's kappa with the labels", -1.0, 1.0),
        Figure("log_loss", "Log loss", 0.0, np.inf, -1),
        Figure("brier", "Brier score", 0.0, 2.0, -1),
        Figure("ece", "Calibration error", 0.0, 1.0, -1),
    )
}
PER_CLASS: Final = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each number stands in a row of tallies, for ``labels`` in their order."""

    labels: tuple[str, ...]

    @property
    def confusion(self) -> slice:
        """Columns of the confusion matrix, gold by predicted, flattened."""
        return slice(0, len(self.labels) ** 2)

    @property
    def losses(self) -> slice:
        """Log loss, Brier score, items with a side, items whose side is right."""
        return slice(self.confusion.stop, self.confusion.stop + 4)

    @property
    def bins(self) -> slice:
        """Count, sum of the top probability and number right, a triple a bin."""
        return slice(self.losses.stop, self.losses.stop + 3 * BINS)

    @property
    def covered(self) -> slice:
        """Count and number right, a pair a threshold."""
        return slice(self.bins.stop, self.bins.stop + 2 * len(THRESHOLDS))

    @property
    def sides(self) -> tuple[int, int] | None:
        """Columns of the two opposing stances, where the labels have both."""
        if not set(SIDES) <= set(self.labels):
            return None
        return self.labels.index(SIDES[0]), self.labels.index(SIDES[1])


def gold_numbers(stances: Sequence[str], labels: Sequence[str]) -> Numbers:
    """Return label numbers, ``(n,)``."""
    numbers = {label: number for number, label in enumerate(labels)}
    return np.array([numbers[stance] for stance in stances], dtype=np.intp)


def tallies(gold: Numbers, probabilities: Array, layout: Layout) -> Array:
    """Return the numbers that every figure is made of, one row an item: ``(n, columns)``.

    Args:
        gold: label numbers, ``(n,)``.
        probabilities: ``(n, labels)``, rows summing to 1; the largest is the answer.
        layout: the columns.
    """
    n, size = probabilities.shape
    rows = np.arange(n)
    out = np.zeros((n, layout.covered.stop))
    answer = probabilities.argmax(axis=1)
    top = probabilities.max(axis=1)
    right = answer == gold
    out[rows, gold * size + answer] = 1.0
    truth = np.eye(size)[gold]
    first = layout.losses.start
    out[:, first] = -np.log(np.clip(probabilities[rows, gold], LEAST_PROBABILITY, 1.0))
    out[:, first + 1] = ((probabilities - truth) ** 2).sum(axis=1)
    if layout.sides is not None:
        one, two = layout.sides
        has_side = (gold == one) | (gold == two)
        side = np.where(probabilities[:, one] >= probabilities[:, two], one, two)
        out[:, first + 2] = has_side
        out[:, first + 3] = has_side & (side == gold)
    place = layout.bins.start + 3 * np.minimum((top * BINS).astype(np.intp), BINS - 1)
    out[rows, place] = 1.0
    out[rows, place + 1] = top
    out[rows, place + 2] = right
    for number, threshold in enumerate(THRESHOLDS):
        kept = top >= threshold
        out[:, layout.covered.start + 2 * number] = kept
        out[:, layout.covered.start + 2 * number + 1] = kept & right
    return out


def by_group(rows: Array, groups: Sequence[str]) -> Array:
    """Add up tallies by group, ``(groups, columns)``, groups in order of their name."""
    _, numbers = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sums = np.zeros((int(numbers.max()) + 1 if len(numbers) else 0, rows.shape[1]))
    np.add.at(sums, numbers, rows)
    return sums


def _ratio(above: Array, below: Array) -> Array:
    """``above / below``, 0 where there is nothing to divide by (scikit-learn's ``zero_division=0``)."""
    result: Array = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return result


def _agreement(matrix: Array) -> tuple[Array, Array]:
    """Matthews correlation (Gorodkin 2004) and Cohen's kappa of confusion matrices ``(m, k, k)``."""
    total = matrix.sum(axis=(1, 2))
    hits = np.trace(matrix, axis1=1, axis2=2)
    gold, answers = matrix.sum(axis=2), matrix.sum(axis=1)
    chance = (gold * answers).sum(axis=1)
    spread = (total**2 - (gold**2).sum(axis=1)) * (total**2 - (answers**2).sum(axis=1))
    mcc = _ratio(hits * total - chance, np.sqrt(np.maximum(spread, 0.0)))
    return mcc, _ratio(hits * total - chance, total**2 - chance)


def figures(sums: Array, layout: Layout) -> dict[str, Array]:
    """Compute every figure of ``m`` samples at once.

    Args:
        sums: tallies added up, ``(m, columns)``.
        layout: the columns.

    Returns:
        Name to values ``(m,)``: those of :data:`FIGURES`, then ``precision:LABEL``, ``recall:LABEL`` and
        ``f1:LABEL``, ``coverage:T`` and ``selective_accuracy:T`` for each threshold. The macro average leaves
        out a label that occurs neither in the labels nor in the answers of a sample.
    """
    size = len(layout.labels)
    matrix = sums[:, layout.confusion].reshape(-1, size, size)
    n = matrix.sum(axis=(1, 2))
    hits = np.diagonal(matrix, axis1=1, axis2=2)
    support, answers = matrix.sum(axis=2), matrix.sum(axis=1)
    f1 = _ratio(2 * hits, support + answers)
    occurs = (support + answers > 0).astype(np.float64)
    log_loss, brier, with_side, right_side = sums[:, layout.losses].T
    mcc, kappa = _agreement(matrix)
    bins = sums[:, layout.bins].reshape(-1, BINS, 3)
    found = {
        "macro_f1": _ratio((f1 * occurs).sum(axis=1), occurs.sum(axis=1)),
        "accuracy": _ratio(hits.sum(axis=1), n),
        "side_accuracy": _ratio(right_side, with_side),
        "mcc": mcc,
        "kappa": kappa,
        "log_loss": _ratio(log_loss, n),
        "brier": _ratio(brier, n),
        "ece": _ratio(np.abs(bins[:, :, 1] - bins[:, :, 2]).sum(axis=1), n),
    }
    for number, label in enumerate(layout.labels):
        found[f"precision:{label}"] = _ratio(hits[:, number], answers[:, number])
        found[f"recall:{label}"] = _ratio(hits[:, number], support[:, number])
        found[f"f1:{label}"] = f1[:, number]
    for threshold, (kept, right) in zip(
        THRESHOLDS, sums[:, layout.covered].reshape(-1, len(THRESHOLDS), 2).transpose(1, 2, 0), strict=True
    ):
        found[f"coverage:{threshold}"] = _ratio(kept, n)
        found[f"selective_accuracy:{threshold}"] = _ratio(right, kept)
    return found


def confusion_matrix(gold: Numbers, answers: Numbers, size: int) -> NDArray[np.int64]:
    """Count items, gold by answer: ``(size, size)``."""
    matrix = np.zeros((size, size), np.int64)
    np.add.at(matrix, (gold, answers), 1)
    return matrix


def kappa_tallies(first: Numbers, second: Numbers, size: int) -> Array:
    """Rows for :func:`kappa_of`: one cell of the agreement table an item, ``(n, size * size)``."""
    rows = np.zeros((len(first), size * size))
    rows[np.arange(len(first)), first * size + second] = 1.0
    return rows


def kappa_of(sums: Array) -> Array:
    """Cohen's kappa (1960) of ``m`` flattened agreement tables, ``(m,)``."""
    size = round(sums.shape[1] ** 0.5)
    return _agreement(sums.reshape(-1, size, size))[1]
