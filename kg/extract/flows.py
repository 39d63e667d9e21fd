"""Trade figures with a direction: who exports to whom, what, when, how much, and who counted."""

from kg.extract.context import DocContext
from kg.extract.model import FlowFound


def find(ctx: DocContext) -> list[FlowFound]:
    """The trade figures of a document."""
    return []
