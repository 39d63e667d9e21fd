"""Names of persons in a text: titles before and after them, the state they act for, and which names are one person.

A name counts as a person's where a title introduces it, where the statistical model sees a person of at least two
words, or
where a word is the known surname of somebody named elsewhere in the document.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract import companions
from kg.extract.gazetteer import Gazetteer, Holder
from kg.extract.language import load
from kg.extract.model import Document, Paragraph
from kg.extract.name_spans import is_counterpart
from kg.extract.names import Reader
from kg.extract.nlp import plain
from kg.extract.registry import LEADER_TITLES, Key, NameMention, Person, Registry
from kg.iris import code_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STATE_KINDS = {"state", "demonym", "metonym", "capital"}
OFFICE_OF_TITLE = {"president": ("head-of-state", "head-of-government"), "prime-minister": ("head-of-government",),
                   "foreign-minister": ("foreign-minister",)}  # fmt: skip


def find(document: Document, paragraphs: Sequence[Paragraph], names: Gazetteer) -> Registry:
    """The persons and titles of a document, its title and metadata included."""
    registry = Registry()
    _from_metadata(document, registry, names)
    if document.title and not any(p.kind == "title" for p in paragraphs):
        doc = load()(plain(document.title))
        Reader(registry, names, Paragraph(-1, 0, 0, "title", doc)).read()
    readers = []
    for paragraph in paragraphs:
        reader = Reader(registry, names, paragraph)
        registry.hits[paragraph.index] = reader.hits
        if paragraph.kind not in {"furniture", "byline"}:
            reader.read()
        readers.append(reader)
    surnames, told = registry.surnames(), registry.codes()
    for reader in readers:
        if reader.paragraph.kind not in {"furniture", "byline"}:
            reader.read_surnames(surnames, told, document.published)
    _link(document, registry, names)
    _counterparts(paragraphs, registry)
    _share(paragraphs, registry)
    _link(document, registry, names)
    for mention in registry.names:
        for i in range(mention.first, mention.last):
            registry.name_at[mention.paragraph, i] = mention
    for title in registry.titles:
        for i in range(title.first, title.last):
            registry.title_at.setdefault((title.paragraph, i), title)
    companions.find(paragraphs, registry)
    return registry


def _from_metadata(document: Document, registry: Registry, names: Gazetteer) -> None:
    if not document.head_of_government:
        return
    name = document.head_of_government
    if "," in name:
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}"
    words = [w for w in re.split(r"\s+", plain(name).strip()) if w]
    if words:
        minister = document.publisher in names.title_states.get("prime minister", ())
        registry.add(
            words, "prime-minister" if minister else "head-of-government", document.publisher or "", "metadata"
        )


def _share(paragraphs: Sequence[Paragraph], registry: Registry) -> None:
    """ "Foreign Minister A and Defense Minister B of Ukraine", "Ukraine's Foreign Minister A and Defense
    Minister B": one state.
    """
    mentions = sorted(registry.names, key=lambda m: (m.paragraph, m.first))
    for one, other in pairwise(mentions):
        if one.paragraph != other.paragraph or one.paragraph < 0 or other.first - one.last > 2:
            continue
        doc = paragraphs[one.paragraph].doc
        between = {doc[i].lower_ for i in range(one.last, other.first)}
        a, b = registry.person(one), registry.person(other)
        if not between <= {"and", ",", "the", "&"} or not between & {"and", ",", "&"} or not a.title or not b.title:
            continue
        if {a.title, b.title} & LEADER_TITLES:
            continue
        if b.state and not a.state and _told(doc, other, registry, after=True):
            a.state, a.evidence = b.state, "joined with one of that state"
        elif a.state and not b.state and _told(doc, one, registry, after=False):
            b.state, b.evidence = a.state, "joined with one of that state"


def _counterparts(paragraphs: Sequence[Paragraph], registry: Registry) -> None:
    """ "His Philippine counterpart A", "their counterparts, A and B": the state of the counterpart is theirs."""
    by_first = {(m.paragraph, m.first): m for m in registry.names}
    for paragraph in paragraphs:
        for token in paragraph.doc:
            if not is_counterpart(paragraph.doc, token.i):
                continue
            owner = next(
                (
                    h.found.label.code
                    for i in range(max(token.i - 3, 0), token.i)
                    if (h := registry.hit_at.get((paragraph.index, i))) is not None
                    and h.found.label.kind in {"demonym", "state"}
                ),
                "",
            )
            i = token.i + 1
            while owner and i < len(paragraph.doc):
                mention = by_first.get((paragraph.index, i))
                if mention is not None:
                    person = registry.person(mention)
                    if not person.state:
                        person.state, person.evidence = owner, "counterpart"
                    i = mention.last
                elif paragraph.doc[i].text in {",", "and"}:
                    i += 1
                else:
                    break


def _told(doc: "Doc", mention: NameMention, registry: Registry, after: bool) -> bool:
    """Whether the state stands after the name ("of Ukraine"), or before it ("Ukraine's")."""
    where = (
        range(mention.name_last, min(mention.name_last + 4, len(doc)))
        if after
        else range(mention.first, mention.name_first)
    )
    return any(
        (h := registry.hit_at.get((mention.paragraph, i))) is not None and h.found.label.kind in _STATE_KINDS
        for i in where
    )


def _link(document: Document, registry: Registry, names: Gazetteer) -> None:
    """State and reference record of each person, where the evidence points to one."""
    day = document.published
    by_title: dict[str, set[str]] = {}
    for mention in registry.titles:
        if mention.state:
            by_title.setdefault(mention.title, set()).add(mention.state)
    told = registry.codes() | {document.publisher or ""}
    told |= {p.state for p in registry.persons}
    for person in registry.persons:
        holders = _records(person, names, day)
        if not person.state:  # somebody in office whose state the document does not name is somebody else
            here = [h for h in holders if h.state in told]
            alone = person.title in LEADER_TITLES and len({_realm(h) for h in holders}) == 1
            holders = here or (holders if alone else [])
        if not person.state and len({_realm(h) for h in holders}) == 1:
            person.state, person.evidence = _realm(holders[0]), "office held on the day"
        others = {p.state for p in registry.persons if p.title == person.title and p.state}
        alike = others - by_title.get(person.title, set())
        rank = person.title in LEADER_TITLES or (person.title == "foreign-minister" and bool(alike))
        if not person.state and rank and len(by_title.get(person.title, ())) == 1:
            person.state, person.evidence = next(iter(by_title[person.title])), "title told elsewhere"
        mine = {h.iri for h in holders if h.state == person.state}
        if len(mine) == 1:
            person.iri = mine.pop()
            offices = {h.office for h in holders if h.iri == person.iri}
            person.office = sorted(offices)[0] if len(offices) == 1 else ""


def _realm(holder: Holder) -> str:
    """The state for which a holder acts; a king of several realms acts for his own."""
    own = code_of(holder.iri).split(".")[0]
    return own if holder.office == "head-of-state" else holder.state


def _records(person: Person, names: Gazetteer, day: str | None) -> list[Holder]:
    offices = OFFICE_OF_TITLE.get(person.title)
    found = names.persons(" ".join(person.words), day, person.state or None)
    if offices:
        found = [h for h in found if h.office in offices] or found
    elif len(person.words) == 1 and not person.state:
        return []
    return found


def territory(
    paragraphs: Sequence[Paragraph], registry: Registry
) -> tuple[dict[Key, tuple[str, str, str]], dict[Key, str]]:
    """Tokens of names of places -> kind, code of the state, name; tokens of names of states and demonyms -> code."""
    places: dict[Key, tuple[str, str, str]] = {}
    modifiers: dict[Key, str] = {}
    for (index, i), hit in registry.hit_at.items():
        label = hit.found.label
        if label.kind in {"state", "capital", "place", "metonym"}:
            doc = paragraphs[index].doc
            places[index, i] = (label.kind, label.code, doc[hit.first : hit.last].text)
        if label.kind in {"state", "demonym"}:
            modifiers[index, i] = label.code
    return places, modifiers
