"""Results as tables: a row a quotation, for pandas or Arrow. Neither is imported before it is asked for.

>>> from classifier import load, read_article_text
>>> from classifier.tables import quotation_frame
>>> article = read_article_text('"That is not our job," Mayor Dana Ruiz said.', model=load())
>>> quotation_frame([article])["speaker"].tolist()
['Dana Ruiz']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from classifier.schema import Article, Prediction
from classifier.tally import labels_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = dict[str, Any]

#: The columns of every table of quotations, and those that a model adds, before one for each stance's probability.
FOUND: Final = {
    "article": "string",
    "speaker": "string",
    "title": "string",
    "place": "string",
    "kind": "string",
    "text": "string",
    "start": "int64",
    "end": "int64",
    "context": "string",
    "certainty": "float64",
}
JUDGED: Final = {"stance": "string", "abstained": "bool", "reason": "string"}


def _judged(prediction: Prediction, labels: Sequence[str]) -> Row:
    return {
        "stance": prediction.stance,
        "abstained": prediction.abstained,
        "reason": prediction.reason,
        **{f"p_{label}": prediction.probabilities.get(label) for label in labels},
    }


def prediction_rows(predictions: Sequence[Prediction]) -> list[Row]:
    """Return a row a prediction: ``text``, ``stance``, ``abstained``, ``reason``, ``p_…`` a stance (0 to 1)."""
    labels = labels_of(predictions)
    return [{"text": prediction.text, **_judged(prediction, labels)} for prediction in predictions]


def quotation_rows(articles: Iterable[Article]) -> list[Row]:
    """Return a row a quotation, in reading order.

    ``article`` (its id as text), ``speaker``, ``title``, ``place`` (``None`` where not found), ``kind``, ``text``,
    ``start`` and ``end`` (code points of the first part's start and the last part's end), ``context`` (the
    sentences themselves), ``certainty`` of the speaker (0 to 1); where a model was asked also ``stance``,
    ``abstained``, ``reason`` and the stances' probabilities as ``p_…``.
    """
    articles = list(articles)
    labels = labels_of(p for article in articles for p in article.predictions or ())
    rows = []
    for article in articles:
        for place, quotation in enumerate(article.quotations):
            speaker = quotation.speaker
            row: Row = {
                "article": str(article.id),
                "speaker": speaker.name if speaker else None,
                "title": speaker.title if speaker else None,
                "place": speaker.place if speaker else None,
                "kind": quotation.kind,
                "text": quotation.text,
                "start": quotation.parts[0].start,
                "end": quotation.parts[-1].end,
                "context": quotation.context.of(article.text),
                "certainty": quotation.certainty,
            }
            if article.predictions is not None:
                row |= _judged(article.predictions[place], labels)
            rows.append(row)
    return rows


def speaker_rows(articles: Iterable[Article]) -> list[Row]:
    """Return a row a speaker of an article: ``article``, ``speaker``, ``quotes``, ``stance``, ``p_…`` a stance."""
    return [
        {
            "article": str(article.id),
            "speaker": side.name,
            "quotes": side.quotes,
            "stance": side.stance,
            **{f"p_{label}": share for label, share in side.probabilities.items()},
        }
        for article in articles
        for side in article.speakers
    ]


def _columns(articles: Sequence[Article]) -> dict[str, str]:
    """The columns with their Arrow types, the same however few rows there are."""
    judged = [p for article in articles for p in article.predictions or ()]
    if not judged:
        return FOUND
    return {**FOUND, **JUDGED, **dict.fromkeys((f"p_{label}" for label in labels_of(judged)), "float64")}


def quotation_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Return :func:`quotation_rows` as a pandas table.

    Raises:
        ModuleNotFoundError: pandas is not installed.
    """
    import pandas as pd  # noqa: PLC0415

    articles = list(articles)
    return pd.DataFrame(quotation_rows(articles), columns=list(_columns(articles)))


def quotation_table(articles: Iterable[Article]) -> pa.Table:
    """Return :func:`quotation_rows` as an Arrow table, with declared types.

    Raises:
        ModuleNotFoundError: pyarrow is not installed.
    """
    import pyarrow as pa  # noqa: PLC0415

    articles = list(articles)
    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(name, types[kind]) for name, kind in _columns(articles).items()])
    return pa.Table.from_pylist(quotation_rows(articles), schema=schema)
