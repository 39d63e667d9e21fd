"""Totals of trade in both directions: a figure has an exporter and an importer, so that these are none."""

from typing import Any

__all__ = ["BOTH_WAYS", "is_total"]

BOTH_WAYS = "a total of both directions, where a figure needs an exporter and an importer; the row is left out"

_WORDS = (
    r"\b(total|two|both|bilateral|turnover|sum)\b.*\b(trade|ways?|directions?|flows?)\b"
    r"|\b(exports?|x)\b.*\b(imports?|m)\b"
)
_ALONE = ("total", "totals", "trade", "both", "turnover", "all", "sum", "t")


def is_total(flow: Any) -> Any:
    """Whether the text of a flow ("total trade", "two-way", "exports + imports") means both directions; never NULL.

    >>> import ibis
    >>> flows = ibis.memtable({"flow": ["Total trade", "two-way", "Exports + imports", "Total", "export", "M", None]})
    >>> is_total(flows.flow).to_pyarrow().to_pylist()
    [True, True, True, True, False, False, False]
    """
    text = flow.strip().lower()
    return (text.re_search(_WORDS) | text.isin(_ALONE)).fill_null(False)
