"""What the customer and the desk read about a case: promised, decided, overdue; nothing is lost when a server refuses."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from bot.common.clock import now, utcnow
from bot.common.replies import foundry_name
from bot.common.settings import settings
from bot.store.cases import Asker, Case, open_case
from bot.store.cases.decisions import decide
from bot.store.cases.inbox import details, remind
from bot.store.cases.models import Outbox
from bot.store.database import reading, writing
from bot.store.ownership import Person
from bot.worker import deliver, send

KARI = Asker(
    name="Kari Nordmann", email="kari@fjordpumps.example", contact_id="p1", customer_id="k1",
    customer="Fjord Pumps AS", proved="sign_in",
)  # fmt: skip
STRANGER = Asker(name="Ola", email="ola@example.com")
SIRI = Person("s1", "Siri Salg")


def opened(engine: Engine, asker: Asker, language: str, kind: str = "order") -> str:
    wording = "Antall: 40 stk" if language == "nb" else "Quantity: 40 pcs"
    return open_case(engine, request_id="r", kind=kind, wording=wording, asker=asker, language=language).case_no


def mail(engine: Engine, name: str, tmp_path: Path) -> EmailMessage:
    """The mail whose file carries this name, after everything was sent."""
    while deliver.deliver_one(engine, send.save_file):
        pass
    (path,) = (tmp_path / "mail").glob(f"*{name}*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_norwegian_customer_reads_the_changes_and_what_comes_next(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "nb")
    decide(engine, case_no, "d1", "adjusted", "Vi leverer 40 stk i uke 14,\nikke i uke 12.", SIRI)
    message = mail(engine, "decision", tmp_path)
    assert message["Subject"] == f"Svar fra salg på sak {case_no} (bestilling)"
    assert (message["To"], message["Reply-To"]) == ("kari@fjordpumps.example", settings().mail_to)
    assert message.get_content().replace("\r\n", "\n") == (
        "Hei, Kari Nordmann!\n\n"
        f"Salg kan ta sak {case_no} (bestilling) med disse endringene:\n\n"
        "Vi leverer 40 stk i uke 14,\nikke i uke 12.\n\n"
        "Svar på denne e-posten, eller be om en person i chatten. "
        "Ingenting er bindende før du får ordrebekreftelse.\n\n"
        "Dette gjelder saken der du skrev:\n  Antall: 40 stk\n\n"
        f"Vennlig hilsen\nSiri Salg\n{foundry_name()}\n"
    )


def test_an_english_stranger_reads_the_question_and_none_of_what_was_typed(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, STRANGER, "en", "quote_request")
    decide(engine, case_no, "d1", "asked", "Which temper do you need?", SIRI)
    message = mail(engine, "decision", tmp_path)
    assert message["Subject"] == f"Answer from sales to case {case_no} (request for a quotation)"
    assert message.get_content().replace("\r\n", "\n") == (
        "Hello,\n\n"
        f"Sales needs to know more about case {case_no} (request for a quotation):\n\n"
        "Which temper do you need?\n\n"
        "Reply to this e-mail, or ask for a person in the chat.\n\n"
        "Someone gave this address in the chat on our website. If it was not you, please ignore this e-mail.\n\n"
        f"Kind regards,\nSiri Salg\n{foundry_name()}\n"
    )


@pytest.mark.parametrize(
    ("language", "verdict", "says"),
    [
        ("nb", "accepted", "Salg har godtatt bestillingen din"), ("en", "accepted", "Sales has accepted your order"),
        ("nb", "refused", "Salg kan dessverre ikke ta sak"), ("en", "refused", "Sales is sorry that it cannot take case"),
        ("nb", "closed", "er avsluttet. "), ("en", "closed", "is closed. "),
    ],
)  # fmt: skip
def test_every_verdict_is_told(engine: Engine, tmp_path: Path, language: str, verdict: str, says: str) -> None:
    case_no = opened(engine, KARI, language)
    decide(engine, case_no, "d1", verdict, "Fordi." if verdict == "refused" else "", SIRI)
    text = mail(engine, "decision", tmp_path).get_content()
    assert says.strip() in text
    assert "\n\n\n" not in text


def test_a_corrected_decision_is_another_mail(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "en")
    decide(engine, case_no, "d1", "accepted", "", SIRI)
    decide(engine, case_no, "d2", "refused", "The pattern is broken.", SIRI)
    text = mail(engine, "decision-2", tmp_path).get_content()
    assert "This replaces our earlier answer. Sales is sorry" in text
    assert "The pattern is broken." in text


def test_the_receipt_and_the_desk_say_by_when(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "nb")
    with writing(engine) as session:
        promised = now().replace(year=2027, month=3, day=8, hour=10, minute=30)
        session.execute(update(Case).values(answer_by=promised))
    assert "En på salg svarer deg innen mandag 8. mars kl. 10.30." in mail(engine, "receipt", tmp_path).get_content()
    assert "lovet svar innen mandag 8. mars kl. 10.30" in mail(engine, f"{case_no}-desk", tmp_path).get_content()


def test_the_desk_is_mailed_once_when_a_promise_is_broken(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "en")
    with writing(engine) as session:
        session.execute(update(Case).values(answer_by=utcnow()))
    remind(engine)
    remind(engine)
    message = mail(engine, "overdue", tmp_path)
    assert message["To"] == settings().mail_to
    assert message["Subject"] == f"Fristen er ute for {case_no}: Bestilling, Fjord Pumps AS"
    assert "Quantity: 40 pcs" in message.get_content()


def test_a_refused_decision_mail_is_shown_to_the_desk_and_told_to_it(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "nb")
    done = decide(engine, case_no, "d1", "refused", "Ovnen er full.", SIRI)

    def refuse(key: str, message: EmailMessage) -> None:
        if "decision" in key:
            raise send.Refused(key)
        send.save_file(key, message)

    while deliver.deliver_one(engine, refuse):
        pass
    shown = details(engine, case_no)
    assert shown
    assert shown.mails == {done.event.id: "refused"}
    assert shown.events[0].text == "Ovnen er full."
    (path,) = (tmp_path / "mail").glob("*undelivered*.eml")
    told = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(told, EmailMessage)
    assert told["To"] == settings().mail_to
    assert "Ovnen er full." in told.get_content()
    assert "kari@fjordpumps.example" in told.get_content()


def test_a_mail_server_that_is_away_delays_a_decision_and_loses_nothing(engine: Engine, tmp_path: Path) -> None:
    case_no = opened(engine, KARI, "nb")
    decide(engine, case_no, "d1", "accepted", "", SIRI)

    def away(*_: object) -> None:
        raise OSError

    while deliver.deliver_one(engine, away):
        pass
    with reading(engine) as session:
        assert {row.done_at for row in session.scalars(select(Outbox))} == {None}
    with writing(engine) as session:
        session.execute(update(Outbox).values(next_try=utcnow()))
    assert "godtatt" in mail(engine, "decision", tmp_path).get_content()
