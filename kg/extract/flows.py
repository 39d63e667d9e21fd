"""Trade figures with a direction: who exports to whom, what, when, how much, and who counted.

A total of both directions ("two-way trade") has no direction and is none.
"""

# ruff: noqa: SIM905 (lists of words read best as words)

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.edtf import Edtf
from kg.errors import RecordError
from kg.extract.context import DocContext
from kg.extract.model import FlowFound, Paragraph, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SCALE = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "USD": "USD",
    "AU$": "AUD",
    "A$": "AUD",
    "AUD": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD": "CAD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "¥": "JPY",
    "JPY": "JPY",
    "RMB": "CNY",
    "CNY": "CNY",
    "₹": "INR",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "CHF": "CHF",
}
_WORDS = {
    "dollar": "USD",
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rupee": "INR",
    "won": "KRW",
    "rouble": "RUB",
    "ruble": "RUB",
    "real": "BRL",
    "peso": "MXN",
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "swiss franc": "CHF",
    "rand": "ZAR",
    "lira": "TRY",
}
_MONEY = re.compile(
    r"(?P<sign>(?:US|AU|A|CA|C|NZ|S|HK|R)?\$|€|£|¥|₹|USD|AUD|CAD|EUR|GBP|JPY|RMB|CNY"
    r"|CHF)\s?(?P<v>\d(?:[\d,]*\d)?(?:\.\d+)?)(?:[\s-]?(?P<scale>thousand|million|billion|trillion|mn|bn|tn"
    r"|[mbk](?![a-z])))?"
    r"|(?P<v2>\d(?:[\d,]*\d)?(?:\.\d+)?)(?:[\s-]?(?P<scale2>thousand|million|billion|trillion|mn|bn"
    r"|tn))?\s(?P<word>(?:US |U\.S\. |Australian |Canadian |Swiss )?(?:dollars?|euros?|pounds?|yen|yuan"
    r"|renminbi|rupees?|won|roubles?|rubles?|reals?|reais|pesos?|francs?|rand|lira)|USD|EUR|RMB|CNY)\b"
)
_ABOUT = re.compile(
    r"(?i)(about|around|roughly|approximately|approx\.?|nearly|almost|over|more than|some|close to"
    r"|an estimated|up to|just under|just over|at least|less than|~|circa|as much as|in excess of)\s*$"
)
_CHANGE = re.compile(
    r"(?i)\b(by|from|up from|down from|compared with|versus|against)\s+((about|around|roughly|nearly|some|over"
    r"|almost)\s+)?$"
)
_COMPARED = re.compile(
    r"(?i)\b(up|down|rising|rose|increase\w*|compared|versus|against|from)\b(?= (from|with|to|about|around"
    r"|roughly|[$€£\d]))"
)
_EXPORT, _IMPORT = {"export", "shipment", "sale", "delivery", "sell", "ship"}, {"import", "purchase", "buy"}
_AMOUNT = set(
    (
        "reach total amount stand hit be come account exceed surpass value climb rise fall grow increase decline "
        "drop jump surge slip worth record post top average"
    ).split()
)
_ALL_GOODS = set("total goods merchandise overall annual bilateral commodity product trade good service direct".split())
_SKIP = {"its", "their", "the", "of", "our", "new", "two", "way"}
_COUNTED = re.compile(
    r"(?i)\baccording to (?:the )?(?P<a>[^,;]+?)(?= (?:figures|data|statistics|numbers|estimates)|,|;"
    r"|$)(?: (?:figures|data|statistics|numbers|estimates))?"
    r"(?: (?:compiled|published|released|cited|reported|gathered|collected|issued) by (?:the )?(?P<b>[^,;]+))?"
    r"|\b(?:figures|data|statistics|numbers) (?:from|by|compiled by|published by"
    r"|released by) (?:the )?(?P<c>[^,;]+?)(?= show| showed| indicate|,|;|$)"
    r"|\b(?P<d>(?:[A-Z][\w.&-]+ )+)(?:figures|data|statistics) (?:show|showed|indicate|suggest)"
)


@dataclass(frozen=True, slots=True)
class _Way:
    exporter: str
    importer: str
    year: int | None
    period: str | None
    origins: tuple[str, ...]
    paragraph: int
    sentence: int


def find(ctx: DocContext) -> list[FlowFound]:
    """The trade figures of a document that have a direction."""
    out: list[FlowFound] = []
    last: _Way | None = None
    for sentence in ctx.body:
        for flow, way in _sentence(ctx, sentence, last):
            last = way
            out.append(flow)
    return out


def _sentence(ctx: DocContext, sentence: Sentence, last: _Way | None) -> Iterator[tuple[FlowFound, _Way]]:
    text = sentence.text()
    found = list(_MONEY.finditer(text))
    amounts = [m for m in found if not _CHANGE.search(text[: m.start()]) or _has_year(text, m)]
    if not amounts:
        return
    paragraph = sentence.paragraph
    heads = [t for t in sentence.span if t.lemma_.lower() in _EXPORT | _IMPORT]
    taken: set[int] = set()
    for m in amounts:
        start = sentence.start + m.start()
        head = _nearest(heads, start - paragraph.start, taken)
        product, way = None, None
        if head is not None:
            told = _direction(ctx, paragraph, head)
            period, year = _period(ctx, sentence, start)
            if told is not None:
                way = _Way(*told, year, period, _origins(text), paragraph.index, sentence.index)
            elif _near(last, sentence) and not _other_partner(ctx, paragraph, head):
                assert last is not None
                way = replace(last, sentence=sentence.index)
                way = replace(way, year=year, period=period) if year else way
            product = _product(ctx, paragraph, head)
            if not _has_year(text, m):  # from 3 million in 2021 to 4 million in 2022: two figures of one noun
                taken.add(head.i)
        elif _near(last, sentence):
            subject = _measured(sentence, start - paragraph.start)
            if subject is not None and ctx.who(paragraph, subject) is None:
                assert last is not None
                period, year = _period(ctx, sentence, start)
                way = replace(last, sentence=sentence.index)
                way = replace(way, year=year, period=period) if year else way
                product = " ".join(
                    t.lower_ for t in subject.subtree if t.pos_ in {"NOUN", "PROPN", "ADJ"} and t.i <= subject.i
                )
        if way is None or product is None:
            continue
        value, currency = _value(m)
        if value is None:
            continue
        before = text[: m.start()]
        yield (
            FlowFound(
                way.exporter,
                way.importer,
                product,
                way.year,
                value,
                currency,
                bool(_ABOUT.search(before)),
                (start, sentence.start + m.end()),
                "figure with direction" if head is not None else "figure after one with direction",
                way.origins,
                way.period,
            ),
            way,
        )


_YEAR_AFTER = re.compile(r"\s+in\s+(?:19|20)\d\d\b")


def _has_year(text: str, m: re.Match[str]) -> bool:
    """Whether a year of its own follows the amount, so that "from" before it tells another figure, not a change."""
    return _YEAR_AFTER.match(text, m.end()) is not None


def _near(last: _Way | None, sentence: Sentence) -> bool:
    return last is not None and last.paragraph == sentence.paragraph.index and sentence.index - last.sentence <= 3


def _nearest(heads: "list[Token]", offset: int, taken: set[int]) -> "Token | None":
    """The word for trade that the amount belongs to: the last before it, else the first after it, each once."""
    before = [t for t in heads if t.idx < offset and t.i not in taken]
    if before:
        return before[-1]
    after = [t for t in heads if t.idx > offset and t.i not in taken and t.idx - offset < 60]
    if not after or any(c in after[0].doc.text[offset : after[0].idx].replace(",0", "") for c in (", ", ";")):
        return None
    return after[0]


def _states(ctx: DocContext, paragraph: Paragraph, token: "Token") -> list[str]:
    out = []
    for t in token.subtree:
        code = ctx.modifiers.get((paragraph.index, t.i))
        if code and code not in out:
            out.append(code)
    return out


def _direction(ctx: DocContext, paragraph: Paragraph, head: "Token") -> tuple[str, str] | None:
    """Exporter and importer of "Canada's exports to China", "China's imports from Canada", "China bought ...
    from Canada".
    """
    selling = head.lemma_.lower() in _EXPORT
    owner: list[str] = []
    toward: list[str] = []
    source: list[str] = []
    verb = head if head.pos_ == "VERB" else head.head
    spots = [head, *([verb] if verb != head and verb.pos_ in {"VERB", "AUX"} else [])]
    for spot in spots:
        for child in spot.children:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} and spot == head:
                owner += _states(ctx, paragraph, child)
            elif child.dep_ == "nsubj" and child != head:
                actor = ctx.who(paragraph, child)
                owner += (
                    list(actor.parties)
                    if actor is not None and len(actor.parties) == 1
                    else _states(ctx, paragraph, child)[:1]
                )
            elif child.dep_ in {"prep", "dative"}:
                into = toward if child.lower_ in {"to", "into"} else source if child.lower_ == "from" else None
                if child.lower_ == "of" and spot == head:
                    goods = [c for c in child.children if c.dep_ == "pobj"]
                    made = [code for g in goods for c in g.lefts for code in _states(ctx, paragraph, c)]
                    if not selling:
                        source += made  # imports of Vietnamese durian
                    for inner in child.subtree:
                        if inner.dep_ == "prep" and inner.lower_ in {"to", "from"}:
                            (toward if inner.lower_ == "to" else source).extend(_states(ctx, paragraph, inner))
                    continue
                if into is not None:
                    into += _states(ctx, paragraph, child)
            elif child.dep_ in {"dobj", "attr", "nsubjpass"} and head.pos_ == "VERB":
                for inner in child.subtree:
                    if inner.dep_ == "prep" and inner.lower_ in {"to", "from"}:
                        (toward if inner.lower_ == "to" else source).extend(_states(ctx, paragraph, inner))
    exporter = (owner if selling else source) or (source if selling else [])
    importer = toward if selling else owner or toward
    parties = set(ctx.frame.parties)
    if len(parties) == 2 and bool(exporter) != bool(importer):
        known = (exporter or importer)[0]
        other = sorted(parties - {known})
        if known in parties and len(other) == 1 and (toward or source):
            exporter, importer = exporter or other, importer or other
    if not exporter or not importer or exporter[0] == importer[0]:
        return None
    return exporter[0], importer[0]


def _other_partner(ctx: DocContext, paragraph: Paragraph, head: "Token") -> bool:
    """Whether the figure is about a third partner, so that the direction told before does not hold."""
    return any(
        _states(ctx, paragraph, c) for c in head.children if c.dep_ == "prep" and c.lower_ in {"to", "from", "into"}
    )


def _product(ctx: DocContext, paragraph: Paragraph, head: "Token") -> str:
    """What is traded, "total" for all goods."""
    words: list[str] = []
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ in {"of", "in"}), None)
    if head.pos_ == "VERB":
        bought = next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        of = (
            next((c for c in bought.subtree if c.lower_ in {"of", "in"} and c.dep_ == "prep"), None)
            if bought is not None
            else None
        )
    if of is not None:
        thing = next((c for c in of.children if c.dep_ == "pobj"), None)
        if thing is not None and not _is_amount(ctx, paragraph, thing):
            words = [
                t.lower_
                for t in [*thing.lefts, thing]
                if t.pos_ in {"NOUN", "PROPN", "ADJ"} and (paragraph.index, t.i) not in ctx.modifiers
            ]
    if not words:
        for left in head.lefts:
            if left.dep_ in {"amod", "compound", "nmod"} and (paragraph.index, left.i) not in ctx.modifiers:
                words += [
                    t.lower_
                    for t in left.subtree
                    if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"} and (paragraph.index, t.i) not in ctx.modifiers
                ]
    words = [
        w for w in words if w not in _SKIP | {"related"} and w.rstrip("s") not in _ALL_GOODS and w not in _ALL_GOODS
    ]
    words = [w.removesuffix("-related") for w in words]
    return " ".join(words) if words else "total"


def _is_amount(ctx: DocContext, paragraph: Paragraph, thing: "Token") -> bool:
    """Whether a word tells how much or when ("exports of $2 billion", "in March"), not what is traded."""
    if thing.like_num or thing.lemma_.lower() in {"dollar", "euro", "percent", "%"}:
        return True
    return ctx.is_time(*ctx.offsets(paragraph, thing, thing))


def _measured(sentence: Sentence, offset: int) -> "Token | None":
    """The subject of "oilseeds totaled around $3.4 billion"."""
    amount = next((t for t in sentence.span if t.idx <= offset < t.idx + len(t) or t.idx >= offset), None)
    if amount is None:
        return None
    for above in amount.ancestors:
        if above.pos_ in {"VERB", "AUX"} and above.lemma_.lower() in _AMOUNT:
            found = next((c for c in above.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if (
                found is not None
                and found.pos_ in {"NOUN", "PROPN"}
                and found.lemma_.lower()
                not in {"trade", "investment", "total", "deficit", "surplus", "economy", "value"}
            ):
                return found
    return None


def _period(ctx: DocContext, sentence: Sentence, offset: int) -> tuple[str | None, int | None]:
    cut = next((m.end() for m in _COMPARED.finditer(sentence.text()) if sentence.start + m.start() > offset), None)
    end = sentence.end if cut is None else sentence.start + cut
    dates = [d for d in ctx.dates_in(sentence.start, end) if d.edtf]
    money = _MONEY.match(sentence.text(), offset - sentence.start)
    if money is not None and _has_year(sentence.text(), money):
        own = [d for d in ctx.dates_in(sentence.start + money.end(), sentence.end) if d.edtf]
        dates = own[:1] or dates
    if not dates:
        return None, None
    best = min(dates, key=lambda d: abs(d.span[0] - offset))
    assert best.edtf is not None
    try:
        when = Edtf.parse(best.edtf)
    except RecordError:
        return None, None
    year = when.latest.year if when.latest is not None else None
    return best.edtf, year


def _origins(text: str) -> tuple[str, ...]:
    found = _COUNTED.search(text)
    if found is None:
        return ()
    return tuple(part.strip() for part in (found["a"] or found["c"] or found["d"], found["b"]) if part)


def _value(m: re.Match[str]) -> tuple[float | None, str]:
    raw = m["v"] or m["v2"]
    scale = (m["scale"] or m["scale2"] or "").lower()
    try:
        number = float(raw.replace(",", ""))
    except ValueError:
        return None, ""
    value = round(number * _SCALE.get(scale, 1.0), 2)
    if m["sign"]:
        return value, _SIGNS.get(m["sign"], m["sign"])
    word = m["word"]
    return value, _SIGNS.get(word) or _WORDS.get(word.lower().removesuffix("s"), word)
