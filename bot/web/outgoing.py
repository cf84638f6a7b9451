"""What goes to browsers: Rasa's shapes, with what is ours in ``metadata``, and no link that could run code."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.common.settings import settings
from bot.store.models import Conversation
from bot.store.ownership import Owner
from bot.store.records import Reply, Stored
from bot.store.talk.messages import ALWAYS_ALLOWED

#: A colon may also be written as an entity, so a target without a known scheme may hold neither.
_SAFE_LINK = re.compile(r"https?:|mailto:|tel:|[^:&]*$", re.IGNORECASE)
#: The end of ``[label](target)`` as widgets with markdown read it, whatever the label holds.
_TARGET = re.compile(r"\]\(([^)]*)\)")
_AUTOLINK = re.compile(r"<\s*(?:javascript|vbscript|data)\s*:[^>]*>", re.IGNORECASE)
#: Schemes that run code, also with control characters or blanks between their letters, as browsers ignore those.
_SCRIPT = re.compile(r"(?<![a-z0-9])((?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t)\s*:", re.IGNORECASE)
_DATA = re.compile(r"(?<![a-z0-9])(data)\s*:(?=\s*(?:[a-z]+/[a-z0-9.+-]+\s*[;,]|[;,]))", re.IGNORECASE)


def neutral(text: str) -> str:
    """Text in which no ``javascript:``, ``vbscript:`` or ``data:`` link is left. Other text stays as it is."""
    text = _replaced(_TARGET, ")", lambda link: link[0] if _SAFE_LINK.match(link[1].lstrip()) else "]", text)
    text = _replaced(_AUTOLINK, ">", lambda _: "", text)
    return _DATA.sub(r"\1 :", _SCRIPT.sub(r"\1 :", text))


def _replaced(pattern: re.Pattern[str], closing: str, by: Callable[[re.Match[str]], str], text: str) -> str:
    """``pattern.sub`` in time that grows with the length alone: what begins after the last ``closing`` never ends."""
    last = text.rfind(closing) + 1
    return pattern.sub(by, text[:last]) + text[last:]


def neutral_all(value: Any) -> Any:
    """As ``neutral`` for every text in a card."""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, Mapping):
        return {key: neutral_all(one) for key, one in value.items()}
    return [neutral_all(one) for one in value] if isinstance(value, list) else value


def neutral_reply(reply: Reply) -> Reply:
    """A reply as it may be stored and shown. Payloads stay, since they must come back byte for byte."""
    buttons = [{"title": neutral(one["title"]), "payload": one["payload"]} for one in reply.buttons]
    return replace(reply, text=neutral(reply.text), buttons=buttons, card=neutral_all(reply.card))


def bot_uttered(message: Stored) -> dict[str, Any]:
    """An answer as a stock widget reads it."""
    metadata: dict[str, Any] = {
        "seq": message.seq, "message_id": message.id, "in_reply_to": message.in_reply_to, "author": message.author,
        "name": message.name, "language": message.language, "at": message.at.isoformat(),
    }  # fmt: skip
    if message.card:
        metadata["card"] = message.card
    return {"text": message.text, **_quick_replies(message.buttons), "metadata": metadata}


def notice(reply: Reply, code: str) -> dict[str, Any]:
    """Something said but not stored."""
    metadata = {"author": reply.author, "notice": code}
    return {"text": reply.text, **_quick_replies(reply.buttons), "metadata": metadata}


def user_message(message: Stored) -> dict[str, Any] | None:
    """The customer's own message for their other tabs; None for a command nobody read."""
    shown = shown_text(message)
    if shown is None:
        return None
    return {
        "text": shown, "seq": message.seq, "message_id": message.id, "client_id": message.client_id,
        "card": message.card, "at": message.at.isoformat(),
    }  # fmt: skip


def shown_text(message: Stored) -> str | None:
    """What people see of a message: a pressed quick reply shows its title; commands and internal turns, nothing."""
    if message.direction == "in" and message.author != "customer":
        return None
    if message.title is not None:
        return neutral(message.title)
    if message.direction == "in" and message.text in ALWAYS_ALLOWED:
        return None
    return neutral(message.text)


def history_entry(message: Stored) -> dict[str, Any] | None:
    """A message for a client that comes back."""
    shown = shown_text(message)
    if shown is None:
        return None
    return {
        "seq": message.seq, "message_id": message.id, "client_id": message.client_id, "direction": message.direction,
        "author": message.author, "name": message.name, "text": shown, **_quick_replies(message.buttons),
        "card": message.card, "state": message.state, "in_reply_to": message.in_reply_to, "language": message.language,
        "at": message.at.isoformat(),
    }  # fmt: skip


def desk_entry(message: Stored) -> dict[str, Any] | None:
    """A message for the desk: as in the customer's history, and whether the customer never saw it."""
    entry = history_entry(message)
    return entry and {**entry, "suppressed": message.suppressed}


def owner_event(owner: Owner) -> dict[str, Any]:
    """Who answers now."""
    return {"owner": owner.state, "name": owner.name}


def message_state(message: Stored) -> dict[str, Any]:
    """How far a customer's message came."""
    return {"message_id": message.id, "client_id": message.client_id, "state": message.state}


def session_info(row: Conversation | None, signed_in: bool, name: str | None) -> dict[str, Any]:
    """Where a conversation stands."""
    return {
        "language": row.language if row else None, "owner": row.owner if row else "assistant",
        "last_seq": row.last_seq if row else 0, "signed_in": signed_in, "contact": name,
        "name": row.owner_name if row else None, "new": row is None, "rating": row.rating if row else None,
        "keep_days": settings().keep_days,
    }  # fmt: skip


def _quick_replies(buttons: list[dict[str, str]]) -> dict[str, Any]:
    if not buttons:
        return {}
    return {"quick_replies": [{"content_type": "text", "title": b["title"], "payload": b["payload"]} for b in buttons]}
