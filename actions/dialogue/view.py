"""Where the talk stands, as far as a decision needs it, and what can be seen of a clause without deciding about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from actions.dialogue.commands import Answer, Start
from actions.form.question import Question
from actions.form.task import CONFIRMATION, Task
from actions.form.words import find
from actions.turns.ground import OWN_NUMBERS, THINGS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import blanked

#: How likely a meaning must be to be acted on; to be acted on where words could as well be the answer to a question.
LIKELY, SURE = 0.45, 0.65
#: Two readings are close when the likelier is below ``DOUBT`` and the other at least this share of it.
DOUBT, CLOSE = 0.55, 0.6
#: Below this a meaning is not even hinted at.
FAINT = 0.05
#: Figures that tell what is to be cast.
OF_A_CASTING = {
    "quantity",
    "weight",
    "alloy",
    "alloy_group",
    "dimensions",
    "drawing_no",
    "wall",
    "temper",
    "application",
}
#: So many words beside a pointing word say nothing of their own.
FEW = 2


@dataclass(frozen=True)
class View:
    """Where the talk stands, as far as a decision needs it.

    ``claims``: by the span of a clause, the task that says the clause is its own. ``listed``: the message lists things to cast. ``fits``: which questions
    of the running task a clause answers; asked with ``True`` as if its words were meant for the open question.
    ``which``: whether it is asked which of the alloys shown side by side. ``metal``: a metal stands in the request or is talked of;
    ``sized``: measures or a weight of a part were told; ``used``: what a part is for was told.
    ``goes_on``: whether words without a subject ask on about what was answered; ``asks_on``: about what was told of the company. ``steers``: whether the running task takes the clause as a word of its own; ``names``: whether it names one answer of the request; ``asked_of``: the answers whose content it asks for; ``left_for``: the other wish that it leaves the request for; ``repeats``: whether its values stand in the request already, and change nothing; ``changes``: whether they would change one that stands. ``aside``: the tasks of the requests that lie aside; ``of_other_order``: whether a clause names another order than the request is about.
    ``signed_in``: whether it is known who writes. ``sent``: whether something was sent in this conversation, ``sent_task`` the task of the newest, ``sent_phone`` whether a number to ring went with it, ``sent_just_now`` whether that, or what was put to it, was said last. ``waits``: whether a stranger waits for a person. ``visits``: a visit was told of just now; ``enquired``: figures of a casting were told, and no order is talked of. ``offered``: a yes would begin or fetch something that was offered. ``mused``: what a change of an order would cost was told just now; ``of_an_order``: an order is talked of; ``of_a_part``: a part. ``refused_wish``: the task whose wish one order did not allow just now.
    ``parked_just_now``: that the task lies aside is what was said last; ``dropped_just_now``: that a wish was dropped is. ``asked_to_send``: «shall I send it?» is what was said last. ``refused``: it was not to be sent as it was read back. ``divided``: the pieces are divided over several deliveries. ``no_quotation``: the customer has said that none is wanted, and has not asked for one since.
    """

    task: Task | None = None
    open: str | None = None
    topic: str = ""
    topics: Mapping[str, frozenset[str]] = field(default_factory=dict)
    claims: Mapping[tuple[int, int], str] = field(default_factory=dict)
    listed: bool = False
    fits: Callable[[Clause, bool], frozenset[str]] = lambda clause, asked: frozenset()
    steers: Callable[[Clause], bool] = lambda clause: False
    names: Callable[[Clause], bool] = lambda clause: False
    asked_of: Callable[[Clause], tuple[str, ...]] = lambda clause: ()
    left_for: Callable[[Clause], str | None] = lambda clause: None
    repeats: Callable[[Clause], bool] = lambda clause: False
    changes: Callable[[Clause], bool] = lambda clause: False
    aside: tuple[str, ...] = ()
    of_other_order: Callable[[Clause], bool] = lambda clause: False
    asked_back: bool = False
    signed_in: bool = False
    asked_who: bool = False
    sent: bool = False
    sent_task: str = ""
    sent_phone: bool = False
    sent_just_now: bool = False
    waits: bool = False
    visits: bool = False
    enquired: bool = False
    refused_wish: str = ""
    offered: bool = False
    mused: bool = False
    of_an_order: bool = False
    of_a_part: bool = False
    asks_for_anybody: bool = False
    parked_just_now: bool = False
    dropped_just_now: bool = False
    asked_to_send: bool = False
    refused: bool = False
    no_quotation: bool = False
    divided: bool = False
    goes_on: Callable[[Clause], bool] = lambda clause: False
    which: Callable[[Clause], bool] = lambda clause: False
    metal: bool = False
    sized: bool = False
    used: bool = False
    asks_on: Callable[[Clause], bool] = lambda clause: False

    @property
    def question(self) -> Question | None:
        """The open question; None at the read-back and without one."""
        return self.task.question(self.open) if self.task else None

    @property
    def running(self) -> bool:
        """Whether a request is being taken down."""
        return self.task is not None and self.open is not None

    @property
    def at_read_back(self) -> bool:
        """Whether «shall I send it?» is what was asked last."""
        return self.running and self.open == CONFIRMATION


def joined(one: Clause, other: Clause, reading: Reading, lead: Clause | None = None) -> Clause:
    """Two neighbouring clauses as one that means what the first (or ``lead``) means."""
    lead = lead or one
    start, end = min(one.start, other.start), max(one.end, other.end)
    return replace(
        lead, text=reading.text[start:end], start=start, end=end, asks=one.asks or other.asks,
        entities=tuple(sorted({id(e): e for e in (*one.entities, *other.entities)}.values(), key=lambda e: e.get("start", 0))),
        told=tuple(sorted({*one.told, *other.told}, key=lambda each: each.start)),
    )  # fmt: skip


def only_names(clause: Clause) -> bool:
    """Whether it is the number of a thing and nothing else: «... are leaking!! SO-30443»."""
    named = clause.values and all(each["entity"] in THINGS for each in clause.values)
    return bool(named) and not clause.asks and clause.words <= len(clause.values)


def only_points(clause: Clause) -> bool:
    """Whether it is a pointing word and hardly more: «the late one», «og uka etter»."""
    if not clause.values or not all(each.get("reference") for each in clause.values):
        return False
    return len(re.findall(r"[^\W_]+", without_values(clause))) <= FEW


def without_values(clause: Clause) -> str:
    """The text of a clause with blanks where its values stand."""
    return blanked(clause.text, ((each["start"] - clause.start, each["end"] - clause.start) for each in clause.values))


def states(clause: Clause) -> bool:
    """Whether a clause neither asks nor tells that something is wanted to be known."""
    return not clause.asks and not find(clause.text, "wants_to_know")


def of_goods(clause: Clause) -> bool:
    """Whether a clause names an order of the customer's, or tells of goods that came."""
    return has(clause, *OWN_NUMBERS) or find(clause.text, "received") is not None


def command_of(why: str, act: str, clause: Clause) -> Answer | Start | None:
    """What a meaning would do outside of a request."""
    kind = intent(act).kind
    if kind == "task":
        return Start(why, act, clause)
    return Answer(why, act, clause) if kind == "question" else None


def has(clause: Clause, *names: str) -> bool:
    """Whether a clause holds a value of one of these kinds."""
    return any(each["entity"] in names for each in clause.entities)


def because(rule: Callable[..., object]) -> str:
    """The reason of a rule: its name, whose sentence stands at the desk as ``understood.<name>``."""
    return rule.__name__.strip("_")
