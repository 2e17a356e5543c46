"""Articles from files and streams: bytes to text, never changing a character, so that offsets hold."""

from __future__ import annotations

import sys
from pathlib import Path

from classifier.errors import DocumentError

#: Largest article read unless the caller says otherwise, in bytes.
MAX_BYTES = 64 * 1024 * 1024


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


def read_article(path: str, *, encoding: str = "utf-8", max_bytes: int = MAX_BYTES) -> str:
    """The text of the article at ``path``; ``-`` is standard input.

    Raises:
        DocumentError: missing, a directory, unreadable, larger than ``max_bytes``, or badly encoded.
    """
    name = "standard input" if path == "-" else path
    try:
        if path == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(max_bytes + 1)
    except FileNotFoundError:
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
    return decode(data, name=name, encoding=encoding)
