"""Noun phrases without a parser: names, described people and groups, taken in greedily from the left."""

# Word tables as text; a reader answers as soon as it knows.
# ruff: noqa: SIM905, PLR0911, PLR0912, PLR0915
from __future__ import annotations

from typing import TYPE_CHECKING

from .cues import ALSO_NOUNS, BASES, NOUNS, PARTICIPLES, VERBS
from .words import (
    ABBREVIATIONS,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    OPENERS,
    ORGANISATIONS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUFFIXES,
    TIMES,
    TITLES,
)

if TYPE_CHECKING:
    from .sentences import Token


def _closed_class() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter, words in (
        ("p", PREPOSITIONS), ("c", CONJUNCTIONS), ("a", ADVERBS), ("x", AUXILIARIES), ("W", RELATIVES),
        ("P", PRONOUNS),
    ):  # fmt: skip
        for word in words:
            table[word.replace("’", "'")] = letter
    table["that"] = "t"
    return table


#: Function words to their letter; everything else is read in context.
FUNCTION_WORDS = _closed_class()
_NOT_NAMES = frozenset(OPENERS | DETERMINERS | {"yes", "no", "not", "n't"})
_INSIDE_PHRASE = frozenset({"of", "for"})
_AFTER_GROUP = frozenset(
    {"of", "for", "at", "in", "from", "with", "on", "against", "within", "across", "near", "around"}
)
_PLURALS = frozenset(
    "people men women children police two three four five others many some several few both all most".split()
)
#: Reporting verbs of headlines, where every word has a capital.
#: After these, "and" goes on with the name of the same department.
_AND_MORE = frozenset({"customs", "immigration", "human", "health", "drug", "fish", "life"})
_HEADLINE_VERBS = frozenset(
    "says said tells told warns vows urges insists argues admits denies declares tweets".split()
)
_NEW_PLACES = frozenset("york jersey mexico hampshire orleans haven england delhi zealand yorker yorkers".split())
_SURE_VERBS = frozenset(
    "says tells writes adds asks argues insists believes thinks knows explains tweets warns is was has".split()
)
#: Verbs that report with a particle: "shot back", "went on", "put it".
PHRASAL = {
    "shot": "back", "fired": "back", "hit": "back", "struck": "back", "punched": "back", "pushed": "back",
    "went": "on",
    "goes": "on", "chimed": "in", "put": "it", "puts": "it", "wrote": "back", "spoke": "up",
    "lashed": "out", "cried": "out",
}  # fmt: skip
_ADJECTIVE_ENDINGS = (
    "al",
    "ous",
    "ive",
    "ent",
    "ed",
    "ing",
    "ic",
    "ful",
    "ary",
    "able",
    "ible",
    "new",
    "est",
    "ier",
    "own",
)


def is_function_word(word: str) -> bool:
    """Whether a word in lower case is a preposition, pronoun, auxiliary, determiner or the like."""
    return word in FUNCTION_WORDS or word in DETERMINERS


def _role_like(word: str) -> bool:
    """A word that stands between an organisation or place and a name: "NAME campaign manager NAME"."""
    for prefix in ("co-", "ex-", "vice-", "then-", "mid-"):
        word = word.removeprefix(prefix)
    return word in TITLES or word in ORGANISATIONS


class Phrases:
    """The noun phrases of one sentence's tokens: each method takes a token's index, and gives the last one's."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.count = len(tokens)

    def _open(self, at: int) -> bool:
        """Whether a word in lower case may stand inside a noun phrase."""
        word = self.tokens[at].lower
        return word not in FUNCTION_WORDS and word not in DETERMINERS

    def _is_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind != "C":
            return False
        word = token.lower
        if word in _HEADLINE_VERBS and at and self.tokens[at - 1].kind in "CQ,":
            return False
        if word in TIMES or word == "i" or word.startswith("i'"):
            return False
        if word in FUNCTION_WORDS or word in _NOT_NAMES:
            following = self.tokens[at + 1] if at + 1 < self.count else None
            if word == "new" and following is not None and following.lower.rstrip("'s") in _NEW_PLACES:
                return True
            if at == 0 or word in PRONOUNS or word in DETERMINERS or len(word) < 3:
                return False
            return bool(following and following.kind == "C") and word not in DETERMINERS
        if self._starts_sentence(at):
            following = self.tokens[at + 1] if at + 1 < self.count else None
            capital = following is not None and following.kind == "C"
            if word.endswith("ly") and len(word) > 5 and not capital:
                return False
            if (word in PARTICIPLES or word in VERBS or word in BASES) and not capital:
                return False
            if word.endswith("ing") and len(word) > 5 and not capital:
                return False
            if (word in GROUPS or word in NOUNS) and not capital:
                return False
        return True

    def _starts_sentence(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].kind in ".:;—–-“" or self.tokens[at - 1].lower in {"?", "!"}

    def _starts_phrase(self, at: int) -> bool:
        """Whether "that" before this word is a determiner: "that letter said"."""
        if at != 0 or at + 2 >= self.count:
            return False
        following = self.tokens[at + 1]
        return following.kind == "w" and (following.lower in DOCUMENTS or following.lower in NOUNS)

    def _name(self, at: int) -> tuple[str, int]:
        """A run of capitalised words with particles, initials, titles and role words inside."""
        last = at
        tokens = self.tokens
        while True:
            if tokens[last].lower.endswith(("'s", "s'")) and tokens[last].lower not in {"'s"}:
                return self._after_possessive(last)
            index = last + 1
            if index < self.count and tokens[index].lower == "." and tokens[index].start == tokens[last].end:
                if (
                    tokens[last].lower in ABBREVIATIONS
                    or len(tokens[last].lower) == 1
                    or tokens[last].lower in SUFFIXES
                ):
                    if index + 1 < self.count and tokens[index + 1].kind == "C":
                        last = index + 1
                        continue
                    if tokens[last].lower in SUFFIXES or (
                        index + 1 < self.count and tokens[index + 1].kind in "w,Q"
                    ):
                        last = index
                return "N", last
            if index >= self.count:
                return "N", last
            extended = self._name_goes_on(last, index)
            if extended is None:
                return "N", last
            last = extended

    def _name_goes_on(self, last: int, index: int) -> int | None:
        tokens = self.tokens
        token = tokens[index]
        if token.kind == "C":
            word = token.lower
            if word in _HEADLINE_VERBS:
                return None
            if word in TIMES and word not in {"april", "may", "june", "august"}:
                return None
            if word in {"i", "he", "she"} or (word in FUNCTION_WORDS and word in PRONOUNS):
                return None
            return index
        if token.lower in SUFFIXES:
            return index
        if token.kind == "0" and tokens[last].lower in {
            "article",
            "section",
            "chapter",
            "title",
            "proposition",
            "bill",
            "amendment",
        }:
            return index
        if token.lower in PARTICLES and index + 1 < self.count and tokens[index + 1].kind == "C":
            return index + 1
        if token.lower == "and" and tokens[last].lower in _AND_MORE:  # Customs and Border Protection
            return index + 1 if index + 2 < self.count and tokens[index + 1].kind == "C" else None
        if token.lower in {"of", "for", "and", "&", "the"} and tokens[last].lower in ORGANISATIONS | TITLES:
            step = index + 1
            while step < self.count and step < index + 3 and tokens[step].lower in {"the", "of", "and"}:
                step += 1
            if step < self.count and tokens[step].kind == "C" and token.lower not in {"and", "the"}:
                return step
            return None
        if token.kind == "w" and _role_like(token.lower):
            step = index
            while step < self.count and step < index + 4 and _role_like(tokens[step].lower):
                step += 1
            if step < self.count and tokens[step].kind == "C" and tokens[step].lower not in TIMES:
                return step
            if step < self.count and tokens[step].lower == ".":
                return step - 1
            return step - 1
        if token.kind in "{'\"“" or token.lower == "-":
            return None
        return None

    def _after_possessive(self, last: int) -> tuple[str, int]:
        """What follows "Trump's": a named person, or a described one."""
        index = last + 1
        if index >= self.count:
            return "N", last
        token = self.tokens[index]
        if token.kind == "C" and self._is_name(index):
            return self._name(index)
        if (
            token.kind == "w"
            and self._open(index)
            and not (token.lower in VERBS and token.lower not in ALSO_NOUNS)
        ):
            if token.lower in VERBS and token.lower not in NOUNS and self._verb_next(index):
                return "N", last
            return "D", self._phrase(last, index)
        if token.kind == "0":
            return "D", self._phrase(last, index)
        return "N", last

    def _verb_next(self, index: int) -> bool:
        return index + 1 < self.count and self.tokens[index + 1].kind == "Q"

    def _described(self, at: int) -> tuple[str, int]:
        """A determiner and its noun phrase; a pronoun-like word where no noun follows."""
        last = self._phrase(at, at + 1)
        if last == at:
            word = self.tokens[at].lower
            if word in {"one", "another", "others", "some", "many", "several", "both", "most", "all",
                        "few", "this",
                        "two", "three", "four", "everyone"}:  # fmt: skip
                return "D", at
            return ("t" if word == "that" else "o"), at
        return "D", last

    def _phrase(self, first: int, index: int, *, nominal: bool = False) -> int:
        """The last token of the noun phrase whose body begins at ``index``."""
        tokens = self.tokens
        last = first
        while index < self.count and index - first < 24:
            token = tokens[index]
            if token.kind == "C":
                if token.lower in TIMES or token.lower in PRONOUNS:
                    break
                _, end = self._name(index)
                last, index, nominal = end, end + 1, True
                continue
            if token.kind == "0":
                last, index = index, index + 1
                nominal = nominal or token.lower.endswith("old")
                continue
            if token.kind == "-" and index == last + 1 and index + 1 < self.count:
                if token.start == tokens[last].end and tokens[index + 1].start == token.end:
                    last, index = index + 1, index + 2
                    continue
                break
            if token.lower in {"'", "’"}:
                last, index = index, index + 1
                continue
            if token.kind != "w":
                break
            word = token.lower
            if nominal and index + 1 < self.count and PHRASAL.get(word) == tokens[index + 1].lower:
                break
            if word in _AFTER_GROUP and nominal:
                if word not in _INSIDE_PHRASE and not self._people(first, last):
                    break
                step = index + 1
                if step < self.count and tokens[step].lower in DETERMINERS:
                    step += 1
                if step < self.count and (
                    tokens[step].kind == "C" or (tokens[step].kind in "w0" and self._open(step))
                ):
                    if tokens[step].kind == "C" and tokens[step].lower in TIMES:
                        break
                    if tokens[step].lower in VERBS and tokens[step].lower not in ALSO_NOUNS:
                        break
                    last, index = (step, step + 1) if tokens[step].kind == "w" else (step - 1, step)
                    continue
                break
            if word in FUNCTION_WORDS or (
                word in DETERMINERS and word not in {"other", "two", "three", "four", "five", "few", "fellow"}
            ):
                break
            if nominal and word in VERBS and not (self._ambiguous(word) and self._reads_as_noun(index, last)):
                break
            if (
                not nominal
                and word in VERBS
                and word not in ALSO_NOUNS
                and word not in NOUNS
                and not word.endswith("ed")
            ):
                break
            if nominal and word in BASES and word not in NOUNS | ALSO_NOUNS and self._plural(last):
                break
            if not nominal and word in VERBS and word not in NOUNS | ALSO_NOUNS and not self._modifies(index):
                break
            if nominal and word in PARTICIPLES:
                break
            if nominal and word.endswith("ly") and word not in {"family"}:
                break
            last, index = index, index + 1
            if not (word in VERBS and word.endswith("ed")):
                nominal = nominal or word in _PLURALS or not word.endswith(("est",))
        return last

    def _plural(self, index: int) -> bool:
        """Whether the noun at ``index`` is plural, so that a base form after it is its verb."""
        word = self.tokens[index].lower
        return (word.endswith("s") and not word.endswith(("ss", "'s"))) or word in _PLURALS

    def _modifies(self, index: int) -> bool:
        """Whether "proposed" stands before a noun: "the proposed wall"."""
        if index + 1 >= self.count:
            return False
        following = self.tokens[index + 1]
        return following.kind == "C" or (following.kind == "w" and self._open(index + 1))

    def _ambiguous(self, word: str) -> bool:
        return word in ALSO_NOUNS or (word.endswith("s") and word not in _SURE_VERBS)

    def _reads_as_noun(self, index: int, last: int) -> bool:
        """Whether "claims" after an adjective or noun is the noun, from what stands on both sides."""
        if self._verb_soon(index):
            return True
        following = self.tokens[index + 1]
        if following.kind == "w" and following.lower in PREPOSITIONS and following.lower not in {"as", "like"}:
            return True
        return bool(self.tokens[last].lower.endswith(_ADJECTIVE_ENDINGS) and self.tokens[last].kind == "w")

    def _verb_soon(self, index: int) -> bool:
        """Whether a verb follows directly, so that this word is a noun."""
        if index + 1 >= self.count:
            return True
        following = self.tokens[index + 1]
        return following.kind == "w" and (
            (following.lower in VERBS and following.lower not in ALSO_NOUNS)
            or FUNCTION_WORDS.get(following.lower) == "x"
        )

    def _people(self, first: int, last: int) -> bool:
        words = {t.lower for t in self.tokens[first : last + 1]}
        return (
            bool(words & TITLES)
            or bool(words & GROUPS)
            or self.tokens[last].lower.endswith(("s", "man", "woman", "person"))
        )

    def _bare_group(self, at: int) -> int | None:
        """The last token of a plural group without determiner ("senior White House officials")."""
        if at and self.tokens[at - 1].kind == "w" and self.tokens[at - 1].lower in {"to", "not"}:
            return None
        for index in range(at, min(at + 4, self.count)):
            token = self.tokens[index]
            if (token.kind == "w" or (index == at and token.kind == "C")) and (
                token.lower in GROUPS
                or (token.lower in TITLES and token.lower.endswith("s") and len(token.lower) > 3)
            ):
                return self._phrase(at, index) if index > at else max(self._phrase(at, at + 1, nominal=True), at)
            if token.kind not in "Cw" or (token.kind == "w" and (not self._open(index) or token.lower in VERBS)):
                return None
        return None
