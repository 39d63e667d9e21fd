"""What is wrong with an entry that was written by hand, in words, by the schema of its kind."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["mistake_in"]


def mistake_in(kind: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The field of an entry that is wrong, nearest to the top, and a sentence on it; None where nothing is."""
    error: Any
    for error in sorted(_validator(kind).iter_errors(values), key=lambda e: (len(e.absolute_path), str(e.path))):
        field = ".".join(str(step) for step in error.absolute_path)
        if error.validator == "additionalProperties":
            allowed = list(error.schema.get("properties", ()))
            strange = next(key for key in error.instance if key not in allowed)
            near = get_close_matches(strange, allowed, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(allowed)}."
            return field, f"{strange!r} is no field; {hint}"
        if error.validator == "required":
            missing = next(key for key in error.validator_value if key not in error.instance)
            return field, f"the field {missing!r} is missing."
        return field, _said(error)
    return None


@lru_cache(maxsize=64)
def _validator(name: str) -> "Validator":
    from jsonschema import Draft202012Validator

    from kg.schema import entry_schema

    return Draft202012Validator(entry_schema(name))


_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "fields",
    "boolean": "true or false",
    "integer": "a whole number",
}


def _said(error: Any) -> str:
    """What is wrong with a value, in words."""
    value = repr(error.instance)
    value = value if len(value) <= 60 else value[:57] + "..."
    if error.validator == "type":
        wanted: list[str] = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
        return f"{value} must be {' or '.join(_TYPES.get(kind, kind) for kind in wanted)}."
    if error.validator == "anyOf":
        kinds = [branch.get("type", "") for branch in error.validator_value]
        names = [_TYPES.get(str(kind), str(kind)) for kind in kinds]
        return f"{value} must be {' or '.join(names)}{_deeper(error)}"
    return f"{value} cannot stand here: {error.message[:120]}."


def _deeper(error: Any) -> str:
    inner = [e for e in error.context if e.validator not in {"type"}]
    if not inner:
        return "."
    return f" ({inner[0].message})."
