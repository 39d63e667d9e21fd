"""Dates as sources give them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import Edtf
from kg.errors import RecordError


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026-01-16", "2026-01-16", "2026-01-16"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-05-XX", "2024-05-01", "2024-05-31"),
        ("2025-10~", "2025-10-01", "2025-10-31"),
        ("2025-10-03?", "2025-10-03", "2025-10-03"),
        ("2026-22", "2026-06-01", "2026-08-31"),
        ("2026-24", "2026-12-01", "2027-02-28"),
        ("2009-03-04/2009-03-06", "2009-03-04", "2009-03-06"),
        ("2008-07/2008-12", "2008-07-01", "2008-12-31"),
        ("2013-03-14/..", "2013-03-14", None),
        ("/1949-10-01", None, "1949-10-01"),
        ("0987-06", "0987-06-01", "0987-06-30"),
    ],
)
def test_first_and_last_day(text: str, earliest: str | None, latest: str | None) -> None:
    found = Edtf.parse(text)
    assert (found.earliest and found.earliest.isoformat(), found.latest and found.latest.isoformat()) == (
        earliest,
        latest,
    )
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-02-30", "2026-13", "2026-1-6", "16/01/2026", "2009-05/2008-01", "../..", "2026-XX-05",
     "199X-05", "2026-01-16T10:00", "2026-01-01/2026-02-01/2026-03-01", "0000"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(RecordError) as error:
        Edtf.parse(text)
    assert text in str(error.value)


@given(st.dates(), st.dates())
def test_overlap_is_that_of_days(one: date, other: date) -> None:
    assert Edtf.parse(one).overlaps(Edtf.parse(other)) == (one == other)
    first, last = sorted((one, other))
    whole = Edtf.parse(f"{first}/{last}")
    assert whole.overlaps(Edtf.parse(one))
    assert Edtf.parse(other).overlaps(whole)
    assert Edtf.parse(f"{first}/..").overlaps(whole)


@given(st.dates())
def test_only_a_day_is_exact(day: date) -> None:
    assert Edtf.parse(day).exact == day
    assert Edtf.parse(f"{day:%Y-%m}" if day.year > 999 else "1999-05").exact is None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "text",
    [
        "2026-01-16",
        "2025-10",
        "2024",
        "2026-22",
        "2025-10~",
        "2024?",
        "199X",
        "2009-03-04/2009-03-06",
        "2008-07/2008-12",
    ],
)
def test_days_are_those_of_the_reference_implementation(text: str) -> None:
    import edtf

    reference = edtf.parse_edtf(text)
    found = Edtf.parse(text)
    for ours, theirs in ((found.earliest, reference.lower_strict()), (found.latest, reference.upper_strict())):
        assert ours == date(theirs.tm_year, theirs.tm_mon, theirs.tm_mday)
