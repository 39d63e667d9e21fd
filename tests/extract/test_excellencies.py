"""An office set off by commas is that of the name before it, with and without a form of address."""

import pytest

from kg.extract.pipeline import extract

KENYA, NORWAY = ("KEN", "president"), ("NOR", "prime-minister")


def people(text: str) -> dict[str, tuple[str, str]]:
    """Name -> party and office of each person that a text names."""
    found = extract(text, {}).mentions
    return {m.actor.name: (m.actor.party, m.actor.office) for m in found if m.kind == "person" and m.actor.named}


@pytest.mark.parametrize(
    "text",
    [
        "At the invitation of H.E. Grace Wanjiru, President of the Republic of Kenya, H.E. Lars Berg, Prime Minister "
        "of the Kingdom of Norway, paid an official visit to Kenya from 10 to 13 May 2032.",
        "At the invitation of Grace Wanjiru, President of the Republic of Kenya, Lars Berg, Prime Minister of Norway, "
        "paid an official visit to Kenya from 10 to 13 May 2032.",
        "At the invitation of Her Excellency Grace Wanjiru, the President of Kenya, His Excellency Mr. Lars Berg, the "
        "Prime Minister of Norway, paid an official visit to Kenya from 10 to 13 May 2032.",
        "H.E. Grace Wanjiru, President of Kenya, and H.E. Lars Berg, Prime Minister of Norway, met on 11 May 2032.",
        "H.E. Grace Wanjiru, President of Kenya, received H.E. Lars Berg, Norwegian Prime Minister, on 11 May 2032.",
        "The President of Kenya, Her Excellency Grace Wanjiru, met the Prime Minister of Norway, H.E. Lars Berg.",
    ],
)
def test_each_has_the_office_that_stands_with_the_name(text: str) -> None:
    assert people(text) == {"Grace Wanjiru": KENYA, "Lars Berg": NORWAY}


def test_an_office_before_another_address_is_not_his() -> None:
    text = (
        "At the invitation of H.E. Grace Wanjiru, President of the Republic of Kenya, H.E. Lars Berg paid a visit to "
        "Nairobi from 10 to 13 May 2032."
    )
    found = people(text)
    assert found["Grace Wanjiru"] == KENYA
    assert found.get("Lars Berg", ("", ""))[0] != "KEN"


def test_an_office_may_still_stand_before_an_address() -> None:
    found = people(
        "On 11 May 2032 the Prime Minister of Norway, His Excellency Lars Berg, met Grace Wanjiru, President of Kenya."
    )
    assert found == {"Grace Wanjiru": KENYA, "Lars Berg": NORWAY}


@pytest.mark.parametrize("host", ["Grace Wanjiru", "H.E. Grace Wanjiru", "Her Excellency Grace Wanjiru"])
def test_who_came_at_the_invitation_of_whom(host: str) -> None:
    guest = host.replace("Grace Wanjiru", "Lars Berg").replace("Her ", "His ")
    (visit,) = extract(
        f"At the invitation of {host}, President of the Republic of Kenya, {guest}, Prime Minister of Norway, paid an "
        "official visit to Kenya from 10 to 13 May 2032.",
        {},
    ).to_json()["meetings"]
    assert (visit["kind"], visit["country"], visit["states"]) == ("visit", "KEN", ["KEN", "NOR"])
    assert {(r["name"], r["party"]) for r in visit["roles"]} == {("Grace Wanjiru", "KEN"), ("Lars Berg", "NOR")}
