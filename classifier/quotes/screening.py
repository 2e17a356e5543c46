"""Is it a quotation at all? Titles, nicknames, terms and scare quotes, each with its reason.

Evidence for a quotation: a reporting cue that governs the stretch, length, the punctuation of speech.
Evidence against: capitals throughout, a word such as "so-called" or "the film" before the mark, a
single word or two with nobody in the sentence to say them.
"""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attribution import Finding, Place, verb_class
from .evidence import (
    AS_A,
    CALLED_BEFORE,
    CARRIES,
    CITED_AFTER,
    COPULA_BEFORE,
    DEFINED,
    DIGITS,
    ENACTED,
    EPITHETS,
    GLOSS_BEFORE,
    IS_BEFORE,
    JARGON_BEFORE,
    KNOWN_BEFORE,
    MARKUP_BEFORE,
    NAMED_BEFORE,
    ON_AIR,
    PREDICATE,
    SIGN_AFTER,
    SIGN_BEFORE,
    SLOGAN_BEFORE,
    SMALL,
    SPEECH_AFTER,
    TERM_BEFORE,
    THINGS,
    TITLE_BEFORE,
    TOLD_BEFORE,
    TOPIC,
    USED_BEFORE,
    WORD,
    WORD_ITSELF,
)
from .governing import governed, taken_up
from .words import PUBLISHERS, WORKS

if TYPE_CHECKING:
    from .marks import Stretch

#: Rules whose cue governs the stretch closely enough to make a short fragment a quotation.
_CUED = frozenset({"trailing", "leading", "leading-far", "leading-weak", "noun", "aside", "according-to", "colon"})
_STRONG = frozenset(
    {"trailing", "leading", "leading-far", "aside", "according-to", "colon", "trailing-manner", "signature"}
)


def reason_against(text: str, stretch: Stretch, place: Place, finding: Finding | None) -> str | None:
    """Why a marked stretch is no quotation, or None where it is one."""
    quoted = place.quoted
    if MARKUP_BEFORE.search(text, max(0, stretch.outer_start - 2), stretch.outer_start):
        return "markup"
    if DIGITS.match(quoted):
        return "no words"
    words = WORD.findall(quoted[:400])
    before = text[max(0, stretch.outer_start - 60) : stretch.outer_start]
    before = before[before.rfind("\n") + 1 :]
    if not before.rstrip()[-1:].isalnum() and before.rstrip()[-1:] not in CARRIES:
        before = ""  # no rule reads past a mark or a stop, and texts full of marks ask often
    after = text[stretch.outer_end : stretch.outer_end + 24]
    rule = finding.rule if finding is not None else ""
    if len(words) <= 3 and quoted[:1].isupper() and _nickname(before, after, quoted):
        return "nickname"
    if len(words) <= 5 and (
        TERM_BEFORE.search(before)
        or (rule not in _CUED and NAMED_BEFORE.search(before) and not USED_BEFORE.search(before))
    ):
        return "term"
    if GLOSS_BEFORE.search(before) or (rule not in _STRONG and len(words) <= 5 and JARGON_BEFORE.search(before)):
        return "term"
    if before.endswith("(") and CITED_AFTER.match(text, stretch.end):
        return "title"
    if len(words) <= 5 and rule == "leading-weak" and KNOWN_BEFORE.search(before):
        return "term"
    if (
        len(words) <= 5
        and rule == "noun"
        and finding is not None
        and finding.cue == place.at - 1
        and WORD_ITSELF.search(before)
    ):
        return "term"
    if TOPIC.fullmatch(quoted.strip(".,;")) and not PREDICATE.search(place.parsed.shape, 0, place.at):
        return "term"
    if 1 < len(words) <= 8 and ENACTED.search(quoted) and _title_cased(words):
        return "title"
    if rule == "continued" and len(words) <= 3 and quoted[-1] not in ".!?":
        return "scare"
    if rule.startswith("trailing") and place.at == 0:
        return None
    if quoted[-1] in "?!" and len(words) > 3:
        return "title" if _title_cased(words) and _work_before(before) else None
    if len(words) <= 3 and place.fragment and DEFINED.match(text, stretch.end):
        return "term"
    if len(words) <= 3 and place.fragment and AS_A.search(before) and _verb_class(finding) == "say":
        return "term"
    if (
        len(words) <= 2
        and EPITHETS.search(place.parsed.shape)
        and place.parsed.shape[place.at + 1 : place.at + 2] == "N"
    ):
        return None
    if _title(words, before, after, place, finding):
        return "title"
    if stretch.single and rule not in ("leading", "trailing", "colon"):
        return "scare"
    return _scare(words, place, finding, before, after)


def _verb_class(finding: Finding | None) -> str:
    return verb_class(finding.parsed, finding.cue) if finding is not None and finding.cue is not None else ""


def _nickname(before: str, after: str, quoted: str) -> bool:
    """A name in marks between given name and surname: NAME “Butch” NAME."""
    given = re.search(r"(\w+)\.?\s+\(?$", before)
    return bool(
        given
        and given.group(1)[:1].isupper()
        and quoted[:1].isupper()
        and quoted[-1].isalpha()
        and re.match(r"\)?\s+[A-ZÀ-Þ]\w+", after)
    )


def is_title_cased(quoted: str) -> bool:
    """Whether every word of some length has a capital."""
    return _title_cased(WORD.findall(quoted[:400]))


def _title_cased(words: list[str]) -> bool:
    content = [w for w in words if w.lower() not in SMALL]
    return bool(content) and all(w[0].isupper() or w[0].isdigit() for w in content)


def _work_before(before: str) -> bool:
    found = re.findall(r"[\w-]+", before[-30:])
    return bool(found) and (found[-1].lower() in WORKS or bool(TITLE_BEFORE.search(before)))


def _title(words: list[str], before: str, after: str, place: Place, finding: Finding | None) -> bool:
    cased = _title_cased(words)
    shape, at = place.parsed.shape, place.at
    introduced = at > 0 and (shape[at - 1] in ":" or (shape[at - 1] in "," and at > 1 and shape[at - 2] in "VGT"))
    if cased and (_called_work(before) or (len(words) > 1 and TOLD_BEFORE.search(before))):
        return True
    if not cased or introduced:
        return False
    if (
        finding is not None
        and _verb_class(finding) == "judge"
        and not (finding.cue is not None and finding.parsed.word(finding.cue) in THINGS)
        and not re.search(r"\b(?:called|named|titled|entitled|dubbed)\s+$", before)
    ):
        return bool(SIGN_AFTER.match(after))
    if SLOGAN_BEFORE.search(before):
        return False
    if _work_before(before):
        return True
    content = [w for w in words if w.lower() not in SMALL]
    last = re.findall(r"[\w.]+(?=[’']s\s*$)", before)
    if last and last[-1].lower() in PUBLISHERS:
        return True
    if len(content) >= 2 and (SIGN_AFTER.match(after) or ON_AIR.search(before)):
        return True
    if len(content) >= 2 and at > 0 and shape[at - 1] not in "VGBt":
        return not (
            finding is not None and finding.rule == "subject" and (IS_BEFORE.search(before) or governed(place))
        )
    return bool(SIGN_AFTER.match(after) and SIGN_BEFORE.search(before))


def _called_work(before: str) -> bool:
    """A play called “…”, whoever calls it so."""
    called = CALLED_BEFORE.search(before)
    return called is not None and called.group(1).lower() in WORKS


def _scare(words: list[str], place: Place, finding: Finding | None, before: str, after: str) -> str | None:
    """A short fragment that nobody in its sentence says."""
    rule, shape = finding.rule if finding is not None else "", place.parsed.shape
    if rule in ("leading", "leading-far") and finding is not None and finding.cue is not None:
        apart = place.at - finding.cue > 1 and shape[place.at - 1] not in ",:"
        rule = "subject" if apart and finding.parsed.word(finding.cue) in THINGS else rule
    if rule == "subject" and (
        SPEECH_AFTER.match(after)
        or COPULA_BEFORE.search(before)
        or PREDICATE.search(shape[max(0, place.at - 5) : place.at])
    ):
        return None
    if rule == "subject" and (
        taken_up(before) or (finding is not None and finding.rule == rule and governed(place))
    ):
        return None
    alone = shape.strip(".") == "Q"
    if rule.startswith("paragraph-before") and not alone and len(words) <= 3:
        return "scare"
    if rule in _STRONG or (not place.fragment and len(words) > 2):
        return None
    if alone or rule in ("leading-weak", "noun"):
        return None
    return "scare" if len(words) <= 3 else None
