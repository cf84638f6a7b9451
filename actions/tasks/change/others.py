"""The same change wanted of several orders: each is judged by how far it has got, and what cannot be is said of that one."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from actions.form.answers import Answer, Answers
from actions.form.text import asks_something, meant
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_by_po, find_order
from actions.production.plant import plant
from actions.tasks.change.judging import Judge, Judged, refused
from actions.tasks.change.wants import Want, noted, of_order, put
from actions.tasks.change.words import part, say_wants
from actions.turns.house import house
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: The note of the other orders.
ALSO = "also"
#: Figures that say what is wanted of an order.
APART = ("date", "week", "quantity", "shift", "alloy")
#: So many words name another order and hardly more.
FEW_WORDS = 6


@dataclass
class AlsoAnswer(Answer):
    """The orders beside ``main``, which the wish is about first, and what was judged of them.

    ``called``: numbers of the customer's own that they were named by, and orders that are not meant any more.
    """

    main: str = ""
    called: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    verdicts: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.verdicts = [each if isinstance(each, Judged) else Judged.load(each) for each in self.verdicts]


def others(answers: Answers) -> AlsoAnswer | None:
    """The note of the other orders."""
    known = answers.get(ALSO)
    return known if isinstance(known, AlsoAnswer) else None


def also(answers: Answers) -> list[str]:
    """The numbers of the other orders that are meant; none where nothing is noted."""
    known = others(answers)
    return known.orders if known else []


def adds_another(turn: Turn) -> bool:
    """«Same for SO-30406», «den andre også»: hardly more than another order for the wish that is noted."""
    short = len(turn.text.split()) <= FEW_WORDS and not asks_something(turn)
    return bool(short and turn.said("order_no") and words("change").says(turn.text, "as_well"))


async def take_others(turn: Turn, answers: Answers, besides: Collection[str] = ()) -> list[str]:
    """«Both orders», «SO-1 and SO-2», «the same for SO-2»: the orders that are meant beside the one that is noted.

    ``besides``: orders of which something of their own is wanted.
    """
    by_po = await _by_purchase_order(turn)
    said = list(dict.fromkeys([*(str(each["value"]) for each in meant(turn, "order_no")), *by_po.values()]))
    known, main = words("change"), str(answers.value("order") or "")
    if len(said) > 1:
        numbers = said
    elif known.says(turn.text, "both_orders"):
        numbers = list(dict.fromkeys([*([main] if main else []), *said, *turn.ground.recent("order_no")]))[:2]
    else:
        numbers = [main, *said] if main and (besides or known.says(turn.text, "as_well")) else []
    if len(numbers) < 2:
        if len(said) == 1 and ALSO in answers and words("change").says(turn.text, "only"):
            _only_one(said[0], answers)
        return []
    first = main if main in numbers else numbers[0]
    orders = dict.fromkeys([*also(answers), *numbers])
    answers[ALSO] = AlsoAnswer(main=first, orders=[each for each in orders if each != first], called=list(by_po))
    return [ALSO]


def _only_one(order: str, answers: Answers) -> None:
    """«No, only SO-30405»: the others are not meant any more, wherever else in the message they are named."""
    known = others(answers)
    before = [known.main, *known.orders, *known.called] if known else []
    if order not in before:
        answers.pop(ALSO)
        return
    if answers.value("order") != order:
        answers.pop("line", None)
    answers["order"] = Answer(order, "utter_line_order")
    answers[ALSO] = AlsoAnswer(main=order, called=[each for each in dict.fromkeys(before) if each != order])


async def _by_purchase_order(turn: Turn) -> dict[str, str]:
    """Orders that are named by a number of the customer's own, where one order has it."""
    found: dict[str, str] = {}
    identity = turn.identity
    for entity in turn.said("po_no") if identity else []:
        assert identity
        rows = await asyncio.to_thread(find_by_po, house().production, identity, str(entity["value"]))
        if len(rows) == 1:
            found[str(entity["value"])] = rows[0].order_no
    return found


def leave_out_one(turn: Turn, answers: Answers) -> bool:
    """«Leave the second one as it is»: one of the orders is not meant any more."""
    known = others(answers)
    said = {str(each["value"]) for each in turn.said("order_no")}
    stays = words("change").says(turn.text, "stays", "withdrawn", "forget") and not turn.said(*APART)
    if known is None or not known.orders or not stays:
        return False
    if words("change").says(turn.text, "the_other") and not said & {known.main, *known.orders}:
        said = {known.orders[-1]}
    elif words("change").says(turn.text, "the_first") and not said:
        said = {known.main}
    if not said & {known.main, *known.orders}:
        return False
    left = [each for each in (known.main, *known.orders) if each not in said]
    if not left:
        return False
    if left[0] != known.main:
        answers.pop("line", None)
    answers["order"] = Answer(left[0], "utter_line_order")
    answers[ALSO] = AlsoAnswer(main=left[0], orders=left[1:], called=[*known.called, *said])
    return True


def keep_out(answers: Answers, kept: Collection[str], named: Collection[str]) -> bool:
    """Leave orders that stay as they are out of the wish, which goes on with the others, or with those named beside them."""
    known, main = others(answers), str(answers.value("order") or "")
    before = list(dict.fromkeys([*([main] if main else []), *(known.orders if known else [])]))
    left = [each for each in before if each not in kept] or [each for each in named if each not in kept]
    if not left or not set(before) & set(kept):
        return False
    if left[0] != main:
        answers.pop("line", None)
    answers["order"] = Answer(left[0], "utter_line_order")
    called = [*(known.called if known else []), *kept]
    answers[ALSO] = AlsoAnswer(main=left[0], orders=left[1:], called=list(dict.fromkeys(called)))
    put(answers, [each for each in noted(answers) if each.order not in kept])
    return True


def keep_main(answers: Answers) -> None:
    """The order first named stays the one the wish is about; another one named alone takes the place of all."""
    known, order = others(answers), answers.get("order")
    if known is None or (order and order.value == known.main):
        return
    if order is None or order.value in (*known.orders, *known.called):
        answers["order"] = Answer(known.main, "utter_line_order")
    else:
        answers.pop(ALSO)


def next_main(answers: Answers) -> bool:
    """The next of the orders takes the place of the first, of which nothing is possible. False without one."""
    left = also(answers)
    if not left:
        return False
    main, *rest = left
    answers["order"] = Answer(main, "utter_line_order")
    answers.pop("line", None)
    answers[ALSO] = AlsoAnswer(main=main, orders=rest)
    return True


async def judged_on(
    turn: Turn, identity: Identity, order: Order, wants: Sequence[Want], lines: Sequence[int] | None = None
) -> list[Judged]:
    """Judge wishes on an order as it stands today. ``lines``: those that a wish without a line is about; None for all."""
    numbers = [each.line_no for each in order.lines] if lines is None else lines
    judge = Judge(house().production, identity, order, today(), plant(), turn.language)
    return await asyncio.to_thread(judge.judge, numbers, wants)


async def judge_others(
    turn: Turn, identity: Identity, answers: Answers, wants: list[Want], named: Sequence[int] = ()
) -> None:
    """Judge the same wishes on the other orders; one that is not there, or allows nothing of it, is said and left out.

    ``named``: the lines of the first order that all of it is about; what is wanted of a line is wanted of no other.
    """
    known = others(answers)
    if known is None:
        return
    kept: list[Judged] = []
    for number in known.orders:
        order = await asyncio.to_thread(find_order, house().production, identity, number)
        if order is None:
            turn.say("utter_order_unknown", order_no=number)
            continue
        lines = [each.line_no for each in order.lines]
        there = _of_its_lines(lines, of_order(wants, order.order_no), named)
        if wants and not there:
            turn.say("utter_change_not_that_line", order_no=order.order_no, count=len(lines))
            continue
        verdicts = await judged_on(turn, identity, order, there)
        no = refused(order, verdicts)
        if no:
            turn.say(no.reply, **no.values)
        kept += [] if no else [each for each in verdicts if each.verdict != "no"]
    answers[ALSO] = AlsoAnswer(main=known.main, orders=list(dict.fromkeys(each.order for each in kept)), verdicts=kept)


def _of_its_lines(lines: Sequence[int], wants: Sequence[Want], named: Sequence[int]) -> list[Want]:
    """The wishes for an order with these lines: of the same line, or of its only one."""
    every: Sequence[int | None] = list(named) or [None]
    each_line = [replace(each, line=line) for each in wants for line in ([each.line] if each.line else every)]
    if len(lines) == 1:
        return list(dict.fromkeys(replace(each, line=None) for each in each_line))
    return [each for each in each_line if each.line is None or each.line in lines]


def say_others(answers: Answers) -> list[Answer]:
    """The lines of the read-back about the other orders; unjudged ones by their number."""
    known = others(answers)
    if known is None:
        return []
    told: list[Answer] = []
    apart = any(each.order for each in noted(answers))
    heading = "utter_change_of_other" if apart else "utter_change_as_well"
    if known.orders and not known.verdicts:
        return [part("utter_change_also_of", orders=known.orders)]
    for number in known.orders:
        verdicts = [each for each in known.verdicts if each.order == number]
        if verdicts:
            lines = [each.but(order_no=number) for each in say_wants(verdicts)]
            told += [part(heading, order_no=number), *lines]
    return told
