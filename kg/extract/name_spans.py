"""Where a name begins and ends in a paragraph, and which names that bear no title are a person's all the same."""

# ruff: noqa: SIM905 (lists of words read best as words)

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.gazetteer import Gazetteer
from kg.extract.model import Paragraph
from kg.extract.nlp import is_label
from kg.extract.registry import Hit, Registry
from kg.extract.respectively import plural_titles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = set("al bin ibn binti de da do dos del della di van von der den el la le ter y af zu du".split())
POSTNOMINAL = set("MP AO AC AM QC KC OAM MBE CBE OBE KBE PhD Esq MdB MEP SC CH GCMG".split())
_NAME_TOO = {"Sheikh", "Shaikh", "Sheikha", "Haji", "Imam", "U", "Justice", "Judge", "Lord", "Father"}
NOT_NAMES = set(
    (
        "the a an and or at on in of for to with his her their our i we he she they it this that but as from by "
        "who government state house sides january february march april june july august september october november "
        "december monday tuesday wednesday thursday friday saturday sunday today yesterday joint statement remarks "
        "visit meeting press conference call may regarding concerning following ahead before after amid during "
        "over about into upon until"
    ).split()
)
_JUNIOR = {"Jr", "Sr", "II", "III"}
# What the gazetteer knows as something else.
NO_PERSON = {"state", "forum", "demonym", "organisation", "metonym", "title"}


_ALIKE = {"counterpart", "counterparts", "colleague", "colleagues"}


def is_counterpart(doc: "Doc", i: int) -> bool:
    """Whether a word says that the other side's holder of the same office follows: counterpart, opposite number."""
    word = doc[i].lower_
    return word in _ALIKE or (word == "number" and i > 0 and doc[i - 1].lower_ == "opposite")


class NameSpans:
    """The tokens of one paragraph and what the gazetteer knows of them."""

    def __init__(self, registry: Registry, names: Gazetteer, paragraph: Paragraph) -> None:
        self.registry, self.names, self.paragraph, self.doc = registry, names, paragraph, paragraph.doc
        self.texts = [token.text for token in self.doc]
        self.hits = list(_hits(self.doc, names))
        self.at = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        if paragraph.index >= 0:
            for i, hit in self.at.items():
                registry.hit_at[paragraph.index, i] = hit
        self.taken: set[int] = set()
        self.portfolio, headline = _title_words(names)
        self.shouting = is_label(self.doc.text) is not None
        self.headline = headline if paragraph.kind == "title" else frozenset()

    def _text(self, i: int) -> str:
        return self.texts[i] if 0 <= i < len(self.texts) else ""

    def _capital(self, i: int) -> bool:
        return self._text(i)[:1].isupper()

    def _kind(self, i: int) -> str:
        hit = self.at.get(i)
        return hit.found.label.kind if hit else ""

    def _name(self, pos: int) -> tuple[int, int] | None:
        """Token range of a name that begins at `pos`."""
        i, words = pos, 0
        while i < len(self.doc) and words < 6:
            token = self.doc[i]
            kind = self._kind(i)
            if token.text in POSTNOMINAL and words:
                break
            inner = (
                kind == "title"
                and words
                and self.at[i].found.label.code == "honorific"
                and (
                    len(token.text) == 1
                    or (self._capital(i + 1) and self._text(i).isalpha() and self._text(i) in _NAME_TOO)
                )
            )
            if kind in {"title", "forum"} and not inner:
                break
            if kind in {"state", "demonym"} and not (words and self._text(i - 1) == "-"):
                break
            if (
                token.text == "-"
                and words
                and not self.doc[i - 1].whitespace_
                and not token.whitespace_
                and self._text(i + 1).isalpha()
            ):
                i += 1 if self._capital(i + 1) else 2  # Al-Abadi, Moo-hyun
                continue
            if token.text == "," and words and self._text(i + 1).rstrip(".") in _JUNIOR:
                i += 2
                continue
            onward = (
                self._capital(i + 1)
                or self._text(i + 1) == "-"
                or (self._text(i + 1).lower() in _PARTICLES and self._capital(i + 2))
            )
            if token.lower_ in _PARTICLES and not token.text.isupper() and onward:
                if token.text.islower() or words or self._text(i + 1) == "-" or token.text[:1].isupper():
                    i += 1
                    words += 1 if token.text[:1].isupper() else 0
                    continue
            if words and token.lower_ in self.headline:
                break
            ends = i + 1 >= len(self.doc) or self._text(i + 1) in {",", "(", "-"}
            if (
                words
                and kind in {"capital", "place", "metonym"}
                and ends
                and (words > 1 or self.paragraph.kind == "title")
            ):
                break  # "General Pervez Musharraf Islamabad, Pakistan" in a heading
            if (
                not name_like(token, self.shouting)
                or (words == 0 and token.lower_ in NOT_NAMES)
                or (token.lower_ in NOT_NAMES and token.lower_ != "may")
            ):
                break
            words += 1
            i += 1
        while i > pos and not any(c.isalnum() for c in self.doc[i - 1].text):
            i -= 1
        return (pos, i) if words else None

    def known_names(self) -> dict[int, int]:
        """First token -> end of each name of two words or more of a known holder of an office or a counterpart."""
        out: dict[int, int] = {}
        end = 0
        plurals = plural_titles(self.names)  # "Ministers Kari Lund and ..."
        for i, text in enumerate(self.texts):
            if i < end or not text[:1].isupper() or self._kind(i) in NO_PERSON or text.rstrip(".") in _JUNIOR:
                continue
            named = self._name(i) if text.lower() not in plurals else None
            if named is None or named[1] - i < 2:
                continue
            if self._is_counterpart(i) or self.names.persons(" ".join(words_of(self.doc, *named))):
                out[i] = end = named[1]
        return out

    def _is_counterpart(self, i: int) -> bool:
        """Whether a name stands after "his counterpart", or after another name that does."""
        while i > 1 and (self._text(i - 1) in {",", "and"} or self._capital(i - 1)):
            i -= 1
        return i > 0 and is_counterpart(self.doc, i - 1)

    def given_names(self, i: int) -> int:
        """The first token of the name that ends in the surname at token `i`."""
        first = i
        while first > 0 and i - first < 3 and first - 1 not in self.taken and self._kind(first - 1) == "":
            token = self.doc[first - 1]
            if token.pos_ != "PROPN" or token.lower_ in NOT_NAMES or not name_like(token, self.shouting):
                break
            first -= 1
        return first


@lru_cache(maxsize=4)
def _title_words(names: Gazetteer) -> tuple[frozenset[str], frozenset[str]]:
    """Words of portfolios, and the forms of verbs that a headline writes with a capital."""
    portfolio = frozenset(w.casefold() for w in names.concepts.get("title", {}).get("portfolio", ()))
    verbs = names.concepts.get("encounter", {})
    stems = {w.split()[0] for key in ("meet", "speak", "travel", "host", "sign", "light") for w in verbs.get(key, ())}
    return portfolio, frozenset(form for w in stems for form in (w + "s", w + "es"))


def _hits(doc: "Doc", names: Gazetteer) -> Iterator[Hit]:
    for found in names.find(doc.text):
        if found.label.kind == "concept":
            continue
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None and len(span):
            yield Hit(span.start, span.end, found)


def name_like(token: "Token", shouting: bool) -> bool:
    """Whether a word is written as part of a name; where a label is shouted, capitals alone say nothing against it."""
    text = token.text
    if not text[:1].isupper() and not ("-" in text and any(p[:1].isupper() for p in text.split("-"))):
        return False
    if not all(c.isalpha() or c in "-'.’ʻ`" for c in text):
        return False
    if len(text) > 4 and text.isupper() and not shouting and token.pos_ not in {"PROPN", "NOUN"}:
        return False
    return token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ"} or not token.is_sent_start


def words_of(doc: "Doc", first: int, last: int) -> list[str]:
    """Words of a name; what hyphens join is one word ("Al-Abadi", "Kim Dae-Jung")."""
    out: list[str] = []
    glue = False
    for i in range(first, last):
        token = doc[i]
        if token.text == ",":
            continue
        if token.text == "-" and out:
            out[-1] += "-"
            glue = True
        elif glue:
            out[-1] += token.text
            glue = False
        else:
            out.append(token.text)
    fixed = [w.rstrip("-") for w in out]
    if all(w.isupper() and len(w) > 2 for w in fixed):
        return ["-".join(p.capitalize() for p in w.split("-")) for w in fixed]
    return fixed
