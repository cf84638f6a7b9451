"""Rules about which task it is: one begins, is renamed, is taken back, lies aside or comes back."""

from actions.dialogue.close import or_close
from actions.dialogue.commands import Answer, Command, Decide, Fill, Recap, Resume, Start, TakeBack, TakeUp, Talk
from actions.dialogue.rules.seen import (
    GONE,
    NAMES_ANOTHER,
    OF_A_WISH,
    answers_open,
    call_aside,
    claim,
    hardly_a_word,
    sent_asked,
    wants_words,
)
from actions.dialogue.view import FEW, LIKELY, SURE, View, because, has
from actions.form.task import task_of_intent
from actions.form.words import find
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause
from actions.turns.words import words
from actions.turns.yes import merely_consents, unqualified_yes

#: Wishes whose name is asked for.
WISHES = ("cancel_order", "change_order", "reorder", "complaint", "quote_request")
#: The wish to be rung, and what was sent in this talk, whatever it was.
CALL, SENT = "call_back", "sent"


def leaves(clause: Clause, view: View) -> Command | None:
    """What is in progress was begun in anger and tells no fault; something else is wanted."""
    wanted = view.left_for(clause) if view.running else None
    return Start(because(leaves), wanted, clause) if wanted else None


def asks_of_wish(clause: Clause, view: View) -> Command | None:
    """Whether a wish that was spoken of is gone, or still there: asked, and never begun anew by that."""
    sent = sent_asked(clause)
    if sent:
        return Talk(because(asks_of_wish), f"{GONE}/{sent}", clause)
    if not (clause.asks or "?" in clause.text) or has(clause, "quantity", "date", "week"):
        return None
    said, called = words("change"), words("wishes")
    if called.says(clause.text, "was_changed"):
        return Talk(because(asks_of_wish), f"{GONE}/change_order", clause)
    went = said.says(clause.text, "went") and clause.words <= OF_A_WISH
    if went and said.says(clause.text, f"wish_{CALL}"):
        return Talk(because(asks_of_wish), f"{GONE}/{CALL}", clause)
    if has(clause, *OWN_NUMBERS):
        return None
    named = next((each for each in WISHES if said.says(clause.text, f"wish_{each}")), "")
    gone = said.says(clause.text, "gone") or (bool(named) and went)
    of_order = intent(clause.act).of_orders and clause.sure >= LIKELY and (view.signed_in or view.of_an_order)
    if said.says(clause.text, "went_off") and not named and view.sent and not clause.values and not of_order:
        # «Did the other one go off?»: what was sent here is told.
        return Talk(because(asks_of_wish), f"{GONE}/{SENT}", clause)
    # Right after it was dropped, whatever is asked of it by its name asks whether it is gone.
    asked = (named and (gone or view.dropped_just_now)) or (gone and view.dropped_just_now)
    if not asked or clause.words > OF_A_WISH:
        return None
    return Talk(because(asks_of_wish), f"{GONE}/{named}", clause)


def take_back(clause: Clause, view: View) -> Command | None:
    """A wish is withdrawn."""
    other = has(clause, "date", "week", "quantity", "shift", "lead", "number")
    if clause.act == "take_back" and clause.sure >= LIKELY and claim(clause, view) != "cancel_order":
        if _own_note(clause, view):
            # «Leave the second one as it is»: the others are still wanted.
            return Fill(because(take_back), clause, prose=True)
        if other and not clause.asks and (not view.running or (view.task is not None and view.task.ends_with_no)):
            # «We cancel nothing, just push it to week 20» is a change.
            return Start(because(take_back), "change_order", clause)
        return TakeBack(because(take_back))
    # «Please don't cancel it» sounds like a cancellation; a new date beside it is a change.
    negated = intent(clause.act).of_orders and words("change").says(clause.text, "withdrawn") and not clause.asks
    # «Do not cancel it, just wait with the casting» is a wish of its own.
    negated = negated and claim(clause, view) is None
    return TakeBack(because(take_back)) if negated and not view.running and not other else None


def _own_note(clause: Clause, view: View) -> bool:
    """Whether the running task reads something there that answers none of its questions."""
    asked = {each.name for each in view.task.questions} if view.task else set()
    return view.running and bool(view.fits(clause, False) - asked - {"*"})


def claimed(clause: Clause, view: View) -> Command | None:
    """A task says that the words are its own: they name one of the customer's parts, quotations or orders."""
    meant = claim(clause, view)
    if meant is None:
        return None
    if view.running and view.task is not None and meant == view.task.name:
        return Fill(because(claimed), clause, prose=not clause.asks)
    if view.running and not clause.asks and view.fits(clause, False) and not has(clause, *OWN_NUMBERS):
        return None
    return Start(because(claimed), meant, clause)


def taken_up(clause: Clause, view: View) -> Command | None:
    """A request that lies aside is called by its name: it goes on."""
    # What asks, or is not wanted, goes on with nothing.
    if (
        not view.aside
        or sent_asked(clause)
        or clause.asks
        or "?" in clause.text
        or words("no").says(clause.text, "no", "not_send", "not")
    ):
        return None
    named = [each for each in WISHES if each in view.aside and words("change").says(clause.text, f"wish_{each}")]
    named += [CALL] if call_aside(clause, view) else []
    return TakeUp(because(taken_up), named[0], clause) if len(named) == 1 else None


def renamed(clause: Clause, view: View) -> Command | None:
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
    return Start(because(renamed), (said or wanted)[0], clause, leaves=bool(said))


def other_task(clause: Clause, view: View) -> Command | None:
    """Another thing is to be done."""
    if intent(clause.act).kind != "task" or clause.sure < LIKELY:
        return None
    start = Start(because(other_task), clause.act, clause)
    if not view.running:
        return or_close(start, clause, view)
    if clause.act == "price" and view.task is not None and view.task.name == "reorder":
        # What it costs is asked of the order, which stays what is open.
        return Answer(because(other_task), "price", clause)
    # «Put PO-1234 on it» gives the request in progress its number.
    own_po = "po" in view.fits(clause, False) and not has(clause, "order_no", "quotation_no")
    if has(clause, *OWN_NUMBERS) and not own_po:
        return start
    if clause.sure < SURE:
        return None
    if not clause.asks and (view.fits(clause, False) or (wants_words(view) and answers_open(clause, view))):
        # Values of the request in progress, or words for its open question; unless nobody says that there.
        here = Fill(because(other_task), clause, prose=True)
        return Decide(because(other_task), here, start) if intent(clause.act).elsewhere else None
    return start


def comes_back(clause: Clause, view: View) -> Command | None:
    """What was put aside just now, or was not to be sent, goes on: with a new value, with a yes, or «after all»."""
    # «Let's do it after all» takes back that it was put aside.
    after_all = (
        not clause.values and not clause.asks and find(clause.text, "after_all") and not find(clause.text, "not")
    )
    if view.refused and after_all:
        return Recap(because(comes_back))
    if view.running or view.task is None or not view.parked_just_now or clause.asks or has(clause, "property"):
        return None
    # «I want to order 8 of ...» is another wish than the one that lies aside; «I want to order them after all» hardly.
    likely = clause.sure >= (SURE if after_all else LIKELY)
    other = task_of_intent(clause.act) if intent(clause.act).kind == "task" and likely else view.task
    if view.of_other_order(clause) and not hardly_a_word(clause):
        return None
    other_wish = other != view.task or claim(clause, view) not in (None, view.task.name)
    if other_wish and clause.act not in view.task.covers:
        return None
    if clause.values and view.fits(clause, True) and intent(clause.act).kind not in ("question", "courtesy", "person"):
        return Fill(because(comes_back), clause, prose=True, resumes=True)
    if intent(clause.act).kind == "value" and clause.sure >= LIKELY and view.fits(clause, True):
        return Fill(because(comes_back), clause, prose=True, resumes=True)
    yes = unqualified_yes(clause.text) and not merely_consents(clause.text)
    return Resume(because(comes_back)) if yes or after_all else None


def anew(clause: Clause, view: View) -> Command | None:
    """A request for castings that lies aside, or was dropped just now, is to begin anew with what is said now."""
    aside = view.task is not None and not view.running and view.task.of_figures_talked_of
    if not (aside or view.dropped_just_now) or not words("request").says(clause.text, "anew"):
        return None
    begins = view.task.starts[0] if aside and view.task else "place_order"
    another = claim(clause, view) or (intent(clause.act).of_orders and has(clause, *OWN_NUMBERS))
    return None if another else Start(because(anew), begins, clause, anew=True)
