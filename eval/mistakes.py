"""Wrong answers, sorted into kinds that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from classifier.labels import Labelled
from classifier.schema import NEUTRAL
from eval.judged import Judged

#: Shorter quotations, in words, are fragments whatever their kind.
SHORT: Final = 6

_NEGATION: Final = re.compile(
    r"\b(?:no|not|never|nor|neither|nobody|none|nothing|without|cannot|hardly|stop|refus\w+|den(?:y|ies|ied)|oppos\w+|"
    r"reject\w*|end|ban|block\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(
    r"[“\"‘]|\b(?:they|he|she|people|critics|opponents|supporters|some|folks|the other side|the president|"
    r"the mayor|the sheriff|the governor|republicans|democrats|trump|who)\s+(?:\w+\s+){0,2}"
    r"(?:says?|said|tells?|told|claims?|claimed|argues?|argued|calls?|called|wants?|thinks?|believes?|insists?)\b|"
    r"\b(?:so-called|supposedly|according to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mistake, and what a person can do about it."""

    name: str
    title: str
    advice: str


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "fragment",
            "Fragments",
            "A few words that mean little alone. Check that the context holds the whole sentence; write more "
            "fragments with their sentences.",
        ),
        Kind(
            "neutral",
            "Neutral against a side",
            "The label or the answer is neutral. Check the item against the codebook's hard cases; write more of "
            "what officials, moderators and experts say without taking a side.",
        ),
        Kind(
            "reported",
            "Reported view",
            "The words hold somebody else's view, to reject or relay it. Write more quotes that name the other "
            "side's argument before they answer it.",
        ),
        Kind(
            "negation",
            "Negation",
            "The side hangs on a not, a stop or an end. Write more plain sentences for a thing and against it, in "
            "both sides' words.",
        ),
        Kind("other", "Other", "The wrong side, for no reason that shows. Look at the nearest training quotes."),
    )
}


def kind_of(item: Labelled, answer: str) -> str:
    """The first kind that fits a wrong answer, in the order of :data:`KINDS`."""
    if item.kind == "mixed" or len(item.text.split()) < SHORT:
        return "fragment"
    if NEUTRAL in (item.stance, answer):
        return "neutral"
    if _REPORTED.search(item.text):
        return "reported"
    return "negation" if _NEGATION.search(item.text) else "other"


def _row(judged: Judged, place: int, answer: str) -> dict[str, Any]:
    item = judged.items[place]
    reasons = judged.reasons[place] if judged.reasons else None
    probabilities = judged.model.probabilities[place]
    return {
        "id": item.id,
        "group": judged.groups[place],
        "speaker": item.speaker or None,
        "text": item.text,
        "context": item.context,
        "gold": item.stance,
        "predicted": answer,
        "probabilities": {
            label: round(float(p), 4) for label, p in zip(judged.labels, probabilities, strict=True)
        },
        "abstained": bool(judged.model.abstained[place]) if judged.model.abstained is not None else False,
        "kind": kind_of(item, answer),
        "nearest": [
            {"id": n.id, "stance": n.stance, "similarity": round(n.similarity, 3), "text": n.text}
            for n in (reasons.neighbours if reasons else ())
        ],
        "words": [[word, round(weight, 3)] for word, weight in (reasons.words if reasons else ())],
    }


def mistakes(judged: Judged) -> list[dict[str, Any]]:
    """Every wrong answer of the model, the surest (the most wrong) first, with its ``rank`` from 1."""
    wrong = [place for place in range(len(judged.items)) if judged.model.numbers[place] != judged.gold[place]]
    wrong.sort(key=lambda place: (judged.model.probabilities[place, judged.gold[place]], judged.items[place].id))
    answers = [judged.labels[int(judged.model.numbers[place])] for place in wrong]
    rows = (_row(judged, place, answer) for place, answer in zip(wrong, answers, strict=True))
    return [{"rank": rank, **row} for rank, row in enumerate(rows, 1)]


def by_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kinds that occur, with their number, in the order of :data:`KINDS`."""
    return [
        {
            "kind": kind.name,
            "title": kind.title,
            "advice": kind.advice,
            "n": sum(row["kind"] == kind.name for row in rows),
        }
        for kind in KINDS.values()
        if any(row["kind"] == kind.name for row in rows)
    ]
