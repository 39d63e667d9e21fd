"""What is known of a text from outside: options before sidecar before the file's own head."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import iris
from kg.graph import SourceInfo
from kg.loaders import Report
from kg.loaders.sources import canonical_url
from kg.project import Project

MARKDOWN = """---
title: Readout of a call
date: '2030-05-02'
modified_time: 2030-05-03 11:06:45-05:00
source_url: https://www.pm.gc.ca/en/news/readout
tags: statements
---

Prime Minister Mark Carney spoke with **President**
[Xi Jinping](https://example.org/x) of China about trade.

\\###
"""


@pytest.fixture
def only(project: Project) -> Callable[[], SourceInfo]:
    def call() -> SourceInfo:
        with project.reading() as graph:
            (source,) = graph.sources()
            return source

    return call


def test_head_of_a_markdown_file(take: Callable[..., Report], only: Callable[[], SourceInfo], project: Project) -> None:
    take("call.md", MARKDOWN)
    source = only()
    assert (source.title, source.published) == ("Readout of a call", "2030-05-02")
    assert source.url == "https://www.pm.gc.ca/en/news/readout"
    assert (source.publisher, source.publisher_kind) == ("Prime Minister of Canada", "government"), "by its domain"
    with project.reading() as graph:
        text = graph.text(source.iri)
    assert text == "Prime Minister Mark Carney spoke with President Xi Jinping of China about trade."


def test_options_win_over_the_sidecar_and_that_over_the_head(
    take: Callable[..., Report], only: Callable[[], SourceInfo], files: Path
) -> None:
    about = {"published": "2030-06-01", "title": "Sidecar", "licence": "CC0", "source": "an archive", "other": 1}
    (files / "call.meta.json").write_text(json.dumps(about))
    take("call.md", MARKDOWN, title="Option")
    source = only()
    assert (source.title, source.published, source.licence) == ("Option", "2030-06-01", "CC0")


def test_a_source_is_known_by_id_else_address_else_text(take: Callable[..., Report], files: Path) -> None:
    def key(name: str, text: str, **about: str) -> str:
        return take(name, text, **about).files[0].sources[0].id

    assert key("a.txt", "One.", id="my-note") == "my-note"
    assert key("b.txt", "Two.", id="no key: it has spaces") == iris.sha256("no key: it has spaces")
    address = key("c.txt", "Three.", url="http://Example.org/a/?utm_source=x#top")
    assert address == key("d.txt", "Four.", url="https://example.org/a")
    assert key("e.txt", "Five.") == iris.sha256("Five.")


def test_a_corrected_text_replaces_the_one_under_its_address(take: Callable[..., Report], project: Project) -> None:
    take("a.txt", "Canada met China.", url="https://example.org/a", title="First")
    report = take("b.txt", "Canada met Japan.", url="https://example.org/a", title="Second")
    assert report.files[0].sources[0].change == "replaced"
    with project.reading() as graph:
        (source,) = graph.sources()
        assert (source.title, graph.text(source.iri)) == ("Second", "Canada met Japan.")


def test_relative_times_without_a_date_of_publication(take: Callable[..., Report], project: Project) -> None:
    words = "Canadian Prime Minister Mark Carney met Chinese President Xi Jinping in Ottawa last Tuesday.\n"
    (source,) = take("a.txt", words).files[0].sources
    assert any("--published" in note for note in source.notes)
    with project.reading() as graph:
        rows = graph.query("SELECT ?w WHERE { ?a a kg:MeetingAccount ; kg:when ?w }")
    assert rows == [], "a time that is not known is not made up"


def test_unknown_publishers_have_a_name(take: Callable[..., Report], only: Callable[[], SourceInfo]) -> None:
    take("a.txt", "Nothing to see.", publisher="Ottawa Village Gazette")
    assert only().publisher == "Ottawa Village Gazette"
    assert only().publisher_kind is None


def test_addresses_that_run_code_are_left_out(take: Callable[..., Report], only: Callable[[], SourceInfo]) -> None:
    (source,) = take("a.txt", "Nothing.", url="javascript:alert(1)").files[0].sources
    assert "left out" in source.notes[0]
    assert only().url is None


@pytest.mark.parametrize(
    ("content", "said"),
    [("[1]", "one JSON object"), ("{", "JSON"), ('{"published": "soon"}', "published: 'soon' is no date")],
)
def test_bad_sidecars(take: Callable[..., Report], files: Path, content: str, said: str) -> None:
    (files / "a.meta.json").write_text(content)
    (file,) = take("a.txt", "Text.").failed
    assert said in (file.error or "")
    assert "a.meta.json" in (file.error or "")


@pytest.mark.parametrize(
    ("head", "said"),
    [("title: [open", "no YAML"), ("date: 2030-02-30", "does not exist"), ("!!python/name:os.system x", "no YAML")],
)
def test_bad_heads(take: Callable[..., Report], head: str, said: str) -> None:
    (file,) = take("a.md", f"---\n{head}\n---\nText.\n").failed
    assert said in (file.error or "")


def test_a_rule_at_the_top_is_no_head(take: Callable[..., Report]) -> None:
    assert not take("a.md", "---\n\nCanada met China.\n").failed


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "HTTPS://EXAMPLE.org:443/a/", "http://example.org/a?fbclid=1"]
)
def test_canonical_addresses(url: str) -> None:
    assert canonical_url(url) == "https://example.org/a"


def test_what_only_the_load_before_said_is_missed_aloud(
    take: Callable[..., Report], only: Callable[[], SourceInfo]
) -> None:
    text = "Prime Minister Mark Carney spoke with President Xi Jinping of China about trade."
    take("call.txt", text, published="2030-06-01", publisher="Harbour Post")
    (source,) = take("call.txt", text).files[0].sources
    assert (only().published, source.change) == (None, "replaced")
    assert [note for note in source.notes if "publisher and published are known no more" in note]
    (source,) = take("call.txt", text, published="2030-06-01").files[0].sources
    assert not [note for note in source.notes if "no more" in note]
