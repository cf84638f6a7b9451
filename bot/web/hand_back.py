"""A person gives a conversation back: the engine learns what was settled, and the assistant goes on where it was."""

import contextlib
from dataclasses import dataclass, field

from bot.store.ownership import Owner, Person
from bot.store.talk import messages
from bot.web.engine import EngineError
from bot.web.live import Live
from bot.web.parts import Parts
from bot.web.turns import Turns

#: What becomes of the request that is in progress: asked on, ended, or there is none.
REQUESTS = ("continue", "end", "none")
#: The engine's form and what belongs to it, put down.
END_OF_REQUEST = [
    {"event": "slot", "name": "question", "value": None},
    {"event": "slot", "name": "task", "value": None},
]


@dataclass(frozen=True)
class Settled:
    """What a person says at a hand-back: in words, and as answers to questions of the request in progress."""

    text: str
    request: str = "continue"
    answers: dict[str, str] = field(default_factory=dict)


async def handed_back(
    parts: Parts, live: Live, turns: Turns, conversation: str, person: Person, settled: Settled
) -> Owner:
    """Give the conversation back to the assistant. Raises OwnershipError when this person does not hold it.

    With the engine away the ownership changes all the same; the assistant goes on when it is back.
    """
    told = {
        "kind": "handed_back", "person": person.name, "settled": settled.text, "answers": settled.answers,
        "request": settled.request,
    }  # fmt: skip
    contact_id, turn = await parts.db(messages.hand_back, parts.own, conversation, person, told, parts.lease)
    await live.owner(conversation, contact_id, Owner("assistant"))
    if settled.request == "end":
        # Away, it learns the same from the turn, which is tried again until it is back.
        with contextlib.suppress(EngineError):
            await parts.engine.events(conversation, END_OF_REQUEST)
    if turn is not None:
        turns.start(turn)
    return Owner("assistant")
