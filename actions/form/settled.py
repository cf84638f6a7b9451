"""What a person settled while they answered, taken into the form as if it had been asked."""

import copy
from typing import Any

from actions.form.answers import Answer, Answers, Problem, line
from actions.form.question import Question
from actions.form.shared import read
from actions.form.task import Task
from actions.form.text import MAX_TEXT
from actions.turns.turn import Turn


def take_settled(turn: Turn, task: Task, answers: Answers) -> None:
    """Read each answer staff wrote as the question's own reader does; what it cannot read stands as it was written.

    An address nobody could write to is none: the customer is asked for it.
    """
    answered = turn.internal.get("answers")
    for name, given in answered.items() if isinstance(answered, dict) else ():
        text = " ".join(str(given.get("text") or "").split())[:MAX_TEXT] if isinstance(given, dict) else ""
        question = task.question(name)
        if question is None or not text:
            continue
        reading = _read(turn, question, text, given)
        if reading or question.may_stay_open:
            answers[name] = reading or _as_written(name, text)


def _read(turn: Turn, question: Question, text: str, given: dict[str, Any]) -> Answer | None:
    message = copy.copy(turn)
    message.text, message.entities = text, given.get("entities") or []
    intent = given.get("intent") or {}
    message.intent, message.confidence = intent.get("name") or "", intent.get("confidence") or 0.0
    reading = read(question, message, requested=True)
    return None if isinstance(reading, Problem) else reading


def _as_written(question: str, text: str) -> Answer:
    """Kept as text and marked: no figure may be read out of it later."""
    return line(question, text, "utter_line_as_written", question=f"question.{question}", as_written=True)
