"""What is said when a person has handed the conversation back."""

from actions.turns.turn import Turn


def say_back(turn: Turn) -> None:
    """That the assistant answers again, after whom, and in one line what was settled."""
    person, settled = (" ".join(str(turn.internal.get(name) or "").split()) for name in ("person", "settled"))
    if person:
        turn.say("utter_back", person=person)
    else:
        turn.say("utter_back_sales")
    if settled:
        turn.say("utter_back_settled", settled=settled)


def last_task(turn: Turn) -> str:
    """The request that was in progress last: web puts the form down before it says that it has ended."""
    slots = [event for event in turn.tracker.events if event["event"] == "slot" and event.get("name") == "task"]
    return next((event["value"] for event in reversed(slots) if event["value"]), "")
