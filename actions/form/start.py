"""What a task knows before its first question: the words that began it, and what was talked of until then."""

import copy
from collections.abc import Mapping

from actions.alloys.subject import picked, sure
from actions.form.answers import Answer, Answers, line, note
from actions.form.heard import read_heard
from actions.form.task import Task
from actions.form.text import MAX_TEXT
from actions.form.typed import SizeAnswer
from actions.production.catalogue import catalogue
from actions.turns.ground import THINGS
from actions.turns.pointing import opens_with_other_thing
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words

#: Who asks, and how they are reached.
_WHO = ("name", "email", "phone", "private")
_METALS = ("alloy", "alloy_group")
#: The common ground's name for metals that were only asked about beside another one.
ONLY_ASKED = "only_asked"
#: That the temper talked of was only asked about: «would T6 help?»
WEIGHED_TEMPER = "weighed_temper"
#: Figures of a casting that hold from one question to the next, and into a request.
_CARRIED = ("alloy", "alloy_group", "temper", "quantity", "weight", "dimensions", "drawing_no")


def first_words(turn: Turn, task: Task) -> Answers:
    """Answers that are there from the start: the wish itself."""
    if turn.text.startswith("/"):
        return Answers()
    found = Answers()
    if task.first:
        found[task.first] = _line(task.first, turn.text[:MAX_TEXT], _about(turn))
    order = _order_talked_of(turn) if task.of_order_talked_of else None
    if order:
        found["order"] = line("order", order)
    return found


def note_only_asked(turn: Turn) -> None:
    """Keep which metals a message only asks about where another one was told before: «would bronze be faster?» chooses none."""
    asking = [each for each in turn.reading.clauses if each.asks]
    if tempers := turn.said("temper"):
        weighed = words("alloys").says(turn.text, "compares") or all(
            any(one.start <= each.get("start", -1) < one.end for one in asking) for each in tempers
        )
        turn.ground.note(WEIGHED_TEMPER, [{"entity": WEIGHED_TEMPER, "value": True}] if weighed else [])
    named = [
        each for each in turn.said(*_METALS) if any(one.start <= each.get("start", -1) < one.end for one in asking)
    ]
    stated = [each for each in turn.said(*_METALS) if each not in named]
    known = {str(each["value"]) for kind in _METALS for each in turn.before.about(kind)}
    if stated:
        turn.ground.note(ONLY_ASKED, [])
    elif named and known - {str(each["value"]) for each in named}:
        turn.ground.note(ONLY_ASKED, [{"entity": ONLY_ASKED, "value": each["value"]} for each in named])


async def carried(turn: Turn, task: Task, answers: Answers) -> list[str]:
    """Take what was told of the casting before the task began; the questions it answers. One alloy at most was meant."""
    if not task.of_figures_talked_of:
        return []
    before = copy.copy(turn)
    before.text, before.intent, before.asks = "", "inform", False
    before.entities = [each | {"start": 0, "end": 0} for kind in _CARRIED for each in _told_before(turn, kind)]
    taken = []
    for question in task.questions:
        reading = question.read(before, False) if question.name not in answers else None
        if isinstance(reading, Answer):
            answers[question.name] = reading
            taken.append(question.name)
    heard = await read_heard(turn, task)
    for name, answer in heard.items():
        # Of alloys that were named and weighed the talk knows better which is meant.
        more = isinstance(answer, SizeAnswer) and len(answer.mm) > len(getattr(answers.get(name), "mm", ()))
        if more or (name not in answers and (name != "alloy" or answer.vague)):
            answers[name] = answer
            taken += [] if name in taken else [name]
    return taken


def same_person(turn: Turn, task: Task, answers: Answers, others: Mapping[str, Answers]) -> list[str]:
    """Take over who asks from the customer's other requests in this conversation, unless it is told anew; the questions it answers."""
    if turn.identity is not None or task.question("email") is None:
        return []
    sent = Answers((turn.slot("sent") or {}).get("answers"))
    taken = []
    for name in _WHO:
        known = next((each[name] for each in (*others.values(), sent) if name in each and each.value(name)), None)
        if known and name not in answers and (task.question(name) or name not in ("name", "email")):
            answers[name] = known
            taken.append(name)
    return [*taken, *_as_told(turn, task, answers)]


def _as_told(turn: Turn, task: Task, answers: Answers) -> list[str]:
    """Who writes, as it was told before the task began."""
    who, taken = turn.before.who, []
    full = ", ".join(each for each in (who.get("name"), who.get("company")) if each)
    if full and who.get("name") and "name" not in answers and task.question("name"):
        answers["name"] = line("name", full, person=who.get("name"), company=who.get("company"))
        taken.append("name")
    if who.get("email") and "email" not in answers:
        answers["email"] = line("email", who["email"])
        taken.append("email")
    if who.get("phone") and "phone" not in answers:
        answers["phone"] = note(who["phone"])
    return taken


def _told_before(turn: Turn, kind: str) -> list[Entity]:
    """Values of one kind that the customer told, not in this message; those of a thing of theirs are an order's."""
    if kind == "alloy" and not turn.said("alloy") and (chosen := picked(turn)):
        return chosen
    if kind == "temper" and turn.ground.about(WEIGHED_TEMPER):
        return []
    asked = {str(each["value"]) for each in turn.before.about(ONLY_ASKED)} if kind in _METALS else set()
    known = [each for each in turn.before.about(kind) if str(each["value"]) not in asked]
    if kind == "alloy" and _proposed_since(turn):
        return []
    mine = turn.before.said_by(kind) == "customer" and not turn.before.about("order_no")
    alike = len({str(each["value"]) for each in known}) == 1
    return known if mine and alike and not turn.said(kind) else []


def _proposed_since(turn: Turn) -> bool:
    """Whether several alloys were proposed after the one the customer named: which of them is wanted nobody has said."""
    shown = [each for each in turn.before.list_shown if each["kind"] == "alloy"]
    named_at = turn.before.since("alloy") or 0
    return len(shown) > 1 and int(shown[0].get("turn") or 0) > named_at


def _order_talked_of(turn: Turn) -> str | None:
    """The one order the talk is about, for a wish that names none: «can we have it a week earlier?»"""
    found = turn.ground.about("order_no")
    if turn.said(*THINGS) or len(found) != 1 or opens_with_other_thing(turn.text):
        return None
    return str(found[0]["value"])


def _line(question: str, value: str, about: list[str]) -> Answer:
    return line(question, value, f"utter_line_{question}_about", about=about) if about else line(question, value)


def _about(turn: Turn) -> list[str]:
    """What a short wish left out because it was talked of before: «and the price?»"""
    if turn.said("alloy", "order_no", "po_no", "part_no", "drawing_no", "alloy_group"):
        return []
    if turn.intent in ("price", "affirm") or turn.text.startswith("/"):
        return [alloy.title for alloy in sure(turn.ground.about("alloy"))]
    return [str(entity["value"]) for entity in turn.ground.about("order_no")]


def alloys_talked_of(turn: Turn) -> list[str]:
    """Alloys of the talk so far as quick replies, when the form asks for one."""
    names = dict.fromkeys(each["value"] for each in turn.ground.about("alloy") if not each.get("near"))
    return [catalogue()[name].title for name in names if name in catalogue()][:3]
