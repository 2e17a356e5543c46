"""Rows of columnar files (Parquet, and the Arrow files of saved data sets), with what is damaged in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from classifier.errors import ClassifierError
from classifier.streams import Line

#: Rows decoded at once.
ROWS: Final = 64


class MissingPackageError(ClassifierError):
    """A package that only some commands need isn't installed."""


def import_pyarrow() -> Any:
    """Return ``pyarrow``, with its submodules for Parquet and Arrow files.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.ipc  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise MissingPackageError(
            "Parquet needs pyarrow, which isn't installed; in the project's folder: pip install '.[corpus]'"
        ) from None
    return pyarrow


def _reason(error: BaseException) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def unreadable(name: str, error: BaseException) -> Line:
    """Return the row that stands for a Parquet file that can't be opened."""
    return Line(name, error=f"{name}: can't be read as Parquet: {_reason(error)}")


def parquet_rows(path: Path, name: str, prefix: str, *, max_bytes: int) -> Iterator[Line]:
    """Read a Parquet file with columns ``text`` and, optionally, ``id``.

    A row group that is damaged gives one row that says so, in the place of those that can't be read.
    A row without an id is called by its number, counted from 1, after ``prefix``.
    """
    pyarrow = import_pyarrow()
    try:
        file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
    except (pyarrow.ArrowException, OSError) as error:
        yield unreadable(name, error)
        return
    with file:
        first = 1
        for group in range(file.num_row_groups):
            yield from row_group(file, group, name, prefix, first=first, max_bytes=max_bytes)
            first += file.metadata.row_group(group).num_rows
            if "text" not in file.schema_arrow.names:
                return


def row_group(file: Any, group: int, name: str, prefix: str, *, first: int, max_bytes: int) -> Iterator[Line]:
    """Read one row group of an open ``ParquetFile``; ``first`` is the number of its first row."""
    pyarrow = import_pyarrow()
    columns = [column for column in ("id", "text") if column in file.schema_arrow.names]
    if "text" not in columns:
        yield Line(name, error=f"{name}: found columns {', '.join(file.schema_arrow.names)}, expected text")
        return
    number, end = first, first + file.metadata.row_group(group).num_rows
    try:
        for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False):
            yield from batch_rows(batch, prefix, first=number, max_bytes=max_bytes)
            number += batch.num_rows
    except (pyarrow.ArrowException, OSError) as error:
        place = f"{name}: row group {group}"
        yield Line(place, error=f"{place}: rows {number:,} to {end - 1:,} can't be read: {_reason(error)}")


def arrow_rows(path: Path, name: str, prefix: str, *, max_bytes: int) -> Iterator[Line]:
    """Read an Arrow stream file, as ``datasets`` saves data sets (``save_to_disk``)."""
    pyarrow = import_pyarrow()
    number = 1
    try:
        with pyarrow.memory_map(str(path)) as mapped, pyarrow.ipc.open_stream(mapped) as reader:
            if "text" not in reader.schema.names:
                yield Line(name, error=f"{name}: found columns {', '.join(reader.schema.names)}, expected text")
                return
            for batch in reader:
                yield from batch_rows(batch, prefix, first=number, max_bytes=max_bytes)
                number += batch.num_rows
    except (pyarrow.ArrowException, OSError) as error:
        yield Line(name, error=f"{name}: rows from {number:,} on can't be read: {_reason(error)}")


def batch_rows(batch: Any, prefix: str, *, first: int, max_bytes: int) -> Iterator[Line]:
    """Read the rows of one record batch; a bad one is a row that says why."""
    names = batch.column("id") if "id" in batch.schema.names else None
    for place, text in enumerate(batch.column("text")):
        number = f"{prefix}{first + place}" if prefix else first + place
        name = number if names is None else _id(names[place], number)
        try:
            value = text.as_py()
        except UnicodeDecodeError as error:
            yield Line(name, error=f"row {number}, field 'text': byte at offset {error.start} is not utf-8")
            continue
        if not isinstance(value, str):
            yield Line(name, error=f"row {number}, field 'text': found {type(value).__name__}, expected text")
        elif len(value) > max_bytes or len(value.encode("utf-8", "surrogatepass")) > max_bytes:
            yield Line(name, error=f"row {number}: larger than {max_bytes:,} bytes")
        else:
            yield Line(name, value)


def _id(scalar: Any, number: str | int) -> str | int | float:
    try:
        value = scalar.as_py()
    except UnicodeDecodeError:
        return number
    if value is None:
        return number
    return value if isinstance(value, str | int | float) else str(value)
