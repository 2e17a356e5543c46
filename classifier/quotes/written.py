"""One written name taken apart: "Secretary of Homeland Security Dana Ruiz" to name, title and place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .phrases import is_function_word
from .words import (
    DEPARTMENTS,
    FEMALE_NAMES,
    MALE_NAMES,
    OF_ORGANISATIONS,
    OF_PLACES,
    OPENERS,
    ORGANISATIONS,
    SAINTS,
    TIMES,
    TITLE_MODIFIERS,
    TITLES,
)

#: At the end of an owner's name.
POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")


@dataclass(frozen=True, slots=True)
class Named:
    """One written name, taken apart."""

    words: tuple[str, ...]
    title: str | None
    place: str | None


def bare(word: str) -> str:
    """A word without stops, in lower case."""
    return word.rstrip(".").lower()


def take_apart(written: str) -> Named:
    """Split "New York City Mayor Bill de Blasio" into name, title and place."""
    words = POSSESSIVE.sub("", written.strip()).split()
    for index, word in enumerate(words[:-1]):
        if word.endswith(("’s", "'s", "s’", "s'")) and index + 1 < len(words):
            head, rest = words[: index + 1], words[index + 1 :]
            inner = take_apart(" ".join(rest))
            owner = POSSESSIVE.sub("", " ".join(head))
            return Named(inner.words, inner.title, inner.place or (owner if inner.title else None))
    while len(words) > 1 and (
        is_function_word(bare(words[0])) or bare(words[0]) in OPENERS or bare(words[0]) in TIMES
    ):
        if words[0] == "New" and len(words) > 2 and words[1][:1].isupper() and bare(words[1]) not in TITLES:
            break  # New York, New Haven
        words = words[1:]
    office = of_office(words)
    if office is not None:
        return office
    last_title = -1
    for index, word in enumerate(words[:-1]):
        if bare(word) in TITLES:
            last_title = index
    if last_title < 0 or bare(words[last_title + 1]) in {"of", "for"}:
        return Named(tuple(words), None, None)
    first_title = last_title
    while first_title and bare(words[first_title - 1]) in TITLES:
        first_title -= 1
    if all(bare(word) in OF_ORGANISATIONS for word in words[first_title : last_title + 1]):
        return Named(tuple(words), None, None)
    before = words[:first_title]
    organised = any(
        bare(w) in ORGANISATIONS - {"new", "city", "county", "state"} or not w[:1].isupper() for w in before
    )
    title = " ".join(words[first_title : last_title + 1] if not organised else words[: last_title + 1])
    place = " ".join(before) if before and not organised else None
    return Named(tuple(words[last_title + 1 :]), title, place)


def of_office(words: list[str]) -> Named | None:
    """Split "Secretary of Homeland Security Dana Ruiz"; None where no name can be told from the office."""
    lowered = [bare(word) for word in words]
    at = lowered.index("of", 1) if "of" in lowered[1:] else 0
    if not at or lowered[at - 1] not in TITLES - TITLE_MODIFIERS:
        return None
    rest, low = words[at + 1 :], lowered[at + 1 :]
    begins = (i for i in range(len(rest) - 2, 0, -1) if low[i] in FEMALE_NAMES or low[i] in MALE_NAMES)
    begin = next(begins, len(rest) - 2 if len(rest) > 2 and low[-3] in DEPARTMENTS else 0)
    if begin and low[begin - 1] in SAINTS and len(rest) - begin > 2:
        begin += 1  # San Francisco's, not Francisco
    name = rest[begin:]
    if not begin or not all(word[:1].isupper() and bare(word) not in ORGANISATIONS for word in name):
        return None
    inner = take_apart(" ".join([*words[:at], *name]))
    if inner.title is None:
        return None
    where = " ".join(rest[:begin])
    if lowered[at - 1] in OF_PLACES:
        return Named(inner.words, inner.title, where)
    return Named(inner.words, f"{inner.title} of {where}", inner.place)


def key(word: str) -> str:
    """A word as names are compared by: without stops, in lower case, its apostrophe straight."""
    return bare(word).replace("’", "'")
