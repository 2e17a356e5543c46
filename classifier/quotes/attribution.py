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
from .mentions import Parsed, read
from .sentences import Sentence, words_between

#: The share of stretches for which a rule named the right mention, on the 280 annotated articles the rules
#: were developed on, as (right + 1) / (all + 2). How many it decided stands behind; see NOTES.md.
CERTAINTY: dict[str, float] = {
    "trailing": 0.97,  # 1194
    "aside": 0.96,  # 22
    "transcript": 0.92,  # 10, of other articles
    "sentence-before-quoted": 0.90,  # 19
    "leading-far": 0.89,  # 376
    "leading": 0.88,  # 283
    "colon": 0.86,  # 12
    "paragraph-before-colon": 0.83,  # 22
    "sentence-before-colon": 0.83,  # taken from the rule above: too few
    "according-to": 0.80,  # 18
    "continued": 0.80,  # 3
    "trailing-manner": 0.75,  # 2
    "sentence-before-reported": 0.75,  # 10
    "paragraph-before-quoted": 0.72,  # 16
    "noun": 0.67,  # 10
    "signature": 0.67,  # 7; 17 of 17 in other articles
    "leading-weak": 0.63,  # 36
    "subject": 0.54,  # 11
    "paragraph-before-reported": 0.30,  # 8
    "sentence-before": 0.25,  # 10
    "paragraph-before": 0.20,  # 3
    "indirect-aside": 0.82,
    "indirect-according": 0.80,
    "indirect-say": 0.69,
    "indirect-passive": 0.67,
    "indirect-asked": 0.65,
    "indirect-think": 0.59,
    "indirect-seem": 0.58,
    "indirect-show": 0.56,
    "indirect-about": 0.55,
    "indirect-judge": 0.53,
    "indirect-adjective": 0.53,
    "indirect-relative": 0.51,
    "indirect-act": 0.50,
    "indirect-colon": 0.48,
    "indirect-noun": 0.45,
    "indirect-attitude": 0.37,
}


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
    #: Where the quoted text begins in the article.
    start: int = 0

    @property
    def fragment(self) -> bool:
        """Whether the quoted text begins like the middle of a sentence."""
        return begins_inside(self.quoted)


def begins_inside(quoted: str) -> bool:
    """Whether a quotation begins with a small letter, after dots and brackets."""
    first = quoted.lstrip("[(…. '‘“\"—–-")[:1]
    return first.islower()


_TIME = r"(?:a|T|pT)*"
_APPOSITION = r"(?:r|,(?:[DNo0pWavVG][^Q:]{0,24}?),|,D?W[^Q:,]{1,16}?)?"
#: The speaker; before the name may stand whose or of where they are: "Kings University law professor NAME".
_SUBJECT = r"(?:No{1,5}(?=N))?o{0,6}([NDP])(?:c[ND]o{0,3}|p[NDT]){0,4}"
_SUBJECT_AND_VERB = rf"{_TIME}{_SUBJECT}{_APPOSITION}(?:x|a|T|pT|r)*(V)"
_SUBJECT_VERB = re.compile(rf"Q[,\-]?{_SUBJECT_AND_VERB}")
#: The same after "as", whatever its letter is.
_AS_SUBJECT_VERB = re.compile(rf"Q,?(.){_SUBJECT_AND_VERB}")
_VERB_SUBJECT = re.compile(rf"Q[,\-]?(?:a)*(V){_TIME}o{{0,6}}([NDP])")
_VERB_BARE = re.compile(r"Q[,\-]?(?:a)*(V)(o)")
_MANNER = re.compile(rf"Q[,\-]?{_TIME}{_SUBJECT}{_APPOSITION}(?:x|a)*([vo])")
_SIGNED = re.compile(r"Q-+o?([NDP])")
#: The speaker of a line of a transcript: capitals, or a name after "Q." or "Sen.", and a colon.
_TRANSCRIPT = re.compile(r"((?:[A-Z][A-Z.’'-]+[ \xa0]?){1,4}):\s+\S")
_ASIDE = re.compile(rf"[,\-]{_TIME}([NDP])(?:r|,[Do0][^Q,V]{{0,12}},)?(?:x|a|T)*(V)(?=[,.\-]|T|p|$)")
_ASIDE_INVERTED = re.compile(r"[,\-](V)([NDP])(?=[,.\-]|T|p|$)")
_TRAILING_SOURCE = re.compile(r"(A)(?:a)*([NDPo])")


def trailing(place: Place) -> Finding | None:
    """“…,” NAME said; “…,” said NAME; “…,” as NAME put it."""
    shape, at = place.parsed.shape, place.at
    outside = at + 1 < len(shape) and shape[at + 1] in ",-"
    closing = place.quoted.rstrip("'’”\"")[-1:]
    if not (outside or closing in ",?!—–-…" or (closing == "." and at == 0)):
        return None
    for pattern, subject, verb in (
        (_SUBJECT_VERB, 1, 2),
        (_VERB_SUBJECT, 2, 1),
        (_VERB_BARE, 2, 1),
    ):
        match = pattern.match(shape, at)
        if match and _hangs(place, match.start(verb)):
            return Finding("trailing", place.parsed, match.start(subject), match.start(verb))
    match = _AS_SUBJECT_VERB.match(shape, at)
    if match and (outside or closing == ",") and place.parsed.word(match.start(1)) == "as":
        verb = match.start(3)
        if verb_class(place.parsed, verb) == "say" or place.parsed.word(verb) in ("put", "puts"):
            return Finding("trailing", place.parsed, match.start(2), verb)
    return None


def _hangs(place: Place, verb: int) -> bool:
    """Whether a verb may carry the quotation before it: any that says; others only after whole sentences."""
    if is_passive(place.parsed, verb):
        return place.parsed.word(verb) in ("quoted", "cited")
    strength = verb_class(place.parsed, verb)
    return strength in ("say", "manner") or (
        strength in ("think", "judge") and place.at == 0 and not place.fragment
    )


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
            strength = verb_class(parsed, at)
            found = None if _of_another(parsed, at, place.at) else FIND[letter](parsed, at)
            if found is None or (shape[found] == "W" and shape[place.at - 1] == "," and at < place.at - 2):
                continue
            near = place.at - at <= 2 or shape[place.at - 1] in ":,t"
            if strength in ("say", "judge"):
                return Finding("leading" if near else "leading-far", parsed, outermost(parsed, found), at)
            if weak is None and (strength != "manner" or near):
                weak = Finding("leading-weak", parsed, outermost(parsed, found), at)
        elif letter == "A" and at + 2 < place.at and shape[at + 1] in "NDPo":
            return weak or Finding("according-to", parsed, at + 1, at)
        elif letter == ";":
            break
    return None if weak is not None and _cut_off(place, weak) else weak


def _cut_off(place: Place, weak: Finding) -> bool:
    """Whether a comma parts a fragment from a verb of thinking or wanting that took an object of its own."""
    gap = place.parsed.shape[weak.cue + 1 : place.at] if weak.cue is not None else ""
    return place.fragment and "t" not in gap and _ANOTHER_PHRASE.search(gap, 1) is not None


#: After a comma: the marks at once, or a phrase that isn't the next of a list.
_ANOTHER_PHRASE = re.compile(r",(?:c?p[^,]*)?$")


def _of_another(parsed: Parsed, cue: int, at: int) -> bool:
    """Whether a cue has said its words before a clause about its speaker: “…,” said NAME, who lives in “…”."""
    before, after = parsed.shape[max(0, cue - 3) : cue], parsed.shape[cue + 1 : at]
    return _SAID_BEFORE.search(before) is not None and _ABOUT_SPEAKER.match(after) is not None


_SAID_BEFORE = re.compile(r"Q,?a*$")
_ABOUT_SPEAKER = re.compile(r"N,[^VGQ]*W")


def verb_class(parsed: Parsed, at: int) -> str:
    """The class of the cue at an element: say, judge, think, show, act, manner, or nothing."""
    element = parsed.elements[at]
    if element.last > element.first and parsed.shape[at] == "V":
        return "say"
    word = parsed.word(at)
    return VERBS.get(word) or PARTICIPLES.get(word) or BASES.get(word, "")


def _of_verb(parsed: Parsed, at: int) -> int | None:
    if is_passive(parsed, at):
        return agent_after(parsed, at)
    subject = subject_before(parsed, at)
    if subject is None and verb_class(parsed, at) == "say":
        inverted = _INVERTED.match(parsed.shape, at)
        return inverted.start(1) if inverted else None
    return subject


#: “…,” said NAME, a doctor, “…”; But, said NAME, “…”
_INVERTED = re.compile(r"V(?:a)*([NDP])(?=[,:.\-]|r|p|T|W)")


def _of_participle(parsed: Parsed, at: int) -> int | None:
    shape = parsed.shape
    before = at - 1
    while before >= 0 and shape[before] in "ax":
        before -= 1
    if before < 0:
        return next((i for i in range(at + 1, len(shape)) if shape[i] in "NDP" and shape[i - 1] == ","), None)
    if shape[before] == "W":
        return before
    if shape[before] == "D" and parsed.word(at) == "reading":
        return before
    if shape[before] in ",-":
        held = subject_before(parsed, before + 1)
        if held is not None and held and shape[held - 1] == "p" and parsed.word(held - 1) == "with":
            return held
    if shape[before] in "NDP" and (
        shape[before] == "P" or before == 0 or shape[before + 1] == "x" or _absolute(parsed, before)
    ):
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
    if before >= 0 and shape[before] == "p" and parsed.word(before) == "to":
        return clause_subject(parsed, before)
    return None


FIND: dict[str, Callable[[Parsed, int], int | None]] = {"V": _of_verb, "G": _of_participle, "B": _of_infinitive}


def aside(place: Place) -> Finding | None:
    """… “…” and so on, NAME said."""
    shape = place.parsed.shape
    for pattern, subject, verb in ((_ASIDE, 1, 2), (_ASIDE_INVERTED, 2, 1)):
        match = pattern.search(shape, place.at, place.at + 40)
        if match is None or verb_class(place.parsed, match.start(verb)) not in ("say", "think"):
            continue
        if "Q" not in shape[place.at + 1 : match.start()]:
            return Finding("aside", place.parsed, match.start(subject), match.start(verb))
    return None


def according_to(place: Place) -> Finding | None:
    """According to NAME, … “…”; … “…,” according to NAME."""
    match = _TRAILING_SOURCE.search(place.parsed.shape, place.at, place.at + 40)
    if match is None:
        match = _TRAILING_SOURCE.search(place.parsed.shape, 0, place.at)
        if match and match.end() == place.at:
            return None  # according to its “…” plan: the words are part of the source's name
    return Finding("according-to", place.parsed, match.start(2), match.start(1)) if match else None


def transcript(place: Place) -> Finding | None:
    """“NAME: …”, a line of a transcript that names its speaker inside the marks."""
    match = _TRANSCRIPT.match(place.quoted)
    if match is None:
        return None
    parsed = read(Sentence(words_between(place.quoted, 0, match.end(1), place.start), 0, 0))
    return Finding("transcript", parsed, 0, None)


def signature(place: Place) -> Finding | None:
    """“…” — NAME, at the end of a paragraph."""
    match = _SIGNED.match(place.parsed.shape, place.at)
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


#: Nouns of a feeling that, with "that", tell what somebody has in mind.
_FEARS = frozenset(
    {
        "anxiety",
        "fear",
        "fears",
        "hope",
        "hopes",
        "worry",
        "worries",
        "doubt",
        "doubts",
        "suspicion",
        "feeling",
        "confidence",
    }
)


def noun_cue(place: Place) -> Finding | None:
    """NAME's claim that “…”; a comment from NAME that “…”; chants of “…”."""
    parsed, shape = place.parsed, place.parsed.shape
    for at in range(place.at - 1, max(-1, place.at - 8), -1):
        if shape[at] in ".;Q":
            return None
        feared = "t" in shape[at + 1 : place.at] and parsed.word(at) in _FEARS
        if not feared and (shape[at] not in "NDn" or parsed.word(at) not in NOUNS):
            continue
        for after in range(at + 1, place.at - 1):
            if shape[after] == "p" and shape[after + 1] in "ND" and parsed.word(after) in {"from", "by"}:
                return Finding("noun", parsed, after + 1, at)
        speaker = at if shape[at] in "ND" and _owned(parsed, at) else clause_subject(parsed, at)
        if speaker is None and shape[at] in "ND":
            speaker = at
        return Finding("noun", parsed, speaker, at) if speaker is not None else None
    return None


def _owned(parsed: Parsed, at: int) -> bool:
    element = parsed.elements[at]
    words = [t.lower for t in parsed.tokens[element.first : element.last + 1]]
    return words[0] in {"his", "her", "their", "its"} or any(w.endswith(("'s", "s'")) for w in words[:-1])


def sentence_subject(place: Place) -> Finding | None:
    """NAME vetoed the “…”: the sentence's subject, whatever the verb."""
    subject = clause_subject(place.parsed, place.at)
    return Finding("subject", place.parsed, subject, None) if subject is not None else None


#: The sieve inside one sentence, in the order in which the rules are asked.
SIEVE: tuple[Callable[[Place], Finding | None], ...] = (
    transcript,
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
