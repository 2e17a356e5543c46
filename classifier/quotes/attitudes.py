"""Attitudes reported without marks: NAME endorsed the bill, NAME's plan to …, NAME is wary of ….

Rules on the shape of a sentence, as in :mod:`.reported`; the words stand in :mod:`.attitude_words`.
"""

# A rule answers as soon as it knows.
from __future__ import annotations

from typing import TYPE_CHECKING

from .attitude_words import ATTITUDE_ADJECTIVES, ATTITUDE_NOUNS, ATTITUDES, PREPOSITIONAL
from .attribution import FIND
from .clauses import Candidate, content_end, content_start
from .cues import NOUNS
from .grammar import clause_subject, is_passive, subject_before

if TYPE_CHECKING:
    from .mentions import Parsed


def attitude(parsed: Parsed, cue: int) -> Candidate | None:
    """NAME endorsed …: a verb for or against something, and its object."""
    shape = parsed.shape
    known = ATTITUDES.get(parsed.word(cue))
    if known is None:
        return None
    form = _form(parsed, cue, known[1])
    if form is None or (form == "V" and is_passive(parsed, cue)):
        return None
    speaker = FIND[form](parsed, cue)
    first = content_start(parsed, cue)
    if speaker is None or first is None or shape[first] not in "NDPotc":
        return None
    return Candidate("indirect-attitude", first, content_end(parsed, first, cue, speaker), speaker, cue)


def prepositional(parsed: Parsed, cue: int) -> Candidate | None:
    """NAME talked about …; NAME voted for …."""
    shape = parsed.shape
    at = cue + 1
    while at < len(shape) - 1 and shape[at] in "aT":
        at += 1
    if at + 1 >= len(shape) or shape[at] != "p":
        return None
    known = PREPOSITIONAL.get((parsed.word(cue), parsed.word(at)))
    form = known and _form(parsed, cue, known)
    if not form or (form == "V" and is_passive(parsed, cue)):
        return None
    speaker = FIND[form](parsed, cue)
    if speaker is None:
        return None
    return Candidate("indirect-about", at + 1, content_end(parsed, at + 1, cue, speaker), speaker, cue)


def _form(parsed: Parsed, cue: int, form: str) -> str | None:
    """How a verb of attitude stands here: finite, as infinitive or participle, or not as a verb."""
    if form != "B":
        return form
    before = cue - 1
    while before > 0 and parsed.shape[before] == "a":
        before -= 1
    if before < 0:
        return None
    letter, word = parsed.shape[before], parsed.word(before)
    if letter == "x" or (letter == "P" and word in _PLURAL_PRONOUNS) or (letter == "D" and word.endswith("s")):
        return "V"
    return "B" if letter == "p" and word == "to" else None


_PLURAL_PRONOUNS = frozenset({"we", "they", "you", "i"})


def noun(parsed: Parsed, cue: int) -> Candidate | None:
    """NAME's plan to …; the fear that …; criticism of …."""
    shape = parsed.shape
    word = parsed.word(cue)
    if (word not in NOUNS and word not in ATTITUDE_NOUNS) or cue + 2 >= len(shape):
        return None
    owned = shape[cue] == "D" and _owned(parsed, cue)
    preposition = parsed.word(cue + 1) if shape[cue + 1] == "p" else ""
    if shape[cue + 1] == "t" or (preposition == "to" and owned):
        first = cue + 1
    elif preposition in _OF.get(word in ATTITUDE_NOUNS, ()):
        first = cue + 2
    else:
        return None
    speaker = cue if owned else clause_subject(parsed, cue)
    return Candidate(
        "indirect-noun", first, content_end(parsed, first, cue), -1 if speaker is None else speaker, cue
    )


_OF = {True: frozenset({"about", "of", "on"}), False: frozenset({"about", "of"})}


def _owned(parsed: Parsed, at: int) -> bool:
    element = parsed.elements[at]
    words = [t.lower for t in parsed.tokens[element.first : element.last + 1]]
    return words[0] in {"his", "her", "their", "its"} or any(w.endswith(("'s", "s'")) for w in words[:-1])


def adjective(parsed: Parsed, cue: int) -> Candidate | None:
    """NAME is confident that …; NAME is wary of …."""
    shape = parsed.shape
    if parsed.word(cue) not in ATTITUDE_ADJECTIVES or cue + 2 >= len(shape) or cue == 0:
        return None
    before = cue - 1
    while before > 0 and shape[before] == "a":
        before -= 1
    if shape[before] not in "xV" and not (shape[before] == "P" and "'" in parsed.word(before)):
        return None
    preposition = parsed.word(cue + 1) if shape[cue + 1] == "p" else ""
    if shape[cue + 1] in "tcNDP":
        first = cue + 1
    elif preposition in {"to", "of", "about", "by", "with", "in", "at"}:
        first = cue + 1 if preposition == "to" else cue + 2
    else:
        return None
    speaker = subject_before(parsed, before + (shape[before] == "P"))
    if speaker is None:
        return None
    return Candidate("indirect-adjective", first, content_end(parsed, first, cue, speaker), speaker, cue)
