"""A small project, evaluated once for all tests; and what its samples say when read back."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from classifier.labels import read_labels
from eval.run import Report, Request, evaluate, write_report
from eval.samples import SamplesError, read_samples, unique_names

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "stance"
#: Text that would run, load something or break a table if it were not escaped.
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(2)> | ``` {{ 7*7 }} & "quoted" [link](javascript:x) \x07'
)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def outside_rows() -> list[dict[str, Any]]:
    """Forty statements in twenty groups that nobody trained on, two of them hostile."""
    sides = {
        "pro-enforcement": "Deport {} now; the sheriff of county {} must honour every detainer without delay.",
        "pro-sanctuary": "We welcome {} here; our city number {} will never help anybody tear families apart.",
    }
    rows = [
        {
            "id": f"out-{n}",
            "text": list(sides.values())[n % 2].format("them" if n % 3 else "strangers", n),
            "stance": list(sides)[n % 2],
            "group": f"debate-{n // 2}",
        }
        for n in range(40)
    ]
    for n, stance in enumerate(("neutral", "pro-sanctuary")):  # one of the two is surely answered wrong
        rows[n] |= {"text": HOSTILE, "stance": stance, "context": f"In context: {HOSTILE}"}
    return rows


@functools.cache
def project() -> Path:
    """A project folder with a small part of the labels, the seeds whole, and an outside set."""
    root = Path(tempfile.mkdtemp(prefix="eval-project-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    labels = ROOT / "labels"
    shutil.copytree(ROOT / "seeds", root / "seeds")
    (root / "labels" / "passes").mkdir(parents=True)
    shutil.copy(labels / "seeds.jsonl", root / "labels")
    shutil.copy(labels / "passes" / "seeds.tsv", root / "labels" / "passes")
    write_lines(root / "labels" / "authored.jsonl", _lines(labels / "authored.jsonl")[::24])
    write_lines(root / "labels" / "off_topic.jsonl", _lines(labels / "off_topic.jsonl")[::4])
    write_lines(root / "labels" / "pairs.jsonl", _lines(labels / "pairs.jsonl")[:30])
    articles = _lines(labels / "articles.jsonl")
    chosen = [
        row for part in ("training", "development") for row in [r for r in articles if r["part"] == part][:5]
    ]
    write_lines(root / "labels" / "articles.jsonl", chosen)
    write_lines(root / "outside.jsonl", outside_rows())
    return root


def request(**changes: Any) -> Request:
    """An evaluation of the small project."""
    root = project()
    usual = {"model": MODEL, "root": root, "cache": root / "cache", "data": [root / "outside.jsonl"]}
    return Request(**{**usual, "out": root / "report", **changes})


@functools.cache
def first_report() -> Report:
    """The small project's report, written into its folder."""
    report = evaluate(request())
    write_report(report, project() / "report")
    return report


def test_every_item_has_one_sample_with_its_answer_and_neighbours() -> None:
    report = first_report()
    rows = _lines(project() / "report" / "samples.jsonl")
    assert len(rows) == sum(block["n"] for block in report.results["sets"].values())
    seeds = [row for row in rows if row["set"] == "seeds"]
    assert {row["id"] for row in seeds} == {item.id for item in read_labels(ROOT / "labels" / "seeds.jsonl")}
    for row in seeds:
        assert row["predicted"] == max(row["probabilities"], key=row["probabilities"].get)
        assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-5)
        assert len(row["nearest"]) == 3


def test_no_neighbour_was_left_out_of_its_fold() -> None:
    rows = [row for row in _lines(project() / "report" / "samples.jsonl") if row["set"] == "seeds"]
    group = {row["id"]: row["group"] for row in rows}
    for row in rows:
        assert row["group"] not in {group.get(n["id"]) for n in row["nearest"]}


def test_samples_read_back_match_by_set_id_and_text() -> None:
    report = first_report()
    earlier = read_samples(project() / "report" / "samples.jsonl")
    for judged in report.sets:
        places, probabilities = earlier.matching(judged)
        assert places == list(range(len(judged.items)))
        assert probabilities == pytest.approx(judged.model.probabilities, abs=1e-6)


def test_a_bad_sample_is_named_by_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "samples.jsonl"
    bad.write_text('{"set": "seeds", "id": "1", "text": "x", "probabilities": {}}\n{"id": 2}\n', encoding="utf-8")
    with pytest.raises(SamplesError, match=r"line 2: not a sample .* expected a JSON object with set, id"):
        read_samples(bad)
    with pytest.raises(SamplesError, match=r"missing\.jsonl: no such file; expected"):
        read_samples(tmp_path / "missing.jsonl")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(SamplesError, match="can't be read"):
        read_samples(tmp_path / "bytes")


def test_outside_sets_get_names_of_their_own() -> None:
    paths = [Path("a/mine.csv"), Path("b/mine.csv"), Path("seeds.jsonl")]
    assert unique_names(paths, taken=["seeds"]) == ["mine", "mine-2", "seeds-2"]
