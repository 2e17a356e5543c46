"""Where each stretch between marks begins and ends, with its marks and without, and where it goes on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.quotes.marks import Stretch, find_stretches

#: An article, and each stretch: where it begins, its text, its text with the marks, and what is special about it.
CASES: list[tuple[str, list[tuple[int, str, str, str]]]] = [
    ("", []),
    ("No marks here.", []),
    ("“We go.”", [(1, "We go.", "“We go.”", "")]),
    ("  “ We go. ”  x", [(4, "We go.", "“ We go. ”", "")]),
    ('x "We go," he said. "No."', [(3, "We go,", '"We go,"', ""), (21, "No.", '"No."', "")]),
    ("“a” “b”", [(1, "a", "“a”", ""), (5, "b", "“b”", "")]),
    ("“” x", []),
    ("“ ” x", []),
    ("“a", [(1, "a", "“a", "open")]),
    ("“ a ", [(2, "a", "“ a", "open")]),
    ("”", []),
    # other marks
    ("``We go'' x", [(2, "We go", "``We go''", "")]),
    ("„We go“ x", [(1, "We go", "„We go“", "")]),
    ("«We» x", [(1, "We", "«We»", "")]),
    ("»We go« x", [(1, "We go", "»We go«", "")]),
    ("‹we› x", [(1, "we", "‹we›", "")]),
    ("›we‹ x", [(1, "we", "›we‹", "")]),
    ("”we go“", [(1, "we go", "”we go“", "")]),
    ("x ”we go” y", [(3, "we go", "”we go”", "")]),
    ("He (”we go”) x", [(5, "we go", "”we go”", "")]),
    ("He [”we go”] x", [(5, "we go", "”we go”", "")]),
    # what stands beside a mark says whether it opens
    ("He (“we go”) x", [(5, "we go", "“we go”", "")]),
    ("He—“we go”—x", [(4, "we go", "“we go”", "")]),
    ("x“we go”y", [(2, "we go", "“we go”", "")]),
    ('x"we go"y', [(2, "we go", '"we go"', "")]),
    ('" we go "', [(2, "we go", '" we go "', "")]),
    ('6-foot-2" guard "ok"', [(17, "ok", '"ok"', "")]),
    ('a 6" b "ok"', [(8, "ok", '"ok"', "")]),
    ("„a‟b“", [(1, "a‟b“", "„a‟b“", "open")]),
    # inside one another
    ("““a b c d e f g h” x” y", [(1, "“a b c d e f g h” x", "““a b c d e f g h” x”", "")]),
    (
        "“One two three “five six” seven” eight",
        [(1, "One two three “five six” seven", "“One two three “five six” seven”", "")],
    ),
    ("“One two “five six” seven", [(1, "One two “five six” seven", "“One two “five six” seven", "open")]),
    ('"a "b" c" d', [(1, 'a "b" c', '"a "b" c"', "")]),
    ("“a “b” “c” d” e", [(4, "b", "“b”", ""), (8, "c", "“c”", "")]),  # no guess which ends it
    # opened again: a slip where it follows at once, else the first stretch ends there
    ('"a "b c" d "e"', [(4, "b c", '"b c"', ""), (12, "e", '"e"', "")]),
    (
        'He "begins a long one "again in it” and “more”',
        [
            (4, "begins a long one", '"begins a long one', "open"),
            (23, "again in it", '"again in it”', ""),
            (41, "more", "“more”", ""),
        ],
    ),
    (
        "“twelve signs “no “yes”",
        [(1, "twelve signs", "“twelve signs", "open"), (15, "no “yes”", "“no “yes”", "open")],
    ),
    ("“eleven sig “no “yes”", [(13, "no “yes”", "“no “yes”", "open")]),
    # single marks
    ("'We go,' he said", [(1, "We go,", "'We go,'", "single")]),
    ("A ‘b c’ d", [(3, "b c", "‘b c’", "single")]),
    ("A ‘b “c” d’ e", [(3, "b “c” d", "‘b “c” d’", "single")]),
    ("“A ‘b’ c” ‘d e’", [(1, "A ‘b’ c", "“A ‘b’ c”", ""), (11, "d e", "‘d e’", "single")]),
    ("‘a b’ “c” ‘d’", [(1, "a b", "‘a b’", "single"), (7, "c", "“c”", ""), (11, "d", "‘d’", "single")]),
    ("‘a’ ‘b’ “c” ‘d’ ‘e’ “f”", [
        (1, "a", "‘a’", "single"), (5, "b", "‘b’", "single"), (9, "c", "“c”", ""),
        (13, "d", "‘d’", "single"), (17, "e", "‘e’", "single"), (21, "f", "“f”", ""),
    ]),
    ("“A ‘b’ ‘c’ d” ‘e’ “f”", [
        (1, "A ‘b’ ‘c’ d", "“A ‘b’ ‘c’ d”", ""), (15, "e", "‘e’", "single"), (19, "f", "“f”", "")
    ]),
    ("‘the boys’ go home’ x", [(1, "the boys’ go home", "‘the boys’ go home’", "single")]),
    ("‘the boys’ x", [(1, "the boys", "‘the boys’", "single")]),
    ("‘the boys’ x ‘no go’ y", [(1, "the boys", "‘the boys’", "single"), (14, "no go", "‘no go’", "single")]),
    ("‘90s “a”", [(6, "a", "“a”", "")]),
    ("'90s 'tis 'em 'a b' x", [(15, "a b", "'a b'", "single")]),
    ("“a” ‘b “c’ d” e", [(1, "a", "“a”", ""), (8, "c’ d", "“c’ d”", "")]),
    ("'a' b", [(1, "a", "'a'", "single")]),
    ("' ab' c", []),
    ("don't stop the boys' game", []),
    ("He ‘never closes it", []),
    ("He ‘never ‘closes’ it", [(11, "closes", "‘closes’", "single")]),
    # paragraphs
    ("He said “We go. \nNext “No.”", [(9, "We go.", "“We go.", "open"), (23, "No.", "“No.”", "")]),
    ("He said “We go.\n\n“No.” End", [(9, "We go.", "“We go.", "open"), (18, "No.", "“No.”", "continues")]),
    ("“a\n“b\n“c” d", [
        (1, "a", "“a", "open"), (4, "b", "“b", "open continues"), (7, "c", "“c”", "continues")
    ]),
    ("“a\n\n \n\n“b” “c”", [(1, "a", "“a", "open"), (8, "b", "“b”", "continues"), (12, "c", "“c”", "")]),
    ("“a\n\n “b” d", [(1, "a", "“a", "open"), (6, "b", "“b”", "continues")]),
    ("“a\n\nx “b” d", [(1, "a", "“a", "open"), (7, "b", "“b”", "")]),
    ("“a\n\nb\n\n“c” d", [(1, "a", "“a", "open"), (8, "c", "“c”", "")]),
    ("“a” x\n\n“b” d", [(1, "a", "“a”", ""), (8, "b", "“b”", "")]),
    ("“a\n\nb” c", [(1, "a", "“a", "open"), (4, "b", "b”", "continues")]),
    ("“a\r\nb” c", [(1, "a", "“a", "open"), (4, "b", "b”", "continues")]),
    ("“a\u2028b” c", [(1, "a", "“a", "open"), (3, "b", "b”", "continues")]),
    ("“a\n\n ” c", [(1, "a", "“a", "open")]),
    ("“a\n\n b \n \n c ” d", [
        (1, "a", "“a", "open"), (5, "b", "b", "open continues"), (11, "c", "c ”", "continues")
    ]),
    ("a” b “c”", [(6, "c", "“c”", "")]),
    ("a” b.\n\n“c”", [(8, "c", "“c”", "")]),
    ("“a\n\nb” c “d” e” f", [
        (1, "a", "“a", "open"), (4, "b", "b”", "continues"), (10, "d", "“d”", "")
    ]),
    ("“a\n\nb “c” d” e", [(1, "a", "“a", "open"), (7, "c", "“c”", "")]),
]  # fmt: skip


def special(stretch: Stretch) -> str:
    words = [(not stretch.closed, "open"), (stretch.single, "single"), (stretch.continues, "continues")]
    return " ".join(word for holds, word in words if holds)


@pytest.mark.parametrize(("article", "expected"), CASES, ids=[repr(article) for article, _ in CASES])
def test_stretches(article: str, expected: list[tuple[int, str, str, str]]) -> None:
    found = find_stretches(article)
    shown = [(s.start, article[s.start : s.end], article[s.outer_start : s.outer_end], special(s)) for s in found]
    assert shown == expected


@pytest.mark.parametrize(("paragraphs", "reached"), [(12, True), (13, False)])
def test_a_quotation_closed_late_is_followed_over_twelve_paragraphs(paragraphs: int, reached: bool) -> None:
    article = "He said “one\n" + "".join(f"line {n}\n" for n in range(paragraphs)) + "last” x"
    found = find_stretches(article)
    assert len(found) == (paragraphs + 2 if reached else 1)
    assert (article[found[-1].outer_start : found[-1].outer_end] == "last”") == reached


def test_straight_marks_are_told_apart_by_what_stands_beside_them() -> None:
    for before in " \t\xa0\u2009\u202f([{—–-/…>=*_":
        for after in " \t\xa0\u2009\u202f.,;:!?)]}—–-/…<*_":
            assert find_stretches(f'x{before}"we"{after}y') == [Stretch(3, 5, 2, 6)], (before, after)


MARKED = st.text(st.sampled_from("“”\"‘’'„«»`\n sa.,9"), max_size=60)


@given(MARKED)
def test_stretches_stand_in_order_apart_and_without_white_space_at_their_ends(text: str) -> None:
    found = find_stretches(text)
    for s in found:
        assert 0 <= s.outer_start <= s.start < s.end <= s.outer_end <= len(text)
        assert text[s.start : s.end] == text[s.start : s.end].strip()
        assert s.closed == (s.outer_end > s.end)
        assert not any(c in text[s.start : s.end] for c in "\n\r")
    assert all(a.outer_end <= b.outer_start for a, b in pairwise(found))


@given(MARKED, MARKED)
def test_a_paragraph_without_open_marks_is_read_by_itself(first: str, second: str) -> None:
    first, second = first.replace("\n", " ") + " “x”", second.replace("\n", " ")
    apart = find_stretches(first)
    if apart[-1].closed:
        shift = len(first) + 2
        later = [
            Stretch(s.start + shift, s.end + shift, s.outer_start + shift, s.outer_end + shift, s.closed, s.single)
            for s in find_stretches(second)
        ]
        assert find_stretches(f"{first}\n\n{second}") == apart + later
