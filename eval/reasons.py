"""Why the model answered so: the nearest training quotations, and the words that weighed most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from classifier.labels import Labelled
from classifier.stance.head import Array, Head
from classifier.stance.lexical import LexicalTable
from eval.heads import HeadTraining
from eval.judged import Neighbour, Reasons
from eval.splits import Fold, group_of

NEIGHBOURS: Final = 3
WORDS: Final = 5


def _unit(rows: Array) -> Array:
    result: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return result


def _columns(head: Head, classes: int) -> tuple[int, slice]:
    """The width of the embedding, and the columns of the quotation's lexical scores, in the head's features."""
    dim = len(head.mean) - 2 * classes - 1
    return dim, slice(dim, dim + classes)


def nearest(
    features: Array, items: Sequence[Labelled], training: HeadTraining, *, dim: int, count: int = NEIGHBOURS
) -> list[tuple[Neighbour, ...]]:
    """The training quotations whose embeddings are nearest, best first.

    Those of an item's own group (article, voice) are passed over: in their fold they were not trained on.
    """
    near = _unit(features[:, :dim]) @ _unit(training.features[:, :dim]).T
    found = []
    for item, row in zip(items, near, strict=True):
        chosen: list[Neighbour] = []
        for place in np.argsort(-row, kind="stable"):
            other = training.items[place]
            if other.id != item.id and group_of(other) != group_of(item):
                chosen.append(Neighbour(other.id, other.text, other.stance, float(row[place])))
            if len(chosen) == count:
                break
        found.append(tuple(chosen))
    return found


def weighed_words(
    text: str, lexical: LexicalTable, head: Head, *, answer: int, other: int, count: int = WORDS
) -> tuple[tuple[str, float], ...]:
    """The word runs that moved the log-odds of ``answer`` against ``other`` most, through the lexical channel."""
    classes = len(lexical.bias)
    _, columns = _columns(head, classes)
    pull = (head.weights[columns, answer] - head.weights[columns, other]) / head.scale[columns] / head.temperature
    moved = [(gram, float(share @ pull)) for gram, share in lexical.word_weights(text)]
    moved.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple(moved[:count])


def reasons_of(
    items: Sequence[Labelled],
    features: Array,
    logits: Array,
    *,
    folds: Iterable[Fold],
    heads: Mapping[str, Head],
    lexical: LexicalTable,
    training: HeadTraining | None,
    stances: Sequence[int],
) -> list[Reasons]:
    """Give every item its reasons, from the head of its own fold.

    ``features`` ``(n, columns)``, ``logits`` ``(n, classes)``; ``stances`` are the columns that may win; without
    ``training`` there are no neighbours.
    """
    dim, _ = _columns(next(iter(heads.values())), len(lexical.bias))
    neighbours: list[tuple[Neighbour, ...]] = [()] * len(items)
    if training is not None:
        neighbours = nearest(features, items, training, dim=dim)
    words: list[tuple[tuple[str, float], ...]] = [()] * len(items)
    for fold in folds:
        for place in fold.test:
            best, second = sorted(stances, key=lambda c: -logits[place, c])[:2]
            words[place] = weighed_words(items[place].text, lexical, heads[fold.name], answer=best, other=second)
    return [Reasons(n, w) for n, w in zip(neighbours, words, strict=True)]
