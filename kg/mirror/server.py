"""A Neo4j server for one project: start it, find it again, end it.

Everything of it lies in the project's folder `.kg/neo4j`::

    server.json   what runs or ran last: line, ports, process
    password      of the user neo4j; only the user may read it
    lock          held while a server is started or ended
    5/, 2026/     home of the server of each line: conf, data, logs, browser.jar
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import BadParameter, MirrorError
from kg.mirror import assemble, browser, config
from kg.mirror.assemble import Say, silent
from kg.mirror.files import locked, tail, write_whole
from kg.mirror.java import java_for
from kg.mirror.ports import answers, choose, reserving
from kg.mirror.process import end, environment, is_process, launch
from kg.mirror.releases import SERVERS, Release, release

if TYPE_CHECKING:
    from neo4j import Driver

DEFAULT_HEAP = "1g"
DEFAULT_PAGE_CACHE = "512m"
_START_SECONDS = 300.0
_STOP_SECONDS = 90.0
_NEEDED_BYTES = 200_000_000
_MEMORY = ("OutOfMemoryError", "Could not reserve", "Invalid memory configuration", "initialization of VM")
_SIZE = re.compile(r"\d+[mMgG]")
# Named from the server's home, since a class path cannot hold a folder with a colon in its name.
_BROWSER_JAR = "browser.jar"


@dataclass(frozen=True, slots=True)
class Running:
    """A server of a project: its line and version, its ports, its process and the memory it was given."""

    line: str
    version: str
    bolt: int
    http: int
    pid: int
    heap: str = DEFAULT_HEAP
    page_cache: str = DEFAULT_PAGE_CACHE

    @property
    def uri(self) -> str:
        """Where drivers connect."""
        return f"bolt://{config.HOST}:{self.bolt}"

    @property
    def browser(self) -> str:
        """Where Neo4j Browser with the guide, style and queries of kg is found."""
        return f"http://{config.HOST}:{self.http}/browser/{browser.START_PAGE}"


class Server:
    """The Neo4j server of the project in `project`, running or not."""

    def __init__(self, project: Path) -> None:
        self.folder = project.resolve() / ".kg" / "neo4j"
        self.password_file = self.folder / "password"

    # -- what is known

    def last(self) -> Running | None:
        """What runs or was started last; None when there never was a server here."""
        try:
            return Running(**json.loads((self.folder / "server.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise MirrorError(
                f"{self.folder / 'server.json'} cannot be read; delete it, then run 'kg neo4j up'."
            ) from error

    def _remember(self, found: Running | None) -> None:
        path = self.folder / "server.json"
        if found is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, json.dumps(asdict(found)) + "\n")

    def running(self) -> Running | None:
        """The server whose process is alive; None when there is none (ended, killed, or the machine restarted)."""
        last = self.last()
        return last if last is not None and self._alive(last) else None

    def home(self, line: str) -> Path:
        """The home folder of the server of a line."""
        return self.folder / line

    def log(self, line: str) -> Path:
        """What the server of a line prints."""
        return self.home(line) / "logs" / "console.log"

    def password(self) -> str:
        """The password of the user neo4j; made at first use.

        Raises MirrorError when it is lost although a database was made with it.
        """
        stores = [self.home(line) / "data" / "databases" / "system" for line in SERVERS]
        return config.password(self.password_file, stores)

    def driver(self) -> "Driver":
        """A driver for the running server; the caller closes it. Raises MirrorError when none runs."""
        from neo4j import GraphDatabase

        found = self.running()
        if found is None:
            raise MirrorError("No Neo4j server runs for this project; start it with 'kg neo4j up'.")
        return GraphDatabase.driver(found.uri, auth=(config.USER, self.password()))

    # -- start

    def up(
        self,
        version: str | None = None,
        *,
        bolt: int | None = None,
        http: int | None = None,
        heap: str | None = None,
        page_cache: str | None = None,
        say: Say = silent,
    ) -> Running:
        """Start the server unless it runs, and wait until it answers a query.

        What is not given is as at the last start; the first time it is the LTS line, free ports from 7687
        and 7474 upwards, 1 GB of heap and 512 MB of page cache. Raises MirrorError that says what to do when
        Java, Maven, disk space or a port is missing, or when the server does not come up (with its log's end).
        """
        for name, size in (("heap", heap), ("page cache", page_cache)):
            if size is not None and not _SIZE.fullmatch(size):
                raise BadParameter(f"The {name} '{size}' is no size; write for instance 512m or 4g.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        with locked(self.folder / "lock"):
            last = self.last()
            wanted = release(version or (last.line if last else "5"))
            if last is not None and self._alive(last):
                if last.line != wanted.line:
                    raise MirrorError(
                        f"Neo4j {last.version} runs for this project; end it with 'kg neo4j down' before you "
                        f"start {wanted.title}."
                    )
                if bolt not in (None, last.bolt) or http not in (None, last.http):
                    raise MirrorError(
                        f"Neo4j {last.version} already runs on port {last.bolt} (Browser {last.http}); end it "
                        "with 'kg neo4j down' before you start it on another."
                    )
                # Whoever started it may have been ended before it answered.
                self._wait(last, self.password())
                say(f"Neo4j {last.version} already runs.")
                return last
            heap = heap or (last.heap if last else DEFAULT_HEAP)
            page_cache = page_cache or (last.page_cache if last else DEFAULT_PAGE_CACHE)
            return self._start(wanted, last, bolt, http, heap, page_cache, say)

    def _start(
        self,
        wanted: Release,
        last: Running | None,
        bolt: int | None,
        http: int | None,
        heap: str,
        page_cache: str,
        say: Say,
    ) -> Running:
        java = java_for(wanted)
        lib = assemble.assemble(wanted, say)
        assemble.need_space(self.folder, _NEEDED_BYTES, f"A database of {wanted.title}")
        home = self.home(wanted.line)
        secret = self.password()
        if not (home / "data" / "databases" / "system").exists():
            config.write_first_password(home, secret)
        browser.build_jar(next(lib.glob("neo4j-browser-*.jar")), home / _BROWSER_JAR)
        log = self.log(wanted.line)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_name("console.1.log"))
        with reserving() as reserved:
            pair = choose(bolt, http, (last.bolt, last.http) if last else None, reserved.pids)
            found = config.settings(wanted, bolt=pair[0], http=pair[1], guide=browser.GUIDE_PAGE, page_cache=page_cache)
            config.write_settings(home, found)
            say(f"Starting {wanted.title} with Java {java.version} ...")
            pid = launch(config.java_arguments(java, wanted, home, lib, _BROWSER_JAR, heap), home, log)
            started = Running(wanted.line, wanted.version, *pair, pid, heap, page_cache)
            self._remember(started)
            reserved.add(pair, pid)
        try:
            self._wait(started, secret)
        except BaseException:
            end(pid, self._mark(started), 10.0)
            self._remember(last)
            raise
        return started

    def _wait(self, started: Running, secret: str) -> None:
        """Return when the server answers a query and serves Browser."""
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        until = time.monotonic() + _START_SECONDS
        log = self.log(started.line)
        while not answers(started.bolt) or not answers(started.http):
            self._check(started, until)
            time.sleep(0.1)
        with GraphDatabase.driver(
            started.uri, auth=(config.USER, secret), connection_timeout=5, liveness_check_timeout=0
        ) as driver:
            while True:
                self._check(started, until)
                try:
                    driver.execute_query("RETURN 1", database_="neo4j")
                    return
                except AuthError as error:
                    if b"Bolt enabled" not in log.read_bytes():
                        # Another program has taken the port; ours will find that out and end.
                        time.sleep(0.2)
                        continue
                    raise MirrorError(
                        f"Neo4j does not take the password in {self.password_file}: it was changed in the "
                        "database or the file is another's. Write the right one there, or remove the copy with "
                        "'kg neo4j remove' and build it again.\n" + tail(log, 3)
                    ) from error
                except (DriverError, Neo4jError):
                    time.sleep(0.2)

    def _check(self, started: Running, until: float) -> None:
        """Raise MirrorError with the end of the log when the server is dead or late."""
        log = self.log(started.line)
        if not self._alive(started):
            said = tail(log, 25)
            if "Address already in use" in said or "BindException" in said:
                raise MirrorError(
                    f"Port {started.bolt} or {started.http} was taken by another program just now; run "
                    "'kg neo4j up' again."
                )
            if "No space left" in said:
                raise MirrorError(f"The disk is full under {self.folder}; make room and start again.")
            if any(sign in said for sign in _MEMORY):
                raise MirrorError(
                    f"Neo4j {started.version} cannot start with a heap of {started.heap} and a page cache of "
                    f"{started.page_cache} here; give others with --heap and --page-cache, such as 'kg neo4j up "
                    f"--heap 1g --page-cache 512m'. The end of {log}:\n{tail(log)}"
                )
            raise MirrorError(f"Neo4j {started.version} ended while it was starting. The end of {log}:\n{said}")
        if time.monotonic() > until:
            raise MirrorError(
                f"Neo4j {started.version} does not answer after {_START_SECONDS:.0f} seconds; end it with "
                f"'kg neo4j down' and start it again. The end of {log}:\n{tail(log)}"
            )

    # -- end

    def down(self) -> Running | None:
        """End the server and wait until its files are whole; None when none was running."""
        if not self.folder.exists():
            return None
        with locked(self.folder / "lock"):
            found = self.running()
            if found is not None:
                end(found.pid, self._mark(found), _STOP_SECONDS)
            return found

    def remove(self) -> None:
        """End the server and delete its databases, logs and password; what it mirrors stays."""
        if not self.folder.exists():
            return
        self.down()
        shutil.rmtree(self.folder)

    # -- its tools

    def admin(
        self, arguments: Sequence[str], *, heap: str | None = None, line: str | None = None, short: bool = False
    ) -> str:
        """Run neo4j-admin on the database of this project, which must not be running; return what it printed.

        `short`: the work is over before Java's optimising compiler would bring in what it costs.

        Raises MirrorError with the end of what it printed when it fails.
        """
        if (found := self.running()) is not None:
            raise MirrorError(f"Neo4j {found.version} runs; end it with 'kg neo4j down' first.")
        last = self.last()
        wanted = release(line or (last.line if last else "5"))
        home = self.home(wanted.line)
        if not (home / "conf" / "neo4j.conf").exists():
            raise MirrorError("There is no database of Neo4j here yet; make one with 'kg neo4j up'.")
        java, lib = java_for(wanted), assemble.assemble(wanted)
        command = config.admin_arguments(java, lib, heap or DEFAULT_HEAP, list(arguments), short=short)
        with locked(self.folder / "lock"):
            ran = subprocess.run(
                command,
                env={**environment(), "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
        if ran.returncode != 0:
            end = "\n".join(f"    {line}" for line in ran.stdout.splitlines()[-12:])
            raise MirrorError(f"neo4j-admin {' '.join(arguments[:3])} failed:\n{end}")
        return ran.stdout

    # -- its process

    def _mark(self, found: Running) -> str:
        return f"--home-dir={self.home(found.line)}"

    def _alive(self, found: Running) -> bool:
        return is_process(found.pid, self._mark(found))


def as_dict(found: Running) -> dict[str, Any]:
    """What `kg neo4j status --json` says of a running server."""
    return {**asdict(found), "uri": found.uri, "browser": found.browser, "user": config.USER}
