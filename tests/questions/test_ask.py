"""What each question answers on a small world whose sources agree and disagree."""

from pathlib import Path
from typing import Any

import pytest

from kg import iris
from kg.errors import BadParameter
from kg.graph import Graph
from kg.project import Project
from kg.questions import ask
from tests.questions.conftest import BOTH, CAN, CHN, PAIR, load
from tests.questions.rows import cells, keys, plain
from tests.questions.writer import Writer


class TestMeetings:
    def test_of_a_pair_latest_first_with_what_each_source_says(self, graph: Graph) -> None:
        rows = ask(graph, "meetings", **BOTH)
        assert cells(rows, "date", "place", "status", "witnesses") == [
            ("2026-09-03", ["Ottawa"], ["Cancelled", "Planned"], 2),
            ("2026-01-16", ["Beijing"], "Held", 2),
            (["2025-10", "2025-10-31"], ["Gyeongju"], "Held", 2),
            ("2024-05-05", [], "Held", 1),
        ]
        assert keys(rows[1]) == ["canada-readout", "canada-readout-again", "china-readout"]
        assert rows[1].citations[0].quote and "met President Xi Jinping in Beijing" in rows[1].citations[0].quote

    def test_of_persons_and_the_other_way_round(self, graph: Graph) -> None:
        forth, back = (
            ask(graph, "meetings", a="Xi", b="Carney"),
            ask(graph, "meetings", a="Mark Carney", b="Xi Jinping"),
        )
        assert cells(forth, "date") == cells(back, "date")
        assert len(forth) == 3, "the meeting of four in the table names no persons"

    def test_between_days(self, graph: Graph) -> None:
        assert cells(ask(graph, "meetings", **BOTH, since="2026-01-16", until="2026-01"), "date") == ["2026-01-16"]
        assert cells(ask(graph, "meetings", **BOTH, until="2025"), "place") == [["Gyeongju"], []]

    def test_known_at_a_day_takes_only_what_was_published(self, graph: Graph) -> None:
        rows = ask(graph, "meetings", **BOTH, known_at="2026-01-16")
        assert cells(rows, "date", "witnesses") == [("2026-01-16", 1), (["2025-10", "2025-10-31"], 2)]
        assert keys(rows[0]) == ["canada-readout"]

    def test_of_those_who_never_met(self, graph: Graph) -> None:
        assert ask(graph, "meetings", a="Canada", b="Fiji") == []


class TestLastMeeting:
    def test_of_leaders_that_was_held(self, graph: Graph) -> None:
        (row,) = ask(graph, "last-meeting", **BOTH)
        assert cells([row], "date", "leaders_a", "leaders_b") == [("2026-01-16", ["Mark Carney"], ["Xi Jinping"])]
        assert "Prime Minister of Canada" in plain(row["offices_a"])

    def test_before_a_day_and_several(self, graph: Graph) -> None:
        assert cells(ask(graph, "last-meeting", **BOTH, as_of="2026-01-15"), "date") == [["2025-10", "2025-10-31"]]
        assert len(ask(graph, "last-meeting", **BOTH, count=5)) == 2

    def test_at_a_level_that_both_must_have(self, graph: Graph) -> None:
        assert cells(ask(graph, "last-meeting", a="CAN", b="IND", level="head of government"), "date") == ["2026-02-11"]
        assert ask(graph, "last-meeting", **BOTH, level="foreign-minister") == []


class TestRaised:
    def test_who_raised_a_sector_with_whom(self, graph: Graph) -> None:
        rows = ask(graph, "raised", sector="trade")
        assert cells(rows, "speaker", "with", "words") == [
            (["Mark Carney"], ["Xi Jinping"], "wants a fair market for canola"),
            (["Xi Jinping"], ["Mark Carney"], "should not be a weapon"),
            (["Mark Carney"], ["China"], "talks on trade constructive"),
        ]

    def test_by_one_side_to_the_other(self, graph: Graph) -> None:
        assert cells(ask(graph, "raised", sector="Trade", a="China"), "words") == ["should not be a weapon"]
        assert len(ask(graph, "raised", sector="trade", a="Canada", b="China")) == 2
        with pytest.raises(BadParameter, match="both China"):
            ask(graph, "raised", sector="trade", a="China", b="China")

    def test_copies_of_one_text_count_once(self, graph: Graph) -> None:
        (row,) = ask(graph, "raised", sector="energy")
        assert keys(row) == ["canada-readout", "canada-readout-again"]

    def test_a_sector_that_nobody_raised(self, graph: Graph) -> None:
        assert ask(graph, "raised", sector="space") == []


class TestWords:
    def test_on_a_word_with_their_sentence(self, graph: Graph) -> None:
        (row,) = ask(graph, "words", person="Xi", topic="weapon")
        assert row["words"] == "should not be a weapon"
        assert row["sentence"] == 'Xi said that trade between the two "should not be a weapon".'

    def test_on_a_subject_that_the_words_do_not_name(self, graph: Graph) -> None:
        assert cells(ask(graph, "words", person="Carney", topic="agriculture"), "words") == [
            "wants a fair market for canola"
        ]

    def test_all_of_a_person_and_none_on_a_topic(self, graph: Graph) -> None:
        assert len(ask(graph, "words", person="Xi Jinping")) == 4
        assert ask(graph, "words", person="Xi Jinping", topic="penguins") == []

    def test_published_by_a_day(self, graph: Graph) -> None:
        assert cells(ask(graph, "words", person="Xi", known_at="2026-01-16"), "words") == [
            "praised multilateralism as the only way forward"
        ]


class TestCommitments:
    def test_with_due_and_latest_judgement(self, graph: Graph) -> None:
        rows = ask(graph, "commitments", **BOTH, as_of="2026-12-31")
        assert cells(rows, "words", "by", "kind", "due", "status", "overdue") == [
            ("agreed to hold energy talks every year", ["Canada", "China"], "Joint", "2026", None, False),
            ("Canada will open a trade office in Chengdu by June 2026", ["Canada"], "Unilateral", "2026-06", "Broken",
             False),
            ("agreed to hold energy talks every year by the end of 2027", ["Canada", "China"], "Joint", "2027-12-31",
             None, False),
        ]  # fmt: skip
        assert keys(rows[1]) == ["canada-readout", "canada-readout-again", "doubter"]

    def test_as_they_stood_on_a_day(self, graph: Graph) -> None:
        def office(**more: str) -> tuple[Any, ...]:
            rows = ask(graph, "commitments", **BOTH, **more)
            (row,) = [r for r in rows if "Chengdu" in r["words"]]
            return tuple(plain(row[c]) for c in ("status", "assessor", "overdue"))

        assert office() == ("Broken", ["Evening Doubter"], None)
        assert office(as_of="2026-06-15") == ("Kept", ["Daily Lantern"], False)
        assert office(as_of="2026-02-01") == (None, [], False)
        assert office(known_at="2026-06-30") == ("Kept", ["Daily Lantern"], None)
        assert ask(graph, "commitments", **BOTH, as_of="2026-01-15") == []

    def test_overdue_is_reckoned_against_the_day_given(self, graph: Graph) -> None:
        late = {r["words"]: r["overdue"] for r in ask(graph, "commitments", **BOTH, as_of="2027-06-01")}
        assert late["agreed to hold energy talks every year"] is True
        assert late["agreed to hold energy talks every year by the end of 2027"] is False
        assert late["Canada will open a trade office in Chengdu by June 2026"] is False, "it is broken, not overdue"

    def test_of_one_kind(self, graph: Graph) -> None:
        assert len(ask(graph, "commitments", **BOTH, of_kind="joint")) == 2
        assert ask(graph, "commitments", a="Canada", b="India") == []


class TestSectors:
    def test_of_a_pair(self, graph: Graph) -> None:
        assert cells(ask(graph, "sectors", **BOTH), "sector", "first", "acts", "witnesses") == [
            ("Trade", "2025-10-31", 4, 3),
            ("Energy", "2026-01-16", 3, 2),
            ("Agriculture", "2026-01-16", 1, 1),
        ]

    def test_new_since_a_day(self, graph: Graph) -> None:
        rows = ask(graph, "sectors", **BOTH, new_since="2026-01-01")
        assert cells(rows, "sector") == ["Energy", "Agriculture"]
        assert keys(rows[1]) == ["canada-readout", "canada-readout-again"]
        assert ask(graph, "sectors", **BOTH, new_since="2026-02-01") == []


class TestForums:
    def test_in_which_both_sit_on_a_day(self, graph: Graph) -> None:
        rows = {str(r["forum"]): r for r in ask(graph, "common-forums", **BOTH, as_of="2026-01-16")}
        assert plain(rows["Club of the Table"]["when_b"]) == ["1999/2030"]
        assert str(rows["Club of the Table"]["both_since"]) == "1999"
        assert "Group of Twenty" in rows
        assert "Group of Seven" not in rows
        assert [c.row for c in rows["Club of the Table"].citations] == ["club-CAN", "club-CHN"]

    def test_a_term_that_has_ended(self, graph: Graph) -> None:
        pair = {"a": "Canada", "b": "South Korea"}
        assert "Club of the Table" in cells(ask(graph, "common-forums", **pair, as_of="2002-01-01"), "forum")
        assert "Club of the Table" not in cells(ask(graph, "common-forums", **pair, as_of="2004-01-01"), "forum")
        assert "Club of the Table" not in cells(ask(graph, "common-forums", **pair, known_at="2026-02-28"), "forum")


class TestTimeline:
    def test_has_each_act_once(self, graph: Graph) -> None:
        rows = ask(graph, "timeline", **BOTH)
        kinds = cells(rows, "what")
        assert {k: kinds.count(k) for k in set(kinds)} == {
            "Meeting": 4,
            "Statement": 8,
            "Commitment": 3,
            "Trade flow": 5,
            "Event": 5,
        }
        days = [max(d) if isinstance(d, list) else d for d in cells(rows, "date") if d != "2026"]
        assert days[0] == "2026-09-03" and days[-1] == "2014-06-03"

    def test_between_days_and_cut(self, graph: Graph) -> None:
        days = {"since": "2020", "until": "2024-12-31"}
        assert set(cells(ask(graph, "timeline", **BOTH, **days), "what")) == {"Trade flow", "Meeting"}
        assert len(ask(graph, "timeline", **BOTH, count=3)) == 3
        assert ask(graph, "timeline", **BOTH, since="2027-01-01") == []


class TestThirdParties:
    def test_that_met_both(self, graph: Graph) -> None:
        rows = ask(graph, "third-parties", **BOTH)
        assert cells(rows, "third", "date_a", "date_b") == [
            ("India", "2026-02-10", "2026-02-20"),
            ("India", "2026-02-11", "2026-02-20"),
        ]
        assert keys(rows[0]) == ["later", "visits-table"]

    def test_within_fewer_days(self, graph: Graph) -> None:
        assert cells(ask(graph, "third-parties", **BOTH, days=9), "date_a") == ["2026-02-11"]
        assert ask(graph, "third-parties", **BOTH, days=8) == []


class TestLeftOut:
    def test_by_each_side(self, graph: Graph) -> None:
        rows = ask(graph, "left-out", **BOTH, since="2026-01-01")
        told = {(r["what"], str(r["item"][0]), plain(r["says"])[0]) for r in rows}
        assert told == {
            ("forum", "Asia-Pacific Economic Cooperation", "China readout"),
            ("principle", "One-China policy", "China readout"),
            ("forum", "Group of Twenty", "Canada readout"),
            ("sector", "Agriculture", "Canada readout"),
            ("commitment", "Canada: Canada will open a trade office in Chengdu by June 2026", "Canada readout"),
            ("words of a party", "Canada", "Canada readout"),
        }

    def test_commitments_of_no_sector_are_told_only_by_like_words(self, tmp_path: Path) -> None:
        met, office, bridge = "Canada and China met.", "Canada will open a trade office in Chengdu", "build a bridge"
        ours = Writer("ours", f"{met} {office}. Canada will {bridge}.", "2026-01-16", "Ours", "press")
        theirs = Writer("theirs", f"{met} Canada promised to {bridge} soon.", "2026-01-17", "Theirs", "press")
        accounts = [paper.meet(met, [CAN, CHN], "2026-01-16", {}) for paper in (ours, theirs)]
        said = {"committed_by": (CAN,), "concerns": PAIR}
        ours.add("Commitment", office, made_at=accounts[0], about_sector=(iris.concept("sector", "trade"),), **said)
        ours.add("Commitment", bridge, made_at=accounts[0], about_sector=(iris.concept("sector", "transport"),), **said)
        theirs.add("Commitment", f"{bridge} soon", made_at=accounts[1], **said)
        project = Project.init(tmp_path)
        load(project, [ours, theirs])
        with project.reading() as both:
            rows = [r for r in ask(both, "left-out", **BOTH) if r["what"] == "commitment"]
        assert [(r["item"][0].label, plain(r["leaves_out"])) for r in rows] == [(f"Canada: {office}", ["Theirs"])]

    def test_needs_two_documents_that_tell(self, graph: Graph) -> None:
        assert ask(graph, "left-out", **BOTH, known_at="2026-01-16", since="2026-01-01") == []
        assert ask(graph, "left-out", a="China", b="India") == []


class TestOneSource:
    def test_counts_two_copies_as_one(self, graph: Graph) -> None:
        rows = ask(graph, "one-source", **BOTH)
        assert set(cells(rows, "witnesses")) == {1}
        claims = {str(r["claim"]) for r in rows}
        assert "Mark Carney: wants a fair market for canola" in claims
        assert not any("2026-01-16 Beijing" in c for c in claims), "both sides tell of that meeting"

    def test_state_media_alone(self, graph: Graph) -> None:
        rows = ask(graph, "one-source", **BOTH, told_by="state media")
        assert cells(rows, "what", "sources") == [("Statement", ["State news"]), ("Trade flow", ["State news"])]
        assert ask(graph, "one-source", **BOTH, told_by="ngo") == []


class TestContradictions:
    def test_of_values_and_due_times(self, graph: Graph) -> None:
        assert cells(ask(graph, "contradictions", **BOTH), "what", "one", "other") == [
            ("due time", "2026", "2027-12-31"),
            ("value", 22000000000, 21100000000),
            ("value (two reporters)", 3800000000, 3900000000),
        ]

    def test_of_dates(self, graph: Graph) -> None:
        (row,) = ask(graph, "contradictions", a="India", b="Canada")
        assert (row["what"], row["one"], row["other"]) == ("date", "2026-02-10", "2026-02-11")
        assert keys(row) == ["doubter", "later"]

    def test_months_and_days_agree(self, graph: Graph) -> None:
        assert ask(graph, "contradictions", a="China", b="India") == []
        assert not [r for r in ask(graph, "contradictions", **BOTH) if r["what"] == "date"]

    def test_known_before_the_second_was_published(self, graph: Graph) -> None:
        assert ask(graph, "contradictions", a="India", b="Canada", known_at="2026-06-01") == []


class TestSaid:
    def test_by_both_sides(self, graph: Graph) -> None:
        rows = ask(graph, "said", **BOTH)
        assert len(rows) == 8
        told = {r["words"]: (plain(r["for"]), plain(r["sectors"]), plain(r["subjects"])) for r in rows}
        assert told["wants a fair market for canola"] == (["Canada"], ["Agriculture", "Trade"], [])
        assert told["They look forward to meeting again at the G20"] == (["Canada", "China"], [], ["Group of Twenty"])
        assert ask(graph, "said", a="China", b="India") == []


class TestOfficeHeld:
    def test_on_a_day(self, graph: Graph) -> None:
        (row,) = ask(graph, "office-held", of="Canada", as_of="2020-01-01", level="head-of-government")
        assert str(row["person"]) == "Justin Trudeau"
        assert ask(graph, "office-held", of="Canada", as_of="1700-01-01") == []

    def test_by_a_person(self, graph: Graph) -> None:
        assert "President of China" in cells(ask(graph, "office-held", of="Xi Jinping"), "office")


class TestGaps:
    def test_longest_first_and_the_open_one(self, graph: Graph) -> None:
        rows = ask(graph, "longest-gaps", **BOTH, as_of="2026-06-01")
        assert cells(rows, "days", "from", "to") == [
            (136, "2026-01-16", "2026-06-01"),
            (77, "2025-10-31", "2026-01-16"),
        ]
        assert rows[0]["after"] == [] and len(rows[1]["after"]) == 1
        assert cells(ask(graph, "longest-gaps", **BOTH), "days") == [77]
        assert ask(graph, "longest-gaps", a="China", b="India") == []


class TestChain:
    def test_of_meetings(self, graph: Graph) -> None:
        rows = ask(graph, "meeting-chain", a="Xi", b="Carney", since="2026-01-01")
        assert cells(rows, "meetings", "via") == [(1, None), (2, "Narendra Modi")]
        assert ask(graph, "meeting-chain", a="Xi", b="Carney", until="2025-09-30") == []


class TestChanges:
    def test_loads_between_days(self, graph: Graph) -> None:
        rows = ask(graph, "changes")
        assert set(cells(rows, "action")) == {"loaded"}
        assert "Agency" in cells(rows, "title")
        assert ask(graph, "changes", until="2000-01-01") == []
