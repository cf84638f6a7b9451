"""Texts, words in cards and the wish for a person, as an action's answer leaves the engine."""

from typing import Any

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from bot.common.replies import ReplyError
from bot.engine.channel import _recorded, _reply
from bot.engine.nlg import SmeltReplies


async def _generated(**kwargs: Any) -> dict[str, Any]:
    tracker = DialogueStateTracker.from_events("talk", [])
    message = await SmeltReplies().generate("utter_thanks", tracker, "smelt", **kwargs)
    assert message
    return message


async def test_words_in_a_card_are_rendered_and_facts_stay() -> None:
    card = {
        "type": "request", "title": {"reply": "utter_read_back"}, "confirm": True,
        "lines": [{"answer": {"reply": "utter_line_weight", "value": 38.5}}, {"label": "x", "value": "y"}],
    }  # fmt: skip
    message = await _generated(card=card, language="en")
    assert message["custom"]["card"]["confirm"] is True
    assert message["custom"]["card"]["lines"] == [
        {"label": "Weight", "value": "38.5 kg each"}, {"label": "x", "value": "y"}
    ]  # fmt: skip
    assert isinstance(message["custom"]["card"]["title"], str)


async def test_the_reason_for_a_person_goes_out_the_same_the_second_time() -> None:
    message = await _generated(hand_over="asked")
    event = {"event": "bot", "text": message["text"], "data": {"custom": message["custom"], "buttons": None}}
    assert _recorded([event]) == [_reply(message["text"], None, message["custom"])]
    assert _recorded([event])[0]["hand_over"] == "asked"
    assert "custom" not in await _generated()


async def test_a_card_without_its_text_fails_the_answer() -> None:
    with pytest.raises(ReplyError):
        await _generated(card={"title": {"reply": "utter_there_is_no_such_text"}})
