"""Rules about anger and faults: what tells none, who is to pay, and what was waited for in vain."""

from actions.dialogue.commands import Answer, Both, Command, Fill, Miss, Start, TakeBack, Talk
from actions.dialogue.rules.seen import NO_FAULT
from actions.dialogue.view import OF_A_CASTING, SURE, View, because, command_of, has, of_goods
from actions.tasks.change.questions import presses
from actions.tasks.complaint.questions import claims_money, denies_fault, tells_defect, tells_fault
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: From so much on, something else is wanted beside a denial.
BESIDE_DENIAL = 0.3


def denies(reading: Reading, view: View) -> tuple[Command, ...]:
    """In the midst of a request it is said that nothing is faulty, or that it came from nobody here: it refuses nothing, and what is pressed for belongs to the request."""
    whole = reading.whole
    complains = view.running and view.task is not None and view.task.name == "complaint"
    if complains and words("complaint").says(reading.text, "not_ours") and not has(whole, *OWN_NUMBERS):
        return (TakeBack(because(denies)),)
    if not view.running or whole.values or not denies_fault(reading.text) or tells_defect(reading.text):
        return ()
    pressed = presses(reading.text, whole.entities, whole.asks)
    if complains:
        wish = pressed and view.of_an_order
        return (Start(because(denies), "change_order", whole, leaves=True) if wish else TakeBack(because(denies)),)
    if pressed:
        return (Fill(because(denies), whole, prose=True),)
    return (Talk(because(denies), NO_FAULT, whole),)


def no_fault(clause: Clause, view: View) -> Command | None:
    """It is said that nothing is faulty: what was begun as a complaint ends, and none begins."""
    if not denies_fault(clause.text) or tells_defect(clause.text):
        return None
    if view.running and view.task is not None and view.task.name == "complaint":
        return TakeBack(because(no_fault))
    likely = (act for act, share in clause.acts if act not in ("complaint", "deny") and share >= BESIDE_DENIAL)
    other = next((found for act in likely if (found := command_of(because(no_fault), act, clause))), None)
    if other is not None and not view.running:
        # «Nothing is wrong with them, but the invoice is missing»
        return other
    return None if view.running else Talk(because(no_fault), NO_FAULT, clause)


def own_slip(clause: Clause, view: View) -> Command | None:
    """A slip of the writer's own is no fault of goods: what is right follows."""
    slip = clause.act == "complaint" and words("talk").says(clause.text, "own_slip") and not clause.values
    came = of_goods(clause) or words("complaint").says(clause.text, "it_came")
    return Miss(because(own_slip), clause) if slip and not view.running and not came else None


def money_claimed(clause: Clause, view: View) -> Command | None:
    """Somebody is to pay for hours or a delay: a person decides that."""
    claimed = claims_money(clause.text) and not words("complaint").says(clause.text, "freight")
    if not claimed or view.running or (clause.act == "complaint" and tells_fault(clause.text)):
        return None
    return Talk(because(money_claimed), "money", clause)


def waited_in_vain(clause: Clause, view: View) -> Command | None:
    """Anger about a late delivery asks after the order, about a mail nobody answered is the enquiry: no fault is told."""
    known = words("complaint")
    asking = intent(clause.act).kind == "question" and (("?" in clause.text and clause.sure >= SURE) or view.sent)
    never = known.says(clause.text, "never_answered") and not asking and not has(clause, *OWN_NUMBERS)
    if not (clause.act == "complaint" or never) or view.running or tells_fault(clause.text):
        return None
    if never or known.says(clause.text, "unanswered"):
        regret = Talk(because(waited_in_vain), "unanswered", clause)
        if not has(clause, *OF_A_CASTING):
            return regret
        return Both(because(waited_in_vain), Talk(because(waited_in_vain), "regret", clause), Start(because(waited_in_vain), "place_order", clause))  # fmt: skip
    late = known.says(clause.text, "late", "asked_again")
    return Answer(because(waited_in_vain), "order_status", clause) if late else None
