"""Clients that send anything: nothing they send ends a socket, reaches the engine as a command, or floods anybody."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from typing import Any

import jwt
import pytest
import socketio
import websocket
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.common.replies import replies
from bot.common.settings import settings
from bot.web import identity
from bot.web.identity import demo_token
from bot.web.limits import Limits
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat

NB = replies().texts["nb"]
ANYTHING: list[Any] = [
    None, True, 0, -1, 1.5, "", "text", [], {}, [[]], {"a": {}}, ["x", {"y": None}], "\x00", "\ud800", 10**30, b"bytes",
]  # fmt: skip


async def test_any_frame_in_any_place_leaves_the_socket_alive(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        for thing in ANYTHING:
            await chat.socket.emit("session_request", thing)
            await chat.socket.emit("session_request", {"session_id": thing, "last_seq": thing, "language": thing})
            await chat.socket.emit("session_request", {"metadata": thing})
            await chat.socket.emit(str(thing)[:20].encode("utf-8", "replace").decode(), thing)
        token = await chat.open()
        assert isinstance(token, str)
        assert await chat.ask("hei") == "hei answered"


@pytest.mark.parametrize("things", [ANYTHING[:6], ANYTHING[6:12], ANYTHING[12:]], ids=["first", "second", "third"])
async def test_a_malformed_message_is_refused_in_words(rig: Rig, things: list[Any]) -> None:
    for thing in things:
        await refuse_and_go_on(rig, thing)


async def refuse_and_go_on(rig: Rig, thing: Any) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        for frame in (thing, {"message": thing}, {"message": thing, "metadata": thing}):
            if isinstance(frame, dict) and isinstance(frame.get("message"), str) and frame["message"].strip("\x00"):
                continue
            answer = await chat.socket.call("user_uttered", frame, timeout=3)
            assert answer["ok"] is False
            assert answer["error"] in ("malformed", "empty")
        assert set(chat.texts()) <= {NB["utter_message_malformed"], NB["utter_message_empty"]}
        answer = await chat.send("hei", metadata=thing, customData=thing, session_id=thing)
        assert answer["ok"] is True
        await chat.wait("bot_uttered", len(chat.texts()) + 1)
        assert chat.texts()[-1] == "hei answered"


async def test_missing_and_superfluous_arguments_are_survived(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.socket.emit("user_uttered")
        await chat.socket.emit("session_request", ({}, 1, 2, 3))
        await chat.wait("session_confirm")
        await chat.socket.emit("user_uttered", ({"message": "hei"}, 1, 2))
        await chat.wait("bot_uttered", 2)
        assert chat.texts()[-1] == "hei answered"


async def test_raw_rubbish_on_the_wire_does_not_stop_the_server(rig: Rig) -> None:
    for rubbish in (
        "4",
        "40{",
        '42["user_uttered"',
        "42[]",
        "42[{}]",
        '42[["x"]]',
        "4" + "[" * 50_000,
        "499999999",
        "x",
        "45-[]",
    ):
        raw = websocket.create_connection(
            f"{rig.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket", timeout=3
        )
        raw.recv()
        raw.send("40")
        raw.recv()
        raw.send(rubbish)
        await asyncio.sleep(0.02)
        raw.close()
    async with Chat(rig.url) as chat:
        await chat.open()
        assert await chat.ask("hei") == "hei answered"


async def test_control_characters_and_half_characters_do_not_reach_the_database(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        assert (await chat.send("a\x00b\ud83d c"))["ok"] is True
        await chat.wait("bot_uttered")
    assert rig.engine.texts() == ["ab? c"]


async def test_a_message_that_is_too_long_is_refused_in_words(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        assert (await chat.send("x" * 4000))["ok"] is True
        answer = await chat.send("x" * 4001)
        assert answer == {"ok": False, "error": "too_long"}
        await chat.send("x" * 100_000)
        await asyncio.sleep(0.3)
        assert any("4,000" in said for said in chat.texts())
        assert await chat.ask("hei") == "hei answered"
    assert max(len(said) for said in rig.engine.texts()) == 4000


async def test_a_huge_frame_ends_its_own_connection_only(rig: Rig) -> None:
    async with Chat(rig.url) as other:
        await other.open()
        chat = Chat(rig.url)
        await chat.connect()
        await chat.socket.emit("user_uttered", {"message": "x" * 3_000_000})
        await asyncio.sleep(0.5)
        await chat.__aexit__()
        assert await other.ask("hei") == "hei answered"
    assert rig.engine.texts() == ["hei"]


COMMANDS = [
    "/restart", "/session_start", "/back", '/confirm_order{"price": 1}', "/affirm", " /restart", "\t/restart",
    "\n/restart", "\u00a0/restart", "\u2003/restart", "/human ", "/HUMAN", "/human{}", "/", "//", "/rest\x00art", "\x1f/restart",
    "\x85/restart", "\u2028/restart",
]  # fmt: skip


async def test_a_command_nobody_offered_is_answered_and_not_obeyed(rig: Rig) -> None:
    for command in COMMANDS:
        async with Chat(rig.url) as chat:
            await chat.open(language="en")
            assert await chat.ask(command) == replies().texts["en"]["utter_unknown_command"], repr(command)
    assert rig.engine.calls == []


@pytest.mark.parametrize("command", ["/get_started", "/greet", "/help", "/human"])
async def test_what_widgets_send_by_themselves_is_obeyed(rig: Rig, command: str) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open()
        assert await chat.ask(command) == f"{command} answered"
    async with Chat(rig.url) as again:
        await again.open(token, last_seq=0)
        assert [one["direction"] for one in again.heard["history"][0]["messages"]] == ["out"]


async def test_an_offered_payload_is_obeyed_in_its_own_conversation_only(rig: Rig) -> None:
    payload = '/choose{"alloy": "CC491K"}'
    rig.engine.buttons = [{"title": "RG5", "payload": payload}]
    async with Chat(rig.url) as chat, Chat(rig.url) as tab, Chat(rig.url) as other:
        token = await chat.open()
        await tab.open(token)
        await other.open(language="nb")
        assert await chat.ask(payload) == NB["utter_unknown_command"]
        await chat.ask("hei")
        assert await chat.ask(payload) == f"{payload} answered"
        assert tab.heard["user_message"][-1]["text"] == "RG5", "people see the title, not the payload"
        assert await chat.ask(payload.replace("CC491K", "CC333G")) == NB["utter_unknown_command"]
        assert await other.ask(payload) == NB["utter_unknown_command"]


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits a test can reach: they are read when the application is built."""
    monkeypatch.setattr("bot.web.parts.Limits", lambda: Limits(per_minute=20))


@pytest.mark.usefixtures("strict")
class TestLimits:
    async def test_a_flood_is_refused_in_one_sentence_and_ends(self, rig: Rig) -> None:
        rig.engine.reply = "ok"
        async with Chat(rig.url) as chat:
            await chat.open(language="nb")
            answers = [await chat.send(f"m{number}") for number in range(40)]
            refused = [answer for answer in answers if not answer["ok"]]
            assert 25 <= len(refused) <= 30
            assert {answer["error"] for answer in refused} == {"rate_limited"}
            assert min(answer["retry_after"] for answer in refused) >= 1
            await asyncio.sleep(3.2)
            notices = [one for one in chat.heard["bot_uttered"] if one["metadata"].get("notice") == "rate_limited"]
            assert 1 <= len(notices) <= 3
            assert "Vent" in notices[0]["text"]
            assert (await chat.send("nå går det"))["ok"] is True

    async def test_a_second_tab_does_not_double_a_conversations_share(self, rig: Rig) -> None:
        async with Chat(rig.url) as one, Chat(rig.url) as two:
            await two.open(await one.open())
            answers = [await chat.send(f"m{number}") for number in range(12) for chat in (one, two)]
            assert sum(answer["ok"] for answer in answers) <= 17

    async def test_a_flood_of_events_is_refused_and_leaves_the_messages_their_share(self, rig: Rig) -> None:
        rig.engine.reply = "ok"
        async with Chat(rig.url) as chat:
            await chat.open(language="nb")
            await chat.send("hei")
            for event, frame in (("seen", {"seq": 1}), ("user_typing", {"typing": True}), ("rate", {"score": 5})):
                answers = [await chat.socket.call(event, frame) for _ in range(30)]
                refused = [answer for answer in answers if not answer["ok"]]
                assert refused
                assert {answer["error"] for answer in refused} == {"rate_limited"}
                assert min(answer["retry_after"] for answer in refused) >= 1
            assert (await chat.socket.call("delete_conversation", {}))["error"] == "rate_limited"
            assert (await chat.send("igjen"))["ok"] is True
            for _ in range(5):
                await chat.socket.emit("session_request", {"session_id": chat.session, "last_seq": 0})
            assert (await chat.wait("session_error"))[0] == {"error": "rate_limited"}

    async def test_a_malformed_flood_counts_too(self, rig: Rig) -> None:
        async with Chat(rig.url) as chat:
            await chat.open()
            answers = [await chat.socket.call("user_uttered", 7, timeout=3) for _ in range(30)]
        assert sum(answer["error"] == "rate_limited" for answer in answers) >= 10
        assert len(chat.texts()) <= 18


def claims(**more: Any) -> dict[str, Any]:
    return {"sub": "demo-kari", "aud": "smelt", "exp": int(time.time()) + 60} | more


def signed(payload: dict[str, Any], key: str | None = None, algorithm: str = "HS256") -> str:
    return jwt.encode({k: v for k, v in payload.items() if v is not None}, key or identity._secret() or "", algorithm)


async def refusal(rig: Rig, token: Any, **headers: str) -> dict[str, Any]:
    chat = Chat(rig.url, token, **headers)
    heard: list[Any] = []
    chat.socket.on("connect_error", heard.append)
    try:
        with pytest.raises(socketio.exceptions.ConnectionError):
            await chat.connect()
    finally:
        await chat.__aexit__()
    return dict(heard[0])


async def test_a_token_that_holds_signs_in_with_or_without_bearer(rig: Rig) -> None:
    for token in (demo_token("demo-kari"), f"Bearer {signed(claims())}"):
        async with Chat(rig.url, token) as chat:
            await chat.open()
            assert chat.heard["session_info"][0]["signed_in"] is True


async def test_a_token_that_does_not_hold_refuses_the_connection_with_a_reason(rig: Rig) -> None:
    past = int(time.time()) - 60
    pieces = signed(claims()).split(".")
    for token, code in {
        signed(claims(exp=past)): "token_expired",
        signed(claims(), "x" * 40): "token_invalid",
        signed(claims(aud="other")): "token_invalid",
        signed(claims(aud=None)): "token_invalid",
        signed(claims(exp=None)): "token_invalid",
        signed(claims(sub=None)): "token_invalid",
        signed(claims(sub="")): "token_invalid",
        signed(claims(sub="C-404")): "contact_unknown",
        jwt.encode(claims(), "", "none"): "token_invalid",
        ".".join(
            [pieces[0], jwt.encode(claims(sub="demo-anna"), "k" * 40, "HS256").split(".")[1], pieces[2]]
        ): "token_invalid",
        "rubbish": "token_invalid",
        "x" * 20_000: "token_invalid",
    }.items():
        refused = await refusal(rig, token)
        assert refused["message"] == code
        assert refused["data"]["code"] == code
        assert refused["data"]["text"] == NB[f"utter_refused_{code}"]
    english = await refusal(rig, signed(claims(exp=past)), **{"Accept-Language": "en-GB,en;q=0.8"})
    assert english["data"]["text"] == replies().texts["en"]["utter_refused_token_expired"]
    for odd in (7, ["x"], {"a": 1}, True):
        assert (await refusal(rig, odd))["message"] == "token_invalid"


async def test_a_public_key_is_never_a_shared_secret(rig: Rig) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forged = jwt.encode(claims(), private, "RS256", headers={"kid": "1"})
    assert (await refusal(rig, forged))["message"] == "token_invalid"


async def test_an_inactive_contact_and_a_missing_register_are_told_apart(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise identity.SQLAlchemyError

    monkeypatch.setattr(identity, "contact", away)
    assert (await refusal(rig, demo_token("demo-kari")))["message"] == "sign_in_unavailable"


async def test_a_sign_in_that_runs_out_is_not_passed_on(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "LEEWAY", 0)
    async with Chat(rig.url, signed(claims(exp=int(time.time()) + 2))) as chat:
        await chat.open()
        await chat.ask("nå")
        await asyncio.sleep(2.1)
        await chat.ask("senere")
        await chat.ask("enda senere")
        assert chat.heard["identity_expired"] == [{}]
    # Web may answer the first of them itself: who asks is not known any more.
    known = ["identity" in call["metadata"] for call in rig.engine.calls]
    assert known[0]
    assert not any(known[1:])


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def test_pages_carry_strict_headers(rig: Rig) -> None:
    for path in ("/", "/config", "/health", "/nowhere", "/demo/contacts"):
        _, headers, _ = fetch(rig.url + path)
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers or "uvicorn" in headers["server"]


def test_demo_sign_in_gives_a_token_and_refuses_rubbish(rig: Rig) -> None:
    status, _, body = fetch(f"{rig.url}/demo/contacts")
    people = json.loads(body)["contacts"]
    assert status == 200
    assert {"demo-kari", "demo-anna"} <= {one["contact"] for one in people}
    status, _, body = fetch(f"{rig.url}/demo/sign-in", b'{"contact": "demo-kari"}')
    assert status == 200
    assert identity.read_token(json.loads(body)["token"])["sub"] == "demo-kari"
    for rubbish in (
        b"",
        b"[]",
        b"{",
        b'{"contact": 7}',
        b'{"contact": "\\u0000"}',
        b"[" * 1500,
        b'{"contact":"' + b"x" * 5000,
    ):
        assert fetch(f"{rig.url}/demo/sign-in", rubbish)[0] == 400
    assert fetch(f"{rig.url}/demo/sign-in", b'{"contact": "nobody"}')[0] == 404
    assert fetch(f"{rig.url}/demo/sign-in", b'{"contact": "demo-kari"}', Origin="https://evil.example")[0] == 403
    assert fetch(f"{rig.url}/demo/sign-in")[0] == 405


def test_in_production_there_is_no_demo(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_MODE", "production")
    settings.cache_clear()
    rig.web.stop()
    rig.web.start()
    assert fetch(f"{rig.url}/demo/contacts")[0] == 404
    assert fetch(f"{rig.url}/demo/sign-in", b'{"contact": "demo-kari"}')[0] == 404
    with pytest.raises(identity.SignInRefused):
        identity.read_token(jwt.encode(claims(), "k" * 40, "HS256"))


def test_health_names_what_is_missing(rig: Rig) -> None:
    status, _, body = fetch(f"{rig.url}/health")
    found = json.loads(body)
    assert status == 503
    assert found["ok"] is False
    assert sorted(found["missing"]) == ["actions", "worker"]
    assert found["parts"] == {"database": True, "production": True, "engine": True, "actions": False, "worker": False}
    rig.engine_server.stop()
    time.sleep(1.1)
    assert "engine" in json.loads(fetch(f"{rig.url}/health")[2])["missing"]


def test_figures_are_for_our_own_network(rig: Rig) -> None:
    status, _, body = fetch(f"{rig.url}/metrics")
    assert status == 200
    assert b"smelt_sockets" in body
    for said in ("8.8.8.8", "10.0.0.1", "127.0.0.1"):
        for header in ("X-Forwarded-For", "X-Real-IP"):
            assert fetch(f"{rig.url}/metrics", **{header: said})[0] == 404, "a visitor can claim any address"


@pytest.mark.parametrize(
    ("trusted", "forwarded", "counted"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.0/8, 10.0.0.5", "198.51.100.7, 10.0.0.5", "198.51.100.7"),
        ("127.0.0.1,10.0.0.0/8", "10.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "198.51.100.7", "127.0.0.1"),
    ],
)
def test_limits_count_by_who_asks_behind_a_trusted_proxy(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, trusted: str, forwarded: str, counted: str
) -> None:
    monkeypatch.setenv("SMELT_TRUSTED_PROXIES", trusted)
    settings.cache_clear()
    rig.web.stop()
    rig.web.start()
    seen: list[str] = []
    monkeypatch.setattr(Limits, "file_from", lambda _, address: seen.append(address) or 1.0)
    assert fetch(f"{rig.url}/chat/files", b"x", **{"X-Forwarded-For": forwarded})[0] == 429
    assert seen == [counted]


def test_the_desk_is_shown_in_no_frame(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_ALLOWED_ORIGINS", "https://www.foundry.example")
    settings.cache_clear()
    rig.web.stop()
    rig.web.start()
    for path in ("/desk", "/desk/api/me", "/desk/nowhere"):
        _, headers, _ = fetch(rig.url + path)
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    _, headers, _ = fetch(rig.url + "/")
    assert "x-frame-options" not in headers
    assert "frame-ancestors 'self' https://www.foundry.example" in headers["content-security-policy"]


async def test_a_page_of_another_origin_may_not_open_the_chat(rig: Rig) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        await Chat(rig.url, Origin="https://evil.example").connect()
    async with Chat(rig.url, Origin=rig.url) as chat:
        await chat.open()


async def test_an_allowed_origin_may(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_ALLOWED_ORIGINS", "https://www.foundry.example, https://shop.example/")
    settings.cache_clear()
    rig.web.stop()
    rig.web.start()
    for origin in ("https://www.foundry.example", "https://shop.example", rig.url):
        async with Chat(rig.url, Origin=origin) as chat:
            await chat.open()
    assert (
        "frame-ancestors 'self' https://www.foundry.example https://shop.example"
        in fetch(rig.url)[1]["content-security-policy"]
    )
