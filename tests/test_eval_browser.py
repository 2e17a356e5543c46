"""The page in a real browser: at desktop and phone width, by mouse and keyboard, checked with axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import WIDTHS
from test_eval_project import first_report, project

pytestmark = pytest.mark.browser

MOST_MILLISECONDS = 60_000


@pytest.fixture(params=WIDTHS, scope="module")
def page(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The report opened from its file; at the end, no console message and no request to anywhere."""
    first_report()
    width, height = WIDTHS[request.param]
    tab = chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    tab.set_default_timeout(MOST_MILLISECONDS)
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda asking: asked.append(asking.url))
    tab.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    address = (project() / "report" / "report.html").resolve().as_uri()
    tab.goto(address)
    yield tab
    assert not said
    assert [url for url in asked if url.split("#")[0] != address and not url.startswith("data:image/svg")] == []
    tab.close()


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_screen_has_its_answer_without_scrolling(page: Any) -> None:
    for title in ("#good-title", ".answer"):
        box = page.locator(title).bounding_box()
        assert box["y"] + box["height"] < page.viewport_size["height"]


def test_every_link_of_the_contents_leads_somewhere(page: Any) -> None:
    links = page.locator("nav a")
    assert links.count() >= 8
    for place in range(links.count()):
        links.nth(place).click()
        target = page.evaluate("document.querySelector(location.hash)?.getBoundingClientRect().top")
        assert target is not None


def test_errors_open_by_mouse_and_by_keyboard(page: Any) -> None:
    first, second = (page.locator("#set-seeds details.kind summary").nth(place) for place in (0, 1))
    first.click()
    shown = page.locator("#set-seeds details.kind").nth(0).locator(".mistake").first
    assert shown.is_visible()
    assert shown.locator("blockquote").inner_text()
    assert shown.locator(".nearest li").count() == 3
    second.focus()
    page.keyboard.press("Enter")
    assert page.locator("#set-seeds details.kind").nth(1).locator(".mistake").first.is_visible()
    first.click()
    assert not shown.is_visible()


def test_a_worst_error_leads_to_its_reasons(page: Any) -> None:
    link = page.locator(".worst a").first
    link.click()
    shown = page.locator(link.get_attribute("href"))
    assert shown.is_visible()
    assert shown.locator("blockquote").inner_text().split()[0] in page.locator(".worst li").first.inner_text()


def test_hostile_text_stands_as_text(page: Any) -> None:
    assert page.locator("script").count() == 0
    assert page.locator("img[src=x]").count() == 0
    texts = page.locator("#set-outside blockquote").all_text_contents()
    assert any("<script>alert(1)</script>" in text for text in texts)


def test_pictures_are_drawn(page: Any) -> None:
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 100)")


def test_axe_finds_nothing(page: Any) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="pip install '.[browser]' for axe-core"
    )
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = axe.Axe().run(page)
    told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]
    assert not told


def test_it_prints_with_every_error_open(chromium: Any) -> None:
    tab = chromium.new_page()
    tab.goto((project() / "report" / "report.html").resolve().as_uri())
    whole = len(tab.pdf())
    tab.evaluate("for (const part of document.querySelectorAll('details')) part.remove()")
    assert whole > len(tab.pdf()) * 1.05
    tab.close()
