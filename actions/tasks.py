"""The tasks of data/tasks.yml and the answers a customer has given to their questions."""

import functools
from dataclasses import dataclass
from typing import Any

import yaml

from bot.common.settings import ROOT

Answer = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """What one task asks, in which order, and the kind of case it ends in.

    ``covers`` are intents of other tasks that this one answers along the way: a quotation holds the price.
    """

    name: str
    starts: tuple[str, ...]
    case: str
    questions: tuple[str, ...]
    first: str | None = None
    covers: tuple[str, ...] = ()

    def next_question(self, answers: dict[str, Answer]) -> str:
        """The first question without an answer; ``confirmation`` when all have one."""
        return next((question for question in self.questions if question not in answers), "confirmation")


@functools.lru_cache(maxsize=1)
def tasks() -> dict[str, Task]:
    """All tasks by name. Raises on a key that is not of a task."""
    content = yaml.safe_load((ROOT / "data" / "tasks.yml").read_text(encoding="utf-8"))
    return {name: _task(name, entry) for name, entry in content.items()}


def _task(name: str, entry: dict[str, Any]) -> Task:
    lists = ("starts", "questions", "covers")
    fields: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in entry.items()}
    return Task(name=name, **fields)


def task_of_intent(intent: str) -> Task | None:
    """The task an intent starts."""
    return next((task for task in tasks().values() if intent in task.starts), None)
