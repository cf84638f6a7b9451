"""The turn contract on the running assistant: a part is taken away before every step of one conversation.

The customer hears a clear word within five seconds, nothing they wrote is lost, everything is answered once its part
is back, in the same conversation, and one case stands at the end.
"""

import time
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from bot.common.clock import utcnow
from bot.store.cases.models import Case, Heartbeat
from bot.store.database import connect, reading, writing
from bot.store.models import Message
from bot.web.health import WORKER_SECONDS
from tests.integration.outages import OUTAGES, killed, stopped
from tests.integration.talking import Customer, case_number, question_in
from tests.stack import Stack

#: What a customer answers to each question the form may ask.
ANSWERS = {
    "part": "pumpehus, tegning 4711-B", "alloy": "RG5", "quantity": "40 stk", "weight": "38 kg", "delivery": "uke 22",
    "drawing": "nei", "name": "Kari Hansen, Fjord Test AS", "confirmation": "ja",
}  # fmt: skip
#: Taken in turn, one before each step; the engine, which takes longest to come back, at the steps named below.
IN_TURN = (
    "actions stopped", "production database away", "own database away", "tracker database away", "actions killed",
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def assistant(request: pytest.FixtureRequest) -> Stack:
    """The assistant on each kind of database."""
    name = "sqlite_assistant" if request.param == "sqlite" else "postgres_assistant"
    stack: Stack = request.getfixturevalue(name)
    stack.wait_healthy()
    return stack


def outages(first: int) -> Iterator[str]:
    """The outages in turn, each kind of database beginning with another, the engine killed at the fifth step."""
    number = 0
    while True:
        yield "engine killed" if number == 4 else IN_TURN[(first + number) % len(IN_TURN)]
        number += 1


@pytest.mark.timeout(300)
async def test_whatever_is_away_before_a_step_the_conversation_ends_in_one_case(assistant: Stack) -> None:
    mail = f"kari.{uuid.uuid4().hex[:8]}@fjord-test.example"
    away = outages(0 if assistant.database("own").startswith("sqlite") else 3)
    told: list[str] = []

    async with Customer(assistant) as customer:
        await customer.open(language="nb")

        async def step(message: str) -> str:
            outage = next(away)
            told.append(f"[{outage}] {message}")
            answer = await customer.ask_for(message, OUTAGES[outage])
            told.append(f"    {answer}")
            return answer

        assert await step("hei")
        assert "MPa" in await step("hvilken strekkfasthet har RG5?")
        assert "uke 20" in await step("har dere ledig kapasitet i uke 20?")
        answer = await step("jeg vil gjerne ha et tilbud")
        for _ in range(15):
            question = question_in(answer, "nb")
            if question is None:
                break
            answer = await step({**ANSWERS, "email": mail, "reach": mail}.get(question, "vet ikke"))
    number = case_number(answer)
    assert number, "\n".join(told)
    _one_case_and_every_message_answered(assistant, mail, number, told)


def _one_case_and_every_message_answered(assistant: Stack, mail: str, number: str, told: list[str]) -> None:
    own = connect(assistant.database("own"))
    with reading(own) as session:
        cases = list(session.scalars(select(Case).where(Case.email == mail)))
        assert [case.case_no for case in cases] == [number], "\n".join(told)
        assert cases[0].kind == "quote_request"
        rows = list(session.scalars(select(Message).where(Message.conversation_id == cases[0].conversation_id)))
    own.dispose()
    assert len({row.seq for row in rows}) == len(rows)
    asked = sorted((row for row in rows if row.direction == "in"), key=lambda row: row.seq)
    assert [line.partition("] ")[2] for line in told[::2]] == [row.text for row in asked]
    assert {row.state for row in asked} == {"answered"}
    for row in asked:
        said = [one.text for one in rows if one.in_reply_to == row.id and one.author == "assistant"]
        assert said, f"{row.text}: no answer"
        assert len(said) == len(set(said)), f"{row.text}: answered twice, {said}"


async def test_two_requests_in_one_message_are_both_answered_after_an_outage(sqlite_assistant: Stack) -> None:
    """The first is answered from the catalogue, the second needs the database that is away."""
    async with Customer(sqlite_assistant) as customer:
        await customer.open(language="nb")
        both = "Hvilken strekkfasthet har RG5? Og har dere ledig kapasitet i uke 20?"
        answer = await customer.ask_for(both, OUTAGES["production database away"])
    assert "MPa" in answer
    assert "uke 20" in answer


async def test_a_question_asked_of_a_stuck_engine_is_answered_when_it_moves_again(sqlite_assistant: Stack) -> None:
    async with Customer(sqlite_assistant) as customer:
        await customer.open(language="en")
        assert "MPa" in await customer.ask_for("what is the tensile strength of RG5?", OUTAGES["engine stopped"])
        assert len([one for one in customer.heard["bot_uttered"] if "MPa" in one["text"]]) == 1


@pytest.mark.parametrize(
    ("outage", "named"),
    [
        ("actions stopped", {"actions"}),
        ("engine stopped", {"engine"}),
        ("production database away", {"production"}),
        # The tracker store is the engine's own: without it the engine is not ready.
        ("tracker database away", {"engine"}),
        # Who lives is written in the own database.
        ("own database away", {"database", "worker"}),
    ],
)
def test_health_names_what_is_missing(sqlite_assistant: Stack, outage: str, named: set[str]) -> None:
    sqlite_assistant.wait_healthy()
    with OUTAGES[outage](sqlite_assistant):
        assert _missing(sqlite_assistant, named) == named
    sqlite_assistant.wait_healthy()


def test_health_names_a_worker_that_gives_no_sign_of_life(sqlite_assistant: Stack) -> None:
    sqlite_assistant.wait_healthy()
    own = connect(sqlite_assistant.database("own"))
    with stopped("worker", sqlite_assistant):
        time.sleep(0.1)
        with writing(own) as session:  # the wait of half a minute
            long_ago = utcnow().replace(year=utcnow().year - 1)
            session.execute(update(Heartbeat).where(Heartbeat.process == "worker").values(at=long_ago))
        assert WORKER_SECONDS < 60
        assert _missing(sqlite_assistant, {"worker"}) == {"worker"}
    own.dispose()
    sqlite_assistant.wait_healthy()


def test_health_of_a_killed_web_process_is_silence_and_then_well(sqlite_assistant: Stack) -> None:
    with killed("web", sqlite_assistant):
        assert sqlite_assistant.health() == {}
    sqlite_assistant.wait_healthy()


def _missing(stack: Stack, expected: set[str], seconds: float = 5) -> set[str]:
    """What ``/health`` names, as soon as it is what is expected, else after a while."""
    until = time.monotonic() + seconds
    while True:
        missing = set(stack.health().get("missing", []))
        if missing == expected or time.monotonic() > until:
            return missing
        time.sleep(0.2)
