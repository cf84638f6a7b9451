"""A stranger proves who they are to the whole assistant by mail, and gets the answer without asking again."""

import asyncio
import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.store.cases.proof import PER_ADDRESS
from bot.web.proof import MASK
from tests.integration.smtp_rig import code_in
from tests.integration.talking import Customer
from tests.stack import Stack

KARI = "kari.nordvik@fjellvik-pumper.example"


@pytest.fixture
def assistant(sqlite_assistant: Stack) -> Stack:
    """Where nobody has asked for codes lately: an address gets only so many an hour."""
    sqlite_assistant.wait_healthy()
    engine = create_engine(sqlite_assistant.database("own"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM proof"))
    engine.dispose()
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


def mails_of(stack: Stack, quiet: float = 1.5) -> set[Path]:
    """The codes mailed so far, when none has come for a while: one of another test may be on its way."""
    found, until = set((stack.folder / "mail").glob("proof-*.eml")), time.monotonic() + quiet
    while time.monotonic() < until:
        time.sleep(0.1)
        if len(now := set((stack.folder / "mail").glob("proof-*.eml"))) > len(found):
            found, until = now, time.monotonic() + quiet
    return found


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
    already = mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        first = await customer.ask_for(question.format(order_no))
        buttons = customer.heard["bot_uttered"][-1]["quick_replies"]
        # Their own number is said back; what becomes of the order is not.
        assert not re.search(r"\b\d{1,2}\. \w+ \d{4}|\b(?:stk|pcs)\b", first), "not to a stranger"
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


#: What a customer types after the assistant has said that it must know who asks; the last message is the code.
WORDINGS = {
    "nb": [
        ["{order}, {address}", "{code}"],
        ["{address}", "{order}", "koden er {code}"],
        ["ordrenummeret er {order} og e-posten er {address}, takk", "ok {spaced}"],
        ["{order}, ola@fjellvik-pumper.example", "feil adresse, bruk {address}", "her er koden: {code}"],
        ["{address} og {order}", "fikk ingen kode", "{code}"],
        ["det er {order}, og den står på {address}", "ok, send en til", "{code}"],
        ["har ikke ordrenummeret her", "{address}", "fant en lapp, {order} tror jeg", "{code}"],
    ],
    "en": [
        ["{order}, {address}", "{code}"],
        ["my address is {address}", "order number {order}", "the code is {code}"],
        ["{order}, ola@fjellvik-pumper.example", "that's the wrong address, use {address}", "ok {spaced}"],
        ["{address}, {order}", "no code came", "here it is: {code}"],
        ["{address}", "{order}", "ok send another", "{code} thanks"],
        ["it's {order} and I'm {address}", "yes, another one please", "{code}"],
        ["no idea about the number, it's 12 impellers", "{address}", "I think it's {order}", "{code}"],
    ],
}
#: Those of them that have another code sent.
ANOTHER = ("fikk ingen kode", "ok, send en til", "no code came", "ok send another", "yes, another one please")
ASKED = {"nb": "når kommer {}?", "en": "when will {} arrive?"}


@pytest.mark.parametrize(
    ("language", "typed"), [(language, typed) for language, wordings in WORDINGS.items() for typed in wordings]
)
async def test_identity_typed_freely_without_the_button(assistant: Stack, language: str, typed: list[str]) -> None:
    order_no = an_order(assistant)
    already = mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        await customer.ask_for(ASKED[language].format(order_no))
        for message in typed[:-1]:
            if message in ANOTHER:
                await asyncio.to_thread(newest_code, assistant, already)
                already = mails_of(assistant)
            await customer.ask(message.format(order=order_no, address=KARI), seconds=20)
        assert "/identify_again" in [one["payload"] for one in customer.heard["bot_uttered"][-1]["quick_replies"]]
        code = await asyncio.to_thread(newest_code, assistant, already)
        said = len(customer.heard["bot_uttered"])
        await customer.send(typed[-1].format(code=code, spaced=f"{code[:3]} {code[3:]}"))
        await customer.wait("bot_uttered", said + 2, 30)
        thanks, answer = customer.texts()[said : said + 2]
        assert "Kari Nordvik" in thanks
        assert order_no in answer


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("nb", "hei, når kommer ordren vår?", "{order}, {address}. Hvor mye tåler RG5 i strekk?"),
        ("en", "hi, when will our order arrive?", "{order}, {address}. How strong is RG5?"),
    ],
)
async def test_what_is_said_beside_number_and_address_is_answered_after_the_proof(
    assistant: Stack, language: str, first: str, second: str
) -> None:
    order_no, already = an_order(assistant), mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        await customer.ask_for(first)
        await customer.ask(second.format(order=order_no, address=KARI), seconds=20)
        code = await asyncio.to_thread(newest_code, assistant, already)
        said = len(customer.heard["bot_uttered"])
        await customer.send(code)
        await customer.wait("bot_uttered", said + 2, 30)
        answer = customer.texts()[said + 1]
        assert order_no in answer, "the order that was named is the one that was asked about"
        assert "MPa" in answer


@pytest.mark.parametrize(
    ("language", "first"),
    [("nb", "når kommer {order}? jeg er {address}"), ("en", "when does {order} arrive? I am {address}")],
)
async def test_whoever_tells_both_with_the_question_is_not_asked_for_them(
    assistant: Stack, language: str, first: str
) -> None:
    order_no, already = an_order(assistant), mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        await customer.ask(first.format(order=order_no, address=KARI), seconds=20)
        code = await asyncio.to_thread(newest_code, assistant, already)
        assert "/identify_again" in [one["payload"] for one in customer.heard["bot_uttered"][0]["quick_replies"]]
        await customer.send(code)
        await customer.wait("bot_uttered", 3, 30)
        assert order_no in customer.texts()[2]
        assert len(customer.texts()) == 3, "asked for nothing that was told, and answered once"


#: The acceptance of a quotation by somebody who is not known: what they type until the code is on its way.
ACCEPTED = {
    "nb": [
        ["vi godtar tilbudet deres", "{order} da", "{address}"],
        ["vi godtar tilbudet deres", "hvilket bevis? Dere kjenner meg, jeg er Kari, {address}", "{order}"],
        ["vi godtar tilbudet deres", "Vis hvem jeg er", "{address}", "ordre {order}"],
        ["jeg godtar tilbud T-5001", "forrige ordre var {order} tror jeg, og dere når meg på {address} som alltid"],
    ],
    "en": [
        ["we accept your quotation", "it is {order} then", "{address}"],
        ["we accept your quotation", "what proof? You know me, I am Kari, {address}", "{order} then"],
        ["we accept your quotation", "show who I am please", "{order}", "my address is {address}"],
        ["we accept quotation T-5001", "you know my mail, {address}, and the order number was {order} I believe"],
    ],
}


@pytest.mark.parametrize(
    ("language", "typed"), [(language, typed) for language, wordings in ACCEPTED.items() for typed in wordings]
)
async def test_number_and_address_lead_to_a_code_in_the_midst_of_an_acceptance(
    assistant: Stack, language: str, typed: list[str]
) -> None:
    order_no, already = an_order(assistant), mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        for message in typed:
            await customer.ask(message.format(order=order_no, address=KARI), seconds=20)
        code = await asyncio.to_thread(newest_code, assistant, already)
        said = len(customer.heard["bot_uttered"])
        await customer.send(code)
        await customer.wait("bot_uttered", said + 2, 30)
        thanks, answer = customer.texts()[said : said + 2]
        assert "Kari Nordvik" in thanks
        assert "T-5001" in answer, "the acceptance goes on"


@pytest.mark.parametrize(
    ("language", "asked", "why"),
    [
        ("nb", "når kommer {order}? {address}", "for mange koder"),
        ("en", "my address is {address}, status of {order}?", "Too many codes"),
    ],
)
async def test_why_no_code_comes_is_said_at_once_and_every_time(
    assistant: Stack, language: str, asked: str, why: str
) -> None:
    order_no = an_order(assistant)
    first = asked.format(order=order_no, address=KARI)
    for _ in range(PER_ADDRESS):
        async with Customer(assistant) as customer:
            await customer.open(language=language)
            await customer.ask(first, seconds=20)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        messages = (
            first,
            order_no,
            first,
            "show who I am",
            "vis hvem jeg er",
            "send me another one then",
            "send en ny da",
        )
        for message in messages:
            assert why in await customer.ask(message, seconds=20)
        assert len(customer.texts()) == len(messages), "and nothing else"


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_another_question_while_the_code_is_awaited(assistant: Stack, language: str) -> None:
    order_no, already = an_order(assistant), mails_of(assistant)
    async with Customer(assistant) as customer:
        await customer.open(language=language)
        await customer.ask(f"{ASKED[language].format(order_no)} {KARI}", seconds=20)
        waits = await customer.ask(ASKED[language].format("SO-30402"), seconds=20)
        assert {"nb": "så snart du har skrevet", "en": "as soon as you have written"}[language] in waits
        code = await asyncio.to_thread(newest_code, assistant, already)
        await customer.send(code)
        await customer.wait("bot_uttered", 4, 30)
        assert order_no in customer.texts()[3]
        assert "SO-30402" in customer.texts()[3]
