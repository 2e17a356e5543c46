"""What the commands share: exit statuses, errors in words, clean ends of pipes."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from classifier.errors import ClassifierError

#: Exit statuses of the contract.
DONE, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def warn(message: str) -> None:
    """Tell people something, on standard error; standard output carries data only."""
    with contextlib.suppress(OSError):  # nobody is left to be told that standard error is full or closed
        print(safe(message), file=sys.stderr, flush=True)


def safe(text: str) -> str:
    """Return ``text`` as a terminal may show it: no escape sequence, no control character, no bidi override."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\u{ord(c):04x}" for c in text)


class Parser(argparse.ArgumentParser):
    """A command's arguments, with ``examples`` under its help and a suggestion for a mistyped option."""

    def __init__(self, *, prog: str, description: str, examples: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def parse_args(  # type: ignore[override]  # one signature for the three of the base class
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> Any:
        """Return the options; an unknown one ends the command with status 2 and the nearest known one."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(self._about(unknown[0]))
        return options

    def _about(self, word: str) -> str:
        if not word.startswith("-"):
            return f"unexpected argument: {word}"
        import difflib  # noqa: PLC0415  only for a mistake

        near = difflib.get_close_matches(word.partition("=")[0], self._option_string_actions, n=1)
        if near:
            return f"unknown option {word}; did you mean {near[0]}?"
        return f"unknown option {word}; a text that begins with a dash goes behind --, as in: -- {word!r}"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, without any escape sequence that came in, and end with status 2."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: error: {safe(message)}\n")


def run(command: Callable[[Sequence[str] | None], int], arguments: Sequence[str] | None = None) -> int:
    """Run a command and turn what goes wrong into its exit status."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: nothing to read, nobody to tell
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  pathlib is slow
    status = _status(command, arguments)
    try:
        sys.stdout.flush()
    except OSError:
        status = status or USAGE
        _drop_output()
    return status


def _drop_output() -> None:
    """Let go of what standard output still holds: Python would try it again at its end, with status 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _status(command: Callable[[Sequence[str] | None], int], arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a lone surrogate from JSON must not end a run
            stream.reconfigure(errors="backslashreplace")
    try:
        status = command(arguments)
        sys.stdout.flush()
    except ClassifierError as error:
        warn(f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        warn("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away (head, less): nothing more to say
        return SOME_FAILED
    except OSError as error:
        warn(f"error: {error}" if error.filename else f"error: can't write the result: {error}")
        return USAGE
    except MemoryError:
        warn("error: not enough memory; give fewer or smaller inputs (--max-bytes)")
        return USAGE
    return status
