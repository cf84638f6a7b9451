"""Two readings that are about as likely: which one the words tell, or the question that names both."""

from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue.commands import Answer, Both, Command, Decide, Start
from actions.dialogue.decide import label_of
from actions.dialogue.in_context import only_sounds
from actions.dialogue.view import CLOSE, DOUBT, View, command_of, has
from actions.form.task import task_of_intent
from actions.form.words import find, opens
from actions.orders.facets import ORDERS
from actions.plan.melting import ASKED as MELTED
from actions.tasks.complaint.questions import tells_fault
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause
from actions.turns.words import words

#: Meanings whose handlers answer for each other: of alloys by those talked of, of open days by the days named.
_OF_ALLOYS, _OF_OPEN_DAYS = frozenset(ALLOY_TOPICS), frozenset({"capacity", "faq/contact"})
_OF_ORDERS = frozenset(ORDERS)
#: Questions that are answered with what a week melts, where that is asked.
_OF_A_WEEK = frozenset({"capacity", "casting_limits", "lead_time"})
#: What pieces of something had before are taken for.
_AGAIN = {"reorder", "place_order"}
#: An order is ended or changed; with one of these it is told to what.
_ENDS_OR_CHANGES, _FIGURES = {"cancel_order", "change_order"}, ("quantity", "number", "date", "week", "shift", "lead")
#: What stands where a paper or a fault is told: neither changes an order.
_AT_ONCE = ("order_document", "complaint")


def or_close(command: Answer | Start, clause: Clause, view: View) -> Command:
    """The command, or the question which of two is meant when another reading is about as likely."""
    if clause.sure >= DOUBT or view.asked_back or len(clause.acts) < 2:
        return command
    act, share = clause.acts[1]
    other = command_of("close", act, clause)
    if other is None:
        return command
    acts = {act, clause.act}
    if "place_order" in acts and opens(clause.text.lstrip(), "enquiry", "asks_to_quote"):
        # «Please quote 20 glands, they go in sea water» says what it is.
        return command if clause.act == "place_order" else other
    if acts == _AGAIN and words("orders").says(clause.text, "usual"):
        # «The usual, please» is what they had before.
        return command if clause.act == "reorder" else other
    if has(clause, *OWN_NUMBERS) and intent(act).of_orders != intent(clause.act).of_orders:
        # With an order named, the reading that is about orders is the likelier one.
        return command if intent(clause.act).of_orders else other
    if acts == _ENDS_OR_CHANGES and words("cancel").says(clause.text, "cancel") and not has(clause, *_FIGURES):
        # «SO-30417 må vi kanselere»: nothing says what else it is to be.
        return command if clause.act == "cancel_order" else other
    if _paper(acts, clause) or (clause.act == "complaint" and act in _OF_ORDERS and tells_fault(clause.text)):
        # «Can I get the drawing of 30402?» names a paper, and «they are all cracked» asks nothing.
        return command if clause.act in _AT_ONCE else other
    if _of_figures_asked_for(acts, clause, view):
        # «We need 800 kg, 60 pcs» after «is there room?» tells what room was asked for.
        return command if clause.act == view.topic else other
    if acts <= _OF_A_WEEK and all(asks(clause.text, each) for each in MELTED):
        # «How many kilos can you melt in a week?»: each of them answers that.
        return command
    if _covers(command, other):
        return other
    far = share < CLOSE * clause.sure and not only_sounds(clause)
    if _covers(other, command) or far or label_of(other) == label_of(command):
        return command
    if has(clause, "alloy", "temper") and acts & _OF_ALLOYS and "faq" in {intent(each).name for each in acts}:
        # What names an alloy or a temper is about alloys rather than about the company.
        return command if clause.act in _OF_ALLOYS else other
    if acts == _OF_ORDERS and has(clause, "date", "week"):
        # «What comes this month?» asks for a list.
        return Answer("close", "order_list", clause)
    if acts <= _OF_ALLOYS or acts <= _OF_OPEN_DAYS:
        # Their handlers know from what is named which is meant.
        return command
    if isinstance(command, Answer) and isinstance(other, Answer) and clause.asks and find(clause.text, "joints"):
        return Both("close", command, other)
    return Decide("close", command, other)


def _of_figures_asked_for(acts: set[str], clause: Clause, view: View) -> bool:
    """Whether a wish tells only the figures that the answer about room or lead time has just asked for."""
    kinds = {each["entity"] for each in clause.values}
    asked = view.topic in _OF_A_WEEK and acts == {view.topic, "place_order"}
    told = kinds and kinds <= view.topics.get(view.topic, frozenset()) and not find(clause.text, "wanted")
    return asked and bool(told)


def _paper(acts: set[str], clause: Clause) -> bool:
    """Whether a paper of a named order is asked for rather than another state of the order."""
    asked = acts == {"order_document", "change_order"} and clause.asks and has(clause, *OWN_NUMBERS)
    return asked and not find(clause.text, "to_change")


def _covers(narrow: Command, wide: Command) -> bool:
    """Whether one wish is answered along the way of another: a quotation holds the price."""
    if not isinstance(narrow, Start) or not isinstance(wide, Start):
        return False
    task = task_of_intent(wide.intent)
    return task is not None and narrow.intent in task.covers
