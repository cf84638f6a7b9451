"""A request that is called by its name and is not wanted: it is dropped first, and what else was said is understood without it."""

import functools
import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from actions.dialogue.commands import Drop
from actions.dialogue.read_back import only_refuses
from actions.dialogue.rules.refusal import ended
from actions.dialogue.rules.seen import refuses_call
from actions.dialogue.view import View, has
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import blanked, words
from actions.turns.yes import merely_consents

#: The reason that is kept with a message.
DROPPED = "dropped"
#: The requests that can be called by a name.
NAMED = ("change_order", "reorder", "quote_request", "cancel_order", "complaint", "call_back", "price")
CALL = "call_back"
#: Requests of these are about an order that exists: «cancel order SO-30414» beside another drops none.
_OF_ORDER = ("change_order", "cancel_order", "complaint")
#: Requests that «no ...» alone says are none.
_NOT_WANTED = ("quote_request", "price")
#: Requests that what is in progress can be called instead.
_RENAMED = ("cancel_order", "change_order", "reorder", "complaint", "quote_request")
#: So many words stand between a name and what is said of it.
_BETWEEN, _CLOSE = 2, 1
#: What is told of an order beside its number keeps a clause from naming a request.
_OF_WISH = ("quantity", "date", "week", "shift", "lead")
#: What only goes along with a request that is dropped has no more words: «vi venter med den», «leave it».
ALONGSIDE = 6
#: Meanings that say no more than that it is dropped.
_SAME = ("no", "steer")


def dropped(reading: Reading, view: View) -> tuple[tuple[Drop, ...], Reading | None, View]:
    """The requests that the message drops; what is left of it, None for nothing; and where the talk stands then."""
    standing = {*view.aside, *([view.task.name] if view.task is not None else [])} & set(NAMED)
    if reading.text.startswith("/"):
        return (), reading, view
    names: list[str] = []
    gone: list[Clause] = []
    for each in reading.clauses:
        found = _drops(each, standing, view)
        names += [name for name in found if name not in names]
        gone += [each] if found else []
    before = [] if names else [each for each in reading.clauses if _dropped_before(each, standing)]
    gone += before
    if CALL not in standing:
        # «Nei, ikkje ring. Bare svar: ...»: nobody was asked to, and there is nothing to drop.
        gone += [each for each in reading.clauses if _only_no_call(each)]
    left = [each for each in reading.clauses if each not in gone and not _alongside(each)]
    if not gone or not (names or left):
        return (), reading, view
    drops = tuple(Drop(DROPPED, name) for name in names)
    over = view.task is not None and view.task.name in names
    view = replace(view, aside=tuple(each for each in view.aside if each not in names), asked_to_send=False)
    return drops, without(reading, left), ended(view) if over else view


def drops_any(reading: Reading, standing: Collection[str]) -> bool:
    """Whether the message drops one of these requests by its name: no words in it are to be put right by that."""
    return any(_unwanted(each, name, False) for each in reading.clauses for name in NAMED if name in standing)


def _drops(clause: Clause, standing: set[str], view: View) -> list[str]:
    """The requests at hand that a clause drops."""
    said = words("wishes")
    if "?" in clause.text or (clause.asks and said.begins_near(clause.text, "asks_past", 1)):
        return []
    if CALL in standing and refuses_call(clause.text):
        return [CALL]
    if _renames(clause) or (has(clause, "part_no") and not has(clause, "order_no")):
        # «That is no price question, it is a reorder» is another wish with all that was told.
        return []
    if _nothing_for(clause, view):
        return [view.task.name] if view.task is not None else []
    if has(clause, *_OF_WISH) or (has(clause, "order_no") and view.of_other_order(clause)):
        # «Cancel the order SO-30420» is a wish of its own.
        return []
    named = _OF_ORDER if has(clause, "order_no") else NAMED
    return [name for name in named if name in standing and _unwanted(clause, name, name in view.aside)]


def _renames(clause: Clause) -> bool:
    """Whether a clause says which other request it is, beside the one that it is not."""
    said = words("wishes")
    return any(said.near(clause.text, "is_a", f"is_{each}", _BETWEEN) and not said.near(clause.text, "none_of", f"is_{each}", 1) for each in _RENAMED)  # fmt: skip


def _dropped_before(clause: Clause, standing: set[str]) -> bool:
    """«Etterbestillinga skal ikke med», of one that is not there any more."""
    others = [f"called_{name}" for name in NAMED if name not in standing]
    plain = not clause.asks and "?" not in clause.text and not has(clause, *_OF_WISH, "order_no")
    return plain and any(words("wishes").near(clause.text, each, "not_along", 1) for each in others)


def _only_no_call(clause: Clause) -> bool:
    return not clause.values and clause.words <= ALONGSIDE and refuses_call(clause.text)


def _unwanted(clause: Clause, name: str, aside: bool) -> bool:
    """Whether a request is called by its name, and that it is not wanted: «drop the order», «bestillinga skal ikke med».

    ``aside``: it is not what is spoken of. Of that «no changes» says that it is right.
    """
    said, called, text = words("wishes"), f"called_{name}", clause.text
    if _dropping(called).search(text):
        return True
    if clause.asks:
        return False
    if said.near(text, called, "not_along", _BETWEEN):
        return True
    # «No changes» says that it is right, «no change is to go along» does not.
    plain = name != "change_order" or said.near(text, called, "along", _BETWEEN)
    return plain and (aside or name in _NOT_WANTED) and said.near(text, "none_wanted", called, _CLOSE)


@functools.cache
def _dropping(called: str) -> re.Pattern[str]:
    said = words("wishes")
    between = rf"(?:\s+(?:{said.pattern('drops_between')}))*"
    ends = ("part_of_it",) if called.removeprefix("called_") in _OF_ORDER else ("part_of_it", "what_for")
    part = "".join(rf"(?!\s+(?:{said.pattern(each)}))" for each in ends)
    return re.compile(rf"(?<!\w)(?:{said.pattern('drops')}){between}\s+(?:{said.pattern(called)}){part}", re.I)


def _nothing_for(clause: Clause, view: View) -> bool:
    """«Nothing for 30420»: the order that the request in progress is about is to stay as it is."""
    about = has(clause, "order_no") and not view.of_other_order(clause) and not has(clause, *_OF_WISH)
    of_order = view.running and view.task is not None and view.task.name in ("change_order", "cancel_order")
    return of_order and about and words("wishes").says(clause.text, "nothing_for") and clause.words <= ALONGSIDE


def _alongside(clause: Clause) -> bool:
    """Whether a clause says no more than that something is dropped: «nei», «avbryt», «we wait with it»."""
    if clause.asks or "?" in clause.text or clause.values or clause.words > ALONGSIDE:
        return False
    return intent(clause.act).kind in _SAME or only_refuses(clause) or merely_consents(clause.text)


def without(reading: Reading, left: Sequence[Clause]) -> Reading | None:
    """The message of the clauses that are left, each where it stands; None where nothing is."""
    if not left:
        return None
    start, end = left[0].start, left[-1].end
    between = [
        (one.end - start, other.start - start) for one, other in itertools.pairwise(left) if one.end < other.start
    ]
    text = blanked(reading.text[start:end], between)
    values = tuple(each for clause in left for each in clause.entities)
    told = tuple(each for clause in left for each in clause.told)
    lead = left[0] if len(left) == 1 else reading.whole
    asks = any(each.asks for each in left)
    whole = replace(lead, text=text, start=start, end=end, entities=values, told=told, asks=asks)
    return Reading(whole, tuple(left))
