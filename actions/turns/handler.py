"""The shape of an answer: one customer question, one handler, in a file of its own in a wing of ``actions``."""

import functools
import importlib
import pkgutil
from abc import ABC, abstractmethod
from typing import ClassVar

from actions.turns.turn import Turn

#: The wings that answer questions. A module in one of them is found by being there.
WINGS = ("alloys", "plan", "orders", "talk")


class Handler(ABC):
    """Answers one meaning. Subclasses set ``intent`` and ``uses`` and write ``answer``.

    ``uses`` names the entities that make up the subject of the question; they are remembered for follow-ups.
    """

    intent: ClassVar[str] = ""
    uses: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    async def answer(self, turn: Turn) -> None:
        """Say the answer on the turn. Blocking work (SQL, HTTP) goes through ``asyncio.to_thread``."""
        raise NotImplementedError

    def goes_on(self, turn: Turn) -> bool:
        """Whether words without a subject ask on about what was answered («why?»), though alone they mean something else."""
        return False


@functools.lru_cache(maxsize=1)
def handlers() -> dict[str, Handler]:
    """All handlers by intent. Raises when two answer the same."""
    for wing in WINGS:
        package = importlib.import_module(f"actions.{wing}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    found: dict[str, Handler] = {}
    for kind in Handler.__subclasses__():
        if kind.intent in found:
            raise ValueError(f"two handlers answer {kind.intent}")
        found[kind.intent] = kind()
    return found


async def answer_as(turn: Turn, intent: str) -> None:
    """Answer with the handler of a meaning, which remembers what the question was about."""
    handler = handlers()[intent]
    turn.topic = intent
    if handler.uses:
        turn.remember(intent, handler.uses)
    await handler.answer(turn)
