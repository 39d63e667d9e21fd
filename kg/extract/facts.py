"""What the files of the ontology say, as triples."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

_ENGLISH = {"en", "en-gb", "en-us", ""}


def read(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Triples (subject, predicate, object, language) of all Turtle files below `folder`."""
    from pyoxigraph import Literal as RdfLiteral
    from pyoxigraph import NamedNode, RdfFormat, parse

    for path in sorted(folder.rglob("*.ttl")):
        if path.name.startswith("memberships"):  # a third of all triples, none of them a name
            continue
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            subject, obj = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if isinstance(obj, RdfLiteral):
                yield subject.value, quad.predicate.value, obj.value, obj.language or ""
            elif isinstance(obj, NamedNode):
                yield subject.value, quad.predicate.value, obj.value, "@"


class Facts:
    """Properties by subject, English only where a literal has a language."""

    def __init__(self, triples: Iterable[tuple[str, str, str, str]]) -> None:
        self.of: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value, language in triples:
            if language == "@" or language.lower() in _ENGLISH:
                self.of[subject][predicate].append(value)

    def one(self, subject: str, predicate: str) -> str:
        """The first value of a property, "" where it has none."""
        values = self.of[subject].get(predicate) if subject in self.of else None
        return values[0] if values else ""
