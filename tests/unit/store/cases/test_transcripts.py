"""Transcripts to addresses nobody proved are few, however many conversations they are asked from."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.store.cases import transcripts
from bot.store.cases.transcripts import TooManyTranscripts, send_transcript
from bot.store.database import connect
from bot.store.migrate import upgrade
from bot.store.records import Incoming, Sender
from bot.store.talk import messages


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def ask(engine: Engine, number: int, client: str) -> bool:
    """A transcript of a conversation of its own, to an address of its own."""
    messages.accept(engine, Incoming(f"c{number}", "hei", "m1"), "lease")
    return send_transcript(engine, f"c{number}", None, f"kari{number}@pumpe.example", client)


def test_one_client_gets_five_an_hour_whatever_conversation_and_address(engine: Engine) -> None:
    assert all(ask(engine, number, "office") for number in range(5))
    with pytest.raises(TooManyTranscripts):
        ask(engine, 5, "office")
    assert ask(engine, 6, "elsewhere")


def test_all_together_get_so_many_a_day_and_contacts_are_not_counted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert transcripts.UNPROVEN_IN_ALL == 50
    monkeypatch.setattr(transcripts, "UNPROVEN_IN_ALL", 3)
    kari = Sender("demo-kari", "C-1001", "sign_in")
    messages.accept(engine, Incoming("k", "hei", "m1", kari, True, "nb"), "lease")
    assert send_transcript(engine, "k", "demo-kari", None, "office")
    assert all(ask(engine, number, f"client{number}") for number in range(3))
    with pytest.raises(TooManyTranscripts):
        ask(engine, 3, "client3")
    assert send_transcript(engine, "k", "demo-kari", None, "office"), "a contact still gets theirs"
