"""Names and titles in one paragraph: what stands before a name, the name itself, and what follows it."""

# ruff: noqa: SIM905 (lists of words read best as words)

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gazetteer import Gazetteer
from kg.extract.model import Paragraph
from kg.extract.nlp import is_label
from kg.extract.registry import LEADER_TITLES, Hit, NameMention, Registry, TitleMention
from kg.extract.respectively import pairs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PARTICLES = set("al bin ibn binti de da do dos del della di van von der den el la le ter y af zu du".split())
_POSTNOMINAL = set("MP AO AC AM QC KC OAM MBE CBE OBE KBE PhD Esq MdB MEP SC CH GCMG".split())
_NAME_TOO = {"Sheikh", "Shaikh", "Sheikha", "Haji", "Imam", "U", "Justice", "Judge", "Lord", "Father"}
_NOT_NAMES = set(
    (
        "the a an and or at on in of for to with his her their our i we he she they it this that but as from by "
        "who government state house sides january february march april june july august september october november "
        "december monday tuesday wednesday thursday friday saturday sunday today yesterday joint statement remarks "
        "visit meeting press conference call may regarding concerning following ahead before after amid during "
        "over about into upon until"
    ).split()
)
_BEFORE_TITLE = set(
    (
        "then former new newly elected visiting outgoing incoming acting first current late and & - long serving "
        "re appointed ex"
    ).split()
)
_BODIES = set("ministry department government cabinet party embassy office delegation presidential deputy vice".split())
_TITLE_ORDER = (
    "president",
    "prime-minister",
    "foreign-minister",
    "organisation-head",
    "deputy",
    "minister",
    "official",
    "honorific",
)


class Reader:
    """Reads the names of one paragraph into the registry."""

    def __init__(self, registry: Registry, names: Gazetteer, paragraph: Paragraph) -> None:
        self.registry, self.names, self.paragraph, self.doc = registry, names, paragraph, paragraph.doc
        self.hits = list(_hits(self.doc, names))
        self.at = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        if paragraph.index >= 0:
            for i, hit in self.at.items():
                registry.hit_at[paragraph.index, i] = hit
        self.taken: set[int] = set()
        self.portfolio = {w.casefold() for w in names.concepts.get("title", {}).get("portfolio", ())}
        self.shouting = is_label(self.doc.text) is not None
        verbs = names.concepts.get("encounter", {}) if paragraph.kind == "title" else {}
        stems = {
            w.split()[0] for key in ("meet", "speak", "travel", "host", "sign", "light") for w in verbs.get(key, ())
        }
        self.headline = {
            form for w in stems for form in (w + "s", w + "es")
        }  # verbs that a headline writes with a capital

    def read(self) -> None:
        persons = {ent.start: ent for ent in self.doc.ents if ent.label_ == "PERSON"}
        for pair in pairs(self.doc, self.at, self.names.concepts.get("title", {}), self._name):
            for one in pair:
                named = one.first, one.last
                index = self.registry.add(words_of(self.doc, *named), one.title, one.state, "title")
                self._take(*named, named, index, "title")
        i = 0
        while i < len(self.doc):
            hit = self.at.get(i)
            if hit is not None and hit.found.label.kind == "title" and hit.first == i and self._is_title(hit):
                i = max(self._titled(i, persons), i + 1)
            else:
                i += 1
        for ent in persons.values():
            self._untitled(ent.start, ent.end)

    def _is_title(self, hit: Hit) -> bool:
        text = hit.found.label.text
        if (hit.first > 0 and self.doc[hit.first - 1].text == "-") or self._text(hit.last) == "-":
            return False
        # "U" and "Daw" are Burmese honorifics, but letters elsewhere
        return len(text) > 1 or self._capital(hit.last)

    def _text(self, i: int) -> str:
        return self.doc[i].text if 0 <= i < len(self.doc) else ""

    def _capital(self, i: int) -> bool:
        return self._text(i)[:1].isupper()

    def _kind(self, i: int) -> str:
        hit = self.at.get(i)
        return hit.found.label.kind if hit else ""

    def _titled(self, start: int, persons: "dict[int, Span]") -> int:
        """Read a title at `start` and what belongs to it; returns the token after it."""
        hit = self.at[start]
        title, first, pos = hit.found.label.code, start, hit.last
        words = hit.found.label.text
        state = self._state_before(start) if title != "honorific" else None
        if state:
            first = state[1]
        code = state[0] if state else ""
        body = code if code in self.names.forums and code not in self.names.states else hit.found.label.scheme
        code = "" if code == body else code
        pos, code, extra = self._of(pos, code, persons)
        words += extra
        code_told = bool(code) and pos > hit.last
        titles = {title}
        after_title = ""
        named: tuple[int, int] | None = None
        probe = pos
        for _ in range(5):  # further titles: "Prime Minister, the Hon", "State Councilor and Foreign Minister"
            step = probe
            while self._text(step).lower() in {",", "and", "the", "his", "her", "&", "as"} and step < probe + 3:
                step += 1
            if self._kind(step) == "title" and self.at[step].first == step:
                if step > probe and self.at[step].found.label.code != "honorific" and self._text(probe) != "and":
                    break
                if step > probe and title == "honorific" and self._text(probe) == ",":
                    break
                joined = self._text(probe) in {"and", "&"} or self._text(probe + 1) in {"and", "&"}
                other = self.at[step].found.label.code
                apart = (
                    other in LEADER_TITLES or (other == title != "minister") or self._text(start - 1).lower() == "the"
                )
                if joined and (
                    apart
                    or code_told
                    or self.at[step].found.label.code == "honorific"
                    or self._text(step - 1).lower() == "the"
                ):
                    break
                titles.add(self.at[step].found.label.code)
                after, code, _ = self._of(self.at[step].last, code, persons)
                probe = after
                continue
            break
        named = self._name(probe)
        if named is None and probe != pos:
            probe = pos
            named = self._name(pos)
        if named is None and title != "honorific":
            named = self._beside(first, pos, persons)
            if named is not None and named[1] <= first:
                first = named[0]
        best = _best_title(titles)
        code = code or (body if named is None else "")
        if named is None:
            lower = self.doc[hit.first].text.islower()
            if title != "honorific" and not (lower and title not in LEADER_TITLES | {"foreign-minister"}):
                self.registry.titles.append(TitleMention(self.paragraph.index, first, pos, best, words, code))
            return pos
        end = named[1]
        if end <= start:  # the name stands before its title
            end = pos
        else:
            code, end, after_title = self._after(end, code)
        if after_title and best == "honorific":
            best = after_title
        code = code or body
        name = words_of(self.doc, *named)
        if state is not None and code == state[0] and self._weak(state[1]) and self.registry.known(name, best):
            code = ""  # "on North Korea Prime Minister A said": A has a state already
        index = self.registry.add(name, best, code, "title")
        self._take(first, end, named, index, "title")
        return end

    def _weak(self, first: int) -> bool:
        """Whether a state's name stands before a title without possessive, where it may belong to the words before."""
        hit = self.at.get(first)
        return (
            hit is not None
            and hit.found.label.kind == "state"
            and not self.doc[hit.last - 1].text.isupper()
            and self._text(hit.last) not in {"'s", "'"}
        )

    def _beside(self, first: int, pos: int, persons: "dict[int, Span]") -> tuple[int, int] | None:
        """A name set off by commas: "the President of Gabon, A B, said", "A B, the Prime Minister of Peru, said"."""
        if self._text(pos) == ",":
            named = self._name(pos + 1)
            closed = named is not None and (
                self._text(named[1]) in {",", ".", ""} or self.doc[named[1]].pos_ in {"VERB", "AUX"}
            )
            if named is not None and named[1] - named[0] > 1 and (closed or pos + 1 in persons):
                return named
        end = first
        while end > 0 and self._text(end - 1).lower() in {"the", "then"}:
            end -= 1
        if end < 3 or self._text(end - 1) != ",":
            return None
        start = end - 1
        while (
            start > 0
            and start - 1 not in self.taken
            and self._kind(start - 1) == ""
            and _name_like(self.doc[start - 1], False)
        ):
            if self.doc[start - 1].lower_ in _NOT_NAMES or end - 1 - start >= 4:
                break
            start -= 1
        named = self._name(start)
        return named if named is not None and named[1] == end - 1 and named[1] - named[0] > 1 else None

    def _take(self, first: int, last: int, named: tuple[int, int], index: int, rule: str) -> None:
        self.taken.update(range(first, last))
        self.registry.names.append(NameMention(self.paragraph.index, first, last, *named, index, rule))

    def _state_before(self, start: int) -> tuple[str, int] | None:
        i = start - 1
        for _ in range(7):
            if i < 0:
                return None
            hit = self.at.get(i)
            token = self.doc[i]
            if i in self.taken:
                return None
            if hit is not None and hit.found.label.kind in {"demonym", "state"}:
                possessive = self._text(hit.last) in {"'s", "'", "\u2019s"}
                if hit.found.label.kind == "demonym" or possessive or hit.last == start or token.text.isupper():
                    return hit.found.label.code, hit.first
                return hit.found.label.code, hit.first
            if hit is not None and (
                hit.found.label.kind == "forum"
                or (hit.found.label.kind == "capital" and self._text(hit.last) in {"'s", "'"})
            ):
                return hit.found.label.code, hit.first
            if (
                token.lower_ == "and" and self.doc[i - 1].tag_ == "NNS" and i > 1
            ):  # US commanders and Defence Secretary X
                i -= 2
                continue
            if token.text in {"'s", "'", "-"} or token.lower_ in _BEFORE_TITLE:
                i -= 1
                continue
            named = (
                token.text[:1].isupper() and token.lower_ not in _NOT_NAMES and token.pos_ in {"PROPN", "NOUN", "ADJ"}
            )
            if named or token.lower_ in self.portfolio or token.lower_ in _BODIES:
                i -= 1
                continue
            return None
        return None

    def _of(self, pos: int, code: str, persons: "dict[int, Span]") -> tuple[int, str, str]:
        """What follows a title with "of", "for" or "to": the state, or the words that lengthen the title."""
        extra: list[str] = []
        for _ in range(3):
            word = self._text(pos).lower()
            if word not in {"of", "for", "to"}:
                break
            step = pos + 1
            while self._text(step).lower() in {"the", "its", "our"}:
                step += 1
            hit = self.at.get(step)
            if hit is not None and hit.found.label.kind in {"state", "forum"} and hit.first == step:
                if self._text(hit.last) in {"'s", "'"}:  # Chairman of China's National People's Congress
                    code, step = code or hit.found.label.code, hit.last + 1
                    while (self._capital(step) and step not in persons and self._kind(step) != "title") or self._text(
                        step
                    ) == "'s":
                        step += 1
                    pos = step
                    continue
                if word != "to":
                    code = code or hit.found.label.code
                pos = hit.last
                continue
            if hit is not None and hit.found.label.kind == "demonym" and hit.first == step:
                code, step = code or hit.found.label.code, hit.last
            begin = step
            known = self._text(step).casefold() in self.portfolio
            while (not known or self._text(step).casefold() in self.portfolio or not self._capital(step)) and (
                (self._capital(step) and step not in persons and self._kind(step) not in {"title", "state"})
                or (
                    self._text(step) in {"and", ",", "-", "&", "of", "the"}
                    and (
                        self._capital(step + 1)
                        or (self._text(step) == "of" and self._text(step + 1) == "the" and self._capital(step + 2))
                    )
                    and self._kind(step + 1) != "title"
                    and step > begin
                    and step - begin < 12
                    and not (self._text(step) == "," and self._text(step + 1).lower() in _NOT_NAMES)
                    and not (
                        known and self._text(step) != "of" and self._text(step + 1).casefold() not in self.portfolio
                    )
                )
            ):
                if self._text(step) == "of" and self._kind(step + 1) in {"state", "forum"}:
                    break
                step += 1
            if step == begin:
                break
            extra += [word, *(self.doc[i].text for i in range(begin, step))]
            pos = step
        return pos, code, (" " + " ".join(extra)) if extra else ""

    def _name(self, pos: int) -> tuple[int, int] | None:
        """Token range of a name that begins at `pos`."""
        i, words = pos, 0
        while i < len(self.doc) and words < 6:
            token = self.doc[i]
            kind = self._kind(i)
            if token.text in _POSTNOMINAL and words:
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
            if token.text == "," and words and self._text(i + 1).rstrip(".") in {"Jr", "Sr", "II", "III"}:
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
                not _name_like(token, self.shouting)
                or (words == 0 and token.lower_ in _NOT_NAMES)
                or (token.lower_ in _NOT_NAMES and token.lower_ != "may")
            ):
                break
            words += 1
            i += 1
        while i > pos and not any(c.isalnum() for c in self.doc[i - 1].text):
            i -= 1
        return (pos, i) if words else None

    def _after(self, end: int, code: str) -> tuple[str, int, str]:
        """What follows a name: "MP", "of France", ", Prime Minister of Turkey"; the state, the end, a title."""
        while self._text(end) in _POSTNOMINAL:
            end += 1
        if self._text(end) == "of":
            step = end + 1 + (self._text(end + 1).lower() == "the")
            if self._kind(step) == "state":
                return code or self.at[step].found.label.code, self.at[step].last, ""
        if self._text(end) in {",", "("}:
            step = end + 1
            while self._text(step).lower() in {"the", "then"}:
                step += 1
            before = self.at.get(step)
            owner = ""
            if before is not None and before.found.label.kind in {"demonym", "state"}:
                owner, step = before.found.label.code, before.last
                while self._text(step) in {"'s", "'"}:
                    step += 1
            while self._capital(step) and self._kind(step) == "" and step < end + 7:
                step += 1
            hit = self.at.get(step)
            if (
                hit is not None
                and hit.found.label.kind == "title"
                and hit.found.label.code != "honorific"
                and self._name(hit.last) is None
            ):
                _, owner, _ = self._of(hit.last, owner, {})
                return code or owner, end, hit.found.label.code
        return code, end, ""

    def _untitled(self, first: int, last: int) -> None:
        while first < last and (
            self._kind(first) in {"title", "demonym"}
            or self.doc[first].lower_ in _NOT_NAMES
            or self._text(first) in {"'s", "'"}
        ):
            first += 1
        while last > first and (
            self.doc[last - 1].text in {"'s", "'", "\u2019s"} or not self.doc[last - 1].text[:1].isalnum()
        ):
            last -= 1
        if any(i in self.taken for i in range(first, last)) or last - first < 2:
            return
        tokens = [self.doc[i] for i in range(first, last)]
        if any(
            self._kind(i) in {"state", "forum", "demonym", "organisation", "metonym", "title"}
            for i in range(first, last)
        ):
            return
        caps = [t for t in tokens if t.text[:1].isupper()]
        if len(caps) < 2 or any(any(c.isdigit() for c in t.text) for t in tokens) or any(t.is_space for t in tokens):
            return
        while last - first > 1 and self.doc[last - 1].lower_ in self.headline:
            last -= 1
        if last - first < 2 or any(self.doc[i].lower_ in _NOT_NAMES for i in range(first, last)):
            return
        code, end, title = self._after(last, "")
        index = self.registry.add(words_of(self.doc, first, last), title, code, "apposition")
        self._take(first, end, (first, last), index, "model")

    def read_surnames(self, surnames: dict[str, list[int]], day: str | None) -> None:
        """Bare surnames: of persons named in the document, else of the one holder in office whom the reference
        data know.
        """
        ents = {i: ent.label_ for ent in self.doc.ents for i in range(ent.start, ent.end)}
        for token in self.doc:
            i = token.i
            if i in self.taken or not token.text[:1].isupper() or not _name_like(token, self.shouting):
                continue
            if self._kind(i) in {"state", "forum", "title", "demonym"} or ents.get(i) in {
                "DATE",
                "TIME",
                "CARDINAL",
                "ORDINAL",
            }:
                continue
            if (
                self._text(i - 1) == "-"
                or self._text(i + 1) == "-"
                or (
                    self._capital(i + 1)
                    and not token.is_sent_start
                    and ents.get(i) in {"ORG", "FAC", "LOC", "WORK_OF_ART", "LAW"}
                )
            ):
                continue
            fits = surnames.get(token.text, [])
            if len(fits) > 1:
                fits = [max(fits, key=lambda p: self.registry.persons[p].count)]
            if fits:
                self._take(i, i + 1, (i, i + 1), fits[0], "surname")
                self.registry.persons[fits[0]].count += 1
                continue
            if ents.get(i) == "PERSON" and day and len(token.text) > 2:
                known = {h.name: h for h in self.names.holders.get(token.text.casefold(), ()) if h.on(day)}
                if len(known) == 1:
                    h = next(iter(known.values()))
                    index = self.registry.add([token.text], "", h.state, "office held on the day")
                    self._take(i, i + 1, (i, i + 1), index, "holder")


def _hits(doc: "Doc", names: Gazetteer) -> Iterator[Hit]:
    for found in names.find(doc.text):
        if found.label.kind == "concept":
            continue
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None and len(span):
            yield Hit(span.start, span.end, found)


def _name_like(token: "Token", shouting: bool) -> bool:
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


def _best_title(titles: set[str]) -> str:
    return next((t for t in _TITLE_ORDER if t in titles), "honorific")
