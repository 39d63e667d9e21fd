"""What waits for a person: which accounts tell of one meeting, which names mean one person; and what was decided.

Decisions are kept in ``judgements.yaml`` (see `kg.resolve`), which people may also edit: their comments, order and
spelling of everything else stay as they are. What is derived follows at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from kg import iris
from kg.citations import Citation, citations
from kg.edtf import Edtf
from kg.errors import BadParameter, NotFound, ProjectError
from kg.graph import Graph
from kg.resolve import Account, Judgements, accounts_between, all_parties, doubts
from kg.store import write_atomically

if TYPE_CHECKING:
    import yaml

    from kg.project import Project

__all__ = ["Candidate", "Verdict", "candidates", "judge", "undo"]

Verdict = Literal["same", "different"]
_HEAD = "# What people decided: these are one (same), these are not (different). Edit as you like.\n"
_NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things of which a person should say whether they are one."""

    kind: Literal["meeting", "person"]
    one: str
    other: str
    label_one: str
    label_other: str
    reason: str
    cited_one: tuple[Citation, ...] = ()
    cited_other: tuple[Citation, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The candidate as JSON has it."""
        return {
            "kind": self.kind,
            "one": {"iri": self.one, "label": self.label_one, "citations": [c.as_dict() for c in self.cited_one]},
            "other": {
                "iri": self.other,
                "label": self.label_other,
                "citations": [c.as_dict() for c in self.cited_other],
            },
            "reason": self.reason,
        }


# --- what waits -----------------------------------------------------------------------------------------------------


def candidates(graph: Graph, judgements: Judgements) -> list[Candidate]:
    """Everything that waits for a person, in a stable order: meetings first, then persons."""
    found = [*_meetings(graph, judgements), *_persons(graph, judgements)]
    return sorted(found, key=lambda c: (c.kind, c.one, c.other))


def _candidate(graph: Graph, kind: Literal["meeting", "person"], one: str, other: str, reason: str) -> Candidate:
    return Candidate(
        kind,
        one,
        other,
        graph.label(one),
        graph.label(other),
        reason,
        tuple(_where(graph, one)),
        tuple(_where(graph, other)),
    )


def _where(graph: Graph, iri: str, limit: int = 2) -> list[Citation]:
    """Where a thing is told of; of a person what they took part in or said."""
    found = citations(graph, iri)
    if not any(c.quote or c.row for c in found):
        for name in ("participant", "speaker", "holder"):
            for quad in graph.store.quads_for_pattern(None, ox.NamedNode(iris.KG + name), ox.NamedNode(iri), None):
                if isinstance(quad.subject, ox.NamedNode):
                    act = quad.subject
                    told = graph.store.quads_for_pattern(act, ox.NamedNode(iris.KG + "participationIn"), None, None)
                    accounts = [q.object for q in told]
                    place = accounts[0] if accounts and isinstance(accounts[0], ox.NamedNode) else act
                    found += [c for c in citations(graph, place.value) if c.quote or c.row]
                if len(found) > 3 * limit:
                    break
    best = sorted(found, key=lambda c: (c.quote is None and c.row is None, c.published or "9999", c.source))
    return best[:limit]


def _meetings(graph: Graph, judgements: Judgements) -> Iterator[Candidate]:
    for parties in all_parties(graph.store):
        accounts = accounts_between(graph.store, parties)
        if len(accounts) > 1:
            for one, other, reason in [*doubts(accounts, judgements), *_near(accounts, judgements)]:
                yield _candidate(graph, "meeting", one.iri, other.iri, reason)


def _near(accounts: Sequence[Account], judgements: Judgements) -> Iterator[tuple[Account, Account, str]]:
    """Accounts of the same persons on days close to each other, in sources that each tell of one of the days only."""
    for one, other in combinations(sorted(accounts, key=lambda a: a.iri), 2):
        decided = frozenset((one.iri, other.iri)) in judgements.same | judgements.different
        if decided or one.source == other.source or one.family != other.family or not one.persons & other.persons:
            continue
        if one.when is None or other.when is None or not _close(one.when, other.when):
            continue
        if one.country and other.country and one.country != other.country:
            continue
        if one.places and other.places and not one.places & other.places:
            continue
        tells_both = any(
            a.source == me.source and a.when is not None and a.when.overlaps(them)
            for me, them in ((one, other.when), (other, one.when))
            for a in accounts
        )
        if not tells_both:
            yield one, other, "the same persons, a few days apart"


def _close(one: Edtf, other: Edtf) -> bool:
    first, second = sorted((one, other), key=lambda w: (w.earliest or date.min, w.latest or date.max))
    if first.latest is None or second.earliest is None:
        return False
    return bool(timedelta(0) < second.earliest - first.latest <= _NEAR)


@dataclass(frozen=True, slots=True)
class _Person:
    iri: str
    names: frozenset[str]
    surnames: frozenset[str]
    states: frozenset[str]
    reference: bool


def _persons(graph: Graph, judgements: Judgements) -> Iterator[Candidate]:
    known = list(_known_persons(graph))
    by_name: dict[str, set[str]] = defaultdict(set)
    by_surname: dict[str, list[_Person]] = defaultdict(list)
    for person in known:
        for name in person.names:
            by_name[name].add(person.iri)
        if person.reference:
            for surname in person.surnames:
                by_surname[surname].append(person)
    about = {p.iri: p for p in known}
    seen: set[frozenset[str]] = set(judgements.same | judgements.different)
    for name, persons in sorted(by_name.items()):
        for one, other in combinations(sorted(persons), 2):
            pair = frozenset((one, other))
            if pair in seen or (about[one].reference and about[other].reference):
                continue
            if about[one].states and about[other].states and not about[one].states & about[other].states:
                continue
            seen.add(pair)
            yield _candidate(graph, "person", one, other, f"both are called {name.replace('-', ' ')}")
    for person in known:
        if person.reference or any("-" in name for name in person.names):
            continue
        for surname in sorted(person.names | person.surnames):
            for match in by_surname.get(surname, ()):
                pair = frozenset((person.iri, match.iri))
                if pair not in seen and (not person.states or person.states & match.states):
                    seen.add(pair)
                    yield _candidate(graph, "person", person.iri, match.iri, "known by surname only in this source")


def _known_persons(graph: Graph) -> Iterator[_Person]:
    about: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = graph.query(
        """SELECT DISTINCT ?person ?name ?surname ?state ?source WHERE {
          GRAPH ?source { ?person a kg:Person }
          { GRAPH ?source { ?person skos:prefLabel|skos:altLabel ?name } }
          UNION { GRAPH ?source { ?person kg:surname ?surname } }
          UNION { GRAPH ?source { ?person kg:nationality ?state } }
        }"""
    )
    for row in rows:
        person = about[_value(row["person"])]
        person["sources"].add(_value(row["source"]))
        for key in ("name", "surname"):
            if row[key] is not None:
                person[key].add(iris.fold(_value(row[key])))
        if row["state"] is not None:
            person["state"].add(_value(row["state"]))
    for iri, found in about.items():
        yield _Person(
            iri,
            frozenset(found["name"]),
            frozenset(found["surname"]),
            frozenset(found["state"]),
            any(s.startswith(iris.GRAPH_REFERENCE) for s in found["sources"]),
        )


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


# --- what was decided -----------------------------------------------------------------------------------------------


def judge(project: "Project", verdict: Verdict, one: str, other: str) -> bool:
    """Write down whether two things are one, and bring what is derived up to date; False when it stood there already.

    Args:
        project: the project.
        verdict: "same" or "different"; an earlier one on the pair is replaced.
        one, other: IRIs, or their part behind the common beginning, of two accounts of meetings or two persons.

    Raises:
        NotFound: one of them is not known.
        BadParameter: they are no such pair.
        Locked: another process is writing.
    """
    with project.reading() as graph:
        pair = _checked(graph, one, other)
        labels = " and ".join(graph.label(iri) for iri in pair)
    path = project.judgements_file
    before = Judgements.read(path)
    wanted = before.same if verdict == "same" else before.different
    opposed = before.different if verdict == "same" else before.same
    if frozenset(pair) in wanted and frozenset(pair) not in opposed:
        return False
    text = _read(path)
    if frozenset(pair) in opposed:
        text = _without(path, text, frozenset(pair))
    if frozenset(pair) not in wanted:
        text = _with(text or _HEAD, verdict, pair, labels)
    _write(project, text, frozenset(pair), verdict)
    return True


def undo(project: "Project", one: str, other: str) -> bool:
    """Take back what was decided on two things; False when nothing was.

    Raises:
        BadParameter: the judgement names more than these two.
        Locked: another process is writing.
    """
    pair = frozenset((_full(one), _full(other)))
    path = project.judgements_file
    before = Judgements.read(path)
    if pair not in before.same | before.different:
        return False
    _write(project, _without(path, _read(path), pair), pair, None)
    return True


def _full(text: str) -> str:
    return text if text.startswith(("http:", "https:")) else iris.BASE + text.lstrip("/")


def _checked(graph: Graph, one: str, other: str) -> tuple[str, str]:
    pair = [_account(graph, _full(text)) for text in (one, other)]
    for iri, text in zip(pair, (one, other), strict=True):
        if not graph.exists(iri):
            raise NotFound(f"Nothing is known of {text!r}; `kg review` lists what waits, with its IRIs.")
    if pair[0] == pair[1]:
        raise BadParameter(f"{one!r} and {other!r} are one already.")
    kinds = {graph.cls(iri) for iri in pair}
    if kinds == {"MeetingAccount"}:
        parties = [{f.value for f in graph.facts(iri) if f.property == "party"} for iri in pair]
        if parties[0] != parties[1]:
            raise BadParameter("These two accounts name different parties, so that they cannot tell of one meeting.")
    elif kinds != {"Person"}:
        named = " and ".join(sorted(k or "something unknown" for k in kinds))
        raise BadParameter(f"A judgement is on two accounts of meetings or two persons, not on {named}.")
    low, high = sorted(pair)
    return low, high


def _account(graph: Graph, iri: str) -> str:
    """The account that a meeting rests on, where it is one; the thing itself otherwise."""
    accounts = sorted({f.value for f in graph.facts(iri) if f.property == "account"})
    if len(accounts) > 1:
        raise BadParameter(
            f"{graph.label(iri)} rests on {len(accounts)} accounts; a judgement names one of them: "
            + ", ".join(a.removeprefix(iris.BASE) for a in accounts)
        )
    return accounts[0] if accounts else iri


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""


def _write(project: "Project", text: str, pair: frozenset[str], verdict: Verdict | None) -> None:
    """Put the text in the place of the file once it is sure to mean what it should, and derive again."""
    path = project.judgements_file
    trial = path.with_name(f".{path.name}.new")
    trial.write_bytes(text.encode("utf-8"))
    try:
        found = Judgements.read(trial)
    except ProjectError:
        found = Judgements()
    finally:
        trial.unlink()
    meant = (pair in found.same, pair in found.different) == (verdict == "same", verdict == "different")
    if not meant or (text.strip() and not found.digest == iris.sha256(text)):
        raise ProjectError(f"{path.name} is written in a way that cannot be changed safely; edit it by hand.")
    write_atomically(path, text.encode("utf-8"))
    with project.writing():
        pass  # What is derived is brought up to date when the turn ends.


# --- the file, changed in place -------------------------------------------------------------------------------------


def _with(text: str, verdict: Verdict, pair: tuple[str, str], labels: str) -> str:
    remark = " ".join(labels.split())
    entry = f"- [{pair[0]}, {pair[1]}]  # {remark}\n"
    if text and not text.endswith("\n"):
        text += "\n"
    for key, value in _lists(text):
        if key.value != verdict:
            continue
        items = list(value.value) if isinstance(value.value, list) else []
        if items and not value.flow_style:
            end = _line_end(text, _end(items[-1]))
            return f"{text[:end]}{' ' * (items[0].start_mark.column - 2)}{entry}{text[end:]}"
        # An empty list, or one in brackets, becomes a list with a line for each entry.
        kept = "".join(f"  - {text[i.start_mark.index : i.end_mark.index]}\n" for i in items)
        begin = key.end_mark.index + 1
        close = max(begin, value.end_mark.index)
        end = _line_end(text, close)
        return f"{text[:begin]}{text[close:end].rstrip()}\n{kept}  {entry}{text[end:]}"
    return f"{text}{verdict}:\n  {entry}"


def _without(path: Path, text: str, pair: frozenset[str]) -> str:
    """The text without the entries that name exactly this pair."""
    for _, value in reversed(list(_lists(text))):
        for item in reversed(value.value if isinstance(value.value, list) else []):
            named = {node.value for node in item.value} if isinstance(item.value, list) else set()
            if pair == named:
                if value.flow_style:
                    text = _cut_flow(text, item)
                else:
                    start = text.rfind("\n", 0, item.start_mark.index) + 1
                    text = text[:start] + text[_line_end(text, _end(item)) :]
            elif pair <= named:
                line = item.start_mark.line + 1
                raise BadParameter(f"Line {line} of {path.name} names more than these two; edit it by hand.")
    return text


def _cut_flow(text: str, item: "yaml.Node") -> str:
    start, end = item.start_mark.index, item.end_mark.index
    rest = text[end:].lstrip()
    if rest.startswith(","):
        return text[:start] + rest[1:].lstrip()
    return text[:start].rstrip().removesuffix(",") + text[end:]


def _lists(text: str) -> "Iterable[tuple[yaml.ScalarNode, Any]]":
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return [] if root is None else root.value


def _end(node: "yaml.Node") -> int:
    """Where the words of a node end; a block ends for the parser only where the next one begins."""
    if isinstance(node.value, list) and node.value and not getattr(node, "flow_style", True):
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _line_end(text: str, index: int) -> int:
    """Where the line of an index ends, behind its newline."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1
