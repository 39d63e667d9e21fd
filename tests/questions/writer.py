"""A writer of what one source says, in few words."""

import re
from typing import Any

from kg import iris, records
from kg.records import Record


class Writer:
    """Collects what one source says; words are given as phrases of its text."""

    def __init__(
        self, key: str, text: str | None, published: str | None, publisher: str, kind: str, state: str | None = None
    ) -> None:
        self.key, self.text = key, text
        self.said: list[Record] = [
            records.Publisher(
                iri=f"{iris.BASE}publisher/{iris.fold(publisher)}",
                name=publisher,
                publisher_kind=iris.concept("publisher-kind", kind),
                publisher_state=state,
            )
        ]
        make = records.Dataset if text is None else records.Document
        self.source = make(
            iri=iris.source(key),
            title=key.replace("-", " ").capitalize(),
            published=published,
            publisher=self.said[0].iri,
            sha256=iris.sha256(text or key),
        )

    def cite(self, words: str) -> str:
        assert self.text is not None
        start = self.text.index(words)
        span = records.Span.of(self.source.iri, self.text, start, start + len(words))
        if span.iri not in {r.iri for r in self.said}:
            self.said.append(span)
        return span.iri

    def own(self, kind: str, words: str) -> str:
        return iris.owned(kind, self.key, self.cite(words).rsplit(".", 1)[-1] if self.text else iris.fold(words))

    def add(self, cls: str, words: str, **values: Any) -> str:
        """A thing that rests on these words (or, in a table, on the row of that name); returns its IRI."""
        if cls in ("Statement", "Commitment"):
            values.setdefault("text", words)
        kind = {"MeetingAccount": "account"}.get(cls) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls).lower()
        where = {"citation": self.cite(words)} if self.text else {"row": words}
        iri = self.own(kind, words)
        self.said.append(records.RECORDS[cls](iri=iri, **where, **values))
        for pair in values.get("concerns", ()):
            one, other = pair.rsplit("/", 1)[-1].split("-")
            self.said.append(records.Relation.between(iris.party(one), iris.party(other)))
        return iri

    def meet(self, words: str, parties: list[str], when: str | None, persons: dict[str, str], **values: Any) -> str:
        """An account of a meeting; `persons` maps a person to the office in which they took part."""
        pair = {"concerns": (iris.relation(*parties),)} if len(parties) == 2 else {}
        values.setdefault("meeting_kind", iris.concept("meeting-kind", "meeting"))
        values.setdefault("meeting_status", iris.concept("meeting-status", "held"))
        account = self.add("MeetingAccount", words, party=parties, when=when, **pair, **values)
        for person, office in persons.items():
            state = iris.actor(iris.code_of(person).split(".")[0])
            self.said.append(
                records.Participation(
                    iri=iris.owned("participation", self.key, f"{account.rsplit('.', 1)[-1]}.{iris.code_of(person)}"),
                    participant=person,
                    participation_in=account,
                    in_office=office,
                    on_behalf_of=(state,),
                )
            )
        return account
