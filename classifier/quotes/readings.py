"""Read every marked stretch in its sentence; where the sentence is silent, ask its neighbours."""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .attribution import Finding, Place, attribute, leading, verb_class
from .grammar import main_subject
from .mentions import read
from .screening import reason_against
from .titles import is_title_cased

if TYPE_CHECKING:
    from .marks import Stretch
    from .sentences import Document, Sentence


@dataclass(slots=True)
class Reading:
    """What is known of one marked stretch; ``reason`` says why it is no quotation."""

    stretch: Stretch
    sentence: Sentence
    place: Place
    finding: Finding | None
    reason: str | None = None


def readings_of(document: Document) -> list[Reading]:
    """One reading for each marked stretch, in order."""
    made = [
        reading for paragraph in _marked_paragraphs(document) for reading in _read_paragraph(document, paragraph)
    ]
    for index, reading in enumerate(made):
        reading.finding = _from_neighbours(document, made, index)
        reading.reason = reason_against(document.text, reading.stretch, reading.place, reading.finding)
    for before, after in pairwise(made):
        if before.sentence is after.sentence:
            _agree(before, after)
    return made


#: Two stretches of one clause: “…” and “…”; “…” and said “…”; “…,” or “…”.
_SAME_CLAUSE = re.compile(r"(?!a*V)[^.;:()\-QGW]{0,6}$")
_LISTED = re.compile(r",?c?o?$")


def _agree(before: Reading, after: Reading) -> None:
    """Give one stretch of a clause the other's verdict where its own says little."""
    shape = before.place.parsed.shape[before.place.at + 1 : after.place.at]
    rule = before.finding.rule if before.finding else ""
    if (
        before.reason == "title"
        and rule != "leading-weak"
        and after.reason is None
        and _LISTED.match(shape)
        and is_title_cased(after.place.quoted)
    ):
        after.reason = "title"
    for one, other in ((before, after), (after, before)):
        if one.reason == "scare" and other.reason is None and one.finding and one.finding.rule == "subject":
            one.reason = None if _SAME_CLAUSE.match(shape) else "scare"


def _marked_paragraphs(document: Document) -> list[int]:
    return sorted({document.paragraph_of(s.outer_start) for s in document.stretches})


def _read_paragraph(document: Document, paragraph: int) -> list[Reading]:
    made: list[Reading] = []
    for sentence in document.sentences(paragraph):
        if not any(t.kind == "Q" for t in sentence.tokens):
            continue
        parsed = read(sentence)
        for at, element in enumerate(parsed.elements):
            if element.letter == "Q":
                stretch = document.stretches[parsed.tokens[element.first].stretch]
                place = Place(parsed, at, document.text[stretch.start : stretch.end], stretch.start)
                made.append(Reading(stretch, sentence, place, attribute(place)))
    return made


def _from_neighbours(document: Document, made: list[Reading], index: int) -> Finding | None:
    """The finding of a stretch whose own sentence names nobody, from the sentences around it."""
    reading = made[index]
    if reading.finding is not None:
        return reading.finding
    signed = _signature_below(document, reading)
    if signed is not None:
        return signed
    previous = made[index - 1] if index else None
    if reading.stretch.continues and previous and previous.finding:
        return previous.finding._replace(rule="continued")
    sentence = reading.sentence
    rule = "sentence-before"
    before = None
    if sentence.index > 0:
        before = document.sentences(sentence.paragraph)[sentence.index - 1]
    else:
        rule = "paragraph-before"
        earlier = document.sentences(sentence.paragraph - 1)
        before = earlier[-1] if earlier else None
    if before is None:
        return None
    parsed = read(before)
    quoted = previous is not None and previous.sentence is before and previous.reason is None
    if parsed.shape.endswith(":"):
        found = leading(Place(parsed, len(parsed.shape), ""))
        if found:
            return found._replace(rule=rule + "-colon")
        rule += "-colon"
    elif quoted and previous is not None and previous.finding:
        return previous.finding._replace(rule=rule + "-quoted")
    reported = leading(Place(parsed, len(parsed.shape), ""))
    if reported and reported.cue is not None and verb_class(parsed, reported.cue) == "say":
        return reported._replace(rule=rule + "-reported")
    subject = main_subject(parsed, len(parsed.shape))
    if subject is None or (rule == "paragraph-before" and parsed.shape[subject] == "D"):
        return None  # a thing that the paragraph before is about hardly ever speaks in this one
    return Finding(rule, parsed, subject, None)


_SIGNED = re.compile(r"-{1,2}o?([ND])")


def _signature_below(document: Document, reading: Reading) -> Finding | None:
    """The name that signs a quotation from the paragraph below it: “…” and then — NAME."""
    if reading.place.parsed.shape.strip(".") != "Q":
        return None
    below = document.sentences(reading.sentence.paragraph + 1)
    if not below or len(below[0].tokens) > 24:
        return None
    parsed = read(below[0])
    match = _SIGNED.match(parsed.shape)
    return Finding("signature", parsed, match.start(1), None) if match else None
