"""Mails reach a server that is strict as real ones are: no long lines, headers of one line, addresses as it knows them."""

import pytest
from sqlalchemy import Engine

from bot.common.settings import settings
from bot.store.cases import Asker, open_case
from bot.store.cases.decisions import decide
from bot.store.ownership import Person
from bot.worker import deliver
from bot.worker.send import sender
from tests.integration.smtp_rig import Mailbox, MailServer

SIRI = Person("s1", "Siri Salg")
KARI = "kari@fjordpumps.example"


def delivered(engine: Engine, monkeypatch: pytest.MonkeyPatch, asker: Asker, text: str, *, utf8: bool) -> Mailbox:
    """What a server got of a case that was opened and decided."""
    case_no = open_case(
        engine, request_id="r", kind="order", wording=text, asker=asker, language="en"
    ).case_no  # fmt: skip
    decide(engine, case_no, "d1", "asked", text, SIRI)
    with MailServer(utf8=utf8) as server:
        monkeypatch.setenv("SMELT_SMTP_URL", server.url)
        settings.cache_clear()
        while deliver.deliver_one(engine, sender()):
            pass
    return server.mailbox


@pytest.mark.parametrize("text", [
    "Forty brackets. " * 90,
    "x" * 1500,
    "x" * 998,
    "x" * 999,
    "Førti braketter. " * 90,
    "short\n" + "https://pumps.example/" + "a" * 1200 + "\nshort",
    "= at the beginning, and a . alone\n.\n" + "y" * 1000,
])  # fmt: skip
def test_a_line_of_any_length_arrives_as_it_was_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    box = delivered(engine, monkeypatch, Asker(name="Kari", email=KARI), text, utf8=False)
    assert {mail["To"] for mail in box.mails} == {KARI, settings().mail_to}
    for mail in box.mails:
        assert mail["Content-Transfer-Encoding"] in ("7bit", "quoted-printable")
    answers = [mail for mail in box.to(KARI) if text.strip() in mail.get_content().replace("\r\n", "\n")]
    assert answers


@pytest.mark.parametrize(("address", "to"), [
    ("sean.o'brien@pumps.example", "sean.o'brien@pumps.example"),
    ("r&d@pumps.example", "r&d@pumps.example"),
    ("post@støperi.example", "post@xn--stperi-cya.example"),
    ("a/b=c@pumps.example", "a/b=c@pumps.example"),
])  # fmt: skip
def test_every_server_takes_an_address_in_ascii(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, address: str, to: str
) -> None:
    box = delivered(engine, monkeypatch, Asker(name="Sean", email=address), "Which temper?", utf8=False)
    assert len(box.to(to)) == 2
    assert [mail["Reply-To"] for mail in box.to(settings().mail_to)] == [to]


def test_an_address_beyond_ascii_is_mailed_by_a_server_that_knows_such(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = delivered(engine, monkeypatch, Asker(name="Kåre", email="kåre@støperi.example"), "Which temper?", utf8=True)
    assert len(box.to("kåre@xn--stperi-cya.example")) == 2


def test_the_desk_is_told_where_the_server_knows_no_such_address(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = delivered(engine, monkeypatch, Asker(name="Kåre", email="kåre@støperi.example"), "Which temper?", utf8=False)
    assert {mail["To"] for mail in box.mails} == {settings().mail_to}
    case, *undelivered = box.to(settings().mail_to)
    assert (case["Reply-To"], len(undelivered)) == (None, 1)
    assert "kåre@støperi.example" in case.get_content()


@pytest.mark.parametrize("name", [
    "Kari\r\nBcc: all@pumps.example", "Kari\nX-Spam: no\n\nbody", "Kari\u2028Nord\x85Bcc: a@b.example", "Kåre " * 38,
    "=?utf-8?q?Kari=0ABcc=3A_a=40b=2Eexample?=",
])  # fmt: skip
def test_no_name_makes_a_header_of_its_own(engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    box = delivered(engine, monkeypatch, Asker(name=name, email=KARI), "Which temper?", utf8=False)
    assert {mail["To"] for mail in box.mails} == {KARI, settings().mail_to}
    for mail in box.mails:
        assert not {"bcc", "x-spam"} & {header.lower() for header in mail}
        assert "Smelt" not in mail["Subject"] or mail["Subject"].isprintable()
