"""The desk's sockets, namespace ``/desk``: signed-in staff only, who look at conversations and are told what happens."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

import structlog
from socketio.exceptions import ConnectionRefusedError as Refusal
from sqlalchemy.exc import SQLAlchemyError

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.store.staff import sessions, staff
from bot.store.talk import desk as conversations
from bot.web.desk.guard import COOKIE, check_origin, session_of
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Refused
from bot.web.live import DESK, STAFF, watchers
from bot.web.parts import DatabaseAway

log = structlog.get_logger("desk")
#: How often open sockets are held against their sessions, and others are told that their staff is there.
LOOK_SECONDS = 20.0
#: Another process's staff are there when it said so within this time.
SEEN = dt.timedelta(seconds=2.5 * LOOK_SECONDS)
MOST_WATCHED = 20
AWAY = (SQLAlchemyError, DatabaseAway)


@dataclass
class Watcher:
    """One socket: whose, by which session, looking at what."""

    session_id: str
    person: StaffMember
    watched: set[str] = field(default_factory=set)


class DeskSockets:
    """Who is there, and what they look at."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.sockets = self
        self.watchers: dict[str, Watcher] = {}
        for name in ("connect", "disconnect", "watch", "unwatch", "typing"):
            desk.sio.on(name, getattr(self, f"on_{name}"), namespace=DESK)

    async def on_connect(self, sid: str, environ: dict[str, Any], _: Any = None) -> None:
        """Let signed-in staff in, from our own page. Raises ConnectionRefusedError."""
        session_id = session_of(_cookie(environ.get("HTTP_COOKIE", "")))
        try:
            # Browsers leave the origin out only where a page asks its own host by GET: the first frame of long polling.
            if origin := environ.get("HTTP_ORIGIN"):
                check_origin(origin, environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST"))
            known = self.desk.parts.db(sessions.signed_in, self.desk.parts.own, session_id) if session_id else None
            person = await known if known else None
        except Refused as refused:
            raise Refusal(refused.code) from refused
        except AWAY as error:
            raise Refusal("unavailable") from error
        if person is None or session_id is None:
            raise Refusal("signed_out")
        self.watchers[sid] = Watcher(session_id, person)
        await self.desk.sio.enter_room(sid, STAFF, namespace=DESK)
        await self._say_there({person.id})
        # After the socket has been let in: a client may not listen before.
        self.desk.sio.start_background_task(self.tell_presence)

    async def on_disconnect(self, sid: str, _reason: Any = None) -> None:
        """Somebody closed the desk, or one of its tabs."""
        if self.watchers.pop(sid, None) is not None:
            await self.tell_presence()

    async def on_watch(self, sid: str, frame: Any = None, *__: Any) -> dict[str, Any]:
        """Be told what happens in a conversation."""
        watcher, conversation = self.watchers.get(sid), _conversation(frame)
        if watcher is None or conversation is None or len(watcher.watched) >= MOST_WATCHED:
            return {"ok": False}
        try:
            known, _ = await self.desk.parts.db(conversations.contact_of, self.desk.parts.own, conversation)
        except AWAY:
            return {"ok": False}
        if not known:
            return {"ok": False}
        watcher.watched.add(conversation)
        await self.desk.sio.enter_room(sid, watchers(conversation), namespace=DESK)
        return {"ok": True}

    async def on_unwatch(self, sid: str, frame: Any = None, *_: Any) -> dict[str, Any]:
        """Look away."""
        watcher, conversation = self.watchers.get(sid), _conversation(frame)
        if watcher is not None and conversation is not None and conversation in watcher.watched:
            watcher.watched.remove(conversation)
            await self.desk.sio.leave_room(sid, watchers(conversation), namespace=DESK)
        return {"ok": True}

    async def on_typing(self, sid: str, frame: Any = None, *_: Any) -> dict[str, Any]:
        """The person who answers is writing: the customer sees it."""
        watcher, conversation = self.watchers.get(sid), _conversation(frame)
        typing = isinstance(frame, dict) and frame.get("typing") is True
        if watcher is None or conversation is None or conversation not in watcher.watched:
            return {"ok": False}
        try:
            owner, contact_id = await self.desk.parts.db(conversations.owner_of, self.desk.parts.own, conversation)
        except AWAY:
            return {"ok": False}
        if owner.staff_id != watcher.person.id:
            return {"ok": False}
        name = watcher.person.name
        await self.desk.live.to_customer(conversation, contact_id, "typing", {"typing": typing, "name": name})
        return {"ok": True}

    async def online(self) -> set[str]:
        """Ids of the staff whose desk is open, in whichever process."""
        here = {watcher.person.id for watcher in self.watchers.values()}
        if not settings().redis_url:
            return here
        return here | await self.desk.parts.db(staff.seen_since, self.desk.parts.own, utcnow() - SEEN)

    async def tell_presence(self) -> None:
        """Tell the colleagues who is there."""
        try:
            found, online = await self.desk.parts.db(staff.members, self.desk.parts.own), await self.online()
        except AWAY:
            return
        shown = [
            {"id": one.id, "name": one.name, "presence": one.presence, "online": one.id in online} for one in found
        ]
        await self.desk.sio.emit("presence", {"staff": shown}, room=STAFF, namespace=DESK)

    async def look(self) -> None:
        """Close the sockets whose session ended, in this process at once and in others at their next look."""
        if not self.watchers:
            return
        known = {watcher.session_id for watcher in self.watchers.values()}
        holding = await self.desk.parts.db(sessions.valid, self.desk.parts.own, known)
        for sid, watcher in list(self.watchers.items()):
            if watcher.session_id in holding:
                watcher.person = holding[watcher.session_id]
            else:
                await self.desk.sio.disconnect(sid, namespace=DESK)
        await self._say_there({watcher.person.id for watcher in self.watchers.values()})

    async def _say_there(self, staff_ids: set[str]) -> None:
        """Where other processes see it, and the rules of waiting."""
        try:
            await self.desk.parts.db(staff.seen, self.desk.parts.own, staff_ids)
        except AWAY as error:
            log.warning("presence not stored", error=type(error).__name__)

    async def keep_looking(self) -> None:
        """For as long as web runs."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception as error:  # the database may be away; the look goes on
                self.desk.parts.metrics.errors.labels("desk look").inc()
                log.error("look at sessions broke", error=type(error).__name__)


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _conversation(frame: Any) -> str | None:
    value = frame.get("conversation") if isinstance(frame, dict) else None
    return (
        value if isinstance(value, str) and 0 < len(value) <= 64 and value.isascii() and value.isprintable() else None
    )
