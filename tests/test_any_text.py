"""Every public function that takes text, given any text at all: an answer, or one of the project's own errors.

200 examples each; 10,000 with ``HYPOTHESIS_PROFILE=thorough``.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import extract_quotes, load, read_article_text
from classifier.commands import safe
from classifier.documents import decode
from classifier.errors import ClassifierError, InputError
from classifier.labels import read_labels
from classifier.page import article_page
from classifier.quotes import explain_marks
from classifier.render import Screen, article_text, prediction_text
from classifier.schema import STANCES, Article, Prediction
from classifier.sheets import answer_sheet, article_rows, plain_cell
from classifier.stance.lexical import ngram_hashes, normalise, word_ngrams
from classifier.stance.model import StanceModel
from classifier.stance.text import PLACE, article_context, surroundings
from classifier.streams import read_lines

PIECES = st.sampled_from(
    [
        "“", "”", '"', "'", "\n", "\n\n", " said ", "Mayor Dana Ruiz", " she ", ", ", ". ", "\x1b[31m", "\u202e",
        "\ud800", "\x00", "\u0301", "<script>", "=SUM(A1)", "\u2028", "\x85", "İ", "ﬁ", "😀", "according to ",
        "[quote]", "&amp;", "</p>",
    ]
)  # fmt: skip
#: Half surrogate pairs included: JSON lets them in.
ANY = st.one_of(
    st.text(st.characters(exclude_categories=())), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)
)
SHARES = dict(zip(STANCES, (0.2, 0.5, 0.3), strict=True))


def judged(text: str, *, indirect: bool = False) -> Article:
    quotations = extract_quotes(text, indirect=indirect)
    return Article(text[:20], text, quotations, [Prediction(q.text, STANCES[1], SHARES) for q in quotations])


def terminal_safe(shown: str) -> bool:
    return all(c == "\n" or c.isprintable() for c in shown)


@cache
def model() -> StanceModel:
    return load(Path(__file__).resolve().parent.parent / "models" / "stance", threads=1)


@given(ANY, st.booleans())
def test_extraction_and_its_json(text: str, indirect: bool) -> None:
    row = read_article_text(text, indirect=indirect).as_json()
    for quote in json.loads(json.dumps(row))["quotes"]:
        assert " ".join(text[part["start"] : part["end"]] for part in quote["parts"]) == quote["text"]


@given(ANY)
def test_every_stretch_between_marks_is_explained(text: str) -> None:
    assert all(0 <= d.span.start <= d.span.end <= len(text) for d in explain_marks(text))


@given(ANY, st.integers(1, 120), st.booleans())
def test_the_terminal_gets_no_order(text: str, width: int, indirect: bool) -> None:
    assert terminal_safe(article_text(judged(text, indirect=indirect), Screen(width=width)))
    assert terminal_safe(prediction_text(Prediction(text, STANCES[0], SHARES, True, text), Screen(width=width)))
    assert terminal_safe(safe(text).replace("\t", ""))


@given(ANY)
def test_the_page_is_text_that_a_file_can_hold(text: str) -> None:
    page = article_page([judged(text)], made_by=text)
    assert page.encode("utf-8")
    assert page.count("<script") == article_page([judged("")], made_by="").count("<script")


@given(ANY)
def test_csv_has_a_row_a_quotation_and_no_formula(text: str) -> None:
    article = judged(text)
    out = io.StringIO()
    csv.writer(out).writerows(article_rows([article]))
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == 1 + len(article.quotations)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for row in rows for cell in row)
    assert not plain_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(
    st.binary(), st.one_of(st.sampled_from(["utf-8", "utf-16", "cp1252", "idna", "punycode", "utf-7"]), st.text())
)
def test_decoding(data: bytes, encoding: str) -> None:
    accepted(lambda: decode(data, name="a", encoding=encoding))


@given(st.one_of(st.binary(), ANY.map(lambda text: json.dumps({"id": text, "text": text}).encode())))
def test_streams(data: bytes) -> None:
    for line in read_lines(io.BytesIO(data), max_bytes=100):
        assert json.dumps([line.id, line.text, line.context, line.error], allow_nan=False)


@given(st.one_of(st.binary(), ANY.map(lambda text: text.encode(errors="replace"))))
def test_sheets(cells: bytes) -> None:
    out = io.StringIO()
    accepted(lambda: answer_sheet(io.BytesIO(b"text,note\n" + cells), out, model=model()))
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert {len(row) for row in rows} <= {len(rows[0])} if rows else True


@given(ANY, ANY)
def test_the_surroundings_of_a_quotation(text: str, context: str) -> None:
    found = surroundings(text, context)
    assert found is None or found.replace(PLACE, "")
    for quotation in extract_quotes(context, indirect=True):
        article_context(quotation, context)


@given(ANY)
def test_the_lexical_channel(text: str) -> None:
    by_word, by_letter = ngram_hashes(text)
    assert len(word_ngrams(text)) == len(by_word)
    assert by_word.dtype == by_letter.dtype == np.uint64
    assert normalise(normalise(text)) == normalise(text) or "İ" in text


@given(ANY, st.one_of(st.none(), ANY))
def test_predicting(text: str, context: str | None) -> None:
    if not text.strip():
        with pytest.raises(InputError):
            model().predict([text], [context])
        return
    found = model().predict([text], [context])[0]
    assert sum(found.probabilities.values()) == pytest.approx(1)
    assert found.text == text


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | ANY, lambda s: st.lists(s, max_size=3)
)


FIELDS = ["id", "text", "stance", "context", "speaker", "doc", "parts", "replaces"]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_label_rows(row: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.jsonl"
        path.write_text(json.dumps(row), "utf-8")
        accepted(lambda: read_labels(path, stances=None))
        accepted(lambda: read_labels(path, seeds=path.parent))


def accepted(call: Callable[[], object]) -> None:
    """Let an answer or the project's own error pass, with words; anything else fails the test."""
    try:
        call()
    except ClassifierError as error:
        assert str(error)
