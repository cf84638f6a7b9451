"""A message to a quotation request, with the values the engine's own extractors find in it."""

import asyncio
import datetime as dt
import uuid
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form.answers import Answers
from actions.form.left_out import leave_out
from actions.form.righting.put_right import put_right
from actions.form.taking import Taking
from actions.form.told import leave_count_of_lines
from actions.tasks.quote.task import QuoteRequest
from actions.turns.turn import Turn
from bot.engine.nlu.entities import find_entities

TODAY = dt.date(2027, 3, 1)


def turn_of(
    text: str, opened: str | None = None, act: str = "inform", language: str = "nb", stood: Answers | None = None, **message: Any
) -> Turn:  # fmt: skip
    """A turn with the message as the engine hands it over; ``opened`` is the question that was asked, ``stood`` what was answered."""
    told = {
        "text": text,
        "intent": {"name": act, "confidence": 0.9},
        "entities": [
            *find_entities(text, TODAY, language),
            {"entity": "language", "value": language, "start": 0, "end": 0},
        ],
        **message,
    }
    slots = {
        "language": language,
        "question": opened,
        "task": "quote_request",
        "answers": {"quote_request": (stood or Answers()).dump()},
    }
    tracker = Tracker(uuid.uuid4().hex, slots, told, [], False, None, {}, "action_listen")
    return Turn(tracker, CollectingDispatcher())


def told(
    text: str, opened: str | None = None, answers: Answers | None = None, act: str = "inform", **message: Any
) -> Answers:
    """The answers after a message, those before it included."""
    answers = Answers() if answers is None else answers
    turn = turn_of(text, opened, act, stood=answers, **message)
    leave_count_of_lines(turn)
    task = QuoteRequest()
    for each in put_right(turn, task.questions, answers, opened):
        if each.answer is not None:
            answers[each.name] = each.answer
        leave_out(turn, [(each.start, each.end)])
    if not turn.text.strip():
        return answers
    own = asyncio.run(task.take(turn, answers, opened))
    Taking(turn, task, answers, None if opened in own else opened).take()
    return answers


def values(answers: Answers) -> dict[str, Any]:
    """What was stored, by question."""
    return {name: answer.value for name, answer in answers.items() if answer.reply}
