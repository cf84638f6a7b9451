"""What web does: one turn of a conversation over the engine's private channel."""

import asyncio
import json
import urllib.error
import urllib.request
import uuid
from typing import Any

from bot.common.signing import engine_token, sign_identity
from tests.stack import Stack


class Web:
    """One conversation of a running assistant, spoken to as web does; ``owner`` and ``contact`` are what web would add."""

    def __init__(self, stack: Stack, language: str = "nb", conversation: str | None = None) -> None:
        self.url = f"http://127.0.0.1:{stack.environment['ENGINE_PORT']}/webhooks/smelt/turn"
        self.conversation = conversation or uuid.uuid4().hex
        self.language = language
        self.owner = "assistant"
        self.contact: tuple[str, str] | None = None
        self.answer: dict[str, Any] = {}

    async def say(self, text: str, message_id: str | None = None, **internal: Any) -> str:
        """The texts of the answer, whose whole is kept in ``answer``. ``internal`` is a turn of web's own."""
        message_id = message_id or uuid.uuid4().hex
        metadata: dict[str, Any] = {
            "message_id": message_id, "client": {}, "language_hint": self.language, "owner": self.owner
        }  # fmt: skip
        if self.contact:
            metadata["identity"] = sign_identity(*self.contact, "mail", self.conversation)
        if internal:
            metadata["internal"] = internal
        call = {"conversation": self.conversation, "message_id": message_id, "text": text, "metadata": metadata}
        self.answer = await asyncio.to_thread(self._post, call)
        return "\n".join(str(reply["text"]) for reply in self.answer["replies"])

    async def tell(self, kind: str, **internal: Any) -> str:
        """A turn without words of the customer: ``proved`` or ``handed_back``."""
        return await self.say("/inform", kind=kind, **internal)

    @property
    def hand_over(self) -> str | None:
        """Why the last answer asks for a person."""
        return next((reply["hand_over"] for reply in self.answer["replies"] if reply["hand_over"]), None)

    @property
    def state(self) -> dict[str, Any]:
        """Where the request stands after the last answer."""
        return dict(self.answer["state"])

    def _post(self, call: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            self.url,
            json.dumps(call).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {engine_token()}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
