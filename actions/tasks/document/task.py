"""Papers of an order (task ``order_document``): the very file that was issued, or an honest word on why there is none.

Nothing is made, filled in or dated here. What is not issued goes to sales as a request.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from actions.form import case
from actions.form.answers import Answers, line, note, silent
from actions.form.shared import DETAILS, EMAIL, NAME, ORDER
from actions.form.stranger import say_stranger
from actions.form.task import Doubt, Stop, Task
from actions.form.text import asks_something
from actions.orders.facets import ORDERS
from actions.orders.papers import offer_papers, term_of
from actions.orders.pointed_out import pointed_out, points_out
from actions.orders.words import say_rows, say_unknown
from actions.plan.capacity_reading import data_too_old
from actions.production import orders
from actions.production.certificates import CertificateAnswer, certificate_possible
from actions.production.documents import Document, documents_of, documents_of_heat, hand_out
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderSummary
from actions.tasks.document.asked import (
    INVOICING,
    OF_SALES,
    asked_beside,
    asked_in,
    of_all_invoices,
    say_asked,
    say_beside,
    wants_paper,
)
from actions.tasks.document.kinds import kinds_in, kinds_of_each
from actions.turns.ground import THINGS
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.store.cases.handed_out import give_file
from bot.store.cases.intake import Wish
from bot.store.uploads import BadUpload

HUMAN = {"reply": "utter_choice_human", "payload": "/human"}
#: The common ground's name for the paper that was asked for or given out last.
GIVEN = "document"
#: The note of what was asked beside a request.
ASKED_BESIDE = "asked_beside"
#: And for the papers that were handed out.
HANDED = "handed_out"
#: The note of the words that pointed out the order.
POINTED = "pointed"
#: Files given at once; more are offered to choose from.
AT_ONCE = 3
ORDERS_OFFERED, LOOKED_THROUGH = 5, 30
#: The status of orders of which goods have left, and the papers that there are before that.
SENT, BEFORE_GOODS = ("shipped", "delivered", "partly_shipped"), (None, "order_confirmation", "drawing")
#: From so much on, what sounds like a complaint of invoices is one.
SURE = 0.65


class OrderDocument(Task):
    """A paper of an order; what is not issued is a request to sales."""

    name = "order_document"
    case = "document"
    questions = (ORDER, DETAILS, NAME, EMAIL)
    starts = ("order_document",)
    claims = (
        "faq", "explain", "order_status", "order_list", "order_document", "change_order", "complaint", "inform",
        "nlu_fallback", "out_of_scope",
    )  # fmt: skip
    first = "details"

    async def wants(self, turn: Turn) -> bool:
        """«Does a certificate come with it?» right after an order asks for that order's; so does «will a confirmation come?»; how we invoice from now on is a wish too."""
        said = words("orders")
        if all(said.says(turn.text, kind) for kind in ("invoicing", "from_now_on", "invoicing_by")):
            surely_wrong = turn.intent == "complaint" and turn.confidence >= SURE
            return not turn.slot("question") and not _names_order(turn) and not surely_wrong
        if turn.intent in ("order_list", "complaint"):
            return False
        shown = turn.before.topic in (*ORDERS, self.name) or turn.slot("sent")
        of_order = shown and len(turn.before.about("order_no")) == 1
        # «With it» means the order that was shown.
        named = any(not each.get("reference") for each in turn.said(*THINGS, "alloy", "heat_no"))
        if not of_order or turn.slot("question") or named or not (turn.asks or asks_something(turn)):
            return False
        paper = asks(turn.text, "document_certificate") or asks(turn.text, "document_order_confirmation")
        return paper and words("orders").says(turn.text, "comes_with")

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Another paper or order named while a request is read back is looked up first; the request is then about that."""
        if opened and "sales" in answers and (asked := asked_beside(turn)):
            # The order that is asked about takes the place of none, nor does the address.
            turn.entities = [each for each in turn.entities if each["entity"] not in ("order_no", "email")]
            before = set(answers.value(ASKED_BESIDE) or asked_in(str(answers.value("details") or "")))
            answers[ASKED_BESIDE] = note([*before, *asked])
            if set(asked) & {*OF_SALES, INVOICING} - before:
                answers["details"] = line("details", f"{answers.value('details')}; {' '.join(turn.text.split())}"[:500])
                return ["details"]
            return [ASKED_BESIDE]
        named = turn.said("order_no", "certificate") or turn.intent == self.name
        if turn.identity and opened and "sales" in answers and named:
            for name in ("sales", "order"):
                answers.pop(name, None)
            answers["details"] = line("details", " ".join(turn.text.split())[:500])
            return ["details"]
        if turn.identity and opened == "order" and not turn.said("order_no") and not asks_something(turn):
            # «The pump housings, the ones you delivered»: the order is pointed out, perhaps over several messages.
            said = " ".join(turn.text.split())
            if await pointed_out(turn.identity, said):
                answers[POINTED] = note(f"{answers.value(POINTED) or answers.value('details') or ''}; {said}")
                return [POINTED]
        return []

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Hand the paper out when it is there and may be had; else say what is possible, and go on as a request."""
        identity = turn.identity
        if identity is None:
            _of_all_invoices(turn, answers)
            say_stranger(turn, answers, "utter_document_stranger")
            return None
        if "sales" in answers:
            await say_beside(turn, identity, answers.value("order"))
            return None
        if await data_too_old(turn):
            return Stop()
        _note(turn, answers)
        if words("orders").says(turn.text, "paper_contents") and str(answers.value("kind") or "").startswith("cert"):
            turn.say("utter_document_contents")
        if _of_all_invoices(turn, answers):
            _to_sales(answers)
            return None
        heat = turn.said("heat_no")
        if heat:
            return await _of_heat(turn, identity, answers, str(heat[0]["value"]))
        found = await _orders(turn, identity, answers)
        if not found:
            return None
        turn.remember(self.name, (), order_no=[{"entity": "order_no", "value": each.order_no} for each in found])
        answers["order"] = line("order", found[0].order_no)
        asked = asked_in(turn.text, bool(turn.said("email"))) if not turn.internal else []
        left = await say_asked(turn, identity, found[0], asked)
        ended = Stop() if asked and not wants_paper(turn.text) else await _give_out(turn, identity, answers, found)
        if left and ended:
            # What only a person can tell or do is asked of sales.
            _to_sales(answers)
            return None
        return ended

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The question for the order, with the latest orders to choose from."""
        identity = turn.identity
        if question != "order" or identity is None:
            return False
        pointed = await _pointed(turn, identity, answers)
        found = pointed or await _with_paper(identity, answers.value("kind"))
        unknown = answers.pop("unknown_no", None)
        if unknown:
            say_unknown(turn, str(unknown.value))
        if pointed:
            turn.say("utter_document_several", count=len(pointed))
            say_rows(turn, pointed, today(), ORDERS_OFFERED)
        else:
            turn.say("utter_document_which_order")
            turn.offer(*({"title": each.order_no} for each in found))
        return True

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """A request to sales, for what is not there."""
        values: dict[str, Any] = {
            key: answers.value(name)
            for key, name in (("order", "order"), ("paper", "kind"), ("words", "details"))
            if name in answers
        }
        wish = Wish("request", {**values, "task": self.name})
        await case.submit(turn, self, answers, request_id, intake=wish, after="utter_case_next_plain")
        return True


def _note(turn: Turn, answers: Answers) -> None:
    """Which paper is asked for: the message's own word, else the one that began the task, else the one given out last."""
    text = turn.text if not turn.internal else ""
    now, began = kinds_in(turn, text), kinds_in(turn, str(answers.value("details") or ""))
    kinds = now or ([] if "kind" in answers else began)
    kind = now[0] if now else answers.value("kind") or (began[0] if began else None)
    answers["kinds"] = note(kinds)
    before = [str(each["value"]) for each in turn.ground.about(GIVEN)]
    # «And for SO-30411?» after a paper asks for the same of that one.
    goes_on = (
        turn.before.topic == OrderDocument.name
        and turn.said("order_no")
        and not words("orders").says(text, "asks_papers")
    )
    same = turn.said("same") or asks(text, "again") or goes_on
    if kind or (before and same):
        answers["kind"] = note(kind or before[0])
    if kind:
        turn.ground.note(GIVEN, [{"entity": GIVEN, "value": kind}], "database")


def _names_order(turn: Turn) -> bool:
    """Whether an order is named, by our number or by theirs; a reference that is to stand on invoices names none."""
    return bool(turn.said("order_no")) or any(each.get("known") for each in turn.said("po_no"))


def _of_all_invoices(turn: Turn, answers: Answers) -> bool:
    """Whether the wish is about how we invoice from now on, and no paper of one order: sales passes it on."""
    text = str(answers.value("details") or "")
    every = of_all_invoices(turn.reading.text)
    asked = words("orders").says(text, "invoicing") and words("orders").says(text, "from_now_on", "invoicing_by")
    if not every and (not asked or _names_order(turn) or answers.value("order")):
        return False
    answers["order"] = silent()
    answers["details"] = line("details", " ".join(turn.reading.text.split())[:500])
    return True


async def _orders(turn: Turn, identity: Identity, answers: Answers) -> list[Order]:
    """The orders that are meant: named, under the customer's own number, «both» of those shown, talked of, or sent last."""
    engine, numbers = house().production, await _numbers(turn, identity, answers)
    known = await asyncio.to_thread(orders.find_orders, engine, identity, numbers[:ORDERS_OFFERED])
    if not known:
        answers.pop("order", None)
        if numbers:
            answers["unknown_no"] = note(numbers[0])
    return known


async def _with_paper(identity: Identity, kind: Any) -> list[OrderSummary]:
    """The newest orders that can have a paper: most papers come with the goods."""
    found = await asyncio.to_thread(orders.recent_orders, house().production, identity, limit=LOOKED_THROUGH)
    sent = [each for each in found if each.status in SENT]
    return (sent if kind not in BEFORE_GOODS and sent else found)[:ORDERS_OFFERED]


async def _numbers(turn: Turn, identity: Identity, answers: Answers) -> list[str]:
    engine, known = house().production, answers.value("order")
    named = turn.said("order_no")
    if named and all(each.get("reference") == "name" for each in named) and points_out(turn.text):
        # «The housings that you delivered»: not all of that name.
        named, known = [], None
    numbers = [str(each["value"]) for each in named] or ([str(known)] if known else [])
    for po in turn.said("po_no"):
        numbers += [
            each.order_no for each in await asyncio.to_thread(orders.find_by_po, engine, identity, str(po["value"]))
        ]
    if not numbers and asks(str(answers.value("details") or turn.text), "delivery_last"):
        sent = await asyncio.to_thread(orders.recent_orders, engine, identity, limit=LOOKED_THROUGH)
        numbers = [each.order_no for each in sent if each.status in SENT][:1]
    if numbers or turn.said("part_no", "drawing_no"):
        return list(dict.fromkeys(numbers))
    talked_of = _talked_of(turn)
    if talked_of and not points_out(_pointing(turn, answers)):
        return talked_of
    pointed = [each.order_no for each in await _pointed(turn, identity, answers)]
    if len(pointed) == 1:
        return pointed
    # «Send it once more» after the delivered one is of that one.
    return talked_of if not pointed or set(talked_of) & set(pointed) else []


def _pointing(turn: Turn, answers: Answers) -> str:
    """All words that an order was pointed out with so far."""
    return str(answers.value(POINTED) or answers.value("details") or turn.text)


async def _pointed(turn: Turn, identity: Identity, answers: Answers) -> list[OrderSummary]:
    """The orders that the words point out: of those the ones that can have the paper."""
    found = await pointed_out(identity, _pointing(turn, answers))
    sent = [each for each in found if each.status in SENT]
    return sent if sent and answers.value("kind") not in BEFORE_GOODS else found


def _talked_of(turn: Turn) -> list[str]:
    """The order talked of; all of those talked of or shown, for «both»."""
    talked_of = list(dict.fromkeys(str(each["value"]) for each in turn.about("order_no")))
    if not asks(turn.text, "both"):
        return talked_of[:1]
    shown = [str(each["value"]) for each in turn.ground.shown if each["kind"] == "order_no"]
    return talked_of if len(talked_of) > 1 else shown or talked_of


async def _give_out(turn: Turn, identity: Identity, answers: Answers, found: Sequence[Order]) -> Stop | None:
    """The papers that are wanted of the orders that are meant."""
    kinds = answers.value("kinds") or []
    if len(kinds) > 1:
        return await _several_kinds(turn, identity, answers, found, kinds)
    if len(found) > 1:
        return await _of_each(turn, identity, answers, found)
    return await _of_order(turn, identity, answers, found[0])


async def _of_each(turn: Turn, identity: Identity, answers: Answers, found: Sequence[Order]) -> Stop | None:
    """The same paper of several orders: what there is, is handed out; the first that is missing is looked into."""
    missing: Order | None = None
    for order in found:
        papers = await _papers(identity, order, answers.value("kind"))
        theirs = [each for each in papers if each.may_have]
        if papers and not theirs:
            turn.say("utter_document_no_right")
        if not papers:
            missing = missing or order
        for document in theirs[:1]:
            await _send(turn, identity, document)
    if missing is None:
        return Stop()
    answers["order"] = line("order", missing.order_no)
    return await _of_order(turn, identity, answers, missing)


async def _several_kinds(
    turn: Turn, identity: Identity, answers: Answers, found: Sequence[Order], kinds: Sequence[str]
) -> Stop | None:
    """Several papers at once: those that are there are handed out, and what is missing is looked into."""
    ended: Stop | None = Stop()
    theirs_of = kinds_of_each(turn, kinds, [each.order_no for each in found])
    for order in found:
        for kind in theirs_of[order.order_no]:
            papers = await _papers(identity, order, kind)
            theirs = [each for each in papers if each.may_have]
            if papers and not theirs:
                turn.say("utter_document_no_right")
            for document in theirs[:1]:
                await _send(turn, identity, document)
            if not papers:
                answers["order"] = line("order", order.order_no)
                missing = await _not_there(turn, identity, answers, order, kind)
                ended = missing if ended is not None else None
    return ended


async def _papers(identity: Identity, order: Order, kind: Any) -> list[Document]:
    return await asyncio.to_thread(documents_of, house().production, identity, order.order_no, None, kind)


async def _of_heat(turn: Turn, identity: Identity, answers: Answers, heat: str) -> Stop | None:
    found = await asyncio.to_thread(documents_of_heat, house().production, identity, heat)
    if not found:
        turn.say("utter_document_heat_unknown", heat=heat)
        return None
    answers["order"] = line("order", found[0].order_no)
    return await _give(turn, identity, answers, found)


async def _of_order(turn: Turn, identity: Identity, answers: Answers, order: Order) -> Stop | None:
    kind = answers.value("kind")
    if kind == "order_confirmation" and _waits_for_another(turn, order):
        turn.say("utter_document_confirmation_to_come", order_no=order.order_no)
        return Stop()
    found = await _papers(identity, order, kind)
    if not found:
        return await _not_there(turn, identity, answers, order, kind)
    if kind is None and len(found) > 1:
        offer_papers(turn, found, order.order_no)
        return Stop()
    return await _give(turn, identity, answers, found)


def _waits_for_another(turn: Turn, order: Order) -> bool:
    """Whether it is asked for the confirmation of what was sent for this order just now, and not for the old one."""
    sent = (turn.slot("sent") or {}).get("answers") or {}
    same = (sent.get("order") or {}).get("value") == order.order_no
    return bool(same and words("orders").says(turn.text, "comes_with", "another"))


async def _give(turn: Turn, identity: Identity, answers: Answers, found: Sequence[Document]) -> Stop | None:
    """The files the contact may have; what may not be had, or cannot be read, is said."""
    theirs = [each for each in found if each.may_have]
    if not theirs:
        return Stop("utter_document_no_right", {}, (HUMAN,))
    missing = False
    for document in theirs[:AT_ONCE]:
        missing = not await _send(turn, identity, document) or missing
    if len(theirs) > AT_ONCE:
        turn.say("utter_document_more", count=len(theirs) - AT_ONCE)
    if missing:
        turn.say("utter_document_file_missing")
        _to_sales(answers)
        return None
    return Stop()


async def _send(turn: Turn, identity: Identity, document: Document) -> bool:
    """One file as a message of its own; False when it cannot be read. What was handed out is not, unless it is wanted again."""
    given = turn.ground.about(HANDED)
    if any(each["value"] == document.document_id for each in given) and not wants_paper(turn.text):
        turn.say(
            "utter_document_given_before", type=term_of(document), order_no=document.order_no, file=document.file_name
        )
        return True
    found = await asyncio.to_thread(hand_out, house().production, identity, document.document_id)
    if not found.ok:
        return False
    try:
        card = await asyncio.to_thread(give_file, house().own, turn.conversation, found.name, found.data)
    except BadUpload:
        return False
    turn.ground.note(GIVEN, [{"entity": GIVEN, "value": document.type}], "database")
    turn.ground.note(HANDED, [*given, {"entity": HANDED, "value": document.document_id}], "database")
    values = {"type": term_of(document), "order_no": document.order_no, "file": card["name"], "size": card["size"]}
    if document.issued_on:
        turn.say("utter_document_here", issued=document.issued_on, **values)
    else:
        turn.say("utter_document_here_undated", **values)
    turn.show(card)
    turn.send()
    return True


async def _not_there(turn: Turn, identity: Identity, answers: Answers, order: Order, kind: str | None) -> Stop | None:
    """A paper that was not issued: for a certificate, whether it still can be made."""
    if kind and kind.startswith("certificate"):
        return await _certificate(turn, identity, answers, order, kind.partition("_")[2] or "3.1")
    drawn = sorted({(each.drawing_no, each.revision or "") for each in order.lines if each.drawing_no})
    if kind == "drawing" and drawn:
        for drawing, revision in drawn:
            reply = "utter_document_drawing_revision" if revision else "utter_document_drawing"
            turn.say(reply, order_no=order.order_no, drawing=drawing, **({"revision": revision} if revision else {}))
    elif kind:
        turn.say("utter_document_not_issued", type=f"document.{kind}", order_no=order.order_no)
    else:
        turn.say("utter_document_none", order_no=order.order_no)
    _to_sales(answers)
    return None


async def _certificate(turn: Turn, identity: Identity, answers: Answers, order: Order, certificate: str) -> Stop | None:
    engine = house().production
    told = [
        await asyncio.to_thread(
            certificate_possible, engine, identity, order.order_no, each.line_no, certificate, today()
        )
        for each in order.lines
    ]
    asked = False
    for each, answer in zip(order.lines, told, strict=True):
        if len(told) > 1:
            turn.say("utter_certificate_line", line=each.line_no)
        _say_certificate(turn, answer, order.order_no, " " if len(told) > 1 else "\n")
        asked = asked or answer.code in ("possible", "possible_for_rest", "chemistry_only")
    if not asked:
        return Stop("", choices=(HUMAN,))
    _to_sales(answers)
    return None


def _say_certificate(turn: Turn, answer: CertificateAnswer, order_no: str, join: str) -> None:
    values = {"certificate": answer.certificate, "order_no": order_no, "join": join}
    if answer.code == "no_longer":
        turn.say(f"utter_certificate_no_longer_{answer.reason}", **values)
    elif answer.code == "ordered" and answer.expected:
        turn.say("utter_certificate_ordered_date", expected=answer.expected, **values)
    else:
        turn.say(f"utter_certificate_{answer.code}", **values)
    if answer.latest:
        turn.say("utter_certificate_latest", latest=answer.latest, join=" ")


def _to_sales(answers: Answers) -> None:
    """The rest is a request that sales answers."""
    answers["sales"] = note(True)
