"""What the tests share: the project's folders, the model that ships, and a small model trained in seconds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The model folder in the repository."""
    return ROOT / "models" / "stance"


@pytest.fixture
def command() -> Run:
    """Run ``python -m classifier.NAME`` as people do, in a process of its own."""

    def run(
        name: str, *arguments: str, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        import os

        env = {**os.environ, "CLASSIFIER_MODEL": str(ROOT / "models" / "stance"), **environment}
        return subprocess.run(
            [sys.executable, "-m", f"classifier.{name}", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env=env,
            timeout=120,
            check=False,
        )

    return run
