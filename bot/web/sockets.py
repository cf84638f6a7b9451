"""The chat's events. Every frame is checked, every message stored before anything else, and no error ends a socket."""

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

import socketio
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.common.settings import settings
from bot.common.signing import read_conversation, sign_conversation
from bot.store.models import Conversation
from bot.store.records import Accepted, Aside, ForeignConversation, Incoming, Reply
from bot.store.talk import messages
from bot.web import proof
from bot.web.frames import BadFrame, Uttered, read_session_request, read_uttered
from bot.web.identity import SignInRefused, Visitor, visitor
from bot.web.limits import network
from bot.web.live import Live, room
from bot.web.outgoing import history_entry, message_state, notice, session_info
from bot.web.parts import Parts
from bot.web.person import hear_contact
from bot.web.proof import Proving
from bot.web.texts import accepted_language, reply_language, system, text
from bot.web.turns import Turns

#: What is said to a client whose frame is refused.
_REFUSED = {
    "too_long": "utter_message_too_long", "empty": "utter_message_empty", "crowded": "utter_message_crowded",
}  # fmt: skip
log = structlog.get_logger("sockets")
#: Seconds between two looks at the sign-ins of open sockets.
SIGN_IN_LOOK_SECONDS = 5.0
Handler = Callable[..., Awaitable[Any]]


@dataclass
class Client:
    """One socket: who holds it, and the conversation it is in."""

    sid: str
    address: str
    visitor: Visitor | None
    language: str | None
    conversation: str | None = None
    told_wait_until: float = field(default=0.0)

    @property
    def contact_id(self) -> str | None:
        """The contact who signed in, if one did."""
        return self.visitor.sender.contact_id if self.visitor else None

    @property
    def room(self) -> str:
        """The room of the conversation the socket is in."""
        return room(self.conversation or "", self.contact_id)


def guarded(handler: Handler) -> Handler:
    """Turn an error into a sentence. Without a stored message there is no acknowledgement, so the client sends again."""

    @functools.wraps(handler)
    async def run(channel: "Channel", sid: str, *arguments: Any) -> Any:
        client = channel.clients.get(sid)
        if client is None:
            return channel.sio.not_handled
        try:
            return await handler(channel, client, *arguments)
        except Exception as error:
            # Its text may hold what the customer wrote, so the log names only its kind.
            channel.parts.metrics.errors.labels(handler.__name__).inc()
            log.error("event failed", event_name=handler.__name__, error=type(error).__name__)
        if handler.__name__ == "session_request":
            await channel.sio.emit("session_error", {"error": "unavailable"}, to=sid)
        else:
            await channel.notice(client, "not_stored", system(channel.language(client), "utter_not_stored"))
        return channel.sio.not_handled

    return run


def limited(handler: Handler) -> Handler:
    """Refuse an event when too many come, or when its conversation was proven to be somebody else's meanwhile.

    They have a share of their own: however often a page says what was seen, its customer may still write.
    """

    @functools.wraps(handler)
    async def run(channel: "Channel", client: Client, *arguments: Any) -> Any:
        if wait := channel.parts.limits.check_event(client.sid, client.address):
            if handler.__name__ == "session_request":
                await channel.sio.emit("session_error", {"error": "rate_limited"}, to=client.sid)
            return {"ok": False, "error": "rate_limited", "retry_after": int(wait) + 1}
        try:
            return await handler(channel, client, *arguments)
        except ForeignConversation:
            log.info("event for a conversation of somebody else refused", event_name=handler.__name__)
            return {"ok": False, "error": "session"}

    return run


class Channel:
    """Rasa's Socket.IO protocol and what docs/protocol.md adds to it."""

    def __init__(self, parts: Parts, sio: socketio.AsyncServer, turns: Turns, live: Live) -> None:
        self.parts = parts
        self.sio = sio
        self.turns = turns
        self.live = live
        self.clients: dict[str, Client] = {}
        sio.on("connect", self.connect)
        sio.on("disconnect", self.disconnect)
        sio.on("session_request", self.session_request)
        sio.on("user_uttered", self.user_uttered)

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Check the sign-in. Raises ConnectionRefusedError, which the client sees as ``connect_error``."""
        language = accepted_language(environ.get("HTTP_ACCEPT_LANGUAGE"))
        try:
            who = await visitor(auth, self.parts.production)
        except SignInRefused as refused:
            log.info("sign-in refused", code=refused.code)
            words = text(reply_language(language), f"utter_refused_{refused.code}")
            data = {"code": refused.code, "text": words}
            raise socketio.exceptions.ConnectionRefusedError(refused.code, data) from refused
        peer = (environ.get("asgi.scope") or {}).get("client") or ("unknown",)
        self.clients[sid] = Client(sid, str(peer[0]), who, (who and who.language) or language)
        self.parts.metrics.sockets.set(len(self.clients))

    async def disconnect(self, sid: str, _reason: Any = None) -> None:
        """Forget the socket; its conversation stays."""
        self.clients.pop(sid, None)
        self.parts.metrics.sockets.set(len(self.clients))

    @guarded
    @limited
    async def session_request(self, client: Client, frame: Any = None, *_: Any) -> None:
        """Give the socket a conversation: the one of its token when it may have it, else a new one."""
        request = read_session_request(frame)
        client.language = request.language or client.language
        await self._look_at_sign_in(client)
        await self._enter(client, read_conversation(request.token), request.last_seq)

    @guarded
    async def user_uttered(self, client: Client, frame: Any = None, *_: Any) -> Any:
        """Store a message, acknowledge it, and have it answered."""
        if wait := self.parts.limits.check(client.sid, client.conversation or client.sid, client.address):
            return await self._too_many(client, wait)
        try:
            uttered = read_uttered(frame, settings().max_message_chars)
        except BadFrame as bad:
            return await self._refused(client, bad.code)
        client.language = uttered.language or client.language
        await self._look_at_sign_in(client)
        if client.conversation is None:
            await self._enter(client, read_conversation(uttered.token), None)
        accepted = await self._accept(client, uttered)
        await self._after(client, accepted)
        message = accepted.message
        return {
            "ok": True, "message_id": message.id, "seq": message.seq, "client_id": message.client_id,
            "duplicate": accepted.duplicate,
        }  # fmt: skip

    def language(self, client: Client) -> str:
        """The language to speak to a socket in, before its conversation has one."""
        return reply_language(client.language)

    async def notice(self, client: Client, code: str, reply: Reply) -> None:
        """Say something that is not stored, to this socket alone."""
        await self.sio.emit("bot_uttered", notice(reply, code), to=client.sid)

    async def _enter(self, client: Client, wanted: str | None, last_seq: int | None, left: bool = False) -> None:
        """Put a socket into a conversation. A stranger who has ``left`` a contact's hears why it is another one."""
        sender = client.visitor.sender if client.visitor else None
        row = None
        if wanted is not None:
            try:
                row = await self.parts.db(messages.resume, self.parts.own, wanted, sender)
            except ForeignConversation:
                log.info("conversation of somebody else refused")
                wanted, left = None, True
        await self._move(client, wanted or token_urlsafe(16))
        assert client.conversation
        await self.sio.emit("session_confirm", sign_conversation(client.conversation), to=client.sid)
        if row is not None and row.language:
            client.language = row.language
        name = client.visitor.name if client.visitor else None
        await self.sio.emit("session_info", session_info(row, client.visitor is not None, name), to=client.sid)
        if left and client.visitor is None:
            button = {"reply": "utter_choice_identify", "payload": proof.COMMAND}
            await self.notice(client, "not_identified", system(self.language(client), "utter_proof_over", button))
        if last_seq is not None:
            await self._replay(client, client.conversation, last_seq if row is not None else 0)

    async def _move(self, client: Client, conversation: str) -> None:
        if client.conversation is not None:
            await self.sio.leave_room(client.sid, client.room)
        client.conversation = conversation
        await self.sio.enter_room(client.sid, client.room)

    async def _replay(self, client: Client, conversation: str, after: int) -> None:
        data = await self.parts.db(_history, self.parts.own, conversation, after)
        await self.sio.emit("history", data, to=client.sid)

    async def _accept(self, client: Client, uttered: Uttered) -> Accepted:
        """Store; in a new conversation when this one became somebody else's."""
        try:
            return await self._store(client, uttered)
        except ForeignConversation:
            await self._enter(client, None, None, left=True)
            return await self._store(client, uttered)

    async def _store(self, client: Client, uttered: Uttered) -> Accepted:
        proving = Proving(network(client.address), client.language, client.visitor)

        def answer(session: Session, conversation: Conversation, incoming: Incoming) -> Aside | None:
            said = proving(session, conversation, incoming)
            if said is None:
                hear_contact(conversation, incoming)
            return said

        accepted = await self.parts.db(
            messages.accept, self.parts.own, self._incoming(client, uttered), self.parts.lease, answer
        )
        if not accepted.duplicate or (client.visitor and client.visitor.proven):
            return accepted
        return await self.parts.db(proof.proved_again, self.parts.own, accepted, uttered.text)

    def _incoming(self, client: Client, uttered: Uttered) -> Incoming:
        who = client.visitor
        assert client.conversation
        return Incoming(
            conversation=client.conversation, text=uttered.text, client_id=uttered.client_id,
            sender=who.sender if who else None, proven=bool(who and who.proven),
            language=reply_language(client.language) if client.language else None, client=uttered.client,
        )  # fmt: skip

    async def _after(self, client: Client, accepted: Accepted) -> None:
        """Other tabs, the turn, and what became of a message that no turn will answer."""
        message = accepted.message
        self.parts.metrics.messages.labels("duplicate" if accepted.duplicate else "stored").inc()
        if not accepted.duplicate:
            await self.live.said(message, client.contact_id, skip=client.sid)
            if accepted.owner in ("waiting", "person"):  # who they say they are may be news
                await self.live.changed(message.conversation)
        if accepted.turn is not None:
            self.turns.start(accepted.turn)
        if accepted.refused:
            reply = system(reply_language(accepted.language, client.language), "utter_unknown_command")
            said = await self.parts.db(messages.say, self.parts.own, message.conversation, reply, message.id)
            await self.live.said(said, client.contact_id)
        if accepted.said is not None:
            await self.live.said(accepted.said, client.contact_id)
        if accepted.proved is not None:
            await self._proved(client, accepted, accepted.proved)
        if message.state != "received":
            await self.sio.emit("message_state", message_state(message), to=client.sid)

    async def _proved(self, client: Client, accepted: Accepted, contact_id: str) -> None:
        """The customer entered the code that was mailed to this contact: this socket is theirs, and no other one."""
        language = reply_language(accepted.language, client.language)
        found = await proof.look_up(self.parts.production, contact_id)
        if found is None:
            return await self._tell(client, proof.unavailable(language), accepted.message.id)
        token, who = found
        await self._become(client, who)
        await self.sio.emit("identity", proof.identity(token, who), to=client.sid)
        await self._tell(client, proof.thanks(language, who), accepted.message.id)
        if accepted.owner != "person" and client.conversation:
            await self.turns.proved(client.conversation)

    async def _tell(self, client: Client, reply: Reply, in_reply_to: str) -> None:
        assert client.conversation
        said = await self.parts.db(messages.say, self.parts.own, client.conversation, reply, in_reply_to)
        await self.live.said(said, client.contact_id)

    async def _become(self, client: Client, who: Visitor) -> None:
        """Take the conversation along, or begin a new one when it is another contact's."""
        assert client.conversation
        await self.sio.leave_room(client.sid, client.room)
        client.visitor = who
        try:
            await self.parts.db(messages.resume, self.parts.own, client.conversation, who.sender)
        except ForeignConversation:
            client.conversation = None
            await self._enter(client, None, None)
            assert client.conversation
            await self.parts.db(messages.begin, self.parts.own, client.conversation, who.sender, client.language)
        else:
            await self.sio.enter_room(client.sid, client.room)
        await self.live.changed(client.conversation)

    async def look_at_sign_ins(self) -> None:
        """Sockets whose sign-in has run out hear nothing more of what is the contact's."""
        while True:
            for client in list(self.clients.values()):
                await self._look_at_sign_in(client)
            await asyncio.sleep(SIGN_IN_LOOK_SECONDS)

    async def _look_at_sign_in(self, client: Client) -> None:
        """A sign-in that ran out makes the socket a stranger's, outside the contact's conversation."""
        if client.visitor is None or client.visitor.proven:
            return
        if client.conversation is not None:
            await self.sio.leave_room(client.sid, client.room)
        client.visitor, client.conversation = None, None
        await self.sio.emit("identity_expired", {}, to=client.sid)

    async def _refused(self, client: Client, code: str) -> dict[str, Any]:
        self.parts.metrics.messages.labels(code).inc()
        values = {"limit": settings().max_message_chars} if code == "too_long" else {}
        name = _REFUSED.get(code, "utter_message_malformed")
        log.info("frame refused", code=code)
        await self.notice(client, code, system(self.language(client), name, **values))
        return {"ok": False, "error": code}

    async def _too_many(self, client: Client, wait: float) -> dict[str, Any]:
        """Refuse; say so once for each wait, so that a flood is not answered with a flood."""
        self.parts.metrics.messages.labels("rate_limited").inc()
        seconds = int(wait) + 1
        if time.monotonic() >= client.told_wait_until:
            client.told_wait_until = time.monotonic() + seconds
            await self.notice(
                client, "rate_limited", system(self.language(client), "utter_message_too_many", seconds=seconds)
            )
        return {"ok": False, "error": "rate_limited", "retry_after": seconds}


def _history(engine: Engine, conversation: str, after: int) -> dict[str, Any]:
    """What a client that comes back is sent; made in the database's thread, since long texts take a while."""
    found, truncated = messages.history(engine, conversation, after)
    entries = [entry for one in found if (entry := history_entry(one))]
    return {"messages": entries, "last_seq": found[-1].seq if found else after, "truncated": truncated}
