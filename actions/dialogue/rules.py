"""The rules that decide what a message and each of its units mean, in their order; the docstring of a rule is the reason that is kept."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.alloys.advice import topics_asked
from actions.alloys.subject import ALLOY_TOPICS, NAMES, left_to_us, takes
from actions.alloys.wrought import wrought_asked
from actions.dialogue.close import or_close
from actions.dialogue.commands import (
    OPENING,
    Accept,
    Add,
    Answer,
    Both,
    Command,
    Confirm,
    Correct,
    Decide,
    Decline,
    Enough,
    Explain,
    Fill,
    FollowUp,
    Miss,
    Person,
    Postpone,
    Recap,
    Refuse,
    Resume,
    Start,
    Stop,
    TakeBack,
    TakeUp,
    Talk,
    Wait,
)
from actions.dialogue.enquiry import EXPLORING, only_explores
from actions.dialogue.numbering import numbered_questions
from actions.dialogue.read_back import not_now, refused_in, withdrawn_in, yes_by_pieces
from actions.dialogue.units import units
from actions.dialogue.view import (
    CLOSE,
    DOUBT,
    FAINT,
    FEW,
    LIKELY,
    OF_A_CASTING,
    SURE,
    View,
    because,
    command_of,
    has,
    joined,
    of_goods,
    only_names,
    only_points,
    states,
    without_values,
)
from actions.form.own_wishes import kept_back
from actions.form.task import task_of_intent
from actions.form.words import closes, find, near, opens
from actions.orders.facets import ORDERS, OWN, facets_in, reproaches
from actions.orders.numbers import REFERENCE
from actions.talk.faq import names_fact, plainly_asked, strays, surely_asked
from actions.talk.glossary import word_asked
from actions.talk.talk import WORD
from actions.tasks.call_back.reading import time_in
from actions.tasks.change.musing import ends_in, muses, wonders
from actions.tasks.change.questions import presses
from actions.tasks.complaint.questions import claims_money, denies_fault, tells_defect, tells_fault
from actions.tasks.document.task import ASKED
from actions.tasks.price.agreement import AGREEMENT, STOCK, asked_of_agreement, asked_of_stock
from actions.tasks.quotation.validity import QUOTED, asked_whether_holds
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.patience import wants_no_robot
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.unknown import behind_shrug, leaves_open
from actions.turns.words import words
from actions.turns.yes import kinds_of, merely_consents, only_agrees, tells_to_send, unqualified_yes

#: How likely «not now» must be where words could as well be an answer: a needless pause costs less than junk as an answer.
HALF = 0.5
#: How likely a reservation must be at the read-back, where a needless pause costs less than a wish nobody has.
RESERVED = 0.3
#: Figures that put a casting itself in question, and not what it is made of.
MEASURED = ("quantity", "weight", "dimensions", "wall")
#: What a statement about an alloy is easily taken for.
_ABOUT_ALLOYS = ("alloy_offered", "alloy_property")
#: Tasks that tell something at once, and have nothing done.
_TELLING_TASKS = ("price", "order_document")
#: From so much on what sounds like a question may be an answer to what was asked.
ANSWERED = 0.2
#: Tasks that have something done with an order.
_DOING_TASKS = ("change_order", "cancel_order", "complaint")
#: What a loss is told in.
SUMS = ("number", "money", "quantity", "lead")
#: «When will I hear from you about that?» has no more words.
OF_WHAT_WAS_SENT = 12
#: «Try SO-30418 instead then» has no more words.
NAMES_ANOTHER = 8
#: «Are you sure of that?» has no more words.
DOUBTS = 7
#: What taking pieces of an alloy is taken for, and how likely it must be.
_WISHES, WISHED = ("place_order", "reorder", "change_order"), 0.4
#: The wish to be rung; how likely a person must be wanted for it; where its number is an answer to something else.
CALL, CALLS, _CONTACT = "call_back", 0.5, ("name", "email")
#: What beside a yes says that something else is wanted.
_WANTS_MORE = ("question", "task", "no", "steer", "person")
#: Wishes whose name is asked for, the name of what answers that, and how many words such a question has.
WISHES = ("cancel_order", "change_order", "reorder", "complaint", "quote_request")
GONE, OF_A_WISH = "gone", 16
#: What a question about the company is about that names nothing known of it.
UNKNOWN = "faq/unknown"
#: An alloy is settled on; what a change would cost is asked; an order that was only mused on is kept.
TAKEN, MUSED, KEPT = "alloy_taken", "mused", "kept"
#: Meanings that a question about an order is taken for.
_OF_ORDERS = (*ORDERS, "order_document", "change_order")
#: Meanings that pressing for a delivery is taken for.
_PRESSED = (*ORDERS, "change_order", "complaint", "lead_time", "capacity", "price")
#: From so much on, something else is wanted beside a denial; below it, no meaning of a question about an order is acted on.
BESIDE_DENIAL, HARDLY = 0.3, 0.35
#: It is said that nothing is faulty; an answer is found good.
NO_FAULT, FINE = "no_fault", "fine"
#: Figures and metals that tell of something new.
_NEW = ("alloy", "alloy_group", "weight", "dimensions", "foreign_material")
#: Wishes that say themselves what they cost.
_ORDER_WISHES = ("change_order", "cancel_order")
#: How far, or to when, an order is moved.
_MOVES = ("date", "week", "shift", "lead")
#: An own order number is told in no more words, and belongs to what was talked of where that is something to order.
REFERENCE_WORDS, ORDERED_AFTER = 9, ("price", "lead_time", "capacity", "reorder")
#: Questions that are answered with yes or no.
VERDICTS = ("casting_limits", "lead_time", "capacity", "alloy_offered")
#: What «do you cast hinges?» is also taken for.
OF_SUCH = ("faq/process", "faq/contact", "faq/minimum_order", "casting_limits", "alloy_offered")
#: A farewell has no more words.
CLOSING = 12
#: «What do you mean?» has no more words; nor has what stands beside «can you manage».
BARE = 3
#: Kinds of clauses whose values count where nothing else took them: «no, RG7» corrects what was asked.
VALUED = ("value", "outside", "steer", "yes", "no")


def _anybody(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody who waits for a person asks whether anybody is coming."""
    return (Wait(because(_anybody)),) if view.asks_for_anybody else ()


def _clear_yes(reading: Reading, view: View) -> tuple[Command, ...]:
    """An unqualified yes to what was just read back, courtesy beside it or not: it is sent."""
    return (Confirm(because(_clear_yes)),) if yes_by_pieces(reading, view) else ()


def _denies(reading: Reading, view: View) -> tuple[Command, ...]:
    """In the midst of a request it is said that nothing is faulty: it refuses nothing, and what is pressed for belongs to the request."""
    whole = reading.whole
    if not view.running or whole.values or not denies_fault(reading.text) or tells_defect(reading.text):
        return ()
    pressed = presses(reading.text, whole.entities, whole.asks)
    if view.task is not None and view.task.name == "complaint":
        wish = pressed and view.of_an_order
        return (Start(because(_denies), "change_order", whole, leaves=True) if wish else TakeBack(because(_denies)),)
    if pressed:
        return (Fill(because(_denies), whole, prose=True),)
    return (Talk(because(_denies), NO_FAULT, whole),)


def _of_agreements(reading: Reading, view: View) -> tuple[Command, ...]:
    """Nothing but questions about a framework agreement, in several clauses: one answer."""
    asking = [each for each in reading.clauses if each.asks]
    told = [each for each in reading.clauses if not each.asks and intent(each.act).kind != "courtesy"]
    if len(reading.clauses) < 2 or not asking or has(reading.whole, "quantity"):
        return ()
    of_it = all(asked_of_agreement(each, AGREEMENT) for each in asking)
    beside = all(has(each, "agreement_no") or each.words <= BARE for each in told)
    named = of_it and beside and asked_of_agreement(reading.whole, view.topic)
    return (Talk(because(_of_agreements), AGREEMENT, reading.whole),) if named else ()


def _holds(reading: Reading, view: View) -> tuple[Command, ...]:
    """Whether a quotation of ours, or the price in it, still holds is asked without its number."""
    whole = reading.whole
    asked = whole.asks and view.signed_in and not view.running and not has(whole, "quantity", "weight", "alloy")
    holds = asked and len(reading.clauses) <= BARE and asked_whether_holds(whole, view.topic)
    return (Talk(because(_holds), QUOTED, whole),) if holds else ()


def _opening(reading: Reading, view: View) -> tuple[Command, ...]:
    """A talk begins with how busy or how new in the job one is: nothing is asked by it."""
    told = [each for each in reading.clauses if words("talk").says(each.text, "busy", "new_here")]
    if view.running or not told or "?" in reading.text or not _only_times(reading.whole):
        return ()
    greets = ("greet", "thanks", "goodbye")
    others = [each for each in reading.clauses if each not in told and each.act not in greets and each.words > BARE]
    wants = any(_wishes(each) or find(each.text, "wanted", "wants_to_know") for each in reading.clauses)
    return () if others or wants else (Talk(because(_opening), OPENING, reading.whole),)


def _only_times(clause: Clause) -> bool:
    """Whether nothing but times is named: «today», «last week»."""
    return all(each["entity"] in ("date", "week", "lead", "number") for each in clause.values)


def _praise(reading: Reading, view: View) -> tuple[Command, ...]:
    """Nothing but praise, consent or thanks after an answer that offered and asked nothing: «great then», «ok, cheers»."""
    kinds = kinds_of(reading.text)
    alone = bool(kinds & {"approval", "consent", "thanks"}) and not kinds & {"yes", "send"}
    if view.running or view.offered or view.sent or view.asked_back or not alone:
        return ()
    if not view.topic and "thanks" not in kinds:
        return ()
    return (Talk(because(_praise), "thanks" if "thanks" in kinds else FINE, reading.whole),)


def _parting(reading: Reading, view: View) -> tuple[Command, ...]:
    """A talk is ended: «that was all for now»."""
    whole = reading.whole
    ends = words("talk").says(reading.text, "that_was_all") and not whole.values and "?" not in reading.text
    if view.running or not ends or whole.words > CLOSING:
        return ()
    thanked = any(each.act == "thanks" for each in (whole, *reading.clauses))
    return (Talk(because(_parting), "thanks" if thanked else "goodbye", whole),)


def _keeps(reading: Reading, view: View) -> tuple[Command, ...]:
    """What a change of an order would cost was told just now, and the order is kept: nothing of the request in progress is taken back."""
    whole = reading.whole
    plain = not has(whole, "quantity", "date", "week", "shift", "lead") and "?" not in reading.text
    if not view.mused or not plain or whole.words > CLOSING or not words("change").says(reading.text, "kept"):
        return ()
    return (Talk(because(_keeps), KEPT, whole),)


def _mused_over(reading: Reading, view: View) -> tuple[Command, ...]:
    """What ending or changing an order would cost or mean is asked in several questions: told once."""
    each_asks = len(reading.clauses) > 1 and all(clause.asks for clause in reading.clauses)
    return (Talk(because(_mused_over), MUSED, reading.whole),) if each_asks and _musing(reading.whole, view) else ()


def _withdrawn(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was read back is not wanted any more: nothing of it is sent, whatever else was said; what is wanted instead is seen to."""
    taken_back = withdrawn_in(reading, view) if view.at_read_back else []
    if not taken_back:
        return ()
    if _changes_instead(reading, view):
        return ()
    rest = [each for each in reading.clauses if each not in taken_back and each not in refused_in(reading)]
    return (TakeBack(because(_withdrawn)), *_matters(rest, _ended(view)))


def _ended(view: View) -> View:
    """Where the talk stands when the request in progress is over."""
    return replace(view, task=None, open=None, asked_to_send=False, refused=False, steers=lambda clause: False)


def _refused(reading: Reading, view: View) -> tuple[Command, ...]:
    """A no to what was read back: nothing is sent, whatever else was said; a value that corrects it stands for the no."""
    refused = refused_in(reading) if view.at_read_back else []
    if not refused or view.task is None or _changes_instead(reading, view):
        return ()
    rest = [each for each in reading.clauses if each not in refused]
    if any(_corrects_request(each, view) for each in (*rest, *refused)):
        return ()
    if view.task.ends_with_no and not any(not_now(each) for each in refused):
        return (TakeBack(because(_refused)), *_matters(rest, _ended(view)))
    matters = _matters(rest, view)
    if any(isinstance(each, (Start, TakeUp)) for each in matters):
        return matters
    later = view.refused or any(not_now(each) or each.act == "postpone" for each in reading.clauses)
    return (Postpone(because(_refused)) if later else Refuse(because(_refused)), *matters)


def _changes_instead(reading: Reading, view: View) -> bool:
    """«Don't cancel it, just push it to week 20»: a change takes the place of the cancellation that was read back."""
    if view.task is None or view.task.name != "cancel_order" or not has(reading.whole, *_MOVES):
        return False
    said = [decide(each, view) for each in units(reading, view.running)]
    moved = [each for each in said if isinstance(each, Start) and each.intent == "change_order"]
    # The cancellation itself reads what is wanted instead of it.
    return bool(moved) or any(isinstance(each, Fill) and each.because == "take_back" for each in said)


def _corrects_request(clause: Clause, view: View) -> bool:
    """Whether a clause beside a no tells what is right, or calls an answer wrong: «no, 60», «no, the date is wrong»."""
    said = decide(clause, view)
    if isinstance(said, Correct) or (isinstance(said, Start) and said.because == "take_back"):
        return True
    if not isinstance(said, Fill) or view.task is None:
        return False
    told = {each for each in view.fits(clause, False) if each not in ("*", "withdrawn", view.task.home)}
    return bool(told & {"order", "line", "change", "also"} if view.task.ends_with_no else told)


def _matters(clauses: Sequence[Clause], view: View) -> tuple[Command, ...]:
    """What clauses beside a no ask or want of their own; words of anger are none."""
    found = [decide(each, view) for each in clauses]
    wanted = [each for each in found if isinstance(each, (Answer, Start, TakeUp, Person))]
    return tuple(each for each in wanted if not (isinstance(each, Start) and each.only_complains and not tells_fault(each.clause.text)))  # fmt: skip


def _reservation(reading: Reading, view: View) -> tuple[Command, ...]:
    """A yes with a reservation at the read-back: it is kept, and nothing is sent."""
    if not view.at_read_back or any(each.values for each in reading.clauses) or view.fits(reading.whole, False):
        return ()
    said = (*reading.clauses, reading.whole)
    # «What happens after I confirm» asks.
    waits = any(each.act == "postpone" and each.sure >= (LIKELY if each.asks else RESERVED) for each in said)
    agrees = any(intent(each.act).kind == "yes" for each in said) and not reading.whole.asks
    waits = waits or (agrees and find(reading.text, "pauses") is not None)
    return (Postpone(because(_reservation)),) if waits else ()


def _send_now(reading: Reading, view: View) -> tuple[Command, ...]:
    """«Yes, send it» before everything is asked: the request takes it as a whole, if it can go as it is."""
    sends = view.running and not view.at_read_back and tells_to_send(reading.text) and view.steers(reading.whole)
    return (Fill(because(_send_now), reading.whole, prose=True),) if sends else ()


def _list(reading: Reading, view: View) -> tuple[Command, ...]:
    """A list of things to cast, as a pasted mail has it: read as a whole, each line with its own figures."""
    if not view.listed or view.at_read_back:
        return ()
    whole = reading.whole
    if whole.asks and "\n" not in reading.text and intent(whole.act).kind == "question" and whole.sure >= LIKELY:
        # «Have you sent 10 housings and 20 covers?» orders nothing.
        return ()
    if view.running:
        return (Fill(because(_list), whole, prose=True),)
    act = whole.act if intent(whole.act).kind == "task" else "place_order"
    wanted = _claim(whole, view) or act
    return (Start(because(_list), wanted, whole),)


def _yes_or_no(clause: Clause, view: View) -> Command | None:
    """A plain yes or no is wanted to what was asked before."""
    again = not clause.values and not view.at_read_back and view.topic in VERDICTS and clause.words <= CLOSING
    return (
        Answer(because(_yes_or_no), view.topic, clause)
        if again and words("talk").says(clause.text, "yes_or_no")
        else None
    )


def _can_cast(clause: Clause, view: View) -> Command | None:
    """Whether such a thing can be cast is asked, and nothing of it is told but what it is."""
    named = any(each.tag == "part" for each in clause.told) or has(clause, "application")
    only = {each["entity"] for each in clause.values} <= {"application"}
    if view.running or not clause.asks or not named or not only or not words("limits").says(clause.text, "can_cast"):
        return None
    other = (
        clause.sure >= SURE and intent(clause.act).kind in ("question", "task", "outside") and clause.act not in OF_SUCH
    )
    return (
        None if other or asks(clause.text, "outside_process") else Answer(because(_can_cast), "casting_limits", clause)
    )


def _exploring(clause: Clause, view: View) -> Command | None:
    """Somebody only asks for now: no request is made, and what was told is kept."""
    if not only_explores(clause.text) or clause.values or clause.asks or clause.words > OF_WHAT_WAS_SENT:
        return None
    return Postpone(because(_exploring)) if view.running else Talk(because(_exploring), EXPLORING, clause)


def _will_wait(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody is content to wait for what was told: there is nothing more to do."""
    whole = reading.whole
    content = not whole.values and not {"?", "!"} & set(reading.text) and whole.words <= CLOSING
    said = words("waiting")
    # «We are still waiting» is no content.
    content = content and said.says(reading.text, "will_wait") and not said.says(reading.text, "waits_still")
    content = content and not view.running
    return (Talk(because(_will_wait), "will_wait", whole),) if content else ()


def _another_time(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was spoken of is put off to another time."""
    whole = reading.whole
    later = not whole.values and "?" not in reading.text and whole.words <= CLOSING and not view.at_read_back
    if not later or not words("talk").says(reading.text, "another_time"):
        return ()
    return (Postpone(because(_another_time)),) if view.running else (Talk(because(_another_time), "postpone", whole),)


def _elsewhere_first(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was told is taken to somebody on the customer's own side first: nothing more is wanted now."""
    whole = reading.whole
    taken = words("talk").says(reading.text, "takes_elsewhere") and "?" not in reading.text and not whole.asks
    if not taken or not _only_times(whole) or whole.words > CLOSING:
        return ()
    return (
        (Postpone(because(_elsewhere_first)),)
        if view.running
        else (Talk(because(_elsewhere_first), "postpone", whole),)
    )


def _all_courtesy(reading: Reading, view: View) -> tuple[Command, ...]:
    """Courtesy of several pieces, none of which says anything of its own: «takk skal du ha»."""
    whole = reading.whole
    alone = intent(whole.act).kind == "courtesy" and whole.sure >= SURE and not whole.values and "?" not in reading.text
    said = [each for each in reading.clauses if each.sure >= LIKELY and intent(each.act).kind != "courtesy"]
    alone = alone and len(reading.clauses) > 1 and not said and not view.running
    return (Talk(because(_all_courtesy), whole.act, whole),) if alone else ()


def _kind_yes(reading: Reading, view: View) -> tuple[Command, ...]:
    """A clear yes to a wish that binds nobody, with thanks or the name that was open beside it: it is sent."""
    if not view.asked_to_send or view.task is None or not view.task.binds_nobody or len(reading.clauses) < 2:
        return ()
    first, *rest = reading.clauses
    if not unqualified_yes(first.text) or any(each.asks for each in reading.clauses):
        return ()
    others = [each for each in rest if not (unqualified_yes(each.text) or merely_consents(each.text))]
    if any(words("waiting").says(each.text, "unless") or view.fits(each, False) - {"name", "*"} for each in others):
        return ()
    wants_more = any(each.sure >= LIKELY and intent(each.act).kind in _WANTS_MORE for each in others)
    named = [Fill(because(_kind_yes), each) for each in others if view.fits(each, False)]
    return () if wants_more else (*named, Confirm(because(_kind_yes)))


def _call_back(reading: Reading, view: View) -> tuple[Command, ...]:
    """Somebody is to ring: one wish with its number, its time and its subject, for people."""
    said, whole = words("waiting"), reading.whole
    # «Mail me about it, no calls please»
    mails = said.says(reading.text, "mail_me") and has(whole, "email")
    if (said.says(reading.text, "call_me_not") and not mails) or (
        view.running and view.task is not None and view.task.name == CALL
    ):
        return ()
    number = has(whole, "phone")
    person = any(each.act == "human" and each.sure >= CALLS for each in (whole, *reading.clauses))
    rings = said.says(reading.text, "call_me") or (number and said.says(reading.text, "call_verb"))
    # «Can I talk to somebody, this afternoon?» is for later.
    later = not view.running and (when := time_in(reading.text)) is not None and not said.says(when, "at_once")
    wanted = rings or mails or (person and (number or later))
    start = (Start(because(_call_back), CALL, whole),)
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


def _reached(reading: Reading, view: View) -> tuple[Command, ...]:
    """Where to be reached is told after a visit or a casting was talked of: the wish is passed on, the request begins."""
    whole = reading.whole
    if view.running or view.sent or not has(whole, "email", "phone") or has(whole, *OWN_NUMBERS):
        return ()
    if view.visits:
        return (Start(because(_reached), CALL, whole),)
    begins = view.enquired and has(whole, "email") and not _wants_else(reading)
    return (Start(because(_reached), "place_order", whole),) if begins else ()


def _wants_else(reading: Reading) -> bool:
    """Whether anything is asked or wanted beside where somebody can be reached."""
    said = (reading.whole, *reading.clauses)
    wants = any(each.sure >= LIKELY and intent(each.act).kind in ("question", "task") for each in said)
    return wants or "?" in reading.text or has(reading.whole, *OWN_NUMBERS)


def _adds(reading: Reading, view: View) -> tuple[Command, ...]:
    """After something was sent: how or when to be reached, or one thing more that is to go with it."""
    whole, said = reading.whole, words("waiting")
    if not view.sent or view.running or whole.asks or "?" in reading.text or whole.words > OF_WHAT_WAS_SENT + BARE:
        return ()
    if any(each.sure >= SURE and intent(each.act).kind in ("question", "task", "steer") for each in reading.clauses):
        return ()
    reach = has(whole, "phone", "email") and not has(whole, *OF_A_CASTING, *OWN_NUMBERS)
    of_call = view.sent_task == CALL and (said.says(reading.text, "call_me") or time_in(reading.text) is not None)
    adds = reach or of_call or said.says(reading.text, "adds_to")
    return (Add(because(_adds), whole),) if adds and not only_agrees(reading.text) else ()


def _scrap(reading: Reading, view: View) -> tuple[Command, ...]:
    """Scrap is offered: what it is made of and how much there is of it begins no request."""
    if view.running or not any(each.chance("out_of_scope") >= ANSWERED for each in (reading.whole, *reading.clauses)):
        return ()
    offered = asks(reading.text, "outside_scrap")
    return (Answer(because(_scrap), "out_of_scope", reading.whole),) if offered else ()


def _chosen(reading: Reading, view: View) -> tuple[Command, ...]:
    """Pieces are taken after an answer about alloys: a request with the alloy that was named or picked."""
    whole = reading.whole
    kinds = {each["entity"] for each in whole.values}
    if view.running or view.topic not in ALLOY_TOPICS or "?" in reading.text:
        return ()
    if "quantity" not in kinds or not kinds <= OF_A_CASTING | {"email", "phone", "date", "week", "lead"}:
        return ()
    wishes = whole.act in _WISHES and whole.sure >= WISHED
    taken = wishes or takes(reading.text) or words("alloys").says(reading.text, "of_them", "recommended")
    # «Right, LM25 T6 then. 40 pcs» names both and asks nothing.
    settled = {"alloy", "quantity"} <= kinds and not whole.asks and whole.act in (*_ABOUT_ALLOYS, "inform")
    return (Start(because(_chosen), "place_order", whole),) if taken or settled else ()


def _left_open(reading: Reading, view: View) -> tuple[Command, ...]:
    """No more than that it is not known, or that there is nothing to say: the open question is answered, however it sounds."""
    if not view.running or view.at_read_back or reading.whole.values or not leaves_open(reading.text):
        return ()
    whole = reading.whole
    if (at := behind_shrug(reading.text)) is not None:
        # «Don't know, we want new ones»: what follows answers it.
        rest = replace(whole, text=reading.text[at:], start=at, entities=())
        if view.fits(rest, False) or _renamed(whole, view):
            return ()
    return (Fill(because(_left_open), whole, prose=True),) if view.open in view.fits(whole, True) else ()


def _again(reading: Reading, view: View) -> tuple[Command, ...]:
    """The answer just given is to be said once more."""
    if view.running or view.topic not in view.topics or reading.whole.values:
        return ()
    said = words("again")
    # «Once more» after the answer about an order may order the same.
    kinds = ("repeat",) if intent(view.topic).of_orders else ("repeat", "once_more")
    rest = reading.text
    for kind in (*kinds, "beside"):
        rest = said.without(rest, kind)
    alone = said.says(reading.text, *kinds) and not re.search(r"\w", rest)
    return (Answer(because(_again), view.topic, reading.whole),) if alone else ()


def _numbered(reading: Reading, view: View) -> tuple[Command, ...]:
    """Several questions are numbered in one line: each is answered, in its order."""
    asked = [] if view.running else numbered_questions(reading)
    return tuple(Answer(because(_numbered), topic or UNKNOWN, clause) for topic, clause in asked)


def _beside_metal(reading: Reading, view: View) -> tuple[Command, ...]:
    """Another metal is told to stand beside the casting, and it is asked whether that matters."""
    of_metal = view.running or view.topic in ALLOY_TOPICS or has(reading.whole, "alloy", "alloy_group")
    told = any("galvanic" in topics_asked(each.text, each.entities, each.start) for each in reading.clauses)
    asked = any(words("advice").says(each.text, "matters") for each in reading.clauses if each.asks)
    # What else is asked is answered as it is said.
    others = [each for each in reading.clauses if each.asks and not words("advice").says(each.text, "matters")]
    if not (of_metal and told and asked) or any(
        intent(each.act).kind == "question" and each.sure >= LIKELY for each in others
    ):
        return ()
    return (Answer(because(_beside_metal), "alloy_property", reading.whole),)


def _asked_of_told(reading: Reading, view: View) -> tuple[Command, ...]:
    """A matter of the company's facts is told, and what is asked of it names nothing: «our pattern is worn. Can it be used?»"""
    said = [each for each in reading.clauses if intent(each.act).kind != "courtesy"]
    if view.running or len(said) != 2 or any(each.values for each in said):
        return ()
    told, asked = said
    topic = plainly_asked(told.text) if states(told) else None
    alone = asked.asks and asked.words <= NAMES_ANOTHER and words("talk").says(asked.text, "it_alone")
    # A metal is asked about where one is talked of.
    metal = intent(asked.act).name in ALLOY_TOPICS and view.topic not in ALLOY_TOPICS
    other = asked.sure >= SURE and intent(asked.act).name != "faq" and not metal
    if not topic or not alone or other or plainly_asked(asked.text):
        return ()
    return (Answer(because(_asked_of_told), topic, joined(told, asked, reading)),)


def _wrought(reading: Reading, view: View) -> tuple[Command, ...]:
    """A casting alloy is asked for in the place of a wrought one: «what comes near 6082?»"""
    asked = any(each.asks for each in reading.clauses) and wrought_asked(reading.text)
    return (
        (Answer(because(_wrought), "alloy_recommendation", reading.whole),) if asked and not view.at_read_back else ()
    )


FOR_MESSAGE: tuple[Callable[[Reading, View], tuple[Command, ...]], ...] = (
    _anybody,
    _mused_over,
    _of_agreements,
    _holds,
    _keeps,
    _denies,
    _clear_yes,
    _withdrawn,
    _refused,
    _kind_yes,
    _send_now,
    _reservation,
    _left_open,
    _opening,
    _parting,
    _will_wait,
    _another_time,
    _elsewhere_first,
    _all_courtesy,
    _praise,
    _adds,
    _call_back,
    _reached,
    _again,
    _scrap,
    _beside_metal,
    _wrought,
    _asked_of_told,
    _numbered,
    _list,
    _chosen,
)


def _word_asked(clause: Clause, view: View) -> Command | None:
    """What a word of ours means."""
    word = word_asked(clause.text)
    if not word:
        return None
    told = Talk(because(_word_asked), f"{WORD}{word}", clause)
    weekly = _runs_weekly(clause, view) if has(clause, "alloy", "alloy_group") else None
    return Both(because(_word_asked), told, weekly) if weekly else told


def _runs_weekly(clause: Clause, view: View) -> Command | None:
    """Whether the alloy that is named, or talked of, is melted every week."""
    named = has(clause, "alloy", "alloy_group") or (view.topic in ALLOY_TOPICS and clause.words <= CLOSING)
    asked = clause.asks and named and asks(clause.text, "runs_weekly") and not asks(clause.text, "how_much")
    return (
        Answer(because(_runs_weekly), "alloy_offered", clause)
        if asked and not has(clause, *MEASURED, *OWN_NUMBERS)
        else None
    )


def _mused(clause: Clause, view: View) -> Command | None:
    """What ending or changing an order would cost or mean is asked: told of that order, and nothing is wanted by it."""
    # A cancellation that is only asked about tells that itself.
    tells = clause.act == "cancel_order" and clause.sure >= LIKELY and not view.running
    return Talk(because(_mused), MUSED, clause) if _musing(clause, view) and not tells else None


def _musing(clause: Clause, view: View) -> bool:
    """Whether a clause asks what ending or changing an order would cost or mean, and it is no price of a part."""
    if not (clause.asks or "?" in clause.text) or has(clause, "part_no", "quotation_no", "weight"):
        return False
    if view.running and view.task is not None and view.task.name in _ORDER_WISHES:
        # What the wish itself costs, it says itself.
        instead = view.task.name == "change_order" and muses(clause.text) and ends_in(clause.text)
        return instead or (view.of_other_order(clause) and wonders(clause.text))
    return muses(clause.text) and (has(clause, "order_no", "po_no") or view.of_an_order)


def _of_shown(clause: Clause, view: View) -> Command | None:
    """What only orders have is asked of the one talked of, or of one that is named: whether it has left, who signed, what it waits for."""
    facets = set(facets_in(clause.text))
    # «When will it be sent?» right after a paper is no wish for one.
    when = "date" in facets and view.topic in _OF_ORDERS and clause.act in _OF_ORDERS and clause.sure < LIKELY
    own = facets & set(OWN) or (when and not clause.values)
    if not (clause.asks or "?" in clause.text) or not own or _wishes(clause):
        return None
    if has(clause, "part_no", "quotation_no", "agreement_no") or any(asks(clause.text, f"document_{kind}") for kind in ASKED):  # fmt: skip
        return None
    other = intent(clause.act).kind in ("question", "task", "person") and clause.act not in _OF_ORDERS
    of_order = has(clause, "order_no", "po_no") or view.of_an_order
    return (
        None if not of_order or (other and clause.sure >= SURE) else Answer(because(_of_shown), "order_status", clause)
    )


def _presses(clause: Clause, view: View) -> Command | None:
    """An earlier or a partial delivery of an order is pressed for, whatever the waiting costs: a wish about the order, and no complaint."""
    in_complaint = view.running and view.task is not None and view.task.name == "complaint"
    if (view.running and not in_complaint) or clause.act == "human" or tells_defect(clause.text):
        return None
    of_order = has(clause, "order_no", "po_no") or view.of_an_order
    asked = clause.asks or "?" in clause.text
    wanted = of_order and not has(clause, "part_no", "alloy") and presses(clause.text, clause.entities, asked)
    other = intent(clause.act).kind in ("question", "task") and clause.act not in _PRESSED and clause.sure >= SURE
    if not wanted or other or (in_complaint and not denies_fault(clause.text)):
        return None
    return Start(because(_presses), "change_order", clause, leaves=in_complaint)


def _of_agreement(clause: Clause, view: View) -> Command | None:
    """What is left of a framework agreement, its price and time, whether an order goes on it, or whether finished pieces lie about: told, and nothing is ordered."""
    asked = clause.asks or "?" in clause.text or find(clause.text, "wants_to_know") is not None
    # «Does SO-30406 come off it» asks without a mark.
    asked = asked or (view.topic == AGREEMENT and has(clause, "order_no") and clause.words <= CLOSING)
    if not asked or _musing(clause, view):
        return None
    # «Can we call off 50» wants them; «if we take 200, what is left» only supposes.
    wants = has(clause, "quantity") and not words("agreements").says(clause.text, "after", "price")
    if not wants and asked_of_agreement(clause, view.topic):
        return Talk(because(_of_agreement), AGREEMENT, clause)
    of_part = (
        has(clause, "part_no", "order_no", "agreement_no")
        or view.of_a_part
        or any(each.tag == "part" for each in clause.told)
    )
    stock = not view.running and asked_of_stock(clause.text) and not has(clause, *_NEW) and (of_part or view.signed_in)
    return Talk(because(_of_agreement), STOCK, clause) if stock else None


def _paper_and_wish(clause: Clause, view: View) -> Command | None:
    """A paper of one order and a wish about another in one breath: both are done."""
    orders = [each for each in clause.entities if each["entity"] == "order_no" and not each.get("reference")]
    likely = clause.chance("order_document") >= FAINT and clause.chance(*_ORDER_WISHES) >= FAINT
    if view.running or len({each["value"] for each in orders}) < 2 or not likely:
        return None
    at = int(orders[1]["start"]) - clause.start
    joint = words("orders").where(clause.text[int(orders[0]["end"]) - clause.start : at], "joins")
    cut = int(orders[0]["end"]) - clause.start + joint[0] if joint else at
    halves = [_half(clause, 0, cut), _half(clause, cut, len(clause.text))]
    paper = [each for each in halves if any(asks(each.text, f"document_{kind}") for kind in ASKED)]
    wish = next((act for act, _ in clause.acts if act in _ORDER_WISHES), "")
    if len(paper) != 1 or not wish:
        return None
    other = halves[1 - halves.index(paper[0])]
    started = Start(because(_paper_and_wish), "order_document", paper[0]), Start(because(_paper_and_wish), wish, other)
    return Both(because(_paper_and_wish), *started)


def _half(clause: Clause, start: int, end: int) -> Clause:
    """A part of a clause with its values."""
    while start < end and not clause.text[start].isalnum():
        start += 1
    first, last = clause.start + start, clause.start + end
    inside = tuple(each for each in clause.entities if first <= int(each.get("start", -1)) < last)
    return replace(clause, text=clause.text[start:end], start=first, end=last, entities=inside)


def _busy(clause: Clause, view: View) -> Command | None:
    """How busy or how new in the job one is, beside what is asked: nothing is asked by it."""
    told = words("talk").says(clause.text, "busy", "new_here") and clause.words <= NAMES_ANOTHER
    plain = told and not (clause.asks or "?" in clause.text) and _only_times(clause)
    return Talk(because(_busy), OPENING, clause) if plain and not view.running and not view.topic else None


def _no_fault(clause: Clause, view: View) -> Command | None:
    """It is said that nothing is faulty: what was begun as a complaint ends, and none begins."""
    if not denies_fault(clause.text) or tells_defect(clause.text):
        return None
    if view.running and view.task is not None and view.task.name == "complaint":
        return TakeBack(because(_no_fault))
    likely = (act for act, share in clause.acts if act not in ("complaint", "deny") and share >= BESIDE_DENIAL)
    other = next((found for act in likely if (found := command_of(because(_no_fault), act, clause))), None)
    if other is not None and not view.running:
        # «Nothing is wrong with them, but the invoice is missing»
        return other
    return None if view.running else Talk(because(_no_fault), NO_FAULT, clause)


def _leaves(clause: Clause, view: View) -> Command | None:
    """What is in progress was begun in anger and tells no fault; something else is wanted."""
    wanted = view.left_for(clause) if view.running else None
    return Start(because(_leaves), wanted, clause) if wanted else None


def _own_slip(clause: Clause, view: View) -> Command | None:
    """A slip of the writer's own is no fault of goods: what is right follows."""
    slip = clause.act == "complaint" and words("talk").says(clause.text, "own_slip") and not clause.values
    came = of_goods(clause) or words("complaint").says(clause.text, "it_came")
    return Miss(because(_own_slip), clause) if slip and not view.running and not came else None


def _money_claimed(clause: Clause, view: View) -> Command | None:
    """Somebody is to pay for hours or a delay: a person decides that."""
    claimed = claims_money(clause.text) and not words("complaint").says(clause.text, "freight")
    if not claimed or view.running or (clause.act == "complaint" and tells_fault(clause.text)):
        return None
    return Talk(because(_money_claimed), "money", clause)


def _waited_in_vain(clause: Clause, view: View) -> Command | None:
    """Anger about a late delivery asks after the order, about a mail nobody answered is the enquiry: no fault is told."""
    known = words("complaint")
    asking = intent(clause.act).kind == "question" and (clause.sure >= SURE or view.sent)
    never = known.says(clause.text, "never_answered") and not asking and not has(clause, *OWN_NUMBERS)
    if not (clause.act == "complaint" or never) or view.running or tells_fault(clause.text):
        return None
    if never or known.says(clause.text, "unanswered"):
        regret = Talk(because(_waited_in_vain), "unanswered", clause)
        if not has(clause, *OF_A_CASTING):
            return regret
        return Both(because(_waited_in_vain), Talk(because(_waited_in_vain), "regret", clause), Start(because(_waited_in_vain), "place_order", clause))  # fmt: skip
    late = known.says(clause.text, "late", "asked_again")
    return Answer(because(_waited_in_vain), "order_status", clause) if late else None


def _enough(clause: Clause, view: View) -> Command | None:
    """No more questions; what is told in the same breath answers what it can."""
    known = words("no")
    if not view.running or view.at_read_back or not known.says(clause.text, "enough"):
        return None
    rest = replace(clause, text=known.without(clause.text, "enough"), acts=(("inform", HALF),))
    if not re.search(r"\w", rest.text) or not view.fits(rest, False):
        return Enough(because(_enough))
    return Both(because(_enough), Fill(because(_enough), rest), Enough(because(_enough)))


def _own_steer(clause: Clause, view: View) -> Command | None:
    """A word of the running task's own, such as «the rest is open»."""
    return Fill(because(_own_steer), clause, prose=True) if view.running and view.steers(clause) else None


def _courtesy(clause: Clause, view: View) -> Command | None:
    """Courtesy that carries nothing else."""
    said = kinds_of(clause.text)
    if not view.running and "thanks" in said and said <= {"thanks", "beside"}:
        # «Thx» says so in so many words.
        return Talk(because(_courtesy), "thanks", clause)
    alone = intent(clause.act).kind == "courtesy" and clause.sure >= LIKELY and not clause.values
    if not alone or (view.running and not clause.asks and view.fits(clause, True) and clause.sure < SURE):
        return None
    return Talk(because(_courtesy), clause.act, clause)


def _privacy(clause: Clause, view: View) -> Command | None:
    """What becomes of what is written here, or that it is to be deleted."""
    said = words("privacy").says(clause.text, "delete", "kept") and not words("privacy").says(clause.text, "other")
    return Talk(because(_privacy), "privacy", clause) if said else None


def _kept_back(clause: Clause, view: View) -> Command | None:
    """A detail of who asks is kept back: that is respected, and the request goes on."""
    kept = view.running and not clause.asks and kept_back(clause.text) and view.fits(clause, False)
    return Fill(because(_kept_back), clause, prose=_wants_words(view)) if kept else None


def _of_request(clause: Clause, view: View) -> Command | None:
    """What comes next, what is left to be answered, or whether it can be done by then."""
    said = words("request")
    needs = said.says(clause.text, "needs") and not said.ends(clause.text.rstrip(" ?!."), "purpose_end")
    if needs and clause.asks and not clause.values:
        return Recap(because(_of_request)) if view.running else Talk(because(_of_request), "needs", clause)
    if not view.running or not clause.asks:
        return None
    timed = {each["entity"] for each in clause.values} <= {"date", "week", "lead", "shift"}
    if said.says(clause.text, "next") and not clause.values and not find(clause.text, "goods_times"):
        return Talk(because(_of_request), "next", clause)
    if said.says(clause.text, "left") and not clause.values:
        return Recap(because(_of_request))
    doable = said.says(clause.text, "doable") and timed
    if not doable or (not clause.values and len(said.without(clause.text, "doable").split()) > BARE):
        return None
    asked = Talk(because(_of_request), "doable", clause)
    return Both(because(_of_request), Fill(because(_of_request), clause), asked) if clause.values else asked


def _told_before(clause: Clause, view: View) -> Command | None:
    """What was answered is held against what was said another time: the time is no value, and nothing is asked for."""
    told = _beside_time(clause) and not clause.asks and words("talk").says(clause.text, "told_before")
    if not told or not view.topic or view.running:
        return None
    of_orders = view.topic in ORDERS and not of_goods(clause)
    return Answer(because(_reproach), "order_status", clause) if of_orders else Explain(because(_told_before), clause)


def _reproach(clause: Clause, view: View) -> Command | None:
    """What a late order costs, or how it is felt, is told after its status: no fault of goods and no question."""
    after = view.topic in ORDERS and not view.running and _beside_time(clause, *SUMS) and not of_goods(clause)
    if not after or not reproaches(clause.text) or (clause.asks and clause.sure >= SURE and clause.act in ORDERS):
        return None
    return Answer(because(_reproach), "order_status", clause)


def _beside_time(clause: Clause, *others: str) -> bool:
    """Whether nothing but a time, what was pointed at, or one of ``others`` is named."""
    beside = ("week", "date", "same", *others)
    return all(each["entity"] in beside or each.get("reference") for each in clause.values)


def _next_order(clause: Clause, view: View) -> Command | None:
    """What one order does not allow was refused just now, and another is named: the same is wanted of that one."""
    named = has(clause, "order_no") and {each["entity"] for each in clause.values} <= {"order_no", "same"}
    if view.running or not view.refused_wish or not named or clause.words > NAMES_ANOTHER:
        return None
    asks_else = facets_in(clause.text) or words("orders").says(clause.text, "asks_whole")
    return None if asks_else else Start(because(_next_order), view.refused_wish, clause)


def _after_sent(clause: Clause, view: View) -> Command | None:
    """After something was sent: by when it is answered, under which number, and what stands in it."""
    beside = all(each.get("reference") for each in clause.values)
    if not view.sent or view.running or not beside or clause.words > OF_WHAT_WAS_SENT:
        return None
    asked = words("talk").says(clause.text, "answered_when", "reference_no", "sent_contents")
    return Recap(because(_after_sent)) if asked else None


def _noted(clause: Clause, view: View) -> Command | None:
    """What has been taken down is to be said, whether or not it was sent; «list it» alone where there is something."""
    beside = all(each.get("reference") for each in clause.values)
    if not beside or clause.words > OF_WHAT_WAS_SENT:
        return None
    said = words("talk")
    listed = said.says(clause.text, "list_it") and (view.running or view.sent or view.task is not None)
    return Recap(because(_noted)) if listed or said.says(clause.text, "noted_contents") else None


def _same(clause: Clause, view: View) -> Command | None:
    """The question or the wish before, for another thing: «the same for ...»."""
    if view.running or not has(clause, "same") or not clause.values:
        return None
    if view.topic in _TELLING_TASKS:
        return Start(because(_same), view.topic, clause)
    return FollowUp(because(_same), clause) if view.topic in view.topics else None


def _pointed(clause: Clause, view: View) -> Command | None:
    """It points at what was shown and says hardly more: the question before is asked of that."""
    if not only_points(clause) or (view.running and not clause.asks):
        return None
    wish = intent(clause.act).kind == "task" and clause.sure >= LIKELY
    week = view.topic == "capacity" and has(clause, "week")
    return FollowUp(because(_pointed), clause) if week or not wish else None


def _next_week(clause: Clause, view: View) -> Command | None:
    """A week counted from the one that capacity was told of: capacity is asked of it, unless it is surely something else."""
    counted = [each for each in clause.values if each.get("reference") in ("week", "then")]
    asked = view.topic == "capacity" and counted and len(counted) == len(clause.values)
    other = clause.sure >= SURE and clause.act not in ("capacity", "lead_time", "inform")
    return FollowUp(because(_next_week), clause) if asked and not other and not view.running else None


def _left_to_us(clause: Clause, view: View) -> Command | None:
    """Which alloy it is to be is left to us, after an answer about alloys: «you choose»."""
    of_alloys = not view.running and view.topic in ALLOY_TOPICS and not clause.asks
    # What was recommended is taken, and nothing is left.
    if not of_alloys or has(clause, "alloy", "quantity", *OWN_NUMBERS) or not left_to_us(clause.text):
        return None
    return Answer(because(_left_to_us), "alloy_recommendation", clause)


def _settles(clause: Clause, view: View) -> Command | None:
    """An alloy is settled on after an answer about alloys: nothing is asked of it, and nothing is told again."""
    kinds = {each["entity"] for each in clause.values}
    of_alloys = not view.running and view.topic in ALLOY_TOPICS and not clause.asks and "?" not in clause.text
    if not of_alloys or not kinds & {"alloy", "alloy_group"} or not kinds <= {"alloy", "alloy_group", "temper"}:
        return None
    said = words("alloys").says(clause.text, "leans", "that_one", "recommended") or takes(clause.text)
    return Talk(because(_settles), TAKEN, clause) if said else None


def _dearer(clause: Clause, view: View) -> Command | None:
    """After an answer about alloys it is asked whether one of them costs more: no price of a part is."""
    asked = clause.asks and clause.act in ("price", "alloy_comparison", "alloy_property")
    figures = has(clause, "part_no", "drawing_no", "quantity", "weight", *OWN_NUMBERS)
    several = len({each["value"] for each in clause.values if each["entity"] in ("alloy", "alloy_group")}) > 1
    if (
        not (several or view.topic in ALLOY_TOPICS)
        or not asked
        or figures
        or not words("alloys").says(clause.text, "dearer")
    ):
        return None
    return Answer(because(_dearer), "alloy_comparison", clause)


def _which(clause: Clause, view: View) -> Command | None:
    """Which of the alloys that were shown side by side."""
    return Answer(because(_which), "alloy_comparison", clause) if not view.running and view.which(clause) else None


def _asks_on(clause: Clause, view: View) -> Command | None:
    """A few words that ask on about what was told of the company just now: «and on Saturdays?»"""
    return FollowUp(because(_asks_on), clause) if not view.running and view.asks_on(clause) else None


def _goes_on(clause: Clause, view: View) -> Command | None:
    """Words without a subject that ask on about what was answered: «why?», «and the new date?»"""
    if view.running or not view.goes_on(clause) or _of_named_order(clause, view):
        return None
    if clause.act == "complaint" and tells_fault(clause.text):
        # «Nearly all of them are cracked» tells a fault, and asks nothing.
        return None
    wish = intent(clause.act).kind in ("task", "person") and clause.sure >= LIKELY
    other = (
        intent(clause.act).kind == "question"
        and clause.sure >= SURE
        and clause.act not in (view.topic, "lead_time")
        and not _points_at_orders(clause)
    )
    return None if wish or other else FollowUp(because(_goes_on), clause)


def _points_at_orders(clause: Clause) -> bool:
    """Whether it points at orders that were shown or talked of."""
    return any(each["entity"] == "order_no" and each.get("reference") for each in clause.entities)


def _together(clause: Clause, view: View) -> Command | None:
    """Whether several orders that were shown can leave together: asked, and no change of one."""
    shown = any(each["entity"] == "order_no" and each.get("reference") for each in clause.entities)
    asked = clause.asks and (shown or view.topic in ORDERS) and "together" in facets_in(clause.text)
    return Answer(because(_together), "order_status", clause) if asked and not view.running else None


def _price_of_shown(clause: Clause, view: View) -> Command | None:
    """Words that point at an order or name it, in which a price or a paper is the likeliest thing asked for: not its status."""
    asked = clause.asks and clause.act in _TELLING_TASKS and clause.sure < LIKELY
    asked = asked and (_points_at_orders(clause) or has(clause, "order_no"))
    return Start(because(_price_of_shown), clause.act, clause) if asked and not view.running else None


def _no_person(clause: Clause, view: View) -> Command | None:
    """«No need for a person»: nobody is asked for."""
    denied = clause.act == "human" or (clause.act in ("deny", "stop_task") and not view.running)
    if not denied or clause.asks or not words("waiting").says(clause.text, "nobody"):
        return None
    return Talk(because(_no_person), "stop_task", clause)


def _person(clause: Clause, view: View) -> Command | None:
    """A person is wanted."""
    wanted = clause.act == "human" and clause.sure >= (LIKELY if clause.asks or not view.running else 0.6)
    wanted = wanted or (wants_no_robot(clause.text) and not clause.values)
    return Person(because(_person), clause) if wanted else None


def _looks_for_alloy(clause: Clause, view: View) -> Command | None:
    """An alloy is looked for by what it is for, however few or cheap the words: «cheapest alloy for salt water?»"""
    looked_for = has(clause, "application") and words("alloys").says(clause.text, "alloy_for")
    if view.running or not looked_for or has(clause, *NAMES, *MEASURED, *OWN_NUMBERS):
        return None
    likely = clause.chance("alloy_recommendation") >= ANSWERED
    return Answer(because(_looks_for_alloy), "alloy_recommendation", clause) if likely else None


def _bare_value(clause: Clause, view: View) -> Command | None:
    """Values and hardly a word beside them, of the kind that the question before is about: they change it."""
    uses = view.topics.get(view.topic, frozenset())
    kinds = {each["entity"] for each in clause.values}
    if view.running or clause.asks or not kinds or not kinds <= uses or not _hardly_a_word(clause):
        return None
    another = clause.sure >= SURE and clause.act != view.topic and intent(clause.act).kind in ("question", "task")
    if another and not only_names(clause):
        return None
    return FollowUp(because(_bare_value), clause)


def _hardly_a_word(clause: Clause) -> bool:
    return len(re.findall(r"[^\W\d_]+", without_values(clause))) <= FEW


def _stop(clause: Clause, view: View) -> Command | None:
    """The questions are to stop."""
    # «Not stopped» tells of production, not of the questions.
    if (
        clause.act != "stop_task"
        or clause.sure < LIKELY
        or clause.values
        or _word_of_it(clause, view)
        or near(clause.text, "not_done", "stopped", 0)
    ):
        return None
    return Stop(because(_stop)) if view.running else Talk(because(_stop), "stop_task", clause)


def _word_of_it(clause: Clause, view: View) -> bool:
    """Whether one word is read by the request in progress: «later» of a date that was just read back."""
    return view.running and clause.words <= 1 and bool(view.fits(clause, False))


def _only_cancel(clause: Clause, view: View) -> Command | None:
    """«Cancel» alone in the midst of questions means the questions: an order has to be named."""
    bare = clause.act == "cancel_order" and not clause.values and clause.words <= 2
    return Stop(because(_only_cancel)) if view.running and bare else None


def _other_metal(clause: Clause, view: View) -> Command | None:
    """One more thing, in a metal that is not cast here: it is refused, and changes nothing of what stands."""
    more = view.running and _foreign(clause) and find(clause.text, "also", "also_behind")
    return Answer(because(_other_metal), "out_of_scope", clause) if more else None


def _foreign(clause: Clause) -> bool:
    """Whether it names a material that is not cast here and none that is; stainless bolts beside a casting are no material of it."""
    beside = clause.asks and "galvanic" in topics_asked(clause.text, clause.entities, clause.start)
    return has(clause, "foreign_material") and not beside and not has(clause, "alloy", "alloy_group")


def _postpone(clause: Clause, view: View) -> Command | None:
    """Not now: the request is kept and nothing is sent."""
    if clause.act != "postpone" or clause.sure < LIKELY:
        return None
    if not view.running:
        return Talk(because(_postpone), "postpone", clause)
    if view.fits(clause, False) or (view.at_read_back and _takes(clause, view)):
        # «The drawing comes later» is an answer.
        return None
    return None if _answers_open(clause, view) and clause.sure < HALF else Postpone(because(_postpone))


def _asks_of_wish(clause: Clause, view: View) -> Command | None:
    """Whether a wish that was spoken of is gone, or still there: asked, and never begun anew by that."""
    if not (clause.asks or "?" in clause.text) or has(clause, *OWN_NUMBERS, "quantity", "date", "week"):
        return None
    said = words("change")
    named = next((each for each in WISHES if said.says(clause.text, f"wish_{each}")), "")
    gone = said.says(clause.text, "gone")
    # Right after it was dropped, whatever is asked of it by its name asks whether it is gone.
    asked = (named and (gone or view.dropped_just_now)) or (gone and view.dropped_just_now)
    if not asked or clause.words > OF_A_WISH:
        return None
    return Talk(because(_asks_of_wish), f"{GONE}/{named}", clause)


def _take_back(clause: Clause, view: View) -> Command | None:
    """A wish is withdrawn."""
    other = has(clause, "date", "week", "quantity", "shift", "lead", "number")
    if clause.act == "take_back" and clause.sure >= LIKELY and _claim(clause, view) != "cancel_order":
        if _own_note(clause, view):
            # «Leave the second one as it is»: the others are still wanted.
            return Fill(because(_take_back), clause, prose=True)
        if other and not clause.asks and (not view.running or (view.task is not None and view.task.ends_with_no)):
            # «We cancel nothing, just push it to week 20» is a change.
            return Start(because(_take_back), "change_order", clause)
        return TakeBack(because(_take_back))
    # «Please don't cancel it» sounds like a cancellation; a new date beside it is a change.
    negated = intent(clause.act).of_orders and words("change").says(clause.text, "withdrawn") and not clause.asks
    # «Do not cancel it, just wait with the casting» is a wish of its own.
    negated = negated and _claim(clause, view) is None
    return TakeBack(because(_take_back)) if negated and not view.running and not other else None


def _own_note(clause: Clause, view: View) -> bool:
    """Whether the running task reads something there that answers none of its questions."""
    asked = {each.name for each in view.task.questions} if view.task else set()
    return view.running and bool(view.fits(clause, False) - asked - {"*"})


def _resume(clause: Clause, view: View) -> Command | None:
    """The request is to go on."""
    said = has(clause, "resume") and clause.words <= 3
    meant = clause.act == "resume" and clause.sure >= LIKELY and not clause.values
    return Resume(because(_resume)) if said or meant else None


def _recap(clause: Clause, view: View) -> Command | None:
    """What was understood so far is to be said."""
    tells = view.running and states(clause) and bool(view.fits(clause, False))
    return Recap(because(_recap)) if clause.act == "recap" and clause.sure >= LIKELY and not tells else None


def _explain(clause: Clause, view: View) -> Command | None:
    """Why something is asked, or where a fact comes from."""
    doubts = clause.words <= DOUBTS and not clause.values and words("talk").says(clause.text, "sure", "source")
    asked = doubts or (clause.act == "explain" and clause.sure >= LIKELY and not has(clause, "property"))
    # «Why do you need a drawing?» names what it asks about and answers nothing.
    why = clause.asks and not clause.values and clause.sure >= SURE
    # «What is it with the late one» asks about the order.
    if not asked or (view.fits(clause, False) and not why) or (_points_at_orders(clause) and not doubts):
        return None
    if doubts:
        return Explain(because(_explain), clause)
    if view.running and not _asks_why(clause):
        # Whatever is asked beside the questions of the request is no question for their reasons: «how long does it take?»
        asked_for = _likeliest_question(clause)
        likely = clause.asks and asked_for and clause.chance(asked_for) >= ANSWERED
        return Answer(because(_question), asked_for, clause) if likely and asked_for else None
    other = _likeliest_question(clause)
    # «Is there any difference between them?» asks for no reason.
    close = other is not None and clause.sure < DOUBT and dict(clause.acts)[other] >= CLOSE * clause.sure
    return Answer(because(_question), other, clause) if other and close else Explain(because(_explain), clause)


def _asks_why(clause: Clause) -> bool:
    """Whether the reason or the meaning of a question is asked for, and not something else."""
    meant = words("request").says(clause.text, "reason", "meaning")
    return meant or not clause.asks or clause.words <= BARE


def _correct(clause: Clause, view: View) -> Command | None:
    """An answer is called wrong without the right one, or is named as one that is to change."""
    if not view.running:
        return None
    named = view.at_read_back and not clause.values and find(clause.text, "to_change") and view.names(clause)
    if not named and (clause.act != "correct" or clause.sure < LIKELY):
        return None
    return None if view.fits(clause, False) else Correct(because(_correct), clause)


def _wrong_here(clause: Clause, view: View) -> Command | None:
    """Something is wrong with what was read back: no goods that came are spoken of."""
    if not view.at_read_back or clause.act != "complaint" or (view.task is not None and view.task.name == clause.act):
        return None
    if of_goods(clause):
        return None
    if view.fits(clause, False):
        return Fill(because(_wrong_here), clause, prose=True)
    return Correct(because(_wrong_here), clause) if clause.sure >= LIKELY else None


def _yes(clause: Clause, view: View) -> Command | None:
    """Yes to a question of the request, or to what was offered."""
    if intent(clause.act).kind != "yes" or clause.sure < LIKELY:
        return None
    if view.at_read_back:
        # Qualified by what else was said: never sent. What else was said decides; alone, it is asked again.
        if _takes(clause, view) or _hardly_agrees(clause):
            return None
        # «Ok, thanks» ends a talk as often as it sends.
        thanks = "thanks" in kinds_of(clause.text)
        return Talk(because(_yes), "thanks", clause) if thanks else Resume(because(_yes))
    if view.running:
        return Fill(because(_yes), clause, prose=True)
    if clause.values or clause.asks:
        return None
    return Accept(because(_yes))


def _no(clause: Clause, view: View) -> Command | None:
    """No to a question of the request, to the read-back, or to what was offered."""
    if intent(clause.act).kind != "no" or clause.sure < LIKELY or (clause.values and not view.running):
        return None
    if view.at_read_back:
        if _takes(clause, view):
            return None
        # Nothing is to be different either: it lies aside.
        return Postpone(because(_no)) if view.refused else Refuse(because(_no))
    return Fill(because(_no), clause, prose=True) if view.running else Decline(because(_no))


def _takes(clause: Clause, view: View) -> bool:
    """Whether the request takes what a clause says at the read-back: «rather 60» corrects it, whatever it sounds like."""
    return bool(view.fits(clause, False) or (clause.values and view.fits(clause, True)))


def _claim(clause: Clause, view: View) -> str | None:
    """The task that claims a unit, or the first of the clauses in it that one claims."""
    if (clause.start, clause.end) in view.claims:
        return view.claims[clause.start, clause.end]
    inside = [(span, task) for span, task in view.claims.items() if clause.start <= span[0] and span[1] <= clause.end]
    return min(inside)[1] if inside else None


def _claimed(clause: Clause, view: View) -> Command | None:
    """A task says that the words are its own: they name one of the customer's parts, quotations or orders."""
    meant = _claim(clause, view)
    if meant is None:
        return None
    if view.running and view.task is not None and meant == view.task.name:
        return Fill(because(_claimed), clause, prose=not clause.asks)
    if view.running and not clause.asks and view.fits(clause, False) and not has(clause, *OWN_NUMBERS):
        return None
    return Start(because(_claimed), meant, clause)


def _taken_up(clause: Clause, view: View) -> Command | None:
    """A request that lies aside is called by its name: it goes on."""
    # What asks, or is not wanted, goes on with nothing.
    if not view.aside or clause.asks or "?" in clause.text or words("no").says(clause.text, "no", "not_send", "not"):
        return None
    named = [each for each in WISHES if each in view.aside and words("change").says(clause.text, f"wish_{each}")]
    return TakeUp(because(_taken_up), named[0], clause) if len(named) == 1 else None


def _renamed(clause: Clause, view: View) -> Command | None:
    """It is said which wish it is, in the midst of another: that one begins, with all that was told."""
    known = words("wishes")
    if not view.running or view.task is None or clause.asks or "?" in clause.text:
        return None
    task = view.task.name
    # «It is no complaint» names none.
    named = [each for each in WISHES if known.says(clause.text, f"is_{each}") and not known.near(clause.text, "none_of", f"is_{each}", 1)]  # fmt: skip
    said = [each for each in named if known.near(clause.text, "is_a", f"is_{each}", FEW)]
    if not said and clause.words <= NAMES_ANOTHER:
        said = [each for each in named if known.says(clause.text, "behind")]
    wanted = [each for each in named if known.near(clause.text, "wants_a", f"is_{each}", FEW)]
    if len(set(said or wanted)) != 1 or task in (said or wanted):
        return None
    return Start(because(_renamed), (said or wanted)[0], clause, leaves=bool(said))


def _other_order(clause: Clause, view: View) -> Command | None:
    """Another order than that of the request, in words of their own: it corrects nothing, and is answered or wanted apart."""
    if not view.running or not view.of_other_order(clause) or view.open == "order":
        return None
    if find(clause.text, "retracts") or intent(clause.act).kind in ("no", "steer"):
        return None
    likely = [(act, share) for act, share in clause.acts[:2] if share >= ANSWERED]
    wish = next((act for act, _ in likely if intent(act).kind == "task" and task_of_intent(act) != view.task), None)
    if wish and (dict(likely)[wish] >= WISHED or not states(clause)):
        return Start(because(_other_order), wish, clause)
    late = words("complaint").says(clause.text, "late") and not tells_fault(clause.text)
    asked = clause.asks and any(act in ORDERS for act, _ in likely)
    return Answer(because(_other_order), "order_status", clause) if late or asked else None


def _only_asks(clause: Clause, view: View) -> Command | None:
    """A question puts nothing in the place of what stands: «would RG7 be cheaper?», «what if it were 30?»"""
    if not view.running or not clause.asks or _wishes(clause) or not view.changes(clause):
        return None
    asked = intent(clause.act).kind == "question" and clause.sure >= LIKELY
    return Answer(because(_only_asks), clause.act, clause) if asked else Miss(because(_only_asks), clause)


def _same_request(clause: Clause, view: View) -> Command | None:
    """The wish again, or one that belongs to the request in progress: what it says is taken into it."""
    if not view.running or view.task is None or intent(clause.act).kind != "task" or clause.sure < LIKELY:
        return None
    within = task_of_intent(clause.act) == view.task or clause.act in view.task.covers
    return Fill(because(_same_request), clause, prose=_wants_words(view), within=clause.act) if within else None


def _other_task(clause: Clause, view: View) -> Command | None:
    """Another thing is to be done."""
    if intent(clause.act).kind != "task" or clause.sure < LIKELY:
        return None
    start = Start(because(_other_task), clause.act, clause)
    if not view.running:
        return or_close(start, clause, view)
    # «Put PO-1234 on it» gives the request in progress its number.
    own_po = "po" in view.fits(clause, False) and not has(clause, "order_no", "quotation_no")
    if has(clause, *OWN_NUMBERS) and not own_po:
        return start
    if clause.sure < SURE:
        return None
    if not clause.asks and (view.fits(clause, False) or (_wants_words(view) and _answers_open(clause, view))):
        # Values of the request in progress, or words for its open question; unless nobody says that there.
        here = Fill(because(_other_task), clause, prose=True)
        return Decide(because(_other_task), here, start) if intent(clause.act).elsewhere else None
    return start


def _agrees(clause: Clause, view: View) -> Command | None:
    """Agreement where something else was asked: it describes nothing, so the question stands."""
    if not view.running or view.at_read_back or view.question is None or view.question.yes_or_no:
        return None
    if not view.question.words and view.open in view.fits(clause, True):
        # Agreement to an alloy that was proposed is its answer.
        return None
    choices = {payload for _, payload in view.question.choices}
    return Miss(because(_agrees), clause) if "/affirm" not in choices and only_agrees(clause.text) else None


def _comes_back(clause: Clause, view: View) -> Command | None:
    """What was put aside just now, or was not to be sent, goes on: with a new value, with a yes, or «after all»."""
    # «Let's do it after all» takes back that it was put aside.
    after_all = (
        not clause.values and not clause.asks and find(clause.text, "after_all") and not find(clause.text, "not")
    )
    if view.refused and after_all:
        return Recap(because(_comes_back))
    if view.running or view.task is None or not view.parked_just_now or clause.asks or has(clause, "property"):
        return None
    # «I want to order 8 of ...» is another wish than the one that lies aside.
    other = task_of_intent(clause.act) if intent(clause.act).kind == "task" and clause.sure >= LIKELY else view.task
    if view.of_other_order(clause) and not _hardly_a_word(clause):
        return None
    other_wish = other != view.task or _claim(clause, view) not in (None, view.task.name)
    if other_wish and clause.act not in view.task.covers:
        return None
    if clause.values and view.fits(clause, True) and intent(clause.act).kind not in ("question", "courtesy", "person"):
        return Fill(because(_comes_back), clause, prose=True, resumes=True)
    yes = unqualified_yes(clause.text) and not merely_consents(clause.text)
    return Resume(because(_comes_back)) if yes or after_all else None


def _anew(clause: Clause, view: View) -> Command | None:
    """A request for castings that lies aside, or was dropped just now, is to begin anew with what is said now."""
    aside = view.task is not None and not view.running and view.task.of_figures_talked_of
    if not (aside or view.dropped_just_now) or not words("request").says(clause.text, "anew"):
        return None
    begins = view.task.starts[0] if aside and view.task else "place_order"
    another = _claim(clause, view) or (intent(clause.act).of_orders and has(clause, *OWN_NUMBERS))
    return None if another else Start(because(_anew), begins, clause, anew=True)


def _of_named_order(clause: Clause, view: View) -> Command | None:
    """What sounds like a question about the company and names an order: «do you have the certificate for SO-30412?»"""
    if view.running or intent(clause.act).name != "faq" or not has(clause, *OWN_NUMBERS):
        return None
    likely = ((act, share) for act, share in clause.acts if intent(act).of_orders and share >= FAINT)
    # What has something done is never begun on a faint likeness.
    act = next((act for act, share in likely if act not in _DOING_TASKS or share >= WISHED), None)
    return command_of(because(_of_named_order), act, clause) if act else None


def _asks_of_order(clause: Clause, view: View) -> Command | None:
    """In the midst of a request another order is asked after by its number: it is answered, and its numbers are none of the request's."""
    if not view.running or not has(clause, "order_no", "po_no") or view.open == "order" or _wishes(clause):
        return None
    wants = clause.asks or find(clause.text, "wants_to_know") is not None
    likely = clause.chance(*ORDERS) >= ANSWERED and not (intent(clause.act).kind == "task" and clause.sure >= LIKELY)
    return Answer(because(_asks_of_order), "order_status", clause) if wants and likely else None


def _reference(clause: Clause, view: View) -> Command | None:
    """Their own order number for what is talked of or was sent, which no order of theirs has: it is noted and not looked up."""
    told = [each for each in clause.values if each["entity"] == "po_no" and not each.get("known")]
    if (
        not view.signed_in
        or view.running
        or not told
        or clause.asks
        or {each["entity"] for each in clause.values} != {"po_no"}
    ):
        return None
    said = words("orders").says(clause.text, "own_reference")
    if clause.words > REFERENCE_WORDS or not (said or view.topic in ORDERED_AFTER or view.sent):
        return None
    return Add(because(_reference), clause) if view.sent else Talk(because(_reference), REFERENCE, clause)


def _set_right(clause: Clause, view: View) -> Command | None:
    """One value is said to be right and another of its kind not: «the alloy is RG7, not RG5» compares nothing."""
    if not view.running or "?" in clause.text:
        return None
    for each in clause.values:
        others = any(one["entity"] == each["entity"] and one.get("value") != each.get("value") for one in clause.values)
        if (
            others
            and closes(clause.text[: int(each.get("start", 0)) - clause.start], "set_against")
            and view.fits(clause, False)
        ):
            return Fill(because(_set_right), clause, prose=_wants_words(view))
    return None


def _looked_up(clause: Clause, view: View) -> Command | None:
    """An order is named and to be looked at, and nothing else is likely to be wanted of it."""
    named = has(clause, "order_no") and {each["entity"] for each in clause.values} <= {"order_no", "po_no", "email"}
    doubtful = clause.sure < LIKELY or intent(clause.act).name in ("faq", "inform", "out_of_scope", "nlu_fallback")
    if view.running or not named or not doubtful or not words("orders").says(clause.text, "looks_up"):
        return None
    wish = any(intent(act).kind == "task" and share >= WISHED for act, share in clause.acts)
    return None if wish else Answer(because(_looked_up), "order_status", clause)


def _question(clause: Clause, view: View) -> Command | None:
    """A question with an answer of its own."""
    if intent(clause.act).kind != "question" or clause.sure < LIKELY or _only_tells(clause):
        return None
    answer = Answer(because(_question), clause.act, clause)
    if not view.running:
        # «Which delivery address is on SO-30431?» says what is asked of the order.
        plain = clause.act in ORDERS and has(clause, "order_no") and set(facets_in(clause.text)) - {"papers"}
        return answer if plain else or_close(answer, clause, view)
    if clause.asks and clause.sure < SURE and strays(clause.act, clause.facet, clause.text):
        # What names nothing that is known of us goes along with the request.
        return None
    tells = view.question is not None and view.question.told(clause)
    if clause.sure >= SURE and not tells and not _wishes(clause) and clause.chance("inform") < ANSWERED:
        # «Er RG7 bedre på slitasje egentlig» asks, without a mark too; what it names is put nowhere.
        return answer
    if _compares(clause) and not _wishes(clause):
        return answer
    if (_wishes(clause) or states(clause)) and view.fits(clause, False):
        # «As early as possible» of a date is a wish.
        return None
    if clause.asks and not ("?" not in clause.text and opens(clause.text, "no_question")):
        return answer
    # What answers the open question in words is no question: «new parts as soon as possible».
    if clause.sure < SURE or (
        _any_statement(view) and (not view.fits(clause, False) or view.open in view.fits(clause, True))
    ):
        return None
    return answer


def _only_tells(clause: Clause) -> bool:
    """Whether it asks nothing and names nothing of what it is taken for a question about.

    «It turns slowly but with a heavy load» asks for no limits, «I write on behalf of a trust» for nothing of the company.
    """
    if clause.asks:
        return False
    if clause.act == "casting_limits":
        return not has(clause, *MEASURED) and not words("limits").says(clause.text, "at_large")
    return clause.sure < SURE and strays(clause.act, clause.facet, clause.text)


def _advice(clause: Clause, view: View) -> Command | None:
    """A question what a metal is like in use: colour, weather, rust, magnets, another metal beside it."""
    if not clause.asks or _wishes(clause) or has(clause, *MEASURED):
        return None
    of_metal = has(clause, "alloy", "alloy_group") or view.topic in ALLOY_TOPICS or view.running
    topics = topics_asked(clause.text, clause.entities, clause.start)
    likelier = (
        intent(clause.act).kind in ("question", "task") and clause.act not in ALLOY_TOPICS and clause.sure >= SURE
    )
    # «Does it go green outdoors?» after an answer about alloys asks nothing of the company.
    likelier = likelier and not (view.topic in ALLOY_TOPICS and intent(clause.act).name == "faq")
    return Answer(because(_advice), "alloy_property", clause) if topics and of_metal and not likelier else None


def _of_alloys(clause: Clause, view: View) -> Command | None:
    """A question that names alloys and no figure is about them, though it is not clear which of the questions it is."""
    figures = has(clause, *MEASURED, "date", "week", "lead", "number", "order_no", "part_no", "drawing_no")
    if not clause.asks or figures or not has(clause, "alloy", "alloy_group") or _wishes(clause):
        return None
    if intent(clause.act).kind == "question" and clause.sure >= LIKELY:
        return None
    likely = clause.chance(*ALLOY_TOPICS) >= HALF
    act = next((act for act, _ in clause.acts if act in ALLOY_TOPICS), None)
    return Answer(because(_of_alloys), act, clause) if likely and act else None


def _fact(clause: Clause, view: View) -> Command | None:
    """A question about the company of which the fact is clear, however it is worded."""
    if not clause.asks or clause.values or _wishes(clause) or words("request").says(clause.text, "meaning"):
        return None
    if clause.chance("explain") >= ANSWERED and not view.running:
        # «Where does that figure come from?» asks for no address and no origin of metal.
        return None
    read = intent(clause.act).name == "faq" and clause.facet is not None and not view.running
    likelier = intent(clause.act).kind in ("question", "task") and clause.sure >= SURE
    likely = None if likelier else plainly_asked(clause.text) or _close_fact(clause, view)
    topic = clause.act if read else surely_asked(clause.text) or likely
    return Answer(because(_fact), topic, clause) if topic else None


def _close_fact(clause: Clause, view: View) -> str | None:
    """The topic of the company that is about as likely as the likeliest reading, and whose fact the words name."""
    if view.running or clause.sure >= DOUBT or view.topic in ORDERS:
        return None
    near = [act for act, share in clause.acts[:2] if share >= CLOSE * clause.sure]
    close = [act for act in near if intent(act).name == "faq"]
    if len(close) < len(near) and find(clause.text, "joints"):
        # «What does freight cost, and when does it come?» asks both.
        return None
    return next((act for act in close if names_fact(act, clause.text)), None)


def _about_us(clause: Clause, view: View) -> Command | None:
    """About the assistant itself: a machine, help, language, identification."""
    asked = intent(clause.act).kind == "about" and clause.sure >= LIKELY
    # «My address is kari@...» where the address was asked for.
    answers = clause.values and view.running and _answers_open(clause, view)
    if asked and (answers or (view.running and states(clause) and view.fits(clause, False))):
        return None
    return Talk(because(_about_us), clause.act, clause) if asked else None


def _values(clause: Clause, view: View) -> Command | None:
    """Values of the request in progress, whatever is being asked."""
    if not view.running or not view.fits(clause, False) or _asks_outside(clause):
        return None
    if _supposes(clause):
        return None
    if clause.asks and has(clause, "alloy", "alloy_group") and not _wishes(clause) and not _hardly_a_word(clause):
        # «What does RG5 mean?» puts RG5 nowhere.
        asked = _likeliest_question(clause)
        return Answer(because(_question), asked, clause) if asked else FollowUp(because(_follow_up), clause)
    return Fill(because(_values), clause, prose=_wants_words(view) and not clause.asks)


def _supposes(clause: Clause) -> bool:
    """«What if I only need 20 later?» asks, and changes nothing."""
    return clause.asks and words("request").says(clause.text, "supposes")


def _wishes(clause: Clause) -> bool:
    """Whether a question is a wish: «can you make it 50?»"""
    lead = opens(clause.text.lstrip(), "wish_lead")
    return bool(lead and find(clause.text[lead.end() :], "wish_verb"))


def _compares(clause: Clause) -> bool:
    """Whether several alloys are set against each other: «RG5 vs RG7» is no choice between them."""
    several = len({each.get("value") for each in clause.values if each["entity"] in ("alloy", "alloy_group")}) > 1
    return several and clause.act == "alloy_comparison" and clause.sure >= SURE


def _likeliest_question(clause: Clause) -> str | None:
    """The likeliest meaning of a clause among questions that have an answer."""
    return next((act for act, _ in clause.acts if intent(act).kind == "question"), None)


def _words(clause: Clause, view: View) -> Command | None:
    """Words for the open question, which takes them."""
    if not view.running or clause.asks or not view.fits(clause, True):
        return None
    return Fill(because(_words), clause, prose=True)


def _asks_outside(clause: Clause) -> bool:
    """«Who won the match yesterday?»: the day is none of the request's."""
    return clause.asks and clause.act == "out_of_scope" and clause.sure >= SURE and not has(clause, *OF_A_CASTING)


def _material(clause: Clause, view: View) -> Command | None:
    """A metal or a thing that is not our business."""
    outside = clause.act == "out_of_scope" and clause.sure >= (SURE if view.running else LIKELY)
    return Answer(because(_material), "out_of_scope", clause) if _foreign(clause) or outside else None


def _follow_up(clause: Clause, view: View) -> Command | None:
    """A question with its subject left out, or a bare value: it belongs to what was answered before."""
    if view.running and (not clause.asks or _supposes(clause)):
        return None
    timed = has(clause, "date", "week") and {each["entity"] for each in clause.values} <= {"date", "week"}
    if not view.topic and timed and clause.asks and intent(clause.act).kind in ("question", "task"):
        # A time alone, with nothing answered before: it can only be what it sounds most like.
        return None
    bare = clause.values and (intent(clause.act).kind in VALUED or clause.sure < LIKELY)
    return FollowUp(because(_follow_up), clause) if bare else None


def _close(clause: Clause, view: View) -> Command | None:
    """Two readings are close: which one is asked, naming both."""
    if view.running or view.asked_back or clause.sure < 0.2 or clause.words < 2 or _only_tells(clause):
        return None
    if view.topic in ORDERS and view.of_an_order and clause.asks and not clause.values and clause.sure < HARDLY:
        # Something of the order that its status does not hold.
        return Answer(because(_close), "order_status", clause)
    for act, _ in clause.acts[:2]:
        command = command_of(because(_close), act, clause)
        if command is not None:
            return or_close(command, clause, view)
    return None


def _remark(clause: Clause, view: View) -> Command | None:
    """Words at the read-back that are no answer: kept as a remark and said as such."""
    if not view.at_read_back or clause.asks or clause.words < 3:
        return None
    if intent(clause.act).kind not in ("value", "outside") and not _hardly_agrees(clause):
        return None
    return Fill(because(_remark), clause, prose=True)


def _hardly_agrees(clause: Clause) -> bool:
    """Whether what might be a yes names a time: «in another quarter»."""
    return intent(clause.act).kind == "yes" and clause.sure < SURE and find(clause.text, "times") is not None


def _nothing(clause: Clause, view: View) -> Command:
    """Nothing was understood."""
    return Miss(because(_nothing), clause)


FOR_CLAUSE: tuple[Callable[[Clause, View], Command | None], ...] = (
    _word_asked, _yes_or_no, _exploring, _can_cast, _runs_weekly, _mused, _of_agreement, _of_shown, _paper_and_wish, _busy, _presses, _no_fault, _leaves, _taken_up, _renamed, _enough, _own_steer, _privacy, _kept_back, _other_order, _asks_of_wish, _of_request, _courtesy, _take_back, _anew, _comes_back, _agrees, _set_right, _reference, _after_sent, _next_order, _told_before, _reproach, _same, _left_to_us, _settles, _dearer, _which, _pointed, _next_week, _asks_on, _together, _goes_on, _price_of_shown, _looks_for_alloy, _bare_value, _no_person, _person, _other_metal, _own_slip, _money_claimed, _waited_in_vain, _asks_of_order, _claimed, _stop, _only_cancel, _postpone, _resume,
    _recap, _noted, _advice, _fact, _explain, _correct, _wrong_here, _yes, _no, _only_asks, _same_request, _other_task, _looked_up, _of_named_order, _of_alloys, _question, _about_us, _values, _words, _material, _follow_up, _remark, _close,
    _nothing,
)  # fmt: skip


def decide(clause: Clause, view: View) -> Command:
    """The command of one unit: that of the first rule that answers."""
    for rule in FOR_CLAUSE:
        found = rule(clause, view)
        if found is not None:
            return found
    raise AssertionError("the last rule answers everything")


def _wants_words(view: View) -> bool:
    return view.question is not None and view.question.words


def _any_statement(view: View) -> bool:
    return view.question is not None and view.question.any_statement


def _answers_open(clause: Clause, view: View) -> bool:
    return view.open in view.fits(clause, True)
