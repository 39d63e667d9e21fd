"""What short texts claim, so that two of them can be compared: quantities, denials, stances, and what they are about.

Deliberately strict: two texts are about the same only when all content words of the shorter stand in the longer.
"""

# ruff: noqa: SIM905 (lists of words read best as words)

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

__all__ = ["Quantity", "Stance", "about", "denied", "differing", "one_object", "quantities", "stance", "without_not"]

_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
_SMALL = "one two three four five six seven eight nine ten eleven twelve".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_IN_WORDS = {word: number for number, word in enumerate(_SMALL, 1)}
_IN_WORDS |= {word: number * 10 for number, word in enumerate(_TENS, 2)} | {"hundred": 100, "dozen": 12}
_CURRENCIES = {
    "us$": "USD", "usd": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD",
    "c$": "CAD", "ca$": "CAD", "cad": "CAD", "canadian dollar": "CAD",
    "a$": "AUD", "au$": "AUD", "aud": "AUD", "australian dollar": "AUD",
    "nz$": "NZD", "nzd": "NZD", "new zealand dollar": "NZD", "hk$": "HKD", "hkd": "HKD", "s$": "SGD", "sgd": "SGD",
    "$": "dollar", "dollar": "dollar", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP",
    "gbp": "GBP", "pound": "GBP",
    "¥": "yen or yuan", "jpy": "JPY", "yen": "JPY", "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "renminbi": "CNY",
    "₹": "INR", "inr": "INR", "rupee": "INR", "krw": "KRW", "won": "KRW", "chf": "CHF", "swiss franc": "CHF",
    "krone": "krone", "krona": "krona", "rouble": "RUB", "ruble": "RUB", "real": "BRL", "peso": "peso", "rand": "ZAR",
}  # fmt: skip
_GENERIC = {
    "dollar": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD"},
    "yen or yuan": {"JPY", "CNY"},
}

_SIGN = "|".join(re.escape(c) for c in sorted(_CURRENCIES, key=len, reverse=True) if not c.isalpha() or len(c) == 3)
_COIN = "|".join(re.escape(c) for c in sorted(_CURRENCIES, key=len, reverse=True) if c.isalpha() or " " in c)
_QUANTITY = re.compile(
    rf"(?<![\w.,+-])(?:(?P<sign>{_SIGN})\s?)?"
    rf"(?P<digits>\d{{1,24}}(?:,\d{{3}}){{0,8}}(?:\.\d+)?|(?:{'|'.join(_IN_WORDS)})(?=\s|-(?:{'|'.join(_SCALES)}|year|month|week|day)))"
    rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"(?:\s?(?P<rate>%|per\s?cent\b|percentage points?\b)|[\s-]?(?P<coin>{_COIN})s?\b)?(?!\w|-?(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{'|'.join(_MONTHS)})\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{{4}}\b)?"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b"
    r"|(?<![\w$€£¥.,])(?:(?:19|20)\d{2})(?:s|[/–-]\d{2,4})?\b(?!,\d|\.\d|\s?(?:%|per\s?cent))"
)
_LEAST = re.compile(r"(?:at least|more than|over|above|no (?:less|fewer) than|in excess of|minimum of)\s*$", re.I)
_MOST = re.compile(r"(?:up to|at most|less than|fewer than|under|below|no more than|as much as|maximum of)\s*$", re.I)
_ABOUT = re.compile(r"(?:about|around|some|roughly|nearly|almost|approximately|approx\.?|close to|circa|~)\s*$", re.I)
_FROM = re.compile(r"\b(?:up |down )?from\s*$", re.I)
_BY = re.compile(r"\bby\s*$", re.I)

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ALIKE = (
    "lower cut reduce decrease slash", "raise increase hike lift-up", "buy purchase import acquire",
    "provide contribute give donate grant offer pay", "open establish create launch set-up", "hold host convene",
    "finish complete conclude sign", "end stop cease halt", "lift remove abolish scrap", "tariff duty levy",
)  # fmt: skip
_EMPTY = frozenset(
    (
        "a an the of in on at to for from by with within into onto over under between among as and or but nor that "
        "which who whom whose this these those its their his her our my your it they he she we i you be is are was "
        "were been being am has have had do does did done will would shall should can could may might must not no "
        "never any all each every both if than then there here when where while so such own also again further "
        "jointly together side sides two country countries party parties nation nations government governments leader "
        "leaders prime minister president agree agreed agrees agreement commit committed commits commitment pledge "
        "pledged pledges promise promised promises undertake undertook undertaken intend intends plan plans aim aims "
        "percent per cent percentage point points thousand million billion trillion mn bn tn dozen hundred about "
        "around some roughly nearly almost approximately least most more less up down year years annual annually "
        "yearly month months monthly day days week weeks quarter today soon end early late mid deadline next coming "
        "new now later before after until since during off us u.s dollar dollars euro euros yuan "
    ).split()
)
_SPANS = {"year", "month", "week", "day"}
_NOT = re.compile(r"^\W*(?:(?:will|shall|would|do|does|did|to|can)\s+)?(?:not|never|no longer)\s+(?:to\s+)?", re.I)
_PROMISE = r"(?:agree|commit|pledge|promise|undertake|undertook|offer|vow|consent)(?:d|ed|n|t?ted)?"
_DENIAL = re.compile(
    r"^(?P<who>.*?)\b(?:"
    r"(?:has|have|had|did|do|does|was|were|is|are)(?:\s+not|n['’]t|\s+never)(?:\s+(?:yet|ever|in fact))?"
    rf"\s+{_PROMISE}(?:\s+itself)?"
    rf"|never\s+{_PROMISE}"
    r"|(?:made|makes|gave|gives|given|made|has|have|had|was|is|were|are|been)\s+(?:made\s+|given\s+)?no\s+"
    r"(?:such\s+)?(?:commitment|promise|pledge|undertaking|agreement|plan|plans|intention|deal)"
    r"|(?:will|shall|would)\s+(?:not|never)|won['’]t"
    r")\s+(?:on\s+|that\s+(?:it|they|he|she)\s+(?:will|would)\s+|to\s+|of\s+)?(?P<what>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed)|refut(?:e|es|ed)|repudiat(?:e|es|ed))\b", re.I)
_DID = re.compile(
    rf"^(?P<who>.*?)\b(?:(?:has|have|had|did)\s+)?(?:ever\s+)?{_PROMISE}\s+(?:to\s+|on\s+|that\s+\w+\s+(?:will|would)\s+)?"
    r"(?P<what>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FOR = (
    r"support(?:s|ed|ing)?(?!\s+(?:for|to|from|of)\b)|back(?:s|ed|ing)?(?!\s+(?:to|in|from|at)\b)|endors(?:e|es|ed|ing)"
    r"|favou?r(?:s|ed)?|uphold(?:s|ing)?|upheld|approv(?:e|es|ed)|(?:is|are|was|were|be) in favou?r of"
)
_AGAINST = (
    r"oppos(?:e|es|ed|ing)|reject(?:s|ed|ing)?|condemn(?:s|ed)?|denounc(?:e|es|ed)|object(?:s|ed)?\s+to"
    r"|repudiat(?:e|es|ed)|(?:is|are|was|were|be) (?:opposed to|against)"
)
_STANCE = re.compile(
    r"^(?P<who>.*?)(?P<not>\b(?:not|never|no longer|cannot)\s+(?:\w+ly\s+)?|n['’]t\s+(?:\w+ly\s+)?)?"
    rf"\b(?:(?P<pro>{_FOR})|(?P<con>{_AGAINST}))(?!\w)\s*(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_HELPERS = re.compile(
    r"\b(?:does|do|did|will|would|has|have|is|are|was|were|strongly|firmly|fully|always|could|can)\b.*$",
    re.I | re.DOTALL,
)
_SUBJECT = 5
# What stands this near a figure belongs to it; a text with more figures than this is a table.
_NEAR, _MOST_FIGURES = 80, 40
# Letters that a pattern takes for others whatever their case.
_FOLDED = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text: all values from `low` to `high` that it may mean (None: no limit), in `unit`.

    `kind` is "rate", "amount" or "number"; `words` are those of the text.
    """

    kind: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    words: str

    def comparable(self, other: "Quantity") -> bool:
        """Whether both count the same."""
        if self.kind != other.kind:
            return False
        units = {self.unit, other.unit}
        return len(units) == 1 or any(
            units - {general} <= known for general, known in _GENERIC.items() if general in units
        )

    def excludes(self, other: "Quantity") -> bool:
        """Whether both cannot be true of one thing."""
        apart = self.low is not None and other.high is not None and self.low >= other.high
        return apart or (other.low is not None and self.high is not None and other.low >= self.high)


@dataclass(frozen=True, slots=True)
class Stance:
    """That somebody is for or against something; `who` are the words before the verb, "" for the speaker."""

    positive: bool
    who: str
    what: str


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Rates, sums of money and numbers of things in a text; dates and ordinals are none.

    A figure stands for all that rounds to it; where a text goes "from" one value "to" another, the first is none.

    >>> [(q.kind, q.unit, q.words) for q in quantities("cut duties from 100 to 6.1 percent, buy 49,000 vans")]
    [('rate', 'to', '6.1 percent'), ('number', 'vans', '49,000 vans')]
    """
    plain = _DAY.sub(lambda m: " " * len(m[0]), text)
    found = []
    for match in _QUANTITY.finditer(plain):
        before, after = plain[max(0, match.start() - _NEAR) : match.start()], plain[match.end() : match.end() + _NEAR]
        if _FROM.search(before) and re.match(r"\s*(?:\S+\s+){0,3}?to\s", after):
            continue
        quantity = _quantity(match, before, after)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(match: re.Match[str], before: str, after: str) -> Quantity | None:
    digits, scale = _lower(match["digits"]), 10 ** _SCALES.get(_lower(match["scale"]), 0)
    value = Decimal(_IN_WORDS.get(digits) or digits.replace(",", "")) * scale
    if match["rate"]:
        kind, unit, words = "rate", "by" if _BY.search(before) else "to", match[0]
    elif match["sign"] or match["coin"]:
        coin = _lower(match["coin"] or match["sign"])
        kind, unit, words = "amount", _CURRENCIES[coin], match[0]
    else:
        noun = re.match(r"[\s-]+([^\W\d_][\w’'-]*)", after)
        if noun is None or (noun[1].lower() in _EMPTY and _stem(noun[1]) not in _SPANS):
            return None
        kind, unit, words = "number", _stem(noun[1]), match[0] + noun[0]
    # What rounds to the figure: half of its last digit to both sides; a number of things is exact.
    exact = kind == "number" and not match["scale"]
    half = Decimal("0.0000001") if exact else scale * Decimal(10) ** -len(digits.partition(".")[2]) / 2
    if _ABOUT.search(before):
        half = max(half, value / 10)
    low = None if _MOST.search(before) else value - half
    lasting = unit in _SPANS  # "over five years" is no more than five
    high = None if _LEAST.search(before) and not lasting else value + half
    return Quantity(kind, unit, low, high, words.strip())


def _lower(text: str | None) -> str:
    return (text or "").translate(_FOLDED).lower()


def differing(one: str, other: str) -> tuple[Quantity, Quantity] | None:
    """The first quantities of two texts on one thing that cannot both be true.

    >>> [q.words for q in differing("invest $50 million", "invest up to 40 million dollars in wind") or ()]
    ['$50 million', '40 million dollars']
    """
    ours, theirs = quantities(one), quantities(other)
    if max(len(ours), len(theirs)) > _MOST_FIGURES:
        return None
    for mine in ours:
        alike = [q for q in theirs if q.comparable(mine)]
        rivals = [q for q in ours if q.comparable(mine)]
        if alike and all(r.excludes(q) for r in rivals for q in alike):
            return mine, alike[0]
    return None


def about(text: str, leave_out: Iterable[str] = ()) -> frozenset[str]:
    """The content words of a text, shortened; neither quantities and times nor the words to be left out.

    >>> sorted(about("Canada will reduce its tariffs on canola seed to 15 percent by March 2026", ["canada"]))
    ['canola', 'lower', 'seed', 'tariff']
    """
    return _about(text, tuple(leave_out))


@lru_cache(maxsize=8192)
def _about(text: str, leave_out: tuple[str, ...]) -> frozenset[str]:
    skip = {word.lower() for phrase in leave_out for word in _WORD.findall(phrase)} | _EMPTY
    words = (w.lower().replace("’", "'").removesuffix("'s").rstrip("'") for w in _WORD.findall(_DAY.sub(" ", text)))
    return frozenset(
        _SAME.get(stem, stem) for w in words if w not in skip and w not in _IN_WORDS for stem in [_stem(w)]
    )


def _stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", "")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and not stem.endswith("s"):
            return (stem + instead).removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


_SAME = {_stem(word): _stem(group.split()[0]) for group in _ALIKE for word in group.split()}


def one_object(one: frozenset[str], other: frozenset[str], least: int = 2) -> bool:
    """Whether content words of two texts are about the same: those of the shorter are half or more of the longer."""
    few, many = sorted((one, other), key=len)
    return len(few) >= least and few <= many and 2 * len(few) >= len(many)


@lru_cache(maxsize=8192)
def without_not(text: str) -> str | None:
    """What an undertaking excludes, "buy cars" of "not to buy cars"; None where it is no refusal."""
    match = _NOT.match(text)
    if match:
        return text[match.end() :]
    found = _DENIAL.match(text)
    return found["what"] if found else None


def denied(text: str, cue: str = "") -> tuple[str, str] | None:
    """Who is said not to have undertaken what, in words; who is "" for the speaker; None where nothing is denied.

    >>> denied("Canada has made no commitment to buy cars"), denied("it had agreed to buy cars", "denied")
    (('Canada', 'buy cars'), ('it', 'buy cars'))
    """
    if _DENIES.search(cue):
        found = _DID.match(text)
    else:
        head = _DENIES.match(text)
        found = _DID.match(text[head.end() :]) if head else _DENIAL.match(text)
    return (found["who"].strip(), found["what"].strip()) if found else None


def stance(text: str, cue: str = "") -> Stance | None:
    """Whether a statement is for or against something, by its own verb or by the words that attribute it.

    >>> stance("China does not support sanctions"), stance("reform of the WTO", "opposes")
    (Stance(positive=False, who='China', what='sanctions'), Stance(positive=False, who='', what='reform of the WTO'))
    """
    by_cue = _STANCE.match(cue)
    if by_cue:
        return Stance(_positive(by_cue), "", text)
    found = _STANCE.match(text)
    if found is None or not found["what"].strip():
        return None
    who = _HELPERS.sub("", found["who"]).strip()
    # Before the verb of a main clause stands little but who it is of.
    return Stance(_positive(found), who, found["what"].strip()) if len(who.split()) <= _SUBJECT else None


def _positive(found: re.Match[str]) -> bool:
    return bool(found["pro"]) != bool(found["not"])
