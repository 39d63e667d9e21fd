"""Names and titles in one paragraph: what stands before a name, the name itself, and what follows it."""

# ruff: noqa: SIM905 (lists of words read best as words)

from typing import TYPE_CHECKING

from kg.extract.appositions import Appositions
from kg.extract.name_spans import NOT_NAMES, POSTNOMINAL, name_like, words_of
from kg.extract.registry import LEADER_TITLES, Hit, NameMention, TitleMention
from kg.extract.respectively import pairs

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_TITLE = set(
    (
        "then former new newly elected visiting outgoing incoming acting first current late and & - long serving "
        "re appointed ex"
    ).split()
)
_BEFORE_MONTH = set("in of since until by this last next early late mid from on".split())
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


class Reader(Appositions):
    """Reads the names of one paragraph into the registry."""

    def read(self) -> None:
        persons = self.known_names()
        for pair in pairs(self.doc, self.at, self.names, self._name):
            for one in pair:
                named = one.first, one.last
                index = self.registry.add(words_of(self.doc, *named), one.title, one.state, "title")
                self._take(*named, named, index, "title")
        i = 0
        while i < len(self.texts):
            hit = self.at.get(i)
            if hit is not None and hit.found.label.kind == "title" and hit.first == i and self._is_title(hit):
                i = max(self._titled(i, persons), i + 1)
            else:
                i += 1
        for first, last in persons.items():
            self._untitled(first, last)

    def _is_title(self, hit: Hit) -> bool:
        text = hit.found.label.text
        if (hit.first > 0 and self.doc[hit.first - 1].text == "-") or self._text(hit.last) == "-":
            return False
        # "U" and "Daw" are Burmese honorifics, but letters elsewhere
        return len(text) > 1 or self._capital(hit.last)

    def _titled(self, start: int, persons: dict[int, int]) -> int:
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
        theirs = self._belongs_before(first, pos)
        closed = theirs is not None or start in self.apposed  # what follows the comma is somebody else
        for _ in range(5):  # further titles: "Prime Minister, the Hon", "State Councilor and Foreign Minister"
            step = probe
            while self._text(step).lower() in {",", "and", "the", "his", "her", "&", "as"} and step < probe + 3:
                if self._kind(step) == "title" and self.at[step].first == step:  # Her Excellency, the Hon
                    break
                step += 1
            if self._kind(step) == "title" and self.at[step].first == step:
                if closed and "," in self.texts[probe:step]:
                    break
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
            named = theirs if closed else self._beside(first, pos, persons)
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
            self.apposed.add(self.title_after)
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

    def _beside(self, first: int, pos: int, persons: dict[int, int]) -> tuple[int, int] | None:
        """A name set off by commas: "the President of Gabon, A B, said", "A B, the Prime Minister of Peru, said"."""
        if self._text(pos) == ",":
            named = self._name(pos + 1)
            closed = named is not None and (
                self._text(named[1]) in {",", ".", ""} or self.doc[named[1]].pos_ in {"VERB", "AUX"}
            )
            if named is not None and named[1] - named[0] > 1 and (closed or pos + 1 in persons):
                return named
        return self._name_before(first)

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
                token.text[:1].isupper() and token.lower_ not in NOT_NAMES and token.pos_ in {"PROPN", "NOUN", "ADJ"}
            )
            if named or token.lower_ in self.portfolio or token.lower_ in _BODIES:
                i -= 1
                continue
            return None
        return None

    def _of(self, pos: int, code: str, persons: dict[int, int]) -> tuple[int, str, str]:
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
                    and not (self._text(step) == "," and self._text(step + 1).lower() in NOT_NAMES)
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

    def _after(self, end: int, code: str) -> tuple[str, int, str]:
        """What follows a name: "MP", "of France", ", Prime Minister of Turkey"; the state, the end, a title."""
        while self._text(end) in POSTNOMINAL:
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
                after, owner, _ = self._of(hit.last, owner, {})
                if self._opens_another(after):
                    return code, end, ""
                self.title_after = hit.first
                return code or owner, end, hit.found.label.code
        return code, end, ""

    def _opens_another(self, pos: int) -> bool:
        """Whether a title after a name begins another person: "invited by A, the President of B, C D, visited"."""
        named = self._name(pos + 1) if self._text(pos) == "," else None
        if named is None or named[1] - named[0] < 2:
            return False
        if self._text(named[1]) != ",":
            return self.doc[named[1]].pos_ in {"VERB", "AUX"} if named[1] < len(self.doc) else False
        after = named[1] + 1
        return self._text(after).lower() != "the" and self._kind(after) not in {"title", "demonym", "state"}

    def _untitled(self, first: int, last: int) -> None:
        while first < last and (
            self._kind(first) in {"title", "demonym"}
            or self.doc[first].lower_ in NOT_NAMES
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
        if last - first < 2 or any(self.doc[i].lower_ in NOT_NAMES for i in range(first, last)):
            return
        code, end, title = self._after(last, "")
        index = self.registry.add(words_of(self.doc, first, last), title, code, "apposition")
        self._take(first, end, (first, last), index, "known name")

    def read_surnames(self, surnames: dict[str, list[int]], told: set[str], day: str | None) -> None:
        """Bare surnames: of persons named in the document, else of the one holder in office of a state that the
        document tells of, whom the reference data know.
        """
        for i, text in enumerate(self.texts):
            if i in self.taken or not text[:1].isupper() or self._kind(i) in {"state", "forum", "title", "demonym"}:
                continue
            token = self.doc[i]
            if not name_like(token, self.shouting) or self._is_time(i) or "-" in {self._text(i - 1), self._text(i + 1)}:
                continue
            fits = surnames.get(text, [])
            if self._capital(i + 1) and not token.is_sent_start and self._is_part(token):
                continue
            if len(fits) > 1:
                fits = [max(fits, key=lambda p: self.registry.persons[p].count)]
            if fits:
                first = self.given_names(i) if text == self.registry.persons[fits[0]].words[-1] else i
                index = fits[0]
                if first < i:
                    index = self.registry.add(words_of(self.doc, first, i + 1))
                else:
                    self.registry.persons[index].count += 1
                self._take(first, i + 1, (first, i + 1), index, "surname")
                continue
            alone = self.given_names(i) == i and not self._capital(i + 1)
            if day and len(text) > 2 and token.pos_ == "PROPN" and alone:
                known = {h.name: h for h in self.names.surnamed(text) if h.on(day) and h.state in told}
                if len(known) == 1:
                    h = next(iter(known.values()))
                    index = self.registry.add([text], "", h.state, "office held on the day")
                    self._take(i, i + 1, (i, i + 1), index, "holder")

    def _is_time(self, i: int) -> bool:
        """Whether the word is a month or day of the week ("in May", "May 5"), not a name."""
        word = self._text(i).lower()
        if word != "may":
            return word in NOT_NAMES
        near = {self._text(i - 1).lower(), self._text(i + 1)}
        return any(w.isdigit() for w in near) or bool(near & _BEFORE_MONTH)

    def _is_part(self, token: "Token") -> bool:
        """Whether a surname is part of the name of something else ("the Macron Foundation")."""
        head = token.head
        return token.dep_ == "compound" and head.i > token.i and head.i not in self.taken and head.pos_ == "PROPN"


def _best_title(titles: set[str]) -> str:
    return next((t for t in _TITLE_ORDER if t in titles), "honorific")
