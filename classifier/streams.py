"""NDJSON streams: one line in, one line out, in order; a bad line is answered in its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeGuard

from classifier.limits import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Line:
    """One input: its id, its text and context, or what was wrong with it."""

    id: str | int | float
    text: str = ""
    context: str | None = None
    error: str | None = None


def read_lines(stream: BinaryIO, *, max_bytes: int = MAX_BYTES, prefix: str = "") -> Iterator[Line]:
    """Read ``{"id", "text", "context"?}`` objects, a line each; memory holds one line at a time.

    Blank lines are passed over. A line without an id is called by its number, after ``prefix``.
    """
    number = 0
    while True:
        raw = stream.readline(max_bytes + 1)
        if not raw:
            return
        number += 1
        if len(raw) > max_bytes:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield Line(_called(number, prefix), error=f"line {number}: longer than {max_bytes:,} bytes")
        elif raw.strip():
            yield _parse(raw, number, prefix)


def batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Group what is there already, up to ``size`` lines: nobody waits for a line that hasn't been sent.

    The lines are read ahead in a thread, at most ``size`` of them, so memory stays as it is however long
    the input. An error of the reading is raised here, after the lines before it.
    """
    import queue  # noqa: PLC0415  a single quotation needs neither
    import threading  # noqa: PLC0415

    waiting: queue.Queue[Line | BaseException | None] = queue.Queue(size)

    def read() -> None:
        try:
            for line in lines:
                waiting.put(line)
            waiting.put(None)
        except BaseException as error:
            waiting.put(error)

    threading.Thread(target=read, daemon=True).start()
    item = waiting.get()
    while isinstance(item, Line):
        batch = [item]
        while len(batch) < size and not waiting.empty() and isinstance(item := waiting.get(), Line):
            batch.append(item)
        yield batch
        if isinstance(item, Line):
            item = waiting.get()
    if isinstance(item, BaseException):
        raise item


class _BadLineError(Exception):
    """What is wrong with a line, and the id to answer it under."""


def _called(number: int, prefix: str) -> str | int:
    return f"{prefix}{number}" if prefix else number


def _parse(raw: bytes, number: int, prefix: str) -> Line:
    row: object = None
    try:
        row = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        return _checked(row, _called(number, prefix))
    except UnicodeDecodeError as error:
        problem = f": byte {raw[error.start]:#04x} at offset {error.start} is not utf-8"
    except (ValueError, RecursionError) as error:
        problem = f": not JSON: {error}"
    except _BadLineError as error:
        problem = str(error)
    name = row.get("id") if isinstance(row, dict) else None
    called = name if _is_name(name) else _called(number, prefix)
    return Line(called, error=f"line {number}{problem}")


def _is_name(value: object) -> TypeGuard[str | int | float]:
    """Tell whether a line may be called so; JSON reads infinity and no number, but can't write them."""
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def _checked(row: object, called: str | int) -> Line:
    if not isinstance(row, dict):
        raise _BadLineError(f": found {type(row).__name__}, expected an object with id and text")
    name, text, context = row.get("id", called), row.get("text"), row.get("context")
    for field, value, fits in (
        ("id", name, _is_name(name)),
        ("text", text, isinstance(text, str)),
        ("context", context, context is None or isinstance(context, str)),
    ):
        if not fits:
            raise _BadLineError(f", field {field!r}: found {type(value).__name__}, expected text")
    return Line(name, str(text), context)
