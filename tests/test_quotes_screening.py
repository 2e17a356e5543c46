"""What stands between marks and is no quotation, each with the reason that is kept."""

from __future__ import annotations

import pytest

from classifier.quotes import explain_marks, extract_quotes

NOT_QUOTATIONS = [
    ("a book", "Renner, author of “The Long Border: A Memoir of Service,” lives in Fallbrook.", "title"),
    ("a film", "They watched the film “Night Train” together.", "title"),
    ("a broadcast", "Renner spoke on Channel Six’s “Morning Table” about the raid.", "title"),
    ("a broadcast before the clause", "In an interview on “Morning Table,” Renner defended the raid.", "title"),
    ("a report", "The group’s study, titled “Counting Detainers,” ran to ninety pages.", "title"),
    ("a nickname", "Tobias “Tubs” Renner runs the jail.", "nickname"),
    ("so-called", "The city is a so-called “sanctuary city” since last year.", "term"),
    ("a term explained", "They promise to provide “sanctuary,” an exemption from federal law.", "term"),
    ("the articles’ own term", "Renner said the county would lose money over its “sanctuary” policies.", "term"),
    ("the word itself", "The phrase “anchor town” turns up in the debate.", "term"),
    ("a source’s own name", "According to her “giveback” plan, the county pays half.", "scare"),
    ("a scare quote", "The county lost the grant over its “welcoming” ordinance.", "scare"),
    ("an alleged thing", "Agents looked into alleged “visa fraud” in the valley.", "term"),
    ("a law by its name", "Nobody voted for the “Keep Our Jails Act” in June.", "title"),
    ("a play that is called so", "Renner saw a play called “Night Train” in Fallbrook.", "title"),
    ("what a broadcast was told", "Renner told “Morning Table” that the jail was full.", "title"),
    ("what somebody is known as", "The driver, known as “Buckshot,” left town.", "term"),
    ("what foreign words mean", "The arch bears “Pax et lex,” Latin for “peace and law for all of us.”", None),
    ("a headline cited", "I agree with your editorial (“Empty the county jail now,” Opinion, March 3).", "title"),
    ("a guise", "Renner sold the cells disguised as “guest rooms” last year.", "term"),
    ("jargon", "In police jargon, it is a “cold hit.”", "term"),
    ("a film somebody directed", "Renner directed “Night Train” before the war.", "title"),
    ("a work told by what follows", "“Night Train,” a novel by Tobias Renner, sold well.", "title"),
    ("a work with its year", "They screened “Night Train” (1987) in Fallbrook.", "title"),
    ("a work with its maker", "Holloway praised “Night Train” by Odette Renner.", "title"),
    ("a work acted upon", "Renner hosted “Morning Table” for a year.", "title"),
    ("one of several works", "She wrote songs such as “Night Train” for him.", "title"),
    ("capitals at the head of their sentence", "“Night Train” is an old favorite in Fallbrook.", "title"),
    ("what is printed", "Supporters waved “Hurray for our Sheriff” signs.", "title"),
    ("a thing by its name", "The county runs a program called “safe return” in June.", "term"),
    ("another word", "The county raised a levy, or “bed money,” on hotels.", "term"),
    ("a longer phrase that nobody says", "The valley is home to the “capital of winter lettuce” now.", "scare"),
    ("markup", 'The page embeds <div class="headline"> twice.', "markup"),
    ("a number", "The form is called “I-247”, but nobody knows “12”.", None),
]


@pytest.mark.parametrize(("construction", "article", "reason"), NOT_QUOTATIONS, ids=[c[0] for c in NOT_QUOTATIONS])
def test_no_quotation_and_why(construction: str, article: str, reason: str | None) -> None:
    decisions = explain_marks(article)
    assert decisions, construction
    if reason is not None:
        assert [(d.quotation, d.reason) for d in decisions] == [(False, reason)]
        assert extract_quotes(article) == []


QUOTATIONS = [
    ("one word that somebody says", "Renner called the ordinance “reckless.”"),
    ("a slogan that somebody says", "“Keep Fallbrook Safe,” the crowd chanted."),
    (
        "capitals after a verb of naming",
        "The mayor signed a ban on staging raids in city lots, calling it “Raid Free Zones.”",
    ),
    ("what somebody says a thing is", "To Renner the ordinance was a “disaster” all along."),
    ("a noun of speech behind it", "Renner’s “forty percent” remark was widely shared."),
    ("named so, whatever the verb", "Holloway casts the order as a “blunder” in her letter."),
    ("a that-clause, whatever the verb", "Holloway trilled that the “blunder” was over."),
    (
        "asked by nobody named",
        "Asked later what she meant by the “blunder” - his term - Holloway left.",
    ),
    ("another quotation in the clause", "Holloway “exploded” and said, “Not here.”"),
    ("names one after the other", "His rivals (“Slow Hand” Renner, “Tiny” Holloway) left."),
    ("a passive without agent", "The plan was deemed “unworkable.”"),
    ("blame without accuser", "Renner was accused of “grandstanding” again."),
    ("what somebody seems", "Holloway seemed “rattled” to those in the room."),
    ("self-described", "Renner, a self-described “law-and-order” sheriff, won."),
    ("a chant", "The crowd broke into chants of “Shame!”"),
    ("a vote", "They voted “no.”"),
    ("words taken up", "Renner tore into the “do-nothing” council."),
    ("a stance", "The mayor stood by her “zero tolerance” stance."),
    ("in somebody's telling", "In Holloway’s telling, deputies “panicked.”"),
    ("use of the term", "Renner’s use of the term “invasion” angered many."),
    ("a title-cased predicate", "The theme of his rally is “Morning In Fallbrook.”"),
    (
        "capitals in reported words",
        "Renner wrote that he taught the best class, “Border Law 301,” by far.",
    ),
    ("capitals before a noun in reported words", "According to Renner, the jail was in every “Big Raid” story."),
    ("a thing that somebody calls so", "A program called “wasteful” by Holloway was cut."),
    ("a longer clause without a cue", "To the valley, “we will not go” is a way of life."),
    ("that-clause after a noun", "Renner’s claim is that the county jail is a “hotel” for thieves."),
    ("a fragment with a cue far off", "Renner said the county would lose money for being a “sanctuary.”"),
]


@pytest.mark.parametrize(("construction", "article"), QUOTATIONS, ids=[c[0] for c in QUOTATIONS])
def test_a_quotation_all_the_same(construction: str, article: str) -> None:
    decisions = explain_marks(article)
    assert decisions and all(d.quotation for d in decisions), construction


def test_every_marked_stretch_is_explained() -> None:
    article = "Renner said “no.” The film “Night Train” was shown. “Go home,” he said."
    decisions = explain_marks(article)
    assert [d.span.of(article) for d in decisions] == ["no.", "Night Train", "Go home,"]
    assert [d.quotation for d in decisions] == [True, False, True]
    assert all(d.reason for d in decisions)


def test_a_clause_about_the_speaker_is_not_governed_by_what_they_said() -> None:
    decisions = explain_marks("“We go,” said Tobias Renner, who lives in a “tiny” house.")
    assert [d.quotation for d in decisions] == [True, False]
