"""Files made to mislead or to swell: each gives one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import LoadError
from kg.loaders import Report
from kg.project import Project
from kg.tables.mapfile import read_map

ENTRY = "statement: {speaker: CAN, text: Trade.}"
RDF = """<?xml version="1.0"?><!DOCTYPE rdf:RDF [%s]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://purl.org/dc/terms/">
<rdf:Description rdf:about="%s"><d:title>%s</d:title></rdf:Description></rdf:RDF>"""


def test_graphs_of_any_scheme_are_sources(kg: Callable[..., Result], tmp_path: Path) -> None:
    kg("init")
    names = ("urn:x:g", "https://x/h/", "urn:x:a/b")
    (tmp_path / "a.nq").write_text("".join(f'<https://x/s> <https://x/p> "v" <{name}> .\n' for name in names))
    for call in (["load", "a.nq"], ["sources"], ["stats"], ["export", "--format", "nquads"]):
        assert kg(*call).exit_code == 0, call
    for name in names:
        for call in (["show", name], ["validate", name], ["export", "--source", name]):
            done = kg(*call)
            assert "No source" not in done.output and "nothing named" not in done.output, call
    for name in names:
        assert kg("forget", name).exit_code == 0
    assert "urn:x" not in kg("sources", "--json").stdout


def test_entities_that_swell_are_refused(take: Callable[..., Report]) -> None:
    nested = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    (failed,) = take("bomb.rdf", RDF % (nested, "https://x/y", "&j;")).failed
    assert "declares an entity" in (failed.error or "")
    wide = f'<!ENTITY a "{"a" * 9000}">'
    (failed,) = take("wide.owl", RDF % (wide, "https://x/y", "&a;" * 40_000)).failed
    assert "well-formed" in (failed.error or "") and len(failed.error or "") < 300
    (failed,) = take(
        "two.rdf", "<!-- x -->" + RDF.replace("<rdf:Desc", "<!DOCTYPE r><rdf:Desc", 1) % ("", "", "")
    ).failed
    assert "well-formed" in (failed.error or "")


def test_entities_for_names_of_vocabularies_are_read(project: Project, take: Callable[..., Report]) -> None:
    short = '<!ENTITY x "https://x/"><!ENTITY y "&x;y/">'
    assert not take("names.owl", RDF % (short, "&y;z", "A &amp; B &x;")).failed
    with project.reading() as graph:
        assert graph.label("https://x/y/z") == "A & B https://x/"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.yaml", f"source: {{id: a}}\nentries: [{{{ENTRY}}}]\nentries: []\n", "'entries' stands here twice"),
        ("b.yaml", f"source: {{id: a, id: b}}\nentries: [{{{ENTRY}}}]\n", "'id' stands here twice"),
        ("c.json", '{"source": {"id": "a", "id": "b"}, "entries": []}', "the key 'id' stands twice"),
    ],
)
def test_a_key_given_twice_is_told(take: Callable[..., Report], name: str, content: str, told: str) -> None:
    (failed,) = take(name, content).failed
    assert told in (failed.error or "") and name in (failed.error or "")
    assert name.endswith("json") or "line " in (failed.error or "")


def test_merged_keys_of_yaml_are_no_repetition(take: Callable[..., Report]) -> None:
    text = f"source: {{<<: {{id: a, title: T}}, id: b}}\nentries: [{{{ENTRY}}}]\n"
    assert take("m.yaml", text).files[0].sources[0].id == "b"


@pytest.mark.parametrize("content", ["[" * 100_000, '{"title": "a", "title": "b"}'])
def test_a_broken_sidecar_is_told(take: Callable[..., Report], files: Path, content: str) -> None:
    (files / "t.meta.json").write_text(content)
    (failed,) = take("t.txt", "Carney met Xi in Ottawa.").failed
    assert "t.meta.json" in (failed.error or "") and "fault of kg" not in (failed.error or "")


@pytest.mark.parametrize("content", ["records: \x01", "[" * 3000, "a: [" * 2000])
def test_a_broken_map_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "m.yaml").write_text(content)
    with pytest.raises(LoadError, match=r"^m\.yaml"):
        read_map(tmp_path / "m.yaml")
