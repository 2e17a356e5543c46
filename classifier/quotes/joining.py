"""Join the parts of one quotation: split by its reporting clause, or run over several paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .readings import Reading


def joined(readings: Iterable[Reading]) -> list[list[Reading]]:
    """Readings in groups, a group a quotation; the first of a group carries the speaker."""
    groups: list[list[Reading]] = []
    for reading in readings:
        if groups and _goes_on(groups[-1], reading):
            groups[-1].append(reading)
        else:
            groups.append([reading])
    return groups


def _goes_on(group: list[Reading], reading: Reading) -> bool:
    last = group[-1]
    if reading.finding is None or last.finding is None:
        return reading.stretch.continues and reading.finding is last.finding
    if reading.stretch.continues:
        return _same_speaker(last, reading) or reading.finding.rule == "continued"
    if not _same_speaker(last, reading) or (last.place.fragment and last.place.at > 0):
        return False
    if reading.sentence is last.sentence:
        return _split(last, reading)
    return reading.finding.rule == "sentence-before-quoted" and reading.place.parsed.shape.strip(".") == "Q"


def _same_speaker(one: Reading, other: Reading) -> bool:
    first, second = one.finding, other.finding
    return bool(first and second and first.parsed is second.parsed and first.speaker == second.speaker)


def _split(last: Reading, reading: Reading) -> bool:
    """Whether only a reporting clause stands between two parts in one sentence: “…,” NAME said, “…”."""
    shape = last.place.parsed.shape
    between = shape[last.place.at + 1 : reading.place.at]
    cue = last.finding.cue if last.finding else None
    if cue is None or not last.place.at < cue < reading.place.at or "Q" in between:
        return False
    return between[-1:] in {",", ":", "-"} or shape[reading.place.at - 1] == "V"
