"""What several rules look at: thresholds, the names of what is only told, and what can be seen of a clause where the talk stands."""

import re

from actions.dialogue.view import FEW, View, has, without_values
from actions.form.words import find, opens
from actions.tasks.change.musing import ends_in, muses, wonders
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause
from actions.turns.words import words

#: How likely «not now» must be where words could as well be an answer: a needless pause costs less than junk as an answer.
HALF = 0.5
#: Figures that put a casting itself in question, and not what it is made of.
MEASURED = ("quantity", "weight", "dimensions", "wall")
#: Tasks that tell something at once, and have nothing done.
TELLING_TASKS = ("price", "order_document")
#: From so much on what sounds like a question may be an answer to what was asked.
ANSWERED = 0.2
#: «When will I hear from you about that?» has no more words.
OF_WHAT_WAS_SENT = 12
#: «Try SO-30418 instead then» has no more words.
NAMES_ANOTHER = 8
#: How likely taking pieces of an alloy, or a wish beside a question, must be.
WISHED = 0.4
#: Requests of which it is asked whether they went: an order that was sent is the goods.
SENT = ("change_order", "complaint", "call_back")
#: A question about a wish has no more words.
OF_A_WISH = 16
#: «And send the call-back as well» has no more words.
FEW_OF_CALL = 9
#: The name of what answers whether a wish is gone.
GONE = "gone"
#: An alloy is settled on.
TAKEN = "alloy_taken"
#: What a change of an order would cost is asked.
MUSED = "mused"
#: An order that was only mused on is kept.
KEPT = "kept"
#: What stands in a certificate is asked.
CONTENTS = "paper_contents"
#: When the goods of the order in progress come is asked.
WHEN = "when"
#: It is said that nothing is faulty.
NO_FAULT = "no_fault"
#: An answer is found good.
FINE = "fine"
#: Wishes that say themselves what they cost.
ORDER_WISHES = ("change_order", "cancel_order")
#: A farewell has no more words.
CLOSING = 12
#: «What do you mean?» has no more words; nor has what stands beside «can you manage».
BARE = 3


def refuses_call(text: str) -> bool:
    """Whether nobody is to ring at all: «don't call before ten» only says when."""
    said = words("wishes")
    return said.says(text, "no_call") and not re.search(r"\d", text) and not said.says(text, "call_only_then")


def only_times(clause: Clause) -> bool:
    """Whether nothing but times is named: «today», «last week»."""
    return all(each["entity"] in ("date", "week", "lead", "number", "order_time") for each in clause.values)


def only_counts(clause: Clause) -> bool:
    """Whether nothing but numbers of pieces and times is named."""
    return all(each["entity"] in ("number", "quantity", "date", "week", "lead") for each in clause.values)


def musing(clause: Clause, view: View) -> bool:
    """Whether a clause asks what ending or changing an order would cost or mean, and it is no price of a part."""
    if not (clause.asks or "?" in clause.text) or has(clause, "part_no", "quotation_no", "weight"):
        return False
    if view.running and view.task is not None and view.task.name in ORDER_WISHES:
        # What the wish itself costs, it says itself.
        instead = view.task.name == "change_order" and muses(clause.text) and ends_in(clause.text)
        return instead or (view.of_other_order(clause) and wonders(clause.text))
    return muses(clause.text) and (has(clause, "order_no", "po_no") or view.of_an_order)


def points_at_orders(clause: Clause) -> bool:
    """Whether it points at orders that were shown or talked of."""
    return any(each["entity"] == "order_no" and each.get("reference") for each in clause.entities)


def hardly_a_word(clause: Clause) -> bool:
    """Whether hardly a word stands beside the values."""
    return len(re.findall(r"[^\W\d_]+", without_values(clause))) <= FEW


def takes(clause: Clause, view: View) -> bool:
    """Whether the request takes what a clause says at the read-back: «rather 60» corrects it, whatever it sounds like."""
    return bool(view.fits(clause, False) or (clause.values and view.fits(clause, True)))


def claim(clause: Clause, view: View) -> str | None:
    """The task that claims a unit, or the first of the clauses in it that one claims."""
    if (clause.start, clause.end) in view.claims:
        return view.claims[clause.start, clause.end]
    inside = [(span, task) for span, task in view.claims.items() if clause.start <= span[0] and span[1] <= clause.end]
    return min(inside)[1] if inside else None


def supposes(clause: Clause) -> bool:
    """«What if I only need 20 later?» asks, and changes nothing."""
    return clause.asks and words("request").says(clause.text, "supposes") and not proposes_lots(clause)


def proposes_lots(clause: Clause) -> bool:
    """«What about 20 first and the rest in the new year?»: a division that is proposed is wanted, and read back."""
    return has(clause, "share") and find(clause.text, "the_rest") is not None


def names_to_change(clause: Clause, view: View) -> bool:
    """Whether an answer of the request is named as one that is to change, and not to what: «I must change the weight»."""
    return bool(not clause.values and find(clause.text, "to_change") and view.names(clause))


def asks_of_one_time(clause: Clause) -> bool:
    """Whether a question names one time and no pieces: «can they be here in April?»"""
    times = [each for each in clause.values if each["entity"] in ("date", "week", "lead")]
    return clause.asks and len(times) == 1 and len(clause.values) == 1 and not proposes_lots(clause)


def wishes(clause: Clause) -> bool:
    """Whether a question is a wish: «can you make it 50?»"""
    if proposes_lots(clause):
        return True
    lead = opens(clause.text.lstrip(), "wish_lead")
    return bool(lead and find(clause.text[lead.end() :], "wish_verb"))


def likeliest_question(clause: Clause) -> str | None:
    """The likeliest meaning of a clause among questions that have an answer."""
    return next((act for act, _ in clause.acts if intent(act).kind == "question"), None)


def wants_words(view: View) -> bool:
    """Whether the open question takes words."""
    return view.question is not None and view.question.words


def answers_open(clause: Clause, view: View) -> bool:
    """Whether a clause, taken as meant for the open question, answers it."""
    return view.open in view.fits(clause, True)


def sent_asked(clause: Clause) -> str | None:
    """The request of which it is asked whether it was sent: «did the 30417 change go?», «er reklamasjonen sendt»."""
    said = words("wishes")
    asks = clause.asks or "?" in clause.text or said.begins_near(clause.text, "asks_past", 1)
    if not asks or clause.words > OF_A_WISH or has(clause, "quantity", "date", "week"):
        return None
    return next((each for each in SENT if said.near(clause.text, f"called_{each}", "went", FEW)), None)


def call_aside(clause: Clause, view: View) -> bool:
    """«And the call-back too»: the wish to be rung that lies aside is named; whoever gives a number asks to be rung anew."""
    plain = clause.words <= FEW_OF_CALL and not has(clause, "phone", "email", *OWN_NUMBERS)
    return "call_back" in view.aside and plain and words("wishes").says(clause.text, "called_call_back")


def orders_part(clause: Clause) -> bool:
    """«And order 20 P-1001 for week 20»: pieces of a part are ordered, and nothing of an order that is there is changed."""
    pieces = has(clause, "part_no") and has(clause, "quantity", "number") and not has(clause, "order_no")
    asks = clause.asks or "?" in clause.text
    return pieces and not asks and words("orders").begins_near(clause.text, "orders_anew", FEW)


def told_by_receipt(asked: Clause) -> bool:
    """Whether what is said of something sent tells it: by when it is answered, and what comes next."""
    return words("request").says(asked.text, "next", "what_else") or words("talk").says(asked.text, "answered_when")
