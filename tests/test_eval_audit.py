"""Labels under audit, mistakes sorted, quotations matched, the learning curve: each on a small planted case."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.errors import LabelsError
from classifier.labels import Labelled
from classifier.schema import NEUTRAL, PRO_ENFORCEMENT, PRO_SANCTUARY, STANCES, Quotation, Span
from eval.audit import (
    balance,
    conflicting_duplicates,
    disagreements,
    kappa,
    out_of_fold,
    read_passes,
    suspects,
)
from eval.cache import CachedEncoder, kept
from eval.layers import Gold, matched, overlap, same_speaker
from eval.learning import learning_curve, sizes
from eval.metrics import gold_numbers
from eval.mistakes import kind_of
from eval.splits import Repeats
from eval.words import Counted

FOR = "They should deport every criminal and honour the detainers of ICE in county {}."
AGAINST = "We welcome immigrants and we will never help to tear a family apart in city {}."


def corpus(n: int = 60) -> list[Labelled]:
    """Plain quotations of both sides, every third neutral, in ten groups."""
    texts = {
        PRO_ENFORCEMENT: FOR,
        PRO_SANCTUARY: AGAINST,
        NEUTRAL: "The committee will meet on Tuesday and take up item {} of the agenda.",
    }
    return [
        Labelled(
            id=f"q{i}",
            text=texts[STANCES[i % 3]].format(f"{i} {'abcdefghij'[i % 10] * 3}"),
            stance=STANCES[i % 3],
            group=f"g{i % 10}",
        )
        for i in range(n)
    ]


def test_a_planted_mislabelled_item_is_the_first_suspect() -> None:
    items = corpus()
    items[7] = Labelled(id="planted", text=items[7].text, stance=NEUTRAL, group=items[7].group)
    probabilities = out_of_fold(items, STANCES, Repeats({}), Counted(items))
    found = suspects(items, gold_numbers([i.stance for i in items], STANCES), probabilities, STANCES)
    assert found[0]["id"] == "planted"
    assert (found[0]["label"], found[0]["model"]) == (NEUTRAL, PRO_SANCTUARY)
    assert len(found) <= 3


def test_honest_labels_raise_no_suspicion() -> None:
    items = corpus()
    probabilities = out_of_fold(items, STANCES, Repeats({}), Counted(items))
    assert suspects(items, gold_numbers([i.stance for i in items], STANCES), probabilities, STANCES) == []
    assert suspects(items[:3], np.arange(3), np.eye(3), STANCES) == []


def test_kappa_of_two_passes_with_what_one_missed(tmp_path: Path) -> None:
    # the textbook table again: 20, 5, 10, 15, kappa .4; and one item that the first pass missed
    pairs = ["yes\tyes"] * 20 + ["yes\tno"] * 5 + ["no\tyes"] * 10 + ["no\tno"] * 15 + ["-\tyes"]
    path = tmp_path / "demo.tsv"
    path.write_text("id\tfirst\tsecond\n" + "".join(f"{n}\t{p}\n" for n, p in enumerate(pairs)), encoding="utf-8")
    items = {str(n): Labelled(id=str(n), text=f"text {n}", stance="yes", group=f"g{n % 25}") for n in range(51)}
    found = kappa(read_passes(path), items)
    assert (found["n"], found["missed"], found["agreed"], found["groups"]) == (50, 1, 35, 25)
    assert found["kappa"]["value"] == pytest.approx(0.4)
    assert found["kappa"]["low"] < 0.4 < found["kappa"]["high"]
    assert len(disagreements(read_passes(path), items)) == 16
    path.write_text("name,first\n", encoding="utf-8")
    with pytest.raises(LabelsError, match="expected the columns id, first, second"):
        read_passes(path)
    path.write_text("id\tfirst\tsecond\nx\ty\n", encoding="utf-8")
    with pytest.raises(LabelsError, match="line 2: found 2 cells"):
        read_passes(path)


def test_near_duplicates_with_different_labels_are_found() -> None:
    one = Labelled(id="1", text=AGAINST.format(1), stance=PRO_SANCTUARY)
    two = Labelled(id="2", text=AGAINST.format(1) + " So there.", stance=PRO_ENFORCEMENT)
    same = Labelled(id="3", text=AGAINST.format(1), stance=PRO_SANCTUARY)
    found = conflicting_duplicates([one, two, same])
    assert [row["ids"] for row in found] == [["1", "2"], ["2", "3"]]


def test_balance_counts_stances_by_group() -> None:
    rows = balance(corpus(30), "group")
    assert len(rows) == 10
    assert rows[0]["n"] == 3
    assert sum(row["n"] for row in rows) == 30


@pytest.mark.parametrize(
    ("text", "gold", "answer", "kind"),
    [
        ("a slap in the face", PRO_ENFORCEMENT, PRO_SANCTUARY, "fragment"),
        ("The council takes this up on Tuesday evening at six.", NEUTRAL, PRO_SANCTUARY, "neutral"),
        (
            "Critics say that we are soft on crime, and look at the numbers.",
            PRO_SANCTUARY,
            PRO_ENFORCEMENT,
            "reported",
        ),
        ("Our deputies will not hold a man for immigration agents.", PRO_SANCTUARY, PRO_ENFORCEMENT, "negation"),
        ("Deputies hold every man whom immigration agents want.", PRO_ENFORCEMENT, PRO_SANCTUARY, "other"),
    ],
)
def test_mistakes_are_sorted_into_kinds(text: str, gold: str, answer: str, kind: str) -> None:
    assert kind_of(Labelled(id="x", text=text, stance=gold), answer) == kind


def test_a_mixed_quotation_is_a_fragment_whatever_its_length() -> None:
    item = Labelled(
        id="x", text="work in conjunction with Homeland Security now", stance=PRO_SANCTUARY, kind="mixed"
    )
    assert kind_of(item, PRO_ENFORCEMENT) == "fragment"


def _quotation(*spans: tuple[int, int]) -> Quotation:
    parts = tuple(Span(*span) for span in spans)
    return Quotation(text="", kind="direct", parts=parts, context=parts[0])


def test_quotations_pair_up_by_shared_characters_each_once() -> None:
    gold = [
        Gold("1", "direct", (Span(0, 10), Span(20, 30)), "A", NEUTRAL),
        Gold("2", "direct", (Span(40, 50),), "B", NEUTRAL),
    ]
    found = [_quotation((40, 52)), _quotation((0, 10), (20, 30)), _quotation((0, 10))]
    assert overlap(gold[0].parts, found[2].parts) == pytest.approx(0.5)
    assert matched(gold, found) == {0: 1, 1: 0}
    assert matched(gold, []) == {}


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Donald Trump", "Trump", True),
        ("a spokesman for ICE", "spokesman for ICE", True),
        ("Ann Lee", "Bob Lee", False),
        ("Ann Lee", "Ann Lee", True),
        ("Lee", "", False),
        ("the city", "the state", False),
    ],
)
def test_speakers_are_the_same_by_name_or_last_name(gold: str, found: str, same: bool) -> None:
    assert same_speaker(gold, found) is same


def test_the_learning_curve_rises_with_text() -> None:
    items = corpus(90)
    assert sizes(1200) == [250, 500, 1000, 1200]
    assert sizes(90) == [90]
    rows = learning_curve(items[:60], {"a": items[60:80], "b": items[80:]}, STANCES, Counted(items))
    assert [(row["set"], row["n"]) for row in rows] == [("a", 60), ("b", 60)]
    assert all(row["accuracy"]["value"] == 1.0 for row in rows)


class _CountingEncoder:
    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, pairs):
        self.read += [text for text, _ in pairs]
        return np.array([[len(text), len(context or "")] for text, context in pairs], np.float32)


def test_each_text_is_embedded_once_for_good(tmp_path: Path) -> None:
    inner = _CountingEncoder()
    encoder = CachedEncoder(tmp_path, "abc", lambda: inner)
    pairs = [("one", None), ("three", "x"), ("one", None)]
    assert encoder.encode(pairs).tolist() == [[3, 0], [5, 1], [3, 0]]
    again = CachedEncoder(tmp_path, "abc", lambda: pytest.fail("opened for nothing"))
    assert again.encode(pairs[::-1]).tolist() == [[3, 0], [5, 1], [3, 0]]
    assert inner.read == ["one", "three"]
    assert CachedEncoder(tmp_path, "other", lambda: inner).encode([("one", "c")]).tolist() == [[3, 1]]


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    inner = _CountingEncoder()
    CachedEncoder(tmp_path, "abc", lambda: inner).encode([("one", None)])
    file = next(tmp_path.glob("embeddings-*"))
    file.write_bytes(file.read_bytes()[:20])
    assert CachedEncoder(tmp_path, "abc", lambda: inner).encode([("one", None)]).tolist() == [[3, 0]]
    assert kept(tmp_path, "x", {"a": 1}, lambda: "made") == "made"
    assert kept(tmp_path, "x", {"a": 1}, lambda: "again") == "made"
    assert kept(tmp_path, "x", {"a": 2}, lambda: "other") == "other"
