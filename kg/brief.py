"""A memo on a pair of actors in Markdown, every sentence with footnotes to the words it rests on.

All that comes from data is escaped, so that a title or a quotation cannot make headings, links or HTML.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.edtf import in_words
from kg.errors import BadParameter
from kg.footnotes import Footnotes, escaped, quoted
from kg.graph import Graph
from kg.names import Names
from kg.questions import Row, ask
from kg.questions.people import grouped, listed, places

__all__ = ["brief"]

_TOP = ("head-of-state", "paramount-leader", "head-of-government", "foreign-minister")
_SETTLED = ("kept", "broken")
_MANY = 6
_FORUMS = 30


@dataclass(slots=True)
class _Memo:
    graph: Graph
    a: str
    b: str
    name_a: str
    name_b: str
    since: str | None
    on: str | None
    known_at: str | None
    notes: Footnotes
    lines: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def ask(self, name: str, **given: Any) -> list[Row]:
        """The rows of a question on the pair, known at the day of the memo."""
        pair = {} if name == "office-held" else {"a": self.a, "b": self.b}
        return ask(self.graph, name, cite=3, **pair, **given, known_at=self.known_at)

    def head(self, title: str) -> None:
        """Begin a section."""
        self.lines += ["", f"## {title}", ""]

    def say(self, sentence: str, row: Row | None = None, indent: int = 0) -> None:
        """A point with the footnotes of a row."""
        marks = self.notes.to(row.citations, row.more) if row is not None else ""
        self.lines.append("  " * indent + f"- {sentence}{marks}")


def brief(
    graph: Graph, a: str, b: str, *, since: str | None = None, on: str | None = None, known_at: str | None = None
) -> str:
    """A memo on what the graph holds of a pair, as Markdown.

    Args:
        graph: the graph.
        a, b: the two, as people type them.
        since: leave out what was said and done before this day (ISO).
        on: as things stood on this day (ISO); default: the day of the latest source on the pair, or where none has a
            day, that of the latest act.
        known_at: only what sources published by this day (ISO) tell.

    Raises:
        BadParameter: the two are one.
        NotFound, AmbiguousName: a name stands for nothing, or for several things.
    """
    names = Names.of(graph)
    one, other = names.one(a, "Organisation"), names.one(b, "Organisation")
    if one.iri == other.iri:
        raise BadParameter(f"{a!r} and {b!r} are both {one.label}; a brief is on two.")
    relation = iris.relation(one.iri, other.iri)
    on = on or _latest_source(graph, relation, known_at) or (None if known_at else _latest_act(graph, relation))
    memo = _Memo(
        graph, one.iri, other.iri, escaped(one.label), escaped(other.label), since, on, known_at, Footnotes(graph)
    )
    title = f"# {memo.name_a} and {memo.name_b}"
    _offices(memo)
    _meetings(memo)
    _said(memo)
    _commitments(memo)
    _forums(memo)
    _disagreements(memo)
    _unknown(memo)
    lead = [title, "", _lead(memo)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*lead, *memo.lines, "", *memo.notes.texts])) + "\n"


def _latest_source(graph: Graph, relation: str, known_at: str | None) -> str | None:
    """The day of the latest source that tells of the relation, so that no clock is needed."""
    rows = graph.query(
        f"SELECT DISTINCT ?published WHERE {{ GRAPH ?source {{ ?act kg:concerns <{relation}> . "
        "?source kg:publishedLatest ?published } }"
    )
    days = [r["published"].value for r in rows if isinstance(r["published"], ox.Literal)]
    return max((d for d in days if known_at is None or d <= known_at), default=None)


def _latest_act(graph: Graph, relation: str) -> str | None:
    """The last day of the latest act that concerns the relation, for sources without a date such as data sets."""
    rows = graph.query(
        f"SELECT (MAX(?day) AS ?last) WHERE {{ GRAPH ?source {{ ?act kg:concerns <{relation}> }} "
        "OPTIONAL { GRAPH ?source { ?act kg:latest ?day } } }"
    )
    return next((r["last"].value for r in rows if isinstance(r["last"], ox.Literal)), None)


def _lead(memo: _Memo) -> str:
    days = f"as of {memo.on}" if memo.on else "without a day, because nothing on the two has a date"
    parts = [f"What the sources in this project tell of {memo.name_a} and {memo.name_b}, {days}"]
    if memo.since:
        parts.append(f"from {memo.since} on")
    if memo.known_at:
        parts.append(f"published by {memo.known_at}")
    return ", ".join(parts) + ". Each claim is that of the sources named in its footnotes."


# --- sections -------------------------------------------------------------------------------------------------------


def _offices(memo: _Memo) -> None:
    memo.head(f"In office on {memo.on}" if memo.on else "Last known in office")
    told: list[tuple[str, Row]] = []
    for iri, name in ((memo.a, memo.name_a), (memo.b, memo.name_b)):
        found = False
        for level in _TOP:
            rows = memo.ask("office-held", of=iri, as_of=memo.on, level=level)
            for row in rows if memo.on else _last_holders(rows):
                found = True
                terms = escaped("; ".join(map(in_words, row["when"]))) or "dates unknown"
                told.append((f"{escaped(str(row['person']))}, {escaped(str(row['office']))} ({terms}).", row))
        if not found:
            memo.unknown.append(f"Who led {name} and its foreign policy{' on that day' if memo.on else ''}.")
    end = _end_of_reference(memo, [row for _, row in told])
    if end:
        memo.lines += [
            f"The reference data on holders of offices are sound up to {end}; who is named may have left since.",
            "",
        ]
        memo.unknown.append(f"Who took office after {end}, where no loaded source says so.")
    for sentence, row in told:
        memo.say(sentence, row)
    _nothing(memo, "No holder of an office is known.")


def _end_of_reference(memo: _Memo, rows: Sequence[Row]) -> str | None:
    """The day on which the reference data end that alone tell of some rows, where the memo is of a later day."""
    if memo.on is None:
        return None
    ends = {
        r["source"].value: r["end"].value
        for r in memo.graph.query("SELECT DISTINCT ?source ?end WHERE { GRAPH ?source { ?source kg:latest ?end } }")
        if isinstance(r["source"], ox.NamedNode) and isinstance(r["end"], ox.Literal)
    }
    sound = [
        max((ends[c.source] for c in row.citations), default="")
        for row in rows
        if all(c.source in ends for c in row.citations)
    ]
    return max((day for day in sound if day and day < memo.on), default=None)


def _last_holders(rows: Sequence[Row]) -> list[Row]:
    """Of the holders of offices, latest first: whose term is open, or where there is none, the last of each office."""
    still = [row for row in rows if any(when.endswith("/..") for when in row["when"])]
    last = {row["office"].iri: row for row in reversed(rows)}
    return still or list(last.values())


def _meetings(memo: _Memo) -> None:
    memo.head("Meetings")
    rows = memo.ask("meetings", since=memo.since)
    ahead = [r for r in rows if memo.on and _first_day(r) > memo.on]
    past = [r for r in rows if r not in ahead]
    for row in past[:8]:
        memo.say(_meeting(memo, row), row)
    if len(past) > 8:
        memo.say(f"{len(past) - 8} earlier meetings are left out here.")
    for row in ahead:
        memo.say("Ahead: " + _meeting(memo, row), row)
    if not past:
        memo.unknown.append(f"Whether {memo.name_a} and {memo.name_b} met" + (" since then." if memo.since else "."))
    _nothing(memo, "No meeting is known.")


def _first_day(row: Row) -> str:
    dates = row["date"] if isinstance(row["date"], list) else [row["date"] or ""]
    return max(str(d) for d in dates)


def _meeting(memo: _Memo, row: Row) -> str:
    when = escaped(_joined(row["date"])) or "date unknown"
    kind, status = _joined(row["kind"]) or "Meeting", _joined(row["status"]).lower()
    text = f"{when}: {escaped(kind.lower())}"
    if row["place"]:
        text += f" in {escaped(' or '.join(places(memo.graph, row['place'])))}"
    if row["margins"]:
        text += f", on the margins of {escaped(_joined(row['margins'], ' or '))}"
    if len(row["parties"]) > 2:
        text += f", among {len(row['parties'])} parties"
    if row["persons"]:
        text += f"; {escaped(_joined(row['persons']))} took part"
    if status and status != "held":
        text += f"; {escaped(status)}"
    return text + f"; {_many(row['witnesses'], 'document or table tells', 'documents or tables tell')} of it."


def _said(memo: _Memo) -> None:
    memo.head("What was said, by sector")
    rows = memo.ask("said", since=memo.since, until=memo.on)
    sizes = Counter(str(sector) for row in rows for sector in row["sectors"])
    by_sector: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        # Each once, under the sector of which most is said.
        first = min(map(str, row["sectors"]), key=lambda s: (-sizes[s], s), default="Other subjects")
        by_sector[first].append(row)
    for sector in sorted(by_sector, key=lambda s: (s == "Other subjects", -len(by_sector[s]), s)):
        memo.lines += ["", f"### {escaped(sector)}", ""]
        for row in by_sector[sector][:_MANY]:
            memo.say(_statement(row, sector), row)
        if len(by_sector[sector]) > _MANY:
            memo.say(f"{len(by_sector[sector]) - _MANY} more statements are left out here.")
    for iri, name in ((memo.a, memo.name_a), (memo.b, memo.name_b)):
        # A state that speaks itself is the speaker, with nobody on whose behalf.
        if not any(iri == t.iri for row in rows for t in (*row["for"], *listed(row["speaker"]))):
            memo.unknown.append(f"What {name} said{' since then' if memo.since else ''}: no source quotes it.")
    _nothing(memo, "No statement is known.")


def _statement(row: Row, under: str) -> str:
    who = _joined(row["speaker"]) or " and ".join(map(str, row["for"])) or "Unnamed"
    side = [str(t) for t in row["for"]]
    if row["speaker"] and side:
        who += f" ({' and '.join(side)})"
    also = [t for t in map(str, (*row["subjects"], *row["sectors"])) if t != under]
    subjects = f" (on {escaped(_joined(also, ', '))})" if also else ""
    return f"{escaped(who)}, {escaped(_joined(row['date']) or 'date unknown')}{subjects}: {quoted(row['words'])}"


def _commitments(memo: _Memo) -> None:
    memo.head("Commitments")
    rows = grouped(memo.ask("commitments", as_of=memo.on))
    if memo.since:
        rows = [r for r in rows if _joined(r["date"]) >= memo.since[: len(_joined(r["date"]))]]
    settled = [r for r in rows if any(iris.code_of(t.iri) in _SETTLED for t in listed(r["status"]))]
    open_ones = [r for r in rows if r not in settled]
    for title, found in (("Open", open_ones), ("Settled", settled)):
        if found:
            memo.lines += ["", f"### {title}", ""]
            for row in found:
                memo.say(_commitment(row), row)
    unjudged = [r for r in open_ones if not r["status"]]
    if unjudged:
        memo.unknown.append(
            f"What became of {_many(len(unjudged), 'commitment', 'commitments')}: no source follows "
            f"{'it' if len(unjudged) == 1 else 'them'} up."
        )
    if not rows:
        memo.unknown.append("What the two undertook towards each other.")
    _nothing(memo, "No commitment is known.")


def _commitment(row: Row) -> str:
    facts = [
        _joined(row["kind"]).lower(),
        f"due {_joined([in_words(due) for due in listed(row['due'])], ' or ')}" if row["due"] else "no due time",
    ]
    if row["status"]:
        facts.append(f"{_joined(row['status'], ' or ').lower()} on {_joined(row['judged'])}")
        if row["assessor"]:
            facts.append(f"as {_joined(row['assessor'])} judges")
    if row["overdue"] is True:
        facts.append("overdue")
    text = f"{escaped(_joined(row['by'], ' and '))}, {escaped(_joined(row['date']) or 'date unknown')}: "
    return text + f"{quoted(row['words'])} ({escaped(', '.join(f for f in facts if f))})."


def _forums(memo: _Memo) -> None:
    memo.head("Forums in which both sit")
    rows = memo.ask("common-forums", as_of=memo.on)
    # First those that people know by a name, and not by the short name of a data set alone.
    rows.sort(key=lambda row: "/forum/cow-" in row["forum"].iri)
    end = _end_of_reference(memo, rows)
    if end:
        memo.lines += [f"The reference data on memberships are sound up to {end}; some may have changed since.", ""]
    for row in rows[:_FORUMS]:
        role_a, role_b = (_joined(row[r]).lower() or "role unknown" for r in ("role_a", "role_b"))
        unequal = {role_a, role_b} - {"member", "role unknown"}
        detail = f" ({memo.name_a}: {escaped(role_a)}; {memo.name_b}: {escaped(role_b)})"
        since = f", both since {escaped(_joined(row['both_since'], ' or '))}" if row["both_since"] else ""
        memo.say(f"{escaped(str(row['forum']))}{detail if unequal else ''}{since}.", row)
    if len(rows) > _FORUMS:
        memo.say(f"{len(rows) - _FORUMS} more forums are left out here; kg ask common-forums lists them.")
    if not rows:
        memo.unknown.append("In which forums both sit.")
    _nothing(memo, "No common forum is known.")


def _disagreements(memo: _Memo) -> None:
    memo.head("Where sources differ")
    for row in memo.ask("contradictions"):
        one, other = (_joined(row[s], " and ") for s in ("one_source", "other_source"))
        on = [_joined(row[c], " and ") for c in ("by", "subject") if row[c]]
        memo.say(
            f"{escaped(row['what'].capitalize())}{' of ' if on else ''}{escaped(', '.join(on))}: "
            f"{escaped(_joined(row['one']))} by {escaped(one)}, {escaped(_joined(row['other']))} by {escaped(other)}.",
            row,
        )
    for row in memo.ask("left-out", since=memo.since, until=memo.on)[:20]:
        item = escaped(str(row["item"][0])) if row["item"] else ""
        what = f"the {row['what']} “{item}”" if row["what"] != "words of a party" else f"what {item} said"
        says, silent = escaped(_joined(row["says"], " and ")), escaped(_joined(row["leaves_out"], " and "))
        tell, do = ("tell" if len(row["says"]) > 1 else "tells"), ("do" if len(row["leaves_out"]) > 1 else "does")
        met = escaped(_joined(row["date"]) or "an unknown day")
        memo.say(f"{says} {tell} {what} at the meeting of {met}; {silent} {do} not.", row)
    alone = memo.ask("one-source", told_by="state-media", since=memo.since, until=memo.on)
    for row in alone[:10]:
        memo.say(f"State media alone tell: {_ended(escaped(str(row['claim'])))}", row)
    if len(alone) > 10:
        memo.say(f"{len(alone) - 10} more that state media alone tell are left out here.")
    _nothing(memo, "No disagreement is known; that may mean only that few sources were loaded.")


def _unknown(memo: _Memo) -> None:
    memo.head("What is not known")
    for sentence in memo.unknown:
        memo.lines.append(f"- {sentence}")
    sources = _sources(memo)
    undated = [s for s, day in sources.items() if day is None]
    if undated:
        memo.lines.append(
            f"- When {_many(len(undated), 'source', 'sources')} on the two {'was' if len(undated) == 1 else 'were'} "
            f"published: {escaped(', '.join(memo.graph.source(s).title for s in undated[:5]))}."
        )
    if not sources:
        memo.lines.append("- All else: no source that was loaded tells of the two.")
        return
    dated = sorted(day for day in sources.values() if day)
    memo.lines.append(
        f"- Anything that the {_many(len(sources), 'loaded source', 'loaded sources')} on the two "
        + (f"(published {dated[0]} to {dated[-1]}) " if dated else "")
        + ("does" if len(sources) == 1 else "do")
        + " not tell: what is not seen here may have happened all the same."
    )


def _sources(memo: _Memo) -> dict[str, str | None]:
    rows = memo.graph.query(
        f"SELECT DISTINCT ?source WHERE {{ GRAPH ?source {{ ?act kg:concerns <{iris.relation(memo.a, memo.b)}> }} }}"
    )
    found = {r["source"].value for r in rows if isinstance(r["source"], ox.NamedNode)}
    days = {s: memo.graph.source(s).published_latest for s in sorted(found)}
    return {s: d for s, d in days.items() if memo.known_at is None or (d is not None and d <= memo.known_at)}


# --- words ----------------------------------------------------------------------------------------------------------


def _nothing(memo: _Memo, sentence: str) -> None:
    if memo.lines[-2].startswith("## ") and not memo.lines[-1]:
        memo.lines.append(sentence)


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _ended(sentence: str) -> str:
    """A sentence with an end; a label that is cut short has one."""
    return sentence if sentence.endswith(("…", ".", "!", "?", "…”", ".”")) else sentence + "."


def _joined(value: Any, by: str = ", ") -> str:
    return by.join(dict.fromkeys(v.isoformat() if isinstance(v, date) else str(v) for v in listed(value)))
