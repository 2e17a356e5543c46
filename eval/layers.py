"""Where the whole loses: extraction, attribution and stance alone, and all of them from the raw article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.labels import Labelled
from classifier.quotes import extract_quotes
from classifier.schema import OFF_TOPIC, Quotation, Span
from classifier.stance.model import StanceModel
from classifier.stance.speakers import judge
from classifier.training.articles import GoldArticle
from eval.duplicates import plain
from eval.metrics import Array, by_group
from eval.uncertainty import intervals

Json = dict[str, Any]
#: An extracted quotation is the labelled one when they share this part of all their characters.
OVERLAP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled quotation of an article."""

    id: str
    kind: str
    parts: tuple[Span, ...]
    speaker: str
    stance: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """An article with its labelled quotations."""

    id: str
    text: str
    quotations: tuple[Gold, ...]


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def overlap(one: Sequence[Span], two: Sequence[Span]) -> float:
    """Shared characters over all characters of both (Jaccard)."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    return shared / max(1, _length(one) + _length(two) - shared)


def matched(gold: Sequence[Gold], found: Sequence[Quotation]) -> dict[int, int]:
    """Pair labelled with extracted quotations, best overlap first, each once: place to place."""
    scores = [
        (overlap(g.parts, f.parts), -i, -j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if overlap(g.parts, f.parts) >= OVERLAP
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scores, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _name(text: str) -> list[str]:
    """The words of a name or description, without an article before it."""
    words = plain(text).split()
    return words[1:] if words[:1] in (["a"], ["an"], ["the"]) else words


def same_speaker(gold: str, found: str) -> bool:
    """Equal names or descriptions, or one is the other's last name ("Trump" for "Donald Trump")."""
    one, two = _name(gold), _name(found)
    if not one or not two:
        return False
    shorter, longer = sorted((one, two), key=len)
    return one == two or (len(shorter) == 1 and shorter == longer[-1:])


@dataclass(frozen=True, slots=True)
class _Read:
    """One article read: what was labelled, what was extracted, and how they pair up."""

    gold: GoldText
    found: Sequence[Quotation]
    stances: Sequence[str]
    pairs: Mapping[int, int]


def read_all(articles: Sequence[GoldText], models: Mapping[str, StanceModel]) -> list[_Read]:
    """Read each article with its own model, from the raw text alone."""
    reads = []
    for article in articles:
        found = extract_quotes(article.text, indirect=True)
        predicted = judge(models[article.id], [(article.id, article.text, found)])[0].predictions
        reads.append(
            _Read(article, found, [p.stance for p in predicted or ()], matched(article.quotations, found))
        )
    return reads


def _marked(kind: str) -> bool:
    return kind != "indirect"


def _extraction(reads: Sequence[_Read], *, marked: bool) -> Json:
    """Precision, recall and F1 of finding quotations (in marks, or reported without), by article."""
    rows = []
    for read in reads:
        gold = {i for i, g in enumerate(read.gold.quotations) if _marked(g.kind) == marked}
        found = {j for j, f in enumerate(read.found) if _marked(f.kind) == marked}
        right = sum(i in gold for i in read.pairs)
        true = sum(j in found for j in read.pairs.values())
        rows.append([len(gold), right, len(found), true])

    def scores(sums: Array) -> dict[str, Array]:
        recall = sums[:, 1] / np.maximum(sums[:, 0], 1)
        precision = sums[:, 3] / np.maximum(sums[:, 2], 1)
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / np.maximum(precision + recall, 1e-12),
        }

    sums = np.array(rows, dtype=np.float64)
    found_rows = {name: span.as_json() for name, span in intervals(sums, scores).items()}
    return {"labelled": int(sums[:, 0].sum()), "extracted": int(sums[:, 2].sum()), **found_rows}


STEPS: Final = (
    "stance of labelled quotations",
    "found",
    "found, right speaker",
    "found, right stance",
    "found, right speaker and stance",
)


def _steps(read: _Read, place: int, stance_right: Mapping[str, bool]) -> list[float]:
    """Which of :data:`STEPS` one labelled quotation of an article passes."""
    gold, other = read.gold.quotations[place], read.pairs.get(place)
    if other is None:
        return [float(stance_right.get(gold.id, False)), 0.0, 0.0, 0.0, 0.0]
    speaker = _right_speaker(gold, read.found[other])
    stance = read.stances[other] == gold.stance
    return [float(stance_right.get(gold.id, False)), 1.0, float(speaker), float(stance), float(speaker and stance)]


def _right_speaker(gold: Gold, found: Quotation) -> bool:
    return found.speaker is not None and same_speaker(gold.speaker, found.speaker.name)


def _chain(reads: Sequence[_Read], stance_right: Mapping[str, bool], *, marked: bool) -> list[Json]:
    """The way of the labelled quotations from the raw article: what share is left after each step."""
    rows, groups = [], []
    for read in reads:
        for place, gold in enumerate(read.gold.quotations):
            if _marked(gold.kind) == marked and gold.stance != OFF_TOPIC:
                rows.append([*_steps(read, place, stance_right), 1.0])
                groups.append(read.gold.id)
    table = np.array(rows)
    spans = intervals(
        by_group(table, groups), lambda s: {name: s[:, k] / s[:, -1] for k, name in enumerate(STEPS)}, rows=table
    )
    return [{"step": name, **spans[name].as_json()} for name in STEPS]


def _attribution(reads: Sequence[_Read], *, marked: bool) -> Json:
    """Right speakers among the quotations that were found."""
    rows, groups = [], []
    for read in reads:
        for i, j in read.pairs.items():
            gold, found = read.gold.quotations[i], read.found[j]
            if _marked(gold.kind) == marked:
                rows.append([float(_right_speaker(gold, found)), 1.0])
                groups.append(read.gold.id)
    if not rows:
        return {"n": 0, "accuracy": None}
    table = np.array(rows)
    spans = intervals(by_group(table, groups), lambda s: {"accuracy": s[:, 0] / s[:, 1]}, rows=table)
    return {"n": len(rows), "accuracy": spans["accuracy"].as_json()}


def layers(
    articles: Sequence[GoldText], models: Mapping[str, StanceModel], stance_right: Mapping[str, bool]
) -> list[Json]:
    """Every layer, for quotations in marks and for those reported without.

    Args:
        articles: the labelled articles.
        models: the model for each article, by its id: one that never saw it.
        stance_right: whether the stance of a labelled quotation, given as such, was answered right, by id.
    """
    reads = read_all(articles, models)
    return [
        {
            "quotations": "in marks" if marked else "reported without marks",
            "extraction": _extraction(reads, marked=marked),
            "attribution": _attribution(reads, marked=marked),
            "steps": _chain(reads, stance_right, marked=marked),
        }
        for marked in (True, False)
        if any(_marked(g.kind) == marked for article in articles for g in article.quotations)
    ]


def seed_texts(rows: Sequence[Mapping[str, Any]], folder: Path, items: Mapping[str, Labelled]) -> list[GoldText]:
    """The seeds with their labelled quotations, from the rows of ``labels/seeds.jsonl``."""
    quotations: dict[str, list[Gold]] = {}
    for row in rows:
        item = items[str(row["id"])]
        parts = tuple(Span(part["start"], part["end"]) for part in row["parts"])
        quotations.setdefault(str(row["doc"]), []).append(
            Gold(item.id, item.kind, parts, item.speaker, item.stance)
        )
    return [
        GoldText(name, (folder / name).read_bytes().decode("utf-8"), tuple(found))
        for name, found in sorted(quotations.items())
    ]


def written_texts(articles: Sequence[GoldArticle]) -> list[GoldText]:
    """The written articles with their labelled quotations, called as training calls them."""
    return [
        GoldText(
            article.id,
            article.text,
            tuple(
                Gold(f"{article.id}-{number}", q.kind, q.parts, q.name, q.stance)
                for number, q in enumerate(article.quotations)
            ),
        )
        for article in articles
    ]
