"""Quotations: split ones, whole ones, ones that run over sentences and paragraphs."""

from kg.extract import pipeline
from kg.extract.quotes import quoted_share

NEWS = {"published": "2024-03-05", "publisher": "Daily Ledger", "title": "Talks in Oslo"}
LEAD = "Norwegian Prime Minister Jonas Store received Japanese Prime Minister Fumio Kishida in Oslo.\n\n"


def said(text: str) -> list[tuple[str, str, str]]:
    found = pipeline.extract(text, NEWS).to_json()["statements"]
    return [(s["speaker"], s["mode"], text[s["span"][0] : s["span"][1]]) for s in found]


def test_a_whole_quotation_is_direct() -> None:
    found = said(LEAD + '"The harbour is open to all ships," Store said.')
    assert [(s, m) for s, m, _ in found] == [("Jonas Store", "direct")]
    assert "The harbour is open to all ships" in found[0][2]


def test_a_split_quotation_is_one_statement() -> None:
    found = said(LEAD + '"The harbour is open," Store said, "and it will stay open."')
    assert len(found) == 1
    assert found[0][2].startswith('"The harbour') and found[0][2].endswith('stay open."')


def test_quoted_words_inside_are_mixed() -> None:
    found = said(LEAD + 'Kishida called the harbour "a gift" to both nations.')
    assert [(s, m) for s, m, _ in found] == [("Fumio Kishida", "mixed")]


def test_a_quotation_that_runs_on() -> None:
    found = said(LEAD + '"The harbour is open," Store said. "Ships may come. Nobody will be turned away."')
    assert [s for s, _, _ in found] == ["Jonas Store"] * 3
    assert all(m == "direct" for _, m, _ in found)


def test_a_quotation_over_paragraphs() -> None:
    text = LEAD + "“The harbour is open,” Store said. “Ships may come.\n\n“Nobody will be turned away.”"
    assert [s for s, _, _ in said(text)] == ["Jonas Store"] * 3


def test_scare_quotes_of_the_author_are_no_statement() -> None:
    assert said(LEAD + 'The "open harbour" policy is older than both leaders.') == []


def test_share_of_quoted_letters() -> None:
    text = 'say "ab" cd'
    assert quoted_share(text, (4, 11), [(4, 8)]) == 0.5


def test_single_marks_are_quotation_marks_and_apostrophes_are_none() -> None:
    found = said(LEAD + "‘The states’ harbour isn’t closed,’ Store said. Kishida’s aides left.")
    assert [(s, m) for s, m, _ in found] == [("Jonas Store", "direct")]
