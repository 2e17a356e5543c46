"""The scripts that count faults: they count what is there, and would tell of a fault."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from classifier.training.folder import staging, write_model
from eval import faults
from eval.fuzz.__main__ import TARGETS as NAMED
from eval.fuzz.targets import EXAMPLES, TARGETS, guarded


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = staging(tmp_path)
    (folder / "head.npz").write_bytes(b"numbers" * 50)
    (folder / "tokenizer.json").write_bytes(b"{}")
    write_model(tmp_path, folder, {"classes": ["a", "b"]})
    return tmp_path


def test_flips_try_every_file_and_leave_the_model_alone(small: Path) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    found = list(faults.flips(small, places=40))
    assert len(found) == 40
    assert {name for name, _ in found} == {"manifest.json", "head.npz", "tokenizer.json"}
    assert all(refused for _, refused in found)
    assert before == {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}


def test_a_flip_that_is_not_refused_fails_the_command(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faults.main(["flips", "--times", "5", "--model", str(small)]) == 0
    assert "5 of 5 changed bytes refused" in capsys.readouterr().out
    real = faults.open_model
    monkeypatch.setattr("classifier.artifact._verify", lambda *_: None)
    assert real(small)
    assert faults.main(["flips", "--times", "5", "--model", str(small)]) == 1
    assert "2 of 5 changed bytes refused" in capsys.readouterr().out  # both in the manifest, which guards itself


@pytest.mark.slow
def test_a_killed_saving_leaves_a_model_that_predicts(shipped: Path) -> None:
    assert {answer for _, answer in faults.kills(shipped, moments=3)} <= {"old", "new"}


def test_memory_is_read_early_and_late_and_its_growth_fails_the_command(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = faults.memory(shipped, quotations=200, early=100, repeat=20)
    assert 0 < first <= last * 1.2
    for grown, status in ((1050, 0), (1051, 1)):
        monkeypatch.setattr(faults, "memory", lambda *_, last=grown, **__: (1000, last))
        assert faults.main(["memory", "--model", str(shipped)]) == status
    assert (
        "after 300,000 (from the second thousand on each text 64 times in a row): 1.051" in capsys.readouterr().out
    )


def test_the_texts_of_a_long_day_differ_at_first_and_then_come_in_runs() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as answers:
        faults._feed(writing, 10, 4, 3)
        os.close(writing)
        texts = [json.loads(line)["text"] for line in answers]
    assert [texts.count(text) for text in dict.fromkeys(texts)] == [1, 1, 1, 1, 3, 3]


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"{}", b"[1, 2", b's{"text": "a"}', "“a,” said Dana Ruiz.".encode()]
)
@pytest.mark.parametrize("name", TARGETS)
def test_every_fuzzing_target_takes_any_bytes(name: str, data: bytes) -> None:
    guarded(TARGETS[name])(data)


def test_the_fuzzing_command_names_every_target() -> None:
    assert tuple(TARGETS) == NAMED


def test_every_target_begins_with_inputs_that_it_takes() -> None:
    assert list(EXAMPLES) == list(TARGETS)
    for name, examples in EXAMPLES.items():
        for example in examples:
            guarded(TARGETS[name])(example)
