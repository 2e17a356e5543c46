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
from threadpoolctl import threadpool_limits

from classifier.stance.head import Array, Head, lexical_columns, softmax

#: scikit-learn's ``C`` (inverse penalty), rising, tried by cross-validation over groups.
PENALTIES: Final = (0.0003, 0.001, 0.003, 0.01, 0.1)
FOLDS: Final = 5
#: Log-odds of a class without an example.
NEVER: Final = -30.0


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


def _best_penalty(
    features: Array, targets: NDArray[np.intp], groups: Sequence[str], penalties: Sequence[float], weights: Array
) -> tuple[float, Array]:
    """The penalty with the least log loss out of fold, and its scores.

    Weaker ones, which take longest, are tried only for as long as each does better than the one before.
    """
    found, least = (penalties[0], np.empty(0)), np.inf
    for penalty in penalties:
        scores = _scores(features, targets, groups, penalty, weights)
        loss = _log_loss(scores, targets, weights)
        if loss >= least:
            break
        found, least = (penalty, scores), loss
    return found


def _both_rows(model: LogisticRegression, classes: int, seen: NDArray[np.intp]) -> tuple[Array, Array]:
    """Return weights ``(features, classes)`` and intercepts ``(classes,)``; a class never seen can't win."""
    coefficients, intercepts = model.coef_, model.intercept_
    if len(seen) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercepts / 2
    weights = np.zeros((coefficients.shape[1], classes))
    bias = np.full(classes, NEVER)
    weights[:, seen] = coefficients.T
    bias[seen] = intercepts
    return weights, bias


def fit_head(
    features: Array,
    targets: NDArray[np.intp],
    groups: Sequence[str],
    *,
    classes: int,
    width: int | None = None,
    weights: Array | None = None,
    penalties: Sequence[float] = PENALTIES,
) -> Head:
    """Fit a logistic regression on each channel, add their log-odds, and find the temperature of the sum.

    Fitted together, the regression would trust the encoder more than text by other hands bears out. The
    penalties and the temperature are chosen on out-of-fold scores over ``groups``.

    Args:
        features: ``(n, features)`` from :func:`classifier.stance.head.feature_rows`.
        targets: class numbers, ``(n,)``.
        groups: what must stay together in a fold, one a row.
        classes: how many classes the head answers for; one without an example never wins.
        width: columns of the embedding, which come first; those that the lexical columns leave, unless given.
        weights: how much each row counts, ``(n,)``; all 1 unless given.
        penalties: values of ``C`` to try, rising.
    """
    weights = np.ones(len(targets)) if weights is None else weights
    seen, numbers = np.unique(targets, return_inverse=True)
    width = features.shape[1] - lexical_columns(classes) if width is None else width
    fitted, total = [], np.zeros((len(targets), len(seen)))
    with threadpool_limits(1):  # on matrices this small, two threads take four times as long as one
        for block in (features[:, :width], features[:, width:]):
            if not block.shape[1]:
                continue
            penalty, scores = _best_penalty(block, numbers, groups, penalties, weights)
            total += scores
            fitted.append(_model(penalty).fit(block, numbers, logisticregression__sample_weight=weights))
    heat = minimize_scalar(lambda t: _log_loss(total / t, numbers, weights), bounds=(0.3, 5.0), method="bounded").x
    parts = [_both_rows(model[1], classes, seen) for model in fitted]
    return Head(
        np.concatenate([model[0].mean_ for model in fitted]),
        np.concatenate([model[0].scale_ for model in fitted]),
        np.vstack([part for part, _ in parts]),
        np.sum([part for _, part in parts], axis=0),
        float(heat),
    )
