"""The documents build without a warning, name everything there is, and their code runs.

A block is run unless the line above it says otherwise: ``% slow: WHY`` is run with ``pytest -m slow`` and
otherwise only parsed, ``% checked, not run: WHY`` is only ever parsed.
"""

from __future__ import annotations

import dataclasses
import html
import importlib
import importlib.util
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT

import classifier
import classifier.errors
import classifier.schema
import classifier.tables

DOCS = ROOT / "classifier" / "docs"
#: Pages written for the documentation; those in ``cards/`` show papers that stand elsewhere.
PAGES = sorted(path for path in DOCS.rglob("*.md") if not {"cards", "_build"} & set(path.parts))
BLOCK = re.compile(r"(?:^% ([^\n]*)\n)?^```(bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDED = ("furo", "matplotlib", "myst_parser", "pandas", "sklearn", "sphinx", "sphinxcontrib.programoutput")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name.partition(".")[0]) is None]
#: Keys pressed where a page labels quotations: more than there are.
ANSWERS = b"1\n2\n3\n" * 40


@dataclass(frozen=True)
class Block:
    mark: str
    language: str
    code: str

    @property
    def runs(self) -> bool:
        return not self.mark

    @property
    def slow(self) -> bool:
        return self.mark.startswith("slow: ")


def blocks_of(page: Path) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page.read_text("utf-8"))]


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).with_suffix("").as_posix()


WITH_CODE = [page for page in PAGES if any(block.runs for block in blocks_of(page))]
WITH_SLOW_CODE = [page for page in PAGES if any(block.slow for block in blocks_of(page))]
COMMANDS = [
    *(
        f"classifier.{path.stem}"
        for path in sorted((ROOT / "classifier").glob("*.py"))
        if "\ndef parser()" in path.read_text("utf-8")
    ),
    "classifier.corpus.__main__",
    "eval.__main__",
]


def follow(page: Path, project: Path, *, slow: bool) -> None:
    """Do what a page says, block by block, in a copy of the project."""
    environment = {k: v for k, v in os.environ.items() if k != "CLASSIFIER_MODEL"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    for block in blocks_of(page):
        if not (block.runs or (slow and block.slow)):
            continue
        words = ["bash", "-euo", "pipefail", "-c"] if block.language == "bash" else [sys.executable, "-c"]
        done = subprocess.run(
            [*words, block.code], cwd=project, env=environment, input=ANSWERS, capture_output=True, check=False
        )
        assert done.returncode == 0, (block.code, done.stderr.decode()[-2000:])


@pytest.mark.parametrize("page", WITH_CODE, ids=name_of)
def test_the_code_of_a_page_runs(page: Path, small_project: Path) -> None:
    follow(page, small_project, slow=False)


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_SLOW_CODE, ids=name_of)
def test_the_slow_code_of_a_page_runs(page: Path, small_project: Path) -> None:
    follow(page, small_project, slow=True)


def check_line(line: str) -> None:
    """A command that isn't run is one that is understood: its options, extras and targets exist."""
    match shlex.split(line):
        case ["python", "-m", name, *arguments]:
            package = importlib.util.find_spec(name)
            module = f"{name}.__main__" if package and package.submodule_search_locations else name
            importlib.import_module(module).parser().parse_args(arguments)
        case ["pip", "install", what]:
            extras = re.fullmatch(r"\.\[([\w,]+)\]", what)
            known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
            assert extras is not None, line
            assert set(extras[1].split(",")) <= known.keys(), line
        case ["python3", "-m", "venv", ".venv"] | [".", ".venv/bin/activate"]:
            pass
        case _:
            pytest.fail(f"nothing checks this line: {line}")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_not_run_is_understood_and_says_why(page: Path) -> None:
    for block in blocks_of(page):
        assert block.runs or re.match(r"(slow|checked, not run): \w", block.mark), block
        for line in block.code.splitlines() if not block.runs else ():
            if line.startswith("python -m ") or not block.slow:
                check_line(line)


def test_a_line_with_a_wrong_option_is_not_understood() -> None:
    with pytest.raises(SystemExit):
        check_line("python -m classifier.train --lables mine.jsonl")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as HTML; a warning fails it."""
    if MISSING:
        pytest.skip(f"building needs {', '.join(MISSING)}; install them with: pip install '.[docs]'")
    out = tmp_path_factory.mktemp("docs")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(DOCS), str(out)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return out


def words_of(page: Path) -> str:
    """What a reader sees of a built page."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8")))


def test_the_reference_shows_every_option_of_every_command(built: Path) -> None:
    shown = words_of(built / "reference" / "commands.html")
    for command in COMMANDS:
        parser = importlib.import_module(command).parser()
        assert f"usage: {parser.prog} " in shown
        for option in parser._option_string_actions:
            assert option in shown, (command, option)


def test_the_reference_has_every_public_name(built: Path) -> None:
    page = (built / "reference" / "python.html").read_text("utf-8")
    names = [f"classifier.{name}" for name in classifier.__all__]
    for module in (classifier.errors, classifier.schema, classifier.tables):
        own = [
            value
            for name, value in inspect.getmembers(module)
            if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
        ]
        names += [
            f"{module.__name__}.{value.__name__}"
            for value in own
            if inspect.isfunction(value) or dataclasses.is_dataclass(value) or inspect.isclass(value)
        ]
    assert len(names) > 20
    assert [name for name in names if f'id="{name}"' not in page] == []


def test_the_tutorial_shows_an_abstention_where_it_says_so(built: Path) -> None:
    shown = words_of(built / "tutorial.html")
    assert "can't tell: off topic" in shown.split("something on another subject")[1].split("One article")[0]


def test_the_tutorial_names_the_quotation_that_the_model_is_least_sure_of(shipped: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "classifier.predict", "--model", str(shipped), "--article", "--json",
         "seeds/003_18455e297df3303e.txt"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    quotes = json.loads(done.stdout)[0]["quotes"]
    least = min(quotes, key=lambda quote: quote["probabilities"][quote["stance"]])
    assert f"“{least['text']}”" in (DOCS / "tutorial.md").read_text("utf-8").split("It is lowest for")[1][:60]


def test_the_tutorial_ends_in_a_chart(built: Path) -> None:
    assert re.search(r'<img[^>]*class="plot-directive"[^>]*tutorial', (built / "tutorial.html").read_text("utf-8"))
    assert any((built / "_images").glob("tutorial-*.png"))


def test_the_shown_outputs_are_those_of_the_code_as_it_is(built: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "classifier.predict", "--article", "seeds/003_18455e297df3303e.txt"],
        env={**os.environ, "CLASSIFIER_MODEL": str(ROOT / "models" / "stance"), "COLUMNS": "96"},
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode().strip() in words_of(built / "index.html")


def test_pages_name_no_place_outside_the_project() -> None:
    for page in PAGES:
        assert not re.search(r"/(?:tmp|work|home|root)/", page.read_text("utf-8")), page
