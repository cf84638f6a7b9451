"""Rules about greetings, partings and praise, about the assistant itself, and about what is put off to another time."""

from actions.dialogue.commands import OPENING, Command, Miss, Postpone, Talk
from actions.dialogue.rules.seen import BARE, CLOSING, FINE, NAMES_ANOTHER, answers_open, only_times, wishes
from actions.dialogue.view import LIKELY, SURE, View, because, states
from actions.form.words import find
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import kinds_of


def opening(reading: Reading, view: View) -> tuple[Command, ...]:
    """A talk begins with how busy or how new in the job one is: nothing is asked by it."""
    told = [each for each in reading.clauses if words("talk").says(each.text, "busy", "new_here")]
    if view.running or not told or "?" in reading.text or not only_times(reading.whole):
        return ()
    greets = ("greet", "thanks", "goodbye")
    others = [each for each in reading.clauses if each not in told and each.act not in greets and each.words > BARE]
    wants = any(wishes(each) or find(each.text, "wanted", "wants_to_know") for each in reading.clauses)
    return () if others or wants else (Talk(because(opening), OPENING, reading.whole),)


def praise(reading: Reading, view: View) -> tuple[Command, ...]:
    """Nothing but praise, consent or thanks after an answer that offered and asked nothing: «great then», «ok, cheers»."""
    kinds = kinds_of(reading.text)
    alone = bool(kinds & {"approval", "consent", "thanks"}) and not kinds & {"yes", "send"}
    if view.running or view.offered or view.sent or view.asked_back or not alone:
        return ()
    if not view.topic and "thanks" not in kinds:
        return ()
    return (Talk(because(praise), "thanks" if "thanks" in kinds else FINE, reading.whole),)


def parting(reading: Reading, view: View) -> tuple[Command, ...]:
    """A talk is ended: «that was all for now»."""
    whole = reading.whole
    ends = words("talk").says(reading.text, "that_was_all") and not whole.values and "?" not in reading.text
    if view.running or not ends or whole.words > CLOSING:
        return ()
    thanked = any(each.act == "thanks" for each in (whole, *reading.clauses))
    return (Talk(because(parting), "thanks" if thanked else "goodbye", whole),)


def another_time(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was spoken of is put off to another time."""
    whole = reading.whole
    later = not whole.values and "?" not in reading.text and whole.words <= CLOSING and not view.at_read_back
    if not later or not words("talk").says(reading.text, "another_time"):
        return ()
    return (Postpone(because(another_time)),) if view.running else (Talk(because(another_time), "postpone", whole),)


def elsewhere_first(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was told is taken to somebody on the customer's own side first: nothing more is wanted now."""
    whole = reading.whole
    taken = words("talk").says(reading.text, "takes_elsewhere") and "?" not in reading.text and not whole.asks
    if not taken or not only_times(whole) or whole.words > CLOSING:
        return ()
    return (
        (Postpone(because(elsewhere_first)),) if view.running else (Talk(because(elsewhere_first), "postpone", whole),)
    )


def all_courtesy(reading: Reading, view: View) -> tuple[Command, ...]:
    """Courtesy of several pieces, none of which says anything of its own: «takk skal du ha»."""
    whole = reading.whole
    alone = intent(whole.act).kind == "courtesy" and whole.sure >= SURE and not whole.values and "?" not in reading.text
    said = [each for each in reading.clauses if each.sure >= LIKELY and intent(each.act).kind != "courtesy"]
    alone = alone and len(reading.clauses) > 1 and not said and not view.running
    return (Talk(because(all_courtesy), whole.act, whole),) if alone else ()


def busy(clause: Clause, view: View) -> Command | None:
    """How busy or how new in the job one is, beside what is asked: nothing is asked by it."""
    told = words("talk").says(clause.text, "busy", "new_here") and clause.words <= NAMES_ANOTHER
    plain = told and not (clause.asks or "?" in clause.text) and only_times(clause)
    return Talk(because(busy), OPENING, clause) if plain and not view.running and not view.topic else None


def courtesy(clause: Clause, view: View) -> Command | None:
    """Courtesy that carries nothing else."""
    said = kinds_of(clause.text)
    if not view.running and "thanks" in said and said <= {"thanks", "beside"}:
        # «Thx» says so in so many words.
        return Talk(because(courtesy), "thanks", clause)
    alone = intent(clause.act).kind == "courtesy" and clause.sure >= LIKELY and not clause.values
    if not alone or (view.running and not clause.asks and view.fits(clause, True) and clause.sure < SURE):
        return None
    return Talk(because(courtesy), clause.act, clause)


def privacy(clause: Clause, view: View) -> Command | None:
    """What becomes of what is written here, or that it is to be deleted."""
    said = words("privacy").says(clause.text, "delete", "kept") and not words("privacy").says(clause.text, "other")
    return Talk(because(privacy), "privacy", clause) if said else None


def about_us(clause: Clause, view: View) -> Command | None:
    """About the assistant itself: a machine, help, language, identification."""
    asked = intent(clause.act).kind == "about" and clause.sure >= LIKELY
    # «My address is kari@...» where the address was asked for.
    answers = clause.values and view.running and answers_open(clause, view)
    if asked and (answers or (view.running and states(clause) and view.fits(clause, False))):
        return None
    return Talk(because(about_us), clause.act, clause) if asked else None


def nothing(clause: Clause, view: View) -> Command:
    """Nothing was understood."""
    return Miss(because(nothing), clause)
