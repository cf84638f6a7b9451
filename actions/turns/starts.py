"""What most people come for, offered where the talk has no direction."""

from actions.turns.turn import Turn


def offer_starts(turn: Turn) -> None:
    """What most people come for, as quick replies sent as typed."""
    for name in ("alloy", "capacity", "lead_time", "order", "quote"):
        turn.offer({"reply": f"utter_start_choice_{name}"})
