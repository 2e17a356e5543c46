"""How far a long job is, on standard error, for a person who watches."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from typing import BinaryIO, Final, TextIO

#: Seconds between two lines.
EVERY: Final = 0.5


def spell_duration(seconds: float) -> str:
    """Return a duration as people say it: ``45 s``, ``12 min``, ``3 h 20 min``.

    >>> spell_duration(12_030)
    '3 h 20 min'
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def portion_read(source: BinaryIO) -> Callable[[], float | None]:
    """Return a function that says how much of ``source`` has been read, 0 to 1; ``None`` for a pipe."""
    try:
        status = os.fstat(source.fileno())
    except (OSError, ValueError):
        return lambda: None
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return lambda: None
    return lambda: min(1.0, os.lseek(source.fileno(), 0, os.SEEK_CUR) / status.st_size)


class Progress:
    """A line that says how many are done, how many a second, and how long it will take.

    Nothing is written where ``stream`` is no terminal. Use it in a ``with`` block, which ends the line.

    Args:
        things: what is counted, in the plural.
        fraction: asked for how much of the input is done, 0 to 1; ``None`` where nobody knows.
        stream: where to write.
        clock: seconds, from any start.
    """

    def __init__(
        self,
        things: str,
        *,
        fraction: Callable[[], float | None] = lambda: None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._things, self._fraction, self._clock = things, fraction, clock
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._start = self._last = clock()
        self._begun: float | None = None
        self._done = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and self._done:
            self._write()
            self._stream.write("\n")

    def add(self, count: int) -> None:
        """Count ``count`` more as done."""
        self._done += count
        if self._shown:
            if self._begun is None:  # a resumed job begins where it was
                self._begun = self._fraction() or 0.0
            if self._clock() - self._last >= EVERY:
                self._write()

    def _write(self) -> None:
        self._last = self._clock()
        self._stream.write(f"\r\x1b[K{self.line()}")
        self._stream.flush()

    def line(self) -> str:
        """Return what the line says now."""
        passed = max(self._clock() - self._start, 1e-9)
        line = f"{self._done:,} {self._things}, {self._done / passed:,.1f} a second"
        fraction = self._fraction()
        if fraction is not None:
            line += f", {fraction:.0%}"
            new = fraction - (self._begun or 0.0)
            if new > 0 and fraction < 1:
                line += f", {spell_duration(passed * (1 - fraction) / new)} left"
        return line
