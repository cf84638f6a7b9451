"""Price questions (task ``price``): answered from the contact's own agreements; what they do not hold goes to sales."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from actions.form import case
from actions.form.answers import Answers, line, note
from actions.form.shared import DETAILS, EMAIL, NAME
from actions.form.task import Doubt, Stop, Task
from actions.form.text import described_part
from actions.orders.facets import ORDERS
from actions.orders.numbers import codes_in
from actions.orders.words import IDENTIFY
from actions.plan.capacity_reading import data_too_old
from actions.production.candidates import Candidate
from actions.production.identity import Identity
from actions.production.orders import find_order
from actions.production.prices import PartPrice, price_of
from actions.production.promise_parts import Part, words_of_name
from actions.production.rights import rights, who_sees_prices
from actions.tasks.order.part import MOST, OF_SOMETHING_NEW, choices_for, meant_by, name_of
from actions.tasks.order.price_words import break_lines, price_lines
from actions.turns.handler import Handler
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.store.cases.intake import Wish

USES = ("part_no", "drawing_no", "quantity", "number")
#: What no price list answers: a person does, and the words say so first.
FOR_SALES = ("storage", "discount", "price_up", "pattern")
#: What becomes of a price question: it was answered, it is about something new, sales answers.
TOLD, NEW, FOR_PEOPLE = "told", "new", "for_people"
QUOTE = {"reply": "utter_start_choice_quote"}
OFFERS = (QUOTE, {"reply": "utter_choice_human", "payload": "/human"})
#: Quantities priced in one answer.
QUANTITIES = 4


class Price(Task):
    """A price of the contact's own; what no agreement holds becomes a request to sales."""

    name = "price"
    case = "price"
    questions = (DETAILS, NAME, EMAIL)
    starts = ("price",)
    first = "details"
    keeps_words = True
    # What is asked for nothing but an answer does not lie about when it is not wanted.
    ends_with_no = True

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Another price question while a request is read back is answered first; the request is then about that."""
        if turn.identity and opened and turn.intent == "price" and "sales" in answers:
            answers.pop("sales")
            answers["details"] = line("details", " ".join(turn.text.split())[:500])
        return []

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Answer what can be answered at once; something new becomes a quotation request, the rest a request to sales."""
        identity = turn.identity
        if "sales" in answers:
            return None
        if identity is None:
            return self._stranger(turn)
        if turn.text.startswith("/") and not answers.get("details"):
            return None
        if await data_too_old(turn):
            return Stop()
        found = await tell_price(turn, identity)
        if found == TOLD:
            return Stop()
        if found == NEW:
            return _quote("utter_price_needs_quote", turn)
        answers["sales"] = note(True)
        _note_part(turn, answers)
        return None

    def _stranger(self, turn: Turn) -> Stop:
        """Prices in general are talked of; for a thing, a stranger gets a quotation."""
        topic = general(turn)
        if topic:
            turn.say(f"utter_price_{topic}")
            return Stop("", choices=OFFERS)
        # What was going on before this question stands in the tracker still.
        running = turn.tracker.get_slot("task") if turn.tracker.get_slot("question") else None
        if running not in (None, self.name):
            return Stop("utter_price_to_quote")
        known = turn.said("part_no", "drawing_no", "order_no", "agreement_no") or codes_in(turn)
        return _quote("utter_price_stranger" if known else "utter_price_to_quote", turn)

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """A request to sales, for what no agreement answers."""
        wish = Wish("request", {"task": self.name, "words": answers.value("details")})
        await case.submit(turn, self, answers, request_id, intake=wish, after="utter_case_next_plain")
        return True


def _note_part(turn: Turn, answers: Answers) -> None:
    """«Give me a discount» is about the part that was just priced."""
    known_part = turn.ground.about("part_no")
    details = answers.get("details")
    if known_part and details and str(known_part[0]["value"]) not in str(details.value):
        about = [str(known_part[0]["value"])]
        answers["details"] = details.but(reply="utter_line_details_about", about=about)


def general(turn: Turn) -> str | None:
    """What is asked about prices as such: per kilo, a discount, why they rise, patterns. None with figures of a thing."""
    if turn.said("quantity", "weight", "dimensions", "wall", "part_no", "drawing_no"):
        return None
    return next((topic for topic in (*FOR_SALES, "per_kg") if _asks(turn, topic)), None)


def _asks(turn: Turn, topic: str) -> bool:
    return words("prices").says(turn.text, topic) if topic == "storage" else asks(turn.text, topic)


def _quote(reply: str, turn: Turn) -> Stop:
    """It is a quotation request from the first word: what was said is taken along."""
    codes = [code.upper() for code, _, _ in codes_in(turn)]
    described = described_part(turn.of(turn.reading.whole, "place_order")) or next(iter(codes), None)
    return Stop(
        reply, choices=(IDENTIFY,) if turn.identity is None else (), becomes="quote_request",
        answers=Answers({"part": line("part", described)} if described else None),
    )  # fmt: skip


async def tell_price(turn: Turn, identity: Identity) -> str:
    """Say the agreed price of what is asked about, or ask which part; what becomes of the question."""
    allowed = await asyncio.to_thread(rights, house().production, identity)
    topic = next((topic for topic in FOR_SALES if _asks(turn, topic)), None)
    if topic == "price_up" and words("prices").says(turn.text, "same_price"):
        # Whether it has gone up is told by since when it stands; why is another question.
        topic = None
    found = await asyncio.to_thread(
        meant_by,
        house().production,
        identity,
        turn.text,
        turn.said("agreement_no") or turn.about("part_no", "drawing_no", "order_no"),
    )
    new = bool(turn.said(*OF_SOMETHING_NEW)) and not turn.said("part_no", "drawing_no")
    if new and not (found.by == "words" and found.found) and general(turn) is None:
        return NEW
    if not allowed.may_see_prices:
        await say_no_right(turn, identity)
        return TOLD
    if found.unknown:
        turn.say("utter_price_part_unknown", number=found.unknown)
        return NEW if new else await _ask_which(turn, identity)
    if len(found.found) > 1 and not topic:
        _say_choices(turn, found.found)
        return TOLD
    if not found.found:
        return await _general_or_which(turn, identity)
    if topic:
        turn.say(f"utter_price_{topic}")
        if topic == "discount" and turn.said("quantity", "number"):
            # «Is it cheaper from 80?» is told by the agreed prices as well.
            await say_price(turn, identity, found.found[0].part)
        return FOR_PEOPLE
    part = found.found[0].part
    ordered = await _in_order(turn, identity, part)
    return TOLD if await say_price(turn, identity, part, ordered) else FOR_PEOPLE


async def _in_order(turn: Turn, identity: Identity, part: Part) -> tuple[str, int] | None:
    """The order whose pieces are meant, and how many of the part it has; nothing where other pieces or a part are named."""
    numbers = [str(each["value"]) for each in turn.about("order_no")]
    of_order = turn.said("order_no") or turn.before.topic in (*ORDERS, "order_document")
    if not of_order or turn.said("quantity", "number", "part_no", "drawing_no") or len(numbers) != 1:
        return None
    order = await asyncio.to_thread(find_order, house().production, identity, numbers[0])
    pieces = sum(each.quantity for each in order.lines if each.product_no == part.row["product_no"]) if order else 0
    return (numbers[0], pieces) if pieces else None


async def say_no_right(turn: Turn, identity: Identity) -> None:
    """The right to see prices is missing: who in the firm has it, and that sales can tell."""
    found = await asyncio.to_thread(who_sees_prices, house().production, identity)
    if found:
        turn.say("utter_price_not_for_you_but", names=found)
    else:
        turn.say("utter_price_not_for_you")


async def _general_or_which(turn: Turn, identity: Identity) -> str:
    """No part of theirs was named: a thing of another kind is new, a kilo price is talked of, else which part is asked."""
    topic = general(turn)
    if topic:
        turn.say(f"utter_price_{topic}")
        turn.offer(*OFFERS)
        return TOLD
    if turn.said("quantity") and described_part(turn):
        return NEW
    return await _ask_which(turn, identity)


async def say_price(turn: Turn, identity: Identity, part: Part, ordered: tuple[str, int] | None = None) -> bool:
    """The agreed price of a part, to those who may see prices; False where none is agreed. ``ordered``: the order whose pieces are asked about."""
    if not (await asyncio.to_thread(rights, house().production, identity)).may_see_prices:
        await say_no_right(turn, identity)
        return True
    turn.remember("price", USES, part_no=[{"entity": "part_no", "value": part.number}], drawing_no=[])
    named = {"part": part.number, "name": name_of(part, turn.language)}
    if ordered:
        turn.say("utter_price_of_order", order_no=ordered[0], qty=ordered[1], **named)
    else:
        turn.say("utter_price_part", **named)
    quantities: list[int | None] = [ordered[1]] if ordered else [*_quantities(turn)]
    prices = [
        await asyncio.to_thread(price_of, house().production, identity, part.row["product_id"], quantity, today())
        for quantity in quantities or [None]
    ]
    if not prices[0].breaks:
        for each in price_lines(prices[0]):
            turn.say(**each.line())
        return False
    if asks(turn.text, "per_kg") and prices[0].per != "kg":
        turn.say("utter_price_not_per_kg")
    compared = words("prices").says(turn.text, "same_price")
    if compared and prices[0].valid_from:
        turn.say("utter_price_since", since=prices[0].valid_from.isoformat())
    elif compared or words("prices").says(turn.text, "last_time"):
        turn.say("utter_price_not_last")
    _say_found(turn, prices, bool(quantities))
    quantity = next((price.quantity for price in prices if price.ok and price.quantity), None)
    if quantity and len(prices) == 1 and not turn.slot("question") and not ordered:
        turn.offer({"reply": "utter_price_choice_order", "qty": quantity, "part": part.number})
    return True


def _say_found(turn: Turn, prices: Sequence[PartPrice], asked: bool) -> None:
    if not asked:
        common = price_lines(_common(prices[0]))[1:]
        for each in [
            *break_lines(prices[0]),
            *(one.but(join=" " if place else "\n") for place, one in enumerate(common)),
        ]:
            turn.say(**each.line())
        return
    for number, price in enumerate(prices):
        lines = price_lines(price)
        # What holds for all of them is said once.
        for each in (
            lines if number == len(prices) - 1 else [each for each in lines if str(each.reply).startswith(_OF_QUANTITY)]
        ):
            turn.say(**each.line())


#: Lines that differ with the quantity.
_OF_QUANTITY = ("utter_price_each", "utter_price_below_break")


def _common(price: PartPrice) -> PartPrice:
    """A list without a quantity as if for one break: what is said after the breaks is the same for all."""
    return replace(price, price_minor=price.breaks[0].price_minor, from_quantity=price.breaks[0].minimum_quantity)


def _quantities(turn: Turn) -> list[int]:
    said = turn.said("quantity") or [each for each in turn.said("number") if 0 < float(each["value"]) < 10_000]
    found = said or _ordered(turn) or turn.about("quantity")
    found = [each for each in found if not each.get("bad") and not each.get("ask")]
    values = [float(each["value"]) for each in found]
    return list(dict.fromkeys(int(value) for value in values if value >= 1 and value.is_integer()))[:QUANTITIES]


def _ordered(turn: Turn) -> list[Entity]:
    """The pieces of the order in progress: a price asked in its midst is theirs."""
    if not turn.slot("question"):
        return []
    value = Answers((turn.slot("answers") or {}).get("reorder")).value("quantity")
    return [{"entity": "quantity", "value": value}] if value else []


async def _ask_which(turn: Turn, identity: Identity) -> str:
    """Nothing says which part: one of theirs, or something new."""
    found = await asyncio.to_thread(choices_for, house().production, identity)
    if not found:
        return NEW
    _say_choices(turn, found)
    return TOLD


def _say_choices(turn: Turn, found: Sequence[Candidate]) -> None:
    turn.say("utter_price_which_part")
    turn.remember("price", USES, part_no=[], drawing_no=[])
    turn.show_list("part", [(each.part.number, words_of_name(each.part)) for each in found[:MOST]])
    for each in found[:MOST]:
        turn.offer({"title": f"{name_of(each.part, turn.language)} {each.part.number}", "payload": each.part.number})
    turn.offer(QUOTE)


async def price_asked(turn: Turn) -> bool:
    """Answer a question for a price in the midst of another request; False where a person has to."""
    identity = turn.identity
    if identity is None:
        topic = general(turn)
        turn.say(f"utter_price_{topic or 'to_quote'}")
        return True
    return await data_too_old(turn) or await tell_price(turn, identity) == TOLD


class PriceAgain(Handler):
    """«And for 100?» after a price: the same part with what is new."""

    intent = "price"
    uses = USES

    async def answer(self, turn: Turn) -> None:
        """The price with the new quantity or part; what has to be quoted or asked of sales is offered."""
        identity = turn.identity
        if identity is None:
            turn.say("utter_price_to_quote")
            turn.offer(IDENTIFY, QUOTE)
        elif not await data_too_old(turn) and await tell_price(turn, identity) != TOLD and not turn.slot("question"):
            turn.offer(*OFFERS)
