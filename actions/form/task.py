"""What a customer can have done: a class a task, in a folder of its own under ``actions/tasks``.

A folder is all a task needs: ``task.py`` with its subclass, its questions, its texts in data/replies. Nothing lists tasks.
"""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from actions.form import case
from actions.form.answers import Answer, Answers, Problem, fact
from actions.form.question import Question
from actions.turns.turn import Turn

#: An answer that cannot stand: its question, and what to say before asking it again.
Doubt = tuple[str, Problem]
#: Questions whose answers say in a few words which request it is.
GIST = ("order", "quotation", "part", "alloy", "quantity", "affected")
#: The question after the last one: shall it be sent?
CONFIRMATION = "confirmation"
#: The note of how often each question was asked.
ASKED = "asked"
#: What was told and no answer shows, in the customer's words (``actions/form/kept.py``).
SAID = "said"
#: What the customer asked and nothing here can answer, for sales to answer.
FOR_SALES = "for_sales"
#: The note that lines of a list were changed: it is said at once, and no answer is read back for it.
LINES = "lines"


@dataclass(frozen=True)
class Stop:
    """Why a task does not go on, and what becomes of it.

    ``reply`` empty: the task has said everything itself. ``becomes``: another task that starts with ``answers``.
    ``hand_over``: why a person is asked for. Without either the task has ended; nothing of it is kept.
    """

    reply: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()
    becomes: str | None = None
    answers: Answers = field(default_factory=Answers)
    hand_over: str | None = None


class Task:
    """One task. The form asks and reads; a task knows the foundry. All hooks are optional, and each may run again.

    ``starts``: intents that begin it. ``claims``: intents of which ``wants`` picks the messages that are its own, before
    any other task. ``covers``: intents of other tasks that it answers along the way (a quotation holds the price).
    ``first``: the question that the customer's first message answers already. ``case``: kind of the case it ends in.
    ``reads``: entities that ``take`` reads, so that they are no interruption unless something is asked.
    ``ends_with_no``: a no to «shall I send it?» drops it: there is nothing in it that could be different. ``hands_over``: why
    a person is asked for when it begins. ``of_order_talked_of``: a wish that names no order means the one talked of.
    ``of_figures_talked_of``: alloy, pieces, weight told before it began are answers. ``on_card``: how the texts begin that
    ``read_back`` says and that stand on the card to be confirmed too, beside the answers. ``binds_nobody``: thanks or a name
    beside a clear yes leave it a yes. ``along``: questions nobody is asked apart, each with the one that asks for it too.
    ``most_asked``: a question that may stay open is asked no oftener, and then left open. ``keeps_words``: what is told and
    no answer shows goes along in the customer's words. ``tells_when``: the plan knows when its goods come (``say_when``).
    ``of_anybody``: nothing in it needs a proof of who asks.
    """

    name: ClassVar[str] = ""
    case: ClassVar[str] = ""
    questions: ClassVar[tuple[Question, ...]] = ()
    starts: ClassVar[tuple[str, ...]] = ()
    claims: ClassVar[tuple[str, ...]] = ()
    covers: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[str | None] = None
    reads: ClassVar[tuple[str, ...]] = ()
    ends_with_no: ClassVar[bool] = False
    hands_over: ClassVar[str | None] = None
    of_order_talked_of: ClassVar[bool] = False
    of_figures_talked_of: ClassVar[bool] = False
    on_card: ClassVar[tuple[str, ...]] = ()
    binds_nobody: ClassVar[bool] = False
    along: ClassVar[Mapping[str, str]] = {}
    most_asked: ClassVar[int | None] = None
    keeps_words: ClassVar[bool] = False
    tells_when: ClassVar[bool] = False
    of_anybody: ClassVar[bool] = False

    async def wants(self, turn: Turn) -> bool:
        """Whether a message of an intent that the task claims begins it rather than any other."""
        return False

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Read a message before the questions do; the questions (or notes) that it answered."""
        return []

    def take_file(self, turn: Turn, answers: Answers) -> None:
        """Take what a file that the request was sent says of the part (``turn.internal``), and tell the customer so."""

    def divide(self, turn: Turn, answers: Answers) -> tuple[tuple[int, int], Answers] | None:
        """The answers as they are after the division into deliveries that a message tells, and the stretch that tells it; None without one."""
        return None

    def when_righted(self, name: str, answers: Answers) -> None:
        """Renew what was reckoned from the answer ``name``, which a correction has just put right."""

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """After every message, at the start too: fill in what the database tells, and judge it at once."""
        return None

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """Ask a question in the task's own words; False leaves it to the form."""
        return False

    def ways_on(self, answers: Answers, question: str) -> tuple[dict[str, Any], ...]:
        """Quick replies beside those of the question: ways past what would be asked after it."""
        return ()

    def steers(self, turn: Turn) -> bool:
        """Whether the message steers the request in words of the task's own («the rest is open»); ``take`` sees to it."""
        return False

    def leave_along(self, answers: Answers, dropped: "Task") -> None:
        """Leave a request that was dropped out of what goes along with this one."""

    def gone_along(self, answers: Answers) -> str | None:
        """The request in progress that goes along with this one, by the name of its task."""
        return None

    def left_for(self, turn: Turn, answers: Answers) -> str | None:
        """The intent of another wish that the words tell, where what is in progress has turned out to be none."""
        return None

    def named_again(self, turn: Turn) -> bool:
        """Whether words that would begin the task name the request that lies aside: «send the change, please»."""
        return False

    def missing(self, answers: Answers) -> list[str]:
        """Questions named as still to come when the task is put aside."""
        return []

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """Say what belongs between the answers and the question whether to send them."""

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """Store what was confirmed and say so; every check is done again here.

        False: nothing was stored, because what was read back does not hold any more; it is then read back anew.
        """
        await case.submit(turn, self, answers, request_id)
        return True

    async def say_when(self, turn: Turn, answers: Answers) -> None:
        """Say when the goods of the request come, or how many of them by the time that is asked after."""

    def corrected_by_number(self, answers: Answers) -> str | None:
        """The question that a lone number corrects when no number was asked for: «make it 60»."""
        return "quantity" if "quantity" in answers else None

    def standing_time(self, answers: Answers) -> str | None:
        """The day, week or span that is asked for so far; words such as «the last week» are said of it."""
        delivery = answers.value("delivery")
        return delivery if isinstance(delivery, str) else None

    @property
    def own_words(self) -> bool:
        """Whether the task opens with words of its own (in ``known``) and not with ``utter_start_<name>``."""
        return type(self).known is not Task.known

    @property
    def home(self) -> str | None:
        """The question that keeps words which answer no other; None where the request takes none."""
        return next((name for name in ("details", "notes") if self.question(name)), None)

    def question(self, name: str | None) -> Question | None:
        """One of its questions."""
        return next((each for each in self.questions if each.name == name), None)

    def still_to_ask(self, answers: Answers) -> list[str]:
        """The questions without an answer, in their order; what is asked along is asked by the question it goes with."""
        left = [self.along.get(each.name, each.name) for each in self.questions if each.name not in answers]
        return list(dict.fromkeys(left))

    def next_question(self, answers: Answers) -> str:
        """The first question without an answer; ``confirmation`` when all have one."""
        return next(iter(self.still_to_ask(answers)), CONFIRMATION)

    def is_open(self, question: str, answers: Answers) -> bool:
        """Whether something is still to come: no answer, «don't know», or a file that was announced."""
        answer = answers.get(question)
        return answer is None or (bool(answer.reply) and (answer.unknown or answer.pending))

    def lines(self, answers: Answers) -> list[Answer]:
        """What is read back, in the order of the questions."""
        shown = [*(each.name for each in self.questions), SAID, FOR_SALES]
        return [answers[name] for name in shown if name in answers and answers[name].reply and not answers[name].listed]

    def receipt(self, answers: Answers) -> list[Answer]:
        """What was sent, as it is said once it is stored: the list of parts where there is one."""
        parts = answers.get("part")
        return [parts] if parts is not None and _listed(parts) else self.gist(answers)

    def gist(self, answers: Answers) -> list[Answer]:
        """Which request it is, in a line: order, part and pieces; what it is about where it has none of them."""
        parts = answers.get("part")
        if parts is not None and _listed(parts):
            return [fact("utter_line_parts_count", count=len(getattr(parts, "items", [])))]
        few = Answers({name: answers[name] for name in GIST if name in answers})
        told = [each for each in self.lines(few) if not each.unknown]
        return told or self.lines(Answers({"details": answers["details"]}) if "details" in answers else Answers())


def _listed(answer: Answer) -> bool:
    """Whether an answer is a list of several lines."""
    return bool(getattr(answer, "items", None))


@functools.lru_cache(maxsize=1)
def tasks() -> dict[str, Task]:
    """All tasks by name: every folder of ``actions/tasks`` is one. Raises on a name that two of them have."""
    folder = importlib.import_module("actions.tasks")
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}.task")
    found: dict[str, Task] = {}
    for each in _subclasses(Task):
        if each.name in found:
            raise ValueError(f"two tasks are named {each.name}")
        if each.name:
            found[each.name] = each()
    return found


def _subclasses(kind: type[Task]) -> list[type[Task]]:
    return [found for each in kind.__subclasses__() for found in (each, *_subclasses(each))]


def task_of_intent(intent: str) -> Task | None:
    """The task an intent starts."""
    return next((task for task in tasks().values() if intent in task.starts), None)


async def claimed(turn: Turn) -> Task | None:
    """The task that says that the message is its own."""
    for task in tasks().values():
        if turn.intent in task.claims and await task.wants(turn):
            return task
    return None
