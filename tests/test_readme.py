"""What the README and the help texts say is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^  python -m classifier\.(\w+) (.*)$", re.MULTILINE)


def test_the_output_on_the_first_screen_is_what_the_command_prints(command: Run) -> None:
    shown = re.findall(r"<!-- output: python -m classifier\.(\w+) (.*) -->\n```\n(.*?)\n```", README, re.DOTALL)
    assert shown
    for name, arguments, output in shown:
        assert command(name, *shlex.split(arguments)).stdout.decode().strip() == output.strip()


def test_the_python_of_the_readme_runs(root: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True)


def words_of(arguments: str, root: Path) -> list[str]:
    """The words of an example, without redirections, its patterns expanded as a shell would."""
    words = shlex.split(re.sub(r" [<>] \S+", "", arguments))
    expanded = [[str(p.relative_to(root)) for p in sorted(root.glob(w))] if "*" in w else [w] for w in words]
    return [word for some in expanded for word in some]


@pytest.mark.parametrize("name", ["predict", "extract"])
def test_every_example_of_the_help_runs(command: Run, root: Path, name: str) -> None:
    examples = [arguments for _, arguments in EXAMPLE.findall(command(name, "--help").stdout.decode())]
    assert examples
    for arguments in examples:
        stdin = b'{"id": 1, "text": "Build the wall."}\n' if " < " in arguments else b""
        assert command(name, *words_of(arguments, root), stdin=stdin).returncode == 0, arguments


def test_every_module_of_the_map_exists(root: Path) -> None:
    table = README.split("## A map of the code")[1].split("\n## ")[0]
    for path in re.findall(r"`((?:classifier|eval|labels|seeds)/[\w./]*)`", table):
        assert (root / path).exists(), path
