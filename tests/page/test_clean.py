"""Texts, addresses and days from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.page.clean import clean, day_key, passage, published_text, safe_url, when_text


@given(st.text())
def test_cleaned_text_holds_nothing_unseen(text: str) -> None:
    cleaned = clean(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or 0xD800 <= ord(c) <= 0xDFFF for c in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(st.text(min_size=1), st.integers(2, 50))
def test_shortened_text_keeps_its_limit(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit


def test_marks_that_scripts_need_stay() -> None:
    assert clean("שלום\u200f!") == "שלום\u200f!"
    assert clean("👩\u200d🚀 नमस्ते") == "👩\u200d🚀 नमस्ते"


def test_parts_of_a_sentence_keep_the_blanks_between_them() -> None:
    assert passage("He said  that\n") + passage("it works") + passage(" .") == "He said that it works ."
    assert passage("") == ""
    assert passage("\n") == " "


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1&c=%20#d", "http://example.org", "mailto:a@example.org",
        "HTTPS://EXAMPLE.ORG/", "https://例え.jp/道",
    ],
)  # fmt: skip
def test_address_that_may_be_followed(address: str) -> None:
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None, "", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//example.org", "/relative", "example.org",
        "https://", "http://[::1", "https://a\u202eb.org", "https://a b.org", "mailto:", "blob:https://example.org/1",
        7,
    ],
)  # fmt: skip
def test_address_that_may_not(address: object) -> None:
    assert safe_url(address) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2026-01-16", "2026-01-16", "16 January 2026"),
        ("2025-10-01", "2025-10-31", "October 2025"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2001-01-01", "2005-12-31", "2001–2005"),
        ("2009-03-04", "2009-03-06", "4–6 March 2009"),
        ("2009-03-30", "2009-04-02", "30 March – 2 April 2009"),
        ("2008-12-30", "2009-01-02", "30 December 2008 – 2 January 2009"),
        ("2024-11-01", "2025-02-28", "November 2024 – February 2025"),
        ("2024-03-01", "2024-05-31", "March – May 2024"),
        ("2013-03-14", None, "from 14 March 2013"),
        (None, "1991-12-25", "until 25 December 1991"),
        (None, None, ""),
    ],
)
def test_time_in_words(earliest: str | None, latest: str | None, words: str) -> None:
    assert when_text(earliest, latest) == words


@pytest.mark.parametrize("value", ["2026-02-30", "2026", "yesterday", "0000-01-01", "12026-01-01", None, "", 5])
def test_what_is_no_day(value: object) -> None:
    assert day_key(value) is None


def test_day_of_publication() -> None:
    assert published_text({"published": "2031-03-05"}) == "5 March 2031"
    assert published_text({"published": "2031-03"}) == "March 2031"
    assert published_text({"published": "2031~"}) == "2031~"
    assert published_text({}) == ""
