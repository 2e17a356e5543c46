"""Who said it: a sieve of rules, the most precise first.

After Muzny, Fang, Chang and Jurafsky (2017), "A two-stage sieve approach for quote attribution". Each
rule sees one marked stretch in its sentence and answers with a mention and a cue, or with nothing; the
first answer stands, and its name is kept on the quotation. ``CERTAINTY`` holds how often each rule
named the right mention on annotated news articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .cues import BASES, NOUNS, PARTICIPLES, VERBS
from .grammar import agent_after, clause_subject, is_passive, main_subject, outermost, subject_before
from .mentions import Parsed

#: Measured share of right mentions for each rule (see NOTES.md).
CERTAINTY: dict[str, float] = {}


class Finding(NamedTuple):
    """A rule's answer: the element indices of speaker and cue in one sentence."""

    rule: str
    parsed: Parsed
    speaker: int
    cue: int | None


class Place(NamedTuple):
    """One marked stretch in its sentence, as the rules see it."""

    parsed: Parsed
    #: The stretch's index in the shape.
    at: int
    #: The quoted text.
    quoted: str

    @property
    def fragment(self) -> bool:
        """Whether the quoted text begins like the middle of a sentence."""
        return begins_inside(self.quoted)


def begins_inside(quoted: str) -> bool:
    """Whether a quotation begins with a small letter, after dots and brackets."""
    first = quoted.lstrip("[(…. '‘“\"—–-")[:1]
    return first.islower()


_TIME = r"(?:a|T|pT)*"
_APPOSITION = r"(?:r|,(?:[DNo0pWavV][^Q:]{0,24}?),)?"
_SUBJECT_VERB = re.compile(rf"Q[,\-]?{_TIME}([NDP]){_APPOSITION}(?:x|a|T|pT|r)*(V)")
_SUBJECT_PP_VERB = re.compile(rf"Q[,\-]?{_TIME}([ND])(?:p[NDT]){{1,3}}{_APPOSITION}(?:x|a|T|pT)*(V)")
_VERB_SUBJECT = re.compile(rf"Q[,\-]?(?:a)*(V){_TIME}([NDP])")
_VERB_BARE = re.compile(r"Q[,\-]?(?:a)*(V)(o)")
_MANNER = re.compile(rf"Q[,\-]?{_TIME}([NDP]){_APPOSITION}(?:x|a)*([vo])")
_ASIDE = re.compile(rf"[,\-]{_TIME}([NDP])(?:r|,[Do0][^Q,V]{{0,12}},)?(?:x|a|T)*(V)(?=[,.\-]|T|p|$)")
_ASIDE_INVERTED = re.compile(r"[,\-](V)([NDP])(?=[,.\-]|T|p|$)")
_TRAILING_SOURCE = re.compile(r"(A)(?:a)*([NDPo])")


def trailing(place: Place) -> Finding | None:
    """“…,” NAME said; “…,” said NAME."""
    shape, at = place.parsed.shape, place.at
    outside = at + 1 < len(shape) and shape[at + 1] in ",-"
    closing = place.quoted.rstrip("'’”\"")[-1:]
    if not (outside or closing in ",?!—–-…" or (closing == "." and at == 0)):
        return None
    for pattern, subject, verb in (
        (_SUBJECT_VERB, 1, 2),
        (_SUBJECT_PP_VERB, 1, 2),
        (_VERB_SUBJECT, 2, 1),
        (_VERB_BARE, 2, 1),
    ):
        match = pattern.match(shape, at)
        if match and not (pattern is _SUBJECT_VERB and is_passive(place.parsed, match.start(verb))):
            return Finding("trailing", place.parsed, match.start(subject), match.start(verb))
    return None


def trailing_manner(place: Place) -> Finding | None:
    """“…,” NAME thundered: any verb will do where a comma inside the marks hangs it on."""
    if place.quoted.rstrip("'’”\"")[-1:] not in ",?!" or place.at > 3:
        return None
    match = _MANNER.match(place.parsed.shape, place.at)
    if not match:
        return None
    word = place.parsed.word(match.start(2))
    if not word.endswith(("ed", "es", "s")):
        return None
    return Finding("trailing-manner", place.parsed, match.start(1), match.start(2))


def leading(place: Place) -> Finding | None:
    """NAME said, “…”; NAME called it “…”; …, saying “…”: the nearest cue, and of cues a strong one."""
    parsed, shape = place.parsed, place.parsed.shape
    weak: Finding | None = None
    for at in range(place.at - 1, max(-1, place.at - 48), -1):
        letter = shape[at]
        if letter in "VGB":
            strength = _class(parsed, at)
            found = _FIND[letter](parsed, at)
            if found is None or (shape[found] == "W" and shape[place.at - 1] == "," and at < place.at - 2):
                continue
            near = place.at - at <= 2 or shape[place.at - 1] in ":,t"
            if strength in ("say", "judge"):
                return Finding("leading" if near else "leading-far", parsed, outermost(parsed, found), at)
            if weak is None and (strength != "manner" or near):
                weak = Finding("leading-weak", parsed, outermost(parsed, found), at)
        elif letter == "A" and at + 1 < place.at and shape[at + 1] in "NDPo":
            return weak or Finding("according-to", parsed, at + 1, at)
        elif letter == ";":
            break
    return weak


def _class(parsed: Parsed, at: int) -> str:
    word = parsed.word(at)
    return VERBS.get(word) or PARTICIPLES.get(word) or BASES.get(word, "")


def _of_verb(parsed: Parsed, at: int) -> int | None:
    if is_passive(parsed, at):
        return agent_after(parsed, at)
    return subject_before(parsed, at)


def _of_participle(parsed: Parsed, at: int) -> int | None:
    shape = parsed.shape
    before = at - 1
    while before >= 0 and shape[before] in "ax":
        before -= 1
    if before < 0:
        return next((i for i in range(at + 1, len(shape)) if shape[i] in "NDP" and shape[i - 1] == ","), None)
    if shape[before] == "W":
        return before
    if shape[before] in "NDP" and (shape[before] == "P" or before == 0 or shape[before + 1] == "x" or _absolute(parsed, before)):
        return subject_before(parsed, at)
    return clause_subject(parsed, before if shape[before] in ",-c" else before + 1)


def _absolute(parsed: Parsed, at: int) -> bool:
    """Whether a mention before a participle is its subject: "with NAME saying", "footage of NAME saying"."""
    return parsed.shape[at - 1] == "p" and parsed.word(at - 1) in {"with", "of", "without"}


def _of_infinitive(parsed: Parsed, at: int) -> int | None:
    shape = parsed.shape
    before = at - 1
    while before >= 0 and shape[before] == "a":
        before -= 1
    if before >= 0 and shape[before] == "x":
        return subject_before(parsed, at)
    if before >= 0 and shape[before] == "p":
        return clause_subject(parsed, before)
    return None


_FIND: dict[str, Callable[[Parsed, int], int | None]] = {"V": _of_verb, "G": _of_participle, "B": _of_infinitive}


def aside(place: Place) -> Finding | None:
    """… “…” and so on, NAME said."""
    shape = place.parsed.shape
    for pattern, subject, verb in ((_ASIDE, 1, 2), (_ASIDE_INVERTED, 2, 1)):
        match = pattern.search(shape, place.at, place.at + 40)
        if match and "Q" not in shape[place.at + 1 : match.start()]:
            return Finding("aside", place.parsed, match.start(subject), match.start(verb))
    return None


def according_to(place: Place) -> Finding | None:
    """According to NAME, … “…”; … “…,” according to NAME."""
    match = _TRAILING_SOURCE.search(place.parsed.shape, place.at, place.at + 40)
    if match is None:
        match = _TRAILING_SOURCE.search(place.parsed.shape, 0, place.at)
    return Finding("according-to", place.parsed, match.start(2), match.start(1)) if match else None


def signature(place: Place) -> Finding | None:
    """“…” — NAME, at the end of a paragraph."""
    match = re.compile(r"Q-+o?([NDP])").match(place.parsed.shape, place.at)
    if match and place.at == 0:
        return Finding("signature", place.parsed, match.start(1), None)
    return None


def colon(place: Place) -> Finding | None:
    """NAME: “…”; and from NAME: “…”."""
    shape = place.parsed.shape
    if place.at == 0 or shape[place.at - 1] != ":":
        return None
    subject = main_subject(place.parsed, place.at - 1)
    return Finding("colon", place.parsed, subject, place.at - 1) if subject is not None else None


def noun_cue(place: Place) -> Finding | None:
    """NAME's claim that “…”: the noun's owner; a document that says it."""
    parsed, shape = place.parsed, place.parsed.shape
    for at in range(place.at - 1, max(-1, place.at - 12), -1):
        if shape[at] in "ND" and parsed.word(at) in NOUNS:
            return Finding("noun", parsed, at, at)
        if shape[at] in ".;":
            return None
    return None


def sentence_subject(place: Place) -> Finding | None:
    """NAME vetoed the “…”: the sentence's subject, whatever the verb."""
    subject = clause_subject(place.parsed, place.at)
    return Finding("subject", place.parsed, subject, None) if subject is not None else None


#: The sieve inside one sentence, in the order in which the rules are asked.
SIEVE: tuple[Callable[[Place], Finding | None], ...] = (
    trailing,
    trailing_manner,
    signature,
    leading,
    aside,
    according_to,
    colon,
    noun_cue,
    sentence_subject,
)


def attribute(place: Place) -> Finding | None:
    """The first rule's answer for one stretch, from its own sentence alone."""
    for rule in SIEVE:
        finding = rule(place)
        if finding is not None:
            return finding
    return None
