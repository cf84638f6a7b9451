"""Drives the assistant as the engine does: one message at a time, its events applied to the slots."""

import uuid
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.assistant import Assistant
from bot.common.clock import today
from bot.common.replies import replies
from bot.common.signing import sign_identity
from bot.engine.nlu.entities import find_entities


class FormDriver:
    """A conversation with the assistant alone; meanings are given, as understanding is tested elsewhere.

    Values are read out of the text unless some are given.
    """

    def __init__(self, language: str = "nb", contact: tuple[str, str] | None = None) -> None:
        self.conversation = uuid.uuid4().hex
        self.slots: dict[str, Any] = {"language": language}
        self.events: list[dict[str, Any]] = []
        self.contact = contact
        #: What web knows of every message from now on.
        self.metadata: dict[str, Any] = {}
        #: Why the last message asked for a person, None when it did not.
        self.hand_over: str | None = None

    async def say(
        self,
        text: str,
        intent: str = "inform",
        confidence: float = 0.9,
        told: dict[str, str] | None = None,
        **entities: Any,
    ) -> str:
        """Send one message; what the assistant said. ``told``: by its tag each stretch of the text that tells a value."""
        found = [
            {"entity": name, "value": value, "start": 0, "end": len(text)} | extra
            for name, value, extra in (
                (name, *(given if isinstance(given, tuple) else (given, {}))) for name, given in entities.items()
            )
        ]
        found = found or find_entities(text, today(), self.slots["language"])
        understood = {"name": intent, "confidence": confidence}
        self.events.append({"event": "user", "text": text, "parse_data": {"intent": understood}})
        spans = [
            {"tag": tag, "start": text.index(words), "end": text.index(words) + len(words), "confidence": 0.9}
            for tag, words in (told or {}).items()
        ]
        return await self._run({"text": text, "intent": understood, "entities": found, "spans": spans})

    async def told_by_web(self, owner: str = "assistant", **internal: Any) -> str:
        """A turn of web's own: a proof, or a hand-back whose answers the engine has read."""
        metadata = {"internal": internal, "owner": owner}
        understood = {"name": "inform", "confidence": 1.0}
        self.events.append(
            {"event": "user", "text": "/inform", "parse_data": {"intent": understood}, "metadata": metadata}
        )
        return await self._run({"text": "/inform", "intent": understood, "entities": [], "metadata": metadata})

    async def _run(self, message: dict[str, Any]) -> str:
        message["metadata"] = (message.get("metadata") or {}) | self.metadata
        if self.contact:
            identity = sign_identity(*self.contact, "sign_in", self.conversation)
            message["metadata"] |= {"identity": identity}
        tracker = Tracker(self.conversation, dict(self.slots), message, self.events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in await Assistant().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        self.hand_over = next((sent["hand_over"] for sent in dispatcher.messages if sent.get("hand_over")), None)
        self.events += [{"event": "bot", "metadata": _metadata(sent)} for sent in dispatcher.messages]
        return "\n".join(
            replies().compose(self.slots["language"], _metadata(sent)["parts"]) for sent in dispatcher.messages
        )

    @property
    def question(self) -> str | None:
        """The open question; None when nothing is being taken down."""
        return self.slots.get("question")

    @property
    def offered(self) -> list[str]:
        """Titles of the quick replies of the last message."""
        said = [event["metadata"] for event in self.events if event["event"] == "bot"]
        choices = replies().choices(self.slots["language"], said[-1].get("choices") or []) if said else []
        return [choice["title"] for choice in choices]

    @property
    def answers(self) -> dict[str, Any]:
        """Values of the running task, without what a service noted or settled by itself."""
        task = self.slots.get("task")
        given = (self.slots.get("answers") or {}).get(task, {})
        return {name: answer["value"] for name, answer in given.items() if answer["reply"]}


def _metadata(sent: dict[str, Any]) -> dict[str, Any]:
    """What the engine keeps of a message: its parts and choices."""
    return sent if "parts" in sent else dict(sent["custom"])
