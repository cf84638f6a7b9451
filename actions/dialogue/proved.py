"""What a stranger asked waits for the proof of who they are, and is answered after it with what was said beside it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.dialogue import commands as c
from actions.orders.numbers import find_own_numbers
from actions.production.contacts import order_number
from actions.production.own_numbers import own_numbers
from actions.turns.house import house
from actions.turns.reading import Clause
from actions.turns.starts import offer_starts
from actions.turns.turn import Turn

#: So many questions wait for a proof.
MOST = 3
#: What is left of a message beside its number and address may mean nothing: then nothing is answered.
IDLE = (c.Miss, c.Talk, c.Resume)


def keep_for_proof(turn: Turn, topic: str, clause: Clause) -> None:
    """Keep a question that a stranger got no full answer to, to be answered when they have proved who they are."""
    kept = {
        "topic": topic, "text": clause.text, "acts": [list(each) for each in clause.acts[:1]],
        "entities": list(clause.entities), "start": clause.start, "asks": clause.asks, "facet": clause.facet,
    }  # fmt: skip
    others = [each for each in turn.slot("before_proof") or [] if _same(each) != _same(kept)]
    turn.set("before_proof", [*others, kept][-MOST:])


def asked_before_proof(turn: Turn) -> list[tuple[str, Clause]]:
    """The questions that wait for the proof, each with its topic; they wait no longer."""
    kept: list[dict[str, Any]] = turn.slot("before_proof") or []
    turn.set("before_proof", None)
    told: dict[str, str] = turn.internal.get("instead") or {}
    # However the two were typed: what was asked names our numbers.
    right = {order_number(old): order_number(new) for old, new in told.items()}
    return [(str(each["topic"]), _clause(_put_right(each, right))) for each in kept]


def _put_right(kept: dict[str, Any], right: dict[str, str]) -> dict[str, Any]:
    """A question with the numbers that were called wrong since as they should have been."""
    entities = [{**each, "value": right.get(str(each.get("value")), each.get("value"))} for each in kept["entities"]]
    return {**kept, "entities": entities} if right else kept


async def read_again(turn: Turn, clause: Clause) -> Clause:
    """A question kept from before the proof, with the numbers in it as the customer's own data knows them."""
    turn.text, turn.entities = f"{' ' * clause.start}{clause.text}", list(clause.entities)
    await find_own_numbers(turn)
    return replace(clause, entities=tuple(turn.entities))


async def note_proved_by(turn: Turn) -> str | None:
    """The order by which the customer was proved, which a question without an order is about; None for another number."""
    reference = await order_of(turn)
    if reference is None:
        return None
    if not turn.ground.about("order_no"):
        turn.ground.note("order_no", [{"entity": "order_no", "value": reference}])
    return reference


async def order_of(turn: Turn) -> str | None:
    """The order that the proof was given with, however its number was typed."""
    told = str(turn.internal.get("reference") or "")
    if not told or turn.identity is None:
        return None
    found = await asyncio.to_thread(own_numbers, house().production, turn.identity, [told])
    kind, number = found.get(told, ("", ""))
    return number if kind == "order_no" else None


def hear_beside(turn: Turn) -> bool:
    """Take what was said beside number, address or code for the message; whether anything was."""
    said: dict[str, Any] | None = turn.internal.get("said")
    if not said:
        return False
    turn.hear({**said, "metadata": {name: each for name, each in turn.metadata.items() if name != "internal"}})
    return True


def is_new(command: c.Command, told: Sequence[tuple[str, Clause]], reference: str | None) -> bool:
    """Whether a command asks for more than what has just been answered."""
    if isinstance(command, IDLE):
        return False
    if not isinstance(command, (c.Answer, c.FollowUp)):
        return True
    values = {str(each.get("value")) for each in command.clause.values} - {reference}
    for topic, clause in told:
        same = isinstance(command, c.FollowUp) or command.topic == topic
        if same and values <= {str(each.get("value")) for each in clause.values}:
            return False
    return True


def say_proved(turn: Turn, reference: str | None) -> None:
    """The customer is known now (web has said so), and nothing waited for it: what can be asked."""
    turn.say("utter_proved")
    if reference:
        turn.offer({"title": reference})
    offer_starts(turn)


def _same(kept: dict[str, Any]) -> tuple[str, set[str]]:
    # Before the proof nobody knows which codes are numbers of theirs.
    codes = set(re.findall(r"\w[\w/-]*\d[\w/-]*", str(kept["text"]).casefold()))
    return kept["topic"], codes | {str(each.get("value")) for each in kept["entities"]}


def _clause(kept: dict[str, Any]) -> Clause:
    start, text = int(kept["start"]), str(kept["text"])
    acts = tuple((str(name), float(share)) for name, share in kept["acts"])
    return Clause(text, start, start + len(text), acts, bool(kept["asks"]), kept["facet"], tuple(kept["entities"]))
