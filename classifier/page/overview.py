"""The overview of several articles: by article, speaker, place and date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from classifier.page.elements import Child, element
from classifier.page.panel import balance_bar, divided
from classifier.page.story import Story
from classifier.schema import Prediction
from classifier.tally import NOBODY

_NOT_GIVEN = "not given"
_NO_PLACE = "No article begins with a dateline that names a place, such as “DENVER, Colo. (AP) —”."
_NO_DATE = "No article has its date in the dateline or on a line of its own near the top."
#: Words shown of an article without a headline.
_OPENING = 10


def _cells(story: Story, predictions: Sequence[Prediction]) -> list[Child]:
    """How the quotations divide, and how many they are."""
    words = element("span", *(divided(predictions) or ["none"]), class_="words")
    bar = balance_bar(story, predictions) if predictions else None
    return [element("td", bar, words, class_="divided"), element("td", str(len(predictions)), class_="number")]


def _table(
    title: str, heads: Sequence[str], rows: Iterable[Element], *, opened: bool = False, told: str = ""
) -> Element:
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    table = element("table", element("thead", head), element("tbody", *rows))
    scroll = element("div", table, class_="scroll", role="region", tabindex="0", aria_label=title)
    words = element("p", told, class_="told") if told else None
    return element("details", element("summary", title), words, scroll, open=opened)


def _link(story: Story) -> Element:
    return element("a", element("bdi", story.title), href=f"#a{story.number}")


def _opening(story: Story) -> Element | None:
    """The first words of an article without a headline, which its file's name tells nothing of."""
    words = story.article.text.split(maxsplit=_OPENING)[:_OPENING]
    return element("small", f" {' '.join(words)} …") if words and not story.masthead.headline else None


def _links(found: Sequence[Story]) -> list[Child]:
    links: list[Child] = []
    for story in found:
        links += [", " if links else None, _link(story)]
    return links


def _by_article(found: Sequence[Story]) -> Element:
    rows = (
        element(
            "tr",
            element("th", _link(story), _opening(story), scope="row"),
            *_cells(story, story.predictions),
            element("td", str(sum(bool(voice.key) for voice in story.voices)), class_="number"),
            element("td", story.masthead.place or "–"),
            element("td", story.masthead.date or "–", class_="nowrap"),
        )
        for story in found
    )
    heads = ("Article", "Balance", "Quotations", "Speakers", "Place", "Date")
    return _table("By article", heads, rows, opened=True)


def _by_speaker(found: Sequence[Story]) -> Element:
    names: dict[str, str] = {}
    said: dict[str, list[Prediction]] = {}
    where: dict[str, list[Story]] = {}
    for story in found:
        for voice in story.voices:
            names.setdefault(voice.key, voice.name)
            said.setdefault(voice.key, []).extend(story.predictions[place] for place in voice.places)
            where.setdefault(voice.key, []).append(story)
    rows = (
        element(
            "tr",
            element("th", element("bdi", names[key]), scope="row"),
            *_cells(where[key][0], said[key]),
            element("td", *_links(where[key])),
        )
        for key in sorted(said, key=lambda key: (not key, -len(said[key])))
    )
    return _table("By speaker", ("Speaker", "Balance", "Quotations", "Articles"), rows)


def _by(found: Sequence[Story], title: str, head: str, values: Sequence[str], *, none: str) -> Element:
    groups: dict[str, list[Story]] = {}
    for story, value in zip(found, values, strict=True):
        groups.setdefault(value, []).append(story)
    rows = (
        element(
            "tr",
            element("th", value or _NOT_GIVEN, scope="row"),
            *_cells(groups[value][0], [p for story in groups[value] for p in story.predictions]),
            element("td", *_links(groups[value])),
        )
        for value in sorted(groups, key=lambda value: (not value, value))
    )
    told = "" if any(values) else none
    return _table(title, (head, "Balance", "Quotations", "Articles"), rows, told=told)


def overview(found: Sequence[Story]) -> Element:
    """Return the tables; places and dates are those of the datelines."""
    return element(
        "section",
        element("h2", "Overview", id="overview"),
        _by_article(found),
        _by_speaker(found),
        _by(found, "By place", "Dateline", [story.masthead.place for story in found], none=_NO_PLACE),
        _by(found, "By date", "Date", [story.masthead.date for story in found], none=_NO_DATE),
        class_="overview",
        aria_labelledby="overview",
    )


def speaker_names(found: Sequence[Story]) -> dict[int, str]:
    """Return every speaker's number and name over all articles, in alphabetical order, the unknown one last."""
    names = {story.speakers[voice.key]: voice for story in reversed(found) for voice in story.voices}
    ordered = sorted(names.items(), key=lambda item: (not item[1].key, item[1].key))
    return {number: voice.name if voice.key else NOBODY for number, voice in ordered}
