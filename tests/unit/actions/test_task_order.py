"""Orders, call-offs, quotations, prices and papers in the form: what the database says, and which rows come of it."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from actions.production.contacts import contact
from actions.turns.house import House
from bot.common import clock, settings
from bot.store.cases.models import Case, Outbox
from bot.store.models import Upload
from tests.unit.actions.driver import FormDriver


def _form(house: House, contact_id: str, language: str = "nb") -> FormDriver:
    person = contact(house.production, contact_id)
    assert person
    return FormDriver(language, contact=(person.contact_id, person.customer_id))


def _cases(house: House) -> list[Case]:
    with Session(house.own) as session:
        return list(session.scalars(select(Case)))


def _handed_over(house: House) -> list[dict[str, Any]]:
    with Session(house.own) as session:
        return [entry.payload for entry in session.scalars(select(Outbox).where(Outbox.kind == "intake"))]


@pytest.fixture
def plant_change(house: House) -> Any:
    """Statements on the plant that are undone afterwards: the plant is shared."""
    undo: list[str] = []

    def change(statement: str, back: str) -> None:
        undo.append(back)
        _run(house, statement)

    yield change
    for statement in undo:
        _run(house, statement)


def _run(house: House, statement: str) -> None:
    with house.production.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the plant."""
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


async def test_an_order_is_stored_with_its_hold_once(house: House) -> None:
    form = _form(house, "demo-kari")
    read_back = await form.say("40 pumpehus til", "reorder", quantity=40)
    assert "8 930,00 NOK" in read_back
    before = dict(form.slots)
    assert "mottatt" in await form.say("ja", "affirm")
    # The answer was lost and the message comes again: the same case.
    form.slots = before
    await form.say("ja", "affirm")
    (case,) = _cases(house)
    (handed,) = _handed_over(house)
    assert case.kind == "reorder"
    assert handed["kind"] == "order"
    assert handed["payload"]["quantity"] == 40
    assert handed["payload"]["hold"]["shares"]
    assert "930,00 NOK" in case.wording


@pytest.mark.parametrize(("language", "asked"), [("nb", "Skal jeg sende"), ("en", "Shall I send")])
@pytest.mark.parametrize("yes", ["ja", "yes, send it", "/affirm"])
async def test_a_yes_to_something_that_was_said_since_the_read_back_sends_nothing(
    house: House, yes: str, language: str, asked: str
) -> None:
    form = _form(house, "demo-kari", language)
    await form.say("bestill 40 FP-2040", "place_order", quantity=40, part_no="FP-2040")
    form.metadata = {"after_answer": False}
    again = await form.say(yes, "affirm")
    assert asked in again
    assert "8" not in again, "it is not read out once more"
    assert _cases(house) == []
    form.metadata = {"after_answer": True}
    await form.say(yes, "affirm")
    assert len(_cases(house)) == 1


@pytest.mark.parametrize(
    ("language", "question", "asked"),
    [("nb", "hva koster de?", "Skal jeg sende"), ("en", "what do they cost?", "Shall I send")],
)
async def test_a_price_asked_before_the_yes_does_not_read_everything_back(
    house: House, language: str, question: str, asked: str
) -> None:
    form = _form(house, "demo-kari", language)
    await form.say("bestill 40 FP-2040", "place_order", quantity=40, part_no="FP-2040")
    said = await form.say(question, "price")
    assert said.count("NOK") == 1
    assert asked in said
    await form.say("ja", "affirm")
    assert len(_cases(house)) == 1


async def test_a_yes_to_a_price_that_has_changed_sends_nothing(house: House, plant_change: Any) -> None:
    form = _form(house, "demo-kari")
    await form.say("bestill 40 FP-2040", "place_order", quantity=40, part_no="FP-2040")
    plant_change(
        "update price set price_minor = price_minor + 5000 where product_id = 'P-1001'",
        "update price set price_minor = price_minor - 5000 where product_id = 'P-1001'",
    )
    again = await form.say("ja", "affirm")
    assert "endret seg" in again
    assert "8 980,00 NOK" in again
    assert _cases(house) == []
    assert "mottatt" in await form.say("ja", "affirm")


async def test_a_right_taken_away_before_the_yes_counts(house: House, plant_change: Any) -> None:
    form = _form(house, "demo-kari")
    await form.say("bestill 40 FP-2040", "place_order", quantity=40, part_no="FP-2040")
    plant_change(
        "update contact set may_order = 0 where id = 'demo-kari'",
        "update contact set may_order = 1 where id = 'demo-kari'",
    )
    assert "ikke registrert" in await form.say("ja", "affirm")
    assert _cases(house) == []


async def test_a_stranger_who_proves_who_they_are_gets_their_own_part(house: House) -> None:
    form = FormDriver()
    assert "vite hvem du er" in await form.say("40 pumpehus til", "reorder", quantity=40)
    form.contact = _form(house, "demo-kari").contact
    said = await form.told_by_web(kind="proved")
    assert "FP-2040" in said
    assert "40 stk" in said
    assert "8 930,00 NOK" in said


async def test_the_revision_is_asked_about_once_and_then_quoted(house: House) -> None:
    form = _form(house, "demo-kari")
    said = await form.say("25 av FP-2040 rev. D", "place_order", quantity=25, part_no="FP-2040")
    assert "er C" in said
    assert form.offered[:2] == ["Revisjon C, som frigitt", "Revisjon D, som tilbudsforespørsel"]
    again = await form.say("FP-2040 rev. D", part_no="FP-2040")
    assert "Revisjon D er ikke den frigitte" in again


async def test_a_paper_is_the_very_file(house: House, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from actions.production.demo import write_papers
    from bot.common.settings import settings

    monkeypatch.setenv("SMELT_DOCUMENTS_DIR", str(tmp_path / "papers"))
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    write_papers(house.production, tmp_path / "papers")
    form = _form(house, "demo-hanne")
    said = await form.say("3.1 for SO-30412", "order_document", order_no="SO-30412", certificate="3.1")
    assert "slik det ble utstedt" in said
    with Session(house.own) as session:
        (upload,) = session.scalars(select(Upload))
    issued = next((tmp_path / "papers").glob("SO-30412-certificate-3.1*"))
    assert (tmp_path / "uploads" / upload.id).read_bytes() == issued.read_bytes()
    assert upload.direction == "out"
    assert "viser priser" in await form.say("faktura på SO-30412", "order_document", order_no="SO-30412")
    settings.cache_clear()


async def test_prices_are_only_for_those_who_may_see_them(house: House) -> None:
    seen = await _form(house, "demo-kari").say("pris på 50 FP-2040", "price", quantity=50, part_no="FP-2040")
    hidden = await _form(house, "demo-hanne").say("pris på 50 FP-2040", "price", quantity=50, part_no="FP-2040")
    other = await _form(house, "demo-jens").say("pris på 50 FP-2040", "price", quantity=50, part_no="FP-2040")
    assert "8 930,00 NOK" in seen
    assert "NOK" not in hidden + other


async def test_a_price_question_in_another_task_is_answered_and_the_task_goes_on(house: House) -> None:
    form = _form(house, "demo-kari")
    await form.say("jeg vil avbestille", "cancel_order")
    said = await form.say("hva koster 50 FP-2040?", "price", quantity=50, part_no="FP-2040")
    assert "8 930,00 NOK" in said
    assert "Hvilken ordre" in said
    assert form.slots["task"] == "cancel_order"


async def test_a_word_that_turns_the_decision_round_sends_nothing(house: House) -> None:
    form = _form(house, "demo-anna", "en")
    assert "we decline" in await form.say("we decline T-5006", "cancel_order", quotation_no="T-5006")
    assert "we accept" in await form.say("accept it", "affirm")
    assert "we decline" in await form.say("no, reject it", "affirm")
    assert _cases(house) == []
    await form.say("yes", "affirm")
    (handed,) = _handed_over(house)
    assert handed["kind"] == "decline_quotation"


@pytest.mark.parametrize(
    ("language", "wish", "time", "last", "words"),
    [
        ("nb", "40 pumpehus til, levering i juni", "juni 2027", "2027-06-30", "juni"),
        ("nb", "40 pumpehus til, levering i slutten av mai", "slutten av mai 2027", "2027-05-31", "i slutten av mai"),
        ("en", "40 more pump housings, delivery Q3", "Q3 2027", "2027-09-30", "Q3"),
        ("en", "40 more pump housings in early August", "early August 2027", "2027-08-10", "in early August"),
    ],
)
async def test_the_last_day_of_a_span_and_its_words_are_handed_over(
    house: House, first_of_march: None, language: str, wish: str, time: str, last: str, words: str
) -> None:
    form = _form(house, "demo-kari", language)
    read_back = await form.say(wish, "reorder")
    assert f": {time}" in read_back
    assert not any(late in read_back for late in ("senere enn", "later than"))
    await form.say("ja", "affirm")
    (wanted,) = _handed_over(house)
    assert (wanted["payload"]["wanted"], wanted["payload"]["wanted_words"]) == (last, words)


async def test_lots_are_handed_over_with_the_last_day_of_each(house: House, first_of_march: None) -> None:
    form = _form(house, "demo-kari")
    assert "60 stk" in await form.say("vi trenger P-1001 igjen, 3 x 20 stk i juni, september og uke 50", "reorder")
    await form.say("ja", "affirm")
    (wanted,) = _handed_over(house)
    lots = [(each["quantity"], each["wanted"], each["wanted_words"]) for each in wanted["payload"]["lots"]]
    assert lots == [
        (20, "2027-06-30", "juni: 20 stk"),
        (20, "2027-09-30", "september: 20 stk"),
        (20, "2027-12-17", "uke 50: 20 stk"),
    ]


@pytest.mark.parametrize(
    ("contact_id", "part", "language", "correction"),
    [
        ("demo-kari", "FP-2040", "nb", "ja men 60"),
        ("demo-erik", "VV-118-2", "nb", "hellre 60"),
        ("demo-katrin", "WP6612", "en", "lieber 60"),
        ("demo-anna", "HM3302", "en", "yes 60"),
    ],
)
@pytest.mark.parametrize("meaning", ["affirm", "deny"])
async def test_a_figure_at_the_read_back_corrects_whatever_it_sounds_like(
    house: House, contact_id: str, part: str, language: str, correction: str, meaning: str
) -> None:
    form = _form(house, contact_id, language)
    await form.say(f"40 {part}", "reorder", quantity=40, part_no=part)
    assert " 60 " in (await form.say(correction, meaning)).replace("\xa0", " ")
    assert _cases(house) == []


@pytest.mark.parametrize(
    ("language", "wish", "reason", "back"),
    [
        ("nb", "30 propellnav til, men i RG5 denne gangen", "annen legering", "la legeringen være som før"),
        ("en", "30 more propeller hubs but in RG5 this time", "another alloy", "leave the alloy as it is then"),
    ],
)
async def test_another_alloy_is_quoted_and_never_ordered(
    house: House, language: str, wish: str, reason: str, back: str
) -> None:
    form = _form(house, "demo-anna", language)
    said = await form.say(wish, "reorder")
    assert reason in said
    assert "RG5" in said
    assert reason not in await form.say(back, "inform")
    await form.say("ja", "affirm")
    (handed,) = _handed_over(house)
    assert handed["kind"] == "order"
    assert handed["payload"]["alloy_asked"] is None


async def test_the_alloy_the_part_has_anyway_changes_nothing(house: House) -> None:
    form = _form(house, "demo-anna", "en")
    said = await form.say("30 more propeller hubs in AB2 please", "reorder")
    assert "Alloy" not in said
    assert "1,113.00 GBP" in said


@pytest.mark.parametrize(
    ("contact_id", "wish", "place"),
    [
        ("demo-kari", "40 pumpehus til, levering til Raufoss denne gangen", "Raufoss denne gangen"),
        ("demo-jens", "50 lejedæksler mere, leveres til vores værksted i Aalborg.", "vores værksted i Aalborg"),
        ("demo-anna", "30 more propeller hubs, ship to our yard in Hull", "our yard in Hull"),
        ("demo-kari", "40 pumpehus til, levering til uke 20", None),
        ("demo-kari", "40 pumpehus til, levert til oss i uke 20", None),
    ],
)
async def test_where_it_shall_go_is_read_back_and_handed_over(
    house: House, contact_id: str, wish: str, place: str | None
) -> None:
    form = _form(house, contact_id)
    said = await form.say(wish, "reorder")
    assert ("Leveres til" in said) == (place is not None)
    await form.say("ja", "affirm")
    (handed,) = _handed_over(house)
    assert handed["payload"]["deliver_to"] == place


async def test_the_place_told_later_is_no_question_for_the_stock(house: House) -> None:
    form = _form(house, "demo-erik")
    await form.say("36 ventilhus til", "reorder", quantity=36)
    said = await form.say("leverans till lagret i Göteborg", "inform")
    assert "Leveres til: lagret i Göteborg" in said
    assert "ligger" not in said


@pytest.mark.parametrize(
    ("contact_id", "language", "question", "wish"),
    [
        ("demo-jens", "nb", "hvad koster LK-77 hvis vi tager 200?", "ok så tager vi halvtreds"),
        ("demo-kari", "nb", "hva koster FP-2052 hvis vi tar 200?", "da tar vi femti"),
        ("demo-anna", "en", "what are HM1180 if we take 200?", "we'll take fifty then"),
    ],
)
@pytest.mark.parametrize("meaning", ["inform", "affirm"])
async def test_what_is_taken_after_a_price_is_ordered(
    house: House, contact_id: str, language: str, question: str, wish: str, meaning: str
) -> None:
    form = _form(house, contact_id, language)
    await form.say(question, "price")
    said = await form.say(wish, meaning)
    assert " 50 " in said.replace("\xa0", " ")
    assert form.question == "confirmation"
    assert _cases(house) == []


@pytest.mark.parametrize("meaning", ["inform", "change_order", "order_status"])
@pytest.mark.parametrize("wish", ["and 30 hubs too", "can you do 30 of the hubs as well"])
async def test_pieces_beside_what_was_talked_of_are_ordered(house: House, wish: str, meaning: str) -> None:
    form = _form(house, "demo-anna", "en")
    await form.say("where is SO-30432", "order_status", order_no="SO-30432")
    said = await form.say(wish, meaning)
    assert "Order: 30 pcs Propeller hub" in said
    assert form.question == "confirmation"


@pytest.mark.parametrize(
    ("language", "wish", "more", "both"),
    [
        ("en", "24 deck fittings", "and 30 hubs too", ("Deck fitting", "30 pcs Propeller hub")),
        ("nb", "24 båtbeslag", "og 30 propellnav i tillegg", ("Båtbeslag", "30 stk Propellnav")),
    ],
)
async def test_another_part_beside_is_added_and_replaces_nothing(
    house: House, language: str, wish: str, more: str, both: tuple[str, str]
) -> None:
    form = _form(house, "demo-anna", language)
    await form.say(wish, "reorder")
    said = await form.say(more, "inform")
    assert both[1] in said
    await form.say("ja", "affirm")
    (handed,) = _handed_over(house)
    assert [each["quantity"] for each in handed["payload"]["parts"]] == [24, 30]


async def test_a_wish_put_as_a_question_keeps_its_alloy(house: House) -> None:
    form = _form(house, "demo-anna", "en")
    said = await form.say("can you do two dozen of the deck fittings as well, in AB1 instead?", "change_order")
    assert "another alloy" in said
    assert "stock" not in said, "what lies there is of the old one"


async def test_six_figures_nobody_asked_for_are_no_pieces(house: House) -> None:
    form = _form(house, "demo-kari")
    await form.say("bestill 40 FP-2040", "place_order", quantity=40, part_no="FP-2040")
    await form.say("137968", "inform")
    assert form.answers["quantity"] == 40
