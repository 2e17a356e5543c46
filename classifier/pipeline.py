"""The one composition: an article's text to its quotations, their speakers and their stances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from classifier.quotes import extract_quotes
from classifier.schema import Article
from classifier.streams import Line

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


def answer_articles(
    lines: Sequence[Line], *, model: StanceModel | None = None, indirect: bool = False
) -> Iterator[dict[str, Any]]:
    """Read each line's article and answer it in its place: the contract's article, or its id and an error.

    An article that can't be judged doesn't take the others with it.
    """
    good = [(line.id, line.text) for line in lines if not line.error]
    try:
        found: Iterator[Article | Exception] = iter(read_articles(good, model=model, indirect=indirect))
    except Exception:
        found = iter([_read_or_error(name, text, model, indirect) for name, text in good])
    for line in lines:
        if line.error:
            yield {"id": line.id, "error": line.error}
            continue
        article = next(found)
        if isinstance(article, Exception):
            yield {"id": line.id, "error": f"{line.id}: {type(article).__name__}: {article}"}
        else:
            yield article.as_json()


def _read_or_error(name: Name, text: str, model: StanceModel | None, indirect: bool) -> Article | Exception:
    try:
        return read_articles([(name, text)], model=model, indirect=indirect)[0]
    except Exception as error:
        return error
