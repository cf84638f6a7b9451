"""What we do not do: said politely, with what we do instead."""

from actions.alloys.subject import answer_rest, offer_person, refuse
from actions.turns.handler import Handler, answer_as
from actions.turns.outside import outside
from actions.turns.turn import Turn


class OutOfScope(Handler):
    """Declines; a named material is declined by name."""

    intent = "out_of_scope"

    async def answer(self, turn: Turn) -> None:
        """Steel and the like by name, anything else in general; a property of the alloy talked of is our business."""
        foreign = turn.said("foreign_material")
        if turn.said("property") and turn.about("alloy") and not foreign:
            await answer_as(turn, "alloy_property")
            return
        other = outside(turn)
        if foreign:
            refuse(turn, foreign)
        if other or not foreign:
            turn.say(other or "utter_out_of_scope")
        offer_person(turn)
        if foreign and answer_rest(turn):
            await self._answer_ours(turn)

    async def _answer_ours(self, turn: Turn) -> None:
        """What was asked of our own alloys beside a material that we do not cast."""
        if any(each["value"] == "price" for each in turn.said("property")):
            turn.say("utter_compare_price")
            turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
        else:
            await answer_as(turn, "alloy_offered")
