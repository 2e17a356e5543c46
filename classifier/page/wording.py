"""What the page calls things: looks of the stances, kinds of quotation, and attribution rules in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.schema import Prediction, Quotation

#: How many looks for stances the style sheet has; more labels than that take turns.
LOOKS = 6
_SIGNS = ("▲", "●", "■", "◆", "▼", "★")

KINDS = {
    "direct": "Quoted as a sentence of its own",
    "mixed": "A fragment inside the reporter’s sentence",
    "indirect": "Reported without quotation marks",
}

#: How the speaker was found, by the rule that decided.
RULES = {
    "trailing": "named right after the quoted words",
    "aside": "named between two commas in the middle",
    "transcript": "named at the head of the line, as in a transcript",
    "sentence-before-quoted": "the speaker of the quotation before it",
    "leading-far": "named earlier in the sentence",
    "leading": "named right before the quoted words",
    "colon": "named before the colon",
    "paragraph-before-colon": "named in the paragraph before, which ends with a colon",
    "sentence-before-colon": "named in the sentence before, which ends with a colon",
    "according-to": "named after “according to”",
    "continued": "the quotation goes on from the paragraph before",
    "trailing-manner": "named after the quoted words, with a verb of manner",
    "sentence-before-reported": "the speaker of the statement before it",
    "paragraph-before-quoted": "the speaker quoted in the paragraph before",
    "noun": "named with a noun such as “statement”",
    "signature": "named after the words, as a signature",
    "leading-weak": "named before the quoted words, with a verb that may not mean speaking",
    "subject": "the subject of the sentence, without a verb of speaking",
    "paragraph-before-reported": "the speaker of a statement in the paragraph before",
    "sentence-before": "named in the sentence before",
    "paragraph-before": "named in the paragraph before",
    "indirect-aside": "named in an aside: “…, he said, …”",
    "indirect-according": "named after “according to”",
    "indirect-passive": "named with a verb in the passive",
    "indirect-say": "named with a verb of saying",
    "indirect-seem": "named with a verb of seeming",
    "indirect-show": "named with a verb of showing",
    "indirect-judge": "named with a verb of judging",
    "indirect-think": "named with a verb of thinking",
    "indirect-act": "named with a verb of doing",
    "indirect-colon": "named before a colon",
    "indirect-asked": "named with a question that is reported",
    "indirect-about": "named with what the statement is about",
    "indirect-adjective": "named with an adjective such as “sure”",
    "indirect-relative": "named before “who said”",
    "indirect-noun": "named with a noun such as “claim”",
    "indirect-attitude": "named with a verb of attitude, such as “supports”",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one answer looks: its name, a CSS class, and a sign that tells it apart without colour."""

    answer: str
    css: str
    sign: str


def looks(labels: Sequence[str], predictions: Sequence[Prediction]) -> dict[str, Look]:
    """Return the look of every stance, and of every reason for giving none that occurs."""
    found = {label: Look(label, f"s{place % LOOKS}", _SIGNS[place % LOOKS]) for place, label in enumerate(labels)}
    for answer in sorted({p.answer for p in predictions if p.abstained}):
        found[answer] = Look(answer, "off-topic" if answer == "off topic" else "unsure", "?")
    return found


def attribution(quotation: Quotation) -> str:
    """Say in a sentence how the speaker was found, and how often that is right."""
    if quotation.speaker is None:
        return "No speaker found near these words."
    how = RULES.get(quotation.rule, quotation.rule or "given with the quotation")
    often = f"; right in {quotation.certainty:.0%} of cases" if quotation.certainty else ""
    return f"Speaker: {how}{often}."
