"""The estimator does what scikit-learn's own tools expect of a classifier of texts."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks

from classifier.estimator import StanceClassifier

PLACES = ["city", "county", "school", "state", "town", "village"] * 4
TEXTS = [f"We love the new park of the {place}" for place in PLACES]
TEXTS += [f"They hate that awful dump of the {place}" for place in PLACES]
LABELS = np.array(["for"] * 24 + ["against"] * 24)
THREE = [*TEXTS, *(f"The clerk reads item nine for the {place}" for place in PLACES)]


@pytest.fixture(scope="module")
def fitted() -> StanceClassifier:
    return StanceClassifier().fit(TEXTS, LABELS)


@pytest.mark.parametrize(
    "check",
    [
        "check_estimator_cloneable",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimator_repr",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
        "check_mixin_order",
    ],
)
def test_every_check_of_scikit_learn_that_needs_no_numbers_passes(check: str) -> None:
    getattr(estimator_checks, check)("StanceClassifier", StanceClassifier())


def test_the_whole_of_scikit_learn_s_checks_passes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # see the next test
        results = estimator_checks.check_estimator(StanceClassifier(), on_skip=None)
    assert {result["status"] for result in results} == {"passed"}, results


def test_the_checks_left_out_are_those_on_numbers() -> None:
    with pytest.warns(UserWarning, match="Can't test estimator StanceClassifier which requires input"):
        list(estimator_checks.estimator_checks_generator(StanceClassifier()))


def test_it_learns_and_answers_in_the_labels_given(fitted: StanceClassifier) -> None:
    assert fitted.classes_.tolist() == ["against", "for"]
    assert fitted.predict(["We love it", "an awful dump"]).tolist() == ["for", "against"]
    assert fitted.score(TEXTS, LABELS) == 1.0


@pytest.mark.parametrize(
    "labels", [LABELS, LABELS == "for", (LABELS == "for").astype(int) * 7, LABELS.astype(object)]
)
def test_labels_may_be_of_any_one_type(labels: np.ndarray[Any, Any]) -> None:
    model = StanceClassifier().fit(TEXTS, labels)
    found = model.predict(TEXTS)
    assert found.dtype == labels.dtype
    assert (found == labels).all()


@pytest.mark.parametrize(("texts", "classes"), [(TEXTS, 2), (THREE, 3)])
def test_probabilities_sum_to_one_and_agree_with_the_answers(texts: list[str], classes: int) -> None:
    labels = np.repeat(["b", "a", "c"][:classes], 24)
    model = StanceClassifier().fit(texts, labels)
    shares = model.predict_proba(texts)
    assert shares.shape == (24 * classes, classes)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert (model.classes_[shares.argmax(axis=1)] == model.predict(texts)).all()
    decided = model.decision_function(texts)
    if classes == 2:
        np.testing.assert_allclose(1 / (1 + np.exp(-decided)), shares[:, 1])
    else:
        assert (model.classes_[decided.argmax(axis=1)] == model.predict(texts)).all()


def test_cross_validation_and_search(fitted: StanceClassifier) -> None:
    shares = cross_val_predict(StanceClassifier(), TEXTS, LABELS, cv=3, method="predict_proba")
    assert shares.shape == (48, 2)
    search = GridSearchCV(StanceClassifier(), {"lexical_penalty": [0.001, 3.0]}, cv=3, scoring="neg_log_loss")
    search.fit(TEXTS, LABELS)
    assert search.best_params_ == {"lexical_penalty": 3.0}
    assert search.predict(["We love it"]).tolist() == ["for"]


def test_processes_of_their_own_give_the_same_scores() -> None:
    alone = cross_val_score(StanceClassifier(), TEXTS, LABELS, cv=3, scoring="neg_log_loss")
    beside = cross_val_score(StanceClassifier(), TEXTS, LABELS, cv=3, scoring="neg_log_loss", n_jobs=2)
    np.testing.assert_array_equal(alone, beside)


def test_it_stands_in_a_pipeline() -> None:
    shorten = FunctionTransformer(lambda texts: [text[:14] for text in texts])
    model = make_pipeline(shorten, StanceClassifier()).fit(TEXTS, LABELS)
    assert model.predict(["They hate that very much"]).tolist() == ["against"]


def test_a_copy_has_the_settings_and_a_pickle_the_answers(fitted: StanceClassifier) -> None:
    copy = clone(StanceClassifier("packaged", lexical_penalty=0.5, epochs=3, random_state=7))
    assert copy.get_params() == {"encoder": "packaged", "lexical_penalty": 0.5, "epochs": 3, "random_state": 7}
    again = pickle.loads(pickle.dumps(fitted))  # noqa: S301  our own
    np.testing.assert_array_equal(again.predict_proba(TEXTS), fitted.predict_proba(TEXTS))


@pytest.mark.parametrize("kind", [tuple, np.array, lambda t: np.array(t, dtype=object), pd.Series, iter])
def test_texts_come_in_any_column(fitted: StanceClassifier, kind: Any) -> None:
    np.testing.assert_array_equal(fitted.predict(kind(TEXTS)), fitted.predict(TEXTS))


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        ("We love it", ["for"], "found one string; expected a list"),
        ([], [], "found no texts"),
        ([1, 2], ["a", "b"], "text 0: found int, expected a string"),
        (np.array([["a"], ["b"]]), ["a", "b"], r"shape \(2, 1\)"),
        (TEXTS, LABELS[1:], r"labels of shape \(47,\) for 48 texts"),
        (TEXTS, ["for"] * 48, "found 1 class; expected at least two"),
        (TEXTS, np.linspace(0, 1, 48), "Unknown label type: continuous"),
    ],
)
def test_what_can_not_be_learned_from_is_refused(texts: Any, labels: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        StanceClassifier().fit(texts, labels)


def test_before_fitting_it_says_so() -> None:
    with pytest.raises(NotFittedError):
        StanceClassifier().predict(TEXTS)


def test_too_few_texts_for_an_encoder_are_counted() -> None:
    with pytest.raises(ValueError, match="found a label with 4 texts; expected at least 5"):
        StanceClassifier("packaged").fit(TEXTS[:28], LABELS[:28])


@pytest.mark.slow
def test_with_an_encoder_the_whole_is_trained() -> None:
    model = StanceClassifier("packaged", epochs=1).fit(TEXTS, LABELS)
    assert model.predict(["We love the new park", "that awful dump"]).tolist() == ["for", "against"]
    assert model.predict_proba(TEXTS).shape == (48, 2)
