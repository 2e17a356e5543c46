"""The main text of a web page, by trafilatura (the extra ``html``): without menus, advertisements and footers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classifier.errors import DocumentError

if TYPE_CHECKING:
    from classifier.schema import Article

#: Ends of the names of files that are read as web pages.
SUFFIXES = (".html", ".htm", ".xhtml")


def is_page(name: str) -> bool:
    """Tell by its name whether a file is a web page."""
    return name.lower().endswith(SUFFIXES)


def main_text(page: bytes | str, *, name: str) -> str:
    """Return the article in a page, a paragraph a line; offsets refer to this text, not to the page.

    Bytes are decoded as the page itself declares.

    Raises:
        DocumentError: trafilatura is not installed, or no article was found.
    """
    try:
        import trafilatura  # noqa: PLC0415  an extra: most articles are plain text
    except ImportError as error:
        raise DocumentError(
            f"{name}: reading web pages needs one more package ({error}); in the project's folder: "
            "pip install '.[html]', or save the article as plain text"
        ) from None
    text: str | None = trafilatura.extract(page, include_comments=False, include_tables=False) if page else None
    if not text:
        raise DocumentError(f"{name}: no article found in this page; save its words as a .txt file")
    return text


def file_row(article: Article) -> dict[str, Any]:
    """Return the contract's article for one read from a file; a web page's with the ``text`` of its offsets."""
    row = article.as_json()
    return {**row, "text": article.text} if is_page(str(article.id)) else row
