"""The people an article names: their fullest names, titles, places and, where it can be told, gender."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .words import (
    FEMALE_NAMES,
    FEMALE_TITLES,
    MALE_NAMES,
    MALE_TITLES,
    ORGANISATIONS,
    PARTICLES,
    SUFFIXES,
    TITLE_MODIFIERS,
    TITLES,
)
from .written import POSSESSIVE, Named, bare, key, of_office, take_apart

_PARTICLE = "|".join(sorted(PARTICLES))
_WORD = (
    r"(?:(?:[A-Z]\.){1,3}|[A-ZÀ-ÖØ-Þ][\w’'-]*"
    r"(?:(?<=\bJr|\bSr|\bSt|\bMr|\bMs|\bDr)\.|(?<=\bMrs|\bSen|\bGov|\bRep|\bGen|\bSgt|\bRev|\bCol)\.)?)"
)
#: A run of capitalised words; a nickname in marks or brackets may stand inside.
_RUN = re.compile(rf"{_WORD}(?:[ \xa0]{{1,2}}(?:(?:{_PARTICLE})[ \xa0])*{_WORD}){{1,9}}")
_BEFORE = re.compile(r"((?:[\w’'.-]+ ){1,4})$")
#: "the mayor of NAME, " before a name.
_APPOSED = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|\w+[’']s) ((?:[\w-]+ ){0,3}[\w-]+)"
    r"(?: (?:of|for|at|in) [^,.;“”\"]{1,40})?, $"
)
_AFTER = re.compile(
    r",? (?:Jr|Sr)\.|, (?:who is |then |now )?(?:the|a|an|his|her|their|its)? ?((?:[\w’'-]+ ){0,5}[\w’'-]+)"
)
#: "Deputy Secretary of " before a run of capitalised words.
_OFFICE = re.compile(r"(?:[A-Z][\w-]+ ){1,3}of $")
#: "EL PASO, Texas (AP) — " at the start of a paragraph.
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z .’'-]+(?:, [A-Z][\w. ]{1,20})?(?: \([^()\n]{1,40}\))? ?(?:—|–|--|-) ", re.MULTILINE
)
_OWNER = re.compile(r"(?:[’']s|(?<=s)[’'])[ \xa0]+")


@dataclass(slots=True)
class Person:
    """Somebody (or something) whom the article names, by the fullest form seen."""

    words: tuple[str, ...]
    first_seen: int
    title: str | None = None
    place: str | None = None
    #: Title words in lower case, for "the mayor".
    roles: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    gender: str | None = None
    human: bool = False

    @property
    def name(self) -> str:
        """The fullest form, its words joined."""
        return " ".join(self.words)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of several capitalised words; a possessive ends one: "Mayor NAME's | City Council"."""
    text = _DATELINE.sub(lambda dateline: " " * len(dateline.group()), text)
    for match in _RUN.finditer(text):
        start = match.start()
        office = _OFFICE.search(text, max(0, start - 40), start)
        if office and of_office([*office.group().split(), *match.group().split()]):
            start = office.start()
        for owner in _OWNER.finditer(text, start, match.end()):
            if " " in text[start : owner.start()]:
                yield start, owner.start()
            start = owner.end()
        if " " in text[start : match.end()]:
            yield start, match.end()


#: How many people with one surname are told apart, so that no article takes time beyond its length.
_MAX_NAMESAKES = 24


class Cast:
    """Everybody an article names, found in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people: list[Person] = []
        self._by_last: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)
        self._by_full: dict[tuple[str, str], Person] = {}
        self.by_role: dict[str, list[tuple[int, Person]]] = defaultdict(list)
        singles: list[tuple[int, Named]] = []
        for start, end in _runs(text):
            named = take_apart(text[start:end])
            if len(named.words) == 1:
                singles.append((start, named))
            elif len(named.words) > 1:
                self._register(start, end, named)
        for start, named in singles:
            if named.title is None:
                continue
            person = self.find(named, start)
            if person is None:
                self._register(start, start, named)
            else:
                self._enrich(person, start, named)
        for person in self.people:
            person.mentions.sort()

    def _register(self, start: int, end: int, named: Named) -> None:
        words = tuple(w for w in named.words)
        last = key(_surname(words))
        person = self._known(last, words)
        if person is None:
            person = Person(words, start)
            self.people.append(person)
            self._by_last[last].append(person)
            self._by_full[last, key(words[0])] = person
            if len(words) > 1:
                self._by_first[key(words[0])].append(person)
        elif len(words) > len(person.words):
            person.words = words
        self._enrich(person, start, named)
        if end > start:
            self._read_around(person, start, end)

    def _known(self, last: str, words: tuple[str, ...]) -> Person | None:
        """The person with this surname whom these words may name."""
        exact = self._by_full.get((last, key(words[0])))
        if exact is not None:
            return exact
        return next((p for p in self._by_last.get(last, [])[:_MAX_NAMESAKES] if _compatible(p.words, words)), None)

    def _enrich(self, person: Person, start: int, named: Named) -> None:
        person.mentions.append(start)
        if named.title:
            person.human = True
            if person.title is None or (bare(person.title) in {"mr", "mrs", "ms", "dr"}):
                person.title, person.place = named.title, named.place or person.place
            self._add_roles(person, named.title.split(), start)
        first = key(person.words[0])
        if len(person.words) > 1 and (first in FEMALE_NAMES or first in MALE_NAMES):
            person.human = True
            if person.gender is None and not (first in FEMALE_NAMES and first in MALE_NAMES):
                person.gender = "f" if first in FEMALE_NAMES else "m"
        elif len(person.words) > 1 and not any(key(w) in ORGANISATIONS for w in person.words):
            person.human = person.human or False

    def _add_roles(self, person: Person, words: list[str], start: int) -> None:
        for word in words:
            role = bare(word)
            if role in FEMALE_TITLES:
                person.gender = "f"
            elif role in MALE_TITLES:
                person.gender = "m"
            if role in TITLES and role not in TITLE_MODIFIERS:
                role = _ROLE_FORMS.get(role, role)
                if role not in person.roles:
                    person.roles.add(role)
                self.by_role[role].append((start, person))

    def _read_around(self, person: Person, start: int, end: int) -> None:
        """Titles in lower case before the name, and in an apposition after it."""
        before = _BEFORE.search(self.text, max(0, start - 48), start)
        if before:
            words = before.group(1).split()
            kept: list[str] = []
            while words and bare(words[-1]) in TITLES and words[-1].islower():
                kept.insert(0, words.pop())
            if kept and any(bare(w) not in TITLE_MODIFIERS for w in kept):
                if person.title is None:
                    person.title = " ".join(kept)
                person.human = True
                self._add_roles(person, kept, start)
        apposed = _APPOSED.search(self.text, max(0, start - 90), start)
        if apposed:
            role = [w for w in apposed.group(1).split() if bare(w) in TITLES]
            if role and bare(role[-1]) not in TITLE_MODIFIERS:
                person.human = True
                person.title = person.title or " ".join(role)
                self._add_roles(person, role, start)
        after = _AFTER.match(self.text, end, min(len(self.text), end + 90))
        if after and after.group(1):
            words = after.group(1).split()
            for index, word in enumerate(words):
                if bare(word) in {"of", "for", "at", "in", "and", "said", "who"}:
                    words = words[:index]
                    break
            if words and bare(words[-1]) in TITLES and (words[-1].islower() or len(words) > 1):
                person.human = True
                self._add_roles(person, words[-1:], start)

    def find(self, named: Named, at: int) -> Person | None:
        """The person a written name stands for, at an offset; None where it can't be told."""
        words = _without_particles(named.words)
        if not words:
            return None
        if len(words) > 1:
            return self._known(key(_surname(words)), words)
        word = key(words[0])
        candidates = self._by_last.get(word, [])[:_MAX_NAMESAKES]
        by_first = False
        if not candidates:
            candidates, by_first = self._by_first.get(word, [])[:_MAX_NAMESAKES], True
        if named.title:
            gender = _gender_of_title(named.title)
            candidates = [p for p in candidates if gender is None or p.gender in (None, gender)] or candidates
            role = [
                p
                for p in candidates
                if any(_ROLE_FORMS.get(bare(w), bare(w)) in p.roles for w in named.title.split())
            ]
            candidates = role or candidates
        if len(candidates) > 1:
            human = [p for p in candidates if p.human]
            candidates = human or candidates
        if len(candidates) == 1:
            if by_first and not candidates[0].human:
                return None
            return candidates[0]
        if not candidates:
            return None
        return self._nearest(candidates, at)

    def _nearest(self, candidates: list[Person], at: int) -> Person | None:
        """Of several people with one surname, whom the article named last before here."""
        best, where = None, -1
        for person in candidates:
            index = bisect_left(person.mentions, at)
            if index:
                last = person.mentions[index - 1]
                if last > where:
                    best, where = person, last
        return best


_ROLE_FORMS = {
    "sens": "senator", "sen": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "congressman": "representative", "congresswoman": "representative", "pres": "president", "prof": "professor",
    "rev": "reverend", "lt": "lieutenant", "gen": "general", "capt": "captain", "sgt": "sergeant",
    "col": "colonel",
    "atty": "attorney", "supt": "superintendent", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "councilman": "councilmember",
    "councilwoman": "councilmember", "adviser": "advisor", "businesswoman": "businessman", "actress": "actor",
}  # fmt: skip


def role_of(word: str) -> str:
    """One spelling for a role: "Gov." and "governor", "chairwoman" and "chair"."""
    return _ROLE_FORMS.get(bare(word), bare(word))


def _gender_of_title(title: str) -> str | None:
    for word in title.split():
        if bare(word) in FEMALE_TITLES:
            return "f"
        if bare(word) in MALE_TITLES:
            return "m"
    return None


def _surname(words: tuple[str, ...]) -> str:
    for word in reversed(words):
        if bare(word) not in SUFFIXES:
            return POSSESSIVE.sub("", word)
    return words[-1]


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the particles that begin it: "de Blanco" is a surname alone."""
    while len(words) > 1 and key(words[0]) in PARTICLES:
        words = words[1:]
    return words


def _compatible(known: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether two names with one surname may be the same person's: Bill and Hillary are not."""
    known, new = _without_particles(known), _without_particles(new)
    if len(known) == 1 or len(new) == 1:
        return True
    first, second = key(known[0]), key(new[0])
    return first == second or (min(len(first), len(second)) <= 2 and first[:1] == second[:1])
