"""What the last answer told of the company."""

from actions.production.company import Part, company
from actions.turns.turn import Turn

#: The fact that tells how to come and see the foundry.
VISIT = "company.visit"


def facts_told(turn: Turn) -> list[Part]:
    """The parts of the company's facts that the last answer told, or said nothing was approved of."""
    house = company()
    told = [house.told_with(reply.removesuffix("_at")) for reply in turn.last_said]
    named = [about for said in turn.last_message.get("parts") or [] for about in said.get("what") or []]
    return [part for part in (*told, *map(house.facet, map(str, named))) if part]
