"""The scripts that count faults: they count what is there, and would tell of a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.training.folder import staging, write_model
from eval import faults
from eval.fuzz.__main__ import TARGETS as NAMED
from eval.fuzz.targets import TARGETS, guarded


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


@pytest.mark.slow
def test_memory_is_read_early_and_late(shipped: Path) -> None:
    first, last = faults.memory(shipped, quotations=300, early=100)
    assert 0 < first <= last * 1.2


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"{}", b"[1, 2", b's{"text": "a"}', "“a,” said Dana Ruiz.".encode()]
)
@pytest.mark.parametrize("name", TARGETS)
def test_every_fuzzing_target_takes_any_bytes(name: str, data: bytes) -> None:
    guarded(TARGETS[name])(data)


def test_the_fuzzing_command_names_every_target() -> None:
    assert tuple(TARGETS) == NAMED
