"""What is installed: the public surface, the wheel, the dependencies and their pins."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Used without being imported by name.
INDIRECT = {"lxml-html-clean", "neo4j-rust-ext", "sqlglot"}


def _fold(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared() -> set[str]:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    names = {_fold(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for group in groups for line in group}
    return names - {"bilateral-kg"}


def _imported() -> dict[str, str]:
    """Distribution -> a file of kg that imports it."""
    found: dict[str, str] = {}
    providers = packages_distributions()
    for file in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top != "kg" and top not in sys.stdlib_module_names:
                    candidates = [_fold(entry) for entry in providers.get(top, [top])]
                    known = [entry for entry in candidates if entry in _declared()]
                    found[(known or candidates)[0]] = str(file.relative_to(ROOT))
    return found


def test_every_import_is_a_declared_dependency() -> None:
    undeclared = {name: file for name, file in _imported().items() if name not in _declared()}
    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    assert _declared() - set(_imported()) - INDIRECT == set()


def test_the_public_surface_is_sorted_complete_and_importable() -> None:
    assert list(kg.__all__) == sorted(kg.__all__)
    assert set(kg.__all__) == {*kg._EXPORTS, "__version__", "init", "open"}
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert dir(kg) == sorted(kg.__all__)
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        kg.nothing_of_that_name  # noqa: B018


def test_the_changelog_knows_this_version() -> None:
    assert version("bilateral-kg") == kg.__version__
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[(Unreleased|{re.escape(kg.__version__)})\]", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_pins_name_neither_a_host_nor_a_folder(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    assert "//" not in text
    assert re.findall(r"(?<![\w.])/\w+", text) == []
    pins = re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE)
    assert len(pins) == len(set(pins)) > 80
    assert all(f"{pin}==" in text for pin in _declared())
    assert text.count("--hash=sha256:") > len(pins)


def test_the_installed_package_asks_for_what_the_project_says() -> None:
    asked = {_fold(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in requires("bilateral-kg") or []}
    assert _declared() <= asked


def test_the_wheel_carries_the_ontology_and_the_cypher(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "cypher"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file():
                assert f"kg/_data/{file.relative_to(ROOT).as_posix()}" in names
    assert "kg/py.typed" in names
    assert not [name for name in names if name.endswith(".pyc") or not name.startswith(("kg/", "bilateral_kg-"))]
    # Installed without the repository, kg still finds its model.
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    done = subprocess.run(
        [sys.executable, "-c", "import kg.ontology as o; print(o.data_path('ontology')); o.model().cls('Meeting')"],
        cwd=unpacked,
        env={"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(unpacked / "kg" / "_data" / "ontology")
