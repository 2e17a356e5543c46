"""The order of labelling: worked by hand on three directions."""

import numpy as np
import pytest

from classifier.labelling.suggest import entropy, order

X, Y, Z = np.eye(3)
NOTHING = np.empty((0, 3))


def test_entropy_is_one_for_a_coin_and_nothing_for_the_sure() -> None:
    found = entropy(np.array([[0.5, 0.5], [1.0, 0.0], [0.75, 0.25]]))
    assert found == pytest.approx([1.0, 0.0, 0.811278], abs=1e-6)  # the last: published in every textbook


def test_without_diversity_the_least_sure_comes_first() -> None:
    assert order(np.array([0.2, 0.9, 0.5]), np.array([X, X, X]), NOTHING, diversity=0) == [1, 2, 0]


def test_what_is_like_the_one_before_waits() -> None:
    # after the first (0.9), its double counts 0.8 * (1 - 0.7) = 0.24, less than the other direction's 0.5
    assert order(np.array([0.9, 0.8, 0.5]), np.array([X, 2 * X, Y]), NOTHING) == [0, 2, 1]


def test_what_is_like_the_labelled_waits() -> None:
    assert order(np.array([0.9, 0.5, 0.4]), np.array([X, Y, Z]), np.array([X, Z])) == [1, 0, 2]


def test_nothing_has_no_order() -> None:
    assert order(np.empty(0), NOTHING, NOTHING) == []
