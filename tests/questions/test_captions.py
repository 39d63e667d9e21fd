"""What kg prints for a thing is taken by `kg show` and `kg cite` as a name of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from kg import iris
from kg.captions import captioned, find_thing
from kg.errors import AmbiguousName, NotFound
from kg.graph import Graph
from kg.ontology import model


def of_class(graph: Graph, cls: str) -> list[str]:
    """All things of a class."""
    quads = graph.store.quads_for_pattern(
        None, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(model().classes[cls].iri), None
    )
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


@pytest.mark.parametrize("cls", ["Meeting", "Statement", "Commitment", "FollowUp", "TradeFlow", "Vote", "Membership"])
def test_each_thing_is_found_by_its_caption(graph: Graph, cls: str) -> None:
    things = of_class(graph, cls)[:40]
    assert things
    for iri in things:
        assert iri in captioned(graph, graph.label(iri)), graph.label(iri)


def test_a_meeting_is_shown_and_cited_by_its_caption(kg: Callable[..., Result], world: Path, graph: Graph) -> None:
    (meeting,) = (m for m in of_class(graph, "Meeting") if "2026-01-16" in m)
    caption = graph.label(meeting)
    assert caption == "Meeting Canada – China 2026-01-16 Beijing"
    shown = kg("show", caption, "-C", world)
    assert json.loads(shown.stdout)["iri"] == meeting
    cited = kg("cite", caption, "-C", world)
    assert json.loads(cited.stdout) == json.loads(kg("cite", meeting, "-C", world).stdout)
    for told in ("meeting china - canada 2026-01-16 BEIJING", "Meeting Canada – China 2026-01-16", "China 2026-01-16"):
        assert find_thing(graph, told) == meeting, told


def test_several_of_one_caption_are_listed_with_their_ids(kg: Callable[..., Result], world: Path, graph: Graph) -> None:
    with pytest.raises(AmbiguousName) as raised:
        find_thing(graph, "Meeting Canada – China")
    assert len(raised.value.candidates) > 1
    failed = kg("cite", "Meeting Canada – China", "-C", world)
    assert failed.exit_code == 1
    assert "Meeting Canada – China 2026-01-16 Beijing (meeting/CAN-CHN.2026-01-16." in failed.stderr
    assert "Give one of the ids." in failed.stderr


def test_a_name_and_the_beginning_of_an_id_do_for_both(kg: Callable[..., Result], world: Path, graph: Graph) -> None:
    assert json.loads(kg("cite", "Xi Jinping", "-C", world).stdout)
    (agency,) = (s for s in of_class(graph, "Statement") if "/agency." in s)
    for command in ("cite", "show"):
        assert kg(command, "statement/age", "-C", world).exit_code == 1
        assert kg(command, "statement/agency", "-C", world).exit_code == 0
    assert json.loads(kg("show", "statement/agency", "-C", world).stdout)["iri"] == agency


@pytest.mark.parametrize("command", ["cite", "show"])
def test_what_is_not_there_is_told_with_the_ways_to_name(kg: Callable[..., Result], world: Path, command: str) -> None:
    failed = kg(command, "Meeting Atlantis – Mu 2020-01-01", "-C", world)
    assert failed.exit_code == 1
    assert "There is nothing named 'Meeting Atlantis – Mu 2020-01-01'." in failed.stderr
    assert "what kg prints for a thing" in failed.stderr
    assert "Did you mean Xi Jinping?" in kg(command, "Xi Jinpong", "-C", world).stderr


def test_no_caption_and_no_name(graph: Graph) -> None:
    for nothing in ("", " ", "…", "2026-01-16 \ud800", '" } DROP', "a" * 5_000):
        with pytest.raises((NotFound, AmbiguousName)):
            find_thing(graph, nothing)
