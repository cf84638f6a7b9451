"""The rules of one-time codes, on both databases, and what is read out of a customer's message."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, update

from bot.common.clock import utcnow
from bot.store.cases import proof
from bot.store.cases.models import Outbox, Proof
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.models import Conversation
from bot.web.proof_reading import find_code, find_pair, is_stop

KARI = "kari@fjordpumps.example"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def ask(engine: Engine, conversation: str = "c1", email: str = KARI, client: str = "10.0.0.1") -> str | None:
    """The id of the new wish; None when it was refused."""
    with writing(engine) as session:
        if not proof.ask_in(session, conversation, "SO-30417", email, client, "nb"):
            return None
    with reading(engine) as session:
        return session.scalar(select(Proof.id).order_by(Proof.created_at.desc()).limit(1))


def enter(engine: Engine, code: str, conversation: str = "c1") -> proof.Entered:
    with writing(engine) as session:
        now = utcnow()
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            session.add(Conversation(id=conversation, owner="assistant", owner_since=now, created_at=now, last_at=now))
        return proof.enter_in(session, conversation, code)


def known(engine: Engine, **asked: str) -> tuple[str, str]:
    """A wish that was found to be a contact's, and its code."""
    wish = ask(engine, **asked)
    assert wish
    return wish, proof.make_code(engine, wish, "p1")


def row(engine: Engine, wish: str) -> Proof:
    with reading(engine) as session:
        found = session.get(Proof, wish)
        assert found
        return found


def wrong(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 10**6:06d}"


def test_a_wish_is_a_row_and_a_task_for_the_worker_whoever_asks(engine: Engine) -> None:
    wish = ask(engine)
    assert wish
    with reading(engine) as session:
        entry = session.scalars(select(Outbox)).one()
    assert (entry.kind, entry.payload["proof"], entry.payload["language"]) == ("proof", wish, "nb")
    assert proof.wanted(engine, wish) == proof.Wanted("SO-30417", KARI, None)
    assert KARI not in str(entry.payload)


def test_the_right_code_is_right_once_and_only_its_keyed_hash_is_kept(engine: Engine) -> None:
    wish, code = known(engine)
    kept = row(engine, wish)
    assert code not in str(vars(kept))
    assert (kept.reference, kept.email) == (None, None), "the pair is forgotten"
    assert enter(engine, code) == proof.Entered("right", "p1")
    assert enter(engine, code).outcome == "wrong"
    assert proof.wanted(engine, wish) is None


def test_the_same_code_hashes_differently_for_every_wish() -> None:
    assert proof.keyed("code", "a", "123456") != proof.keyed("code", "b", "123456")
    assert proof.keyed("a", "bc") != proof.keyed("ab", "c")


def test_a_code_that_nobody_was_sent_is_never_right(engine: Engine) -> None:
    wish = ask(engine)
    assert wish
    assert enter(engine, "000000").outcome == "wrong"
    code = proof.make_code(engine, wish, None)
    assert enter(engine, code).outcome == "wrong"


def test_five_wrong_tries_lock_whether_or_not_anybody_fits(engine: Engine) -> None:
    _, code = known(engine)
    other = ask(engine, conversation="c2", email="nobody@fjordpumps.example")
    assert other
    proof.make_code(engine, other, None)
    for conversation in ("c1", "c2"):
        outcomes = [enter(engine, wrong(code, step), conversation).outcome for step in range(1, 8)]
        assert outcomes == ["wrong"] * 4 + ["locked"] * 3
    assert enter(engine, code).outcome == "locked"


def test_an_old_code_another_conversations_code_and_an_older_code_are_wrong(engine: Engine) -> None:
    wish, code = known(engine)
    ask(engine, conversation="c2")
    assert enter(engine, code, "c2").outcome == "wrong"
    newer, _ = known(engine)
    assert newer != wish
    assert enter(engine, code).outcome == "wrong"
    wish, code = known(engine)
    with writing(engine) as session:
        session.execute(update(Proof).where(Proof.id == wish).values(expires_at=utcnow() - dt.timedelta(seconds=1)))
    assert enter(engine, code).outcome == "wrong"


def test_the_ten_minutes_begin_when_the_mail_is_made(engine: Engine) -> None:
    wish = ask(engine)
    assert wish
    with writing(engine) as session:
        late = utcnow() - dt.timedelta(minutes=12)
        session.execute(update(Proof).values(created_at=late, expires_at=late + dt.timedelta(minutes=10)))
    code = proof.make_code(engine, wish, "p1")
    assert enter(engine, code).outcome == "right"


def test_the_worker_drops_what_is_old_or_superseded(engine: Engine) -> None:
    first = ask(engine)
    second = ask(engine)
    assert first
    assert second
    assert proof.wanted(engine, first) is None
    with writing(engine) as session:
        session.execute(update(Proof).values(created_at=utcnow() - dt.timedelta(minutes=40)))
    assert proof.wanted(engine, second) is None
    assert proof.wanted(engine, "gone") is None


def test_conversations_addresses_and_clients_have_limits_of_their_own(engine: Engine) -> None:
    assert [bool(ask(engine, client=f"c{n}", email=f"{n}@x.no")) for n in range(6)] == [True] * 5 + [False]
    assert [bool(ask(engine, f"a{n}", email=KARI.upper(), client=f"d{n}")) for n in range(6)] == [True] * 5 + [False]
    many = [bool(ask(engine, f"b{n}", email=f"b{n}@x.no", client="10.9.9.9")) for n in range(21)]
    assert many == [True] * 20 + [False]


def test_an_address_has_a_limit_for_the_day(engine: Engine) -> None:
    given = []
    for number in range(12):
        given.append(bool(ask(engine, f"c{number}", client=f"{number}")))
        with writing(engine) as session:
            session.execute(update(Proof).values(created_at=utcnow() - dt.timedelta(hours=2)))
    assert given == [True] * 10 + [False] * 2


def test_many_tries_at_once_are_five(engine: Engine) -> None:
    wish, code = known(engine)
    enter(engine, wrong(code))
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda step: enter(engine, wrong(code, step)).outcome, range(2, 22)))
    assert outcomes.count("wrong") == 3
    assert row(engine, wish).tries == 5


def test_the_code_of_a_mail_opens_its_conversation_once(engine: Engine) -> None:
    code = proof.make_resume_code(engine, "c1", KARI)
    assert proof.try_resume(engine, "other@fjordpumps.example", code, "x") is None
    assert proof.try_resume(engine, KARI.upper(), code, "x") == "c1"
    assert proof.try_resume(engine, KARI, code, "x") is None
    assert enter(engine, code[:6]).outcome == "wrong", "it is no code for the chat"


def test_a_wrong_code_counts_against_every_code_of_the_address(engine: Engine) -> None:
    codes = [proof.make_resume_code(engine, conversation, KARI) for conversation in ("c1", "c2")]
    for _ in range(4):
        assert proof.try_resume(engine, KARI, "00000000", "x") is None
    assert proof.try_resume(engine, KARI, codes[0], "x") == "c1"
    assert proof.try_resume(engine, KARI, "00000000", "x") is None
    assert proof.try_resume(engine, KARI, codes[1], "x") is None


def test_coming_back_is_limited_by_address_and_by_client(engine: Engine) -> None:
    for number in range(proof.RESUME_PER_ADDRESS):
        proof.try_resume(engine, KARI, "00000000", f"{number}")
    with pytest.raises(proof.TooMany):
        proof.try_resume(engine, KARI, "00000000", "new")
    for number in range(proof.RESUME_PER_CLIENT):
        proof.try_resume(engine, f"{number}@x.no", "00000000", "one")
    with pytest.raises(proof.TooMany):
        proof.try_resume(engine, "fresh@x.no", "00000000", "one")


def test_what_no_limit_needs_is_forgotten(engine: Engine) -> None:
    ask(engine)
    proof.make_resume_code(engine, "c1", KARI)
    with writing(engine) as session:
        session.execute(update(Proof).values(created_at=utcnow() - proof.KEPT - dt.timedelta(hours=1)))
    ask(engine)
    proof.forget_old(engine)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Proof)) == 1


@pytest.mark.parametrize(
    ("said", "reference", "email"),
    [
        ("SO-30417 kari@firma.no", "SO-30417", "kari@firma.no"),
        ("kari@firma.no, 30417", "30417", "kari@firma.no"),
        ("Hei! Ordre so30417 og e-posten er Kari.Nordvik@firma.no. Takk", "SO-30417", "Kari.Nordvik@firma.no"),
        ("SO - 30 417 , kari @ firma . no", "SO-30417", "kari@firma.no"),
        ("s0-30417 kari@firma.no", "SO-30417", "kari@firma.no"),
        ("kundenummer 10 101\nkari@firma.no.", "10101", "kari@firma.no"),
        ("C-1001, kari@firma.no", "C-1001", "kari@firma.no"),
        ("our PO is PO94845, mail kari@firma.no", "PO94845", "kari@firma.no"),
        ("ＳＯ-３０４１７ kari@firma.no", "SO-30417", "kari@firma.no"),
        ("kari@firma.no", None, "kari@firma.no"),
        ("ordrenummer 30417", "30417", None),
        ("hei på deg", None, None),
    ],
)
def test_number_and_address_are_found_in_either_order_and_with_odd_blanks(
    said: str, reference: str | None, email: str | None
) -> None:
    found = find_pair(said)
    assert (found.reference, found.email) == (reference, email)


def test_an_answer_is_told_from_a_question_with_a_number_in_it() -> None:
    found = find_pair("kundenummeret mitt er 10101")
    assert (found.reference, found.email, found.alone) == ("10101", None, True)
    for question in ("jeg trenger 1500 stk", "når kommer SO-30417?", "hva koster 40 stk?"):
        assert not find_pair(question).alone


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("123456", "123456"),
        ("koden er 123 456, takk", "123456"),
        ("12 34 56", "123456"),
        ("123-456.", "123456"),
        ("１２３４５６", "123456"),
        ("1\u200b23456", "123456"),
        ("12345", "12345"),
        ("1234567", "1234567"),
        ("hva koster 100 000 stk?", None),
        ("SO-304171", None),
        ("ring 912 34 567", None),
        ("912 34 567", None),
        ("mellom 123456 og 654321", None),
        ("123456@firma.no", None),
        ("hei", None),
        ("x" * 200 + " 123456", None),
    ],
)
def test_a_code_is_found_anywhere_in_a_short_message(said: str, code: str | None) -> None:
    found = find_code(said)
    assert (found and found.digits) == code


def test_calling_it_off_is_a_message_of_its_own() -> None:
    assert all(map(is_stop, ("Avbryt", "cancel!", " stopp ", "Never mind.")))
    assert not any(map(is_stop, ("avbryt ordre 30417", "kan jeg stoppe ordren?", "nei")))


def test_a_right_code_may_come_again_for_two_minutes_after_its_answer_got_lost(engine: Engine) -> None:
    wish, code = known(engine)
    assert proof.entered_lately(engine, "c1", code) is None, "not entered yet"
    assert enter(engine, code).outcome == "right"
    assert proof.entered_lately(engine, "c1", code) == "p1"
    assert proof.entered_lately(engine, "c1", wrong(code)) is None
    assert proof.entered_lately(engine, "c2", code) is None
    with writing(engine) as session:
        session.execute(update(Proof).values(used_at=utcnow() - proof.LATELY))
    assert proof.entered_lately(engine, "c1", code) is None
    assert row(engine, wish).used_at
