"""Conversations at the desk: one person answers, everybody sees who, and nothing is lost or said twice."""

import asyncio
import datetime as dt
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import socketio
from sqlalchemy import select, update

from bot.common.settings import settings
from bot.store import ownership
from bot.store.audit import page
from bot.store.database import reading, writing
from bot.store.models import Audit, Conversation, Message
from bot.store.ownership import Person
from bot.store.talk import canned
from bot.web.identity import demo_token
from bot.web.outgoing import desk_entry
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, DeskSocket, conversation_of, desk_of
from tests.integration.web_rig import Chat


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def call(work: Any, *arguments: Any, **names: Any) -> Any:
    """A request of the desk while the customer's sockets go on."""
    return await asyncio.to_thread(work, *arguments, **names)


def said(text: str) -> dict[str, str]:
    return {"text": text, "client_id": uuid.uuid4().hex}


async def test_a_long_conversation_is_put_together_off_the_loop(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    loops: list[bool] = []

    def noting(message: Any) -> Any:
        loops.append(asyncio._get_running_loop() is not None)
        return desk_entry(message)

    desk = await call(desk_of, rig, "Kari")
    monkeypatch.setattr("bot.web.desk.rows.desk_entry", noting)
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        assert len((await call(desk.read, f"/conversations/{conversation}"))["messages"]) == 2
    assert loops == [False, False]


async def test_a_salesperson_takes_over_answers_and_closes(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    async with Chat(rig.url) as chat, DeskSocket(desk) as socket:
        conversation = await conversation_of(chat)
        queue = await call(desk.read, "/queue")
        assert [row["id"] for row in queue["assistant"]] == [conversation]
        assert queue["assistant"][0]["online"]
        assert queue["assistant"][0]["last"]["text"] == "hei"
        await asyncio.to_thread(ownership.request_person, rig.own, conversation, "asked")
        assert (await call(desk.read, "/queue"))["waiting"][0]["reason"] == "asked"
        assert await socket.call("watch", conversation=conversation) == {"ok": True}
        taken = await call(desk.done, f"/conversations/{conversation}/take-over")
        assert taken["owner"] == {"state": "person", "name": "Kari", "staff_id": taken["owner"]["staff_id"]}
        assert (await chat.wait("owner"))[0] == {"owner": "person", "name": "Kari"}
        await chat.wait("bot_uttered", 2)
        assert "Kari" in chat.heard["bot_uttered"][1]["text"]
        assert chat.heard["bot_uttered"][1]["metadata"]["author"] == "system"

        await chat.send("er du der?")
        heard = await socket.wait("message", 2)
        assert heard[-1]["message"]["text"] == "er du der?"
        assert (await call(desk.read, "/queue"))["mine"][0]["unread"] == 2

        answer = await call(desk.done, f"/conversations/{conversation}/reply", said("Ja, hva gjelder det?"))
        await chat.wait("bot_uttered", 3)
        metadata = chat.heard["bot_uttered"][2]["metadata"]
        assert (metadata["author"], metadata["name"]) == ("person", "Kari")
        assert answer["message"]["seq"] == metadata["seq"]
        assert (await call(desk.read, "/queue"))["mine"][0]["unread"] == 0

        assert (await call(desk.done, f"/conversations/{conversation}/close"))["owner"]["state"] == "closed"
        assert (await chat.wait("owner", 2))[1]["owner"] == "closed"
        await chat.wait("bot_uttered", 4)
        assert chat.heard["bot_uttered"][3]["metadata"]["author"] == "system"
        assert rig.engine.texts() == ["hei"]
        await chat.ask("en ting til")
        assert rig.engine.texts() == ["hei", "en ting til"]
    actions = [row.action for row in page(rig.own, 1)[0]]
    assert actions == ["close", "reply", "take_over", "staff"]


async def test_two_take_overs_at_once_one_wins_and_the_other_is_told_who(rig: Rig) -> None:
    names = ["Kari", "Ola", "Per", "Liv"]
    desks = [await call(desk_of, rig, name) for name in names]
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}/take-over"
        with ThreadPoolExecutor(4) as pool:
            answers = await asyncio.gather(
                *(asyncio.get_running_loop().run_in_executor(pool, desk.post, path) for desk in desks)
            )
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == [200, 409, 409, 409]
        winner = names[codes.index(200)]
        for answer in answers:
            if answer.status_code == 409:
                assert answer.json() == {"error": "taken", "owner": {"state": "person", "name": winner}}
        await chat.wait("bot_uttered", 2)
        await asyncio.sleep(0.2)
        assert [winner in text for text in chat.texts()[1:]] == [True]
        loser = desks[(codes.index(200) + 1) % 4]
        for step, body in (("reply", said("hei")), ("close", {}), ("hand-back", {"settled": "", "request": "none"})):
            refused = await call(loser.post, f"/conversations/{conversation}/{step}", body)
            assert (refused.status_code, refused.json()["owner"]["name"]) == (409, winner), step


async def test_a_reply_sent_twice_is_said_once(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        await call(desk.done, f"/conversations/{conversation}/take-over")
        body, path = said("Ja."), f"/conversations/{conversation}/reply"
        with ThreadPoolExecutor(6) as pool:
            loop = asyncio.get_running_loop()
            answers = await asyncio.gather(*(loop.run_in_executor(pool, desk.done, path, body) for _ in range(6)))
        assert len({answer["message"]["message_id"] for answer in answers}) == 1
        await chat.wait("bot_uttered", 3)
        await asyncio.sleep(0.2)
        assert chat.texts().count("Ja.") == 1
        # Repeated after the hand-back it is still the same message, not a refusal.
        await asyncio.to_thread(ownership.close, rig.own, conversation, Person(*_who(desk)))
        assert (await call(desk.done, path, body))["message"]["text"] == "Ja."


def _who(desk: DeskClient) -> tuple[str, str]:
    me = desk.read("/me")["staff"]
    return me["id"], me["name"]


async def test_the_customers_own_message_ids_never_stand_in_the_way_of_a_reply(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        await call(desk.done, f"/conversations/{conversation}/take-over")
        body = said("Fra Kari")
        await chat.send("fra kunden", client_id=body["client_id"])
        assert (await call(desk.done, f"/conversations/{conversation}/reply", body))["message"]["text"] == "Fra Kari"


async def test_a_message_at_the_moment_of_take_over_is_answered_once_by_whoever_owns_it(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    for number in range(6):
        async with Chat(rig.url) as chat:
            conversation = await conversation_of(chat)
            rig.engine.modes["nå"], rig.engine.seconds = "slow", 0.1 * (number % 3)
            sending = asyncio.create_task(chat.send("nå"))
            await asyncio.sleep(0.02 * number)
            await call(desk.done, f"/conversations/{conversation}/take-over")
            message = await sending
            await asyncio.sleep(0.6)
            with reading(rig.own) as session:
                row = session.scalars(select(Message).where(Message.id == message["message_id"])).one()
                replies = session.scalars(select(Message).where(Message.in_reply_to == row.id)).all()
            shown = [one for one in replies if not one.suppressed]
            assert chat.texts().count("nå answered") == len(shown)
            # Answered by the assistant before the take-over, or left to the person: never both, never neither.
            assert (row.state, len(shown)) in (("answered", 1), ("person", 0)), (row.state, shown)
            if row.state == "person":
                await call(desk.done, f"/conversations/{conversation}/reply", said("Svar fra Kari"))
                await chat.wait("bot_uttered", 3)


async def test_a_colleague_gets_the_conversation_and_an_admin_takes_it_from_one_who_left(rig: Rig) -> None:
    kari, ola, boss = [await call(desk_of, rig, *who) for who in (("Kari",), ("Ola",), ("Boss", "admin"))]
    ids = {name: (await call(_who, one))[0] for name, one in (("Kari", kari), ("Ola", ola), ("Boss", boss))}
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}"
        await call(kari.done, f"{path}/take-over")
        assert (await call(ola.post, f"{path}/assign", {"staff_id": ids["Ola"]})).status_code == 409
        assert (await call(kari.post, f"{path}/assign", {"staff_id": "nobody"})).json()["field"] == "staff_id"
        assert (await call(kari.done, f"{path}/assign", {"staff_id": ids["Ola"]}))["owner"]["name"] == "Ola"
        await chat.wait("bot_uttered", 3)
        assert "Ola" in chat.texts()[2]
        assert (await call(kari.post, f"{path}/reply", said("hei"))).status_code == 409
        assert (await call(boss.done, f"{path}/assign", {"staff_id": ids["Boss"]}))["owner"]["name"] == "Boss"
        assert (await call(boss.done, f"{path}/assign", {"staff_id": ids["Ola"]}))["owner"]["name"] == "Ola"
        await call(boss.send, "PATCH", f"/staff/{ids['Ola']}", {"active": False})
        assert (await call(kari.done, f"{path}/take-over"))["owner"]["name"] == "Kari"


async def test_the_panel_knows_a_signed_in_customer_and_says_when_production_is_away(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await call(desk_of, rig, "Kari")
    state = {
        "task": "quote_request", "question": "weight", "missing": ["weight", "delivery"],
        "answers": {
            "alloy": {"value": "CC491K", "title": "RG5 (CC491K)", "reply": "utter_line_alloy"},
            "quantity": {"value": 4000, "reply": "utter_line_quantity"},
            "drawing": {"value": None, "unknown": True, "reply": "utter_line_unknown", "question": "question.drawing"},
            "name": {"value": "[x](javascript:y)", "reply": "utter_not_there"},
        },
    }  # fmt: skip
    async with Chat(rig.url, demo_token("demo-kari")) as chat, Chat(rig.url) as stranger:
        conversation = await conversation_of(chat)
        anonymous = await conversation_of(stranger)
        with writing(rig.own) as session:
            session.execute(update(Conversation).values(state=state))
        found = await call(desk.read, f"/conversations/{conversation}")
        customer = found["customer"]
        assert customer["known"]
        assert customer["proved"] == "sign_in"
        assert customer["contact"]["name"]
        assert customer["company"]["name"] == found["conversation"]["who"]["company"]
        assert customer["orders"]
        assert all(order["status_text"] for order in customer["orders"])
        request = found["request"]
        assert request["title"] == "en tilbudsforespørsel"
        assert request["open"] == "weight"
        assert {one["question"]: (one["label"], one["value"]) for one in request["answers"]} == {
            "alloy": ("Legering", "RG5 (CC491K)"), "quantity": ("Antall", "4\xa0000 stk"),
            "drawing": ("Tegning", "ikke avklart"), "name": ("Navn", "[x]"),
        }  # fmt: skip
        assert [one["label"] for one in request["missing"]] == ["Vekt", "Levering"]
        english = await call(desk.read, f"/conversations/{conversation}?language=en")
        assert {one["question"]: one["label"] for one in english["request"]["answers"]}["alloy"] == "Alloy"
        assert (await call(desk.read, f"/conversations/{anonymous}"))["customer"] is None
        await stranger.ask("hei igjen")
        earlier = await _another_of(rig, "demo-kari")
        again = (await call(desk.read, f"/conversations/{conversation}"))["customer"]["earlier"]
        assert [one["id"] for one in again] == [earlier]

        rig_production_away(rig, monkeypatch)
        found = await call(desk.read, f"/conversations/{conversation}")
        assert found["customer"]["unavailable"] is True
        assert found["customer"]["known"] is True


async def _another_of(rig: Rig, contact: str) -> str:
    async with Chat(rig.url, demo_token(contact)) as chat:
        return await conversation_of(chat)


def rig_production_away(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Production's answers do not come; its file is shared by the tests, so it cannot be moved away."""

    def away(*_: Any) -> Any:
        raise TimeoutError

    monkeypatch.setattr("bot.web.desk.people.contacts_of", away)


async def test_notes_flags_and_reading(rig: Rig) -> None:
    kari, boss = await call(desk_of, rig, "Kari"), await call(desk_of, rig, "Boss", "admin")
    async with Chat(rig.url) as chat, DeskSocket(boss) as socket:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}"
        await socket.call("watch", conversation=conversation)
        note = (await call(kari.done, f"{path}/notes", {"text": "Ringte, vil ha rabatt"}))["note"]
        assert (note["after_seq"], note["mine"], note["staff_name"]) == (2, True, "Kari")
        await socket.wait("changed")
        assert (await call(boss.read, path))["notes"][0]["mine"] is False
        answer = (await call(boss.read, path))["messages"][1]["message_id"]
        for right in ("Nei.", "Nei, aldri."):
            await call(kari.done, f"/messages/{answer}/flag", {"right_answer": right})
        assert (await call(boss.read, path))["flags"] == [
            {"message_id": answer, "right_answer": "Nei, aldri.", "staff_name": "Kari"}
        ]
        rows = (await call(boss.read, "/wrong-answers"))["rows"]
        assert [(row["question"], row["answer"], row["right_answer"]) for row in rows] == [
            ("hei", "hei answered", "Nei, aldri.")
        ]
        question = (await call(boss.read, path))["messages"][0]["message_id"]
        assert (await call(kari.post, f"/messages/{question}/flag", {"right_answer": "x"})).status_code == 404

        assert (await call(boss.read, path))["conversation"]["unread"] == 1
        await call(boss.done, f"{path}/read", {"seq": 2})
        assert (await call(boss.read, path))["conversation"]["unread"] == 0
        assert not chat.heard["seen_by_desk"]
        await call(kari.done, f"{path}/take-over")
        await chat.send("leser du?")
        await call(kari.done, f"{path}/read", {"seq": 999})
        assert (await chat.wait("seen_by_desk"))[0]["seq"] == 4
        # Nothing of it in what the customer can read.
        await chat.open(chat.session, last_seq=0)
        assert "rabatt" not in str(chat.heard)
        assert "aldri" not in str(chat.heard)
    with reading(rig.own) as session:
        trail = session.scalars(select(Audit)).all()
        assert "rabatt" not in str([row.detail for row in trail])


async def test_search_finds_words_customers_days_and_owners(rig: Rig) -> None:
    kari = await call(desk_of, rig, "Kari")
    async with Chat(rig.url) as one, Chat(rig.url) as other, Chat(rig.url, demo_token("demo-kari")) as signed_in:
        first = await conversation_of(one, "Har dere pumpehus i 100 % rødgods?")
        second = await conversation_of(other, "Når åpner dere?")
        third = await conversation_of(signed_in)
        await call(kari.done, f"/conversations/{second}/take-over")
        company = (await call(kari.read, f"/conversations/{third}"))["customer"]["company"]["name"]

        async def found(**query: Any) -> list[str]:
            answer = await call(kari.read, "/search", params=query)
            assert answer["total"] == len(answer["rows"])
            return sorted(row["id"] for row in answer["rows"])

        assert await found() == sorted([first, second, third])
        assert await found(q="RØDGODS PUMPEHUS") == [first]
        assert await found(q="100 %") == [first]
        assert await found(q="%") == [first]
        assert await found(q="_umpehus") == []
        assert await found(q=company[:8]) == [third]
        assert await found(owner="person") == [second]
        assert await found(owner="mine") == [second]
        today = dt.date.today()
        assert len(await found(**{"from": str(today), "to": str(today)})) == 3
        assert await found(**{"from": str(today + dt.timedelta(days=2))}) == []
        hit = (await call(kari.read, "/search", params={"q": "rødgods"}))["rows"][0]
        assert "rødgods" in hit["snippet"]
        for query in (
            {"q": "x" * 101},
            {"q": "a\0b"},
            {"owner": "x"},
            {"from": "i går"},
            {"page": "0"},
            {"page": "9" * 9},
        ):
            assert (await call(kari.get, "/search", params=query)).status_code == 422, query


async def test_prepared_answers_are_laid_out_once_and_kept_correct(rig: Rig) -> None:
    kari = await call(desk_of, rig, "Kari")
    assert await asyncio.to_thread(canned.seed, rig.own) >= 10
    rows = (await call(kari.read, "/canned"))["rows"]
    assert {row["language"] for row in rows} == {"nb", "en"}
    for row in rows:
        canned.check(row["text"])
        assert (await call(kari.send, "DELETE", f"/canned/{row['id']}")).status_code == 200
    new = {"language": "nb", "title": "Hei", "text": "Hei {customer_name}, {{}} fra {staff_name}"}
    made = (await call(kari.post, "/canned", new)).json()["canned"]
    assert await asyncio.to_thread(canned.seed, rig.own) == 0
    for text in ("{who}", "{0}", "{}", "{", "{customer_name.__class__}", "{customer_name!r}", "{customer_name:>9}"):
        answer = await call(kari.send, "PUT", f"/canned/{made['id']}", {**new, "text": text})
        assert (answer.status_code, answer.json()["field"]) == (422, "text"), text
    assert (await call(kari.send, "PUT", f"/canned/{made['id']}", {**new, "language": "xx"})).status_code == 422
    assert (await call(kari.send, "PUT", "/canned/99999", new)).status_code == 404
    assert (await call(kari.send, "PUT", f"/canned/{made['id']}", {**new, "title": "Hallo"})).status_code == 200


async def test_the_socket_is_closed_to_strangers_other_sites_and_a_customers_token(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    for socket in (DeskSocket(DeskClient(rig.url)), DeskSocket(desk, Origin="https://evil.example")):
        with pytest.raises(socketio.exceptions.ConnectionError):
            await socket.connect()
    async with Chat(rig.url, demo_token("demo-kari")) as chat, DeskSocket(desk) as socket:
        conversation = await conversation_of(chat)
        customer = socketio.AsyncClient(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await customer.connect(
                rig.url, namespaces=["/", "/desk"], auth={"token": demo_token("demo-kari")}, transports=["websocket"]
            )
        await customer.disconnect()
        for event in ("watch", "typing", "unwatch"):
            await chat.socket.emit(event, {"conversation": conversation, "typing": True})
        await chat.ask("fortsatt her?")
        assert not chat.heard["message"]
        for frame in (
            {},
            {"conversation": 7},
            {"conversation": "nobody"},
            {"conversation": "\0"},
            {"conversation": "x" * 999},
        ):
            assert await socket.call("watch", **frame) == {"ok": False}
        await call(desk.done, "/logout")
        for _ in range(50):
            if not socket.socket.connected:
                break
            await asyncio.sleep(0.1)
        assert "/desk" not in socket.socket.namespaces


async def test_typing_and_presence(rig: Rig) -> None:
    kari, ola = await call(desk_of, rig, "Kari"), await call(desk_of, rig, "Ola")
    async with Chat(rig.url) as chat, DeskSocket(kari) as socket:
        conversation = await conversation_of(chat)
        before = len(chat.heard["typing"])
        await socket.call("watch", conversation=conversation)
        assert await socket.call("typing", conversation=conversation, typing=True) == {"ok": False}
        await call(kari.done, f"/conversations/{conversation}/take-over")
        assert await socket.call("typing", conversation=conversation, typing=True) == {"ok": True}
        assert (await chat.wait("typing", before + 1))[-1] == {"typing": True, "name": "Kari"}
        heard = len(socket.heard["presence"])
        async with DeskSocket(ola):
            there = (await socket.wait("presence", heard + 1))[-1]["staff"]
            assert {one["name"]: one["online"] for one in there} == {"Kari": True, "Ola": True}
            await call(ola.done, "/presence", {"presence": "away"})
            there = (await socket.wait("presence", heard + 2))[-1]["staff"]
            assert {one["name"]: one["presence"] for one in there} == {"Kari": "available", "Ola": "away"}
        there = (await socket.wait("presence", heard + 3))[-1]["staff"]
        assert {one["name"]: one["online"] for one in there} == {"Kari": True, "Ola": False}


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[klikk](javascript:alert(1))",
    "java\tscript:alert(1)", "data:text/html;base64,AAAA", "\u202egnp.exe\u202c", "a\u200b\u200c\u200db\ufeff",
    "\x00\x07\x1b[31m", "\ud800", "{{7*7}} ${7*7} %s %n", "'; DROP TABLE message; --", "../../etc/passwd",
]  # fmt: skip


async def test_hostile_text_comes_back_as_harmless_json(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Kari")
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}"
        await call(desk.done, f"{path}/take-over")
        for text in HOSTILE:
            await chat.send(text)
            for step, body in (("reply", said(text)), ("notes", {"text": text})):
                answer = await call(desk.http.post, f"{path}/{step}", content=_json(body), headers=_token(desk))
                assert answer.status_code in (200, 422), (text, answer.text)
        answer = await call(desk.get, path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        messages = [message["text"] for message in answer.json()["messages"]]
        assert "<script>alert(1)</script>" in messages
        for text in messages:
            assert "javascript:" not in text.replace("\t", "")
            assert "data:text/html" not in text
            assert "\0" not in text
        long = "x" * 1_000_000
        for step, body in (("reply", said(long)), ("notes", {"text": long}), ("hand-back", {"settled": long})):
            assert (await call(desk.post, f"{path}/{step}", body)).status_code == 413
        assert (await call(desk.post, f"{path}/reply", said("x" * 4001))).json()["field"] == "text"
        for wrong in ("", " \n\t\0", 7, None, ["x"]):
            assert (await call(desk.post, f"{path}/reply", {"text": wrong, "client_id": "1"})).status_code == 422
        for client_id in ("", "x" * 65, "a b", None, 7):
            assert (await call(desk.post, f"{path}/reply", {"text": "x", "client_id": client_id})).status_code == 422
    for unknown in ("nobody", "x" * 500, "%00", "..%2f..%2fx.svg", "æ"):
        for step in ("take-over", "reply", "notes", "close", "read", "assign", "hand-back"):
            body = {"text": "x", "client_id": "1", "seq": 1, "staff_id": "x", "settled": "", "request": "none"}
            answer = await call(desk.post, f"/conversations/{unknown}/{step}", body)
            assert answer.status_code in (404, 422), (unknown, step, answer.text)
        assert (await call(desk.get, f"/conversations/{unknown}")).status_code == 404


def _json(body: dict[str, str]) -> bytes:
    return json.dumps(body).encode()


def _token(desk: DeskClient) -> dict[str, str]:
    return {"X-CSRF-Token": desk.csrf, "Content-Type": "application/json"}


async def test_the_assistant_goes_on_knowing_what_was_settled(rig: Rig) -> None:
    kari, ola = await call(desk_of, rig, "Kari"), await call(desk_of, rig, "Ola")
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}"
        body = {"settled": "Fraktfritt avtalt", "request": "continue", "answers": {"weight": "38 kg", "delivery": " "}}
        await asyncio.to_thread(ownership.request_person, rig.own, conversation, "asked")
        assert (await call(ola.post, f"{path}/hand-back", body)).status_code == 409
        await call(kari.done, f"{path}/take-over")
        for wrong in ({"request": "perhaps"}, {"answers": {"x": "y"}}, {"answers": []}, {"answers": {"weight": 7}}):
            assert (await call(kari.post, f"{path}/hand-back", body | wrong)).status_code == 422, wrong
        assert (await call(kari.done, f"{path}/hand-back", body))["owner"]["state"] == "assistant"
        await chat.wait("bot_uttered", 3)
        told = rig.engine.calls[-1]["metadata"]["internal"]
        assert told == {
            "kind": "handed_back", "person": "Kari", "settled": "Fraktfritt avtalt", "answers": {"weight": "38 kg"},
            "request": "continue",
        }  # fmt: skip
        assert (await call(kari.post, f"{path}/hand-back", body)).status_code == 409
        found = await call(kari.read, path)
        assert [(one["to"], one["reason"]) for one in found["hand_overs"]] == [
            ("waiting", "asked"), ("person", None), ("assistant", "Fraktfritt avtalt")
        ]  # fmt: skip
        assert "/inform" not in [one["text"] for one in found["messages"]]


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 60


async def test_files_go_both_ways_and_are_only_ever_saved(rig: Rig) -> None:
    kari, ola = await call(desk_of, rig, "Kari"), await call(desk_of, rig, "Ola")

    async def send(desk: DeskClient, name: str, content: bytes, client_id: str) -> Any:
        headers = {"X-CSRF-Token": desk.csrf, "X-File-Name": quote(name), "X-Client-Id": client_id}
        return await call(desk.http.post, f"{path}/files", content=content, headers=headers)

    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        path = f"/conversations/{conversation}"
        await call(kari.done, f"{path}/take-over")
        assert (await send(ola, "a.png", PNG, "1")).status_code == 409
        assert not list((settings().data_dir / "uploads").glob("*"))
        answers = [await send(kari, "../../x.svg", PNG, "2") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        card = answers[0].json()["message"]["card"]
        assert card["name"] == "x.svg.png"
        assert answers[0].json()["message"]["message_id"] == answers[1].json()["message"]["message_id"]
        await chat.wait("bot_uttered", 3)
        assert chat.heard["bot_uttered"][2]["metadata"]["card"]["id"] == card["id"]
        assert len(list((settings().data_dir / "uploads").glob("*"))) == 1
        for content, code in ((b"", "empty"), (b"<svg onload=alert(1)>", "type"), (b"<html>", "type"), (b"MZ", "type")):
            assert (await send(kari, "a.png", content, "3")).json() == {"error": code}
        assert (await send(kari, "a.png", PNG, "a b")).json()["field"] == "client_id"

        saved = await call(ola.get, f"/files/{card['id']}")
        assert saved.content == PNG
        assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''x.svg.png"
        assert saved.headers["content-type"] == "application/octet-stream"
        assert saved.headers["content-security-policy"] == "sandbox"
        assert saved.headers["x-content-type-options"] == "nosniff"
        for unknown in ("nobody", "..%2f..%2fsmelt.db", "0" * 32):
            assert (await call(ola.get, f"/files/{unknown}")).status_code == 404
        sent = await call(
            httpx.post, f"{rig.url}/chat/files", content=PNG,
            headers={"Authorization": f"Bearer {chat.session}", "X-File-Name": "\u202egnp.exe".encode().hex()},
        )  # fmt: skip
        assert sent.status_code == 201, sent.text
        files = (await call(ola.read, path))["files"]
        assert [(one["direction"], one["media_type"]) for one in files] == [("out", "image/png"), ("in", "image/png")]
    actions = [row.action for row in page(rig.own, 1)[0]]
    assert actions == ["download", "file", "take_over", "staff", "staff"]


async def test_what_nobody_read_before_the_hand_back_is_answered_once(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    async with Chat(rig.url) as chat:
        found = await conversation_of(chat)
        await asyncio.to_thread(desk.done, f"/conversations/{found}/take-over")
        await chat.send("read and settled")
        seen = await asyncio.to_thread(desk.read, f"/conversations/{found}")
        await asyncio.to_thread(desk.done, f"/conversations/{found}/read", {"seq": seen["messages"][-1]["seq"]})
        await chat.send("nobody saw this")
        body = {"settled": "done", "request": "none", "answers": {}}
        await asyncio.to_thread(desk.done, f"/conversations/{found}/hand-back", body)
        await chat.wait_for("nobody saw this answered")
        await asyncio.sleep(0.5)
    assert rig.engine.texts().count("nobody saw this") == 1
    assert "read and settled" not in rig.engine.texts()


async def test_closing_over_an_unread_message_lets_the_assistant_answer_it(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    async with Chat(rig.url) as chat:
        found = await conversation_of(chat)
        await asyncio.to_thread(desk.done, f"/conversations/{found}/take-over")
        await chat.send("one more thing")
        closed = await asyncio.to_thread(desk.done, f"/conversations/{found}/close")
        assert closed["owner"]["state"] == "assistant"
        await chat.wait_for("one more thing answered")
        closed = await asyncio.to_thread(desk.done, f"/conversations/{found}/close")
        assert closed["owner"]["state"] == "closed"


async def test_what_failed_before_the_take_over_is_the_persons(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    async with Chat(rig.url) as chat:
        found = await conversation_of(chat)
        rig.engine.mode = "broken"
        await chat.ask("a hard one")
        await asyncio.to_thread(desk.done, f"/conversations/{found}/take-over")
        await asyncio.to_thread(desk.done, f"/conversations/{found}/reply", {"text": "easy", "client_id": "r1"})
        rig.engine.mode, asked = "answer", len(rig.engine.calls)
        body = {"settled": "done", "request": "none", "answers": {}}
        await asyncio.to_thread(desk.done, f"/conversations/{found}/hand-back", body)
        await chat.wait_for("/inform answered")
        await asyncio.sleep(4)
        assert rig.engine.texts()[asked:] == ["/inform"], "what a person answered is not answered again"
