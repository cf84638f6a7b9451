"""One owner at any time, and an answer is shown before a person takes over or not at all."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.store import ownership
from bot.store.database import connect
from bot.store.migrate import upgrade
from bot.store.ownership import Owner, OwnershipError, Person
from bot.store.records import ConversationErased, ForeignConversation, Incoming, Pending, Reply, Sender
from bot.store.talk import messages, queue

SIRI, PER = Person("s1", "Siri"), Person("s2", "Per")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def write(engine: Engine, text: str = "hei", key: str = "m1", lease: str = "L") -> Pending | None:
    return messages.accept(engine, Incoming("c1", text, key), lease).turn


def test_the_way_through(engine: Engine) -> None:
    write(engine)
    assert ownership.owner(engine, "c1") == Owner("assistant")
    assert ownership.request_person(engine, "c1", "asked") == Owner("waiting")
    assert ownership.request_person(engine, "c1", "asked again") == Owner("waiting")
    assert ownership.take_over(engine, "c1", SIRI) == Owner("person", "Siri", "s1")
    assert ownership.take_over(engine, "c1", SIRI) == Owner("person", "Siri", "s1"), "twice is once"
    assert ownership.request_person(engine, "c1", "asked") == Owner("person", "Siri", "s1")
    assert ownership.hand_back(engine, "c1", SIRI) == Owner("assistant")
    assert ownership.close(engine, "c1") == Owner("closed")


def test_what_is_not_allowed(engine: Engine) -> None:
    write(engine)
    with pytest.raises(OwnershipError):
        ownership.hand_back(engine, "c1", SIRI)
    ownership.take_over(engine, "c1", SIRI)
    for change in (
        lambda: ownership.take_over(engine, "c1", PER),
        lambda: ownership.hand_back(engine, "c1", PER),
        lambda: ownership.close(engine, "c1", PER),
        lambda: ownership.close(engine, "c1"),
        lambda: ownership.take_over(engine, "unknown", PER),
    ):
        with pytest.raises(OwnershipError):
            change()
    assert ownership.owner(engine, "c1") == Owner("person", "Siri", "s1")
    ownership.close(engine, "c1", SIRI)
    with pytest.raises(OwnershipError):
        ownership.take_over(engine, "c1", PER)


def test_a_closed_conversation_opens_when_the_customer_writes(engine: Engine) -> None:
    turn = write(engine)
    assert turn
    messages.finish(engine, turn, "L", [Reply("hei")])
    ownership.close(engine, "c1")
    assert write(engine, "en ting til", "m2") is not None
    assert ownership.owner(engine, "c1") == Owner("assistant")


def test_two_people_at_once_and_one_gets_it(engine: Engine) -> None:
    write(engine)
    won: list[str] = []

    def take(name: str) -> None:
        try:
            ownership.take_over(engine, "c1", Person(name, name))
            won.append(name)
        except OwnershipError:
            pass

    threads = [threading.Thread(target=take, args=(f"person {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert ownership.owner(engine, "c1").name == won[0]


def test_an_answer_after_the_take_over_is_kept_and_not_shown(engine: Engine) -> None:
    turn = write(engine)
    assert turn
    ownership.take_over(engine, "c1", SIRI)
    finished = messages.finish(engine, turn, "L", [Reply("sent svar", [{"title": "x", "payload": "/x"}])])
    assert finished.sent == []
    assert finished.changed[0].state == "person"
    assert [one.text for one in messages.history(engine, "c1", 0)[0]] == ["hei"]
    assert messages.accept(engine, Incoming("c1", "/x", "m2"), "L").refused, "what was not shown was not offered"
    assert write(engine, "hallo", "m3") is None


def test_a_turn_is_answered_once(engine: Engine) -> None:
    turn = write(engine)
    assert turn
    assert len(messages.finish(engine, turn, "L", [Reply("en")]).sent) == 1
    assert messages.finish(engine, turn, "L", [Reply("to")]).sent == []
    assert [one.text for one in messages.history(engine, "c1", 0)[0]] == ["hei", "en"]


def test_one_process_at_a_time_has_the_turn_and_nothing_is_left_behind(engine: Engine) -> None:
    """Twenty messages over two processes: every one is run, in order, by whoever holds the lease."""
    ran: list[int] = []
    running = threading.Semaphore(1)
    broken: list[str] = []

    def run(turn: Pending | None, lease: str) -> None:
        while turn is not None:
            if not running.acquire(blocking=False):
                broken.append("two at once")
                return
            ran.append(turn.message.seq)
            running.release()
            turn = messages.finish(engine, turn, lease, []).turn

    def customer(lease: str) -> None:
        for number in range(10):
            run(messages.accept(engine, Incoming("c1", "x", f"{lease}{number}"), lease).turn, lease)

    threads = [threading.Thread(target=customer, args=(lease,)) for lease in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert ran == sorted(ran)
    assert len(ran) == 20
    assert queue.overdue(engine, 0) == []


def test_an_erased_conversation_is_not_answered(engine: Engine) -> None:
    turn = write(engine)
    assert turn
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM conversation")
    with pytest.raises(ConversationErased):
        messages.finish(engine, turn, "L", [Reply("hei")])


def test_a_conversation_belongs_to_the_contact_who_proved_it(engine: Engine) -> None:
    kari, anna = Sender("kari", "k1", "sign_in"), Sender("anna", "k2", "sign_in")
    messages.accept(engine, Incoming("c1", "hei", "m1", sender=kari, proven=True), "L")
    for other in (None, anna):
        with pytest.raises(ForeignConversation):
            messages.accept(engine, Incoming("c1", "hei", "m2", sender=other), "L")
        with pytest.raises(ForeignConversation):
            messages.resume(engine, "c1", other)
    row = messages.resume(engine, "c1", kari)
    assert row is not None
    assert row.contact_id == "kari"


def test_an_answer_is_for_who_asked_only_while_the_sign_in_held(engine: Engine) -> None:
    kari = Sender("kari", "k1", "sign_in")
    turn = messages.accept(engine, Incoming("c1", "hei", "m1", sender=kari, proven=False), "L").turn
    assert turn is not None
    assert turn.sender is None
    assert turn.contact_id == "kari"
