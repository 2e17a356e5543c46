"""Honest splits: one group left out at a time, and a check that nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from classifier.errors import ClassifierError
from classifier.labels import Labelled
from eval.duplicates import LEAST_WORDS, linked, near_duplicates, plain

#: Groups are left out in this many rounds where one round a group would take too long.
ROUNDS: Final = 5

Places = NDArray[np.intp]


class LeakError(ClassifierError):
    """A text that is judged stands in the part that was trained on."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One round: the group left out, and the places of its items and of all others."""

    name: str
    train: Places
    test: Places

    def part(self, start: int, stop: int) -> Fold:
        """The fold among the items ``start`` to ``stop`` alone, counted from ``start``."""
        train, test = (p[(p >= start) & (p < stop)] - start for p in (self.train, self.test))
        return Fold(self.name, train, test)


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


def rounds_of(groups: Sequence[str]) -> list[Fold]:
    """Leave the groups out in a few rounds, about as many items in each."""
    rounds = GroupKFold(min(ROUNDS, len(set(groups)))).split(groups, groups=groups)
    return [Fold(f"round {number}", train, test) for number, (train, test) in enumerate(rounds, 1)]


def everything(items: Sequence[Labelled]) -> list[Fold]:
    """One round in which every item is judged and none trained on: for sets from outside."""
    return [Fold("all", np.arange(0), np.arange(len(items)))]


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


@dataclass(frozen=True, slots=True)
class Repeats:
    """Which items nearly repeat each other, by id."""

    near: Mapping[str, frozenset[str]]

    @classmethod
    def among(cls, items: Sequence[Labelled]) -> Repeats:
        """Compare all items with all, once."""
        near: dict[str, set[str]] = {}
        for one, two in near_duplicates([item.text for item in items]):
            near.setdefault(items[one].id, set()).add(items[two].id)
            near.setdefault(items[two].id, set()).add(items[one].id)
        return cls({name: frozenset(others) for name, others in near.items()})

    def without(self, train: Sequence[Labelled], test: Sequence[Labelled]) -> list[int]:
        """Places of the training items that are not judged and that no judged item nearly repeats, in order."""
        out = {item.id for item in test}
        for item in test:
            out |= self.near.get(item.id, frozenset())
        return [place for place, item in enumerate(train) if item.id not in out]
