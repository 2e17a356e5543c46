"""HTML as a tree: the serializer escapes every text and attribute, so nothing from an article is ever markup."""

from __future__ import annotations

import unicodedata
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None

#: Invisible, but part of how people write: tab, line end, soft hyphen, zero-width space and joiners.
_KEPT = frozenset("\t\n\u00ad\u200b\u200c\u200d\u2060\ufeff")


def visible(text: str) -> str:
    """Return ``text`` with control characters, bidi overrides and lone surrogates written out as escapes.

    A NUL would be dropped by the parser, an override would turn the letters after it around, and a
    surrogate can't be saved.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in _KEPT or unicodedata.category(c) == "Zs" else f"\\u{ord(c):04x}" for c in text
    )


def element(tag: str, *children: Child, **attributes: str | bool | None) -> Element:
    """Return an element with its children; ``None`` among them is left out.

    An attribute's name loses its last underscore and has hyphens for the others: ``class_``,
    ``aria_label``. ``True`` is an attribute without a value; ``None`` and ``False`` are none at all.
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            made.set(name.rstrip("_").replace("_", "-"), "" if value is True else visible(value))
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif child and last is None:
            made.text = (made.text or "") + visible(child)
        elif child and last is not None:
            last.tail = (last.tail or "") + visible(child)
    return made


def hidden_text(text: str) -> Element:
    """Return words that only screen readers get."""
    return element("span", text, class_="heard")


def document(root: Element) -> str:
    """Return the whole document as HTML."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
