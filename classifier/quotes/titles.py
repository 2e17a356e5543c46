"""Titles of works among marked stretches: capitals throughout, and what stands around that tells of a work."""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attribution import Finding, Place, verb_class
from .evidence import (
    CALLED_BEFORE,
    IS_BEFORE,
    ON_AIR,
    SIGN_AFTER,
    SIGN_BEFORE,
    SLOGAN_BEFORE,
    SMALL,
    THINGS,
    TITLE_BEFORE,
    TOLD_BEFORE,
    WORD,
    WORK_AFTER,
)
from .governing import governed, reported
from .words import PUBLISHERS, WORKS

if TYPE_CHECKING:
    from .marks import Stretch

_JUDGED_BEFORE = re.compile(r"\b(?:called|named|titled|entitled|dubbed)\s+$")
#: films such as “…”
_EXAMPLES = frozenset({"like", "including", "as"})


def is_title_cased(quoted: str) -> bool:
    """Whether every word of some length has a capital."""
    return all_capitals(WORD.findall(quoted[:400]))


def all_capitals(words: list[str]) -> bool:
    """The same of the words of a stretch; articles and prepositions don't count."""
    content = _content_words(words)
    return bool(content) and all(w[0].isupper() or w[0].isdigit() for w in content)


def _content_words(words: list[str]) -> list[str]:
    """The words that a title writes with a capital."""
    return [w for w in words if w.lower() not in SMALL]


def cue_class(finding: Finding | None) -> str:
    """The class of a finding's cue, or nothing."""
    return verb_class(finding.parsed, finding.cue) if finding is not None and finding.cue is not None else ""


def is_work_before(before: str) -> bool:
    """Whether the text before a mark ends in a word or phrase that introduces a work."""
    found = re.findall(r"[\w-]+", before[-30:])
    if len(found) > 1 and found[-1].lower() in _EXAMPLES:
        found = found[: -2 if found[-2].lower() == "such" else -1]
    return bool(found) and (found[-1].lower() in WORKS or bool(TITLE_BEFORE.search(before)))


def _is_introduced(place: Place) -> bool:
    """Whether a colon, or a verb and a comma, lead up to the marks as they do to speech."""
    shape, at = place.parsed.shape, place.at
    return at > 0 and (shape[at - 1] == ":" or (shape[at - 1] == "," and at > 1 and shape[at - 2] in "VGT"))


def _is_broadcaster_before(before: str) -> bool:
    """Whether the text before a mark ends in a broadcaster's possessive: NETWORK's “…”."""
    last = re.findall(r"[\w.]+(?=[’']s\s*$)", before)
    return bool(last) and last[-1].lower() in PUBLISHERS


def is_named_work(text: str, stretch: Stretch, words: list[str], before: str) -> bool:
    """A play called “…”, whoever calls it so; “…,” a novel; what “…” was told."""
    if not all_capitals(words):
        return False
    called = CALLED_BEFORE.search(before)
    if called is not None and called.group(1).lower() in WORKS:
        return True
    if len(words) > 1 and TOLD_BEFORE.search(before):
        return True
    return WORK_AFTER.match(text, stretch.end) is not None


def is_title(words: list[str], before: str, after: str, place: Place, finding: Finding | None) -> bool:
    """Whether a stretch stands as the title of a work, a broadcast or a thing, and no words of anybody's."""
    if not all_capitals(words) or _is_introduced(place):
        return False
    if (
        finding is not None
        and cue_class(finding) == "judge"
        and not (finding.cue is not None and finding.parsed.word(finding.cue) in THINGS)
        and not _JUDGED_BEFORE.search(before)
    ):
        return bool(SIGN_AFTER.match(after))
    if SLOGAN_BEFORE.search(before):
        return False
    if is_work_before(before) or _is_broadcaster_before(before):
        return True
    if len(_content_words(words)) >= 2:
        if SIGN_AFTER.match(after) or ON_AIR.search(before):
            return True
        if _stands_as_name(place):
            return not (
                finding is not None and finding.rule == "subject" and (IS_BEFORE.search(before) or governed(place))
            )
    return bool(SIGN_AFTER.match(after) and SIGN_BEFORE.search(before))


def _stands_as_name(place: Place) -> bool:
    """Whether several capitalised words stand where a name would, and not in words that somebody reports."""
    shape, at = place.parsed.shape, place.at
    if at == 0:
        return shape[1:2] in ("x", "V") and place.quoted[-1] not in ",.?!"
    return shape[at - 1] not in "VGBt" and not reported(place)
