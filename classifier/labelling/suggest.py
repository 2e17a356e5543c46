"""What to label next: quotations of which the model is least sure, and which are not like each other.

Uncertainty is the entropy of the stances' probabilities (Settles 2009, Active Learning Literature Survey);
to keep ten ways of saying one thing from standing at the head, each next one is weighed against those before
it by the likeness of their embeddings, as in maximal marginal relevance (Carbonell and Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from classifier.labelling.tasks import Guesses, Task
from classifier.stance.head import Array

#: How much of a quotation's value its likeness to one that stands before it can take away.
DIVERSITY: Final = 0.7
#: What the uncertainty counts for where the model takes a quotation for off topic: its sides mean little there.
OFF_TOPIC_SHARE: Final = 0.5


def entropy(probabilities: Array) -> Array:
    """Return the entropy of each row of ``(n, classes)``, from 0 (sure) to 1 (all alike), ``(n,)``."""
    shares = np.clip(probabilities, 1e-12, 1.0)
    found: Array = -(shares * np.log(shares)).sum(axis=1) / np.log(shares.shape[1])
    return found


def order(uncertainty: Array, embeddings: Array, known: Array, *, diversity: float = DIVERSITY) -> list[int]:
    """Return the places of all items, the most worth labelling first.

    Args:
        uncertainty: ``(n,)``, from 0 to 1.
        embeddings: ``(n, dim)``, of any length but 0.
        known: embeddings of what is labelled already, ``(m, dim)``; ``m`` may be 0.
        diversity: 0 goes by uncertainty alone.
    """
    unit = _unit(embeddings)
    nearest = (unit @ _unit(known).T).max(axis=1) if len(known) else np.zeros(len(unit))
    left = np.ones(len(unit), np.bool_)
    found: list[int] = []
    for _ in range(len(unit)):
        value = np.where(left, uncertainty * (1 - diversity * np.clip(nearest, 0, 1)), -np.inf)
        best = int(value.argmax())
        found.append(best)
        left[best] = False
        nearest = np.maximum(nearest, unit @ unit[best])
    return found


def _unit(rows: Array) -> Array:
    result: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return result


def suggested(tasks: Sequence[Task], guesses: Guesses, labelled: Sequence[str] = ()) -> list[Task]:
    """Return the tasks, those first from which the model would learn most.

    ``labelled`` are texts that have a label already: what is like them can wait.
    """
    if not tasks:
        return []
    predictions = [guesses.of(task) for task in tasks]
    shares = np.array([list(p.probabilities.values()) for p in predictions])
    on_topic = np.array([OFF_TOPIC_SHARE if p.answer == "off topic" else 1.0 for p in predictions])
    encode = guesses.model.encoder.encode
    embeddings = encode([(task.quotation.text, None) for task in tasks]).astype(np.float64)
    known = encode([(text, None) for text in labelled]).astype(np.float64)
    return [tasks[place] for place in order(entropy(shares) * on_topic, embeddings, known)]
