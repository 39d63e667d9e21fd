"""The acts between two (or around one) over time, as a page: bars by month or year, stacked by kind."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from kg.page import shell
from kg.page.clean import clean, when_text
from kg.page.payload import Sources, citations, days, facts, pooled
from kg.page.style import ClassStyle, looks, ontology_classes


class Act(TypedDict, total=False):
    """What a timeline shows of an act; only `label` and `cls` must be there."""

    iri: str
    label: str
    cls: str
    earliest: str | None
    latest: str | None
    facts: list[dict[str, Any]]
    citations: list[dict[str, Any]]


def timeline(
    acts: Iterable[Act],
    *,
    title: str,
    sources: Mapping[str, Mapping[str, Any]],
    left_out: int = 0,
    classes: Mapping[str, ClassStyle] | None = None,
) -> str:
    """The text of a page that shows `acts` over time, complete in itself.

    An act has the attributes of a node of :func:`kg.page.render`, with the same meaning; `sources` and `classes` are
    those of it too. `left_out` is how many acts were cut.
    """
    listed = list(acts)
    looked = looks((str(act.get("cls") or "") for act in listed), ontology_classes() if classes is None else classes)
    number = {look.key: i for i, look in enumerate(looked)}
    cited = Sources(sources)
    entries = [_entry(act, number[str(act.get("cls") or "")], cited) for act in listed]
    entries.sort(key=lambda act: (act.get("earliest") or act.get("latest") or "~", act["cls"], act["label"]))
    data = {
        "kind": "timeline",
        "title": clean(title, 200),
        "leftOut": max(0, left_out),
        "classes": [look.as_json() for look in looked],
        "acts": entries,
        "citations": pooled(entries),
        "sources": cited.as_json(),
    }
    page = shell.frame(
        str(data["title"]),
        data,
        [shell.asset("base.css"), shell.asset("timeline.css")],
        [shell.script("base", "panel", "timeline")],
    )
    return shell.environment().get_template("timeline.html").render(page=page)


def _entry(act: Act, cls: int, sources: Sources) -> dict[str, Any]:
    earliest, latest = days(act)
    entry = {
        "iri": clean(act.get("iri") or "", 300),
        "when": when_text(earliest, latest),
        "earliest": earliest,
        "latest": latest,
        "facts": facts(act.get("facts"), sources),
        "citations": citations(act.get("citations"), sources),
    }
    kept = {key: value for key, value in entry.items() if value not in ("", None, [])}
    return {"cls": cls, "label": clean(act.get("label") or "?", 300), **kept}
