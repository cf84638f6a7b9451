"""What is said to somebody who has lost patience: one calm sentence, a person, and the answer if the question is clear."""

from actions.turn import Turn

#: Intents that carry a matter of their own even without a figure or a code.
CLEAR = {
    "alloy_property", "alloy_recommendation", "alloy_comparison", "alloy_offered", "capacity", "lead_time",
    "casting_limits", "order_status", "order_list", "faq", "change_language", "human",
}  # fmt: skip


def calm(turn: Turn) -> bool:
    """Meet anger, if there is any. True when nothing is left to answer."""
    if not turn.angry:
        return False
    if turn.intent == "human":
        return False
    turn.say("utter_angry" if turn.hand_over("angry") else "utter_angry_waiting")
    return turn.intent not in CLEAR and not has_values(turn)


def has_values(turn: Turn) -> bool:
    """Whether anything but the language was found in the message."""
    return any(entity["entity"] not in ("language", "asap", "resume") for entity in turn.entities)
