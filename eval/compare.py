"""What changed: two systems' answers to the same items, compared in pairs, article by article.

The test swaps the two systems' answers for whole groups at random (a permutation test; Noreen 1989): if
the systems are alike, every swap is as likely. With fewer than six groups no such test can reach 5%; there
a t test over groups, from leave-one-out differences, decides. McNemar's test over single quotes is shown
beside; it takes quotes of one article as independent, so it alone decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np
from scipy import optimize, stats

from eval.metrics import FIGURES, Array, Layout, Numbers, by_group, figures, tallies
from eval.uncertainty import Interval, intervals, jackknife

ALPHA: Final = 0.05
POWER: Final = 0.80
PERMUTATIONS: Final = 4000
#: Fewest groups with which swapping groups can reach :data:`ALPHA`: 2 / 2**6 is 3%.
LEAST_GROUPS: Final = 6
#: Smaller differences are none: samples are written with six places.
SAME: Final = 1e-5

Verdict = Literal["better", "worse", "cannot tell", "the same"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One figure's change, now minus before, with its test."""

    name: str
    before: float
    now: float
    difference: Interval
    p: float
    test: str
    verdict: Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Now against before, on the items that both judged.

    ``fixed`` and ``broken`` are places of items whose answer became right, or wrong. ``detectable`` is the
    smallest difference in accuracy that these quotes would show with 80% power; ``None`` where no answer
    differs, so that nothing says how much answers vary.
    """

    n: int
    groups: int
    changes: dict[str, Change]
    fixed: tuple[int, ...]
    broken: tuple[int, ...]
    changed: int
    mcnemar_p: float
    detectable: float | None


def _swapped(sums: Array, seed: int) -> Array:
    """Which groups to swap, ``(rounds, groups)`` of 0 and 1: all ways where these are few, else random ones."""
    groups = len(sums)
    if 2**groups <= PERMUTATIONS:
        return np.array(list(product((0.0, 1.0), repeat=groups)))
    return np.random.default_rng(seed).integers(0, 2, size=(PERMUTATIONS, groups)).astype(np.float64)


def permutation_p(before: Array, now: Array, layout: Layout, *, seed: int = 0) -> dict[str, float]:
    """Two-sided p of every figure's difference, from tallies by group ``(groups, columns)`` of both systems."""
    swap = _swapped(now, seed)
    exact = len(swap) == 2 ** len(now)
    one = figures(now.sum(axis=0) + swap @ (before - now), layout)
    two = figures(before.sum(axis=0) + swap @ (now - before), layout)
    seen_one = figures(now.sum(axis=0, keepdims=True), layout)
    seen_two = figures(before.sum(axis=0, keepdims=True), layout)
    found = {}
    for name, value in one.items():
        seen = abs(float(seen_one[name][0] - seen_two[name][0]))
        extreme = int((np.abs(value - two[name]) >= seen - 1e-12).sum())
        found[name] = extreme / len(swap) if exact else (extreme + 1) / (len(swap) + 1)
    return found


def _differences(rows: Array, layout: Layout) -> dict[str, Array]:
    """Differences of every figure, from rows of the present tallies beside the earlier ones."""
    width = rows.shape[1] // 2
    one, two = figures(rows[:, :width], layout), figures(rows[:, width:], layout)
    return {name: one[name] - two[name] for name in one}


def t_p(difference: float, left_out: Array) -> float:
    """Two-sided p of Student's t, from the differences with each group left out ``(groups,)``."""
    groups = len(left_out)
    if abs(difference) < 1e-12 or groups < 2:
        return 1.0
    spread = float(np.sqrt((groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()))
    if spread < 1e-12:
        return float(2 ** (1 - groups))  # all groups moved alike: a sign test can say no more
    return float(2 * stats.t.sf(abs(difference) / spread, groups - 1))


def few_groups_p(before: Array, now: Array, groups: Sequence[str], layout: Layout) -> dict[str, float]:
    """Two-sided p of every figure's difference where groups are too few to swap: Student's t over groups.

    By luck a few groups can be too much alike, so the same test over single quotes must agree.

    Args:
        before: the earlier tallies, ``(n, columns)``.
        now: the present ones.
        groups: one name an item.
        layout: the columns.
    """
    joint = np.hstack([now, before])
    by = _left_out(by_group(joint, groups), layout)
    single = _left_out(joint, layout)
    return {name: max(t_p(*by[name]), t_p(*single[name])) for name in by}


def mcnemar_p(fixed: int, broken: int) -> float:
    """Two-sided p of McNemar's exact test (1947) from the numbers of answers fixed and broken."""
    return float(stats.binomtest(fixed, fixed + broken).pvalue) if fixed + broken else 1.0


def detectable_difference(changed: float, n: float, *, groups: int | None = None) -> float | None:
    """The smallest difference in accuracy that ``n`` pairs would show: McNemar's test, 80% power (Connor 1987).

    Args:
        changed: share of items that are right under one system and wrong under the other.
        n: items, or as many independent items as they are worth.
        groups: number of groups, for Student's quantiles instead of the normal ones.
    """
    if changed <= 0 or n <= 0:
        return None
    quantile = stats.norm.ppf if groups is None else lambda q: stats.t.ppf(q, max(1, groups - 1))
    alpha, power = float(quantile(1 - ALPHA / 2)), float(quantile(POWER))

    def missing(d: float) -> float:
        return float(d * np.sqrt(n) - alpha * np.sqrt(changed) - power * np.sqrt(max(0.0, changed - d * d)))

    if missing(np.sqrt(changed)) < 0:
        return None  # even were every change an improvement, this many would not show it
    return float(optimize.brentq(missing, 0.0, np.sqrt(changed)))


def _worth(difference: Array, sizes: Array) -> float:
    """How many independent items the groups are worth: ``n`` divided by the design effect, at most ``n``."""
    n = float(sizes.sum())
    groups = len(sizes)
    if groups < 2 or groups == n:
        return n
    mean = difference[:, 0].sum() / n
    between = groups / (groups - 1) * float(((difference[:, 0] - mean * sizes) ** 2).sum()) / n**2
    alone = (difference[:, 1].sum() / n - mean**2) / n
    return n / max(1.0, between / alone) if alone > 0 else n


def _verdict(name: str, difference: float, p: float) -> Verdict:
    if abs(difference) < SAME:
        return "the same"
    if p >= ALPHA:
        return "cannot tell"
    better = FIGURES[name].better if name in FIGURES else 1
    return "better" if difference * better > 0 else "worse"


def _left_out(joint: Array, layout: Layout) -> dict[str, tuple[float, Array]]:
    """Every figure's difference, and the differences with each row of tallies left out ``(rows,)``."""
    whole = _differences(joint.sum(axis=0, keepdims=True), layout)
    left_out = _differences(jackknife(joint), layout)
    return {name: (float(value[0]), left_out[name]) for name, value in whole.items()}


def paired_p(
    before: Array, now: Array, groups: Sequence[str], layout: Layout, *, seed: int = 0
) -> dict[str, float]:
    """Two-sided p of every figure's difference by the test that fits the number of groups.

    ``before`` and ``now`` are tallies of the same items, ``(n, columns)``.
    """
    if len(set(groups)) < LEAST_GROUPS:
        return few_groups_p(before, now, groups, layout)
    return permutation_p(by_group(before, groups), by_group(now, groups), layout, seed=seed)


def _changes(before: Array, now: Array, groups: Sequence[str], layout: Layout) -> dict[str, Change]:
    joint = np.hstack([now, before])
    names = figures(now.sum(axis=0, keepdims=True), layout)
    spans = intervals(
        by_group(joint, groups),
        lambda rows: _differences(rows, layout),
        rows=joint,
        ranges=dict.fromkeys(names, (-np.inf, np.inf)),
    )
    p = paired_p(before, now, groups, layout)
    count = len(set(groups))
    test = f"permutation of {count} groups" if count >= LEAST_GROUPS else f"t over {count} groups"
    values = figures(np.stack([before.sum(axis=0), now.sum(axis=0)]), layout)
    return {
        name: Change(
            name=name,
            before=float(values[name][0]),
            now=float(values[name][1]),
            difference=span,
            p=p[name],
            test=test,
            verdict=_verdict(name, span.value, p[name]),
        )
        for name, span in spans.items()
    }


def compare(before: Array, now: Array, gold: Numbers, groups: Sequence[str], layout: Layout) -> Comparison:
    """Compare two systems' probabilities ``(n, labels)`` on the same ``n`` items.

    Args:
        before: the earlier system's.
        now: the present system's.
        gold: label numbers, ``(n,)``.
        groups: what is resampled together, one an item.
        layout: the columns of tallies.
    """
    old, new = tallies(gold, before, layout), tallies(gold, now, layout)
    was, is_ = before.argmax(axis=1) == gold, now.argmax(axis=1) == gold
    fixed, broken = np.flatnonzero(~was & is_), np.flatnonzero(was & ~is_)
    moved = is_.astype(np.float64) - was
    grouped = by_group(np.stack([moved, moved**2, np.ones(len(moved))], axis=1), groups)
    clustered = len(grouped) < len(gold)
    changed = (len(fixed) + len(broken)) / max(1, len(gold))
    return Comparison(
        n=len(gold),
        groups=len(grouped),
        changes=_changes(old, new, groups, layout),
        fixed=tuple(map(int, fixed)),
        broken=tuple(map(int, broken)),
        changed=int((before.argmax(axis=1) != now.argmax(axis=1)).sum()),
        mcnemar_p=mcnemar_p(len(fixed), len(broken)),
        detectable=detectable_difference(
            changed, _worth(grouped, grouped[:, 2]), groups=len(grouped) if clustered else None
        ),
    )
