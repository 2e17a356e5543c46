"""Rows as Parquet: one schema for the single machine and for clusters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from classifier.corpus.columns import import_pyarrow

#: A row group holds at most so many rows, and bytes of JSON.
GROUP_ROWS, GROUP_BYTES = 1000, 16 * 1024 * 1024

_SPAN: Final = {"start": "int64", "end": "int64"}


def schema(stances: Sequence[str]) -> Any:
    """Return the Arrow schema of the output: the contract's article, with ``error`` where one failed.

    Ids are text; a number becomes its decimal digits.
    """
    shares = dict.fromkeys(stances, "float64")
    quotation = {
        "text": "string",
        "kind": "string",
        "parts": [{**_SPAN, "text": "string"}],
        "speaker": {**_SPAN, "text": "string", "name": "string", "title": "string", "place": "string"},
        "cue": {**_SPAN, "text": "string"},
        "context": _SPAN,
        "rule": "string",
        "certainty": "float64",
        "stance": "string",
        "probabilities": shares,
        "abstained": "bool",
        "reason": "string",
    }
    speaker = {"name": "string", "quotes": "int64", "stance": "string", "probabilities": shares}
    pyarrow = import_pyarrow()
    columns = {"id": "string", "quotes": [quotation], "speakers": [speaker], "error": "string"}
    return pyarrow.schema([(name, _arrow(pyarrow, kind)) for name, kind in columns.items()])


def _arrow(pyarrow: Any, kind: Any) -> Any:
    if isinstance(kind, dict):
        return pyarrow.struct([(name, _arrow(pyarrow, part)) for name, part in kind.items()])
    if isinstance(kind, list):
        return pyarrow.list_(_arrow(pyarrow, kind[0]))
    return getattr(pyarrow, "bool_" if kind == "bool" else kind)()


def as_table(lines: Iterable[bytes], columns: Any) -> Any:
    """Return JSON lines as an Arrow table of the schema ``columns``."""
    rows = [json.loads(line) for line in lines]
    for row in rows:
        row["id"] = row["id"] if isinstance(row["id"], str) else json.dumps(row["id"])
    table = import_pyarrow().Table
    try:
        return table.from_pylist(rows, schema=columns)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON allows and UTF-8 doesn't
        return table.from_pylist([_encodable(row) for row in rows], schema=columns)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _encodable(part) for key, part in value.items()}
    return [_encodable(part) for part in value] if isinstance(value, list) else value


def _groups(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line)
        if len(group) >= GROUP_ROWS or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def write_parquet(lines: Path, target: Path, *, stances: Sequence[str]) -> None:
    """Write a file of JSON lines as Parquet, a row group at a time.

    Raises:
        OSError: the disk is full.
    """
    columns = schema(stances)
    parquet = import_pyarrow().parquet
    with (
        lines.open("rb") as source,
        parquet.ParquetWriter(target, columns, compression="zstd", write_page_checksum=True) as writer,
    ):
        for group in _groups(source):
            writer.write_table(as_table(group, columns))
