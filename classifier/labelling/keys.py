"""Single keys from a terminal, or letters with Enter where there is none (a pipe, Windows, ``TERM=dumb``)."""

from __future__ import annotations

import os
import select
import signal
import sys
from types import FrameType
from typing import Any, Final, Protocol, Self, TextIO

if sys.platform != "win32":
    import termios
    import tty

#: What a key that is no letter is called.
UP, DOWN, LEFT, RIGHT, ENTER, END = "up", "down", "left", "right", "enter", "end of input"
_SEQUENCES: Final = {"[A": UP, "[B": DOWN, "[C": RIGHT, "[D": LEFT, "OA": UP, "OB": DOWN, "OC": RIGHT, "OD": LEFT}
_CONTROLS: Final = {"\r": ENTER, "\n": ENTER, "\x04": END, "": END}
#: Seconds in which the rest of an arrow key's sequence arrives; the Escape key itself sends no more.
_REST: Final = 0.05


class Keys(Protocol):
    """Where answers come from. ``single`` says whether a key counts at once, without Enter."""

    single: bool

    def __enter__(self) -> Self:
        """Begin to read."""
        ...

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        ...

    def key(self) -> str:
        """Return the next key: a letter, or one of ``UP`` … ``END``; empty for one that means nothing."""
        ...

    def line(self) -> str:
        """Return a whole line, typed with echo, without its end."""
        ...


class TerminalKeys:
    """Keys of a Unix terminal, each as it is pressed; the terminal is given back as it was."""

    single = True

    def __init__(self, file: int) -> None:
        self._file = file
        self._before: list[Any] = []
        self._continued: Any = None

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._file)
        self._continued = signal.signal(signal.SIGCONT, self._go_on)
        self._by_key()
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGCONT, self._continued)
        self._by_line()

    def _by_key(self) -> None:
        tty.setcbreak(self._file, termios.TCSADRAIN)  # what was typed ahead stays

    def _by_line(self) -> None:
        termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def _go_on(self, _signal: int, _frame: FrameType | None) -> None:
        """After Ctrl-Z and ``fg``: shells give back a terminal that reads by lines."""
        self._by_key()

    def _more(self) -> bool:
        return bool(select.select([self._file], [], [], _REST)[0])

    def _byte(self) -> bytes:
        try:
            return os.read(self._file, 1)
        except OSError:  # the terminal is gone
            return b""

    def key(self) -> str:
        """Return the next key; a character of several bytes counts as one key."""
        data = self._byte()
        while data and data[0] >= 0xC0 and self._more() and len(data) < 4:
            data += self._byte()
        if data == b"\x1b":
            return self._sequence()
        letter = data.decode("utf-8", "replace")
        return _CONTROLS.get(letter) or (letter.lower() if letter.isprintable() else "")

    def _sequence(self) -> str:
        found = ""
        while self._more():
            found += self._byte().decode("ascii", "replace")
            if (len(found) > 1 and found[-1].isalpha()) or found.endswith("~") or len(found) > 8:
                break
        return _SEQUENCES.get(found, "")

    def line(self) -> str:
        """Read a line with the terminal's own editing."""
        self._by_line()
        try:
            data = os.read(self._file, 65536)
        finally:
            self._by_key()
        return data.decode("utf-8", "replace").rstrip("\r\n")


class LineKeys:
    """A letter or a digit and Enter; an empty line means nothing."""

    single = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def key(self) -> str:
        """Return a line's first letter; the rest of it is ignored."""
        line = self._stream.readline()
        return line.strip()[:1].lower() if line else END

    def line(self) -> str:
        """Return a line."""
        return self._stream.readline().rstrip("\r\n")


def keys_of(stream: TextIO) -> Keys:
    """Return how ``stream`` is read: by single keys where it is a terminal that can."""
    if sys.platform == "win32" or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return LineKeys(stream)
    return TerminalKeys(stream.fileno())
