"""Pair the quotation marks of an article: every stretch that stands between marks, and where it goes on.

Marks are paired inside a paragraph, so that a mark that was never closed can't swallow the rest of the
article. A stretch that is still open at the paragraph's end goes on only where the text says so: the
next paragraph opens again (the convention of newspapers) or the next marks are a closing one.
Everything is one pass; looking ahead is bounded, so time grows in proportion to length.
"""

# One pass, one loop.
# ruff: noqa: PLR0912
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

#: Double marks, LaTeX's doubled single marks, and single marks that may open; a new line ends a paragraph.
_MARK = re.compile("[\"“”„‟«»‹›\n\r\x0b\x0c\x85\u2028\u2029]|``|''|(?<![\\w.])['‘‚](?=[\\w“\"…])")
_NEWLINES = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_SINGLE_CLOSER = re.compile(r"(?<=\S)['’](?!\w)")
#: Words that begin with an apostrophe: no quotation opens there.
_ELISION = re.compile(r"['‘’](?:\d0s|em|til|tis|twas|cause|cuz|n|bout|round|neath|kay|nuff|ol|im|er)\b", re.I)
_BEFORE_OPENING = frozenset(" \t\xa0\u2009\u202f([{—–-/…“‘«„'\"‹>=*_")
_AFTER_CLOSING = frozenset(" \t\xa0\u2009\u202f.,;:!?)]}—–-/…”’»“'\"›<*_")
_OPENING_ONLY = frozenset("„‚‹«“‟‘")
#: An opening mark that is opened again after so few code points was a slip.
_SLIP = 12
#: How many paragraphs a quotation opened and closed once may run over.
_MAX_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between a pair of marks: ``start`` to ``end`` without them, ``outer_*`` with them.

    ``continues`` says that it carries on the stretch before it, from the paragraph before.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    single: bool = False
    continues: bool = False


class _Mark(NamedTuple):
    at: int
    end: int
    char: str
    opens: bool
    closes: bool


class _Paragraph(NamedTuple):
    start: int
    end: int
    stretches: list[Stretch]
    open_at_end: bool
    #: Where a closing mark stands that nothing in the paragraph opened, before any other mark.
    stray_closer: int | None


def find_stretches(text: str) -> list[Stretch]:
    """Every stretch between outermost quotation marks, in order, none overlapping another."""
    paragraphs = [_pair(text, start, end, marks) for start, end, marks in _marks_by_paragraph(text)]
    found: list[Stretch] = []
    for index, paragraph in enumerate(paragraphs):
        found.extend(paragraph.stretches)
        if paragraph.open_at_end:
            found.extend(_carry_on(text, paragraphs, index))
    return found


def _marks_by_paragraph(text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    start = 0
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        if mark.group() in _NEWLINES:
            if marks:
                yield start, mark.start(), marks
                marks = []
            start = mark.end()
        else:
            marks.append(mark)
    if marks:
        yield start, len(text), marks


def _classify(text: str, mark: re.Match[str], start: int, end: int) -> _Mark:
    at, stop, char = mark.start(), mark.end(), mark.group()
    before = text[at - 1] if at > start else " "
    after = text[stop] if stop < end else " "
    loose_before = before in _BEFORE_OPENING
    loose_after = after in _AFTER_CLOSING
    if char in _OPENING_ONLY or char == "``":
        closes = not loose_before and loose_after
        return _Mark(at, stop, char, not closes, closes)
    if char in "”»›":
        opens = (at == start or before.isspace() or before in "([") and not loose_after
        return _Mark(at, stop, char, opens, not opens)
    if loose_before == loose_after:
        return _Mark(at, stop, char, not before.isdigit(), True)
    return _Mark(at, stop, char, loose_before, not loose_before)


def _pair(text: str, start: int, end: int, found: Sequence[re.Match[str]]) -> _Paragraph:
    """Pair the marks of one paragraph by a depth that never exceeds two."""
    doubles = [_classify(text, m, start, end) for m in found if m.group() not in ("'", "‘", "‚")]
    singles = _pair_singles(text, end, [m.start() for m in found if m.group() in ("'", "‘", "‚")], doubles)
    stretches: list[Stretch] = []
    opened: _Mark | None = None
    nested = 0
    stray: int | None = None
    waiting = iter(singles)
    single = next(waiting, None)
    for index, mark in enumerate(doubles):
        while single is not None and opened is None and single.end <= mark.at:
            stretches.append(single)
            single = next(waiting, None)
        if single is not None and opened is None and single.start <= mark.at < single.end:
            continue
        if opened is None:
            if mark.opens:
                opened = mark
            elif stray is None and not stretches:
                stray = mark.at
            continue
        if single is not None and single.outer_start >= opened.end and single.outer_start < mark.at:
            single = next((s for s in waiting if s.outer_start >= mark.at), None)
        if mark.opens and not mark.closes:
            if _closes_twice(doubles, index):
                nested += 1
            else:
                if mark.at - opened.end > _SLIP:
                    _keep(stretches, text, opened, mark.at, mark.at, closed=False)
                opened, nested = mark, 0
            continue
        if nested:
            nested -= 1
            continue
        _keep(stretches, text, opened, mark.at, mark.end)
        opened = None
    if opened is not None:
        _keep(stretches, text, opened, end, end, closed=False)
    else:
        while single is not None:
            stretches.append(single)
            single = next(waiting, None)
    return _Paragraph(start, end, stretches, opened is not None, stray)


def _closes_twice(marks: Sequence[_Mark], index: int) -> bool:
    """Whether two closing marks follow an inner opening one: its own, and the outer quotation's.

    At the paragraph's end one is enough: the outer quotation may go on in the next paragraph.
    """
    following = marks[index + 1 : index + 3]
    if not following or not following[0].closes or (following[0].opens and len(following) < 2):
        return False
    return len(following) == 1 or following[1].closes


def _keep(
    stretches: list[Stretch], text: str, opened: _Mark, end: int, outer: int, *, closed: bool = True
) -> None:
    """Keep what stands between two marks, without the white space at its ends, unless it is nothing."""
    start = opened.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        stretches.append(Stretch(start, end, opened.at, outer if closed else end, closed=closed))


def _pair_singles(text: str, end: int, openers: list[int], doubles: Sequence[_Mark]) -> list[Stretch]:
    """Stretches between single marks, with apostrophes and plural possessives told apart."""
    openers = [at for at in openers if not _ELISION.match(text, at)]
    if not openers:
        return []
    strong: list[int] = []
    weak: list[int] = []
    for closer in _SINGLE_CLOSER.finditer(text, openers[0] + 1, end):
        (weak if text[closer.start() - 1] in "sSzZ" else strong).append(closer.start())
    at_doubles = [m.at for m in doubles]
    found: list[Stretch] = []
    done = -1
    for index, opener in enumerate(openers):
        if opener < done:
            continue
        limit = openers[index + 1] if index + 1 < len(openers) else end
        closer_at = _closer(strong, weak, opener, limit)
        if closer_at is None or closer_at - opener < 2:
            continue
        inside = bisect_left(at_doubles, closer_at) - bisect_left(at_doubles, opener)
        if inside % 2:
            continue
        found.append(Stretch(opener + 1, closer_at, opener, closer_at + 1, single=True))
        done = closer_at
    return found


def _closer(strong: list[int], weak: list[int], opener: int, limit: int) -> int | None:
    """The mark that closes: one after a stop or a letter other than s first, else after an s."""
    at = bisect_left(strong, opener + 1)
    if at < len(strong) and strong[at] < limit:
        return strong[at]
    at = bisect_left(weak, opener + 1)
    if at < len(weak) and weak[at] < limit:
        return weak[at]
    return None


def _carry_on(text: str, paragraphs: list[_Paragraph], index: int) -> list[Stretch]:
    """Mark or make the stretches of the next paragraphs that carry an open quotation on."""
    here = paragraphs[index]
    if index + 1 < len(paragraphs):
        following = paragraphs[index + 1]
        between = text[here.end : following.start]
        if following.stretches and not between.strip():
            first = following.stretches[0]
            if not text[following.start : first.outer_start].strip():
                following.stretches[0] = replace(first, continues=True)
                return []
        if following.stray_closer is not None:
            return _up_to(text, here.end, following.start, following.stray_closer)
    return []


def _up_to(text: str, start: int, last: int, closer: int) -> list[Stretch]:
    """Stretches for the paragraphs from ``start`` to the closing mark, one a paragraph."""
    spans = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\n\r]+", text[start:last])]
    spans = [s for s in spans if text[s[0] : s[1]].strip()]
    if len(spans) > _MAX_PARAGRAPHS:
        return []
    made = []
    for first, stop in [*spans, (last, closer)]:
        begin, end = first, stop
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        closes = first == last
        if begin < end:
            outer = closer + 1 if closes else end
            made.append(Stretch(begin, end, begin, outer, closed=closes, continues=True))
    return made
