"""Read a sentence as a row of elements: mentions, cues, stops and quotations, one letter each.

There is no parser. Words are looked up, noun phrases are taken in greedily from the left, and the
sentence becomes a ``shape`` such as ``Q,NV.`` on which the rules of attribution are written:

    N named mention      D described mention     P pronoun         W who, which
    V reporting verb     G its -ing form         B its base form   x auxiliary    v other verb
    A source phrase ("according to")             t that            p preposition  c conjunction
    T time, date         a adverb                0 number          Q quotation    o anything else
    n noun that reports ("statement"), where it heads no mention
    , : ; . - ( )        stops
"""

# A reader answers as soon as it knows.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from .cues import ALSO_NOUNS, BASES, NOUNS, PARTICIPLES, SOURCE_PHRASES, VERBS
from .phrases import FUNCTION_WORDS, PHRASAL, Phrases
from .words import DETERMINERS, FINITE, GROUPS, PARTICLES, PRONOUNS, TIME_DETERMINERS, TIME_NOUNS, TIMES, TITLES

if TYPE_CHECKING:
    from .sentences import Sentence, Token


_STOPS = {
    ",": ",", ":": ":", ";": ";", ".": ".", "?": ".", "!": ".", "…": ".", "—": "-", "–": "-", "-": "-",
    "--": "-", "---": "-", "―": "-", "‒": "-", "~": "-", "•": "-",
    "(": "(", ")": ")", "[": "(", "]": ")", "...": "…", "..": "…", "....": ".",
}  # fmt: skip


_CONTRACTED = ("'s", "'re", "'ll", "'ve", "'d", "'m")


class Element(NamedTuple):
    """One element of a sentence: its letter in the shape, and the tokens it covers."""

    letter: str
    first: int
    last: int


class Parsed(NamedTuple):
    """A sentence read: its tokens, elements, and the elements' letters in one string."""

    tokens: list[Token]
    elements: list[Element]
    shape: str
    sentence: Sentence

    def span(self, index: int) -> tuple[int, int]:
        """Start and end in the article of an element."""
        element = self.elements[index]
        return self.tokens[element.first].start, self.tokens[element.last].end

    def word(self, index: int) -> str:
        """The last word of an element, in lower case."""
        return self.tokens[self.elements[index].last].lower


def read(sentence: Sentence) -> Parsed:
    """The elements of a sentence, kept on it."""
    if sentence.parsed is None:
        tokens = _headline(sentence.tokens)
        elements = _Reader(tokens).elements()
        sentence.parsed = Parsed(tokens, elements, "".join(e.letter for e in elements), sentence)
    return cast("Parsed", sentence.parsed)


def _headline(tokens: list[Token]) -> list[Token]:
    """The tokens of a headline in capitals, its verbs and small words read as if in lower case."""
    long = [t for t in tokens if t.kind in "Cw" and len(t.lower) > 4]
    if len(tokens) > 30 or len(long) < 4 or sum(t.kind == "w" for t in long) > len(long) // 5:
        return tokens
    return [
        t._replace(kind="w") if t.kind == "C" and index and _lowered(t.lower) else t
        for index, t in enumerate(tokens)
    ]


def _lowered(word: str) -> bool:
    return word in VERBS or word in PARTICIPLES or word in FUNCTION_WORDS or word in DETERMINERS or word in FINITE


class _Reader(Phrases):
    """Reads a sentence into its elements."""

    def elements(self) -> list[Element]:
        made: list[Element] = []
        at = 0
        while at < self.count:
            letter, last = self._element(at)
            if letter == "B" and self._finite(made):
                letter = "V"
            made.append(Element(letter, at, last))
            at = last + 1
        return made

    def _finite(self, made: list[Element]) -> bool:
        """Whether a base form is finite here: "officials say", "they argue", "she will say"."""
        at = len(made) - 1
        while at >= 0 and made[at].letter == "a":
            at -= 1
        if (at > 0 and made[at].letter == "," and at < len(made) - 1) or (
            at > 1 and made[at].letter == "," and made[at - 1].letter == "a"
        ):
            at -= 1
            while at >= 0 and made[at].letter in "a,":
                at -= 1
        if at < 0:
            return False
        if made[at].letter == "P":
            return self.tokens[made[at].last].lower in {"they", "we", "i", "you"} or self.tokens[
                made[at].last
            ].lower.endswith(("'d", "'ll"))
        if made[at].letter in "ND":
            return at == 0 or made[at - 1].letter not in "VGBp" or self.tokens[made[at].last].lower in GROUPS
        if made[at].letter == "o":
            plural = self.tokens[made[at].last].lower
            return (
                plural.endswith("s")
                and not plural.endswith("ss")
                and (at == 0 or made[at - 1].letter not in "VGB")
            )
        return made[at].letter in "xWr"

    def _element(self, at: int) -> tuple[str, int]:
        """The letter of the element that begins at a token, and its last token."""
        token = self.tokens[at]
        kind, word = token.kind, token.lower
        if kind == "Q":
            return "Q", at
        if kind not in "Cw0":
            return self._stop(at)
        phrase = self._source_phrase(at)
        if phrase:
            return "A", phrase
        when = self._time(at)
        if when is not None:
            return "T", when
        if kind == "C" and self._is_name(at):
            return self._name(at)
        if word in PARTICLES and at + 1 < self.count and self.tokens[at + 1].kind == "C" and kind == "w":
            return self._name(at + 1)
        return self._lower(at, word, kind)

    def _stop(self, at: int) -> tuple[str, int]:
        letter = _STOPS.get(self.tokens[at].lower, "o")
        if letter == "(":
            for index in range(at + 1, min(at + 9, self.count)):
                if self.tokens[index].kind == "Q":
                    break
                if self.tokens[index].lower in ")]":
                    return "r", index
        return letter, at

    def _lower(self, at: int, word: str, kind: str) -> tuple[str, int]:
        if kind == "0":
            if at + 1 < self.count and self.tokens[at + 1].kind == "w" and self._open(at + 1):
                return self._described(at)
            return "0", at
        if word in TIMES and (kind == "C" or word not in {"may", "march"}):
            return "T", at
        letter = FUNCTION_WORDS.get(word)
        if word in DETERMINERS and not (letter == "t" and not self._starts_phrase(at)):
            return self._described(at)
        if (
            word in {"about", "more", "fewer", "nearly"}
            and at + 1 < self.count
            and self.tokens[at + 1].kind == "0"
        ):
            return "a", at
        if letter:
            return letter, at
        contracted = next((c for c in _CONTRACTED if word.endswith(c)), None)
        if contracted and word[: -len(contracted)] in PRONOUNS:
            return "P", at
        particle = PHRASAL.get(word)
        if particle and at + 1 < self.count and self.tokens[at + 1].lower == particle:
            return "V", at + 1
        if word in VERBS and not (word in ALSO_NOUNS and self._noun_here(at)):
            return "V", at
        if word in PARTICIPLES:
            return "G", at
        group = self._bare_group(at)
        if group is not None:
            return "D", group
        if word in TITLES:
            named = self._titled(at)
            if named is not None:
                return named
        if word in BASES:
            return "B", at
        if word in NOUNS:
            return "n", at
        if word.endswith("ly") and len(word) > 4:
            return "a", at
        if word.endswith("ed") and len(word) > 4:
            return "v", at
        return "o", at

    def _titled(self, at: int) -> tuple[str, int] | None:
        """A name after titles in lower case: "former governor NAME"."""
        step = at + 1
        while (
            step < self.count
            and step < at + 5
            and self.tokens[step].kind == "w"
            and self.tokens[step].lower in TITLES
        ):
            step += 1
        if step < self.count and self.tokens[step].kind == "C" and self._is_name(step):
            return self._name(step)
        return None

    def _noun_here(self, at: int) -> bool:
        """Whether a form that may be verb or noun is a noun, from the word before."""
        if at == 0:
            return True
        before = self.tokens[at - 1]
        return before.kind == "w" and (
            (before.lower in DETERMINERS and before.lower != "that")
            or before.lower.endswith("'s")
            or before.lower in {"of", "in", "such", "for"}
        )

    def _source_phrase(self, at: int) -> int | None:
        word = self.tokens[at].lower
        if word not in {"according", "in", "as", "per", "quoting", "courtesy"}:
            return None
        for phrase in SOURCE_PHRASES:
            if word == phrase[0] and tuple(t.lower for t in self.tokens[at : at + len(phrase)]) == phrase:
                return at + len(phrase) - 1
        return None

    def _time(self, at: int) -> int | None:
        """The last token of "late Thursday night", "this week", "three days ago"."""
        last = None
        index = at
        while index < self.count and index < at + 5:
            word = self.tokens[index].lower
            if word in TIME_NOUNS or (word in TIMES and self.tokens[index].kind == "C"):
                last = index
            elif last is not None and word in {"ago", "later", "earlier", "before", "after"} and index == last + 1:
                return index if word in {"ago", "later", "earlier"} else last
            elif not (last is None and (word in TIME_DETERMINERS or self.tokens[index].kind == "0")):
                break
            index += 1
        if last == at and self.tokens[at].lower in TIME_NOUNS:
            return at if at and self.tokens[at - 1].lower in TIMES else None
        if last is not None and last + 1 < self.count and self.tokens[last + 1].lower in {"'s", "-"}:
            return None
        return last
