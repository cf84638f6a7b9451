"""How a question is put: in fewer words, or with what it is for, where it was what was asked last."""

from actions.turns.turn import Turn

#: Questions that have such a text.
ASKED_SHORT = (
    "affected", "alloy", "confidential", "delivery", "drawing", "email", "found", "name", "order", "part", "photos", "quantity",
    "remedy", "weight",
)  # fmt: skip


def question_text(turn: Turn, question: str, apart: str = "") -> str:
    """The name of the text that asks a question: nobody is asked word for word twice running.

    ``apart``: the name of the text that asks it first, where the task has one of its own.
    """
    first = apart or f"utter_ask_{question}"
    again = first in turn.last_said and question in ASKED_SHORT and not turn.internal
    return f"utter_short_{question}" if again else first
