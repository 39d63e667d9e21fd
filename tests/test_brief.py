"""The memo on a pair: what it tells, that each sentence has its footnote, and that data cannot format it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg import iris, records
from kg.brief import brief
from kg.errors import BadParameter
from kg.footnotes import escaped
from kg.project import Project

CAN, CHN = iris.actor("CAN"), iris.actor("CHN")
PAIR = (iris.relation("CAN", "CHN"),)
HOSTILE = "# Peace [now](http://evil.example) <script>alert(1)</script> *and* `rm` | $x$ ![i](j) [^1] www.evil.example"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.init(tmp_path_factory.mktemp("brief"))
    text = f"Canada said: {HOSTILE}. They will meet by 2026-05."
    key = "paper"
    source = records.Document(
        iri=iris.source(key),
        title="<b>Title</b> [x](y)",
        published="2026-03-01",
        publisher=iris.BASE + "publisher/loud",
        url="https://paper.example/a?b=c",
        sha256=iris.sha256(text),
    )
    span = records.Span.of(source.iri, text, 13, 13 + len(HOSTILE))
    due = records.Span.of(source.iri, text, text.index("They"), len(text) - 1)
    with project.writing() as loading:
        loading.put(
            source,
            [
                records.Publisher(
                    iri=iris.BASE + "publisher/loud",
                    name="Loud *Paper*",
                    publisher_kind=iris.concept("publisher-kind", "state-media"),
                    publisher_state=CHN,
                ),
                records.Relation.between(CAN, CHN),
                span,
                due,
                records.Statement(
                    iri=iris.owned("statement", key, "1"), text=HOSTILE, speaker=CAN, on_behalf_of=(CAN,),
                    concerns=PAIR, citation=span.iri, about_sector=iris.concept("sector", "trade"),
                ),
                records.Commitment(
                    iri=iris.owned("commitment", key, "2"), text="They will meet by 2026-05", committed_by=(CAN, CHN),
                    concerns=PAIR, citation=due.iri, due="2026-05",
                ),
            ],
            text=text,
        )  # fmt: skip
    return project


def body(text: str) -> str:
    return text.partition("\n[^1]: ")[0]


def test_every_point_has_a_footnote_that_is_there(made: Project) -> None:
    with made.reading() as graph:
        text = brief(graph, "Canada", "China")
    notes = set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    used = set(re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", body(text)))
    assert notes == used and notes
    known = body(text).partition("## What is not known")[0]
    for line in known.splitlines():
        if line.startswith("- ") and "left out here" not in line:
            assert re.search(r"\[\^\d+\]", line), line


def test_it_tells_who_publishes_when_and_the_exact_words(made: Project) -> None:
    with made.reading() as graph:
        text = brief(graph, "CHN", "CAN")
    assert "Loud \\*Paper\\* (state media of China), 2026-03-01, “" in text
    assert "<https://paper.example/a?b=c>." in text
    assert text.startswith(
        "# China and Canada\n\nWhat the sources in this project tell of China and Canada, as of 2026-03-01."
    )
    assert "### Trade" in text


def test_data_cannot_format_the_memo(made: Project) -> None:
    with made.reading() as graph:
        text = brief(graph, "Canada", "China")
    for danger in ("<script>", "](http", "](y)", "<b>", " `rm`", "*and*", "http://evil", "www.evil"):
        assert not re.search(rf"(?<!\\){re.escape(danger)}", text), danger


def test_it_says_what_is_not_known(made: Project) -> None:
    with made.reading() as graph:
        text = brief(graph, "Canada", "China")
        unknown = text.partition("## What is not known")[2]
        assert "Whether Canada and China met." in unknown
        assert "What China said: no source quotes it." in unknown
        assert "What became of 1 commitment: no source follows it up." in unknown
        empty = brief(graph, "Canada", "Fiji")
    assert "No statement is known." in empty and "No commitment is known." in empty
    assert "no source that was loaded tells of the two" in empty


def test_what_a_state_says_itself_is_not_unknown(tmp_path: Path) -> None:
    """The speaker is then the state, with nobody on whose behalf it speaks."""
    text = "China welcomed the talks."
    source = records.Document(iri=iris.source("p"), title="P", published="2026-03-01", sha256=iris.sha256(text))
    span = records.Span.of(source.iri, text, 0, len(text))
    said = records.Statement(
        iri=iris.owned("statement", "p", "1"), text=text, speaker=CHN, concerns=PAIR, citation=span.iri
    )
    project = Project.init(tmp_path)
    with project.writing() as loading:
        loading.put(source, [records.Relation.between(CAN, CHN), span, said], text=text)
    with project.reading() as graph:
        known, _, unknown = brief(graph, "Canada", "China").partition("## What is not known")
    assert "China, " in known
    assert "What Canada said: no source quotes it." in unknown and "What China said" not in unknown


def test_overdue_is_reckoned_against_the_day_of_the_memo(made: Project) -> None:
    with made.reading() as graph:
        assert "overdue" not in brief(graph, "Canada", "China")
        assert "due 2026-05, overdue" in brief(graph, "Canada", "China", on="2026-06-01")


def test_leaders_of_the_day(made: Project) -> None:
    with made.reading() as graph:
        assert "Justin Trudeau, Prime Minister of Canada" in brief(graph, "Canada", "China", on="2020-01-01")


def test_a_pair_needs_two(made: Project) -> None:
    with made.reading() as graph, pytest.raises(BadParameter, match="a brief is on two"):
        brief(graph, "Canada", "CAN")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. list", "1\\. list"),
        ("- rule", "\\- rule"),
        ("a\nb\r\n# c", "a b \\# c"),
        ("\x1b[31mred\u202e", "\\[31mred"),
        ("习近平 – “x”", "习近平 – “x”"),
        ("&lt;", "\\&lt;"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_the_command_writes_a_file(kg: Callable[..., Result], made: Project, tmp_path: Path) -> None:
    done = kg("brief", "Canada", "China", "--on", "2026-03", "-o", tmp_path / "memo.md", "-C", made.root)
    assert done.exit_code == 0
    assert "as of 2026-03-31" in (tmp_path / "memo.md").read_text("utf-8")
    assert kg("brief", "Canada", "Chinaa", "-C", made.root).exit_code == 1
    assert kg("brief", "Canada", "China", "--since", "soon", "-C", made.root).exit_code == 2


def test_without_a_day_the_last_known_holders_are_told(tmp_path: Path) -> None:
    with Project.init(tmp_path).reading() as graph:
        text = brief(graph, "Kenya", "Vietnam")
    assert "## Last known in office" in text and "No holder of an office is known" not in text
    offices = text.partition("## Last known in office")[2].partition("## ")[0]
    assert "President of Kenya (since " in offices and "Minister of Foreign Affairs of Vietnam (since " in offices
    assert "Kenyatta" not in offices, "who held it before"
    assert "no source that was loaded tells of the two" in text and "0 loaded" not in text
