"""Small things about texts that commands, loaders and questions share."""

__all__ = ["readable", "with_article"]


def readable(text: str) -> str:
    """What a person typed, as text that can be looked up: an argument that was no UTF-8 is the name of nothing."""
    return text.encode("utf-8", "replace").decode("utf-8")


def with_article(noun: str) -> str:
    """A noun with the article before it.

    >>> with_article("Agreement"), with_article("Meeting")
    ('an Agreement', 'a Meeting')
    """
    return f"{'an' if noun[:1].upper() in 'AEIO' else 'a'} {noun}"
