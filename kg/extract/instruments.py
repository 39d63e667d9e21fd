"""Documents between parties: what was signed, issued or agreed, or is to be."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract import reality
from kg.extract.context import DocContext
from kg.extract.encounters import Finder
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import InstrumentFound, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


@lru_cache(maxsize=4)
def _lexicon(names: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    scheme = names.concepts.get("instrument", {})
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    for key, labels in scheme.items():
        target = verbs if key.startswith("status-") else nouns
        for label in labels:
            target[label.casefold()] = key.removeprefix("status-")
    return nouns, verbs


def kind_of(names: Gazetteer, token: "Token") -> str | None:
    """The kind of document that a noun phrase names, None where it names none."""
    nouns, _ = _lexicon(names)
    lemma = token.lemma_.casefold()
    before = [c.lower_ for c in token.lefts if c.dep_ in {"compound", "amod"}]
    for size in (2, 1):
        if before[-size:] and (kind := nouns.get(" ".join([*before[-size:], lemma]))):
            return kind
    if lemma == "memorandum" or token.lower_ in nouns:
        return nouns.get(token.lower_) or nouns.get(lemma)
    return nouns.get(lemma)


def is_instrument(names: Gazetteer, token: "Token") -> bool:
    """Whether a noun names a document between parties."""
    return kind_of(names, token) is not None


def find(ctx: DocContext) -> list[InstrumentFound]:
    """The documents that the text says were signed or issued, or will be."""
    out: list[InstrumentFound] = []
    finder = Finder(ctx)
    for sentence in ctx.body:
        for found in _sentence(ctx, finder, sentence):
            if all(found.name.casefold() != known.name.casefold() or found.status != known.status for known in out):
                out.append(found)
    return out


def _sentence(ctx: DocContext, finder: Finder, sentence: Sentence) -> Iterator[InstrumentFound]:
    _, verbs = _lexicon(ctx.gazetteer)
    paragraph = sentence.paragraph
    for token in sentence.span:
        if token.pos_ not in {"NOUN", "PROPN"}:
            continue
        kind = kind_of(ctx.gazetteer, token)
        if kind is None or token.dep_ == "compound":
            continue
        governor = token.head
        if governor.pos_ == "ADP":
            governor = governor.head
        status = verbs.get(governor.lemma_.casefold())
        if status is None:
            continue
        standing = reality.standing(governor)
        if standing not in {"", "wished"} or reality.is_undone(token):
            continue
        subject = finder.subject(governor) if governor.pos_ == "VERB" else None
        doers = finder.actors(paragraph, subject) if subject is not None and subject != token else []
        states = {a.party for a in doers if a.party} | {
            code for t in token.subtree if (code := ctx.modifiers.get((paragraph.index, t.i)))
        }
        states |= {a.party for _, o in finder.preps(governor, "with") for a in finder.actors(paragraph, o) if a.party}
        if len(states) < 2 and states <= set(ctx.frame.parties):
            states = set(ctx.frame.parties)
        if len(states) < 2:
            continue
        date = finder.date_of(sentence, governor, False)
        told = finder.status_of(sentence, governor, date)
        if told in {"postponed", "cancelled", "possible"}:
            continue
        if told == "planned" or standing == "wished":
            status = "planned"
        start, end = finder.phrase(paragraph, token, sentence)
        yield InstrumentFound(
            ctx.text[start:end],
            kind,
            status,
            tuple(sorted(states)),
            (start, end),
            f"{governor.lemma_.lower()} + {token.lemma_.lower()}",
            date.edtf if date else None,
        )
