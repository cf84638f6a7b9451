"""Price questions (task ``price``): answered from the contact's own agreements; what they do not hold goes to sales."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import FollowupAction

from actions import task_case
from actions.capacity_reading import data_too_old
from actions.handler import Handler
from actions.house import house
from actions.order_words import IDENTIFY
from actions.price_words import break_lines, price_lines
from actions.production.candidates import Candidate
from actions.production.identity import Identity
from actions.production.prices import PartPrice, price_of
from actions.production.promise_parts import Part
from actions.production.rights import rights
from actions.question_words import asks
from actions.task_order_part import MOST, choices_for, meant_by, name_of
from actions.task_service import Doubt, Stop
from actions.tasks import Answers, Task
from actions.turn import Turn
from bot.cases.intake import Wish
from bot.common.clock import today

USES = ("part_no", "drawing_no", "quantity")
#: What no price list answers: a person does, and the words say so first.
FOR_SALES = ("discount", "price_up", "pattern")
#: Quantities priced in one answer.
QUANTITIES = 4


async def take(turn: Turn, task: Task, answers: Answers, opened: str | None) -> list[str]:
    """Another price question while a request is read back is answered first; the request is then about that."""
    if turn.identity and opened and turn.intent == "price" and "sales" in answers:
        answers.pop("sales")
        answers["details"] = {"value": " ".join(turn.text.split())[:500], "reply": "utter_line_details"}
    return []


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> bool:
    """A request to sales, for what no agreement answers."""
    wish = Wish("request", {"task": task.name, "words": answers["details"].get("value")})
    await task_case.submit(turn, task, answers, request_id, intake=wish, after="utter_case_next_plain")
    return True


async def known(turn: Turn, task: Task, answers: Answers) -> Stop | Doubt | None:
    """Answer at once where an agreement does; None leads on to a request to sales."""
    identity = turn.identity
    if "sales" in answers:
        return None
    if identity is None:
        answers["sales"] = {"value": True, "reply": None}
        turn.say("utter_price_stranger")
        turn.offer(IDENTIFY)
        return None
    if turn.text.startswith("/") and not answers.get("details"):
        return None
    if await data_too_old(turn):
        return Stop()
    if await tell_price(turn, identity):
        return Stop()
    answers["sales"] = {"value": True, "reply": None}
    _note_part(turn, answers)
    return None


def _note_part(turn: Turn, answers: Answers) -> None:
    """«Give me a discount» is about the part that was just priced."""
    known_part = (turn.subject.get("entities") or {}).get("part_no") or []
    details = answers.get("details")
    if known_part and details and str(known_part[0]["value"]) not in str(details["value"]):
        about = [str(known_part[0]["value"])]
        answers["details"] = {**details, "reply": "utter_line_details_about", "about": about}


async def tell_price(turn: Turn, identity: Identity) -> bool:
    """Say the agreed price of what is asked about, or ask which part. False when sales has to answer."""
    allowed = await asyncio.to_thread(rights, house().production, identity)
    if not allowed.may_see_prices:
        turn.say("utter_price_not_for_you")
        return True
    topic = next((topic for topic in FOR_SALES if asks(turn.text, topic)), None)
    found = await asyncio.to_thread(
        meant_by, house().production, identity, turn.text, turn.about("part_no", "drawing_no", "order_no")
    )
    if found.unknown:
        turn.say("utter_price_part_unknown", number=found.unknown)
        return False
    if topic == "pattern" or (topic and not found.found):
        turn.say(f"utter_price_{topic}")
        return False
    if not found.found:
        return await _ask_which(turn, identity)
    if len(found.found) > 1:
        _say_choices(turn, found.found)
        return True
    answered = await _say_price(turn, identity, found.found[0].part)
    if topic:
        turn.say(f"utter_price_{topic}")
        return False
    return answered


async def _say_price(turn: Turn, identity: Identity, part: Part) -> bool:
    turn.remember("price", USES, part_no=[{"entity": "part_no", "value": part.number}], drawing_no=[])
    turn.say("utter_price_part", part=part.number, name=name_of(part, turn.language))
    quantities: list[int | None] = [*_quantities(turn)]
    prices = [
        await asyncio.to_thread(price_of, house().production, identity, part.row["product_id"], quantity, today())
        for quantity in quantities or [None]
    ]
    if not prices[0].breaks:
        for line in price_lines(prices[0]):
            turn.say(**line)
        return False
    if asks(turn.text, "per_kg") and prices[0].per != "kg":
        turn.say("utter_price_not_per_kg")
    _say_found(turn, prices, bool(quantities))
    quantity = next((price.quantity for price in prices if price.ok and price.quantity), None)
    ordering = turn.tracker.get_slot("requested_slot") and turn.tracker.get_slot("task") == "reorder"
    if quantity and len(prices) == 1 and not ordering:
        turn.offer({"reply": "utter_price_choice_order", "qty": quantity, "part": part.number})
    return True


def _say_found(turn: Turn, prices: Sequence[PartPrice], asked: bool) -> None:
    if not asked:
        for line in break_lines(prices[0]):
            turn.say(**line)
        for line in price_lines(_common(prices[0]))[1:]:
            turn.say(**line)
        return
    for number, price in enumerate(prices):
        lines = price_lines(price)
        # What holds for all of them is said once.
        for line in lines if number == len(prices) - 1 else [each for each in lines if each["reply"] in _OF_QUANTITY]:
            turn.say(**line)


_OF_QUANTITY = (
    "utter_price_each",
    "utter_price_each_kg",
    "utter_price_each_of_kg",
    "utter_price_total",
    "utter_price_below_break",
)


def _common(price: PartPrice) -> PartPrice:
    """A list without a quantity as if for one break: what is said after the breaks is the same for all."""
    return replace(price, price_minor=price.breaks[0].price_minor, from_quantity=price.breaks[0].minimum_quantity)


def _quantities(turn: Turn) -> list[int]:
    found = [each for each in turn.about("quantity") if not each.get("bad") and not each.get("ask")]
    found = found or [each for each in turn.said("number") if 0 < float(each["value"]) < 10_000]
    values = [float(each["value"]) for each in found]
    return list(dict.fromkeys(int(value) for value in values if value >= 1 and value.is_integer()))[:QUANTITIES]


async def _ask_which(turn: Turn, identity: Identity) -> bool:
    """Only an alloy, or nothing at all, was named: a price belongs to a part."""
    if turn.said("alloy", "weight", "alloy_group"):
        turn.say("utter_price_needs_quote")
        return False
    found = await asyncio.to_thread(choices_for, house().production, identity)
    if not found:
        return False
    _say_choices(turn, found)
    return True


def _say_choices(turn: Turn, found: Sequence[Candidate]) -> None:
    turn.say("utter_price_which_part")
    turn.remember("price", USES, part_no=[], drawing_no=[])
    for each in found[:MOST]:
        turn.offer({"title": f"{name_of(each.part, turn.language)} {each.part.number}", "payload": each.part.number})


class Price(Handler):
    """«And for 100?» after a price: the same part with what is new."""

    intent = "price"
    uses = USES

    async def answer(self, turn: Turn) -> None:
        """The price with the new quantity or part; what sales has to answer begins the task."""
        identity = turn.identity
        if identity is None:
            turn.events.append(FollowupAction("task_form"))
        elif not await data_too_old(turn) and not await tell_price(turn, identity):
            turn.offer({"reply": "utter_choice_human", "payload": "/human"})
