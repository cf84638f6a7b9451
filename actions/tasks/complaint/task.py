"""A complaint: registered with what is known of the line, and a person's from the first word. Nothing is admitted or promised."""

import asyncio
from typing import Any

from actions.form import case
from actions.form.answers import Answers, line, note
from actions.form.asking import question_text
from actions.form.contact import complete_contact, join_contact
from actions.form.kept import ask_sales
from actions.form.matter import kept_of, of_matter, questions_in
from actions.form.pieces import pieces as pieces_of
from actions.form.shared import DETAILS, EMAIL, NAME, ORDER, left_open, order_code
from actions.form.task import Doubt, Stop, Task
from actions.form.text import MAX_TEXT, asks_something, says_nothing
from actions.orders.facets import ORDERS
from actions.orders.words import IDENTIFY
from actions.production.claims import DEFECTS, check_claim
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.tasks.change.line_choice import LINE, LineAnswer, find_line, line_choices
from actions.tasks.complaint.counts import COUNTS, affected_of, counts_in, is_code, take_counts, take_share
from actions.tasks.complaint.questions import (
    AFFECTED,
    FOUND,
    PHOTOS,
    REMEDY,
    AffectedAnswer,
    FoundAnswer,
    RemedyAnswer,
    asks_how_soon,
    asks_what_to_do,
    asks_where_to_send,
    asks_who_sees_to_it,
    claims_money,
    counted_anew,
    names_defect,
    only_asks,
    only_stopped,
    remedy_instead,
    settled_remedy,
    tells_fault,
    tells_no_place,
    told_beside,
    without,
)
from actions.turns.ground import OWN_NUMBERS
from actions.turns.handler import answer_as
from actions.turns.house import house
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.store.cases.intake import Wish

#: How to reach the customer: no part of the matter.
CONTACT = ("name", "email")
#: The note whether it is one, and that it was said so.
BEGUN, TOLD = "begun", "told"
#: Notes: the order that was named and is not there; that it was said how pictures are sent.
UNKNOWN_ORDER, ATTACH_TOLD = "unknown_order", "attach_told"
#: The note that it is about the order whose status was told just now, and how many messages ago that may be.
OF_SHOWN, JUST_SHOWN = "of_shown", 2
#: Kinds of meanings that are never a part of it, and what shows that another thing is wanted.
NOT_OF_IT = ("person", "steer", "about", "courtesy")
OTHER_THINGS = ("order_no", "po_no", "part_no", "drawing_no", "quotation_no", "alloy", "weight", "dimensions")
#: How likely another wish must be to leave a complaint for, and the figures that are an enquiry.
CLEAR, FIGURES = 0.7, ("quantity", "weight", "dimensions", "alloy", "alloy_group")
#: So few words are a try at an answer and no story.
FEW_WORDS = 2
#: Wishes for goods: in a complaint, for those that came to be made good.
ORDERING = ("place_order", "reorder")
#: Meanings of words that may describe an order, and the values they may hold.
STATED = ("inform", "nlu_fallback", "out_of_scope", "complaint", "order_status")
TIMES = ("date", "week", "lead", "language", "application")


class Complaint(Task):
    """Something that was delivered is not right."""

    name = "complaint"
    starts = ("complaint",)
    claims = ("complaint", "order_status", "order_list", "inform", "out_of_scope", "nlu_fallback")
    case = "complaint"
    of_anybody = True
    questions = (ORDER, LINE, DETAILS, AFFECTED, FOUND, PHOTOS, REMEDY, NAME, EMAIL)
    first = "details"
    keeps_words = True

    async def wants(self, turn: Turn) -> bool:
        """«You sent the left hand ones», «we got 12 and 3 leak»: what came is wrong, whatever the words were taken for."""
        known = words("complaint")
        if turn.said("order_no", "po_no") and not asks_something(turn) and self._tells_fault(turn):
            return True
        # Beside an order that sounds like a complaint anyhow, nobody has to be angry.
        sure = turn.angry or (turn.intent == "complaint" and turn.said("order_no", "po_no"))
        wrong = known.says(turn.text, "not_these") or (
            (names_defect(turn.text) or known.says(turn.text, "wrong")) and sure
        )
        return bool(wrong and known.says(turn.text, "it_came") and not asks_something(turn))

    def _tells_fault(self, turn: Turn) -> bool:
        """«4 of the 30 flanges on SO-30257 are bent», «the covers on SO-30240 leak»: a fault of what has a number."""
        counted = AFFECTED.read(turn, False) is not None and words("complaint").says(turn.text, "wrong")
        return counted or words("complaint").says(turn.text, "faulty")

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """Whether the words that begin it complain of anything: «delivery in June, no fixed day» does not."""
        counted = take_counts(turn.reading.text, answers) or bool(counts_in(turn.text))
        share = AFFECTED.read(turn, False) if not counts_in(turn.text) else None
        if isinstance(share, AffectedAnswer) and isinstance(share.value, int) and share.of:
            counted = take_share(share.value, share.of, answers) or counted
        if opened is None:
            if BEGUN not in answers and "details" in answers:
                answers[BEGUN] = note(complains(turn))
                _matter_apart(answers)
            return [*(["affected"] if counted else []), *self._of_order_shown(turn, answers)]
        if is_code(turn.text) and not turn.said("phone", "order_no", "po_no"):
            turn.say("utter_code_unasked")
            return [opened]
        if asks_what_to_do(turn):
            turn.say("utter_complaint_keep_now")
            return [opened]
        if asks_how_soon(turn):
            turn.say("utter_complaint_how_soon")
            return [opened]
        if asks_who_sees_to_it(turn):
            turn.say("utter_complaint_who")
            return [opened]
        if claims_money(turn.text):
            # A person decides it; what is claimed stands with the matter.
            _described(answers, [" ".join(turn.text.split())])
            ask_sales(answers, questions_in(turn.text))
            turn.say("utter_complaint_money")
            return [opened]
        if asks_where_to_send(turn):
            answers.pop(ATTACH_TOLD, None)
        _forget_remedy(turn, answers)
        told = [
            *(["affected"] if counted else []),
            *_counted(turn, answers, opened),
            *_made_good(turn, answers, opened),
        ]
        if complete_contact(turn, answers):
            join_contact(answers)
            told.append("email")
        beside = told_beside(turn)
        elsewhere = opened == "found" and tells_no_place(turn)
        if told or elsewhere or asks_where_to_send(turn) or (beside and not without(turn.text, beside)):
            # These words are no answer to what is asked.
            told.append(opened)
        return [
            *told,
            *self._order_in_words(turn, answers, opened),
            *self._goes_on_telling(turn, answers, opened),
            *_described(answers, beside),
            *_where_on_part(turn, answers),
        ]

    def _of_order_shown(self, turn: Turn, answers: Answers) -> list[str]:
        """What is complained of right after the status of one order is about that order, and it is said so."""
        shown = turn.before.about("order_no")
        fresh = turn.ground.turn - (turn.before.since("order_no") or 0) <= JUST_SHOWN
        if turn.before.topic not in ORDERS or len(shown) != 1 or not fresh or turn.said(*OTHER_THINGS):
            return []
        if turn.identity is None or "order" in answers:
            return []
        answers["order"] = line("order", str(shown[0]["value"]))
        answers[OF_SHOWN] = note(True)
        return ["order"]

    def _goes_on_telling(self, turn: Turn, answers: Answers, opened: str) -> list[str]:
        """More of the matter where pieces are asked for: kept with it. «Most of them» is no number, and all that is known."""
        text = " ".join(turn.text.split())
        statement = opened == "affected" and not asks_something(turn) and len(text.split()) > FEW_WORDS
        if not statement or intent(turn.intent).kind in (*NOT_OF_IT, "yes", "no") or turn.said(*OWN_NUMBERS):
            return []
        if (
            says_nothing(text)
            or told_beside(turn)
            or counts_in(text)
            or any(each.read(turn, each == AFFECTED) for each in self.questions)
        ):
            return []
        if words("complaint").says(text, "uncounted"):
            answers["affected"] = left_open("affected")
        return _described(answers, [text])

    def _order_in_words(self, turn: Turn, answers: Answers, opened: str) -> list[str]:
        """«The one that came on Thursday» is no number: the order stays open, and the words are kept with the matter."""
        values = [each for each in turn.entities if each["entity"] not in TIMES]
        statement = turn.intent in STATED and not asks_something(turn) and len(turn.text.split()) > 1
        if opened != "order" or values or not statement or says_nothing(turn.text) or told_beside(turn):
            return []
        if order_code(turn) or any(each.read(turn, False) is not None for each in self.questions):
            return []
        answers["order"] = left_open("order")
        return ["order", *_described(answers, [" ".join(turn.text.split())])]

    def steers(self, turn: Turn) -> bool:
        """What belongs to the complaint whatever it sounds like: new parts that are wanted, measures, where pictures go."""
        kind = intent(turn.intent).kind
        asked = asks_where_to_send(turn) or asks_who_sees_to_it(turn) or asks_what_to_do(turn) or asks_how_soon(turn)
        if asked or claims_money(turn.text) or counts_in(turn.text):
            return True
        if only_asks(turn) or (kind == "task" and turn.said(*OTHER_THINGS)):
            return False
        return bool(told_beside(turn)) or (kind not in NOT_OF_IT and _wants_it_made_good(turn))

    def left_for(self, turn: Turn, answers: Answers) -> str | None:
        """Whoever only was angry gets out by saying what they want: castings, a price, or where an order is."""
        told = tells_fault(str(answers.value("details") or "")) or {"affected", "found", "photos", "line"} & {
            name for name, each in answers.items() if not each.unknown
        }
        if told or tells_fault(turn.text) or claims_money(turn.text) or _wants_it_made_good(turn):
            return None
        wish = intent(turn.intent).kind == "task" or turn.intent in ORDERS
        if wish and turn.intent != self.name and turn.confidence >= CLEAR:
            return turn.intent
        figures = {each["entity"] for each in turn.entities} & set(FIGURES)
        return "place_order" if len(figures) >= 2 and not turn.said(*OWN_NUMBERS) else None

    def when_righted(self, name: str, answers: Answers) -> None:
        """Count the pieces with the one fault anew where how many are affected was put right."""
        known = answers.get("affected")
        if name != "affected" or not isinstance(known, AffectedAnswer) or not isinstance(known.value, int):
            return
        if not take_share(known.value, known.of, answers):
            # Several faults were counted; how many pieces there are in all is said now.
            answers.pop(COUNTS, None)

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Find the line it is about. What does not fit stops nothing: it is registered, and people see it."""
        if COUNTS in answers:
            answers["affected"] = affected_of(answers.value(COUNTS), answers.get("affected"))
        wanted = answers.get("remedy")
        if isinstance(wanted, RemedyAnswer) and wanted.value:
            # A change of mind may stand in a clause of its own.
            answers["remedy"] = wanted.but(value=settled_remedy(str(wanted.value)))
        begun = answers.setdefault(BEGUN, note(True))
        if begun.value is False:
            return await _how_it_stands(turn)
        if begun.value is True:
            begun.value = TOLD
            turn.hand_over("complaint")
            turn.say("utter_start_complaint")
            if answers.pop(OF_SHOWN, None):
                turn.say("utter_complaint_of_shown", order_no=answers.value("order"), join=" ")
            if turn.identity is None:
                turn.offer(IDENTIFY)
        photos = answers.get("photos")
        if photos and photos.pending and ATTACH_TOLD not in answers:
            answers[ATTACH_TOLD] = note(True)
            turn.say("utter_complaint_attach")
        if turn.identity is None:
            answers.setdefault("line", LineAnswer(unknown=True, stranger=True))
            return None
        chosen = answers.get("line")
        if isinstance(chosen, LineAnswer) and chosen.stranger:
            answers.pop("line")
        return await self._find(turn, turn.identity, answers)

    async def _find(self, turn: Turn, identity: Identity, answers: Answers) -> Doubt | None:
        named = answers.get("order")
        if named is None:
            return None
        if named.value is None or answers.value(UNKNOWN_ORDER) == named.value:
            answers.setdefault("line", LineAnswer(unknown=True))
            return None
        found = await find_line(turn, identity, answers, whole=False)
        if isinstance(found, Order) or found is None:
            return None
        question, problem = found
        if question != "order" or problem.reply != "utter_change_unknown":
            return question, problem
        answers[UNKNOWN_ORDER] = note(named.value)
        answers["line"] = LineAnswer(unknown=True)
        turn.say("utter_complaint_order_unknown", order_no=str(named.value))
        return None

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The question with what most people answer."""
        if question in ("details", "photos", *CONTACT):
            return False
        turn.say(question_text(turn, question, "utter_ask_claim_order" if question == "order" else ""))
        if question == "line" and turn.identity is not None:
            found = await find_line(turn, turn.identity, answers, whole=False)
            if isinstance(found, Order):
                turn.offer(*line_choices(turn, found))
        turn.offer({"reply": "utter_choice_dont_know"})
        return True

    def missing(self, answers: Answers) -> list[str]:
        """What is still to come, apart from how to reach the customer."""
        return [each.name for each in self.questions if each.name not in CONTACT and self.is_open(each.name, answers)]

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """The case, and the claim in the production system with what our data says about the line."""
        told = [each.name for each in self.questions if each.name not in CONTACT]
        payload = {name: answers.value(name) for name in told if answers.value(name) is not None}
        details, remedy = str(answers.value("details") or ""), answers.get("remedy")
        payload["defects"] = [each for each in DEFECTS if each != "other" and asks(details, f"defect_{each}")]
        payload["production_stopped"] = remedy.stopped if isinstance(remedy, RemedyAnswer) else None
        if turn.identity is not None:
            payload["check"] = await _check(turn.identity, answers)
        intake = Wish("claim", payload)
        await case.submit(turn, self, answers, request_id, intake=intake, after="utter_complaint_next")
        turn.say("utter_complaint_keep")
        return True


def _matter_apart(answers: Answers) -> None:
    """Leave in the words that began it what tells the matter; what they ask goes along by itself."""
    begun = answers["details"]
    told, asked = kept_of(str(begun.value)), questions_in(str(begun.value))
    if told and told != begun.value:
        answers["details"] = begun.but(value=told)
        ask_sales(answers, "" if words("change").says(asked, "wish") else asked)


def _described(answers: Answers, sentences: list[str]) -> list[str]:
    """Keep sentences with the words that told the matter; the question they were added to."""
    known = answers.value("details")
    told = [of_matter(each) for each in sentences]
    fresh = [each for each in told if each and each.strip(" .") not in str(known or "")]
    if not fresh:
        return ["details"] if sentences else []
    answers["details"] = line("details", "; ".join([*([str(known).rstrip(" .")] if known else []), *fresh])[:MAX_TEXT])
    return ["details"]


def _where_on_part(turn: Turn, answers: Answers) -> list[str]:
    """«In the sealing face»: where on the casting it is belongs to what is wrong; the work it came to light at does not."""
    known = words("complaint")
    told = [
        each.text.strip(" .,")
        for each in pieces_of(turn.text)
        if known.near(each.text, "on_the_part", "face_of_part", 1)
        and not known.says(each.text, "while", "found", "work")
    ]
    return _described(answers, told) if told and not asks_something(turn) else []


def _forget_remedy(turn: Turn, answers: Answers) -> None:
    """What was wanted before is not wanted where another thing is wanted instead; how their production stands is kept."""
    known = answers.get("remedy")
    if not isinstance(known, RemedyAnswer) or not known.value or not remedy_instead(turn.text):
        return
    left = only_stopped(str(known.value))
    if left:
        answers["remedy"] = known.but(value=left)
    else:
        answers.pop("remedy")


def _counted(turn: Turn, answers: Answers, opened: str) -> list[str]:
    """«No, hang on, it's 11» while something else is asked."""
    known, some = answers.get("affected"), counted_anew(turn)
    if opened == "affected" or some is None or known is None or COUNTS in answers:
        return []
    of = known.of if isinstance(known, AffectedAnswer) and known.of and known.of >= some else None
    answers["affected"] = AffectedAnswer(some, "utter_line_affected_of" if of else "utter_line_affected", of=of)
    return ["affected"]


def _made_good(turn: Turn, answers: Answers, opened: str) -> list[str]:
    """New parts that are wanted in words nobody knows beforehand are what the customer wants of the complaint."""
    by_words = words("complaint").says(turn.text, "remedy", "stopped")
    if opened == "remedy" or by_words or "remedy" in answers or not _wants_it_made_good(turn) or only_asks(turn):
        return []
    answers["remedy"] = RemedyAnswer((of_matter(turn.text, True) or turn.text)[:MAX_TEXT], "utter_line_remedy")
    return ["remedy"]


def _wants_it_made_good(turn: Turn) -> bool:
    """Whether words say what is wanted instead of what came: they order nothing else."""
    orders = turn.intent in ORDERING and not turn.said(*OTHER_THINGS, "quantity")
    return orders or words("complaint").says(turn.text, "remedy")


def complains(turn: Turn) -> bool:
    """Whether something is wrong, in whatever words; what only asks when something comes, or waits for it, is no complaint."""
    waits = words("complaint").says(turn.text, "when", "late", "asked_again", "unanswered")
    return bool(tells_fault(turn.reading.text) or turn.said("heat_no") or not waits)


async def _how_it_stands(turn: Turn) -> Stop:
    """Tell how the order stands that was taken for a complaint; without one, ask what is meant."""
    if turn.about("order_no", "po_no"):
        await answer_as(turn, "order_status")
        return Stop()
    choices = ({"reply": "utter_choice_act_complaint", "payload": "/complaint"}, {"reply": "utter_choice_act_order_status", "payload": "/order_status"})  # fmt: skip
    return Stop("utter_complaint_or_status", choices=choices)


async def _check(identity: Identity, answers: Answers) -> dict[str, Any] | None:
    """What the customer's data says about what was named; for staff, never for the chat."""
    order, number, some = (answers.value(name) for name in ("order", "line", "affected"))
    if not order:
        return None
    found = answers.get("found")
    heats = found.heats if isinstance(found, FoundAnswer) else []
    checked = await asyncio.to_thread(
        check_claim, house().production, identity, str(order), today(), line_no=number if isinstance(number, int) else None,
        heat_no=heats[0] if heats else None, quantity=some if isinstance(some, int) else None,
    )  # fmt: skip
    return {
        "doubts": list(checked.doubts), "heats": list(checked.heats), "days_since_delivery": checked.days_since_delivery,
        "delivered_on": checked.delivered_on.isoformat() if checked.delivered_on else None,
    }  # fmt: skip
