"""Every error that kg raises on purpose, as one tree.

::

    KgError                     exit code 1
    ├── UsageError              exit code 2: the call itself is wrong
    │   ├── UnknownName         a class, scheme, question, loader or format that does not exist
    │   └── BadParameter        a parameter of a question or option that cannot be read
    ├── ProjectError            the project folder
    │   ├── NoProject           no project here
    │   ├── FormatError         made by another version of kg
    │   └── Locked              another process is writing
    ├── LoadError               a source that cannot be loaded
    │   └── RecordError         a record that breaks a rule of the model
    ├── NotFound                nothing of that name, no path, no answer
    ├── AmbiguousName           several things of that name
    ├── QueryError              a query that is wrong, too slow or not allowed
    ├── CheckFailed             a check that was asked for has failed
    ├── ExtractError            a text that cannot be read
    └── MirrorError             the copy in Neo4j, its server or its files

Each message is one sentence that names the file, line or item and the remedy.
"""

from collections.abc import Sequence


class KgError(Exception):
    """Base of all errors that kg raises on purpose."""

    exit_code = 1


class UsageError(KgError):
    """The call itself is wrong."""

    exit_code = 2


class UnknownName(UsageError):
    """A name out of a fixed list that does not exist; `suggestions` are the nearest that do."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(message + hint)


class BadParameter(UsageError):
    """A parameter whose value cannot be read."""


class ProjectError(KgError):
    """Something is wrong with the project folder."""


class NoProject(ProjectError):
    """No project where one is needed."""


class FormatError(ProjectError):
    """The project was made by another version of kg."""


class Locked(ProjectError):
    """Another process is writing to the project."""


class LoadError(KgError):
    """A source cannot be loaded; nothing of it was."""


class RecordError(LoadError):
    """A record breaks a rule of the model; the message names field and value."""


class NotFound(KgError):
    """Nothing of that name; `suggestions` are the nearest names."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(message + hint)


class AmbiguousName(KgError):
    """Several things answer to a name; `candidates` lists them, best first."""

    def __init__(self, message: str, candidates: Sequence[object] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message)


class QueryError(KgError):
    """A query is wrong, took too long, or asks for what is not allowed."""


class CheckFailed(KgError):
    """A check that was asked for has failed."""


class ExtractError(KgError):
    """A text cannot be read."""


class MirrorError(KgError):
    """The copy in Neo4j, its server or its files."""
