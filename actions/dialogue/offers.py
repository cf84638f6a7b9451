"""Yes and no to what the assistant offered last: the one thing that was offered, or a question back."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.turns.reading import Clause
from actions.turns.starts import offer_starts
from actions.turns.turn import IDENTIFY, Turn
from actions.turns.yes import merely_consents, unqualified_yes

#: Texts after which a yes goes on with something.
ASKS_FOR_MORE = {"utter_thanks", "utter_deny", "utter_already_sent", "utter_back_what_else"}


def startable(offer: Mapping[str, Any], intents: frozenset[str]) -> bool:
    """Whether saying yes to an offer can begin something."""
    payload = str(offer.get("payload", ""))
    return payload == "/human" or payload[1:] in intents


def meant(turn: Turn, intents: frozenset[str]) -> str | None:
    """The intent that yes accepts; None when it was said what else to write."""
    offered = turn.last_offered
    found = [each for each in offered if startable(each, intents)]
    if "utter_decide" in turn.last_said:
        # Which of two was meant is what was asked.
        turn.say("utter_yes_to_which")
        turn.offer(*offered)
        return None
    if len(found) == 1:
        return str(found[0]["payload"])[1:]
    if "utter_case_received" in turn.last_said and not offered:
        turn.say("utter_already_sent")
    elif found or (offered and not _starts(offered)):
        # Our own question stands open: «which one is it about?»
        turn.say("utter_yes_to_which")
        turn.offer(*(found or offered))
    elif ASKS_FOR_MORE & set(turn.last_said):
        turn.say("utter_yes_to_more")
        offer_starts(turn)
    elif turn.waiting:
        turn.say("utter_yes_waiting")
    elif turn.slot("sent"):
        turn.say("utter_already_sent")
    else:
        turn.say("utter_yes_to_what")
        offer_starts(turn)
    return None


def _starts(offered: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what was offered is only what most people come for: a yes picks none of it."""
    return all(str(each.get("reply", "")).startswith("utter_start_choice_") for each in offered)


def proof_refused(turn: Turn) -> bool:
    """Whether who the customer is was to be shown, and that is what a no is said to."""
    return any(each.get("payload") == IDENTIFY for each in turn.last_offered) and turn.identity is None


def resumes(turn: Turn) -> bool:
    """Whether going on with a task that was put aside is what was offered, or all that stands open for a plain yes."""
    if not turn.slot("task"):
        return False
    offered = any(each.get("reply") == "utter_choice_resume" for each in turn.last_offered)
    return offered or (not turn.last_offered and unqualified_yes(turn.text) and not merely_consents(turn.text))


def confirmed_alloy(turn: Turn) -> dict[str, Any] | None:
    """The alloy of «do you mean ...?», which yes makes the one that the question before was about."""
    named = [each["alloy"] for each in turn.last_offered if each.get("alloy")]
    if "utter_alloy_did_you_mean" not in turn.last_said or len(named) != 1:
        return None
    return {"entity": "alloy", "value": named[0], "start": 0, "end": 0}


def said_with(clause: Clause, intent: str) -> Clause:
    """A clause whose words mean an intent for sure, as a pressed button does."""
    return Clause(f"/{intent}", clause.start, clause.end, ((intent, 1.0),))
