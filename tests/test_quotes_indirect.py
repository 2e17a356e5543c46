"""Indirect speech: one small article a construction, with the words reported and who reports them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifier.quotes import extract_quotes

CASES = [
    ("a clause with its condition", "Tobias Renner said if the grant is cut, the county will close a wing.",
     "if the grant is cut, the county will close a wing", "Tobias Renner"),
    ("a hearer and a date", "Renner told reporters on Tuesday that the county would keep its policy.",
     "that the county would keep its policy", "Renner"),
    ("a clause behind its words", "The county would keep its policy, Tobias Renner said.",
     "The county would keep its policy", "Tobias Renner"),
    ("a relative clause that ends", "Renner, who says the jail is full, wants a new wing.",
     "the jail is full", "Renner"),
    ("a subordinate clause before the main one", "When Holloway praised the ordinance, deputies left the room.",
     "the ordinance", "Holloway"),
    ("an object before the next verb", "Renner endorsed the bill and was booed.", "the bill", "Renner"),
    ("an adjective of attitude", "Renner is wary of the new ordinance.", "the new ordinance", "Renner"),
    ("a verb with its preposition", "Renner voted for the ordinance.", "the ordinance", "Renner"),
    ("a question", "Asked why the jail was full, Renner left.", "why the jail was full", None),
    ("a poll", "In a survey by Fallbrook College, six in ten residents were afraid.",
     "six in ten residents were afraid", "a survey"),
    ("a relative word as object", "The ordinance, which Renner calls a mistake, passed.",
     "which Renner calls a mistake", "Renner"),
    ("a bare group and an infinitive", "Officials expect the ordinance to pass.",
     "the ordinance to pass", "Officials"),
    ("the passive without a speaker", "Holloway is expected to sign the ordinance.",
     "Holloway is expected to sign the ordinance", None),
    ("a document", "According to the order, agents must show a warrant.",
     "agents must show a warrant", "the order"),
    ("a headline in capitals", "Mayor Holloway Defends City Policy On Immigration Detainers",
     "City Policy On Immigration Detainers", "Holloway"),
    ("a number with a comma", "Renner said the county spent $1,237 on meals.",
     "the county spent $1,237 on meals", "Renner"),
    ("a term in marks", "Renner said the so-called “welcoming” ordinance was a mistake.",
     "the so-called “welcoming” ordinance was a mistake", "Renner"),
    ("somebody urged", "Renner urged the council to repeal the ordinance.",
     "the council to repeal the ordinance", "Renner"),
    ("a that-clause with an aside before its verb",
     "Renner said that the county, owned by nobody, would keep its policy.",
     "that the county, owned by nobody, would keep its policy", "Renner"),
    ("speech within speech", "Renner said Holloway told him that the jail was full.",
     "that the jail was full", "Holloway"),
    ("a promise", "Renner promised to honor every detainer.", "to honor every detainer", "Renner"),
]  # fmt: skip


@pytest.mark.parametrize(("construction", "article", "words", "name"), CASES, ids=[c[0] for c in CASES])
def test_indirect(construction: str, article: str, words: str, name: str | None) -> None:
    found = [(q.text, q.speaker and q.speaker.name) for q in extract_quotes(article, indirect=True)]
    assert (words, name) in found, construction


@pytest.mark.parametrize(
    "article",
    [
        "The Clinton County emails were released on Friday.",
        "Renner called. Nobody opened the door.",
        "The council met at noon and went home.",
    ],
)
def test_nothing_is_reported(article: str) -> None:
    assert extract_quotes(article, indirect=True) == []


def test_a_thought_inside_reported_words_is_part_of_them() -> None:
    found = [q.text for q in extract_quotes("Renner said she regretted her remarks.", indirect=True)]
    assert found == ["she regretted her remarks"]


def test_without_being_asked_there_is_no_indirect_speech() -> None:
    assert extract_quotes("Renner said the jail was full.") == []


def test_most_labelled_statements_of_the_seeds_are_found() -> None:
    root = Path(__file__).resolve().parent.parent
    rows = [
        json.loads(line) for line in (root / "labels" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if row["kind"] == "indirect"]
    found = 0
    for row in rows:
        start, end = row["parts"][0]["start"], row["parts"][-1]["end"]
        text = (root / "seeds" / row["doc"]).read_bytes().decode("utf-8")
        for q in extract_quotes(text, indirect=True):
            shared = min(end, q.parts[-1].end) - max(start, q.parts[0].start)
            whole = max(end, q.parts[-1].end) - min(start, q.parts[0].start)
            if q.kind == "indirect" and 2 * shared >= whole:
                found += 1
                break
    assert found >= 0.75 * len(rows)
