"""Fixtures that every test may use."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A slow machine is no failure, and a change is judged by the same examples every time in CI.
settings.register_profile("kg", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and data sets beside the repository; skips the test where it is absent.

    KG_SHARED names another place.
    """
    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"there is no folder of data at {folder}")
    return folder


@pytest.fixture(autouse=True)
def _no_settings_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test must not see the project or the terminal settings of the person who runs it."""
    for name in list(os.environ):
        if name.startswith("KG_") and name not in {"KG_SHARED", "KG_CHROMIUM", "KG_CACHE"}:
            monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


class _Entry(click.Command):
    """The entry point as click's runner wants it, so that tests see the sentences and codes people see."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:  # type: ignore[override]
        from kg.cli.main import run

        sys.exit(run(args))


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command ``kg`` in an empty folder: ``kg("load", path)`` gives its exit code, stdout and stderr.

    An error that is no sentence is raised, so that a test fails with its traceback.
    """
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def call(*args: object, input: str | bytes | None = None) -> Result:
        result = runner.invoke(_Entry("kg"), [str(arg) for arg in args], input=input, prog_name="kg")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium that browser tests drive; KG_CHROMIUM names another one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for place in [os.environ.get("KG_CHROMIUM"), *(f"/usr/bin/{name}" for name in names)]:
        if place and Path(place).is_file():
            return Path(place)
    pytest.fail("Chromium is missing: run scripts/setup-system, or name one in KG_CHROMIUM")


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator["Browser"]:
    """A headless Chromium that asks nobody on the network for anything of its own accord."""
    from playwright.sync_api import sync_playwright

    quiet = (
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(quiet))
        yield launched
        launched.close()
