"""Which Neo4j is meant, and what is said when it cannot be reached."""

from pathlib import Path

import pytest

from kg.errors import BadParameter, MirrorError, ProjectError
from kg.mirror.connection import connect, resolve
from kg.mirror.options import Options

pytestmark = pytest.mark.neo4j


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".kg").mkdir()
    return tmp_path


def configure(project: Path, text: str) -> None:
    (project / ".kg" / "config.toml").write_text(text)


def test_the_projects_own_server_needs_nothing(neo4j_server) -> None:
    target = resolve(neo4j_server.project)
    assert (target.uri, target.user, target.database) == (neo4j_server.uri, "neo4j", "neo4j")
    assert neo4j_server.password not in repr(target)
    with connect(neo4j_server.project) as driver:
        assert driver.execute_query("RETURN 1 AS x").records[0]["x"] == 1
    port = neo4j_server.uri.rpartition(":")[2]
    assert resolve(neo4j_server.project, Options(uri=f"neo4j://localhost:{port}")).password == neo4j_server.password


def test_options_come_before_environment_before_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "secret").write_text("from file\n")
    configure(project, '[neo4j]\nuri = "bolt://a"\nuser = "u"\ndatabase = "d"\npassword_file = "secret"\n')
    target = resolve(project)
    assert (target.uri, target.user, target.database, target.password) == ("bolt://a", "u", "d", "from file")
    monkeypatch.setenv("KG_NEO4J_URI", "bolt://b")
    monkeypatch.setenv("KG_NEO4J_USER", "v")
    monkeypatch.setenv("KG_NEO4J_PASSWORD", "from environment")
    target = resolve(project)
    assert (target.uri, target.user, target.password) == ("bolt://b", "v", "from environment")
    target = resolve(project, Options(uri="neo4j+s://c", user="w", database="e"))
    assert (target.uri, target.user, target.database) == ("neo4j+s://c", "w", "e")
    monkeypatch.delenv("KG_NEO4J_PASSWORD")
    (project / "other").write_text("other")
    monkeypatch.setenv("KG_NEO4J_PASSWORD_FILE", str(project / "other"))
    assert resolve(project).password == "other"


@pytest.mark.parametrize(
    "uri", ["http://localhost:7474", "localhost:7687", "bolt://", "bolt://u:p@h:7687", "bolt://u@h", "bolt://h:x"]
)
def test_an_address_that_is_none(project: Path, uri: str) -> None:
    with pytest.raises(BadParameter) as raised:
        resolve(project, Options(uri=uri))
    assert "u:p" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[neo4j", "config.toml cannot be read"),
        ('[neo4j]\npassword = "x"', "password_file"),
        ('[neo4j]\nhost = "x"', "host"),
        ("[neo4j]\nuri = 1", "uri = 1"),
        ("neo4j = 1", "table"),
    ],
)
def test_a_wrong_config_file(project: Path, text: str, said: str) -> None:
    configure(project, text)
    with pytest.raises(ProjectError, match=said):
        resolve(project)


def test_no_server_and_no_password(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MirrorError, match=r"kg neo4j up.*--uri"):
        resolve(project)
    with pytest.raises(MirrorError, match="KG_NEO4J_PASSWORD"):
        resolve(project, Options(uri="bolt://127.0.0.1:9"))
    monkeypatch.setenv("KG_NEO4J_PASSWORD_FILE", str(project / "absent"))
    with pytest.raises(MirrorError, match="absent, cannot be read: No such file"):
        resolve(project, Options(uri="bolt://127.0.0.1:9"))


def test_a_server_that_is_away_refuses_or_has_no_such_database(
    neo4j_server, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", "wrong password")
    with pytest.raises(MirrorError, match=r"No Neo4j answers at bolt://127\.0\.0\.1:9;"):
        connect(project, Options(uri="bolt://127.0.0.1:9"))
    with pytest.raises(MirrorError, match=r"The host in .* is not known"):
        connect(project, Options(uri="bolt://host.invalid"))
    with pytest.raises(MirrorError, match=r"does not let user neo4j in.*from KG_NEO4J_PASSWORD"):
        connect(project, Options(uri=neo4j_server.uri))
    with pytest.raises(MirrorError, match="encrypted connection"):
        connect(project, Options(uri=neo4j_server.uri.replace("bolt:", "bolt+s:")))
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    with pytest.raises(MirrorError, match="no database 'absent'"):
        connect(project, Options(uri=neo4j_server.uri, database="absent"))
    with connect(project, Options(uri=neo4j_server.uri)) as driver:
        driver.verify_connectivity()


def test_a_password_is_asked_for_on_a_terminal_only(neo4j_server, kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PROJECT", str(neo4j_server.project))
    answer = kg("cypher", "RETURN 1", "--uri", "bolt://127.0.0.1:9", input="secret\n")
    assert answer.exit_code == 1
    assert "There is no password" in answer.stderr
    assert "secret" not in answer.output
