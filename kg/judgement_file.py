"""The file of judgements, changed in place: comments, order and spelling of everything else stay as they are."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import BadParameter

if TYPE_CHECKING:
    import yaml

__all__ = ["HEAD", "added", "entries", "read", "without"]

_PLAIN = re.compile(r"https?://[A-Za-z0-9._~/%?&=+;@!$()*-]+")  # what YAML takes for one text, also within brackets

HEAD = (
    "# What people decided: these are one (same), these are not (different); candidates that hold (accepted), or not\n"
    "# (rejected). Edit as you like.\n"
)


def read(path: Path) -> str:
    """The text of the file; empty where there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""


def entries(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What stands in a text: the list, the IRIs of the entry, and the remark behind it, empty where there is none."""
    found = []
    for key, value in _lists(text):
        for item in value.value if isinstance(value.value, list) else ():
            named = tuple(node.value for node in item.value) if isinstance(item.value, list) else (item.value,)
            end = _end(item)
            remark = text[end : _line_end(text, end)].strip()
            found.append((key.value, named, remark[1:].strip() if remark.startswith("#") else ""))
    return found


def added(text: str, verdict: str, new: Sequence[tuple[tuple[str, ...], str]]) -> str:
    """The text with more entries of a list, each the IRIs of things or of one candidate, and a remark."""
    if text and not text.endswith("\n"):
        text += "\n"
    for key, value in _lists(text):
        if key.value != verdict:
            continue
        items = list(value.value) if isinstance(value.value, list) else []
        if items and not value.flow_style:
            end = _line_end(text, _end(items[-1]))
            indent = " " * (items[0].start_mark.column - 2)
            return f"{text[:end]}{''.join(indent + _entry(*one) for one in new)}{text[end:]}"
        # An empty list, or one in brackets, becomes a list with a line for each entry.
        kept = "".join(f"  - {text[i.start_mark.index : i.end_mark.index]}\n" for i in items)
        begin = key.end_mark.index + 1
        close = max(begin, value.end_mark.index)
        end = _line_end(text, close)
        more = "".join(f"  {_entry(*one)}" for one in new)
        return f"{text[:begin]}{text[close:end].rstrip()}\n{kept}{more}{text[end:]}"
    return f"{text}{verdict}:\n" + "".join(f"  {_entry(*one)}" for one in new)


def _entry(named: tuple[str, ...], remark: str) -> str:
    # No IRI holds a double quote or a backslash.
    shown = [iri if _PLAIN.fullmatch(iri) else f'"{iri}"' for iri in named]
    told = " ".join("".join(sign if sign.isprintable() else " " for sign in remark).split())
    return (f"- {shown[0]}" if len(shown) == 1 else f"- [{', '.join(shown)}]") + (f"  # {told}\n" if told else "\n")


def without(path: Path, text: str, pair: frozenset[str]) -> str:
    """The text without the entries that name exactly these."""
    for _, value in reversed(list(_lists(text))):
        for item in reversed(value.value if isinstance(value.value, list) else []):
            named = {node.value for node in item.value} if isinstance(item.value, list) else {item.value}
            if pair == named:
                if value.flow_style:
                    text = _cut_flow(text, item)
                else:
                    start = text.rfind("\n", 0, item.start_mark.index) + 1
                    text = text[:start] + text[_line_end(text, _end(item)) :]
            elif len(pair) > 1 and pair <= named:
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
