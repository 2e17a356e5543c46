"""Whole corpora: every article answered once and in order, whatever happens to the run."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.corpus.inputs import Corpus, find_sources

ROOT = Path(__file__).resolve().parent.parent


def article(number: int) -> str:
    return (
        f'"We will not help ICE with case {number}," Mayor Dana Ruiz said. '
        f'Sheriff Tom Hale disagreed. "Deport all {number} of them," Hale said.'
    )


def write_ndjson(path: Path, count: int) -> Path:
    rows = [json.dumps({"id": f"a{number}", "text": article(number)}) for number in range(count)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def start(*arguments: object, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "classifier.corpus", "--model", "models/stance", *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def corpus(*arguments: object, **options: Any) -> tuple[int, str]:
    """Run the command to its end; its exit status and what it said."""
    with start(*arguments, **options) as process:
        out, said = process.communicate(timeout=300)
    assert out == ""
    assert "Traceback" not in said
    return process.returncode, said


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def beside(path: Path) -> set[str]:
    """Files that a run left beside its output."""
    return {p.name for p in path.parent.iterdir() if p.name.startswith(path.name + ".")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An input, and what a run that nothing happens to makes of it."""
    folder = tmp_path_factory.mktemp("whole")
    source, out = write_ndjson(folder / "in.ndjson", 60), folder / "out.ndjson"
    assert corpus(source, out, "--jobs", 2) == (0, "")
    assert beside(out) == set()
    return source, out.read_bytes()


def test_every_article_is_answered_once_in_order_as_predict_answers_it(
    whole: tuple[Path, bytes], command: Callable[..., Any]
) -> None:
    source, out = whole
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == [f"a{number}" for number in range(60)]
    done = command(
        "predict", "--article", "--ndjson", stdin=b"".join(source.read_bytes().splitlines(keepends=True)[:5])
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows[:5]


def test_a_folder_of_articles_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "2.md").write_text(article(2), "utf-8")
    (folder / "a.txt").write_text(article(1), "utf-8")
    (folder / "c.txt").write_bytes(b"\x93Not UTF-8,\x94 he said.")
    (folder / "d.txt").write_text("x" * 2000, "utf-8")
    (folder / "ignored.png").write_bytes(b"")
    out = tmp_path / "out.ndjson"
    status, said = corpus(folder, out, "--max-bytes", 1000)
    rows = rows_of(out)
    assert status == 1
    assert "2 of 4 rows are errors" in said
    assert [row["id"] for row in rows] == ["a.txt", "b/2.md", "c.txt", "d.txt"]
    assert rows[1]["quotes"][0]["speaker"]["name"] == "Dana Ruiz"
    assert "0x93" in rows[2]["error"]
    assert "larger than 1,000 bytes" in rows[3]["error"]


def test_an_article_of_50_megabytes_is_answered_by_an_error(tmp_path: Path) -> None:
    source = write_ndjson(tmp_path / "in.ndjson", 2)
    with source.open("a") as file:
        file.write(json.dumps({"id": "big", "text": "words " * 8_500_000}) + "\n")
        file.write(json.dumps({"id": "after", "text": article(3)}) + "\n")
    status, _ = corpus(source, tmp_path / "out.ndjson", "--jobs", 1)
    rows = rows_of(tmp_path / "out.ndjson")
    assert status == 1
    assert [("error" in row, len(row.get("quotes", ()))) for row in rows] == [(0, 2), (0, 2), (1, 0), (0, 2)]
    assert "longer than" in rows[2]["error"]


def test_an_output_that_exists_is_refused_unless_forced(tmp_path: Path) -> None:
    source, out = write_ndjson(tmp_path / "in.ndjson", 1), tmp_path / "out.ndjson"
    out.write_text("mine", "utf-8")
    status, said = corpus(source, out)
    assert status == 2
    assert "exists already; name another file, or replace it with --force" in said
    assert out.read_text("utf-8") == "mine"
    assert beside(out) == set()
    assert corpus(source, out, "--force")[0] == 0
    assert rows_of(out)[0]["id"] == "a0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "out.ndjson"], "nowhere: no such file or folder"),
        (["labels", "out.csv"], "can't tell the format"),
        (["pyproject.toml", "out.ndjson"], "can't tell what it holds"),
        (["seeds", "nowhere/out.ndjson"], "No such file or directory"),
    ],
)
def test_what_is_wrong_with_the_job_is_said(arguments: list[str], message: str) -> None:
    status, said = corpus(*arguments)
    assert status == 2
    assert message in said


def kill_after(process: "subprocess.Popen[str]", seconds: float) -> None:
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def until_rows(path: Path, process: "subprocess.Popen[str]") -> None:
    """Wait until the run has written some rows."""
    partial = path.with_name(path.name + ".partial")
    while process.poll() is None and not (partial.exists() and partial.stat().st_size):
        time.sleep(0.02)


def test_a_killed_run_goes_on_where_it_was(whole: tuple[Path, bytes], tmp_path: Path) -> None:
    source, wanted = whole
    out = tmp_path / "out.ndjson"
    with start(source, out, "--jobs", 2) as process:
        until_rows(out, process)
        kill_after(process, 0)
    assert not out.exists()
    partial = tmp_path / "out.ndjson.partial"
    before = partial.read_bytes().count(b"\n")
    with partial.open("ab") as file:
        file.write(b'{"id": "torn')
    status, said = corpus(source, out, "--jobs", 2)
    assert status == 0
    assert f"going on after {before} rows" in said
    assert out.read_bytes() == wanted
    assert beside(out) == set()


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["ndjson", "parquet"])
def test_ten_kills_at_random_moments_lose_and_repeat_nothing(
    whole: tuple[Path, bytes], tmp_path: Path, ending: str
) -> None:
    source, wanted = whole
    out = tmp_path / f"out.{ending}"
    begun = time.monotonic()
    corpus(source, tmp_path / f"once.{ending}", "--jobs", 2)
    length = time.monotonic() - begun
    rng = random.Random(6)
    for _ in range(10):
        with start(source, out, "--jobs", 2) as process:
            kill_after(process, rng.uniform(0, length))
        if out.exists():
            out.unlink()
    assert corpus(source, out, "--jobs", 2)[0] == 0
    assert out.read_bytes() == (tmp_path / f"once.{ending}").read_bytes()
    if ending == "ndjson":
        assert out.read_bytes() == wanted


def test_rows_of_another_job_are_not_gone_on_with(whole: tuple[Path, bytes], tmp_path: Path) -> None:
    source, _ = whole
    out = tmp_path / "out.ndjson"
    with start(source, out) as process:
        until_rows(out, process)
        kill_after(process, 0)
    other = write_ndjson(tmp_path / "other.ndjson", 2)
    status, said = corpus(other, out)
    assert status == 2
    assert "begun with another input, model or setting" in said
    assert corpus(other, out, "--force")[0] == 0
    assert [row["id"] for row in rows_of(out)] == ["a0", "a1"]


def test_two_runs_of_one_job_keep_apart(whole: tuple[Path, bytes], tmp_path: Path) -> None:
    source, wanted = whole
    out = tmp_path / "out.ndjson"
    with start(source, out) as first:
        until_rows(out, first)
        status, said = corpus(source, out)
        assert first.poll() is not None or (status == 2 and "another process is writing it" in said)
        first.communicate()
    assert out.read_bytes() == wanted


def children(pid: int) -> list[int]:
    """Worker processes of a run (not the one that tracks its resources)."""
    found = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [p for p in found if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc to find the workers")
def test_a_worker_that_dies_is_replaced(whole: tuple[Path, bytes], tmp_path: Path) -> None:
    source, wanted = whole
    out = tmp_path / "out.ndjson"
    with start(source, out, "--jobs", 2) as process:
        until_rows(out, process)
        for child in children(process.pid)[:1]:
            os.kill(child, signal.SIGKILL)
        said = process.communicate(timeout=300)[1]
    assert process.returncode == 0, said
    assert out.read_bytes() == wanted


@pytest.mark.parametrize("ending", ["ndjson", "parquet"])
def test_a_full_disk_ends_the_run_cleanly_and_it_goes_on_later(
    whole: tuple[Path, bytes], tmp_path: Path, ending: str
) -> None:
    source, wanted = whole
    out = tmp_path / f"out.{ending}"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    with start(source, out, preexec_fn=little_room) as process:
        said = process.communicate(timeout=300)[1]
    assert process.returncode == 2
    assert "Traceback" not in said
    assert "File too large; the" in said
    assert "run the same command again to go on" in said
    assert not out.exists()
    assert corpus(source, out)[0] == 0
    if ending == "ndjson":
        assert out.read_bytes() == wanted


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32k", "none", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_really_full(whole: tuple[Path, bytes], small_disk: Path) -> None:
    source, _ = whole
    out = small_disk / "out.ndjson"
    status, said = corpus(source, out)
    assert status == 2
    assert "No space left on device; the" in said
    assert not out.exists()
    assert corpus(source, out)[0] == 2


def test_the_input_is_known_by_names_sizes_and_times(tmp_path: Path) -> None:
    source = write_ndjson(tmp_path / "in.ndjson", 3)
    before = Corpus(find_sources(source)).digest()
    assert Corpus(find_sources(source)).digest() == before
    write_ndjson(source, 4)
    assert Corpus(find_sources(source)).digest() != before


def test_skipping_rows_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    write_ndjson(tmp_path / "b.ndjson", 5)
    (tmp_path / "a.txt").write_text("first", "utf-8")
    sources = find_sources(tmp_path)
    everything = list(Corpus(sources).rows())
    assert [row.id for row in everything] == ["a.txt", "a0", "a1", "a2", "a3", "a4"]
    for skip in range(7):
        assert list(Corpus(sources).rows(skip=skip)) == everything[skip:]
