"""Neo4j's Cypher shell, in a folder of jars of its own: its libraries are not those of the server."""

import os
import subprocess
from collections.abc import Sequence

from kg.mirror.assemble import Say, assemble, silent
from kg.mirror.config import USER
from kg.mirror.java import java_for
from kg.mirror.releases import SHELL


def run_shell(
    uri: str, password: str, arguments: Sequence[str], say: Say = silent, *, user: str = USER, database: str = ""
) -> int:
    """Run cypher-shell on this terminal and return its exit code; the password goes by its environment.

    Raises MirrorError when the shell cannot be collected or no Java fits.
    """
    lib = assemble(SHELL, say)
    # The shell refuses to choose between its two variables for the address.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    environment |= {"NEO4J_URI": uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    if database:
        environment["NEO4J_DATABASE"] = database
    command = [str(java_for(SHELL).program), "-cp", f"{lib}/*", SHELL.main, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode
