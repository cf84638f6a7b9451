"""Parts of the whole assistant taken away under a running talk with a person: the person still answers, nothing is lost."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.common.signing import read_conversation
from bot.store.database import connect
from bot.store.talk import messages
from tests.integration.desk_rig import DeskClient, session_for, staff_member
from tests.integration.outages import OUTAGES
from tests.integration.talking import Customer
from tests.stack import Stack

#: A person needs neither engine, actions, worker nor the production database to answer.
WITHOUT = [name for name in OUTAGES if not name.startswith("own database")]


@pytest.fixture(params=["sqlite", "postgres"])
def assistant(request: pytest.FixtureRequest) -> Stack:
    stack: Stack = request.getfixturevalue(f"{request.param}_assistant")
    stack.wait_healthy()
    return stack


def desk_of(stack: Stack, own: Engine, name: str) -> DeskClient:
    return DeskClient(stack.url, session_for(own, staff_member(own, name)))


async def call(desk: DeskClient, path: str, body: Any = None) -> Any:
    return await asyncio.to_thread(desk.done, path, body)


async def hears(customer: Customer, words: str, seconds: float) -> None:
    """Wait until the customer is told this."""
    async with customer.news:
        await asyncio.wait_for(customer.news.wait_for(lambda: any(words in text for text in customer.texts())), seconds)


@pytest.mark.parametrize("outage", WITHOUT)
async def test_a_person_answers_whatever_else_is_away(assistant: Stack, outage: str) -> None:
    own = connect(assistant.database("own"))
    customer = Customer(assistant, "demo-kari")
    await customer.connect()
    await customer.open(language="nb")
    await customer.ask_for("hvilken strekkfasthet har RG5?")
    conversation = read_conversation(customer.session)
    assert conversation
    desk = desk_of(assistant, own, f"Siri{time.monotonic_ns()}")
    with OUTAGES[outage](assistant):
        began = time.monotonic()
        await call(desk, f"/conversations/{conversation}/take-over")
        acknowledged = await customer.send("er det noen der?", client_id="there")
        assert acknowledged["ok"]
        await call(desk, f"/conversations/{conversation}/reply", {"text": "Ja, jeg er her.", "client_id": "r1"})
        await hears(customer, "Ja, jeg er her.", 5)
        assert time.monotonic() - began < 10
        seen = await asyncio.to_thread(desk.read, f"/conversations/{conversation}")
        assert [one["text"] for one in seen["messages"] if one["author"] in ("customer", "person")] == [
            "hvilken strekkfasthet har RG5?", "er det noen der?", "Ja, jeg er her.",
        ]  # fmt: skip
        await call(
            desk, f"/conversations/{conversation}/hand-back",
            {"settled": "Kunden vet nok om RG5", "request": "none", "answers": {}},
        )  # fmt: skip
    await asyncio.to_thread(assistant.wait_healthy)
    await hears(customer, "Kunden vet nok om RG5", 60)
    assert "CC493K" in await customer.ask_for("og i RG7?"), "the assistant goes on where it was"
    stored, _ = messages.history(own, conversation, 0)
    said = [one.text for one in stored]
    assert len(said) == len(set(said)), "nothing twice"
    await customer.socket.disconnect()
    own.dispose()


async def test_with_its_own_database_away_everybody_is_told(assistant: Stack) -> None:
    own = connect(assistant.database("own"))
    customer = Customer(assistant)
    await customer.connect()
    await customer.open(language="nb")
    await customer.ask_for("hei")
    conversation = read_conversation(customer.session)
    desk = desk_of(assistant, own, f"Siri{time.monotonic_ns()}")
    await call(desk, f"/conversations/{conversation}/take-over")
    own.dispose()
    with OUTAGES["own database away"](assistant):
        began = time.monotonic()
        answer = await asyncio.to_thread(
            desk.post, f"/conversations/{conversation}/reply", {"text": "hei", "client_id": "r1"}
        )
        assert answer.status_code == 503
        assert time.monotonic() - began < 5
    await asyncio.to_thread(assistant.wait_healthy)
    await call(desk, f"/conversations/{conversation}/reply", {"text": "hei igjen", "client_id": "r1"})
    await hears(customer, "hei igjen", 10)
    await customer.socket.disconnect()
