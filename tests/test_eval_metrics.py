"""Every figure against scikit-learn or worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn import metrics as reference

from classifier.schema import NEUTRAL, PRO_ENFORCEMENT, PRO_SANCTUARY, STANCES
from eval.metrics import (
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
