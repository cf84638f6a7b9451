"""Conversations for the desk's browser: rows of its lists, and one with everything in it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from actions.production.contacts import Contact
from bot.store.models import Conversation, HandOver, Note, Upload, WrongAnswer
from bot.store.ownership import Owner
from bot.store.records import Stored
from bot.store.talk.desk import Detail, Row
from bot.web.desk.parts import Desk
from bot.web.desk.request_panel import answered_name, request_panel
from bot.web.desk.understood import understood
from bot.web.live import room
from bot.web.outgoing import desk_entry, neutral, neutral_all, shown_text

LAST = 140


async def shown_rows(desk: Desk, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows with the names production knows."""
    names = await desk.people.names([row.conversation.contact_id for row in rows])
    return [shown_row(desk, row, names.get(row.conversation.contact_id or "")) for row in rows]


def shown_row(desk: Desk, row: Row, contact: Contact | None) -> dict[str, Any]:
    """One row."""
    one = row.conversation
    return {
        "id": one.id, "owner": one.owner, "owner_id": one.owner_id, "owner_name": one.owner_name,
        "since": one.owner_since.isoformat(), "reason": one.waiting_reason, "language": one.language,
        "who": {
            "name": contact.name if contact else _said(one.told_name) or answered_name(one.state),
            "company": contact.customer_name if contact else _said(one.told_company),
            "proved": one.proved if one.contact_id else None,
            "email": _said(one.told_email), "phone": _said(one.told_phone),
        },
        "last": _last(row.last), "last_at": one.last_at.isoformat(), "unread": row.unread,
        "task": (one.state or {}).get("task"), "online": is_online(desk, one),
        "promised_at": one.promised_at.isoformat() if one.promised_at else None,
        "created_at": one.created_at.isoformat(),
        "closed_at": one.owner_since.isoformat() if one.owner == "closed" else None, "rating": one.rating,
        "seen_seq": one.seen_seq,
    }  # fmt: skip


def _said(text: str | None) -> str | None:
    return neutral(text) if text else None


def shown_owner(owner: Owner) -> dict[str, Any]:
    """Who answers."""
    return {"state": owner.state, "name": owner.name, "staff_id": owner.staff_id}


def is_online(desk: Desk, one: Conversation) -> bool:
    """Whether the customer's page is open, as far as this process knows."""
    rooms = desk.sio.manager.rooms.get("/", {})
    return bool(rooms.get(room(one.id, one.contact_id)))


async def shown_detail(desk: Desk, found: Detail, staff_id: str, language: str) -> dict[str, Any]:
    """One conversation with everything in it."""
    customer = await desk.people.panel(found.row.conversation, language)
    row = (await shown_rows(desk, [found.row]))[0]
    # Hundreds of long messages take a while, and others wait for the loop.
    content = await asyncio.to_thread(_content, found, staff_id, language)
    return {"conversation": row, "customer": customer and {**customer, "earlier": _earlier(found)}, **content}


def _earlier(found: Detail) -> list[dict[str, Any]]:
    return [
        {"id": past.id, "last_at": past.last_at.isoformat(), "rating": past.rating, "owner": past.owner}
        for past in found.earlier
    ]


def _content(found: Detail, staff_id: str, language: str) -> dict[str, Any]:
    """What was said and done in a conversation."""
    one = found.row.conversation
    return {
        "messages": [
            {**entry, "understood": understood(message, language)}
            for message in found.messages
            if (entry := desk_entry(message))
        ],
        "truncated": found.truncated,
        "notes": [shown_note(note, staff_id) for note in found.notes],
        "hand_overs": [_hand_over(change) for change in found.hand_overs],
        "request": request_panel(one.state, language),
        "files": [shown_file(file) for file in found.files],
        "facts": {
            "started": one.created_at.isoformat(), "messages": found.count, "language": one.language,
            "client": neutral_all(found.client), "rating": one.rating,
            "rating_text": neutral(one.rating_text) if one.rating_text else None,
        },
        "flags": [shown_flag(flag) for flag in found.flags],
    }  # fmt: skip


def shown_note(note: Note, staff_id: str) -> dict[str, Any]:
    """A private note."""
    return {
        "id": note.id, "after_seq": note.after_seq, "staff_name": note.staff_name, "text": note.text,
        "at": note.at.isoformat(), "mine": note.staff_id == staff_id,
    }  # fmt: skip


def shown_file(file: Upload) -> dict[str, Any]:
    """A file of the conversation."""
    return {
        "id": file.id, "name": file.name, "size": file.size, "media_type": file.media_type,
        "direction": file.direction, "at": file.at.isoformat(),
    }  # fmt: skip


def shown_flag(flag: WrongAnswer) -> dict[str, Any]:
    """What somebody said about an answer of the assistant."""
    return {"message_id": flag.message_id, "right_answer": flag.right_answer, "staff_name": flag.staff_name}


def _hand_over(change: HandOver) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(), "to": change.to, "staff_name": change.staff_name,
        "reason": neutral(change.reason) if change.reason else None,
    }  # fmt: skip


def _last(message: Stored | None) -> dict[str, Any] | None:
    if message is None:
        return None
    text = " ".join((shown_text(message) or "").split())
    return {
        "text": text if len(text) <= LAST else text[:LAST].rstrip() + "…", "at": message.at.isoformat(),
        "author": message.author,
    }  # fmt: skip
