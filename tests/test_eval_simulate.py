"""Intervals and tests in a world where the truth is known: how often they are right."""

from __future__ import annotations

import pytest

from eval.simulate import CHECKED, World, coverage, false_alarms, main


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
