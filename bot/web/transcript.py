"""A conversation as plain text, for the customer to keep."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.common.settings import settings
from bot.store.records import Stored
from bot.store.talk import messages
from bot.web.outgoing import shown_text
from bot.web.texts import text

#: The newest messages of a transcript; nobody's chat comes near.
MOST = 2000


def read(engine: Engine, conversation: str, language: str) -> str:
    """The conversation as text. For a database thread: long texts take a while."""
    return as_text(messages.transcript(engine, conversation, MOST), language)


def as_text(said: Sequence[Stored], language: str) -> str:
    """Every message with its time and who wrote it, under a heading."""
    lines = [text(language, "utter_transcript_head"), ""]
    for message in said:
        shown = shown_text(message)
        if shown is not None:
            at = message.at.astimezone(ZoneInfo(settings().time_zone))
            lines += [f"[{at:%Y-%m-%d %H:%M}] {speaker(message, language)}:", shown, ""]
    return "\n".join(lines)


def speaker(message: Stored, language: str) -> str:
    """Who wrote a message, in words."""
    if message.author == "person" and message.name:
        return text(language, "utter_speaker_person", person=message.name)
    return text(language, f"utter_speaker_{message.author}")
