"""Spans: which stretches are found, whatever the marks, and where each begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from classifier.quotes import extract_quotes


@dataclass(frozen=True)
class Case:
    """An article and the texts of its quotations' parts, a tuple a quotation."""

    construction: str
    article: str
    expected: tuple[tuple[str, ...], ...]


CASES = [
    Case("straight", '"We will not go," he said.', (("We will not go,",),)),
    Case("curly", "“We will not go,” he said.", (("We will not go,",),)),
    Case("opened curly, closed straight", '“We will not go," he said.', (("We will not go,",),)),
    Case("opened straight, closed curly", '"We will not go,” he said. "Never.”', (("We will not go,", "Never."),)),
    Case("German", "„We will not go“, he said.", (("We will not go",),)),
    Case("French, with spaces", "« We will not go », he said.", (("We will not go",),)),
    Case("guillemets pointing inwards", "»We will not go«, he said.", (("We will not go",),)),
    Case("doubled single marks", "``We will not go,'' he said.", (("We will not go,",),)),
    Case("single marks", "‘We will not go,’ he said.", (("We will not go,",),)),
    Case("straight single marks", "'We will not go,' he said.", (("We will not go,",),)),
    Case(
        "apostrophes inside single marks",
        "'We won't go, and they can't make us,' he said.",
        (("We won't go, and they can't make us,",),),
    ),
    Case(
        "a plural possessive inside single marks",
        "'The deputies' families won't go,' he said.",
        (("The deputies' families won't go,",),),
    ),
    Case("apostrophes that open nothing", "In the '90s the horses' owners said 'twas fine 'til dusk.", ()),
    Case(
        "a plural possessive before a quotation",
        "The officers' union said it was “a sad day.”",
        (("a sad day.",),),
    ),
    Case(
        "nested single marks",
        "“She told me ‘go home’ and I did,” he said.",
        (("She told me ‘go home’ and I did,",),),
    ),
    Case(
        "nested curly marks",
        "“She told me “go home” and I did,” he said.",
        (("She told me “go home” and I did,",),),
    ),
    Case(
        "nested straight marks",
        '"She told me "go home" and I did," he said.',
        (('She told me "go home" and I did,',),),
    ),
    Case("inches", 'The 6-foot-2" guard said "no comment" twice.', (("no comment",),)),
    Case(
        "split by its clause",
        "“If people hide,” Irma Holloway said, “nobody is safer.”",
        (("If people hide,", "nobody is safer."),),
    ),
    Case(
        "several paragraphs, each opened",
        "Holloway said: “We have a duty.\n\n“We have a budget, too.\n\n“We will keep both.”",
        (("We have a duty.", "We have a budget, too.", "We will keep both."),),
    ),
    Case(
        "several paragraphs, the last of two words",
        "Holloway said: “We have a duty.\n\n“We stay.”",
        (("We have a duty.", "We stay."),),
    ),
    Case(
        "several paragraphs, opened and closed once",
        "Holloway said: “We have a duty.\n\nWe have a budget, too.\n\nWe will keep both.” She left.",
        (("We have a duty.", "We have a budget, too.", "We will keep both."),),
    ),
    Case(
        "several paragraphs, begun after the clause",
        "“We have a duty,” Holloway said. “We have a budget.\n\n“We will keep both.”",
        (("We have a duty,", "We have a budget.", "We will keep both."),),
    ),
    Case(
        "an unclosed mark poisons nothing",
        "Holloway said, “We have a duty.\n\nThe council met at noon.\n\nRenner said, “We have a law.”",
        (("We have a duty.",), ("We have a law.",)),
    ),
    Case(
        "a stray closing mark poisons nothing",
        "The council met at noon.”\n\nRenner said, “We have a law.”",
        (("We have a law.",),),
    ),
    Case(
        "a headline in single marks",
        "Mayor: ‘We will not yield to Washington’",
        (("We will not yield to Washington",),),
    ),
    Case("a headline", "Holloway: “We will not yield to Washington”", (("We will not yield to Washington",),)),
    Case(
        "a block paragraph",
        "Holloway wrote to the council:\n\n“We have a duty to all who live here.”\n\nNobody answered.",
        (("We have a duty to all who live here.",),),
    ),
    Case("the article's last mark is missing", "Renner said, “We have a law", (("We have a law",),)),
    Case("no marks", "The council met at noon.", ()),
    Case("nothing", "", ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.construction)
def test_spans(case: Case) -> None:
    found = extract_quotes(case.article)
    assert tuple(tuple(part.of(case.article) for part in q.parts) for q in found) == case.expected


@pytest.mark.parametrize(
    ("article", "kind"),
    [
        ("“We will not go,” Renner said.", "direct"),
        ("Renner said, “We will not go.”", "direct"),
        ("Renner said they would “not go.”", "mixed"),
        ("Renner called it “reckless.”", "mixed"),
        ("Renner said: “… not in my jail.”", "mixed"),
    ],
)
def test_kind(article: str, kind: str) -> None:
    assert [q.kind for q in extract_quotes(article)] == [kind]


def test_the_context_is_the_sentence_that_carries_it() -> None:
    article = "The council met. Renner said they would “not go.” Nobody laughed."
    (quotation,) = extract_quotes(article)
    assert quotation.context.of(article) == "Renner said they would “not go.”"


def test_text_joins_the_parts() -> None:
    (quotation,) = extract_quotes("“If people hide,” Irma Holloway said, “nobody is safer.”")
    assert quotation.text == "If people hide, nobody is safer."
