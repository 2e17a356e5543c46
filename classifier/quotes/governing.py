"""Words that a verb tells although no table holds it: by "that", by "as", by a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .attribution import Place

#: Whatever the verb, it tells words that come with "that" or "as": grumbles that the “…”, casts him as “…”.
_THAT_CLAUSE = re.compile(r"[vVGBn]t[^,;:.\-Q]*$")
_NO_NAMING = frozenset(
    {"known", "disguised", "posed", "posing", "served", "serves", "worked", "works", "acted", "acts"}
)
_AS_PHRASE = re.compile(r"[vVGBo][^,;:.\-Q]{0,12}(p)[oa]{0,2}$")


def governed(place: Place) -> bool:
    """Whether a verb that no table holds tells the words, by the way it takes them."""
    return _asked(place) or _named_as(place) or _THAT_CLAUSE.search(place.parsed.shape, 0, place.at) is not None


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
