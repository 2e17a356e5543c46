"""What flows through the pipeline: frozen records, and the stance labels in their one order.

Every offset is a Python string index (a code point) into the article's decoded, unchanged text; an
end is exclusive, so that ``text[start:end]`` is the text of the span exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["direct", "mixed", "indirect"]

PRO_ENFORCEMENT = "pro-enforcement"
PRO_SANCTUARY = "pro-sanctuary"
NEUTRAL = "neutral"

#: The stances in the order of every probability column, confusion matrix row and report.
STANCES: tuple[str, ...] = (PRO_ENFORCEMENT, PRO_SANCTUARY, NEUTRAL)
#: The class of text that isn't about the subject; never a stance, only a reason to abstain.
OFF_TOPIC = "off-topic"
#: The two stances that oppose each other.
SIDES: tuple[str, ...] = (PRO_ENFORCEMENT, PRO_SANCTUARY)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: code points ``start`` to ``end`` (exclusive)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def as_json(self, text: str) -> dict[str, Any]:
        """The contract's ``{"start", "end", "text"}``."""
        return {"start": self.start, "end": self.end, "text": self.of(text)}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: the mention in the article, and the fullest name the article gives.

    ``name`` carries neither title nor place; those stand in ``title`` and ``place`` where the article
    gives them ("Mayor", "Denver"). For an unnamed speaker ``name`` is the description.
    """

    mention: Span
    name: str
    title: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, with its parts in reading order.

    ``direct``: the quoted words stand as a sentence of their own. ``mixed``: a fragment inside a
    reporter's sentence. ``indirect``: reported without marks. ``context`` is the sentence, or the
    sentences, that carry the parts. ``rule`` names the attribution rule that decided and
    ``certainty`` (0 to 1) says how often that rule is right; both are empty where no speaker was found.
    """

    text: str
    kind: Kind
    parts: tuple[Span, ...]
    context: Span
    speaker: Speaker | None = None
    cue: Span | None = None
    rule: str = ""
    certainty: float = 0.0

    def as_json(self, article: str) -> dict[str, Any]:
        """The contract's quotation; ``article`` is the text that the offsets point into."""
        speaker = self.speaker and {
            **self.speaker.mention.as_json(article),
            "name": self.speaker.name,
            "title": self.speaker.title,
            "place": self.speaker.place,
        }
        return {
            "text": self.text,
            "kind": self.kind,
            "parts": [part.as_json(article) for part in self.parts],
            "speaker": speaker,
            "cue": self.cue.as_json(article) if self.cue else None,
            "context": {"start": self.context.start, "end": self.context.end},
            "rule": self.rule,
            "certainty": self.certainty,
        }


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled quotation; ``likeness`` is the share of its embedding's signs in common, 0.5 by chance."""

    id: str
    text: str
    stance: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why ``stance`` won over ``against``; all weights are log-odds of the one against the other.

    ``sources``: what spoke for it, in the order in which it was weighed: the quotation's words alone, its
    sentence, its speaker's introduction, the speaker's other quotations. ``words``: each with what the log-odds
    lose without it, largest first. ``neighbours``: the nearest labelled quotations of each stance.
    """

    stance: str
    against: str
    sources: Mapping[str, float]
    words: tuple[tuple[str, float], ...]
    neighbours: Mapping[str, tuple[Neighbour, ...]]

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as plain data."""
        return {
            "stance": self.stance,
            "against": self.against,
            "sources": {name: round(weight, 3) for name, weight in self.sources.items()},
            "words": [{"word": word, "weight": round(weight, 3)} for word, weight in self.words],
            "nearest": {
                stance: [{"id": n.id, "text": n.text, "likeness": round(n.likeness, 3)} for n in found]
                for stance, found in self.neighbours.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Prediction:
    """The stance of one text. ``probabilities`` has one entry a stance and sums to 1.

    ``stance`` is the most probable label, also when ``abstained``; ``reason`` then says why.
    """

    text: str
    stance: str
    probabilities: Mapping[str, float]
    abstained: bool = False
    reason: str | None = None
    explanation: Explanation | None = None

    @property
    def answer(self) -> str:
        """The stance, or in a word or two why none is given: ``"unsure"``, ``"off topic"``."""
        if not self.abstained:
            return self.stance
        return (self.reason or "unsure").partition(":")[0]

    def as_json(self) -> dict[str, Any]:
        """The contract's prediction, without an id."""
        row: dict[str, Any] = {
            "text": self.text,
            "stance": self.stance,
            "probabilities": {label: round(p, 6) for label, p in self.probabilities.items()},
            "abstained": self.abstained,
        }
        if self.reason is not None:
            row["reason"] = self.reason
        if self.explanation is not None:
            row["explanation"] = self.explanation.as_json()
        return row


@dataclass(frozen=True, slots=True)
class SpeakerStance:
    """Where one speaker of an article stands, over all their quotations."""

    name: str
    quotes: int
    stance: str
    probabilities: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Article:
    """One article read: its quotations, each with its prediction where a model was asked (else ``None``)."""

    id: str | int | float
    text: str
    quotations: Sequence[Quotation]
    predictions: Sequence[Prediction] | None = None
    speakers: Sequence[SpeakerStance] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract's article; stances and ``speakers`` only where a model was asked."""
        quotes = [quotation.as_json(self.text) for quotation in self.quotations]
        if self.predictions is None:
            return {"id": self.id, "quotes": quotes}
        for row, prediction in zip(quotes, self.predictions, strict=True):
            row |= {k: v for k, v in prediction.as_json().items() if k != "text"}
        speakers = [
            {
                "name": s.name,
                "quotes": s.quotes,
                "stance": s.stance,
                "probabilities": {label: round(p, 6) for label, p in s.probabilities.items()},
            }
            for s in self.speakers
        ]
        return {"id": self.id, "quotes": quotes, "speakers": speakers}
