"""The one composition: an article's text to its quotations, their speakers and their stances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from classifier.quotes import extract_quotes
from classifier.schema import Article

#: What an article is called: its file's name, or the id of its line.
Name = str | int | float

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel


def read_article_text(
    text: str, *, name: Name = "article", model: StanceModel | None = None, indirect: bool = False
) -> Article:
    """Read one article: its quotations and, given a model, who stands where.

    ``indirect`` adds the statements reported without quotation marks.
    """
    return read_articles([(name, text)], model=model, indirect=indirect)[0]


def read_articles(
    articles: Sequence[tuple[Name, str]], *, model: StanceModel | None = None, indirect: bool = False
) -> list[Article]:
    """Read several articles ``(id, text)``, judging all their quotations in one batch."""
    read = [(name, text, extract_quotes(text, indirect=indirect)) for name, text in articles]
    if model is None:
        return [Article(name, text, quotations) for name, text, quotations in read]
    from classifier.stance.speakers import judge  # noqa: PLC0415  numpy only where stances are asked for

    return judge(model, read)
