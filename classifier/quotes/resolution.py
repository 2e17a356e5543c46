"""Lead a mention to a name: surnames to full names, "the mayor" and "he" to whoever they stand for."""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ..schema import Span, Speaker
from .grammar import main_subject
from .mentions import Parsed, read
from .names import Cast, Person, role_of
from .words import DOCUMENTS, FEMALE_NAMES, MALE_NAMES, ORGANISATIONS, TITLES
from .written import Named, take_apart

if TYPE_CHECKING:
    from .attribution import Finding
    from .sentences import Document, Sentence

_HE, _SHE = frozenset({"he", "his", "him"}), frozenset({"she", "her"})
#: How many sentences back a pronoun may reach.
_REACH = 14
#: What anybody may be called besides their office.
_LOOSE = frozenset(
    {"democrat", "republican", "candidate", "nominee", "billionaire", "veteran", "conservative", "liberal",
     "independent", "incumbent", "challenger", "frontrunner", "front-runner", "politician", "lawyer",
     "businessman", "author"}
)  # fmt: skip
_DEFINITE = re.compile(r"(?:the|this|that|his|her)\b", re.I)


class Resolver:
    """Names for the mentions of one article."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._subjects: dict[tuple[int, int, str], Person | None] = {}

    @cached_property
    def cast(self) -> Cast:
        """Everybody the article names; read when the first name is asked for."""
        return Cast(self.document.text)

    def speaker(self, finding: Finding) -> Speaker:
        """The speaker of a finding, with the fullest name the article gives."""
        parsed, index = finding.parsed, finding.speaker
        sentence = parsed.sentence
        start, end = parsed.span(index)
        letter = parsed.shape[index]
        if letter == "W":
            return self._relative(parsed, index, start, end)
        text = self.document.text
        mention = Span(start, end)
        written = text[start:end]
        if letter == "P":
            return self._person_or(mention, written, self._pronoun(parsed, index, sentence, written.lower()))
        if letter == "D":
            named = self._apposed(parsed, index)
            if named is not None:
                return named
            return self._described(parsed, index, sentence)
        return self._named(mention, written)

    def _named(self, mention: Span, written: str) -> Speaker:
        apart = take_apart(written)
        person = self.cast.find(apart, mention.start)
        if person is None and " of " in written and role_of(written.split(maxsplit=1)[0]) in TITLES:
            person = self._holder(role_of(written.split(maxsplit=1)[0]), mention.start)
            return self._person_or(mention, written, person)
        if person is None:
            return Speaker(mention, " ".join(apart.words) or written, apart.title, apart.place)
        title, place = apart.title or person.title, apart.place or person.place
        name = person.name if len(person.words) >= len(apart.words) else " ".join(apart.words)
        return Speaker(mention, name, title, place)

    def _person_or(self, mention: Span, written: str, person: Person | None) -> Speaker:
        if person is None:
            return Speaker(mention, written)
        return Speaker(mention, person.name, person.title, person.place)

    def _relative(self, parsed: Parsed, index: int, start: int, end: int) -> Speaker:
        at = index - 1
        while at >= 0 and parsed.shape[at] in ",r":
            at -= 1
        written = self.document.text[start:end]
        if at >= 0 and parsed.shape[at] in "ND":
            begin, stop = parsed.span(at)
            if parsed.shape[at] == "N":
                named = self._named(Span(begin, stop), self.document.text[begin:stop])
                return Speaker(Span(start, end), named.name, named.title, named.place)
            return Speaker(Span(start, end), self.document.text[begin:stop])
        return Speaker(Span(start, end), written)

    def _apposed(self, parsed: Parsed, index: int) -> Speaker | None:
        """The named speaker of "her spokesman, NAME, said"."""
        shape = parsed.shape
        if shape[index + 1 : index + 3] != ",N" or not self._has_role(parsed, index):
            return None
        if shape[index + 3 : index + 4] not in {",", ".", "", "V", "r"}:
            return None
        start, end = parsed.span(index + 2)
        named = self._named(Span(start, end), self.document.text[start:end])
        return Speaker(Span(parsed.span(index)[0], end), named.name, named.title or None, named.place)

    def _has_role(self, parsed: Parsed, index: int) -> bool:
        element = parsed.elements[index]
        return any(t.lower in TITLES for t in parsed.tokens[element.first : element.last + 1])

    def _described(self, parsed: Parsed, index: int, sentence: Sentence) -> Speaker:
        text = self.document.text
        start, end = parsed.span(index)
        written, mention = text[start:end], Span(start, end)
        element = parsed.elements[index]
        words = [t.lower for t in parsed.tokens[element.first : element.last + 1]]
        if words[0] in ("his", "her") and any(w in DOCUMENTS for w in words[1:3]):
            return self._person_or(mention, written, self._pronoun(parsed, index, sentence, words[0]))
        if words[0].endswith(("'s", "s'")) and len(words) > 1 and words[1] in DOCUMENTS:
            return self._named(mention, text[start : parsed.tokens[element.first].end])
        tail = self._trailing_name(parsed, index)
        if tail is not None:
            apart = take_apart(tail)
            named = self._named(mention, tail)
            return Speaker(mention, named.name, apart.title or named.title, named.place)
        if not _DEFINITE.match(written) or words[0] in ("his", "her"):
            return Speaker(mention, written)
        roles = [role_of(w) for w in self._heads(words)]
        for role in roles:
            person = self._holder(role, start)
            if person is not None:
                return self._person_or(mention, written, person)
        if roles and not {"official", "spokesperson", "lawmaker", "president"} & set(roles):
            person = self._back(sentence, start, None)
            if person is not None and (not person.roles or _LOOSE & set(roles)):
                return self._person_or(mention, written, person)
        return Speaker(mention, written)

    def _heads(self, words: list[str]) -> list[str]:
        """The role words of a description, up to its first preposition, last first."""
        heads: list[str] = []
        for word in words[1:]:
            if word in {"of", "for", "at", "in", "from", "with"}:
                break
            heads.append(word)
        return [w for w in reversed(heads) if w in TITLES][:1] if heads and heads[-1] in TITLES else []

    def _trailing_name(self, parsed: Parsed, index: int) -> str | None:
        """The name at the end of "the senator's lawyer NAME", if a role word stands before it."""
        element = parsed.elements[index]
        tokens = parsed.tokens[element.first : element.last + 1]
        at = len(tokens)
        while at and tokens[at - 1].kind in "C." and not tokens[at - 1].lower.endswith(("'s", "s'")):
            at -= 1
        if at == len(tokens) or at == 0 or len(tokens) - at < 1:
            return None
        if tokens[at - 1].lower not in TITLES and not tokens[at - 1].lower.endswith(("'s", "s'")):
            first = tokens[at]
            if at != 1 or not any(t.lower in TITLES for t in tokens[at:-1]):
                return None
            return self.document.text[first.start : tokens[-1].end]
        written = self.document.text[tokens[at].start : tokens[-1].end]
        if len(tokens) - at > 1:
            return written
        known = tokens[at].lower not in ORGANISATIONS and self.cast.find(
            Named((written,), None, None), tokens[at].start
        )
        return written if known else None

    def _holder(self, role: str, before: int) -> Person | None:
        """Who was last named with a role before an offset; else the only one the article names."""
        holders = self.cast.by_role.get(role)
        if not holders:
            return None
        best: tuple[int, Person] | None = None
        for _, person in holders[:64]:
            at = max((m for m in person.mentions[:64] if m < before), default=-1)
            if role == "president" and person.title and " " in person.title and "former" not in person.title:
                continue  # a council's president is not "the president"
            if at >= 0 and (best is None or at > best[0]):
                best = (at, person)
        if best:
            return best[1]
        if role == "president" or len({id(p) for _, p in holders}) > 1:
            return None
        return holders[0][1]

    def _pronoun(self, parsed: Parsed, index: int, sentence: Sentence, word: str) -> Person | None:
        word = word.replace("’", "'").split("'")[0]
        if word in _HE:
            return self._back(sentence, parsed.span(index)[0], "m")
        if word in _SHE:
            return self._back(sentence, parsed.span(index)[0], "f")
        return None

    def _back(self, sentence: Sentence, before: int, gender: str | None) -> Person | None:
        """The nearest fitting person who leads a sentence, going back from ``before``."""
        found = self._in_sentence(sentence, before, gender)
        if found is not None:
            return found
        paragraph, index = sentence.paragraph, sentence.index - 1
        for _ in range(_REACH):
            while index < 0:
                paragraph -= 1
                if paragraph < 0:
                    return None
                index = len(self.document.sentences(paragraph)) - 1
            earlier = self.document.sentences(paragraph)[index]
            memo = (paragraph, index, gender or "")
            if memo not in self._subjects:
                self._subjects[memo] = self._in_sentence(earlier, earlier.end, gender)
            if self._subjects[memo] is not None:
                return self._subjects[memo]
            index -= 1
        return None

    def _in_sentence(self, sentence: Sentence, before: int, gender: str | None) -> Person | None:
        """The person a sentence is about: its subject if it fits, else the first that fits."""
        parsed = read(sentence)
        order = [i for i, letter in enumerate(parsed.shape) if letter in "ND" and parsed.span(i)[1] <= before]
        subject = main_subject(parsed, len(parsed.shape))
        order.sort(key=lambda i: (i != subject, i))
        for index in order[:12]:
            person = self._person_at(parsed, index)
            if person is not None and self._fits(person, gender):
                return person
        return None

    def _person_at(self, parsed: Parsed, index: int) -> Person | None:
        start, end = parsed.span(index)
        if parsed.shape[index] == "D":
            tail = self._trailing_name(parsed, index)
            if tail is not None:
                return self.cast.find(take_apart(tail), start)
            element = parsed.elements[index]
            words = [t.lower for t in parsed.tokens[element.first : element.last + 1]]
            if words[0] not in {"the", "this", "that"}:
                return None
            return next((p for role in self._heads(words) if (p := self._holder(role_of(role), start))), None)
        written = self.document.text[start:end]
        if written.endswith(("’s", "'s")) and parsed.shape[index] != "N":
            return None
        return self.cast.find(take_apart(written), start)

    def _fits(self, person: Person, gender: str | None) -> bool:
        if any(w.lower() in ORGANISATIONS for w in person.words):
            return False
        if gender is None:
            return person.human
        if person.gender is not None:
            return person.gender == gender
        first = person.words[0].lower()
        return first not in (FEMALE_NAMES if gender == "m" else MALE_NAMES) and (
            person.human or len(person.words) == 2
        )
