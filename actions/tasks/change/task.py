"""A change of an order: what is free, what costs, until when, what not any more, by the physical state of its lines."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from actions.form.addresses import receiver_told
from actions.form.answers import Answers, Problem, line, note, silent
from actions.form.left_out import without as without_words
from actions.form.shared import DETAILS, EMAIL, NAME, ORDER
from actions.form.task import CONFIRMATION, Doubt, Stop
from actions.form.text import MAX_TEXT, asks_something, only_values
from actions.plan.capacity_reading import HUMAN
from actions.production.changes import all_changes
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_order
from actions.production.plant import plant
from actions.tasks.change.address import (
    ADDRESS,
    add_receiver,
    address_in,
    address_told,
    correct_address,
    corrects_address,
    same_address,
    street_told,
    tells_address,
)
from actions.tasks.change.apart import wants_by_order
from actions.tasks.change.dates import either_way, how_far, way_of, which_way
from actions.tasks.change.judging import Judged, impossible, keeps, refused, unequal
from actions.tasks.change.line_choice import LINE, LineAnswer, lines_answer
from actions.tasks.change.lines import named, numbered
from actions.tasks.change.others import ALSO, also, keep_out, take_others
from actions.tasks.change.part_shipments import asks_whether, bears_change
from actions.tasks.change.quantities import adds_to_order, corrected, of_the_difference
from actions.tasks.change.questions import CHANGE, asks_cost, only_asks
from actions.tasks.change.refused import refused_wants
from actions.tasks.change.staying import TOPICS, kept_orders, only, staying
from actions.tasks.change.wants import ChangeAnswer, Want, gone_on, merged, noted, of_order, put, without
from actions.tasks.change.wish import (
    CORRECTS,
    IN_WORDS,
    WITHDRAWN,
    OrderWish,
    add_conditions,
    add_details,
    asks_present,
    judged_of,
    present_asked,
    say_present,
)
from actions.tasks.change.words import ROWS, say_costs, say_overview, say_state
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: The note how far a date is to be moved, while it is asked which way.
MOVED = "moved"
#: Beside an address and a quantity a sentence that tells nothing more has so many words.
_BESIDE_ADDRESS = 9
#: The note that the date which is wanted is not the right one.
WHICH_DAY = "which_day"


class ChangeOrder(OrderWish):
    """Quantity, date, alloy, certificate, address or a hold of an order line."""

    name = "change_order"
    starts = ("change_order",)
    claims = (
        "cancel_order", "place_order", "reorder", "order_status", "lead_time", "capacity", "complaint", "resume", "affirm", "correct", "inform", "nlu_fallback", "out_of_scope",
    )  # fmt: skip
    case = "change"
    questions = (ORDER, LINE, CHANGE, ADDRESS, DETAILS, NAME, EMAIL)
    first = "details"
    reads = ("number", "shift")

    async def wants(self, turn: Turn) -> bool:
        """A date of an order is to be moved by so much: «kan vi få den en uke tidligere?» after its status.

        «Make SO-30405 25 pcs» orders nothing new: the order it names is there. «We cancel nothing, but move it to week 20»
        cancels nothing.
        """
        if turn.intent == "cancel_order":
            return words("cancel").says(turn.text, "negated") and bool(
                turn.said("date", "week", "lead", "shift", "quantity")
            )
        if turn.intent in ("place_order", "reorder", "order_status", "inform") and adds_to_order(turn):
            return await open_order(turn) is not None
        if turn.intent in ("place_order", "reorder"):
            named, given = turn.said("order_no"), turn.said("quantity", "number", "date", "week") or way_of(turn.text)
            return bool(named and given and not asks(turn.text, "once_more"))
        if turn.said("order_no") and words("change").says(turn.text, "go_ahead") and not asks_something(turn):
            return True
        return bool(turn.said("shift") and turn.about("order_no") and words("change").says(turn.text, "wish"))

    def steers(self, turn: Turn) -> bool:
        """One of several changes is taken back, or only one is wanted; else as every wish."""
        if turn.slot("question") == CONFIRMATION and corrects_address(turn):
            return True
        return bool(staying(turn) or only(turn)) or super().steers(turn)

    def named_again(self, turn: Turn) -> bool:
        """«Send the address change for both orders»: what is to be changed is noted already."""
        return words("change").says(turn.text, "the_change") and not turn.said(*CORRECTS)

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Everything that is wanted, added to what was wanted before; what is to stay is left out again. A question changes nothing."""
        if asks_whether(turn.text):
            turn.say("utter_change_split_whether")
        asked = present_asked(turn) if opened is not None and not only_asks(turn) else []
        if asked:
            await say_present(turn, answers)
            turn = without_words(turn, *asked)
        if kept := kept_orders(turn):
            # What is said of an order that stays is wanted of none.
            left_out = keep_out(answers, kept, [str(each["value"]) for each in turn.said("order_no")])
            turn = without_words(turn, *kept.values())
            if left_out:
                turn.say("utter_change_order_stays", orders=list(kept))
                return [ALSO, *await self._take(turn, answers, opened)]
        return await self._take(turn, answers, opened)

    async def _take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """As ``take``, of what is wanted of the orders that do not stay as they are."""
        if opened is not None and only_asks(turn):
            if asks_present(turn):
                await say_present(turn, answers)
                return []
            if asks_cost(turn):
                say_costs(turn, judged_of(answers))
            return []
        if opened == CONFIRMATION and correct_address(turn, answers):
            return ["address"]
        if opened == CONFIRMATION and same_address(turn, answers):
            return ["address"]
        told = [] if staying(turn) else await super().take(turn, answers, opened)
        if WITHDRAWN in answers:
            return [WITHDRAWN]
        known, order = noted(answers), await _order(turn, answers)
        unchanged, one = staying(turn), only(turn)
        stay = [
            each.about
            for each in known
            if each.about in unchanged or (one and each.about in TOPICS and each.about not in one)
        ]
        left = without(known, stay)
        # Words tell lines apart only where the order has several.
        mentions = named(turn.text, order) if order and len(order.lines) > 1 else []
        ordered = _ordered(order, answers)
        fresh = wants_by_order(turn, answers, self._asked(turn, known, opened), mentions, opened is None, ordered)
        fresh = [each for each in fresh if not _same_place(each, answers)]
        # A part shipment is no cut of the order: what figures of it were taken for is not wanted.
        fresh, left = _with_shipment(turn, fresh, known, left)
        if opened is None and turn.said("order_no") and all(each.kind == "other" for each in fresh):
            fresh = refused_wants(turn, self.name) or fresh
        besides = _besides(fresh, answers)
        moved = answers.pop(MOVED, None)
        if opened == CONFIRMATION and _only_another_way(known, fresh):
            answers[WHICH_DAY] = note(True)
            return ["change"]
        if any(each.kind == "split" for each in [*known, *fresh]) and not _moves_whole(turn):
            # «The fitter comes on the 10th» beside a part shipment moves no order.
            fresh = [each for each in fresh if each.kind != "date"]
        fresh = gone_on(known, fresh, moved.value if moved else None, opened == CONFIRMATION)
        fresh = _beyond(order, known, fresh)
        fresh = _of_difference(turn, order, known, fresh)
        if moved and not fresh:
            # Which way is still open.
            answers[MOVED] = moved
        if either_way(turn) and not staying(turn):
            # Which way is asked now; how far is known.
            answers[MOVED] = note(how_far(turn))
        more = [*told, *await take_others(turn, answers, besides)]
        orders = {str(each["value"]) for each in turn.said("order_no")}
        in_words = [
            each for each in known if each.kind in IN_WORDS and not (each.kind == "delivery_address" and each.address)
        ]
        if orders - {answers.value("order")} and "order" in answers and in_words:
            # The words that told it name the other order.
            more += add_details(turn, answers)
        if not fresh and left == known:
            more += add_receiver(answers, receiver_told(turn))
            return [*self._other_line(turn, answers, known), *more]
        if left != known and stay:
            turn.say("utter_change_stays", what=[f"stays.{about}" for about in dict.fromkeys(stay)])
        if opened is not None and any(each.kind in IN_WORDS for each in fresh):
            # What only words tell is told by all of them.
            fresh = [replace(each, text=_joined(left, each)) for each in fresh]
            more += add_details(turn, answers) if _unread(turn, fresh) else []
        if opened != "address" and any(
            each.kind == "delivery_address" and tells_address(each.text or "") for each in fresh
        ):
            told_now = next(filter(None, (address_in(each.text or "") for each in fresh)), None) or street_told(turn)
            answers.pop("address", None)
            if told_now and (len(fresh) == 1 or (told_now := address_told(turn))):
                answers["address"] = line("address", told_now)
        more += [*add_receiver(answers, receiver_told(turn)), *(add_conditions(turn, answers) if opened else [])]
        if besides:
            # What was wanted of the first order stays its own.
            left = [replace(each, order=each.order or answers.value("order")) for each in left]
        put(answers, merged(left, fresh))
        return [*(["change"] if fresh or left != known else []), *more]

    def _asked(self, turn: Turn, known: list[Want], opened: str | None) -> bool:
        """Whether a bare number is a quantity: the change was asked for, or a quantity corrected."""
        # «Skrev feil, det skulle være 22»
        bare = only_values(turn) or (words("talk").says(turn.text, "own_slip") and len(turn.said("number")) == 1)
        correct = opened in (None, CONFIRMATION) and bare and any(each.kind == "quantity" for each in known)
        return opened == "change" or correct

    def _other_line(self, turn: Turn, answers: Answers, known: list[Want]) -> list[str]:
        """«No, line 3»: what was wanted of one line is wanted of another."""
        numbers = {number for each in numbered(turn.text) for number in each.lines}
        if len({each.line for each in known} - {None}) != 1 or len(numbers) != 1:
            return []
        put(answers, [replace(each, line=None) for each in known])
        return []

    def of_whole_order(self, answers: Answers) -> bool:
        """Another address is where the whole order goes, unless a line was named."""
        wants = noted(answers)
        return bool(wants) and all(each.kind == "delivery_address" and each.line is None for each in wants)

    def settle(self, answers: Answers) -> None:
        """All that is wanted makes the answer, and the lines that it is said of are the lines."""
        _settle_address(answers)
        wants, given = noted(answers), answers.get("change")
        if not wants:
            return
        lines = answers.get("line")
        numbers = lines.numbers if isinstance(lines, LineAnswer) else None
        if numbers and any(each.line is not None for each in wants):
            # What was said of no line of its own is meant of the line that was talked of then.
            wants = [replace(each, line=line) for each in wants for line in ([each.line] if each.line else numbers)]
            put(answers, wants)
        text = given.value if given and given.reply else None
        answers["change"] = ChangeAnswer(text, "utter_line_change" if text else None, wants=wants)
        own = sorted({each.line for each in wants if each.line is not None})
        if own and all(each.line is not None for each in wants):
            answers["line"] = lines_answer(own)

    def wanted(self, answers: Answers) -> list[Want] | None:
        """What the customer named; empty when none of it could be read."""
        return noted(answers) or ([] if "change" in answers else None)

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """As every wish; a line that the order has not is asked for again."""
        found = await super().known(turn, answers)
        if isinstance(found, tuple) and found[0] == "line":
            order = await _order(turn, answers)
            there = [each.line_no for each in order.lines] if order else []
            put(answers, [each if each.line in there else replace(each, line=None) for each in noted(answers)])
        return found

    def leave_out(self, turn: Turn, order: Order, answers: Answers, verdicts: list[Judged]) -> list[Judged]:
        """A change that no line allows any more is refused with its reason; the others stand."""
        possible = {_which(each.want) for each in verdicts if each.verdict != "no"}
        for which in dict.fromkeys(_which(each.want) for each in verdicts if _which(each.want) not in possible):
            no = refused(order, [each for each in verdicts if _which(each.want) == which])
            if no:
                turn.say(no.reply, **no.values)
        elsewhere = [each for each in noted(answers) if each.order not in (None, order.order_no)]
        put(answers, [each for each in noted(answers) if _which(each) in possible or each in elsewhere])
        return [each for each in verdicts if _which(each.want) in possible]

    def withdraw(self, answers: Answers) -> None:
        """Nothing of what was wanted is wanted any more."""
        put(answers, [])

    async def before_judging(
        self, turn: Turn, identity: Identity, order: Order, answers: Answers
    ) -> Stop | Doubt | None:
        """«What is the latest I can change it?» is answered instead; what cannot be is refused at once."""
        lines = answers.get("line")
        numbers = (lines.numbers if isinstance(lines, LineAnswer) else None) or [each.line_no for each in order.lines]
        asked = f"{turn.text} {answers.value('details') or ''}"
        if "change" not in answers and "line" in answers and asks(asked, "latest"):
            return await _tell_latest(turn, identity, order, numbers[0]) if len(numbers) == 1 else None
        if "change" not in answers and "line" in answers:
            stop = await _nothing_possible(turn, identity, order, numbers)
            # What came and is wrong is no wish for a change.
            wrong = words("complaint").says(str(answers.value("details") or ""), "wrong")
            kept = {name: answers[name] for name in ("order", "line", "details") if name in answers}
            return Stop(becomes="complaint", answers=Answers(kept)) if stop and wrong else stop
        if answers.pop(WHICH_DAY, None):
            return "change", Problem("utter_change_which_day", asks=True)
        for want in of_order(noted(answers), order.order_no) if "line" in answers else []:
            about = [each for each in order.lines if each.line_no in (numbers if want.line is None else [want.line])]
            problem = unequal(want, about) or next(
                filter(None, (impossible(want, each, today()) for each in about)), None
            )
            if problem and want.kind == "split":
                # The lots stand, so that one of them can be put right.
                return "change", problem
            if problem:
                put(answers, [each for each in noted(answers) if each != want])
                return "change", problem
        return None

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """What to change is asked with what most people want."""
        if question != "change":
            return await super().ask(turn, answers, question)
        if MOVED in answers:
            asked = which_way(answers[MOVED].value)
            turn.say(asked.reply, **asked.values)
            turn.offer(*asked.choices)
            return True
        turn.say("utter_ask_change")
        for name in ("quantity", "date", "hold"):
            turn.offer({"reply": f"utter_choice_change_{name}"})
        return True


def _unread(turn: Turn, fresh: Sequence[Want]) -> bool:
    """Whether words of a message tell more than the address and the quantity that were read from it."""
    address = address_told(turn)
    if address is None or any(each.kind not in ("delivery_address", "quantity", "split") for each in fresh):
        return True
    told = [turn.text[each["start"] : each["end"]] for each in turn.said("quantity", "number") if "start" in each]
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", turn.text):
        read = any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", sentence) for each in [*told, *address.split(", ")])
        beside = [each for each in re.findall(r"[^\W\d_]+", sentence) if each not in address]
        if not read or len(beside) > _BESIDE_ADDRESS:
            return True
    return False


def _same_place(want: Want, answers: Answers) -> bool:
    """Whether a wish only calls the address that stands by its town: «it is SO-1 that goes to Hamar»."""
    known = answers.get("address")
    if want.kind != "delivery_address" or known is None or not known.reply or known.unknown:
        return False
    behind = re.findall(
        rf"(?<!\w)(?i:{words('change').pattern('place')})\s+([^\W\d_a-zæøåäöü][^\W\d_]+)", want.text or ""
    )
    return (
        bool(behind)
        and all(each in str(known.value) for each in behind)
        and not re.search(r"\d+\s*,|\b\d{1,4}\b(?!\d)", want.text or "")
    )


def _moves_whole(turn: Turn) -> bool:
    """Whether the whole order is to come at another time, beside what is told of a part of it."""
    return words("change").says(turn.text, "moves_order") and not words("change").says(turn.text, "no_move")


def _ordered(order: Order | None, answers: Answers) -> int | None:
    """The pieces of the one line that is meant, or of the order where it has one."""
    given = answers.get("line")
    numbers = given.numbers if isinstance(given, LineAnswer) and given.numbers else None
    lines = [each for each in (order.lines if order else []) if numbers is None or each.line_no in numbers]
    return lines[0].quantity if len(lines) == 1 else None


def _with_shipment(turn: Turn, fresh: list[Want], known: list[Want], left: list[Want]) -> tuple[list[Want], list[Want]]:
    """What is wanted where a part shipment is told: its lots stay where only words are added, and it is no cut and no move of the whole."""
    split = next((each for each in fresh if each.kind == "split"), None)
    if split is None:
        return fresh, left
    before = next((each for each in known if each.kind == "split"), None)
    if before and not split.lots:
        # Words alone say less than what is noted.
        fresh = [each for each in fresh if each is not split]
    kept = [each for each in left if not (each.kind == "date" or (each.kind == "quantity" and each.to is not None))]
    return fresh, left if bears_change(turn.text) else kept


def _joined(known: list[Want], want: Want) -> str | None:
    before = next((each.text for each in known if each.about == want.about and each.text), None)
    return "; ".join(filter(None, (before, want.text)))[:MAX_TEXT] or None


def _only_another_way(known: list[Want], fresh: list[Want]) -> bool:
    """«Earlier» of the date that was read back: which one is not said, and what stands is not lost."""
    dated = any(each.kind == "date" and (each.date or each.week) for each in known)
    bare = fresh and all(
        each.kind == "date" and not (each.date or each.week or each.by_days is not None) for each in fresh
    )
    return bool(dated and bare)


def _beyond(order: Order | None, known: list[Want], fresh: list[Want]) -> list[Want]:
    """What is wanted beyond the date that is wanted: «not before Easter» says nothing new of a day in May."""
    date = next((each for each in known if each.kind == "date"), None)
    if date is None or order is None:
        return fresh
    return [date if each.bound and keeps(date, each, order) else each for each in fresh]


def _of_difference(turn: Turn, order: Order | None, known: list[Want], fresh: list[Want]) -> list[Want]:
    """Figures that correct how many more or fewer are wanted, as such."""
    said = [abs(float(each["value"])) for each in turn.said("quantity", "number")]
    ordered = sum(each.quantity for each in order.lines if not each.closed) if order else None
    if not any(each.kind == "quantity" for each in fresh) and (want := corrected(turn.text, known)):
        return [*fresh, want]
    return [each for want in fresh if (each := of_the_difference(known, want, said, ordered))]


def _besides(fresh: list[Want], answers: Answers) -> set[str]:
    """Orders that something of their own is wanted of, beside those that are noted."""
    main, wanted_of = answers.value("order"), {each.order for each in fresh if each.order}
    return wanted_of - {main, *also(answers)} if main else set()


def _which(want: Want) -> tuple[str, int | None]:
    return want.about, want.line


async def _order(turn: Turn, answers: Answers) -> Order | None:
    """The order that is named in the message or was before."""
    said = turn.said("order_no")
    number = said[0]["value"] if said else answers.value("order")
    if turn.identity is None or number is None:
        return None
    return await asyncio.to_thread(find_order, house().production, turn.identity, str(number))


async def open_order(turn: Turn) -> Order | None:
    """The one order that is named or talked of, where something of it is still to be delivered."""
    numbers = {str(each["value"]) for each in turn.said("order_no") or turn.about("order_no")}
    if turn.identity is None or len(numbers) != 1:
        return None
    order = await asyncio.to_thread(find_order, house().production, turn.identity, numbers.pop())
    return order if order and any(not each.closed for each in order.lines) else None


async def _nothing_possible(turn: Turn, identity: Identity, order: Order, numbers: list[int]) -> Stop | None:
    """The end of a wish before it is asked what is to be changed, where nothing can be any more."""
    judged = [
        each
        for number in numbers
        for each in await asyncio.to_thread(
            all_changes, house().production, identity, order.order_no, number, today(), plant()
        )
    ]
    if not judged or any(each.verdict != "no" for each in judged):
        return None
    reasons = list(
        dict.fromkeys(each.reasons[0] for each in judged if each.reasons and not each.change.startswith("certificate"))
    )
    return Stop(
        "utter_change_nothing", {"order_no": order.order_no, "reasons": [f"change_reason.{each}" for each in reasons]},
        ({"reply": "utter_choice_order_more", "payload": "/reorder"}, HUMAN),
    )  # fmt: skip


async def _tell_latest(turn: Turn, identity: Identity, order: Order, number: int) -> Stop:
    """Every change with its moment."""
    changes = await asyncio.to_thread(
        all_changes, house().production, identity, order.order_no, number, today(), plant()
    )
    topics = [topic for topic in ROWS if asks(turn.text, topic)]
    say_state(turn, order, number, changes[0])
    say_overview(turn, changes, topics)
    return Stop("utter_change_overview_end")


def _settle_address(answers: Answers) -> None:
    """An address is asked for when another one is wanted and none was told; what is told goes with the wish."""
    wants, told = noted(answers), answers.get("address")
    if told is not None and told.reply and not told.unknown:
        put(
            answers,
            [
                replace(each, text=str(told.value), address=str(told.value))
                if each.kind == "delivery_address"
                else each
                for each in wants
            ],
        )
    elif any(each.kind == "delivery_address" and not tells_address(each.text or "") for each in wants):
        if told is not None and not told.reply:
            del answers["address"]
    else:
        answers.setdefault("address", silent())
