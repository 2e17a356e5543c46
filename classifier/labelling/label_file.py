"""The file that answers go to: lines are added at its end, and no byte that stands there is ever changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifier.errors import LabelsError
from classifier.labels import label_rows


class LabelFile:
    """A label file that grows. A changed mind adds a line that ``replaces`` the former one.

    Raises:
        LabelsError: the file holds a line that can't be read, or can't be opened for adding.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._latest: dict[str, Mapping[str, Any]] = {}
        self._items: dict[str, str] = {}  # the id of every line, and of the item that it answers
        if path.exists():
            for where, row in label_rows(path):
                if not isinstance(row.get("id"), str):
                    raise LabelsError(f"{where}, field 'id': found {row.get('id')!r}, expected text")
                self._know(row)
        elif not path.parent.is_dir():
            raise LabelsError(f"{path.parent}: no such folder; make it first, or name another file with --out")
        if path.suffix.lower() == ".csv":
            raise LabelsError(f"{path}: labels are added as JSON lines; name a file that ends in .jsonl")

    def __len__(self) -> int:
        """How many quotations have an answer."""
        return len(self._latest)

    def __contains__(self, name: str) -> bool:
        """Tell whether a quotation has an answer."""
        return name in self._latest

    def texts(self) -> list[str]:
        """Return the words of the quotations that have an answer."""
        return [str(row.get("text", "")) for row in self._latest.values()]

    def answer(self, name: str) -> Mapping[str, Any] | None:
        """Return the line that holds for a quotation now."""
        return self._latest.get(name)

    def append(self, row: Mapping[str, Any]) -> None:
        """Add a line for the item ``row["id"]``, on the disk when this returns; a former answer is replaced.

        Raises:
            LabelsError: the disk is full, or the file can't be written.
        """
        former = self._latest.get(row["id"])
        if former is not None:
            answers = sum(item == row["id"] for item in self._items.values())
            row = {**row, "id": f"{row['id']}#{answers + 1}", "replaces": former["id"]}
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        try:
            with self.path.open("ab+") as file:
                if file.tell() and not self._ends_with_a_line(file.fileno(), file.tell()):
                    line = b"\n" + line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LabelsError(f"{self.path}: the answer can't be written: {error.strerror}") from None
        self._know(row)

    def _know(self, row: Mapping[str, Any]) -> None:
        item = self._items.get(str(row.get("replaces")), row["id"])
        self._items[row["id"]] = item
        self._latest[item] = row

    def _ends_with_a_line(self, file: int, size: int) -> bool:
        os.lseek(file, size - 1, os.SEEK_SET)
        return os.read(file, 1) == b"\n"
