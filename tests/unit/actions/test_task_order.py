"""Orders, call-offs, quotations, prices and papers in the form: what the database says, and which rows come of it."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from actions.house import House
from actions.production.contacts import contact
from bot.cases.models import Case, Outbox
from bot.conversations.models import Upload
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


async def test_an_order_is_stored_with_its_hold_once(house: House) -> None:
    form = _form(house, "demo-kari")
    read_back = await form.say("40 pumpehus til", "reorder", quantity=40)
    assert "8 930,00 NOK" in read_back
    before = dict(form.slots)
    assert "mottatt" in await form.say("ja", "affirm")
    # The answer was lost and the message comes again: the same case.
    form.slots, form.active = before, True
    await form.say("ja", "affirm")
    (case,) = _cases(house)
    (handed,) = _handed_over(house)
    assert case.kind == "reorder"
    assert handed["kind"] == "order"
    assert handed["payload"]["quantity"] == 40
    assert handed["payload"]["hold"]["shares"]
    assert "930,00 NOK" in case.wording


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
