"""The side panel of an article: its speakers, each with their balance and their quotations."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from classifier.page.elements import Child, element, hidden_text
from classifier.page.quotation import bar, share, tag
from classifier.page.story import Story
from classifier.schema import Prediction
from classifier.tally import Voice, balance, plural


def balance_bar(story: Story, predictions: Sequence[Prediction]) -> Element:
    """Return a bar that shows how many of the quotations gave which answer."""
    total = max(1, len(predictions))
    return bar([(story.looks[answer].css, n / total) for answer, n in balance(predictions).items()])


def divided(predictions: Sequence[Prediction]) -> list[Child]:
    """Return a balance in words, breaking between the answers only."""
    counts: list[Child] = []
    for answer, n in balance(predictions).items():
        counts += [", " if counts else None, element("span", f"{n} {answer}", class_="nowrap")]
    return counts


def _said(story: Story, place: int) -> Element:
    """One quotation of a speaker, linked to its place in the text."""
    quotation = story.article.quotations[place]
    words = " ".join(quotation.text.split())
    key = story.key(place)
    return element(
        "li",
        element("span", f"[{place + 1}] ", class_="printed"),
        element(
            "a",
            words if quotation.kind == "indirect" else f"“{words}”",
            href=f"#q{key}",
            class_="said",
        ),
        " ",
        tag(story.look(place), share(story.predictions[place])),
        data_q=key,
    )


def _together(story: Story, voice: Voice) -> list[Child]:
    """What several quotations of one speaker say together; a single one says it itself."""
    if len(voice.places) < 2:
        return []
    predictions = [story.predictions[place] for place in voice.places]
    side = voice.side
    overall = f"Taken together: {side.stance} {side.probabilities[side.stance]:.0%}. " if side else None
    words = element("p", overall, *divided(predictions), ".", class_="balance")
    return [balance_bar(story, predictions), words]


def _voice(story: Story, voice: Voice) -> Element:
    number = str(story.speakers[voice.key])
    about: Child = None
    if voice.speaker:
        words = ", ".join(part for part in (voice.speaker.title, voice.speaker.place) if part)
        about = element("small", f" {words}") if words else None
    only = element(
        "button",
        "only",
        hidden_text(f" {voice.name}"),
        type="button",
        class_="only",
        data_only=number,
        aria_pressed="false",
    )
    return element(
        "div",
        element("div", element("h4", element("bdi", voice.name), about), only, class_="head"),
        *_together(story, voice),
        element("ol", *(_said(story, place) for place in voice.places)),
        class_="voice",
    )


def panel(story: Story) -> Element:
    """Return the speakers of an article."""
    named = sum(bool(voice.key) for voice in story.voices)
    return element(
        "div",
        element("h3", plural(named, "speaker") if story.voices else "No speakers", id=f"speakers{story.number}"),
        *(_voice(story, voice) for voice in story.voices),
        class_="panel",
    )
