"""Reading accounts from the store, and writing the meetings that they tell of into the derived graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pyoxigraph as ox

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError
from kg.iris import BASE, GRAPH_DERIVED, KG, RDF_TYPE, code_of
from kg.resolve.judgements import Judgements
from kg.resolve.match import Account, group

__all__ = ["accounts_between", "all_parties", "derive", "touched_parties"]

_PARTY = ox.NamedNode(KG + "party")
_ACCOUNT = ox.NamedNode(KG + "MeetingAccount")
_GATHERING = ox.NamedNode(KG + "Gathering")
_WITHIN = ox.NamedNode(KG + "withinPlace")
_TYPE = ox.NamedNode(RDF_TYPE)
_DERIVED = ox.NamedNode(GRAPH_DERIVED)
_LOG = ox.NamedNode(iris.GRAPH_LOG)
_JUDGEMENTS = ox.NamedNode(KG + "judgementsSha256")
_JUDGEMENTS_ONCE = ox.NamedNode(KG + "sha256")  # the name of the same in stores of old
_STATUS_ORDER = ("held", "cancelled", "postponed", "planned")


def touched_parties(quads: Iterable[ox.Quad], store: ox.Store | None = None) -> set[frozenset[str]]:
    """The sets of parties of the accounts of meetings among these quads (or, for a part of a graph, in the store)."""
    parties: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == _PARTY and isinstance(quad.subject, ox.NamedNode):
            parties[quad.subject.value].add(_iri(quad.object))
            if store is not None:
                parties[quad.subject.value].update(
                    _iri(q.object) for q in store.quads_for_pattern(quad.subject, _PARTY, None, quad.graph_name)
                )
    return {frozenset(p) for subject, p in parties.items() if subject.startswith(BASE + "account/")}


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def accounts_between(store: ox.Store, parties: frozenset[str]) -> list[Account]:
    """All accounts of meetings between exactly these parties."""
    found = {
        (_iri(q.subject), _iri(q.graph_name))
        for q in _rarest(store, parties)
        if q.graph_name != _DERIVED
        and all(ox.Quad(q.subject, _PARTY, ox.NamedNode(p), q.graph_name) in store for p in parties)
    }
    return [a for iri, graph in sorted(found) if (a := _account(store, iri, graph)) and a.parties == parties]


def _rarest(store: ox.Store, parties: frozenset[str]) -> list[ox.Quad]:
    """What names the one of the parties that is named least, without reading all that names the others."""
    streams: list[tuple[Iterator[ox.Quad], list[ox.Quad]]] = [
        (store.quads_for_pattern(None, _PARTY, ox.NamedNode(p), None), []) for p in sorted(parties)
    ]
    while streams:
        for stream, read in streams:
            quad = next(stream, None)
            if quad is None:
                return read
            read.append(quad)
    return []


def _account(store: ox.Store, iri: str, graph: str) -> Account | None:
    values: dict[str, list[str]] = defaultdict(list)
    node, name = ox.NamedNode(iri), ox.NamedNode(graph)
    for quad in store.quads_for_pattern(node, None, None, name):
        values[iris.local(quad.predicate.value)].append(quad.object.value)  # type: ignore[union-attr]
    if _ACCOUNT.value not in values["type"]:
        return None
    participant, behalf = ox.NamedNode(KG + "participant"), ox.NamedNode(KG + "onBehalfOf")
    persons: set[tuple[str, str]] = set()
    for quad in store.quads_for_pattern(None, ox.NamedNode(KG + "participationIn"), node, name):
        who = [_iri(q.object) for q in store.quads_for_pattern(quad.subject, participant, None, name)]
        side = [_iri(q.object) for q in store.quads_for_pattern(quad.subject, behalf, None, name)]
        persons.update((s, w) for s in side for w in who if w.startswith(BASE + "person/"))
    when = min(values["when"], default=None)
    return Account(
        iri=iri,
        source=graph,
        parties=frozenset(values["party"]),
        when=_date(when),
        kind=min(values["meetingKind"], default=None),
        status=min(values["meetingStatus"], default=None),
        places=frozenset(c for p in values["takesPlaceAt"] if (c := _city(store, p))),
        told_at=frozenset(values["takesPlaceAt"]),
        country=min(values["hostCountry"], default=None),
        forum=min(values["onMarginsOf"], default=None),
        persons=frozenset(persons),
    )


def _city(store: ox.Store, place: str) -> str | None:
    """The city that the reference data knows a place to be, or to lie in; None for what it does not know."""
    node = ox.NamedNode(place)
    for quad in store.quads_for_pattern(node, _WITHIN, None, None):
        return _iri(quad.object)
    kinds = store.quads_for_pattern(node, _TYPE, None, None)
    return place if any(_iri(q.graph_name).startswith(iris.GRAPH_REFERENCE) for q in kinds) else None


@dataclass(frozen=True, slots=True)
class _Gathering:
    """A summit of a forum, from the reference data."""

    forum: str
    place: str
    country: str
    start: date
    end: date


def _gatherings(store: ox.Store) -> list[_Gathering]:
    found = []
    for quad in store.quads_for_pattern(None, _TYPE, _GATHERING, None):
        about = {
            iris.local(q.predicate.value): q.object.value  # type: ignore[union-attr]
            for q in store.quads_for_pattern(quad.subject, None, None, quad.graph_name)
        }
        when = _date(about.get("when"))
        if when and when.earliest and when.latest and {"gatheringOf", "takesPlaceAt"} <= set(about):
            country = iris.actor(code_of(about["takesPlaceAt"]).split(".")[0])
            found.append(_Gathering(about["gatheringOf"], about["takesPlaceAt"], country, when.earliest, when.latest))
    return sorted(found, key=lambda g: (g.start, g.forum))


def _on_margins_of(accounts: tuple[Account, ...], when: Edtf | None, gatherings: list[_Gathering]) -> str | None:
    """The forum on whose margins a meeting took place though no account says so: same city, same days.

    Where only the month is known, a city in a country of one of the parties is not enough: leaders meet at home, too.
    """
    if when is None or when.earliest is None or when.latest is None:
        return None
    cities = {place for a in accounts for place in a.places}
    vague = (when.latest - when.earliest).days > 3
    if (when.latest - when.earliest).days > 31:
        return None
    day = timedelta(days=1)
    for gathering in gatherings:
        if gathering.place not in cities or (vague and gathering.country in accounts[0].parties):
            continue
        if when.earliest <= gathering.end + day and gathering.start - day <= when.latest:
            return gathering.forum
    return None


def _date(text: str | None) -> Edtf | None:
    """A date; one that RDF from outside has wrong counts as unknown, and `kg validate` names it."""
    try:
        return Edtf.parse(text) if text else None
    except RecordError:
        return None


def all_parties(store: ox.Store) -> set[frozenset[str]]:
    """The set of parties of every account of a meeting in the store."""
    parties: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _PARTY, None, None):
        if quad.graph_name != _DERIVED and _iri(quad.subject).startswith(BASE + "account/"):
            parties[_iri(quad.subject)].add(_iri(quad.object))
    return {frozenset(p) for p in parties.values()}


def derive(store: ox.Store, touched: set[frozenset[str]], judgements: Judgements) -> bool:
    """Bring the derived graph up to date for some sets of parties, or wholly when the judgements were edited.

    Returns whether anything was changed.
    """
    edited = judgements.digest != _seen(store)
    changed = _note_seen(store, judgements.digest)
    wanted: set[ox.Quad] = set()
    found: set[ox.Quad] = set()
    if edited:
        touched = all_parties(store)
        found = set(store.quads_for_pattern(None, None, None, _DERIVED))
        wanted |= _names(judgements)
    gatherings = _gatherings(store) if touched else []
    for parties in touched:
        if not edited:
            found |= _meetings_of(store, parties)
        for accounts in group(accounts_between(store, parties), judgements):
            wanted |= set(_meeting(parties, accounts, gatherings))
    for quad in found - wanted:
        store.remove(quad)
    store.extend(wanted - found)
    return changed or found != wanted


def _seen(store: ox.Store) -> str:
    """The digest of the judgements from which the derived graph was made."""
    for name in (_JUDGEMENTS_ONCE, _JUDGEMENTS):  # only an old version writes the first, and then after the second
        for quad in store.quads_for_pattern(_DERIVED, name, None, _LOG):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
    return Judgements().digest


def _note_seen(store: ox.Store, digest: str) -> bool:
    """Note in the log from which judgements the derived graph is made; returns whether that is new there."""
    noted = ox.Quad(_DERIVED, _JUDGEMENTS, ox.Literal(digest), _LOG)
    wanted = set() if digest == Judgements().digest else {noted}
    found = {q for name in (_JUDGEMENTS, _JUDGEMENTS_ONCE) for q in store.quads_for_pattern(_DERIVED, name, None, _LOG)}
    for quad in found - wanted:
        store.remove(quad)
    store.extend(wanted - found)
    return found != wanted


def _names(judgements: Judgements) -> set[ox.Quad]:
    """Which names mean one thing: each points to the first of its circle."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while parent.setdefault(iri, iri) != iri:
            parent[iri] = parent[parent[iri]]
            iri = parent[iri]
        return iri

    for circle in judgements.circles:
        first, *others = [iri for iri in circle if "/account/" not in iri] or [""]
        for other in others:
            low, high = sorted((root(first), root(other)))
            parent[high] = low
    same = ox.NamedNode(iris.OWL + "sameAs")
    return {ox.Quad(ox.NamedNode(i), same, ox.NamedNode(root(i)), _DERIVED) for i in list(parent) if root(i) != i}


def _meetings_of(store: ox.Store, parties: frozenset[str]) -> set[ox.Quad]:
    one = ox.NamedNode(min(parties))
    found: set[ox.Quad] = set()
    for quad in store.quads_for_pattern(None, _PARTY, one, _DERIVED):
        about = list(store.quads_for_pattern(quad.subject, None, None, _DERIVED))
        if {_iri(q.object) for q in about if q.predicate == _PARTY} == parties:
            found.update(about)
    return found


def _meeting(parties: frozenset[str], accounts: tuple[Account, ...], gatherings: list[_Gathering]) -> Iterable[ox.Quad]:
    dates = [a.when for a in accounts if a.when is not None]
    when = min(dates, key=lambda w: (_width(w), w.text)) if dates else None
    codes = sorted(code_of(p) for p in parties)
    who = "-".join(codes) if len(codes) <= 4 else f"multi-{len(codes)}"
    day = iris.fold(when.text) if when else "undated"
    node = ox.NamedNode(f"{BASE}meeting/{who}.{day}.{iris.sha256(min(a.iri for a in accounts))[:8]}")

    def say(name: str, value: str, datatype: str | None = None) -> ox.Quad:
        term = ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.NamedNode(value)
        return ox.Quad(node, ox.NamedNode(KG + name), term, _DERIVED)

    yield ox.Quad(node, _TYPE, ox.NamedNode(KG + "Meeting"), _DERIVED)
    for account in accounts:
        yield say("account", account.iri)
        for place in account.told_at:
            yield say("takesPlaceAt", place)
    for party in parties:
        yield say("party", party)
    if when is not None:
        yield say("when", when.text, iris.EDTF)
        if when.earliest:
            yield say("earliest", when.earliest.isoformat(), iris.XSD + "date")
        if when.latest:
            yield say("latest", when.latest.isoformat(), iris.XSD + "date")
    statuses = {code_of(a.status): a.status for a in accounts if a.status}
    for status in _STATUS_ORDER:
        if status in statuses:
            yield say("meetingStatus", statuses[status])
            break
    told = {a.forum for a in accounts if a.forum}
    if not told and (forum := _on_margins_of(accounts, when, gatherings)):
        told = {forum}
        yield say("rule", "at the place and time of a gathering of the forum", iris.XSD + "string")
    for name, values in (
        ("meetingKind", {a.kind for a in accounts if a.kind}),
        ("hostCountry", {a.country for a in accounts if a.country}),
        ("onMarginsOf", told),
    ):
        if values:
            yield say(name, _most_telling(values))


def _most_telling(values: Iterable[str | None]) -> str:
    """Of several values the one that says most: a special kind before a general one, then by name."""
    general = {"meeting", "visit"}
    return min((v for v in values if v), key=lambda v: (code_of(v) in general, v))


def _width(when: Edtf) -> int:
    return ((when.latest or date.max) - (when.earliest or date.min)).days
