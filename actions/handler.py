"""The shape of an action: one customer question, one handler. ``action_follow_up`` finds handlers by intent."""

from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.order_numbers import find_own_numbers
from actions.patience import tried
from actions.task_resume import pasted_request
from actions.turn import Turn


class Handler(Action):  # type: ignore[misc]
    """Answers one intent. Subclasses set ``intent`` and ``uses`` and write ``answer``.

    ``uses`` names the entities that make up the subject of the question; they are remembered for follow-ups.
    """

    intent: ClassVar[str] = ""
    uses: ClassVar[tuple[str, ...]] = ()

    def name(self) -> str:
        """``action_<intent>``."""
        return f"action_{self.intent}"

    @abstractmethod
    async def answer(self, turn: Turn) -> None:
        """Say the answer on the turn. Blocking work (SQL, HTTP) goes through ``asyncio.to_thread``."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Answer one message; called by the action server."""
        turn = Turn(tracker, dispatcher)
        if "part_no" in self.uses:
            await find_own_numbers(turn)
        if self.uses:
            turn.remember(self.intent, self.uses)
        if not tried(turn) and not pasted_request(turn, self.intent):
            await self.answer(turn)
        turn.send()
        return turn.events
