"""Model folders: numbers and text only, described by a manifest, verified before anything is opened.

A folder holds ``manifest.json`` and one subfolder named in it with the files. Nothing outside the folder
is read, whatever its manifest says. Writing one is ``classifier/training/folder.py``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifier.errors import ModelError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
#: Largest manifest read, in bytes; one that training writes has some thousand.
MAX_MANIFEST: Final = 1024 * 1024

#: Bytes hashed at a time: each turn waits for whatever is being imported meanwhile.
HASHED: Final = 8 * 1024 * 1024

#: What a model's subfolder is called: the first digits of the hash of its list of files.
FOLDER: Final = re.compile(r"[0-9a-f]{12}")
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A verified model folder: where its files lie, and what its manifest says."""

    root: Path
    files: Path
    manifest: Mapping[str, Any]
    digest: str

    def path(self, name: str) -> Path:
        """Return the path of one of the model's files.

        Raises:
            ModelError: the manifest lists no such file.
        """
        if name not in self.manifest["files"]:
            raise ModelError(f"{self.root / MANIFEST}: lists no file {name!r}; train the model again")
        return self.files / name


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn whatever a library says about a file that it can't open into the project's own error."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise ModelError(f"{path}: no part of a model that training wrote ({said:.200}); train it again") from None


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(HASHED):
            digest.update(block)
    return digest.hexdigest()


def _checked_manifest(root: Path, data: bytes) -> dict[str, Any]:
    """Parse the manifest and check its own digest, its format and its shape."""
    place = root / MANIFEST
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ModelError(f"{place}: damaged: not a manifest; copy the model folder again, or train a new one")
    if manifest["format"] > FORMAT:
        raise ModelError(
            f"{place}: format {manifest['format']} is newer than this version reads ({FORMAT}); update the package"
        )
    claimed = manifest.pop("sha256", None)
    try:
        written = with_digest(manifest)
    except ValueError:  # half a surrogate pair
        written = b""
    if claimed != hashlib.sha256(written and canonical(manifest)).hexdigest():
        raise ModelError(f"{place}: damaged: its contents don't match its own sha256; copy the model folder again")
    if data != written:
        raise ModelError(f"{place}: damaged: not as it was written; copy the model folder again")
    wrong = _wrong_shape(manifest)
    if wrong:
        raise ModelError(f"{place}: {wrong}; this isn't a model that training wrote")
    return manifest


def _wrong_shape(manifest: Mapping[str, Any]) -> str:
    """Say what in a manifest would lead out of its folder, or nowhere; empty where all is well."""
    folder, files, classes = manifest.get("folder"), manifest.get("files"), manifest.get("classes")
    if not isinstance(folder, str) or not FOLDER.fullmatch(folder):
        return f"field 'folder': found {folder!r:.60}, expected 12 hex digits"
    if not isinstance(files, dict) or not files:
        return "field 'files': expected the model's files with their hashes"
    for name, entry in files.items():
        if not _NAME.fullmatch(name):
            return f"field 'files': found {name!r:.60}, expected a plain file name"
        if not isinstance(entry, dict) or not isinstance(entry.get("sha256"), str):
            return f"field 'files': {name} has no sha256"
    if not isinstance(classes, list) or len(classes) < 2 or not all(isinstance(c, str) for c in classes):
        return "field 'classes': expected the names of at least two stances"
    return ""


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest, or a part of one, as its hashes are taken: the same bytes for the same contents."""
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1).encode()


def with_digest(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes of a manifest file: ``manifest`` with the hash of itself."""
    digest = hashlib.sha256(canonical(manifest)).hexdigest()
    return canonical({**manifest, "sha256": digest}) + b"\n"


def open_model(root: Path) -> ModelFolder:
    """Read a model folder's manifest and verify every file it lists.

    Raises:
        ModelError: no model there, a newer format, or a file that is missing or changed (named).
    """
    data = _read_manifest(root)
    manifest = _checked_manifest(root, data)
    folder = root / manifest["folder"]
    for name, entry in manifest["files"].items():
        _verify(folder / name, entry["sha256"])
    return ModelFolder(root, folder, manifest, hashlib.sha256(data).hexdigest())


def _read_manifest(root: Path) -> bytes:
    place = root / MANIFEST
    try:
        with place.open("rb") as file:
            data = file.read(MAX_MANIFEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(
            f"no trained model in {root}; make one with: python -m classifier.train --out {root}"
        ) from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{place}: can't be read: {getattr(error, 'strerror', error)}") from None
    if len(data) > MAX_MANIFEST:
        raise ModelError(f"{place}: damaged: larger than {MAX_MANIFEST:,} bytes; copy the model folder again")
    return data


def _verify(path: Path, expected: str) -> None:
    """Check one file's hash; a link or a pipe could lead out of the folder and isn't opened at all."""
    if path.is_symlink() or path.parent.is_symlink() or (path.exists() and not path.is_file()):
        raise ModelError(f"{path}: is not a plain file; copy the model folder again, with its links resolved")
    try:
        found = sha256(path)
    except OSError as error:
        raise ModelError(f"{path}: can't be read: {error.strerror}; copy the model folder again") from None
    if found != expected:
        raise ModelError(
            f"{path}: damaged: its sha256 is {found[:12]}…, expected {expected[:12]}…; "
            "copy the model folder again, or train a new one"
        )


def default_model() -> Path:
    """Return the model folder used when none is named.

    ``CLASSIFIER_MODEL``, else ``models/local`` of this checkout where it exists, else the one that ships.
    """
    named = os.environ.get("CLASSIFIER_MODEL")
    if named:
        return Path(named)
    package = Path(__file__).resolve().parent
    models = package.parent / "models"
    for folder in (models / "local", models / "stance"):
        if (folder / MANIFEST).is_file():
            return folder
    return package / "shipped"
