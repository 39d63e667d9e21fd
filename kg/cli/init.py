"""``kg init``."""

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Make a project in DIR (default: here), or bring the one that is there up to this version of kg.

    Sources, kept texts and judgements of a project that is there stay as they are.

    Example:

        kg init relations
    """
    from kg.project import Project

    there = (folder / ".kg" / "format").exists()
    project = Project.init(folder)
    said = "is up to date" if there else "is ready"
    click.echo(f"The project in {project.root} {said}. Load a first source with 'kg load FILE'.", err=True)
