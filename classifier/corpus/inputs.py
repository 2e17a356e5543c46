"""The articles of a corpus as one stream of rows: text files, NDJSON, Parquet, saved data sets."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from classifier.corpus.columns import arrow_rows, parquet_rows
from classifier.documents import decode
from classifier.errors import DocumentError
from classifier.streams import Line, read_lines

#: Largest article read unless the caller says otherwise, in bytes; the longest in newspapers have a tenth of it.
MAX_ARTICLE: Final = 4 * 1024 * 1024
#: Rows and bytes of text that a worker gets at once.
CHUNK_ROWS, CHUNK_BYTES = 8, 256 * 1024

_KINDS: Final = {
    ".txt": "article",
    ".md": "article",
    ".ndjson": "lines",
    ".jsonl": "lines",
    ".parquet": "parquet",
    ".arrow": "arrow",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a corpus; ``name`` is its path inside the corpus, ``size`` in bytes."""

    path: Path
    name: str
    kind: str
    size: int
    changed: int


def find_sources(root: Path, *, leave_out: Path | None = None) -> list[Source]:
    """Return the files of a corpus in the order of their names: ``root`` itself, or all in that folder.

    Raises:
        DocumentError: nothing there, or nothing that can be read.
    """
    expected = f"expected a folder of articles, or a file ending in {', '.join(_KINDS)}"
    if root.is_dir():
        found = [_source(path, path.relative_to(root).as_posix()) for path in _walk(root) if path != leave_out]
    elif root.exists():
        if root.suffix.lower() not in _KINDS:
            raise DocumentError(f"{root}: can't tell what it holds; {expected}")
        found = [_source(root, root.name)]
    else:
        raise DocumentError(f"{root}: no such file or folder; {expected}")
    if not found:
        raise DocumentError(f"{root}: no articles in it; {expected}")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        elif Path(entry.name).suffix.lower() in _KINDS:
            yield Path(entry.path)


def _source(path: Path, name: str) -> Source:
    status = path.stat()
    return Source(path, name, _KINDS[path.suffix.lower()], status.st_size, status.st_mtime_ns)


class Corpus:
    """The rows of some sources, one after the other; memory holds a few of them.

    ``position`` says how many bytes of ``total`` have been read.
    """

    def __init__(self, sources: Sequence[Source], *, max_bytes: int = MAX_ARTICLE) -> None:
        self._sources, self._max_bytes = sources, max_bytes
        self._single = len(sources) == 1
        self.total = sum(source.size for source in sources)
        self.position = 0

    def digest(self) -> str:
        """Return a hash of the sources' names, sizes and times of change: the same for the same input."""
        lines = [f"{s.name}\0{s.size}\0{s.changed}\0" for s in self._sources]
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    def rows(self, *, skip: int = 0) -> Iterator[Line]:
        """Read every row but the first ``skip``. What can't be read is a row that says why."""
        for source in self._sources:
            before = self.position
            if source.kind == "article":
                if skip:
                    skip -= 1
                else:
                    yield self._article(source)
            else:
                for row in self._several(source):
                    if skip:
                        skip -= 1
                    else:
                        yield row
            self.position = before + source.size

    def _article(self, source: Source) -> Line:
        try:
            with source.path.open("rb") as file:
                data = file.read(self._max_bytes + 1)
            if len(data) > self._max_bytes:
                return Line(source.name, error=f"{source.name}: larger than {self._max_bytes:,} bytes")
            return Line(source.name, decode(data, name=source.name))
        except (OSError, DocumentError) as error:
            return Line(source.name, error=f"{source.name}: {error}")

    def _several(self, source: Source) -> Iterator[Line]:
        prefix = "" if self._single else f"{source.name}:"
        try:
            if source.kind == "lines":
                yield from self._lines(source, prefix)
            elif source.kind == "parquet":
                yield from parquet_rows(source.path, source.name, prefix, max_bytes=self._max_bytes)
            else:
                yield from arrow_rows(source.path, source.name, prefix, max_bytes=self._max_bytes)
        except OSError as error:
            yield Line(source.name, error=f"{source.name}: can't be read: {error}")

    def _lines(self, source: Source, prefix: str) -> Iterator[Line]:
        start = self.position
        with source.path.open("rb") as file:
            for row in read_lines(file, max_bytes=self._max_bytes, prefix=prefix):
                self.position = start + file.tell()
                yield row


def chunked(rows: Iterator[Line]) -> Iterator[list[Line]]:
    """Group rows into what a worker gets at once."""
    chunk: list[Line] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row.text)
        if len(chunk) >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
