"""What keeps a server from starting is said in a sentence that names the remedy."""

import socket
from pathlib import Path

import pytest

from kg.errors import BadParameter, MirrorError
from kg.mirror import assemble, java
from kg.mirror.ports import choose
from kg.mirror.releases import SERVERS, SHELL
from kg.mirror.server import Server

pytestmark = pytest.mark.neo4j


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "p" / ".kg").mkdir(parents=True)
    return tmp_path / "p"


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def jvm(folder: Path, version: str, *, release: bool = True) -> Path:
    program(folder / "bin", "java", f"echo 'openjdk version \"{version}\"' >&2")
    if release:
        (folder / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    return folder


def only(monkeypatch: pytest.MonkeyPatch, *places: Path) -> None:
    monkeypatch.setattr(java, "_places", lambda: iter(places))


def test_no_java(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    only(monkeypatch)
    with pytest.raises(MirrorError, match=r"no Java on this machine; install one .*JAVA_HOME"):
        Server(project).up()


def test_java_too_old(monkeypatch: pytest.MonkeyPatch, project: Path, tmp_path: Path) -> None:
    only(monkeypatch, jvm(tmp_path / "a", "1.8.0_401"), jvm(tmp_path / "b", "11.0.2", release=False))
    with pytest.raises(MirrorError, match=r"needs Java 17 or later.*Java 8 in .*a, Java 11 in .*b"):
        Server(project).up()


def test_the_calendar_release_on_java_17_names_the_other_line(
    monkeypatch: pytest.MonkeyPatch, project: Path, tmp_path: Path
) -> None:
    only(monkeypatch, jvm(tmp_path / "a", "17.0.15"))
    with pytest.raises(MirrorError, match=r"needs Java 21 or later.*--version 5"):
        Server(project).up("2026")


def test_the_java_that_neo4j_is_tested_with_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(monkeypatch, *(jvm(tmp_path / v, v) for v in ("25", "26", "17.0.1", "21.0.3")), tmp_path / "absent")
    assert java.java_for(SERVERS["5"]).version == 17
    assert java.java_for(SERVERS["2026"]).version == 21
    only(monkeypatch, jvm(tmp_path / "26", "26"))
    assert java.java_for(SERVERS["5"]).version == 26


def test_no_maven(monkeypatch: pytest.MonkeyPatch, empty_cache: Path, project: Path, tmp_path: Path) -> None:
    only(monkeypatch, jvm(tmp_path / "a", "17.0.15"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MirrorError, match=r"'mvn' is not on the PATH; install it .*--uri"):
        Server(project).up()


def test_maven_without_network(monkeypatch: pytest.MonkeyPatch, empty_cache: Path, tmp_path: Path) -> None:
    """The real Maven, with an empty repository of its own and a way out that leads nowhere."""
    proxy = "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9 -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9"
    monkeypatch.setenv("MAVEN_OPTS", f"-Dmaven.repo.local={tmp_path / 'm2'} {proxy}")
    with pytest.raises(MirrorError, match="cannot reach its repository"):
        assemble.assemble(SHELL)
    assert [path.name for path in (empty_cache / "bilateral-kg").iterdir()] == [".neo4j-shell.lock"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo '[ERROR] something odd -> [Help 1]'; exit 1", "It said: something odd$"),
        ("echo '[ERROR] write: No space left on device'; exit 1", "no space left"),
        ("mkdir -p lib; echo x > lib/evil.jar", r"other jars .*recorded.*nothing was kept"),
    ],
)
def test_maven_fails_or_brings_something_else(
    monkeypatch: pytest.MonkeyPatch, empty_cache: Path, tmp_path: Path, script: str, said: str
) -> None:
    program(tmp_path / "bin", "mvn", f"PATH=/usr/bin:/bin; {script}")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(MirrorError, match=said):
        assemble.assemble(SHELL)
    assert not assemble.is_assembled(SHELL)
    assert not list((empty_cache / "bilateral-kg").glob("*-*-*"))


def test_a_damaged_jar_is_found_and_a_missing_one_is_brought_back(empty_cache: Path) -> None:
    lib = assemble.assemble(SHELL)
    assert assemble.verify(SHELL) == []
    jar = next(lib.glob("cypher-shell-*.jar"))
    content = bytearray(jar.read_bytes())
    content[1000] ^= 1
    jar.write_bytes(bytes(content))
    assert assemble.verify(SHELL) == [jar.name]
    jar.unlink()
    assert not assemble.is_assembled(SHELL)
    assert assemble.assemble(SHELL) == lib
    assert assemble.verify(SHELL) == []


def test_no_disk_space(monkeypatch: pytest.MonkeyPatch, empty_cache: Path) -> None:
    monkeypatch.setattr(assemble, "NEEDED_BYTES", 10**18)
    with pytest.raises(MirrorError, match=r"needs 1000000000000 MB in .* make room"):
        assemble.assemble(SHELL)


def test_a_port_that_is_taken(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(MirrorError, match=rf"Port {port} is taken by another program.*--port"):
            Server(project).up(bolt=port)
        with pytest.raises(MirrorError, match=rf"Port {port} is taken.*--http-port"):
            Server(project).up(http=port)
    assert Server(project).last() is None


def test_ports_stay_as_they_were_while_nobody_else_takes_them() -> None:
    with socket.socket() as one, socket.socket() as two:
        for tried in (one, two):
            tried.bind(("127.0.0.1", 0))
        bolt, http = one.getsockname()[1], two.getsockname()[1]
        assert choose(None, None, (bolt, http)) != (bolt, http)
    assert choose(None, None, (bolt, http)) == (bolt, http)
    assert choose(None, None, (bolt, http), {http}) != (bolt, http)
    assert choose(None, None, None)[0] >= 7687
    with pytest.raises(BadParameter, match="two ports"):
        choose(bolt, bolt, None)
    with pytest.raises(MirrorError, match="taken"):
        choose(bolt, None, None, {bolt})


def test_a_server_that_dies_at_once_shows_the_end_of_its_log(project: Path) -> None:
    server = Server(project)
    with pytest.raises(MirrorError, match=r"(?s)--heap.*The end of .*console\.log:\n    \S"):
        server.up(heap="2m")
    assert server.running() is None
    # The next start does not try the same again.
    assert server.last() is None


def test_a_size_that_is_none(project: Path) -> None:
    with pytest.raises(BadParameter, match="no size"):
        Server(project).up(heap="much")


def test_a_lost_password_is_not_replaced_silently(neo4j_server) -> None:
    server = Server(neo4j_server.project)
    kept = server.password_file.read_text()
    server.password_file.unlink()
    try:
        with pytest.raises(MirrorError, match="kg neo4j remove"):
            server.password()
    finally:
        server.password_file.write_text(kept)
        server.password_file.chmod(0o600)
