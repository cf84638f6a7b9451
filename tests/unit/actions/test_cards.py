"""Cards hold what the text says, in the customer's language, and nothing else."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.alloys.comparison import AlloyComparison
from actions.orders.order_list import OrderList
from actions.orders.status import OrderStatus
from actions.plan.capacity import Capacity
from actions.production.contacts import contact
from actions.production.demo.notable import NOTABLE
from actions.turns.handler import Handler, answer_as
from actions.turns.house import House
from actions.turns.turn import Turn
from bot.common import clock, settings
from bot.common.signing import sign_identity
from bot.engine.nlg import SmeltReplies
from tests.unit.actions.driver import FormDriver

TODAY = dt.date(2027, 3, 1)
LANGUAGES = ("nb", "en")


@pytest.fixture(autouse=True)
def first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=TODAY))


async def _answer(
    house: House, handler: Handler, language: str, who: str | None = None, *entities: dict[str, Any], text: str = "?"
) -> tuple[str, dict[str, Any] | None]:
    """Text and card as the engine renders them."""
    metadata = {}
    if who:
        person = contact(house.production, who)
        assert person
        metadata["identity"] = sign_identity(person.contact_id, person.customer_id, "sign_in", "cards")
    message = {"text": text, "intent": {"name": handler.intent}, "entities": list(entities), "metadata": metadata}
    dispatcher = CollectingDispatcher()
    turn = Turn(Tracker("cards", {"language": language}, message, [], False, None, {}, None), dispatcher)
    await answer_as(turn, handler.intent)
    turn.send()
    (sent,) = dispatcher.messages
    tracker = DialogueStateTracker.from_events("cards", [])
    rendered = await SmeltReplies().generate(sent["response"], tracker, "smelt", **{"language": language, **sent})
    assert rendered
    return str(rendered["text"]), (rendered.get("custom") or {}).get("card")


def _words(card: Any) -> Iterator[str]:
    if isinstance(card, dict):
        assert "reply" not in card
        for each in card.values():
            yield from _words(each)
    elif isinstance(card, list):
        for each in card:
            yield from _words(each)
    elif isinstance(card, str):
        yield card


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order", NOTABLE, ids=lambda order: order.order_no)
async def test_every_kind_of_order_has_a_card_that_says_what_the_text_says(
    house: House, language: str, order: Any
) -> None:
    named = {"entity": "order_no", "value": order.order_no, "start": 0, "end": 0}
    text, card = await _answer(house, OrderStatus(), language, order.contact_id, named)
    assert card
    assert (card["type"], card["order_no"]) == ("order", order.order_no)
    folded = text.casefold()
    assert card["title"].split(",")[0].casefold() in folded
    for date in card["dates"]:
        unknown = date["value"] in ("ikke bekreftet", "not confirmed")
        assert unknown or date["value"].casefold() in folded, (date, text)
    states = [step["state"] for step in card["steps"]]
    assert states == sorted(states, key=("done", "now", "late", "todo").index)
    assert not states or states[-1] == "done" or sum(state in ("now", "late") for state in states) == 1
    assert len({step["label"] for step in card["steps"]}) == len(states)
    late = "beklager" in folded or "sorry" in folded
    assert not late or "late" in states or len(card["dates"]) > 1, (states, text)


async def test_a_hidden_reason_stays_hidden_in_the_card(house: House) -> None:
    named = {"entity": "order_no", "value": "SO-30403", "start": 0, "end": 0}
    text, card = await _answer(house, OrderStatus(), "nb", "demo-kari", named)
    assert card
    assert card["note"] in text
    assert "kapasitet" not in " ".join(_words(card)).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_list_of_orders_is_a_table_of_the_same_rows(house: House, language: str) -> None:
    text, card = await _answer(house, OrderList(), language, "demo-kari")
    assert card
    assert card["title"] == text.splitlines()[0]
    assert len(card["rows"]) == 10
    assert all(len(row) == len(card["columns"]) for row in card["rows"])
    assert all(row[0] in text for row in card["rows"])


async def test_a_stranger_gets_no_card_about_orders(house: House) -> None:
    for handler in (OrderStatus(), OrderList()):
        named = {"entity": "order_no", "value": "SO-30417", "start": 0, "end": 0}
        _, card = await _answer(house, handler, "nb", None, named)
        assert card is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_compared_alloys_are_columns_with_the_figures_of_the_text(house: House, language: str) -> None:
    alloys = [{"entity": "alloy", "value": name, "start": 0, "end": 0} for name in ("CC491K", "CC333G", "CC499K")]
    text, card = await _answer(house, AlloyComparison(), language, None, *alloys)
    assert card
    assert len(card["columns"]) == 4
    assert all(len(row) == 4 for row in card["rows"])
    told = "oppgis ikke ennå", "not told yet"
    for row in card["rows"]:
        for cell in row[1:]:
            assert cell in told or cell.casefold() in text.casefold(), (cell, text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_coming_weeks_are_a_capacity_card_without_the_bottleneck(house: House, language: str) -> None:
    text, card = await _answer(house, Capacity(), language)
    assert card
    assert card["type"] == "capacity"
    assert {week["level"] for week in card["weeks"]} <= {"good", "limited", "full", "closed", "unknown"}
    for week in card["weeks"]:
        assert week["text"]
        assert week["text"] in text, (week, text)
        assert week["label"].casefold() in text.casefold()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_request_that_is_read_back_is_a_card_to_confirm(house: House, language: str) -> None:
    form = FormDriver(language)
    await form.say("what went wrong", "complaint")
    await form.say("SO-30417", order_no="SO-30417")
    await form.say("10", quantity=10)
    await form.say("yesterday on the machine")
    await form.say("no", "deny")
    await form.say("new parts")
    await form.say("Kim Berg")
    text = await form.say("kim@firma.example", email="kim@firma.example")
    sent = next(event["metadata"] for event in reversed(form.events) if event["event"] == "bot")
    tracker = DialogueStateTracker.from_events("cards", [])
    rendered = await SmeltReplies().generate("utter_read_back", tracker, "smelt", **{"language": language, **sent})
    assert rendered
    card = rendered["custom"]["card"]
    assert (card["type"], card["confirm"]) == ("request", True)
    for line in card["lines"]:
        assert f"{line['label']}: {line['value']}" in text
