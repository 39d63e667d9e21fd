"""Transcripts: turns and wrapped lines."""

from collections.abc import Callable

import pytest

from kg import iris
from kg.loaders import Report
from kg.loaders.transcript import _content
from kg.project import Project

TURNS = """PRIME MINISTER: Good morning. Australia will sign the agreement with Japan this year.
JOURNALIST: Will it be ratified?
PRIME MINISTER: We will work with the Parliament.
JOURNALIST: Thank you.
"""
# Invented, in the form of the archive.
XML = """<?xml version="1.0" encoding="UTF-8" ?>
<transcripts><transcript>
<transcript-id>99901</transcript-id><title>JOINT PRESS CONFERENCE WITH THE PRIME MINISTER OF NEW ZEALAND</title>
<prime-minister>Howard, John</prime-minister><release-date>20/02/1998</release-date>
<document>https://example.org/99901.pdf</document>
<content><![CDATA[<p>PRIME MINISTER HOWARD:<br />
We have had a long discussion about the economic relationship between our two<br />
countries and about the region. We agreed that officials will meet each year in<br />
Canberra or Wellington.<br />
On other matters the two of us spoke at some length about education and about<br />
tourism.</p>]]></content></transcript></transcripts>"""


def test_turns_are_told_apart(take: Callable[..., Report], project: Project) -> None:
    report = take("a.txt", TURNS, published="2030-05-02", publisher="AUS")
    assert report.files[0].loader == "transcript"
    with project.reading() as graph:
        (source,) = graph.sources()
        assert graph.text(source.iri) == TURNS


def test_archive_file(take: Callable[..., Report], project: Project) -> None:
    report = take("transcript-99901.xml", XML)
    assert report.files[0].loader == "pm-transcripts"
    with project.reading() as graph:
        (source,) = graph.sources()
        assert source.key == "pmt-99901"
        assert source.published == "1998-02-20"
        assert source.publisher_iri == iris.concept("publisher", "AUS")
        paragraphs = (graph.text(source.iri) or "").split("\n\n")
    assert paragraphs == [
        "JOINT PRESS CONFERENCE WITH THE PRIME MINISTER OF NEW ZEALAND",
        "PRIME MINISTER HOWARD:",
        "We have had a long discussion about the economic relationship between our two countries and about the region. "
        "We agreed that officials will meet each year in Canberra or Wellington.",
        "On other matters the two of us spoke at some length about education and about tourism.",
    ]


def test_each_line_a_paragraph_of_its_own() -> None:
    lines = [
        "PRIME MINISTER:",
        "We have had good talks about the whole of",
        " our relations. They are close and they",
        " will stay so.",
    ]
    markup = "".join(f"<p>{line}</p>\n" for line in [*lines, *(lines[1:] * 3)])
    assert _content(markup).split("\n\n")[1] == (
        "We have had good talks about the whole of our relations. They are close and they will stay so."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<transcripts><transcript><transcript-id>1</transcript-id>", "no well-formed XML"),
        (XML.replace("20/02/1998", "1998"), "not day/month/year"),
        (XML.replace("<transcript-id>99901</transcript-id>", "<transcript-id> </transcript-id>"), "no <transcript-id>"),
        (
            '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/hostname">]><transcripts><transcript>'
            "<transcript-id>1</transcript-id><content>&x;</content></transcript></transcripts>",
            "has no text",
        ),
    ],
)
def test_bad_files(take: Callable[..., Report], text: str, said: str) -> None:
    (file,) = take("a.xml", text).failed
    assert said in (file.error or "")


def test_the_texts_of_the_gold_are_read_alike(shared: object) -> None:
    from pathlib import Path

    import kg.loaders.transcript as module
    from kg.loaders.reading import decode, read_bytes

    folder = Path(str(shared))
    for key in ("11254", "16447", "24110", "40913"):
        path = folder / "data" / "au_pm_transcripts" / f"transcript-{key}.xml"
        page = decode(read_bytes(path), path)[0]
        content = page.split("<content><![CDATA[")[1].split("]]>")[0]
        gold = (folder / "gold" / "dev" / f"pmt-{key}.txt").read_text().strip()
        assert gold.endswith(module._content(content))
