"""Rules about orders: what is asked of one, what a change of it would cost, and whose number it is."""

from dataclasses import replace

from actions.dialogue.commands import Add, Answer, Both, Command, Explain, Fill, Start, Talk
from actions.dialogue.rules.seen import (
    ANSWERED,
    CLOSING,
    CONTENTS,
    KEPT,
    MUSED,
    NAMES_ANOTHER,
    ORDER_WISHES,
    TELLING_TASKS,
    WHEN,
    WISHED,
    claim,
    musing,
    orders_part,
    points_at_orders,
    wishes,
)
from actions.dialogue.view import DOUBT, FAINT, LIKELY, SURE, View, because, command_of, has, of_goods, states
from actions.form.papers import paper_in
from actions.form.task import task_of_intent
from actions.form.words import find
from actions.orders.facets import ORDERS, OWN, asks_made, facets_in, reproaches
from actions.orders.numbers import REFERENCE
from actions.tasks.change import questions
from actions.tasks.change.part_shipments import wants_express
from actions.tasks.complaint.questions import denies_fault, tells_defect, tells_fault
from actions.tasks.document.asked import asked_in, of_all_invoices
from actions.tasks.document.kinds import ASKED
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: Requests about orders that are there: a part that is ordered beside them is none of theirs.
_OF_SENT_ORDERS = ("change_order", "cancel_order", "order_document", "call_back")
#: Tasks that have something done with an order.
_DOING_TASKS = ("change_order", "cancel_order", "complaint")
#: What a loss is told in.
SUMS = ("number", "money", "quantity", "lead")
#: Meanings that a question about an order is taken for.
_OF_ORDERS = (*ORDERS, "order_document", "change_order")
#: Meanings that pressing for a delivery is taken for.
_PRESSED = (*ORDERS, "change_order", "complaint", "lead_time", "capacity", "price")
#: An own order number is told in no more words.
REFERENCE_WORDS = 9
#: An own order number belongs to what was talked of where that is something to order.
ORDERED_AFTER = ("price", "lead_time", "capacity", "reorder")


def keeps(reading: Reading, view: View) -> tuple[Command, ...]:
    """What a change of an order would cost was told just now, and the order is kept: nothing of the request in progress is taken back."""
    whole = reading.whole
    plain = not has(whole, "quantity", "date", "week", "shift", "lead") and "?" not in reading.text
    if not view.mused or not plain or whole.words > CLOSING or not words("change").says(reading.text, "kept"):
        return ()
    return (Talk(because(keeps), KEPT, whole),)


def mused_over(reading: Reading, view: View) -> tuple[Command, ...]:
    """What ending or changing an order would cost or mean is asked in several questions: told once."""
    each_asks = len(reading.clauses) > 1 and all(clause.asks for clause in reading.clauses)
    return (Talk(because(mused_over), MUSED, reading.whole),) if each_asks and musing(reading.whole, view) else ()


def mused(clause: Clause, view: View) -> Command | None:
    """What ending or changing an order would cost or mean is asked: told of that order, and nothing is wanted by it."""
    # A cancellation that is only asked about tells that itself.
    tells = clause.act == "cancel_order" and clause.sure >= LIKELY and not view.running
    return Talk(because(mused), MUSED, clause) if musing(clause, view) and not tells else None


def of_shown(clause: Clause, view: View) -> Command | None:
    """What only orders have is asked of the one talked of, or of one that is named: whether it has left, who signed, what it waits for."""
    facets = set(facets_in(clause.text))
    # «When will it be sent?» right after a paper is no wish for one.
    when = "date" in facets and view.topic in _OF_ORDERS and clause.act in _OF_ORDERS and clause.sure < LIKELY
    own = facets & set(OWN) or (when and not clause.values)
    if not (clause.asks or "?" in clause.text) or not own or wishes(clause):
        return None
    if has(clause, "part_no", "quotation_no", "agreement_no") or any(asks(clause.text, f"document_{kind}") for kind in ASKED):  # fmt: skip
        return None
    other = intent(clause.act).kind in ("question", "task", "person") and clause.act not in _OF_ORDERS
    of_order = has(clause, "order_no", "po_no") or view.of_an_order
    return (
        None if not of_order or (other and clause.sure >= SURE) else Answer(because(of_shown), "order_status", clause)
    )


def made(clause: Clause, view: View) -> Command | None:
    """How many pieces of an order are through a step, or what is left to be done: told from the order's facts, and nothing is changed."""
    running = view.running and view.task is not None and view.task.name in _DOING_TASKS
    of_order = has(clause, "order_no", "po_no") or running or (view.of_an_order and not view.running)
    wanted = has(clause, "part_no", "alloy", "dimensions") or not asks_made(clause.text)
    told = clause.act == "complaint" and clause.sure >= LIKELY
    if not of_order or wanted or told or (clause.act == "change_order" and clause.sure == 1.0):
        return None
    return Answer(because(made), "order_status", clause)


def express(clause: Clause, view: View) -> Command | None:
    """An order that is there is to go by express: a wish noted to that order, and nothing else of it or of another request."""
    named = has(clause, "order_no") or (view.of_an_order and not view.running)
    elsewhere = (
        not view.running or view.task is None or view.task.name not in _DOING_TASKS or view.of_other_order(clause)
    )
    if not named or not elsewhere or has(clause, "part_no", "quotation_no"):
        return None
    wanted = wants_express(clause.text) and (not clause.asks or words("change").says(clause.text, "wish"))
    return Start(because(express), "change_order", clause) if wanted else None


def part_shipment(clause: Clause, view: View) -> Command | None:
    """A part of an order is to be shipped before the rest: a wish about that order, which sales decides."""
    wanted = clause.act == "change_order" and clause.sure == 1.0 and has(clause, "order_no")
    other = not view.running or view.task is None or view.task.name not in _DOING_TASKS
    return Start(because(part_shipment), "change_order", clause) if wanted and other and view.signed_in else None


def presses(clause: Clause, view: View) -> Command | None:
    """An earlier or a partial delivery of an order is pressed for, whatever the waiting costs: a wish about the order, and no complaint."""
    in_complaint = view.running and view.task is not None and view.task.name == "complaint"
    if (view.running and not in_complaint) or clause.act == "human" or tells_defect(clause.text):
        return None
    of_order = has(clause, "order_no", "po_no") or view.of_an_order
    asked = clause.asks or "?" in clause.text
    wanted = of_order and not has(clause, "part_no", "alloy") and questions.presses(clause.text, clause.entities, asked)
    other = intent(clause.act).kind in ("question", "task") and clause.act not in _PRESSED and clause.sure >= SURE
    if not wanted or other or (in_complaint and not denies_fault(clause.text)):
        return None
    return Start(because(presses), "change_order", clause, leaves=in_complaint)


def so_many_fewer(clause: Clause, view: View) -> Command | None:
    """«10 færre enn det står»: pieces more or fewer of the order talked of, where no goods came: a change, and no complaint."""
    of_order = has(clause, "order_no") or view.of_an_order
    if (
        clause.act not in ("complaint", "change_order")
        or view.running
        or not of_order
        or tells_fault(clause.text)
        or tells_defect(clause.text)
    ):
        return None
    known = words("change")
    told = has(clause, "quantity", "number") and known.says(clause.text, "fewer_after", "more_after")
    came = words("complaint").says(clause.text, "goods_came")
    return Start(because(so_many_fewer), "change_order", clause) if told and not came else None


def paper_and_wish(clause: Clause, view: View) -> Command | None:
    """A paper of one order and a wish about another in one breath: both are done."""
    orders = [each for each in clause.entities if each["entity"] == "order_no" and not each.get("reference")]
    likely = clause.chance("order_document") >= FAINT and clause.chance(*ORDER_WISHES) >= FAINT
    if view.running or len({each["value"] for each in orders}) < 2 or not likely:
        return None
    at = int(orders[1]["start"]) - clause.start
    joint = words("orders").where(clause.text[int(orders[0]["end"]) - clause.start : at], "joins")
    cut = int(orders[0]["end"]) - clause.start + joint[0] if joint else at
    halves = [_half(clause, 0, cut), _half(clause, cut, len(clause.text))]
    paper = [each for each in halves if any(asks(each.text, f"document_{kind}") for kind in ASKED)]
    wish = next((act for act, _ in clause.acts if act in ORDER_WISHES), "")
    if len(paper) != 1 or not wish:
        return None
    other = halves[1 - halves.index(paper[0])]
    started = Start(because(paper_and_wish), "order_document", paper[0]), Start(because(paper_and_wish), wish, other)
    return Both(because(paper_and_wish), *started)


def _half(clause: Clause, start: int, end: int) -> Clause:
    """A part of a clause with its values."""
    while start < end and not clause.text[start].isalnum():
        start += 1
    first, last = clause.start + start, clause.start + end
    inside = tuple(each for each in clause.entities if first <= int(each.get("start", -1)) < last)
    return replace(clause, text=clause.text[start:end], start=first, end=last, entities=inside)


def paper_wrong(reading: Reading, view: View) -> tuple[Command, ...]:
    """«The invoice is missing our PO-88213»: a paper of an order is to be put right, which sales does; no goods are at fault."""
    wrong = [each for each in reading.clauses if _wrong_paper(each)]
    whole = reading.whole
    orders = {str(each["value"]) for each in whole.entities if each["entity"] == "order_no"}
    of_order = orders or view.of_an_order or (view.task is not None and view.running)
    fault = any(tells_defect(each.text) for each in reading.clauses if each not in wrong and not has(each, "po_no"))
    if not wrong or not of_order or len(orders) > 1 or fault or has(whole, "quantity"):
        return ()
    told = [each for each in reading.clauses if each.start >= wrong[0].start]
    # Their own number stands in the words: it is no order to be looked up.
    said = _half(whole, told[0].start, told[-1].end)
    left = tuple(
        each
        for each in whole.entities
        if each["entity"] == "order_no" or (each in said.entities and each["entity"] != "po_no")
    )
    return (Start(because(paper_wrong), "change_order", replace(said, entities=left, told=())),)


def _wrong_paper(clause: Clause) -> bool:
    """Whether a paper is named, and that something on it is not right or not there."""
    known = words("orders")
    theirs = has(clause, "po_no") or known.says(clause.text, "their_number")
    text = words("complaint").without(clause.text, "no_fault")
    return paper_in(text) and (theirs or known.says(text, "paper_wrong"))


def paper_missing(clause: Clause, view: View) -> Command | None:
    """Goods came without a paper: that paper is wanted, and nothing asked of the order."""
    named = any(asks(clause.text, f"document_{kind}") for kind in ASKED) or has(clause, "certificate")
    missing = named and words("orders").says(clause.text, "paper_missing") and not view.running
    return Start(because(paper_missing), "order_document", clause) if missing else None


def asks_of_ordered(clause: Clause, view: View) -> Command | None:
    """«We ordered 40 in October, where are they?»: what was ordered before is asked after, and nothing is wanted or changed."""
    said = words("orders")
    told = said.says(clause.text, "ordered_before") and not asks(clause.text, "more_of") and not view.running
    whole = said.says(clause.text, "asks_whole", "asks_date") or words("complaint").says(clause.text, "late")
    asked = told and (clause.asks or "?" in clause.text) and whole
    return Answer(because(asks_of_ordered), "order_status", clause) if asked and view.signed_in else None


def marks_order(clause: Clause, view: View) -> Command | None:
    """«Put PO 99812 on SO-30417»: an order that there is gets a number or a mark of theirs, which sales enters."""
    new = has(clause, "mark") or any(each["entity"] == "po_no" and not each.get("known") for each in clause.values)
    told = view.signed_in and has(clause, "order_no") and new and not clause.asks and "?" not in clause.text
    marked = told and not view.running and words("orders").says(clause.text, "own_reference", "marks")
    return Start(because(marks_order), "change_order", clause) if marked else None


def asks_of_paper(clause: Clause, view: View) -> Command | None:
    """Something is asked about a paper, when it is due or what stands in it, or invoices are to go elsewhere from now on."""
    other = view.running and view.task is not None and view.task.name != "order_document"
    if other or not (view.signed_in or has(clause, "order_no")) or has(clause, "part_no", "alloy", "quotation_no"):
        return None
    # Beside a request for papers that is read back it belongs to that.
    ask = (
        Fill(because(asks_of_paper), clause)
        if view.at_read_back
        else Start(because(asks_of_paper), "order_document", clause)
    )
    if of_all_invoices(clause.text):
        return ask
    # How the confirmation of what was ordered comes is told without a paper.
    named = any(asks(clause.text, f"document_{kind}") for kind in ASKED if kind != "order_confirmation")
    after = view.topic == "order_document" and clause.words <= CLOSING
    asked = clause.asks or "?" in clause.text or after
    about = named or after or view.at_read_back
    return ask if asked and about and asked_in(clause.text, has(clause, "email")) else None


def paper_contents(clause: Clause, view: View) -> Command | None:
    """What stands in a certificate: the heat, what was really found. With the certificate where one may be had."""
    if view.running or not words("orders").says(clause.text, "paper_contents") or has(clause, "alloy", "alloy_group"):
        return None
    of_order = view.signed_in and (has(clause, "order_no") or view.of_an_order)
    if of_order or has(clause, "order_no"):
        return Start(because(paper_contents), "order_document", clause)
    return Talk(because(paper_contents), CONTENTS, clause)


def told_before(clause: Clause, view: View) -> Command | None:
    """What was answered is held against what was said another time: the time is no value, and nothing is asked for."""
    told = _beside_time(clause) and not clause.asks and words("talk").says(clause.text, "told_before")
    if not told or not view.topic or view.running:
        return None
    of_orders = view.topic in ORDERS and not of_goods(clause)
    return Answer(because(reproach), "order_status", clause) if of_orders else Explain(because(told_before), clause)


def reproach(clause: Clause, view: View) -> Command | None:
    """What a late order costs, or how it is felt, is told after its status: no fault of goods and no question."""
    after = view.topic in ORDERS and not view.running and _beside_time(clause, *SUMS) and not of_goods(clause)
    if not after or not reproaches(clause.text) or (clause.asks and clause.sure >= SURE and clause.act in ORDERS):
        return None
    return Answer(because(reproach), "order_status", clause)


def _beside_time(clause: Clause, *others: str) -> bool:
    """Whether nothing but a time, what was pointed at, or one of ``others`` is named."""
    beside = ("week", "date", "same", *others)
    return all(each["entity"] in beside or each.get("reference") for each in clause.values)


def next_order(clause: Clause, view: View) -> Command | None:
    """What one order does not allow was refused just now, and another is named: the same is wanted of that one."""
    named = has(clause, "order_no") and {each["entity"] for each in clause.values} <= {"order_no", "same"}
    if view.running or not view.refused_wish or not named or clause.words > NAMES_ANOTHER:
        return None
    asks_else = facets_in(clause.text) or words("orders").says(clause.text, "asks_whole")
    return None if asks_else else Start(because(next_order), view.refused_wish, clause)


def together(clause: Clause, view: View) -> Command | None:
    """Whether several orders that were shown can leave together: asked, and no change of one."""
    shown = any(each["entity"] == "order_no" and each.get("reference") for each in clause.entities)
    asked = clause.asks and (shown or view.topic in ORDERS) and "together" in facets_in(clause.text)
    return Answer(because(together), "order_status", clause) if asked and not view.running else None


def price_of_shown(clause: Clause, view: View) -> Command | None:
    """Words that point at an order or name it, in which a price or a paper is the likeliest thing asked for: not its status."""
    named = points_at_orders(clause) or has(clause, "order_no")
    if view.running or not clause.asks or not named or clause.sure >= DOUBT:
        return None
    # «How much are the hubs?» sounds like much, and says what it asks.
    priced = clause.chance("price") >= FAINT and words("prices").says(clause.text, "asks_price")
    wanted = clause.act if clause.act in TELLING_TASKS else "price" if priced else None
    if not wanted:
        return None
    others = tuple((act, share) for act, share in clause.acts if act != wanted)
    return Start(because(price_of_shown), wanted, replace(clause, acts=((wanted, clause.chance(wanted)), *others)))


def other_order(clause: Clause, view: View) -> Command | None:
    """Another order than that of the request, in words of their own: it corrects nothing, and is answered or wanted apart."""
    beside = view.task is not None and view.task.name in _OF_SENT_ORDERS if view.running else view.signed_in
    if beside and orders_part(clause) and claim(clause, view) is None:
        return Start(because(other_order), "reorder", clause)
    if not view.running or not view.of_other_order(clause) or view.open == "order":
        return None
    figures = has(clause, "quantity", "date", "week", "shift")
    if (
        not figures
        and not _wrong_paper(clause)
        and any(asks(clause.text, f"document_{kind}") for kind in ASKED if kind != "drawing")
    ):
        # «I asked for the invoice of SO-2, not when it comes»
        return Start(because(other_order), "order_document", clause)
    if find(clause.text, "retracts") or intent(clause.act).kind in ("no", "steer"):
        return None
    likely = [(act, share) for act, share in clause.acts[:2] if share >= ANSWERED]
    wish = next((act for act, _ in likely if intent(act).kind == "task" and task_of_intent(act) != view.task), None)
    if wish and clause.sure < LIKELY and words("change").says(clause.text, "as_well"):
        # «Can you do that and also ...» wants the same of both.
        return None
    if wish and (dict(likely)[wish] >= WISHED or not states(clause)):
        return Start(because(other_order), wish, clause)
    late = words("complaint").says(clause.text, "late") and not tells_fault(clause.text)
    asked = clause.asks and any(act in ORDERS for act, _ in likely)
    return Answer(because(other_order), "order_status", clause) if late or asked else None


def of_named_order(clause: Clause, view: View) -> Command | None:
    """What sounds like a question about the company and names an order: «do you have the certificate for SO-30412?»"""
    if view.running or intent(clause.act).name != "faq" or not has(clause, *OWN_NUMBERS):
        return None
    likely = ((act, share) for act, share in clause.acts if intent(act).of_orders and share >= FAINT)
    # What has something done is never begun on a faint likeness.
    act = next((act for act, share in likely if act not in _DOING_TASKS or share >= WISHED), None)
    return command_of(because(of_named_order), act, clause) if act else None


def asks_of_order(clause: Clause, view: View) -> Command | None:
    """In the midst of a request another order is asked after by its number: it is answered, and its numbers are none of the request's."""
    if not view.running or not has(clause, "order_no", "po_no") or view.open == "order" or wishes(clause):
        return None
    wants = clause.asks or find(clause.text, "wants_to_know") is not None
    likely = clause.chance(*ORDERS) >= ANSWERED and not (intent(clause.act).kind == "task" and clause.sure >= LIKELY)
    return Answer(because(asks_of_order), "order_status", clause) if wants and likely else None


def reference(clause: Clause, view: View) -> Command | None:
    """Their own order number for what is talked of or was sent, which no order of theirs has: it is noted and not looked up."""
    told = [each for each in clause.values if each["entity"] == "po_no" and not each.get("known")]
    if (
        not view.signed_in
        or view.running
        or not told
        or clause.asks
        or words("orders").says(clause.text, "asks_whole")
        or {each["entity"] for each in clause.values} != {"po_no"}
    ):
        return None
    said = words("orders").says(clause.text, "own_reference")
    if clause.words > REFERENCE_WORDS or not (said or view.topic in ORDERED_AFTER or view.sent):
        return None
    return Add(because(reference), clause) if view.sent else Talk(because(reference), REFERENCE, clause)


def when_goods(clause: Clause, view: View) -> Command | None:
    """When the goods of the order in progress come, or how many of them by then: the plan knows, and it asks for no answer of sales."""
    if not view.running or view.task is None or not view.task.tells_when:
        return None
    timed = {each["entity"] for each in clause.values} <= {"date", "week", "lead", "asap", "same"}
    asked = timed and words("orders").says(clause.text, "goods_when")
    return Talk(because(when_goods), WHEN, clause) if asked else None


def looked_up(clause: Clause, view: View) -> Command | None:
    """An order is named and to be looked at, and nothing else is likely to be wanted of it."""
    named = has(clause, "order_no") and {each["entity"] for each in clause.values} <= {"order_no", "po_no", "email"}
    doubtful = clause.sure < LIKELY or intent(clause.act).name in ("faq", "inform", "out_of_scope", "nlu_fallback")
    if view.running or not named or not doubtful or not words("orders").says(clause.text, "looks_up"):
        return None
    wish = any(intent(act).kind == "task" and share >= WISHED for act, share in clause.acts)
    return None if wish else Answer(because(looked_up), "order_status", clause)
