"""A message that holds several answers is cut into pieces, and each goes to its own question; answers can be put right."""

import asyncio
from typing import Any

import pytest

from actions.form.answers import Answers
from actions.form.task import CONFIRMATION
from actions.tasks.quote.task import QuoteRequest
from tests.unit.actions.quote.reading_help import told, turn_of, values

#: Open question, message, what is stored after it.
TABLE: list[tuple[str | None, str, dict[str, Any]]] = [
    # a sentence with several answers
    ("requirements", "vi har krav om bearbeidet flate, ønsket levering er uke 34",
     {"requirements": "vi har krav om bearbeidet flate", "delivery": "2027-W34"}),
    ("requirements", "pressure tested to 6 bar. delivery is wanted in week 22",
     {"requirements": "pressure tested to 6 bar", "delivery": "2027-W22"}),
    ("requirements", "by the way: we need the offer before Thursday", {"offer_by": "2027-03-04"}),
    ("pattern", "gammel tremodell hos oss. forresten: emballert på europaller",
     {"pattern": "gammel tremodell hos oss", "notes": "emballert på europaller"}),
    ("pattern", "our wooden one, a bit worn. 3.1 certificates are wanted",
     {"pattern": "our wooden one, a bit worn", "requirements": "3.1 certificates are wanted"}),
    ("notes", "invoice in euro, machined flange", {"notes": "invoice in euro", "requirements": "machined flange"}),
    ("part", "we need a crane bush / my name is Ann Cole, Cole Valves Ltd",
     {"part": "crane bush", "name": "Ann Cole, Cole Valves Ltd"}),
    ("part", "vi trenger girdeksel. jeg heter Liv Dahl", {"part": "girdeksel", "name": "Liv Dahl"}),
    ("name", "hilsen Liv Dahl, Dahl Mek AS / svar kan sendes til liv@dahl.example",
     {"name": "Liv Dahl, Dahl Mek AS", "email": "liv@dahl.example"}),
    # a time that is a span stays one
    ("delivery", "i løpet av juni", {"delivery": "2027-06-01/2027-06-30/month"}),
    ("delivery", "end of May", {"delivery": "2027-05-24/2027-05-31/month/late"}),
    ("delivery", "sometime in Q3 would do", {"delivery": "2027-07-01/2027-09-30/quarter"}),
    ("delivery", "første uka i juni", {"delivery": "2027-06-01/2027-06-04/week/week_1"}),
    ("delivery", "uke 20-22", {"delivery": "2027-05-17/2027-06-04/weeks"}),
    ("part", "a valve lid, delivery half in April, half in June", {"part": "valve lid", "delivery": "2027-04-01/2027-06-30/days"}),
    ("delivery", "juni eller juli", {"delivery": "2027-06-01/2027-07-30/days"}),
    # lots, each with its own span
    ("quantity", "half in April, half in June, so 30 and 50", {"quantity": 80, "delivery": "April: 30; June: 50"}),
    ("quantity", "3 x 50 stk i juni, september og desember",
     {"quantity": 150, "delivery": "juni: 50 stk; september: 50 stk; desember: 50 stk"}),
    ("quantity", "two lots, 2 x 40 pcs, in April and end of May", {"quantity": 80, "delivery": "April: 40 pcs; end of May: 40 pcs"}),
    ("quantity", "20 stk i april og 60 stk i slutten av mai",
     {"quantity": 80, "delivery": "20 stk i april; 60 stk i slutten av mai"}),
    # an address is an address
    ("size", "sorry, my e-mail is ann@cole.example", {"email": "ann@cole.example"}),
    ("requirements", "beklager, riktig adresse er liv@dahl.example", {"email": "liv@dahl.example"}),
    ("notes", "fraktfritt levert. svar til liv@dahl.example", {"notes": "fraktfritt levert", "email": "liv@dahl.example"}),
    # a part is its whole name
    ("part", "bøssing til vinsj", {"part": "bøssing til vinsj"}),
    ("part", "it's about a lid for a gearbox", {"part": "lid for a gearbox"}),
    ("part", "quote for lever arm for delivery in week 20", {"part": "lever arm", "delivery": "2027-W20"}),
    ("part", "as per drawing 5510-C", {"part": "5510-C", "drawing": "5510-C"}),
    ("part", "30 pakkbokser", {"part": "pakkbokser", "quantity": 30}),
    # a delivery is a time for the goods
    ("drawing", "tegning kommer på e-post i morgen", {"drawing": "affirm"}),
    ("drawing", "drawing will follow next week", {"drawing": "affirm"}),
    ("drawing", "vi ønsker tilbakemelding innen onsdag", {"notes": "vi ønsker tilbakemelding innen onsdag"}),
    ("drawing", "we need the castings before Friday", {"delivery": "2027-03-05"}),
    # not known
    ("size", "det vet vi ikke", {"size": None}),
    ("pattern", "I couldn't say", {"pattern": None}),
    ("pattern", "ingen anelse", {"pattern": None}),
    ("size", "keine Ahnung", {"size": None}),
    ("weight", "ingen aning", {"weight": None}),
    ("size", "nothing there", {"size": None}),
    # no name
    ("name", "half of them first, the rest afterwards", {}),
    ("name", "halvparten nå, resten etterpå", {}),
    ("name", "Half in May, the rest in June", {"delivery": "2027-05-03/2027-06-30/days"}),
]  # fmt: skip

#: What begins a request.
OPENINGS: list[tuple[str, dict[str, Any]]] = [
    ("vi ønsker tilbud på støpegods. det gjelder akselhylse", {"part": "akselhylse"}),
    ("vi ønsker tilbud på bøssing til vinsj", {"part": "bøssing til vinsj"}),
    ("we would like a quote for a hub cap", {"part": "hub cap"}),
    ("quote for castings please", {}),
    ("as per drawing 5510-C", {"part": "5510-C", "drawing": "5510-C"}),
    ("tilbud på 30 pakkbokser", {"part": "pakkbokser", "quantity": 30}),
    ("looking for somebody who can cast a lever arm for us. my name is Ann Cole, Cole Valves Ltd",
     {"part": "lever arm", "name": "Ann Cole, Cole Valves Ltd"}),
    ("forespørsel: lokk til vinsj, antallet er 25 stk, mitt navn er Liv Dahl, svar kan sendes til liv@dahl.example, materialet skal være CuSn10",
     {"part": "lokk til vinsj", "quantity": 25, "name": "Liv Dahl", "email": "liv@dahl.example", "alloy": "CC480K"}),
]  # fmt: skip

#: What was told, what is said at the read-back, and what changes.
PUT_RIGHT: list[tuple[list[tuple[str | None, str]], str, dict[str, Any]]] = [
    ([("part", "støpegods")], "delen er akselhylse", {"part": "akselhylse"}),
    ([("part", "castings")], "we need a lever arm", {"part": "lever arm"}),
    ([("part", "pump lid")], "something is wrong here, the part is a valve lid", {"part": "valve lid"}),
    ([("part", "pumpelokk")], "det er ikke helt riktig, vi trenger støpt ventillokk", {"part": "støpt ventillokk"}),
    ([("part", "pumpelokk")], "vi trenger svar før fredag", {"part": "pumpelokk", "offer_by": "2027-03-05"}),
    ([("requirements", "machined flange")], "no requirements after all", {"requirements": "none"}),
    ([("requirements", "maskinert flens")], "ingen krav likevel", {"requirements": "none"}),
    ([("requirements", "machined flange")], "requirements: nothing there", {"requirements": "none"}),
    ([("size", "about as big as a hand")], "stryk målene", {"size": None}),
    ([("notes", "invoice in euro")], "drop the notes", {"notes": "none"}),
    ([("email", "ann@cole.exmaple")], "the email should be ann@cole.example", {"email": "ann@cole.example"}),
]  # fmt: skip


@pytest.mark.parametrize(("opened", "text", "stored"), TABLE, ids=[f"{opened}: {text}" for opened, text, _ in TABLE])
def test_what_is_stored(opened: str | None, text: str, stored: dict[str, Any]) -> None:
    assert values(told(text, opened)) == stored


@pytest.mark.parametrize(("text", "stored"), OPENINGS, ids=[text for text, _ in OPENINGS])
def test_what_an_opening_says(text: str, stored: dict[str, Any]) -> None:
    assert values(told(text, None, act="place_order")) == stored


@pytest.mark.parametrize(("before", "text", "stored"), PUT_RIGHT, ids=[text for _, text, _ in PUT_RIGHT])
def test_what_is_put_right_at_the_read_back(
    before: list[tuple[str | None, str]], text: str, stored: dict[str, Any]
) -> None:
    answers = Answers()
    for opened, said in before:
        told(said, opened, answers)
    assert values(told(text, CONFIRMATION, answers)) == stored


@pytest.mark.parametrize("text", ["tegningen er ikke hemmelig", "there is nothing secret about the drawing"])
def test_that_a_drawing_is_not_secret_leaves_its_number(text: str) -> None:
    answers = told(text, "confidential", told("tegning 5510-C", "drawing"))
    assert values(answers) == {"part": "5510-C", "drawing": "5510-C", "confidential": "deny"}


def test_the_name_of_the_part_takes_the_place_of_its_drawing() -> None:
    answers = told("see drawing 5510-C", "part")
    assert values(told("we need a lever arm", "quantity", answers)) == {"part": "lever arm", "drawing": "5510-C"}


def test_the_wish_for_an_answer_moves_no_delivery() -> None:
    answers = told("uke 37", "delivery")
    told("vi trenger svar før fredag", "notes", answers)
    assert values(told("ønsket levering er uke 38", "name", answers))["delivery"] == "2027-W38"
    assert values(told("vi trenger svar før fredag", CONFIRMATION, answers))["delivery"] == "2027-W38"


def test_a_division_said_first_is_kept_for_the_pieces() -> None:
    answers = told("60 stk", "quantity", told("i tre leveranser", "drawing"))
    assert "part" not in answers
    asyncio.run(QuoteRequest().known(turn_of("", "weight"), answers))
    assert answers["quantity"].line()["deliveries"] == 3
