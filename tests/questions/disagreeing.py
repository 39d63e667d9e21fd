"""Two governments on one meeting, who disagree in much, and two newspapers without a meeting; all of it fiction."""

from kg import iris, records
from tests.questions.writer import Writer

BRA, IDN = iris.actor("BRA"), iris.actor("IDN")
LULA = iris.person("Luiz Inácio Lula da Silva", "BRA")
HEAD = iris.office("BRA", "head-of-state")
TWO = {"a": "Brazil", "b": "Indonesia"}

OURS = (
    "The presidents met in Jakarta on 3 March 2026. Brazil will lower its duty on palm oil to 8 percent by June 2026. "
    "Indonesia will lower its duty on sugar to 12 percent by May 2027. "
    "Brazil will put 40 million dollars into mangroves. "
    "Brazil agreed to buy 20 ferries. Indonesia agreed to lift its ban on poultry. Brazil supports reform of the WTO. "
    "Indonesia will host a fair on coffee."
)
THEIRS = (
    "The presidents met in Jakarta on 3 March 2026. "
    "Brazil will lower its duty on palm oil to 5.5 percent by June 2026. "
    "Indonesia will lower its duty on sugar to 12 percent by December 2027. Brazil will put up to 60 million dollars "
    "into mangroves. Brazil did not agree to buy 20 ferries. Indonesia will not lift its ban on poultry. "
    "Brazil opposes reform of the WTO. Indonesia will host a fair on coffee in Bandung. "
    "Indonesia has no plans to lower its duty on beef to 5 percent. Brazil does not oppose free trade."
)
PAPER = "Brazil will buy 300 buses from Indonesia, it said."
MAIL = "Brazil will buy 200 buses from Indonesia, it said."
LATE = "Brazil will buy 100 buses from Indonesia, it said."
ROLL = "Lula took office on 4 January 2023. Brazil and Indonesia talked of it."


def sector(key: str) -> str:
    return iris.concept("sector", key)


def disagreeing() -> list[Writer]:
    """The sources."""
    pair = (iris.relation("BRA", "IDN"),)
    written = []
    for key, text, day, publisher, state in (
        ("brazil-readout", OURS, "2026-03-03", "Government of Brazil", BRA),
        ("indonesia-readout", THEIRS, "2026-03-04", "Government of Indonesia", IDN),
    ):
        ours = Writer(key, text, day, publisher, "government", state)
        met = ours.meet("The presidents met in Jakarta on 3 March 2026", [BRA, IDN], "2026-03-03", {LULA: HEAD})
        said = {"made_at": met, "concerns": pair}
        theirs = state == IDN
        trade = {"about_sector": (sector("trade"),)}

        def undertake(words: str, by: str, ours: Writer = ours, said: dict[str, object] = said, **more: object) -> None:
            ours.add("Commitment", words, committed_by=(by,), **said, **more)

        undertake(
            f"lower its duty on palm oil to {'5.5' if theirs else '8'} percent by June 2026",
            BRA,
            due="2026-06",
            **trade,
        )
        due = "2027-12" if theirs else "2027-05"
        undertake(
            f"lower its duty on sugar to 12 percent by {'December' if theirs else 'May'} 2027", IDN, due=due, **trade
        )
        undertake(f"put {'up to 60' if theirs else '40'} million dollars", BRA, about_sector=(sector("environment"),),
                  text=f"put {'up to 60' if theirs else '40'} million dollars into mangroves")  # fmt: skip
        undertake("host a fair on coffee in Bandung" if theirs else "host a fair on coffee", IDN)
        for words, by in (("Brazil supports reform of the WTO", BRA), ("Brazil opposes reform of the WTO", BRA)):
            if words in text:
                ours.add("Statement", words, speaker=LULA, on_behalf_of=(by,), about_forum=(iris.forum("WTO"),), **said)
        if theirs:
            undertake("not lift its ban on poultry", IDN)
            for words in ("Brazil did not agree to buy 20 ferries", "Indonesia has no plans to lower its duty on beef"):
                ours.add("Statement", words, speaker=IDN, on_behalf_of=(IDN,), **said)
            # The cue is said of no support: the words before them turn it round.
            ours.add("Statement", "free trade", speaker=LULA, on_behalf_of=(BRA,), cue="oppose", **said)
        else:
            undertake("buy 20 ferries", BRA)
            undertake("lift its ban on poultry", IDN)
        written.append(ours)
    for key, text, day in (
        ("paper", PAPER, "2026-09-01"), ("mail", MAIL, "2026-09-20"), ("late", LATE, "2026-12-01"),
    ):  # fmt: skip
        news = Writer(key, text, day, key.capitalize(), "press")
        words = text.removeprefix("Brazil will ").removesuffix(", it said.")
        news.add("Commitment", words, committed_by=(BRA,), concerns=pair)
        if key == "paper":
            news.add("Statement", "Brazil will buy 300 buses", text="it supports free trade", speaker=LULA,
                     on_behalf_of=(BRA,), concerns=pair, when="2026-03-03")  # fmt: skip
        written.append(news)
    roll = Writer("roll", ROLL, "2026-03-09", "Roll of Presidents", "press")
    roll.add("Statement", "Brazil and Indonesia talked of it", on_behalf_of=(BRA, IDN), concerns=pair)
    roll.said += [
        records.Tenure(iri=iris.owned("tenure", "roll", kind), holder=LULA, office=iris.office("BRA", kind),
                       when="2023-01-04/..", citation=roll.cite("Lula took office on 4 January 2023"))
        for kind in ("head-of-state", "head-of-government")
    ]  # fmt: skip
    written.append(roll)
    return written
