"""Who may be told of orders, agreements and quotations now: somebody who has proved who they are, while the data are new."""

from actions.orders.words import say_sign_in
from actions.plan.capacity_reading import data_too_old
from actions.production.identity import Identity
from actions.turns.turn import Turn


async def proven(turn: Turn) -> Identity | None:
    """The proven identity; None when a proof is asked for, or the data are too old, and that has been said."""
    if turn.identity is None:
        say_sign_in(turn)
        return None
    return None if await data_too_old(turn) else turn.identity
