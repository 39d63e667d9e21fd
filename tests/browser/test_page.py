"""In a real Chromium: a page of the network opens from a file, asks nobody for anything, and does what it says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import kg.page
from tests.page.samples import BASE, HOSTILE, PRESS, READOUT, SALMON, SOURCES, TABLE, hostile, large, talks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LUND, ROJAS = BASE + "person/NOR.kari-lund", BASE + "person/CHL.ana-rojas"


@dataclass
class Seen:
    """What a page did beside showing itself."""

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@dataclass
class Opened:
    """An open page and what it did."""

    page: "Page"
    seen: Seen

    def text(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).inner_text().split())

    def find(self, text: str) -> None:
        self.page.fill("#find", text)
        self.page.keyboard.press("Enter")


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Open the text of a page from a file; at the end it must have asked for nothing and complained of nothing."""
    contexts, all_seen = [], []

    def open_(html: str, **options: Any) -> Opened:
        path = kg.page.write(tmp_path / f"page-{len(contexts)}.html", html)
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        page, seen = context.new_page(), Seen()
        all_seen.append(seen)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.messages.append(message.text))
        page.on("pageerror", lambda error: seen.messages.append(str(error)))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]")
        # The page itself is no request to anybody.
        assert seen.requests.pop(0) == path.as_uri()
        return Opened(page, seen)

    yield open_
    for context in contexts:
        context.close()
    assert [seen.requests for seen in all_seen] == [[]] * len(all_seen)
    assert [seen.messages for seen in all_seen] == [[]] * len(all_seen)
    assert [seen.dialogs for seen in all_seen] == [[]] * len(all_seen)


@pytest.fixture
def talk(open_page: Open) -> Opened:
    return open_page(
        kg.page.render(talks(), title="Lund and Rojas", sources=SOURCES, focus=[LUND, ROJAS], left_out=1234)
    )


def picture(opened: Opened) -> bytes:
    return opened.page.locator("#drawing").screenshot()


def test_page_opens_from_a_file_and_says_what_it_shows(talk: Opened) -> None:
    assert talk.page.title() == "Lund and Rojas"
    assert talk.text("#stats") == "12 things · 18 links · 3 sources · 1,234 more left out"
    assert "1,234 things more are left out, the least connected" in talk.text("#details")
    assert talk.page.locator("#drawing canvas").count() == 1


def test_policy_stops_what_got_in_all_the_same(browser: "Browser", tmp_path: Path) -> None:
    path = kg.page.write(tmp_path / "page.html", kg.page.render(talks(), title="x", sources=SOURCES))
    page = browser.new_page()
    page.goto(path.as_uri())
    blocked = page.evaluate(
        """async () => {
          const found = [];
          document.addEventListener("securitypolicyviolation", (e) => found.push(e.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.__ran = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<p onclick='window.__ran = 2'>x</p><img src='https://example.org/x'>");
          document.body.lastElementChild.previousElementSibling.click();
          await fetch("https://example.org/").catch(() => {});
          await new Promise((done) => setTimeout(done, 200));
          return [window.__ran === undefined, ...found];
        }"""
    )
    page.close()
    assert blocked[0] is True
    assert set(blocked[1:]) == {"script-src-elem", "script-src-attr", "img-src", "connect-src"}


def test_search_finds_by_name_and_alias_and_opens_the_panel(talk: Opened) -> None:
    talk.page.keyboard.press("/")
    talk.page.keyboard.type("kingdom")
    assert talk.text("#found") == "Norway Kingdom of Norway · State"
    talk.page.keyboard.press("Enter")
    assert talk.text("#details h2") == "Norway"
    assert re.search(r"Capital Oslo \d", talk.text("#details"))
    talk.find("republica de chile")
    assert talk.text("#details h2") == "Chile"
    talk.page.fill("#find", "nobody")
    assert talk.text("#found") == "Nothing of that name on this page"


def test_panel_shows_the_quoted_words_in_their_sentence(talk: Opened) -> None:
    talk.find("salmon of both")
    quote = talk.page.locator("#details blockquote").first
    assert quote.inner_text() == SALMON["before"] + SALMON["quote"] + SALMON["after"]
    assert quote.locator("mark").inner_text() == SALMON["quote"]
    caption = talk.text("#details figure:first-of-type figcaption")
    assert caption.startswith("The Fictional Courier, 6 March 2031 Norway and Chile speak of salmon")
    address = talk.page.locator("#details figure a").first
    assert address.get_attribute("href") == "https://example.org/press?a=1&b=2"
    assert address.get_attribute("rel") == "noopener noreferrer"


def two(relation: str = "met") -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="Left", cls="Person", rank=2)
    graph.add_node("b", label="Right", cls="Person", rank=1)
    graph.add_edge(
        "a", "b", relation=relation, source=PRESS, citations=[SALMON], earliest="2031-03-04", latest="2031-03-04"
    )
    return graph


def test_click_on_a_thing_and_on_a_link(open_page: Open) -> None:
    opened = open_page(kg.page.render(two(), title="Two", sources=SOURCES))
    # Two nodes lie left and right of the middle of what the legend leaves free, at zoom 1.5.
    box = opened.page.locator("#drawing").bounding_box()
    over = opened.page.evaluate("document.getElementById('legend').offsetWidth")
    assert box is not None
    x, y = box["x"] + over + (box["width"] - over) / 2, box["y"] + box["height"] / 2 + 4
    opened.page.mouse.click(x - 103, y)
    assert opened.text("#details h2") == "Left"
    opened.page.mouse.click(x + 103, y)
    assert opened.text("#details h2") == "Right"
    opened.page.mouse.click(x, y)
    assert opened.page.locator("#details .verb").inner_text() == "met, 4 March 2031"
    assert opened.page.locator("#details mark").inner_text() == SALMON["quote"]
    opened.page.mouse.click(x, y + 150)
    assert opened.text("#details h2") == "Two"


def test_filter_by_class(talk: Opened) -> None:
    before = picture(talk)
    talk.page.locator(".kind", has_text="Meeting").click()
    assert talk.text("#stats").startswith("10 of 12 things")
    assert picture(talk) != before
    talk.page.locator(".kind", has_text="Sector").dblclick()
    assert talk.text("#stats").startswith("2 of 12 things")
    # What is searched for is shown, whatever the filters say.
    talk.find("ana rojas")
    assert talk.text("#details h2") == "Ana Rojas"
    assert talk.text("#stats").startswith("12 things")


def test_filter_by_source(talk: Opened) -> None:
    talk.page.click("#tab-sources")
    assert talk.page.locator(".source").count() == 3
    talk.page.locator(".source", has_text="Trade of the world").locator("input").uncheck()
    talk.page.locator(".source", has_text="Norway and Chile speak").locator("input").uncheck()
    talk.page.click("#tab-all")
    listed = talk.text("#all")
    assert "green shipping" in listed
    assert "Norway 4 links" in listed or "Norway 5 links" in listed
    assert "61 million" not in listed
    assert "salmon of both countries" not in listed
    talk.page.click("#tab-sources")
    talk.page.click("text=Untick all")
    # What the page is about stays; nothing else is said without a source.
    assert talk.text("#stats").startswith("2 of 12 things · 0 links")
    talk.page.click("text=Tick all")
    assert talk.text("#stats").startswith("12 things")


def test_filter_by_time(talk: Opened) -> None:
    start = talk.page.get_by_label("From", exact=True)
    assert start.get_attribute("aria-valuetext") == "January 2030"
    start.focus()
    talk.page.keyboard.press("End")
    talk.page.click("#tab-all")
    listed = talk.text("#all")
    assert "March 2031" in talk.text("#range output")
    assert "green shipping" in listed
    assert "margins of APEC" not in listed
    assert "61 million" not in listed
    talk.page.click("text=All times")
    assert talk.text("#stats").startswith("12 things")


def test_nothing_left_offers_to_show_all(talk: Opened) -> None:
    for kind in talk.page.locator(".kind").all():
        kind.click()
    assert talk.page.locator("#nothing").is_visible()
    talk.page.click("#clear")
    assert not talk.page.locator("#nothing").is_visible()
    assert talk.text("#stats").startswith("12 things")


def test_hostile_texts_are_only_texts(open_page: Open) -> None:
    graph, sources = hostile()
    opened = open_page(kg.page.render(graph, title=HOSTILE[1], sources=sources, focus=[HOSTILE[0] + "0"]))
    page = opened.page
    assert page.locator("h1").inner_text() == HOSTILE[1]
    for text in ("script", "onerror", "constructor", "window.__ran=8", "npp", "gnp.exe", "href"):
        page.fill("#find", text)
        if page.locator("#found [role=option]").count():
            page.keyboard.press("Enter")
            page.locator("#details .row").first.click()
    for name in ("all", "sources", "details"):
        page.click(f"#tab-{name}")
    page.locator("#drawing").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.mouse.move(500, 400)
    assert page.evaluate("window.__ran") is None
    assert page.evaluate("({}).polluted") is None
    # Each label stands in the list as it was, but for what has no picture.
    page.click("#tab-all")
    listed = page.locator("#all").inner_text()
    assert "<svg/onload=window.__ran=5>" in listed
    assert "gnp.exe turned around" in listed
    for address in page.evaluate("[...document.links].map((a) => a.href)"):
        assert address.startswith(("https:", "http:", "file:")), address
    assert page.locator("img, iframe, object, embed, form").count() == 0
    assert page.evaluate("document.body.innerHTML.includes('\\u202e')") is False


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


def test_back_leads_the_way_one_came(talk: Opened) -> None:
    talk.find("oslo")
    talk.page.locator("#details .row", has_text="Chile").click()
    talk.page.click("text=‹ Back")
    assert talk.text("#details h2").startswith("Meeting Chile")
    talk.page.click("text=‹ Overview")
    assert talk.text("#details h2") == "Lund and Rojas"


def test_number_of_a_source_leads_to_it(talk: Opened) -> None:
    talk.find("oslo")
    talk.page.locator("#details .ref").first.click()
    assert talk.page.locator("#sources").is_visible()
    assert "Readout of the talks" in talk.text(".source.at")


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


def test_many_parallel_links_are_one_line_that_lists_them(open_page: Open) -> None:
    graph = two("met 0")
    for i in range(1, 9):
        graph.add_edge("a", "b", relation=f"met {i}", source=[READOUT, TABLE][i % 2])
    opened = open_page(kg.page.render(graph, title="Many", sources=SOURCES))
    assert opened.text("#stats") == "2 things · 9 links · 3 sources"
    opened.find("Left")
    assert opened.page.locator("#details .row").count() == 9
    opened.page.locator("#details div", has_text="met 3 →").locator(".row").first.click()
    assert opened.page.locator("#details .verb").inner_text() == "met 3"
