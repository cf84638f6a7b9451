"""Messages made to be slow: whatever web lets through is answered within a few seconds of processor time, in any state of the talk."""

import time

import pytest

from actions.turns.house import House
from bot.web.frames import MOST_FIGURES, squeezed
from tests.unit.actions.talk import Conversation

#: Processor seconds of the assistant alone on a slow machine; a quadratic reading of such a message takes minutes.
SECONDS = 6.0
LONGEST = 4000
MESSAGES = {
    "figures": "1 " * MOST_FIGURES,
    "pieces": "5 stk " * MOST_FIGURES,
    "hyphens": "1-" * MOST_FIGURES,
    "tabs": "\t1" * MOST_FIGURES,
    "denied figures": "not 5 " * MOST_FIGURES,
    "a list": "  - 1 kg\n" * MOST_FIGURES,
    "noes": "ikke nei " * 440,
    "denials": "det er ikke den nei " * 200,
    "commas": "40 stk RG5 hus " + ",x" * 1980,
    "joints": "40 stk og " * 250,
    "blanks": "RG5" + " " * 3900 + "RG7",
    "number words": "hundre tusen " * 300,
}
STATES = {
    "nothing said": [],
    "a request": [("jeg vil ha tilbud på 20 stk hus", "place_order")],
    "a complaint": [("jeg vil reklamere på SO-30412, 3 av 40 er sprukket", "complaint")],
}


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("state", STATES)
async def test_it_is_answered_in_time(house: House, state: str, message: str) -> None:
    customer = Conversation(house)
    for said, act in STATES[state]:
        await customer.say(said, act)
    began = time.process_time()
    answer = await customer.say(squeezed(MESSAGES[message][:LONGEST]), "inform")
    assert answer.strip()
    assert time.process_time() - began < SECONDS
