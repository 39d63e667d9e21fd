"""Write docs/cli.md from the commands and docs/model.md from the ontology.

Usage: docs.py [--check]    with --check nothing is written; exit code 1 when a page is not current.
"""

import difflib
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.main import COMMANDS, cli
from kg.ontology import ClassInfo, Model, PropertyInfo, data_path, model

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 96


def _help_pages(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = None
            if command is not cli or find_spec(COMMANDS[child].module) is not None:
                found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _help_pages(found, context, child)


def cli_page() -> str:
    """The reference of all commands: what their --help prints."""
    parts = [
        "# Commands\n",
        "Written by `make docs` from the commands themselves; each part is what `--help` prints.\n",
    ]
    for path, text in _help_pages(cli, None, "kg"):
        level = "#" * min(len(path.split()) + 1, 4)
        parts.append(f"{level} {path}\n\n```text\n{text.rstrip()}\n```\n")
    return "\n".join(parts)


def _prefixes() -> dict[str, str]:
    import pyoxigraph as ox

    parser = ox.parse(path=str(data_path("ontology") / "kg.ttl"))
    for _ in parser:
        pass
    return {iri: prefix for prefix, iri in parser.prefixes.items()}


class ModelPage:
    """The reference of the model: one part per class with the properties it has of its own."""

    def __init__(self, known: Model) -> None:
        self.model = known
        self.prefixes = _prefixes()

    def curie(self, iri: str) -> str:
        for namespace in sorted(self.prefixes, key=len, reverse=True):
            if iri.startswith(namespace):
                return f"{self.prefixes[namespace]}:{iri.removeprefix(namespace)}"
        return iri

    def link(self, name: str) -> str:
        return f"[{name}](#{name.lower()})" if name in self.model.classes else name

    def value(self, prop: PropertyInfo) -> str:
        if prop.range is None:
            kind = "thing" if prop.is_object else "literal"
        else:
            name = self.curie(prop.range)
            kind = self.link(name.removeprefix("kg:")) if name.startswith("kg:") else f"`{name}`"
        return f"{kind}, many" if prop.many else kind

    def rows(self, properties: list[PropertyInfo]) -> str:
        lines = [
            "| property | value | meaning | specialises | in Neo4j |",
            "|---|---|---|---|---|",
        ]
        for prop in properties:
            above = [f"`{name}`" for name in (*map(self.curie, prop.standard), *(f"kg:{p}" for p in prop.parents))]
            mirror = f"`:{prop.neo4j_type}`" if prop.neo4j_type else "" if prop.is_object else f"`{prop.name}`"
            meaning = prop.definition.replace("|", "\\|")
            lines.append(
                f"| `{self.curie(prop.iri)}` | {self.value(prop)} | {meaning} | {' '.join(above)} | {mirror} |"
            )
        return "\n".join(lines) + "\n"

    def class_part(self, info: ClassInfo) -> str:
        facts = []
        if info.parents:
            facts.append("A kind of " + ", ".join(map(self.link, info.parents)) + ".")
        if info.standard:
            facts.append("Specialises " + ", ".join(f"`{self.curie(iri)}`" for iri in info.standard) + ".")
        if info.owned:
            facts.append("Each belongs to one source.")
        if info.neo4j_type and info.link_from and info.link_to:
            facts.append(f"In Neo4j one relationship `:{info.neo4j_type}` from `{info.link_from}` to `{info.link_to}`.")
        elif info.neo4j_label:
            facts.append(f"In Neo4j a node `:{info.neo4j_label}`.")
        if info.shortcut:
            facts.append(f"Beside it stands `:{info.shortcut}` from `{info.shortcut_from}` to `{info.shortcut_to}`.")
        own = [prop for prop in self.model.properties.values() if prop.domain == info.name]
        parts = [f"### {info.name}\n", f"{info.definition}\n"]
        if facts:
            parts.append(" ".join(facts) + "\n")
        if own:
            parts.append(self.rows(own))
        return "\n".join(parts)

    def page(self) -> str:
        anywhere = [prop for prop in self.model.properties.values() if prop.domain not in self.model.classes]
        classes = [
            f"| {info.icon} {self.link(info.name)} | {info.definition} |" for info in self.model.classes.values()
        ]
        return "\n".join(
            [
                "# The model\n",
                "Written by `make docs` from `ontology/kg.ttl`. `kg:` is `https://w3id.org/bilateral/ontology#`. "
                "A property that may have several values in one source is marked *many*; "
                "what a class inherits stands with the class above it.\n",
                "## Classes\n",
                "| class | meaning |\n|---|---|\n" + "\n".join(classes) + "\n",
                *(self.class_part(info) for info in self.model.classes.values()),
                "## Properties of any thing\n",
                self.rows(anywhere),
            ]
        )


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them when --check is given."""
    stale = False
    for name, text in (("cli.md", cli_page()), ("model.md", ModelPage(model()).page())):
        file = DOCS / name
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if "--check" not in arguments:
            DOCS.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif old != text:
            stale = True
            changes = difflib.unified_diff(old.splitlines(), text.splitlines(), "committed", "generated", lineterm="")
            print("\n".join(list(changes)[:20]))
            print(f"docs/{name} is not current: run 'make docs' and commit it.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
