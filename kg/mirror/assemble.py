"""Assemble a release of Neo4j from Maven artifacts, once, in the user's cache."""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.errors import MirrorError
from kg.mirror.files import locked
from kg.mirror.java import java_for
from kg.mirror.releases import Release

Say = Callable[[str], None]

# Jars, their copies in Maven's own store, and some room.
NEEDED_BYTES = 700_000_000
_MAVEN_SECONDS = 3600
_OFFLINE = ("UnknownHost", "Temporary failure in name resolution", "Network is unreachable", "offline mode")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_REFUSED = ("Could not transfer", "Connection refused", "Connection timed out", "connect timed out", "Connection reset")


def silent(_: str) -> None:
    """Say nothing."""


def cache_folder() -> Path:
    """The user's cache of kg: XDG_CACHE_HOME or ~/.cache, then bilateral-kg."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "bilateral-kg"


def folder(release: Release) -> Path:
    """Where the jars of `release` lie once they are assembled."""
    return cache_folder() / f"neo4j-{release.line if release.line == 'shell' else release.version}"


def is_assembled(release: Release) -> bool:
    """Whether every jar that belongs to `release` is there in its full size, and no other."""
    place = folder(release)
    try:
        manifest = json.loads((place / "jars.json").read_text(encoding="utf-8"))
        sizes = {path.name: path.stat().st_size for path in (place / "lib").iterdir()}
    except (OSError, ValueError):
        return False
    return bool(manifest == {"sums": dict(release.sums), "sizes": sizes})


def verify(release: Release) -> list[str]:
    """Names of jars in the cache that are missing, extra or not what their recorded SHA-256 says."""
    return _wrong(release, folder(release) / "lib")


def assemble(release: Release, say: Say = silent) -> Path:
    """The folder of the jars of `release`; collects them with Maven when they are not in the cache yet.

    Raises MirrorError when Java, Maven, the network or disk space is missing, or a jar is not the one
    whose SHA-256 is recorded.
    """
    place = folder(release)
    if is_assembled(release):
        return place / "lib"
    with locked(place.with_name(f".{place.name}.lock")):
        if not is_assembled(release):
            say(f"Collecting {release.title} with Maven, once, into {place} ...")
            _collect(release, place)
    return place / "lib"


def need_space(where: Path, needed: int, what: str) -> None:
    """Raise MirrorError when the disk under `where` has not `needed` bytes left."""
    where.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(where).free
    if free < needed:
        raise MirrorError(
            f"{what} needs {needed // 1_000_000} MB in {where}, but only {free // 1_000_000} MB are free; "
            f"make room there."
        )


def _collect(release: Release, place: Path) -> None:
    java = java_for(release)
    maven = shutil.which("mvn")
    if maven is None:
        raise MirrorError(
            f"Maven is needed to collect {release.title} and 'mvn' is not on the PATH; install it "
            "(Debian: apt-get install maven), or use a server of your own with --uri."
        )
    try:
        need_space(place.parent, NEEDED_BYTES, f"Collecting {release.title}")
        for left in place.parent.glob(f".{place.name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        try:
            shutil.copyfile(release.pom, draft / "pom.xml")
            _run_maven(release, maven, java.home, draft)
            if wrong := _wrong(release, draft / "lib"):
                raise MirrorError(
                    f"Maven brought other jars for {release.title} than were recorded ({', '.join(wrong[:5])}"
                    f"{' ...' if len(wrong) > 5 else ''}); nothing was kept. Remove these artifacts from "
                    "Maven's local repository (~/.m2/repository) and try again."
                )
            sizes = {path.name: path.stat().st_size for path in (draft / "lib").iterdir()}
            manifest = {"sums": dict(release.sums), "sizes": sizes}
            (draft / "jars.json").write_text(json.dumps(manifest), encoding="utf-8")
            draft.chmod(0o755)
            if place.exists():
                place.rename(draft.with_name(f"{draft.name}-old"))
                shutil.rmtree(draft.with_name(f"{draft.name}-old"), ignore_errors=True)
            draft.rename(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise MirrorError(f"The disk is full under {place.parent}; make room and try again.") from error
        raise MirrorError(f"{error.filename or place.parent}: {error.strerror}.") from error


def _run_maven(release: Release, maven: str, java_home: Path, draft: Path) -> None:
    command = [
        maven, "-B", "-q", "-ntp", "-Dstyle.color=never",
        # In full, so that Maven says what it could not reach rather than that it knows no such plug-in.
        "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies",
        "-DincludeScope=runtime", f"-DoutputDirectory={draft / 'lib'}",
    ]  # fmt: skip
    environment = {**os.environ, "JAVA_HOME": str(java_home)}
    try:
        ran = subprocess.run(
            command,
            cwd=draft,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_MAVEN_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MirrorError(f"Maven did not finish {release.title} within an hour; try again.") from error
    if ran.returncode == 0:
        return
    lines = [line.strip() for line in _ESCAPES.sub("", ran.stdout).splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("[ERROR]")] or lines
    first = errors[0].removeprefix("[ERROR]").removesuffix("-> [Help 1]").strip() if errors else "nothing"
    if "No space left on device" in ran.stdout:
        raise MirrorError(f"Maven found no space left for {release.title}; make room and try again.")
    if any(sign in ran.stdout for sign in _OFFLINE + _REFUSED):
        raise MirrorError(
            f"Maven cannot reach its repository, so {release.title} cannot be collected; connect to the "
            f"network (or set a mirror in ~/.m2/settings.xml) and try again. Maven said: {first}"
        )
    raise MirrorError(f"Maven could not collect {release.title}. It said: {first}")


def _wrong(release: Release, lib: Path) -> list[str]:
    present = {path.name: path for path in lib.iterdir()} if lib.is_dir() else {}
    wrong = sorted(set(present) ^ set(release.sums))
    for name in sorted(set(present) & set(release.sums)):
        with present[name].open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != release.sums[name]:
                wrong.append(name)
    return wrong
