"""Model folders: what was written is what is read, and a single changed byte is refused."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from classifier import artifact
from classifier.artifact import (
    FORMAT,
    MAX_MANIFEST,
    ModelFolder,
    canonical,
    default_model,
    open_model,
    sha256,
    with_digest,
)
from classifier.errors import ModelError
from classifier.training import folder as writing
from classifier.training.folder import staging, write_model


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

    monkeypatch.setattr(writing, "_sync", crash)
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


def redescribed(root: Path, **change: object) -> Path:
    """Change the manifest the way a forger would: with the hash made to fit."""
    place = root / "manifest.json"
    manifest = {**json.loads(place.read_text("utf-8")), **change}
    manifest.pop("sha256")
    place.write_bytes(with_digest(manifest))
    return root


@pytest.mark.parametrize(
    "change",
    [
        {"folder": "../elsewhere"},
        {"folder": 7},
        {"files": {}},
        {"files": []},
        {"files": {"../../passwd": {"sha256": "0"}}},
        {"files": {"/etc/passwd": {"sha256": "0"}}},
        {"files": {"head.npz": {}}},
        {"files": {"head.npz": None}},
        {"classes": None},
        {"classes": ["one"]},
        {"classes": [1, 2]},
    ],
)
def test_a_forged_manifest_leads_nowhere(tmp_path: Path, change: dict[str, object]) -> None:
    make(tmp_path)
    with pytest.raises(ModelError, match=rf"manifest\.json: field '{next(iter(change))}'"):
        open_model(redescribed(tmp_path, **change))


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[" * 200_000, b"{}", b'{"format": true}', b'{"format": 1, "a": "\\ud800", "sha256": ""}'],
)
def test_what_is_no_manifest_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    make(tmp_path)
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(ModelError, match=r"manifest\.json: damaged"):
        open_model(tmp_path)


def test_an_endless_manifest_is_not_read_to_its_end(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "manifest.json").symlink_to("/dev/zero")
    with pytest.raises(ModelError, match="larger than 1,048,576 bytes"):
        open_model(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = make(tmp_path / "model")
    outside = tmp_path / "outside.npz"
    folder.path("head.npz").rename(outside)
    folder.path("head.npz").symlink_to(outside)
    with pytest.raises(ModelError, match=r"head\.npz: is not a plain file"):
        open_model(tmp_path / "model")
    folder.path("head.npz").unlink()
    os.mkfifo(folder.path("head.npz"))
    with pytest.raises(ModelError, match=r"head\.npz: is not a plain file"):
        open_model(tmp_path / "model")


def test_a_model_written_again_is_whole_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(tmp_path)
    opened = []
    whole = Path.rename

    def watched(source: Path, target: Path) -> Path:
        opened.append(open_model(tmp_path))
        return whole(source, target)

    monkeypatch.setattr(Path, "rename", watched)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: opened.append(open_model(tmp_path)))
    make(tmp_path)
    assert opened
    assert set(map(repr, opened)) == {repr(first)}


def test_a_damaged_model_is_replaced_by_training_it_again(tmp_path: Path) -> None:
    folder = make(tmp_path)
    folder.path("head.npz").write_bytes(b"damage")
    assert make(tmp_path) == open_model(tmp_path)


def test_nothing_else_in_the_folder_is_deleted(tmp_path: Path) -> None:
    for name in ("my-documents", "0123456789ab", ".staging-notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.txt").write_text("years of work")
    make(tmp_path)
    make(tmp_path, content=b"other")
    assert len(list(tmp_path.glob("*/thesis.txt"))) == 3
    assert (tmp_path / ".staging-notes" / "thesis.txt").is_file()


def test_what_a_killed_training_left_is_cleared_away_and_a_running_one_is_not(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".staging-{int(dead.stdout)}-x"
    running = tmp_path / f".staging-{os.getppid()}-x"
    for folder in (left, running):
        folder.mkdir()
    make(tmp_path)
    assert (left.exists(), running.exists()) == (False, True)


def refused(root: Path) -> str:
    """What is said when the model in ``root`` is opened."""
    with pytest.raises(ModelError) as caught:
        open_model(root)
    return str(caught.value)


def test_the_manifest_is_sorted_json_with_the_hash_of_all_but_itself() -> None:
    body = b'{\n "a": "\xc3\xa9",\n "b": [\n  1\n ]\n}'
    digest = hashlib.sha256(body).hexdigest()
    assert canonical({"b": [1], "a": "é"}) == body
    expected = f'{{\n "a": "é",\n "b": [\n  1\n ],\n "sha256": "{digest}"\n}}\n'
    assert with_digest({"b": [1], "a": "é"}) == expected.encode()


def test_a_file_is_hashed_whole(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    # the example of FIPS 180-2
    assert sha256(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_opened_model_knows_its_places_and_its_digest(tmp_path: Path) -> None:
    make(tmp_path)
    found = open_model(tmp_path)
    assert found.root == tmp_path
    assert found.files == tmp_path / found.manifest["folder"]
    assert found.path("head.npz") == found.files / "head.npz"
    assert found.digest == hashlib.sha256((tmp_path / "manifest.json").read_bytes()).hexdigest()
    assert "sha256" not in found.manifest


def test_each_refusal_says_what_was_found_and_what_to_do(tmp_path: Path) -> None:
    folder = make(tmp_path)
    place, head = tmp_path / "manifest.json", folder.path("head.npz")
    whole, numbers = place.read_bytes(), head.read_bytes()
    with pytest.raises(ModelError) as caught:
        folder.path("other")
    assert str(caught.value) == f"{place}: lists no file 'other'; train the model again"

    head.write_bytes(b"damage")
    expected = hashlib.sha256(numbers).hexdigest()[:12]
    assert refused(tmp_path) == (
        f"{head}: damaged: its sha256 is {hashlib.sha256(b'damage').hexdigest()[:12]}…, expected {expected}…; "
        "copy the model folder again, or train a new one"
    )
    head.unlink()
    assert refused(tmp_path) == f"{head}: can't be read: No such file or directory; copy the model folder again"
    head.mkdir()
    assert refused(tmp_path) == (
        f"{head}: is not a plain file; copy the model folder again, with its links resolved"
    )

    place.write_bytes(b"[]")
    assert refused(tmp_path) == (
        f"{place}: damaged: not a manifest; copy the model folder again, or train a new one"
    )
    place.write_bytes(whole.replace(b'"note"', b'"mote"'))
    assert refused(tmp_path) == (
        f"{place}: damaged: its contents don't match its own sha256; copy the model folder again"
    )
    place.write_bytes(whole + b"\n")
    assert refused(tmp_path) == f"{place}: damaged: not as it was written; copy the model folder again"
    place.write_bytes(whole)
    redescribed(tmp_path, format=FORMAT + 1)
    assert refused(tmp_path) == (f"{place}: format 2 is newer than this version reads (1); update the package")
    place.write_bytes(b" " * (MAX_MANIFEST + 1))
    assert refused(tmp_path) == f"{place}: damaged: larger than 1,048,576 bytes; copy the model folder again"
    place.unlink()
    place.mkdir()
    assert refused(tmp_path) == f"{place}: can't be read: Is a directory"
    place.rmdir()
    absent = f"no trained model in {tmp_path}; make one with: python -m classifier.train --out {tmp_path}"
    assert refused(tmp_path) == absent
    (tmp_path / "file").touch()
    assert refused(tmp_path / "file").startswith(f"no trained model in {tmp_path / 'file'};")
    assert refused(Path("nul\0")) == "nul\0/manifest.json: can't be read: embedded null byte"


def test_the_largest_manifest_is_read(tmp_path: Path) -> None:
    make(tmp_path)
    redescribed(tmp_path, note="")
    room = MAX_MANIFEST - (tmp_path / "manifest.json").stat().st_size
    redescribed(tmp_path, note="x" * room)
    assert (tmp_path / "manifest.json").stat().st_size == MAX_MANIFEST
    assert open_model(tmp_path).manifest["note"] == "x" * room
    redescribed(tmp_path, note="x" * (room + 1))
    assert "larger than" in refused(tmp_path)


LONG = "/" + "x" * 100


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"folder": LONG}, f"field 'folder': found {repr(LONG)[:60]}, expected 12 hex digits"),
        ({"folder": "0123456789abc"}, "field 'folder': found '0123456789abc', expected 12 hex digits"),
        ({"folder": None}, "field 'folder': found None, expected 12 hex digits"),
        ({"files": []}, "field 'files': expected the model's files with their hashes"),
        ({"files": {}}, "field 'files': expected the model's files with their hashes"),
        ({"files": {LONG: {}}}, f"field 'files': found {repr(LONG)[:60]}, expected a plain file name"),
        ({"files": {"head.npz": []}}, "field 'files': head.npz has no sha256"),
        ({"files": {"head.npz": {"sha256": 7}}}, "field 'files': head.npz has no sha256"),
        ({"classes": ["one"]}, "field 'classes': expected the names of at least two stances"),
        ({"classes": "ab"}, "field 'classes': expected the names of at least two stances"),
        ({"classes": ["a", 2]}, "field 'classes': expected the names of at least two stances"),
    ],
)
def test_what_is_wrong_in_a_manifest_is_said(tmp_path: Path, change: dict[str, object], message: str) -> None:
    make(tmp_path)
    redescribed(tmp_path, **change)
    place = tmp_path / "manifest.json"
    assert refused(tmp_path) == f"{place}: {message}; this isn't a model that training wrote"


def test_a_linked_subfolder_is_not_followed(tmp_path: Path) -> None:
    folder = make(tmp_path / "model")
    folder.files.rename(tmp_path / "elsewhere")
    folder.files.symlink_to(tmp_path / "elsewhere")
    assert "is not a plain file" in refused(tmp_path / "model")


def test_a_manifest_without_a_hash_of_its_own_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    place = tmp_path / "manifest.json"
    manifest = json.loads(place.read_bytes())
    del manifest["sha256"]
    place.write_bytes(canonical(manifest) + b"\n")
    assert "don't match its own sha256" in refused(tmp_path)
    # half a surrogate pair has no bytes to hash: not even the hash of nothing vouches for it
    surrogate = json.dumps({"format": 1, "a": "\ud800", "sha256": hashlib.sha256(b"").hexdigest()})
    place.write_text(surrogate, "ascii")
    assert "damaged: not as it was written" in refused(tmp_path)


def test_the_model_is_looked_for_where_people_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifact, "__file__", str(tmp_path / "classifier" / "artifact.py"))
    monkeypatch.setenv("CLASSIFIER_MODEL", "")
    assert default_model() == tmp_path / "classifier" / "shipped"
    for name in ("stance", "local"):
        (tmp_path / "models" / name).mkdir(parents=True)
        assert default_model() != tmp_path / "models" / name
        (tmp_path / "models" / name / "manifest.json").touch()
        assert default_model() == tmp_path / "models" / name
    monkeypatch.setenv("CLASSIFIER_MODEL", "some/where")
    assert default_model() == Path("some/where")
    monkeypatch.delenv("CLASSIFIER_MODEL")
    assert default_model() == tmp_path / "models" / "local"
