"""The releases of Neo4j that kg can assemble; each is described by a pom beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from kg.errors import UnknownName

_POM = "{http://maven.apache.org/POM/4.0.0}"


@dataclass(frozen=True, slots=True)
class Release:
    """A set of jars that Maven collects: a line of servers ("5", "2026") or the Cypher shell.

    `java` is the lowest Java version it runs on, `prefer` the versions its makers test, best first.
    """

    line: str
    java: int
    prefer: tuple[int, ...]
    main: str

    @property
    def pom(self) -> Path:
        """The pom that says which artifacts belong to the release."""
        return Path(__file__).parent / f"pom-{self.line}.xml"

    @property
    def sums(self) -> Mapping[str, str]:
        """SHA-256 of each jar by its file name, as recorded when the pom was written."""
        return _sums(self.pom.with_suffix(".sha256"))

    @property
    def version(self) -> str:
        """The full version, such as "5.26.30"."""
        return _version(self.pom)

    @property
    def title(self) -> str:
        """What a person calls it."""
        return f"Cypher shell {self.version}" if self.line == "shell" else f"Neo4j {self.version}"


@cache
def _version(pom: Path) -> str:
    # The file travels in the package, so it is ours.
    version = ElementTree.parse(pom).findtext(f"{_POM}properties/{_POM}neo4j.version")  # noqa: S314
    if version is None:
        raise AssertionError(f"{pom} names no neo4j.version")
    return version


@cache
def _sums(path: Path) -> Mapping[str, str]:
    lines = path.read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


SERVERS: Mapping[str, Release] = {
    "5": Release("5", 17, (17, 21), "org.neo4j.server.CommunityEntryPoint"),
    "2026": Release("2026", 21, (21, 25), "org.neo4j.server.Neo4jCommunity"),
}
SHELL = Release("shell", 17, (17, 21), "org.neo4j.shell.Main")


def release(line: str) -> Release:
    """The server release of a line ("5", "2026") or of a full version. Raises UnknownName for any other."""
    for found in SERVERS.values():
        if line in (found.line, found.version):
            return found
    known = ", ".join(f"{found.line} ({found.version})" for found in SERVERS.values())
    raise UnknownName(f"There is no Neo4j version '{line}' here; the versions are {known}.")
