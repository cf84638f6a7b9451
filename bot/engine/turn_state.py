"""What went wrong in the turn that is running: Rasa swallows such errors, so they are noted here and acted on by the channel."""

import contextvars
from dataclasses import dataclass, field


class TurnFailed(RuntimeError):
    """The turn produced no trustworthy answer; nothing of it may be kept."""


@dataclass
class TurnState:
    """Failures of one turn, in the order they happened."""

    failures: list[str] = field(default_factory=list)

    def fail(self, what: str) -> None:
        """Note a failure."""
        self.failures.append(what)


_current: contextvars.ContextVar[TurnState | None] = contextvars.ContextVar("turn_state", default=None)


def begin() -> TurnState:
    """Start watching; tasks and threads started from here see the same state."""
    state = TurnState()
    _current.set(state)
    return state


def current() -> TurnState | None:
    """The state of the running turn, None outside a turn."""
    return _current.get()
