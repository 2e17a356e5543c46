"""Why an answer: the nearest labelled quotations of each stance, and the words that weighed most."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from classifier.schema import Article, Explanation, Neighbour
from classifier.stance.head import Array
from classifier.stance.speakers import POOLING
from classifier.stance.text import article_context, sentence_context, surroundings

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel

#: Nearest quotations shown a stance, and words.
NEIGHBOURS: Final = 3
WORDS: Final = 6
#: Longer texts are explained by their first words: each word costs a run of the encoder.
MOST_WORDS: Final = 120

_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")


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
        self, embedding: NDArray[np.float32], stances: Sequence[str], *, count: int = NEIGHBOURS, but: str = ""
    ) -> dict[str, tuple[Neighbour, ...]]:
        """Return the ``count`` quotations of each stance most like an embedding ``(dim,)``, ``but`` left out."""
        signs, centre = self._table
        differing = np.bitwise_count(signs ^ pack_signs(embedding[None, :], centre)).sum(axis=1, dtype=np.intp)
        likeness = 1.0 - differing / len(embedding)
        found: dict[str, list[Neighbour]] = {stance: [] for stance in stances}
        for place in np.argsort(-likeness, kind="stable"):
            row = self._rows[place]
            nearest = found.get(row["stance"])
            if nearest is not None and len(nearest) < count and row["text"] != but:
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
    steps = {"its words": None, "its sentence": context} if context else {"its words": None}
    return _explained(model, text, steps, final=None)


def explain_article(model: StanceModel, article: Article) -> Article:
    """Return an article that ``model`` judged, with each prediction explained."""
    predictions = []
    for quotation, prediction in zip(article.quotations, article.predictions or (), strict=True):
        steps = {
            "its words": None,
            "its sentence": sentence_context(quotation, article.text),
            "its speaker's introduction": article_context(quotation, article.text),
        }
        found = _explained(model, quotation.text, steps, final=prediction.probabilities)
        predictions.append(replace(prediction, explanation=found))
    return replace(article, predictions=predictions)


def _explained(
    model: StanceModel, text: str, steps: Mapping[str, str | None], *, final: Mapping[str, float] | None
) -> Explanation:
    """Explain by ``steps``: contexts that grow, the last of which the answer saw; ``final`` after pooling."""
    around = [surroundings(text, context) for context in steps.values()]
    left = without_each_word(text)
    pairs = [(text, context) for context in around] + [(rest, around[-1]) for _, rest in left]
    known = [model.classes.index(label) for label in model.stances]
    logits: Array = model.logits(pairs)[:, known] / (POOLING.temperature if final else 1.0)
    answered = np.log([max(final[s], 1e-12) for s in model.stances]) if final else logits[len(around) - 1]
    best, second = (int(c) for c in np.argsort(-answered)[:2])
    margins = logits[:, best] - logits[:, second]
    grown, without = margins[: len(around)], margins[len(around) :]
    sources = dict(zip(steps, map(float, np.diff(grown, prepend=0.0)), strict=True))
    if final:
        sources["its speaker's other quotations"] = float(answered[best] - answered[second] - grown[-1])
    weighed = [(word, float(grown[-1] - margin)) for (word, _), margin in zip(left, without, strict=True)]
    weighed.sort(key=lambda pair: -abs(pair[1]))
    neighbours = {}
    if model.examples:
        embedding = model.encoder.encode([(text, around[-1])])[0]
        neighbours = model.examples.nearest(embedding, model.stances, but=text)
    return Explanation(model.stances[best], model.stances[second], sources, tuple(weighed[:WORDS]), neighbours)
