"""Indirect speech by rules: a reporting verb, its subject, and the clause that it governs.

"NAME said the city would keep its policies"; "the city would keep its policies, NAME said"; "according
to the order, …". Each cue gives one quotation; its words run to the end of the clause. No parser:
the shapes of :mod:`.mentions` serve here too, read for every sentence instead of the marked ones.
"""

# Word tables as text; a rule answers as soon as it knows.
# ruff: noqa: SIM905, PLR0911
from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ..schema import Quotation, Span
from .attribution import CERTAINTY, FIND, Finding, verb_class
from .grammar import is_passive
from .mentions import Parsed, read

if TYPE_CHECKING:
    from .resolution import Resolver
    from .sentences import Document

#: Verbs whose first object is the hearer: "told reporters that".
_HEARER = frozenset(
    """told tells tell telling asked asks ask asking reminded reminds informed assured assures warned warns
    urged urges
    urging encouraged advised promised persuaded convinced instructed ordered invited begged implored showed shows
    telling reassured notified""".split()
)
_ASIDE = re.compile(
    r"[,\-](?:a|T|pT)*([NDP])(?:r|,[Do0][^Q,V]{0,12},)?(?:x|a|T)*(V)(?:T|a|pT|p[NDn]){0,4}(?=[,.\-]|$)"
)
_ASIDE_INVERTED = re.compile(r"[,\-](V)([NDP])(?:,[Do0][^Q,V]{0,14})?(?:T|a|pT|p[NDn]){0,4}(?=[,.\-]|$)")
_STOP = frozenset(".,:;-")


class Candidate(NamedTuple):
    """One piece of indirect speech in one sentence: elements ``first`` to ``last`` and who says them."""

    rule: str
    first: int
    last: int
    speaker: int
    cue: int


def find_indirect(document: Document, resolver: Resolver, marked: list[Quotation]) -> list[Quotation]:
    """Indirect quotations of an article, none holding a marked quotation."""
    starts = [part.start for q in marked for part in q.parts]
    cues = {q.cue.start for q in marked if q.cue is not None}
    made: list[Quotation] = []
    for paragraph in range(len(document.paragraphs)):
        for sentence in document.sentences(paragraph):
            parsed = read(sentence)
            for candidate in candidates(parsed):
                span = _span(parsed, candidate)
                if parsed.span(candidate.cue)[0] in cues:
                    continue
                if span.end - span.start < 3 or _holds(starts, span):
                    continue
                made.append(_quotation(document, resolver, parsed, candidate, span))
    return made


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


def candidates(parsed: Parsed) -> list[Candidate]:
    """Every piece of indirect speech in a sentence."""
    made: list[Candidate] = []
    shape = parsed.shape
    taken: set[int] = set()
    for pattern, subject, verb in ((_ASIDE, 1, 2), (_ASIDE_INVERTED, 2, 1)):
        for match in pattern.finditer(shape):
            cue = match.start(verb)
            if cue in taken or verb_class(parsed, cue) != "say" or is_passive(parsed, cue):
                continue
            goes_on = shape[match.end() : match.end() + 1] in (",", "-") and match.end() + 3 < len(shape)
            last = _last(shape) if goes_on else match.start() - 1
            if "Q" not in shape[: last + 1] and (match.start() > 1 or goes_on):
                made.append(Candidate("indirect-aside", _start(shape), last, match.start(subject), cue))
                taken.add(cue)
    for at, letter in enumerate(shape):
        if at in taken:
            continue
        candidate = None
        if letter in "VGB":
            candidate = _governed(parsed, at)
        elif letter == "A":
            candidate = _sourced(parsed, at)
        elif letter == ":":
            candidate = _headline(parsed, at)
        elif letter == "o":
            candidate = _seeming(parsed, at)
        if candidate is not None:
            made.append(candidate)
    return made


#: Reporting verbs that outside quotation marks mostly report nothing: no words, no thought.
_NO_CONTENT = frozenset(
    """begin begins began begun beginning continue continues continued continuing speak speaks spoke spoken
    speaking
    hold holds held holding mean means meant meaning shot shoots shoot shooting prompt prompts prompted prompting
    reflect reflects reflected reflecting use uses used using try tries tried trying""".split()
)


def _headline(parsed: Parsed, at: int) -> Candidate | None:
    """NAME: what they say, in a headline or a list of statements."""
    shape = parsed.shape
    if at not in (1, 2) or shape[0] not in "N" or "Q" in shape or len(shape) < at + 4:
        return None
    last = _content_end(parsed, at + 1)
    return Candidate("indirect-colon", at + 1, last, 0, at) if last > at + 1 else None


_SEEM = frozenset({"seems", "seemed", "appears", "appeared"})


def _seeming(parsed: Parsed, at: int) -> Candidate | None:
    if parsed.word(at) not in _SEEM:
        return None
    first = at - 1
    while first > 0 and parsed.shape[first] not in "NDP":
        first -= 1
    last = _content_end(parsed, at)
    return Candidate("indirect-seem", max(0, first), last, -1, at) if last > at else None


def _last(shape: str) -> int:
    last = len(shape) - 1
    while last > 0 and shape[last] in ".,-;:":
        last -= 1
    return last


def _start(shape: str) -> int:
    at = 0
    while at < len(shape) - 1 and shape[at] in ",-:":
        at += 1
    return at


def _governed(parsed: Parsed, cue: int) -> Candidate | None:
    """What follows a reporting verb that has a subject."""
    shape = parsed.shape
    strength = verb_class(parsed, cue)
    if strength == "manner" or parsed.word(cue) in _NO_CONTENT:
        return None
    if shape[cue] == "V" and is_passive(parsed, cue):
        return _passive(parsed, cue, strength)
    speaker = FIND[shape[cue]](parsed, cue)
    if speaker is None:
        return None
    first = _content_start(parsed, cue)
    if first is None:
        return None
    last = _content_end(parsed, first)
    if last < first:
        return None
    if not _likely(parsed, cue, strength, first, shape[speaker] == "P"):
        return None
    return Candidate("indirect-" + strength, first, last, speaker, cue)


#: A clause of its own: a subject and, soon after, a verb.
_CLAUSE = re.compile(r"[NDP](?:[par,][NDT]?)*[xVvB]")
_SAY_PREPOSITIONS = frozenset({"to", "about", "of", "out", "against"})
_JUDGE_PREPOSITIONS = frozenset({"for", "on", "out"})


def _likely(parsed: Parsed, cue: int, strength: str, first: int, pronoun: bool) -> bool:
    """Whether a verb of a class with this complement is mostly indirect speech (measured, see NOTES.md)."""
    letter, rest = parsed.shape[cue], parsed.shape[first:]
    head = rest[0]
    word = parsed.word(first) if head == "p" else ""
    clause = head == "t" or bool(_CLAUSE.match(rest))
    if strength == "say":
        if letter == "V":
            return head in "tNDPoxcV" or word in _SAY_PREPOSITIONS
        return clause or head == "c" or (letter == "G" and head in "NDPo")
    if strength == "think":
        if letter == "V":
            return head in "tNDP" or (head == "c" and pronoun) or (word == "to" and not pronoun)
        return head in "tc"
    if strength == "judge":
        if word:
            return letter != "B" and word in _JUDGE_PREPOSITIONS
        return head in "tNDPoc" if letter == "V" else head in "NDPo"
    if strength == "show":
        return head == "t"
    return strength == "act" and letter == "V" and word == "to" and not pronoun


def _passive(parsed: Parsed, cue: int, strength: str) -> Candidate | None:
    """NAME is expected to …; NAME is believed to be …: nobody in particular says so."""
    shape = parsed.shape
    if strength not in ("think", "say", "judge"):
        return None
    follows = parsed.word(cue + 1) if parsed.shape[cue + 1 : cue + 2] == "p" else ""
    if follows != "to" and not (strength == "judge" and follows in {"for", "as"}):
        return None
    first = cue - 1
    while first > 0 and shape[first] not in "NDPW":
        first -= 1
    last = _content_end(parsed, cue)
    return Candidate("indirect-passive", first, last, -1, cue) if last > cue else None


def _content_start(parsed: Parsed, cue: int) -> int | None:
    shape = parsed.shape
    at = cue + 1
    for ahead in range(at, min(at + 9, len(shape))):
        if shape[ahead] == "t":
            return ahead
        if shape[ahead] in "VGBxQ;:.":
            break
    while at < len(shape) and (shape[at] in "aT" or (shape[at] == "p" and shape[at + 1 : at + 2] == "T")):
        at += 1
    if at >= len(shape) or shape[at] in ".;:)Q-,":
        return None
    if parsed.word(cue) in _HEARER and shape[at] in "NDP" and at + 1 < len(shape) and shape[at + 1] not in ".,":
        at += 1
        while at < len(shape) and (shape[at] in "aT" or (shape[at] == "p" and shape[at + 1 : at + 2] == "T")):
            at += 1
    return at if at < len(shape) and shape[at] not in ".;" else None


#: The clause is over where a comma or a conjunction begins another predicate of the same subject.
_NEXT_PREDICATE = re.compile(r",c(?:a|T)*[xVv]|,(?:a|T)*[Vv]|ca*V")
#: After an object that is no clause, the next comma mostly ends it.
_NEXT_CLAUSE = re.compile(r"[,\-](?:c|G|a|W|p|N|P|D)|cP|cNx|c[ND]V")


_CONTRAST = frozenset({"but", "while", "though", "although", "whereas", "yet"})


def _content_end(parsed: Parsed, first: int) -> int:
    """The last element of the clause or object that begins at ``first``."""
    shape = parsed.shape
    last = _last(shape)
    clause = shape[first] == "t" or bool(_CLAUSE.match(shape[first:]))
    for at in range(first + 1, last + 1):
        if shape[at] in ";Q":
            return at - 1
        if (
            shape[at] == ","
            and at < last
            and shape[at + 1] == "G"
            and verb_class(parsed, at + 1) in ("say", "judge")
        ):
            return at - 1
        if shape[at] in ",c" and _NEXT_PREDICATE.match(shape, at):
            return at - 1
        if shape[at] in ",-" and _ASIDE.match(shape, at):
            return at - 1
        if not clause and shape[at] in ",-c" and _NEXT_CLAUSE.match(shape, at):
            return at - 1
        if shape[at] == "," and shape[at + 1 : at + 2] == "c" and parsed.word(at + 1) in _CONTRAST:
            return at - 1
        if shape[at] == "A" and at > first + 1:
            return at - 1 if shape[at - 1] != "," else at - 2
    return last


def _sourced(parsed: Parsed, at: int) -> Candidate | None:
    """According to NAME, …; …, according to NAME."""
    shape = parsed.shape
    speaker = at + 1
    if speaker >= len(shape) or shape[speaker] not in "NDPo":
        return None
    before = at - 1
    while before >= 0 and shape[before] in ",-c":
        before -= 1
    if before > 1 and parsed.word(at) == "to":
        return Candidate("indirect-according", _start(shape), before, speaker, at)
    comma = shape.find(",", speaker)
    if comma < 0 or comma + 1 >= len(shape) or before >= 0:
        return None
    last = _content_end(parsed, comma + 1)
    return Candidate("indirect-according", comma + 1, last, speaker, at) if last > comma else None
