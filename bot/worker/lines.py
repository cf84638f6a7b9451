"""The lines of a conversation as mails show them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bot.store.records import Stored
from bot.store.talk.messages import ALWAYS_ALLOWED
from bot.worker.letter import moment


def lines(messages: Iterable[Stored], language: str, pattern: str = "HH:mm") -> list[dict[str, Any]]:
    """What people see of messages: no commands of a widget, no turns of our own. The template names who speaks."""
    return [
        line(one.at, one.author, one.name, one.title or one.text, one.card, language, pattern)
        for one in messages
        if not (one.direction == "in" and one.author != "customer") and (one.title or one.text not in ALWAYS_ALLOWED)
    ]


def line(
    at: dt.datetime, author: str, name: str | None, text: str, card: dict[str, Any] | None, language: str, pattern: str
) -> dict[str, Any]:
    """One of them."""
    is_file = card is not None and card.get("type") == "file"
    return {"at": moment(at, language, pattern), "author": author, "name": name, "text": text, "file": is_file}
