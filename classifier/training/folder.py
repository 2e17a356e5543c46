"""Writing a model folder, so that a crash at any moment leaves either the old model whole or the new one.

The new subfolder is put beside the old one, then the manifest is replaced in one step. Nothing in the
folder is deleted that wasn't written here.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from classifier.artifact import FOLDER, FORMAT, MANIFEST, ModelFolder, canonical, open_model, sha256, with_digest

_STAGING: Final = re.compile(r"\.staging-(\d{1,9})-\w+")


def write_model(root: Path, source: Path, about: Mapping[str, Any]) -> ModelFolder:
    """Move the files of ``source`` into the model folder ``root`` and describe them in its manifest.

    ``source`` is a folder on the same file system (make it with :func:`staging`); ``about`` is what the
    manifest says besides the files: classes, settings, hashes of labels, scores.
    """
    files = _listed(source)
    folder = hashlib.sha256(canonical(files)).hexdigest()[:12]
    manifest = {**about, "format": FORMAT, "files": files, "folder": folder}
    target = root / folder
    if target.is_dir() and _listed(target) == files:
        _discard(source)  # the same bytes: taking the old ones away first would leave a moment without a model
    else:
        _discard(target)
        for path in source.iterdir():
            _sync(path)
        source.chmod(0o755)
        source.rename(target)
    temporary = root / f".{MANIFEST}.{os.getpid()}"
    temporary.write_bytes(with_digest(manifest))
    _sync(temporary)
    temporary.replace(root / MANIFEST)
    _sync(root)
    _sweep(root, target)
    return open_model(root)


def _listed(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def _sweep(root: Path, current: Path) -> None:
    """Delete replaced models and what killed trainings left; a folder named otherwise isn't ours."""
    for old in root.iterdir():
        left = _STAGING.fullmatch(old.name)
        replaced = old != current and FOLDER.fullmatch(old.name) and _is_model(old)
        if old.is_dir() and (replaced or (left and not _runs(int(left.group(1))))):
            _discard(old)
    for old in root.glob(f".{MANIFEST}.*"):
        if old.suffix[1:].isdecimal() and not _runs(int(old.suffix[1:])):
            old.unlink(missing_ok=True)


def _is_model(folder: Path) -> bool:
    """Tell whether a folder is named after its own contents, as only :func:`write_model` names them."""
    return folder.is_dir() and hashlib.sha256(canonical(_listed(folder))).hexdigest()[:12] == folder.name


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False  # its own training is done
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return process > 0


def _discard(folder: Path) -> None:
    """Delete a folder; renamed first, so that a crash half way leaves nothing that looks like a model."""
    if folder.is_dir() and not _STAGING.fullmatch(folder.name):
        folder = folder.rename(staging(folder.parent) / folder.name).parent
    shutil.rmtree(folder, ignore_errors=True)


def staging(root: Path) -> Path:
    """Make an empty folder inside ``root`` in which a new model's files are put together."""
    root.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".staging-{os.getpid()}-", dir=root))


def _sync(path: Path) -> None:
    """Have the disk hold what was written; a folder's entries count too, where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
