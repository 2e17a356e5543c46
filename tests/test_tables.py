"""Results as tables of pandas and Arrow, and neither imported before one is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from page_articles import nested, quiet

from classifier.pipeline import read_article_text
from classifier.schema import STANCES, Prediction
from classifier.tables import prediction_rows, quotation_frame, quotation_rows, quotation_table, speaker_rows

SHARES = [f"p_{label}" for label in STANCES]


def test_a_row_a_quotation_with_its_stance() -> None:
    article = nested()
    rows = quotation_rows([quiet(), article])
    assert [row["text"] for row in rows] == [quotation.text for quotation in article.quotations]
    assert [row["stance"] for row in rows] == [p.stance for p in article.predictions or ()]
    for row, quotation in zip(rows, article.quotations, strict=True):
        assert article.text[row["start"] :].startswith(quotation.parts[0].of(article.text))
        assert sum(row[name] for name in SHARES) == pytest.approx(1)
        assert row["speaker"] == (quotation.speaker.name if quotation.speaker else None)


def test_without_a_model_the_stances_are_left_out() -> None:
    article = read_article_text("“We won’t,” Mayor Dana Ruiz of Denver said.", name=7)
    (row,) = quotation_rows([article])
    assert (row["article"], row["speaker"], row["title"]) == ("7", "Dana Ruiz", "Mayor")
    assert "stance" not in row
    assert list(quotation_frame([article]).columns) == list(row)


def test_pandas_and_arrow_hold_the_same_rows() -> None:
    articles = [quiet(), nested()]
    rows = quotation_rows(articles)
    table = quotation_table(articles)
    assert table.to_pylist() == rows
    frame = quotation_frame(articles)
    assert list(frame.columns) == table.column_names
    assert frame["stance"].tolist() == [row["stance"] for row in rows]
    assert frame[SHARES].to_numpy().sum() == pytest.approx(len(rows))


def test_types_and_columns_don_t_depend_on_the_rows() -> None:
    none, some = quotation_table([quiet()]), quotation_table([read_article_text("“No,” said Lou Hardy. “No.”")])
    assert none.schema == some.schema
    assert none.num_rows == 0
    assert list(quotation_frame([])) == none.column_names


def test_speakers_and_single_predictions() -> None:
    article = nested()
    assert [(r["speaker"], r["quotes"]) for r in speaker_rows([article])] == [
        (s.name, s.quotes) for s in article.speakers
    ]
    shares = dict(zip(STANCES, (0.1, 0.8, 0.1), strict=True))
    (row,) = prediction_rows([Prediction("x", "pro-sanctuary", shares)])
    assert row == {
        "text": "x",
        "stance": "pro-sanctuary",
        "abstained": False,
        "reason": None,
        **{f"p_{label}": share for label, share in shares.items()},
    }


def test_importing_the_tables_imports_neither_library(root: Path) -> None:
    code = "import sys, classifier.tables; assert not {'pandas', 'pyarrow', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
