"""Where reported words begin and end: clauses, infinitives and objects, told apart in the shape of a sentence."""

# A rule answers as soon as it knows; word tables as text.
# ruff: noqa: SIM905, PLR0911
from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .attribution import verb_class
from .cues import ALSO_NOUNS
from .words import FINITE

if TYPE_CHECKING:
    from .mentions import Parsed


class Candidate(NamedTuple):
    """One piece of indirect speech in one sentence: elements ``first`` to ``last`` and who says them."""

    rule: str
    first: int
    last: int
    #: The speaker's element, or -1 where nobody in particular says so.
    speaker: int
    cue: int


#: Verbs whose first object is the hearer: "told reporters that".
HEARER = frozenset(
    """told tells tell telling asked asks ask asking reminded reminds informed assured assures warned warns
    urged urges
    urging encouraged advised promised persuaded convinced instructed ordered invited begged implored showed shows
    telling reassured notified""".split()
)
_TOLD = frozenset({"told", "tells", "tell", "telling", "promised"})
#: ", NAME said," and ", said NAME," in the middle or at the end of what they say.
ASIDE = re.compile(
    r"[,\-](?:a|T|pT)*(?:o{1,3}(?=N))?([NDP])(?:o{1,4}(?=N)N)?(?:p[NDPo])?(?:r|,[NDo0][^Q,V]{0,12},)?(?:x|a|T)*(V)"
    r"(?:T|a|pT|p[NDn]){0,4}(?=[,;.\-]|$)"
)
ASIDE_INVERTED = re.compile(
    r"[,\-](V)(?:o{1,3}(?=N))?([NDP])(?:,[NDo0][^Q,V]{0,14})?(?:T|a|pT|p[NDn]){0,4}(?=[,;.\-]|$)"
)
_ASIDE_AS = re.compile(r",p([NDP])(?:x|a|T)*V(?=[,.]|$)")
#: The clause is over where a comma or a conjunction begins another predicate of the same subject.
_SAME_SUBJECT = re.compile(r",c(?:a|T)*[xVv]|,(?:a|T)*(?:V|v(?![oNn]))|ca*V")
#: After an object that is no clause, the next comma mostly ends it.
_NEXT_CLAUSE = re.compile(r"[,\-](?:c|G|a|W|p|N|P|D)|c[PV]|cNx|c[ND]V|c[ax]*[xV]")
_ENDS_SUBJECT = re.compile(r"[NDo]x")
_OPENS_INSIDE = frozenset("WtcP")
_NEW_SUBJECT = re.compile(r",c[aT]*(?:P|[ND][xaT]*V)")
_PREDICATE = re.compile(r"c[aT]*[xV]")
_MAIN_CLAUSE = re.compile(r",[aT]*[NDPo][^,;.:Q]*?[xVvo]")
_CONTRAST = frozenset({"but", "while", "though", "although", "whereas", "yet"})
_COORDINATING = frozenset({"and", "or", "but", "nor", "yet", "so"})
_INCLUDING = frozenset({"including", "such", "especially"})
#: How many elements a clause's verb may stand behind its beginning.
_VERB_WITHIN = 22


def is_finite(parsed: Parsed, at: int) -> bool:
    """Whether an element is a verb that makes a clause, reporting or not."""
    letter = parsed.shape[at]
    return letter in "xVv" or (letter == "o" and parsed.word(at) in FINITE)


def is_clause(parsed: Parsed, first: int) -> bool:
    """Whether the words from an element on have a subject and a verb of their own."""
    shape = parsed.shape
    if shape[first] == "t":
        return True
    if shape[first] in "cpaT":
        return _after_opening(parsed, first)
    subject = False
    relative = 0
    for at in range(first, min(len(shape), first + _VERB_WITHIN)):
        letter = shape[at]
        if letter in "NDPo" and not is_finite(parsed, at):
            relative += subject and letter == "P"
            subject = True
        elif letter in "Wt":
            relative += 1
        elif letter in ";.:Q" or (letter == "c" and _PREDICATE.match(shape, at)):
            return False
        elif letter == ",":
            closing = shape.find(",", at + 1, at + 16)
            return subject and 0 < closing < len(shape) - 1 and is_finite(parsed, closing + 1)
        elif subject and is_finite(parsed, at) and not is_finite(parsed, at - 1):
            if not relative:
                return True
            relative -= 1
    return False


def _after_opening(parsed: Parsed, first: int) -> bool:
    """Whether a clause follows "if …," or "in Iowa,"."""
    shape = parsed.shape
    comma = shape.find(",", first, first + _VERB_WITHIN)
    at = comma + 1
    while comma > 0 and at < len(shape) and shape[at] in "aT":
        at += 1
    return comma > 0 and at < len(shape) and shape[at] in "NDPo" and is_clause(parsed, at)


def is_subordinate(parsed: Parsed, cue: int, speaker: int = -1) -> bool:
    """Whether the sentence's main clause is still to come: "As he ponders …, NAME …"."""
    shape = parsed.shape
    if cue < 0:
        return False
    if cue == 0 or (speaker > 0 and _opens_subordinate(parsed, speaker - 1)):
        return True
    start = max(shape.rfind(stop, 0, cue) for stop in ",:;.") + 1
    while start < cue and shape[start] in "aT":
        start += 1
    if shape[start] == "c":
        return parsed.word(start) not in _COORDINATING or (start + 1 < cue and shape[start + 1] in "cp")
    return shape[start] == "p" and (start == 0 or shape[start - 1] in ".:;")


_SUBORDINATING = frozenset({"after", "before", "since", "until", "as"})


def _opens_subordinate(parsed: Parsed, at: int) -> bool:
    letter, word = parsed.shape[at], parsed.word(at)
    return (letter == "c" and word not in _COORDINATING and word != "than") or (
        letter == "p" and word in _SUBORDINATING
    )


def content_start(parsed: Parsed, cue: int) -> int | None:
    """Where the words that a verb governs begin: past its hearer, a date, a place."""
    shape = parsed.shape
    at = cue + 1
    for ahead in range(at, min(at + 9, len(shape))):
        if shape[ahead] == "t":
            held = ahead - 1 == at and shape[at] in "Dn" and verb_class(parsed, cue) != "say"
            return at if held else ahead
        if shape[ahead] in "VGBxQ;:.":
            break
    at = _past_time(shape, at)
    if at >= len(shape) or shape[at] in ".;:)Q-,":
        return None
    if parsed.word(cue) in HEARER and shape[at] in "NDP" and at + 1 < len(shape) and shape[at + 1] not in ".,":
        past = _past_time(shape, at + 1)
        urged = shape[past : past + 1] == "p" and parsed.word(past) == "to" and parsed.word(cue) not in _TOLD
        at = at if urged else past
    return at if at < len(shape) and shape[at] not in ".;" else None


def _past_time(shape: str, at: int) -> int:
    while at < len(shape) and (shape[at] in "aT" or (shape[at] == "p" and shape[at + 1 : at + 2] == "T")):
        at += 1
    return at


def content_end(parsed: Parsed, first: int, cue: int = -1, speaker: int = -1) -> int:
    """The last element of the clause or object that begins at ``first``; -1 where a quotation stands in it."""
    shape = parsed.shape
    last = last_word(shape)
    clause = is_clause(parsed, first) or (shape[first] == "c" and is_clause(parsed, first + 1))
    opening = first if shape[first] != "t" else first + 1
    opens = shape[opening : opening + 1] in ("c", "p", "a", "T") and _after_opening(parsed, opening)
    subordinate = is_subordinate(parsed, cue, speaker)
    relative = speaker >= 0 and shape[speaker] == "W"
    verb = False
    for at in range(first + 1, last + 1):
        letter = shape[at]
        if letter == "Q":
            return -1
        if letter == ";":
            return at - 1
        if letter == "A" and at > first + 1:
            return at - 1 if shape[at - 1] != "," else at - 2
        if (
            letter == "x"
            and not clause
            and _ENDS_SUBJECT.match(shape, at - 1)
            and not _OPENS_INSIDE & set(shape[first:at])
        ):
            return at - 1
        if letter not in ",-c":
            verb = verb or is_finite(parsed, at)
            continue
        if shape[first] == "t" and not verb and not ASIDE.match(shape, at):
            continue
        if letter == "," and opens and not (subordinate and shape[first] == "p"):
            opens = False
        elif _ends_at(
            parsed, at, clause=clause, subordinate=subordinate, relative=relative, that=shape[first] == "t"
        ):
            return at - 1
    return last


def _ends_at(parsed: Parsed, at: int, *, clause: bool, subordinate: bool, relative: bool, that: bool) -> bool:
    """Whether reported words end before a comma, dash or conjunction."""
    shape = parsed.shape
    letter, following = shape[at], shape[at + 1 : at + 2]
    if letter in ",-" and ASIDE.match(shape, at):
        return True
    if letter == ",":
        if subordinate and _MAIN_CLAUSE.match(shape, at):
            return True
        if following == "G" and verb_class(parsed, at + 1) in ("say", "judge"):
            return parsed.word(at + 1) not in _INCLUDING
        if following == "c" and parsed.word(at + 1) in _CONTRAST and not that:
            return True
        if relative and following in tuple("xVv"):
            return True
        if clause and not that and _NEW_SUBJECT.match(shape, at):
            return True
    same = _SAME_SUBJECT.match(shape, at) if letter in ",c" else None
    if same is not None and not (that and parsed.word(same.end() - 1) in ALSO_NOUNS):
        return True
    if clause or not _NEXT_CLAUSE.match(shape, at):
        return False
    return following not in tuple("pa") or parsed.word(at + 1) not in _INCLUDING


def last_word(shape: str) -> int:
    """The last element of a sentence that is no stop."""
    last = len(shape) - 1
    while last > 0 and shape[last] in ".,-;:":
        last -= 1
    return last


def first_word(shape: str) -> int:
    """The first element of a sentence that is no stop."""
    at = 0
    while at < len(shape) - 1 and shape[at] in ",-:":
        at += 1
    return at
