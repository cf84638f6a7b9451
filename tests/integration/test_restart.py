"""Any of the four processes may be killed: it is started again, and the conversation goes on in both languages."""

import asyncio
import time

import psutil
import pytest

from tests.integration.talking import Customer
from tests.stack import Stack

QUESTIONS = {
    "nb": ("hvilken strekkfasthet har RG5?", "har dere ledig kapasitet i uke 20?", "hvor er ordre SO-30417?"),
    "en": ("what is the tensile strength of RG5?", "have you got room in week 20?", "where is order SO-30431?"),
}
CONTACTS = {"nb": "demo-kari", "en": "demo-anna"}
FOLLOW_UP = {"nb": "og i RG7?", "en": "and in RG7?"}
SECONDS = 60


@pytest.mark.parametrize("part", ["web", "engine", "actions", "worker"])
async def test_a_killed_process_comes_back_and_the_conversation_with_it(sqlite_assistant: Stack, part: str) -> None:
    sqlite_assistant.wait_healthy()
    customers = {language: Customer(sqlite_assistant, contact) for language, contact in CONTACTS.items()}
    before: dict[str, list[str]] = {}
    for language, customer in customers.items():
        await customer.connect()
        await customer.open(language=language)
        before[language] = [await customer.ask_for(question) for question in QUESTIONS[language]]
        before[language].append(await customer.ask_for(QUESTIONS[language][0]))
    old = sqlite_assistant.process_of(part)
    old.kill()
    await _started_again(sqlite_assistant, part, old)
    for language, customer in customers.items():
        session, count = customer.session, len(QUESTIONS[language])
        await customer.come_back()
        assert customer.session == session, "the same conversation"
        history = customer.heard["history"][-1]["messages"]
        assert [one["text"] for one in history if one["direction"] == "in"][:count] == list(QUESTIONS[language])
        follow_up = await customer.ask_for(FOLLOW_UP[language])
        assert "CC493K" in follow_up, "the subject is remembered"
        assert "MPa" in follow_up
        # Sources and provisos are told once, the facts each time.
        again = [await customer.ask_for(question) for question in QUESTIONS[language]]
        assert [told.splitlines()[0] for told in again] == [told.splitlines()[0] for told in before[language][:count]]
        await customer.socket.disconnect()


async def _started_again(stack: Stack, part: str, old: psutil.Process) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if stack.process_of(part).pid != old.pid:
                break
        except (AssertionError, psutil.NoSuchProcess):
            pass
        await asyncio.sleep(0.1)
    await asyncio.to_thread(stack.wait_healthy, SECONDS)
    assert stack.process_of(part).pid != old.pid
