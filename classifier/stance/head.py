"""The head: a logistic regression over the embedding and the lexical scores, then a temperature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def softmax(scores: Array) -> Array:
    """Return probabilities, each row of ``(n, classes)`` summing to 1."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: Array = shifted / shifted.sum(axis=1, keepdims=True)
    return total


def lexical_columns(classes: int) -> int:
    """Return how many columns of a feature row follow the embedding."""
    return 2 * classes + 1


def feature_rows(
    embeddings: NDArray[np.float32], text: Array, context: Array, has_context: NDArray[np.bool_]
) -> Array:
    """Put the channels side by side: ``(n, dim + 2 * classes + 1)``.

    Args:
        embeddings: ``(n, dim)``, of the quotation with its context.
        text: lexical scores of the quotation, ``(n, classes)``.
        context: lexical scores of its context, ``(n, classes)``; counted as 0 where there is none.
        has_context: ``(n,)``.
    """
    flag = has_context[:, None].astype(np.float64)
    return np.hstack([embeddings.astype(np.float64), text, context * flag, flag])


@dataclass(frozen=True, slots=True)
class Head:
    """The fitted head.

    ``mean`` and ``scale`` ``(features,)``; ``weights`` ``(features, classes)``; ``bias`` ``(classes,)``.
    """

    mean: Array
    scale: Array
    weights: Array
    bias: Array
    temperature: float

    def logits(self, features: Array) -> Array:
        """Return calibrated log-odds, ``(n, classes)``: their softmax is the probability."""
        standardised = (features - self.mean) / self.scale
        result: Array = (standardised @ self.weights + self.bias) / self.temperature
        return result
