"""A cancellation of an order or of a line of it, or a stop of what is being made: the planner must hear of that."""

import asyncio

from actions.form.answers import Answers, line, note
from actions.form.shared import DETAILS, EMAIL, NAME, ORDER
from actions.form.task import Doubt, Stop
from actions.form.text import MAX_TEXT, asks_something
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_order
from actions.tasks.change.holding import holds_instead, holds_making, makes_no_more
from actions.tasks.change.line_choice import LINE, LineAnswer
from actions.tasks.change.musing import tell_would
from actions.tasks.change.others import ALSO, also, take_others
from actions.tasks.change.questions import asks_cost, wants_of
from actions.tasks.change.wants import ENDING, WANTS, ChangeAnswer, Want
from actions.tasks.change.wish import FIRST_WORDS, OrderWish, judged_of, lines_named
from actions.tasks.change.words import say_costs
from actions.turns.handler import answer_as
from actions.turns.house import house
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words

#: Notes: the words that began it only ask how the order stands, or what a cancellation would cost; what is to be changed instead.
ONLY_ASKS, ASKS_WHETHER, INSTEAD = "only_asks", "asks_whether", "instead"


class CancelOrder(OrderWish):
    """Not to be made, or not to be made on."""

    name = "cancel_order"
    starts = ("cancel_order",)
    claims = (
        "cancel_order",
        "order_status",
        "change_order",
        "complaint",
        "stop_task",
        "take_back",
        "postpone",
        "faq",
        "inform",
        "out_of_scope",
        "nlu_fallback",
    )
    case = "cancel"
    questions = (ORDER, LINE, DETAILS, NAME, EMAIL)
    first = "details"
    ends_with_no = True
    whole = True

    async def wants(self, turn: Turn) -> bool:
        """A wish to stop what is being made, whatever question it was taken for."""
        known = words("cancel")
        text = known.without(turn.text, "aside")
        if known.says(text, "cancel") and not known.says(text, "negated"):
            # «No, cancel all of it» in the midst of a change.
            whole = turn.slot("task") == "change_order" and words("change").says(text, "whole", "whole_short")
            if whole or "utter_cancel_nothing_yet" in turn.last_said:
                return not asks_something(turn)
        asked = (turn.asks and known.says(text, "ask_why")) or asks(text, "latest") or known.says(text, "tell_me")
        if asked:
            return False
        if holds_making(text):
            # «Vent med støpingen» of the order talked of; without one it is asked for, unless something else is going on.
            return bool(turn.said("order_no", "po_no")) or len(turn.about("order_no")) == 1 or not turn.slot("question")
        return bool(known.says(text, "stop_making") and turn.said("order_no", "po_no"))

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Whether the words that begin it end anything: «drop me a line when it has been poured» does not."""
        known = words("cancel")
        text = known.without(turn.text, "aside")
        if opened is None and known.says(turn.text, "tell_me") and not known.says(text, "cancel", "stop"):
            answers[ONLY_ASKS] = note(True)
        if opened is None and asks_something(turn) and known.says(text, "asks_whether"):
            answers[ASKS_WHETHER] = note(True)
        if opened is not None and holds_making(text) and not asks_something(turn):
            # «Do not cancel it, just wait with the casting»: the wish is another one from now on.
            answers["details"] = line("details", turn.text[:MAX_TEXT])
            answers[FIRST_WORDS] = note(answers["details"].value)
            return ["details"]
        if opened is not None and holds_instead(turn.text):
            answers[INSTEAD] = ChangeAnswer(wants=[Want("hold")])
            return ["change"]
        if opened is not None and asks_cost(turn):
            say_costs(turn, judged_of(answers))
            return []
        own = await super().take(turn, answers, opened)
        if own:
            return own
        more = await take_others(turn, answers)
        changes = [] if opened is None or asks_something(turn) else changed(turn)
        if changes:
            answers[INSTEAD] = ChangeAnswer(wants=changes)
            more.append("change")
        return more

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """As every wish; who only wants to hear of the order is told how it stands."""
        if answers.pop(ONLY_ASKS, None):
            await answer_as(turn, "order_status")
            return Stop()
        return await super().known(turn, answers)

    async def before_judging(
        self, turn: Turn, identity: Identity, order: Order, answers: Answers
    ) -> Stop | Doubt | None:
        """Who only asks is told what a cancellation costs; what is to be changed instead is a change."""
        instead = answers.pop(INSTEAD, None)
        if isinstance(instead, ChangeAnswer):
            return self._becomes_change(turn, instead.wants, answers)
        if not answers.pop(ASKS_WHETHER, None) or "line" not in answers:
            return None
        await self._tell_cost(turn, identity, order, answers)
        for number in also(answers):
            other = await asyncio.to_thread(find_order, house().production, identity, number)
            if other is None:
                turn.say("utter_order_unknown", order_no=number)
            else:
                await self._tell_cost(turn, identity, other, answers)
        # Everything is said: a refusal would go on with the next order.
        turn.say("utter_cancel_nothing_yet")
        turn.offer({"reply": "utter_choice_cancel_it"})
        return Stop()

    async def _tell_cost(self, turn: Turn, identity: Identity, order: Order, answers: Answers) -> None:
        """What it would cost to end an order, or the lines of it that were named."""
        given = answers.get("line")
        # Lines are named of the first order only.
        chosen = given.numbers if isinstance(given, LineAnswer) and given.of == order.order_no else None
        await tell_would(turn, identity, order, self.wanted(answers), chosen or None)

    def _becomes_change(self, turn: Turn, changes: list[Want], answers: Answers) -> Stop:
        """«Take 10 off line 1» beside a cancelled line 2 is wanted too; what is said of the whole takes its place."""
        left = [each for each in lines_named(answers) if all(want.line not in (None, each) for want in changes)]
        kept = {name: answers[name] for name in ("order", ALSO) if name in answers}
        kept["details"] = line("details", turn.text[:MAX_TEXT])
        kept[FIRST_WORDS] = note(kept["details"].value)
        wants = [*(Want("cancel", line=each) for each in left), *changes]
        return Stop(becomes="change_order", answers=Answers({**kept, WANTS: ChangeAnswer(wants=wants)}))

    def wanted(self, answers: Answers) -> list[Want]:
        """A stop of what is being made, or the end of the order."""
        text = words("cancel").without(str(answers.value("details") or ""), "aside")
        return [Want("stop" if words("cancel").says(text, "stop") or makes_no_more(text) else "cancel")]


def changed(turn: Turn) -> list[Want]:
    """What is to be otherwise instead of ended: «make it 10 instead», «just move it to week 20»."""
    wants = [each for each in wants_of(turn) if each.kind not in (*ENDING, "other")]
    return [each for each in wants if each.kind != "quantity" or each.to is None or _of_change(turn)]


def _of_change(turn: Turn) -> bool:
    """Whether a figure beside a cancellation says how many are to be made: «it is about 3» may count something else."""
    known = any(each.get("role") == "to" for each in turn.said("quantity", "number"))
    return (
        known
        or asks(turn.text, "quantity")
        or words("change").says(turn.text, "instead_of", "alters", "only", "proposes", "line", "makes_it")
    )
