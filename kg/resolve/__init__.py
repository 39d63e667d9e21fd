"""Which accounts tell of one meeting, and which names mean one thing.

Each source owns its account of a meeting; nothing that a source says is rewritten. `derive` writes into the derived
graph which accounts belong together: one pure function over the accounts of one set of parties, so that neither the
order of loading nor a forget and reload changes its result. Two accounts meet when they come from different sources,
their times overlap, and kind, place, forum and the persons who acted for each party do not clash; each account joins
its one best match, and where two matches are equally good, or a date is unknown, a person decides (`doubts`).

Judgements are kept in ``judgements.yaml``, which people may edit::

    same:                       # these are one: accounts of one meeting, or two names of one person
      - [IRI, IRI]
    different:                  # these are not
      - [IRI, IRI]
"""

from kg.resolve.derived import accounts_between, all_parties, derive, touched_parties
from kg.resolve.judgements import Judgements
from kg.resolve.match import Account, doubts, group

__all__ = [
    "Account",
    "Judgements",
    "accounts_between",
    "all_parties",
    "derive",
    "doubts",
    "group",
    "touched_parties",
]
