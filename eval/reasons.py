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
from eval.splits import Fold, Repeats

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
    features: Array, training: HeadTraining, places: Sequence[int], *, dim: int, count: int = NEIGHBOURS
) -> list[tuple[Neighbour, ...]]:
    """The training quotations whose embeddings are nearest, best first.

    Args:
        features: of the judged items, ``(n, columns)``; the first ``dim`` are the embedding.
        training: what the head was fitted from.
        places: which of its items the head saw: a neighbour that was left out explains nothing.
        dim: width of the embedding.
        count: neighbours an item.
    """
    seen = np.asarray(places, dtype=np.intp)
    near = _unit(features[:, :dim]) @ _unit(training.features[seen, :dim]).T
    found = []
    for row in near:
        chosen = [(training.items[seen[k]], float(row[k])) for k in np.argsort(-row, kind="stable")[:count]]
        found.append(tuple(Neighbour(item.id, item.text, item.stance, share) for item, share in chosen))
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
    repeats: Repeats,
    stances: Sequence[int],
) -> list[Reasons]:
    """Give every item its reasons, from the head of its own fold and what that head was fitted on.

    ``features`` ``(n, columns)``, ``logits`` ``(n, classes)``; ``stances`` are the columns that may win; without
    ``training`` there are no neighbours.
    """
    found: list[Reasons] = [Reasons()] * len(items)
    for fold in folds:
        test, head = [items[i] for i in fold.test], heads[fold.name]
        near: list[tuple[Neighbour, ...]] = [()] * len(test)
        if training is not None:
            dim, _ = _columns(head, len(lexical.bias))
            near = nearest(features[fold.test], training, repeats.without(training.items, test), dim=dim)
        for place, neighbours in zip(fold.test, near, strict=True):
            best, second = sorted(stances, key=lambda c, row=logits[place]: -row[c])[:2]  # type: ignore[misc]
            words = weighed_words(items[place].text, lexical, head, answer=best, other=second)
            found[place] = Reasons(neighbours, words)
    return found
