"""The smaller commands of the evaluation: each runs on a small project and says what it found."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval import ablation, corpus, masked
from eval.benchmarks.linear import HOSTILE

Said = pytest.CaptureFixture[str]


def test_the_written_corpus_is_counted_and_planted_faults_are_named(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr(corpus, "ROOT", small_project)
    assert corpus.main([]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^written quotations: \d{3}, with context \d+$", said, re.MULTILINE)
    assert re.search(r"^two passes, seeds: \d+ items, agreement 1\.000, kappa 1\.000$", said, re.MULTILINE)
    assert said.endswith("problems: 0\n")

    authored = small_project / "labels" / "authored.jsonl"
    first = json.loads(authored.read_text("utf-8").splitlines()[0])
    long = "Nobody in this county ever asked the deputies to become immigration agents, and they never will."
    seed = next((small_project / "seeds").glob("*.txt")).read_text("utf-8")
    words = " ".join(re.findall(r"[A-Za-z']+", seed)[40:60])
    rows = [
        {**first, "id": "planted-1", "text": long},
        {**first, "id": "planted-2", "text": long.replace("never will", "won't")},
        {**first, "id": "planted-3", "text": words},
    ]
    with authored.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    outside = small_project / "outside.txt"
    outside.write_text("They wrote: nobody in this county ever asked the deputies to become anything.", "utf-8")
    assert corpus.main(["--against", str(outside)]) == 1
    said = capsys.readouterr().out
    assert "planted-2 is nearly planted-1" in said
    assert "planted-3 shares with a seed: " in said
    assert "planted-1 shares with a file: " in said


def test_the_ablation_prints_every_part_on_every_set(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, shipped: Path
) -> None:
    monkeypatch.setattr(ablation, "ROOT", small_project)
    seeds = small_project / "labels" / "seeds.jsonl"
    rows = seeds.read_text("utf-8").splitlines(keepends=True)
    articles = sorted({json.loads(row)["doc"] for row in rows})[:2]
    seeds.write_text("".join(row for row in rows if json.loads(row)["doc"] in articles), "utf-8")
    data = small_project / "debates.jsonl"
    assert ablation.main(["--model", str(shipped), "--data", str(data)]) == 0
    said = capsys.readouterr().out
    parts = [line for line in said.splitlines() if not line.startswith("  ")]
    assert len(parts) == 6
    for name in (data.name, ablation.SEEDS):
        figures = re.findall(rf"^  {re.escape(name)}: side ([\d.]+).*, macro F1 ([\d.]+)", said, re.MULTILINE)
        assert len(figures) == 6
        assert all(0 <= float(value) <= 1 for pair in figures for value in pair)


def test_what_names_carry_is_printed_and_articles_are_judged_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, shipped: Path
) -> None:
    data = tmp_path / "few.csv"
    data.write_text(
        "id,text,stance\na,We will hold nobody for ICE.,pro-sanctuary\nb,Deport them all.,pro-enforcement\n"
        "c,Senator Halloran asked about the vote.,neutral\n",
        "utf-8",
    )
    assert masked.main(["--model", str(shipped), "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "few.csv: 3 quotations, 33% with a name in them" in said
    assert re.search(r"side_accuracy: [\d.]+ with names, [\d.]+ masked, difference [+-][\d.]+ \(", said)

    line = {"id": "one", "text": "“We will not hold anyone for ICE,” Mayor Ted Halloran said."}
    stdin: Any = io.TextIOWrapper(io.BytesIO(json.dumps(line).encode() + b"\nno JSON\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert masked.main(["--model", str(shipped), "--articles"]) == 0
    whole, bad = (json.loads(row) for row in capsys.readouterr().out.splitlines())
    assert whole["quotes"][0]["speaker"]["name"] == "Ted Halloran"
    assert whole["quotes"][0]["stance"] == "pro-sanctuary"
    assert "error" in bad


def test_hard_texts_are_timed_against_their_doubles(root: Path) -> None:
    command = [sys.executable, "-m", "eval.benchmarks.linear", "--megabytes", "0.0005", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    rows = done.stdout.splitlines()
    assert done.returncode in (0, 1), done.stderr
    assert len(rows) == 1 + len(HOSTILE)
    assert all(re.search(r"\d+\.\d{2} +[\d,]+", row) for row in rows[1:])


def test_extraction_is_scored_by_the_scorer_given(tmp_path: Path, root: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "“We go,” said Ann Lee."}) + "\n", "utf-8")
    scorer = tmp_path / "scorer.py"
    scorer.write_text("import sys\nprint('scored', open(sys.argv[2]).read().count('parts'))\n", "utf-8")
    command = [sys.executable, "-m", "eval.benchmarks.quotes", "--gold", str(gold), "--scorer", str(scorer)]
    done = subprocess.run([*command, "--indirect"], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.count("scored 1") >= 2
    assert re.search(r"this project: [\d,]+ characters a second", done.stdout)
    assert "this project is " in done.stdout
