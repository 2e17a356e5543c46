"""Is it a quotation at all? Titles, nicknames, terms and scare quotes, each with its reason.

Evidence for a quotation: a reporting cue that governs the stretch, length, the punctuation of speech.
Evidence against: capitals throughout, a word such as "so-called" or "the film" before the mark, a
single word or two with nobody in the sentence to say them.
"""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .attribution import Finding, Place
from .evidence import (
    AS_A,
    CARRIES,
    CITED_AFTER,
    CLAUSE_WORD,
    COPULA_BEFORE,
    DEFINED,
    DIGITS,
    ENACTED,
    EPITHETS,
    GLOSS_BEFORE,
    JARGON_BEFORE,
    KNOWN_BEFORE,
    MARKUP_BEFORE,
    NAMED_BEFORE,
    PREDICATE,
    PRINTED_AFTER,
    SPEECH_AFTER,
    TERM_BEFORE,
    THING_CALLED,
    THINGS,
    TOPIC,
    USED_BEFORE,
    WORD,
    WORD_ITSELF,
)
from .governing import governed, reported, taken_up
from .titles import all_capitals, cue_class, is_named_work, is_title, is_work_before

if TYPE_CHECKING:
    from .marks import Stretch

#: Rules whose cue governs the stretch closely enough to make a short fragment a quotation.
_CUED = frozenset({"trailing", "leading", "leading-far", "leading-weak", "noun", "aside", "according-to", "colon"})
#: Rules whose cue says the words, whatever stands around them.
_STRONG = (_CUED - {"leading-weak", "noun"}) | {"trailing-manner", "signature", "transcript"}
#: The shapes of a noun, a comma and "or" before the marks.
_OTHER_WORD = frozenset({"N,c", "D,c", "n,c", "o,c"})


class Surroundings(NamedTuple):
    """A stretch's words and the text of its paragraph right before and behind its marks."""

    words: list[str]
    before: str
    after: str


def reason_against(text: str, stretch: Stretch, place: Place, finding: Finding | None) -> str | None:
    """Why a marked stretch is no quotation, or None where it is one."""
    if MARKUP_BEFORE.search(text, max(0, stretch.outer_start - 2), stretch.outer_start):
        return "markup"
    if DIGITS.match(place.quoted):
        return "no words"
    around = _around(text, stretch, place)
    named = _named(text, stretch, around, place, finding)
    if named is not None or _spoken(around, place, finding):
        return named
    return _by_construction(text, stretch, around, place, finding)


def _around(text: str, stretch: Stretch, place: Place) -> Surroundings:
    before = text[max(0, stretch.outer_start - 60) : stretch.outer_start]
    before = before[before.rfind("\n") + 1 :]
    if not before.rstrip()[-1:].isalnum() and before.rstrip()[-1:] not in CARRIES:
        before = ""  # no rule reads past a mark or a stop, and texts full of marks ask often
    after = text[stretch.outer_end : stretch.outer_end + 24]
    return Surroundings(WORD.findall(place.quoted[:400]), before, after)


def _named(text: str, stretch: Stretch, around: Surroundings, place: Place, finding: Finding | None) -> str | None:
    """A name or a term by the words around it, which no other evidence outweighs."""
    words, before, after = around
    quoted, count = place.quoted, len(words)
    rule = finding.rule if finding is not None else ""
    if count <= 3 and quoted[:1].isupper() and _nickname(before, after, quoted):
        return "nickname"
    if GLOSS_BEFORE.search(before) or (count <= 5 and _term(around, place, finding)):
        return "term"
    if before.endswith("(") and CITED_AFTER.match(text, stretch.end):
        return "title"
    if TOPIC.fullmatch(quoted.strip(".,;")) and not PREDICATE.search(place.parsed.shape, 0, place.at):
        return "term"
    if 1 < count <= 8 and ENACTED.search(quoted) and all_capitals(words):
        return "title"
    if rule == "continued" and count <= 3 and quoted[-1] not in ".!?":
        return "scare"
    defined = DEFINED.match(text, stretch.end) or (AS_A.search(before) and cue_class(finding) == "say")
    if defined and count <= 3 and place.fragment and not (rule.startswith("trailing") and place.at == 0):
        return "term"
    return "title" if rule not in _CUED and PRINTED_AFTER.match(after) else None


def _term(around: Surroundings, place: Place, finding: Finding | None) -> bool:
    """Whether the words before the marks introduce a term."""
    words, before, after = around
    rule = finding.rule if finding is not None else ""
    if TERM_BEFORE.search(before) or (THING_CALLED.search(before) and not after.startswith(" by ")):
        return True
    if len(words) <= 4 and _other_word(place):
        return True
    if rule not in _CUED and NAMED_BEFORE.search(before) and not USED_BEFORE.search(before):
        return True
    if rule not in _STRONG and JARGON_BEFORE.search(before):
        return True
    if rule == "leading-weak":
        return KNOWN_BEFORE.search(before) is not None
    at_once = finding is not None and finding.cue == place.at - 1
    return rule == "noun" and at_once and WORD_ITSELF.search(before) is not None


def _spoken(around: Surroundings, place: Place, finding: Finding | None) -> bool:
    """Whether the form alone tells that somebody says it: “…,” NAME said; a question; “Sleepy” NAME."""
    words, shape, at = around.words, place.parsed.shape, place.at
    if at == 0 and finding is not None and finding.rule.startswith("trailing"):
        return True
    if place.quoted[-1] in "?!" and len(words) > 3:
        return not (all_capitals(words) and is_work_before(around.before))
    return len(words) <= 2 and shape[at + 1 : at + 2] == "N" and EPITHETS.search(shape) is not None


def _by_construction(
    text: str, stretch: Stretch, around: Surroundings, place: Place, finding: Finding | None
) -> str | None:
    words, before, after = around
    if is_named_work(text, stretch, words, before) or is_title(words, before, after, place, finding):
        return "title"
    if stretch.single and (finding is None or finding.rule not in ("leading", "trailing", "colon")):
        return "scare"
    return _scare(words, place, finding, before, after)


def _other_word(place: Place) -> bool:
    """Another word for what stands before it: a levy, or “…,” on wages."""
    shape, at = place.parsed.shape, place.at
    closed = place.quoted[-1] == "," or shape[at + 1 : at + 2] == ","
    return closed and at > 2 and shape[at - 3 : at] in _OTHER_WORD and place.parsed.word(at - 1) == "or"


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
    short = len(words) <= 3 or (len(words) <= 5 and _uncued_phrase(words, place, finding))
    if rule.startswith("paragraph-before") and not alone and short:
        return "scare"
    if rule in _STRONG or (not place.fragment and len(words) > 2):
        return None
    if alone or rule in ("leading-weak", "noun"):
        return None
    return "scare" if short else None


def _uncued_phrase(words: list[str], place: Place, finding: Finding | None) -> bool:
    """Whether a fragment is a mere phrase that nobody tells: no auxiliary, nobody who says I, we or you."""
    return (
        place.fragment
        and (finding is None or finding.cue is None)
        and not any(CLAUSE_WORD.match(w) for w in words)
        and not reported(place)
    )
