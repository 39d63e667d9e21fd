"""In a real Chromium: a page on a phone, by day and by night, by keys alone, large, and as a picture."""

import re
from pathlib import Path

import pytest

import kg.page
from tests.browser.conftest import LUND, ROJAS, Open, Opened, picture
from tests.page.samples import SOURCES, large, talks

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("count", [400, 1500])
def test_large_page_stands_still_within_two_seconds(open_page: Open, count: int) -> None:
    opened = open_page(kg.page.render(large(count), title="Large", sources=SOURCES))
    assert int(opened.page.locator("html").get_attribute("data-drawn") or 9999) < 2000
    first = picture(opened)
    opened.page.wait_for_timeout(700)
    assert picture(opened) == first


def test_same_graph_gives_the_same_page() -> None:
    pages = {kg.page.render(talks(), title="x", sources=SOURCES, focus=[LUND]) for _ in range(3)}
    assert len(pages) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone(open_page: Open, scheme: str) -> None:
    opened = open_page(
        kg.page.render(talks(), title="A long title " * 9, sources=SOURCES, focus=[LUND, ROJAS]),
        viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True, is_mobile=True,
    )  # fmt: skip
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    drawing, panel = page.locator("#drawing").bounding_box(), page.locator("#panel").bounding_box()
    assert drawing is not None
    assert panel is not None
    assert drawing["height"] > 200
    assert panel["height"] > 250
    assert panel["y"] + panel["height"] <= 845
    opened.find("oslo")
    assert page.locator("#details mark").first.is_visible()
    page.tap("#grow")
    page.wait_for_timeout(300)
    grown = page.locator("#panel").bounding_box()
    assert grown is not None
    assert grown["height"] > panel["height"] + 150


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_by_day_and_by_night(open_page: Open, scheme: str) -> None:
    opened = open_page(kg.page.render(talks(), title="x", sources=SOURCES, focus=[LUND]), color_scheme=scheme)
    opened.find("oslo")
    pairs = opened.page.evaluate(
        """() => [...document.querySelectorAll("#details *, #legend *, .top *, .tabs *, #range *")]
          .filter((node) => [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim()))
          .filter((node) => !node.closest(".disc"))
          .map((node) => {
            let under = node;
            while (getComputedStyle(under).backgroundColor === "rgba(0, 0, 0, 0)") under = under.parentElement;
            return [node.textContent, getComputedStyle(node).color, getComputedStyle(under).backgroundColor];
          })"""
    )
    assert len(pairs) > 30
    for text, ink, paper in pairs:
        darker, lighter = sorted((luminance(ink), luminance(paper)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ink, paper)


def test_scheme_may_change_while_the_page_is_open(talk: Opened) -> None:
    day = picture(talk)
    talk.page.emulate_media(color_scheme="dark")
    talk.page.wait_for_timeout(200)
    night = picture(talk)
    talk.page.emulate_media(color_scheme="light")
    talk.page.wait_for_timeout(200)
    assert night != day
    assert picture(talk) == day


def test_keys_alone_do_everything(talk: Opened) -> None:
    page = talk.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#drawing").focus()
    page.keyboard.press("ArrowRight")
    first = talk.text("#details h2")
    page.keyboard.press("ArrowRight")
    assert talk.text("#details h2") != first
    assert talk.text("#live").startswith(talk.text("#details h2"))
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert talk.text("#details h2") == "Lund and Rojas"
    page.locator("#tab-details").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#all").is_visible()


def test_everything_that_can_be_pressed_has_a_name(talk: Opened) -> None:
    talk.find("oslo")
    nameless = talk.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, [role=application], [role=tabpanel], [role=listbox]")]
          .filter((n) => !(n.getAttribute("aria-label") || n.getAttribute("aria-labelledby") || n.textContent.trim()
            || document.querySelector(`label[for="${n.id}"]`)))
          .map((n) => n.outerHTML)"""
    )
    assert nameless == []
    assert talk.page.locator("html").get_attribute("lang") == "en"


def test_picture_is_saved(talk: Opened, tmp_path: Path) -> None:
    with talk.page.expect_download() as download:
        talk.page.click("#save")
    assert download.value.suggested_filename == "lund-and-rojas.png"
    saved = tmp_path / "saved.png"
    download.value.save_as(saved)
    data = saved.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert width > 600
    assert height > 500
