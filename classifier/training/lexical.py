"""Fit the lexical channel: scikit-learn's TF-IDF and logistic regression over hashed n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from classifier.stance.lexical import Hashes, LexicalTable, ngram_hashes

#: An n-gram must stand in this many texts: word n-grams, character n-grams.
MIN_TEXTS: Final = (3, 5)
#: The same where there are fewer than :data:`FEW` texts in all.
MIN_OF_FEW: Final = (2, 3)
FEW: Final = 1000


def _counts(hashes: Sequence[Hashes], least: int) -> tuple[sparse.csr_matrix, Hashes]:
    """Return the counts ``(texts, n-grams)`` of those n-grams that stand in ``least`` texts, and their hashes."""
    uniques = [np.unique(row, return_counts=True) for row in hashes]
    everything, texts = np.unique(np.concatenate([found for found, _ in uniques]), return_counts=True)
    kept = everything[texts >= least]
    columns, values, ends = [], [], [0]
    for found, counts in uniques:
        places = np.searchsorted(kept, found)
        places[places == len(kept)] = 0
        known = kept[places] == found if len(kept) else np.zeros(len(found), np.bool_)
        columns.append(places[known])
        values.append(counts[known].astype(np.float64))
        ends.append(ends[-1] + int(known.sum()))
    shape = (len(hashes), len(kept))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape), kept


def fit_lexical(
    texts: Sequence[str], targets: NDArray[np.intp], *, classes: int, inverse_penalty: float = 3.0
) -> LexicalTable:
    """Fit the table on ``texts`` with their class numbers ``targets`` ``(n,)``.

    ``inverse_penalty`` is scikit-learn's ``C``. A class without an example gets no weight.
    """
    hashed = [ngram_hashes(text) for text in texts]
    blocks, kept, idfs = [], [], []
    for part, least in enumerate(MIN_TEXTS if len(texts) >= FEW else MIN_OF_FEW):
        counts, hashes = _counts([row[part] for row in hashed], least)
        weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
        blocks.append(weigh.transform(counts))
        kept.append(hashes)
        idfs.append(weigh.idf_)
    model = LogisticRegression(C=inverse_penalty, max_iter=1000, tol=3e-4)
    model.fit(sparse.hstack(blocks).tocsr().astype(np.float32), targets)  # half the memory, half the time
    weights = np.zeros((sum(map(len, kept)), classes), np.float32)
    bias = np.full(classes, -10.0)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercepts / 2
    weights[:, model.classes_] = coefficients.T
    bias[model.classes_] = intercepts
    hashes = np.concatenate(kept)
    order = np.argsort(hashes)
    return LexicalTable(hashes[order], np.concatenate(idfs)[order].astype(np.float32), weights[order], bias)
