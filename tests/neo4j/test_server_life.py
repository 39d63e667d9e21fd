"""A project's server is started, found again, survives what happens to it, and ends."""

import json
import os
import signal
import stat
import time
from pathlib import Path

import pytest

from kg.errors import MirrorError, UnknownName
from kg.mirror.java import javas
from kg.mirror.server import Server

pytestmark = pytest.mark.neo4j


@pytest.fixture(params=["5", "2026"])
def line(request: pytest.FixtureRequest) -> str:
    if request.param == "2026" and max(java.version for java in javas()) < 21:
        pytest.skip("Neo4j 2026 needs Java 21 or later")
    return str(request.param)


def test_a_server_outlives_kill_and_keeps_its_data_and_place(neo4j_server, tmp_path: Path, line: str) -> None:
    """Also: two projects side by side (the session's server is the other one), stale process numbers, down twice."""
    project = tmp_path / "a project: with spaces"
    (project / ".kg").mkdir(parents=True)
    server = Server(project)
    assert server.down() is None
    first = server.up(line)
    try:
        assert first.uri != neo4j_server.uri
        with server.driver() as driver:
            driver.execute_query("UNWIND range(1, 1000) AS i CREATE (:T {i: i})")
        os.kill(first.pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while server.running() is not None and time.monotonic() < until:
            time.sleep(0.05)
        assert server.running() is None
        with pytest.raises(MirrorError, match="kg neo4j up"):
            server.driver()
        assert server.down() is None

        # After a restart of the machine the number may be another program's.
        state = server.folder / "server.json"
        state.write_text(json.dumps({**json.loads(state.read_text()), "pid": os.getpid()}))
        assert server.running() is None

        again = server.up()
        assert again.line == line
        assert server.up() == again
        with server.driver() as driver:
            assert driver.execute_query("MATCH (n:T) RETURN count(n) AS n").records[0]["n"] == 1000
    finally:
        server.down()
    assert server.running() is None
    assert server.down() is None
    server.remove()
    assert not server.folder.exists()


def test_up_again_changes_nothing_and_refuses_another_line_or_port(neo4j_server) -> None:
    server = Server(neo4j_server.project)
    found = server.running()
    assert found is not None
    assert server.up() == found
    other = "2026" if found.line == "5" else "5"
    with pytest.raises(MirrorError, match="kg neo4j down"):
        server.up(other)
    with pytest.raises(MirrorError, match="already runs"):
        server.up(bolt=found.bolt + 1)
    with pytest.raises(UnknownName, match="5 \\("):
        server.up("3")


def test_the_password_is_private_and_nowhere_else(neo4j_server) -> None:
    server = Server(neo4j_server.project)
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.password_file.stat().st_mode) == 0o600
    assert len(neo4j_server.password) >= 24
    found = server.running()
    secret = neo4j_server.password.encode()
    process = Path(f"/proc/{found.pid}")
    if process.exists():
        assert secret not in (process / "cmdline").read_bytes()
        assert secret not in (process / "environ").read_bytes()
    holders = [path for path in server.folder.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert holders == [server.password_file]


def test_only_this_machine_reaches_it_and_it_reaches_nobody(neo4j_server) -> None:
    with neo4j_server.driver() as driver:
        records, _, _ = driver.execute_query("SHOW SETTINGS YIELD name, value RETURN name, value")
    settings = {record["name"]: record["value"] for record in records}
    for name in ("server.bolt.listen_address", "server.http.listen_address", "server.default_listen_address"):
        assert settings[name].startswith("127.0.0.1")
    assert settings["server.bolt.advertised_address"] == neo4j_server.uri.removeprefix("bolt://")
    assert settings["dbms.usage_report.enabled"] == "false"
    assert settings["client.allow_telemetry"] == "false"
    assert settings["dbms.security.auth_enabled"] == "true"


def test_wrong_password_is_refused_by_the_server(neo4j_server) -> None:
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError

    with GraphDatabase.driver(neo4j_server.uri, auth=("neo4j", "neo4j")) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()
