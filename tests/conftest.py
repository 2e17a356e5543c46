"""What the tests share: the project's folders, the model that ships, and a small model trained in seconds."""

from __future__ import annotations

import csv
import json
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


#: Files that read one evaluated report, which takes longer to make than all that they ask of it.
SHARED = ("test_eval_project.py", "test_eval_report.py", "test_eval_browser.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each file to one process, as ``--dist loadfile`` does, and the files of ``SHARED`` to the same one."""
    from xdist.scheduler import LoadFileScheduling

    class ByReport(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return SHARED[0] if file.endswith(SHARED) else file

    return ByReport(config, log)


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


@pytest.fixture
def small_project(root: Path, tmp_path: Path) -> Path:
    """The project with every 60th of the written labels, and the files that the examples name."""
    for folder in ("classifier", "eval", "seeds", "labels"):
        leave = shutil.ignore_patterns("__pycache__", "reports", "_build")
        shutil.copytree(root / folder, tmp_path / folder, ignore=leave)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "stance").symlink_to(root / "models" / "stance")
    for name in ("authored", "articles", "off_topic", "pairs"):
        path = tmp_path / "labels" / f"{name}.jsonl"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:: 60 if name == "authored" else 8]), "utf-8")
    written = (root / "labels" / "authored.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in written[::150]]
    for name in ("mine.csv", "statements.csv"):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["text", "stance"], *([row["text"], row["stance"]] for row in rows)])
    (tmp_path / "debates.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path
