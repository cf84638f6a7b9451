"""The one reader of a division: pieces with their places and times, the rest, sums, and what puts a lot right."""

import pytest

from actions.form.lots import ASAP, LATER, OPEN, Lot, Unequal, divided
from actions.tasks.change.part_shipments import asks_whether, part_shipment

from .quote.reading_help import turn_of

STANDS = [
    Lot(quantity=34, delivery="2027-04-16", text="34 by 16 April"),
    Lot(quantity=26, delivery="2027-W17", text="26 in week 17"),
]


@pytest.mark.parametrize(
    ("text", "total", "lots"),
    [
        ("kan dere sende de 34 først? resten 16. mars", 40, [(34, ASAP), (6, "2027-03-16")]),
        ("34 stk til 10. mars, rest 6 stk 16. mars", 40, [(34, "2027-03-10"), (6, "2027-03-16")]),
        ("Delivery 1: 37 pcs by 16 April, delivery 2: 23 pcs week 17", 60, [(37, "2027-04-16"), (23, "2027-W17")]),
        (
            "37 by then is fine. split it, 37 in week 15 and the last 23 in week 17",
            60,
            [(37, "2027-W15"), (23, "2027-W17")],
        ),
        ("22 til uke 14 og de siste 18 når dere rekker", 40, [(22, "2027-W14"), (18, LATER)]),
        ("levering uke 20 for de første 50, resten før 9. juli", 200, [(50, "2027-W20"), (150, "2027-07-09")]),
        ("8 prototypes in week 27, rest in call-offs", 80, [(8, "2027-W27"), (72, OPEN)]),
        ("del 1: 20 stk uke 12, del 2: resten uke 16", 60, [(20, "2027-W12"), (40, "2027-W16")]),
        ("två leveranser: 20 vecka 14 och resten vecka 20", 60, [(20, "2027-W14"), (40, "2027-W20")]),
        ("vi vil ha 20 stk i veke 14, dei siste 40 i veke 20", 60, [(20, "2027-W14"), (40, "2027-W20")]),
        ("three lots of 20: week 14, 18 and 22", None, [(20, "2027-W14"), (20, "2027-W18"), (20, "2027-W22")]),
        ("half now, half in week 20", 60, [(30, ASAP), (30, "2027-W20")]),
        ("60 in all, 20 in the first and 40 in the second", None, [(20, OPEN), (40, OPEN)]),
        ("6 av 12 nu resten sen", 12, [(6, ASAP), (6, LATER)]),
    ],
)
def test_a_division_is_read_with_its_pieces_and_times(
    text: str, total: int | None, lots: list[tuple[int, str]]
) -> None:
    turn = turn_of(text)
    found = divided(turn.text, turn.entities, total)
    assert found
    assert [(each["quantity"], each["delivery"]) for each in found.lots] == lots


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("40 housings and 80 caps", None),
        ("25 in April or 35 in June", None),
        ("60 pcs in week 20", None),
        ("rev 4 of 20 pcs", 60),
    ],
)
def test_what_divides_nothing_is_no_division(text: str, total: int | None) -> None:
    turn = turn_of(text)
    assert divided(turn.text, turn.entities, total) is None


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("delivery 1: 36, delivery 2: 24", [(36, "2027-04-16"), (24, "2027-W17")]),
        ("64 in all, 36 in the first and 28 in the second", [(36, "2027-04-16"), (28, "2027-W17")]),
        ("make the first one 30", [(30, "2027-04-16"), (30, "2027-W17")]),
        ("no, 30 in week 17", [(30, "2027-04-16"), (30, "2027-W17")]),
        ("flytt andre levering til uke 20", [(34, "2027-04-16"), (26, "2027-W20")]),
        ("not march, 19 APRIL. by 19 april 34 pcs", [(34, "2027-04-19"), (26, "2027-W17")]),
    ],
)
def test_what_is_told_of_a_lot_corrects_that_lot(text: str, lots: list[tuple[int, str]]) -> None:
    turn = turn_of(text)
    found = divided(turn.text, turn.entities, 60, STANDS)
    assert found
    assert not isinstance(found, Unequal)
    assert [(each["quantity"], each["delivery"]) for each in found.lots] == lots


def test_pieces_that_do_not_add_up_are_told() -> None:
    turn = turn_of("første 20 innen 16. april, siste 30 uke 20")
    found = divided(turn.text, turn.entities, 60)
    assert isinstance(found, Unequal)
    assert (found.told, found.of) == (50, 60)


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("could you ship the good ones now? need 15 this week", [15, 25]),
        ("no no, I dont want fewer. still all 40, just 15 of them this week", [15, 25]),
        ("kan ni inte skicka 6 st till torsdag", [6, 34]),
        ("antallet skal fortsatt være 40! bare todelt levering", []),
        ("vi trenger 20 nå, resten kan vente", [20, 20]),
        ("kan dere sende det som er klart nå", []),
    ],
)
def test_a_part_shipment_of_an_order_is_no_cut_of_it(text: str, lots: list[int]) -> None:
    turn = turn_of(text)
    found = part_shipment(turn.text, turn.entities, 40)
    assert found
    assert [each["quantity"] for each in found.lots] == lots


@pytest.mark.parametrize(
    "text",
    ["reduce it to 30 pcs", "only 28 instead of 40", "10 færre", "send den til Verksted 4", "when does it ship?"],
)
def test_a_cut_of_an_order_is_no_part_shipment(text: str) -> None:
    turn = turn_of(text)
    assert part_shipment(turn.text, turn.entities, 40) is None


def test_whether_a_part_shipment_can_be_had_is_a_question() -> None:
    assert asks_whether("is a part shipment possible, yes or no?")
    assert not asks_whether("send 15 as a part shipment")
