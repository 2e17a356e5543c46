"""What the README and the help texts say is what happens."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

import classifier.train
import eval.__main__

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^  python -m (?:classifier\.)?(\w+)(?: (.*))?$", re.MULTILINE)


def test_the_output_on_the_first_screen_is_what_the_command_prints(command: Run) -> None:
    shown = re.findall(r"<!-- output: python -m classifier\.(\w+) (.*) -->\n```\n(.*?)\n```", README, re.DOTALL)
    assert shown
    for name, arguments, output in shown:
        assert command(name, *shlex.split(arguments), COLUMNS="100").stdout.decode().strip() == output.strip()


def test_the_python_of_the_readme_runs(root: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True)


def words_of(arguments: str, root: Path) -> list[str]:
    """The words of an example, without redirections, its patterns expanded as a shell would."""
    words = shlex.split(re.sub(r" [<>] \S+", "", arguments))
    expanded = [[str(p.relative_to(root)) for p in sorted(root.glob(w))] if "*" in w else [w] for w in words]
    return [word for some in expanded for word in some]


def examples_of(command: Run, name: str) -> list[str]:
    """The arguments of every example that a command's help shows."""
    return [arguments for _, arguments in EXAMPLE.findall(command(name, "--help").stdout.decode())]


@pytest.mark.parametrize("name", ["predict", "extract"])
def test_every_example_of_the_help_runs(command: Run, root: Path, tmp_path: Path, name: str) -> None:
    examples = examples_of(command, name)
    assert examples
    (tmp_path / "quotes.csv").write_text("text\nBuild the wall.\n", "utf-8")
    for arguments in examples:
        stdin = b'{"id": 1, "text": "Build the wall."}\n' if " < " in arguments else b""
        files = (".html", ".csv")
        words = [str(tmp_path / word) if word.endswith(files) else word for word in words_of(arguments, root)]
        assert command(name, *words, stdin=stdin).returncode == 0, arguments


def test_every_example_of_labelling_runs(command: Run, small_project: Path) -> None:
    examples = examples_of(command, "label")
    assert len(examples) >= 5
    (small_project / "rules.md").write_text("For is for.\n", "utf-8")
    (small_project / "park.txt").write_text("“We love it,” said Ann Vance.\n", "utf-8")
    for arguments in examples:
        if "--import" in arguments:
            tasks = json.loads((small_project / "tasks.json").read_text("utf-8"))
            annotated = [{**task, "annotations": task["predictions"]} for task in tasks]
            (small_project / "annotated.json").write_text(json.dumps(annotated), "utf-8")
        words = words_of(re.sub(r" [<>] \S+", "", arguments), small_project)
        done = subprocess.run(
            [sys.executable, "-m", "classifier.label", *words],
            cwd=small_project, input=b"1\nq\n", capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (arguments, done.stderr.decode()[-2000:])


@pytest.mark.parametrize("parser", [classifier.train.parser, eval.__main__.parser])
def test_every_example_of_the_slow_commands_is_understood(parser: Callable[[], ArgumentParser]) -> None:
    examples = EXAMPLE.findall(parser().format_help())
    assert examples
    for _, arguments in examples:
        parser().parse_args(shlex.split(arguments))


@pytest.mark.slow
def test_every_example_of_the_slow_commands_runs(command: Run, small_project: Path) -> None:
    for name, module in (("train", "classifier.train"), ("eval", "eval")):
        shown = classifier.train.parser() if name == "train" else eval.__main__.parser()
        for _, arguments in EXAMPLE.findall(shown.format_help()):
            done = subprocess.run(
                [sys.executable, "-m", module, *shlex.split(arguments)],
                cwd=small_project, capture_output=True, check=False,
            )  # fmt: skip
            # a gate or a leak may fail on labels this few; only a usage error would be the example's fault
            assert done.returncode in (0, 1), (arguments, done.stderr.decode()[-2000:])
            latest = small_project / "eval" / "reports" / "latest"
            if latest.is_dir():
                shutil.copytree(latest, latest.parent / "main", dirs_exist_ok=True)


def test_every_module_of_the_map_exists(root: Path) -> None:
    table = README.split("## A map of the code")[1].split("\n## ")[0]
    for path in re.findall(r"`((?:classifier|eval|labels|seeds)/[\w./]*)`", table):
        assert (root / path).exists(), path
