"""Words that somebody tells although no cue leads to them: a passive, "that", "as", a question, a phrase."""

# A table of words reads better as text.
# ruff: noqa: SIM905
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cues import VERBS
from .grammar import is_passive
from .reported import candidates

if TYPE_CHECKING:
    from .attribution import Place

#: Whatever the verb, it tells words that come with "that" or "as": grumbles that the “…”, casts him as “…”.
_THAT_CLAUSE = re.compile(r"[vVGBn]t[^,;:.\-Q]*$")
_NO_NAMING = frozenset(
    {"known", "disguised", "posed", "posing", "served", "serves", "worked", "works", "acted", "acts"}
)
_AS_PHRASE = re.compile(r"[vVGBo][^,;:.\-Q]{0,12}(p)[oa]{0,2}$")
#: Passives of blame, whose reason is told in somebody's words: arrested for “…”, accused of “…”.
_BLAMED = frozenset(
    """
    accused arrested charged convicted cited fired suspended disciplined indicted sued jailed fined
    booked detained investigated wanted sentenced censured impeached ousted dismissed expelled
    punished sanctioned reprimanded demoted prosecuted faulted acquitted blamed mocked
    """.split()
)
#: What is said or thought, and turns of phrase that take up somebody's words, right before the mark.
_TAKEN_UP = re.compile(
    r"\b(?:(?:chants?|shouts?|cr(?:y|ies)|cheers|jeers|calls|chorus(?:es)?|accusations?|charges?|claims?|allegations?|ratings?|"
    r"grades?|warnings?|promises?|complaints?|slogans?|talk|use)\s+of\s+(?:the\s+(?:word|term|phrase)s?)?|"
    r"vot(?:e|es|ed|ing)|emblazoned\s+with|self-(?:described|identified|proclaimed|declared|professed)|"
    r"(?:(?:t[oe]ars?|tore|tearing|lit|laid|lays|laying|ripp?(?:ed|ing)?|rips)\s+into|"
    r"(?:t[ao]kes?|took|taking|taken)\s+(?:aim|issue|exception|umbrage|offense|(?:an?|another)\s+(?:shot|swipe|jab|dig))\s+(?:at|with|to)|"
    r"(?:made|makes?|making|pok(?:ed?|es|ing))\s+fun\s+(?:of|at)|doubl(?:ed?|es|ing)\s+down\s+on|walk(?:s|ed|ing)?\s+back|"
    r"under\s+fire\s+for|spoke(?:n)?\s+out\s+against|push(?:ed|es|ing)?\s+back\s+(?:against|on|at)|"
    r"bristl(?:ed?|es|ing)\s+at|(?:speak|speaks|spoke|speaking)\s+(?:of|against)))"
    r"(?:\s+(?:an?|the|his|her|their|its|what|those|these|such))?\s*$",
    re.I,
)
_IN_VIEW = re.compile(
    r"\bin\s+(?:[\w.]+\s+){0,3}?(?:\w+(?:[’']s|s[’'])|his|her|their|my)\s+"
    r"(?:view|telling|opinion|words|eyes|mind|estimation|account|judgment|description|phrase|assessment|reading|version)\b"
    r"[^.;“”\"]{0,60}$",
    re.I,
)


def governed(place: Place) -> bool:
    """Whether a verb that no table holds, or a passive, tells the words by the way it takes them."""
    return (
        _asked(place)
        or _named_as(place)
        or _THAT_CLAUSE.search(place.parsed.shape, 0, place.at) is not None
        or _passive(place)
    )


def reported(place: Place) -> bool:
    """Whether the stretch stands inside indirect speech: what it says there, it says in somebody's words."""
    parsed = place.parsed
    plain = parsed._replace(shape=parsed.shape.replace("Q", "o"))
    return any(c.first <= place.at <= c.last for c in candidates(plain))


def taken_up(before: str) -> bool:
    """Whether the text before a mark ends in a phrase that gives or takes up somebody's words."""
    return _TAKEN_UP.search(before) is not None or _IN_VIEW.search(before) is not None


def _passive(place: Place) -> bool:
    """Whether nobody named thinks or blames so: was deemed “…”, was accused of “…”."""
    parsed, shape = place.parsed, place.parsed.shape
    for at in range(place.at - 1, max(-1, place.at - 6), -1):
        if shape[at] in ",;:.-Q":
            return False
        if shape[at] in "Vv" and is_passive(parsed, at):
            if parsed.word(at) in _BLAMED:
                return shape[at + 1] == "p"
            return parsed.word(at) != "known" and VERBS.get(parsed.word(at)) in ("say", "judge", "think")
        if shape[at] in "VGB":
            return False
    return False


def _asked(place: Place) -> bool:
    """Whether the words stand in a question that nobody in the sentence asks: when asked about “…”."""
    shape = place.parsed.shape
    for at in range(place.at - 1, max(-1, place.at - 12), -1):
        if shape[at] in ",;:-Q":
            return False
        if shape[at] == "V" and place.parsed.word(at) == "asked":
            return True
    return False


def _named_as(place: Place) -> bool:
    """Whether a verb names its object so: cast the mayor as a “…”."""
    match = _AS_PHRASE.search(place.parsed.shape, 0, place.at)
    if match is None or place.parsed.word(match.start(1)) != "as":
        return False
    return place.parsed.word(match.start()) not in _NO_NAMING
