"""Projects into which files are loaded."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.loaders import Meta, Options, Report, load
from kg.project import Project

# Invented: no such meeting took place.
READOUT = """Canadian Prime Minister Mark Carney met Chinese President Xi Jinping in Ottawa on 2 May 2030.

Carney said Canada is ready to expand cooperation with China in trade and energy. Xi stressed that both sides should \
respect each other's core interests.
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty project, to be copied."""
    return Project.init(tmp_path_factory.mktemp("made")).root


@pytest.fixture
def project(tmp_path: Path, made: Path) -> Project:
    """An empty project."""
    return Project(Path(shutil.copytree(made, tmp_path / "project")))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder for files to load."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def take(project: Project, files: Path) -> Callable[..., Report]:
    """Write a file and load it: ``take("a.txt", "text", published="2030-05-03")``; without content a path is loaded."""

    def call(name: str | Path, content: str | bytes | None = None, **about: Any) -> Report:
        path = files / name
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        loader = about.pop("loader", None)
        return load(project, [path], Options(meta=Meta(**about)), loader=loader)

    return call


@pytest.fixture
def nquads(project: Project, tmp_path: Path) -> Callable[[], bytes]:
    """The graphs of all sources as N-Quads."""

    def call() -> bytes:
        import io

        from kg.export import export

        out = io.BytesIO()
        with project.reading() as graph:
            export(graph, out, "nquads")
        return out.getvalue()

    return call
