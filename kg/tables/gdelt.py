"""GDELT events: 2.0 (61 columns) and 1.0 (58), tab-separated without header, as published (also zipped).

Each file is one source. Actors are CAMEO actor codes: three letters of a country and letters of roles. A state and its
government act as the state, its courts, parliament, forces, police and services as institutions of it; other roles
(business, media, rebels ...) and regions are nobody for whom a state acts, so that only their name is kept.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Institution
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.events import event_shapes, located, number_of
from kg.tables.loader import Answer, Context, Part, TableLoader
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_ACT = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone")  # fmt: skip
_PLACES = ("Actor1Geo_", "Actor2Geo_", "ActionGeo_")


def _columns(*geo: str) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
        *_ACT,
        *(place + name for place in _PLACES for name in geo),
        *("DATEADDED", "SOURCEURL"),
    )


_OLD = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_NEW = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_FORMS = {len(c): Contract(c, delimiter="\t", header=False, quote="") for c in (_columns(*_NEW), _columns(*_OLD))}
_NAME = re.compile(r"(\d{4}(?:\d{2}){0,5})\.export\.csv(?:\.zip|\.gz)?", re.IGNORECASE)

# CAMEO's codes where they are not those of ISO 3166; None for regions, which are no party.
_COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "WSB": "PSE", "GZS": "PSE", "PAL": "PSE"}
_REGIONS = frozenset(
    "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR NAM PGS SCN SAM SAF SAS SEA WAF WST".split()  # noqa: SIM905
)
# Known groups that are forums of ours.
_GROUPS = {
    "UNO": "UN", "EEC": "EU", "NAT": "NATO", "WTR": "WTO", "IMF": "IMF", "WBK": "WB", "IAE": "IAEA", "ICC": "ICC",
    "ICJ": "ICJ", "OAS": "OAS", "OAU": "AU", "ARL": "LAS", "ASN": "ASEAN", "CIS": "CIS", "OPC": "OPEC", "OIC": "OIC",
    "SAA": "SAARC", "SAD": "SADC", "SCO": "SCO", "SCE": "OSCE", "COE": "CoE", "CWN": "Commonwealth", "WHO": "WHO",
    "HCR": "UNHCR", "WFP": "WFP", "FAO": "FAO", "ILO": "ILO", "IOM": "IOM", "ITP": "INTERPOL", "GCC": "GCC",
    "GOE": "G8", "GOS": "G7", "WAS": "ECOWAS", "EBR": "EBRD", "IGD": "IGAD", "AMU": "AMU", "WEF": "WEF", "BIS": "BIS",
    "KDP": "KEDO", "EFT": "EFTA",
}  # fmt: skip
_INSTITUTIONS = {
    "JUD": ("judiciary", "Judiciary"),
    "LEG": ("parliament", "Parliament"),
    "MIL": ("armed-forces", "Armed forces"),
    "COP": ("police", "Police"),
    "SPY": ("intelligence-services", "Intelligence services"),
}
_USED = (
    "key", "row", "day", "code", "one_name", "other_name", "goldstein", "mentions", "source_url", "reported", "city",
    "GLOBALEVENTID", "ActionGeo_CountryCode",
    *(f"Actor{n}{name}" for n in (1, 2) for name in ("Code", "CountryCode", "KnownGroupCode")),
)  # fmt: skip
_CITY = ("2", "3", "4", "5")  # kinds of place below a country


class Gdelt(TableLoader):
    """GDELT events."""

    name = "gdelt"
    help = "GDELT 2.0 or 1.0 events: files NAME.export.CSV (also .zip), or a folder of them."
    key = "gdelt"
    title = "GDELT events"
    publisher = "GDELT"
    least: ClassVar[Mapping[str, int]] = {"Event": 1}
    licence = "unlimited use with citation of the GDELT Project"
    url = "https://www.gdeltproject.org/"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the published names of files, and of folders that hold some."""
        if path.is_dir():
            return 1.0 if any(_NAME.fullmatch(p.name) for p in path.iterdir()) else 0.0
        if _NAME.fullmatch(path.name):
            return 1.0
        first = head.split(b"\n", 1)[0].split(b"\t")
        return 0.8 if len(first) in _FORMS and first[0].isdigit() and first[1].isdigit() else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """One file, by the number of its columns."""
        count = _width(path)
        if count not in _FORMS:
            raise LoadError(
                f"{path.name} has {count} columns separated by tabs, where GDELT 2.0 has 61 and 1.0 has 58; "
                "it is cut off, or no file of events."
            )
        return {"rows": (path, _FORMS[count])}

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """Each file is a source."""
        if not path.is_dir():
            return [self._part(path, iris.key_of(options.meta.id) if options.meta.id else None, options.meta.title)]
        return [self._part(p, None, None) for p in sorted(path.iterdir()) if _NAME.fullmatch(p.name)]

    def _part(self, path: Path, key: str | None, title: str | None) -> Part:
        named = _NAME.fullmatch(path.name)
        stamp = named[1] if named else iris.fold(path.name)
        digits = stamp[:8] if named else ""
        day = "-".join(p for p in (digits[:4], digits[4:6], digits[6:8]) if p) or None
        return Part(key or f"gdelt-{stamp}", title or f"GDELT events, {stamp}", self.files(path), day)

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Events."""
        import ibis

        rows = given.tables["rows"]
        added = _day(rows.DATEADDED)
        table = rows.mutate(
            key=rows.GLOBALEVENTID,
            row=rows.GLOBALEVENTID,
            day=_day(rows.SQLDATE),
            code=rows.EventCode,
            one_name=rows.Actor1Name,
            other_name=rows.Actor2Name,
            goldstein=number_of(rows.GoldsteinScale),
            mentions=ibis.cases(
                (rows.NumMentions.re_search("^[0-9]{1,9}$"), rows.NumMentions), else_=ibis.null("string")
            ),
            source_url=ibis.cases(
                (rows.SOURCEURL.re_search("^https?://[^ ]+$"), rows.SOURCEURL), else_=ibis.null("string")
            ),
            reported=ibis.cases((added.try_cast("date").notnull(), added), else_=ibis.null("string")),
            city=ibis.cases((rows.ActionGeo_Type.isin(_CITY), rows.ActionGeo_FullName), else_=ibis.null("string")),
        )
        table = table.select("row_number", *_USED)  # most of the 61 columns say what is not asked
        bad = table.filter(~table.key.re_search("^[0-9]+$") | table.key.isnull())
        given.problem(bad, "an event without a number; the row is left out", "GLOBALEVENTID")
        table = table.filter(table.key.re_search("^[0-9]+$"))
        given.problem(table.filter(table.day > table.reported), "an event dated after it was reported", "day")
        for number, name in (("1", "one"), ("2", "other")):
            keys = [f"Actor{number}{part}" for part in ("Code", "CountryCode", "KnownGroupCode")]
            table = given.look_up(table, keys, [name, f"{name}_side", f"{name}_known"], _answer(given), "day")
            given.problem(
                table.filter(table[f"{name}_known"] == "no"), "an unknown actor code; only its name is kept", keys[0]
            )
        table = located(given, table, "city", "ActionGeo_CountryCode", "fips", "takes_place_at")
        return event_shapes(given, table, ("goldstein", "mentions", "reported", "takes_place_at", "row", "source_url"))


def _where(text: Any, pattern: str) -> Any:
    import ibis

    return ibis.cases((text.re_search(pattern), text), else_=ibis.null("string"))


def _width(path: Path) -> int:
    from kg.tables.reading import first_line

    try:
        line = first_line(path)
    except (OSError, EOFError, zipfile.BadZipFile, ValueError) as error:
        raise LoadError(f"{path.name} is a damaged or cut-off archive ({error}); fetch it again.") from None
    return line.count("\t") + 1 if line else 61  # an empty file is a file without events


def _day(text: Any) -> Any:
    return text.substr(0, 4).concat("-").concat(text.substr(4, 2)).concat("-").concat(text.substr(6, 2))


def _answer(given: Context) -> Any:
    known = codes()

    def answer(code: str, country: str, group: str) -> list[Answer]:
        if not code:
            return []
        if not country or country in _REGIONS:
            if group in _GROUPS:
                forum = iris.forum(_GROUPS[group])
                return [(FIRST, LAST, [forum, forum, "yes"])]
            return [(FIRST, LAST, [None, None, "no" if code.startswith("IGO") else "yes"])]
        spans = known.spans("iso3", _COUNTRIES.get(country, country))
        if not spans:
            body = iris.forum(_GROUPS[group]) if group in _GROUPS else None
            return [(FIRST, LAST, [body, body, "yes" if body else "no"])]
        roles = [code[i : i + 3] for i in range(3, len(code), 3)] if code.startswith(country) else []
        return [(s.first, s.last, [*_acting(given, s.iri, roles), "yes"]) for s in spans]

    return answer


def _acting(given: Context, state: str, roles: list[str]) -> tuple[str | None, str | None]:
    """Who acts, and for which state."""
    if not roles or roles[0] == "GOV":
        return state, state
    if roles[0] not in _INSTITUTIONS:
        return None, None
    key, label = _INSTITUTIONS[roles[0]]
    body = Institution(
        iri=iris.concept("org", f"{iris.code_of(state)}.{key}"),
        name=f"{label} of {codes().label(state)}",  # type: ignore[arg-type]
        institution_of=state,
    )
    return given.add(body), state


LOADERS = (Gdelt(),)
