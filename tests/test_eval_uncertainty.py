"""Intervals and tests: golden values, and how often they are right in a world where the truth is known."""

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
from eval.metrics import Layout, by_group, tallies
from eval.simulate import CHECKED, World, coverage, false_alarms, main
from eval.uncertainty import intervals, t_interval, wilson

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


def test_intervals_hold_the_truth_at_fifteen_articles() -> None:
    held = coverage(World(), 15, rounds=200)
    assert all(0.89 <= held[name] <= 0.99 for name in CHECKED), held


def test_the_paired_test_is_quiet_when_nothing_changed() -> None:
    alarms = false_alarms(World(), 15, rounds=150)
    assert all(share <= 0.1 for share in alarms.values()), alarms


@pytest.mark.slow
@pytest.mark.parametrize("groups", [15, 30])
def test_coverage_is_between_92_and_97_percent(groups: int) -> None:
    held = coverage(World(), groups, rounds=3000)
    assert all(0.92 <= held[name] <= 0.97 for name in ("accuracy", "macro_f1", "side_accuracy", "mcc")), held


@pytest.mark.slow
@pytest.mark.parametrize("groups", [5, 15, 30])
def test_false_alarms_are_at_most_six_percent(groups: int) -> None:
    alarms = false_alarms(World(), groups, rounds=3000)
    assert all(share <= 0.06 for share in alarms.values()), alarms


def test_the_simulation_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rounds", "5", "--groups", "5", "15"]) == 0
    out = capsys.readouterr().out
    assert "95% intervals that hold the truth" in out
    assert "False alarms of the paired test" in out
