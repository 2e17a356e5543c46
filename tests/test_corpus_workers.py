"""Worker processes: order, replacement of those that die, and rows that nobody survives."""

import functools
import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from classifier.corpus.workers import Answer, Workers, WorkersError, as_line
from classifier.streams import Line


def answer(rows: Sequence[Line], *, folder: Path) -> list[bytes]:
    for row in rows:
        if row.text == "die once" and not (folder / "died").exists():
            (folder / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if row.text == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
    return [as_line({"id": row.id, "quotes": []}) for row in rows]


def make(folder: Path) -> Answer:
    with (folder / "started").open("a") as file:
        file.write("x")
    return functools.partial(answer, folder=folder)


def make_nothing() -> Answer:
    raise SystemExit(3)


def run(folder: Path, texts: list[list[str]], jobs: int = 2) -> list[dict[str, object]]:
    numbers = iter(range(1000))
    chunks = iter([[Line(next(numbers), text) for text in chunk] for chunk in texts])
    with Workers(jobs, functools.partial(make, folder)) as workers:
        return [json.loads(line) for lines in workers.map(chunks) for line in lines]


def test_answers_come_in_order_and_each_worker_starts_once(tmp_path: Path) -> None:
    rows = run(tmp_path, [["x"] * 3] * 30)
    assert [row["id"] for row in rows] == list(range(90))
    assert len((tmp_path / "started").read_text()) <= 2


def test_a_chunk_whose_worker_died_is_tried_again(tmp_path: Path) -> None:
    rows = run(tmp_path, [["x", "x"], ["x", "die once", "x"], ["x"]])
    assert rows == [{"id": number, "quotes": []} for number in range(6)]


def test_a_row_that_kills_its_worker_each_time_is_answered_alone(tmp_path: Path) -> None:
    rows = run(tmp_path, [["x", "poison", "x"], ["x"]], jobs=1)
    assert [row["id"] for row in rows] == [0, 1, 2, 3]
    assert ["error" in row for row in rows] == [False, True, False, False]
    assert rows[1]["error"] == "1: the process that read it ended (signal 9), twice"


def test_workers_that_cannot_start_end_the_run() -> None:
    with Workers(2, make_nothing) as workers, pytest.raises(WorkersError, match="exit status 3"):
        list(workers.map(iter([[Line(1, "x")]])))


def test_no_chunks_no_workers(tmp_path: Path) -> None:
    assert run(tmp_path, []) == []
    assert not (tmp_path / "started").exists()
