"""Which papers of an order there are, each to be chosen."""

import asyncio
from collections.abc import Sequence

from actions.production.documents import WITHOUT_PRICES, Document, documents_of
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.turns.house import house
from actions.turns.turn import Turn

_NAMED = (*WITHOUT_PRICES, "order_confirmation", "invoice")


def term_of(document: Document) -> str:
    """The term that names a paper to a customer."""
    return f"document.{document.type}" if document.type in _NAMED else "document.other"


def offer_papers(turn: Turn, found: Sequence[Document], order_no: str) -> None:
    """Name the papers the contact may have, each as a choice."""
    theirs = [each for each in found if each.may_have]
    turn.say("utter_document_which", order_no=order_no, types=[term_of(each) for each in theirs])
    for document in theirs:
        turn.offer({"reply": "utter_document_choice", "type": term_of(document), "order_no": order_no})


async def say_papers(turn: Turn, identity: Identity, told: Sequence[Order]) -> None:
    """The papers of each order that was told, or that there are none."""
    for order in told:
        found = await asyncio.to_thread(documents_of, house().production, identity, order.order_no)
        if any(each.may_have for each in found):
            offer_papers(turn, found, order.order_no)
        else:
            turn.say("utter_document_no_right" if found else "utter_document_none", order_no=order.order_no)
