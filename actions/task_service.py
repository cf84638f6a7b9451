"""What a task may add to the one form: a service, the module ``actions/task_<service>.py`` that data/tasks.yml names.

The form asks and reads; a service knows the foundry. All its hooks are optional, and each may be called again:

``async def wants(turn, task) -> bool``
    whether a message of an intent that the task ``claims`` begins this task rather than any other.
``async def take(turn, task, answers, opened) -> list[str]``
    before the form reads a message: the service's own reading of it. Returns the questions that it answered.
``async def known(turn, task, answers) -> Stop | Doubt | None``
    after every message, at the start too: fill in what the database tells and judge it at once.
``async def ask(turn, task, answers, question) -> bool``
    ask a question in the service's own words, with its choices; False leaves it to the form.
``def commands(turn) -> bool``
    whether the message steers the request in the service's own words; ``take`` sees to it then.
``def missing(task, answers) -> list[str]``
    questions named as still to come when the task is put aside.
``async def read_back(turn, task, answers) -> None``
    lines after the answers, before "shall I send it?".
``async def submit(turn, task, answers, request_id) -> bool | None``
    store what was confirmed and say so. Every check is done again here. False: nothing was stored, because what was
    read back does not hold any more; it is then read back anew.

``READS``: entities that ``take`` reads, so that they are no interruption unless something is asked.

An answer with ``"reply": None`` is neither asked for nor read back: the service settles it. Keys of ``answers`` that
are no question of the task are the service's own notes; they are stored with the draft.
"""

import functools
import importlib
from dataclasses import dataclass, field
from typing import Any

from actions.task_answers import Problem
from actions.tasks import Answer, Task, claiming, task_of_intent
from actions.turn import Turn

#: An answer that cannot stand: its question, and what to say before asking it again.
Doubt = tuple[str, Problem]


@dataclass(frozen=True)
class Stop:
    """Why a task does not go on, and what becomes of it.

    ``reply`` empty: the service has said everything itself. ``becomes``: another task that starts with ``answers``.
    ``hand_over``: why a person is asked for. Without either the task has ended; nothing of it is kept.
    """

    reply: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()
    becomes: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    hand_over: str | None = None


class Service:
    """The hooks of one task; what a module leaves out does nothing."""

    def __init__(self, name: str | None) -> None:
        self._module: Any = importlib.import_module(f"actions.task_{name}") if name else None

    @property
    def reads(self) -> tuple[str, ...]:
        """Entities that ``take`` reads out of any message (``READS`` of the module)."""
        return tuple(getattr(self._module, "READS", ()))

    async def wants(self, turn: Turn, task: Task) -> bool:
        """Whether a message begins this task."""
        return bool(await self._module.wants(turn, task))

    async def take(self, turn: Turn, task: Task, answers: dict[str, Answer], opened: str | None) -> list[str]:
        """Questions that the service read out of the message itself."""
        hook = getattr(self._module, "take", None)
        return await hook(turn, task, answers, opened) if hook else []

    async def known(self, turn: Turn, task: Task, answers: dict[str, Answer]) -> Stop | Doubt | None:
        """What the database tells, and whether the task can go on."""
        hook = getattr(self._module, "known", None)
        return await hook(turn, task, answers) if hook else None

    async def ask(self, turn: Turn, task: Task, answers: dict[str, Answer], question: str) -> bool:
        """Whether the service has asked the question in its own words."""
        hook = getattr(self._module, "ask", None)
        return bool(await hook(turn, task, answers, question)) if hook else False

    def commands(self, turn: Turn) -> bool:
        """Whether the message steers the request in words of the module's own («the rest is open»), whatever its intent."""
        hook = getattr(self._module, "commands", None)
        return bool(hook(turn)) if hook else False

    def missing(self, task: Task, answers: dict[str, Answer]) -> list[str]:
        """What is named as still to come when the task is put aside; nothing unless the module says it."""
        hook = getattr(self._module, "missing", None)
        return list(hook(task, answers)) if hook else []

    async def read_back(self, turn: Turn, task: Task, answers: dict[str, Answer]) -> None:
        """Say what belongs between the answers and the question whether to send them."""
        hook = getattr(self._module, "read_back", None)
        if hook:
            await hook(turn, task, answers)

    async def submit(self, turn: Turn, task: Task, answers: dict[str, Answer], request_id: str) -> bool | None:
        """Store what was confirmed; None when the module leaves that to the form (a case)."""
        hook = getattr(self._module, "submit", None)
        if hook is None:
            return None
        return bool(await hook(turn, task, answers, request_id) is not False)


@functools.lru_cache(maxsize=32)
def service(name: str | None) -> Service:
    """The service of that name; one that does nothing for a task without."""
    return Service(name)


async def task_of(turn: Turn) -> Task | None:
    """The task a message starts: one whose service claims it, else the intent's own."""
    return await claimed(turn) or task_of_intent(turn.intent)


async def claimed(turn: Turn) -> Task | None:
    """The task whose service says that the message is its own."""
    for task in claiming(turn.intent):
        if await service(task.service).wants(turn, task):
            return task
    return None
