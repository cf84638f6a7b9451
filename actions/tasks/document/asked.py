"""What is asked about a paper that is no wish for it: when it is due, which heat it is of, what stands in it, where it is sent."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from actions.orders.papers import term_of
from actions.production import orders
from actions.production.company import company
from actions.production.documents import Document, documents_of
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.turns.house import house
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.settings import settings

#: What can be asked, in the order it is answered.
KINDS = ("due", "heat", "held", "paid", "mailed")
#: That invoices are to go elsewhere from now on.
INVOICING = "invoicing"
#: What only a person can tell or do.
OF_SALES = ("held", "paid", "mailed")
#: The paper that each is asked of, where none is named.
_OF = {"due": "invoice", "paid": "invoice", "held": "delivery_note", "heat": "certificate"}
PAYMENT = "payment_days"


def asked_in(text: str, mail: bool = False) -> list[str]:
    """What a text asks about a paper. ``mail``: an address is told, to which papers are to go."""
    said = words("papers")
    return [kind for kind in KINDS if said.says(text, kind) or (kind == "mailed" and mail)]


def wants_paper(text: str) -> bool:
    """Whether the paper itself is wanted too."""
    return words("papers").says(text, "wants")


def of_all_invoices(text: str) -> bool:
    """Whether it is about how we invoice from now on: a new address, or a word to those who invoice."""
    said, known = words("papers"), words("orders")
    return said.says(text, "new_address") or (known.says(text, "invoicing") and said.says(text, "tells_accounts"))


async def say_asked(turn: Turn, identity: Identity, order: Order, kinds: Sequence[str]) -> list[str]:
    """Say what is known of it; what only a person can tell or do is left."""
    left = []
    for kind in kinds:
        papers = await _papers(identity, order, _OF.get(kind))
        if kind == "due":
            _say_due(turn, order, papers)
        elif kind == "heat":
            _say_heat(turn, order, papers)
        else:
            turn.say(f"utter_document_asked_{kind}", order_no=order.order_no)
            left.append(kind)
    return left


def asked_beside(turn: Turn) -> list[str]:
    """What is asked about a paper beside a request that is read back, and wants no other paper."""
    if of_all_invoices(turn.text):
        return [INVOICING]
    if turn.text.startswith("/") or wants_paper(turn.text):
        return []
    return asked_in(turn.text, bool(turn.said("email")))


async def say_beside(turn: Turn, identity: Identity, order_no: str | None) -> None:
    """Answer what is asked of a paper; the request that is read back stays as it is."""
    asked = [each for each in asked_beside(turn) if each != INVOICING]
    named = [str(each["value"]) for each in turn.said("order_no")] or [str(order_no or "")]
    found = await asyncio.to_thread(orders.find_orders, house().production, identity, named[:1]) if asked else []
    if found:
        await say_asked(turn, identity, found[0], asked)


async def _papers(identity: Identity, order: Order, kind: str | None) -> list[Document]:
    found = await asyncio.to_thread(documents_of, house().production, identity, order.order_no, None, kind)
    return [each for each in found if each.may_have]


def _say_due(turn: Turn, order: Order, papers: Sequence[Document]) -> None:
    """The day that the usual terms make of the invoice's date; the invoice itself goes before."""
    terms = company().facts[PAYMENT]
    invoice = next((each for each in papers if each.issued_on), None)
    if invoice is None or invoice.issued_on is None:
        turn.say("utter_document_not_issued", type="document.invoice", order_no=order.order_no)
        return
    if not terms.shown(settings().demo):
        turn.say("utter_document_due_there", order_no=order.order_no)
        return
    days = int(terms.told(turn.language))
    due = invoice.issued_on + dt.timedelta(days=days)
    turn.say("utter_document_due", order_no=order.order_no, issued=invoice.issued_on, days=days, due=due)


def _say_heat(turn: Turn, order: Order, papers: Sequence[Document]) -> None:
    """The heats that stand with the certificates, or that the file tells."""
    heats = list(dict.fromkeys(each.heat_no for each in papers if each.heat_no))
    if heats:
        turn.say("utter_document_heats", order_no=order.order_no, heats=heats, type=term_of(papers[0]))
    elif papers:
        turn.say("utter_document_contents")
    else:
        turn.say("utter_document_none", order_no=order.order_no)
