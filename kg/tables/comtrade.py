"""Trade figures of UN Comtrade, with the old header (``Classification``, ``Trade Value (US$)``) and the new one.

A figure of the reporter and one of the partner are two observations. Figures with the world, with aggregates and areas
"not elsewhere specified" are not between two actors and go to the findings. An import is valued with freight and
insurance (CIF), an export without (FOB), unless the table says otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Concept, ConceptScheme
from kg.tables.codes import FIRST, LAST
from kg.tables.compile import Columns, iri_of
from kg.tables.events import number_of
from kg.tables.loader import Answer, Context, Part, TableLoader
from kg.tables.reading import Contract
from kg.tables.totals import BOTH_WAYS, is_total

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

# Our name -> column, in the old and in the new form.
_OLD = {
    "classification": "Classification", "period": "Period", "flow": "Trade Flow", "reporter_code": "Reporter Code",
    "reporter_iso": "Reporter ISO", "partner_code": "Partner Code", "partner_iso": "Partner ISO", "partner": "Partner",
    "product_code": "Commodity Code", "product": "Commodity", "value": "Trade Value (US$)",
}  # fmt: skip
_OLD_MORE = {"cif": "CIF Trade Value (US$)", "fob": "FOB Trade Value (US$)", "flag": "Flag"}
_NEW = {
    "classification": "classificationCode", "period": "period", "flow": "flowCode", "reporter_code": "reporterCode",
    "partner_code": "partnerCode", "product_code": "cmdCode", "value": "primaryValue",
}  # fmt: skip
_NEW_MORE = {
    "reporter_iso": "reporterISO", "partner_iso": "partnerISO", "partner": "partnerDesc", "product": "cmdDesc",
    "cif": "cifvalue", "fob": "fobvalue", "flag": "isReported", "flow_word": "flowDesc", "partner2": "partner2Code",
    "customs": "customsCode", "transport": "motCode",
}  # fmt: skip
# What the forms have besides: expected, but said by other columns or of no use here.
_OLD_REST = (
    "Year", "Period Desc.", "Aggregate Level", "Is Leaf Code", "Trade Flow Code", "Reporter", "2nd Partner Code",
    "2nd Partner", "2nd Partner ISO", "Customs Proc. Code", "Customs", "Mode of Transport Code", "Mode of Transport",
    "Qty Unit Code", "Qty Unit", "Qty", "Alt Qty Unit Code", "Alt Qty Unit", "Alt Qty", "Netweight (kg)",
    "Gross weight (kg)",
)  # fmt: skip
_NEW_REST = (
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "reporterDesc", "partner2ISO", "partner2Desc",
    "classificationSearchCode", "isOriginalClassification", "aggrLevel", "isLeaf", "customsDesc", "mosCode", "motDesc",
    "qtyUnitCode", "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty",
    "isAltQtyEstimated", "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "legacyEstimationFlag",
    "isAggregate",
)  # fmt: skip
_FLOWS = {
    "export": "export", "exports": "export", "x": "export", "import": "import", "imports": "import", "m": "import",
    "re-export": "re-export", "re-exports": "re-export", "rx": "re-export", "re-import": "re-import",
    "re-imports": "re-import", "rm": "re-import",
}  # fmt: skip
_EDITIONS = {
    "HS": "hs", "H0": "hs1992", "H1": "hs1996", "H2": "hs2002", "H3": "hs2007", "H4": "hs2012", "H5": "hs2017",
    "H6": "hs", "S1": "sitc1", "S2": "sitc2", "S3": "sitc3", "S4": "sitc", "ST": "sitc", "BE": "bec",
}  # fmt: skip
# Comtrade gives some states other numbers than ISO 3166 does.
_NUMBERS = {"842": "840", "757": "756", "699": "356", "579": "578", "251": "250", "381": "380", "490": "158"}


class Comtrade(TableLoader):
    """UN Comtrade."""

    name = "comtrade"
    help = "Trade figures of UN Comtrade as CSV, with the old or the new header."
    key = "comtrade"
    title = "UN Comtrade"
    publisher = "UN Comtrade"
    least: ClassVar[Mapping[str, int]] = {"TradeFlow": 1}
    licence = "UN Comtrade: no redistribution without permission"
    url = "https://comtradeplus.un.org/"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the headers."""
        return 1.0 if not path.is_dir() and _form(head) is not None else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The one file."""
        from kg.tables.reading import first_line

        form = _form(first_line(path).encode())
        if form is None:
            raise LoadError(f"{path.name} does not begin with the columns of UN Comtrade; check file and delimiter.")
        needed, more = form
        rest = _OLD_REST if needed is _OLD else _NEW_REST
        return {"rows": (path, Contract(tuple(needed.values()), (*more.values(), *rest)))}

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """Each file is a source."""
        key = iris.key_of(options.meta.id) if options.meta.id else f"comtrade-{iris.fold(path.stem)}"
        return [Part(key, options.meta.title or f"UN Comtrade, {path.stem}", self.files(path))]

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Trade flows, and the relations of their pairs."""
        import ibis

        from kg.tables.bulk import Shape

        table = _named(given.tables["rows"])
        table = table.mutate(
            value=number_of(table["value"]),
            day=table.period.substr(0, 4),
            kind=_choose(table.flow.lower(), _FLOWS),
            scheme=_choose(table.classification.upper(), _EDITIONS),
        )
        for name in ("reporter", "partner"):
            table = given.look_up(table, [f"{name}_code", f"{name}_iso"], [f"{name}_iri"], _state(), "day")
        table = given.keep(table)
        dated = table.period.re_search("^[0-9]{4}((0[1-9]|1[0-2]))?$")
        known = table.reporter_iri.notnull() & table.partner_iri.notnull()
        whole = dated & known & table["value"].notnull() & table.kind.notnull() & table.scheme.notnull()
        both = table.kind.isnull() & (is_total(table.flow) | is_total(table.flow_word))
        for wrong, reason, column in (
            (table.reporter_iri.isnull(), "an unknown reporter; the row is left out", "reporter_code"),
            (table.partner_iri.isnull(), "a partner that is no state, such as the world; left out", "partner_code"),
            (~dated | table.period.isnull(), "an impossible period; the row is left out", "period"),
            (table["value"].isnull(), "no value; the row is left out", "value"),
            (both, BOTH_WAYS, "flow"),
            (table.kind.isnull() & ~both, "an unknown flow; the row is left out", "flow"),
            (table.scheme.isnull(), "an unknown classification; the row is left out", "classification"),
        ):
            given.problem(table.filter(wrong), reason, column)
        table = table.filter(whole & (table.reporter_iri != table.partner_iri))
        table = given.look_up(table, ["scheme", "product_code", "product"], ["product_iri"], _product(given))
        out = table.kind.isin(["export", "re-export"])
        month = table.period.length() == 6
        table = table.mutate(
            exporter=ibis.cases((out, table.reporter_iri), else_=table.partner_iri),
            importer=ibis.cases((out, table.partner_iri), else_=table.reporter_iri),
            when=ibis.cases((month, table.day.concat("-").concat(table.period.substr(4, 2))), else_=table.day),
        )
        one, other = (table[n].replace(iris.BASE + "actor/", "") for n in ("reporter_iri", "partner_iri"))
        low, high = ibis.cases((one < other, one), else_=other), ibis.cases((one < other, other), else_=one)
        table = given.keep(table.mutate(relation=iri_of("relation/", low, "-", high), one=one, other=other))
        about = [table[c].fill_null("") for c in ("period", "one", "other", "kind", "scheme", "product_code")]
        more = [table[c].fill_null("") for c in ("partner2", "customs", "transport")]
        key: Any = ibis.literal("")
        for part in (*about, *more):
            key = key.concat(part).concat("_")
        # A valuation is told only where the table gives the value of that kind.
        cif = (table.kind == "import") & table.cif.notnull() & (number_of(table.cif) == table["value"])
        fob = ~(table.kind == "import") & table.fob.notnull() & (number_of(table.fob) == table["value"])
        valued = ibis.cases((cif, "cif"), (fob, "fob"), else_=ibis.null("string"))
        estimated = ibis.cases(
            (table.flag.lower().isin(["false"]), "true"),
            (table.flag.re_search("^[0-9]+$") & (table.flag != "0"), "true"),
            else_=ibis.null("string"),
        )
        fields = {
            "exporter": table.exporter,
            "importer": table.importer,
            "reporter": table.reporter_iri,
            "flow": iri_of("flow/", table.kind),
            "product": table["product"],
            "product_code": table.product_iri,
            "value": table["value"],
            "currency": ibis.literal("USD"),
            "when": table.when,
            "estimated": estimated,
            "valuation": iri_of("valuation/", valued),
            "concerns": table.relation,
            "row": table.row_number.cast("string"),
        }
        pairs = table.select("relation", "reporter_iri", "partner_iri").distinct()
        return [
            Shape(table, [Columns("TradeFlow", iri_of(f"flow/{given.key}.", key), fields)]),
            Shape(pairs, [Columns("Relation", pairs.relation, {"relates": [pairs.reporter_iri, pairs.partner_iri]})]),
        ]


def _form(head: bytes) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").lstrip("\ufeff").strip()
    names = {name.strip().strip('"') for name in first.split(",")}
    for needed, more in ((_OLD, _OLD_MORE), (_NEW, _NEW_MORE)):
        if len(names & set(needed.values())) >= 5:
            return needed, more
    return None


def _named(rows: Any) -> Any:
    """The table under our names; what one of the forms lacks is NULL."""
    import ibis

    needed, more = (_OLD, _OLD_MORE) if "Trade Flow" in rows.columns else (_NEW, _NEW_MORE)
    there = {ours: rows[theirs] for ours, theirs in (*needed.items(), *more.items())}
    for ours in (*_OLD, *_OLD_MORE, *_NEW_MORE):
        there.setdefault(ours, ibis.null("string"))
    return rows.select("row_number", **there)


def _choose(text: Any, table: Mapping[str, str]) -> Any:
    import ibis

    return ibis.cases(*((text == key, value) for key, value in table.items()), else_=ibis.null("string"))


def _state() -> Callable[[str, str], list[Answer]]:
    from kg.tables.codes import codes

    known = codes()

    def answer(number: str, iso: str) -> list[Answer]:
        number = number.split(".")[0].zfill(3)
        if number == "000":
            return []
        spans = known.spans("iso3", iso) if iso else []
        spans = spans or known.spans("m49", _NUMBERS.get(number, number))
        return [(s.first, s.last, [s.iri]) for s in spans or known.spans("isoNumeric", number)]

    return answer


def _product(given: Context) -> Callable[[str, str, str], list[Answer]]:
    """A product is a concept below its heading and chapter, by the digits of its code."""
    named: dict[str, str] = {}

    def answer(scheme: str, code: str, label: str) -> list[Answer]:
        if not code or not iris.is_key(code):
            return []
        top = given.add(ConceptScheme(iri=iris.concept("scheme", scheme), name=scheme.upper()))  # type: ignore[arg-type]
        steps = [code[:n] for n in (2, 4, 6) if n < len(code)] if code.isdigit() else []
        for upper, step in zip([None, *steps], [*steps, code], strict=True):
            iri = iris.concept(scheme, step)
            told = label if step == code and label else None
            if iri in given.records and (told is None or (iri in named and named[iri] <= told)):
                continue
            if told is not None:
                # Of several names of a code the first, whatever the order of the rows.
                named[iri] = told
            given.records[iri] = Concept(
                iri=iri,
                name=told or f"{scheme.upper()} {step}",  # type: ignore[arg-type]
                notation=(step,),
                in_scheme=(top,),
                broader=(iris.concept(scheme, upper),) if upper else (),
            )
        return [(FIRST, LAST, [iris.concept(scheme, code)])]

    return answer


LOADERS = (Comtrade(),)
