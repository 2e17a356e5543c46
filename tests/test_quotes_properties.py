"""What holds for any text whatever."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.quotes import explain_marks, extract_quotes
from classifier.schema import Quotation

#: Pieces that news is made of, so that the rules are reached and not only the pairing of marks.
PIECES = st.sampled_from(
    [
        "“", "”", '"', "‘", "’", "'", "„", "«", "»", "``", "''", "\n", "\n\n", " ", ", ", ". ", ": ", "? ", " — ",
        "(", ")", "said", "told", "Mayor", "Irma Holloway", "Renner", "he", "she", "the mayor", "who", "that",
        "according to", "called it", "a statement", "saying", "officials", "the deputies'", "It is so.",
        "we go", "Jr.",
        "U.S.", "1990s", "\u2028", "\x85", "é", "İ", "ﬁ", "😀", "=", "and", "by", "was", "in", "on Monday",
    ]
)  # fmt: skip
ARTICLES = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
)


def check(text: str, found: list[Quotation]) -> None:
    """Offsets in range and in order, parts apart from each other, texts exact."""
    for quotation in found:
        spans = [*quotation.parts, quotation.context]
        spans += [quotation.speaker.mention] if quotation.speaker else []
        spans += [quotation.cue] if quotation.cue else []
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert quotation.text == " ".join(part.of(text) for part in quotation.parts)
        assert all(a.end <= b.start for a, b in pairwise(quotation.parts))
        assert 0.0 <= quotation.certainty <= 1.0


@given(ARTICLES)
@settings(max_examples=300, deadline=None)
def test_marked_quotations(text: str) -> None:
    found = extract_quotes(text)
    check(text, found)
    parts = sorted((part.start, part.end) for q in found for part in q.parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    assert [q.parts[0].start for q in found] == sorted(q.parts[0].start for q in found)
    assert all(q.kind in ("direct", "mixed") for q in found)


@given(ARTICLES)
@settings(max_examples=150, deadline=None)
def test_with_indirect_speech(text: str) -> None:
    found = extract_quotes(text, indirect=True)
    check(text, found)
    assert [q for q in found if q.kind != "indirect"] == extract_quotes(text)


@given(ARTICLES)
@settings(max_examples=100, deadline=None)
def test_every_quotation_is_among_the_explained_stretches(text: str) -> None:
    spans = {d.span for d in explain_marks(text) if d.quotation}
    assert {part for q in extract_quotes(text) for part in q.parts} == spans
