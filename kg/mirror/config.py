"""What a server of this project is told: neo4j.conf, the first password, the arguments of Java."""

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path

from kg.errors import MirrorError
from kg.mirror.files import write_whole
from kg.mirror.java import Java
from kg.mirror.releases import Release

USER = "neo4j"
HOST = "127.0.0.1"

# Nothing that Browser's page asks for may come from another host than this machine.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self' ws: wss: http://127.0.0.1:* http://localhost:*",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
_OPENED = ("java.nio", "sun.nio.ch", "java.util.concurrent", "java.lang", "java.io")
_HASH_ROUNDS = 1024


def settings(release: Release, *, bolt: int, http: int, guide: str, page_cache: str) -> dict[str, str]:
    """The settings of neo4j.conf for a server that only this machine can reach.

    `guide` is the path of the guide that Browser shows beside the graph once it is connected.
    """
    found = {
        "server.default_listen_address": HOST,
        "server.bolt.listen_address": f"{HOST}:{bolt}",
        # Without it Browser would prefill the usual port, which may be another project's.
        "server.bolt.advertised_address": f"{HOST}:{bolt}",
        "server.http.listen_address": f"{HOST}:{http}",
        "server.http.advertised_address": f"{HOST}:{http}",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "browser.remote_content_hostname_whitelist": f"{HOST},localhost",
        "browser.post_connect_cmd": f"guide http://{HOST}:{http}/browser/{guide}",
        "dbms.security.http_static_content_security_policy_header": CONTENT_POLICY,
        # Two waits of five seconds at each stop otherwise.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
        # Otherwise an empty database takes half a gigabyte of disk.
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "256M size",
        "server.memory.pagecache.size": page_cache,
    }
    if release.line != "5":
        found |= {"dbms.fleet_manager.enabled": "false", "server.fleet_discovery.enabled": "false"}
    return found


def write_settings(home: Path, found: Mapping[str, str]) -> None:
    """Write neo4j.conf under `home`."""
    lines = ["# Written by 'kg neo4j up' at each start; what is changed here is lost."]
    lines += [f"{name}={value}" for name, value in found.items()]
    write_whole(home / "conf" / "neo4j.conf", "\n".join(lines) + "\n")


def password(path: Path, stores: list[Path]) -> str:
    """The project's own password: read from its private file, made and written there the first time.

    Raises MirrorError when the file is gone but one of `stores`, made with it, is still there.
    """
    try:
        found = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        found = ""
    if found:
        return found
    if any(store.exists() for store in stores):
        raise MirrorError(
            f"The password of this project's Neo4j is gone from {path}; put it back, or remove the copy with "
            "'kg neo4j remove' and build it again with 'kg neo4j up' and 'kg mirror sync'."
        )
    found = secrets.token_urlsafe(24)
    write_whole(path, found + "\n", private=True)
    return found


def write_first_password(home: Path, secret: str) -> None:
    """Leave the hash of the password where Neo4j looks for it at its first start.

    The file is the one that `neo4j-admin dbms set-initial-password` writes; that program takes the
    password as an argument, where other users of the machine could read it.
    """
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + secret.encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    line = f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{_HASH_ROUNDS}:\n"
    write_whole(home / "data" / "dbms" / "auth.ini", line, private=True)


def java_arguments(java: Java, release: Release, home: Path, lib: Path, first: str, heap: str) -> list[str]:
    """The command that runs the server; `first` is a jar in its home that comes before all others."""
    return [
        str(java.program),
        *_java_options(java),
        f"-Xmx{heap}",
        "-XX:+UseG1GC",
        "-XX:-OmitStackTraceInFastThrow",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        f"{first}:{lib}/*",
        release.main,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
        "--console-mode",
    ]


def admin_arguments(java: Java, lib: Path, heap: str, arguments: list[str], *, short: bool = False) -> list[str]:
    """The command that runs neo4j-admin with `arguments`, for work that is `short` with the quick compiler alone."""
    return [
        str(java.program),
        *_java_options(java),
        *(["-XX:TieredStopAtLevel=1"] if short else []),
        f"-Xmx{heap}",
        "-cp",
        f"{lib}/*",
        "org.neo4j.cli.AdminTool",
        *arguments,
    ]


def _java_options(java: Java) -> list[str]:
    found = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    found.append("-Dfile.encoding=UTF-8")
    if java.version >= 24:
        # Java warns on the terminal about what Neo4j's own libraries do.
        found += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return found
