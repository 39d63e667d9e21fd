"""What kind of document a text is, which parties it is about, and who speaks for them.

The frame says who "I", "we", "the two sides" and "the leaders" are before a single sentence is read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg.extract import companions
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, Document, Frame, FrameKind, Paragraph
from kg.extract.nlp import plain
from kg.extract.registry import LEADER_TITLES, Registry

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_I = re.compile(r"\b(I|I'm|I've|my|My|me)\b(?!\.[A-Z])")
_WE = re.compile(r"(?:^|[.!?]\s)\s*(?:[A-Z][^.!?]{0,80},\s+)?[Ww]e\b", re.M)  # as subject of a sentence
_SAID = re.compile(r"\b(said|says|told|according to|added)\b")
BODIES = {
    *("EU", "AU", "UN", "NATO", "ASEAN", "GCC", "CARICOM", "PIF", "SADC", "ECOWAS", "EAC", "MERCOSUR", "CELAC"),
    *("LAS", "SICA"),
}  # organisations that meet and speak as one party
SEATS = {"BEL": "EU"}  # whose capital also stands for a body that has its seat there
_LEADING = LEADER_TITLES | {"head-of-government"}
_MINISTERS = {"minister", "foreign-minister", "deputy"}
_UNTOLD = {"office held on the day", "the other party of the document"}  # the text itself names no state with them


def judge(document: Document, paragraphs: Sequence[Paragraph], registry: Registry, names: Gazetteer) -> Frame:
    """The frame of a document; persons without a state get that of the other party where only one is left."""
    title = _title(document, paragraphs)
    publisher = document.publisher if document.publisher in names.states | names.forums else ""
    scores = _scores(document, paragraphs, registry, names, title)
    joint = _is_joint(document, paragraphs, names, title, publisher)
    named = _title_parties(title, names, registry)
    if joint:
        listed = _opening_parties(paragraphs, names, registry)
        if len(listed) > len(named):
            others = [code for code in named if code not in listed]
            opening = _opening(paragraphs)
            if all(code in {f.label.code for f in names.find(opening)} for code in others):
                named = [*listed, *others]
    heads = [registry.person(m) for m in registry.names if m.paragraph == -1 or _in_title(paragraphs, m.paragraph)]
    led = list(dict.fromkeys(p.state for p in heads if p.state and p.title in _LEADING and p.state in named))
    several = joint or len({*led, publisher} - {""}) > 2  # a call with three leaders whom the title names
    apart = joint and not re.search(r"(?i)\bwith\b", title)  # "statement with A and B": the publisher is the third
    told = {p.state for p in registry.persons if p.state}
    if publisher and registry.persons:  # what a government only writes about is no party
        scores = Counter({c: n for c, n in scores.items() if c in told or c in named or c == publisher})
    parties = _parties(scores, named if joint or not several else led, publisher or "", several, apart)
    joint = joint and (len(parties) > 1 or bool(set(parties) & names.forums))
    kind, rule = _kind(paragraphs, names, title, publisher or "", joint)
    guests = _labelled(document, paragraphs, registry, names, parties) if kind == "transcript" else set()
    _place(registry, parties, publisher or "", kind, _city(document, paragraphs, names), guests)
    speaking = _speaking(paragraphs, registry) if kind == "transcript" else set()
    leaders = _leaders(registry, parties, title, speaking)
    voice = _voice(document, registry, names, title, publisher or "", kind, parties, leaders)
    return Frame(kind, parties, voice, publisher or "", leaders, rule)


def _in_title(paragraphs: Sequence[Paragraph], index: int) -> bool:
    return 0 <= index < len(paragraphs) and paragraphs[index].kind == "title"


def _title(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    written = " ".join(p.doc.text for p in paragraphs if p.kind == "title")
    return written or plain(document.title or "")


@lru_cache(maxsize=16)
def phrases(names: Gazetteer, key: str) -> re.Pattern[str]:
    """What finds the words that the scheme of frames lists under a key, such as "joint" or "question"."""
    labels = sorted(names.concepts.get("frame", {}).get(key, ()), key=len, reverse=True)[:400]
    body = "|".join(re.escape(plain(label)).replace(r"\ ", r"\s+") for label in labels) or r"(?!)"
    return re.compile(rf"(?i)\b(?:{body})\b")


def _parties_part(title: str, names: Gazetteer) -> str:
    """The part of a title that names the parties: what stands before "on" or "regarding"."""
    found = phrases(names, "about").search(title)
    head = title[: found.start()] if found else title
    return head if names.find(head, ("state", "demonym", "forum")) else title


_GATHERED = re.compile(
    r"(?i)\b(at|in|during|(?:margins?|sidelines?|summit|meeting|session|conference|members?|leaders|ministers) of)\s+"
    r"(the\s+)?$"
)


def _title_parties(title: str, names: Gazetteer, registry: Registry) -> list[str]:
    codes: list[str] = []
    bodies: list[str] = []
    for found in names.find(_parties_part(title, names)):
        label = found.label
        if label.kind in {"state", "demonym"} or (label.kind == "forum" and label.code == "EU"):
            codes.append(label.code)
        elif label.kind == "forum" and label.code in BODIES and not _GATHERED.search(title[: found.start]):
            bodies.append(label.code)
    for mention in registry.names:
        person = registry.person(mention)
        if mention.paragraph == -1 and person.state:
            codes.append(person.state)
    if len(set(codes)) < 2:
        codes += bodies
    return list(dict.fromkeys(codes))


def _opening(paragraphs: Sequence[Paragraph]) -> str:
    """The first sentence of the running text."""
    opening = next((p for p in paragraphs if p.kind == "body"), None)
    return next(iter(opening.doc.sents)).text if opening is not None else ""


def _opening_parties(paragraphs: Sequence[Paragraph], names: Gazetteer, registry: Registry) -> list[str]:
    """Whom the opening lists: "we, the leaders of A, B and C", "the ministers of A, B and C", three heads by name."""
    opening = next((p for p in paragraphs if p.kind == "body"), None)
    if opening is None:
        return []
    first = _opening(paragraphs)
    listed = _run(first[:1500], names)  # states that a later sentence lists are no parties by that
    if len(listed) > 2:
        return listed
    heads = [registry.person(m) for m in registry.names if m.paragraph == opening.index]
    led = list(dict.fromkeys(p.state for p in heads if p.state and p.title in _LEADING))
    if len(led) > 2:
        return led
    found = re.match(
        r"(?i)(1\.\s*)?(today,? )?(we,?\s+)?the\s+(leaders|heads|foreign|defen[cs]e|trade|finance|presidents?"
        r"|prime|governments?|ministers?)\b[^.;:]*",
        first,
    )
    if not found:
        return []
    head = re.split(
        r"\b(?:met|meet|convened|gathered|held|issued|reaffirm\w*|remain|condemn\w*|welcom\w*|are|have|today"
        r"|on the occasion|express\w*|affirm\w*|committ?\w*|declare\w*)\b",
        found.group(),
    )[0]
    codes = [f.label.code for f in names.find(head, ("state", "demonym"))]
    codes = codes or [f.label.code for f in names.find(head, ("forum",))]
    return list(dict.fromkeys(codes))


def _run(text: str, names: Gazetteer) -> list[str]:
    """The first states that stand in one list, with commas, "the" and "and" between them."""
    run: list[str] = []
    end = -1
    for found in names.find(text, ("state", "forum")):
        if found.label.kind == "forum" and found.label.code not in BODIES:
            continue
        between = text[end : found.start] if end >= 0 else ""
        joined = end >= 0 and re.fullmatch(r"(\s*\([A-Z]+\))?\s*(,|and|, and)?\s*(the )?\s*", between)
        if not joined and len(run) > 2:
            break
        run = [*run, found.label.code] if joined else [found.label.code]
        end = found.end
    return list(dict.fromkeys(run))


def _scores(
    document: Document, paragraphs: Sequence[Paragraph], registry: Registry, names: Gazetteer, title: str
) -> Counter[str]:
    scores: Counter[str] = Counter()
    for index, hits in registry.hits.items():
        if paragraphs[index].kind in {"furniture", "byline"}:
            continue
        for hit in hits:
            label = hit.found.label
            if label.kind in {"state", "demonym"}:
                scores[label.code] += 2
            elif label.kind in {"capital", "metonym"}:
                scores[label.code] += 1
            elif label.code == "EU":
                scores[label.code] += 1
    for person in registry.persons:
        if person.state:
            scores[person.state] += min(person.count, 4) * (3 if person.title in _LEADING else 1)
    for found in names.find(_parties_part(title, names)):
        if found.label.kind in {"state", "demonym"}:
            scores[found.label.code] += 10
    return scores


def _parties(scores: Counter[str], named: list[str], publisher: str, joint: bool, apart: bool) -> tuple[str, ...]:
    order = [code for code, _ in sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))]
    several = len(named) > 2 or (len(named) == 2 and bool(set(named) & BODIES - {"EU"}))
    if apart and several and publisher and publisher not in named:
        publisher = ""  # a member of the body publishes
    if (joint and len(named) == 1 and not named[0].isupper()) or (
        joint and len(named) == 1 and len(named[0]) == 2 and named[0] != "EU"
    ):
        return tuple(named)  # a forum speaks: the G7
    chosen: list[str] = [publisher] if publisher else []
    for code in named:
        if code not in chosen and (joint or len(chosen) < 2):
            chosen.append(code)
    for code in order:
        if len(chosen) >= 2:
            break
        if code not in chosen and scores[code] >= 2:
            chosen.append(code)
    return tuple(sorted(chosen))


_DATELINE = re.compile(r"\s*([A-Z][A-Z .'’-]{2,30}?)(?=[,(]|\s+[-–—(]|,\s)")


def _city(document: Document, paragraphs: Sequence[Paragraph], names: Gazetteer) -> str:
    """The state of the city in the dateline of a story, "" where it has none."""
    for paragraph in paragraphs[:5]:
        found = _DATELINE.match(document.text, paragraph.start, paragraph.end)
        if found and paragraph.kind == "body":
            return names.state_of_place(found[1].strip().title()) or ""
    return ""


def _labelled(
    document: Document, paragraphs: Sequence[Paragraph], registry: Registry, names: Gazetteer, parties: tuple[str, ...]
) -> set[int]:
    """Give ministers with turns of their own the party in which they held office on the day; those of whom that is not
    known, where several speak and the document has two parties.
    """
    labels = {p.index for p in paragraphs if p.kind == "turn-label"}
    speaking = {m.person for m in registry.names if m.paragraph in labels}
    speaking = {i for i in speaking if registry.persons[i].title in _MINISTERS | _LEADING}
    if len(parties) != 2 or len(speaking) < 2 or not document.published:
        return set()
    for index in speaking:
        person = registry.persons[index]
        held = names.persons(" ".join(person.words), document.published) if not person.state else []
        fits = {h.iri: h for h in held if h.state in parties}
        if len(fits) == 1:
            holder = next(iter(fits.values()))
            person.state, person.evidence, person.iri = holder.state, "office held on the day", holder.iri
    return {i for i in speaking if not registry.persons[i].state}


def _place(
    registry: Registry, parties: tuple[str, ...], publisher: str, kind: FrameKind, city: str, guests: set[int]
) -> None:
    """Give leaders without a state the only party that has none yet, and "the Minister" of a first person to
    the first person.
    """
    for person in registry.persons:
        mine = publisher and (person.title in _MINISTERS or (person.title == "official" and kind == "third-person"))
        if kind not in {"first-person", "transcript"} and any(
            p.title == person.title and p.state == publisher for p in registry.persons
        ):
            mine = False
        if mine and not person.state and person.beside is None and registry.persons.index(person) not in guests:
            person.state, person.evidence = publisher, "minister of the one who speaks"
    if len(parties) != 2:
        companions.place(registry)
        return
    for person in registry.persons:
        if person.state or person.title not in _LEADING:
            continue
        led = {p.state for p in registry.persons if p.title in _LEADING and p.state in parties}
        free = [code for code in parties if code not in led]
        others = [code for code in parties if code != publisher]
        if len(free) == 2 and publisher in free:  # the first whom a government names without a state is its own
            index = registry.persons.index(person)
            first = next((m for m in registry.names if m.paragraph >= 0 and registry.person(m).title), None)
            free = [publisher] if first is not None and first.person == index else [c for c in free if c != publisher]
        if len(free) == 1:
            person.state, person.evidence = free[0], "the other party of the document"
        elif publisher and len(others) == 1 and led and publisher in led:
            person.state, person.evidence = others[0], "the other party of the document"
    companions.place(registry)
    home = (_home(registry, parties) or city) if kind == "third-person" and not publisher else ""
    home = home if home in parties else ""
    taken = {person.title for person in registry.persons if person.state == home}  # of the host, told with the state
    for person in registry.persons:
        bare = not person.state and person.beside is None and person.title in _MINISTERS
        if home and bare and (home != city or person.title not in taken):
            person.state, person.evidence = home, "the party whose officials are named without it"


def _home(registry: Registry, parties: tuple[str, ...]) -> str:
    """The party of whose officials a newspaper says no state, where it does say that of the other's: "Prime Minister
    A and French President B held talks, Foreign Secretary C said".
    """
    officials = [p for p in registry.persons if p.title in _LEADING | _MINISTERS and p.state in parties]
    untold = {p.state for p in officials if p.evidence in _UNTOLD}
    told = {p.state for p in officials if p.evidence not in _UNTOLD}
    return next(iter(untold)) if len(untold) == 1 and told and not untold & told else ""


def _speaking(paragraphs: Sequence[Paragraph], registry: Registry) -> set[int]:
    """Those of two parties who have turns of their own; none where only one party has."""
    labels = {p.index for p in paragraphs if p.kind == "turn-label"}
    persons = {m.person for m in registry.names if m.paragraph in labels}
    persons = {i for i in persons if registry.persons[i].title in _MINISTERS | _LEADING and registry.persons[i].state}
    return persons if len({registry.persons[i].state for i in persons}) == 2 else set()


def _leaders(registry: Registry, parties: tuple[str, ...], title: str, speaking: set[int]) -> tuple[ActorRef, ...]:
    """Of each party the person whom the title names, else its head, else its first minister."""
    out: list[ActorRef] = []
    words = set(re.findall(r"[^\W\d_]+", title))
    for code in parties:
        here = [p for p in registry.persons if p.state == code]
        here = [registry.persons[i] for i in sorted(speaking) if registry.persons[i] in here] or here
        leading = [p for p in here if p.title in _LEADING or p.office in {"head-of-state", "head-of-government"}] or [
            p for p in here if p.title not in {"", "honorific", "official"}
        ]
        titled = [
            p for p in here if p.words[-1] in words or (p.words[0] in words and p.words[0] not in title.split()[:1])
        ]
        leading = titled or leading
        if leading:
            out.append(max(leading, key=lambda p: (p.count, len(p.words))).actor())
    return tuple(out)


def _body(paragraphs: Sequence[Paragraph]) -> str:
    return _QUOTED.sub(" ", "\n".join(p.doc.text for p in paragraphs if p.kind == "body"))


def _is_joint(
    document: Document, paragraphs: Sequence[Paragraph], names: Gazetteer, title: str, publisher: str | None
) -> bool:
    if phrases(names, "spoken").search(title) and not re.search(r"(?i)\bjoint press statement\b", title):
        return False
    if re.search(r"(?i)\bremarks\b", title):
        return False
    opening = next((p.doc.text for p in paragraphs if p.kind == "body"), "")
    if re.match(r"(?i)(1\.\s*)?we, the\b", opening):
        return True
    found = phrases(names, "joint").search(title)
    if not found:
        return False
    if publisher:
        return len(_I.findall(_body(paragraphs))) < 2  # one may be a numeral or a name
    text = _body(paragraphs)
    return len(_SAID.findall(text)) <= 1 + len(text) // 3000


def _kind(
    paragraphs: Sequence[Paragraph], names: Gazetteer, title: str, publisher: str, joint: bool
) -> tuple[FrameKind, str]:
    labels = sum(p.kind == "turn-label" for p in paragraphs)
    body = _body(paragraphs)
    first = len(_I.findall(body))
    if labels and (labels > 1 or first or phrases(names, "spoken").search(title)):
        return "transcript", "turn labels"
    if joint:
        return "joint", "title names a joint document"
    spoken = bool(phrases(names, "spoken").search(title))
    said = len(_SAID.findall(body))
    if first and (publisher or spoken) and first * 2 >= said:
        return "first-person", "first person outside quotation marks"
    if publisher and len(_WE.findall(body)) >= 2 and said == 0:
        return "first-person", "we of a publishing government"
    return "third-person", "no first person"


def _voice(
    document: Document,
    registry: Registry,
    names: Gazetteer,
    title: str,
    publisher: str,
    kind: FrameKind,
    parties: tuple[str, ...],
    leaders: tuple[ActorRef, ...],
) -> ActorRef | None:
    if kind == "joint":
        return ActorRef("group", "", members=tuple(state(code, names) for code in parties)) if parties else None
    if kind == "third-person":
        return None
    if document.head_of_government and registry.persons:
        return registry.persons[0].actor()
    by = re.search(r"(?i)\b(?:by|of|from)\b", title)
    in_title = [m for m in registry.names if m.paragraph in {-1, 0}]
    spoken = phrases(names, "spoken").search(title)
    if by and spoken and in_title:
        mine = [m for m in in_title if registry.person(m).state in {publisher, ""}] or in_title
        return registry.person(mine[0]).actor()
    holder = names.holder("head-of-government", publisher, document.published) if publisher else None
    own = [a for a in leaders if a.party == publisher]
    if kind == "transcript" or _I.search(title):
        if own:
            return own[0]
    if holder and kind == "first-person" and not own:
        return ActorRef("person", holder.name, publisher, "head-of-government", (), holder.iri)
    if own:
        return own[0]
    return state(publisher, names) if publisher else None


def state(code: str, names: Gazetteer) -> ActorRef:
    """A state (or an organisation that is a party) as actor."""
    kind = "organisation" if code in names.forums and code not in names.states else "state"
    return ActorRef("organisation" if kind == "organisation" else "state", code, code)
