"""Writing the page to a file, without ever overwriting something else."""

from __future__ import annotations

import sys
from pathlib import Path

from classifier.errors import InputError
from classifier.files import write_whole


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
    """Write a page to ``target`` in one step; ``-`` is standard output.

    Raises:
        OSError: it can't be written.
    """
    data = page.encode("utf-8")
    if target == "-":
        sys.stdout.buffer.write(data)
    else:
        write_whole(Path(target), data)
