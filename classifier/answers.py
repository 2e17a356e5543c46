"""Lines in, rows out: what a stream, a corpus or a cluster answers each input with, in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final

from classifier.pipeline import Name, read_articles
from classifier.progress import Progress, portion_read
from classifier.schema import Article
from classifier.stance.model import StanceModel
from classifier.streams import Line, batches, read_lines

#: Lines judged at once when a stream is read, quotations and whole articles.
BATCH: Final = 64
ARTICLES: Final = 8


def answer_quotations(lines: Sequence[Line], *, model: StanceModel) -> Iterator[dict[str, Any]]:
    """Judge each line's quotation: the contract's prediction, or its id and an error."""
    lines = [
        Line(line.id, error=f"{line.id}: field 'text' is empty, expected the words of a quotation")
        if not line.error and not line.text.strip()
        else line
        for line in lines
    ]
    good = [line for line in lines if not line.error]
    found = iter(model.predict([line.text for line in good], [line.context for line in good]))
    for line in lines:
        yield {"id": line.id, "error": line.error} if line.error else {"id": line.id, **next(found).as_json()}


def answer_articles(
    lines: Sequence[Line], *, model: StanceModel, indirect: bool = False
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


def _read_or_error(name: Name, text: str, model: StanceModel, indirect: bool) -> Article | Exception:
    try:
        return read_articles([(name, text)], model=model, indirect=indirect)[0]
    except Exception as error:
        return error


def answer_stream(
    source: BinaryIO,
    *,
    model: StanceModel,
    show: Callable[[Iterable[dict[str, Any]]], None],
    articles: bool = False,
    indirect: bool = False,
    max_bytes: int,
) -> bool:
    """Answer NDJSON in order; what has arrived is answered at once, a batch at most.

    ``show`` gets the rows of each batch. Returns whether some of them are errors.
    """
    failed = False
    things, size = ("articles", ARTICLES) if articles else ("quotations", BATCH)
    with Progress(things, fraction=portion_read(source)) as progress:
        for batch in batches(read_lines(source, max_bytes=max_bytes), size):
            if articles:
                rows = list(answer_articles(batch, model=model, indirect=indirect))
            else:
                rows = list(answer_quotations(batch, model=model))
            failed |= any("error" in row for row in rows)
            show(rows)
            progress.add(len(batch))
    return failed
