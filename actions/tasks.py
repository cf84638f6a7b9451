"""The tasks of data/tasks.yml and the answers a customer has given to their questions."""

import functools
from dataclasses import dataclass
from typing import Any

import yaml

from bot.common.settings import ROOT

Answer = dict[str, Any]
#: Answers by question.
Answers = dict[str, Answer]


@dataclass(frozen=True)
class Task:
    """What one task asks, in which order, and the kind of case it ends in.

    ``covers`` are intents of other tasks that this one answers along the way: a quotation holds the price.
    ``service`` names the module ``actions/task_<service>.py`` that knows the foundry (see ``task_service.py``).
    ``claims``: intents of which the service picks the messages that are its own (``wants``), before any other task.
    """

    name: str
    starts: tuple[str, ...]
    case: str
    questions: tuple[str, ...]
    first: str | None = None
    covers: tuple[str, ...] = ()
    service: str | None = None
    claims: tuple[str, ...] = ()

    def next_question(self, answers: dict[str, Answer]) -> str:
        """The first question without an answer; ``confirmation`` when all have one."""
        return next((question for question in self.questions if question not in answers), "confirmation")

    def is_open(self, question: str, answers: dict[str, Answer]) -> bool:
        """Whether something is still to come: no answer, «don't know», or a file that was announced."""
        answer = answers.get(question)
        if answer is None:
            return True
        return bool(answer.get("reply")) and bool(answer.get("unknown") or answer.get("pending"))

    def lines(self, answers: dict[str, Answer]) -> list[Answer]:
        """What is read back, in the order of the questions; an answer without a text is the service's own."""
        return [answers[question] for question in self.questions if answers[question].get("reply")]


@functools.lru_cache(maxsize=1)
def tasks() -> dict[str, Task]:
    """All tasks by name. Raises on a key that is not of a task."""
    content = yaml.safe_load((ROOT / "data" / "tasks.yml").read_text(encoding="utf-8"))
    return {name: _task(name, entry) for name, entry in content.items()}


def _task(name: str, entry: dict[str, Any]) -> Task:
    lists = ("starts", "questions", "covers", "claims")
    fields: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in entry.items()}
    return Task(name=name, **fields)


def task_of_intent(intent: str) -> Task | None:
    """The task an intent starts."""
    return next((task for task in tasks().values() if intent in task.starts), None)


def claiming(intent: str) -> list[Task]:
    """Tasks whose services look whether a message of an intent is theirs."""
    return [task for task in tasks().values() if intent in task.claims]
