"""From text to quotations: marks, sentences, attribution, screening, joining, resolution."""

from __future__ import annotations

from dataclasses import dataclass

from ..schema import Kind, Quotation, Span
from .attribution import CERTAINTY, Finding, begins_inside
from .indirect import find_indirect
from .joining import joined
from .marks import find_stretches
from .readings import Reading, readings_of
from .resolution import Resolver
from .sentences import Document


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one marked stretch, and why.

    ``reason`` is the rule that found the speaker of a quotation ("" where nobody was found), or why the
    stretch is none: ``title``, ``nickname``, ``term``, ``scare``, ``markup``, ``no words``.
    """

    span: Span
    quotation: bool
    reason: str


def extract_quotes(text: str, *, indirect: bool = False) -> list[Quotation]:
    """The quotations of an article with their speakers, in order of their first code point.

    ``text`` is never changed; every offset is an index into it. ``indirect`` adds indirect speech, typed
    ``indirect``. A quotation whose speaker wasn't found has ``speaker=None``. Nothing is raised,
    whatever the text; time grows in proportion to its length.
    """
    document = Document(text, find_stretches(text))
    resolver = Resolver(document)
    accepted = [r for r in readings_of(document) if r.reason is None]
    found = [_quotation(document, group, resolver) for group in joined(accepted)]
    if indirect:
        found.extend(find_indirect(document, resolver, found))
        found.sort(key=lambda q: (q.parts[0].start, q.parts[0].end))
    return found


def explain_marks(text: str) -> list[Decision]:
    """Every stretch between quotation marks, with the decision about it and its reason."""
    return [
        Decision(
            Span(r.stretch.start, r.stretch.end),
            r.reason is None,
            r.reason or (r.finding.rule if r.finding else ""),
        )
        for r in readings_of(Document(text, find_stretches(text)))
    ]


def _quotation(document: Document, group: list[Reading], resolver: Resolver) -> Quotation:
    text, first = document.text, group[0]
    finding = first.finding
    parts = tuple(Span(r.stretch.start, r.stretch.end) for r in group)
    return Quotation(
        text=" ".join(part.of(text) for part in parts),
        kind=_kind(first),
        parts=parts,
        context=Span(min(r.sentence.start for r in group), max(r.sentence.end for r in group)),
        speaker=resolver.speaker(finding) if finding else None,
        cue=_cue(finding),
        rule=finding.rule if finding else "",
        certainty=CERTAINTY.get(finding.rule, 0.5) if finding else 0.0,
    )


def _cue(finding: Finding | None) -> Span | None:
    return Span(*finding.parsed.span(finding.cue)) if finding and finding.cue is not None else None


def _kind(reading: Reading) -> Kind:
    """Direct where the quoted words are sentences of their own, mixed where they are a fragment."""
    place = reading.place
    if reading.stretch.continues:
        return "direct"
    quoted, shape, at = place.quoted, place.parsed.shape, place.at
    if begins_inside(quoted):
        return "mixed"
    if at == 0 or shape[at - 1] in ",:-.Q":
        return "direct"
    return (
        "direct" if shape[at - 1] in "VGTt" and quoted[-1] in ".,!?…—–-" and len(quoted.split()) > 2 else "mixed"
    )
