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
    """One conversation of a running assistant, spoken to as web does.

    ``owner`` becomes ``waiting`` when an answer asks for a person, as web sees to; ``contact`` (contact and customer id) is
    who has been proved.
    """

    def __init__(self, stack: Stack, language: str = "nb", conversation: str | None = None) -> None:
        self.url = f"http://127.0.0.1:{stack.environment['ENGINE_PORT']}/webhooks/smelt/"
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
        self.owner = "waiting" if self.hand_over else self.owner
        return "\n".join(str(reply["text"]) for reply in self.answer["replies"])

    async def tell(self, kind: str, **internal: Any) -> str:
        """A turn without words of the customer: ``proved`` or ``handed_back``."""
        self.owner = "assistant" if kind == "handed_back" else self.owner
        return await self.say("/inform", kind=kind, **internal)

    async def events(self, events: list[dict[str, Any]]) -> None:
        """Events that web decided."""
        await asyncio.to_thread(self._post, {"conversation": self.conversation, "events": events}, "events")

    @property
    def hand_over(self) -> str | None:
        """Why the last answer asks for a person."""
        return next((reply["hand_over"] for reply in self.answer["replies"] if reply["hand_over"]), None)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The quick replies of the last answer."""
        return [button for reply in self.answer["replies"] for button in reply["buttons"]]

    @property
    def state(self) -> dict[str, Any]:
        """Where the request stands after the last answer."""
        return dict(self.answer["state"])

    def _post(self, call: dict[str, Any], path: str = "turn") -> dict[str, Any]:
        request = urllib.request.Request(
            self.url + path,
            json.dumps(call).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {engine_token()}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
