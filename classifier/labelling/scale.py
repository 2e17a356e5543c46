"""The answers that can be given, and the key of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifier.errors import InputError
from classifier.schema import OFF_TOPIC, STANCES

#: The project's answers; training takes ``off-topic`` as the reason to abstain that it is.
ANSWERS: Final = (*STANCES, OFF_TOPIC)
SKIP, BACK, NOTE, CONTEXT, CODEBOOK, GUESS, QUIT = "k", "b", "a", "c", "h", "g", "q"
#: What each command's key does, in the order in which they are shown.
COMMANDS: Final = {
    SKIP: "skip",
    BACK: "back",
    NOTE: "note",
    CONTEXT: "context",
    CODEBOOK: "codebook",
    GUESS: "guess",
    QUIT: "quit",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers in their order, and a letter each; where none is free, the answer's number alone serves."""

    answers: tuple[str, ...]
    letters: tuple[str, ...]

    def answer(self, key: str) -> str | None:
        """Return the answer of a key: its letter, or its number from 1."""
        if key in self.letters and key:
            return self.answers[self.letters.index(key)]
        if key.isascii() and key.isdigit() and 0 < int(key) <= len(self.answers):
            return self.answers[int(key) - 1]
        return None


def scale_of(answers: Sequence[str]) -> Scale:
    """Give each answer a letter that no command has: the first one free, the last word's before the others.

    Raises:
        InputError: fewer than two answers, more than nine, or one twice.
    """
    if not 2 <= len(answers) <= 9 or len(set(answers)) < len(answers) or not all(answers):
        raise InputError(f"found {len(answers)} answers ({', '.join(answers)}); expected 2 to 9 different names")
    letters: list[str] = []
    for answer in answers:
        wanted = answer.rpartition("-")[2] + answer
        free = (c for c in wanted.lower() if c.isascii() and c.isalpha() and c not in (*COMMANDS, *letters))
        letters.append(next(free, ""))
    return Scale(tuple(answers), tuple(letters))
