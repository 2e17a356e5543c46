"""An article's text cut at the edges of its quotations; spans may nest and overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from classifier.schema import Quotation, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_CLOSING = re.compile(r"[”’\"'»]{0,2}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text between two edges; ``quotations`` are those that cover it, the shortest first."""

    start: int
    end: int
    quotations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The place right after a quotation, closing marks included: where its stance is told."""

    quotation: int


Piece = Stretch | Note


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    quotation: int


def paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that say something, without their ends."""
    return [Span(*match.span()) for match in _LINE.finditer(text) if match.group().strip()]


def _parts(text: str, quotations: Sequence[Quotation]) -> list[_Part]:
    """The parts of all quotations, cut to the text: a span from elsewhere must not break a page."""
    cut = (
        _Part(max(0, part.start), min(len(text), part.end), place)
        for place, quotation in enumerate(quotations)
        for part in quotation.parts
    )
    return [part for part in cut if part.start < part.end]


def _note_places(text: str, quotations: Sequence[Quotation], parts: Sequence[_Part]) -> dict[int, int]:
    """Where each quotation's note goes, by quotation; every quotation gets one."""
    ends = {place: min(max(0, q.context.start), len(text)) for place, q in enumerate(quotations)}
    for part in parts:
        closing = _CLOSING.match(text, part.end)
        ends[part.quotation] = closing.end() if closing else part.end
    return ends


def _cut(span: Span, parts: Sequence[_Part], notes: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Cut one paragraph; ``notes`` are ``(place, quotation)``."""
    opens: dict[int, list[_Part]] = defaultdict(list)
    closes: dict[int, list[_Part]] = defaultdict(list)
    for part in parts:
        opens[max(part.start, span.start)].append(part)
        closes[min(part.end, span.end)].append(part)
    told: dict[int, list[int]] = defaultdict(list)
    for place, quotation in notes:
        told[min(max(place, span.start), span.end)].append(quotation)
    active: dict[_Part, None] = {}
    last = span.start
    for edge in sorted({span.start, span.end, *opens, *closes, *told}):
        if last < edge:
            covering = sorted(active, key=lambda part: part.end - part.start)
            yield Stretch(last, edge, tuple(dict.fromkeys(part.quotation for part in covering)))
        yield from (Note(quotation) for quotation in told[edge])
        for part in closes[edge]:
            active.pop(part, None)
        active |= dict.fromkeys(opens[edge])
        last = edge


def marked(text: str, quotations: Sequence[Quotation]) -> list[tuple[Span, list[Piece]]]:
    """Return each paragraph with its pieces in order.

    The stretches of a paragraph together are its text exactly; every quotation has one :class:`Note`.
    """
    lines = paragraphs(text)
    starts = [line.start for line in lines]
    parts = _parts(text, quotations)
    own: dict[int, list[_Part]] = defaultdict(list)
    for part in parts:
        for row in range(max(0, bisect_left(starts, part.start + 1) - 1), bisect_left(starts, part.end)):
            if lines[row].end > part.start:
                own[row].append(part)
    notes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for quotation, place in _note_places(text, quotations, parts).items():
        notes[max(0, bisect_left(starts, place) - 1)].append((place, quotation))
    return [(line, list(_cut(line, own[row], notes[row]))) for row, line in enumerate(lines)]
