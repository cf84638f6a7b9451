"""What happens in a conversation, told at once to everybody who may know: the customer's tabs and the desk."""

from typing import Any

import socketio

from bot.store.ownership import Owner
from bot.store.records import Stored
from bot.web.outgoing import bot_uttered, desk_entry, message_state, owner_event, user_message

DESK = "/desk"
#: The room of all staff in the desk's namespace.
STAFF = "staff"


def room(conversation: str, contact_id: str | None) -> str:
    """The sockets of a conversation that may read it now: a stranger's sockets stay behind when a contact signs in."""
    return f"conversation:{conversation}:{contact_id or ''}"


def watchers(conversation: str) -> str:
    """The staff who look at a conversation, in the desk's namespace."""
    return f"conversation:{conversation}"


class Live:
    """Emits events. With Redis they reach the sockets of every web process."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self.sio = sio

    async def to_customer(
        self, conversation: str, contact_id: str | None, event: str, data: Any, skip: str | None = None
    ) -> None:
        """To the customer's tabs; ``skip`` is the socket that knows already."""
        await self.sio.emit(event, data, room=room(conversation, contact_id), skip_sid=skip)

    async def to_watchers(self, conversation: str, event: str, data: dict[str, Any]) -> None:
        """To the staff who look at this conversation."""
        await self.sio.emit(event, {"conversation": conversation, **data}, room=watchers(conversation), namespace=DESK)

    async def said(self, message: Stored, contact_id: str | None, skip: str | None = None) -> None:
        """A stored message, in either direction."""
        if message.direction == "out":
            if not message.suppressed:
                await self.to_customer(message.conversation, contact_id, "bot_uttered", bot_uttered(message))
        elif echo := user_message(message):
            await self.to_customer(message.conversation, contact_id, "user_message", echo, skip)
        if entry := desk_entry(message):
            await self.to_watchers(message.conversation, "message", {"message": entry})
        await self.queue()

    async def state(self, message: Stored, contact_id: str | None) -> None:
        """How far a customer's message came."""
        await self.to_customer(message.conversation, contact_id, "message_state", message_state(message))
        await self.to_watchers(message.conversation, "state", message_state(message))

    async def owner(self, conversation: str, contact_id: str | None, owner: Owner) -> None:
        """Somebody else answers from now on."""
        await self.to_customer(conversation, contact_id, "owner", owner_event(owner))
        await self.to_watchers(conversation, "owner", {**owner_event(owner), "staff_id": owner.staff_id})
        await self.queue()

    async def changed(self, conversation: str) -> None:
        """Something about a conversation that the desk should look up again."""
        await self.to_watchers(conversation, "changed", {})

    async def queue(self) -> None:
        """The desk's queue is not what it was."""
        await self.sio.emit("queue", {}, room=STAFF, namespace=DESK)

    async def case(self, case_no: str) -> None:
        """A case was opened or decided."""
        await self.sio.emit("case", {"case_no": case_no}, room=STAFF, namespace=DESK)
