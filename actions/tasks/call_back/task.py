"""A wish to be rung, or answered by a person: one wish with its number, its name, its time of day and its matter."""

import copy
from typing import Any

from actions.form import case
from actions.form.answers import Answer, Answers, Problem, Reading, fact, line, note, silent
from actions.form.matter import of_matter
from actions.form.pieces import sentences
from actions.form.question import Question
from actions.form.shared import DETAILS
from actions.form.start import carried
from actions.form.task import CONFIRMATION, Task, tasks
from actions.form.text import MAX_TEXT
from actions.production.contacts import ORDER_PREFIX
from actions.tasks.call_back.reading import (
    clock_in,
    matter_in,
    name_in,
    number_before,
    number_in,
    said_before,
    time_in,
    time_told,
    visit_in,
    with_time,
)
from actions.turns.facts_told import VISIT, facts_told
from actions.turns.turn import Turn
from actions.turns.words import words

#: The note of the request that was in progress, with its answers so far.
ALONG = "along"
#: Lines that tell who asks, which the call tells itself.
_WHO = ("utter_line_name", "utter_line_email")
#: The note of what was said before the wish, which the matter shows; what stands between its parts.
BEFORE, _JOINT = "before", "; "
#: More orders than these are no matter of a call: the words say which.
MOST_ORDERS = 3
#: Values of goods: what tells them at the read-back belongs to the matter.
OF_GOODS = ("quantity", "weight", "alloy", "part_no", "drawing_no", "heat_no")
#: Questions whose answers are read out of every message, whatever is asked.
REACH_NAME, TIME_NAME = "reach", "call_time"


def _reach(turn: Turn, requested: bool) -> Reading:
    """Numbers are taken with the name and the time beside them (``take``); here is said only what none can be."""
    return Problem("utter_bad_email") if requested and "@" in turn.text and not turn.said("email") else None


def _told_elsewhere(turn: Turn, requested: bool) -> Reading:
    return None


REACH = Question(REACH_NAME, _reach, may_stay_open=False)
CALL_TIME = Question(TIME_NAME, _told_elsewhere)
CALLED = Question("name", _told_elsewhere)


class CallBack(Task):
    """Somebody is to be rung, or to get an answer from a person."""

    name = "call_back"
    case = "call_back"
    of_anybody = True
    questions = (REACH, CALLED, CALL_TIME, DETAILS)
    first = "details"
    binds_nobody = True

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """The parts of the wish, whichever message they stand in."""
        if opened is None:
            await _begin(turn, answers)
        alone_goes = _without_along(turn, answers)
        told = [*alone_goes, *_number(turn, answers), *_time(turn, answers, opened in (None, REACH_NAME, TIME_NAME))]
        alone = number_in(turn) is not None or opened in (REACH_NAME, CONFIRMATION)
        told += _named(turn, answers, alone)
        return [*told, *(_more(turn, answers) if opened == CONFIRMATION else [])]

    def steers(self, turn: Turn) -> bool:
        """What belongs to the wish whatever it sounds like: another number, another time, a call once more."""
        if turn.asks and not words("waiting").says(turn.text, "call_me"):
            return False
        return (
            number_in(turn) is not None or time_in(turn.text) is not None or words("waiting").says(turn.text, "call_me")
        )

    async def known(self, turn: Turn, answers: Answers) -> None:
        """What need not be asked: who has proved who they are has a number on record, and a name and a time are welcome, no more."""
        person = await case.proven_contact(turn) if REACH_NAME not in answers else None
        if person and (person.phone or person.email):
            known = "utter_line_reach_on_record" if person.phone else "utter_line_email"
            answers[REACH_NAME] = line(REACH_NAME, person.phone or person.email, known)
        answers.setdefault("name", silent())
        answers.setdefault(TIME_NAME, silent())

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The number with who is asked for, in one question."""
        if question == REACH_NAME and turn.slot("question") != REACH_NAME:
            turn.say("utter_start_call_back")
        return False

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """What goes along, and that a name would help."""
        if along := _along(answers):
            turn.say(**along.line())
        if turn.identity is None and not answers.value("name"):
            turn.say("utter_call_name_open")

    def receipt(self, answers: Answers) -> list[Answer]:
        """What was sent, with the time that was asked for."""
        time = answers.get(TIME_NAME)
        return [*super().receipt(answers), *([time] if time and time.value and time.reply else [])]

    def leave_along(self, answers: Answers, dropped: Task) -> None:
        """Neither what the request was told nor the words it was told in go along with the call."""
        if answers.value(ALONG) != f"task.{dropped.name}":
            return
        del answers[ALONG]
        before = answers.value(BEFORE) or []
        left = [each for each in str(answers.value("details") or "").split(_JOINT) if each not in before]
        if before and left:
            answers["details"] = line("details", _JOINT.join(left))

    def gone_along(self, answers: Answers) -> str | None:
        """The request that was in progress when the call was asked for."""
        return str(answers.value(ALONG) or "").removeprefix("task.") or None

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """The case, with the request that was in progress."""
        _reached_at(answers)
        along = _along(answers)
        await case.submit(turn, self, answers, request_id, lines=(along,) if along else (), after=_after(answers))
        return True


def _after(answers: Answers) -> str:
    """What happens next: no time is promised beside the one that the customer asked for."""
    wished = answers.value(TIME_NAME) or words("waiting").says(str(answers.value("details") or ""), "later_time")
    return "utter_call_next_wished" if wished else "utter_call_next"


async def _begin(turn: Turn, answers: Answers) -> None:
    """What it is about: said with it, or talked of before; and the request in progress, or the figures told, go along."""
    if any(part.about == VISIT for part in facts_told(turn)):
        wish = "; ".join(each for each in (*said_before(turn)[-1:], visit_in(turn)) if each)
        answers["details"] = line("details", wish[:MAX_TEXT])
        return
    own, enough = matter_in(turn)
    # Of what is only called by its name the words say enough.
    named = [str(each["value"]) for each in turn.said("order_no") if each.get("reference") != "name"]
    talked_of = [] if own and enough and not named else [str(each["value"]) for each in turn.ground.about("order_no")]
    orders = named or talked_of
    # What was told for a request that this message drops is no matter of the call.
    dropped = any(each["reply"] == "utter_dropped" for each in turn.parts)
    before = [] if dropped or (own and enough) else said_before(turn)
    answers[BEFORE] = note(before)
    told = [*before, *([own] if own else [])]
    shown = [each for each in orders if not any(each.removeprefix(ORDER_PREFIX) in text for text in told)]
    told = [*(shown if len(orders) <= MOST_ORDERS else []), *told] or [" ".join(turn.text.split())]
    told = [each for each in told if not each.startswith("/")]
    if told:
        answers["details"] = line("details", _JOINT.join(told)[:MAX_TEXT])
    number = None if number_in(turn) else number_before(turn)
    if number and turn.identity is None:
        answers[REACH_NAME] = line(REACH_NAME, number)
    other = tasks().get(turn.slot("task") or "") if turn.slot("question") else None
    if other and other.name != CallBack.name:
        kept = Answers((turn.slot("answers") or {}).get(other.name))
        said = [each.line() for each in _told_of(other, kept)]
        if said:
            answers[ALONG] = note(f"task.{other.name}", said=said)
    elif not orders and (said := await _figures(turn)):
        answers[ALONG] = note(None, said=said)


def _told_of(task: Task, kept: Answers) -> list[Answer]:
    """What a request that goes along wants: its lines but who asks, and its own words where no line says them (a change is judged)."""
    lines = [each for each in task.lines(kept) if not each.unknown and each.reply not in _WHO]
    wish = kept.get("details")
    said = wish is None or any(str(wish.value) in str(each.value) for each in lines)
    return lines if said or wish is None else [*lines, line("details", str(wish.value))]


async def _figures(turn: Turn) -> list[dict[str, Any]]:
    """The figures of a casting that were told in the talk before, each with its line; those of this message stand in its words."""
    request = tasks()["quote_request"]
    bare = copy.copy(turn)
    bare.entities, found = [], Answers()
    await carried(bare, request, found)
    return [each.line() for name, each in found.items() if each.reply and name not in ("name", "email")]


def _along(answers: Answers) -> Answer | None:
    known = answers.get(ALONG)
    if known is None:
        return None
    if known.value is None:
        return fact("utter_call_talked_of", answers=known.more["said"])
    return fact("utter_call_goes_along", task=known.value, answers=known.more["said"])


def _more(turn: Turn, answers: Answers) -> list[str]:
    """What is told of the matter beside the time and the number: «20 rings this week is enough, we run out on Wednesday»."""
    known = str(answers.value("details") or "")
    asked = {each.text for each in turn.reading.clauses if each.asks}
    parts = [each for each in (of_matter(one) for one in sentences(turn.text) if one not in asked) if each]
    counted = [turn.text[: int(each["start"])] for each in turn.said(*OF_GOODS) if "start" in each]

    def of_goods(told: str) -> bool:
        """Whether it says what weighs, or how many of what."""
        at = turn.text.find(told)
        return words("matter").says(told, "weighs") or any(at <= len(each) < at + len(told) for each in counted)

    fresh = [each for each in parts if each not in known and of_goods(each)]
    if not fresh:
        return []
    answers["details"] = line("details", "; ".join([*([known] if known else []), *fresh])[:MAX_TEXT])
    return ["details"]


def _without_along(turn: Turn, answers: Answers) -> list[str]:
    """«No change is to go along»: the wish goes by itself."""
    if ALONG not in answers or turn.asks or not words("waiting").says(turn.text, "nothing_along"):
        return []
    del answers[ALONG]
    turn.say("utter_call_alone")
    return [ALONG]


def _number(turn: Turn, answers: Answers) -> list[str]:
    """A number to ring goes before an address; who wants a mail instead gets one."""
    at = number_in(turn)
    mails = [str(each["value"]) for each in turn.said("email")]
    if at is None and not mails:
        return []
    known = answers.value(REACH_NAME)
    value: Any = turn.text[at[0] : at[1]].strip() if at else mails[0]
    reply = "utter_line_reach" if at else "utter_line_email"
    answers[REACH_NAME] = line(REACH_NAME, value, reply)
    if mails:
        answers["mail"] = note(mails[0])
    return [REACH_NAME] if value != known else []


def _time(turn: Turn, answers: Answers, asked: bool) -> list[str]:
    told = time_told(turn, asked)
    if told is None or told == answers.value(TIME_NAME):
        return []
    known = str(answers.value(TIME_NAME) or "")
    told = with_time(known, told)
    clock = clock_in(known)
    answers[TIME_NAME] = line(
        TIME_NAME, f"{told} ({clock})" if clock and clock not in told and not clock_in(told) else told
    )
    return [TIME_NAME]


def _named(turn: Turn, answers: Answers, alone: bool) -> list[str]:
    if turn.identity is not None:
        return []
    name, company = name_in(turn, alone)
    if not (name or company) and not answers.value("name"):
        name, company = turn.ground.who.get("name"), turn.ground.who.get("company")
    full = ", ".join(each for each in (name, company) if each)
    if not full or full == answers.value("name"):
        return []
    answers["name"] = line("name", full, person=name, company=company)
    return ["name"]


def _reached_at(answers: Answers) -> None:
    """The number and the address where a case keeps them."""
    reach, mail = str(answers.value(REACH_NAME) or ""), answers.value("mail")
    answers["email"] = note(mail or reach)
    if mail and "@" not in reach:
        answers["phone"] = note(reach)
