"""`kg neo4j` in the words and codes that people see."""

import http.client
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.mirror import browser
from kg.ontology import data_path

pytestmark = pytest.mark.neo4j


@pytest.fixture(autouse=True)
def _in_the_project(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "neo4j_server" in request.fixturenames:
        monkeypatch.setenv("KG_PROJECT", str(request.getfixturevalue("neo4j_server").project))


def test_up_and_status_tell_addresses_but_no_password(neo4j_server, kg) -> None:
    up = kg("neo4j", "up")
    assert up.exit_code == 0
    assert neo4j_server.uri in up.stdout
    assert "already runs" in up.stderr
    status = kg("neo4j", "status")
    found = json.loads(status.stdout)
    assert (found["running"], found["uri"], found["version"]) == (True, neo4j_server.uri, neo4j_server.version)
    assert neo4j_server.password not in up.output + status.output


def test_without_a_server(kg, tmp_path: Path) -> None:
    assert kg("init", tmp_path / "fresh").exit_code == 0
    here = ("-C", tmp_path / "fresh")
    status = kg("neo4j", "status", *here)
    assert (status.exit_code, json.loads(status.stdout)) == (1, {"running": False})
    assert kg("neo4j", "down", *here).exit_code == 0
    assert kg("neo4j", "remove", *here).exit_code == 0
    shell = kg("neo4j", "shell", *here)
    assert (shell.exit_code, "kg neo4j up" in shell.stderr) == (1, True)
    assert not (tmp_path / "fresh" / ".kg" / "neo4j").exists()
    assert kg("neo4j", "upp").exit_code == 2
    assert kg("neo4j", "up", *here, "--version", "4").exit_code == 2
    assert kg("neo4j", "up", *here, "--heap", "lots").exit_code == 2


def test_the_shell_runs_a_query(neo4j_server) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "neo4j", "shell", "--format", "plain", "RETURN 40 + 2 AS answer"],
        capture_output=True,
        text=True,
        env={**os.environ, "NEO4J_ADDRESS": "bolt://elsewhere:1"},
        check=False,
    )
    assert (ran.returncode, ran.stdout.split()) == (0, ["answer", "42"]), ran.stderr


def test_open_waits_for_the_browser_and_hands_over_the_login(neo4j_server) -> None:
    command = [sys.executable, "-m", "kg", "neo4j", "open", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as opening:
        assert opening.stdout is not None
        assert "two minutes" in opening.stdout.readline()
        address = opening.stdout.readline().strip()
        assert neo4j_server.password not in address
        page, _, fragment = address.partition("#")
        port, _, token = fragment.partition(".")
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
        connection.request("GET", f"/{token}")
        answer = connection.getresponse()
        assert answer.getheader("Access-Control-Allow-Origin") == page.partition("/browser/")[0]
        assert json.loads(answer.read()) == {"user": "neo4j", "password": neo4j_server.password}
        connection.close()
    assert opening.returncode == 0


def test_what_browser_is_given_is_served_with_it(neo4j_server, kg) -> None:
    found = json.loads(kg("neo4j", "status").stdout)
    connection = http.client.HTTPConnection("127.0.0.1", found["http"], timeout=10)
    for page, holds in ((browser.START_PAGE, "kg.js"), ("kg.json", "node.Person"), (browser.GUIDE_PAGE, "runnable")):
        connection.request("GET", f"/browser/{page}")
        answer = connection.getresponse()
        assert answer.status == 200
        assert holds in answer.read().decode()
        assert "default-src 'self'" in (answer.getheader("Content-Security-Policy") or "")
    connection.close()


def test_the_kit_for_other_servers(kg, tmp_path: Path) -> None:
    told = kg("neo4j", "kit", "for-browser").stdout.split()
    assert [Path(path).name for path in told] == ["style.grass", "guide.html", "queries.zip"]
    with zipfile.ZipFile(tmp_path / "for-browser" / "queries.zip") as archive:
        assert len(archive.namelist()) == len(browser.saved_queries())
        assert all(archive.read(name).startswith(b"// ") for name in archive.namelist())


def test_the_style_file_is_that_of_the_ontology() -> None:
    """When this fails: python scripts/neo4j_style.py."""
    written = (data_path("cypher") / "browser" / "style.grass").read_text(encoding="utf-8")
    assert written == browser.grass(browser.style())


def test_general_labels_come_first_in_the_style() -> None:
    """Browser lets the last rule that fits win."""
    order = list(browser.style())
    assert order.index("node.Thing") < order.index("node.Organisation")
    assert order.index("node.Organisation") < order.index("node.Polity") < order.index("node.State")
    assert order.index("node.Concept") < order.index("node.Sector")


def test_every_query_has_a_title_and_the_guide_names_only_some_that_exist() -> None:
    for saved in browser.saved_queries():
        assert saved.text.startswith("// "), saved.name
        assert saved.title, saved.name
    assert "<query>" not in browser.guide()


def test_fetch_says_where_the_jars_are_and_that_they_are_whole(kg) -> None:
    fetched = kg("neo4j", "fetch", "--version", "5", "--check")
    assert fetched.exit_code == 0
    assert "Neo4j 5." in fetched.stdout
