"""What we do not do: said politely, with what we do instead."""

from actions.follow_up import FollowUp
from actions.handler import Handler
from actions.turn import Turn


class OutOfScope(Handler):
    """Declines; a named material is declined by name."""

    intent = "out_of_scope"

    async def answer(self, turn: Turn) -> None:
        """Steel and the like by name, anything else in general; a property of the alloy talked of is our business."""
        foreign = turn.said("foreign_material")
        if turn.said("property") and turn.about("alloy") and not foreign:
            await FollowUp().answer(turn)
            return
        if foreign:
            turn.say("utter_not_cast", material=f"material.{foreign[0]['value']}")
        else:
            turn.say("utter_out_of_scope")
        turn.offer({"reply": "utter_choice_human", "payload": "/human"})
