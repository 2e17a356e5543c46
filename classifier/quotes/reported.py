"""Cues of indirect speech in one sentence, and the words that each governs.

Every rule is a reading of the sentence's shape (:mod:`.mentions`) and gives candidates; :mod:`.indirect` makes
quotations of them. A rule is kept where about a third of what it finds is indirect speech to annotators of news,
which is where it adds more than it spoils (NOTES.md).
"""

# Word tables as text; a rule answers as soon as it knows.
# ruff: noqa: SIM905, PLR0911
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .attitudes import adjective, attitude, noun, prepositional
from .attribution import FIND, verb_class
from .clauses import (
    ASIDE,
    ASIDE_INVERTED,
    Candidate,
    content_end,
    content_start,
    first_word,
    is_clause,
    last_word,
)
from .cues import ALSO_NOUNS
from .grammar import is_passive
from .words import DOCUMENTS

if TYPE_CHECKING:
    from .mentions import Parsed


def candidates(parsed: Parsed) -> list[Candidate]:
    """Every piece of indirect speech in a sentence."""
    made = list(_asides(parsed))
    taken = {c.cue for c in made}
    for at, letter in enumerate(parsed.shape):
        for rule in _RULES.get(letter, ()):
            candidate = rule(parsed, at)
            if candidate is not None and candidate.last >= candidate.first and candidate.cue not in taken:
                made.append(candidate)
                taken.add(candidate.cue)
                break
    return made


def _asides(parsed: Parsed) -> Iterator[Candidate]:
    """…, NAME said; …, said NAME; …, NAME said, … and so on."""
    shape = parsed.shape
    taken: set[int] = set()
    for pattern, subject, verb in ((ASIDE, 1, 2), (ASIDE_INVERTED, 2, 1)):
        for match in pattern.finditer(shape):
            cue = match.start(verb)
            if cue in taken or verb_class(parsed, cue) not in _ASIDE_CLASSES or is_passive(parsed, cue):
                continue
            goes_on = shape[match.end() : match.end() + 1] in (",", "-") and match.end() + 3 < len(shape)
            if goes_on and match.start() > 1 and is_clause(parsed, first_word(shape)) and verb == 1:
                goes_on = False
            last = last_word(shape) if goes_on else match.start() - 1
            if "Q" not in shape[: last + 1] and (match.start() > 1 or goes_on):
                yield Candidate("indirect-aside", first_word(shape), last, match.start(subject), cue)
                taken.add(cue)


_ASIDE_CLASSES = frozenset({"say", "show"})


def _headline(parsed: Parsed, at: int) -> Candidate | None:
    """NAME: what they say, in a headline or a list of statements."""
    shape = parsed.shape
    if at not in (1, 2) or shape[0] not in "N" or "Q" in shape or len(shape) < at + 3:
        return None
    return Candidate("indirect-colon", at + 1, content_end(parsed, at + 1), 0, at)


_SEEM = frozenset({"seems", "seemed", "appears", "appeared"})


def _seeming(parsed: Parsed, at: int) -> Candidate | None:
    if parsed.word(at) not in _SEEM:
        return None
    first = at - 1
    while first > 0 and parsed.shape[first] not in "NDP":
        first -= 1
    return Candidate("indirect-seem", max(0, first), content_end(parsed, at), -1, at)


#: Reporting verbs that outside quotation marks mostly report nothing: no words, no thought.
_NO_CONTENT = frozenset(
    """begin begins began begun beginning continue continues continued continuing speak speaks spoke spoken
    speaking
    hold holds held holding mean means meant meaning shot shoots shoot shooting prompt prompts prompted prompting
    reflect reflects reflected reflecting use uses used using try tries tried trying""".split()
)


def _governed(parsed: Parsed, cue: int) -> Candidate | None:
    """What follows a reporting verb that has a subject."""
    shape = parsed.shape
    strength = verb_class(parsed, cue)
    if strength == "manner" or parsed.word(cue) in _NO_CONTENT or _is_noun(parsed, cue):
        return None
    if shape[cue] == "V" and is_passive(parsed, cue):
        return _passive(parsed, cue, strength)
    speaker = FIND[shape[cue]](parsed, cue)
    if speaker is None:
        return None
    first = content_start(parsed, cue)
    if parsed.word(cue) == "on" and shape[cue + 1 : cue + 2] == "p":
        return None  # went on to criticise: the next verb tells
    if first is None or not _likely(parsed, cue, strength, first, speaker):
        return None
    return Candidate("indirect-" + strength, first, content_end(parsed, first, cue, speaker), speaker, cue)


_SAY_PREPOSITIONS = frozenset({"to", "about", "of", "out", "against"})
_JUDGE_PREPOSITIONS = frozenset({"for", "on", "out"})


_ACT_HEADS = {"V": "oDt", "G": "DN"}
_POLLS = frozenset(
    """poll polls polling survey surveys data study studies research records results figures numbers documents
    tallies filings""".split()
)


def _document(parsed: Parsed, at: int) -> bool:
    element = parsed.elements[at]
    return any(t.lower in DOCUMENTS or t.lower in _POLLS for t in parsed.tokens[element.first : element.last + 1])


def _likely(parsed: Parsed, cue: int, strength: str, first: int, speaker: int) -> bool:
    """Whether a verb of a class with this complement is mostly indirect speech (measured, see NOTES.md)."""
    letter, rest = parsed.shape[cue], parsed.shape[first:]
    pronoun = parsed.shape[speaker] == "P"
    head = rest[0]
    word = parsed.word(first) if head == "p" else ""
    clause = is_clause(parsed, first)
    if strength == "say":
        if letter == "V":
            return head in "tNDPoxcVW" or word in _SAY_PREPOSITIONS or clause
        return clause or head == "c" or (letter == "G" and head in "NDPo") or word in ("to", "about")
    if strength == "think":
        if letter == "V":
            if head == "o" and parsed.word(cue).endswith("s"):
                return True
            return head in "tNDPx" or (head == "c" and pronoun) or (word == "to" and not pronoun) or clause
        return head in "tc"
    if strength == "judge":
        if word:
            return letter != "B" and (word in _JUDGE_PREPOSITIONS or word in ("to", "as"))
        return head in "tNDPoc" if letter == "V" else head in "NDPo"
    if strength == "show":
        return head == "t" or (head in "NDPoc0" and _document(parsed, speaker))
    return strength == "act" and (
        (letter == "V" and word == "to" and not pronoun) or word == "on" or head in _ACT_HEADS.get(letter, "")
    )


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
    return Candidate("indirect-passive", first, content_end(parsed, cue), -1, cue)


def _is_noun(parsed: Parsed, cue: int) -> bool:
    """Whether a form that is as often a noun stands here without what a verb would govern."""
    shape = parsed.shape
    if parsed.word(cue) not in ALSO_NOUNS or shape[cue] != "V":
        return False
    if verb_class(parsed, cue) == "think":
        return False
    return parsed.word(cue).endswith("s") and shape[cue + 1 : cue + 2] in tuple("ovxVG.")


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
        return Candidate("indirect-according", first_word(shape), before, speaker, at)
    comma = shape.find(",", speaker)
    if comma < 0 or comma + 1 >= len(shape) or before >= 0:
        return None
    return Candidate("indirect-according", comma + 1, content_end(parsed, comma + 1), speaker, at)


_ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})


def _asked(parsed: Parsed, cue: int) -> Candidate | None:
    """Asked why …, NAME …; NAME was asked about …: somebody's question."""
    shape = parsed.shape
    if parsed.word(cue) not in _ASKED:
        return None
    before = cue - 1
    while before >= 0 and shape[before] in "aT":
        before -= 1
    reduced = (
        before < 0 or (shape[before] == "c" and parsed.word(before) in {"when", "if"}) or shape[before] in ",-"
    )
    if not reduced and not is_passive(parsed, cue):
        return None
    first = cue + 1
    while (first < len(shape) and shape[first] in "aTND") or (
        shape[first : first + 2] in ("pT", "pN", "pD") and parsed.word(first) in {"by", "in", "on", "at", "during"}
    ):
        first += 2 if shape[first] == "p" else 1
    if first + 1 >= len(shape) or shape[first] not in "cptoW":
        return None
    if shape[first] == "p" and parsed.word(first) not in {"about", "to"}:
        return None
    comma = shape.find(",", first)
    last = comma - 1 if reduced and comma > 0 else content_end(parsed, first, cue)
    return Candidate("indirect-asked", first, last, -1, cue)


_THIS = frozenset({"which", "whom", "what", "who"})


def _relative(parsed: Parsed, at: int) -> Candidate | None:
    """What NAME calls …; which NAME says …: the clause whose object the relative word is."""
    match = _OF_RELATIVE.match(parsed.shape, at)
    if match is None or parsed.word(at) not in _THIS:
        return None
    cue = match.start(2)
    if verb_class(parsed, cue) not in ("say", "judge", "think") or is_passive(parsed, cue):
        return None
    shape = parsed.shape
    last = next((i - 1 for i in range(cue + 1, len(shape)) if shape[i] in ",;.-Q:"), len(shape) - 1)
    return Candidate("indirect-relative", at, last, match.start(1), cue)


_OF_RELATIVE = re.compile(r"[Wc]([NDP])[xaT]*(V)")


def _in_poll(parsed: Parsed, at: int) -> Candidate | None:
    """In a poll by NAME, …: what it found."""
    shape = parsed.shape
    if (
        at > 1
        or parsed.word(at) != "in"
        or shape[at + 1 : at + 2] not in ("D", "N")
        or not _document(parsed, at + 1)
    ):
        return None
    comma = shape.find(",", at, at + 10)
    if comma < 0 or comma + 2 >= len(shape) or not is_clause(parsed, comma + 1):
        return None
    if parsed.word(at + 1) not in _POLLS and "V" in shape[comma : comma + 8]:
        return None  # in a letter, NAME wrote …: the verb tells
    return Candidate("indirect-according", comma + 1, content_end(parsed, comma + 1), at + 1, at)


_RULES = {
    "V": (_asked, _governed, prepositional, attitude),
    "G": (_governed, prepositional, attitude),
    "B": (_governed, prepositional, attitude),
    "A": (_sourced,),
    "W": (_relative,),
    "c": (_relative,),
    "p": (_in_poll,),
    ":": (_headline,),
    "o": (_seeming, prepositional, attitude, adjective, noun),
    "v": (prepositional, attitude, adjective),
    "n": (noun,),
    "D": (noun,),
}
