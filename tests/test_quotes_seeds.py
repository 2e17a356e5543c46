"""The five source articles: every labelled quotation with its speaker, and nothing that is none."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from classifier.quotes import explain_marks, extract_quotes
from classifier.schema import Quotation

ROOT = Path(__file__).resolve().parent.parent


def rows(name: str) -> list[dict[str, Any]]:
    path = ROOT / "labels" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def article(doc: str) -> str:
    return (ROOT / "seeds" / doc).read_bytes().decode("utf-8")


@cache
def quotations(doc: str) -> list[Quotation]:
    return extract_quotes(article(doc))


MARKED = [row for row in rows("seeds.jsonl") if row["kind"] != "indirect"]


@pytest.mark.parametrize("row", MARKED, ids=lambda row: row["id"])
def test_labelled_quotation(row: dict[str, Any]) -> None:
    spans = [(part["start"], part["end"]) for part in row["parts"]]
    found = [q for q in quotations(row["doc"]) if [(p.start, p.end) for p in q.parts] == spans]
    assert len(found) == 1, [q.text for q in quotations(row["doc"])]
    assert found[0].text == row["text"]
    assert found[0].kind == row["kind"]
    speaker = found[0].speaker
    assert speaker is not None
    assert speaker.name == row["speaker"]["name"]
    gold = row["speaker"]
    assert max(speaker.mention.start, gold["start"]) < min(speaker.mention.end, gold["end"])


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in MARKED}))
def test_nothing_else_is_found(doc: str) -> None:
    labelled = sum(row["doc"] == doc for row in MARKED)
    assert len(quotations(doc)) == labelled


@pytest.mark.parametrize("row", rows("not_quotes.jsonl"), ids=lambda row: row["id"])
def test_no_quotation(row: dict[str, Any]) -> None:
    over = [
        d for d in explain_marks(article(row["doc"])) if d.span.start < row["end"] and row["start"] < d.span.end
    ]
    assert len(over) == 1
    assert not over[0].quotation
    assert over[0].reason
