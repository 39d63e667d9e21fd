"""In a real Chromium: the page of acts over time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg.page
from tests.page.samples import HOSTILE, HOSTILE_URLS, SALMON, SHIPS, SOURCES, TABLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def act(cls: str, label: str, earliest: str | None, latest: str | None = None, **about: Any) -> Any:
    return {"cls": cls, "label": label, "earliest": earliest, "latest": latest or earliest, **about}


ACTS = [
    act("Meeting", "First talks", "2030-02-03", citations=[SHIPS]),
    act("Meeting", "Visit over the turn of the month", "2030-04-30", "2030-05-02"),
    act("Statement", "On salmon", "2030-05-09", citations=[SALMON]),
    act("Statement", "On ships", "2030-05-20", citations=[SHIPS]),
    act("TradeFlow", "Fish of a year", "2030-01-01", "2030-12-31", citations=[{"source": TABLE, "row": "7"}]),
    act("Commitment", "At some time", None),
]


def shown(browser: "Browser", tmp_path: Path, html: str, **options: Any) -> Iterator["Page"]:
    path = kg.page.write(tmp_path / "timeline.html", html)
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn]")
    yield page
    context.close()
    assert asked == [path.as_uri()]
    assert complaints == []


@pytest.fixture
def page(browser: "Browser", tmp_path: Path) -> Iterator["Page"]:
    yield from shown(browser, tmp_path, kg.page.timeline(ACTS, title="Acts", sources=SOURCES, left_out=3))


def text(page: "Page", selector: str) -> str:
    return " ".join(page.locator(selector).inner_text().split())


def bars(page: "Page") -> dict[str, str]:
    names = [bar.get_attribute("aria-label") or "" for bar in page.locator(".bar").all()]
    return {name.partition(": ")[0]: name.partition(": ")[2] for name in names if not name.endswith(": none")}


def test_acts_are_stacked_by_month_and_kind(page: "Page") -> None:
    assert text(page, "#stats") == "6 acts · 3 sources · 3 more left out"
    assert bars(page) == {"February 2030": "Meeting 1", "April 2030": "Meeting 1", "May 2030": "Statement 2"}
    may = page.locator(".bar[aria-label^='May 2030']")
    assert may.locator("rect:not(.back)").count() == 1
    heights = [
        float(bar.locator("rect:not(.back)").get_attribute("height") or 0)
        for bar in (may, page.locator(".bar[aria-label^='April']"))
    ]
    assert heights[0] == pytest.approx(2 * heights[1], abs=1.5)


def test_click_lists_the_acts_with_their_words(page: "Page") -> None:
    page.locator(".bar[aria-label^='May 2030']").click()
    assert text(page, "#details h2") == "May 2030"
    assert page.locator("#details .act h4").all_inner_texts() == ["On salmon", "On ships"]
    first = page.locator("#details .act").first
    assert first.locator("blockquote").inner_text() == SALMON["before"] + SALMON["quote"] + SALMON["after"]
    assert first.locator("mark").inner_text() == SALMON["quote"]


def test_what_is_known_to_the_year_has_its_bar_there(page: "Page") -> None:
    assert text(page, "#loose") == "2 acts without a bar: their time is not known to the month."
    page.click("#by-year")
    assert bars(page) == {"2030": "Meeting 2 · Statement 2 · Trade flow 1"}
    page.locator("#loose button").click()
    assert page.locator("#details .act h4").all_inner_texts() == ["At some time"]


def test_filters_and_search(page: "Page") -> None:
    page.locator(".kind", has_text="Statement").click()
    assert "May 2030" not in bars(page)
    assert text(page, "#stats").startswith("4 of 6 acts")
    page.locator(".kind", has_text="Statement").click()
    page.click("#tab-sources")
    page.locator(".source", has_text="Norway and Chile speak").locator("input").uncheck()
    assert bars(page)["May 2030"] == "Statement 1"
    page.locator(".source", has_text="Norway and Chile speak").locator("input").check()
    page.fill("#find", "salmon")
    assert bars(page) == {"May 2030": "Statement 1"}
    page.keyboard.press("Enter")
    assert text(page, "#details h2") == "May 2030"
    assert "On ships" in text(page, "#details")


def test_keys_go_from_bar_to_bar(page: "Page") -> None:
    page.locator(".bar[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert (page.evaluate("document.activeElement.getAttribute('aria-label')")).startswith("April 2030")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert text(page, "#details h2") == "May 2030"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert text(page, "#details h2") == "Acts"


def test_picture_is_saved(page: "Page", tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(tmp_path / "saved.png")
    assert (tmp_path / "saved.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_hostile_texts_are_only_texts(browser: "Browser", tmp_path: Path) -> None:
    acts = [
        act(
            "Event",
            words,
            "2030-05-01",
            iri=url,
            citations=[{"source": words, "quote": words, "before": words, "url": url}],
        )
        for words, url in zip(HOSTILE, HOSTILE_URLS * 2, strict=False)
    ]
    html = kg.page.timeline(
        acts, title=HOSTILE[1], sources={words: {"title": words, "url": words} for words in HOSTILE}
    )
    for page in shown(browser, tmp_path, html):
        page.locator(".bar").first.click()
        for name in ("all", "sources"):
            page.click(f"#tab-{name}")
        assert page.evaluate("window.__ran") is None
        assert page.locator("#all a, #sources a").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone(browser: "Browser", tmp_path: Path, scheme: str) -> None:
    many = [act("Event", f"Event {i}", f"20{10 + i % 20}-0{1 + i % 9}-11") for i in range(300)]
    html = kg.page.timeline(many, title="Many acts", sources=SOURCES)
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "color_scheme": scheme}
    for page in shown(browser, tmp_path, html, **phone):
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.tap("#by-month")
        # Bars keep a width that a finger can hit; the newest are in view.
        width = page.locator(".bar .back").last.bounding_box()
        assert width is not None
        assert width["width"] >= 9
        left, seen, all_ = page.locator("#bars").evaluate("(b) => [b.scrollLeft, b.clientWidth, b.scrollWidth]")
        assert left + seen >= all_ - 2
