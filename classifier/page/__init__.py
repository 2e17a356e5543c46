"""Articles with their quotations marked, as one HTML file that opens anywhere, made by the standard library."""

from classifier.page.document import article_page as article_page

__all__ = ["article_page"]
