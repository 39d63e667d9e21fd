"""What people decided, read from the file that they may edit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg import iris
from kg.errors import ProjectError

__all__ = ["Judgements"]

_LISTS = {"same", "different", "accepted", "rejected"}

Sets = frozenset[frozenset[str]]


@dataclass(frozen=True)
class Judgements:
    """What people decided: on sets of two or more IRIs whether they are one, on candidates whether they hold.

    A set says of every pair in it what the list says; the pairs are never written out.
    """

    same: Sets = frozenset()
    different: Sets = frozenset()
    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    digest: str = field(default=iris.sha256(b""))

    @classmethod
    def read(cls, path: Path) -> "Judgements":
        """Read the file of judgements; none when it is missing.

        Raises:
            ProjectError: it is not of the form above; the message names the line or entry.
        """
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return cls()
        return cls.parse(raw, path.name)

    @classmethod
    def parse(cls, raw: bytes, where: str) -> "Judgements":
        """Read the content of a file of judgements; messages call it `where`.

        Raises:
            ProjectError: it is not of the form above; the message names the line or entry.
        """
        if not raw.strip():
            return cls()
        import yaml

        try:
            # Every value stays a text: an IRI is one, whatever YAML may take it for.
            loader = yaml.BaseLoader(raw.decode("utf-8"))
            node = loader.get_single_node()
            _check_once(node, where)
            content = (loader.construct_document(node) if node is not None else None) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            reason = " ".join(str(error).split())
            raise ProjectError(f"{where} cannot be read as YAML: {reason}; correct it or restore it.") from None
        except RecursionError:
            raise ProjectError(f"{where} is nested too deeply; correct it or restore it.") from None
        if not isinstance(content, dict) or not set(content) <= _LISTS:
            raise ProjectError(f"{where} may hold the lists {', '.join(sorted(_LISTS))} and nothing else.")
        return cls(
            same=_sets(where, content, "same"),
            different=_sets(where, content, "different"),
            accepted=_single(where, content, "accepted"),
            rejected=_single(where, content, "rejected"),
            digest=iris.sha256(raw),
        )

    def are_same(self, one: str, other: str) -> bool:
        """Whether two things were judged to be one."""
        return _share(self._same_by_iri, one, other)

    def are_different(self, one: str, other: str) -> bool:
        """Whether two things were judged not to be one."""
        return _share(self._different_by_iri, one, other)

    def are_decided(self, one: str, other: str) -> bool:
        """Whether two things were judged, one way or the other."""
        return self.are_same(one, other) or self.are_different(one, other)

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The sets of things judged to be one, each and all of them sorted."""
        return tuple(sorted(tuple(sorted(together)) for together in self.same))

    @cached_property
    def _same_by_iri(self) -> Mapping[str, set[int]]:
        return _by_iri(self.same)

    @cached_property
    def _different_by_iri(self) -> Mapping[str, set[int]]:
        return _by_iri(self.different)


def _by_iri(sets: Sets) -> Mapping[str, set[int]]:
    """In which of the sets an IRI stands."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, together in enumerate(sets):
        for iri in together:
            found[iri].add(number)
    return dict(found)


def _share(by_iri: Mapping[str, set[int]], one: str, other: str) -> bool:
    return one != other and not by_iri.get(one, set()).isdisjoint(by_iri.get(other, ()))


def _check_once(node: object, where: str) -> None:
    import yaml

    seen: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if str(key.value) in seen:
            line = key.start_mark.line + 1
            raise ProjectError(f"{where}, line {line}: {key.value!r} stands here twice; put both lists into one.")
        seen.add(str(key.value))


def _sets(where: str, content: Mapping[str, object], key: str) -> Sets:
    found: set[frozenset[str]] = set()
    for number, entry in enumerate(_list(where, content, key), 1):
        if not isinstance(entry, list) or len(entry) < 2 or not all(isinstance(e, str) for e in entry):
            raise ProjectError(f"{where}: entry {number} of {key!r} must be a list of two or more IRIs.")
        _check_iris(where, number, key, entry)
        found.add(frozenset(entry))
    return frozenset(found)


def _single(where: str, content: Mapping[str, object], key: str) -> frozenset[str]:
    entries = _list(where, content, key)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, str):
            raise ProjectError(f"{where}: entry {number} of {key!r} must be the IRI of a candidate.")
        _check_iris(where, number, key, [entry])
    return frozenset(str(entry) for entry in entries)


def _list(where: str, content: Mapping[str, object], key: str) -> list[object]:
    entries = content.get(key) or []
    if not isinstance(entries, list):
        raise ProjectError(f"{where}: {key!r} must be a list, each entry on a line that begins with '- '.")
    return entries


def _check_iris(where: str, number: int, key: str, entry: Iterable[str]) -> None:
    import pyoxigraph as ox

    for iri in entry:
        try:
            ox.NamedNode(iri)
        except ValueError:
            raise ProjectError(
                f"{where}: entry {number} of {key!r} names {iri[:200]!r}, which is no IRI; 'kg review' lists the IRIs."
            ) from None
