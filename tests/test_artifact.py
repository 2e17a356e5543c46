"""Model folders: what was written is what is read, and a single changed byte is refused."""

import json
import random
from pathlib import Path

import pytest

from classifier import artifact
from classifier.artifact import ModelFolder, open_model, staging, write_model
from classifier.errors import ModelError


def make(root: Path, *, content: bytes = b"numbers" * 50) -> ModelFolder:
    folder = staging(root)
    (folder / "head.npz").write_bytes(content)
    (folder / "tokenizer.json").write_bytes(b"{}")
    return write_model(root, folder, {"classes": ["a", "b"], "note": "é"})


def test_a_written_folder_is_read_back(tmp_path: Path) -> None:
    written = make(tmp_path / "model")
    found = open_model(tmp_path / "model")
    assert found == written
    assert found.path("head.npz").read_bytes() == b"numbers" * 50
    assert found.manifest["classes"] == ["a", "b"]
    assert sorted(p.name for p in (tmp_path / "model").iterdir()) == sorted(
        ["manifest.json", found.manifest["folder"]]
    )


def test_a_new_model_replaces_the_old_one_and_leaves_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path)
    new = make(tmp_path, content=b"other")
    assert open_model(tmp_path) == new
    assert len(list(tmp_path.iterdir())) == 2


def test_every_flipped_byte_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    folder = make(tmp_path)
    rng = random.Random(0)
    for path in [tmp_path / "manifest.json", *folder.files.iterdir()]:
        data = path.read_bytes()
        for _ in range(60):
            place = rng.randrange(len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :])
            with pytest.raises(ModelError, match=path.name):
                open_model(tmp_path)
        path.write_bytes(data)
    assert open_model(tmp_path) == folder


def test_a_crash_before_the_manifest_leaves_the_old_model_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make(tmp_path)

    def crash(path: Path) -> None:
        if path.name.startswith(".manifest"):
            raise KeyboardInterrupt

    monkeypatch.setattr(artifact, "_sync", crash)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, content=b"new")
    assert open_model(tmp_path) == old


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "format 99 is newer than this version reads"),
        ({"format": "1"}, "not a manifest"),
    ],
)
def test_other_formats_are_refused_in_words(tmp_path: Path, change: dict[str, object], message: str) -> None:
    make(tmp_path)
    place = tmp_path / "manifest.json"
    place.write_text(json.dumps({**json.loads(place.read_text("utf-8")), **change}), "utf-8")
    with pytest.raises(ModelError, match=message):
        open_model(tmp_path)


def test_no_model_says_which_command_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"make one with: python -m classifier\.train"):
        open_model(tmp_path / "none")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = make(tmp_path)
    folder.path("head.npz").unlink()
    with pytest.raises(ModelError, match=r"head\.npz: can't be read"):
        open_model(tmp_path)
    with pytest.raises(ModelError, match="lists no file 'other'"):
        folder.path("other")
