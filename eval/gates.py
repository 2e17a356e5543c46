"""Gates: named figures that must not fall beyond what noise explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.errors import ClassifierError
from eval.compare import Comparison
from eval.metrics import FIGURES, PER_CLASS


class GateError(ClassifierError):
    """A gate names no figure of the report."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One figure of one set under guard."""

    set: str
    figure: str
    passed: bool
    reason: str

    def as_json(self) -> dict[str, Any]:
        """As the report has it."""
        return {"set": self.set, "figure": self.figure, "passed": self.passed, "reason": self.reason}


def parse_gates(names: Sequence[str], *, sets: Sequence[str], labels: Sequence[str]) -> list[tuple[str, str]]:
    """Turn ``SET.FIGURE``, or ``FIGURE`` for every set, into pairs of set and figure.

    Raises:
        GateError: no such set or figure; lists those there are.
    """
    known = [*FIGURES, *(f"{part}:{label}" for part in PER_CLASS for label in labels)]
    pairs = []
    for name in names:
        place, dot, figure = name.rpartition(".")
        if figure not in known or (dot and place not in sets):
            raise GateError(
                f"--gate {name}: found no such figure; expected SET.FIGURE or FIGURE, with SET one of "
                f"{', '.join(sets)} and FIGURE one of {', '.join(known)}"
            )
        pairs += [(place, figure)] if dot else [(each, figure) for each in sets]
    return list(dict.fromkeys(pairs))


def check_gates(pairs: Sequence[tuple[str, str]], comparisons: Mapping[str, Comparison | None]) -> list[Gate]:
    """Judge each gate; with nothing to compare with, it passes and says so."""
    gates = []
    for name, figure in pairs:
        comparison = comparisons.get(name)
        if comparison is None:
            gates.append(Gate(name, figure, True, "nothing to compare with: no earlier answers to this set"))
            continue
        change = comparison.changes[figure]
        span = change.difference
        moved = f"{change.before:.3f} before, {change.now:.3f} now, p = {change.p:.3f} ({change.test})"
        if span.low is not None and span.high is not None:
            moved += f", difference {span.value:+.3f} ({span.low:+.3f} to {span.high:+.3f})"
        fell = change.verdict == "worse"
        gates.append(Gate(name, figure, not fell, f"{'fell beyond noise' if fell else change.verdict}: {moved}"))
    return gates
