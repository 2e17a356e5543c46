"""Model folders: numbers and text only, described by a manifest, verified before anything is opened.

A folder holds ``manifest.json`` and one subfolder named in it with the files. Writing puts the new
subfolder beside the old one and then replaces the manifest in one step, so a crash at any moment leaves
either the old model whole or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifier.errors import ModelError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"


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


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked_manifest(root: Path, data: bytes) -> dict[str, Any]:
    """Parse the manifest and check its own digest, its format and its shape."""
    place = root / MANIFEST
    try:
        manifest = json.loads(data)
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ModelError(f"{place}: damaged: not a manifest; copy the model folder again, or train a new one")
    if manifest["format"] > FORMAT:
        raise ModelError(
            f"{place}: format {manifest['format']} is newer than this version reads ({FORMAT}); update the package"
        )
    claimed = manifest.pop("sha256", None)
    if claimed != hashlib.sha256(_canonical(manifest)).hexdigest():
        raise ModelError(f"{place}: damaged: its contents don't match its own sha256; copy the model folder again")
    if data != _with_digest(manifest):
        raise ModelError(f"{place}: damaged: not as it was written; copy the model folder again")
    return manifest


def _canonical(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1).encode()


def _with_digest(manifest: Mapping[str, Any]) -> bytes:
    digest = hashlib.sha256(_canonical(manifest)).hexdigest()
    return _canonical({**manifest, "sha256": digest}) + b"\n"


def open_model(root: Path) -> ModelFolder:
    """Read a model folder's manifest and verify every file it lists.

    Raises:
        ModelError: no model there, a newer format, or a file that is missing or changed (named).
    """
    try:
        data = (root / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(
            f"no trained model in {root}; make one with: python -m classifier.train --out {root}"
        ) from None
    except OSError as error:
        raise ModelError(f"{root / MANIFEST}: can't be read: {error.strerror}") from None
    manifest = _checked_manifest(root, data)
    folder = root / manifest["folder"]
    for name, entry in manifest["files"].items():
        try:
            found = sha256(folder / name)
        except OSError as error:
            raise ModelError(
                f"{folder / name}: can't be read: {error.strerror}; copy the model folder again"
            ) from None
        if found != entry["sha256"]:
            raise ModelError(
                f"{folder / name}: damaged: its sha256 is {found[:12]}…, expected {entry['sha256'][:12]}…; "
                "copy the model folder again, or train a new one"
            )
    return ModelFolder(root, folder, manifest, hashlib.sha256(data).hexdigest())


def write_model(root: Path, source: Path, about: Mapping[str, Any]) -> ModelFolder:
    """Move the files of ``source`` into the model folder ``root`` and describe them in its manifest.

    ``source`` is a folder on the same file system (make it with :func:`staging`); ``about`` is what the
    manifest says besides the files: classes, settings, hashes of labels, scores.
    """
    import shutil  # noqa: PLC0415  predicting doesn't write models

    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(source.iterdir())
        if path.is_file()
    }
    folder = hashlib.sha256(_canonical(files)).hexdigest()[:12]
    manifest = {**about, "format": FORMAT, "files": files, "folder": folder}
    target = root / folder
    if target.exists():
        shutil.rmtree(target)
    for path in source.iterdir():
        _sync(path)
    source.chmod(0o755)
    source.rename(target)
    temporary = root / f".{MANIFEST}.{os.getpid()}"
    temporary.write_bytes(_with_digest(manifest))
    _sync(temporary)
    temporary.replace(root / MANIFEST)
    for old in root.iterdir():
        if old.is_dir() and old != target and (len(old.name) == len(folder) or old.name.startswith(".staging-")):
            shutil.rmtree(old, ignore_errors=True)
    return open_model(root)


def staging(root: Path) -> Path:
    """Make an empty folder inside ``root`` in which a new model's files are put together."""
    import tempfile  # noqa: PLC0415

    root.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".staging-", dir=root))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


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
