"""A stranger proves who they are to the whole assistant by mail, and gets the answer without asking again."""

import asyncio
import email
import email.policy
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.web.proof import MASK
from tests.integration.smtp_rig import code_in
from tests.integration.talking import Customer
from tests.stack import Stack

KARI = "kari.nordvik@fjellvik-pumper.example"


@pytest.fixture
def assistant(sqlite_assistant: Stack) -> Stack:
    sqlite_assistant.wait_healthy()
    return sqlite_assistant


def an_order(stack: Stack) -> str:
    """One of the customer's orders that is not delivered yet."""
    engine = create_engine(stack.database("production"))
    with engine.connect() as connection:
        order_no = connection.scalar(
            text(
                "SELECT order_no FROM v_order WHERE customer_id = 'C-1001' AND status = 'in_production' ORDER BY 1 DESC"
            )
        )
    engine.dispose()
    return str(order_no)


def newest_code(stack: Stack, already: set[Path], seconds: float = 30) -> str:
    until = time.monotonic() + seconds
    while not (new := set((stack.folder / "mail").glob("proof-*.eml")) - already):
        assert time.monotonic() < until, stack.log()
        time.sleep(0.1)
    message = email.message_from_bytes(new.pop().read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message["To"] == KARI
    return code_in(message)


@pytest.mark.parametrize(
    ("language", "question"), [("nb", "når kommer ordre {}?"), ("en", "when will order {} arrive?")]
)
async def test_the_question_that_led_to_the_proof_is_answered_after_it(
    assistant: Stack, language: str, question: str
) -> None:
    order_no = an_order(assistant)
    already = set((assistant.folder / "mail").glob("proof-*.eml"))
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        first = await customer.ask_for(question.format(order_no))
        buttons = customer.heard["bot_uttered"][-1]["quick_replies"]
        assert order_no not in first, "not to a stranger"
        assert "/identify" in [one["payload"] for one in buttons]
        await customer.ask("/identify", seconds=20)
        await customer.ask(f"{order_no} {KARI}", seconds=20)
        code = await asyncio.to_thread(newest_code, assistant, already)
        said = len(customer.heard["bot_uttered"])
        await customer.send(code)
        await customer.wait("bot_uttered", said + 2, 30)
        thanks, answer = customer.texts()[said : said + 2]
        assert "Kari Nordvik" in thanks
        assert order_no in answer
        await customer.open(customer.session, last_seq=0)
        shown = [one["text"] for one in customer.heard["history"][-1]["messages"]]
        assert MASK in shown
        assert "/inform" not in shown
