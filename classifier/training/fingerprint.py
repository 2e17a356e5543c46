"""What a training depends on besides its labels: a fingerprint of the code that decides the outcome."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent
#: The modules of the stance channels that training shares with predicting.
_SHARED: Final = ("stance/head.py", "stance/lexical.py", "stance/text.py")


def _without_words(source: str) -> str:
    """Return a module's syntax without comments, docstrings and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [  # type: ignore[attr-defined]
                part for part in body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
            ]
    return ast.dump(tree)


def training_code() -> str:
    """Return a hash of the training's code: another one says that a model may come out differently."""
    paths = sorted((_PACKAGE / "training").glob("*.py")) + [_PACKAGE / name for name in _SHARED]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\n{_without_words(path.read_text(encoding='utf-8'))}\n".encode())
    return digest.hexdigest()
