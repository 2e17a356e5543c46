"""What the tests would notice: ``python -m eval.mutation`` changes the code a little, many times, and counts.

The modules and their tests stand in ``pyproject.toml`` under ``tool.mutmut``; needs ``pip install '.[mutation]'``.
``python -m mutmut results`` then names the changes that no test noticed, ``… show NAME`` prints one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from classifier.commands import DONE, SOME_FAILED, run
from classifier.errors import ClassifierError

#: Least share of the changes that the tests of a module must notice.
LEAST: Final = 0.85
#: What mutmut calls a change that a test noticed.
_NOTICED: Final = frozenset({"killed", "timeout", "segfault", "suspicious", "caught by type check"})


class MutationError(ClassifierError):
    """The changes could not be tried."""


def shares(results: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Count by module from lines ``module.x_function__mutmut_1: killed``: noticed, and all.

    Raises:
        MutationError: a change was not tried.
    """
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in results:
        name, separator, status = line.strip().rpartition(": ")
        if not separator:
            continue
        if status == "not checked":
            raise MutationError(f"{name}: not tried; run python -m eval.mutation again, it goes on where it ended")
        found[name.rpartition(".")[0]][status in _NOTICED] += 1
    return {module: (counts[True], counts.total()) for module, counts in sorted(found.items())}


def table(counts: Mapping[str, tuple[int, int]]) -> str:
    """Lay out the shares, a line a module."""
    rows = [
        f"{module:32} {noticed:4} of {all_:4}  {noticed / all_:6.1%}" for module, (noticed, all_) in counts.items()
    ]
    return "\n".join(rows)


def _mutmut(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mutmut; one thread a process, because the changed code runs in forks."""
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1", "HYPOTHESIS_PROFILE": "quick"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.mutation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-run", action="store_true", help="only count what an earlier run found")
    options = parser.parse_args(arguments)
    if not options.no_run:
        done = _mutmut("run", "--max-children", str(options.processes))
        if done.returncode:
            raise MutationError(f"mutmut failed with status {done.returncode}: {done.stdout[-2000:]}")
    counts = shares(_mutmut("results", "--all", "true").stdout.splitlines())
    if not counts:
        raise MutationError("nothing was tried; is mutmut installed? pip install '.[mutation]'")
    print(table(counts))
    return DONE if all(noticed >= LEAST * all_ for noticed, all_ in counts.values()) else SOME_FAILED


if __name__ == "__main__":
    sys.exit(run(main))
