"""Words in web's own turns, read as the customer's are: what staff settled, and what was said beside a proof."""

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker


async def read_words(
    processor: MessageProcessor, tracker: DialogueStateTracker, metadata: dict[str, Any]
) -> dict[str, Any]:
    """Metadata in which ``answers`` (by question, what staff wrote) and ``said`` (a text) stand as they were understood."""
    internal = metadata.get("internal") or {}
    read: dict[str, Any] = {}
    if isinstance(internal.get("answers"), dict):
        given = internal["answers"].items()
        read["answers"] = {str(question): await _understood(processor, tracker, str(text)) for question, text in given}
    if isinstance(internal.get("said"), str):
        read["said"] = await _understood(processor, tracker, internal["said"])
    return metadata | {"internal": internal | read} if read else metadata


async def _understood(processor: MessageProcessor, tracker: DialogueStateTracker, text: str) -> dict[str, Any]:
    # What looks like a command is none.
    parsed = {} if text.startswith("/") else await processor.parse_message(UserMessage(text), tracker)
    return {"intent": {}, "entities": [], **parsed, "text": text}
