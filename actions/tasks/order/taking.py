"""Which part a message of an order means, put into the answers: one that is clear, several with their pieces, or a question."""

import asyncio
from typing import Any

from actions.form.answers import Answers, line, note
from actions.form.text import asks_something
from actions.production.candidates import Candidate, find_part, last_order
from actions.production.identity import Identity
from actions.tasks.order.answers import FirstWords, MorePart, MoreParts, OwnPart, Which, more_parts, own_part
from actions.tasks.order.call_off import asks_what_is_left
from actions.tasks.order.part import Meant, as_answer, choices_for, meant_by, revision_in
from actions.tasks.order.reading import NAMING, counted, takes_priced, wants_usual
from actions.tasks.order.several import several_in
from actions.turns.house import house
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today


async def take_part(turn: Turn, identity: Identity, answers: Answers, opened: str | None) -> list[str]:
    """Take the part, or the parts with their pieces; what was answered by it."""
    asking = asks_something(turn) and opened not in (None, "part")
    if asks_what_is_left(turn) or asking:
        return []
    if chosen := turn.choice_named("revision"):
        return await _take_revision(identity, chosen, answers)
    several = await asyncio.to_thread(several_in, house().production, identity, turn)
    if several:
        return await _take_several(identity, answers, several)
    if "parts" in answers and counted(turn):
        return await _change_one(turn, identity, answers)
    if (opened not in (None, "part") or own_part(answers)) and not turn.said("part_no", "drawing_no"):
        return await _by_name(turn, identity, answers)
    meant = await asyncio.to_thread(_meant, identity, turn, answers)
    return ["part"] if _settle(answers, meant, revision_in(turn.text) or _entity_revision(turn)) else []


async def _take_revision(identity: Identity, chosen: dict[str, Any], answers: Answers) -> list[str]:
    """«C as I said»: one of the revisions that were named takes the place of the one asked for, of the part that it is of."""
    number = [{"entity": "part_no", "value": chosen["part"]}]
    meant = await asyncio.to_thread(meant_by, house().production, identity, "", number)
    return ["part"] if _settle(answers, meant, str(chosen["revision"])) else []


async def _by_name(turn: Turn, identity: Identity, answers: Answers) -> list[str]:
    """«Rev. C» alone is about the part that is noted; another part named in words takes its place."""
    revision, part = revision_in(turn.text), own_part(answers)
    if revision and part:
        answers["part"] = part.but(asked=revision)
        return ["part"]
    meant = await asyncio.to_thread(meant_by, house().production, identity, turn.text, [])
    other = [each for each in meant.found if part is None or each.part.row["product_id"] != part.product_id]
    if meant.by not in ("words", "noun") or len(other) != 1 or len(meant.found) != 1:
        return []
    more = _beside(turn, answers, part, meant)
    if more:
        return await _take_several(identity, answers, more)
    return ["part"] if _settle(answers, meant, None) else []


def _beside(turn: Turn, answers: Answers, part: OwnPart | None, meant: Meant) -> list[MorePart]:
    """All parts of the order when another one is wanted too: «and 30 hubs as well». Empty when it takes the place."""
    pieces, quantity = counted(turn), answers.value("quantity")
    if part is None or not quantity or len(pieces) != 1 or not words("orders").says(turn.text, "besides"):
        return []
    first: MorePart = {
        "product_id": part.product_id, "number": str(part.value), "quantity": int(quantity), "asked": part.asked,
    }  # fmt: skip
    other = meant.found[0].part
    added: MorePart = {
        "product_id": other.row["product_id"], "number": other.number, "quantity": int(pieces[0]["value"]), "asked": None,
    }  # fmt: skip
    return [first, *more_parts(answers), added]


async def _take_several(identity: Identity, answers: Answers, several: list[MorePart]) -> list[str]:
    first = await asyncio.to_thread(find_part, house().production, identity, several[0]["product_id"])
    if first is None:
        return []
    answers["part"] = as_answer(first, several[0]["asked"])
    answers["quantity"] = line("quantity", several[0]["quantity"])
    answers["parts"] = MoreParts(several)
    answers.pop("which", None)
    return ["part", "quantity"]


async def _change_one(turn: Turn, identity: Identity, answers: Answers) -> list[str]:
    """Other pieces for one of several parts; without its name nobody could tell for which."""
    noted, pieces = answers["parts"], counted(turn)
    parts = noted.each() if isinstance(noted, MoreParts) else []
    meant = await asyncio.to_thread(meant_by, house().production, identity, turn.text, turn.said(*NAMING))
    products = {each.part.row["product_id"] for each in meant.found}
    named = [each for each in parts if each["product_id"] in products]
    if len(named) != 1 or len(pieces) != 1:
        answers["of_which"] = note(int(pieces[0]["value"]))
        return ["of_which"]
    quantity = int(pieces[0]["value"])
    changed: list[MorePart] = [{**each, "quantity": quantity} if each is named[0] else each for each in parts]
    answers["parts"] = MoreParts(changed)
    if named[0] is parts[0]:
        answers["quantity"] = line("quantity", quantity)
    return ["quantity"]


async def find_again(turn: Turn, identity: Identity, answers: Answers) -> None:
    """A part that was only written so far (by a stranger who has proved who they are, or by staff) is looked up."""
    if own_part(answers):
        return
    several = answers.get("parts")
    if isinstance(several, MoreParts) and await _take_several(identity, answers, several.each()):
        return
    text = " ".join(str(answers.value(name)) for name in ("details", "part") if answers.value(name))
    part = answers.pop("part", None)
    if "which" in answers or not text or asks_what_is_left(turn):
        return
    details = answers.get("details")
    named = details.named if isinstance(details, FirstWords) else []
    meant = await asyncio.to_thread(meant_by, house().production, identity, text, named)
    if not meant.found and wants_usual(text):
        # The order that was named to prove who they are is the one that they want the same as.
        order = turn.ground.about("order_no")
        meant = await asyncio.to_thread(meant_by, house().production, identity, "", order) if order else meant
    revision = revision_in(turn.text) or revision_in(text)
    if not _settle(answers, meant, revision) and part and "which" not in answers:
        answers["which"] = Which([], unknown_no=str(part.value)[:60])


def to_choose(identity: Identity, meant: Which | None) -> list[Candidate]:
    """The parts that may be meant, or those the customer ordered last."""
    engine = house().production
    if not meant or not meant.value:
        return choices_for(engine, identity)
    parts = [find_part(engine, identity, product) for product in meant.value]
    return [
        Candidate(part, last_order(engine, identity, part.row["product_id"], today()), 0, None)
        for part in parts
        if part
    ]


def _meant(identity: Identity, turn: Turn, answers: Answers) -> Meant:
    """What the message names; else, for «40 more of those», what was talked of; else what its words lead to.

    Of several parts with the same noun it is the one that was talked of.
    """
    engine, said = house().production, turn.said(*NAMING)
    if "agreement" in answers:
        said = [*said, {"entity": "agreement_no", "value": answers.value("agreement")}]
    named = meant_by(engine, identity, turn.text, said)
    goes_on = turn.intent == "reorder" or takes_priced(turn)
    before = turn.about("part_no", "drawing_no", "order_no") if goes_on else []
    if said or not before or (named.by in ("words", "noun") and len(named.found) == 1):
        return named
    talked_of = meant_by(engine, identity, "", before)
    if named.by not in ("words", "noun"):
        return talked_of if talked_of.found else named
    known = {each.part.row["product_id"] for each in talked_of.found}
    both = [each for each in named.found if each.part.row["product_id"] in known]
    return Meant(both, by=named.by) if len(both) == 1 else named


def _entity_revision(turn: Turn) -> str | None:
    return next((str(each["revision"]) for each in turn.said("part_no", "drawing_no") if each.get("revision")), None)


def _settle(answers: Answers, meant: Meant, revision: str | None) -> bool:
    """Note the part when it is clear; several, or an unknown number, are asked about."""
    if len(meant.found) == 1:
        answers["part"] = as_answer(meant.found[0].part, revision)
        answers.pop("which", None)
        answers.pop("parts", None)
        return True
    if meant.found or meant.unknown:
        answers.pop("part", None)
        ids = [each.part.row["product_id"] for each in meant.found]
        answers["which"] = Which(ids, unknown_no=meant.unknown, asked=revision)
    return False
