"""Find the subject of a verb in the shape of a sentence, without a parser."""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cues import ALSO_NOUNS, VERBS
from .words import TITLE_MODIFIERS, TITLES

if TYPE_CHECKING:
    from .mentions import Parsed

_MENTION = frozenset("NDP")
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "aren't", "weren't", "am"})
#: After these words a subject begins a clause of its own.
_OPENS_CLAUSE = frozenset(
    {"after", "before", "since", "until", "till", "as", "than", "like", "with", "to", "from", "unlike"}
)
_SKIP = frozenset("xaTr")
#: How many elements a rule looks back over.
REACH = 60
_FIRST = frozenset({"i", "we", "you", "it"})


#: The sentence begins with its subject, or with an adverb, a date, a conjunction.
_MAIN = re.compile(r"[acoT,(\-]{0,4}([NDP])")
_AFTER_COMMA = re.compile(r",(?:a|T|pT|c)*([NDP])")


def subject_before(parsed: Parsed, verb: int, depth: int = 0) -> int | None:
    """The element that is the subject of the verb at ``verb``, looking left."""
    shape = parsed.shape
    at = verb - 1
    floor = max(0, verb - REACH)
    while at >= floor and (shape[at] in _SKIP or (shape[at] == "p" and shape[at + 1] == "T")):
        at -= 1
    if at < floor:
        return None
    letter = shape[at]
    described = _before_relative(parsed, at)
    if described is not None:
        return _head(parsed, described, depth)
    if letter in _MENTION:
        return _head(parsed, at, depth)
    if letter == "W":
        return at
    if letter == "t" and at and shape[at - 1] in "ND" and at + 1 == verb:
        return at - 1
    if letter == "c" or (letter == "," and at and shape[at - 1] == "c"):
        return clause_subject(parsed, at)
    if letter in ",-":
        return _before_apposition(parsed, at, floor)
    if (
        letter == "o"
        and parsed.word(at).isalpha()
        and (parsed.word(verb) not in ALSO_NOUNS or shape[verb + 1 : verb + 2] == "P")
        and shape[max(0, at - 1) : at] not in {"p", "V", "B", "G"}
    ):
        return at
    return None


#: "a man who owns the store", "the group that sued the county"; a verb that nobody reports by has no letter.
_RELATIVE = re.compile(r"([ND])(?:W[xa]*([Vvo])[DNPTopar]*|t[xa]*([vo])[DNPTopar]+)$")


def _before_relative(parsed: Parsed, at: int) -> int | None:
    """Whom a relative clause that ends at ``at`` describes: "a man" in "a man who owns the store said"."""
    start = max(0, at - REACH)
    clause = _RELATIVE.search(parsed.shape[start : at + 1])
    if clause is None:
        return None
    verb = parsed.word(start + clause.start(clause.lastindex or 0))
    if VERBS.get(verb) in ("say", "think", "show") or (clause.group(3) and not verb.endswith("ed")):
        return None  # "a man who says the store was closed": the store has a verb of its own
    return start + clause.start(1)


def _head(parsed: Parsed, at: int, depth: int) -> int:
    """The mention that a verb after "officials in NAME" or "NAME in a statement" belongs to."""
    shape = parsed.shape
    if depth < 4 and at and shape[at - 1] == "p" and parsed.word(at - 1) not in _OPENS_CLAUSE:
        earlier = subject_before(parsed, at - 1, depth + 1)
        if earlier is not None:
            return earlier
    return at


def _before_apposition(parsed: Parsed, comma: int, floor: int) -> int | None:
    """The mention before ", a doctor," or ", who lives in NAME," that ends at ``comma``."""
    shape = parsed.shape
    fallback: int | None = None
    at = comma - 1
    while at >= floor:
        if shape[at] in ",-" and at - 1 >= floor:
            before = at - 1
            while before >= floor and shape[before] == "r":
                before -= 1
            if before >= floor and shape[before] in _MENTION:
                start = shape[at + 1]
                if start == "W":
                    return _head(parsed, before, 1)
                if shape[at + 1 : comma].rstrip("r") == "N" and not (
                    shape[before] == "D" and _has_title(parsed, before)
                ):
                    return at + 1
                if start in "D0NovVGpa" and not (start == "N" and _listed(shape, at, comma)):
                    candidate = _head(parsed, before, 1)
                    if shape[before] == "P" and start in "DN":
                        at -= 1
                        continue
                    if candidate == 0 or shape[candidate - 1] != "p" or parsed.word(candidate - 1) == "with":
                        fallback = candidate
                        if start in "DN0":
                            earlier = _before_apposition(parsed, at, floor) if shape[before] == "D" else None
                            return earlier if earlier is not None and shape[earlier] == "N" else candidate
        if shape[at] in ":;Q":
            break
        at -= 1
    if fallback is not None:
        return fallback
    return clause_subject(parsed, comma)


def _has_title(parsed: Parsed, at: int) -> bool:
    element = parsed.elements[at]
    words = [t.lower for t in parsed.tokens[element.first : element.last + 1]]
    for index, word in enumerate(words):
        if word in {"of", "for", "at", "in"}:
            words = words[:index]
            break
    return bool(words) and words[-1] in TITLES and words[-1] not in TITLE_MODIFIERS


def _listed(shape: str, first: int, comma: int) -> bool:
    return "c" in shape[first:comma]


def clause_subject(parsed: Parsed, upto: int) -> int | None:
    """The subject of the reporting verb nearest to the left, else of any verb, else of the sentence."""
    shape = parsed.shape
    floor = max(0, upto - REACH) - 1
    for letters in ("V", "x"):
        for at in range(upto - 1, floor, -1):
            if shape[at] in letters and not is_passive(parsed, at):
                before = at - 1
                while before > 0 and (
                    shape[before] in _SKIP or (shape[before] == "p" and shape[before + 1] == "T")
                ):
                    before -= 1
                if before > 0 and shape[before] == "t" and shape[before - 1] in "ND" and shape[before + 1] in "Vx":
                    return before - 1
                if before >= 0 and shape[before] in "NDP":
                    head = _head(parsed, before, 1)
                    if head == 0 or shape[head - 1] not in "pVBG" or parsed.word(head - 1) in _OPENS_CLAUSE:
                        return outermost(parsed, head)
    return main_subject(parsed, upto)


def outermost(parsed: Parsed, subject: int) -> int:
    """For "NAME said he called it": the subject of the clause that "he" depends on."""
    shape = parsed.shape
    if shape[subject] != "P" or subject == 0 or parsed.word(subject) in _FIRST:
        return subject
    if shape[subject - 1] in ",-c:.(W" and parsed.word(subject - 1) != "what":
        return subject
    if shape[subject - 1] in "pT" and parsed.word(subject - 1) in _OPENS_CLAUSE | {"on"}:
        return subject
    for at in range(subject - 1, -1, -1):
        if shape[at] in "VGx" and not is_passive(parsed, at):
            earlier = at - 1
            while earlier > 0 and shape[earlier] in _SKIP:
                earlier -= 1
            if earlier >= 0 and shape[earlier] in "NDP":
                return outermost(parsed, _head(parsed, earlier, 1))
            if earlier >= 0 and shape[earlier] in ",c-":
                found = clause_subject(parsed, earlier)
                return found if found is not None else subject
        if shape[at] in ";:Q":
            break
    first = main_subject(parsed, subject)
    return first if first is not None else subject


def main_subject(parsed: Parsed, upto: int) -> int | None:
    """The mention that begins the sentence's main clause, as far as its shape tells."""
    shape = parsed.shape[: min(upto, REACH)]
    match = _MAIN.match(shape) or _AFTER_COMMA.search(shape)
    if match:
        return _past_place(parsed, match.start(1))
    governed: int | None = None
    for at, letter in enumerate(shape):
        if letter in _MENTION:
            if at == 0 or shape[at - 1] not in "pAGVB":
                return _past_place(parsed, at)
            governed = at if governed is None else governed
    return governed


def _past_place(parsed: Parsed, at: int) -> int:
    """For "NAME, NAME, Mayor NAME": the person, past the place that leads up to the title."""
    shape = parsed.shape
    last = at
    while shape[last : last + 3] == "N,N":
        last += 2
    if last > at and parsed.tokens[parsed.elements[last].first].lower in TITLES:
        return last
    return at


def is_passive(parsed: Parsed, verb: int) -> bool:
    """Whether the verb is a past participle after a form of "be"."""
    at = verb - 1
    while at >= 0 and parsed.shape[at] == "a":
        at -= 1
    if at < 0 or parsed.shape[at] not in "xP":
        return False
    word = parsed.word(at)
    return word in _BE or (parsed.shape[at] == "P" and word.endswith(("'s", "'re", "'m")))


def agent_after(parsed: Parsed, verb: int) -> int | None:
    """The mention after "by", for a passive verb."""
    shape = parsed.shape
    for at in range(verb + 1, min(len(shape) - 1, verb + 14)):
        if shape[at] == "p" and parsed.word(at) == "by" and shape[at + 1] in "ND":
            return at + 1
        if shape[at] in ".;V":
            return None
    return None
