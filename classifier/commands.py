"""What the commands share: exit statuses, errors in words, clean ends of pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from classifier.errors import ClassifierError

#: Exit statuses of the contract.
DONE, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def warn(message: str) -> None:
    """Tell people something, on standard error; standard output carries data only."""
    print(safe(message), file=sys.stderr, flush=True)


def safe(text: str) -> str:
    """Return ``text`` as a terminal may show it: no escape sequence, no control character, no bidi override."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def run(command: Callable[[Sequence[str] | None], int], arguments: Sequence[str] | None = None) -> int:
    """Run a command and turn what goes wrong into its exit status."""
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED
    except OSError as error:
        warn(f"error: can't write the result: {error}")
        return USAGE
    return status
