"""One article of the page, with what all its parts need to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from classifier.page.masthead import Masthead, masthead
from classifier.page.wording import Look, looks
from classifier.schema import Article, Prediction, Quotation
from classifier.tally import Voice, judged, labels_of, voices


@dataclass(frozen=True)
class Story:
    """An article of the page: the ``number``-th, from 1.

    ``looks`` has the look of each answer, and ``speakers`` the number of each speaker's key; both are
    the same for the whole page.
    """

    number: int
    article: Article
    looks: Mapping[str, Look]
    speakers: Mapping[str, int]

    @cached_property
    def predictions(self) -> Sequence[Prediction]:
        """One prediction a quotation."""
        return judged(self.article)

    @cached_property
    def voices(self) -> list[Voice]:
        """The speakers, those with the most quotations first and the unknown ones last."""
        return sorted(voices(self.article), key=lambda voice: (not voice.key, -len(voice.places)))

    @cached_property
    def voice_of(self) -> dict[int, Voice]:
        """The voice that each quotation belongs to."""
        return {place: voice for voice in self.voices for place in voice.places}

    @cached_property
    def masthead(self) -> Masthead:
        """Headline, place and date."""
        return masthead(self.article.text)

    @property
    def file(self) -> str:
        """The article's id, as people know it: a file's name without its folders."""
        return PurePath(str(self.article.id)).name or str(self.article.id)

    @property
    def title(self) -> str:
        """The headline, or else the file."""
        headline = self.masthead.headline
        return headline.of(self.article.text).strip() if headline else self.file

    def key(self, place: int) -> str:
        """What the page's ids and scripts call a quotation."""
        return f"{self.number}-{place + 1}"

    def look(self, place: int) -> Look:
        """The look of a quotation's answer."""
        return self.looks[self.predictions[place].answer]

    def speaker_number(self, quotation: Quotation) -> str:
        """What the page's scripts call a speaker, the same in every article."""
        return str(self.speakers[quotation.speaker.name.casefold() if quotation.speaker else ""])


def stories(articles: Sequence[Article]) -> list[Story]:
    """Return the articles as the page shows them.

    Raises:
        ValueError: an article that no model has judged.
    """
    predictions = [p for article in articles for p in judged(article)]
    shown = looks(labels_of(predictions), predictions)
    keys = dict.fromkeys(voice.key for article in articles for voice in voices(article))
    speakers = {key: number for number, key in enumerate(keys)}
    return [Story(number, article, shown, speakers) for number, article in enumerate(articles, 1)]
