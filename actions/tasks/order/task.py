"""Ordering a part again, a part of one's own by its number, or pieces of a framework agreement (task ``reorder``).

Released parts with a price that holds become an order that waits for its confirmation, with a hold on the capacity;
everything else says why, and goes to sales as a request. A stranger's wish stays what was written.
"""

import asyncio
from typing import Any

from actions.form import case
from actions.form.addresses import receiver_told
from actions.form.answers import Answer, Answers, fact, line, note, silent
from actions.form.kept import remark
from actions.form.lot_lines import ask_unequal
from actions.form.place import place_told
from actions.form.righting.lines_and_lots import around
from actions.form.shared import EMAIL, NAME, PART
from actions.form.stranger import say_stranger
from actions.form.task import Doubt, Stop, Task
from actions.form.text import asks_something, is_list
from actions.orders.numbers import REFERENCE
from actions.plan.capacity_reading import data_too_old
from actions.production.candidates import last_order
from actions.production.identity import Identity
from actions.production.stock import free_stock
from actions.tasks.change.part_shipments import asks_whether
from actions.tasks.change.quantities import adds_to_order
from actions.tasks.change.task import open_order
from actions.tasks.order.answers import MoreParts, OwnPart, Which, own_part, words
from actions.tasks.order.call_off import asks_what_is_left, by_agreement, note_agreement, say_left
from actions.tasks.order.doubts import doubt, of_which, pieces_to_choose
from actions.tasks.order.judge import Judged, as_payload, case_of, forget_usual_alloy, judge, kind_of, wanted_by
from actions.tasks.order.part import OF_SOMETHING_NEW, meant_by, name_of, part_of
from actions.tasks.order.reading import (
    NOTES,
    PIECES,
    counted,
    first_words,
    is_wish,
    keeps_alloy,
    street_told,
    take_values,
    takes_priced,
    wants_usual,
)
from actions.tasks.order.several import several_in
from actions.tasks.order.splits import fit_split, split_lines, take_split
from actions.tasks.order.taking import find_again, take_part, to_choose
from actions.tasks.order.words import judged_lines, say_candidates, when_lines
from actions.turns.ground import OWN_NUMBERS
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words as find_words
from bot.common.clock import today
from bot.common.spans import last_day, time_of
from bot.store.cases.intake import Wish

#: Meanings of a wish for an order; with another one it must say how many of which number are wanted.
WISHES = ("place_order", "reorder")
#: Meanings that ask when something could be here: pieces of a thing are wanted there too, and ordered only by its number.
WHEN = ("lead_time", "capacity")


#: Figures that describe what is new.
_MEASURED = ("weight", "dimensions")


class Reorder(Task):
    """An order of the customer's own parts, or pieces of a framework agreement."""

    name = "reorder"
    case = "reorder"
    questions = (PART, PIECES, NOTES, NAME, EMAIL)
    starts = ("reorder",)
    keeps_words = True
    tells_when = True
    on_card = ("utter_price_", "utter_order_ship")
    claims = (
        "change_order",
        "place_order",
        "reorder",
        "lead_time",
        "capacity",
        "order_list",
        "order_status",
        "order_document",
        "price",
        "faq",
        "inform",
        "affirm",
    )
    reads = ("certificate", "po_no", "mark", "agreement_no", "date", "week", "lead", "alloy", "alloy_group")

    async def wants(self, turn: Turn) -> bool:
        """An order of an own part that is named, unless an offer is asked for."""
        identity = turn.identity
        running = turn.slot("task") if turn.slot("question") else None
        if identity is None or asks(turn.text, "quote") or running not in (None, self.name):
            return False
        if asks_what_is_left(turn):
            return True
        if adds_to_order(turn) and await open_order(turn):
            # More on an order that runs is a change of it.
            return False
        if turn.intent in ("price", "order_document"):
            # «Then we take 200» after a price; «15 of P-1001, week 6, cert 3.1, our PO 4471» asks for no paper.
            whole = _orders_part(turn) and turn.said("week", "date", "po_no", "mark") and not asks_something(turn)
            return bool(takes_priced(turn)) if turn.intent == "price" else bool(whole)
        # «Lead time for 20 of 4711-B» asks, with a mark or without.
        told = turn.intent == "change_order" or (turn.intent not in WHEN and not asks_something(turn))
        anew = _orders_part(turn) and told
        if find_words("orders").says(turn.text, "ordered_before") and not asks(turn.text, "more_of"):
            # «We ordered 40 in October, where are they?»
            return False
        if turn.intent == "change_order" and not anew and (turn.said(*OWN_NUMBERS) or not _wishes_besides(turn)):
            # «36 more of SO-30433» orders again what that order had.
            return bool(asks(turn.text, "more_of") and turn.said("order_no") and counted(turn))
        if takes_priced(turn) and not turn.said(*OWN_NUMBERS):
            return True
        if is_list(turn) and turn.intent in (*WISHES, "inform"):
            # A list of parts is a wish, in whatever words it is stated.
            return len(await asyncio.to_thread(several_in, house().production, identity, turn)) > 1
        if turn.intent not in WISHES and not anew and not _wishes(turn):
            return False
        meant = await asyncio.to_thread(meant_by, house().production, identity, turn.text, turn.entities)
        if (
            turn.intent not in WISHES
            and not anew
            and meant.by not in (("number",) if turn.intent in WHEN else ("number", "words", "noun"))
        ):
            return False
        if meant.by == "words" and turn.said(*_MEASURED) and not turn.said("same"):
            # «40 covers, LM25, 3 kg» describes a thing; a part of theirs has its figures.
            return False
        if meant.by == "noun":
            return len(meant.found) == 1 and not turn.said(*OF_SOMETHING_NEW)
        if anew and turn.intent not in WISHES:
            return bool(meant.found or meant.unknown)
        return bool(meant.found) and meant.by in ("number", "words", "agreement")

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """The parts, a delivery, an agreement, the customer's own order number and a certificate, wherever they stand."""
        if turn.internal or turn.text.startswith("/"):
            return []
        taken = take_values(turn, answers, begins=opened is None)
        if asks_whether(turn.text) and opened is not None and "split" not in taken:
            turn.say("utter_order_split_can")
        if turn.identity is None:
            return taken
        if "details" not in answers and is_wish(turn):
            answers["details"] = first_words(turn)
        taken += await take_part(turn, turn.identity, answers, opened)
        return [*taken, *(["stock"] if asks(turn.text, "stock") else [])]

    def divide(self, turn: Turn, answers: Answers) -> tuple[tuple[int, int], Answers] | None:
        """The lots that a message tells of the order, or puts right."""
        found = take_split(turn, answers)
        return (around(turn, found), answers) if found else None

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Find parts, quantity and agreement in what was said and in the database, and judge the order as it stands."""
        answers.setdefault("notes", silent())
        if "po" not in answers and (reference := turn.ground.about(REFERENCE)):
            answers["po"] = line("po", str(reference[0]["value"]), "utter_line_order_po")
        identity = turn.identity
        if identity is None:
            _stranger(turn, answers)
            return None
        if await data_too_old(turn):
            return Stop()
        if is_list(turn) and own_part(answers) is None and "parts" not in answers:
            # Not all of it is theirs, or not all of it is counted: sales takes the list whole, line by line.
            return Stop("utter_order_list", becomes="quote_request")
        if asks_what_is_left(turn):
            await say_left(turn, identity)
            if "part" not in answers:
                return Stop()
        await by_agreement(turn, identity, answers)
        await find_again(turn, identity, answers)
        part = await self._part(turn, identity, answers)
        return await self._judge(turn, identity, answers, part) if part else None

    async def _part(self, turn: Turn, identity: Identity, answers: Answers) -> OwnPart | None:
        """The part as the database knows it now, named in the language of the turn."""
        noted = own_part(answers)
        part = await asyncio.to_thread(part_of, house().production, identity, noted)
        if noted is None or part is None:
            answers.pop("part", None)
            return None
        noted = noted.but(name=name_of(part, turn.language))
        answers["part"] = noted
        turn.remember(self.name, (), part_no=[{"entity": "part_no", "value": part.number}], drawing_no=[])
        return noted

    async def _judge(self, turn: Turn, identity: Identity, answers: Answers, part: OwnPart) -> Doubt | None:
        several = answers.get("parts")
        if isinstance(several, MoreParts):
            # Each of several parts has its own pieces, whatever the question for them has read.
            answers["quantity"] = line("quantity", several.each()[0]["quantity"])
        found = of_which(answers)
        if found:
            return found
        await note_agreement(turn, identity, answers, part)
        await asyncio.to_thread(forget_usual_alloy, house(), identity, answers)
        await _same_quantity(identity, answers, part)
        fit_split(answers)
        if problem := ask_unequal(answers):
            return "quantity", problem
        if asks(turn.text, "stock"):
            await _say_stock(turn, identity, part)
        judged = await asyncio.to_thread(judge, house(), identity, answers)
        if judged is None:
            return None
        answers["judged"] = note(_seal(answers, judged))
        return doubt(answers, part, judged)

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The question for the part, with the parts the customer orders to choose from; for the pieces, with the last ones."""
        identity = turn.identity
        if question == "quantity":
            part = own_part(answers)
            if identity is None and wants_usual(words(answers)):
                # How many of what nobody knows yet is no question: the order before tells both.
                turn.say("utter_order_usual_first")
                return True
            turn.say("utter_order_how_many_of" if part else "utter_order_how_many", **_named(part))
            turn.offer(*await _last_pieces(identity, answers))
            return True
        if question == "part" and identity is None and wants_usual(words(answers)):
            turn.say("utter_order_usual_first")
            return True
        if question != "part" or identity is None:
            return False
        which = answers.pop("which", None)
        meant = which if isinstance(which, Which) else None
        say_candidates(turn, await asyncio.to_thread(to_choose, identity, meant), meant)
        return True

    def steers(self, turn: Turn) -> bool:
        """«Do you have any in stock?», «deliver them to our shop in Bergen»."""
        if turn.identity is None:
            return False
        if asks_whether(turn.text) or turn.choice_named("revision"):
            return True
        told = not turn.asks and (place_told(turn) or receiver_told(turn) or keeps_alloy(turn))
        return bool(told or street_told(turn)) or (turn.asks and asks(turn.text, "stock"))

    def lines(self, answers: Answers) -> list[Answer]:
        """What is read back; a contact we know need not hear who they are."""
        part = own_part(answers)
        if part is None:
            return super().lines(answers)
        shown = Answers({name: each for name, each in answers.items() if name not in ("name", "email")})
        if "quantity" in answers:
            shown["part"] = part.but(reply=f"{part.reply}_pieces", qty=answers.value("quantity"))
            if answers["quantity"].reply == "utter_line_quantity":
                del shown["quantity"]
        return super().lines(shown)

    def receipt(self, answers: Answers) -> list[Answer]:
        """What was ordered, with its lots, their own number, the address, the mark and the certificate."""
        known = answers.get("split")
        split = [line("split", known.value, "utter_line_order_split")] if known else []
        told = ("delivery", "place", "po", "mark", "certificate")
        return [*self.gist(answers), *split, *(answers[name] for name in told if name in answers)]

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """Price, date, hold, what stands in the way, and that nothing is binding yet."""
        identity = turn.identity
        judged = await asyncio.to_thread(judge, house(), identity, answers) if identity else None
        for each in _lines(turn, answers, judged):
            turn.say(**each.line())

    async def say_when(self, turn: Turn, answers: Answers) -> None:
        """When the order could leave and arrive by the plan; a time that is asked after is held against it."""
        told = [time_of(each) for each in turn.said("week", "date") if not each.get("ask")]
        by = last_day(told[0]) if told else wanted_by(answers)
        identity = turn.identity
        judged = await asyncio.to_thread(judge, house(), identity, answers, by) if identity else None
        for each in when_lines(judged, by):
            turn.say(**each.line())

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """Store the order with its hold, or the request, in one transaction with the case. Judged anew right before."""
        identity = turn.identity
        if identity is None:
            await case.submit(turn, self, answers, request_id, intake=Wish("request", _stranger_payload(answers)))
            return True
        judged = await asyncio.to_thread(judge, house(), identity, answers)
        if judged is None or _seal(answers, judged) != answers.value("judged"):
            turn.say("utter_order_changed_meanwhile")
            return False
        payload, lines = as_payload(answers, judged), _lines(turn, answers, judged)
        wish = Wish(kind_of(answers, judged), payload)
        await case.submit(turn, self, answers, request_id, kind=case_of(judged), intake=wish, lines=lines)
        turn.ground.note(REFERENCE, [])
        if payload["hold"]:
            turn.say("utter_order_held", hours=judged.first.found.hold_hours)
        return True


def _orders_part(turn: Turn) -> bool:
    """«60 of P-1001 as before, week 3, our PO 44817»: pieces of a part that is named, and no order that there is."""
    there = turn.said("order_no", "quotation_no") or any(each.get("known") for each in turn.said("po_no"))
    told = len(turn.said("part_no", "drawing_no")) == 1 and counted(turn) and not turn.said("shift")
    moves = any(each.get("role") for each in turn.said("quantity", "number"))
    return bool(told and not there and not moves and not find_words("change").says(turn.text, "alters", "line_off"))


def _wishes(turn: Turn) -> bool:
    """Whether pieces are wanted in so many words: «can we have 74 more of FP-2041?», «and 30 hubs too»."""
    wished = asks(turn.text, "order_wish") and not asks(turn.text, "asks_how_soon")
    return bool(counted(turn)) and (wished or _wishes_besides(turn))


def _wishes_besides(turn: Turn) -> bool:
    """Whether pieces are wanted beside what was talked of, so that nothing of it is to change."""
    when = asks(turn.text, "asks_how_soon")
    return bool(counted(turn)) and not when and find_words("orders").says(turn.text, "besides")


async def _same_quantity(identity: Identity, answers: Answers, part: OwnPart) -> None:
    """«Same as last time» without a number means as many as then; it is read back."""
    if "quantity" in answers or not asks(words(answers), "same_quantity"):
        return
    last = await asyncio.to_thread(last_order, house().production, identity, part.product_id, today())
    if last and last.quantity:
        answers["quantity"] = line("quantity", last.quantity, "utter_line_order_quantity_last", order_no=last.order_no)


def _named(part: OwnPart | None) -> dict[str, str]:
    return {"name": part.name, "part": str(part.value)} if part else {}


async def _last_pieces(identity: Identity | None, answers: Answers) -> list[dict[str, Any]]:
    """As many as last time, as a quick reply."""
    part = own_part(answers)
    if identity is None or part is None:
        return []
    last = await asyncio.to_thread(last_order, house().production, identity, part.product_id, today())
    return [*pieces_to_choose(last.quantity)] if last and last.quantity else []


async def _say_stock(turn: Turn, identity: Identity, part: OwnPart) -> None:
    """What lies ready, to who asks for it; with a quantity in the same message the read-back says it."""
    free = await asyncio.to_thread(free_stock, house().production, identity, part.product_id)
    if not free or not counted(turn):
        name = "utter_order_stock_free" if free else "utter_order_stock_none"
        turn.say(name, name=part.name, part=part.value, **({"free": free} if free else {}))


def _stranger(turn: Turn, answers: Answers) -> None:
    say_stranger(turn, answers, "utter_order_stranger")
    if "details" not in answers and is_wish(turn):
        answers["details"] = first_words(turn)
    if "part" not in answers and words(answers):
        answers["part"] = line("part", words(answers), "utter_line_details")


def _stranger_payload(answers: Answers) -> dict[str, Any]:
    names = (
        "part",
        "alloy",
        "quantity",
        "delivery",
        "place",
        "split",
        "po",
        "mark",
        "certificate",
        "agreement",
        "notes",
        "name",
        "email",
    )
    told = {name: answers.value(name) for name in names if name in answers}
    return {"task": "reorder", **told, **({"notes": words} if (words := remark(answers)) else {})}


def _seal(answers: Answers, judged: Judged) -> list[Any]:
    """What the customer says yes to: outcome, reasons and every line of the read-back. A yes to something else is none."""
    parts = [[each.outcome, list(each.reasons), each.found.released_revision] for each in judged.parts]
    lines = [*split_lines(answers, judged.first.found.promise), *judged_lines(judged, "en", answers)]
    return [parts, [each.line() for each in lines]]


def _lines(turn: Turn, answers: Answers, judged: Judged | None) -> list[Answer]:
    """What is added to the answers: read back, and written into the case."""
    told = ("alloy", "delivery", "place", "split", "agreement", "po", "mark", "certificate")
    said = [answers[name] for name in told if name in answers and answers[name].reply]
    lots = split_lines(answers, judged.first.found.promise if judged and judged.outcome == "order" else None)
    said += lots
    if judged and "split" in answers and not lots:
        said.append(fact("utter_order_split_told"))
    return [*said, *judged_lines(judged, turn.language, answers)] if judged else said
