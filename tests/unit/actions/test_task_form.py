"""The one form: answers in any order, corrections, interruptions, stopping, and a case only on a clear yes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.turns.house import House
from bot.store.cases.models import Case, Outbox
from tests.unit.actions.driver import FormDriver


def _cases(house: House) -> list[Case]:
    with Session(house.own) as session:
        return list(session.scalars(select(Case)))


async def _filled(form: FormDriver) -> str:
    await form.say("jeg vil ha tilbud", "place_order")
    await form.say("pumpehus til sjøvann")
    await form.say("nei", "deny")
    await form.say("RG5", alloy="CC491K")
    await form.say("40 stk", quantity=40)
    await form.say("38 kg, 300 x 200 x 150 mm")
    await form.say("uke 20", week="2027-W20")
    await form.say("pumpe om bord")
    await form.say("Kari Nordmann, Fjord AS")
    return await form.say("kari@fjord.example", email="kari@fjord.example")


async def test_a_stranger_is_asked_everything_read_back_and_gets_a_case_number(house: House) -> None:
    form = FormDriver()
    read_back = await _filled(form)
    for wanted in (
        "pumpehus til sjøvann",
        "CC491K",
        "40 stk",
        "38 kg",
        "uke 20",
        "Kari Nordmann",
        "kari@fjord.example",
    ):
        assert wanted in read_back
    assert not _cases(house)
    receipt = await form.say("ja", "affirm")
    (case,) = _cases(house)
    assert case.case_no in receipt
    assert (case.kind, case.name, case.customer, case.proved) == ("quote_request", "Kari Nordmann", "Fjord AS", None)
    assert "CC491K" in case.wording
    assert form.question is None
    with Session(house.own) as session:
        assert {row.payload.get("template") or row.kind for row in session.scalars(select(Outbox))} == {
            "desk",
            "receipt",
            "intake",
        }


async def test_the_same_yes_twice_is_one_case(house: House) -> None:
    form = FormDriver()
    await _filled(form)
    before = dict(form.slots)
    await form.say("ja", "affirm")
    form.slots = before
    await form.say("ja", "affirm")
    assert len(_cases(house)) == 1


async def test_several_answers_in_the_first_message_are_not_asked_again(house: House) -> None:
    form = FormDriver()
    text = "tilbud på 40 pumpehus i RG5 á 38 kg"
    asked = await form.say(
        text, "place_order",
        quantity=(40, {"start": 10, "end": 12}), alloy=("CC491K", {"start": 24, "end": 27}),
        weight=(38.0, {"start": 30, "end": 35}),
    )  # fmt: skip
    given = {"part": "pumpehus", "alloy": "CC491K", "quantity": 40, "weight": 38.0}
    assert given.items() <= form.answers.items()
    assert "Har du tegning" in asked


async def test_dont_know_is_an_answer_to_every_question_but_who_asks(house: House) -> None:
    form = FormDriver()
    await form.say("tilbud takk", "place_order")
    for _ in range(7):
        await form.say("vet ikke", dont_know=True)
    assert form.question == "name"
    await form.say("vet ikke", dont_know=True, confidence=0.2)
    assert form.question in ("name", "email")
    assert all(value is None for name, value in form.answers.items() if name not in ("name", "judged"))


async def test_a_correction_at_the_read_back_is_taken_and_read_back_again(house: House) -> None:
    form = FormDriver()
    await _filled(form)
    again = await form.say("nei, 60 stk", "deny", quantity=60)
    assert "60 stk" in again
    assert form.question == "confirmation"
    await form.say("ja", "affirm")
    assert "60 stk" in _cases(house)[0].wording


async def test_a_question_in_between_is_answered_and_the_form_goes_on(house: House) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud", "place_order")
    await form.say("pumpehus")
    await form.say("nei", "deny")
    said = await form.say("strekkfasthet for RG7?", "alloy_property", alloy="CC493K")
    assert "MPa" in said
    assert said.splitlines()[-1].startswith("Hvilken legering")
    assert "alloy" not in form.answers
    assert form.question == "alloy"


@pytest.mark.parametrize(("intent", "text"), [("explain", "hvorfor spør du om det?")])
async def test_why_is_explained_and_the_question_asked_again(house: House, intent: str, text: str) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud", "place_order")
    said = await form.say(text, intent)
    assert "regne på det" in said
    assert "Hva skal støpes" in said


async def test_stop_keeps_the_answers_and_continue_takes_them_up(house: House) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud", "place_order")
    await form.say("pumpehus")
    await form.say("stopp", "stop_task")
    assert form.question is None
    resumed = await form.say("fortsett", resume=True)
    assert "fortsetter" in resumed
    assert {name for name, answer in form.answers.items() if answer} == {"part"}
    assert form.question == "drawing"


async def test_an_ambiguous_number_leads_to_a_question(house: House) -> None:
    form = FormDriver("en")
    await form.say("quote please", "place_order")
    await form.say("pump housing")
    await form.say("no", "deny")
    await form.say("RG5", alloy="CC491K")
    asked = await form.say("1.500 pcs", quantity=(1.5, {"ask": [1500, 1.5]}))
    assert "How many" in asked
    assert form.question == "quantity"
    await form.say("1500 pcs", quantity=1500)
    assert form.answers["quantity"] == 1500


@pytest.mark.parametrize(
    ("question", "text", "entities"),
    [
        ("quantity", "0 stk", {"quantity": (0, {"bad": "zero"})}),
        ("quantity", "-4", {"number": -4.0}),
        ("weight", "minus 3 kg", {"weight": (-3.0, {"bad": "negative"})}),
        ("delivery", "30. februar", {"bad_date": "30. februar"}),
        ("delivery", "1. januar 2020", {"date": "2020-01-01"}),
        ("alloy", "syrefast", {"foreign_material": "stainless"}),
    ],
)
async def test_a_bad_answer_is_refused_in_words_and_asked_again(
    house: House, question: str, text: str, entities: dict[str, object]
) -> None:
    form = FormDriver()
    await form.say("tilbud", "place_order")
    await form.say("pumpehus")
    while form.question != question:
        await form.say("vet ikke", dont_know=True)
    said = await form.say(text, **entities)
    assert said
    assert form.question == question
    assert question not in form.answers


async def test_not_understood_twice_offers_a_way_out(house: House) -> None:
    form = FormDriver()
    await form.say("tilbud", "place_order")
    await form.say("pumpehus")
    await form.say("nei", "deny")
    first = await form.say("hmm nja", "nlu_fallback", 0.8)
    second = await form.say("æh", "nlu_fallback", 0.8)
    assert "kjenner" in first
    assert "forstår fortsatt ikke" in second
    assert "forstår fortsatt ikke" not in first
    assert form.hand_over == "not_understood"
    assert form.slots["misses"] == 2


async def test_a_signed_in_contact_is_not_asked_who_it_is(house: House) -> None:
    form = FormDriver(contact=("demo-kari", _customer(house, "demo-kari")))
    read_back = await form.say("40 pumpehus til takk", "reorder", quantity=40)
    assert "FP-2040" in read_back
    assert form.answers["email"]
    assert form.question == "confirmation"
    await form.say("ja", "affirm")
    (case,) = _cases(house)
    assert (case.kind, case.contact_id, case.proved) == ("reorder", "demo-kari", "sign_in")


async def test_another_device_goes_on_where_the_contact_stopped(house: House) -> None:
    contact = ("demo-kari", _customer(house, "demo-kari"))
    first = FormDriver(contact=contact)
    await first.say("jeg vil ha tilbud", "place_order")
    await first.say("girhus")
    await first.say("stopp", "stop_task")
    second = FormDriver(contact=contact)
    await second.say("fortsett", "resume")
    assert second.answers["part"] == "girhus"


async def test_asking_for_a_person_in_the_form_leaves_it_open_and_it_goes_on_meanwhile(house: House) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud", "place_order")
    await form.say("pumpehus")
    said = await form.say("kan jeg få snakke med noen", "human")
    assert form.hand_over == "asked"
    assert "Mens du venter" in said
    assert "Har du tegning" in said
    assert form.answers["part"] == "pumpehus"


async def _to_name(form: FormDriver) -> None:
    await form.say("quote please", "place_order")
    await form.say("bracket")
    await form.say("no", "deny")
    for entities in ({"alloy": "CC491K"}, {"quantity": 40}, {"weight": 3.0}, {"week": "2027-W20"}):
        await form.say("x", **entities)
    await form.say("no", "deny")
    assert form.question == "name"


@pytest.mark.parametrize(
    ("text", "intent", "entities"),
    [
        ("what do you charge normally?", "price", {}),
        ("yes", "affirm", {}),
        ("thx", "thanks", {}),
        ("whats the density", "alloy_property", {"property": ("density", {"start": 10, "end": 17})}),
        ("continue", "inform", {"resume": True}),
        ("make it 60", "inform", {"number": (60.0, {"start": 8, "end": 10})}),
    ],
)
async def test_a_name_is_a_name(house: House, text: str, intent: str, entities: dict[str, object]) -> None:
    form = FormDriver("en")
    await _to_name(form)
    await form.say(text, intent, 0.6, **entities)
    assert "name" not in form.answers
    await form.say("my name is John Smith, Acme")
    assert form.answers["name"] == "John Smith, Acme"


async def test_a_lone_number_corrects_the_quantity_when_words_are_asked_for(house: House) -> None:
    form = FormDriver("en")
    await _to_name(form)
    said = await form.say("make it 60", number=(60.0, {"start": 8, "end": 10}))
    assert "Changed: quantity 60 pcs" in said
    assert form.answers["quantity"] == 60


async def test_what_is_not_wanted_is_left_out(house: House) -> None:
    form = FormDriver("en")
    await _to_name(form)
    text = "RG7 instead of RG5"
    form.slots["question"] = "alloy"
    message = {
        "text": text,
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [
            {"entity": "alloy", "value": "CC493K", "start": 0, "end": 3},
            {"entity": "alloy", "value": "CC491K", "start": 15, "end": 18},
        ],
    }
    await form._run(message)
    assert form.answers["alloy"] == "CC493K"


async def test_a_bad_address_says_what_is_wrong_and_asks_and_then_offers_a_person(house: House) -> None:
    form = FormDriver("en")
    await _to_name(form)
    await form.say("John Smith")
    first = await form.say("john@acme")
    assert "does not look right" in first
    assert first.endswith("?")
    await form.say("none of your business", "deny")
    assert form.hand_over == "not_understood"
    assert "Contact: 912 34 567" in await form.say("912 34 567", phone="+4791234567")


async def test_a_question_at_the_read_back_does_not_send(house: House) -> None:
    form = FormDriver("en")
    await _to_name(form)
    await form.say("John Smith")
    await form.say("j@acme.example", email="j@acme.example")
    again = await form.say("whats its tensile strength", "alloy_property", 0.83)
    assert "Shall I send" in again
    assert "Part:" not in again
    await form.say("is it ok for food", "affirm", application="food")
    assert not _cases(house)
    await form.say("send it", "affirm")
    assert len(_cases(house)) == 1


async def test_a_list_of_parts_is_kept_whole(house: House) -> None:
    form = FormDriver("en")
    text = "2 quotes:\n40 pcs housing RG5 12 kg\n20 pcs bracket LM25 3 kg"
    form.events.append({"event": "user", "text": text})
    spans = [("quantity", 40, "40 pcs"), ("alloy", "CC491K", "RG5"), ("weight", 12.0, "12 kg")]
    spans += [("quantity", 20, "20 pcs"), ("alloy", "EN AC-42000", "LM25"), ("weight", 3.0, "3 kg")]
    entities = [
        {"entity": name, "value": value, "start": text.index(words), "end": text.index(words) + len(words)}
        for name, value, words in spans
    ]
    intent = {"name": "place_order", "confidence": 0.9}
    await form._run({"text": text, "intent": intent, "entities": entities})
    assert "20 pcs bracket LM25 3 kg" in form.answers["part"]
    assert form.slots["answers"]["quote_request"]["quantity"]["reply"] == "utter_line_listed"
    assert form.question == "drawing"


async def test_a_price_asked_by_a_stranger_is_a_request_from_the_first_word(house: House) -> None:
    form = FormDriver("en")
    await form.say("price?", "price")
    assert "Noted: alloy RG5" in await form.say("RG5", alloy="CC491K")
    assert form.slots["task"] == "quote_request"


async def test_cancel_alone_stops_the_questions_and_an_order_number_cancels_the_order(house: House) -> None:
    form = FormDriver("en")
    await _to_name(form)
    await form.say("cancel", "cancel_order")
    assert form.question is None
    form = FormDriver("en")
    await _to_name(form)
    await form.say("please cancel SO-30417", "cancel_order", order_no="SO-30417")
    assert form.slots["task"] == "cancel_order"


async def test_a_name_with_a_metal_in_it_asks_for_no_alloy(house: House) -> None:
    form = FormDriver()
    await _to_name(form)
    text = "Kari Lund, Norsk Bronse AS"
    options = {"options": ["CC491K", "CC480K"], "start": 17, "end": 23}
    said = await form.say(text, alloy_group=("bronze", options))
    assert "e-post" in said.lower()
    assert form.answers["name"] == text
    assert form.answers["alloy"] == "CC491K"


async def test_a_new_wish_is_not_mixed_with_an_old_one(house: House) -> None:
    contact = ("demo-kari", _customer(house, "demo-kari"))
    first = FormDriver(contact=contact)
    await first.say("40 til av lagerringen", "reorder")
    await first.say("stopp", "stop_task")
    second = FormDriver(contact=contact)
    read_back = await second.say("12 pumpehus til", "reorder", quantity=12)
    assert "Pumpehus FP-2040" in read_back
    assert "12 stk" in read_back
    assert "lagerringen" not in read_back


async def test_the_temper_is_kept_with_the_alloy(house: House) -> None:
    form = FormDriver("en")
    await form.say("quote please", "place_order")
    await form.say("bracket")
    await form.say("no", "deny")
    await form.say("LM25 in T6", alloy=("EN AC-42000", {"start": 0, "end": 4}), temper=("T6", {"start": 8, "end": 10}))
    assert form.slots["answers"]["quote_request"]["alloy"]["temper"] == "T6"


def _customer(house: House, contact_id: str) -> str:
    from actions.production.contacts import contact

    found = contact(house.production, contact_id)
    assert found
    return found.customer_id


async def test_one_word_behind_a_whole_name_is_the_firm(house: House) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud på 20 lokk", "place_order")
    await form.say("Kari Berg, Fossen, kari@fossen.example")
    known = form.slots["answers"]["quote_request"]["name"]
    assert (known["person"], known["company"]) == ("Kari Berg", "Fossen")


async def test_a_number_that_should_be_another_is_that_one(house: House) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud på 40 lokk", "place_order")
    await form.say("nei, og to av dem skal maskineres, 40 var feil, skal være 44")
    assert form.slots["answers"]["quote_request"]["quantity"]["value"] == 44
