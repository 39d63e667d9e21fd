"""Short forms in which people write what they know: ``meeting: {parties: [CAN, CHN], when: 2026-01-16}``.

A form names fields of one record class as people call them; what is no field of the record is a piece of JSON Schema,
and `kg.loaders.records` knows what to make of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["FORMS", "Form"]

_TEXT = {"type": "string"}
_NAME = {"description": "A person by name, or a state or organisation by code or name.", **_TEXT}
_WHO: dict[str, Any] = {
    "description": "Who took part: a name, or a name with the party, the office and the role.",
    "type": "array",
    "items": {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": _TEXT,
                    "for": {"description": "Code of the party for which they act.", **_TEXT},
                    "office": {"description": "Kind of office, such as head-of-government.", **_TEXT},
                    "role": {"description": "host, guest, chair ...", **_TEXT},
                },
            },
        ]
    },
}
_SPEAKER: dict[str, Any] = {
    "description": "Who says it: a person, a state or organisation, or a list of parties that speak as one.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}
_FOR = {"description": "Code of the party for which a person acts.", **_TEXT}
_ABOUT: Mapping[str, str] = {
    "sectors": "about_sector",
    "forums": "about_forum",
    "principles": "about_principle",
    "about": "about_actor",
    "note": "note",
    "url": "source_url",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A short form: the record class that it stands for, its fields, and which of them must be given."""

    cls: str
    fields: Mapping[str, "str | dict[str, Any]"]
    required: tuple[str, ...]


FORMS: Mapping[str, Form] = {
    "meeting": Form(
        "MeetingAccount",
        {
            "parties": "party",
            "when": "when",
            "kind": "meeting_kind",
            "status": "meeting_status",
            "place": {"description": "City or building.", **_TEXT},
            "country": "host_country",
            "forum": "on_margins_of",
            "part_of": "part_of",
            "title": "title",
            "participants": _WHO,
            **_ABOUT,
        },
        ("parties",),
    ),
    "statement": Form(
        "Statement",
        {
            "speaker": _SPEAKER,
            "for": _FOR,
            "text": "text",
            "to": "addressee",
            "at": "made_at",
            "when": "when",
            "mode": "mode",
            **_ABOUT,
        },
        ("speaker", "text"),
    ),
    "commitment": Form(
        "Commitment",
        {
            "by": "committed_by",
            "text": "text",
            "kind": "commitment_kind",
            "strength": "commitment_strength",
            "due": "due",
            "condition": "condition",
            "benefits": "beneficiary",
            "speaker": _NAME,
            "for": _FOR,
            "in": "stated_in",
            "at": "made_at",
            "when": "when",
            **_ABOUT,
        },
        ("by", "text"),
    ),
    "follow-up": Form(
        "FollowUp",
        {
            "of": "follows_up",
            "status": "follow_up_status",
            "when": "when",
            "assessor": "assessor",
            "evidence": "evidence",
            "note": "note",
            "url": "source_url",
        },
        ("of", "status"),
    ),
    "trade": Form(
        "TradeFlow",
        {
            "exporter": "exporter",
            "importer": "importer",
            "value": "value",
            "currency": "currency",
            "product": "product",
            "when": "when",
            "approximate": "approximate",
            "estimated": "estimated",
            "reporter": "reporter",
            "origin": "origin",
            "compiled_by": "compiled_by",
            **_ABOUT,
        },
        ("exporter", "importer", "value", "currency"),
    ),
    "agreement": Form(
        "AgreementAct",
        {
            "name": {"description": "What it is called.", **_TEXT},
            "kind": {"description": "treaty, memorandum, joint-statement ...", **_TEXT},
            "parties": "party",
            "action": "agreement_action",
            "when": "when",
            "at": "made_at",
            **_ABOUT,
        },
        ("name", "parties", "action"),
    ),
    "relations": Form(
        "RelationAct",
        {"parties": "party", "action": "relation_action", "when": "when", **_ABOUT},
        ("parties", "action"),
    ),
}
