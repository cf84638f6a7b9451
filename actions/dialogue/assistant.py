"""The one action of the assistant: read, interpret, act, say. The engine calls it once for every message."""

from dataclasses import replace
from functools import partial
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.alloys.neighbours import leave_neighbours
from actions.alloys.request import metal_at_hand, note_use, told_uses
from actions.alloys.subject import PICKED, asks_which, find_picked
from actions.alloys.weight import shape_told
from actions.dialogue.act import Act, state_for_desk
from actions.dialogue.asked import leave_weighed, only_asked
from actions.dialogue.commands import Command, Confirm, Miss, PutRight, Refuse, TakeBack
from actions.dialogue.decide import decided
from actions.dialogue.enquiry import refuses_quote, wants_quote
from actions.dialogue.follow_up import COMPANY
from actions.dialogue.in_context import in_context
from actions.dialogue.interpret import interpret
from actions.dialogue.numbering import leave_numbers
from actions.dialogue.offers import startable
from actions.dialogue.references import find_references, find_stand_ins
from actions.dialogue.rules.dropping import drops_any
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.times import find_times, leave_times
from actions.dialogue.view import DOUBT, View, because
from actions.form.addresses import find_addresses
from actions.form.answers import Answers
from actions.form.contact import find_phone, note_who
from actions.form.decided import find_decided, leave_forgotten
from actions.form.form import Form, changes, fits, repeats
from actions.form.heard import note_heard
from actions.form.lots import lots
from actions.form.measures import find_measures
from actions.form.righting.wording import says_nothing_more
from actions.form.shares import find_shares
from actions.form.start import note_only_asked
from actions.form.task import CONFIRMATION, claimed, tasks
from actions.form.text import is_list
from actions.form.told import as_told, leave_count_of_lines
from actions.form.words import opens
from actions.orders.by_name import find_orders_by_name
from actions.orders.facets import ORDERS
from actions.orders.numbers import find_own_numbers, note_orders
from actions.tasks.change.musing import NOTHING_YET
from actions.tasks.change.part_shipments import joined_shipment, may_tell
from actions.tasks.change.refused import refused_task
from actions.tasks.change.task import open_order
from actions.tasks.change.wants import noted
from actions.tasks.change.wish import OrderWish
from actions.tasks.complaint.questions import tells_defect, tells_fault
from actions.turns.conduct import as_borne_out
from actions.turns.facts_told import VISIT, facts_told
from actions.turns.handler import handlers
from actions.turns.intents import intent
from actions.turns.patience import asks_for_anybody
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Entity, Reading
from actions.turns.turn import IDENTIFY, Turn

#: The common ground's name for the word that no quotation is wanted.
NO_QUOTATION = "no_quotation"
#: What a correction leaves nothing of: the message said what is to be different.
_OVERTAKEN = (Confirm, Refuse, TakeBack)


class Assistant(Action):  # type: ignore[misc]
    """Answers one message."""

    def name(self) -> str:
        """Name the engine calls."""
        return "action_turn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Answer one message; the slots as they stand afterwards."""
        turn = Turn(tracker, dispatcher)
        await answer(turn)
        turn.set("desk", await state_for_desk(turn))
        turn.send()
        return turn.events


async def answer(turn: Turn) -> None:
    """Understand a message where the talk stands, and do what it asks."""
    form = Form(turn)
    act = Act(turn, form, partial(understand, turn, form), partial(alone, turn, form))
    if turn.internal:
        await act.told_by_web()
    else:
        await act.carry_out(await act.understand())


async def understand(turn: Turn, form: Form) -> tuple[Command, ...]:
    """What the words of the message ask, where the talk stands."""
    turn.reading = in_context(turn.reading)
    if form.running:
        turn.reading = as_borne_out(turn.reading, form.open == CONFIRMATION, not isinstance(form.task, OrderWish))
    leave_neighbours(turn)
    leave_numbers(turn)
    leave_count_of_lines(turn)
    await find_own_numbers(turn)
    find_references(turn)
    find_measures(turn)
    find_picked(turn)
    find_times(turn)
    leave_times(turn)
    leave_weighed(turn)
    find_phone(turn)
    find_addresses(turn)
    leave_forgotten(turn)
    turn.written = turn.reading
    if not drops_any(turn.reading, {name for name, answers in form.all_answers.items() if answers}):
        form.find_corrections(turn, only_asked(turn.reading, form.divided))
    find_decided(turn)
    find_shares(turn)
    await find_orders_by_name(turn)
    find_stand_ins(turn)
    note_who(turn)
    turn.note_said()
    note_only_asked(turn)
    note_no_quotation(turn)
    note_use(turn)
    note_orders(turn)
    reading = with_entities(turn.reading, turn)
    reading = await _with_shipment(turn, form, reading)
    if form.running:
        turn.ground.heard = []
    else:
        note_heard(turn, reading)
    if form.righted:
        return await _put_right(turn, form, reading)
    choice = decided(turn, reading)
    return (choice,) if choice else interpret(reading, await view_of(turn, form, reading))


async def alone(turn: Turn, form: Form, clause: Clause) -> Command:
    """What one clause of the message means by itself, where the talk stands now."""
    reading = with_entities(Reading(clause, (clause,)), turn)
    view = await view_of(turn, form, reading)
    return decide(reading.whole, replace(view, asked_to_send=False))


async def _with_shipment(turn: Turn, form: Form, reading: Reading) -> Reading:
    """The reading with what wants a part of an order shipped first as one clause, where an order is changed, named or talked of."""
    named = bool(turn.said("order_no"))
    changing = form.running and form.task is not None and form.task.name == "change_order"
    of_order = changing or named or (not form.running and bool(turn.about("order_no")))
    # A fault of goods that came, somebody to be rung, and the same ordered again are no wish for a part of an order.
    other = tells_defect(turn.text) or tells_fault(turn.text) or bool(turn.said("part_no", "phone"))
    anew = not changing and asks(turn.text, "more_of")
    if not of_order or other or anew or turn.identity is None or turn.text.startswith("/"):
        return reading
    if not changing:
        reading = _of_talked_order(turn, reading)
    order = await open_order(turn) if may_tell(reading.whole.text, reading.whole.entities) else None
    lines = [each for each in order.lines if not each.closed] if order else []
    stand = next((each.lots for each in noted(form.answers) if each.lots), None) if changing else None
    return joined_shipment(reading, lines[0].quantity if len(lines) == 1 else None, stand or ())


def note_no_quotation(turn: Turn) -> None:
    """Keep that no quotation is wanted, until one is asked for."""
    if refuses_quote(turn.text):
        turn.ground.note(NO_QUOTATION, [{"entity": NO_QUOTATION, "value": True}])
    elif wants_quote(turn.reading):
        turn.ground.note(NO_QUOTATION, [])


async def _put_right(turn: Turn, form: Form, reading: Reading) -> tuple[Command, ...]:
    """What is put right, and whatever else the message says; a yes beside it is one to nothing that was read back."""
    names = tuple(each.name for each in form.righted)
    right = PutRight(because(form.put_right), names)
    rest = tuple(each for each in reading.clauses if not says_nothing_more(each.text))
    if not rest or any(each.which for each in form.righted):
        return (right,)
    # What one clause is left of sounds like that clause, and not like the yes before it.
    left = replace(reading, clauses=rest, whole=rest[0] if len(rest) == 1 else reading.whole)
    view = replace(await view_of(turn, form, left), asked_to_send=False)
    return (right, *(each for each in interpret(left, view) if not _overtaken(each)))


def _overtaken(command: Command) -> bool:
    """Whether a correction leaves nothing of a command: a yes or no to what was read back, words beside it that ask nothing."""
    return isinstance(command, _OVERTAKEN) or (isinstance(command, Miss) and not command.clause.asks)


async def view_of(turn: Turn, form: Form, reading: Reading) -> View:
    """Where the talk stands, looked up once for all rules."""
    claims = {}
    for clause in {(each.start, each.end): each for each in (*reading.clauses, reading.whole)}.values():
        # What is almost as likely counts among wishes only: a question that names a part orders none.
        likely = 2 if intent(clause.act).kind == "task" and clause.sure < DOUBT else 1
        for act, _ in clause.acts[:likely]:
            task = await claimed(turn.of(clause, act)) if (clause.start, clause.end) not in claims else None
            if task:
                claims[clause.start, clause.end] = task.name
    task = form.task
    own = await _own_readings(turn, form, reading)

    tried: dict[tuple[tuple[int, int, str], bool], frozenset[str]] = {}
    earlier = handlers().get(turn.before.topic)

    # What was put aside just now would go on with its next question.
    opened = task.next_question(form.answers) if task and form.parked_just_now else form.open

    def fit(clause: Clause, asked: bool) -> frozenset[str]:
        key = (clause.start, clause.end, clause.act), asked
        if key not in tried:
            said = [found for (first, last), found in own.items() if clause.start <= first and last <= clause.end]
            read = fits(turn.scratch().of(clause), task, form.answers, opened, asked) if task else frozenset()
            tried[key] = frozenset().union(read, *said)
        return tried[key]

    begins = frozenset(each for one in tasks().values() for each in one.starts)

    return View(
        task=task,
        open=form.open,
        topic=turn.before.topic,
        topics={topic: frozenset(handler.uses) for topic, handler in handlers().items()},
        claims=claims,
        listed=(is_list(turn) or bool(turn.table) or _in_lots(turn))
        and (not form.running or (task is not None and task.question("part") is not None)),
        fits=fit,
        steers=lambda clause: task is not None and task.steers(turn.of(clause)),
        left_for=lambda clause: (
            task.left_for(turn.of(clause), form.answers) if task is not None and form.running else None
        ),
        repeats=lambda clause: task is not None and repeats(turn.scratch().of(clause), task, form.answers),
        changes=lambda clause: task is not None and changes(turn.scratch().of(clause), task, form.answers),
        of_other_order=lambda clause: form.of_other_order(clause.entities),
        aside=tuple(
            name
            for name, answers in form.all_answers.items()
            if answers and (name != turn.slot("task") or not form.open)
        ),
        names=lambda clause: len(form.named(turn.of(clause))) == 1,
        asked_of=lambda clause: form.asked_of(clause.text),
        asked_back=any(reply in ("utter_decide", "utter_not_understood") for reply in turn.last_said),
        asks_for_anybody=asks_for_anybody(turn),
        signed_in=turn.identity is not None,
        asked_who=any(each.get("payload") == IDENTIFY for each in turn.last_offered),
        sent=bool(turn.slot("sent")),
        sent_task=str((turn.slot("sent") or {}).get("task") or ""),
        sent_phone="phone" in ((turn.slot("sent") or {}).get("answers") or {}) or "phone" in turn.ground.who,
        sent_just_now=bool({"utter_case_received", "utter_added_to_case"} & set(turn.last_said)),
        waits=turn.waiting and turn.identity is None,
        visits=any(part.about == VISIT for part in facts_told(turn)),
        enquired=_enquired(turn),
        refused_wish=refused_task(turn),
        offered=any(startable(each, begins) for each in turn.last_offered),
        mused=any(each in NOTHING_YET for each in turn.last_said),
        of_an_order=bool(turn.before.about("order_no")),
        of_a_part=bool(turn.before.about("part_no")),
        parked_just_now=form.parked_just_now,
        dropped_just_now="utter_taken_back" in turn.last_said,
        asked_to_send=form.asked_to_send,
        refused=form.refused,
        divided=form.divided,
        no_quotation=bool(turn.ground.about(NO_QUOTATION)),
        which=lambda clause: asks_which(turn.of(clause)),
        metal=bool(metal_at_hand(turn)) or bool(turn.before.about(PICKED)),
        sized=shape_told(turn) is not None,
        used=bool(told_uses(turn)),
        goes_on=lambda clause: earlier is not None and earlier.goes_on(turn.of(clause)),
        asks_on=lambda clause: handlers()[COMPANY].goes_on(turn.of(clause)),
    )


def _in_lots(turn: Turn) -> bool:
    """Whether a message of several lines divides the pieces over lots, each with its time: they are one answer."""
    return "\n" in turn.text.strip() and len(lots(as_told(turn))) > 1


def _enquired(turn: Turn) -> bool:
    """Whether the customer has told figures of a casting lately, and no order is talked of."""
    before = turn.before
    told = any(
        before.about(kind) and before.said_by(kind) == "customer" for kind in ("quantity", "weight", "dimensions")
    )
    return told and before.topic not in ORDERS and not before.about("order_no")


async def _own_readings(turn: Turn, form: Form, reading: Reading) -> dict[tuple[int, int], frozenset[str]]:
    """What the running task itself reads out of each clause, by its span; tried out on a copy of the answers."""
    if form.task is None or not form.open:
        return {}
    found = {}
    for clause in reading.clauses:
        answers = Answers(form.answers.dump())
        read = await form.task.take(turn.scratch().of(clause), answers, form.open)
        found[clause.start, clause.end] = frozenset(read)
    return found


def with_entities(reading: Reading, turn: Turn) -> Reading:
    """The reading with the values that the customer's own data and the talk have added."""

    def renewed(clause: Clause) -> Clause:
        inside = [each for each in turn.entities if clause.start <= each.get("start", 0) < max(clause.end, 1)]
        return replace(clause, entities=tuple(each for each in inside if each["entity"] != "language"))

    clauses = tuple(renewed(each) for each in reading.clauses)
    return replace(reading, whole=renewed(reading.whole), clauses=clauses)


def _of_talked_order(turn: Turn, reading: Reading) -> Reading:
    """«13 now, 27 on the 9th. By the way, 30417 goes to Hamar»: what stands before another matter is of the order that was talked of."""
    aside = next((each for each in reading.clauses[1:] if opens(each.text, "beside_that")), None)
    talked = turn.before.about("order_no")
    named = [int(each.get("start", 0)) for each in reading.whole.entities if each["entity"] == "order_no"]
    if aside is None or len(talked) != 1 or not named or min(named) < aside.start:
        return reading
    meant: Entity = {**talked[0], "start": reading.clauses[0].start, "end": reading.clauses[0].start}
    first = replace(reading.clauses[0], entities=(meant, *reading.clauses[0].entities))
    whole = replace(reading.whole, entities=(meant, *reading.whole.entities))
    return replace(reading, clauses=(first, *reading.clauses[1:]), whole=whole)
