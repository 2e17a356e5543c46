"""What the classifier must beat: the most frequent answer, TF-IDF, and the plain recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from classifier.labels import Labelled
from eval.cache import Encodes
from eval.judged import Answers
from eval.metrics import Array
from eval.splits import Fold
from eval.words import Counted, fit_tfidf

TFIDF: Final = "TF-IDF and logistic regression"

#: The quotations to fit on for a fold.
Training = Callable[[Fold], Sequence[Labelled]]


def _spread(probabilities: Array, classes: Sequence[str], labels: Sequence[str]) -> Array:
    """Put a fitted classifier's columns in the order of ``labels``; a label it never saw gets 0."""
    out = np.zeros((len(probabilities), len(labels)))
    for column, label in enumerate(classes):
        if label in labels:
            out[:, labels.index(label)] = probabilities[:, column]
    total: Array = out / np.maximum(out.sum(axis=1, keepdims=True), 1e-12)
    return total


def majority(items: Sequence[Labelled], labels: Sequence[str]) -> Answers:
    """Always the most frequent stance of the set itself: the best that a constant answer can do."""
    counts = np.array([sum(item.stance == label for item in items) for label in labels], dtype=np.float64)
    shares = np.tile(counts / counts.sum(), (len(items), 1))
    return Answers(name="majority", title="Always the most frequent stance", probabilities=shares)


def plain_probabilities(
    train: Sequence[Labelled], test: Sequence[Labelled], labels: Sequence[str], encoder: Encodes
) -> Array:
    """Frozen embeddings with a logistic regression: ``(len(test), labels)``."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    model.fit(encoder.encode([(item.text, item.context) for item in train]), [item.stance for item in train])
    seen = encoder.encode([(item.text, item.context) for item in test])
    return _spread(model.predict_proba(seen), list(model.classes_), labels)


def tfidf(
    items: Sequence[Labelled], folds: Iterable[Fold], training: Training, labels: Sequence[str], counted: Counted
) -> Answers:
    """TF-IDF, fitted for each fold on what ``training`` gives for it; ``counted`` holds all of them."""
    out = np.zeros((len(items), len(labels)))
    for fold in folds:
        train = training(fold)
        model = fit_tfidf(counted.texts(train), [item.stance for item in train])
        out[fold.test] = model.probabilities(counted.texts([items[i] for i in fold.test]), labels)
    return Answers(name="tfidf", title=TFIDF, probabilities=out)


def plain_recipe(
    items: Sequence[Labelled], folds: Iterable[Fold], training: Training, labels: Sequence[str], encoder: Encodes
) -> Answers:
    """The plain recipe, fitted for each fold on what ``training`` gives for it."""
    out = np.zeros((len(items), len(labels)))
    for fold in folds:
        out[fold.test] = plain_probabilities(training(fold), [items[i] for i in fold.test], labels, encoder)
    return Answers(name="plain", title="Plain recipe (frozen embeddings, seeds only)", probabilities=out)
