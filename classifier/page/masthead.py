"""What an article's first lines say of it: its headline, and where and when it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from classifier.page.marking import paragraphs
from classifier.schema import Span

#: Lines that are looked at; a date or place further down is part of the story.
_FIRST_LINES = 12
_LONGEST_HEADLINE = 160
_LONGEST_DATE_LINE = 80

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATES = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
)
#: "DENVER (AP) — ", "WASHINGTON, D.C. – ", "SANTA FE, N.M., Nov. 17 (Reuters) - ".
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.’'\-]+(?: [A-Z][A-Z.’'\-]+){0,3}(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?)??)"
    rf"(?:,? (?:{_MONTH} \d{{1,2}}(?:, (?:19|20)\d\d)?))?"
    r"(?: ?\([^()\n]{2,40}\))?"
    r"\s*(?:—|–|--|-)\s"
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands over an article; ``place`` and ``date`` (ISO 8601) are empty where the text gives none.

    ``headline`` is the article's first line where that reads as one.
    """

    headline: Span | None
    place: str
    date: str


def _iso(match: re.Match[str]) -> str:
    """The day as ISO 8601, or nothing where the calendar has no such day."""
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return ""


def _first_date(line: str) -> str:
    return next((iso for pattern in _DATES if (m := pattern.search(line)) and (iso := _iso(m))), "")


def _is_headline(line: str) -> bool:
    closed = line.rstrip("”’\"' ")[-1:] in ".,;:"
    return len(line) <= _LONGEST_HEADLINE and len(line.split()) > 1 and not closed


def masthead(text: str) -> Masthead:
    """Read the first lines of an article.

    A date counts where it stands in the dateline or on a short line of its own; a place where the
    dateline has it, in capitals before a dash.
    """
    lines = paragraphs(text)[:_FIRST_LINES]
    headline = place = day = None
    if len(lines) > 1 and _is_headline(lines[0].of(text)) and not _DATELINE.match(lines[0].of(text)):
        headline = lines[0]
    for span in lines:
        line = span.of(text).strip()
        dateline = _DATELINE.match(line)
        if dateline and not place:
            place = dateline["place"].rstrip(",")
            day = day or _first_date(dateline.group())
        if not day and span != headline and len(line) <= _LONGEST_DATE_LINE:
            day = _first_date(line)
    return Masthead(headline, place or "", day or "")
