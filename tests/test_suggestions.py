"""What is suggested for a mistyped name, and how the commands say that a name is none."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from kg.graph import Graph
from kg.names import Names
from kg.project import Project


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the reference data alone."""
    return Project.init(tmp_path_factory.mktemp("empty")).root


@pytest.fixture(scope="module")
def names(empty: Path) -> Iterator[Names]:
    with Project.find(empty).reading() as found:
        graph: Graph = found
        yield Names.of(graph)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kenia", "Kenya"),
        ("Untied", "United States"),
        ("Frnace", "France"),
        ("Amercia", "United States"),
        ("United Kindom", "United Kingdom"),
        ("Xi Jingping", "Xi Jinping"),
        ("Trudeu", "Justin Trudeau"),
    ],
)
def test_the_nearest_comes_first_and_of_equals_the_best_known(names: Names, typed: str, meant: str) -> None:
    assert names.suggest(typed)[0] == meant


def test_nothing_is_suggested_for_noise(names: Names) -> None:
    assert names.suggest("Qzxwvk") == []
    assert names.suggest("") == []


@pytest.mark.parametrize(
    "call",
    [
        ("show", "Kenia"),
        ("find", "Kenia"),
        ("path", "Kenia", "China"),
        ("brief", "Kenia", "China"),
        ("ask", "meetings", "a=Kenia", "b=China"),
        ("page", "Kenia", "-o", "-"),
    ],
)
def test_an_unknown_name_is_one_everywhere(kg: Callable[..., Result], empty: Path, call: tuple[str, ...]) -> None:
    found = kg(*call, "-C", empty)
    assert found.exit_code == 1
    assert "Did you mean Kenya" in found.output


@pytest.mark.parametrize(
    "call",
    [
        ("path", "Kenya", "KEN"),
        ("brief", "Kenya", "KEN"),
        ("ask", "said", "a=Kenya", "b=KEN"),
        ("ask", "meetings", "a=Kenya", "b=KEN"),
        ("ask", "meeting-chain", "a=Xi", "b=Xi Jinping"),
    ],
)
def test_two_that_are_one_are_a_mistake_in_the_call(
    kg: Callable[..., Result], empty: Path, call: tuple[str, ...]
) -> None:
    found = kg(*call, "-C", empty)
    assert found.exit_code == 2
    assert "are both" in found.output


@pytest.mark.parametrize("day", ["2025", "2025-02", "2025-02-03"])
@pytest.mark.parametrize("call", [("path", "Kenya", "China"), ("page", "Kenya", "-o", "-")])
def test_days_months_and_years(kg: Callable[..., Result], empty: Path, call: tuple[str, ...], day: str) -> None:
    found = kg(*call, "--since", day, "--until", day, "-C", empty)
    assert not found.stderr.startswith("Error")


def test_until_a_year_is_until_its_last_day(kg: Callable[..., Result], empty: Path) -> None:
    """The two sit in the Group of Twenty since 1999; a term that begins in December lies within its year."""
    call = ("path", "Canada", "Mexico", "--through", "Forum", "-C", empty)
    assert kg(*call, "--until", "1999").output == kg(*call, "--until", "1999-12-31").output
    assert kg(*call, "--since", "1999").output == kg(*call, "--since", "1999-01-01").output
    wrong = kg(*call, "--since", "soon")
    assert wrong.exit_code == 2 and "--since" in wrong.output
