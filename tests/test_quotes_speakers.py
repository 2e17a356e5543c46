"""Who said it: one small article a construction, with its quotations and the names of their speakers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from classifier.quotes import extract_quotes


@dataclass(frozen=True)
class Case:
    """An article and what stands in it: for each quotation its parts' texts and its speaker's name."""

    construction: str
    article: str
    expected: tuple[tuple[tuple[str, ...], str | None], ...]


def said(name: str | None, *parts: str) -> tuple[tuple[str, ...], str | None]:
    """A quotation by somebody, in one or more parts."""
    return parts, name


CASES = [
    # After, before and inside the quotation.
    Case(
        "after it, with whose they are before the name",
        "“The county keeps its word,” Larkin University law professor Irma Holloway tells The Gazette.",
        (said("Irma Holloway", "The county keeps its word,"),),
    ),
    Case(
        "as somebody put it, whatever the sentence is about",
        "The truth is that “the county keeps its word,” as Irma Holloway put it.",
        (said("Irma Holloway", "the county keeps its word,"),),
    ),
    Case(
        "a clause about the speaker before the verb",
        "A mother who lost her son said: “We go on.” The group that sued the county said: “We never asked.”",
        (said("A mother", "We go on."), said("The group", "We never asked.")),
    ),
    Case(
        "an agency with two names in one",
        "Customs and Border Protection said the man was “a danger” to all. “We go on,” the Border Patrol said.",
        (said("Customs and Border Protection", "a danger"), said("Border Patrol", "We go on,")),
    ),
    Case(
        "somebody who speaks for it",
        "A spokesman for Customs and Border Protection called the story “a fable.”",
        (said("A spokesman for Customs and Border Protection", "a fable."),),
    ),
    Case(
        "while somebody looked on",
        "Irma Holloway called the vote “a disgrace,” as Lou Perrin looked on.",
        (said("Irma Holloway", "a disgrace,"),),
    ),
    Case(
        "subject and verb after it",
        "“The county keeps its word,” Irma Holloway said.",
        (said("Irma Holloway", "The county keeps its word,"),),
    ),
    Case(
        "inversion with a title",
        "“We won’t hold people without a warrant,” said Mayor Irma Holloway.",
        (said("Irma Holloway", "We won’t hold people without a warrant,"),),
    ),
    Case(
        "a question mark instead of the comma",
        "“Who would call the police then?” she asked. Mayor Irma Holloway had waited for that question.",
        (said("she", "Who would call the police then?"),),
    ),
    Case(
        "a question and a named speaker",
        "Irma Holloway took the floor. “Who would call the police then?” Holloway asked the council.",
        (said("Irma Holloway", "Who would call the police then?"),),
    ),
    Case(
        "subject and verb before it",
        "Sheriff Tobias Renner said, “We honor every detainer.”",
        (said("Tobias Renner", "We honor every detainer."),),
    ),
    Case(
        "a hearer between verb and quotation",
        "Sheriff Tobias Renner told reporters on Tuesday, “We honor every detainer.”",
        (said("Tobias Renner", "We honor every detainer."),),
    ),
    Case(
        "inside the quotation, split by its clause",
        "“If people hide,” Irma Holloway said, “nobody is safer.”",
        (said("Irma Holloway", "If people hide,", "nobody is safer."),),
    ),
    Case(
        "continued without a cue",
        "“It costs us money,” Tobias Renner said. “It costs us trust, too.”",
        (said("Tobias Renner", "It costs us money,", "It costs us trust, too."),),
    ),
    Case(
        "a participle",
        "Renner defended the jail, saying, “Nobody waits longer than the law allows.”",
        (said("Renner", "Nobody waits longer than the law allows."),),
    ),
    Case(
        "according to",
        "The plan is “a gift to smugglers,” according to Tobias Renner.",
        (said("Tobias Renner", "a gift to smugglers,"),),
    ),
    Case(
        "a colon introduction",
        "Councilwoman Petra Lindqvist put it plainly: “We are a city of newcomers.”",
        (said("Petra Lindqvist", "We are a city of newcomers."),),
    ),
    Case(
        "a colon at the end of the paragraph before",
        "Councilwoman Petra Lindqvist wrote in an open letter:\n\n“We are a city of newcomers.”",
        (said("Petra Lindqvist", "We are a city of newcomers."),),
    ),
    # Who they are.
    Case(
        "apposition after the name",
        "Dana Okafor, a nurse in the emergency ward, said, “They come in too late.”",
        (said("Dana Okafor", "They come in too late."),),
    ),
    Case(
        "apposition after the quotation",
        "“They come in too late,” said Dana Okafor, a nurse in the emergency ward.",
        (said("Dana Okafor", "They come in too late,"),),
    ),
    Case(
        "a relative clause between name and verb",
        "Dana Okafor, who runs the ward at night, said: “They come in too late.”",
        (said("Dana Okafor", "They come in too late."),),
    ),
    Case(
        "a description with a name in apposition",
        "The city’s police superintendent, Annika Brandt, said: “That’s a federal matter.”",
        (said("Annika Brandt", "That’s a federal matter."),),
    ),
    Case(
        "an unnamed person",
        "“We get calls all night,” said a spokesman for the shelter.",
        (said("a spokesman for the shelter", "We get calls all night,"),),
    ),
    Case(
        "a group",
        "“Nobody asked us,” officials said.",
        (said("officials", "Nobody asked us,"),),
    ),
    Case(
        "a group with an adverb",
        "Critics have repeatedly called the ordinance “an open invitation.”",
        (said("Critics", "an open invitation."),),
    ),
    Case(
        "a document",
        "The lawsuit says the order “commandeers local officers.”",
        (said("The lawsuit", "commandeers local officers."),),
    ),
    Case(
        "an office",
        "The mayor’s office said the rule “changes nothing.”",
        (said("The mayor’s office", "changes nothing."),),
    ),
    Case(
        "a document that a pronoun owns",
        "Petra Lindqvist answered on Monday. Her letter says the city is “ready to go to court over this.”",
        (said("Petra Lindqvist", "ready to go to court over this."),),
    ),
    # Fragments.
    Case(
        "a fragment that names its object",
        "Tobias Renner called the ordinance “reckless.”",
        (said("Tobias Renner", "reckless."),),
    ),
    Case(
        "two fragments of one sentence",
        "Renner said the plan was “reckless” and would “tie our hands.”",
        (said("Renner", "reckless"), said("Renner", "tie our hands.")),
    ),
    Case(
        "a clause in the middle of the sentence",
        "The “whole machinery of the state,” Renner said, had been turned against his deputies.",
        (said("Renner", "whole machinery of the state,"),),
    ),
    Case(
        "he said he",
        "Tobias Renner said he wanted “nothing to do” with the plan.",
        (said("Tobias Renner", "nothing to do"),),
    ),
    Case(
        "a verb joined by and",
        "Irma Holloway visited the shelter and called the raid “a stunt.”",
        (said("Irma Holloway", "a stunt."),),
    ),
    # Several speakers, several sentences.
    Case(
        "two speakers in a paragraph",
        "“It is the law,” Tobias Renner said. Irma Holloway disagreed. “It is a choice,” she said.",
        (said("Tobias Renner", "It is the law,"), said("Irma Holloway", "It is a choice,")),
    ),
    Case(
        "two speakers in a sentence",
        "Tobias Renner called it “the law,” but Irma Holloway called it “a choice.”",
        (said("Tobias Renner", "the law,"), said("Irma Holloway", "a choice.")),
    ),
    Case(
        "the sentence before names the speaker",
        "Dana Okafor shook her head. “They come in too late for that.”",
        (said("Dana Okafor", "They come in too late for that."),),
    ),
    Case(
        "the next paragraph carries on",
        "“It costs us money,” Tobias Renner said.\n\n“And it costs us the trust of the people we serve.”",
        (
            said("Tobias Renner", "It costs us money,"),
            said("Tobias Renner", "And it costs us the trust of the people we serve."),
        ),
    ),
    # Press releases, transcripts.
    Case(
        "signed with a dash",
        "“We stand with every family in this county.” -Commissioner Petra Lindqvist",
        (said("Petra Lindqvist", "We stand with every family in this county."),),
    ),
    Case(
        "signed in the paragraph below",
        "“We stand with every family in this county.”\n\n— Petra Lindqvist",
        (said("Petra Lindqvist", "We stand with every family in this county."),),
    ),
    Case(
        "and from",
        "And from Chairwoman Petra Lindqvist:\n\n“We stand with every family in this county.”",
        (said("Petra Lindqvist", "We stand with every family in this county."),),
    ),
    Case(
        "a transcript inside the marks",
        "“RENNER: We honor every detainer that a judge has signed.”",
        (said("RENNER", "RENNER: We honor every detainer that a judge has signed."),),
    ),
    Case(
        "a tweet",
        "“Proud of our officers tonight,” Mayor Irma Holloway tweeted.",
        (said("Irma Holloway", "Proud of our officers tonight,"),),
    ),
    # Nobody.
    Case(
        "as somebody put it",
        "As one officer put it, “We just want people to call us.”",
        (said("one officer", "We just want people to call us."),),
    ),
    Case(
        "a headline with capitals throughout",
        "‘We Will Not Comply,’ Says Mayor Irma Holloway",
        (said("Irma Holloway", "We Will Not Comply,"),),
    ),
    Case(
        "nobody is found",
        "“Keep families together.”",
        (said(None, "Keep families together."),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.construction)
def test_speaker(case: Case) -> None:
    found = extract_quotes(case.article)
    got = tuple(
        (tuple(part.of(case.article) for part in q.parts), q.speaker.name if q.speaker else None) for q in found
    )
    assert got == case.expected


@dataclass(frozen=True)
class Name:
    """An article whose last quotation's speaker leads to a full name, title and place."""

    construction: str
    article: str
    name: str
    title: str | None = None
    place: str | None = None


NAMES = [
    Name(
        "a surname leads to the full name",
        "Mayor Irma Holloway of Fallbrook met the press. “We will go to court,” Holloway said.",
        "Irma Holloway",
        "Mayor",
    ),
    Name(
        "the fullest form wins",
        "Irma Holloway met the press. Irma B. Holloway is in her second term. “We will win,” Holloway said.",
        "Irma B. Holloway",
    ),
    Name(
        "place and title stand apart",
        "“We will win,” said Fallbrook Mayor Irma Holloway.",
        "Irma Holloway",
        "Mayor",
        "Fallbrook",
    ),
    Name(
        "a title in lower case",
        "“We will win,” said former governor Irma Holloway.",
        "Irma Holloway",
        "former governor",
    ),
    Name(
        "a particle in lower case",
        "Luisa de la Fuente met the press. “We will win,” said de la Fuente.",
        "Luisa de la Fuente",
    ),
    Name("she", "Mayor Irma Holloway met the press. “We will win,” she said.", "Irma Holloway", "Mayor"),
    Name(
        "he, past a woman named in between",
        "Sheriff Tobias Renner met the press. Mrs. Holloway did not come. “We will win,” he said.",
        "Tobias Renner",
        "Sheriff",
    ),
    Name(
        "the mayor",
        "Mayor Irma Holloway and Sheriff Tobias Renner met the press. “We will win,” the mayor said.",
        "Irma Holloway",
        "Mayor",
    ),
    Name(
        "the sheriff",
        "Mayor Irma Holloway and Sheriff Tobias Renner met the press. “We will win,” the sheriff said.",
        "Tobias Renner",
        "Sheriff",
    ),
    Name(
        "a title in apposition",
        "Tobias Renner, the sheriff, met the press. Irma Holloway stayed away. “We will win,” the sheriff said.",
        "Tobias Renner",
    ),
    Name(
        "two people with one surname, told apart by their title",
        "Mayor Irma Holloway and her son, Deputy Karl Holloway, met the press. “We will win,” Deputy Holloway "
        "said.",
        "Karl Holloway",
        "Deputy",
    ),
    Name(
        "two people with one surname, told apart by Mrs.",
        "Irma Holloway and Martin Holloway met the press. “We will win,” Mrs. Holloway said.",
        "Irma Holloway",
    ),
    Name(
        "an office in apposition before the name",
        "The mayor of Fallbrook, Irma Holloway, met Tobias Renner. “We will win,” the mayor said.",
        "Irma Holloway",
    ),
    Name(
        "an office that nobody in the article holds",
        "Council President Edith Moss met the press. The president, who signed the order, said cities “will pay.”",
        "The president",
    ),
    Name("nobody fuller is named", "“We will win,” President Varga said.", "Varga", "President"),
    Name("a possessive organisation", "“We will win,” said the Tribune’s Petra Lindqvist.", "Petra Lindqvist"),
]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case.construction)
def test_name(case: Name) -> None:
    speaker = extract_quotes(case.article)[-1].speaker
    assert speaker is not None
    assert speaker.name == case.name
    if case.title:
        assert speaker.title == case.title
    if case.place:
        assert speaker.place == case.place


def test_every_speaker_comes_with_the_rule_that_found_it() -> None:
    for case in CASES:
        for quotation in extract_quotes(case.article):
            assert bool(quotation.rule) == (quotation.speaker is not None)
            assert (quotation.certainty > 0) == (quotation.speaker is not None)
            assert quotation.certainty <= 1


def test_a_mention_is_the_article_s_own_words() -> None:
    article = "“We will win,” said Fallbrook Mayor Irma Holloway."
    (quotation,) = extract_quotes(article)
    assert quotation.speaker is not None
    assert quotation.speaker.mention.of(article) == "Fallbrook Mayor Irma Holloway"
    assert quotation.cue is not None
    assert quotation.cue.of(article) == "said"
