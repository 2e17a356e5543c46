"""Writing the page to a file, without ever overwriting something else."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from classifier.errors import InputError


def check_target(target: str) -> None:
    """Make sure that a page may be written to ``target``, before the work is done.

    ``predict --article --html story.txt`` would otherwise replace the article by its page.

    Raises:
        InputError: a file stands there that isn't a page, or its folder doesn't exist.
    """
    path = Path(target)
    if target == "-":
        return
    if not path.parent.is_dir():
        raise InputError(f"--html: no folder {path.parent}; expected an existing one for {path.name}")
    if path.is_dir():
        raise InputError(f"--html: {path} is a directory; expected the name of the page to write")
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(64).lstrip().lower()
        if head and not head.startswith(b"<!doctype html"):
            raise InputError(
                f"--html: {path} exists and isn't a page; expected a new name, as in: --html page.html"
            )


def write_page(page: str, target: str) -> None:
    """Write a page to ``target`` in one step, so that no half of it ever stands there; ``-`` is standard output.

    Raises:
        OSError: it can't be written.
    """
    data = page.encode("utf-8")
    path = Path(target)
    if target == "-":
        sys.stdout.buffer.write(data)
    elif path.exists() and not path.is_file():  # a device or a named pipe
        path.write_bytes(data)
    else:
        handle, made = tempfile.mkstemp(dir=path.resolve().parent, prefix=".page-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            umask = os.umask(0)
            os.umask(umask)
            Path(made).chmod(0o666 & ~umask)
            Path(made).replace(path.resolve())
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise
