"""In a real Chromium: a page of the network opens from a file, asks nobody for anything, and does what it says."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import kg.page
from tests.browser.conftest import Open, Opened, picture
from tests.page.samples import HOSTILE, PRESS, READOUT, SALMON, SOURCES, TABLE, hostile, talks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
