"""What the classifier must beat: the most frequent answer, TF-IDF, and the plain recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from classifier.labels import Labelled
from eval.cache import Encodes
from eval.judged import Answers
from eval.metrics import Array
from eval.splits import Fold

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


def tfidf_probabilities(train: Sequence[Labelled], test: Sequence[Labelled], labels: Sequence[str]) -> Array:
    """TF-IDF of words and word pairs with a logistic regression: ``(len(test), labels)``."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2 if len(train) > 500 else 1),
        OneVsRestClassifier(LogisticRegression(C=10.0, solver="liblinear", dual=True, random_state=0)),
    )
    model.fit([item.text for item in train], [item.stance for item in train])
    return _spread(model.predict_proba([item.text for item in test]), list(model.classes_), labels)


def plain_probabilities(
    train: Sequence[Labelled], test: Sequence[Labelled], labels: Sequence[str], encoder: Encodes
) -> Array:
    """Frozen embeddings with a logistic regression: ``(len(test), labels)``."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    model.fit(encoder.encode([(item.text, item.context) for item in train]), [item.stance for item in train])
    seen = encoder.encode([(item.text, item.context) for item in test])
    return _spread(model.predict_proba(seen), list(model.classes_), labels)


def tfidf(items: Sequence[Labelled], folds: Iterable[Fold], training: Training, labels: Sequence[str]) -> Answers:
    """TF-IDF, fitted for each fold on what ``training`` gives for it."""
    out = np.zeros((len(items), len(labels)))
    for fold in folds:
        out[fold.test] = tfidf_probabilities(training(fold), [items[i] for i in fold.test], labels)
    return Answers(name="tfidf", title="TF-IDF and logistic regression", probabilities=out)


def plain_recipe(
    items: Sequence[Labelled], folds: Iterable[Fold], training: Training, labels: Sequence[str], encoder: Encodes
) -> Answers:
    """The plain recipe, fitted for each fold on what ``training`` gives for it."""
    out = np.zeros((len(items), len(labels)))
    for fold in folds:
        out[fold.test] = plain_probabilities(training(fold), [items[i] for i in fold.test], labels, encoder)
    return Answers(name="plain", title="Plain recipe (frozen embeddings, seeds only)", probabilities=out)
