"""Rules about what is said to a read-back: a yes, with or without a reservation, a no, a remark."""

import re

from actions.dialogue.commands import (
    Accept,
    Command,
    Confirm,
    Correct,
    Decline,
    Enough,
    Fill,
    Postpone,
    Refuse,
    Resume,
    Talk,
)
from actions.dialogue.read_back import part, pieces_of, polite, yes_by_pieces
from actions.dialogue.rules.seen import names_to_change, takes
from actions.dialogue.view import LIKELY, SURE, View, because, of_goods
from actions.form.words import find
from actions.turns.conduct import borne_out
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import kinds_of, merely_consents, tells_to_send, unqualified_yes

#: How likely a reservation must be at the read-back, where a needless pause costs less than a wish nobody has.
RESERVED = 0.3
#: «I am on 906 73 442» has no more words.
NUMBER_WORDS = 10
#: A remark at the read-back has no fewer words.
REMARK = 3
#: What beside a yes says that something else is wanted.
_WANTS_MORE = ("question", "task", "no", "steer", "person")


def clear_yes(reading: Reading, view: View) -> tuple[Command, ...]:
    """An unqualified yes to what was just read back, courtesy beside it or not: it is sent."""
    return (Confirm(because(clear_yes)),) if yes_by_pieces(reading, view) else ()


def yes_and_more(reading: Reading, view: View) -> tuple[Command, ...]:
    """A clear yes with something to be added beside it: it is taken in and read back once more, and nothing is sent yet."""
    if not view.asked_to_send or view.task is None:
        return ()
    told = list(pieces_of(reading))
    yes = [each for each in told if kinds_of(each.text, view.task.name) & {"yes", "send"}]
    more = [each for each in reading.clauses if _adds(each, view)]
    if told[0] not in yes or not more or "?" in reading.text or any(each.values for each in reading.clauses):
        return ()
    if any(intent(each.act).kind in _WANTS_MORE and each.sure >= LIKELY for each in more):
        return ()
    if any(names_to_change(each, view) for each in more):
        # «Yes, but I must change the weight» tells nothing to take in: to what is asked.
        return ()
    return tuple(Fill(because(yes_and_more), _behind_yes(each, view), prose=True) for each in more)


def _adds(clause: Clause, view: View) -> bool:
    """Whether a clause says to take something in, or tells something that is neither a yes nor courtesy."""
    task = view.task.name if view.task else ""
    pieces = pieces_of(Reading(clause, (clause,)))
    if all(kinds_of(each.text, task) or polite(each, each.text) for each in pieces):
        return False
    tells = clause.words >= REMARK and intent(clause.act).kind in ("value", "outside")
    return tells or words("no").says(clause.text, "adds")


def _behind_yes(clause: Clause, view: View) -> Clause:
    """What is said in a clause behind the yes it begins with."""
    task = view.task.name if view.task else ""
    left = [each for each in pieces_of(Reading(clause, (clause,))) if not kinds_of(each.text, task)]
    start = left[0].start - clause.start if left else 0
    lead = re.match(r"\W+", clause.text[start:])
    return part(clause, start + (lead.end() if lead else 0), len(clause.text))


def reservation(reading: Reading, view: View) -> tuple[Command, ...]:
    """A yes with a reservation at the read-back: it is kept, and nothing is sent."""
    if not view.at_read_back or any(each.values for each in reading.clauses) or view.fits(reading.whole, False):
        return ()
    said = (*reading.clauses, reading.whole)
    if "?" in reading.text and not borne_out(reading.text, "later", "stop"):
        # «Wait, have I not got some on order already?» is answered, and it is asked again whether to send.
        return ()
    # «What happens after I confirm» asks.
    waits = any(each.act == "postpone" and each.sure >= (LIKELY if each.asks else RESERVED) for each in said)
    agrees = any(intent(each.act).kind == "yes" for each in said) and not reading.whole.asks
    waits = waits or (agrees and find(reading.text, "pauses") is not None)
    return (Postpone(because(reservation)),) if waits else ()


def send_now(reading: Reading, view: View) -> tuple[Command, ...]:
    """«Yes, send it» before everything is asked: the request takes it as a whole, if it can go as it is."""
    if not view.running or view.at_read_back or not tells_to_send(reading.text):
        return ()
    if view.steers(reading.whole):
        return (Fill(because(send_now), reading.whole, prose=True),)
    # Where pictures are asked for, «yes, I'll send them» answers that.
    files = view.question is not None and view.question.file is not None
    return (Enough(because(send_now)),) if view.task and view.task.keeps_words and not files else ()


def kind_yes(reading: Reading, view: View) -> tuple[Command, ...]:
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
    named = [Fill(because(kind_yes), each) for each in others if view.fits(each, False)]
    return () if wants_more else (*named, Confirm(because(kind_yes)))


def wrong_here(clause: Clause, view: View) -> Command | None:
    """Something is wrong with what was read back: no goods that came are spoken of."""
    if not view.at_read_back or clause.act != "complaint" or (view.task is not None and view.task.name == clause.act):
        return None
    if of_goods(clause):
        return None
    if view.fits(clause, False):
        return Fill(because(wrong_here), clause, prose=True)
    return Correct(because(wrong_here), clause) if clause.sure >= LIKELY else None


def yes(clause: Clause, view: View) -> Command | None:
    """Yes to a question of the request, or to what was offered."""
    if intent(clause.act).kind != "yes" or clause.sure < LIKELY:
        return None
    if view.at_read_back:
        # Qualified by what else was said: never sent. What else was said decides; alone, it is asked again.
        if takes(clause, view) or _hardly_agrees(clause):
            return None
        # «Ok, thanks» ends a talk as often as it sends.
        thanks = "thanks" in kinds_of(clause.text)
        return Talk(because(yes), "thanks", clause) if thanks else Resume(because(yes))
    if view.running:
        return Fill(because(yes), clause, prose=True)
    if clause.values or clause.asks:
        return None
    return Accept(because(yes))


def no(clause: Clause, view: View) -> Command | None:
    """No to a question of the request, to the read-back, or to what was offered."""
    if intent(clause.act).kind != "no" or clause.sure < LIKELY or (clause.values and not view.running):
        return None
    if view.at_read_back:
        if takes(clause, view):
            return None
        # Nothing is to be different either: it lies aside.
        return Postpone(because(no)) if view.refused else Refuse(because(no))
    return Fill(because(no), clause, prose=True) if view.running else Decline(because(no))


def remark(clause: Clause, view: View) -> Command | None:
    """Words at the read-back that are no answer: kept as a remark and said as such."""
    if not view.at_read_back or clause.asks or clause.words < REMARK:
        return None
    if intent(clause.act).kind not in ("value", "outside") and not _hardly_agrees(clause):
        return None
    return Fill(because(remark), clause, prose=True)


def _hardly_agrees(clause: Clause) -> bool:
    """Whether what might be a yes names a time: «in another quarter»."""
    return intent(clause.act).kind == "yes" and clause.sure < SURE and find(clause.text, "times") is not None
