"""Noun phrases that mean parties without naming them: "the two sides", "the leaders", "the Chinese side", "my
counterpart".
"""

# ruff: noqa: SIM905 (lists of words read best as words)

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.context import Key
from kg.extract.frames import BODIES, state
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, Document, Frame, Mention, Paragraph
from kg.extract.name_spans import is_counterpart
from kg.extract.people import OFFICE_OF_TITLE
from kg.extract.registry import LEADER_TITLES, Registry, TitleMention

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = {"i", "me", "my", "mine", "myself"}
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "all": 0}
_OPEN = set(
    (
        "other many some several most more few all various those these such like - minded developing developed "
        "least third every each no any neighbouring neighboring senior participating member partner regional "
        "business world african european asian pacific local religious community political"
    ).split()
)


class Phrases:
    """Resolves titles and common nouns; knows what the document has named so far."""

    def __init__(self, document: Document, registry: Registry, frame: Frame, names: Gazetteer) -> None:
        self.document, self.registry, self.frame, self.names = document, registry, frame, names
        self.actors: dict[Key, ActorRef] = {}
        self.mentions: list[Mention] = []
        self.people = {index: person.actor() for index, person in enumerate(registry.persons)}
        self.recent: list[ActorRef] = []  # persons, latest last
        self.subject: ActorRef | None = None  # last person that was a subject
        self.group: ActorRef | None = None  # last group
        self.pair: tuple[int, ActorRef] | None = None  # paragraph, last explicit pair
        self.gender: dict[str, str] = {}
        self.shared_we = False  # whether "we" were both sides
        self.shared_at = 0  # and in which sentence last
        self.subjects = -1  # sentence whose subject was a group
        groups = names.concepts.get("group", {})
        self.nouns = {key: {w.casefold() for w in words} for key, words in groups.items()}

    def _title(self, mention: TitleMention, paragraph: Paragraph, seen: list[ActorRef]) -> ActorRef | None:
        before = paragraph.doc[mention.first - 1].lower_ if mention.first else ""
        if before in {"a", "an", "any", "every", "first", "deputy", "future", "former", "no"}:
            return None
        fits = [
            i
            for i, p in enumerate(self.registry.persons)
            if (p.title == mention.title or (p.title == "head-of-government" and mention.title in LEADER_TITLES))
            and (not mention.state or p.state == mention.state)
        ]
        if mention.title in {"minister", "official", "deputy", "organisation-head"} and not mention.state:
            fits = [i for i in fits if self._called(paragraph, mention, i)] or (
                fits if len(fits) == 1 and before == "the" else []
            )
        if mention.state:
            if mention.state not in self.names.states | self.names.forums:
                return None
            if fits:
                strict = [i for i in fits if self.registry.persons[i].title == mention.title or len(fits) == 1]
                return self.people[max(strict or fits, key=lambda i: self.registry.persons[i].count)]
            return self._office(mention, mention.state)
        voice = self.frame.voice
        speaker = paragraph.turn or (voice if voice is not None and voice.kind == "person" else None)
        if speaker is not None:  # "the President" of somebody who says I is somebody else
            other = [i for i in fits if self.people[i].name != speaker.name]
            own_title = [i for i in other if self.registry.persons[i].title == mention.title]
            fits = own_title or other
        elif self.frame.publisher_party and len(fits) > 1:
            own = [i for i in fits if self.registry.persons[i].state == self.frame.publisher_party]
            exact = [i for i in fits if self.registry.persons[i].title == mention.title]
            fits = (exact if len({self.registry.persons[i].state for i in exact}) == 1 else own) or fits
        if fits:
            last = [a for a in self.recent if a.name in {self.people[i].name for i in fits}]
            return last[-1] if last else self.people[max(fits, key=lambda i: self.registry.persons[i].count)]
        if mention.title in LEADER_TITLES and len(self.frame.parties) == 2 and speaker is not None and speaker.party:
            rest = [c for c in self.frame.parties if c != speaker.party]
            return self._office(mention, rest[0]) if len(rest) == 1 else None
        having = self.names.title_states.get(" ".join(mention.words.split()).casefold(), frozenset())
        alone = [c for c in self.frame.parties if c in having]
        if mention.title in OFFICE_OF_TITLE and len(alone) == 1:  # of China and Germany only one has a Chancellor
            return self._office(mention, alone[0])
        if mention.title in OFFICE_OF_TITLE and self.frame.publisher_party and before == "the":
            return self._office(mention, self.frame.publisher_party)
        return None

    def _called(self, paragraph: Paragraph, mention: TitleMention, index: int) -> bool:
        """Whether a bare "the Minister" may be this person: named within the last mentions."""
        return any(a.name == self.people[index].name for a in self.recent[-4:])

    def _office(self, mention: TitleMention, code: str) -> ActorRef:
        for office in OFFICE_OF_TITLE.get(mention.title, ()):
            holder = self.names.holder(office, code, self.document.published)
            if holder is not None:
                return ActorRef("person", holder.name, code, office, (), holder.iri, named=False)
        base = state(code, self.names)
        return ActorRef(base.kind, code, code, mention.title)

    def _noun(self, paragraph: Paragraph, token: "Token", seen: list[ActorRef]) -> ActorRef | None:
        if token.dep_ in {"compound", "nmod", "amod"}:
            return None
        lemma = token.lemma_.casefold()
        plural = (
            token.tag_ in {"NNS", "NNPS"}
            or token.lower_ in {"both", "two"}
            or (token.lower_ != lemma and token.lower_.endswith("s"))
        )
        if token.lower_ in {"both", "two"}:
            lonely = token.dep_ in NOUN_SUBJECTS | {"pobj", "dobj"} and not any(
                c.dep_ in {"prep"} for c in token.children
            )
            return self._all(paragraph, None) if lonely else None
        if is_counterpart(token.doc, token.i):
            return self._counterpart(paragraph, token)
        lemma = lemma if any(lemma in words for words in self.nouns.values()) else token.lower_.removesuffix("s")
        children = list(token.lefts)
        if plural:
            group = self._group(paragraph, token, lemma, children)
            if group is not None:
                return group
        if lemma in self.nouns.get("institution", ()):
            return self._institution(paragraph, token, children)
        return None

    def _group(self, paragraph: Paragraph, token: "Token", lemma: str, children: "list[Token]") -> ActorRef | None:
        kinds = [k for k in ("side", "country", "leader", "official") if lemma in self.nouns.get(k, ())]
        words = {c.lower_ for c in children} | {c.lower_ for t in children for c in t.children}
        told = [
            s
            for c in token.rights
            if c.dep_ == "prep" and c.lower_ in {"of", "from"} and not words & {"two", "both"}
            for s in self._states_in(paragraph, c)
        ]
        if kinds and len(set(told)) > 1:  # officials from A and B
            leaders = "leader" in kinds
            members = tuple(self._leader(s) if leaders else state(s, self.names) for s in dict.fromkeys(told))
            return ActorRef("group", "", members=members)
        compound = [c for c in children if c.dep_ == "compound"]
        whole = " ".join([*(c.lower_ for c in compound), lemma])
        if compound and any(whole in words for words in self.nouns.values()):
            kinds = [k for k in ("side", "country", "leader", "official") if whole in self.nouns.get(k, ())]
        elif (
            compound
            and all(c.text[:1].isupper() or c.lower_ in {"foreign", "defence", "trade"} for c in compound)
            and "official" in kinds
        ):
            pass
        elif compound:
            return None
        if not kinds:
            return None
        if words & _OPEN:
            return None
        if lemma == "party" and any(c.dep_ == "prep" for c in token.rights):
            return None  # the parties in the parliament
        states = [
            self.registry.hit_at[paragraph.index, c.i].found.label.code
            for c in self._below(token)
            if (hit := self.registry.hit_at.get((paragraph.index, c.i))) is not None
            and hit.found.label.kind in {"state", "demonym"}
        ]
        if states:
            states = list(dict.fromkeys(states))
            if len(states) > 1:
                return ActorRef(
                    "group",
                    "",
                    members=tuple(self._leader(s) if "leader" in kinds else state(s, self.names) for s in states),
                )
            return state(states[0], self.names) if kinds[0] != "country" else None
        number = next((_NUMBERS[w] for w in words if w in _NUMBERS), None)
        if number is None and "country" in kinds and not words & {"our", "their"}:
            return None
        if kinds[0] == "official" and "official" in kinds and not words & {"the", "both", "our", "their"}:
            return None  # according to two officials
        if number is None and kinds[0] == "side" and not words & {"the", "our"}:
            return None
        if any(c.dep_ == "prep" and c.lower_ in {"of", "from"} for c in token.rights) and number is None:
            codes = [s for c in token.rights for s in self._states_in(paragraph, c)]
            if not codes and any(t.lower_ in {"two", "both", "three"} for c in token.rights for t in c.subtree):
                codes = list(self.frame.parties)  # the leaders of the two countries
            if len(codes) > 1:
                return ActorRef("group", "", members=tuple(self._leader(c) for c in dict.fromkeys(codes)))
            if token.head.dep_ or codes or not words & {"both", "two"}:
                return None
        ours = "our" in words and self.frame.kind != "third-person"  # not those whom the sentence before named
        found = self._all(paragraph, number, persons="leader" in kinds or "official" in kinds, ours=ours)
        if found is not None and "official" in kinds and "leader" not in kinds:
            named = [a for a in found.people if a.office.startswith(lemma[:7]) or lemma in a.office.replace("-", " ")]
            if len({a.party for a in named}) < 2:
                return ActorRef("group", "", members=tuple(state(c, self.names) for c in found.parties))
        return found

    def _states_in(self, paragraph: Paragraph, token: "Token") -> list[str]:
        out = []
        for t in token.subtree:
            hit = self.registry.hit_at.get((paragraph.index, t.i))
            if hit is None or hit.first != t.i:
                continue
            label = hit.found.label
            if label.kind in {"state", "demonym"} or (label.kind == "forum" and label.code in BODIES):
                out.append(label.code)
        return out

    def _below(self, token: "Token") -> "Iterable[Token]":
        for child in token.lefts:
            yield child
            yield from (c for c in child.children if c.dep_ in {"conj", "compound", "amod", "nmod"})

    def _leader(self, code: str) -> ActorRef:
        return next((a for a in self.frame.leaders if a.party == code), state(code, self.names))

    def _all(
        self, paragraph: Paragraph, number: int | None, persons: bool = False, ours: bool = False
    ) -> ActorRef | None:
        """All parties of the text (or the pair named just before) as a group."""
        if (
            self.pair is not None
            and not ours
            and not (number is None and set(self.pair[1].parties) < set(self.frame.parties))
            and paragraph.index - self.pair[0] <= (1 if len(self.pair[1].parties) < 3 else 4)
            and (not number or number == len(self.pair[1].parties))
        ):
            pair = self.pair[1]
            if set(pair.parties) != set(self.frame.parties) and not (persons and not pair.people):
                return pair
            if persons and len(pair.people) == len(pair.parties):
                return pair
        parties = self.frame.parties
        if len(parties) < 2 or (number and number != len(parties) and not (number == 2 and len(parties) > 1)):
            return None
        if number and number < len(parties):
            return None
        members = tuple(self._leader(c) if persons else state(c, self.names) for c in parties)
        return ActorRef("group", "", members=members)

    def _institution(self, paragraph: Paragraph, token: "Token", children: "list[Token]") -> ActorRef | None:
        """ "The Chinese side", "Canada's government", "a foreign ministry spokesperson": the state for which it
        speaks.
        """
        codes: list[str] = []
        for child in [*self._below(token), *(g for c in children for g in c.subtree)]:
            hit = self.registry.hit_at.get((paragraph.index, child.i))
            if hit is None:
                continue
            label = hit.found.label
            if label.kind in {"state", "demonym", "capital"} or (label.kind == "forum" and label.code in BODIES):
                codes.append(label.code)
        if not codes and "EU" in self.frame.parties and {token.text, *(c.text for c in children)} & {"Commission"}:
            return state("EU", self.names)
        if not codes:
            for child in token.rights:
                if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                    codes += self._states_in(paragraph, child)[:1]
        if codes:
            return state(codes[0], self.names)
        words = {c.lower_ for c in children}
        own = self.frame.publisher_party
        if token.lemma_.casefold() in {"government", "administration"} and own:
            if words & {"my", "our"} or (
                words == {"the"} and (token.text[:1].isupper() or self.frame.kind == "first-person")
            ):
                if any(c.dep_ == "prep" and c.lower_ == "of" for c in token.rights):
                    return None
                return (
                    state(paragraph.turn.party, self.names)
                    if paragraph.turn is not None and paragraph.turn.party
                    else state(own, self.names)
                )
        return None

    def _counterpart(self, paragraph: Paragraph, token: "Token") -> ActorRef | None:
        codes = [
            h.found.label.code
            for c in token.lefts
            if (h := self.registry.hit_at.get((paragraph.index, c.i))) is not None
            and h.found.label.kind in {"demonym", "state"}
        ]
        owner = self.recent[-1] if self.recent else None
        if any(c.lower_ in FIRST for c in token.lefts):
            owner = paragraph.turn or self.frame.voice
        if not codes and token.lemma_.casefold() != "counterpart":
            return None
        if not codes and owner is not None and owner.party in self.frame.parties and len(self.frame.parties) == 2:
            codes = [c for c in self.frame.parties if c != owner.party]
        if not codes:
            return None
        fits = [
            a for a in self.people.values() if a.party == codes[0] and owner is not None and a.office == owner.office
        ]
        if fits:
            return fits[0]
        return (
            self._leader(codes[0]) if owner is not None and owner in self.frame.leaders else state(codes[0], self.names)
        )
