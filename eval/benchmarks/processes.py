"""Whole processes measured: wall time, processor time, peak memory; two of them turn by turn."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the wall, seconds of processor, peak memory in MB (10^6 bytes), what it printed."""

    wall: float
    cpu: float
    memory: float
    out: bytes


def measure(command: Sequence[str], *, stdin: Path | None = None, cwd: Path | None = None) -> Run:
    """Run a command to its end.

    The process that calls this must itself be small: a child's peak memory counts from its parent's.

    Raises:
        RuntimeError: the command failed; with what it said.
    """
    with open(stdin or os.devnull, "rb") as source:  # noqa: PTH123
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, env=_environment()
        )
        out = process.stdout.read() if process.stdout else b""
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}: {said.decode()[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, out)


def _environment() -> Mapping[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def side_by_side(commands: Mapping[str, Sequence[str]], *, repeats: int, cwd: Path) -> dict[str, list[Run]]:
    """Run the commands turn by turn, so that whatever else the machine does befalls all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            runs[name].append(measure(command, cwd=cwd))
    return runs


def median(values: Sequence[float]) -> float:
    """Return the middle value, the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]


def machine() -> str:
    """Describe the machine: processor, cores, memory, system, Python."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {sys.version.split()[0]}; load when begun {load:.1f}"
    )
