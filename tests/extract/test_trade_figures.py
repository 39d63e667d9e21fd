"""Trade figures: direction, product, period, approximation and who counted."""

import pytest

from kg.extract.model import FlowFound
from kg.extract.pipeline import extract


def flows(text: str) -> list[FlowFound]:
    return list(extract(text, {"published": "2025-02-01"}).flows)


@pytest.mark.parametrize(
    ("text", "exporter", "importer", "product", "year", "value", "currency", "approximate"),
    [
        ("Chile's exports to Norway hit about $2 billion in 2023.", "CHL", "NOR", "total", 2023, 2e9, "USD", True),
        ("Chilean exports of tin to Norway fell to €30 million last year.", "CHL", "NOR", "tin", 2024, 3e7, "EUR", False),  # noqa: E501
        ("In 2022, Norway imported 4 billion euros of wine from Chile.", "CHL", "NOR", "wine", 2022, 4e9, "EUR", False),
        ("Norway bought $9 million worth of figs from Chile in 2021.", "CHL", "NOR", "figs", 2021, 9e6, "USD", False),
    ],
)  # fmt: skip
def test_a_figure_has_a_direction(
    text: str, exporter: str, importer: str, product: str, year: int, value: float, currency: str, approximate: bool
) -> None:
    (flow,) = flows(text)
    assert (flow.exporter, flow.importer, flow.product, flow.year) == (exporter, importer, product, year)
    assert (flow.value, flow.currency, flow.approximate) == (value, currency, approximate)


def test_later_figures_take_the_direction_and_year_told_before() -> None:
    text = (
        "According to UN Comtrade figures compiled by Trade Watch, Chile's exports to Norway "
        "reached $9 million in 2023. "
        "Copper totaled roughly $5 million."
    )
    first, second = flows(text)
    assert (second.exporter, second.importer, second.product, second.year) == ("CHL", "NOR", "copper", 2023)
    assert first.origins == second.origins == ("UN Comtrade", "Trade Watch")


@pytest.mark.parametrize(
    "text",
    [
        "Two-way trade between Chile and Norway reached $3 billion in 2023.",
        "Chile's exports to Norway rose by $3 million.",
        "Chile will invest $3 billion in Norway.",
    ],
)
def test_what_has_no_direction_is_no_flow(text: str) -> None:
    assert flows(text) == []
