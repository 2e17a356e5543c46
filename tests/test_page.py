"""The page of marked-up articles, as a file: what is in it, and what can't get into it."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from page_articles import HOSTILE, NESTED, hostile, nested, quiet

from classifier.page import article_page
from classifier.page.marking import Note, Stretch, marked
from classifier.page.masthead import masthead
from classifier.page.wording import RULES
from classifier.quotes.attribution import CERTAINTY
from classifier.schema import Article, Prediction, Quotation, Span
from classifier.tally import balance, voices

SEED = "seeds/003_18455e297df3303e.txt"


class Tags(HTMLParser):
    """Every tag and attribute that a parser sees in a page, and the code of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.code: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] in ("script", "style"):
            self.code.setdefault(self.tags[-1], data)


def quotation(*spans: tuple[int, int]) -> Quotation:
    parts = tuple(Span(*span) for span in spans)
    return Quotation("x", "direct", parts, parts[0])


def test_markup_in_an_article_stays_text() -> None:
    seen = Tags(article_page([hostile()]))
    assert seen.tags.count("script") == 1
    assert not {"img", "iframe", "object", "link", "base"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("style", "src")]
    assert all(value.startswith("#") for name, value in seen.attributes if name == "href")


def test_control_characters_overrides_and_surrogates_are_written_out() -> None:
    page = article_page([hostile()])
    page.encode("utf-8")
    assert not set("\x00\x1b\x07\u202e\u202c\ud800") & set(page)
    for escape in ("\\u0000", "\\u001b[31mred", "\\u202eoga", "\\ud800", "nbsp\xa0kept"):
        assert escape in page


def test_the_policy_allows_exactly_the_page_s_own_code() -> None:
    page = article_page([nested()])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy[1]
    code = Tags(page).code
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(code[kind].encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"


def test_nothing_is_fetched_from_outside() -> None:
    page = article_page([nested(), quiet()])
    assert not re.search(r"https?://|//[a-z]+\.|url\(|@import|fetch\(|XMLHttp", page)


def test_the_same_articles_make_the_same_page() -> None:
    assert article_page([nested(), hostile()]) == article_page([nested(), hostile()])


def test_an_article_that_was_not_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="found 0 predictions for 7 quotations; expected one each"):
        article_page([Article("x", NESTED, nested().quotations)])


def test_labels_of_another_subject_get_looks_of_their_own() -> None:
    text = "“Yes.” “No.”\n"
    labels = {"for": 0.7, "against": 0.3}
    rows = [quotation((1, 5)), quotation((8, 11))]
    predictions = [Prediction("Yes.", "for", labels), Prediction("No.", "against", {"for": 0.2, "against": 0.8})]
    page = article_page([Article("x", text, rows, predictions)])
    assert re.search(r'class="s0"[^>]*>Yes\.<', page)
    assert re.search(r'class="s1"[^>]*>No\.<', page)
    assert "pro-sanctuary" not in page


def test_no_articles_make_a_page_too() -> None:
    assert "0 articles" in article_page([])


@given(
    st.text(alphabet="ab \n\r”“", max_size=40),
    st.lists(st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), min_size=1, max_size=3), max_size=5),
)
def test_any_spans_leave_the_text_whole(text: str, spans: list[list[tuple[int, int]]]) -> None:
    quotations = [quotation(*rows) for rows in spans]
    cut = marked(text, quotations)
    for line, pieces in cut:
        stretches = [piece for piece in pieces if isinstance(piece, Stretch)]
        assert "".join(text[s.start : s.end] for s in stretches) == line.of(text)
        for s in stretches:
            covering = {n for n, q in enumerate(quotations) if any(p.start <= s.start < p.end for p in q.parts)}
            assert set(s.quotations) == covering
    told = sorted(piece.quotation for _, pieces in cut for piece in pieces if isinstance(piece, Note))
    assert told == (list(range(len(quotations))) if cut else [])


def test_a_label_stands_behind_the_closing_mark_and_the_shortest_quotation_is_first() -> None:
    text = "He said “the “plan” holds” today."
    outer, inner = quotation((9, 25)), quotation((14, 18))
    (_, pieces), = marked(text, [outer, inner])  # fmt: skip
    shown = [f"[{p.quotation}]" if isinstance(p, Note) else text[p.start : p.end] for p in pieces]
    assert shown == ["He said “", "the “", "plan", "”", "[1]", " holds", "”", "[0]", " today."]
    assert next(p.quotations for p in pieces if isinstance(p, Stretch) and p.start == 14) == (1, 0)


@pytest.mark.parametrize(
    ("text", "headline", "place", "date"),
    [
        (NESTED, "Denver Council Debates Ordinance", "DENVER, Colo.", "2016-11-17"),
        ("WASHINGTON, Jan. 5, 2025 (Reuters) - The bill passed.\nMore.", None, "WASHINGTON", "2025-01-05"),
        ("SANTA FE – The council met.\n", None, "SANTA FE", ""),
        ("Mayors Push\n\nBy A. Writer\nNovember 17, 2016, 6:40 PM\n\nText.", "Mayors Push", "", "2016-11-17"),
        ("A Title Here\n3 March 2025\nText.", "A Title Here", "", "2025-03-03"),
        ("A Title Here\nUpdated 2024-02-30\nText.", "A Title Here", "", ""),
        ("The mayor spoke on November 17, 2016, to a crowd that filled the square before the old city hall.\nB.",
         None, "", ""),
        ("ICE agents came. They left.\nA - b.", None, "", ""),
        ("", None, "", ""),
    ],
)  # fmt: skip
def test_the_first_lines_give_headline_place_and_date(
    text: str, headline: str | None, place: str, date: str
) -> None:
    found = masthead(text)
    assert (found.headline.of(text) if found.headline else None) == headline
    assert (found.place, found.date) == (place, date)


def test_the_overview_says_what_a_place_and_a_date_would_look_like_where_no_article_has_one() -> None:
    def page(*texts: str) -> str:
        return article_page([Article(f"{n}", text, (), (), ()) for n, text in enumerate(texts)], made_by="")

    bare, dated = "Council votes\nIt met.", "Council votes\nDENVER, Colo. (AP) — It met.\nAugust 4, 2025"
    for words in ("No article begins with a dateline", "No article has its date"):
        assert words in page(bare, bare)
        assert words not in page(bare, dated)


def test_every_attribution_rule_is_explained_in_words() -> None:
    assert set(RULES) == set(CERTAINTY)


def test_speakers_are_one_across_upper_and_lower_case_and_the_unknown_stand_last() -> None:
    found = voices(nested())
    assert [(v.name, v.places) for v in found] == [
        ("Mike Vance", (0, 1, 2, 3)), ("Lou Hardy", (4, 5)), ("speaker not found", (6,)),
    ]  # fmt: skip
    assert balance(nested().predictions or ()) == {
        "pro-enforcement": 2, "pro-sanctuary": 2, "neutral": 1, "off topic": 1, "unsure": 1,
    }  # fmt: skip


def test_the_command_writes_the_page_and_nothing_to_standard_output(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = command(
        "predict", "--article", "--indirect", "seeds/001_6d4a94da81ec0449.txt", SEED, "--html", str(out)
    )
    assert (done.returncode, done.stdout) == (0, b"")
    page = out.read_text("utf-8")
    assert "Annie Kirkpatrick" in page
    assert "2016-11-17" in page
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert command("predict", "--article", SEED, "--html", str(out)).returncode == 0, "a page may be replaced"
    assert command("predict", "--article", SEED, "--html", "-").stdout.decode() == out.read_text("utf-8")


def test_an_article_is_never_replaced_by_its_page(command: Run, tmp_path: Path) -> None:
    article = tmp_path / "story.txt"
    article.write_text("“No,” she said.\n", "utf-8")
    done = command("predict", "--article", "--html", str(article), str(article))
    assert done.returncode == 2
    assert "exists and isn't a page" in done.stderr.decode()
    assert article.read_text("utf-8") == "“No,” she said.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["text", "--html", "page.html"], "--html shows whole articles; add --article"),
        (["--article", "x", "--html", "nowhere/page.html"], "no folder nowhere"),
        (["--article", "x", "--html", "seeds"], "seeds is a directory"),
        (["--article", "x", "--html", "page.html", "--json"], "not allowed with argument"),
    ],
)
def test_a_page_that_can_t_be_is_refused(command: Run, arguments: list[str], message: str) -> None:
    done = command("predict", *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_the_wheel_carries_the_page_s_style_and_script(root: Path) -> None:
    builders = pytest.importorskip("hatchling.builders.wheel", reason="pip install '.[dev]' for the wheel's test")
    files = {file.distribution_path for file in builders.WheelBuilder(str(root)).recurse_included_files()}
    assert {"classifier/page/page.css", "classifier/page/page.js"} <= files


def test_the_hostile_article_is_what_it_claims() -> None:
    assert {"\x00", "\x1b", "\u202e", "\ud800", "<"} <= set(HOSTILE)


def test_making_a_page_imports_no_more_than_predicting(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    code = (
        "import sys; from classifier.predict import main;"
        f"main(['--article', '--model', 'models/stance', '{SEED}', '--html', {str(out)!r}]);"
        "heavy = {'torch', 'transformers', 'sklearn', 'scipy', 'pandas', 'jinja2', 'markupsafe', 'matplotlib'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=True)
    assert done.stderr.decode().strip() == "[]"
    assert out.is_file()
