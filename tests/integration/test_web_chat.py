"""What a customer's client gets from web: real sockets, real databases."""

import asyncio

import pytest
from sqlalchemy import select

from bot.common.signing import read_conversation, read_identity, sign_conversation
from bot.store.database import reading
from bot.store.models import Conversation, Message
from bot.web.identity import demo_token
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def test_a_stock_client_gets_stock_shapes(rig: Rig) -> None:
    rig.engine.buttons = [{"title": "Ja", "payload": "/affirm"}, {"title": "RG5", "payload": ""}]
    async with Chat(rig.url) as chat:
        await chat.socket.emit("session_request", {"session_id": None})
        token = (await chat.wait("session_confirm"))[0]
        assert isinstance(token, str)
        assert read_conversation(token)
        await chat.socket.emit("user_uttered", {"message": "hei", "session_id": token})
        said = (await chat.wait("bot_uttered"))[0]
    assert said["text"] == "hei answered"
    assert said["quick_replies"] == [
        {"content_type": "text", "title": "Ja", "payload": "/affirm"},
        {"content_type": "text", "title": "RG5", "payload": "RG5"},
    ]
    assert set(said) == {"text", "quick_replies", "metadata"}


async def test_a_message_without_buttons_has_no_quick_replies(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        await chat.ask("hei")
        assert "quick_replies" not in chat.heard["bot_uttered"][0]


async def test_a_client_without_session_request_is_served_too(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        assert await chat.ask("hei") == "hei answered"
        assert chat.session
        assert await chat.ask("igjen") == "igjen answered"
        assert len(chat.heard["session_confirm"]) == 1


async def test_an_acknowledgement_means_stored(rig: Rig) -> None:
    rig.engine.mode = "slow"
    async with Chat(rig.url) as chat:
        await chat.open()
        answer = await chat.send("hei", "m1", ack=0.8)
        assert answer["ok"] is True
        assert answer["duplicate"] is False
        with reading(rig.own) as session:
            row = session.scalars(select(Message).where(Message.client_id == "m1")).one()
        assert (row.text, row.seq, row.id) == ("hei", answer["seq"], answer["message_id"])


async def test_sent_twice_is_answered_once(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        first, second = await asyncio.gather(chat.send("hei", "m1"), chat.send("hei", "m1"))
        await asyncio.sleep(0.3)
        third = await chat.send("hei", "m1")
        await asyncio.sleep(0.3)
        assert chat.texts() == ["hei answered"]
        assert first["message_id"] == second["message_id"] == third["message_id"]
        assert [one["duplicate"] for one in (first, second, third)] == [False, True, True]
    assert rig.engine.texts() == ["hei"]


async def test_quick_messages_are_answered_in_order_and_one_at_a_time(rig: Rig) -> None:
    rig.engine.modes["one"], rig.engine.seconds = "slow", 0.5
    async with Chat(rig.url) as chat:
        await chat.open()
        for text in ("one", "two", "three"):
            await chat.socket.emit("user_uttered", {"message": text})
        await chat.wait("bot_uttered", 3)
        assert chat.texts() == ["one answered", "two answered", "three answered"]
        assert chat.seqs() == sorted(chat.seqs())
    assert not rig.engine.overlapped


async def test_the_engine_knows_whether_a_message_follows_the_answer_it_gave_last(rig: Rig) -> None:
    rig.engine.modes["quick"], rig.engine.seconds = "slow", 0.5
    async with Chat(rig.url) as chat:
        await chat.open()
        for text in ("first", "second"):
            await chat.ask(text)
        await chat.ask("/identify")
        assert rig.engine.texts() == ["first", "second"], "web answers that itself"
        await chat.ask("after web")
        # The second of these is written before the answer to the first can be read.
        for text in ("quick", "blind"):
            await chat.socket.emit("user_uttered", {"message": text})
        await chat.wait("bot_uttered", 6)
        await chat.ask("last")
    told = {call["text"]: call["metadata"]["after_answer"] for call in rig.engine.calls}
    assert told == {
        "first": True, "second": True, "after web": False, "quick": True, "blind": False, "last": True,
    }  # fmt: skip


async def test_conversations_do_not_wait_for_each_other(rig: Rig) -> None:
    rig.engine.modes["slow one"] = "slow"
    async with Chat(rig.url) as slow, Chat(rig.url) as quick:
        await slow.open()
        await slow.send("slow one")
        assert await quick.ask("quick", seconds=0.8) == "quick answered"


async def test_a_client_that_returns_gets_what_it_missed_and_nothing_twice(rig: Rig) -> None:
    rig.engine.modes["later"], rig.engine.seconds = "slow", 0.5
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("first", client_id="m1")
        seen = chat.seqs()[-1]
        await chat.send("later", "m2")
    await asyncio.sleep(0.9)
    async with Chat(rig.url) as again:
        assert await again.open(token, last_seq=seen) == token
        history = (await again.wait("history"))[0]
        assert [(one["direction"], one["text"]) for one in history["messages"]] == [
            ("in", "later"), ("out", "later answered")
        ]  # fmt: skip
        assert history["messages"][0]["client_id"] == "m2"
        assert history["messages"][0]["state"] == "answered"
        assert history["truncated"] is False
        assert again.texts() == []
        await again.ask("and now")
        assert again.seqs()[0] == history["last_seq"] + 2


async def test_a_stock_client_that_returns_is_not_flooded(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("first")
    async with Chat(rig.url) as again:
        await again.open(token)
        await asyncio.sleep(0.2)
        assert again.texts() == []
        assert again.heard["history"] == []


async def test_an_answer_that_comes_after_reconnecting_reaches_the_new_socket(rig: Rig) -> None:
    rig.engine.modes["slow"], rig.engine.seconds = "slow", 0.6
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.send("slow")
    async with Chat(rig.url) as again:
        await again.open(token, last_seq=0)
        assert (await again.wait("bot_uttered"))[0]["text"] == "slow answered"


async def test_two_tabs_see_the_same(rig: Rig) -> None:
    async with Chat(rig.url) as one, Chat(rig.url) as two:
        token = await one.open()
        await two.open(token)
        await one.ask("hei", client_id="m1")
        await two.wait("bot_uttered")
        assert two.texts() == ["hei answered"]
        assert [(m["text"], m["client_id"]) for m in two.heard["user_message"]] == [("hei", "m1")]
        assert one.heard["user_message"] == []
        assert [on["typing"] for on in await two.wait("typing", 2)] == [True, False]


async def test_a_foreign_conversation_hears_nothing(rig: Rig) -> None:
    async with Chat(rig.url) as one, Chat(rig.url) as other:
        await one.open()
        await other.open()
        await one.ask("hei")
        await asyncio.sleep(0.2)
        assert other.texts() == []


async def test_a_forged_token_gets_a_new_empty_conversation(rig: Rig) -> None:
    for forged in ("abc", "", "a.b", 7, [], {}, ["x"], {"a": 1}, "x" * 5000, True, None, "ÆØÅ\x00"):
        async with Chat(rig.url) as chat:
            token = await chat.open(forged, last_seq=0)
            assert token != forged
            assert chat.heard["history"][0]["messages"] == []
            assert chat.heard["session_info"][0]["new"] is True
            assert await chat.ask("hei") == "hei answered"


async def test_a_token_with_another_signature_opens_nothing(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("secret")
        conversation = read_conversation(token)
        async with Chat(rig.url) as thief:
            for guess in (
                conversation,
                token[:-4] + ("A" if token[-4] != "A" else "B") + token[-3:],
                f"{conversation}.{token}",
            ):
                assert await thief.open(guess, last_seq=0) != token
                assert thief.heard["history"][-1]["messages"] == []


async def test_the_session_id_of_a_message_does_not_change_the_conversation(rig: Rig) -> None:
    async with Chat(rig.url) as one, Chat(rig.url) as other:
        mine, theirs = await one.open(), await other.open()
        await one.send("hei", session_id=theirs)
        await one.wait("bot_uttered")
    assert rig.engine.calls[0]["conversation"] == read_conversation(mine)


async def test_verified_facts_are_apart_from_what_the_client_says(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        claims = {"identity": "me", "is_staff": True, "message_id": "mine", "language": "en-GB", "n": 1e999}
        await chat.send("hei", metadata=claims)
        await chat.wait("bot_uttered")
    sent = rig.engine.calls[0]["metadata"]
    assert set(sent) == {"message_id", "client", "language_hint", "owner", "after_answer", "proving"}
    assert sent["message_id"] == rig.engine.calls[0]["message_id"] != "mine"
    assert sent["client"]["is_staff"] is True
    assert sent["client"]["n"] is None
    assert sent["language_hint"] == "en"


async def test_custom_data_of_a_stock_widget_is_metadata(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        await chat.socket.emit("user_uttered", {"message": "hei", "customData": '{"language": "en"}'})
        await chat.wait("bot_uttered")
    assert rig.engine.calls[0]["metadata"]["client"] == {"language": "en"}


async def test_too_much_metadata_is_left_out(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        await chat.send("hei", metadata={"x": "y" * 3000})
        await chat.wait("bot_uttered")
    assert rig.engine.calls[0]["metadata"]["client"] == {}


async def test_a_signed_in_customer_is_told_to_the_engine_and_only_for_this_conversation(rig: Rig) -> None:
    async with Chat(rig.url, demo_token("demo-kari")) as chat:
        token = await chat.open()
        await chat.ask("hei")
        assert chat.heard["session_info"][0]["contact"] == "Kari Nordvik"
    conversation = read_conversation(token)
    identity = rig.engine.calls[0]["metadata"]["identity"]
    claims = read_identity(identity, conversation or "")
    assert claims == {
        "contact": "demo-kari", "customer": "C-1001", "proved": "sign_in", "conversation": conversation
    }  # fmt: skip
    assert read_identity(identity, "another") is None


async def test_a_stranger_becomes_a_customer_in_the_same_conversation(rig: Rig) -> None:
    async with Chat(rig.url) as stranger:
        token = await stranger.open()
        await stranger.ask("hei")
        async with Chat(rig.url, demo_token("demo-kari")) as kari:
            assert await kari.open(token, last_seq=0) == token
            assert [one["text"] for one in kari.heard["history"][0]["messages"]] == ["hei", "hei answered"]
            await kari.ask("mine ordrer")
            await asyncio.sleep(0.2)
            assert stranger.texts() == ["hei answered"], "who stays a stranger hears nothing of the customer's"
            await stranger.ask("hva nå")
            assert stranger.session != token, "and is told that this is a new conversation"
            await stranger.ask("og nå")
            assert "identity" not in rig.engine.calls[-1]["metadata"]
            assert kari.texts() == ["mine ordrer answered"]


@pytest.mark.parametrize("other", [None, "demo-anna", "demo-ola"])
async def test_nobody_else_reads_a_customers_conversation(rig: Rig, other: str | None) -> None:
    async with Chat(rig.url, demo_token("demo-kari")) as kari:
        token = await kari.open()
        await kari.ask("hei")
    async with Chat(rig.url, demo_token(other) if other else None) as thief:
        assert await thief.open(token, last_seq=0) != token
        assert thief.heard["history"][0]["messages"] == []
        await thief.ask("hvem er jeg")
    assert rig.engine.calls[0]["conversation"] != rig.engine.calls[1]["conversation"]


async def test_a_conversation_nobody_wrote_in_leaves_no_row(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open(sign_conversation("fresh"))
        assert read_conversation(token) == "fresh"
    with reading(rig.own) as session:
        assert session.scalars(select(Conversation)).all() == []


async def test_a_new_process_on_another_day_knows_the_conversation(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("hei")
    rig.web.stop()
    rig.web.start()
    async with Chat(rig.url) as again:
        await again.open(token, last_seq=0)
        assert [one["text"] for one in again.heard["history"][0]["messages"]] == ["hei", "hei answered"]


async def test_a_card_reaches_a_rich_client_in_the_metadata(rig: Rig) -> None:
    rig.engine.card = {"type": "order", "link": "javascript:alert(1)", "rows": [["Antall", "40"]]}
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("hei")
        card = chat.heard["bot_uttered"][0]["metadata"]["card"]
        assert card["rows"] == [["Antall", "40"]]
        assert "javascript:" not in card["link"]
    async with Chat(rig.url) as again:
        await again.open(token, last_seq=0)
        assert again.heard["history"][0]["messages"][-1]["card"] == card


async def test_text_stays_text_and_script_links_are_taken_out(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        said = await chat.ask("<img src=x onerror=alert(1)> [pris](javascript:alert(1)) https://a.example/b")
    assert "<img src=x onerror=alert(1)>" in said
    assert "javascript:" not in said
    assert "https://a.example/b" in said


async def test_polling_works_for_widgets_without_websockets(rig: Rig) -> None:
    chat = Chat(rig.url)
    await chat.socket.connect(rig.url, transports=["polling"])
    try:
        await chat.open()
        assert await chat.ask("hei") == "hei answered"
    finally:
        await chat.__aexit__()
