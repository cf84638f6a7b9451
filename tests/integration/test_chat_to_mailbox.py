"""From a sentence in the chat to the sales desk's mailbox: one case, one mail to the desk, one receipt."""

import email
import email.policy
import time
import uuid
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from bot.common.clock import utcnow
from bot.store.cases.models import Case, Outbox
from bot.store.database import connect, reading, writing
from tests.integration.talking import Customer, case_number, question_in
from tests.stack import Stack

DESK = "sales@norsemetal.example"


@pytest.fixture
def assistant(sqlite_assistant: Stack) -> Stack:
    sqlite_assistant.wait_healthy()
    return sqlite_assistant


async def ask_through(customer: Customer, answer: str, answers: dict[str, str], language: str = "nb") -> str:
    """Answer every question of the form until it is done; the case number."""
    for _ in range(12):
        question = question_in(answer, language)
        if question is None:
            break
        answer = await customer.ask_for(answers[question])
    number = case_number(answer)
    assert number, answer
    return number


def case_of(stack: Stack, number: str) -> Case:
    own = connect(stack.database("own"))
    with reading(own) as session:
        case = session.scalars(select(Case).where(Case.case_no == number)).one()
    own.dispose()
    return case


def mails(stack: Stack, number: str, count: int, seconds: float = 30) -> dict[str, EmailMessage]:
    """The mails of a case by their kind, when the outbox holds nothing more for it."""
    own, until = connect(stack.database("own")), time.monotonic() + seconds
    while time.monotonic() < until:
        with reading(own) as session:
            rows = session.scalars(select(Outbox).where(Outbox.key.startswith(number))).all()
        if len(rows) == count and all(row.outcome == "sent" for row in rows):
            break
        time.sleep(0.2)
    own.dispose()
    paths = list((stack.folder / "mail").glob(f"{number}*"))
    assert len(paths) == count, f"{paths}\n{stack.log()}"
    found = {}
    for path in paths:
        assert path.suffix == ".eml", "nothing half-written is left"
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        found[path.stem.removeprefix(f"{number}-")] = message
    return found


async def test_a_strangers_wish_to_cancel_reaches_the_desk_as_unproven(assistant: Stack) -> None:
    address = f"stranger.{uuid.uuid4().hex[:8]}@firma.example"
    async with Customer(assistant) as customer:
        await customer.open(language="nb")
        answer = await customer.ask_for("jeg må avbestille ordre SO-30417")
        number = await ask_through(
            customer, answer,
            {
                "order": "SO-30417", "details": "jeg må avbestille ordre SO-30417", "name": "Per Ukjent, Firma AS",
                "email": address, "reach": address, "confirmation": "ja",
            },
        )  # fmt: skip
    case = case_of(assistant, number)
    assert (case.kind, case.email, case.proved, case.contact_id) == ("cancel", address, None, None)
    sent = mails(assistant, number, 2)
    desk, receipt = sent["desk"].get_content(), sent["receipt"]
    assert sent["desk"]["To"] == DESK
    assert sent["desk"]["Reply-To"] == address
    assert number in sent["desk"]["Subject"]
    for wanted in (number, "Per Ukjent", address, "IKKE bekreftet", "SO-30417", "avbestille"):
        assert wanted in desk, wanted
    assert receipt["To"] == address
    assert number in receipt.get_content()
    assert "SO-30417" not in receipt.get_content(), "nobody proved the address: it gets none of the text"


async def test_a_contacts_reorder_reaches_the_desk_proven_once_although_the_worker_is_killed(assistant: Stack) -> None:
    async with Customer(assistant, "demo-anna") as customer:
        await customer.open(language="en")
        answer = await customer.ask_for("we need 40 more of the propeller hub, same as last time")
        assistant.kill("worker")
        number = await ask_through(
            customer, answer,
            {
                "part": "P-1007", "details": "40 more of the propeller hub", "quantity": "40 pieces",
                "delivery": "week 22", "confirmation": "yes",
            },
            "en",
        )  # fmt: skip
        case = case_of(assistant, number)
        _kill_when_mailing(assistant, number)
    assert (case.kind, case.contact_id, case.customer_id, case.proved) == (
        "reorder", "demo-anna", "C-1003", "sign_in",
    )  # fmt: skip
    sent = mails(assistant, number, 2)
    desk, receipt = sent["desk"].get_content(), sent["receipt"].get_content()
    assert sent["desk"]["To"] == DESK
    for wanted in (number, "Anna Whitlock", "Harrowmere Marine", "innlogget kunde", "demo-anna", "40", "engelsk"):
        assert wanted in desk, wanted
    assert "IKKE bekreftet" not in desk
    assert sent["receipt"]["To"] == case.email == "anna.whitlock@harrowmere-marine.example"
    assert number in receipt
    assert "40" in receipt


def _kill_when_mailing(stack: Stack, number: str) -> None:
    """Kill the worker the moment its first mail of the case is there, which is before or after it noted so."""
    until = time.monotonic() + 20
    while not list((stack.folder / "mail").glob(f"{number}-*.eml")):
        assert time.monotonic() < until
        time.sleep(0.001)
    stack.kill("worker")
    own = connect(stack.database("own"))
    with writing(own) as session:  # as if the minute were over for which the dead worker holds an entry
        session.execute(update(Outbox).where(Outbox.done_at.is_(None)).values(next_try=utcnow()))
    own.dispose()
