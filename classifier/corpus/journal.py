"""The rows done so far, on disk: what lets a job that was killed at any moment go on.

Beside the output ``OUT`` stand, while a job is under way,

- ``OUT.job``: what the job is (input, model, settings), locked by the process that runs it;
- ``OUT.partial``: the rows done, as JSON lines in the order of the input; only ever appended to;
- ``OUT.complete``: the finished output, for the moment before it takes its name.

A killed process leaves at worst a torn last line, which is cut off when the job goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final

from classifier.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows: nothing there keeps two runs of one job apart
    fcntl = None  # type: ignore[assignment]

#: Seconds of work that a power cut may cost.
SYNC_EVERY: Final = 1.0

#: Writes the finished output from the file of JSON lines: ``(lines, target)``.
Finish = Callable[[Path, Path], None]


@dataclass(slots=True)
class Done:
    """Rows in the journal, and how many of them are errors."""

    rows: int = 0
    failed: int = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Count more rows."""
        for line in lines:
            self.rows += 1
            self.failed += b'"quotes": [' not in line  # inside a text its marks would be escaped


class Journal:
    """A job's rows on disk; use it in a ``with`` block.

    Raises:
        OutputError: ``out`` exists and ``force`` is off, another process runs this job, or files of
            another job lie there and ``force`` is off.
    """

    def __init__(self, out: Path, job: Mapping[str, Any], *, force: bool = False) -> None:
        self._out = out
        self._job, self._partial, self._complete = (
            out.with_name(out.name + end) for end in (".job", ".partial", ".complete")
        )
        self.done = Done()
        self.finished = False
        self._synced = time.monotonic()
        self._rows: int | None = None
        self._lock = self._locked()
        try:
            self._begin(job, force)
        except BaseException:
            self._lock.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if self._rows is not None:
            os.close(self._rows)
            self._rows = None
        self._lock.close()

    def _locked(self) -> BinaryIO:
        try:
            lock = self._job.open("a+b")
        except OSError as error:
            raise OutputError(f"{self._out}: can't be written there: {error.strerror}") from None
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
                raise OutputError(f"{self._out}: another process is writing it; wait for it to end") from None
        return lock

    def _begin(self, job: Mapping[str, Any], force: bool) -> None:
        self._lock.seek(0)
        data = self._lock.read()
        wanted = json.dumps(job, sort_keys=True).encode()
        if data == wanted and self._was_finished():
            return
        if self._out.exists() and not force:
            if not data:
                self._job.unlink()
            raise OutputError(f"{self._out} exists already; name another file, or replace it with --force")
        if data and data != wanted:
            self._other_job(data, force)
        if data != wanted:
            self._complete.unlink(missing_ok=True)
            self._partial.write_bytes(b"")
            self._lock.truncate(0)
            self._lock.write(wanted)
            self._lock.flush()
            os.fsync(self._lock.fileno())
        self._rows = os.open(self._partial, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        os.ftruncate(self._rows, self._whole())

    def _other_job(self, data: bytes, force: bool) -> None:
        """Refuse to throw away the rows of another job; a job file torn while it was written has none."""
        with contextlib.suppress(ValueError):
            json.loads(data)
            if not force and self._partial.exists() and self._partial.stat().st_size:
                raise OutputError(
                    f"{self._partial} was begun with another input, model or setting; finish it with those, "
                    "or begin anew with --force"
                )

    def _was_finished(self) -> bool:
        """Whether the job was killed after its last row; then name the output."""
        if self._complete.exists():
            self._take_name()
        elif self._partial.exists() or not self._out.exists():
            return False
        else:
            self._job.unlink()
        self.finished = True
        return True

    def _whole(self) -> int:
        """Count the rows of the journal and return the length of its whole lines."""
        size = 0
        with self._partial.open("rb") as lines:
            for line in lines:
                if not (line.startswith(b"{") and line.endswith(b"}\n")):
                    break
                self.done.add([line])
                size += len(line)
        return size

    def append(self, lines: Iterable[bytes]) -> None:
        """Add rows, each a JSON object without its line end.

        Raises:
            OSError: the disk is full, or gone; what was there stays.
        """
        rows = list(lines)
        rest = memoryview(b"".join(line + b"\n" for line in rows))
        if self._rows is None:
            raise OutputError(f"{self._out}: the job has ended; nothing can be added")
        while rest:
            rest = rest[os.write(self._rows, rest) :]
        self.done.add(rows)
        if time.monotonic() - self._synced > SYNC_EVERY:
            os.fsync(self._rows)
            self._synced = time.monotonic()

    def finish(self, write: Finish | None) -> None:
        """Turn the rows into the output, by ``write`` or as they are, and take its name in one step."""
        if self._rows is None:
            raise OutputError(f"{self._out}: the job has ended already")
        os.fsync(self._rows)
        if write is None:
            self._partial.rename(self._complete)
        else:
            writing = self._out.with_name(self._out.name + ".writing")
            try:
                write(self._partial, writing)
                with writing.open("rb") as file:
                    os.fsync(file.fileno())
            except BaseException:
                writing.unlink(missing_ok=True)
                raise
            writing.rename(self._complete)
        self._take_name()
        self.finished = True

    def _take_name(self) -> None:
        self._partial.unlink(missing_ok=True)
        self._complete.replace(self._out)
        self._job.unlink()
