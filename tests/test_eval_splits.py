"""Nothing that is judged may have been trained on: folds, near-duplicates, leaks."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.labels import Labelled
from eval.duplicates import linked, near_duplicates
from eval.splits import (
    LeakError,
    Repeats,
    article_groups,
    check_leaks,
    everything,
    leave_one_out,
    rounds_of,
)

LONG = (
    "We are not going to work in conjunction with Homeland Security on deportation efforts, that is not our job."
)


def item(name: str, text: str, *, group: str = "", context: str | None = None) -> Labelled:
    return Labelled(id=name, text=text, stance="neutral", group=group, context=context)


def test_each_group_is_left_out_once_and_whole() -> None:
    groups = ["b", "a", "b", "c", "a"]
    folds = list(leave_one_out(groups))
    assert [fold.name for fold in folds] == ["a", "b", "c"]
    for fold in folds:
        assert {groups[i] for i in fold.test} == {fold.name}
        assert fold.name not in {groups[i] for i in fold.train}
        assert sorted([*fold.train, *fold.test]) == list(range(5))


def test_rounds_keep_groups_whole_and_judge_everything_once() -> None:
    groups = [f"g{i % 12}" for i in range(60)]
    folds = rounds_of(groups)
    assert len(folds) == 5
    assert sorted(i for fold in folds for i in fold.test) == list(range(60))
    for fold in folds:
        assert not {groups[i] for i in fold.train} & {groups[i] for i in fold.test}


def test_a_part_of_a_fold_counts_from_its_own_start() -> None:
    fold = rounds_of(["a", "b", "c", "d", "e", "f"])[0]
    part = fold.part(2, 6)
    assert set(part.test) == {i - 2 for i in fold.test if i >= 2}
    assert everything([item("x", "y")])[0].test.tolist() == [0]


def test_a_trimmed_quotation_is_a_near_duplicate_and_a_common_phrase_is_not() -> None:
    trimmed = "work in conjunction with Homeland Security on deportation efforts"
    texts = [LONG, trimmed, "The law is the law.", "With that said, the law is the law and chiefs must follow it."]
    assert near_duplicates(texts).tolist() == [[0, 1]]
    assert near_duplicates(
        [trimmed.upper()], [LONG, "Other words entirely, about the weather today."]
    ).tolist() == [[0, 0]]
    assert near_duplicates(["too short"]).shape == (0, 2)


def test_articles_that_share_a_quotation_are_one_fold() -> None:
    items = [
        item("1", LONG, group="first"),
        item("2", "Something else that only this article has, at some length.", group="second"),
        item("3", "work in conjunction with Homeland Security on deportation efforts", group="third"),
    ]
    assert article_groups(items) == ["first", "second", "first"]
    assert linked(["a", "b"], np.empty((0, 2), np.intp)) == ["a", "b"]


def test_near_duplicates_of_a_judged_item_are_not_trained_on() -> None:
    items = [
        item("1", LONG),
        item("2", LONG + " Period."),
        item("3", "Quite another thing, said by somebody else."),
    ]
    repeats = Repeats.among(items)
    assert repeats.without(items, [items[0]]) == [2]
    assert repeats.without(items, [items[2]]) == [0, 1]


def test_a_planted_leak_is_refused_by_name() -> None:
    train = [item("train-7", LONG), item("train-8", "Nothing like it.")]
    judged = [
        item("judged-1", "An honest quotation that nobody trained on."),
        item("judged-2", f"“{LONG.upper()}”"),
    ]
    with pytest.raises(LeakError, match=r"mine\.csv: 1 of 2 texts .* judged-2 is train-7 .* train again"):
        check_leaks(judged, train, what="mine.csv")
    check_leaks(judged[:1], train, what="mine.csv")


def test_a_phrase_many_people_say_leaks_only_with_its_sentence() -> None:
    train = [item("t", "Beyond the pale", context="He called it beyond the pale.")]
    check_leaks([item("a", "beyond the pale")], train, what="x")
    check_leaks([item("b", "beyond the pale", context="She said it was beyond the pale.")], train, what="x")
    with pytest.raises(LeakError):
        check_leaks([item("c", "beyond the pale", context="He called it “beyond the pale”.")], train, what="x")
