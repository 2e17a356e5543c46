"""Every figure against scikit-learn or worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn import metrics as reference

from classifier.schema import NEUTRAL, PRO_ENFORCEMENT, PRO_SANCTUARY, STANCES
from eval.metrics import (
    FIGURES,
    LEAST_PROBABILITY,
    THRESHOLDS,
    Layout,
    by_group,
    confusion_matrix,
    figures,
    gold_numbers,
    kappa_of,
    kappa_tallies,
    tallies,
)

LAYOUT = Layout(STANCES)


def _sample(n: int = 200, seed: int = 0):
    rng = np.random.default_rng(seed)
    gold = rng.integers(0, 3, n)
    probabilities = rng.dirichlet(np.ones(3), n) + 0.5 * np.eye(3)[gold]
    return gold, probabilities / probabilities.sum(axis=1, keepdims=True)


def _figures(gold, probabilities):
    return {
        name: float(v[0])
        for name, v in figures(tallies(gold, probabilities, LAYOUT).sum(0, keepdims=True), LAYOUT).items()
    }


def test_every_figure_agrees_with_scikit_learn():
    gold, p = _sample()
    answer = p.argmax(1)
    found = _figures(gold, p)
    assert_allclose(found["accuracy"], reference.accuracy_score(gold, answer))
    assert_allclose(found["macro_f1"], reference.f1_score(gold, answer, average="macro"))
    assert_allclose(found["mcc"], reference.matthews_corrcoef(gold, answer))
    assert_allclose(found["kappa"], reference.cohen_kappa_score(gold, answer))
    assert_allclose(found["log_loss"], reference.log_loss(gold, p))
    assert_allclose(found["brier"], reference.brier_score_loss(gold, p, scale_by_half=False, labels=[0, 1, 2]))
    parts = reference.precision_recall_fscore_support(gold, answer)
    for part, values in zip(("precision", "recall", "f1"), parts[:3], strict=True):
        assert_allclose([found[f"{part}:{label}"] for label in STANCES], values)
    assert_allclose(confusion_matrix(gold, answer, 3), reference.confusion_matrix(gold, answer))


def test_a_hand_worked_example():
    gold = gold_numbers([PRO_ENFORCEMENT, PRO_ENFORCEMENT, PRO_SANCTUARY, NEUTRAL], STANCES)
    p = np.array([[0.75, 0.15, 0.1], [0.3, 0.55, 0.15], [0.2, 0.35, 0.45], [0.05, 0.1, 0.85]])
    found = _figures(gold, p)
    assert found["accuracy"] == 0.5
    # the side ignores neutral: right, wrong (.3 < .55), right (.35 > .2); the neutral item has none
    assert_allclose(found["side_accuracy"], 2 / 3)
    # F1: enforcement 2*1/(2+1), sanctuary 0, neutral 2*1/(1+2)
    assert_allclose(found["macro_f1"], (2 / 3 + 0 + 2 / 3) / 3)
    # bins: .75 right, .55 wrong, .45 wrong, .85 right, one item each
    assert_allclose(found["ece"], (0.25 + 0.55 + 0.45 + 0.15) / 4)
    assert_allclose(
        found["brier"], np.mean([0.0625 + 0.0225 + 0.01, 0.49 + 0.3025 + 0.0225, 0.04 + 0.4225 + 0.2025, 0.035])
    )
    assert (found["coverage:0.5"], found["coverage:0.8"]) == (0.75, 0.25)
    assert_allclose([found["selective_accuracy:0.5"], found["selective_accuracy:0.8"]], [2 / 3, 1.0])


def test_calibration_error_agrees_with_the_reliability_curve():
    gold, p = _sample(500, seed=3)
    right, top = (p.argmax(1) == gold).astype(float), p.max(1)
    expected = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (top >= low) & (top < low + 0.1)
        if inside.any():
            expected += inside.mean() * abs(right[inside].mean() - top[inside].mean())
    assert_allclose(_figures(gold, p)["ece"], expected)


def test_a_label_that_never_occurs_leaves_the_macro_average():
    p = np.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0]])
    assert _figures(np.array([0, 1]), p)["macro_f1"] == 1.0


def test_nothing_to_divide_by_counts_as_nothing():
    found = _figures(np.array([0, 0]), np.array([[1.0, 0, 0], [1.0, 0, 0]]))
    assert found["precision:neutral"] == found["mcc"] == found["kappa"] == 0.0


def test_groups_add_up_to_the_whole():
    gold, p = _sample(50)
    rows = tallies(gold, p, LAYOUT)
    groups = [f"g{i % 7}" for i in range(50)]
    sums = by_group(rows, groups)
    assert sums.shape == (7, rows.shape[1])
    assert_allclose(sums.sum(0), rows.sum(0))
    assert_allclose(sums[2], rows[2::7].sum(0))


def test_kappa_of_the_textbook_table():
    # 20 and 15 agreements, 5 and 10 disagreements: observed .70, chance .50 (the usual worked example)
    first = np.repeat([0, 0, 1, 1], [20, 5, 10, 15])
    second = np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    sums = kappa_tallies(first, second, 2).sum(0, keepdims=True)
    assert_allclose(kappa_of(sums), [0.4])
    assert_allclose(kappa_of(sums), reference.cohen_kappa_score(first, second))


@pytest.mark.parametrize("labels", [("yes", "no"), ("a", "b", "c", "d")])
def test_other_labels_have_no_side(labels):
    layout = Layout(labels)
    gold = np.arange(len(labels))
    found = figures(tallies(gold, np.eye(len(labels)), layout).sum(0, keepdims=True), layout)
    assert found["accuracy"][0] == found["macro_f1"][0] == 1.0
    assert found["side_accuracy"][0] == 0.0


def test_a_row_of_tallies_is_what_its_columns_say() -> None:
    rows = tallies(np.array([1, 2]), np.array([[0.25, 0.65, 0.1], [0.375, 0.375, 0.25]]), LAYOUT)
    confusion = [[0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 0, 0]]  # a tie is the first label's
    losses = [
        [-np.log(0.65), 0.25**2 + 0.35**2 + 0.1**2, 1, 1],
        [-np.log(0.25), 0.375**2 * 2 + 0.75**2, 0, 0],
    ]
    bins = np.zeros((2, 10, 3))
    bins[0, 6], bins[1, 3] = [1, 0.65, 1], [1, 0.375, 0]
    covered = [
        [(top >= t, top >= t and right) for t in THRESHOLDS] for top, right in ((0.65, True), (0.375, False))
    ]
    expected = np.hstack([confusion, losses, bins.reshape(2, -1), np.reshape(covered, (2, -1))])
    assert_allclose(rows, expected)


def test_the_layout_has_a_place_for_every_number() -> None:
    assert (LAYOUT.confusion, LAYOUT.losses) == (slice(0, 9), slice(9, 13))
    assert (LAYOUT.bins, LAYOUT.covered) == (slice(13, 43), slice(43, 57))
    assert LAYOUT.sides == (0, 1)
    assert Layout(("neutral", "pro-sanctuary", "pro-enforcement")).sides == (2, 1)
    assert Layout(("neutral", "pro-sanctuary")).sides is None


def test_a_tie_between_the_sides_is_the_first_ones() -> None:
    p = np.array([[0.4, 0.4, 0.2]])
    assert _figures(np.array([0]), p)["side_accuracy"] == 1.0
    assert _figures(np.array([1]), p)["side_accuracy"] == 0.0


def test_certainty_and_thresholds_count_at_their_very_value() -> None:
    found = _figures(np.array([0, 0]), np.array([[1.0, 0.0, 0.0], [0.5, 0.3, 0.2]]))
    assert (found["coverage:0.5"], found["coverage:0.6"], found["coverage:0.9"]) == (1.0, 0.5, 0.5)
    assert_allclose(found["ece"], 0.25)  # certain and right: the last bin, nothing off; .5 and right: half off


def test_what_was_called_impossible_costs_no_more_than_the_least_probability() -> None:
    assert_allclose(_figures(np.array([1]), np.array([[1.0, 0, 0]]))["log_loss"], -np.log(LEAST_PROBABILITY))
    assert LEAST_PROBABILITY == 1e-12
    assert _figures(np.array([0]), np.array([[1.0 + 1e-9, 0, 0]]))["log_loss"] == 0.0  # rounding earns nothing


def test_many_samples_at_once_are_each_as_by_itself_and_their_weight_changes_nothing() -> None:
    gold, p = _sample(90, seed=8)
    sums = by_group(tallies(gold, p, LAYOUT), [f"{i % 4}" for i in range(90)])
    together = figures(sums, LAYOUT)
    assert list(together)[: len(FIGURES)] == list(FIGURES)
    for name, values in together.items():
        assert values.shape == (4,)
        for number in range(4):
            for weight in (1.0, 0.01):
                alone = figures(weight * sums[number : number + 1], LAYOUT)
                assert_allclose(alone[name], values[number : number + 1], err_msg=name)


def test_coverage_is_counted_at_every_threshold() -> None:
    gold, p = _sample(120, seed=2)
    found, top, right = _figures(gold, p), p.max(axis=1), p.argmax(axis=1) == gold
    for threshold in THRESHOLDS:
        assert_allclose(found[f"coverage:{threshold}"], (top >= threshold).mean())
        assert_allclose(found[f"selective_accuracy:{threshold}"], right[top >= threshold].mean())


def test_groups_stand_in_the_order_of_their_names() -> None:
    assert_allclose(by_group(np.array([[1.0], [2.0], [4.0]]), ["b", "a", "b"]), [[2.0], [5.0]])
    assert_allclose(by_group(np.array([[1.0], [2.0]]), [9, 10]), [[2.0], [1.0]])  # type: ignore[list-item]  # "10" < "9"
    assert by_group(np.zeros((0, 5)), []).shape == (0, 5)


def test_labels_are_numbered_in_their_order() -> None:
    numbers = gold_numbers(["b", "a", "b"], ["a", "b"])
    assert (numbers.tolist(), numbers.dtype) == ([1, 0, 1], np.intp)


def test_an_agreement_table_counts_first_by_second() -> None:
    first, second = np.array([0, 0, 2, 1]), np.array([1, 1, 0, 1])
    matrix = confusion_matrix(first, second, 3)
    assert (matrix.tolist(), matrix.dtype) == ([[0, 2, 0], [0, 1, 0], [1, 0, 0]], np.int64)
    rows = kappa_tallies(first, second, 3)
    assert rows.tolist() == [
        [0, 1, 0] + [0] * 6,
        [0, 1, 0] + [0] * 6,
        [0] * 6 + [1, 0, 0],
        [0] * 4 + [1] + [0] * 4,
    ]


def test_kappas_of_several_tables_are_each_its_own() -> None:
    rng = np.random.default_rng(4)
    pairs = rng.integers(0, 3, (5, 2, 40))
    found = kappa_of(np.stack([kappa_tallies(a, b, 3).sum(axis=0) for a, b in pairs]))
    assert_allclose(found, [reference.cohen_kappa_score(a, b) for a, b in pairs])
