"""Articles from files and streams: bytes to text, never changing a character, so that offsets hold.

Plain text and Markdown stay as they are. Of a web page the main text is taken; offsets then refer to that text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import DocumentError
from classifier.limits import MAX_BYTES
from classifier.webpages import is_page, main_text


def decode(data: bytes, *, name: str, encoding: str = "utf-8") -> str:
    """The text of ``data``, with line ends and everything else as they stand.

    A byte order mark at the start is part of the encoding and is left out.

    Raises:
        DocumentError: the bytes are not in ``encoding``, or no such encoding exists.
    """
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {data[error.start]:#04x} at offset {error.start} is not "
            f"{encoding.removesuffix('-sig')}; "
            f"name the file's encoding with --encoding (for example --encoding cp1252)"
        ) from None
    except UnicodeError as error:  # idna, punycode and their like name no offset
        raise DocumentError(f"{name}: is not {encoding}: {error}; name the encoding with --encoding") from None
    except (LookupError, ValueError):
        raise DocumentError(
            f"{name}: unknown encoding {encoding!r}; expected a name such as utf-8, cp1252 or latin-1"
        ) from None


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: the file's name, its text, and the bytes that hold exactly this text."""

    name: str
    text: str
    data: bytes


def matching(paths: Sequence[str]) -> list[str]:
    """Return the files that are meant: PowerShell and cmd hand over a pattern such as ``*.txt`` as it stands."""
    import glob  # noqa: PLC0415  elsewhere the shell has done it

    found: list[str] = []
    for path in paths:
        files = sorted(glob.glob(path)) if "*" in path and not os.path.lexists(path) else []  # noqa: PTH207
        found += files or [path]
    return found


def _read_bytes(path: str, *, name: str, max_bytes: int) -> bytes:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(max_bytes + 1)
    except FileNotFoundError:
        if "://" in path:
            raise DocumentError(f"{name}: nothing is fetched; save the page as .html and name that file") from None
        raise DocumentError(f"{name}: no such file; expected an article as a text file") from None
    except IsADirectoryError:
        raise DocumentError(
            f"{name} is a directory; expected a text file (try {path.rstrip('/')}/*.txt)"
        ) from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{name}: can't be read: {error}") from None
    if len(data) > max_bytes:
        raise DocumentError(
            f"{name}: larger than {max_bytes:,} bytes; expected one article a file "
            "(raise --max-bytes if it is one)"
        )
    if data.startswith(b"%PDF-"):
        raise DocumentError(f"{name}: a PDF; save its words as a text file first (for example with pdftotext)")
    if data.startswith(b"PK\x03\x04"):
        raise DocumentError(f"{name}: a Word file or another zip; save its words as a text file (.txt) first")
    return data


def read_article(path: str, *, encoding: str = "utf-8", max_bytes: int = MAX_BYTES) -> str:
    """The text of the article at ``path``; ``-`` is standard input, a name that ends in ``.html`` a web page.

    Raises:
        DocumentError: missing, a directory, unreadable, larger than ``max_bytes``, or badly encoded; a page
            without an article, or the extra ``html`` not installed.
    """
    name = "standard input" if path == "-" else path
    data = _read_bytes(path, name=name, max_bytes=max_bytes)
    if is_page(path):
        return main_text(data if encoding == "utf-8" else decode(data, name=name, encoding=encoding), name=name)
    return decode(data, name=name, encoding=encoding)


def read_document(path: str, *, encoding: str = "utf-8", max_bytes: int = MAX_BYTES) -> Document:
    """Read an article that labels will point into.

    What is taken out of a web page depends on the version of the reader, so it is written beside the page
    (``page.html.txt``) when first read; from then on that file is the article.

    Raises:
        DocumentError: as :func:`read_article`, or the text can't be written beside the page.
    """
    beside = Path(f"{path}.txt")
    if is_page(path) and not beside.exists():
        text = read_article(path, encoding=encoding, max_bytes=max_bytes)
        try:
            beside.write_bytes(text.encode())
        except OSError as error:
            raise DocumentError(f"{beside}: the page's text can't be written: {error.strerror}") from None
    if is_page(path):
        path, encoding = str(beside), "utf-8"
    data = _read_bytes(path, name=path, max_bytes=max_bytes)
    return Document(path, decode(data, name=path, encoding=encoding), data)
