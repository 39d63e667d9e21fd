"""An open page, what it did beside showing itself, and what several tests ask of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg.page
from tests.page.samples import BASE, SOURCES, talks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
