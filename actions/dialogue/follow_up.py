"""A bare value or a question with its subject left out («og i T6?»): answered as the question it belongs to."""

from actions.alloys.subject import ALLOY_TOPICS, offer_person
from actions.dialogue.references import PLANNED
from actions.orders.period import asks_back
from actions.orders.status import NUMBER_FROM
from actions.turns.fallback import not_understood
from actions.turns.handler import handlers
from actions.turns.question_words import asks
from actions.turns.starts import offer_starts
from actions.turns.turn import Turn
from bot.common.spans import time_of

#: Questions that a time alone goes on with; a time alone has no more words.
NO_MORE_THAN_A_TIME = 3
QUOTE = {"reply": "utter_start_choice_quote", "payload": "/place_order"}
#: So many signs of a message are said back.
QUOTED = 120
#: Questions about the company are no topic that values belong to; only what was told just now is asked on about.
COMPANY = "faq"
#: What a bare value asks when nothing was talked of: the first kind of value that is there decides.
BY_VALUE = (
    ("order_no", "order_status"),
    ("po_no", "order_status"),
    ("part_no", "order_status"),
    ("week", "capacity"),
    ("bad_week", "capacity"),
    ("foreign_material", "alloy_offered"),
    ("unknown_alloy", "alloy_offered"),
    ("alloy_group", "alloy_property"),
    ("property", "alloy_property"),
)


def question_of(turn: Turn) -> str:
    """The question a value belongs to: the one before when it uses such values, else what the value itself asks."""
    earlier = turn.before.topic
    names = {entity["entity"] for entity in turn.entities} - {"language"}
    if any(each.get("reference") == "then" for each in turn.entities):
        return "lead_time"
    if "weight" in names and asks(turn.text, "how_many"):
        return "casting_limits"
    if handlers()[COMPANY].goes_on(turn):
        return COMPANY
    handler = handlers().get(earlier)
    if handler and (names & set(handler.uses) or handler.goes_on(turn)):
        return earlier
    if asks_back(turn.text) and names & {"date", "week"}:
        return "order_list"
    by_value = next((intent for name, intent in BY_VALUE if name in names), "")
    if by_value == "capacity" and _tells_time(turn):
        return ""
    if by_value:
        return by_value
    if names == {"number"} and turn.text.strip().isdigit() and int(turn.text) >= NUMBER_FROM:
        # Of a stranger nobody knows which numbers are theirs.
        return "order_status"
    # «30409, Fjellvik Pumper» beside who one is names no use of an alloy.
    if "application" in names and (turn.asks or turn.before.topic in ALLOY_TOPICS or not turn.slot("before_proof")):
        return "alloy_property" if turn.about("alloy") else "alloy_recommendation"
    if {"quantity", "weight"} <= names or ({"quantity", "alloy"} <= names):
        return "lead_time"
    return ""


def _tells_time(turn: Turn) -> bool:
    """«Week 15 would be nice» tells when something is wanted: no overview of the week is asked for."""
    return not turn.asks and turn.before.topic not in PLANNED and len(turn.text.split()) > NO_MORE_THAN_A_TIME


def what_about(turn: Turn) -> None:
    """Ask what a value is for."""
    times = turn.said("week", "date")
    if times and {entity["entity"] for entity in turn.entities} <= {"language", "week", "date"} and _tells_time(turn):
        turn.say("utter_what_about_time", time=time_of(times[0]))
        turn.offer(QUOTE)
        offer_person(turn)
        return
    named = turn.said("alloy")
    if named:
        turn.remember("alloy_property", ("alloy", "temper"))
        name = turn.text[named[0]["start"] : named[0]["end"]]
        turn.say("utter_what_about_alloy", name=name)
        for choice in ("strength", "uses", "lead_time"):
            turn.offer({"reply": f"utter_choice_alloy_{choice}", "name": name})
        return
    if {entity["entity"] for entity in turn.entities} <= {"language"}:
        not_understood(turn)
        return
    if turn.waiting:
        turn.say("utter_what_about_waiting", words=" ".join(turn.text.split()))
        return
    reach = turn.said("email", "phone")
    if reach and {each["entity"] for each in turn.entities} <= {"language", "email", "phone"}:
        _say_reach_noted(turn, str(reach[0]["value"]))
        return
    if turn.count_miss() > 1:
        turn.say("utter_not_understood_again" if turn.hand_over("not_understood") else "utter_not_understood_waiting")
        return
    turn.say("utter_what_about", words=_shortened(turn.text))
    offer_starts(turn)
    turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def _say_reach_noted(turn: Turn, reach: str) -> None:
    """Where somebody can be reached is noted; what it is about is asked only where nothing was talked of."""
    if turn.slot("before_proof"):
        turn.say("utter_reach_noted", reach=reach)
    elif turn.before.empty:
        turn.say("utter_what_about_reach", reach=reach)
        offer_starts(turn)
    else:
        turn.say("utter_reach_noted", reach=reach)
        turn.say("utter_reach_noted_next", join=" ")
        turn.offer(
            {"reply": "utter_start_choice_quote", "payload": "/place_order"},
            {"reply": "utter_choice_human", "payload": "/human"},
        )


def _shortened(text: str) -> str:
    """Words of the customer as they are said back."""
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()} …"
