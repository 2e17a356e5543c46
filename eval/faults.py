"""What a damaged file, a kill or a long day does, counted: ``python -m eval.faults {flips,kills,memory}``."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from classifier.artifact import MANIFEST, default_model, open_model
from classifier.commands import DONE, SOME_FAILED, run
from classifier.errors import ModelError

#: Most that memory may grow from the first thousand quotations to the last.
MOST_GROWTH = 1.05

_SAVING = """
import sys, shutil
from pathlib import Path
from classifier.artifact import open_model
from classifier.training.folder import staging, write_model
root, model, marks = Path(sys.argv[1]), open_model(Path(sys.argv[2])), sys.argv[3].encode()
print("saving", flush=True)
folder = staging(root)
for path in model.files.iterdir():
    shutil.copy(path, folder / path.name)
with (folder / "tokenizer.json").open("ab") as file:
    file.write(marks)
about = {k: v for k, v in model.manifest.items() if k not in ("files", "folder", "format")}
write_model(root, folder, {**about, "saved": marks.decode()})
"""


def flips(model: Path, *, places: int, seed: int = 0) -> Iterator[tuple[str, bool]]:
    """Change one byte of a copy of ``model`` at random places, weighed by size and every file among them.

    Yields the name of the file, and whether opening was refused by that name.
    """
    rng = random.Random(seed)  # noqa: S311  places, no secrets
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "model"
        shutil.copytree(model, copy)
        opened = open_model(copy)
        files = [copy / MANIFEST, *(opened.path(name) for name in opened.manifest["files"])]
        sizes = [path.stat().st_size for path in files]
        for number in range(places):
            path = files[number] if number < len(files) else rng.choices(files, sizes)[0]
            yield path.name, _refused(copy, path, rng)


def _refused(model: Path, path: Path, rng: random.Random) -> bool:
    place = rng.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.seek(place)
        before = file.read(1)
        file.seek(place)
        file.write(bytes([before[0] ^ rng.randrange(1, 256)]))
    try:
        open_model(model)
        return False
    except ModelError as error:
        return path.name in str(error)
    finally:
        with path.open("r+b") as file:
            file.seek(place)
            file.write(before)


def kills(model: Path, *, moments: int, seed: int = 0) -> Iterator[tuple[float, str]]:
    """Kill the saving of a model at random moments, then predict from its folder.

    Yields the moment in seconds, and which model answered: ``old``, ``new``, or what went wrong.
    """
    rng = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "model"
        shutil.copytree(model, root)
        whole = _save(root, model, " ", None)
        for number in range(moments):
            moment = rng.uniform(0, whole * 1.1)
            before = open_model(root).digest
            _save(root, model, " \n"[number % 2], moment)
            yield moment, _answered(root, before)


def _save(root: Path, model: Path, marks: str, kill_after: float | None) -> float:
    """Save a model in a process of its own; ``marks`` changes its bytes. Return the seconds of the saving."""
    command = [sys.executable, "-c", _SAVING, str(root), str(model), marks]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101  for the type checker
        process.stdout.readline()
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            process.send_signal(signal.SIGKILL)
        process.wait()
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the saving itself failed with status {process.returncode}: nothing was tried")
    return time.monotonic() - begun


def _answered(root: Path, before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "classifier.predict", "--json", "--model", str(root), "Build the wall."],
        capture_output=True,
        check=False,
    )
    if done.returncode or "stance" not in json.loads(done.stdout or b"{}"):
        return f"failed: {done.stderr.decode()[-200:]}"
    return "old" if open_model(root).digest == before else "new"


def memory(model: Path, *, quotations: int, early: int = 1000, repeat: int = 1) -> tuple[int, int]:
    """Stream quotations through one process; return its resident memory after ``early`` and at the end, in KiB.

    The ``early`` ones all differ, so that the process has grown to its size; then each text comes ``repeat`` times
    in a row, which reading, answering and writing take one by one, and the encoder once a batch.
    """
    command = [sys.executable, "-m", "classifier.predict", "--ndjson", "--model", str(model)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        feeder = threading.Thread(
            target=_feed, args=(process.stdin.fileno(), quotations, early, repeat), daemon=True
        )
        feeder.start()
        first = last = 0
        for number, _ in enumerate(process.stdout, 1):
            if number in (early, quotations):
                first, last = first or _resident(process.pid), _resident(process.pid)
            if number == quotations:
                break  # the pipe is still open, so no end of the answers would come
        feeder.join()
        process.stdin.close()
    return first, last


def _feed(pipe: int, quotations: int, early: int, repeat: int) -> None:
    """Write quotations; the pipe stays open until memory has been read."""
    rng = random.Random(0)  # noqa: S311
    words = ("we", "will", "not", "hold", "anyone", "for", "ICE", "without", "a warrant", "wall", "sheriff", "law")
    text = ""
    for number in range(quotations):
        if number < early or (number - early) % repeat == 0:
            text = " ".join(rng.choices(words, k=rng.randrange(3, 40))) + f" {rng.random():.6f} name{number}"
        data = json.dumps({"id": number, "text": text}).encode() + b"\n"
        while data:
            data = data[os.write(pipe, data) :]


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.faults", description=__doc__)
    parser.add_argument("fault", choices=("flips", "kills", "memory"))
    parser.add_argument("--times", type=int, help="places, moments or quotations (default: 200, 50, 300000)")
    parser.add_argument("--repeat", type=int, default=64, help="memory: each text so many times (default: 64)")
    parser.add_argument("--model", type=Path, help="model folder (default: as predicting finds it)")
    options = parser.parse_args(arguments)
    model = options.model or default_model()
    times = options.times or {"flips": 200, "kills": 50, "memory": 300_000}[options.fault]
    if options.fault == "memory":
        first, last = memory(model, quotations=times, repeat=options.repeat)
        print(
            f"{first / 1024:.0f} MB after 1,000 quotations, {last / 1024:.0f} after {times:,} "
            f"(from the second thousand on each text {options.repeat} times in a row): {last / first:.3f}"
        )
        return DONE if last <= MOST_GROWTH * first else SOME_FAILED
    if options.fault == "flips":
        found = list(flips(model, places=times))
        good = sum(refused for _, refused in found)
        print(f"{good} of {times} changed bytes refused by the name of their file: {_counts(n for n, _ in found)}")
        return DONE if good == times else SOME_FAILED
    answers = [answer for _, answer in kills(model, moments=times)]
    good = sum(answer in ("old", "new") for answer in answers)
    print(f"{good} of {times} predict after a kill while saving: {_counts(answers)}")
    return DONE if good == times else SOME_FAILED


def _counts(names: Iterator[str] | Sequence[str]) -> str:
    found = sorted(names)
    return ", ".join(f"{name} {found.count(name)}" for name in dict.fromkeys(found))


if __name__ == "__main__":
    sys.exit(run(main))
