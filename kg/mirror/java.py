"""Find a Java on this machine that fits a release."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import MirrorError
from kg.mirror.releases import Release

_VERSION = re.compile(r'(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)')


@dataclass(frozen=True, slots=True)
class Java:
    """A Java on this machine: its folder and its main version (17, 21 ...)."""

    home: Path
    version: int

    @property
    def program(self) -> Path:
        """The program `java`."""
        return self.home / "bin" / "java"


def _places() -> Iterator[Path]:
    """Folders that may be the home of a Java, in the order in which a person would expect them to be tried."""
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if program := shutil.which("java"):
        yield Path(program).resolve().parent.parent
    user = Path.home()
    for parent in (
        Path("/usr/lib/jvm"),
        Path("/usr/java"),
        Path("/opt"),
        Path("/opt/java"),
        Path("/usr/local/opt"),
        Path("/opt/homebrew/opt"),
        user / ".sdkman/candidates/java",
        user / ".jdks",
        user / ".local/share/mise/installs/java",
    ):
        if parent.is_dir():
            yield from sorted(parent.iterdir())
    for parent in (Path("/Library/Java/JavaVirtualMachines"), user / "Library/Java/JavaVirtualMachines"):
        if parent.is_dir():
            yield from (found / "Contents/Home" for found in sorted(parent.iterdir()))


def _version(home: Path) -> int | None:
    """The main version of the Java at `home`; None when there is none that runs."""
    program = home / "bin" / "java"
    try:
        if not os.access(program, os.X_OK):
            return None
        release = home / "release"
        text = release.read_text(encoding="utf-8", errors="replace") if release.is_file() else ""
        if not _VERSION.search(text):
            ran = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=30, check=False)
            text = ran.stderr + ran.stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(text)
    return int(found[1]) if found else None


def javas() -> list[Java]:
    """Every Java found on this machine, the user's own choice (JAVA_HOME, then the PATH) first."""
    found: dict[Path, Java] = {}
    for place in _places():
        home = place.resolve()
        if home not in found and (version := _version(home)) is not None:
            found[home] = Java(home, version)
    return list(found.values())


def java_for(release: Release) -> Java:
    """The Java to run `release` with: a version that its makers test, else the first that is new enough.

    Raises MirrorError that says what to install when none fits.
    """
    found = javas()
    fitting = [java for java in found if java.version >= release.java]
    for version in release.prefer:
        for java in fitting:
            if java.version == version:
                return java
    if fitting:
        return fitting[0]
    want = f"{release.title} needs Java {release.java} or later"
    where = "install one (Debian: apt-get install default-jre-headless) or set JAVA_HOME"
    if not found:
        raise MirrorError(f"{want} and there is no Java on this machine; {where}.")
    have = ", ".join(f"Java {java.version} in {java.home}" for java in found)
    other = "" if release.java <= 17 or found[0].version < 17 else ", or take the other line with --version 5"
    raise MirrorError(f"{want}, but here there is only {have}; {where}{other}.")
