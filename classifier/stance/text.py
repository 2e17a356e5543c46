"""A quotation as the model sees it: its words, and what surrounds them.

The surroundings are the sentence that carries the quotation with the quoted words themselves taken out
(the encoder has them already), and, in an article, how the speaker was introduced.
"""

from __future__ import annotations

import re
from typing import Final

from classifier.schema import Quotation, Span

#: Stands in the surroundings where the quoted words stood.
PLACE: Final = "[quote]"
#: Code points of the introduction taken before and after the speaker's first mention.
BEFORE, AFTER = 80, 140

_EDGES: Final = " ,.;:!?“”\"'‘’…"


def surroundings(text: str, context: str | None) -> str | None:
    """Return ``context`` with the quotation's words replaced by ``[quote]``; ``None`` where nothing is left.

    A context in which the words don't stand is returned as it is.
    """
    if not context:
        return None
    core = text.strip(_EDGES)
    if core and PLACE not in context:
        context = context.replace(core, PLACE)
    left = context.replace(PLACE, "").strip(_EDGES)
    return context if left else None


def article_context(quotation: Quotation, article: str) -> str | None:
    """Return what surrounds an article's quotation: its speaker's introduction, then its sentences."""
    carried = sentence_context(quotation, article) or ""
    introduction = _introduction(quotation, article)
    return f"{introduction} {carried}".strip() if introduction else carried or None


def sentence_context(quotation: Quotation, article: str) -> str | None:
    """Return the sentences that carry a quotation, without its words; ``None`` where nothing is left."""
    carried = _without(quotation.parts, quotation.context, article)
    return carried if carried.replace(PLACE, "").strip(_EDGES) else None


def _without(parts: tuple[Span, ...], context: Span, article: str) -> str:
    pieces, place = [], context.start
    for part in parts:
        if part.start >= place and part.end <= context.end:
            pieces += [article[place : part.start], PLACE]
            place = part.end
    pieces.append(article[place : context.end])
    return "".join(pieces).strip()


def _introduction(quotation: Quotation, article: str) -> str:
    """Return the words around the first mention of the speaker, where that stands outside the context."""
    if quotation.speaker is None:
        return ""
    name = quotation.speaker.name
    words = name.split()
    for wanted in (name, words[-1] if words else ""):
        first = re.search(rf"\b{re.escape(wanted)}\b", article) if wanted else None
        if first is None:
            continue
        if quotation.context.start <= first.start() < quotation.context.end:
            return ""
        paragraph = article.rfind("\n", 0, first.start()) + 1
        end = article.find("\n", first.end())
        start = max(paragraph, first.start() - BEFORE)
        stop = min(end if end >= 0 else len(article), first.end() + AFTER)
        return article[start:stop].strip()
    return ""
