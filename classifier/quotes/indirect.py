"""Indirect speech, by rules."""

from __future__ import annotations

from ..schema import Quotation
from .resolution import Resolver
from .sentences import Document


def find_indirect(document: Document, resolver: Resolver, marked: list[Quotation]) -> list[Quotation]:
    """Indirect quotations of an article that don't overlap the marked ones."""
    return []
