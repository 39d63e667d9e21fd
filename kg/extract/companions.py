"""Whose company somebody with an office but no state of their own is told to be in: accompanied, flanked, travelling.

A minister who accompanies the Prime Minister of Japan is Japan's, whatever state the text else means by a bare office.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.model import Paragraph
from kg.extract.registry import LEADER_TITLES, Person, Registry

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_BESIDE = {"accompany", "flank"}
_TRAVEL = {"travel", "fly", "arrive", "come"}
_PERSONAL = {"he", "she", "him", "her", "his"}
GROUP = {"delegation", "team", "entourage"}
_WORDS = _BESIDE | _TRAVEL | {"join", "include", "comprise", "be"}
_LIST = {",", "and", "&", "as", "well", "both", "the", "his", "her", "their", "its", "a", "an", "of", "by", "led",
         "headed", "including", "among", "others", "also"}  # fmt: skip
_NO_OFFICE = {"", "honorific"} | LEADER_TITLES
_WEAK = {"title told elsewhere"}
EVIDENCE = "in the company of one of that state"
_BACK = 3  # sentences back that a pronoun may reach


def find(paragraphs: Sequence[Paragraph], registry: Registry) -> None:
    """Note with each person who is told to be in somebody's company whom that may be: persons, codes of states."""
    seen: list[tuple[int, Span]] = []
    for paragraph in paragraphs:
        if paragraph.kind in {"furniture", "byline"}:
            continue
        for sent in paragraph.doc.sents:
            for token in sent:
                if token.pos_ not in {"VERB", "AUX"} or token.lemma_.lower() not in _WORDS:
                    continue
                for company, whom in _told(registry, paragraph.index, token):
                    _note(registry, paragraph.index, sent, seen, company, whom)
            seen.append((paragraph.index, sent))


def place(registry: Registry) -> None:
    """Give them the state of those in whose company they are, where it is one alone."""
    for person in registry.persons:
        if person.beside is None or not _is_open(person):
            continue
        states = {one if isinstance(one, str) else registry.persons[one].state for one in person.beside}
        person.state, person.evidence = (states.pop(), EVIDENCE) if len(states) == 1 else ("", "")


def _note(
    registry: Registry,
    index: int,
    sent: "Span",
    seen: "list[tuple[int, Span]]",
    company: set[int],
    whom: "Token",
) -> None:
    company = {i for i in company if _has_bare_office(registry.persons[i])}
    if not company:
        return
    beside = set(_meant(registry, index, sent, seen, whom)) - company
    for i in company:
        registry.persons[i].beside = tuple(sorted(beside, key=str))


def _has_bare_office(person: Person) -> bool:
    return person.title not in _NO_OFFICE and person.beside is None and _is_open(person)


def _is_open(person: Person) -> bool:
    """Whether nothing firm says for whom somebody acts."""
    return not person.state or (person.evidence in _WEAK and person.iri is None)


def _told(registry: Registry, index: int, verb: "Token") -> "Iterator[tuple[set[int], Token]]":
    """Who is in company, and the word for whom they accompany."""
    lemma = verb.lemma_.lower()
    subject = _subject(verb)
    by = next((c for c in verb.children if c.lower_ == "by" and c.i > verb.i), None)
    if lemma in {"include", "comprise"}:
        if subject is not None and subject.lemma_.lower() in GROUP:
            yield _listed(registry, index, verb), _owner(subject)
    elif lemma == "be":
        yield from _there(registry, index, verb, subject)
    elif lemma in _TRAVEL:
        for prep in (c for c in verb.children if c.lower_ in {"with", "alongside"} and c.i > verb.i):
            ahead = _listed(registry, index, prep)
            goal = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if subject is not None:
                yield ahead, subject
            if subject is not None and goal is not None:
                yield _within(registry, index, subject), goal
    elif verb.tag_ == "VBN" and by is not None:
        if subject is not None and not (lemma == "join" and subject.pos_ == "PRON" and subject.lower_ != "who"):
            yield _listed(registry, index, by), subject
    elif lemma in _BESIDE:
        goal = next((c for c in verb.children if c.dep_ == "dobj"), None)
        be = next((t for t in verb.doc[verb.i : verb.sent.end] if t.lemma_ == "be"), None)
        if goal is not None and verb.i - verb.sent.start < 2 and be is not None:  # Accompanying A was B
            yield _listed(registry, index, be), goal
        elif goal is not None and subject is not None:
            yield _within(registry, index, subject), goal


def _there(registry: Registry, index: int, be: "Token", subject: "Token | None") -> "Iterator[tuple[set[int], Token]]":
    """ "With him was B", "B was in A's delegation"."""
    for prep in be.children:
        goal = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if goal is None:
            continue
        if prep.lower_ == "with" and prep.i < be.i and prep.i - be.sent.start < 2:
            yield _listed(registry, index, be), goal
        elif prep.lower_ in {"in", "on"} and goal.lemma_.lower() in GROUP and subject is not None:
            yield _within(registry, index, subject), _owner(goal)


def _owner(group: "Token") -> "Token":
    """Whose a delegation is: "A's delegation", "his delegation"; else the delegation with the words at it."""
    return next((c for c in group.children if c.dep_ == "poss"), group)


def _subject(verb: "Token") -> "Token | None":
    """The subject of a verb, for a relative clause and a participle the noun or subject that it belongs to."""
    own = next((c for c in verb.children if c.dep_ in NOUN_SUBJECTS), None)
    if own is not None and own.lower_ in {"who", "that", "which"} and verb.dep_ == "relcl":
        return verb.head
    if own is not None:
        return own
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if verb.dep_ in {"advcl", "conj", "xcomp", "ccomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return _subject(verb.head)
    return None


def _named(registry: Registry, index: int, noun: "Token") -> set[int]:
    """The persons of a noun phrase that names them: its head and what is joined with it."""
    found = (registry.name_at.get((index, t.i)) for t in (noun, *noun.conjuncts, *_apposed(noun)))
    return {mention.person for mention in found if mention is not None}


def _within(registry: Registry, index: int, noun: "Token") -> set[int]:
    """The persons of a noun phrase, those of its relative clauses left out, however the parser joins them."""
    out: set[int] = set()
    for token in noun.subtree:
        mention = registry.name_at.get((index, token.i))
        above = (token, *(a for a in token.ancestors if noun.is_ancestor(a)))
        if mention is not None and not any(a.dep_ in {"relcl", "acl"} for a in above if a is not noun):
            out.add(mention.person)
    return out


def _apposed(noun: "Token") -> "list[Token]":
    return [c for c in noun.children if c.dep_ == "appos"]


def _listed(registry: Registry, index: int, lead: "Token") -> set[int]:
    """The persons of the list of names that a preposition leads to."""
    out: set[int] = set()
    doc, i = lead.doc, lead.i + 1
    while i < len(doc):
        mention = registry.name_at.get((index, i))
        if mention is not None:
            out.add(mention.person)
            i = mention.last
        elif doc[i].lower_ in _LIST or doc[i].pos_ in {"NOUN", "ADJ", "PROPN", "NUM"}:
            i += 1
        else:
            break
    return out


def _meant(
    registry: Registry, index: int, sent: "Span", seen: "list[tuple[int, Span]]", noun: "Token"
) -> set[int | str]:
    """Persons and states that a word for somebody may mean; several for a pronoun that is not clear."""
    if noun.lower_ in _PERSONAL:
        return set(_before(registry, index, sent, seen, noun))
    named = _named(registry, index, noun)
    if named:
        return set(named)
    title = registry.title_at.get((index, noun.i))
    codes = {title.state} if title is not None and title.state else set()
    if not codes:
        hits = (registry.hit_at.get((index, t.i)) for t in noun.subtree if t.i <= noun.i or noun.lemma_ in GROUP)
        codes = {h.found.label.code for h in hits if h is not None and h.found.label.kind in {"state", "demonym"}}
    if not codes and noun.lemma_.lower() in GROUP:  # A led a delegation that included B
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        leader = _subject(verb) if verb.pos_ == "VERB" and noun.dep_ in {"pobj", "dobj"} else None
        return _meant(registry, index, sent, seen, leader) if leader is not None else set()
    if codes or title is None:
        return set(codes)
    return {i for i, p in enumerate(registry.persons) if p.title == title.title}


def _before(registry: Registry, index: int, sent: "Span", seen: "list[tuple[int, Span]]", pronoun: "Token") -> set[int]:
    """Whom "he" or "she" may mean: who is named before in the sentence, else the subject of the last that names any."""
    here = {m.person for i in range(sent.start, pronoun.i) if (m := registry.name_at.get((index, i))) is not None}
    if here:
        return here
    others: set[int] = set()
    for at, before in seen[: -_BACK - 1 : -1]:
        named = {m.person for t in before if (m := registry.name_at.get((at, t.i))) is not None}
        subject = next((c for c in before.root.children if c.dep_ in NOUN_SUBJECTS), None)
        main = _named(registry, at, subject) if subject is not None else set()
        facing = _facing(registry, at, before.root)
        if main:
            return main | facing | others
        if subject is not None and subject.lower_ == pronoun.lower_:
            others |= facing
        elif named:
            return named | others
    return set()


def _facing(registry: Registry, index: int, root: "Token") -> set[int]:
    """The other persons of a main clause, of whom a pronoun after it may tell as well."""
    out: set[int] = set()
    for verb in (root, *root.conjuncts):
        for child in verb.children:
            if child.dep_ == "dobj":
                out |= {m.person for t in child.subtree if (m := registry.name_at.get((index, t.i))) is not None
                        and not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if a.i > child.i)}  # fmt: skip
            elif child.dep_ in {"prep", "agent"}:
                for goal in child.children:
                    out |= _named(registry, index, goal)
    return out
