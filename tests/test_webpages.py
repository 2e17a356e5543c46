"""Web pages and Markdown as articles: offsets hold in the text that is given along, or written beside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from conftest import Run

from classifier.documents import read_article, read_document
from classifier.errors import DocumentError

PAGE = """<!doctype html><html><head><title>Council backs ordinance</title><meta charset="{charset}"></head><body>
<nav><a href="/">Home</a> <a href="/x">“Subscribe now,” says us</a></nav>
<article><h1>Council backs ordinance</h1>
<p>The council voted on Tuesday after a long debate that drew hundreds of residents to the old city hall.</p>
<p>“We will not hold anyone for ICE without a warrant,” Mayor <a href="/d">Dana Ruiz</a> said. “That is
<em>not</em> our job.”</p>
<blockquote><p>“Sanctuary cities put criminals back on the street,” Sheriff Lou Hardy said.</p></blockquote>
<p>The ordinance takes effect in January, and the county board will take up the question later in the month.</p>
</article><footer>© 2025 “All rights reserved,” said nobody</footer></body></html>
"""
MARKDOWN = "# Council backs *ordinance*\n\n> “We will **not** hold anyone,” Mayor Dana Ruiz said.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(charset="utf-8"), "utf-8")
    return path


@pytest.mark.parametrize("name", ["extract", "predict"])
@pytest.mark.parametrize("form", ["--json", "--ndjson"])
def test_the_text_that_offsets_refer_to_is_given_along(command: Run, page: Path, name: str, form: str) -> None:
    done = command(name, *(["--article"] if name == "predict" else []), form, str(page))
    found = json.loads(done.stdout)
    article = found[0] if form == "--json" else found
    text = article["text"]
    assert [quote["speaker"]["name"] for quote in article["quotes"]] == ["Dana Ruiz", "Lou Hardy"]
    for quote in article["quotes"]:
        for span in (*quote["parts"], quote["speaker"]):
            assert text[span["start"] : span["end"]] == span["text"]
    assert "Subscribe" not in text
    assert "rights reserved" not in text


def test_plain_text_is_not_repeated_in_the_output(command: Run) -> None:
    done = command("extract", "--json", "seeds/003_18455e297df3303e.txt")
    assert "text" not in json.loads(done.stdout)[0]


def test_a_page_is_read_in_the_encoding_that_it_names_or_that_is_named(page: Path) -> None:
    text = read_article(str(page))
    page.write_bytes(PAGE.format(charset="windows-1252").encode("cp1252"))
    assert read_article(str(page)) == text
    page.write_bytes(PAGE.format(charset="").encode("cp1252"))
    assert read_article(str(page), encoding="cp1252") == text


def test_labels_point_into_the_text_written_beside_the_page(command: Run, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.jsonl"
    done = command("label", "--out", str(out), str(page), stdin=b"s\n")
    assert done.returncode == 0, done.stderr
    beside = tmp_path / "page.html.txt"
    row = json.loads(out.read_text("utf-8"))
    assert row["doc"] == "page.html.txt"
    assert [beside.read_text("utf-8")[p["start"] : p["end"]] for p in row["parts"]] == [
        p["text"] for p in row["parts"]
    ]
    page.write_text(PAGE.format(charset="utf-8").replace("Council", "City council"), "utf-8")
    assert read_document(str(page)).data == beside.read_bytes()  # what was labelled stays the article


def test_a_page_without_an_article_is_refused(page: Path) -> None:
    page.write_text("<html><body><script>1</script></body></html>", "utf-8")
    with pytest.raises(DocumentError, match="no article found in this page"):
        read_article(str(page))
    page.write_bytes(b"")
    with pytest.raises(DocumentError, match="no article found in this page"):
        read_article(str(page))


def test_without_the_extra_its_name_is_told(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(DocumentError, match=r"in the project's folder: pip install '\.\[html\]'"):
        read_article(str(page))


def test_markdown_stays_as_it_is(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(MARKDOWN, "utf-8")
    (article,) = json.loads(command("extract", "--json", str(path)).stdout)
    (quote,) = article["quotes"]
    assert quote["text"] == "We will **not** hold anyone,"
    assert MARKDOWN[quote["parts"][0]["start"] : quote["parts"][0]["end"]] == quote["text"]
    assert quote["speaker"]["name"] == "Dana Ruiz"


def test_a_pdf_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7\n\xe2\xe3")
    with pytest.raises(DocumentError, match="a PDF; save its words as a text file"):
        read_article(str(path))
