"""The typed records that loaders yield: what a source says, before it is RDF.

A record names each property of the ontology once, by the name of a field (``committed_by`` is ``kg:committedBy``; the
few that belong to SKOS or Dublin Core stand in `kg.records.base.STANDARD`). The same names are compiled to quads one
record at a time (`Record.values`) and to columns for tables of millions of rows (`kg.tables`). Records are frozen and
checked when they are made; a mistake is a `RecordError` that names the class, the field and the value.

References to other things are IRIs made by `kg.iris`. A field of type ``Iris`` or ``Strings`` takes any iterable, one
of type ``Edtf`` a text or a day, one of type ``Labels`` a text or pairs of text and language.
"""

from collections.abc import Iterable, Mapping

from kg.records.actors import (
    Forum,
    Institution,
    Mechanism,
    Membership,
    Office,
    Organisation,
    Person,
    Place,
    Polity,
    Relation,
    State,
    Tenure,
)
from kg.records.acts import (
    Act,
    Agreement,
    AgreementAct,
    Commitment,
    Event,
    FollowUp,
    MechanismStatus,
    MeetingAccount,
    Participation,
    RelationAct,
    RollCall,
    Statement,
    TradeFlow,
    Vote,
)
from kg.records.base import Label, Record, Value, property_iri
from kg.records.sources import Candidate, Concept, ConceptScheme, Dataset, Document, Publisher, Source, Span

__all__ = [
    "RECORDS",
    "Act",
    "Agreement",
    "AgreementAct",
    "Candidate",
    "Commitment",
    "Concept",
    "ConceptScheme",
    "Dataset",
    "Document",
    "Event",
    "FollowUp",
    "Forum",
    "Institution",
    "Label",
    "Mechanism",
    "MechanismStatus",
    "MeetingAccount",
    "Membership",
    "Office",
    "Organisation",
    "Participation",
    "Person",
    "Place",
    "Polity",
    "Publisher",
    "Record",
    "Relation",
    "RelationAct",
    "RollCall",
    "Source",
    "Span",
    "State",
    "Statement",
    "Tenure",
    "TradeFlow",
    "Value",
    "Vote",
    "property_iri",
]


def _all_records(base: type[Record]) -> Iterable[type[Record]]:
    for sub in base.__subclasses__():
        if "cls" in vars(sub):
            yield sub
        yield from _all_records(sub)


RECORDS: Mapping[str, type[Record]] = {r.cls: r for r in _all_records(Record) if r.cls != "Source"}
"""Every record class that can be written, by the name of its class in the ontology."""
