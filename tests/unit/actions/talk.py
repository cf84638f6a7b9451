"""A conversation with the assistant's one action: values are found as the engine finds them, meanings are given by the test."""

import uuid
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.assistant import Assistant
from actions.production.contacts import contact
from actions.turns.house import House
from bot.common.clock import today
from bot.common.replies import replies
from bot.common.signing import sign_identity
from bot.engine.nlu.entities import find_entities


class Conversation:
    """One customer. ``contact_id``: who is signed in."""

    def __init__(self, house: House, language: str = "nb", contact_id: str | None = None) -> None:
        self.id = uuid.uuid4().hex
        self.slots: dict[str, Any] = {"language": language}
        self.events: list[dict[str, Any]] = []
        person = contact(house.production, contact_id) if contact_id else None
        self.identity = sign_identity(person.contact_id, person.customer_id, "sign_in", self.id) if person else None
        self.hand_over: str | None = None

    async def say(self, text: str, act: str = "inform", sure: float = 0.9, clauses: list[tuple[str, str]] | None = None) -> str:  # fmt: skip
        """Send one message; the answer. ``clauses``: its pieces with their meanings, where it is several."""
        language = self.slots["language"]
        entities = [] if text.startswith("/") else find_entities(text, today(), language)
        message: dict[str, Any] = {
            "text": text, "entities": entities, "intent": {"name": act.lstrip("/"), "confidence": sure}, "asks": "?" in text,
            "metadata": {"identity": self.identity, "message_id": uuid.uuid4().hex},
        }  # fmt: skip
        if clauses:
            message["clauses"] = [_clause(text, piece, meaning, sure) for piece, meaning in clauses]
        self.events.append({"event": "user", "text": text, "parse_data": {}, "metadata": message["metadata"]})
        tracker = Tracker(self.id, dict(self.slots), message, self.events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in await Assistant().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        sent = [each if "parts" in each else each["custom"] for each in dispatcher.messages]
        self.hand_over = next((each["hand_over"] for each in sent if each.get("hand_over")), None)
        self.events += [{"event": "bot", "metadata": each} for each in sent]
        return "\n".join(replies().compose(language, each["parts"]) for each in sent)

    @property
    def offered(self) -> list[str]:
        """Titles of the quick replies of the last answer."""
        said = [event["metadata"] for event in self.events if event["event"] == "bot"]
        choices = replies().choices(self.slots["language"], said[-1].get("choices") or []) if said else []
        return [choice["title"] for choice in choices]


def _clause(text: str, piece: str, act: str, sure: float) -> dict[str, Any]:
    start = text.index(piece)
    return {"start": start, "end": start + len(piece), "acts": [[act, sure]], "asks": "?" in piece}
