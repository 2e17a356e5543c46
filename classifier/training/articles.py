"""Written articles with annotated quotations, as training items: each quotation with its sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import LabelsError
from classifier.labels import Labelled
from classifier.quotes import extract_quotes
from classifier.schema import Quotation, Span
from classifier.stance.text import article_context

#: Parts of ``labels/articles.jsonl``: the first teaches, the second chooses and measures.
TRAINING, DEVELOPMENT = "training", "development"


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """An annotated quotation of a written article; ``settled`` where both labelling passes agree."""

    text: str
    kind: str
    parts: tuple[Span, ...]
    name: str
    stance: str
    settled: bool = True


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A written article with its quotations."""

    id: str
    part: str
    text: str
    quotations: tuple[GoldQuotation, ...]


def _gold(row: dict[str, Any]) -> GoldArticle:
    quotations = tuple(
        GoldQuotation(
            text=quote["text"],
            kind=quote["kind"],
            parts=tuple(Span(part["start"], part["end"]) for part in quote["parts"]),
            name=quote["speaker"]["name"],
            stance=quote["stance"],
            settled=quote.get("settled", True),
        )
        for quote in row["quotes"]
    )
    return GoldArticle(row["id"], row["part"], row["text"], quotations)


def read_gold_articles(path: Path, *, part: str | None = None) -> list[GoldArticle]:
    """Return the written articles of one part, or all.

    Raises:
        LabelsError: a row that isn't an article, or a quotation whose offsets don't give its words.
    """
    articles = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            article = _gold(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise LabelsError(f"{where}: not an annotated article: {error!r}") from None
        for quotation in article.quotations:
            if " ".join(span.of(article.text) for span in quotation.parts) != quotation.text:
                raise LabelsError(
                    f"{where}, field 'parts': the offsets of {quotation.text[:50]!r} give other words"
                )
        if part in (None, article.part):
            articles.append(article)
    return articles


def match(gold: GoldQuotation, found: Sequence[Quotation]) -> Quotation | None:
    """Return the extracted quotation that covers most of ``gold``, if any covers half."""

    def shared(quotation: Quotation) -> int:
        return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in gold.parts for b in quotation.parts)

    best = max(found, key=shared, default=None)
    size = sum(span.end - span.start for span in gold.parts)
    return best if best is not None and 2 * shared(best) >= size else None


def article_items(articles: Sequence[GoldArticle]) -> list[Labelled]:
    """Return every settled quotation with the context that prediction would give it."""
    items = []
    for article in articles:
        found = extract_quotes(article.text, indirect=True)
        for number, gold in enumerate(article.quotations):
            if not gold.settled:
                continue
            quotation = match(gold, found)
            context = article_context(quotation, article.text) if quotation else _paragraph(gold, article.text)
            items.append(
                Labelled(
                    id=f"{article.id}-{number}",
                    text=gold.text,
                    stance=gold.stance,
                    context=context,
                    group=article.id,
                    voice="article",
                    speaker=gold.name,
                    kind=gold.kind,
                )
            )
    return items


def _paragraph(gold: GoldQuotation, text: str) -> str:
    start = text.rfind("\n", 0, gold.parts[0].start) + 1
    end = text.find("\n", gold.parts[-1].end)
    return text[start : end if end >= 0 else len(text)]
