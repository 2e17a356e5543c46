"""How surely a figure is known: intervals that resample whole articles (groups), never single quotes.

Quotes of one article share speakers, subject and reporter, so they err together; resampling single
quotes gives intervals that are far too narrow. Here a group is drawn, or left out, as a whole:

* few groups (below :data:`ENOUGH`): leave each group out in turn (the jackknife) and take a Student t interval
  over the groups, on the log-odds scale for figures between 0 and 1, where it cannot leave the range;
* more: draw groups with replacement (the cluster bootstrap) and take percentiles.

``python -m eval.simulate`` measures how often such an interval holds the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from eval.metrics import FIGURES, Array, Layout, figures

#: From this many groups the bootstrap is used.
ENOUGH: Final = 40
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


def t_interval(value: float, left_out: Array, *, low: float, high: float) -> Interval:
    """Student's t over groups from leave-one-out values ``(groups,)``, kept inside ``low`` to ``high``."""
    groups = len(left_out)
    width = float(stats.t.ppf((1 + LEVEL) / 2, groups - 1))
    method = f"t over {groups} groups"
    if low == 0.0 and high == 1.0:
        if value in (0.0, 1.0) and np.ptp(left_out) == 0:
            # every group alike: the spread says 0, yet unlike groups may exist; an exact bound over groups
            bound = float(((1 - LEVEL) / 2) ** (1 / groups))
            return Interval(
                value, bound if value else 0.0, 1.0 if value else 1 - bound, f"exact over {groups} groups"
            )
        edge = 1e-6
        if edge < value < 1 - edge:
            scale = np.clip(left_out, edge, 1 - edge)
            centre = float(np.log(value / (1 - value)))
            spread = _spread(np.log(scale / (1 - scale)))
            ends = 1 / (1 + np.exp(-(centre + np.array([-1, 1]) * width * spread)))
            return Interval(value, float(ends[0]), float(ends[1]), method)
    spread = _spread(left_out)
    return Interval(value, max(low, value - width * spread), min(high, value + width * spread), method)


def percentile_interval(value: float, drawn: Array, *, groups: int) -> Interval:
    """The middle 95% of the resampled values ``(resamples,)``."""
    low, high = np.percentile(drawn, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
    return Interval(value, float(low), float(high), f"bootstrap of {groups} groups")


def intervals(
    sums: Array, compute: Figures, *, ranges: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, Interval]:
    """Give every figure its interval.

    Args:
        sums: tallies by group, ``(groups, columns)``.
        compute: the figures of ``(m, columns)`` sums.
        ranges: least and greatest value of a figure where it is not the usual one.
    """
    groups = len(sums)
    points = compute(sums.sum(axis=0, keepdims=True))
    if groups < 2:
        return {name: Interval(float(v[0]), None, None, "none: one group") for name, v in points.items()}
    few = groups < ENOUGH
    samples = compute(jackknife(sums) if few else resampled(sums))
    found = {}
    for name, value in points.items():
        point = float(value[0])
        if few:
            low, high = (ranges or {}).get(name) or _range(name)
            found[name] = t_interval(point, samples[name], low=low, high=high)
        else:
            found[name] = percentile_interval(point, samples[name], groups=groups)
    return found


def figure_intervals(sums: Array, layout: Layout) -> dict[str, Interval]:
    """Every figure of :func:`eval.metrics.figures` with its interval."""
    return intervals(sums, lambda rows: figures(rows, layout))


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson's interval (1927) for a share of independent items; ``(0, 1)`` for none."""
    if n == 0:
        return 0.0, 1.0
    z = float(stats.norm.ppf((1 + LEVEL) / 2))
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return centre - half, centre + half
