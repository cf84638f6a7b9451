"""A person gives a conversation back: the engine learns what was settled, and the assistant goes on where it was."""

import contextlib
from dataclasses import dataclass, field

from bot.conversations import ownership
from bot.conversations.messages import contact_of
from bot.conversations.ownership import Owner, Person
from bot.web.engine import EngineError
from bot.web.live import Live
from bot.web.parts import Parts
from bot.web.turns import Turns

#: What becomes of the request that is in progress: asked on, ended, or there is none.
REQUESTS = ("continue", "end", "none")
#: The engine's form and what belongs to it, put down.
END_OF_REQUEST = [
    {"event": "slot", "name": "requested_slot", "value": None},
    {"event": "slot", "name": "task", "value": None},
    {"event": "active_loop", "name": None},
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
    owner = await parts.db(ownership.hand_back, parts.own, conversation, person, settled.text)
    contact_id = await parts.db(contact_of, parts.own, conversation)
    await live.owner(conversation, contact_id, owner)
    if settled.request == "end":
        # Away, it learns the same from the internal turn, which is tried again until it is back.
        with contextlib.suppress(EngineError):
            await parts.engine.events(conversation, END_OF_REQUEST)
    told = {
        "kind": "handed_back", "person": person.name, "settled": settled.text, "answers": settled.answers,
        "request": settled.request,
    }  # fmt: skip
    await turns.internal(conversation, told)
    return owner
