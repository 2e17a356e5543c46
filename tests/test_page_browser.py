"""The page in a real browser, at desktop and phone width: mouse, finger, keyboard alone, axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import WIDTHS
from page_articles import HOSTILE, NESTED, hostile, nested, quiet

from classifier.page import article_page
from classifier.page.elements import visible
from classifier.page.marking import paragraphs

pytestmark = pytest.mark.browser

#: The quotations of ``nested()``, the second article.
OUTER, INNER, OVERLAPPING, SPLIT, LONG, OFF_TOPIC, UNSURE = (f"2-{n}" for n in range(1, 8))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    page = article_page([hostile(), nested(), quiet()], made_by="a test")
    path.write_text(page, encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture(params=WIDTHS, scope="module")
def tab(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A tab of one width; it remembers under ``said`` and ``asked`` what a page says and asks for."""
    width, height = WIDTHS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, has_touch=request.param == "phone")
    made = context.new_page()
    made.said, made.asked = [], []
    made.on("console", lambda message: made.said.append(message.text))
    made.on("pageerror", lambda error: made.said.append(str(error)))
    made.on("dialog", lambda dialog: made.said.append(f"dialog: {dialog.message}"))
    made.on("request", lambda asking: made.asked.append(asking.url.split("#")[0]))
    yield made
    context.close()


@pytest.fixture
def page(tab: Any, address: str) -> Iterator[Any]:
    """The page, opened from its file; at the end, nothing was said, asked for or popped up."""
    tab.said.clear()
    tab.asked.clear()
    tab.goto("about:blank")
    tab.emulate_media(media="screen")
    tab.mouse.move(0, 0)
    tab.goto(address)
    yield tab
    assert not tab.said
    assert set(tab.asked) <= {address, "about:blank"}


def chip(page: Any, key: str) -> Any:
    return page.locator(f"#q{key} > .chip")


def card(page: Any, key: str) -> Any:
    return page.locator(f"#card{key}")


def open_filters(page: Any) -> None:
    if not page.locator(".controls").is_visible():
        page.locator(".filters summary").click()


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_articles_stand_there_letter_for_letter(page: Any) -> None:
    shown = page.evaluate(
        """[...document.querySelectorAll('article')].map(article => {
            const copy = article.cloneNode(true);
            for (const note of copy.querySelectorAll('.note')) note.remove();
            return [...copy.querySelectorAll('h2, .text p:not(.nothing)')].map(p => p.textContent);
        })"""
    )
    for lines, text in zip(shown, (HOSTILE, NESTED), strict=False):
        assert lines == [visible(line.of(text)) for line in paragraphs(text)]


def test_the_marks_of_a_quotation_are_its_words(page: Any) -> None:
    for article, number in ((hostile(), 1), (nested(), 2)):
        for place, quotation in enumerate(article.quotations, 1):
            marks = page.locator(f"mark[data-q~='{number}-{place}']").all_text_contents()
            words = "".join(part.of(article.text) for part in quotation.parts)
            assert "".join(marks) == visible(words.replace("\n", ""))


def test_hostile_text_did_nothing(page: Any) -> None:
    assert page.locator("script").count() == 1
    assert (
        page.locator("article img, article b[onmouseover], article script, article a[href^=javascript]").count()
        == 0
    )
    assert "<script>alert(2)</script>" in page.locator("#a1 .text").inner_text()


def test_stances_differ_without_colour(page: Any) -> None:
    keys = {
        INNER: "pro-sanctuary",
        OUTER: "neutral",
        LONG: "pro-enforcement",
        OFF_TOPIC: "off topic",
        UNSURE: "unsure",
    }
    styles = set()
    for key, answer in keys.items():
        mark = page.locator(f"mark[data-q^='{key}']").first
        styles.add(
            mark.evaluate(
                "m => { const s = getComputedStyle(m); return s.textDecorationStyle + s.textDecorationThickness }"
            )
        )
        assert answer in chip(page, key).inner_text()
    assert len(styles) == len(keys)


def test_a_tap_or_click_opens_the_card_and_another_closes_it(page: Any) -> None:
    for key in (SPLIT, INNER):
        mark = page.locator(f"mark[data-q^='{key}']").first
        press = mark.tap if page.viewport_size["width"] < 500 else mark.click
        press()
        shown = card(page, key)
        assert shown.is_visible()
        assert page.locator(".card:visible").count() == 1
        box, screen = shown.bounding_box(), page.viewport_size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= screen["width"]
        assert box["y"] + box["height"] <= screen["height"] + 1
        assert mark.bounding_box()["y"] < screen["height"]
    text = card(page, INNER).inner_text()
    for fact in (
        "Mike Vance",
        "Mayor",
        "pro-sanctuary, 80%",
        "10%",
        "The mayor said the plan",
        "97%",
        "named right after",
    ):
        assert fact in text
    card(page, INNER).locator(".close").click()
    assert page.locator(".card:visible").count() == 0


def test_the_mouse_shows_the_card_and_takes_it_away(page: Any) -> None:
    if page.viewport_size["width"] < 500:
        pytest.skip("a phone has no mouse")
    page.locator(f"mark[data-q^='{SPLIT}']").first.hover()
    card(page, SPLIT).wait_for(state="visible")
    assert page.locator("mark.hot").all_text_contents() == [
        "We will not hold anyone without a warrant,",
        "and we never have.",
    ]
    card(page, SPLIT).hover()
    page.wait_for_timeout(500)
    assert card(page, SPLIT).is_visible(), "the pointer may move onto the card"
    page.locator("h1").hover()
    card(page, SPLIT).wait_for(state="hidden")


def test_unsure_and_off_topic_are_said_in_words(page: Any) -> None:
    for key, words in (
        (UNSURE, "Can’t tell: unsure: neutral is likeliest"),
        (OFF_TOPIC, "Can’t tell: off topic: probably not"),
    ):
        chip(page, key).click()
        assert words in card(page, key).inner_text()
    chip(page, UNSURE).click()
    assert "Speaker not found" in card(page, UNSURE).inner_text()


def test_the_keyboard_alone_reads_filters_and_leaves(page: Any) -> None:
    chip(page, OUTER).evaluate("c => c.scrollIntoView()")
    page.locator("#a1 .only").last.focus()
    while page.evaluate("document.activeElement.getAttribute('aria-controls')") is None:
        page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-controls').slice(4)")
    assert card(page, first).is_visible()
    assert chip(page, first).get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not card(page, first).is_visible()
    page.keyboard.press("Enter")
    assert card(page, first).is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Only this speaker"
    page.keyboard.press("Enter")
    assert page.locator("#status").inner_text() == "showing 4 of 9 quotations"
    assert page.evaluate("document.activeElement.className").startswith("chip"), "the focus is not lost"
    assert page.locator(".card:visible").count() == 0
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.getAttribute('aria-controls').slice(4)")
    assert second != first
    assert page.locator(".card:visible").count() == 1
    assert card(page, second).is_visible()


def test_focus_is_never_behind_the_bar(page: Any) -> None:
    bar = page.locator(".bar-top").bounding_box()["height"]
    page.locator("footer").scroll_into_view_if_needed()
    chip(page, OUTER).focus()
    assert chip(page, OUTER).bounding_box()["y"] >= bar - 1


def test_stance_filter_hides_marks_labels_and_the_panel_s_rows(page: Any) -> None:
    open_filters(page)
    for box in page.locator("input[name=answer]").all():
        if box.get_attribute("value") != "s1":
            box.focus()
            page.keyboard.press("Space")
    assert page.locator("#status").inner_text() == "showing 2 of 9 quotations"
    assert page.locator(".chip:visible").count() == 2
    assert page.locator(".voice li:visible").count() == 2
    assert page.locator("mark.out").count() == page.locator("mark").count() - page.locator("mark.s1").count()
    inner = page.locator(f"mark[data-q~='{INNER}']").last
    assert "s1" in inner.get_attribute("class")
    page.locator("#reset").click()
    assert page.locator("#status").inner_text() == "9 quotations"
    assert page.locator("mark.out").count() == 0


def test_a_quotation_under_a_filtered_one_shows_through(page: Any) -> None:
    open_filters(page)
    page.locator("input[value=s1]").uncheck()
    inner = page.locator(f"mark[data-q^='{INNER}']").last
    assert inner.get_attribute("class") in ("s2", "s0")
    inner.click()
    assert card(page, OUTER).is_visible() or card(page, OVERLAPPING).is_visible()
    assert not card(page, INNER).is_visible()


def test_speaker_filter_and_the_panel_s_button_agree(page: Any) -> None:
    open_filters(page)
    page.locator("#speaker").select_option(label="Lou Hardy")
    assert page.locator("#status").inner_text() == "showing 2 of 9 quotations"
    assert page.locator(".voice:visible h4").all_inner_texts() == ["Lou Hardy"]
    pressed = page.locator(".only[aria-pressed=true]")
    assert pressed.count() == 1
    pressed.click()
    assert page.locator("#status").inner_text() == "9 quotations"
    assert page.locator("#speaker").input_value() == ""


def test_a_quotation_in_the_panel_leads_to_its_place(page: Any) -> None:
    page.locator(f".voice li[data-q='{LONG}'] a").click()
    card(page, LONG).wait_for(state="visible")
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == f"card{LONG}"
    assert 0 <= chip(page, LONG).bounding_box()["y"] < page.viewport_size["height"]


def test_the_overview_groups_by_article_speaker_place_and_date(page: Any) -> None:
    tables = page.locator(".overview details")
    assert tables.locator("summary").all_inner_texts() == ["By article", "By speaker", "By place", "By date"]
    for place in range(1, 4):
        tables.nth(place).locator("summary").click()
    rows = tables.nth(0).locator("tbody tr").all_inner_texts()
    assert "DENVER, Colo." in rows[1]
    assert "2016-11-17" in rows[1]
    assert "none" in rows[2]
    assert tables.nth(1).locator("tbody th").all_inner_texts()[0] == "Mike Vance"
    assert tables.nth(2).locator("tbody th").all_inner_texts() == ["DENVER, Colo.", "not given"]
    assert tables.nth(3).locator("tbody th").all_inner_texts() == ["2016-11-17", "not given"]
    tables.nth(2).locator("a", has_text="Denver Council").click()
    assert page.locator("#a2-title").bounding_box()["y"] < page.viewport_size["height"]


def test_axe_finds_nothing(page: Any) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install '.[browser]' for axe-core"
    )
    open_filters(page)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for key in (None, INNER, UNSURE):
        page.keyboard.press("Escape")
        if key:
            chip(page, key).click()
        found = axe.Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
        told = [
            f"{v['id']}: {v['help']}: {[n['html'][:160] for n in v['nodes']]}"
            for v in found.response["violations"]
        ]
        assert not told


def test_axe_finds_nothing_where_articles_share_their_speakers(chromium: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install '.[browser]' for axe-core"
    )
    path = tmp_path / "page.html"
    path.write_text(article_page([nested(), nested()]), encoding="utf-8", newline="\n")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    assert [violation["id"] for violation in axe.Axe().run(tab).response["violations"]] == []
    tab.close()


def test_in_print_every_quotation_stands_under_its_speaker(page: Any) -> None:
    chip(page, INNER).click()
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == 0
    assert page.locator(".panel:visible").count() == 3
    assert page.locator(".speaker:visible, .only:visible, #reset:visible").count() == 0
    assert page.locator(".voice li:visible").count() == 9
    assert "[4]" in page.locator(f".voice li[data-q='{SPLIT}']").inner_text()
    assert "[4]" in chip(page, SPLIT).inner_text()
    assert page.pdf().startswith(b"%PDF")


def test_without_scripts_the_articles_and_speakers_can_be_read(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert tab.locator("#a2 .text").is_visible()
    assert tab.locator(".voice li").count() == 9
    assert tab.locator(".card:visible").count() == 0
    context.close()
