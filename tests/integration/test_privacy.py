"""Erasure leaves no trace in any table, folder or tracker; what a case needs stays; an export is complete and nobody else's."""

import asyncio
import datetime as dt
import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Engine, event, select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.common.signing import engine_token
from bot.engine.tracker_store import LiveTrackerStore
from bot.store import ownership
from bot.store.cases import Asker, DraftClosed, open_case, proof, save_draft, submit_draft
from bot.store.cases.cases import put_conversation_mail
from bot.store.cases.decisions import decide
from bot.store.cases.models import Case, Outbox, Proof
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.models import Audit, Base, Conversation, Message, Note, Upload, WrongAnswer
from bot.store.ownership import Person
from bot.store.privacy.export import export, find
from bot.store.privacy.privacy import Whom, erase_conversation, erase_customer, erase_leftovers
from bot.store.records import Incoming, Reply, Sender
from bot.store.talk import messages
from bot.worker import deliver, retention, send
from tests.integration.web_rig import Server, free_port

SIRI = Person("s1", "Siri Salg")
KARI, PER = Sender("p-kari", "k1", "sign_in"), Sender("p-per", "k1", "sign_in")
#: What Kari's chat says and nobody else's: every place it can hide in carries it.
SECRET, ADDRESS = "Hvalross", "kåre.o'brien@hemmelig-støperi.example"


@dataclass
class Rig:
    """The own database, the data folder, and the engine's private channel over its real tracker store."""

    own: Engine
    folder: Path
    server: Server
    store: LiveTrackerStore
    asked: list[str] = field(default_factory=list)

    def remember(self, conversation: str, text: str) -> None:
        """As after a turn of this conversation."""
        tracker = DialogueStateTracker(conversation, self.store.domain.slots)
        tracker.update(UserUttered(text))
        asyncio.run(self.store.save(tracker))

    def remembered(self, conversation: str) -> bool:
        return asyncio.run(self.store.retrieve_full_tracker(conversation)) is not None


@pytest.fixture
def rig(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    port = free_port()
    for name, value in {
        "SMELT_DATA_DIR": str(tmp_path), "SMELT_DATABASE_URL": database_url, "ENGINE_URL": f"http://127.0.0.1:{port}",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    own = connect(database_url)
    upgrade(own)
    store = LiveTrackerStore(Domain.empty(), url=f"sqlite:///{tmp_path}/tracker.db")
    made = Rig(own, tmp_path, Server(lambda: _channel(made), port), store)
    made.server.start()
    yield made
    made.server.stop()
    own.dispose()
    store.engine.dispose()
    settings.cache_clear()


def _channel(rig: Rig) -> Starlette:
    """The engine's door as far as erasing goes: the whole engine needs a model and half a minute."""

    async def erase(request: Request) -> JSONResponse:
        assert request.headers["authorization"] == f"Bearer {engine_token()}"
        rig.asked.append(request.path_params["conversation"])
        await rig.store.erase(request.path_params["conversation"])
        return JSONResponse({"ok": True})

    return Starlette(routes=[Route("/webhooks/smelt/conversations/{conversation}", erase, methods=["DELETE"])])


def talked(rig: Rig, conversation: str, word: str, address: str, sender: Sender | None = None) -> None:
    """A conversation that left something everywhere it can."""
    incoming = Incoming(conversation, f"{word}, svar til {address}", "m1", sender, proven=sender is not None)
    turn = messages.accept(rig.own, incoming, "lease").turn
    assert turn
    reply = Reply(f"{word}?", [{"title": word, "payload": f"/inform{word}"}], {"type": "request", "title": word})
    messages.finish(rig.own, turn, "lease", [reply], "nb")
    ownership.request_person(rig.own, conversation, f"om {word}")
    rig.remember(conversation, word)
    save_draft(rig.own, conversation, None, "quote_request", {"details": {"value": word}, "email": {"value": address}})
    (rig.folder / "uploads").mkdir(exist_ok=True)
    (rig.folder / "uploads" / f"u-{conversation}").write_text(word)
    with writing(rig.own) as session:
        row = session.get_one(Conversation, conversation)
        row.told_email, row.rating, row.rating_text, row.state = address, 2, word, {"task": word}
        session.add_all([
            Note(conversation_id=conversation, after_seq=1, staff_id="s1", staff_name="Siri", text=word, at=utcnow()),
            WrongAnswer(message_id=f"w-{conversation}", conversation_id=conversation, question=word, answer=word,
                        right_answer=word, staff_id="s1", staff_name="Siri", at=utcnow()),
            Upload(id=f"u-{conversation}", conversation_id=conversation, direction="in", name=f"{word}.pdf",
                   media_type="application/pdf", size=8, sha256="0" * 64, at=utcnow()),
            Proof(id=uuid.uuid4().hex, purpose="identify", conversation_id=conversation, address_hash="0" * 64,
                  reference="SO-1", email=address, tries=0, created_at=utcnow(), expires_at=utcnow()),
        ])  # fmt: skip
        put_conversation_mail(session, f"transcript-{conversation}", "transcript", conversation, to=address)


def case_of(rig: Rig, conversation: str, asker: Asker, number: int = 1) -> str:
    return open_case(
        rig.own, request_id=f"r-{number}", kind="quote_request", wording="Antall: 40 stk RG5", asker=asker,
        language="nb", conversation=conversation,
    ).case_no  # fmt: skip


def work(rig: Rig, later: bool = True) -> None:
    """What the worker does; mails of conversations are not this test's matter and are dropped beforehand."""
    for _ in range(2 if later else 1):
        while deliver.deliver_one(rig.own, send.save_file):
            pass
        if later:
            with writing(rig.own) as session:
                session.execute(update(Outbox).values(next_try=utcnow()))


def traces(rig: Rig, *words: str) -> list[str]:
    """Where one of the words still stands: rows of any table, bytes of any file."""
    found = []
    with reading(rig.own) as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                content = json.dumps(list(row), default=str, ensure_ascii=False).lower()
                found += [f"{table.name}: {word}" for word in words if word.lower() in content]
    for path in rig.folder.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        found += [
            f"{path.name}: {word}" for word in words if word.lower().encode() in content + path.name.lower().encode()
        ]
    return found


def shown(rig: Rig, *words: str) -> list[str]:
    """As ``traces``, without the databases' own files."""
    return [trace for trace in traces(rig, *words) if ".db" not in trace]


def test_nothing_of_an_erased_conversation_is_found_anywhere(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    talked(rig, "c-other-0001", "Flodhest", "per@annen.example")
    assert len(traces(rig, SECRET)) > 10
    assert rig.remembered("c-kari-0001")
    before = shown(rig, "Flodhest", "per@annen.example")
    done = erase_conversation(rig.own, "c-kari-0001")
    assert (done.conversations, done.files, done.kept) == ((("c-kari-0001", None),), 1, ())
    with writing(rig.own) as session:  # the other customer's mails stay where they are
        session.execute(update(Outbox).where(Outbox.kind == "mail").values(next_try=utcnow() + dt.timedelta(hours=1)))
    deliver.deliver_one(rig.own, send.save_file)
    with writing(rig.own) as session:
        session.execute(update(Outbox).where(Outbox.kind == "erase").values(next_try=utcnow()))
    deliver.deliver_one(rig.own, send.save_file)
    assert traces(rig, SECRET, ADDRESS, "c-kari-0001") == []
    assert not rig.remembered("c-kari-0001")
    assert rig.remembered("c-other-0001")
    assert shown(rig, "Flodhest", "per@annen.example") == before
    assert rig.asked == ["c-kari-0001", "c-kari-0001"]
    assert erase_conversation(rig.own, "c-kari-0001").conversations == ()


def test_a_case_keeps_its_wording_its_files_and_its_time_and_loses_the_conversation(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    case_no = case_of(rig, "c-kari-0001", Asker(name="Kari", email=ADDRESS))
    with reading(rig.own) as session:
        received = session.get_one(Case, case_no).received_at
    work(rig, later=False)  # the desk's mail, saved as a file, quotes the conversation
    done = erase_conversation(rig.own, "c-kari-0001")
    assert [(case.case_no, case.until.year) for case in done.kept] == [(case_no, received.year + 6)]
    assert done.files == 0
    work(rig)
    assert (rig.folder / "uploads" / "u-c-kari-0001").read_text() == SECRET
    assert {trace.partition(":")[0] for trace in traces(rig, SECRET)} <= {
        "upload", "u-c-kari-0001", "test.db", "test.db-wal",
    }, "the file is the case's now; nothing else of the chat is left"  # fmt: skip
    assert traces(rig, "c-kari-0001:", f"{SECRET}, svar", f"{SECRET}?") == []
    with reading(rig.own) as session:
        case = session.get_one(Case, case_no)
        assert (case.wording, case.email, case.received_at) == ("Antall: 40 stk RG5", ADDRESS, received)
        assert case.conversation_id is None
        upload = session.get_one(Upload, "u-c-kari-0001")
        assert (upload.case_no, upload.conversation_id) == (case_no, None)
    assert decide(rig.own, case_no, "d", "accepted", "", SIRI).message is None


def test_with_the_engine_away_the_tracker_goes_as_soon_as_it_is_back(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    rig.server.stop()
    erase_conversation(rig.own, "c-kari-0001")
    for _ in range(3):
        deliver.deliver_one(rig.own, send.save_file)
        with writing(rig.own) as session:
            session.execute(update(Outbox).values(next_try=utcnow()))
    assert rig.remembered("c-kari-0001")
    assert traces(rig, f"{SECRET}.pdf", ADDRESS) == [], "all but the engine's memory is gone at once"
    with reading(rig.own) as session:
        waiting = session.scalars(select(Outbox).where(Outbox.kind == "erase")).one()
    assert (waiting.attempts, waiting.error, waiting.done_at) == (3, "ConnectError", None)
    rig.server.start()
    work(rig)
    assert not rig.remembered("c-kari-0001")
    assert traces(rig, SECRET, "c-kari-0001") == []


def test_erasing_a_conversation_gives_no_new_tries_for_codes(rig: Rig) -> None:
    def asked(conversation: str) -> bool:
        with writing(rig.own) as session:
            return proof.ask_in(session, conversation, "SO-30001", ADDRESS, "192.0.2.1", "nb")

    for number in range(proof.PER_ADDRESS):
        messages.accept(rig.own, Incoming(f"c-{number}-0001", "hei", "m1"), "lease")
        assert asked(f"c-{number}-0001")
        erase_conversation(rig.own, f"c-{number}-0001")
    work(rig)
    assert traces(rig, ADDRESS, "SO-30001", "c-0-0001") == []
    assert not asked("c-9-0001")


def test_a_turn_that_ran_meanwhile_leaves_nothing_either(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    erase_conversation(rig.own, "c-kari-0001")
    deliver.deliver_one(rig.own, send.save_file)
    save_draft(rig.own, "c-kari-0001", None, "quote_request", {"details": {"value": SECRET}})
    rig.remember("c-kari-0001", SECRET)
    work(rig)
    assert traces(rig, SECRET, "c-kari-0001") == []
    assert not rig.remembered("c-kari-0001")


def test_a_conversation_that_lives_again_is_left_alone(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    erase_leftovers(rig.own, "c-kari-0001")
    assert len(traces(rig, SECRET)) > 10


def test_a_kill_in_the_middle_of_an_erasure_leaves_all_of_it(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    before = shown(rig, SECRET)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.privacy.privacy.put_tombstone", die)
        with pytest.raises(KeyboardInterrupt):
            erase_conversation(rig.own, "c-kari-0001")
    assert shown(rig, SECRET) == before


def test_deciding_submitting_and_erasing_at_once_neither_lock_up_nor_leave_anything(rig: Rig) -> None:
    for number in range(6):
        conversation = f"c-race{number}-0001"
        talked(rig, conversation, SECRET, ADDRESS)
        case_no = case_of(rig, conversation, Asker(name="Kari", email=ADDRESS), number)
        request = save_draft(rig.own, conversation, None, "reorder", {"details": {"value": "mer RG5"}})

        def submit(request: str = request) -> None:
            asker = Asker(name="Kari", email=ADDRESS)
            with suppress(DraftClosed):
                submit_draft(rig.own, request, kind="reorder", wording="mer RG5", asker=asker, language="nb")

        works = [
            partial(decide, rig.own, case_no, f"d{number}", "accepted", "Fint.", SIRI), submit,
            partial(erase_conversation, rig.own, conversation),
        ]  # fmt: skip
        with ThreadPoolExecutor(3) as pool:
            for done in [pool.submit(one) for one in works]:
                done.result()
    work(rig)
    with reading(rig.own) as session:
        assert {case.conversation_id for case in session.scalars(select(Case))} == {None}
        assert session.scalars(select(Message)).all() == []
    assert traces(rig, f"{SECRET}?", "-0001:", f"{SECRET}, svar") == []


def everybody(rig: Rig) -> dict[str, str]:
    """Kari signed in, Kari as a stranger with her address, a colleague who mentions it, somebody with a longer one."""
    talked(rig, "c-kari-0001", SECRET, "someone@else.example", KARI)
    talked(rig, "c-kari-0002", "Isbjørn", ADDRESS.upper())
    talked(rig, "c-per-0001", "Flodhest", ADDRESS, PER)
    talked(rig, "c-long-0001", "Nesehorn", f"o{ADDRESS}")
    kari = Asker(name="Kari", email=ADDRESS, contact_id="p-kari", customer_id="k1", proved="sign_in")
    per = Asker(name="Per", email="per@hemmelig.example", contact_id="p-per", customer_id="k1", proved="sign_in")
    return {
        "kari": case_of(rig, "c-kari-0001", kari, 1), "stranger": case_of(rig, "c-gone-0001", Asker(email=ADDRESS), 2),
        "per": case_of(rig, "c-per-0001", per, 3),
    }  # fmt: skip


WHOM = Whom(contact_ids=frozenset({"p-kari"}), emails=frozenset({ADDRESS}))


def test_an_export_has_everything_of_one_customer_and_nothing_of_others(rig: Rig) -> None:
    cases = everybody(rig)
    decide(rig.own, cases["kari"], "d", "asked", "Hvilken temper?", SIRI)
    data: dict[str, Any] = json.loads(json.dumps(export(rig.own, WHOM)))
    assert [one["id"] for one in data["conversations"]] == ["c-kari-0001", "c-kari-0002"]
    texts = [message["text"] for message in data["conversations"][0]["messages"]]
    assert texts[:2] == [f"{SECRET}, svar til someone@else.example", f"{SECRET}?"]
    assert "Hvilken temper?" in texts[2]
    assert data["conversations"][1]["rating"] == {"score": 2, "text": "Isbjørn"}
    assert {case["case_no"] for case in data["cases"]} == {cases["kari"], cases["stranger"]}
    assert data["cases"][0]["answers"][0]["text"] == "Hvilken temper?"
    assert {file["id"] for file in data["files"]} == {"u-c-kari-0001", "u-c-kari-0002"}
    assert {draft["answers"]["details"]["value"] for draft in data["drafts"]} == {SECRET, "Isbjørn"}
    whole = json.dumps(data, ensure_ascii=False)
    for others in ("Flodhest", "Nesehorn", "p-per", f"o{ADDRESS}", "per@"):
        assert others not in whole
    seen = find(rig.own, WHOM)
    assert (len(seen["conversations"]), len(seen["cases"]), seen["files"]) == (2, 2, 2)
    assert seen["mentions"] == ["c-per-0001"]


def test_erasing_one_customer_leaves_everybody_else_as_they_were(rig: Rig) -> None:
    cases = everybody(rig)
    before = shown(rig, "Flodhest", "Nesehorn")
    done = erase_customer(rig.own, WHOM)
    assert {one[0] for one in done.conversations} == {"c-kari-0001", "c-kari-0002"}
    assert {one[1] for one in done.conversations} == {"p-kari", None}
    assert {case.case_no for case in done.kept} == {cases["kari"], cases["stranger"]}
    with writing(rig.own) as session:
        session.execute(update(Outbox).where(Outbox.kind == "mail").values(done_at=utcnow()))
    work(rig)
    assert traces(rig, f"{SECRET}?", "Isbjørn", "someone@else.example") == []
    assert shown(rig, "Flodhest", "Nesehorn") == before
    assert rig.remembered("c-per-0001")
    assert not rig.remembered("c-kari-0002")
    left = export(rig.own, WHOM)
    assert (left["conversations"], left["drafts"]) == ([], [])
    assert len(left["cases"]) == 2


def test_an_address_with_a_wildcard_or_none_at_all_matches_nobody(rig: Rig) -> None:
    everybody(rig)
    for whom in (Whom(), Whom(emails=frozenset({"%"})), Whom(emails=frozenset({"kari_hemmelig.example", "@"}))):
        assert erase_customer(rig.own, whom).conversations == ()
        assert export(rig.own, whom)["conversations"] == []


def aged(rig: Rig, conversation: str, days: float) -> None:
    with writing(rig.own) as session:
        at = utcnow() - dt.timedelta(days=days)
        session.execute(update(Conversation).where(Conversation.id == conversation).values(last_at=at))


def test_what_is_old_goes_and_what_is_not_stays(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    talked(rig, "c-new-0001", "Flodhest", "ny@annen.example")
    aged(rig, "c-kari-0001", 90.1)
    aged(rig, "c-new-0001", 89.9)
    with writing(rig.own) as session:
        for number, days in enumerate((366, 364)):
            session.add(Audit(at=utcnow() - dt.timedelta(days=days), action="reply", target=f"t{number}"))
        session.execute(update(Outbox).values(done_at=utcnow()))
    assert retention.clear(rig.own) == {"conversations": 1, "audit": 1}
    work(rig)
    assert traces(rig, SECRET, ADDRESS) == []
    assert not rig.remembered("c-kari-0001")
    assert rig.remembered("c-new-0001")
    with reading(rig.own) as session:
        assert session.scalars(select(Audit.target)).all() == ["t1"]
        assert session.scalars(select(Conversation.id)).all() == ["c-new-0001"]
    assert retention.clear(rig.own) == {}


def test_a_case_goes_five_years_after_the_end_of_its_year_with_its_files(rig: Rig) -> None:
    talked(rig, "c-kari-0001", SECRET, ADDRESS)
    case_no = case_of(rig, "c-kari-0001", Asker(name="Kari", email=ADDRESS))
    decide(rig.own, case_no, "d", "accepted", SECRET, SIRI)
    with writing(rig.own) as session:
        session.execute(update(Case).values(received_at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC)))
    erase_conversation(rig.own, "c-kari-0001")
    work(rig)
    moment = dt.datetime(2033, 1, 1, tzinfo=ZoneInfo("Europe/Oslo"))
    retention.clear(rig.own, moment - dt.timedelta(hours=1))
    with reading(rig.own) as session:
        assert session.get(Case, case_no)
    assert retention.clear(rig.own, moment)["cases"] == 1
    work(rig)
    assert traces(rig, SECRET, ADDRESS, case_no) == []


def test_many_old_conversations_go_in_batches(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    for number in range(10):
        messages.accept(rig.own, Incoming(f"c{number}", "hei", "m1"), "lease")
        aged(rig, f"c{number}", 91)
    assert retention.clear(rig.own) == {"conversations": 10}
    with reading(rig.own) as session:
        assert session.scalars(select(Message)).all() == []


def test_very_many_files_are_asked_for_in_pieces(rig: Rig) -> None:
    folder = rig.folder / "uploads"
    folder.mkdir()
    for number in range(1201):
        (folder / f"stray{number}").touch()
    most = [0]

    def note(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_: Any) -> None:
        most[0] = max(most[0], len(parameters))

    event.listen(rig.own, "before_cursor_execute", note)
    try:
        assert retention.clear(rig.own, utcnow() + dt.timedelta(days=2)) == {"stray files": 1201}
    finally:
        event.remove(rig.own, "before_cursor_execute", note)
    assert most[0] <= 500
    assert list(folder.iterdir()) == []


def test_files_of_broken_uploads_go_after_a_day(rig: Rig) -> None:
    folder = rig.folder / "uploads"
    folder.mkdir()
    for name in ("stray", "known"):
        (folder / name).write_text("x")
    with writing(rig.own) as session:
        session.add(
            Upload(
                id="known", case_no="C-26-1", direction="in", name="x", media_type="x", size=1, sha256="", at=utcnow()
            )
        )
    assert retention.clear(rig.own) == {}
    assert retention.clear(rig.own, utcnow() + dt.timedelta(days=2)) == {"stray files": 1}
    assert [path.name for path in folder.iterdir()] == ["known"]
