"""Intervals and tests: golden values; how often they are right is ``test_eval_simulate.py``."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from classifier.schema import STANCES
from eval.compare import (
    compare,
    detectable_difference,
    few_groups_p,
    mcnemar_p,
    permutation_p,
    t_p,
)
from eval.metrics import Layout, by_group, figures, tallies
from eval.uncertainty import (
    Interval,
    _scale,
    figure_intervals,
    intervals,
    jackknife,
    percentile_interval,
    resampled,
    t_interval,
    wilson,
)

LAYOUT = Layout(STANCES)


def _mean(sums: np.ndarray) -> dict[str, np.ndarray]:
    return {"mean": sums[:, 0] / sums[:, 1]}


def test_with_groups_of_one_size_the_interval_is_students() -> None:
    # the jackknife of a mean of equal groups is the textbook standard error
    values = np.array([3.0, 5.0, 4.0, 8.0])
    sums = np.stack([values, np.ones(4)], axis=1)
    found = intervals(sums, _mean, ranges={"mean": (-np.inf, np.inf)})["mean"]
    half = stats.t.ppf(0.975, 3) * values.std(ddof=1) / 2
    assert_allclose([found.value, found.low, found.high], [5.0, 5.0 - half, 5.0 + half])
    assert found.method == "t over 4 groups"


def test_a_share_stays_between_its_ends() -> None:
    found = t_interval(0.95, np.array([0.99, 0.97, 0.85, 0.97]), low=0.0, high=1.0)
    assert 0 < found.low < 0.95 < found.high < 1


def test_groups_that_agree_by_luck_do_not_make_an_interval_narrow() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 1.0]] * 20)
    groups = [f"g{i // 10}" for i in range(40)]
    sums = by_group(rows, groups)
    assert np.ptp(sums[:, 0]) == 0
    found = intervals(sums, _mean, rows=rows, ranges={"mean": (0.0, 1.0)})["mean"]
    low, high = wilson(20, 40)
    assert found.low < low + 0.02
    assert found.high > high - 0.02


def test_all_right_in_five_articles_is_not_certainty() -> None:
    sums = np.array([[4.0, 4.0]] * 5)
    found = intervals(sums, _mean, ranges={"mean": (0.0, 1.0)})["mean"]
    assert_allclose([found.low, found.high], [0.025 ** (1 / 5), 1.0])  # Clopper and Pearson's bound for 5 of 5


def test_one_wrong_answer_in_twenty_articles_leaves_little_doubt() -> None:
    # without that article all are right, which log-odds can't hold: the standard error of 39/40 is .025, on the
    # scale of log-odds .025 / (39/40 * 1/40), times Student's quantile for 19
    sums = np.array([[1.0, 2.0]] + [[2.0, 2.0]] * 19)
    found = intervals(sums, _mean, ranges={"mean": (0.0, 1.0)})["mean"]
    half = stats.t.ppf(0.975, 19) * 0.025 / (39 / 40 / 40)
    expected = 1 / (1 + np.exp(-(np.log(39) + np.array([-half, half]))))
    assert_allclose([found.low, found.high], expected, rtol=1e-3)
    assert found.low > 0.8


def test_one_group_gives_no_interval() -> None:
    found = intervals(np.array([[3.0, 4.0]]), _mean)["mean"]
    assert (found.value, found.low, found.high) == (0.75, None, None)


def test_many_groups_are_resampled() -> None:
    rng = np.random.default_rng(5)
    rows = np.stack([rng.random(400) < 0.7, np.ones(400)], axis=1).astype(float)
    found = intervals(rows, _mean, ranges={"mean": (0.0, 1.0)})["mean"]
    low, high = wilson(int(rows[:, 0].sum()), 400)
    assert found.method == "bootstrap of 400 groups"
    assert_allclose([found.low, found.high], [low, high], atol=0.01)


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662
    assert_allclose(wilson(81, 263), (0.2553, 0.3662), atol=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_mcnemars_exact_test_is_the_binomial() -> None:
    # 2 against 10: 2 * (C(12,0) + C(12,1) + C(12,2)) / 2**12
    assert_allclose(mcnemar_p(2, 10), 2 * (1 + 12 + 66) / 4096)
    assert mcnemar_p(0, 0) == 1.0


def test_the_detectable_difference_is_the_published_one() -> None:
    # Connor (1987): n = (1.96 sqrt(psi) + 0.8416 sqrt(psi - d^2))^2 / d^2; psi .2 and d .1 need 155 pairs
    assert_allclose(detectable_difference(0.2, 155), 0.1, atol=2e-4)
    assert detectable_difference(0.0, 100) is None
    assert detectable_difference(0.01, 3) is None
    few, many = detectable_difference(0.2, 155, groups=5), detectable_difference(0.2, 155)
    assert few is not None
    assert many is not None
    assert few > many


def _answers(gold: np.ndarray, right: np.ndarray) -> np.ndarray:
    out = np.full((len(gold), 3), 0.1)
    out[np.arange(len(gold)), np.where(right, gold, (gold + 1) % 3)] = 0.8
    return out


def test_the_permutation_test_counts_every_swap() -> None:
    # six articles, each with one answer more right now: only none and all swapped are as far, 2 of 64
    gold = np.zeros(24, dtype=np.intp)
    now = np.ones(24, bool)
    before = np.arange(24) % 4 != 0
    groups = [f"g{i // 4}" for i in range(24)]
    sums = [by_group(tallies(gold, _answers(gold, right), LAYOUT), groups) for right in (before, now)]
    assert_allclose(permutation_p(*sums, LAYOUT)["accuracy"], 2 / 64)


def test_students_test_over_groups_is_the_textbook_one() -> None:
    values = np.array([0.1, 0.3, 0.2, 0.0])
    left_out = (values.sum() - values) / 3
    assert_allclose(t_p(values.mean(), left_out), stats.ttest_1samp(values, 0).pvalue)
    assert t_p(0.0, np.zeros(4)) == 1.0
    assert t_p(0.5, np.full(4, 0.5)) == 2**-3


def test_few_groups_that_agree_by_luck_are_not_proof() -> None:
    gold = np.zeros(20, dtype=np.intp)
    before = np.arange(20) % 4 != 0  # one of four wrong in each of five articles
    rows = [tallies(gold, _answers(gold, right), LAYOUT) for right in (before, np.ones(20, bool))]
    groups = [f"g{i // 4}" for i in range(20)]
    assert few_groups_p(*rows, groups, LAYOUT)["accuracy"] >= 2**-4


def test_a_comparison_names_what_was_fixed_and_broken() -> None:
    gold = np.zeros(40, dtype=np.intp)
    before, now = np.ones(40, bool), np.ones(40, bool)
    before[:3], now[10:30] = False, False
    groups = [f"g{i % 10}" for i in range(40)]
    found = compare(_answers(gold, before), _answers(gold, now), gold, groups, LAYOUT)
    assert (found.fixed, found.broken) == ((0, 1, 2), tuple(range(10, 30)))
    assert found.changes["accuracy"].verdict == "worse"
    assert found.changes["log_loss"].verdict == "worse"
    assert_allclose(found.changes["accuracy"].difference.value, -17 / 40)
    same = compare(_answers(gold, now), _answers(gold, now), gold, groups, LAYOUT)
    assert {change.verdict for change in same.changes.values()} == {"the same"}
    assert same.detectable is None


def test_an_interval_in_the_report_has_six_places() -> None:
    assert Interval(1 / 3, 0.1234567, 0.6666666, "t").as_json() == {
        "value": 0.333333, "low": 0.123457, "high": 0.666667, "method": "t"
    }  # fmt: skip
    assert Interval(1.0, None, None, "none").as_json() == {
        "value": 1.0,
        "low": None,
        "high": None,
        "method": "none",
    }


def test_the_jackknife_leaves_each_group_out() -> None:
    assert_allclose(jackknife(np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])), [[6, 60], [5, 50], [3, 30]])


def test_each_resample_draws_as_many_groups_as_there_are() -> None:
    sums = np.array([[1.0, 1.0], [10.0, 1.0], [100.0, 1.0], [1000.0, 1.0]])
    drawn = resampled(sums)
    assert drawn.shape == (2000, 2)
    assert_allclose(drawn[:, 1], 4)
    # each group is drawn once on average; 2,000 draws of variance 3/4 leave a standard error of .02
    assert_allclose([(drawn[:, 0] // place % 10).mean() for place in (1, 10, 100, 1000)], np.ones(4), atol=0.1)
    assert_allclose(drawn, resampled(sums, resamples=2000, seed=0))
    assert resampled(sums, resamples=7).shape == (7, 2)
    assert (resampled(sums, seed=1) != drawn).any()


@pytest.mark.parametrize(
    ("low", "high", "value", "there", "slope"),
    [
        (0.0, 1.0, 0.75, np.log(3), 1 / (0.75 * 0.25)),
        (-1.0, 1.0, 0.5, np.log(3), 2 / (1.5 * 0.5)),
        (1.0, np.inf, 3.0, np.log(2), 0.5),
        (-np.inf, np.inf, 3.0, 3.0, 1.0),
        (-np.inf, 5.0, 3.0, 3.0, 1.0),
    ],
)
def test_a_scale_leads_there_and_back(low: float, high: float, value: float, there: float, slope: float) -> None:
    scale = _scale(low, high)
    assert_allclose(scale.to(np.array([value])), [there])
    assert_allclose(scale.back(np.array([there])), [value])
    assert_allclose(scale.slope(value), slope)


def _student(groups: int) -> float:
    return float(stats.t.ppf(0.975, groups - 1))


def test_a_share_has_its_interval_on_the_scale_of_log_odds() -> None:
    left_out = np.array([0.8, 0.7, 0.75])
    odds = np.log(left_out / (1 - left_out))
    half = _student(3) * np.sqrt(2 / 3 * ((odds - odds.mean()) ** 2).sum())
    found = t_interval(0.75, left_out, low=0.0, high=1.0)
    assert_allclose([found.low, found.high], 1 / (1 + np.exp(-(np.log(3) + np.array([-half, half])))))
    assert (found.value, found.method) == (0.75, "t over 3 groups")


def test_a_loss_has_its_interval_on_the_scale_of_logarithms() -> None:
    left_out = np.array([0.5, 0.6, 0.8, 0.5])
    logs = np.log(left_out)
    half = _student(4) * np.sqrt(3 / 4 * ((logs - logs.mean()) ** 2).sum())
    found = t_interval(0.6, left_out, low=0.0, high=np.inf)
    assert_allclose([found.low, found.high], 0.6 * np.exp([-half, half]))


def test_a_figure_at_its_end_has_its_interval_as_it_is_kept_in_range() -> None:
    left_out = np.array([1.0, 1.0, 0.9])
    half = _student(3) * np.sqrt(2 / 3 * (2 * (0.1 / 3) ** 2 + (0.2 / 3) ** 2))
    found = t_interval(1.0, left_out, low=0.0, high=1.0)
    assert_allclose([found.low, found.high], [1 - half, 1.0])
    found = t_interval(0.0, 1 - left_out, low=0.0, high=1.0)
    assert_allclose([found.low, found.high], [0.0, half])


@pytest.mark.parametrize("left_out", [[0.0, 0.4, 0.4], [1.0, 0.4, 0.4]])
def test_a_group_without_which_the_figure_is_at_its_end_is_weighed_by_the_slope(left_out: list[float]) -> None:
    values = np.array(left_out)
    half = _student(3) * np.sqrt(2 / 3 * ((values - values.mean()) ** 2).sum()) / (0.6 * 0.4)
    found = t_interval(0.4, values, low=0.0, high=1.0)
    expected = 1 / (1 + np.exp(-(np.log(0.4 / 0.6) + np.array([-half, half]))))
    assert_allclose([found.low, found.high], expected)


def test_alike_groups_at_an_end_leave_the_room_of_none_seen() -> None:
    width = 1 - 0.025 ** (1 / 4)
    four = np.zeros(4)
    best = t_interval(1.0, four + 1, low=-1.0, high=1.0)
    assert_allclose([best.low, best.high], [1 - 2 * width, 1.0])
    assert (best.value, best.method) == (1.0, "exact over 4 groups")
    worst = t_interval(0.0, four, low=0.0, high=1.0)
    assert_allclose([worst.low, worst.high], [0.0, width])
    loss = t_interval(0.0, four, low=0.0, high=np.inf)
    assert (loss.low, loss.high) == (0.0, 0.0)


def test_alike_groups_elsewhere_are_no_exact_share() -> None:
    found = t_interval(0.5, np.full(4, 0.5), low=0.0, high=1.0)
    assert (found.low, found.high, found.method) == (0.5, 0.5, "t over 4 groups")


def test_the_interval_is_as_wide_as_single_items_say() -> None:
    left_out, alone = np.full(4, 0.5), np.array([0.4, 0.6] * 4)
    odds = np.log(alone / (1 - alone))
    half = stats.norm.ppf(0.975) * np.sqrt(7 / 8 * (odds**2).sum())
    found = t_interval(0.5, left_out, low=0.0, high=1.0, alone=alone)
    assert_allclose([found.low, found.high], 1 / (1 + np.exp([half, -half])))
    wide = np.array([0.2, 0.8, 0.5])
    same = t_interval(0.5, wide, low=0.0, high=1.0)
    assert t_interval(0.5, wide, low=0.0, high=1.0, alone=np.full(4, 0.5)) == same


def test_percentiles_leave_a_fortieth_at_each_end() -> None:
    found = percentile_interval(3.0, np.arange(41.0), groups=7)
    assert_allclose((found.value, found.low, found.high), (3.0, 1.0, 39.0))
    assert found.method == "bootstrap of 7 groups"


@pytest.mark.parametrize(("groups", "method"), [(2, "t over 2"), (99, "t over 99"), (100, "bootstrap of 100")])
def test_the_number_of_groups_decides_how(groups: int, method: str) -> None:
    sums = np.stack([np.arange(groups) % 2, np.ones(groups)], axis=1).astype(float)
    found = intervals(sums, _mean)["mean"]
    assert found.method == f"{method} groups"
    assert found.value == (groups // 2) / groups
    assert found.low is not None


def test_no_interval_says_why() -> None:
    assert intervals(np.array([[3.0, 4.0]]), _mean)["mean"].method == "none: one group"


def test_single_items_count_only_where_there_are_more_than_groups() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    assert intervals(rows, _mean, rows=rows) == intervals(rows, _mean)
    sums = np.array([[3.0, 4.0], [3.0, 4.0]])
    five = np.vstack([rows, rows])
    values = jackknife(five)
    expected = t_interval(0.75, np.full(2, 0.75), low=0.0, high=1.0, alone=values[:, 0] / values[:, 1])
    assert intervals(sums, _mean, rows=five)["mean"] == expected
    assert expected.low is not None
    assert expected.low < 0.75


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("mcc", -1, 1),
        ("kappa", -1, 1),
        ("kappa:stance", -1, 1),
        ("brier", 0, 2),
        ("log_loss", 0, np.inf),
        ("f1:a", 0, 1),
    ],
)
def test_every_figure_has_its_range(name: str, low: float, high: float) -> None:
    sums = np.array([[0.3, 1.0], [0.5, 1.0], [0.6, 1.0]])

    def compute(s: np.ndarray) -> dict[str, np.ndarray]:
        return {name: s[:, 0] / s[:, 1]}

    assert intervals(sums, compute) == intervals(sums, compute, ranges={name: (low, high)})
    other = intervals(sums, compute, ranges={name: (-5.0, 5.0)})
    assert intervals(sums, compute, ranges={"another": (-5.0, 5.0)}) != other


def test_the_figures_of_items_get_the_intervals_of_their_groups() -> None:
    rng = np.random.default_rng(6)
    gold = rng.integers(0, 3, 40)
    rows = tallies(gold, rng.dirichlet(np.ones(3), 40), LAYOUT)
    groups = [f"g{i % 6}" for i in range(40)]
    expected = intervals(by_group(rows, groups), lambda sums: figures(sums, LAYOUT), rows=rows)
    assert figure_intervals(rows, groups, LAYOUT) == expected
    assert expected["accuracy"].method == "t over 6 groups"


def test_wilsons_interval_by_hand() -> None:
    # z² = 3.841459: 1 of 4 has the centre (.25 + z²/8) / (1 + z²/4), half z sqrt(.25 * .75/4 + z²/64) / (1 + z²/4)
    assert_allclose(wilson(1, 4), (0.0455872, 0.6993582), atol=1e-6)
    assert_allclose(wilson(0, 1), (0.0, 3.841459 / 4.841459), atol=1e-6)
    assert_allclose(wilson(3, 4), (1 - 0.6993582, 1 - 0.0455872), atol=1e-6)
