"""What flows through the evaluation: sets of labelled quotations, and the answers of systems to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.labels import Labelled
from classifier.schema import OFF_TOPIC
from classifier.stance.head import Head, softmax
from eval.metrics import Array, Layout, Numbers, gold_numbers, tallies
from eval.uncertainty import Interval, figure_intervals


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A training quotation near a judged one; ``similarity`` is the cosine of their embeddings."""

    id: str
    text: str
    stance: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the model answered so: its nearest training quotations, and what each word added.

    ``words`` are word runs with the log-odds they add to the answer, against the best other stance.
    """

    neighbours: tuple[Neighbour, ...] = ()
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """One system's answers to one set.

    ``probabilities`` ``(n, labels)``; ``off_topic`` ``(n,)``, the probability of no stance at all, where the
    system knows one; ``abstained`` ``(n,)``.
    """

    name: str
    title: str
    probabilities: Array
    off_topic: Array | None = None
    abstained: NDArray[np.bool_] | None = None

    @property
    def numbers(self) -> Numbers:
        """The label numbers answered, ``(n,)``."""
        answers: Numbers = self.probabilities.argmax(axis=1)
        return answers


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One set, judged: its items, the model's answers, and those of the baselines.

    ``groups`` has one name an item: what is resampled together. ``protocol`` says in words what was fitted on
    what; ``reasons`` belong to the model's answers; ``heads`` has the head that judged each item.
    """

    name: str
    title: str
    protocol: str
    items: Sequence[Labelled]
    groups: Sequence[str]
    group_kind: str
    labels: tuple[str, ...]
    model: Answers
    baselines: Sequence[Answers] = ()
    reasons: Sequence[Reasons] = ()
    notes: Sequence[str] = ()
    heads: Sequence[Head] = ()

    @property
    def layout(self) -> Layout:
        """The columns of this set's tallies."""
        return Layout(self.labels)

    @property
    def gold(self) -> Numbers:
        """The label numbers, ``(n,)``."""
        return gold_numbers([item.stance for item in self.items], self.labels)

    def tallies(self, answers: Answers) -> Array:
        """A system's tallies, ``(n, columns)``."""
        return tallies(self.gold, answers.probabilities, self.layout)

    def intervals(self, answers: Answers) -> dict[str, Interval]:
        """A system's figures with their intervals."""
        return figure_intervals(self.tallies(answers), self.groups, self.layout)


def answers_from_logits(
    logits: Array,
    classes: Sequence[str],
    labels: Sequence[str],
    *,
    name: str,
    title: str,
    limits: Mapping[str, float],
) -> Answers:
    """Turn log-odds ``(n, classes)`` into answers over ``labels``, as prediction does.

    ``limits`` has ``certain`` and ``off_topic``: when to abstain.
    """
    known = [list(classes).index(label) for label in labels]
    probabilities = softmax(logits[:, known])
    off = softmax(logits)[:, list(classes).index(OFF_TOPIC)] if OFF_TOPIC in classes else np.zeros(len(logits))
    abstained = (off > limits["off_topic"]) | (probabilities.max(axis=1) < limits["certain"])
    return Answers(name=name, title=title, probabilities=probabilities, off_topic=off, abstained=abstained)
