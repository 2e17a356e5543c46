"""Near-duplicates: quotes that share so much wording that one in training gives the other away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

from classifier.stance.lexical import normalise, words

#: Words of a run; two texts are compared by the runs that they share.
RUN: Final = 4
#: Share of the shorter text's runs that must stand in the other.
SHARED: Final = 0.6
#: Words a text needs for equality to be more than coincidence ("A slap in the face." is said by many).
LEAST_WORDS: Final = 5
#: Words a text needs to be a near-duplicate of a longer one that holds it.
LEAST_SHARED: Final = 7

Pairs = NDArray[np.intp]


@lru_cache(maxsize=1 << 17)
def plain(text: str) -> str:
    """The words of a text alone, in lower case: what two equal quotes have in common."""
    return " ".join(word for word in words(normalise(text)) if word[0].isalnum())


def _runs(text: str) -> list[str]:
    tokens = plain(text).split()
    if len(tokens) < LEAST_SHARED:
        return []
    return [" ".join(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)]


def near_duplicates(left: Sequence[str], right: Sequence[str] | None = None) -> Pairs:
    """Find pairs of texts that share most of their wording.

    Two texts of seven words or more are near-duplicates when 60% of the four-word runs of the shorter one
    stand in the longer one, so that a quote and a trimmed version of it are found too.

    Args:
        left: texts.
        right: texts to compare with; ``None`` compares ``left`` with itself, each pair once.

    Returns:
        Places ``(pairs, 2)``: row of ``left``, row of ``right``, in order.
    """
    others = left if right is None else right
    counter = CountVectorizer(analyzer=_runs, binary=True, dtype=np.float64)
    everything = [*left] if right is None else [*left, *others]
    if not any(_runs(text) for text in everything):
        return np.empty((0, 2), np.intp)
    table = counter.fit_transform(everything)
    one = table[: len(left)]
    two = one if right is None else table[len(left) :]
    shared = (one @ two.T).tocoo()
    sizes = np.asarray(one.sum(axis=1)).ravel(), np.asarray(two.sum(axis=1)).ravel()
    shorter = np.minimum(sizes[0][shared.row], sizes[1][shared.col])
    kept = shared.data >= SHARED * shorter
    if right is None:
        kept &= shared.row < shared.col
    found = np.stack([shared.row[kept], shared.col[kept]], axis=1).astype(np.intp)
    result: Pairs = found[np.lexsort((found[:, 1], found[:, 0]))]
    return result


def linked(groups: Sequence[str], pairs: Pairs) -> list[str]:
    """Give groups that share a near-duplicate one name (the first of them, by name)."""
    names, numbers = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    size = len(names)
    links = sparse.coo_matrix(
        (np.ones(len(pairs)), (numbers[pairs[:, 0]], numbers[pairs[:, 1]])), shape=(size, size)
    )
    _, component = connected_components(links, directed=False)
    first: dict[int, str] = {}
    for name, part in zip(names, component, strict=True):
        first.setdefault(int(part), str(name))
    return [first[int(component[number])] for number in numbers]
