"""Text in, extraction out: the stages in their order, each a function from typed values to typed values.

text ─▶ paragraphs ─▶ mentions ─▶ frame, turns ─▶ who is meant ─▶ dates ─▶ DocContext
DocContext ─▶ meetings, statements, commitments, topics, trade figures, documents ─▶ Extraction
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from kg.extract import (
    commitments,
    coref,
    dates,
    flows,
    frames,
    gazetteer,
    instruments,
    language,
    meetings,
    nlp,
    people,
    statements,
    topics,
    turns,
)
from kg.extract.context import DocContext
from kg.extract.model import (
    Candidate,
    CommitmentFound,
    Document,
    Extraction,
    FlowFound,
    InstrumentFound,
    MechanismFound,
    MeetingFound,
    StatementFound,
    TopicFound,
)

T = TypeVar("T")
_KNOWN = {f.name for f in fields(Document)} - {"text"}


def document(text: str, meta: Mapping[str, Any] | None = None) -> Document:
    """A document of a text and its metadata; keys that are not known are left out, values are read as text."""
    given = {k: str(v) for k, v in (meta or {}).items() if k in _KNOWN and v not in (None, "")}
    return Document(text=text, **given)


def context(doc: Document) -> DocContext:
    """A document, parsed, with who is meant where."""
    names = gazetteer.load().on(doc.published)
    paragraphs = nlp.parse(doc)
    registry = people.find(doc, paragraphs, names)
    frame = frames.judge(doc, paragraphs, registry, names)
    paragraphs = turns.assign(paragraphs, registry, frame, names, doc.title or "")
    sentences = nlp.sentences(paragraphs)
    actors, mentions = coref.resolve(doc, paragraphs, sentences, registry, frame, names)
    times = dates.find(doc, sentences)
    places, modifiers = people.territory(paragraphs, registry)
    return DocContext(
        document=doc,
        gazetteer=names,
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        frame=frame,
        dates=tuple(times),
        actors=actors,
        places=places,
        modifiers=modifiers,
        titled=frozenset(registry.title_at) | frozenset(registry.name_at),
    )


def extract(text: str, meta: Mapping[str, Any] | Document | None = None) -> Extraction:
    """What a text says of relations between states.

    `meta` may give id, title, published (EDTF), publisher, author, url and head_of_government. The same text and
    metadata
    always give the same extraction.
    """
    doc = meta if isinstance(meta, Document) else document(text, meta)
    # Within the zone the parser's memory of new words is given back, so that a long run does not grow.
    with language.load().memory_zone():
        ctx = context(doc)
        said = statements.find(ctx)
        spoken = _of(StatementFound, said)
        met = meetings.find(ctx)
        undertaken = commitments.find(ctx, spoken)
        about = topics.find(ctx, spoken)
        traded = flows.find(ctx)
        signed = instruments.find(ctx)
        everything: list[object] = [*said, *met, *undertaken, *about, *traded, *signed]
        warnings = []
        if doc.published is None and any(d.edtf is None for d in ctx.dates):
            warnings.append(
                "Times are told relative to the date of publication, which is not known; give it with --published."
            )
        return Extraction(
            document=doc,
            meetings=_of(MeetingFound, everything),
            statements=spoken,
            commitments=_of(CommitmentFound, everything),
            flows=_of(FlowFound, everything),
            topics=_of(TopicFound, everything),
            mechanisms=_of(MechanismFound, everything),
            instruments=_of(InstrumentFound, everything),
            mentions=ctx.mentions,
            candidates=_of(Candidate, everything),
            warnings=tuple(warnings),
            frame=ctx.frame,
        )


def _of(kind: type[T], found: Iterable[object]) -> tuple[T, ...]:
    return tuple(item for item in found if isinstance(item, kind))
