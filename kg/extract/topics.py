"""What a document is about: sectors and principles that it ties to the relation, and the forums that it names."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.extract import clauses, concepts, denials, mechanisms, reality
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import MechanismFound, Span, StatementFound, TopicFound
from kg.extract.spans import BySpan
from kg.iris import BASE, SKOS, code_of
from kg.ontology import data_path

# A forum's name that is part of the name of something else.
_NOT_FORUM = (" Comtrade", " Plaza", "$")


def find(ctx: DocContext, statements: Iterable[StatementFound]) -> list[TopicFound | MechanismFound]:
    """Sectors, principles and forums of a document, each once with all its spans, and its mechanisms."""
    spans: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    said = tuple(statements)
    left_out = BySpan(_not_discussed(ctx, said), lambda span: span)
    for start, end in _scope(ctx, said):
        for hit in concepts.find(ctx.text[start:end]):
            if not left_out.across(start + hit.start, start + hit.start + 1):
                spans[hit.scheme, hit.id].append((start + hit.start, start + hit.end))
    main = _main_forums()
    for span, key in forums(ctx):
        spans["forum" if key in main else "organisation", key].append(span)
    found = [TopicFound(s, key, tuple(sorted(set(where))), "label") for (s, key), where in spans.items()]
    found.sort(key=lambda t: (t.scheme, t.id))
    return [*found, *mechanisms.find(ctx)]


def _not_discussed(ctx: DocContext, statements: Iterable[StatementFound]) -> list[Span]:
    """What the text says was not discussed, raised or mentioned, and what was not undertaken by nobody knows whom."""
    denied = BySpan((s.span for s in statements), lambda span: span)
    out: list[Span] = []
    for sentence in ctx.body:
        for token in sentence.span:
            if token.pos_ not in {"NOUN", "VERB"}:
                continue
            lemma = token.lemma_.lower()
            talks = clauses.is_verb(token) and (lexicon().has(lemma, "talk") or lemma == "mention")
            if talks and reality.is_undone(token):
                out.append(ctx.offsets(sentence.paragraph, token, token.right_edge))
            elif not talks and denials.word_of(token):
                span = ctx.offsets(sentence.paragraph, token, token.right_edge)
                out += [] if denied.across(span[0], span[1]) else [span]
    return out


def _scope(ctx: DocContext, statements: Iterable[StatementFound]) -> list[Span]:
    """Where a sector counts as a matter between the parties.

    All that a government publishes about the relation does; of a news article only its title, what parties say, and
    sentences that name two parties.
    """
    titles = [(p.start, p.end) for p in ctx.paragraphs if p.kind == "title"]
    if ctx.frame.kind != "third-person" or ctx.frame.publisher_party:
        return [*titles, *((s.start, s.end) for s in ctx.body if s.turn is None or s.turn.parties)]
    said = BySpan((s.span for s in statements), lambda span: span)
    out = list(titles)
    for sentence in ctx.body:
        inside = said.across(sentence.start, sentence.end)
        out += [(max(a, sentence.start), min(b, sentence.end)) for a, b in inside]
    return sorted(set(out))


def forums(ctx: DocContext) -> list[tuple[Span, str]]:
    """Every naming of a forum outside of the page's furniture, with its id."""
    out: list[tuple[Span, str]] = []
    for paragraph in ctx.paragraphs:
        if paragraph.kind == "furniture":
            continue
        text = ctx.text[paragraph.start : paragraph.end]
        for found in ctx.gazetteer.find(text):
            national = text[: found.start].endswith("National ")  # the National Security Council of a state
            if found.label.kind == "forum" and not national and not text.startswith(_NOT_FORUM, found.end):
                out.append(((paragraph.start + found.start, paragraph.start + found.end), found.label.code))
    return out


def of_span(ctx: DocContext, span: Span) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Sectors, forums and principles that the words of a span name, sorted."""
    text = ctx.text[span[0] : span[1]]
    hits = concepts.find(text)
    named = {
        f.label.code
        for f in ctx.gazetteer.find(text)
        if f.label.kind == "forum" and not text.startswith(_NOT_FORUM, f.end)
    }
    sectors = {h.id for h in hits if h.scheme == "sector"}
    principles = {h.id for h in hits if h.scheme == "principle"}
    return tuple(sorted(sectors)), tuple(sorted(named)), tuple(sorted(principles))


@lru_cache(maxsize=1)
def _main_forums() -> frozenset[str]:
    import pyoxigraph as ox

    path = data_path("ontology") / "schemes" / "main-forums.ttl"
    members = (q.object for q in ox.parse(path=str(path)) if q.predicate.value == SKOS + "member")
    return frozenset(code_of(m.value) for m in members if isinstance(m, ox.NamedNode) and m.value.startswith(BASE))
