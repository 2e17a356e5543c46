"""Reading articles: every refusal says what was found, what was expected and what to do."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents import Document, decode, matching, read_article, read_document
from classifier.errors import DocumentError


def test_line_ends_and_odd_characters_stay_as_they_are(tmp_path: Path) -> None:
    text = "One\r\ntwo\rthree\u2028\x00 “four”\t"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert read_article(str(path)) == text


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfHello", name="a") == "Hello"


@given(st.text())
def test_whatever_was_encoded_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8", "ignore"), name="a") == text.encode(
        "utf-8", "ignore"
    ).decode().removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p / "none.txt", "no such file"),
        (lambda p: p, "is a directory"),
        (lambda p: _bytes(p, b"caf\xe9 ole"), r"byte 0xe9 at offset 3 is not utf-8; name .* --encoding"),
        (lambda p: _bytes(p, b"x" * 101), "larger than 100 bytes"),
    ],
)
def test_what_cannot_be_read_is_explained(tmp_path: Path, make, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_article(str(make(tmp_path)), max_bytes=100)


def test_the_encoding_asked_for_is_used_and_an_unknown_one_refused(tmp_path: Path) -> None:
    path = _bytes(tmp_path, b"caf\xe9")
    assert read_article(str(path), encoding="cp1252") == "café"
    with pytest.raises(DocumentError, match="unknown encoding 'klingon'"):
        read_article(str(path), encoding="klingon")


def _bytes(folder: Path, data: bytes) -> Path:
    path = folder / "a.txt"
    path.write_bytes(data)
    return path


def refused(path: object, **options: object) -> str:
    """What is said when the article at ``path`` is read."""
    with pytest.raises(DocumentError) as caught:
        read_article(str(path), **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_each_refusal_says_what_was_found_and_what_to_do(tmp_path: Path) -> None:
    assert refused("none.txt") == "none.txt: no such file; expected an article as a text file"
    assert refused(f"{tmp_path}/") == (f"{tmp_path}/ is a directory; expected a text file (try {tmp_path}/*.txt)")
    assert refused("nul\0.txt") == "nul\0.txt: can't be read: embedded null byte"
    assert refused(_bytes(tmp_path, b"x" * 1235), max_bytes=1234) == (
        f"{tmp_path / 'a.txt'}: larger than 1,234 bytes; "
        "expected one article a file (raise --max-bytes if it is one)"
    )
    assert refused(_bytes(tmp_path, b"%PDF-1.7\n")) == (
        f"{tmp_path / 'a.txt'}: a PDF; save its words as a text file first (for example with pdftotext)"
    )
    assert read_article(str(_bytes(tmp_path, b"Of %PDF-")), max_bytes=8) == "Of %PDF-"
    assert "a Word file or another zip; save its words as a text file" in refused(
        _bytes(tmp_path, b"PK\x03\x04\x14")
    )


def test_an_address_is_not_fetched_and_the_error_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match=r"nothing is fetched; save the page as \.html and name that file"):
        read_article("https://example.org/story.html")


def test_a_pattern_that_no_shell_has_read_stands_for_the_files_that_fit(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md", "*.htm"):
        (tmp_path / name).write_text("", "utf-8")
    given = [str(tmp_path / name) for name in ("*.txt", "c.md", "*.htm", "*.none")]
    assert matching(given) == [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.md", "*.htm", "*.none")]
    assert matching(["-"]) == ["-"]


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (
            b"caf\x09\xe9",
            "UTF_8",
            "a: byte 0xe9 at offset 4 is not utf-8; name the file's encoding with --encoding "
            "(for example --encoding cp1252)",
        ),
        (
            b"\x81",
            "cp1252",
            "a: byte 0x81 at offset 0 is not cp1252; name the file's encoding with --encoding "
            "(for example --encoding cp1252)",
        ),
        (b"x", "klingon", "a: unknown encoding 'klingon'; expected a name such as utf-8, cp1252 or latin-1"),
        (b"x", "nul\0", "a: unknown encoding 'nul\\x00'; expected a name such as utf-8, cp1252 or latin-1"),
    ],
)
def test_bytes_in_another_encoding_are_placed(data: bytes, encoding: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, name="a", encoding=encoding)
    assert str(caught.value) == message


def test_an_encoding_without_places_is_refused_by_its_name() -> None:
    placed = r"byte 0x.. at offset \d+ is not punycode; .*"  # newer Pythons know the place here, too
    with pytest.raises(
        DocumentError, match=rf"^a: (is not punycode: .*; name the encoding with --encoding|{placed})$"
    ):
        decode(b"abc!", name="a", encoding="punycode")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "UTF_8"])
def test_every_spelling_of_utf_8_leaves_out_its_mark(encoding: str) -> None:
    assert decode(b"\xef\xbb\xbfcaf\xc3\xa9", name="a", encoding=encoding) == "café"


def test_an_article_from_standard_input_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    given(b"One\r\ntwo")
    assert read_article("-") == "One\r\ntwo"
    given(b"12345")
    assert read_article("-", max_bytes=5) == "12345"
    given(b"123456")
    assert refused("-", max_bytes=5).startswith("standard input: larger than 5 bytes")
    endless = io.BytesIO(b"x" * 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(endless))
    refused("-", max_bytes=5)
    assert endless.tell() == 6  # one more than allowed tells that there is more; no need to read on
    given(b"caf\xe9")
    assert read_article("-", encoding="latin-1") == "café"


def test_a_document_keeps_the_bytes_that_hold_its_text(tmp_path: Path) -> None:
    path = str(_bytes(tmp_path, b"\xef\xbb\xbfcaf\xc3\xa9"))
    assert read_document(path) == Document(path, "café", b"\xef\xbb\xbfcaf\xc3\xa9")
    assert read_document(path, encoding="latin-1").text == "ï»¿cafÃ©"
    with pytest.raises(DocumentError, match="larger than 7 bytes"):
        read_document(path, max_bytes=7)


PAGE = "<html><body><article><p>{}</p></article></body></html>".format(
    "The council of Denby met on Monday. “We will not go,” Irma Holloway said, and nobody in the café answered. "
    * 4
)


def test_a_pages_text_is_written_beside_it_once_and_read_from_there(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="pip install '.[html]' for web pages")
    page, beside = tmp_path / "a.html", tmp_path / "a.html.txt"
    page.write_text(PAGE, "cp1252")
    first = read_document(str(page), encoding="cp1252")
    assert first.name == str(beside)
    assert "“We will not go,”" in first.text
    assert first.data == beside.read_bytes() == first.text.encode()
    assert first.text == read_article(str(page), encoding="cp1252")
    beside.write_bytes(b"\xff")
    with pytest.raises(DocumentError, match=r"a\.html\.txt: byte 0xff at offset 0 is not utf-8; name the"):
        read_document(str(page), encoding="cp1252")
    beside.write_text("Corrected: “café.”", "utf-8")
    assert read_document(str(page), encoding="cp1252").text == "Corrected: “café.”"
    with pytest.raises(DocumentError, match=r"a\.html: larger than 10 bytes"):
        read_article(str(page), max_bytes=10)
    with pytest.raises(DocumentError, match=r"a\.html\.txt: larger than 10 bytes"):
        read_document(str(page), max_bytes=10)
    beside.unlink()
    with pytest.raises(DocumentError, match=r"a\.html: larger than 10 bytes"):
        read_document(str(page), max_bytes=10)


def test_a_page_says_its_own_encoding_unless_another_is_named(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="pip install '.[html]' for web pages")
    page = tmp_path / "a.html"
    page.write_bytes(PAGE.replace("<html>", '<html><head><meta charset="cp1252"></head>').encode("cp1252"))
    assert "in the café answered" in read_article(str(page))
    assert "in the cafй answered" in read_article(str(page), encoding="cp1251")
    with pytest.raises(DocumentError, match=rf"^{page}: byte 0x93 at offset 96 is not ascii"):
        read_article(str(page), encoding="ascii")
    page.write_text("<html></html>", "utf-8")
    with pytest.raises(DocumentError, match=rf"^{page}: "):
        read_article(str(page))


def test_a_pages_text_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("trafilatura", reason="pip install '.[html]' for web pages")
    page = tmp_path / "a.html"
    page.write_text(PAGE, "utf-8")

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DocumentError) as caught:
        read_document(str(page))
    assert str(caught.value) == f"{page}.txt: the page's text can't be written: No space left on device"
