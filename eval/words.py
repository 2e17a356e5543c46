"""Words and word pairs, counted once for all texts; TF-IDF and a logistic regression on them, fitted by fold."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier

from classifier.labels import Labelled
from eval.metrics import Array

#: From this many training texts on, a word must stand in two of them.
MANY: Final = 500

#: Inverse penalty of the regression, as scikit-learn's ``C``; passes over the texts, more of them over few.
PENALTY: Final = 10.0
PASSES: Final = 5
STEPS: Final = 150_000

Counts: TypeAlias = Any  # scipy.sparse.csr_matrix, which has no types


class Counted:
    """The words and word pairs of some items and, when asked for, of their contexts.

    Counting is blind to labels, so all folds may share it; what is weighed and learned is fitted by fold.
    """

    def __init__(self, items: Sequence[Labelled]) -> None:
        self._items = list({item.id: item for item in items}.values())
        self._places = {item.id: place for place, item in enumerate(self._items)}
        self._counter = CountVectorizer(ngram_range=(1, 2), dtype=np.float32)
        self._texts: Counts = self._counter.fit_transform([item.text for item in self._items]).tocsr()

    def further(self, items: Sequence[Labelled]) -> Counted:
        """Return the same with further items, to be judged only: of their words, those that stand here count."""
        new = [item for item in items if item.id not in self._places]
        if not new:
            return self
        found = copy(self)
        found._items = self._items + new
        found._places = {item.id: place for place, item in enumerate(found._items)}
        vars(found).pop("_contexts", None)
        found._texts = sparse.vstack([self._texts, self._counter.transform([item.text for item in new])]).tocsr()
        return found

    @cached_property
    def _contexts(self) -> Counts:
        return self._counter.transform([item.context or "" for item in self._items]).tocsr()

    def texts(self, items: Sequence[Labelled]) -> Counts:
        """Counts of the quotations, ``(len(items), words)``."""
        return self._texts[[self._places[item.id] for item in items]]

    def contexts(self, items: Sequence[Labelled]) -> Counts:
        """Counts of the contexts, ``(len(items), words)``; an item without one has a row of zeros."""
        return self._contexts[[self._places[item.id] for item in items]]


@dataclass(frozen=True, slots=True)
class TfidfModel:
    """TF-IDF and a logistic regression for each label, fitted; ``classes`` in the order of its columns."""

    columns: np.ndarray[Any, np.dtype[np.intp]]
    weigh: TfidfTransformer
    model: SGDClassifier

    @property
    def classes(self) -> list[Any]:
        """What was seen in training, sorted."""
        return list(self.model.classes_)

    def scores(self, counts: Counts) -> Array:
        """Decision scores, ``(rows, classes)``."""
        return np.asarray(self.model.decision_function(self.weigh.transform(counts[:, self.columns])), np.float64)

    def probabilities(self, counts: Counts, labels: Sequence[Any]) -> Array:
        """Probabilities in the order of ``labels``, ``(rows, labels)``; a label never seen gets 0."""
        found = self.model.predict_proba(self.weigh.transform(counts[:, self.columns]))
        out = np.zeros((counts.shape[0], len(labels)))
        for column, label in enumerate(self.classes):
            if label in labels:
                out[:, list(labels).index(label)] = found[:, column]
        shares: Array = out / np.maximum(out.sum(axis=1, keepdims=True), 1e-12)
        return shares


def fit_tfidf(counts: Counts, targets: Sequence[Any]) -> TfidfModel:
    """Fit on counts ``(rows, words)`` and their labels, one a row."""
    least = 2 if counts.shape[0] >= MANY else 1
    columns = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= least)
    weigh = TfidfTransformer(sublinear_tf=True)
    rows = counts.shape[0]
    # by stochastic gradients a logistic regression for each label is fitted in a third of liblinear's time
    model = SGDClassifier(
        loss="log_loss", alpha=1 / (PENALTY * rows), max_iter=max(PASSES, STEPS // rows), tol=None, random_state=0
    ).fit(weigh.fit_transform(counts[:, columns]), list(targets))
    return TfidfModel(columns, weigh, model)
