"""People whose patience is tried: who has lost it is met calmly, who waits for a person is told that one was asked for."""

from actions.question_words import asks
from actions.turn import Turn

#: Intents that carry a matter of their own even without a figure or a code.
CLEAR = {
    "alloy_property", "alloy_recommendation", "alloy_comparison", "alloy_offered", "capacity", "lead_time",
    "casting_limits", "order_status", "order_list", "faq", "change_language", "human",
}  # fmt: skip
#: What «is anybody there?» is taken for, and how many words it has.
VAGUE = {"greet", "nlu_fallback", "inform", "out_of_scope", "bot_challenge", "help"}
FEW_WORDS = range(2, 7)


def tried(turn: Turn) -> bool:
    """Meet anger, or the question whether anybody is coming. True when nothing is left to answer."""
    if asks_for_anybody(turn):
        turn.say("utter_human_waiting")
        return True
    if not turn.angry or turn.intent == "human":
        return False
    turn.say("utter_angry" if turn.hand_over("angry") else "utter_angry_waiting")
    return turn.intent not in CLEAR and not has_values(turn)


def asks_for_anybody(turn: Turn) -> bool:
    """«Is anyone coming?», asked while a person is waited for."""
    few = turn.intent in VAGUE and len(turn.text.split()) in FEW_WORDS and not has_values(turn)
    return turn.waiting and few and asks(turn.text, "anybody")


def has_values(turn: Turn) -> bool:
    """Whether anything but the language was found in the message."""
    return any(entity["entity"] not in ("language", "asap", "resume") for entity in turn.entities)
