"""Processes that work through chunks of rows; one that dies is replaced, and its chunk tried again."""

from __future__ import annotations

import json
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from classifier.errors import ClassifierError
from classifier.streams import Line

#: Answers a chunk of rows: as many JSON lines, in order.
Answer = Callable[[Sequence[Line]], list[bytes]]
#: Deaths over one piece before it is split, or given up where it is a single row.
DEATHS: Final = 2
#: Chunks that may be ahead of the oldest unfinished one, for each worker.
AHEAD: Final = 8

_PROCESSES: Final = multiprocessing.get_context("spawn")  # a fork would inherit the other workers' pipes


class WorkersError(ClassifierError):
    """No worker can be started."""


def as_line(row: dict[str, Any]) -> bytes:
    """Return a row as JSON; a lone surrogate stays what it was, escaped."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _work(pipe: Connection, make: Callable[[], Answer]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    answer = make()
    try:
        pipe.send(None)
        while True:
            pipe.send(answer(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


@dataclass(slots=True)
class _Task:
    """A chunk on its way: the pieces that are left, and the answers there are."""

    number: int
    pieces: deque[list[Line]]
    answers: list[bytes] = field(default_factory=list)
    deaths: int = 0

    def answered(self, lines: list[bytes]) -> None:
        self.pieces.popleft()
        self.answers += lines
        self.deaths = 0

    def died(self, how: str) -> None:
        self.deaths += 1
        if self.deaths < DEATHS:
            return
        piece = self.pieces[0]
        if len(piece) == 1:
            row = {"id": piece[0].id, "error": f"{piece[0].id}: the process that read it ended ({how}), twice"}
            self.answered([as_line(row)])
        else:
            self.pieces.popleft()
            self.pieces.extendleft([row] for row in reversed(piece))
            self.deaths = 0


class _Worker:
    def __init__(self, make: Callable[[], Answer]) -> None:
        self.pipe, theirs = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(target=_work, args=(theirs, make), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.task: _Task | None = None

    def take(self, task: _Task) -> None:
        """Give the task's next piece; a worker that is already dead is found out when it is waited for."""
        self.task = task
        try:
            self.pipe.send(task.pieces[0])
        except (BrokenPipeError, ConnectionResetError):
            return

    def ended(self) -> str:
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class Workers:
    """``count`` processes, each with what ``make`` returns there; use it in a ``with`` block."""

    def __init__(self, count: int, make: Callable[[], Answer]) -> None:
        self._count, self._make = count, make
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def map(self, chunks: Iterator[list[Line]]) -> Iterator[list[bytes]]:
        """Answer the chunks, in their order; few are held at a time.

        Raises:
            WorkersError: processes end before they have begun.
        """
        source = enumerate(chunks)
        waiting: deque[_Task] = deque()
        finished: dict[int, list[bytes]] = {}
        given = answered = 0
        while True:
            while len(waiting) < self._idle() and given - answered < AHEAD * self._count:
                number, chunk = next(source, (-1, None))
                if chunk is None:
                    break
                waiting.append(_Task(number, deque([chunk])))
                given += 1
            self._give(waiting)
            if given == answered:
                return
            for task in self._finished(waiting):
                finished[task.number] = task.answers
            while answered in finished:
                yield finished.pop(answered)
                answered += 1

    def _idle(self) -> int:
        return self._count - sum(worker.task is not None for worker in self._workers)

    def _give(self, waiting: deque[_Task]) -> None:
        while waiting and self._idle():
            free = next((worker for worker in self._workers if worker.task is None), None)
            if free is None:
                free = _Worker(self._make)
                self._workers.append(free)
            free.take(waiting.popleft())

    def _finished(self, waiting: deque[_Task]) -> Iterator[_Task]:
        """Wait for whichever worker has something to say; those that died leave their task to be tried again."""
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, ConnectionResetError):
                yield from self._bury(worker, waiting)
                continue
            if message is None:
                worker.ready = True
                self._failed_starts = 0
                continue
            task, worker.task = worker.task, None
            if task is not None:
                task.answered(message)
                yield from self._go_on(task, waiting)

    def _bury(self, worker: _Worker, waiting: deque[_Task]) -> Iterator[_Task]:
        self._workers.remove(worker)
        how = worker.ended()
        task = worker.task
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > DEATHS * self._count:
                raise WorkersError(f"the worker processes end before they begin ({how}); see what they said above")
        elif task is not None:
            task.died(how)
        if task is not None:
            yield from self._go_on(task, waiting)

    @staticmethod
    def _go_on(task: _Task, waiting: deque[_Task]) -> Iterator[_Task]:
        if task.pieces:
            waiting.appendleft(task)
        else:
            yield task
