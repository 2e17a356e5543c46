"""Quotations in news articles, and who said them.

    article --marks--> stretches --sentences, mentions--> shapes --attribution--> findings
            --screening--> no titles or scare quotes --joining--> quotations --resolution--> names

Standard library only; one pass over the text, and work only near quotation marks.
"""

from .pipeline import Decision, explain_marks, extract_quotes

__all__ = ["Decision", "explain_marks", "extract_quotes"]
