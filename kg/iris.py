"""Names of things: IRIs computed from what identifies the thing.

Keys hold only ``[A-Za-z0-9._-]``; whatever else identifies a thing is folded or hashed first, so that the same thing
gets the same IRI on every load and no IRI ever needs escaping.
"""

import hashlib
import re
import unicodedata

BASE = "https://w3id.org/bilateral/"
KG = BASE + "ontology#"
EDTF = KG + "EDTF"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

GRAPH_ONTOLOGY = BASE + "graph/ontology"
GRAPH_REFERENCE = BASE + "graph/reference/"
GRAPH_SCHEME = BASE + "graph/scheme/"
GRAPH_DERIVED = BASE + "graph/derived"
GRAPH_LOG = BASE + "graph/log"
SYSTEM_GRAPHS = BASE + "graph/"

_KEY = re.compile(r"[A-Za-z0-9._-]{1,120}")
_STATE = re.compile(r"[A-Z]{3}|COW-\d{1,3}")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "þ": "th", "ð": "d", "’": "'", "ʻ": "'"}
)  # fmt: skip


def sha256(text: str | bytes) -> str:
    """The sha256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text).hexdigest()


def is_key(text: str) -> bool:
    """Whether `text` may stand in an IRI as it is."""
    return _KEY.fullmatch(text) is not None


def fold(text: str) -> str:
    """A key made of a name: lower case, without accents, words joined by hyphens.

    A name that leaves nothing (in a script without Latin letters) becomes ``x-`` and twelve digits of its sha256.

    >>> fold("Ahmet Davutoğlu"), fold("Côte d'Ivoire"), fold("习近平")
    ('ahmet-davutoglu', 'cote-d-ivoire', 'x-92a054e84d6e')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall(r"[a-z0-9]+", ascii_))
    kept = sum(c.isalnum() for c in ascii_)
    lost = sum(c.isalnum() and ord(c) > 127 for c in plain)
    if not key or lost > kept:
        return "x-" + sha256(unicodedata.normalize("NFC", text).casefold())[:12]
    return key if len(key) <= 100 else key[:80].rstrip("-") + "-" + sha256(key)[:12]


def key_of(identity: str) -> str:
    """`identity` itself where it can stand in an IRI, else its sha256."""
    return identity if is_key(identity) else sha256(identity)


def actor(code: str) -> str:
    """IRI of a state or of another actor with an ISO 3166-1 alpha-3 (or ``COW-nnn``) code."""
    return f"{BASE}actor/{code}"


def forum(key: str) -> str:
    """IRI of a forum or intergovernmental organisation."""
    return f"{BASE}forum/{key}"


def party(code: str) -> str:
    """IRI of a party by its code: a state's alpha-3 code, else the id of a forum (``EU``, ``UN``).

    Three capital letters are a state; a forum with such an id (``WTO``) is named by `forum`.

    >>> party("CAN"), party("EU")
    ('https://w3id.org/bilateral/actor/CAN', 'https://w3id.org/bilateral/forum/EU')
    """
    return actor(code) if _STATE.fullmatch(code) else forum(code)


def code_of(iri: str) -> str:
    """The last part of an IRI: the code of a party, the key of a source, the id of a concept."""
    return iri.rsplit("/", 1)[-1]


def person(name: str, owner: str | None) -> str:
    """IRI of a person by full name and owner: the code of the state, or the key of the only source that knows them."""
    return f"{BASE}person/{owner or 'X'}.{fold(name)}"


def office(owner: str, kind: str) -> str:
    """IRI of an office of a state or organisation, such as ``office("CAN", "head-of-government")``."""
    return f"{BASE}office/{owner}.{kind}"


def place(name: str, state: str | None) -> str:
    """IRI of a place by name and the code of the state in which it lies."""
    return f"{BASE}place/{state or 'X'}.{fold(name)}"


def relation(one: str, other: str) -> str:
    """IRI of the relation of a pair, from the codes or IRIs of the two in any order."""
    return f"{BASE}relation/{'-'.join(sorted((code_of(one), code_of(other))))}"


def concept(scheme: str, key: str) -> str:
    """IRI of a concept of a scheme, such as ``concept("sector", "trade")``."""
    return f"{BASE}{scheme}/{key}"


def source(key: str) -> str:
    """IRI of a source, which is also the name of its graph."""
    return f"{BASE}source/{key}"


def owned(kind: str, source_key: str, part: str) -> str:
    """IRI of a thing that one source owns: kind, key of the source, and span or row within it."""
    return f"{BASE}{kind}/{source_key}.{part}"


def local(iri: str) -> str:
    """The local name of an ontology term.

    >>> local("https://w3id.org/bilateral/ontology#Meeting")
    'Meeting'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
