"""Ports for servers on loopback: two projects side by side, also two that start at the same moment."""

import json
import os
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from kg.errors import BadParameter, MirrorError
from kg.mirror.assemble import cache_folder
from kg.mirror.config import HOST
from kg.mirror.files import locked, write_whole

FIRST_BOLT, FIRST_HTTP = 7687, 7474

Pair = tuple[int, int]


def answers(port: int) -> bool:
    """Whether something listens on a port."""
    with socket.socket() as tried:
        tried.settimeout(2)
        return tried.connect_ex((HOST, port)) == 0


def is_free(port: int) -> bool:
    """Whether a server could listen on a port. Raises MirrorError for one that only the system may use."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except PermissionError as error:
            raise MirrorError(f"Port {port} is for the system; give one above 1023.") from error
        except OSError:
            return False
        return True


class Reserved:
    """Ports of this user's servers by process, those that have not yet begun to listen among them."""

    def __init__(self, pids: dict[int, int]) -> None:
        self.pids = pids

    def add(self, pair: Pair, pid: int) -> None:
        """Note the ports of a server that was just launched."""
        self.pids.update(dict.fromkeys(pair, pid))


@contextmanager
def reserving() -> Iterator[Reserved]:
    """Choose ports and launch a server within this block; no other project of this user does so meanwhile."""
    path = cache_folder() / "ports.json"
    with locked(path.with_name(".ports.lock")):
        try:
            noted = {int(port): int(pid) for port, pid in json.loads(path.read_text(encoding="utf-8")).items()}
        except (OSError, ValueError, AttributeError):
            noted = {}
        reserved = Reserved({port: pid for port, pid in noted.items() if _is_alive(pid)})
        yield reserved
        write_whole(path, json.dumps(reserved.pids))


def choose(bolt: int | None, http: int | None, last: Pair | None, reserved: Collection[int] = ()) -> Pair:
    """The ports to use: those asked for, else those of last time, else the first free pair.

    Raises MirrorError when one that was asked for is taken.
    """

    def fits(port: int) -> bool:
        return port not in reserved and is_free(port)

    for port, option in ((bolt, "--port"), (http, "--http-port")):
        if port is not None and not fits(port):
            raise MirrorError(
                f"Port {port} is taken by another program; give another with {option}, or leave it out and "
                "a free one is found."
            )
    if bolt is not None and bolt == http:
        raise BadParameter("--port and --http-port must be two ports.")
    first = last or (FIRST_BOLT, FIRST_HTTP)
    for step in range(-1, 1000):
        # Those of last time, then upwards from the usual ones.
        tried = first if step < 0 else (FIRST_BOLT + step, FIRST_HTTP + step)
        pair = bolt or tried[0], http or tried[1]
        if pair[0] != pair[1] and all(fits(port) for port in pair):
            return pair
    raise MirrorError("No free port was found; give two with --port and --http-port.")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
