"""Projects to load tables into, and what a test asks of them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import iris
from kg.loaders import Options
from kg.loaders.engine import FileReport, load
from kg.project import Project

Load = Callable[..., FileReport]
Facts = Callable[[str], set[tuple[str, str, str]]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project to copy."""
    return Project.init(tmp_path_factory.mktemp("template")).root


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Project:
    """An empty project."""
    shutil.copytree(template, tmp_path / "project")
    return Project.find(tmp_path / "project")


@pytest.fixture
def put(project: Project) -> Load:
    """Load one file or folder, and give the report on it."""

    def call(path: Path, loader: str | None = None, **more: str) -> FileReport:
        return load(project, [path], Options(more=more), loader=loader).files[0]

    return call


@pytest.fixture
def facts(project: Project) -> Facts:
    """Subject, property and value of all that a source says, IRIs without their base and terms by local name."""

    def short(text: str) -> str:
        return text.removeprefix(iris.BASE)

    def call(key: str) -> set[tuple[str, str, str]]:
        with project.reading() as graph:
            return {
                (short(q.subject.value), iris.local(q.predicate.value), short(q.object.value))  # type: ignore[union-attr]
                for q in graph.quads(iris.source(key))
            }

    return call
