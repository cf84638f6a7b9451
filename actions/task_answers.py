"""What reading a message for one question of the form gives: an answer, a problem to say first, or nothing."""

from dataclasses import dataclass, field
from typing import Any

from actions.tasks import Answer


@dataclass(frozen=True)
class Problem:
    """An answer that cannot be taken as it is: what to say, and what to offer.

    ``asks`` is whether the reply itself says what to write instead, so that the question need not be repeated.
    """

    reply: str
    values: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()
    asks: bool = False


Reading = Answer | Problem | None


def line(question: str, value: Any, reply: str = "", /, **extra: Any) -> Answer:
    """An answer with its line of the read-back."""
    return {"value": value, "reply": reply or f"utter_line_{question}", **extra}


def silent() -> Answer:
    """A question that need not be asked; it is not read back, and can still be answered."""
    return {"value": None, "reply": None, "unknown": True}
