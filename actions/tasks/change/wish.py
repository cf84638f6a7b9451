"""What a change and a cancellation of an order have in common: the line is found, the wish judged by how far it has got.

Nothing is changed here. What was read back is judged once more when it is sent, and a person can still refuse it.
"""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from actions.form import case
from actions.form.answers import Answer, Answers, Problem, line, note
from actions.form.matter import of_matter, starts_condition
from actions.form.papers import paper_in
from actions.form.pieces import sentences
from actions.form.stranger import say_who
from actions.form.task import FOR_SALES, Doubt, Stop, Task
from actions.form.text import MAX_TEXT, asks_something
from actions.orders.line_words import item
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_order
from actions.tasks.change.holding import holds_making
from actions.tasks.change.judging import Judged, JudgedAnswer, refused
from actions.tasks.change.line_choice import LineAnswer, find_line, line_choices, open_orders
from actions.tasks.change.lines import numbered
from actions.tasks.change.others import (
    ALSO,
    adds_another,
    also,
    judge_others,
    judged_on,
    keep_main,
    leave_out_one,
    next_main,
    others,
    say_others,
)
from actions.tasks.change.questions import asks_cost
from actions.tasks.change.refused import note_refused, refused_words
from actions.tasks.change.wants import ChangeAnswer, Want, noted, of_order
from actions.tasks.change.words import say_wants
from actions.turns.house import house
from actions.turns.pointing import opens_with_other_thing
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.store.cases.intake import Wish

#: Notes: what was judged; the words that began the wish.
JUDGED, FIRST_WORDS = "judged", "first_words"
#: The note that it is not wanted any more.
WITHDRAWN = "withdrawn"
#: Values that make words of withdrawal those of a correction: «leave it at 40».
CORRECTS = ("quantity", "number", "date", "week", "lead", "shift", "alloy", "certificate")
#: Wants that only the customer's own words tell.
IN_WORDS = ("delivery_address", "other")
#: How the texts begin that say what is wanted, and those that the name of the wish says already.
_WANT, _OF_ITSELF = (
    ("utter_change_want_", "utter_change_on_lines", "utter_change_also_of"),
    ("utter_change_want_cancel",),
)
#: Numbers an order is known by.
OF_AN_ORDER = ("order_no", "po_no", "part_no", "drawing_no")


class OrderWish(Task):
    """A wish about an order that is there. ``whole``: without a line named it is about the whole order."""

    whole: ClassVar[bool] = False
    on_card = _WANT

    def wanted(self, answers: Answers) -> list[Want] | None:
        """What is wanted; None while that is to be asked."""
        raise NotImplementedError

    async def before_judging(
        self, turn: Turn, identity: Identity, order: Order, answers: Answers
    ) -> Stop | Doubt | None:
        """A word of the task's own once order and line are known."""
        return None

    def of_whole_order(self, answers: Answers) -> bool:
        """Whether what is wanted is no matter of single lines, so that none is asked for."""
        return self.whole

    def standing_time(self, answers: Answers) -> str | None:
        """The date that an order is to be moved to."""
        dated = [each for each in noted(answers) if each.kind == "date"]
        return (dated[0].span or dated[0].date or dated[0].week) if len(dated) == 1 else None

    def settle(self, answers: Answers) -> None:
        """Bring the answers in line with what the task has noted, before the line is looked for."""

    def steers(self, turn: Turn) -> bool:
        """The wish is withdrawn in words («let it stand»), what it costs is asked, or the same is wanted of another order."""
        return asks_cost(turn) or asks_present(turn) or adds_another(turn) or withdraws(turn) or _to_be_told(turn)

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """The order that was talked of, when the wish that begins names none; a withdrawal once it has begun."""
        if opened is not None:
            if asks_present(turn):
                await say_present(turn, answers)
                return []
            if leave_out_one(turn, answers):
                return [ALSO]
            if not withdraws(turn):
                return add_details(turn, answers) if _to_be_told(turn) else []
            answers[WITHDRAWN] = note(True)
            return [WITHDRAWN]
        before = refused_words(turn, self.name)
        if before and turn.said("order_no") and not turn.said(*CORRECTS):
            # «Try SO-30418 then»: what is wanted was said of the order before.
            answers["details"] = line("details", before)
        if "details" in answers:
            answers.setdefault(FIRST_WORDS, note(answers.value("details")))
        talked_of = {str(each["value"]) for each in turn.about("order_no")}
        numbers = ("order_no",) if paper_in(turn.text) else OF_AN_ORDER
        named = turn.said(*numbers) or opens_with_other_thing(turn.text)
        if "order" not in answers and not named and asks(turn.text, "the_late"):
            late = await _late_of_recent(turn)
            if len(late) == 1:
                answers["order"] = line("order", late[0])
            return []
        if "order" not in answers and not named and len(talked_of) == 1:
            answers["order"] = line("order", talked_of.pop())
        return []

    def lines(self, answers: Answers) -> list[Answer]:
        """What is read back beside the changes: these name the line, and what they were read from is not said again."""
        if JUDGED not in answers:
            return super().lines(answers)
        address = answers.get("address")
        # An address that stands as an answer of its own is read back there.
        told = ("delivery_address",) if address and address.reply and not address.unknown else ()
        in_words = any(each.want.kind in IN_WORDS and each.want.kind not in told for each in judged_of(answers) or [])
        in_words = in_words or words("cancel").says(str(answers.value("details") or ""), "reason")
        again = not in_words and answers.value("details") == answers.value(FIRST_WORDS)
        said = {"line", "details"} if again else {"line"}
        plain = address is not None and address.reply == "utter_line_address"
        if plain and any(each.address for each in noted(answers)):
            # It stands in the change itself, of whichever order.
            said.add("address")
        shown = [*(each.name for each in self.questions if each.name not in said), FOR_SALES]
        given = (answers.get(each) for each in shown)
        return [each for each in given if each and each.reply]

    def gist(self, answers: Answers) -> list[Answer]:
        """The order, and what is wanted of it."""
        order = [answers["order"]] if answers.value("order") else []
        wants = [each for each in self.told(answers) if each.reply and each.reply.startswith(_WANT)]
        told = [*order, *(each for each in wants if each.reply not in _OF_ITSELF)]
        return told or super().gist(answers)

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Find the line, judge the wish, and end what is no longer possible with its reason."""
        if WITHDRAWN in answers:
            return Stop("utter_taken_back")
        keep_main(answers)
        found = await self._judged(turn, answers)
        while _only_refuses(found) and next_main(answers):
            assert isinstance(found, Stop)
            turn.say(found.reply, **found.values)
            found = await self._judged(turn, answers)
        if _only_refuses(found) and self.wanted(answers):
            note_refused(turn, self.name, answers, self.wanted(answers) or [])
        if found is None and turn.identity and JUDGED in answers:
            await judge_others(turn, turn.identity, answers, self.wanted(answers) or [], lines_named(answers))
        return found

    async def _judged(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """As ``known``, of the first order."""
        identity = turn.identity
        self.settle(answers)
        if identity is None:
            self._as_stranger(turn, answers)
            return None
        for question in ("line", "change"):
            given = answers.get(question)
            if isinstance(given, (LineAnswer, ChangeAnswer)) and given.stranger:
                answers.pop(question)
        whole = self.whole or self.of_whole_order(answers)
        if not whole and "line" in answers and answers["line"].vague:
            # Taken for the whole order while nothing was wanted that is a line's own.
            answers.pop("line")
        found = await find_line(turn, identity, answers, whole=whole)
        if not isinstance(found, Order):
            return found
        turn.ground.note("order_no", [{"entity": "order_no", "value": found.order_no}], "database")
        said = await self.before_judging(turn, identity, found, answers)
        wants = self.wanted(answers)
        if said is not None or "line" not in answers or wants is None:
            return said
        before, verdicts = judged_of(answers), await self._judge(turn, identity, found, answers, wants)
        no = refused(found, verdicts)
        if no is None:
            verdicts = self.leave_out(turn, found, answers, verdicts)
            answers[JUDGED] = JudgedAnswer(verdicts=verdicts)
        elif before and self.question("change"):
            self.withdraw(answers)
            return "change", Problem(no.reply, no.values, no.choices, asks=True)
        return no

    def leave_out(self, turn: Turn, order: Order, answers: Answers, verdicts: list[Judged]) -> list[Judged]:
        """Say what of it is not possible any more, and go on with the rest."""
        return verdicts

    def withdraw(self, answers: Answers) -> None:
        """Nothing of what was wanted is wanted any more."""

    def _as_stranger(self, turn: Turn, answers: Answers) -> None:
        """The wish is written down unproven; who proves who they are hears what is possible."""
        answers.setdefault("line", LineAnswer(unknown=True, stranger=True))
        if self.question("change"):
            answers.setdefault("change", ChangeAnswer(unknown=True, stranger=True))
        if not turn.slot("question"):
            say_who(turn, "utter_change_stranger")

    async def _judge(
        self, turn: Turn, identity: Identity, order: Order, answers: Answers, wants: list[Want]
    ) -> list[Judged]:
        given = answers.get("line")
        chosen = given.numbers if isinstance(given, LineAnswer) else None
        return await judged_on(turn, identity, order, of_order(wants, order.order_no), chosen)

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """Order and line are asked with what there is to choose from."""
        identity = turn.identity
        if identity is None or question not in ("order", "line"):
            return False
        turn.say(f"utter_ask_{question}")
        if question == "order":
            turn.offer(*({"title": row.order_no} for row in await open_orders(identity)))
            return True
        found = await find_line(turn, identity, answers, whole=False)
        if isinstance(found, Order):
            turn.offer(*line_choices(turn, found))
        return True

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """State, cost and latest moment of each change, and that nothing is done yet."""
        for part in self.told(answers):
            turn.say(**part.line())
        if JUDGED in answers:
            turn.say("utter_change_not_done")

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """Judge again; when nothing has changed, store the wish, the urgent ones first in line."""
        before = self.every_verdict(answers)
        if turn.identity is None or before is None:
            wish = Wish("request", {"task": self.name, "order": answers.value("order"), "also": also(answers)})
            await case.submit(turn, self, answers, request_id, intake=wish, lines=self.told(answers))
            return True
        stop = await self.known(turn, answers)
        after = self.every_verdict(answers) or []
        if stop is not None or after != before:
            turn.say("utter_change_moved_on")
            return False
        payload = {"task": self.name, "order": answers.value("order"), "wants": [each.dump() for each in after]}
        intake = Wish(self._kind(after), payload)
        await case.submit(turn, self, answers, request_id, intake=intake, lines=self.told(answers))
        if any(each.urgent for each in after):
            turn.say("utter_change_planner_first")
            turn.hand_over("other")
        return True

    def told(self, answers: Answers) -> list[Answer]:
        """The lines about the changes, as they are read back; what is said of the other orders stands behind the first."""
        return [*say_wants(judged_of(answers) or []), *say_others(answers)]

    def every_verdict(self, answers: Answers) -> list[Judged] | None:
        """All that was judged, of every order; None before that."""
        verdicts, more = judged_of(answers), others(answers)
        return None if verdicts is None else [*verdicts, *(more.verdicts if more else [])]

    def _kind(self, judged: list[Judged]) -> str:
        """A stop goes before everything else; a contact without the right to order can only ask."""
        if any("no_right_to_order" in each.reasons for each in judged):
            return "request"
        return "stop" if any(each.urgent for each in judged) else self.case


async def _late_of_recent(turn: Turn) -> list[str]:
    """The orders talked of lately that are late: «back to the late one»."""
    if turn.identity is None:
        return []
    numbers = dict.fromkeys(turn.ground.recent("order_no"))
    found = [await asyncio.to_thread(find_order, house().production, turn.identity, each) for each in numbers]
    return [order.order_no for order in found if order and any(each.late(today()) for each in order.lines)]


def asks_present(turn: Turn) -> bool:
    """«Which date is it now?»: how the order stands before the change."""
    if not asks_something(turn) or any(not _only_guesses(turn.text, each) for each in turn.said(*CORRECTS)):
        return False
    return _of_present(turn.text)


def present_asked(turn: Turn) -> list[tuple[int, int]]:
    """Where a sentence of a longer message asks how the order stands: what it names is wanted of none."""
    found = []
    for each in turn.reading.clauses:
        inside = [one for one in turn.said(*CORRECTS) if each.start <= one.get("start", -1) < each.end]
        if (each.asks or "?" in each.text) and _of_present(each.text):
            found += [(each.start, each.end)] if all(_only_guesses(turn.text, one) for one in inside) else []
    return found


def _of_present(text: str) -> bool:
    known = words("change")
    return known.says(text, "present") and known.says(text, "of_present") and not known.says(text, "wish", "proposes")


def _only_guesses(text: str, entity: Entity) -> bool:
    """Whether a value is the word of now, or a figure that is guessed at: «how many are on it today, 24?»"""
    told = text[int(entity.get("start", 0)) : int(entity.get("end", 0))]
    return entity["entity"] == "number" or words("change").says(told, "present")


async def say_present(turn: Turn, answers: Answers) -> None:
    """Pieces and date of each line as they are confirmed now."""
    identity, number = turn.identity, answers.value("order")
    order = await asyncio.to_thread(find_order, house().production, identity, str(number)) if identity else None
    for each in [each for each in order.lines if not each.closed] if order else []:
        told = {"order_no": number, "item": item(each, turn.language), "qty": each.quantity}
        if each.confirmed_date:
            turn.say("utter_change_present", **told, date=str(each.confirmed_date))
        else:
            turn.say("utter_change_present_undated", **told)


def lines_named(answers: Answers) -> list[int]:
    """The lines that the customer named for all of the wish; an order's only line is none of them."""
    given = answers.get("line")
    return (given.numbers or []) if isinstance(given, LineAnswer) and given.reply else []


def _only_refuses(found: Stop | Doubt | None) -> bool:
    """Whether an order allows nothing, and that is all: nothing else becomes of the wish."""
    return isinstance(found, Stop) and bool(found.reply) and not found.becomes and not found.hand_over


def _to_be_told(turn: Turn) -> bool:
    """«Drop me a line when it is poured», «and tell Per too»: kept with the wish for those who read it."""
    return (
        words("cancel").says(turn.text, "tell_me", "tell_other") and "?" not in turn.text and not turn.said(*CORRECTS)
    )


def withdraws(turn: Turn) -> bool:
    """Whether the whole wish is taken back, in words and without figures or lines of its own."""
    return withdraws_in(turn.text, turn.entities)


def withdraws_in(text: str, entities: Sequence[Entity]) -> bool:
    """As ``withdraws``, of a text with its values."""
    other = any(each["entity"] in CORRECTS for each in entities) or numbered(text) or holds_making(text)
    return not other and words("change").says(text, "withdrawn")


def add_details(turn: Turn, answers: Answers) -> list[str]:
    """Keep the words of a message with those that began the wish; the question they were added to."""
    return _more_details(turn.text, answers)


def _more_details(words: str, answers: Answers) -> list[str]:
    text, known = of_matter(words), answers.value("details")
    if not text or text in str(known or ""):
        return []
    answers["details"] = line("details", "; ".join([*([str(known)] if known else []), text])[:MAX_TEXT])
    return ["details"]


def add_conditions(turn: Turn, answers: Answers) -> list[str]:
    """Keep on what the wish depends: «if more than 28 are poured, we take what is poured»."""
    told = [each for each in sentences(turn.text) if starts_condition(each) and of_matter(each)]
    return [name for each in told for name in _more_details(each, answers)]


def judged_of(answers: Answers) -> list[Judged] | None:
    """The verdicts as they were read back."""
    note = answers.get(JUDGED)
    return note.verdicts if isinstance(note, JudgedAnswer) else None
