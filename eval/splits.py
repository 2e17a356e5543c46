"""Honest splits: one group left out at a time, and a check that nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.labels import Labelled
from eval.duplicates import LEAST_WORDS, linked, near_duplicates, plain

Places = NDArray[np.intp]


class LeakError(ClassifierError):
    """A text that is judged stands in the part that was trained on."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One round: the group left out, and the places of its items and of all others."""

    name: str
    train: Places
    test: Places


def group_of(item: Labelled) -> str:
    """What an item must stay together with; by itself where it names no group."""
    return item.group or item.id


def article_groups(items: Sequence[Labelled]) -> list[str]:
    """The group of each item, groups that share a near-duplicate taken as one."""
    return linked([group_of(item) for item in items], near_duplicates([item.text for item in items]))


def leave_one_out(groups: Sequence[str]) -> Iterator[Fold]:
    """Leave each group out in turn, in order of their names."""
    names = np.asarray(groups, dtype=object).astype(str)
    for name in np.unique(names):
        out = names == name
        yield Fold(str(name), np.flatnonzero(~out), np.flatnonzero(out))


def _same(one: Labelled, two: Labelled) -> bool:
    """Equal words; a short phrase that many say must stand in equal sentences too."""
    if len(plain(one.text).split()) >= LEAST_WORDS:
        return True
    return plain(one.context or "") == plain(two.context or "")


def leaks(test: Sequence[Labelled], train: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    """Pairs of a judged item and a training item with the same words."""
    known: dict[str, list[Labelled]] = {}
    for item in train:
        known.setdefault(plain(item.text), []).append(item)
    return [
        (item, other)
        for item in test
        for other in known.get(plain(item.text), ())
        if plain(item.text) and _same(item, other)
    ]


def check_leaks(test: Sequence[Labelled], train: Sequence[Labelled], *, what: str) -> None:
    """Refuse to judge texts that were trained on.

    Raises:
        LeakError: names the first few items that stand in both parts, and what to do.
    """
    found = leaks(test, train)
    if found:
        shown = "; ".join(f"{item.id} is {other.id} ({item.text[:60]!r})" for item, other in found[:3])
        raise LeakError(
            f"{what}: {len({item.id for item, _ in found})} of {len(test)} texts stand in the training part: "
            f"{shown}; a figure on them would mean nothing; take them out of this set, or out of labels/ "
            "and train again"
        )


def without_near_duplicates(train: Sequence[Labelled], test: Sequence[Labelled]) -> list[int]:
    """Places of the training items that no judged item nearly repeats, in order."""
    pairs = near_duplicates([item.text for item in train], [item.text for item in test])
    near = set(pairs[:, 0].tolist())
    return [place for place in range(len(train)) if place not in near]
