"""A command in a real pseudo-terminal: keys go in as a person types them, what is shown comes out."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
UP, DOWN, RIGHT, LEFT, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\r", "\x03", "\x04"
# a session's first process gets the terminal that it opens as its own; Ctrl-C then reaches it as a signal
#: Ctrl-C must count even where the tests run in the background, which ignores it.
_TAKE_TERMINAL = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.open(os.ttyname(0), os.O_RDWR); os.execv(sys.executable, sys.argv[1:])"
)


class TerminalSession:
    """``python -m classifier.NAME`` with a terminal of its own."""

    def __init__(self, name: str, *arguments: str, **environment: str) -> None:
        self._us, them = pty.openpty()
        self.before = termios.tcgetattr(them)
        self._terminal = os.dup(them)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, sys.executable, "-m", f"classifier.{name}", *arguments],
            stdin=them,
            stdout=them,
            stderr=them,
            cwd=ROOT,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", "CLASSIFIER_MODEL": str(ROOT / "models/stance"), **environment},
        )
        os.close(them)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._us)
        os.close(self._terminal)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._us, keys.encode())

    def expect(self, words: str, *, seconds: float = 20) -> str:
        """Wait until words are shown; return what was shown since the last time, up to them."""
        until = time.monotonic() + seconds
        while words not in self.shown:
            if not select.select([self._us], [], [], max(0.0, until - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} was not shown in {seconds} s, but: {self.shown!r}")
            self.shown += re.sub(r"\x1b\[\d*[mK]", "", os.read(self._us, 65536).decode()).replace("\r\n", "\n")
        found, _, self.shown = self.shown.partition(words)
        return found + words

    def end(self) -> int:
        """Wait for the command's end; return its exit status."""
        return self._process.wait(60)

    def suspend_and_continue(self) -> None:
        """Do what a shell does on Ctrl-Z and ``fg``: it sets the terminal to lines, and sends a signal."""
        termios.tcsetattr(self._terminal, termios.TCSADRAIN, self.before)
        os.kill(self._process.pid, signal.SIGCONT)

    def settings(self) -> list[object]:
        """How the terminal is set up."""
        return termios.tcgetattr(self._terminal)
