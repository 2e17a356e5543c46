"""One written name: what of it is the name, what the title, what the place."""

from __future__ import annotations

import pytest

from classifier.quotes import extract_quotes
from classifier.quotes.written import take_apart


@pytest.mark.parametrize(
    ("written", "name", "title", "place"),
    [
        ("Mayor Irma Holloway", "Irma Holloway", "Mayor", None),
        ("Secretary of State Irma Holloway", "Irma Holloway", "Secretary of State", None),
        ("Secretary of Homeland Security Kersten Voll", "Kersten Voll", "Secretary of Homeland Security", None),
        ("Deputy Director of Public Safety Tom Hale", "Tom Hale", "Deputy Director of Public Safety", None),
        ("Secretary of Health and Services Tom Hale", "Tom Hale", "Secretary of Health and Services", None),
        ("Mayor of San Francisco Tom Hale", "Tom Hale", "Mayor", "San Francisco"),
        ("Archbishop of San Antonio Breen Kolloway", "Breen Kolloway", "Archbishop", "San Antonio"),
        ("New Haven Mayor Tom Hale", "Tom Hale", "Mayor", "New Haven"),
        ("New Mayor Tom Hale", "Tom Hale", "Mayor", None),
    ],
)
def test_names_titles_and_places(written: str, name: str, title: str, place: str | None) -> None:
    found = take_apart(written)
    assert (" ".join(found.words), found.title, found.place) == (name, title, place)


@pytest.mark.parametrize(
    "written", ["Mayor of New York City", "Secretary of Homeland Security", "Mayor of St. Louis County"]
)
def test_an_office_without_a_name_is_nobody(written: str) -> None:
    assert take_apart(written).title is None


@pytest.mark.parametrize("dateline", ["SAN DIEGO — ", "EL PASO, Texas (AP) — ", "ST. PAUL, Minn. - "])
def test_a_dateline_is_nobody(dateline: str) -> None:
    article = (
        f"{dateline}Secretary of Agriculture Tom Hale toured the border on Friday with two senators.\n\n"
        "He also spoke of smuggling. “We will put them out of business,” he said.\n"
    )
    (quotation,) = extract_quotes(article)
    assert quotation.speaker is not None
    assert (quotation.speaker.name, quotation.speaker.title) == ("Tom Hale", "Secretary of Agriculture")
