"""Paragraphs, words and sentences, with every marked stretch standing as one token.

A quotation is opaque here: the stops inside it end no sentence of the reporter's, except where the
reporter's sentence ends with it. Only paragraphs that are asked for are read.
"""

# Word tables as text; a rule answers as soon as it knows.
# ruff: noqa: SIM905, PLR0911
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .cues import VERBS
from .words import ABBREVIATIONS, PRONOUNS

if TYPE_CHECKING:
    from .marks import Stretch

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d{1,3}(?:,\d{3})+(?!\d)|[^\W_]+(?:[-’'.&/][^\W_]+)*(?:[’'](?=\s))?|@\w+|\.{2,}|--+|[^\w\s]"
)
#: A sentence is cut after this many tokens, so that no text makes the rules look far.
MAX_TOKENS = 140
#: And after this many marked stretches.
MAX_STRETCHES = 16
_TERMINAL = ".?!…"


class Token(NamedTuple):
    """A word, a stop, or a whole marked stretch (``kind`` Q)."""

    start: int
    end: int
    #: The word in lower case, apostrophes straight; the stop itself; empty for a stretch.
    lower: str
    #: ``C`` capitalised word, ``w`` other word, ``0`` number, ``Q`` stretch, else the stop itself.
    kind: str
    #: The index of the stretch, or -1.
    stretch: int = -1


class Sentence:
    """The tokens of one sentence of an article."""

    __slots__ = ("index", "paragraph", "parsed", "tokens")

    def __init__(self, tokens: list[Token], paragraph: int, index: int) -> None:
        self.tokens = tokens
        self.paragraph = paragraph
        self.index = index
        #: Filled in by :mod:`.mentions` when the sentence is read.
        self.parsed: object = None

    @property
    def start(self) -> int:
        """Where the sentence begins in the article."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends, its stop and closing mark included."""
        return self.tokens[-1].end


class Document:
    """An article's text with its marked stretches, read a paragraph at a time."""

    def __init__(self, text: str, stretches: Sequence[Stretch]) -> None:
        self.text = text
        self.stretches = stretches
        self._starts = [s.outer_start for s in stretches]
        self._read: dict[int, list[Sentence]] = {}

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of every paragraph that isn't blank."""
        return [m.span() for m in _LINE.finditer(self.text) if not m.group().isspace()]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    def paragraph_of(self, offset: int) -> int:
        """The index of the paragraph that holds ``offset``."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def sentences(self, paragraph: int) -> list[Sentence]:
        """The sentences of a paragraph; empty outside the article."""
        if not 0 <= paragraph < len(self.paragraphs):
            return []
        if paragraph not in self._read:
            tokens = self._tokens(*self.paragraphs[paragraph])
            cuts = _cut(self.text, tokens, self.stretches)
            self._read[paragraph] = [Sentence(t, paragraph, i) for i, t in enumerate(cuts)]
        return self._read[paragraph]

    def _tokens(self, start: int, end: int) -> list[Token]:
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        tokens: list[Token] = []
        at = start
        for index in range(first, last):
            stretch = self.stretches[index]
            tokens.extend(words_between(self.text, at, stretch.outer_start))
            tokens.append(Token(stretch.outer_start, stretch.outer_end, "", "Q", index))
            at = stretch.outer_end
        tokens.extend(words_between(self.text, at, end))
        return tokens


def words_between(text: str, start: int, end: int, shift: int = 0) -> list[Token]:
    """The words and stops of a piece of text; ``shift`` is added to their offsets."""
    made = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        first = word[0]
        if first.isalpha() or first == "@":
            kind = "C" if first.isupper() or first == "@" else "w"
            if not word.islower():
                word = word.lower()
            if "’" in word:
                word = word.replace("’", "'")
        else:
            kind = "0" if first.isdigit() else first
        made.append(Token(match.start() + shift, match.end() + shift, word, kind))
    return made


def _cut(text: str, tokens: list[Token], stretches: Sequence[Stretch]) -> list[list[Token]]:
    sentences: list[list[Token]] = []
    current: list[Token] = []
    marked = 0
    last = len(tokens) - 1
    for index, token in enumerate(tokens):
        current.append(token)
        if index == last:
            break
        marked += token.kind == "Q"
        if len(current) >= MAX_TOKENS or marked >= MAX_STRETCHES or _ends(text, tokens, index, stretches):
            sentences.append(current)
            current, marked = [], 0
    if current:
        sentences.append(current)
    return sentences


def _ends(text: str, tokens: list[Token], index: int, stretches: Sequence[Stretch]) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.kind == "Q":
        if following.kind not in "CQ0([—-–@“" and following.lower != "--":
            return False
        final = text[stretches[token.stretch].end - 1]
        if final not in _TERMINAL and not (
            final in ")]’'" and text[stretches[token.stretch].end - 2] in _TERMINAL
        ):
            return False
        if following.kind in "—-–" or following.lower == "--":
            return False
        return not _reporting_clause(tokens, index + 1, sure=final in "?!")
    if token.lower not in {".", "?", "!", "…", "..", "...", "....", ";"} or token.lower == ";":
        return False
    if following.kind not in "CQ0@([—“$‘'#":
        return False
    if token.lower == "." and index:
        before = tokens[index - 1]
        if before.end == token.start:
            if before.lower in ABBREVIATIONS and before.kind != "w":
                return following.lower in _SURE_OPENERS
            if len(before.lower) == 1 and before.kind == "C":
                return following.lower in _SURE_OPENERS
    return following.start > token.end or following.kind == "Q"


_SURE_OPENERS = frozenset(
    "the he she they it in but and a an this that these those we i his her their on at as for when while".split()
)


def _reporting_clause(tokens: list[Token], index: int, *, sure: bool) -> bool:
    """Whether a short clause such as “she asked.” or “Mayor NAME said” hangs on the quotation before.

    After a full stop (not ``sure``) the clause must also end soon, or it may introduce what follows.
    """
    ahead = tokens[index : index + 12]
    for place, token in enumerate(ahead):
        if token.kind == "Q" or token.lower in {".", ":", "?", "!", ";"}:
            abbreviated = token.lower == "." and place and ahead[place - 1].lower in ABBREVIATIONS
            if not abbreviated:
                return False
        if token.kind == "w" and VERBS.get(token.lower) in (("say", "manner") if sure else ("say",)):
            if place == 0 or place > 7:
                return False
            rest = ahead[place + 1 : place + 5]
            if rest and rest[0].lower in {"that", "the", "a", "an"} | PRONOUNS:
                return False
            if sure:
                return True
            stop = next((t for t in rest if t.kind == "Q" or t.kind not in "Cw0"), None)
            return stop is not None and stop.kind == "."
        if token.kind == "w" and token.lower in {"is", "was", "are", "were", "has", "had", "will", "would"}:
            return False
    return False
