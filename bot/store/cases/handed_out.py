"""A paper that the assistant hands out in the chat: the very bytes, stored with the conversation as any file from staff."""

from typing import Any

from sqlalchemy import Engine

from bot.store import uploads
from bot.store.database import writing


def give_file(engine: Engine, conversation: str, name: str, content: bytes) -> dict[str, Any]:
    """Keep the file under the conversation and return its card. Raises uploads.BadUpload for what no chat takes."""
    info = uploads.check(name, content)
    uploads.store(info, content)
    try:
        with writing(engine) as session:
            uploads.put(session, info, conversation, "out")
    except uploads.BadUpload:
        uploads.remove(info.id)
        raise
    return info.card
