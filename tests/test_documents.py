"""Reading articles: every refusal says what was found, what was expected and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents import decode, read_article
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
