"""What a customer's browser tells and asks besides messages: read, typing, a verdict, a transcript, deletion."""

import contextlib
import functools
from typing import Any

from bot.store.cases.proof import client_hash
from bot.store.cases.transcripts import TooManyTranscripts, send_transcript
from bot.store.privacy.privacy import erase_own
from bot.store.talk import messages
from bot.web.engine import EngineError
from bot.web.frames import clean, read_email
from bot.web.limits import network
from bot.web.live import room
from bot.web.sockets import Channel, Client, guarded, limited

LONGEST_WORDS = 2000
SCORES = range(1, 6)


def register(channel: Channel) -> None:
    """Serve these events beside the channel's own."""
    for name, handler in (
        ("seen", seen), ("user_typing", user_typing), ("rate", rate), ("send_transcript", transcript),
        ("delete_conversation", delete),
    ):  # fmt: skip
        channel.sio.on(name, functools.partial(handler, channel))


@guarded
@limited
async def seen(channel: Channel, client: Client, frame: Any = None, *_: Any) -> dict[str, Any]:
    """The highest message on the customer's screen."""
    seq = _field(frame, "seq")
    if client.conversation is None or not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 2**31:
        return _refused("malformed")
    if await channel.parts.db(messages.note_seen, channel.parts.own, client.conversation, client.contact_id, seq):
        await channel.live.to_watchers(client.conversation, "seen", {"seq": seq})
    return {"ok": True}


@guarded
@limited
async def user_typing(channel: Channel, client: Client, frame: Any = None, *_: Any) -> dict[str, Any]:
    """The customer is writing: for the desk's eyes only."""
    if client.conversation is not None:
        await channel.parts.db(messages.check_holder, channel.parts.own, client.conversation, client.contact_id)
        data = {"typing": _field(frame, "typing") is True}
        await channel.live.to_watchers(client.conversation, "customer_typing", data)
    return {"ok": True}


@guarded
@limited
async def rate(channel: Channel, client: Client, frame: Any = None, *_: Any) -> dict[str, Any]:
    """The customer's verdict; a later one replaces it."""
    score, words = _field(frame, "score"), _field(frame, "text")
    if client.conversation is None or isinstance(score, bool) or score not in SCORES:
        return _refused("malformed")
    text = clean(words)[:LONGEST_WORDS].strip() if isinstance(words, str) else ""
    await channel.parts.db(
        messages.rate, channel.parts.own, client.conversation, client.contact_id, int(score), text or None
    )
    await channel.live.changed(client.conversation)
    return {"ok": True}


@guarded
@limited
async def transcript(channel: Channel, client: Client, frame: Any = None, *_: Any) -> dict[str, Any]:
    """The conversation by mail: to the address on record of who is proven, else to the one typed."""
    if client.conversation is None:
        return _refused("empty")
    proven = client.visitor is not None and client.visitor.proven
    email = None if proven else read_email(_field(frame, "email"))
    if not proven and email is None:
        return _refused("email")
    try:
        found = await channel.parts.db(
            send_transcript, channel.parts.own, client.conversation, client.contact_id, email,
            client_hash(network(client.address)),
        )  # fmt: skip
    except TooManyTranscripts:
        return _refused("rate_limited")
    return {"ok": True} if found else _refused("empty")


@guarded
@limited
async def delete(channel: Channel, client: Client, *_: Any) -> dict[str, Any]:
    """Erase the conversation everywhere; cases stay for their legal period, and the answer names them."""
    conversation = client.conversation
    if conversation is None:
        return {"ok": True, "kept": []}
    erased = await channel.parts.db(erase_own, channel.parts.own, conversation, client.contact_id)
    # Away, it forgets later: a tombstone in the outbox has the worker repeat it.
    with contextlib.suppress(EngineError):
        await channel.parts.engine.erase(conversation)
    for contact_id in {client.contact_id, *(contact for _, contact in erased.conversations)}:
        await channel.sio.emit("erased", {}, room=room(conversation, contact_id))
    await channel.live.changed(conversation)
    await channel.live.queue()
    kept = [{"case_no": case.case_no, "until": case.until.isoformat()} for case in erased.kept]
    return {"ok": True, "kept": kept}


def _field(frame: Any, name: str) -> Any:
    return frame.get(name) if isinstance(frame, dict) else None


def _refused(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}
