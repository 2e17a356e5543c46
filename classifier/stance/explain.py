"""Why an answer: the nearest labelled quotations of each stance, and the words that weighed most."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier.stance.head import Array

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel

#: Nearest quotations shown a stance, and words.
NEIGHBOURS: Final = 3
WORDS: Final = 6
#: Longer texts are explained by their first words: each word costs a run of the encoder.
MOST_WORDS: Final = 120

_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled quotation; ``likeness`` is the share of its embedding's signs in common, 0.5 by chance."""

    id: str
    text: str
    stance: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why ``stance`` won over ``against``.

    ``words``: each with how far the log-odds of ``stance`` against ``against`` fall without it, largest first.
    """

    stance: str
    against: str
    words: tuple[tuple[str, float], ...]
    neighbours: Mapping[str, tuple[Neighbour, ...]]

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as plain data."""
        return {
            "stance": self.stance,
            "against": self.against,
            "words": [{"word": word, "weight": round(weight, 3)} for word, weight in self.words],
            "nearest": {
                stance: [{"id": n.id, "text": n.text, "likeness": round(n.likeness, 3)} for n in found]
                for stance, found in self.neighbours.items()
            },
        }


def pack_signs(embeddings: NDArray[np.float32], centre: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the signs of embeddings ``(n, dim)`` about ``centre`` ``(dim,)``, eight a byte: ``(n, dim / 8)``."""
    return np.packbits(embeddings > centre, axis=1)


class Examples:
    """The labelled quotations that a model was trained from, with the signs of their embeddings."""

    def __init__(self, texts: Path, signs: Path) -> None:
        self._texts, self._signs = texts, signs

    @cached_property
    def _rows(self) -> list[dict[str, str]]:
        with gzip.open(self._texts, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    @cached_property
    def _table(self) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        with np.load(self._signs, allow_pickle=False) as arrays:
            return arrays["signs"], arrays["centre"]

    def nearest(
        self, embedding: NDArray[np.float32], stances: Sequence[str], count: int = NEIGHBOURS
    ) -> dict[str, tuple[Neighbour, ...]]:
        """Return the ``count`` quotations of each stance that are most like an embedding ``(dim,)``."""
        signs, centre = self._table
        differing = np.bitwise_count(signs ^ pack_signs(embedding[None, :], centre)).sum(axis=1, dtype=np.intp)
        likeness = 1.0 - differing / len(embedding)
        found: dict[str, list[Neighbour]] = {stance: [] for stance in stances}
        for place in np.argsort(-likeness, kind="stable"):
            row = self._rows[place]
            nearest = found.get(row["stance"])
            if nearest is not None and len(nearest) < count:
                nearest.append(Neighbour(row["id"], row["text"], row["stance"], float(likeness[place])))
            if all(len(kept) == count for kept in found.values()):
                break
        return {stance: tuple(kept) for stance, kept in found.items()}


def without_each_word(text: str) -> list[tuple[str, str]]:
    """Return each word of ``text`` with the text that is left without it; a text of one word has none."""
    words = list(_WORD.finditer(text))[:MOST_WORDS]
    if len(words) < 2:
        return []
    return [(word.group(), text[: word.start()] + text[word.end() :]) for word in words]


def explain(model: StanceModel, text: str, context: str | None = None) -> Explanation:
    """Explain the answer for ``text`` by leaving out each of its words, and by what it is nearest to."""
    from classifier.stance.text import surroundings  # noqa: PLC0415

    around = surroundings(text, context)
    known = [model.classes.index(label) for label in model.stances]
    left = without_each_word(text)
    logits: Array = model.logits([(text, around), *((rest, around) for _, rest in left)])[:, known]
    best, second = (int(c) for c in np.argsort(-logits[0])[:2])
    margins = logits[:, best] - logits[:, second]
    weighed = [(word, float(margins[0] - margin)) for (word, _), margin in zip(left, margins[1:], strict=True)]
    weighed.sort(key=lambda pair: -abs(pair[1]))
    embedding = model.encoder.encode([(text, around)])[0]
    return Explanation(
        stance=model.stances[best],
        against=model.stances[second],
        words=tuple(weighed[:WORDS]),
        neighbours=model.examples.nearest(embedding, model.stances) if model.examples else {},
    )
