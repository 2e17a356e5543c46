"""What the tests share: the project's folders, the model that ships, and a small model trained in seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
#: ``HYPOTHESIS_PROFILE=thorough`` for the figure in .github/SECURITY.md; ``quick`` is for mutation testing, which
#: runs the tests a thousand times.
for name, examples in (("quick", 20), ("default", 200), ("thorough", 10_000)):
    settings.register_profile(
        name, max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: Screens on which pages are tested, in CSS pixels.
WIDTHS = {"desktop": (1280, 900), "phone": (375, 812)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser, through Playwright."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; on Debian: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="pip install '.[browser]' for the browser test")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"], timeout=60_000
        )
        yield browser
        browser.close()


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
