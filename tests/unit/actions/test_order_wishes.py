"""Changes, cancellations and complaints in whole conversations: nothing is sent that was taken back, nothing becomes another wish."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.turns.house import House
from bot.common import clock, settings
from bot.store.cases.models import Case, Draft, Outbox
from bot.web.desk.cases_api import fields
from tests.unit.actions.talk import Conversation


@pytest.fixture(autouse=True)
def _first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


def cases(house: House) -> list[Case]:
    with Session(house.own) as session:
        return list(session.scalars(select(Case)))


def handed_over(house: House) -> list[dict[str, Any]]:
    with Session(house.own) as session:
        return [entry.payload for entry in session.scalars(select(Outbox).where(Outbox.kind.like("intake%")))]


@pytest.mark.parametrize(
    ("language", "wish", "withdrawal", "answer"),
    [
        ("nb", "avbestill SO-30405", "ikke kanseller likevel", "Ingenting er sendt"),
        ("nb", "kan dere annullere SO-30405", "la den stå", "Ingenting er sendt"),
        ("en", "cancel SO-30405 please", "let it stand", "Nothing has been sent"),
    ],
)
async def test_a_withdrawn_cancellation_cannot_be_sent(house: House, language: str, wish: str, withdrawal: str, answer: str) -> None:  # fmt: skip
    talk = Conversation(house, language, "demo-kari")
    assert "SO-30405" in await talk.say(wish, "cancel_order")
    assert answer in await talk.say(withdrawal, "take_back")
    await talk.say("/affirm", "affirm")
    await talk.say("ja", "affirm")
    assert not cases(house)
    with Session(house.own) as session:
        assert [draft.state for draft in session.scalars(select(Draft))] == ["dropped"]


async def test_what_was_sent_is_taken_back_by_a_person(house: House) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("cancel SO-30405", "cancel_order")
    await talk.say("yes", "affirm")
    said = await talk.say("let it stand after all", "take_back")
    assert "already gone to sales" in said
    assert "Talk to a person" in talk.offered


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Drop me a line when SO-30405 has been poured"),
        ("nb", "si fra når SO-30405 er støpt"),
        ("en", "let us know once SO-30405 leaves you"),
    ],
)
async def test_a_wish_to_hear_of_an_order_ends_nothing(house: House, language: str, text: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    said = await talk.say(text, "cancel_order")
    assert "SO-30405" in said
    assert talk.slots["task"] is None
    assert not any(word in said for word in ("Avbestilling", "Cancellation"))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("stop SO-30419 before you pour it", "cancel_order"),
        ("why did SO-30419 stop?", None),
        ("stop sending me mails about SO-30419", None),
    ],
)
async def test_only_words_of_stopping_the_order_stop_it(house: House, text: str, task: str | None) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say(text, "order_status")
    assert talk.slots.get("task") == task


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "leveres i løpet av juni, har ikke noen bestemt dag"),
        ("en", "when is SO-30405 due, you said week 14"),
        ("nb", "er SO-30405 i rute til levering?"),
    ],
)
async def test_a_question_when_something_comes_is_no_complaint(house: House, language: str, text: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say(text, "complaint")
    assert talk.slots["task"] is None
    assert talk.hand_over is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "halvparten av hylsene lar seg ikke montere"),
        ("nb", "støpegodset dere leverte har sprekker"),
        ("en", "the covers you delivered leak"),
        ("en", "wrong parts in the last shipment"),
    ],
)
async def test_what_is_wrong_is_a_complaint_in_any_words(house: House, language: str, text: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say(text, "complaint")
    assert talk.slots["task"] == "complaint"
    assert talk.hand_over == "complaint"


async def test_the_order_that_was_talked_of_is_the_one_that_is_changed(house: House) -> None:
    talk = Conversation(house, "nb", "demo-kari")
    await talk.say("hvor langt er SO-30405 kommet?", "order_status")
    said = await talk.say("kan vi få den en uke tidligere?", "order_status")
    assert "Ordre: SO-30405" in said
    assert "til mandag 29. mars 2027" in said


async def test_a_change_is_added_and_another_left_out_again(house: House) -> None:
    talk = Conversation(house, "nb", "demo-kari")
    await talk.say("øk SO-30406 fra 200 til 250 stk", "change_order")
    said = await talk.say("og flytt den en uke senere", "change_order")
    assert "torsdag 6. mai 2027" in said
    assert "Antall" not in said
    said = await talk.say("antallet kan stå, bare datoen", "inform")
    assert "ingen endring av antallet" in said
    assert "torsdag 6. mai 2027" in said
    await talk.say("ja", "affirm")
    (payload,) = handed_over(house)
    assert [each["want"]["kind"] for each in payload["payload"]["wants"]] == ["date"]


async def test_a_figure_alone_corrects_the_quantity_at_the_read_back(house: House) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("increase SO-30406 to 250 pcs", "change_order")
    assert "from 200 to 270 pcs" in await talk.say("actually 270", "inform")


async def test_lines_have_figures_of_their_own(house: House) -> None:
    talk = Conversation(house, "en", "demo-katrin")
    said = await talk.say("SO-30651: line 1 a week later, line 2 should be 8 pcs", "change_order")
    assert "Line 1, Wear ring: shipping date" in said
    assert "Line 2, Slide rail: quantity from 6 to 8 pcs" in said
    said = await talk.say("line 5 should be 80", "change_order")
    assert "2 lines" in said


async def test_a_line_is_found_by_what_it_is(house: House) -> None:
    talk = Conversation(house, "nb", "demo-kari")
    assert "Hvilken linje" in await talk.say("reduser SO-30414 med 10", "change_order")
    said = await talk.say("sliteringene", "inform")
    assert "Linje 2, Slitering: antall fra 80 til 70 stk" in said


async def test_what_one_line_does_not_allow_is_refused_and_the_rest_goes_on(house: House) -> None:
    talk = Conversation(house, "en", "demo-katrin")
    said = await talk.say("SO-30651: line 1 with certificate 3.2, line 2 should be 8 pcs", "change_order")
    assert "not possible on line 1" in said
    assert "Line 2, Slide rail" in said
    assert "3.2" not in said.split("Line 2", 1)[1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("300 færre på SO-30406", "bare 200 stk"),
        ("flytt SO-30406 til uke 54", "Uke 54 finnes ikke"),
        ("flytt SO-30406 til 3. februar 2027", "allerede passert"),
        ("SO-30406 skal være -5 stk", "ikke være mindre enn null"),
        ("SO-30406 skal være 200 stk", "allerede på 200"),
        ("flytt SO-30406 til 29. april 2027", "allerede satt til"),
    ],
)
async def test_what_cannot_be_is_refused_with_the_reason(house: House, text: str, reason: str) -> None:
    said = await Conversation(house, "nb", "demo-kari").say(text, "change_order")
    assert reason in said
    assert "sende" not in said


async def test_a_refused_correction_leaves_the_wish_open(house: House) -> None:
    talk = Conversation(house, "en", "demo-katrin")
    await talk.say("SO-30651 line 2 with certificate 3.2", "change_order")
    assert "not possible on line 1" in await talk.say("no, line 1", "inform")
    assert talk.slots["question"] == "change"


async def test_a_cancellation_names_each_line_and_the_desk_sees_words_only(house: House) -> None:
    talk = Conversation(house, "en", "demo-katrin")
    said = await talk.say("please cancel SO-30651", "cancel_order")
    assert "Line 1, Wear ring: Cancellation." in said
    assert "Line 2, Slide rail: Cancellation." in said
    await talk.say("yes", "affirm")
    (case,) = cases(house)
    assert "Wear ring" in case.wording
    assert not any("{" in row["value"] for row in fields(case, "nb"))


async def test_a_complaint_is_read_out_of_its_first_words_and_keeps_them(house: House) -> None:
    talk = Conversation(house, "nb", "demo-kari")
    first = (
        "12 av 80 sliteringer på SO-30414 har porer, oppdaget ved dreiing i går. Bilder vedlagt. Vi trenger nye deler."
    )
    said = await talk.say(first, "complaint")
    assert "leit å høre" in said
    assert first in said
    for told in (
        "12 av 80 stk",
        "Når og hvor: oppdaget ved dreiing i går",
        "Bilder: kommer",
        "ønske: Vi trenger nye deler",
    ):
        assert told in said
    said = await talk.say("ja", "affirm")
    assert "godtatt" not in said
    (payload,) = handed_over(house)
    assert payload["payload"] | {"affected": 12, "line": 2, "photos": "affirm"} == payload["payload"]
    assert "porosity" in payload["payload"]["defects"]


async def test_what_came_is_not_what_is_wrong(house: House) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("we ordered 80 wear rings on SO-30414 line 2 and 6 are cracked", "complaint")
    assert talk.slots["answers"]["complaint"]["affected"]["value"] == 6
    assert talk.slots["answers"]["complaint"]["affected"]["of"] == 80


@pytest.mark.parametrize(
    ("language", "wish", "act", "withdrawal"),
    [
        ("nb", "avbestill SO-30405", "cancel_order", "nei vent, ikke avbestill likevel"),
        ("nb", "øk SO-30406 til 250 stk", "change_order", "vi har ombestemt oss"),
        ("en", "cancel SO-30405", "cancel_order", "hold on, don't cancel it"),
        ("en", "increase SO-30406 to 250 pcs", "change_order", "never mind, leave it as it is"),
    ],
)
@pytest.mark.parametrize("taken_for", ["deny", "cancel_order", "inform", "affirm"])
async def test_words_of_withdrawal_count_whatever_they_are_taken_for(
    house: House, language: str, wish: str, act: str, withdrawal: str, taken_for: str
) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say(wish, act)
    await talk.say(withdrawal, taken_for)
    assert talk.slots["task"] is None
    await talk.say("ja", "affirm")
    assert not cases(house)


async def test_leave_it_at_a_figure_is_a_correction(house: House) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("increase SO-30406 to 250 pcs", "change_order")
    assert "from 200 to 230 pcs" in await talk.say("leave it as it is but at 230 pcs", "inform")


async def test_a_withdrawal_in_anger_ends_the_cancellation_and_goes_on_with_the_complaint_that_is_named(
    house: House,
) -> None:
    talk = Conversation(house, "nb", "demo-kari")
    await talk.say("Porer i tetningsflaten på 4 av husene fra SO-30412", "complaint")
    assert "Avbestilling" in await talk.say("avbestill SO-30405", "cancel_order")
    said = [
        ("Nei.", "deny"),
        ("La den stå.", "take_back"),
        ("Jeg er bare sint.", "inform"),
        ("Men reklamasjonen må inn", "inform"),
    ]
    answer = await talk.say("Nei. La den stå. Jeg er bare sint. Men reklamasjonen må inn", "deny", clauses=said)
    assert "Ingenting er sendt" in answer
    assert "Når og hvor" in answer
    await talk.say("ja, send", "affirm")
    assert not cases(house)


async def test_thanks_are_told_once_that_nothing_is_sent_and_a_receipt_says_what_was(house: House) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("cancel SO-30405 please", "cancel_order")
    assert "not been sent yet" in await talk.say("thank you, goodbye", "goodbye")
    assert "Shall I" not in await talk.say("bye now", "goodbye")
    await talk.say("and may I see it again?", "recap")
    said = [("Yes, cancel it.", "affirm"), ("And thank you for your help", "thanks")]
    answer = await talk.say("Yes, cancel it. And thank you for your help", "affirm", clauses=said)
    assert "What was sent is a cancellation: order SO-30405" in answer
    assert len(cases(house)) == 1
