"""What a message is held against, and what it puts right there."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.form.answers import Answer, Answers, Problem
from actions.form.question import Question
from actions.turns.turn import Turn

#: The note of a number that may correct two answers: which of them was asked.
WHICH = "which"
#: The note of the answers that the message before has told.
LAST = "last_told"
#: Words that began a wish stay what they were.
KEPT = ("first_words", "change", "line", "judged", "split", "struck", "confirmation", WHICH, LAST)
#: What an order notes beside its questions.
NOTED = ("po", "place", "mark")


@dataclass(frozen=True)
class Righted:
    """An answer put right, ``before`` it was, and the stretch of the message that told it.

    ``answer`` None: it is taken out. ``line``: the line of a list that changed. ``problem``: why the new value cannot stand.
    ``which``: the answers that a new value may be for. ``nothing``: what is to be taken back stands nowhere; ``either``: it may be one of these.
    """

    name: str
    answer: Answer | None
    start: int
    end: int
    before: Answer | None = None
    line: int | None = None
    problem: Problem | None = None
    which: tuple[str, ...] = ()
    new: str = ""
    taken_out: str = ""
    nothing: bool = False
    either: tuple[str, ...] = ()


class Standing:
    """The answers of a request against one message that may put one of them right."""

    def __init__(self, turn: Turn, questions: Sequence[Question], answers: Answers, opened: str | None) -> None:
        self.turn, self.questions, self.answers, self.opened = turn, questions, answers, opened

    def of_several(self, name: str) -> bool:
        """Tell whether an order has several parts, each with its pieces: the task knows of which."""
        return name == "quantity" and "parts" in self.answers
