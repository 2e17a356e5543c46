"""What is slow and depends on content alone is kept: embeddings by text, fitted folds by their inputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final, Protocol

import joblib
import numpy as np
from numpy.typing import NDArray

from classifier.stance.encoder import Pair

#: Raised whenever what is kept is made in another way.
VERSION: Final = 3

#: What reading raises where nothing is kept yet, or where a run was cut off: it is then made anew.
DAMAGED: Final = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, UnpicklingError)

Embeddings = NDArray[np.float32]


class Encodes(Protocol):
    """Whatever turns quotations with their contexts into embeddings ``(n, dim)``."""

    def encode(self, pairs: Sequence[Pair]) -> Embeddings:
        """Return the embeddings in the order of ``pairs``."""


def _key(pair: Pair) -> bytes:
    text, context = pair
    return hashlib.sha256(f"{len(text)}:{text}{context or ''}".encode("utf-8", "surrogatepass")).digest()


class CachedEncoder:
    """An encoder that reads each quotation once, for good.

    Args:
        folder: where the embeddings are kept.
        name: what tells this encoder from others: a hash of its weights.
        make: opens the encoder; called only when a text is new.
    """

    def __init__(self, folder: Path, name: str, make: Callable[[], Encodes]) -> None:
        self._file = folder / f"embeddings-{name[:16]}.joblib"
        self._make = make
        self._encoder: Encodes | None = None
        self._known: dict[bytes, Embeddings] | None = None

    def _read(self) -> dict[bytes, Embeddings]:
        try:
            keys, rows = joblib.load(self._file)
        except DAMAGED:
            return {}
        return dict(zip(keys, rows, strict=True))

    def _write(self) -> None:
        known = self._known or {}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._file.with_suffix(".new")
        joblib.dump((list(known), np.stack(list(known.values()))), temporary)
        temporary.replace(self._file)

    def encode(self, pairs: Sequence[Pair]) -> Embeddings:
        """Return float32 embeddings, ``(len(pairs), dim)``, in order."""
        if self._known is None:
            self._known = self._read()
        keys = [_key(pair) for pair in pairs]
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in self._known}
        if new:
            if self._encoder is None:
                self._encoder = self._make()
            self._known |= dict(zip(new, self._encoder.encode(list(new.values())), strict=True))
            self._write()
        return np.stack([self._known[key] for key in keys]) if keys else np.empty((0, 0), np.float32)


def contents(items: Iterable[object], *fields: str) -> str:
    """Return a hash of what stands in some fields of all items: joblib's takes seconds over as many objects."""
    rows = [[getattr(item, field) for field in fields] for item in items]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def kept(folder: Path, name: str, inputs: Any, make: Callable[[], Any]) -> Any:
    """Return ``make()``, kept under the hash of ``inputs`` (anything joblib can hash)."""
    file = folder / f"{name}-{joblib.hash((VERSION, inputs))}.joblib"
    try:
        return joblib.load(file)
    except DAMAGED:
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(".new")
        joblib.dump(made, temporary)
        temporary.replace(file)
        return made
