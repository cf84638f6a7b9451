"""A wish that one order did not allow any more: named for the next order, it need not be said again."""

from collections.abc import Sequence
from dataclasses import replace

from actions.form.answers import Answers
from actions.tasks.change.wants import Want
from actions.turns.turn import Turn

#: The common ground's name for it, and for how many messages the next order may be named.
REFUSED, HOLDS = "refused", 2


def note_refused(turn: Turn, task: str, answers: Answers, wants: Sequence[Want]) -> None:
    """Keep what was wanted of an order that does not allow it."""
    told = [replace(each, line=None, order=None).dump() for each in wants]
    kept = {"entity": REFUSED, "value": task, "wants": told, "details": answers.value("details")}
    turn.ground.note(REFUSED, [kept], "database")


def refused_task(turn: Turn) -> str:
    """The task whose wish was refused just now; empty without one."""
    since, kept = turn.before.since(REFUSED), turn.before.about(REFUSED)
    fresh = since is not None and turn.ground.turn - since <= HOLDS
    return str(kept[0]["value"]) if kept and fresh else ""


def refused_wants(turn: Turn, task: str) -> list[Want]:
    """What was wanted of the order that did not allow it."""
    return [Want(**each) for each in turn.before.about(REFUSED)[0]["wants"]] if refused_task(turn) == task else []


def refused_words(turn: Turn, task: str) -> str | None:
    """The words that it was wanted in."""
    return turn.before.about(REFUSED)[0]["details"] if refused_task(turn) == task else None
