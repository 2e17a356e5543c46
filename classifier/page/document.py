"""The whole page: one file, nothing from outside, and a policy that lets nothing but its own code run."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from xml.etree.ElementTree import Element

from classifier.page.elements import Child, document, element
from classifier.page.marking import marked
from classifier.page.overview import overview, speaker_names
from classifier.page.panel import panel
from classifier.page.quotation import inline
from classifier.page.story import Story, stories
from classifier.schema import Article
from classifier.tally import plural

_CAUTION = (
    "Found and judged by a program, which errs. A stance is what the quoted words say in their article, "
    "not what a person is; check the words before you rely on it."
)


def _asset(name: str) -> str:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return "\n" + text.replace("\r\n", "\n")


def _hash(code: str) -> str:
    """The code's hash as a content security policy wants it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _head(title: str, style: str, script: str) -> Element:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", style),
    )


def _answers(found: Sequence[Story]) -> Element:
    """A box for each answer; together they are the legend."""
    counts = Counter(story.look(place).css for story in found for place in range(len(story.predictions)))
    shown = {look.css: look for look in found[0].looks.values()} if found else {}
    boxes = (
        element(
            "label",
            element("input", type="checkbox", name="answer", value=css, checked=True),
            element("span", look.sign, class_=f"sign {css}", aria_hidden="true"),
            " ",
            element("span", look.answer, class_=f"sample {css}"),
            f" {counts[css]}",
        )
        for css, look in shown.items()
    )
    return element("fieldset", element("legend", "Stance"), *boxes, disabled=True)


def _filters(found: Sequence[Story]) -> Element:
    total = sum(len(story.predictions) for story in found)
    options = [element("option", name, value=str(number)) for number, name in speaker_names(found).items()]
    everyone = element("option", "everyone", value="")
    who = element("select", everyone, *options, id="speaker", disabled=True)
    return element(
        "details",
        element(
            "summary",
            "Filter ",
            element("span", f"{plural(total, 'quotation')}", id="status", role="status"),
        ),
        element(
            "div",
            _answers(found),
            element("p", element("label", "Speaker ", for_="speaker"), who, class_="speaker"),
            element("button", "Show all", type="button", id="reset", disabled=True),
            class_="controls",
        ),
        class_="filters",
        open=True,
    )


def _about(story: Story) -> Element:
    """The line under the title: where, when, what file, how much."""
    facts = [story.masthead.place, story.masthead.date, story.file if story.masthead.headline else ""]
    words = " · ".join(fact for fact in [*facts, plural(len(story.predictions), "quotation")] if fact)
    jump = element("a", "Speakers", href=f"#speakers{story.number}", class_="jump") if story.voices else None
    return element("p", words, " " if jump is not None else None, jump, class_="about")


def _article(story: Story) -> Element:
    title: list[Child] = [story.title]
    body = []
    for span, pieces in marked(story.article.text, story.article.quotations):
        if span == story.masthead.headline:
            title = inline(story, pieces)
        else:
            body.append(element("p", *inline(story, pieces)))
    if not story.predictions:
        body.insert(0, element("p", "No quotations found in this article.", class_="nothing"))
    name = f"a{story.number}"
    return element(
        "article",
        element("h2", *title, id=f"{name}-title"),
        _about(story),
        element("div", element("div", *body, class_="text"), panel(story), class_="columns"),
        id=name,
        aria_labelledby=f"{name}-title",
    )


def article_page(articles: Sequence[Article], *, made_by: str = "") -> str:
    """Return articles that a model has judged as one HTML page.

    ``made_by`` names program and model at the page's foot.

    Raises:
        ValueError: an article that no model has judged.
    """
    found = stories(articles)
    style, script = _asset("page.css"), _asset("page.js")
    count = sum(len(story.predictions) for story in found)
    voices = sum(bool(key) for key in found[0].speakers) if found else 0
    sizes = (plural(len(found), "article"), plural(count, "quotation"), plural(voices, "speaker"))
    body = element(
        "body",
        element("a", "Skip to the articles", href="#main", class_="skip"),
        element(
            "header",
            element("h1", "Who said what, and on which side"),
            element("p", " · ".join(sizes), class_="sizes"),
            element("p", _CAUTION, class_="caution"),
        ),
        element(
            "main",
            overview(found) if len(found) > 1 else None,
            element("section", _filters(found), class_="bar-top", aria_label="Filter"),
            *map(_article, found),
            id="main",
            tabindex="-1",
        ),
        element("footer", element("p", made_by)) if made_by else None,
        element("script", script),
    )
    title = f"{found[0].title}: who said what" if len(found) == 1 else "Who said what, and on which side"
    return document(element("html", _head(title, style, script), body, lang="en"))
