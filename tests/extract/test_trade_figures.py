"""Trade figures: direction, product, period, approximation and who counted."""

import pytest

from kg.extract.model import FlowFound
from kg.extract.pipeline import extract


def flows(text: str) -> list[FlowFound]:
    return list(extract(text, {"published": "2025-02-01"}).flows)


@pytest.mark.parametrize(
    ("text", "exporter", "importer", "product", "year", "value", "currency", "approximate"),
    [
        ("Chile's exports to Norway reached about $2.1 billion in 2023.", "CHL", "NOR", "total", 2023, 2.1e9, "USD", True),
        ("Chilean exports of copper to Norway fell to €30 million last year.", "CHL", "NOR", "copper", 2024, 3e7, "EUR", False),
        ("In 2022, Norway imported 4.5 billion euros of wine from Chile.", "CHL", "NOR", "wine", 2022, 4.5e9, "EUR", False),
        ("Norway bought $14 million worth of grapes from Chile in 2021.", "CHL", "NOR", "grapes", 2021, 1.4e7, "USD", False),
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
        "According to UN Comtrade figures compiled by Trade Watch, Chile's exports to Norway reached $9 million in 2023. "
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
