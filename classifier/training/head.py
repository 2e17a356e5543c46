"""Fit the head on quotations that neither channel was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from classifier.stance.head import Array, Head, softmax

#: scikit-learn's ``C`` (inverse penalty), tried by cross-validation over groups.
PENALTIES: Final = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
FOLDS: Final = 5


def _log_loss(logits: Array, targets: NDArray[np.intp], weights: Array) -> float:
    chosen = softmax(logits)[np.arange(len(targets)), targets]
    return float(-(weights * np.log(np.clip(chosen, 1e-12, 1.0))).sum() / weights.sum())


def _model(penalty: float) -> LogisticRegression:
    return make_pipeline(StandardScaler(), LogisticRegression(C=penalty, max_iter=500))


def _scores(
    features: Array, targets: NDArray[np.intp], groups: Sequence[str], penalty: float, weights: Array
) -> Array:
    """Out-of-fold log-probabilities ``(n, classes seen)``: no group is judged by a model that saw it."""
    folds = GroupKFold(min(FOLDS, len(set(groups))))
    found: Array = cross_val_predict(
        _model(penalty),
        features,
        targets,
        groups=list(groups),
        cv=folds,
        method="predict_log_proba",
        params={"logisticregression__sample_weight": weights},
    )
    return found


def fit_head(
    features: Array,
    targets: NDArray[np.intp],
    groups: Sequence[str],
    *,
    classes: int,
    weights: Array | None = None,
    penalties: Sequence[float] = PENALTIES,
) -> Head:
    """Choose the penalty and the temperature on out-of-fold scores over ``groups``, then fit on everything.

    Args:
        features: ``(n, features)`` from :func:`classifier.stance.head.feature_rows`.
        targets: class numbers, ``(n,)``.
        groups: what must stay together in a fold, one a row.
        classes: how many classes the head answers for; one without an example never wins.
        weights: how much each row counts, ``(n,)``; all 1 unless given.
        penalties: values of ``C`` to try.
    """
    weights = np.ones(len(targets)) if weights is None else weights
    seen, numbers = np.unique(targets, return_inverse=True)
    tried = {c: _scores(features, numbers, groups, c, weights) for c in penalties}
    best = min(tried, key=lambda c: _log_loss(tried[c], numbers, weights))
    heat = minimize_scalar(
        lambda t: _log_loss(tried[best] / t, numbers, weights), bounds=(0.3, 5.0), method="bounded"
    ).x
    model = _model(best).fit(features, numbers, logisticregression__sample_weight=weights)
    scaler, regression = model[0], model[1]
    coefficients, intercepts = regression.coef_, regression.intercept_
    if len(seen) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercepts / 2
    weight = np.zeros((features.shape[1], classes))
    bias = np.full(classes, -30.0)
    weight[:, seen] = coefficients.T
    bias[seen] = intercepts
    return Head(scaler.mean_, scaler.scale_, weight, bias, float(heat))
