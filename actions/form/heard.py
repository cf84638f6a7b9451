"""What a customer told of a casting, or of themselves, before a request began: kept in their words, and read when it begins."""

import copy
from typing import Any

from actions.form.answers import Answers
from actions.form.taking import Taking
from actions.form.task import Task
from actions.form.words import find
from actions.turns.ground import FIGURES_HOLD, OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading, Told
from actions.turns.turn import Turn

#: Values and stretches that tell of a casting, of who asks or of when it is wanted.
_VALUES = (
    "quantity",
    "weight",
    "dimensions",
    "wall",
    "alloy",
    "alloy_group",
    "temper",
    "drawing_no",
    "part_no",
    "allowance",
)
_BESIDE = ("email", "phone", "date", "week", "certificate", "tolerance")
_STRETCHES = ("part", "name", "company", "size", "pattern", "requirements")
#: A question tells as much when it names several figures: «how fast can you cast four plates of 300x200x25?»
_TOLD_BY_ASKING = 2
#: So many messages are kept.
MOST = 6
_SURELY = 0.45


def note_heard(turn: Turn, reading: Reading) -> None:
    """Keep what a message tells, unless it is about an order that exists."""
    kept = [] if reading.whole.says(*OWN_NUMBERS) else [each for each in reading.clauses if _tells(each)]
    if not kept:
        return
    text, entities, told = "", [], []
    for clause in kept:
        text += ". " if text else ""
        moved = len(text) - clause.start
        entities += [{**each, "start": each["start"] + moved, "end": each["end"] + moved} for each in clause.entities]
        told += [each.moved(moved) for each in clause.told]
        text += clause.text.rstrip(" .?!")
    stretches = [
        {"tag": each.tag, "start": each.start, "end": each.end, "confidence": each.confidence} for each in told
    ]
    heard = {"turn": turn.ground.turn, "text": text, "entities": entities, "told": stretches}
    turn.ground.heard = [*turn.ground.heard, heard][-MOST:]


def _tells(clause: Clause) -> bool:
    if intent(clause.act).of_orders and clause.sure >= _SURELY:
        return False
    if clause.asks or find(clause.text, "wants_to_know"):
        return len({each["entity"] for each in clause.values} & set(_VALUES)) >= _TOLD_BY_ASKING
    return clause.says(*_VALUES, *_BESIDE) or any(each.tag in _STRETCHES for each in clause.told)


async def read_heard(turn: Turn, task: Task) -> Answers:
    """What the questions of a task read in what was told before it began."""
    answers = Answers()
    for heard in turn.before.heard:
        if turn.ground.turn - int(heard["turn"]) > FIGURES_HOLD:
            continue
        earlier = _as_said(turn, task, heard)
        await task.take(earlier, answers, None)
        Taking(earlier, task, answers, None).take()
    return answers


def _as_said(turn: Turn, task: Task, heard: dict[str, Any]) -> Turn:
    """The turn as if these words had been written now; what is said or noted on it is lost."""
    earlier = copy.copy(turn.scratch())
    earlier.text, earlier.entities = str(heard["text"]), list(heard["entities"])
    earlier.told = tuple(Told(**each) for each in heard["told"])
    earlier.intent, earlier.faq, earlier.confidence, earlier.asks = task.starts[0], "", 1.0, False
    return earlier
