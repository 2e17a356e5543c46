"""The benchmarks run and print a figure for every row; what the figures are, no test asks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def rows(*arguments: str, root: Path) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "eval.benchmarks.speed", *arguments],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
    )
    lines = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    return {cells[0]: cells[1] for cells in lines if len(cells) > 1}


def test_every_stage_of_one_answer_has_its_milliseconds(root: Path) -> None:
    found = rows("--only", "help", "stages", "--repeats", "1", root=root)
    stages = {stage: value for stage, value in found.items() if stage.endswith(", ms")}
    assert len(stages) == 10
    assert all(re.fullmatch(r"\d+ *", value) for value in stages.values())
    assert float(stages["open encoder and tokenizer, ms"]) > 1
    assert any(row.startswith("predict --help") for row in found)


def test_articles_are_read_whole_and_by_their_stances_alone(root: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    lines = (root / "labels" / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    articles.write_text("".join(lines[:2]), "utf-8")
    found = rows("--only", "articles", "--articles", str(articles), root=root)
    assert [row.split(", ")[-1] for row in found if row.startswith("articles")] == [
        "all threads",
        "as a corpus job's processes",
    ]
    assert all(re.match(r"[\d.]+ / [\d.]+, [\d.]+", value) for row, value in found.items() if "articles" in row)
