"""Rules about people: one is wanted, is to ring, is waited for, and what is added for them after something was sent."""

from actions.dialogue.commands import Add, Command, Fill, Person, Recap, Start, Talk, Wait
from actions.dialogue.rules.seen import (
    BARE,
    CLOSING,
    OF_WHAT_WAS_SENT,
    call_aside,
    only_counts,
    refuses_call,
    sent_asked,
)
from actions.dialogue.view import LIKELY, OF_A_CASTING, SURE, View, because, has, states
from actions.form.task import task_of_intent
from actions.form.words import find
from actions.tasks.call_back.reading import time_in
from actions.tasks.complaint.questions import tells_fault
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.patience import wants_no_robot
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import only_agrees

#: The wish to be rung.
CALL = "call_back"
#: How likely a person must be wanted to be rung.
CALLS = 0.5
#: Why one has to prove who one is.
WHY_PROOF = "why_proof"
#: Requests for goods, and what is said of the confirmation of one.
_OF_GOODS, CONFIRMATION_COMES = ("reorder", "quote_request", "quotation"), "confirmation_comes"
#: Where the number of the wish to be rung is an answer to something else.
_CONTACT = ("name", "email")


def anybody(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody who waits for a person asks whether anybody is coming."""
    return (Wait(because(anybody)),) if view.asks_for_anybody else ()


def will_wait(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody is content to wait for what was told: there is nothing more to do."""
    whole = reading.whole
    content = not whole.values and not {"?", "!"} & set(reading.text) and whole.words <= CLOSING
    said = words("waiting")
    # «We are still waiting» is no content.
    content = content and said.says(reading.text, "will_wait") and not said.says(reading.text, "waits_still")
    content = content and not view.running
    return (Talk(because(will_wait), "will_wait", whole),) if content else ()


def call_back(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody is to ring: one wish with its number, its time and its subject, for people."""
    said, whole = words("waiting"), reading.whole
    # «Mail me about it, no calls please»
    mails = said.says(reading.text, "mail_me") and has(whole, "email")
    if (words("wishes").says(reading.text, "no_call") and not mails) or (
        view.running and view.task is not None and view.task.name == CALL
    ):
        return ()
    if any(sent_asked(each) for each in reading.clauses) or call_aside(whole, view):
        # «Is the call booked?» asks for none.
        return ()
    number = has(whole, "phone")
    person = any(each.act == "human" and each.sure >= CALLS for each in (whole, *reading.clauses))
    rings = said.says(reading.text, "call_me") or (number and said.says(reading.text, "call_verb"))
    # «Can I talk to somebody, this afternoon?» is for later.
    later = not view.running and (when := time_in(reading.text)) is not None and not said.says(when, "at_once")
    wanted = rings or mails or (person and (number or later))
    start = (Start(because(call_back), CALL, whole),)
    if view.running:
        # Where to ring is an answer where it was asked for, and belongs to a complaint anyhow.
        answers = rings and (view.open in _CONTACT or (view.task is not None and view.task.name == "complaint"))
        return start if wanted and person and not answers else ()
    # A fault is taken down, with the number to ring.
    fault = any(
        each.act == "complaint" and each.sure >= LIKELY and tells_fault(each.text) for each in (whole, *reading.clauses)
    )
    # «Call me when it is ready» asks for news of an order; a number to ring makes it a wish for a talk.
    plain = number or not (said.says(reading.text, "call_me_when") or (has(whole, *OWN_NUMBERS) and not person))
    told = view.waits and has(whole, "phone", "email") and not _wants_else(reading)
    if not said.says(reading.text, "call_me") and any(_enquires(each) for each in reading.clauses):
        # A number under an enquiry is how to reach who writes.
        return ()
    return start if (wanted and not fault and plain) or told else ()


def _enquires(clause: Clause) -> bool:
    """Whether a clause surely wants castings and tells figures of them."""
    return (
        task_of_intent(clause.act) == task_of_intent("place_order")
        and clause.sure >= SURE
        and has(clause, *OF_A_CASTING)
    )


def reached(reading: Reading, view: View) -> tuple[Command, ...]:
    """Where to be reached is told after a visit or a casting was talked of: the wish is passed on, the request begins, or goes on if it lies aside."""
    whole = reading.whole
    if view.running or not has(whole, "email", "phone") or has(whole, *OWN_NUMBERS):
        return ()
    if view.task is not None and view.fits(whole, False) and not _wants_else(reading):
        return (Fill(because(reached), whole, resumes=True),)
    if view.sent:
        return ()
    if view.visits:
        return (Start(because(reached), CALL, whole),)
    begins = view.enquired and has(whole, "email") and not _wants_else(reading)
    return (Start(because(reached), "place_order", whole),) if begins else ()


def _wants_else(reading: Reading) -> bool:
    """Whether anything is asked or wanted beside where somebody can be reached."""
    said = (reading.whole, *reading.clauses)
    wants = any(each.sure >= LIKELY and intent(each.act).kind in ("question", "task") for each in said)
    return wants or "?" in reading.text or has(reading.whole, *OWN_NUMBERS)


def adds(reading: Reading, view: View) -> tuple[Command, ...]:
    """After something was sent: how or when to be reached, or one thing more that is to go with it."""
    whole, said = reading.whole, words("waiting")
    if not view.sent or view.running or whole.words > OF_WHAT_WAS_SENT + BARE:
        return ()
    reach = has(whole, "phone", "email") and not has(whole, *OF_A_CASTING, *OWN_NUMBERS)
    # «Will you ring if it goes wrong? 915 22 803»: nobody is asked anything but to ring.
    rings = said.says(reading.text, "call_me", "call_verb") and (reach or view.sent_phone)
    if rings and view.sent_just_now and not has(whole, *OF_A_CASTING, *OWN_NUMBERS):
        return (Add(because(adds), whole),)
    if whole.asks or "?" in reading.text:
        return ()
    if any(each.sure >= SURE and intent(each.act).kind in ("question", "task", "steer") for each in reading.clauses):
        return ()
    of_call = view.sent_task == CALL and (said.says(reading.text, "call_me") or time_in(reading.text) is not None)
    more = reach or of_call or said.says(reading.text, "adds_to") or (view.sent_just_now and _tells_more(reading))
    return (Add(because(adds), whole),) if more and not only_agrees(reading.text) else ()


def _tells_more(reading: Reading) -> bool:
    """Whether a message states something and names no figure of a casting that could be another enquiry."""
    whole = reading.whole
    others = ("question", "task", "yes", "no", "courtesy", "person", "steer", "about")
    states = not any(
        intent(each.act).kind in others and each.act != "correct" and each.sure >= LIKELY for each in reading.clauses
    )
    # «Sorry, it is 35 not 30»: one figure stands against another, and no new enquiry tells that.
    corrects = find(reading.text, "set_against") is not None and only_counts(whole)
    return states and (corrects or not whole.values) and whole.words >= BARE


def after_sent(clause: Clause, view: View) -> Command | None:
    """After something was sent: by when it is answered, under which number, and what stands in it."""
    beside = all(each.get("reference") for each in clause.values)
    if not view.sent or view.running or not beside or clause.words > OF_WHAT_WAS_SENT:
        return None
    asked = words("talk").says(clause.text, "answered_when", "reference_no", "sent_contents")
    return Recap(because(after_sent)) if asked else None


def proof(clause: Clause, view: View) -> Command | None:
    """Whether and why one has to prove who one is: explained; that one wants to: the way to it."""
    if view.signed_in or clause.words > OF_WHAT_WAS_SENT + CLOSING:
        return None
    said = words("talk")
    if not said.says(clause.text, "prove_who"):
        known = said.says(clause.text, "known_to_us") and view.asked_who
        return Talk(because(proof), WHY_PROOF, clause) if known else None
    asks_why = said.says(clause.text, "has_to_prove") or clause.asks or "?" in clause.text
    return Talk(because(proof), WHY_PROOF if asks_why else "identify", clause)


def of_sent_order(clause: Clause, view: View) -> Command | None:
    """After an order was sent: how its confirmation comes, and what it is to have besides: «3.1 on all of them»."""
    other = has(clause, "order_no", "part_no", "quotation_no") or any(each.get("known") for each in clause.values)
    if not view.sent or view.running or other or view.sent_task not in _OF_GOODS or clause.words > OF_WHAT_WAS_SENT:
        return None
    if asks(clause.text, "document_order_confirmation") and (clause.asks or "?" in clause.text):
        return Talk(because(of_sent_order), CONFIRMATION_COMES, clause)
    more = states(clause) and "?" not in clause.text and has(clause, "certificate", "mark", "po_no")
    return Add(because(of_sent_order), clause) if more else None


def no_person(clause: Clause, view: View) -> Command | None:
    """«No need for a person», «nobody is to ring me»: nobody is asked for."""
    denied = clause.act == "human" or (clause.act in ("deny", "stop_task", "postpone") and not view.running)
    no_call = refuses_call(clause.text)
    if not (denied or no_call) or clause.asks or not (no_call or words("waiting").says(clause.text, "nobody")):
        return None
    return Talk(because(no_person), "no_call" if no_call else "stop_task", clause)


def person(clause: Clause, view: View) -> Command | None:
    """A person is wanted."""
    wanted = clause.act == "human" and clause.sure >= (LIKELY if clause.asks or not view.running else 0.6)
    wanted = wanted or (wants_no_robot(clause.text) and not clause.values)
    return Person(because(person), clause) if wanted else None
