"""Streams: answered line by line as they come, in order, and with the rest of the time on a terminal."""

import io
import itertools
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier.progress import Progress, spell_duration
from classifier.streams import Line, batches, read_lines


def test_a_line_is_answered_before_the_next_is_sent(root: Path) -> None:
    command = [sys.executable, "-m", "classifier.predict", "--ndjson", "--model", "models/stance"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("first", "second"):
            process.stdin.write(json.dumps({"id": name, "text": "Build the wall."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
    assert process.returncode == 0


def test_lines_that_are_there_are_judged_together_and_in_order() -> None:
    source = [Line(number, "text") for number in range(1000)]
    found = list(batches(source, 64))
    assert [line for batch in found for line in batch] == source
    assert max(map(len, found)) <= 64


def test_reading_ahead_is_bounded() -> None:
    read = 0
    stop = threading.Event()

    def lines() -> Iterator[Line]:
        nonlocal read
        for number in itertools.count():
            if stop.is_set():
                return
            read = number
            yield Line(number)

    reader = batches(lines(), 8)
    next(reader)
    threading.Event().wait(0.2)
    assert read <= 8 + 8 + 2
    stop.set()


def test_an_error_of_the_reading_comes_after_the_lines_before_it() -> None:
    def lines() -> Iterator[Line]:
        yield Line(1)
        raise OSError("gone")

    reader = batches(lines(), 8)
    with pytest.raises(OSError, match="gone"):
        assert [line.id for batch in reader for line in batch] == [1]


def test_a_line_that_is_too_long_is_answered_without_holding_it() -> None:
    stream = io.BytesIO(b'{"text": "' + b"x" * 5_000_000 + b'"}\n{"id": "next", "text": "y"}\n')
    first, second = read_lines(stream, max_bytes=1000)
    assert "longer than 1,000 bytes" in (first.error or "")
    assert (second.id, second.text) == ("next", "y")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_says_rate_and_remaining_time_on_a_terminal() -> None:
    clock = iter([0.0, 100.0, 100.0, 100.0, 200.0, 200.0, 200.0]).__next__
    part = iter([0.0, 0.25, 0.5]).__next__
    out = Terminal()
    with Progress("articles", fraction=part, stream=out, clock=clock) as progress:
        progress.add(1000)
    _, first, last = out.getvalue().rstrip().split("\r\x1b[K")
    assert first == "1,000 articles, 10.0 a second, 25%, 5 min left"
    assert last == "1,000 articles, 5.0 a second, 50%, 3 min left"


def test_progress_is_silent_where_nobody_watches() -> None:
    out = io.StringIO()
    with Progress("articles", stream=out) as progress:
        progress.add(1000)
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(4.4, "4 s"), (89, "89 s"), (600, "10 min"), (12_030, "3 h 20 min")]
)
def test_durations_are_spelt_as_people_say_them(seconds: float, words: str) -> None:
    assert spell_duration(seconds) == words


def test_a_stream_shows_its_progress_on_a_terminal(root: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.ndjson"
    source.write_text('{"text": "Build the wall."}\n' * 100, "utf-8")
    ours, theirs = pty.openpty()
    with source.open("rb") as stdin:
        done = subprocess.run(
            [sys.executable, "-m", "classifier.predict", "--ndjson", "--model", "models/stance"],
            cwd=root, stdin=stdin, stdout=subprocess.PIPE, stderr=theirs, check=True,
        )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert len(done.stdout.splitlines()) == 100
    assert "100 quotations" in shown
    assert "a second, 100%" in shown
