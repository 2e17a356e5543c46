"""The checks on the checker: how often an interval holds the truth, and how often a test raises a false alarm.

    python -m eval.simulate [--rounds 2000] [--groups 5 8 15 30 60] [--items 10]

Articles are drawn from a made-up world in which the truth is known: each has its own mixture of stances and
its own difficulty, so that its quotations err together (intra-class correlation about .2, as measured on
annotated articles).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier.commands import DONE, run
from classifier.schema import STANCES
from eval.compare import ALPHA, paired_p
from eval.metrics import Array, Layout, Numbers, figures, tallies
from eval.uncertainty import figure_intervals

LAYOUT: Final = Layout(STANCES)
#: Figures that are checked.
CHECKED: Final = ("accuracy", "macro_f1", "side_accuracy", "mcc", "log_loss", "brier")


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A made-up world of articles.

    ``accuracy`` is how often the classifier is right on average, ``correlation`` the intra-class correlation
    of being right, ``items`` the mean number of quotations an article, ``mixture`` the stances' shares.
    """

    accuracy: float = 0.75
    correlation: float = 0.2
    items: int = 10
    mixture: tuple[float, ...] = (0.42, 0.42, 0.16)

    def _articles(self, rng: np.random.Generator, groups: int) -> tuple[Numbers, NDArray[np.intp], Array]:
        """Gold labels, article numbers and chances of being right, one a quotation."""
        sizes = 1 + rng.poisson(self.items - 1, groups)
        article = np.repeat(np.arange(groups), sizes)
        mixtures = rng.dirichlet(np.array(self.mixture) * 6, groups)
        uniform = rng.random(len(article))[:, None]
        gold = (mixtures[article].cumsum(axis=1) < uniform).sum(axis=1).clip(max=2)
        spread = 1 / self.correlation - 1
        chance = rng.beta(self.accuracy * spread, (1 - self.accuracy) * spread, groups)
        return gold, article, chance[article]

    @staticmethod
    def _answers(rng: np.random.Generator, gold: Numbers, chance: Array) -> Array:
        """Probabilities ``(n, 3)`` whose largest is right with the given chance."""
        right = rng.random(len(gold)) < chance
        answer = np.where(right, gold, (gold + rng.integers(1, 3, len(gold))) % 3)
        top = rng.uniform(0.45, 0.95, len(gold))
        out = np.repeat(((1 - top) / 2)[:, None], 3, axis=1)
        out[np.arange(len(gold)), answer] = top
        return out

    def one(self, rng: np.random.Generator, groups: int) -> tuple[Array, list[str]]:
        """Tallies of one classifier, ``(n, columns)``, and the article of each quotation."""
        gold, article, chance = self._articles(rng, groups)
        return tallies(gold, self._answers(rng, gold, chance), LAYOUT), [f"{number:05d}" for number in article]

    def two(self, rng: np.random.Generator, groups: int) -> tuple[Array, Array, list[str]]:
        """Tallies of two classifiers that are equally good, each with errors of its own, and the articles.

        Part of an article's difficulty is the classifier's own: one is better here, the other there.
        """
        gold, article, shared = self._articles(rng, groups)
        tilt = rng.normal(0, 0.15, groups)[article]
        answers = (self._answers(rng, gold, np.clip(shared + sign * tilt, 0, 1)) for sign in (1, -1))
        first, second = (tallies(gold, p, LAYOUT) for p in answers)
        return first, second, [f"{number:05d}" for number in article]

    def truth(self, *, articles: int = 40000) -> dict[str, float]:
        """Every figure over very many articles."""
        rows, _ = self.one(np.random.default_rng(987654321), articles)
        return {name: float(v[0]) for name, v in figures(rows.sum(axis=0, keepdims=True), LAYOUT).items()}


def coverage(world: World, groups: int, *, rounds: int, seed: int = 1) -> dict[str, float]:
    """The share of rounds in which a figure's 95% interval holds the truth, by figure."""
    rng = np.random.default_rng(seed)
    truth = world.truth()
    held = dict.fromkeys(CHECKED, 0)
    for _ in range(rounds):
        found = figure_intervals(*world.one(rng, groups), LAYOUT)
        for name in CHECKED:
            low, high = found[name].low, found[name].high
            held[name] += low is not None and high is not None and low <= truth[name] <= high
    return {name: count / rounds for name, count in held.items()}


def false_alarms(world: World, groups: int, *, rounds: int, seed: int = 2) -> dict[str, float]:
    """The share of rounds in which two equally good classifiers are called different at .05, by figure."""
    rng = np.random.default_rng(seed)
    alarms = dict.fromkeys(CHECKED, 0)
    for number in range(rounds):
        before, now, articles = world.two(rng, groups)
        p = paired_p(before, now, articles, LAYOUT, seed=number)
        for name in CHECKED:
            alarms[name] += p[name] < ALPHA
    return {name: count / rounds for name, count in alarms.items()}


def _table(title: str, rows: dict[int, dict[str, float]]) -> str:
    head = f"{title}\n{'groups':>7}" + "".join(f"{name:>15}" for name in CHECKED)
    body = (f"{groups:>7}" + "".join(f"{row[name]:>15.1%}" for name in CHECKED) for groups, row in rows.items())
    return "\n".join([head, *body])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulations and print their figures."""
    parse = argparse.ArgumentParser(prog="python -m eval.simulate", description=__doc__.splitlines()[0])
    parse.add_argument("--rounds", type=int, default=2000, help="made-up worlds a row (default: 2000)")
    parse.add_argument("--groups", type=int, nargs="+", default=[5, 8, 15, 30, 60], help="numbers of articles")
    parse.add_argument("--items", type=int, default=10, help="quotations an article, on average (default: 10)")
    options = parse.parse_args(arguments)
    world = World(items=options.items)
    held = {groups: coverage(world, groups, rounds=options.rounds) for groups in options.groups}
    print(_table("95% intervals that hold the truth", held))
    alarms = {groups: false_alarms(world, groups, rounds=options.rounds) for groups in options.groups}
    print(_table("\nFalse alarms of the paired test at .05", alarms))
    return DONE


if __name__ == "__main__":
    sys.exit(run(main))
