"""Closed pipes, full disks, closed streams: a clean end, the right exit status, nothing that only looks whole."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.files import write_whole

SEED = "seeds/003_18455e297df3303e.txt"
FULL = Path("/dev/full")
COMMANDS = [
    ["extract", SEED],
    ["extract", "--json", SEED],
    ["extract", "--ndjson", SEED],
    ["predict", "Build the wall."],
    ["predict", "--article", "--json", SEED],
    ["predict", "--article", "--csv", SEED],
    ["predict", "--article", "--html", "-", SEED],
]


def started(
    root: Path, words: list[str], *, around: str = "", **options: object
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", f"classifier.{words[0]}", *words[1:]]
    if around:
        command = ["bash", "-c", f'"$@" {around}', "bash", *command]
    return subprocess.run(command, cwd=root, stderr=subprocess.PIPE, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", COMMANDS)
def test_a_full_disk_is_an_error_in_one_line(root: Path, words: list[str]) -> None:
    with FULL.open("wb") as full:
        done = started(root, words, stdout=full)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "error: can't write the result: [Errno 28] No space left on device"
    ]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_errors_that_nobody_can_be_told_still_give_their_status(root: Path) -> None:
    assert started(root, ["extract", "nowhere.txt"], around="2> /dev/full").returncode == 2
    assert started(root, ["extract", "nowhere.txt"], around="2>&-").returncode == 2


@pytest.mark.parametrize("words", COMMANDS)
def test_a_pipe_closed_by_its_reader_ends_quietly(root: Path, words: list[str]) -> None:
    done = started(root, words, around="| true; exit ${PIPESTATUS[0]}")
    assert done.returncode in (0, 1)  # 0 where all was written before the reader went
    assert done.stderr == b""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_closed_from_the_start_is_no_traceback(root: Path, closed: str) -> None:
    for words in (["extract", "-"], ["extract", "--ndjson"], ["predict", "--ndjson"]):
        done = started(
            root, words, around=f"{closed}", **({} if closed == "<&-" else {"stdin": subprocess.DEVNULL})
        )
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_file_that_does_not_fit_leaves_the_old_one_whole(root: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    for words in (
        ["predict", "--article", "--html", str(made), SEED],
        ["label", "--export", "label-studio", str(made), SEED],
    ):
        assert started(root, words).returncode == 0
        before = {path: path.read_bytes() for path in tmp_path.iterdir()}
        done = started(root, words, preexec_fn=limited(4096))
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
        made.unlink()


def test_a_file_is_written_with_the_usual_rights_through_links_and_into_pipes(tmp_path: Path) -> None:
    made, usual, link, pipe = (tmp_path / name for name in ("made", "usual", "link", "pipe"))
    usual.touch()
    link.symlink_to(made)
    write_whole(link, b"through the link")
    assert made.read_bytes() == b"through the link"
    assert link.is_symlink()
    assert made.stat().st_mode == usual.stat().st_mode
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_whole(pipe, b"into the pipe")
    assert reader.communicate(timeout=60)[0] == b"into the pipe"
