"""What pointing words mean in a list that was shown, in the languages read."""

import pytest

from actions.turns.pointing import (
    asks_other,
    named_among,
    opens_with_other_thing,
    pointed_at,
    share_asked,
    then_meant,
)

HUB = {"kind": "order", "value": "SO-1", "marks": ["propellnav", "propeller", "hub"]}
FITTING = {"kind": "order", "value": "SO-2", "marks": ["dekksbeslag", "deck", "fitting", "late"]}
FLANGE = {"kind": "order", "value": "SO-3", "marks": ["flens", "flange"]}
HOUSING = {"kind": "order", "value": "SO-4", "marks": ["pumpehus", "pump", "housing", "late"]}
FOUR = [HUB, FITTING, FLANGE, HOUSING]
TWO = [HUB, FITTING]


def _meant(text: str, shown: list[dict], focus: tuple[str, ...] = (), fresh: bool = True) -> list[str]:  # type: ignore[type-arg]
    found = [thing["value"] for each in pointed_at(text, shown, focus, fresh) for thing in each.things]
    return [value.removeprefix("SO-") for value in dict.fromkeys(found)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the first one please", "1"),
        ("and the second?", "2"),
        ("when does the top one ship", "1"),
        ("what about the last order", "4"),
        ("den øverste, når sendes den", "1"),
        ("kan du sjekke den nederste", "4"),
        ("og den nest siste?", "3"),
        ("den tredje ordren", "3"),
        ("første", "1"),
        ("den fyrste, takk", "1"),
        ("den översta, när skickas den?", "1"),
        ("hvornår sendes den sidste", "4"),
        ("die erste, wann kommt sie", "1"),
        ("hvorfor er den siste forsinket?", "4"),
        ("certificate for number one please", "1"),
        ("sertifikat for nummer to takk", "2"),
    ],
)
def test_a_place_in_the_list(text: str, meant: str) -> None:
    assert _meant(text, FOUR) == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "the first week of June",
        "den siste leveransen var fin",
        "kan vi få det første uke i mai?",
        "hva var den siste prisen?",
        "when was the last delivery",
        "what is the last day I can change it",
        "linje 2 skal være 80",
        "first I need a quote for something new",
        "hvor mye veier den",
        "sist gang gikk det bra",
        "we are late with our drawings this time",
    ],
)
def test_what_points_at_nothing_of_the_list(text: str) -> None:
    assert _meant(text, FOUR) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the late one", ["2"]),
        ("den forsinkede", ["2"]),
        ("den som er forsinket", ["2"]),
        ("what about the one that's late", ["2"]),
        ("den der er forsinket", ["2"]),
        ("the delayed order, why", ["2"]),
        ("the one that's behind?", ["2"]),
        ("what's up with the one that is behind schedule", ["2"]),
        ("hva er det med den som er forsinka", ["2"]),
        ("og den som er på etterskudd?", ["2"]),
    ],
)
def test_the_late_one(text: str, meant: list[str]) -> None:
    assert _meant(text, TWO) == meant


def test_several_late_ones_are_all_meant() -> None:
    assert _meant("the late ones", FOUR) == ["2", "4"]
    assert _meant("the late one", [HUB]) == []


@pytest.mark.parametrize(
    ("text", "focus", "meant"),
    [
        ("and the other?", ("SO-1",), ["2"]),
        ("og den andre?", ("SO-2",), ["1"]),
        ("the other one", ("SO-2",), ["1"]),
        ("og den andra?", ("SO-1",), ["2"]),
        ("und die andere?", ("SO-1",), ["2"]),
    ],
)
def test_the_other_of_two(text: str, focus: tuple[str, ...], meant: list[str]) -> None:
    assert _meant(text, TWO, focus) == meant


def test_the_others_of_more_and_the_next() -> None:
    assert _meant("og de andre?", FOUR, ("SO-1",)) == ["2", "3", "4"]
    assert _meant("den andre", FOUR, ("SO-1",)) == ["2"]
    assert _meant("and the next one?", FOUR, ("SO-2",)) == ["3"]
    assert _meant("and the next one?", FOUR) == []


@pytest.mark.parametrize(
    "text", ["both", "begge to?", "begge ordrene", "cancel all of them", "alle sammen", "both of them please", "beide"]
)
def test_all_of_the_list(text: str) -> None:
    assert _meant(text, TWO) == ["1", "2"]


@pytest.mark.parametrize(
    "text", ["can they go together", "kan de sendes samlet?", "kan vi få dem samtidig", "når kommer desse"]
)
def test_they_stand_for_the_list_only_while_it_is_fresh(text: str) -> None:
    assert _meant(text, TWO) == ["1", "2"]
    assert _meant(text, TWO, fresh=False) == []
    assert _meant(text, [HUB]) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how much are the hubs?", ["1"]),
        ("when do the deck fittings ship", ["2"]),
        ("hva koster flensene", ["3"]),
        ("og flensen?", ["3"]),
        ("hva med pumpehusene", ["4"]),
        ("når kommer beslagene", ["2"]),
        ("hub?", ["1"]),
        ("status på den flensen", ["3"]),
    ],
)
def test_the_name_of_a_thing_shown(text: str, meant: list[str]) -> None:
    assert _meant(text, FOUR) == meant


@pytest.mark.parametrize(
    "text", ["we also need a quote for some new hub in RG5", "støper dere store flenser i aluminium også"]
)
def test_a_name_that_is_no_certain_thing(text: str) -> None:
    assert _meant(text, FOUR) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("where are my hubs", ["SO-1"]),
        ("hvor blir det av flensene våre?", ["SO-3"]),
        ("the deck fittings, have they left", ["SO-2"]),
        ("har pumpehusa gått", ["SO-4"]),
        ("når kommer propelnavene", ["SO-1"]),
        ("what does a new hub cost to cast", []),
    ],
)
def test_the_name_of_a_thing_that_no_list_showed(text: str, meant: list[str]) -> None:
    assert [thing["value"] for each in named_among(text, FOUR) for thing in each.things] == meant


@pytest.mark.parametrize("text", ["and the previous one?", "og den forrige?", "den forrige, når sendes den"])
def test_the_one_before_that_talked_of(text: str) -> None:
    assert _meant(text, FOUR, ("SO-3",)) == ["2"]
    assert _meant(text, FOUR, ("SO-1",)) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("og den andre?", True),
        ("and the others", True),
        ("och den andra?", True),
        ("den andre uka", False),
        ("why?", False),
    ],
)
def test_another_one_than_that_talked_of(text: str, other: bool) -> None:
    assert asks_other(text) == other


def test_a_thing_that_was_not_talked_of() -> None:
    assert opens_with_other_thing("I want to cancel an order")
    assert opens_with_other_thing("jeg vil endre en bestilling")
    assert not opens_with_other_thing("kan vi få den en uke tidligere")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("what about half of it", 0.5), ("hva med halvparten?", 0.5), ("og om vi bare tar halvparten da", 0.5),
        ("und die Hälfte?", 0.5), ("twice as many, does that fit", 2), ("enn dobbelt så mange?", 2),
        ("and by week 20", None), ("en halvtime", None),
    ],
)  # fmt: skip
def test_a_share_of_what_was_talked_of(text: str, share: float | None) -> None:
    found = share_asked(text)
    assert (found[0] if found else None) == share


@pytest.mark.parametrize(
    "text", ["can you make it by then?", "rekker dere det innen da", "schaffen Sie das bis dahin?"]
)
def test_the_time_that_was_talked_of(text: str) -> None:
    assert then_meant(text)
    assert not then_meant("and then what?")
