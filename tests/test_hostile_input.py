"""Bad input of every kind: answered in words, shown safely, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from classifier.documents import decode
from classifier.errors import DocumentError, LabelsError
from classifier.labels import read_labels
from classifier.sheets import plain_cell
from classifier.training.articles import read_gold_articles

MILLION = 1_000_000
ARTICLES = {
    "control characters": "“Stop \x00\x01\x07\x08\x1b[2J\x7f\x9b31m it,” Mayor Dana Ruiz said.",
    "bidirectional overrides": "“Stop \u202e\u2066it\u2069\u202c,” Mayor \u202eDana\u202c Ruiz said.",
    "a million combining marks": "“Stop e" + "\u0301" * MILLION + " it,” Mayor Dana Ruiz said.",
    "one word of a million letters": "“" + "a" * MILLION + " it,” Mayor Dana Ruiz said.",
    "a million marks": "“" * MILLION,
    "only spaces": " \t\r\n\u3000\u2028" * 1000,
    "not a character": "“Stop \ufffe\uffff\U0010ffff it,” Mayor Dana Ruiz said.",
}


@pytest.mark.parametrize("name", ARTICLES)
def test_a_hostile_article_is_answered_and_cannot_write_to_the_terminal(command: Run, name: str) -> None:
    done = command("predict", "--article", "-", stdin=ARTICLES[name].encode())
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    shown = done.stdout.decode()
    assert all(c == "\n" or c.isprintable() for c in shown)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_hostile_article_keeps_its_offsets(command: Run, name: str) -> None:
    line = json.dumps({"id": "\ud800", "text": ARTICLES[name] + "\ud83d"}).encode()
    done = command("extract", "--ndjson", stdin=line + b"\n")
    assert done.returncode == 0
    row = json.loads(done.stdout)
    for part in (part for quote in row["quotes"] for part in quote["parts"]):
        assert (ARTICLES[name] + "\ud83d")[part["start"] : part["end"]] == part["text"]


def test_json_too_deep_and_a_line_too_long_are_answered_in_their_place(command: Run) -> None:
    lines = [
        b'{"id": "deep", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": "long", "text": "' + b"a" * 300_000 + b'"}',
        b'{"id": 1e999, "text": "x"}',
        b'{"id": ' + b"9" * 5000 + b', "text": "x"}',
        b'{"id": "nul", "text": "\\u0000"}',
        b'{"id": "good", "text": "Nothing was said."}',
    ]
    done = command("extract", "--ndjson", "--max-bytes", "250000", stdin=b"\n".join(lines))
    rows = [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert ["error" in row for row in rows] == [True, True, True, True, False, False]
    assert "longer than 250,000 bytes" in rows[1]["error"]
    assert "error" not in rows[-1]
    assert len(rows) == len(lines)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "encoding",
    ["utf-7", "idna", "punycode", "undefined", "hex", "rot13", "utf-32", "a\x00b", "", "\ud800", "x" * 999],
)
def test_no_encoding_ends_in_a_traceback(encoding: str) -> None:
    with pytest.raises(DocumentError):
        decode(b"\xff\xfe\xfd bytes \x80", name="a", encoding=encoding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a", "stance": "x", "id": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"7", "found int, expected a JSON object"),
        (b'{"text": ["a"], "stance": "x"}', "field 'text'"),
        (b'{"text": "a", "stance": "x", "context": 5}', "field 'context'"),
        (b"\xff", "not UTF-8"),
        (b"", "no rows"),
    ],
)
def test_a_bad_label_file_names_its_place(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_bytes(content)
    with pytest.raises(LabelsError, match=message) as caught:
        read_labels(path, stances=None)
    assert "labels.jsonl" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"parts": 5},
        {"parts": [5]},
        {"parts": [{"start": "0", "end": 1, "text": "a"}]},
        {"parts": [{"start": 0, "end": 1, "text": None}]},
        {"context": {"start": None, "end": 1, "text": "a"}},
        {"doc": "\x00"},
        {"doc": 9},
        {"doc_sha256": []},
    ],
)
def test_odd_offsets_of_a_seed_are_refused_in_words(root: Path, tmp_path: Path, change: dict[str, object]) -> None:
    row = json.loads((root / "labels" / "seeds.jsonl").read_text("utf-8").splitlines()[0])
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({**row, **change}), "utf-8")
    with pytest.raises(LabelsError, match=rf"line 1, field '{next(iter(change))}"):
        read_labels(path, seeds=root / "seeds")


def test_line_separators_inside_a_text_do_not_end_its_row(root: Path, tmp_path: Path) -> None:
    text = "One\u2028two\x85three\x0bfour"
    path = tmp_path / "labels.csv"
    path.write_text(f"text,stance\r\n{text},for\r\nfive,against\r\n", "utf-8", newline="")
    assert [item.text for item in read_labels(path, stances=None)] == [text, "five"]
    article = json.loads((root / "labels" / "articles.jsonl").read_text("utf-8").split("\n")[0])
    gold = tmp_path / "articles.jsonl"
    gold.write_text(json.dumps({**article, "text": article["text"] + text}, ensure_ascii=False) + "\n\n", "utf-8")
    assert read_gold_articles(gold)[0].text.endswith(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert plain_cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert plain_cell(f"a{start}") == f"a{start}"
