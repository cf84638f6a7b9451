"""A question of a task: how it is read, and how it behaves. Nothing about a question is described anywhere else.

Its texts go by its name: ``utter_ask_<name>``, ``utter_again_<name>``, ``utter_line_<name>``, ``utter_why_<name>``,
``utter_needed_<name>`` where it may not stay open, and the term ``question.<name>``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from actions.form.answers import Answer, Reading
from actions.turns.reading import Clause, Told
from actions.turns.turn import Turn

#: Reads an answer out of a message. The flag tells whether the question was just asked and nothing else claims the words.
Reader = Callable[[Turn, bool], Reading]
#: Reads the answer again after a file has come.
FileTaker = Callable[["Answer | None", str, int], Answer]


@dataclass(frozen=True)
class Question:
    """One question. The flags are its whole behaviour in the form.

    ``words``: a statement in words can answer it, so a weak guess at another meaning must not steal it.
    ``any_statement``: any statement does; only another question or wish interrupts it.
    ``standing``: what describes the matter, changed only when it is asked again or named.
    ``adds``: figures said in passing come beside what stands instead of taking its place.
    ``may_stay_open``: «don't know» is an answer.
    ``yes_or_no``: a bare yes or no answers it.
    ``listed``: the value that each part of a list may have of its own.
    ``keeps``: answers whose values, said while this question is open, are part of its words.
    ``claims``: a piece of a message that answers it is no part of the words for another question.
    ``file``: a file the customer sends is an answer to it.
    ``choices``: quick replies, ``(text name, payload or None)``.
    ``tags``: what a stretch of a message is called that tells it (data/encoder); its own name where none is given.
    """

    name: str
    read: Reader
    words: bool = False
    any_statement: bool = False
    standing: bool = False
    adds: bool = False
    may_stay_open: bool = True
    yes_or_no: bool = False
    listed: str | None = None
    keeps: tuple[str, ...] = ()
    claims: bool = False
    file: FileTaker | None = None
    choices: tuple[tuple[str, str | None], ...] = ()
    tags: tuple[str, ...] = ()

    def told(self, said: Turn | Clause) -> tuple[Told, ...]:
        """The stretches of a message or a clause that tell it."""
        return tuple(each for each in said.told if each.tag in (self.tags or (self.name,)))
