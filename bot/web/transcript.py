"""A conversation as plain text, for the customer to keep."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.common.settings import settings
from bot.conversations.records import Stored
from bot.web.outgoing import shown_text
from bot.web.texts import text


def as_text(messages: Sequence[Stored], language: str) -> str:
    """Every message with its time and who wrote it, under a heading."""
    lines = [text(language, "utter_transcript_head"), ""]
    for message in messages:
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
