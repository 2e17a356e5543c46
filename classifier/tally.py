"""Who of an article spoke, and how their quotations divide: what the terminal and the page both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifier.schema import STANCES, Article, Prediction, Speaker, SpeakerStance

#: What stands in place of a name where no speaker was found.
NOBODY = "speaker not found"


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of an article; ``places`` index its quotations, in reading order.

    ``speaker`` is the mention with the most to show (a title, a place); ``None`` stands for all the
    quotations without a speaker, ``side`` is ``None`` for them too, and for who says nothing on the subject.
    """

    speaker: Speaker | None
    side: SpeakerStance | None
    places: tuple[int, ...]

    @property
    def name(self) -> str:
        """The speaker's name, or words for that none was found."""
        return self.speaker.name if self.speaker else NOBODY

    @property
    def key(self) -> str:
        """What two mentions of the same speaker have in common, also across articles; empty for none."""
        return self.speaker.name.casefold() if self.speaker else ""


def voices(article: Article) -> list[Voice]:
    """Return the speakers of an article as they first appear, those without a name as one, last."""
    places: dict[str, list[int]] = {}
    mentions: dict[str, Speaker] = {}
    for place, quotation in enumerate(article.quotations):
        speaker = quotation.speaker
        key = speaker.name.casefold() if speaker else ""
        places.setdefault(key, []).append(place)
        if speaker and not (key in mentions and (mentions[key].title or not speaker.title)):
            mentions[key] = speaker
    sides = {side.name.casefold(): side for side in article.speakers}
    for key, said in places.items():
        if article.predictions and all(article.predictions[place].answer == "off topic" for place in said):
            sides.pop(key, None)
    ordered = sorted(places, key=lambda key: not key)
    return [Voice(mentions.get(key), sides.get(key) if key else None, tuple(places[key])) for key in ordered]


def judged(article: Article) -> Sequence[Prediction]:
    """Return an article's predictions, one a quotation.

    Raises:
        ValueError: no model has judged the article, or not all of it.
    """
    found = article.predictions
    if found is None or len(found) != len(article.quotations):
        raise ValueError(
            f"{article.id}: found {len(found or ())} predictions for {len(article.quotations)} quotations; "
            "expected one each: read the article with a model"
        )
    return found


def labels_of(predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """Return the stances that were asked about, in their order; the project's own where nothing was judged."""
    return tuple(dict.fromkeys(label for p in predictions for label in p.probabilities)) or STANCES


def balance(predictions: Sequence[Prediction]) -> dict[str, int]:
    """Count the answers: the stances in their order, then the reasons for giving none; no zeros."""
    counts = Counter(p.answer for p in predictions)
    labels = labels_of(predictions)
    ordered = [*labels, *sorted(answer for answer in counts if answer not in labels)]
    return {answer: counts[answer] for answer in ordered if counts[answer]}


def in_words(counts: dict[str, int]) -> str:
    """Return a balance as a phrase: ``"3 pro-sanctuary, 1 unsure"``."""
    return ", ".join(f"{n} {answer}" for answer, n in counts.items())


def plural(n: int, noun: str) -> str:
    """Return ``"1 quotation"``, ``"2 quotations"``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
