"""Quotations in news articles on sanctuary cities: who said what, and on which side.

    >>> from classifier import extract_quotes, load
    >>> extract_quotes('"We will not enforce civil law," Chief Dana Ruiz said.')[0].speaker.name
    'Dana Ruiz'
    >>> load().predict(["We will not hold anyone for ICE without a warrant."])[0].stance
    'pro-sanctuary'

Importing the package imports nothing heavy: what is named here is fetched when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifier.pipeline import read_article_text as read_article_text
    from classifier.quotes import extract_quotes as extract_quotes
    from classifier.stance.model import load as load

__version__ = "0.1.0"
__all__ = ["extract_quotes", "load", "read_article_text"]

_HOME = {
    "extract_quotes": "classifier.quotes",
    "load": "classifier.stance.model",
    "read_article_text": "classifier.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415

    return getattr(importlib.import_module(_HOME[name]), name)
