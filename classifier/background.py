"""A call that runs while something else goes on."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """A call in a thread of its own; importing ``concurrent.futures`` would take longer than this saves."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._returned: list[T] = []
        self._raised: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._returned.append(self._call())
        except BaseException as error:
            self._raised = error

    def result(self) -> T:
        """Wait for the call, and return what it returns or raise what it raises."""
        self._thread.join()
        if self._raised is not None:
            raise self._raised
        return self._returned[0]
