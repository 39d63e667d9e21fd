"""What people enter by hand, in YAML and JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kg import iris
from kg.loaders import Report
from kg.project import Project
from kg.schema import record_schema

HEAD = "source: {id: notes, title: Notes, published: 2030-05-03, publisher: Desk}\nentries:\n"


def test_the_example_loads_and_keeps_to_the_shapes(project: Project, root: Path) -> None:
    from kg.loaders import load
    from kg.validate import validate

    report = load(project, [root / "examples" / "desk-notes.yaml"])
    assert not report.failed
    with project.reading() as graph:
        assert [f for f in validate(graph) if f.severity == "violation"] == []
        rows = graph.query("SELECT ?m WHERE { ?m a kg:Meeting ; kg:party actor:CAN, actor:JPN }")
        assert len(rows) == 1
        (follow,) = graph.query("SELECT ?c WHERE { ?f kg:followsUp ?c }")
        assert follow["c"].value == iris.owned("commitment", "desk-notes-2031-04", "study")  # type: ignore[union-attr]


def test_schema_accepts_the_example_and_refuses_what_is_wrong(root: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = record_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    example = json.loads(json.dumps(yaml.safe_load((root / "examples" / "desk-notes.yaml").read_text()), default=str))
    assert list(validator.iter_errors(example)) == []
    example["entries"][0]["meeting"]["wen"] = "2030"
    assert list(validator.iter_errors(example))


def test_persons_are_known_by_office_and_time(take: Callable[..., Report], project: Project) -> None:
    entry = (
        "- meeting: {parties: [CAN, CHN], when: 2025-10-31, participants: [Carney, Xi, {name: An Aide, for: CAN}]}\n"
    )
    assert not take("a.yaml", HEAD + entry).failed
    with project.reading() as graph:
        rows = graph.query("SELECT ?w ?b WHERE { ?p kg:participant ?w ; kg:onBehalfOf ?b }")
    assert {(r["w"].value, r["b"].value) for r in rows} == {  # type: ignore[union-attr]
        (iris.person("Mark Carney", "CAN"), iris.actor("CAN")),
        (iris.person("Xi Jinping", "CHN"), iris.actor("CHN")),
        (iris.person("An Aide", "CAN"), iris.actor("CAN")),
    }


def test_a_surname_alone_stays_a_candidate_of_its_source(take: Callable[..., Report], project: Project) -> None:
    take("a.yaml", HEAD + "- statement: {speaker: Nobodyknown, for: CAN, text: Words.}\n")
    with project.reading() as graph:
        (row,) = graph.query("SELECT ?w WHERE { ?s kg:speaker ?w }")
    assert row["w"].value == iris.person("Nobodyknown", "notes")  # type: ignore[union-attr]


def test_joint_speakers(take: Callable[..., Report], project: Project) -> None:
    take("a.yaml", HEAD + "- statement: {speaker: [Canada, EU], text: Words., sectors: [trade]}\n")
    with project.reading() as graph:
        rows = graph.query("SELECT ?b ?r WHERE { ?s a kg:Statement ; kg:onBehalfOf ?b ; kg:concerns ?r }")
    assert {r["b"].value for r in rows} == {iris.actor("CAN"), iris.forum("EU")}  # type: ignore[union-attr]
    assert {r["r"].value for r in rows} == {iris.relation("CAN", "EU")}  # type: ignore[union-attr]


def test_a_new_version_replaces_the_old_one(take: Callable[..., Report], project: Project) -> None:
    take("a.yaml", HEAD + "- statement: {speaker: CAN, text: Old.}\n")
    report = take("a.yaml", HEAD + "- statement: {speaker: CAN, text: New.}\n")
    assert report.files[0].sources[0].change == "replaced"
    with project.reading() as graph:
        (row,) = graph.query("SELECT ?t WHERE { ?s kg:text ?t }")
    assert row["t"].value == "New."  # type: ignore[union-attr]


def test_json_and_several_sources(take: Callable[..., Report], project: Project) -> None:
    sources = [
        {"source": {"id": key, "title": key}, "entries": [{"statement": {"speaker": "CAN", "text": "Words."}}]}
        for key in ("one", "two")
    ]
    assert [s.id for s in take("a.json", json.dumps(sources)).files[0].sources] == ["one", "two"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("- meting: {parties: [CAN, CHN]}", "entry 1: there is no kind of entry 'meting'; did you mean meeting"),
        ("- meeting: {parties: [CAN, XXX]}", r"entry 1 (meeting.parties): 'XXX' is no state or forum"),
        ("- meeting: {parties: [CAN, CHN], wen: 2030}", "entry 1 (meeting): 'wen' is no field; did you mean when?"),
        ("- meeting: {when: 2030}", "entry 1 (meeting): the field 'parties' is missing."),
        ("- meeting: {parties: [CAN, CHN], when: 2030-13-01}", "(meeting.when): The date '2030-13-01' does not exist"),
        ("- meeting: {parties: [CAN, CHN], kind: lunchh}", "(meeting.kind): 'lunchh' is no meeting kind"),
        ("- meeting: {parties: [CAN]}", "at least two parties"),
        ("- meeting: {parties: [CAN, CHN], participants: [{nam: Xi}]}", "(meeting.participants.0)"),
        ("- statement: {speaker: CAN, text: W., sectors: [trad]}", "(statement.sectors): 'trad' is no sector; did you"),
        ("- commitment: {by: CAN, text: ''}", "Commitment.text is empty"),
        (
            "- trade: {exporter: CAN, importer: CHN, value: much, currency: USD}",
            "TradeFlow.value must be a finite number",
        ),
        ("- follow-up: {of: nothing, status: kept}", "(follow-up.of): 'nothing' is neither an IRI"),
        ("- Office: {name: A post}", "(Office.iri): An Office needs an IRI"),
        ("- Tenure: {holder: person/CAN.x}", "(Tenure): the field 'office' is missing."),
        ("- Meeting: {}", "there is no kind of entry 'Meeting'"),
        ("- [1]", "entry 1 must be one kind with its fields"),
        ("- meeting: {id: 'a b', parties: [CAN, CHN]}", "(meeting.id): 'a b' may hold only"),
        (
            "- meeting: {id: a, parties: [CAN, CHN]}\n- meeting: {id: a, parties: [CAN, USA]}",
            "entry 2 (meeting.id): 'a'",
        ),
    ],
)
def test_errors_name_file_entry_and_field(take: Callable[..., Report], project: Project, entry: str, said: str) -> None:
    (file,) = take("notes.yaml", HEAD + entry + "\n").failed
    assert said in (file.error or "")
    assert "notes.yaml" in (file.error or "")
    with project.reading() as graph:
        assert graph.sources() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries:\n- statement: {speaker: CAN, text: W.}\n", "needs an id"),
        ("source: {id: a}\nentries: []\n", "at least one entry"),
        ("source: {id: a}\nentrys: []\nentries: [{}]\n", "'entrys' is not known"),
        ("source: {id: a}\nentries: !!python/object/apply:os.getcwd []\n", "no YAML that can be read"),
        ("source: {id: a, published: soon}\nentries:\n- statement: {}\n", "published: 'soon' is no date"),
        (
            "source: {id: a}\nx: &a [1,1,1,1,1,1,1,1,1]\n"
            + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))
            + "entries: *h\n",
            "values by its aliases",
        ),
        (HEAD + "- statement: " + "[" * 200 + "]" * 200 + "\n", "must have fields"),
    ],
)
def test_bad_files(take: Callable[..., Report], text: str, said: str) -> None:
    (file,) = take("notes.yaml", text, loader="records").failed
    assert said in (file.error or "")
