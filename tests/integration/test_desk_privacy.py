"""The admin's page on privacy over the real web process: what is kept, and one customer found, given out, erased."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select

from actions.production.contacts import demo_contacts
from actions.production.database import connect as connect_production
from bot.store.cases import Asker, open_case
from bot.store.database import reading
from bot.store.models import Audit, Conversation
from bot.store.privacy.kept import kept
from bot.web.desk.privacy_api import texts
from bot.web.identity import demo_token
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, conversation_of, desk_of
from tests.integration.web_rig import Chat


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def call(work: Any, *arguments: Any, **names: Any) -> Any:
    return await asyncio.to_thread(work, *arguments, **names)


def admin(rig: Rig) -> DeskClient:
    return desk_of(rig, "Ada", "admin")


def contact(plant: str, number: int = 0) -> Any:
    engine = connect_production(plant)
    found = demo_contacts(engine)[number]
    engine.dispose()
    return found


async def test_what_is_kept_and_why_in_both_languages(rig: Rig) -> None:
    desk = await call(admin, rig)
    async with Chat(rig.url) as chat:
        await conversation_of(chat)
        for language, word in (("nb", "Samtaler"), ("en", "Conversations")):
            found = (await call(desk.read, f"/privacy?language={language}"))["kept"]
            chats = found[0]
            assert word in chats["what"]
            assert (chats["days"], chats["count"]) == (90, 1)
            assert chats["oldest"]
            assert all(row["what"] and row["why"] for row in found)
            assert {row["name"]: row["days"] for row in found}["cases"] == 1827


def test_every_kind_of_data_has_its_texts_in_every_language(rig: Rig) -> None:
    names = [one.name for one in kept(rig.own)]
    for language in ("nb", "en"):
        assert list(texts(language)) == names


@pytest.mark.parametrize("path", ["/privacy", "/privacy/find", "/privacy/export", "/privacy/erase"])
def test_it_is_for_admins_alone(rig: Rig, path: str) -> None:
    method = "GET" if path == "/privacy" else "POST"
    assert DeskClient(rig.url).send(method, path).status_code == 401
    agent = desk_of(rig, "Siri").send(method, path)
    assert (agent.status_code, agent.json()) == (403, {"error": "role"})


async def test_a_customer_is_found_exported_and_erased_while_the_page_is_open(rig: Rig, plant: str) -> None:
    who, desk = contact(plant), await call(admin, rig)
    async with (
        Chat(rig.url, token=demo_token(who.contact_id)) as chat,
        Chat(rig.url) as stranger,
        Chat(rig.url) as other,
    ):
        conversation = await conversation_of(chat, "Hvalross")
        typed = await conversation_of(stranger, f"skriv til {who.email.upper()}")
        kept_open = await conversation_of(other, "Flodhest")
        asker = Asker(name=who.name, email=who.email, contact_id=who.contact_id, customer_id="k", proved="sign_in")
        case = await call(
            open_case, rig.own, request_id="r", kind="order", wording="40 stk", asker=asker, language="nb",
            conversation=conversation,
        )  # fmt: skip
        for words in (who.email, who.contact_id, who.name):
            found = (await call(desk.done, "/privacy/find", {"q": words}))["found"]
            match = next(one for one in found if one["name"] == who.name)
            assert {one["id"] for one in match["conversations"]} == {conversation, typed}
            assert [one["case_no"] for one in match["cases"]] == [case.case_no]
        assert (await call(desk.done, "/privacy/find", {"q": kept_open}))["found"][0]["whom"] == {
            "conversation_id": kept_open
        }
        assert (await call(desk.done, "/privacy/find", {"q": "finnes-ikke@ingen.example"}))["found"] == []

        answer = await call(desk.post, "/privacy/export", match["whom"])
        assert answer.headers["content-disposition"] == 'attachment; filename="customer-data.json"'
        data = json.loads(answer.content)
        assert [one["id"] for one in data["conversations"]] == [conversation, typed]
        assert "Flodhest" not in answer.text

        done = await call(desk.done, "/privacy/erase", {**match["whom"], "confirm": True})
        assert (done["conversations"], [one["case_no"] for one in done["kept"]]) == (2, [case.case_no])
        assert await chat.wait("erased") == [{}]
        assert await stranger.wait("erased") == [{}]
        assert other.heard["erased"] == []
        with reading(rig.own) as session:
            assert session.scalars(select(Conversation.id)).all() == [kept_open]
            trail = session.scalars(select(Audit).where(Audit.action.in_(("export", "erase")))).all()
        assert [row.action for row in trail] == ["export", "erase"]
        assert not any(who.email in json.dumps([row.target, row.detail]) for row in trail)
        assert (await call(desk.done, "/privacy/erase", {**match["whom"], "confirm": True}))["conversations"] == 0


async def test_a_page_whose_chat_was_erased_starts_anew(rig: Rig) -> None:
    desk = await call(admin, rig)
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat, "Hvalross")
        old = chat.session
        await call(desk.done, "/privacy/erase", {"conversation_id": conversation, "confirm": True})
        await chat.wait("erased")
        assert await chat.open() != old
        assert await chat.ask("hei igjen") == "hei igjen answered"


@pytest.mark.parametrize(("typed", "asked"), [
    ("Per@Verft.example", "per@verft.example"),
    ("sean.o'brien@verft.example", "Sean.O’Brien@verft.example"),
    ("r&d@verft.example", "r&d@verft.example"),
    ("kåre@verft.example", "KÅRE@verft.example"),
    ("per@støperi.example", "per@xn--stperi-cya.example"),
])  # fmt: skip
async def test_an_address_typed_in_a_form_is_found_given_out_and_erased(rig: Rig, typed: str, asked: str) -> None:
    desk = await call(admin, rig)
    case = await call(
        open_case, rig.own, request_id="r", kind="message", wording="hei", asker=Asker(name="Per", email=typed),
        language="nb", conversation="c-gone",
    )  # fmt: skip
    (match,) = (await call(desk.done, "/privacy/find", {"q": asked}))["found"]
    assert (match["whom"], match["name"]) == ({"email": typed.lower()}, None)
    assert [one["case_no"] for one in match["cases"]] == [case.case_no]
    given = await call(desk.done, "/privacy/export", {"email": asked})
    assert [one["case_no"] for one in given["cases"]] == [case.case_no]
    erased = await call(desk.done, "/privacy/erase", {"email": asked, "confirm": True})
    assert [one["case_no"] for one in erased["kept"]] == [case.case_no]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"confirm": True}, "contact_id"), ({"email": "kari", "confirm": True}, "email"),
        ({"contact_id": "p1"}, "confirm"), ({"contact_id": "p1", "confirm": "yes"}, "confirm"),
        ({"contact_id": "p1", "email": "a@b.no", "confirm": True}, "email"),
        ({"conversation_id": ["c"], "confirm": True}, "conversation_id"),
    ],
)  # fmt: skip
def test_an_erasure_that_is_not_clear_is_refused(rig: Rig, body: dict[str, Any], field: str) -> None:
    answer = admin(rig).post("/privacy/erase", body)
    assert (answer.status_code, answer.json()) == (422, {"error": "invalid", "field": field})
