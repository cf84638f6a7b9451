"""What a message answers to, as one code: an input of the classifier, never a filter on it.

The code is the name of the open question, or a general code; behind a colon may stand what was talked of last:
``quantity``, ``send``, ``answer:lead_time``, ``offer:price``.
"""

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

OPENING, ANSWER, RECEIPT, OFFER, CHOICE, SEND = "-", "answer", "receipt", "offer", "choice", "send"
#: The open question that is answered with a name.
NAME = "name"
#: Contexts that are not the name of an open question.
GENERAL = (OPENING, ANSWER, RECEIPT, OFFER, CHOICE, SEND)
#: Contexts in which the customer goes on with what was talked of.
_GOES_ON = (ANSWER, OFFER, CHOICE)
#: The kind of a context that is the name of an open question.
ASKED = "asked"
#: Slots that hold the open question, the first one set counts.
_QUESTION = ("question", "requested_slot")
_NAMES = {"confirmation": SEND}
_RECEIPTS = {"utter_case_received"}


def context_of(tracker: DialogueStateTracker | None) -> str | None:
    """The context code of the next message: the open question, or what the assistant did last; None when nobody knows."""
    if tracker is None:
        return None
    for name in _QUESTION:
        slot = tracker.slots.get(name)
        if slot is not None and slot.value:
            return _NAMES.get(slot.value, str(slot.value))
    last = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    code = OPENING if last is None else _after(last.metadata or {})
    topic = ((tracker.slots["ground"].value if "ground" in tracker.slots else None) or {}).get("topic")
    return f"{code}:{topic}" if topic and code in _GOES_ON else code


def kinds_of(context: str) -> Sequence[str]:
    """What a context says, from the general to the special: ``answer`` and ``:price``, ``asked`` and ``quantity``."""
    code, _, topic = context.partition(":")
    if code not in GENERAL:
        return ASKED, code
    return (code, f":{topic}") if topic else (code,)


def _after(said: dict[str, Any]) -> str:
    if any(part.get("reply") in _RECEIPTS for part in said.get("parts") or ()):
        return RECEIPT
    choices = said.get("choices") or ()
    if any(choice.get("payload") for choice in choices):
        return OFFER
    return CHOICE if choices else ANSWER
