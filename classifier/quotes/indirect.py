"""Indirect speech by rules: a reporting verb, its subject, and the clause that it governs.

"NAME said the city would keep its policies"; "the city would keep its policies, NAME said"; "according
to the order, …". Each cue gives one quotation; its words run to the end of the clause. No parser:
the shapes of :mod:`.mentions` serve here too, read for every sentence instead of the marked ones.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ..schema import Quotation, Span
from .attribution import CERTAINTY, Finding
from .clauses import Candidate
from .mentions import Parsed, read
from .reported import candidates

if TYPE_CHECKING:
    from .resolution import Resolver
    from .sentences import Document


def find_indirect(document: Document, resolver: Resolver, marked: list[Quotation]) -> list[Quotation]:
    """Indirect quotations of an article, none holding a marked quotation."""
    starts = [part.start for q in marked for part in q.parts]
    cues = {q.cue.start for q in marked if q.cue is not None}
    made: list[Quotation] = []
    for paragraph in range(len(document.paragraphs)):
        for sentence in document.sentences(paragraph):
            parsed = _without_scare_quotes(read(sentence), starts, document)
            found = []
            for candidate in candidates(parsed):
                span = _span(parsed, candidate)
                if parsed.span(candidate.cue)[0] in cues:
                    continue
                if span.end - span.start < 3 or _holds(starts, span):
                    continue
                found.append(candidate)
            made.extend(
                _quotation(document, resolver, parsed, candidate, _span(parsed, candidate))
                for candidate in found
                if not any(_swallows(outer, candidate) for outer in found)
            )
    return made


#: Speech inside another's words is a statement of its own; a thought is part of them.
_SPEECH = frozenset({"indirect-say", "indirect-aside", "indirect-according"})
_DEEDS = frozenset({"indirect-judge", "indirect-act", "indirect-about"})
#: In these a deed may stand: "refused to endorse NAME", "NAME's plan to ban …".
_HOLDS_DEEDS = frozenset(
    {"indirect-act", "indirect-according", "indirect-about", "indirect-colon", "indirect-noun", "indirect-passive"}
)


def _swallows(outer: Candidate, inner: Candidate) -> bool:
    """Whether a statement is only part of what another one tells: NAME said she regretted her remarks."""
    if outer is inner or not outer.first <= inner.cue <= outer.last:
        return False
    if inner.rule in _SPEECH:
        return outer.rule == "indirect-aside" and inner.rule == "indirect-say"
    return inner.rule not in _DEEDS or outer.rule not in _HOLDS_DEEDS


def _without_scare_quotes(parsed: Parsed, starts: list[int], document: Document) -> Parsed:
    """The sentence with marked stretches that are no quotations read as words."""
    if "Q" not in parsed.shape:
        return parsed
    letters = list(parsed.shape)
    for at, letter in enumerate(letters):
        if letter == "Q":
            stretch = document.stretches[parsed.tokens[parsed.elements[at].first].stretch]
            if not _holds(starts, Span(stretch.start, stretch.end)):
                letters[at] = "o"
    return parsed._replace(shape="".join(letters))


def _holds(starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end


def _span(parsed: Parsed, candidate: Candidate) -> Span:
    return Span(parsed.span(candidate.first)[0], parsed.span(candidate.last)[1])


def _quotation(
    document: Document, resolver: Resolver, parsed: Parsed, candidate: Candidate, span: Span
) -> Quotation:
    finding = Finding(candidate.rule, parsed, candidate.speaker, candidate.cue)
    speaker = resolver.speaker(finding) if candidate.speaker >= 0 else None
    return Quotation(
        text=span.of(document.text),
        kind="indirect",
        parts=(span,),
        context=Span(parsed.sentence.start, parsed.sentence.end),
        speaker=speaker,
        cue=Span(*parsed.span(candidate.cue)),
        rule=candidate.rule,
        certainty=CERTAINTY.get(candidate.rule, 0.5),
    )
