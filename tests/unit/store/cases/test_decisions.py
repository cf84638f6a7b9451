"""A case is decided once, under its lock, and the customer is told in the same breath."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, update

from bot.store.cases import Asker, Case, decisions, open_case
from bot.store.cases.decisions import FOLLOWS, InvalidDecision, NotAllowed, UnknownCase, decide, take
from bot.store.cases.inbox import details
from bot.store.cases.models import CASE_STATES, KINDS, CaseEvent, Outbox
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.models import Conversation, Message
from bot.store.ownership import Person
from bot.store.records import Incoming
from bot.store.talk import messages

KARI = Asker(name="Kari Nordmann", email="kari@fjordpumps.example", contact_id="p1", customer_id="k1", proved="sign_in")
SIRI, OLA = Person("s1", "Siri Salg"), Person("s2", "Ola Salg")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def opened(engine: Engine, number: int = 1, asker: Asker = KARI, language: str = "nb", kind: str = "order") -> str:
    return open_case(
        engine, request_id=f"r{number}", kind=kind, wording="40 stk RG5", asker=asker, language=language,
        conversation=f"c{number}",
    ).case_no  # fmt: skip


def chat(engine: Engine, number: int = 1) -> None:
    messages.accept(engine, Incoming(f"c{number}", "hei", "m1"), "lease")


def state(engine: Engine, case_no: str) -> str:
    with reading(engine) as session:
        return session.scalar(select(Case.state).where(Case.case_no == case_no)) or ""


def count(engine: Engine, table: type) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def decision_mails(engine: Engine) -> int:
    with reading(engine) as session:
        return sum(row.payload["template"] == "decision" for row in session.scalars(select(Outbox)))


def test_a_decision_its_mail_and_its_message_stand_together(engine: Engine) -> None:
    chat(engine)
    case_no = opened(engine)
    done = decide(engine, case_no, "d1", "adjusted", "Vi kan levere 40 stk i uke 14.", SIRI)
    assert (done.case.state, done.case.staff_name, done.repeated) == ("adjusted", "Siri Salg", False)
    assert done.message
    assert (done.message.seq, done.message.author, done.message.name) == (2, "person", "Siri Salg")
    assert "Vi kan levere 40 stk i uke 14." in done.message.text
    assert case_no in done.message.text
    assert "Ingenting er bindende" in done.message.text
    shown = details(engine, case_no)
    assert shown
    assert [event.text for event in shown.events] == ["Vi kan levere 40 stk i uke 14."]
    assert shown.mails == {done.event.id: "queued"}
    assert decision_mails(engine) == 1


def test_pressing_twice_decides_once(engine: Engine) -> None:
    chat(engine)
    case_no = opened(engine)
    first = decide(engine, case_no, "d1", "accepted", "", SIRI)
    again = decide(engine, case_no, "d1", "accepted", "", SIRI)
    assert again.repeated
    assert again.event.id == first.event.id
    assert again.message is None
    assert count(engine, CaseEvent) == decision_mails(engine) == 1
    assert count(engine, Message) == 2


def test_eight_presses_at_once_decide_once(engine: Engine) -> None:
    chat(engine)
    case_no = opened(engine)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: decide(engine, case_no, "d1", "accepted", "", SIRI), range(8)))
    assert sum(not one.repeated for one in done) == 1
    assert count(engine, CaseEvent) == decision_mails(engine) == 1


@pytest.mark.parametrize("seen", [None, 0])
def test_of_two_people_at_once_one_decides_and_the_other_is_told(engine: Engine, seen: int | None) -> None:
    case_no = opened(engine)
    ready = threading.Barrier(2)

    def press(person: Person, request: str, verdict: str) -> str:
        ready.wait()
        try:
            decide(engine, case_no, request, verdict, "Fordi.", person, seen)
        except NotAllowed as error:
            return f"{error.state} by {error.staff_name}"
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, (SIRI, OLA), ("d1", "d2"), ("accepted", "refused")))
    assert told in (["accepted by Siri Salg", "decided"], ["decided", "refused by Ola Salg"])
    assert count(engine, CaseEvent) == 1


def test_a_request_id_belongs_to_one_decision(engine: Engine) -> None:
    one, other = opened(engine, 1), opened(engine, 2)
    decide(engine, one, "d1", "accepted", "", SIRI)
    for case_no, verdict in ((other, "accepted"), (one, "closed")):
        with pytest.raises(InvalidDecision, match="request_id"):
            decide(engine, case_no, "d1", verdict, "", SIRI)
    assert state(engine, other) == "received"


@pytest.mark.parametrize("died_at", ["put_mail", "put", "keep_with_case"])
def test_a_kill_between_leaves_nothing_and_the_next_try_everything(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, died_at: str
) -> None:
    chat(engine)
    case_no = opened(engine)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(decisions, died_at, die)
        with pytest.raises(KeyboardInterrupt):
            decide(engine, case_no, "d1", "refused", "Ovnen er full.", SIRI)
    assert (state(engine, case_no), count(engine, CaseEvent), decision_mails(engine)) == ("received", 0, 0)
    assert count(engine, Message) == 1
    assert not decide(engine, case_no, "d1", "refused", "Ovnen er full.", SIRI).repeated
    assert (state(engine, case_no), count(engine, CaseEvent), decision_mails(engine)) == ("refused", 1, 1)


@pytest.mark.parametrize("before", CASE_STATES)
@pytest.mark.parametrize("after", CASE_STATES[1:])
def test_only_what_the_table_allows_may_follow(engine: Engine, before: str, after: str) -> None:
    case_no = opened(engine)
    with writing(engine) as session:
        session.execute(update(Case).values(state=before))
    if after in FOLLOWS[before]:
        assert decide(engine, case_no, "d", after, "Fordi.", SIRI).case.state == after
    else:
        with pytest.raises(NotAllowed):
            decide(engine, case_no, "d", after, "Fordi.", SIRI)
        assert (state(engine, case_no), count(engine, CaseEvent)) == (before, 0)


def test_a_correction_says_that_it_replaces_the_earlier_answer(engine: Engine) -> None:
    chat(engine)
    case_no = opened(engine, language="en")
    decide(engine, case_no, "d1", "asked", "Which heat treatment?", SIRI)
    accepted = decide(engine, case_no, "d2", "accepted", "", SIRI)
    refused = decide(engine, case_no, "d3", "refused", "The furnace is down.", OLA, seen=2)
    assert accepted.message
    assert refused.message
    assert "replaces" not in accepted.message.text
    assert refused.message.text.startswith("This replaces our earlier answer.")
    assert refused.event.staff_name == "Ola Salg"


@pytest.mark.parametrize(
    ("request_id", "verdict", "text", "field"),
    [
        ("", "accepted", "", "request_id"), ("x" * 65, "accepted", "", "request_id"), ("d", "received", "", "state"),
        ("d", "sold", "", "state"), ("d", "asked", "  \n", "text"), ("d", "refused", "", "text"),
        ("d", "adjusted", "", "text"), ("d", "accepted", "x" * 4001, "text"), ("d", "accepted", "a\0b", "text"),
    ],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(
    engine: Engine, request_id: str, verdict: str, text: str, field: str
) -> None:
    case_no = opened(engine)
    with pytest.raises(InvalidDecision) as refused:
        decide(engine, case_no, request_id, verdict, text, SIRI)
    assert refused.value.field == field
    assert count(engine, CaseEvent) == 0


def test_without_an_address_the_chat_alone_tells_and_without_a_chat_the_mail_alone(engine: Engine) -> None:
    chat(engine)
    no_address = decide(engine, opened(engine, asker=Asker(phone="91234567")), "d1", "asked", "Når?", SIRI)
    assert decision_mails(engine) == 0
    assert no_address.message
    assert "e-post" not in no_address.message.text
    no_chat = decide(engine, opened(engine, 2), "d2", "accepted", "", SIRI)
    assert no_chat.message is None
    assert decision_mails(engine) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nb", "en", "sv"])
def test_every_decision_on_every_kind_has_its_words(engine: Engine, kind: str, language: str) -> None:
    for number, verdict in enumerate(CASE_STATES[1:]):
        chat(engine, number)
        case_no = opened(engine, number, language=language, kind=kind)
        done = decide(engine, case_no, f"d{number}", verdict, "Because.", SIRI)
        assert done.message
        assert case_no in done.message.text
        assert "Because." in done.message.text
        assert "{" not in done.message.text


def test_taking_a_case_again_or_from_a_colleague(engine: Engine) -> None:
    case_no = opened(engine)
    assert take(engine, case_no, SIRI).staff_name == "Siri Salg"
    assert take(engine, case_no, OLA).staff_id == "s2"
    assert state(engine, case_no) == "received"
    for unknown in (lambda: take(engine, "C-26-1", SIRI), lambda: decide(engine, "C-26-1", "d", "closed", "", SIRI)):
        with pytest.raises(UnknownCase):
            unknown()


def test_an_erased_chat_is_no_obstacle(engine: Engine) -> None:
    chat(engine)
    case_no = opened(engine)
    with writing(engine) as session:
        session.delete(session.get(Conversation, "c1"))
    assert decide(engine, case_no, "d1", "accepted", "", SIRI).message is None
