"""Small talk and questions about the assistant itself."""

from actions.alloys.subject import offer_person
from actions.orders.words import IDENTIFY
from actions.turns.starts import offer_starts
from actions.turns.turn import Turn

#: What is said where nothing is in progress that could be stopped, put off or undone.
PLAIN = ("deny", "goodbye", "thanks", "stop_task", "postpone", "will_wait", "regret", "exploring", "no_call")
#: How a word that is asked for is named.
WORD = "word/"


def talk(turn: Turn, act: str) -> None:
    """One text a meaning."""
    known = "" if turn.identity is None else "_known"
    if act in ("greet", "help"):
        turn.say(f"utter_{act}{known}")
        if not turn.slot("question"):
            offer_starts(turn)
    elif act == "bot_challenge":
        turn.say("utter_bot_challenge")
        offer_person(turn)
    elif act == "identify":
        turn.say(f"utter_identify{known}")
        if not known:
            turn.offer(IDENTIFY)
    elif act in ("will_wait", "stop_task") and turn.waiting:
        turn.say("utter_stop_waiting")
    elif act.startswith(WORD):
        turn.say(f"utter_word_{act.removeprefix(WORD)}")
    elif act == "unanswered":
        turn.say("utter_unanswered")
        turn.offer({"reply": "utter_start_choice_quote"}, {"reply": "utter_start_choice_order"})
        offer_person(turn)
    elif act == "design":
        turn.say("utter_design_judged")
        offer_person(turn)
    elif act == "money":
        turn.say("utter_money")
        offer_person(turn)
    elif act in PLAIN:
        turn.say(f"utter_{act}")
