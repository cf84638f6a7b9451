"""A confirmed wish becomes exactly one case with its mails, whatever is repeated or interrupted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, update

from bot.store import cases
from bot.store.cases import Asker, DraftClosed
from bot.store.cases import cases as opening
from bot.store.cases.models import Case, Draft, Outbox
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.models import Conversation
from bot.store.records import Incoming
from bot.store.talk import messages

KARI = Asker(name="Kari", email="kari@fjordpumps.example", contact_id="p1", customer_id="k1", proved="sign_in")
STRANGER = Asker(email="someone@example.com")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def mails(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(row.payload["template"] for row in session.scalars(select(Outbox)))


def count(engine: Engine, table: type) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def submit(engine: Engine, request_id: str, asker: Asker = KARI) -> Case:
    return cases.submit_draft(
        engine, request_id, kind="quote_request", wording="40 stk RG5", asker=asker, language="nb"
    )


def test_a_draft_keeps_its_request_id_while_answers_change(engine: Engine) -> None:
    first = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})
    second = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 60})
    draft = cases.load_draft(engine, "c1", "p1", "quote_request")
    assert first == second == (draft.request_id if draft else None)
    assert draft is not None
    assert draft.fields == {"quantity": 60}


def test_a_contact_goes_on_from_another_conversation_and_a_stranger_does_not(engine: Engine) -> None:
    cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})
    cases.save_draft(engine, "c2", None, "quote_request", {"quantity": 7})
    found = cases.load_draft(engine, "c9", "p1")
    assert found is not None
    assert found.fields == {"quantity": 40}
    assert cases.load_draft(engine, "c9", None) is None
    assert cases.load_draft(engine, "c1", None) is None, "what a contact proved is not a stranger's"


def test_a_strangers_draft_becomes_the_contacts_after_sign_in(engine: Engine) -> None:
    before = cases.save_draft(engine, "c1", None, "reorder", {"quantity": 5})
    assert cases.save_draft(engine, "c1", "p1", "reorder", {"quantity": 6}) == before
    assert cases.load_draft(engine, "c1", None) is None


def test_two_tasks_have_two_drafts(engine: Engine) -> None:
    one = cases.save_draft(engine, "c1", "p1", "quote_request", {})
    assert cases.save_draft(engine, "c1", "p1", "complaint", {}) != one


def test_a_submitted_draft_is_one_case_however_often_it_is_sent(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})
    first, again = submit(engine, request), submit(engine, request)
    assert first.case_no == again.case_no
    assert first.case_no.startswith("C-")
    assert len(first.case_no) == 11
    assert first.fields == {"quantity": 40}
    assert first.conversation_id == "c1"
    assert count(engine, Case) == 1
    assert mails(engine) == ["desk", "receipt"]
    assert cases.load_draft(engine, "c1", "p1") is None, "the draft is no longer open"
    assert cases.save_draft(engine, "c1", "p1", "quote_request", {}) != request, "the next one is another request"


def test_eight_at_once_are_one_case(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "quote_request", {})
    with ThreadPoolExecutor(8) as pool:
        numbers = {case.case_no for case in pool.map(lambda _: submit(engine, request), range(8))}
        opened = {
            case.case_no
            for case in pool.map(
                lambda _: cases.open_case(
                    engine, request_id="m1", kind="call_back", wording="ring", asker=STRANGER, language="nb"
                ),
                range(8),
            )
        }
    assert len(numbers) == 1
    assert len(opened) == 1
    assert count(engine, Case) == 2
    assert count(engine, Outbox) == 4


def test_a_kill_before_the_end_leaves_no_half_of_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    request = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(opening, "put_mail", die)
        with pytest.raises(KeyboardInterrupt):
            submit(engine, request)
    assert count(engine, Case) == 0
    assert mails(engine) == []
    with reading(engine) as session:
        assert session.scalar(select(Draft.state)) == "open"
    assert submit(engine, request).fields == {"quantity": 40}


def test_a_dropped_or_unknown_draft_is_never_submitted(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})
    cases.drop_draft(engine, request)
    for wrong in (request, "never"):
        with pytest.raises(DraftClosed):
            submit(engine, wrong)
    assert count(engine, Case) == 0


def test_dropping_a_submitted_draft_changes_nothing(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "quote_request", {"quantity": 40})
    case = submit(engine, request)
    cases.drop_draft(engine, request)
    assert submit(engine, request).case_no == case.case_no


def test_an_unknown_kind_is_an_error(engine: Engine) -> None:
    with pytest.raises(ValueError, match="kind"):
        cases.open_case(engine, request_id="r", kind="gift", wording="", asker=KARI, language="nb")


def test_an_address_that_is_none_is_not_mailed(engine: Engine) -> None:
    for number, address in enumerate(("kari", "a@b", "a@b.no\nBcc: x@y.no", "a b@c.no", "<a@b.no>")):
        asker = Asker(email=address)
        case = cases.open_case(
            engine, request_id=f"r{number}", kind="message", wording="hei", asker=asker, language="nb"
        )
        assert case.email is None
    assert set(mails(engine)) == {"desk"}


def test_a_stranger_cannot_flood_a_mailbox_with_receipts(engine: Engine) -> None:
    for number in range(6):
        cases.open_case(engine, request_id=f"r{number}", kind="message", wording="hei", asker=STRANGER, language="nb")
    assert mails(engine).count("receipt") == opening.UNPROVEN_RECEIPTS
    assert mails(engine).count("desk") == 6


def test_how_to_be_reached_may_come_later(engine: Engine) -> None:
    case = cases.open_case(engine, request_id="r", kind="message", wording="?", asker=Asker(), language="en")
    assert mails(engine) == ["desk"]
    for _ in range(2):
        told = cases.add_contact(engine, case.case_no, "kari@fjordpumps.example", None)
        assert told.email == "kari@fjordpumps.example"
    assert mails(engine) == ["contact", "desk", "receipt"]
    with pytest.raises(LookupError):
        cases.add_contact(engine, "C-26-000000", "a@b.no", None)


def reach_after(engine: Engine, asker: Asker, reach: str | None = None, contact: str | None = None) -> str | None:
    messages.accept(engine, Incoming("c1", "hei", "m1"), "lease")
    with writing(engine) as session:
        session.execute(update(Conversation).values(told_email=reach, contact_id=contact))
    request = cases.save_draft(engine, "c1", None, "quote_request", {})
    cases.submit_draft(engine, request, kind="quote_request", wording="40 stk", asker=asker, language="nb")
    with reading(engine) as session:
        return session.scalars(select(Conversation)).one().reach


@pytest.mark.parametrize(
    ("asker", "known", "wanted"),
    [
        (STRANGER, None, "someone@example.com"),
        (Asker(phone="912 34 567"), None, "912 34 567"),
        (Asker(email="someone@example.com", phone="912 34 567"), None, "someone@example.com"),
        (Asker(email="no address", phone="912 34 567"), None, "912 34 567"),
        (STRANGER, "first@example.com", "first@example.com"),
        (KARI, None, None),
    ],
)
def test_the_address_of_a_strangers_request_is_where_answers_go(
    engine: Engine, asker: Asker, known: str | None, wanted: str | None
) -> None:
    assert reach_after(engine, asker, known) == wanted


def test_a_contacts_conversation_keeps_no_typed_address(engine: Engine) -> None:
    assert reach_after(engine, STRANGER, contact="p1") is None
