"""What waits for a person: which accounts tell of one meeting, which names mean one person; and what was decided.

Decisions are kept in ``judgements.yaml`` (see `kg.resolve`), which people may also edit: their comments, order and
spelling of everything else stay as they are. What is derived follows at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from kg import iris
from kg.citations import Citation, citations
from kg.edtf import Edtf
from kg.errors import BadParameter, NotFound, ProjectError
from kg.graph import Graph, value_of
from kg.judgement_file import HEAD, added, read, without
from kg.namesakes import namesakes
from kg.ontology import model
from kg.resolve import Account, Judgements, accounts_between, all_parties, doubts
from kg.store import write_atomically

if TYPE_CHECKING:
    from kg.project import Project

__all__ = ["Candidate", "Decision", "Verdict", "candidates", "decide", "decided", "judge", "reopen", "undo"]

Verdict = Literal["same", "different"]
Decision = Literal["accepted", "rejected"]
Kind = Literal["meeting", "person", "reading"]
_NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a person should judge: whether two things are one, or (a reading) whether a text says what it may say.

    Of a reading, `one` is the candidate, `label_one` its words, `label_other` what it would be; `other` is empty.
    """

    kind: Kind
    one: str
    other: str
    label_one: str
    label_other: str
    reason: str
    cited_one: tuple[Citation, ...] = ()
    cited_other: tuple[Citation, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The candidate as JSON has it."""
        if self.kind == "reading":
            one = {"iri": self.one, "label": self.label_one, "citations": [c.as_dict() for c in self.cited_one]}
            return {"kind": self.kind, "one": one, "suggests": self.label_other, "reason": self.reason}
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
    """Everything that waits for a person, in a stable order: meetings first, then persons, then readings of texts."""
    waiting = (c for c in _readings(graph) if c.one not in judgements.accepted | judgements.rejected)
    persons = (_candidate(graph, "person", *found) for found in namesakes(graph, judgements))
    found = [*_meetings(graph, judgements), *persons, *waiting]
    return sorted(found, key=lambda c: (c.kind, c.one, c.other))


def decided(graph: Graph, judgements: Judgements) -> list[tuple[Decision, Candidate]]:
    """The readings that a person accepted or rejected and that their sources still offer."""
    found = sorted(_readings(graph), key=lambda c: c.one)
    return [
        *(("accepted", c) for c in found if c.one in judgements.accepted),
        *(("rejected", c) for c in found if c.one in judgements.rejected),
    ]


def _readings(graph: Graph) -> Iterator[Candidate]:
    rows = graph.query(
        """SELECT DISTINCT ?it ?suggests ?reason WHERE {
          GRAPH ?source { ?it a kg:Candidate ; kg:suggests ?suggests ; kg:reason ?reason }
        }"""
    )
    classes = model().classes
    for row in rows:
        iri, suggests = value_of(row["it"]), value_of(row["suggests"])
        cited = tuple(citations(graph, iri))
        words = " ".join((cited[0].quote or "").split()) if cited else ""
        label = classes[suggests].label if suggests in classes else suggests
        yield Candidate("reading", iri, "", words or graph.label(iri), label, value_of(row["reason"]), cited)


def _candidate(graph: Graph, kind: Kind, one: str, other: str, reason: str) -> Candidate:
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
        if (
            judgements.are_decided(one.iri, other.iri)
            or one.source == other.source
            or one.family != other.family
            or not one.persons & other.persons
        ):
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
    stands, opposed = before.are_same(*pair), before.are_different(*pair)
    if verdict == "different":
        stands, opposed = opposed, stands
    if stands and not opposed:
        return False
    text = read(path)
    if opposed:
        text = without(path, text, frozenset(pair))
    if not stands:
        text = added(text or HEAD, verdict, [(pair, labels)])
    _write(project, text, frozenset(pair), verdict)
    return True


def undo(project: "Project", one: str, other: str) -> bool:
    """Take back what was decided on two things; False when nothing was.

    Raises:
        BadParameter: the judgement names more than these two.
        Locked: another process is writing.
    """
    names = _full(one), _full(other)
    pair = frozenset(names)
    path = project.judgements_file
    before = Judgements.read(path)
    if not before.are_decided(*names):
        return False
    _write(project, without(path, read(path), pair), pair, None)
    return True


def decide(project: "Project", verdict: Decision, candidate: str) -> bool:
    """Write down whether a text says what a candidate suggests; False when that stood there already.

    An accepted candidate stays a candidate: what it lacks (a speaker, a party) no yes supplies, so that it counts as no
    act; a person who knows enters the act itself, and cites the text.

    Raises:
        NotFound: there is no such candidate.
        Locked: another process is writing.
    """
    iri = _full(candidate)
    with project.reading() as graph:
        if graph.cls(iri) != "Candidate":
            raise NotFound(f"{candidate!r} is no candidate; `kg review` lists what waits, with its IRIs.")
        label = graph.label(iri)
    path = project.judgements_file
    before = Judgements.read(path)
    wanted = before.accepted if verdict == "accepted" else before.rejected
    opposed = before.rejected if verdict == "accepted" else before.accepted
    if iri in wanted and iri not in opposed:
        return False
    text = read(path)
    if iri in opposed:
        text = without(path, text, frozenset((iri,)))
    if iri not in wanted:
        text = added(text or HEAD, verdict, [((iri,), label)])
    _write(project, text, frozenset((iri,)), verdict)
    return True


def reopen(project: "Project", candidate: str) -> bool:
    """Take back what was decided on a candidate; False when nothing was.

    Raises:
        Locked: another process is writing.
    """
    iri = _full(candidate)
    path = project.judgements_file
    before = Judgements.read(path)
    if iri not in before.accepted | before.rejected:
        return False
    _write(project, without(path, read(path), frozenset((iri,))), frozenset((iri,)), None)
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


def _write(project: "Project", text: str, named: frozenset[str], verdict: str | None) -> None:
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
    meant = {
        "same": len(named) == 2 and found.are_same(*named),
        "different": len(named) == 2 and found.are_different(*named),
        "accepted": named <= found.accepted,
        "rejected": named <= found.rejected,
    }
    right = all(stands == (name == verdict) for name, stands in meant.items())
    if not right or (text.strip() and found.digest != iris.sha256(text)):
        raise ProjectError(f"{path.name} is written in a way that cannot be changed safely; edit it by hand.")
    write_atomically(path, text.encode("utf-8"))
    with project.writing():
        pass  # What is derived is brought up to date when the turn ends.
