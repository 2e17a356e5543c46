"""How surely a figure is known: intervals that resample whole articles (groups), never single quotes.

Quotes of one article share speakers, subject and reporter, so they err together; resampling single
quotes gives intervals that are far too narrow. Here a group is drawn, or left out, as a whole:

* few groups (below :data:`ENOUGH`): leave each group out in turn (the jackknife) and take a Student t interval
  over the groups, on a scale without ends (log-odds, logarithm), so that it cannot leave the figure's range.
  By luck a few groups can be too much alike, so the interval is never narrower than the one that takes every
  quote by itself;
* more: draw groups with replacement (the cluster bootstrap) and take percentiles.

``python -m eval.simulate`` measures how often such an interval holds the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from eval.metrics import FIGURES, Array, Layout, by_group, figures

#: From this many groups the bootstrap is used.
ENOUGH: Final = 100
#: Below this many groups every interval comes with a warning.
FEW: Final = 15
RESAMPLES: Final = 2000
LEVEL: Final = 0.95

#: Figures of ``m`` samples from their sums ``(m, columns)``, by name.
Figures = Callable[[Array], Mapping[str, Array]]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95% confidence interval; ``low`` and ``high`` are ``None`` where none can be given."""

    value: float
    low: float | None
    high: float | None
    method: str

    def as_json(self) -> dict[str, float | str | None]:
        """The report's ``{"value", "low", "high", "method"}``, rounded to six places."""
        ends = [None if end is None else round(end, 6) for end in (self.low, self.high)]
        return {"value": round(self.value, 6), "low": ends[0], "high": ends[1], "method": self.method}


def _range(name: str) -> tuple[float, float]:
    if name in FIGURES:
        return FIGURES[name].low, FIGURES[name].high
    return (-1.0, 1.0) if name.startswith("kappa") else (0.0, 1.0)


def jackknife(sums: Array) -> Array:
    """Sums with each group left out in turn, ``(groups, columns)``."""
    left: Array = sums.sum(axis=0) - sums
    return left


def resampled(sums: Array, *, resamples: int = RESAMPLES, seed: int = 0) -> Array:
    """Sums of ``resamples`` draws of groups with replacement, ``(resamples, columns)``."""
    groups = len(sums)
    draws = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / groups), size=resamples)
    drawn: Array = draws @ sums
    return drawn


def _spread(left_out: Array) -> float:
    """The jackknife's standard error from the leave-one-out values ``(groups,)``."""
    groups = len(left_out)
    return float(np.sqrt((groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()))


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale without ends, on which a figure's spread is more even, and the way back.

    ``slope`` is how much it stretches at a value: a spread there is that many times as wide on the scale.
    """

    to: Callable[[Array], Array]
    back: Callable[[Array], Array]
    slope: Callable[[float], float]


def _scale(low: float, high: float) -> Scale:
    """Log-odds between two ends, the logarithm above one, the figure itself where there is none."""
    if np.isfinite(low) and np.isfinite(high):
        width = high - low
        return Scale(
            lambda v: np.log((v - low) / (high - v)),
            lambda s: low + width / (1 + np.exp(-s)),
            lambda v: width / ((v - low) * (high - v)),
        )
    if np.isfinite(low):
        return Scale(lambda v: np.log(v - low), lambda s: low + np.exp(s), lambda v: 1 / (v - low))
    return _SAME


#: The figure itself.
_SAME: Final = Scale(lambda v: v, lambda s: s, lambda _: 1.0)


def _exact(value: float, groups: int, *, low: float, high: float) -> Interval:
    """Every group alike at an end of the range: the spread says 0, yet unlike groups may exist.

    The bound is the one for a share of which none, or all, of ``groups`` were seen (Clopper and Pearson 1934).
    """
    width = (high - low) * (1 - float(((1 - LEVEL) / 2) ** (1 / groups))) if np.isfinite(high) else 0.0
    ends = (low, low + width) if value == low else (high - width, high)
    return Interval(value, *ends, f"exact over {groups} groups")


def t_interval(value: float, left_out: Array, *, low: float, high: float, alone: Array | None = None) -> Interval:
    """Student's t over groups, kept between ``low`` and ``high``.

    Args:
        value: the figure.
        left_out: the figure with each group left out, ``(groups,)``.
        low: its least value.
        high: its greatest.
        alone: the figure with each item left out, ``(n,)``: the interval is at least as wide as these say.
    """
    groups = len(left_out)
    if value in (low, high) and np.ptp(left_out) == 0:
        return _exact(value, groups, low=low, high=high)
    scale = _scale(low, high) if low < value < high else _SAME

    def spread(values: Array) -> float:
        if low < values.min() and values.max() < high:
            return _spread(scale.to(values))
        return _spread(values) * scale.slope(value)  # without one group the figure is at its end, off the scale

    half = float(stats.t.ppf((1 + LEVEL) / 2, groups - 1)) * spread(left_out)
    if alone is not None:
        half = max(half, float(stats.norm.ppf((1 + LEVEL) / 2)) * spread(alone))
    ends = np.clip(scale.back(scale.to(np.array([value])) + np.array([-half, half])), low, high)
    return Interval(value, float(ends[0]), float(ends[1]), f"t over {groups} groups")


def percentile_interval(value: float, drawn: Array, *, groups: int) -> Interval:
    """The middle 95% of the resampled values ``(resamples,)``."""
    low, high = np.percentile(drawn, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
    return Interval(value, float(low), float(high), f"bootstrap of {groups} groups")


def intervals(
    sums: Array,
    compute: Figures,
    *,
    rows: Array | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> dict[str, Interval]:
    """Give every figure its interval.

    Args:
        sums: tallies by group, ``(groups, columns)``.
        compute: the figures of ``(m, columns)`` sums.
        rows: the tallies of single items, ``(n, columns)``, where there are such.
        ranges: least and greatest value of a figure where it is not the usual one.
    """
    groups = len(sums)
    points = {name: float(value[0]) for name, value in compute(sums.sum(axis=0, keepdims=True)).items()}
    if groups < 2:
        return {name: Interval(value, None, None, "none: one group") for name, value in points.items()}
    if groups >= ENOUGH:
        drawn = compute(resampled(sums))
        return {name: percentile_interval(value, drawn[name], groups=groups) for name, value in points.items()}
    left_out, found = compute(jackknife(sums)), {}
    alone = compute(jackknife(rows)) if rows is not None and len(rows) > groups else {}
    for name, value in points.items():
        low, high = (ranges or {}).get(name) or _range(name)
        found[name] = t_interval(value, left_out[name], low=low, high=high, alone=alone.get(name))
    return found


def figure_intervals(rows: Array, groups: Sequence[str], layout: Layout) -> dict[str, Interval]:
    """Every figure of :func:`eval.metrics.figures` with its interval, from tallies ``(n, columns)`` of items."""
    return intervals(by_group(rows, groups), lambda sums: figures(sums, layout), rows=rows)


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson's interval (1927) for a share of independent items; ``(0, 1)`` for none."""
    if n == 0:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + LEVEL) / 2))
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return centre - half, centre + half
