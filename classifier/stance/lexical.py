"""The lexical channel: word and character n-grams, hashed, weighed by TF-IDF, summed into three scores.

An n-gram is a 64-bit number (a polynomial hash modulo 2**64), computed for all texts of a batch at once
with numpy. The same function feeds training (scikit-learn fits the weights) and predicting (a search in
a sorted table), so the two cannot drift apart. With some 2**17 n-grams kept, the chance that any two
collide is about 2**-31.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORD_NGRAMS: Final = (1, 2, 3)
CHAR_NGRAMS: Final = (2, 3, 4, 5, 6)

#: Longer words are hashed anew each time: kept ones would fill the memory of a night's run.
LONGEST_WORD: Final = 40

Hashes = NDArray[np.uint64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, as a multiplier modulo 2**64 must be
_WORD: Final = re.compile(r"\w+(?:'\w+)*|[?!$%]")
_SPACE: Final = re.compile(r"\s+")
_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-"})


def normalise(text: str) -> str:
    """Lower case, straight marks, single spaces: what the n-grams are read from."""
    return _SPACE.sub(" ", text.translate(_STRAIGHT).lower()).strip()


def words(text: str) -> list[str]:
    """The words of a normalised text, and the marks that carry meaning (``?!$%``)."""
    return _WORD.findall(text)


def _salt(kind: int, n: int) -> np.uint64:
    """Keeps word n-grams, character n-grams and their lengths apart."""
    return np.uint64((kind * 16 + n) * 0xD6E8FEB86659FD93 % 2**64)


def _word_hash(word: str) -> int:
    return _kept_hash(word) if len(word) <= LONGEST_WORD else _polynomial(word)


@lru_cache(maxsize=65536)
def _kept_hash(word: str) -> int:
    return _polynomial(word)


def _polynomial(word: str) -> int:
    value = 0
    for letter in word:
        value = (value * 0x100000001B3 + ord(letter) + 1) % 2**64
    return value


def _rolling(units: Hashes, n: int, salt: np.uint64) -> Hashes:
    """Hashes of all runs of ``n`` neighbouring units: ``(len(units) - n + 1,)``."""
    size = len(units) - n + 1
    if size <= 0:
        return np.empty(0, np.uint64)
    value = units[:size].copy()
    for step in range(1, n):
        value *= _BASE
        value += units[step : step + size]
    value *= _BASE
    value ^= salt
    value ^= value >> np.uint64(29)  # low bits decide the order in the table
    return value


def word_ngrams(text: str) -> list[tuple[str, int]]:
    """Every word n-gram of one text with its hash: for showing which words weighed most."""
    tokens = words(normalise(text))
    units = np.array([_word_hash(token) for token in tokens], np.uint64)
    found: list[tuple[str, int]] = []
    for n in WORD_NGRAMS:
        hashes = _rolling(units, n, _salt(1, n))
        found += [(" ".join(tokens[i : i + n]), int(value)) for i, value in enumerate(hashes)]
    return found


def ngram_hashes(text: str) -> tuple[Hashes, Hashes]:
    """Hashes of the word n-grams and of the character n-grams of one text, with repetitions."""
    plain = normalise(text)
    units = np.array([_word_hash(token) for token in words(plain)], np.uint64)
    letters = np.frombuffer(f" {plain} ".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    by_word = [_rolling(units, n, _salt(1, n)) for n in WORD_NGRAMS]
    by_letter = [_rolling(letters, n, _salt(2, n)) for n in CHAR_NGRAMS]
    return np.concatenate(by_word), np.concatenate(by_letter)


@dataclass(frozen=True, slots=True)
class LexicalTable:
    """The fitted channel.

    ``hashes`` ``(n,)`` sorted; ``idf`` ``(n,)``; ``weights`` ``(n, classes)``; ``bias`` ``(classes,)``.
    """

    hashes: Hashes
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float64]

    def _block(self, hashes: Hashes) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows of the table that occur, with their TF-IDF values, of Euclidean length 1."""
        found, counts = np.unique(hashes, return_counts=True)
        rows = np.searchsorted(self.hashes, found)
        rows[rows == len(self.hashes)] = 0
        known = self.hashes[rows] == found
        rows = rows[known]
        values = (1.0 + np.log(counts[known])).astype(np.float32) * self.idf[rows]
        length = float(np.sqrt(np.dot(values, values)))
        return rows, values / length if length else values

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Decision scores, ``(len(texts), classes)``; an empty text gets the bias."""
        out = np.tile(self.bias, (len(texts), 1))
        if len(self.hashes):
            for place, text in enumerate(texts):
                if not text:
                    continue  # most quotations stand without a context
                for hashes in ngram_hashes(text):
                    rows, values = self._block(hashes)
                    out[place] += values @ self.weights[rows]
        return out

    def word_weights(self, text: str) -> list[tuple[str, NDArray[np.float64]]]:
        """What each word n-gram of ``text`` added to the scores, ``(classes,)`` a piece."""
        grams = word_ngrams(text)
        if not grams or not len(self.hashes):
            return []
        hashes = np.array([value for _, value in grams], np.uint64)
        rows, values = self._block(hashes)
        share = dict(zip(self.hashes[rows].tolist(), values[:, None] * self.weights[rows], strict=True))
        return [(gram, share[value].astype(np.float64)) for gram, value in dict(grams).items() if value in share]
