"""Texts for Rasa: every reply name is looked up in data/replies in the conversation's language."""

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.common.replies import ReplyError, replies
from bot.engine import turn_state


class SmeltReplies(NaturalLanguageGenerator):
    """Renders the parts of an action's answer, or one named text. A broken text fails the turn, never shows raw."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Any = None) -> None:
        self.replies = replies()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message for ``utter_action``; ``parts``, ``choices`` and ``card`` come from ``actions.turns.turn.Turn.send``."""
        language = kwargs.get("language") or tracker.get_slot("language") or "nb"
        parts = kwargs.get("parts") or [{"reply": utter_action}]
        try:
            message: dict[str, Any] = {"text": self.replies.compose(language, parts)}
            choices = kwargs.get("choices")
            if choices:
                message["buttons"] = self.replies.choices(language, choices)
            custom = {"card": self._worded(language, kwargs.get("card"))}
            custom |= {name: kwargs.get(name) for name in ("hand_over", "understood", "identify", "only_identify")}
        except ReplyError as error:
            state = turn_state.current()
            if state:
                state.fail(f"text {error}")
            raise
        custom = {name: value for name, value in custom.items() if value}
        return message | ({"custom": custom} if custom else {})

    def _worded(self, language: str, card: Any) -> Any:
        """A card with its words: ``reply`` and ``parts`` become a text, ``answer`` a label and a value."""
        if isinstance(card, list):
            return [self._worded(language, each) for each in card]
        if not isinstance(card, dict):
            return card
        if "reply" in card:
            return self.replies.render(language, card["reply"], card)
        if "parts" in card:
            return self.replies.compose(language, card["parts"])
        if "answer" in card:
            label, value = self.replies.line(language, card["answer"])
            return {"label": label, "value": value}
        return {name: self._worded(language, each) for name, each in card.items()}
