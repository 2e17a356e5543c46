"""One speaker, one side: the quotations of an article judged together.

A quotation's own log-odds and those of everything else the same person says in the article are added,
with learned weights. In annotated news a speaker almost never changes sides within an article, so
a fragment that says nothing by itself takes the side of its speaker's plainer words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from classifier.schema import OFF_TOPIC, Article, Quotation, SpeakerStance
from classifier.stance.head import Array, softmax
from classifier.stance.model import StanceModel
from classifier.stance.text import article_context

#: Why no quotation of an article about something else gets a stance.
ELSEWHERE: Final = "off topic: the article is probably not about immigration enforcement"


@dataclass(frozen=True, slots=True)
class Pooling:
    """Weights, chosen on the written articles' development part.

    ``others``: how much a speaker's other quotations count, together, against the own. ``shrink``: how little a
    quotation of few words counts among them. ``temperature`` divides what comes out: a speaker's quotations err
    together, so that taken as independent evidence they would be too certain.
    """

    others: float = 0.5
    shrink: float = 1.0
    temperature: float = 1.5


#: The weights that every article is judged with.
POOLING: Final = Pooling()


def pool(
    logits: Array, speakers: Sequence[str | None], lengths: Array, pooling: Pooling
) -> tuple[Array, dict[str, Array]]:
    """Add to each quotation's log-odds those of its speaker's other quotations.

    Args:
        logits: calibrated log-odds over the stances, ``(n, stances)``.
        speakers: the resolved name of each quotation's speaker; ``None`` stands alone.
        lengths: words of each quotation, ``(n,)``: long quotations count for more.
        pooling: the weights.

    Returns:
        The pooled, calibrated log-odds ``(n, stances)``; and for each speaker their mean ``(stances,)``.
    """
    centred = logits - logits.mean(axis=1, keepdims=True)
    pooled = centred.copy()
    members: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(speakers):
        if name is not None:
            members[name].append(place)
    for rows in members.values():
        weight = np.sqrt(lengths[rows]) / (np.sqrt(lengths[rows]) + pooling.shrink)
        total = (weight[:, None] * centred[rows]).sum(axis=0)
        for own, row in zip(weight, rows, strict=True):
            rest = weight.sum() - own
            if rest > 0:
                pooled[row] += pooling.others * (total - own * centred[row]) / rest
    pooled /= pooling.temperature
    return pooled, {name: pooled[rows].mean(axis=0) for name, rows in members.items()}


def _level(logits: Array) -> Array:
    """Return what all classes of ``logits`` weigh together against others, ``(n, 1)``."""
    level: Array = np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return level


def _key(quotation: Quotation) -> str | None:
    return quotation.speaker.name.casefold() if quotation.speaker else None


def judge(model: StanceModel, read: Sequence[tuple[str | int | float, str, Sequence[Quotation]]]) -> list[Article]:
    """Judge the quotations of several articles ``(id, text, quotations)`` in one batch."""
    pairs = [(q.text, article_context(q, text)) for _, text, quotations in read for q in quotations]
    logits = model.logits(pairs)
    known = [model.classes.index(label) for label in model.stances]
    articles = []
    start = 0
    for name, text, quotations in read:
        own = logits[start : start + len(quotations)]
        start += len(quotations)
        names = [_key(q) for q in quotations]
        lengths = np.array([float(len(q.text.split())) for q in quotations])
        pooled, sides = pool(own[:, known], names, lengths, POOLING)
        final = own.copy()
        final[:, known] = pooled + _level(own[:, known]) - _level(pooled)  # off topic is as likely as before
        predictions = model.decide([q.text for q in quotations], final)
        if quotations and model.is_elsewhere(text):
            predictions = [replace(p, abstained=True, reason=ELSEWHERE) for p in predictions]
        articles.append(Article(name, text, quotations, predictions, _speakers(model, quotations, names, sides)))
    return articles


def _speakers(
    model: StanceModel, quotations: Sequence[Quotation], names: Sequence[str | None], sides: dict[str, Array]
) -> list[SpeakerStance]:
    shown: dict[str, str] = {}
    for quotation, key in zip(quotations, names, strict=True):
        if key is not None and quotation.speaker is not None:
            shown.setdefault(key, quotation.speaker.name)
    stances = [label for label in model.classes if label != OFF_TOPIC]
    speakers = []
    for key, name in shown.items():
        probabilities = softmax(sides[key][None, :])[0]
        speakers.append(
            SpeakerStance(
                name=name,
                quotes=sum(k == key for k in names),
                stance=stances[int(probabilities.argmax())],
                probabilities=dict(zip(stances, map(float, probabilities), strict=True)),
            )
        )
    return speakers
