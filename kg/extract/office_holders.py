"""Whom a title, an office or a bare name means, of those whom the text names."""

import re
from typing import TYPE_CHECKING

from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import ActorRef, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEADING = frozenset({"head-of-state", "head-of-government"})
_OFFICES = {"leader": _LEADING, "diplomat": _LEADING | {"foreign-minister"}, "official": frozenset[str]()}


def titled(ctx: DocContext, sentence: Sentence, noun: "Token", actor: ActorRef | None) -> ActorRef | None:
    """ "the Deputy Secretary": the one person whom the text names with that title, whoever else it was taken for."""
    if noun.pos_ not in {"PROPN", "NOUN"} or not noun.text.istitle() or (actor is not None and actor.kind != "person"):
        return actor
    words = [c for c in noun.children if c.dep_ in {"compound", "amod"} and c.i < noun.i]
    definite = noun.dep_ == "conj" or any(c.lower_ == "the" for c in noun.children)
    if not definite or any(c.dep_ in {"poss", "prep", "appos"} for c in noun.children):
        return actor
    title = " ".join(t.text for t in (*words, noun))
    if not ctx.gazetteer.find(title, ("title",)):
        return actor
    holders = ctx.holders.get(title)
    if holders is None:
        holders = ctx.holders[title] = _holders(ctx, title)
    if actor is not None and actor.name in holders:
        return actor
    return next(iter(holders.values())) if len(holders) == 1 else actor


def _holders(ctx: DocContext, title: str) -> dict[str, ActorRef]:
    """The persons whom the text names with a title, by name."""
    pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
    holders: dict[str, ActorRef] = {}
    for mention in ctx.mentions:
        before = ctx.text[max(0, mention.span[0] - 60) : mention.span[1]]
        named = mention.kind == "person" and mention.actor.named and mention.actor.parties
        words_of_name = [w for w in mention.actor.name.split() if w.rstrip(".") not in {"Jr", "Sr", "II", "III"}]
        if named and words_of_name and (found := pattern.search(before)) and words_of_name[-1] in before[found.end() :]:
            between = before[found.end() :].split(words_of_name[-1])[0]
            if not re.search(r"[,;:\n]|\band\b|[a-z]\.\s|\b(?:met|spoke|said|with)\b", between):
                holders[mention.actor.name] = mention.actor
    return holders


def by_name(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """A name that nothing marks as one, of somebody whom the text means elsewhere by office or full name."""
    if noun.pos_ != "PROPN":
        return None
    words = {t.lower_ for t in (*noun.children, noun) if t.pos_ == "PROPN" and t.dep_ in {"compound", noun.dep_}}
    fits = [actor for name, actor in ctx.people.items() if words <= set(name.lower().split())]
    return fits[0] if len(fits) == 1 else None


def with_titles(ctx: DocContext, sentence: Sentence, head: "Token", actor: ActorRef) -> ActorRef:
    """ "the Prime Minister and Chancellor X", where the parser made one name of two people."""
    doc = head.doc
    first = head.left_edge.i
    cc = next((t.i for t in doc[first : head.i] if t.dep_ == "cc"), None)
    if cc is None:
        return actor
    for token in doc[first:cc]:
        other = ctx.who(sentence.paragraph, token)
        if other is None or other.kind != "person" or token.dep_ == "poss":
            continue
        if other.parties and other.parties != actor.parties:
            return ActorRef("group", "", members=(other, actor))
    return actor


def apposed(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """His Highness the President: who stands in apposition to a form of address."""
    address = noun.text in {"HE", "HH", "HRH"}
    if not address and not (noun.text.istitle() and any(c.tag_ == "PRP$" for c in noun.children)):
        return None
    near = (ctx.who(sentence.paragraph, c) for c in noun.children if c.dep_ == "appos")
    return next((a for a in near if a is not None and a.kind == "person"), None)


def role(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """the Chinese president, a Russian diplomat: the holder whom the text names, else somebody for the state."""
    kinds = lexicon().of(noun.lemma_.lower()) & _OFFICES.keys()
    if noun.lemma_.lower() in {"head", "chief"} and any(t.lower_ == "diplomacy" for t in noun.subtree):
        kinds = frozenset({"diplomat"})  # the head of Polish diplomacy
    if not kinds or not (noun.text.islower() or noun.text in {"Office", "Presidency"}):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if "official" in kinds and owner is not None and (holder := ctx.who(sentence.paragraph, owner)) is not None:
        return state_of(holder)
    phrase = noun.doc[noun.left_edge.i : noun.i + 1]
    after = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "for", "from"} and c.i > noun.i]
    texts = [phrase.text, *(noun.doc[c.i : c.right_edge.i + 1].text for c in after)]
    codes = {f.label.code for text in texts for f in ctx.gazetteer.find(text, ("state", "demonym"))}
    if len(codes) != 1 or any(t.lower_ in {"former", "ex", "one", "another"} for t in phrase):
        return None
    code = codes.pop()
    offices = _OFFICES[min(kinds)]
    people = ctx.people_of(code)
    fits = [a for a in people.values() if a.office in offices and phrase[0].lower_ not in {"a", "an"}]
    top = "leader" in kinds or any(t.lower_ in {"top", "chief"} for t in phrase)
    if len(fits) != 1 and top and len(people) == 1:
        fits = list(people.values())
    return fits[0] if len(fits) == 1 else ActorRef("state", code, code)


def state_of(actor: ActorRef) -> ActorRef | None:
    """The state or organisation for which somebody acts."""
    return ActorRef("state", actor.parties[0], actor.parties[0]) if len(actor.parties) == 1 else None


def facing(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """Receiving his Uzbek counterpart, the head of state ...: the leader of the other party of two."""
    lower = " ".join(t.lower_ for t in noun.subtree)
    if len(ctx.frame.parties) != 2 or not (lexicon().has(noun.lower_, "leader") or "head of state" in lower):
        return None
    for token in sentence.span:
        if token.lower_ != "counterpart" or not any(c.lower_ in {"his", "her"} for c in token.children):
            continue
        phrase = token.doc[token.left_edge.i : token.i + 1].text
        faced = {f.label.code for f in ctx.gazetteer.find(phrase, ("state", "demonym"))} & set(ctx.frame.parties)
        if len(faced) == 1:
            code = next(c for c in ctx.frame.parties if c not in faced)
            people = ctx.people_of(code)
            return next(iter(people.values())) if len(people) == 1 else ActorRef("state", code, code)
    return None


def named_before(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """The ministry, the official: the last one of that kind that was named with its state."""
    if not lexicon().has(noun.lemma_.lower(), "official") or not any(c.lower_ == "the" for c in noun.children):
        return None
    if any(c.dep_ in {"amod", "compound", "poss", "prep", "relcl"} for c in noun.children):
        return None
    found = ctx.meant_before(sentence, noun.lemma_.lower())
    return found if found is not None and found.parties else None
