"""Which parts are one quotation: split by its clause, run over paragraphs, gone on after it."""

from __future__ import annotations

import pytest

from classifier.quotes import extract_quotes

#: An article, and the parts of each quotation.
CASES = [
    # split by a reporting clause
    ("“We go,” Renner said, “and we stay.” “Never,” Holloway said.", [["We go,", "and we stay."], ["Never,"]]),
    ("“We go,” Renner said — “and we stay.”", [["We go,", "and we stay."]]),
    ("“We go,” said Renner: “We stay.”", [["We go,", "We stay."]]),
    ("“We go,” Renner said “and we stay.”", [["We go,", "and we stay."]]),
    ("“We go,” Renner said of the plan, “and we stay.”", [["We go,", "and we stay."]]),
    ("“We go,” Renner said, then: “Stay.”", [["We go,", "Stay."]]),
    ("“We,” Renner said, “go,” and “stay.”", [["We,", "go,"], ["stay."]]),
    # more than a clause between
    ("“We go,” Renner said of the plan “and we stay.”", [["We go,"], ["and we stay."]]),
    ("Renner called it “reckless” and “a sad day for us all.”", [["reckless"], ["a sad day for us all."]]),
    ("Renner said the plan was “reckless,” adding: “We will not go.”", [["reckless,"], ["We will not go."]]),
    ("Renner said “we go” and “we stay on in the city.”", [["we go"], ["we stay on in the city."]]),
    ("Renner said, “We go,” then added, “We stay.”", [["We go,"], ["We stay."]]),
    ("Renner said “we go,” but said “we stay at home.”", [["we go,"], ["we stay at home."]]),
    ("“We go,” Renner said, calling it “reckless.”", [["We go,"], ["reckless."]]),
    ("“We go,” Renner said, “we stay,” Holloway said, “we eat.”", [["We go,"], ["we stay,"], ["we eat."]]),
    ("“We go,” Renner told Holloway, who said, “We stay.”", [["We go,"], ["We stay."]]),
    # gone on in a sentence of its own
    ("“We go,” Renner said. “We stay.”", [["We go,", "We stay."]]),
    ("“We go,” Renner said. “We stay.” “We eat.”", [["We go,", "We stay.", "We eat."]]),
    ("“We go,” Renner said. … “We stay.”", [["We go,", "We stay."]]),
    ("“We go,” Renner said. “We stay.” She left. “We eat.”", [["We go,", "We stay."], ["We eat."]]),
    ("“We go,” Renner said. “We stay,” he added, “and we eat.”", [["We go,"], ["We stay,", "and we eat."]]),
    ("Renner said they would “go.” “We stay.”", [["go."], ["We stay."]]),
    ("It was “reckless,” Renner said. “We stay.”", [["reckless,"], ["We stay."]]),
    ("“reckless,” Renner said. “We stay.”", [["reckless,", "We stay."]]),
    # over paragraphs
    ("Renner said: “We will go on.\n\n“We will stay here.”", [["We will go on.", "We will stay here."]]),
    ("Renner said: “We go.\n\n“We stay,” Holloway said.", [["We go."], ["We stay,"]]),
    ("Renner said: “We will go.\n\n“We will stay,” Renner said.", [["We will go."], ["We will stay,"]]),
    ("“We go.\n\n“We stay.”", [["We go.", "We stay."]]),
    ("“We go.”\n\n“We stay.”", [["We go."], ["We stay."]]),
    ("“We eat.\n\n“We sleep,” Renner said.", [["We eat."], ["We sleep,"]]),
]  # fmt: skip


@pytest.mark.parametrize(("article", "expected"), CASES, ids=[article for article, _ in CASES])
def test_parts(article: str, expected: list[list[str]]) -> None:
    found = extract_quotes(article)
    assert [[part.of(article) for part in quotation.parts] for quotation in found] == expected
