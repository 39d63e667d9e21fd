"""In the real Neo4j Browser: one command brings a person in, and what kg brought is there and works."""

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kg.cli.main import run
from kg.mirror import browser as brought
from kg.mirror.browser import HandOver
from kg.mirror.server import Running, Server
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, vocabulary
from kg.ontology import model

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.neo4j]

WAIT = 60_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Server]:
    """The server of a project with the worked example, mirrored."""
    project = tmp_path_factory.mktemp("browser-project")
    line = os.environ.get("KG_TEST_NEO4J", "5")
    try:
        for command in (
            ("init", project),
            ("load", "-C", project, root / "examples" / "fjord-andes"),
            ("neo4j", "up", "-C", project, "--version", line),
            ("mirror", "sync", "-C", project),
        ):
            assert run([str(part) for part in command]) == 0
        yield Server(project)
    finally:
        Server(project).down()


@pytest.fixture(scope="module")
def page(server: Server, browser: "Browser") -> Iterator["Page"]:
    """Browser as `kg neo4j open` leaves it."""
    context = browser.new_context(viewport={"width": 1500, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(WAIT)
    enter(page, server)
    yield page
    context.close()


def enter(page: "Page", server: Server) -> HandOver:
    found = running(server)
    hand_over = HandOver(found.browser, "neo4j", server.password())
    waiting = Thread(target=hand_over.wait, args=(30.0,))
    waiting.start()
    page.goto(hand_over.address)
    page.locator("text=You are connected as user").wait_for()
    waiting.join()
    assert hand_over.given
    return hand_over


def running(server: Server) -> Running:
    found = server.running()
    assert found is not None
    return found


def guide_queries() -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<pre [^>]*>(.*?)</pre>", brought.guide(), re.DOTALL)]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def run_in_editor(page: "Page", text: str) -> "Locator":
    """Run `text`, which stands in the editor, and wait until its frame on top is done; return that frame."""
    page.locator("[data-testid=editor-Run]").click()
    frame = page.locator("[data-testid=frame]").filter(
        has=page.locator("[data-testid=frameCommand]", has_text=squeezed(text))
    )
    frame.locator("[data-testid=rerunFrameButton]").wait_for()
    frame.locator("[data-testid=frame-loaded-contents]").wait_for()
    return frame


def test_one_command_leads_to_a_connected_browser(page: "Page", server: Server) -> None:
    assert page.url == f"http://127.0.0.1:{running(server).http}/browser/index.html"
    assert server.password() not in page.content()


def test_the_guide_is_open_and_its_queries_work(page: "Page", server: Server) -> None:
    """Each query is clicked and run, and draws nodes, or fills a table where it asks for one."""
    drawn = {}
    page.locator("[data-testid=pagination-1]").wait_for()
    slides = page.locator("[data-testid^=pagination-]").count()
    assert slides == brought.guide().count("<slide>")
    for slide in range(slides):
        page.locator(f"[data-testid=pagination-{slide + 1}]").click()
        for number in range(page.locator("[data-testid=guidesDrawer] pre.runnable").count()):
            query = page.locator("[data-testid=guidesDrawer] pre.runnable").nth(number)
            text = squeezed(query.inner_text())
            query.click()
            frame = run_in_editor(page, text)
            frame.locator("svg g.node, tbody tr").first.wait_for()
            drawn[text] = frame.locator("svg g.node").count()
            frame.get_by_title("Close").click()
            frame.wait_for(state="detached")
    wanted = guide_queries()
    assert sorted(drawn) == sorted(squeezed(text) for text in wanted)
    assert {text for text, nodes in drawn.items() if nodes < 2} == {text for text in drawn if "ORDER BY" in text}


def test_the_style_is_in_force(page: "Page") -> None:
    page.locator("[data-testid=navigationGuides]").click()
    text = "MATCH p = (:Person)-[:ATTENDED]->(:Meeting)-[:PARTY]->(:State) RETURN p LIMIT 20"
    page.locator("[data-testid=activeEditor] .monaco-editor").first.click()
    page.keyboard.insert_text(text)
    frame = run_in_editor(page, text)
    frame.locator("svg g.node").first.wait_for()
    colours = {
        node.text_content(): node.locator("circle.b-outline").get_attribute("fill")
        for node in frame.locator("svg g.node").all()
    }
    captions = "".join(text or "" for text in colours)
    assert "Norway" in captions
    wanted = {model().cls(name).colour for name in ("Person", "Meeting", "State")}
    assert set(colours.values()) == wanted


def test_what_is_deleted_by_hand_is_named_and_mended(
    page: "Page", server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "MATCH (:Person {name: 'Ingrid Solheim'})-[a:ATTENDED]->(:Meeting) WITH a LIMIT 1 DELETE a"
    page.locator("[data-testid=activeEditor] .monaco-editor").first.click()
    page.keyboard.insert_text(text)
    frame = run_in_editor(page, text)
    frame.get_by_text("Deleted 1 relationship").first.wait_for()

    def verify(*options: str) -> tuple[int, str]:
        code = run(["mirror", "verify", "-C", str(server.folder.parents[1]), *options])
        return code, capsys.readouterr().out

    assert verify()[0] == 1
    code, said = verify()
    assert code == 1 and "missing" in said and "ingrid-solheim)-[:ATTENDED]->(meeting/" in said
    assert verify("--repair")[0] == 0
    assert verify()[0] == 0


def test_saved_queries_are_there_by_topic(page: "Page") -> None:
    page.locator("[data-testid=navigationFavorites]").click()
    for topic in {saved.topic for saved in brought.saved_queries()}:
        page.get_by_text(brought.topic_title(topic), exact=True).wait_for()
    page.get_by_text("kg: Who met whom", exact=True).click()
    page.get_by_text("Whom a person met", exact=True).wait_for()


def test_what_a_person_saved_and_coloured_stays(page: "Page", server: Server) -> None:
    # Where Browser does not run: it writes what it holds over what it finds.
    page.goto(f"http://127.0.0.1:{running(server).http}/")
    page.evaluate(
        """() => {
            const get = (key) => JSON.parse(localStorage.getItem(`neo4j.${key}`));
            const set = (key, value) => localStorage.setItem(`neo4j.${key}`, JSON.stringify(value));
            set("documents", [...get("documents"), {id: "mine", content: "// Mine\\nRETURN 1"}]);
            const grass = get("grass");
            grass["node.Person"].color = "#123456";
            set("grass", grass);
        }"""
    )
    enter(page, server)
    kept = page.evaluate(
        """() => ({
            documents: JSON.parse(localStorage.getItem("neo4j.documents")).map((d) => d.id),
            colour: JSON.parse(localStorage.getItem("neo4j.grass"))["node.Person"].color,
        })"""
    )
    assert kept["documents"].count("mine") == 1
    assert kept["colour"] == "#123456"
    ours = [f"kg-{saved.topic}-{saved.name}" for saved in brought.saved_queries()]
    assert sorted(name for name in kept["documents"] if str(name).startswith("kg-")) == sorted(ours)


def test_nothing_is_asked_of_the_outside(server: Server, browser: "Browser") -> None:
    context = browser.new_context()
    page = context.new_page()
    reached = []
    page.on("requestfinished", lambda request: reached.append(request.url))
    page.on("response", lambda response: reached.append(response.url))
    enter(page, server)
    page.wait_for_timeout(2000)
    context.close()
    assert reached
    assert [url for url in reached if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


def test_the_login_is_given_once_and_only_for_the_token(server: Server) -> None:
    import http.client

    found = running(server)
    hand_over = HandOver(found.browser, "neo4j", server.password())
    port = int(hand_over.address.split("#")[1].split(".")[0])
    waiting = Thread(target=hand_over.wait, args=(20.0,))
    waiting.start()

    def ask(path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    assert ask("/wrong")[0] == 404
    assert ask("/")[0] == 404
    status, body = ask(f"/{hand_over.token}")
    assert status == 200
    assert server.password() in body
    waiting.join()
    with pytest.raises(OSError, match="refused"):
        ask(f"/{hand_over.token}")


def test_every_saved_query_runs_and_names_only_what_the_ontology_knows(server: Server) -> None:
    """Those of which the example holds nothing run all the same."""
    words = vocabulary()
    known = {BASE_LABEL, DESCRIBES, *words.by_type, *words.links_by_type, *(s.type for s in words.shortcuts)}
    known |= {label for labels in words.labels.values() for label in labels}
    empty = []
    with server.driver() as driver:
        for saved in brought.saved_queries():
            names = re.findall(r"[:|]\s*([A-Z][A-Za-z_]+)", re.sub(r"//.*|'[^']*'", "", saved.text))
            assert set(names) <= known, saved.name
            if not driver.execute_query(saved.text).records:
                empty.append(saved.name)
    assert set(empty) <= {"2-votes", "3-events", "3-due"}


def test_without_a_token_the_form_knows_all_but_the_password(server: Server, browser: "Browser") -> None:
    found = running(server)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(found.browser)
    page.locator("[data-testid=username]").wait_for()
    assert page.locator("[data-testid=username]").input_value() == "neo4j"
    assert str(found.bolt) in page.locator("[data-testid=boltaddress]").input_value()
    page.locator("[data-testid=password]").fill(server.password())
    page.locator("[data-testid=connect]").click()
    page.locator("text=You are connected as user").wait_for()
    context.close()
