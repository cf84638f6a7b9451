"""Rules about a clear yes with something beside it: what changes nothing lets it be sent, and is seen to after that.

So does one that comes before everything is asked: the rest stays open, and it is read back.
"""

from dataclasses import dataclass, field

from actions.dialogue.commands import Add, Answer, Command, Confirm, Enough, Fill, Recap, Start, TakeUp
from actions.dialogue.read_back import idle, part, pieces_of, polite, weary, yes_by_pieces
from actions.dialogue.rules.dropping import without
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.rules.refusal import ended
from actions.dialogue.rules.seen import TELLING_TASKS, names_to_change, only_times, orders_part, told_by_receipt, wishes
from actions.dialogue.view import SURE, View, because, has, joined
from actions.form.matter import asks_of_the_talk
from actions.form.task import task_of_intent
from actions.form.words import find
from actions.turns.ground import OWN_NUMBERS
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import kinds_of, tells_to_send

#: «I am on 906 73 442» has no more words.
NUMBER_WORDS = 10
#: «And the cores» has no more words.
MORE_WORDS = 4
#: What goes along with a yes, and what sets it apart.
_YES = {"yes", "send"}
#: Requests for castings: what is ordered beside one of them may be meant for it.
_OF_CASTINGS = {"quote_request", "reorder"}


@dataclass
class _Beside:
    """What the clauses beside a yes ask to be done: before it is sent, and after that."""

    before: list[Command] = field(default_factory=list)
    after: list[Command] = field(default_factory=list)
    yes: bool = False
    #: Whether it is told to send it in so many words.
    sends: bool = False


def yes_beside(reading: Reading, view: View) -> tuple[tuple[Command, ...], Reading | None, View]:
    """A clear yes with what changes nothing of what was read back: it is sent, and the rest is seen to after that.

    Beside it may stand a question to the company or when it is answered, words to those who read it, and a number to ring.
    What may change the request, or put it in doubt, sends nothing. What is said from another order or another request on is a
    message of its own, and is returned with where the talk stands then.
    """
    if not view.asked_to_send or view.task is None or yes_by_pieces(reading, view):
        return (), reading, view
    said = [each for clause in reading.clauses for each in _behind_yes(clause, view)]
    other = next(
        (at for at, each in enumerate(said) if _of_an_order(each, view) or (at and _of_another(each, view))), len(said)
    )
    found = _Beside()
    if not all(_takes(each, view, reading, found) for each in said[:other]) or not found.yes:
        return (), reading, view
    return (*found.before, Confirm(because(yes_beside)), *found.after), without(reading, said[other:]), ended(view)


def _of_an_order(clause: Clause, view: View) -> bool:
    """Whether a clause is about an order that the request is not about."""
    of_none = view.task is not None and view.task.question("order") is None
    return view.of_other_order(clause) or (of_none and has(clause, "order_no") and "?" in clause.text)


def _behind_yes(clause: Clause, view: View) -> list[Clause]:
    """A clause, cut behind the yes it begins with where another matter follows: «yes send, and the call-back too»."""
    task = view.task.name if view.task else ""
    pieces = list(pieces_of(Reading(clause, (clause,))))
    if len(pieces) < 2 or not kinds_of(pieces[0].text, task) & _YES:
        return [clause]
    cut = pieces[1].start - clause.start
    rest = part(clause, cut, len(clause.text))
    lead = len(rest.text) - len(rest.text.lstrip(" ,.;!–-"))
    rest = part(clause, cut + lead, len(clause.text))
    return [part(clause, 0, cut), rest] if _of_another(rest, view) else [clause]


def _of_another(clause: Clause, view: View) -> bool:
    """Whether a clause begins another matter: it names another order, or begins another request, which this yes is not about."""
    if view.of_other_order(clause):
        return True
    if view.task is None or words("sending").says(clause.text, "instead") or view.steers(clause):
        return False
    if orders_part(clause):
        return view.task.name not in _OF_CASTINGS
    apart = words("sending").says(clause.text, "sets_apart")
    command = decide(clause, ended(view))
    if isinstance(command, TakeUp):
        return True
    if isinstance(command, Start):
        other = task_of_intent(command.intent)
        same = other is None or other.name == view.task.name or command.intent in view.task.covers
        remedy = words("complaint").says(clause.text, "remedy") and not has(clause, "part_no", "date", "week")
        wished = remedy and view.task.name == "complaint"
        both_castings = {view.task.name, other.name if other else ""} <= _OF_CASTINGS
        named = apart or has(clause, *OWN_NUMBERS, "part_no", "agreement_no")
        return not (same or wished or both_castings) and (
            named or (clause.sure >= SURE and command.intent not in TELLING_TASKS)
        )
    return isinstance(command, Answer) and apart and has(clause, *OWN_NUMBERS)


def _takes(clause: Clause, view: View, reading: Reading, found: _Beside) -> bool:
    """Take a clause in; False where it may change the request, or put it in doubt."""
    kinds = _kinds(clause, view)
    if kinds is None and (cut := _to_readers(clause, view)):
        found.yes = found.sends = True
        found.after.append(Add(because(yes_beside), cut))
        return True
    if kinds is not None:
        found.yes = found.yes or bool(kinds & _YES)
        found.sends = found.sends or "send" in kinds
        return True
    if _goes_on(clause, found):
        last = found.after[-1]
        found.after[-1] = Add(last.because, joined(last.clause, clause, reading))  # type: ignore[attr-defined]
        return True
    if (
        {each["entity"] for each in clause.values} == {"phone"}
        and clause.words <= NUMBER_WORDS
        and "?" not in clause.text
    ):
        found.before.append(Fill(because(yes_beside), clause))
        return not words("no").says(clause.text, "qualifies", "no")
    if weary(clause):
        return True
    if not found.yes:
        # «Is the weight right? Then send it» is answered first.
        return _of_answer(clause)
    after = _after_sending(clause, view)
    found.after += after or []
    # What else is asked is answered after sending, or goes along to what was sent (``act.py``).
    return after is not None or (found.sends and _only_asks(clause, view))


def _kinds(clause: Clause, view: View) -> set[str] | None:
    """The kinds of a clause every piece of which agrees, is polite, or changes nothing; None for any other."""
    task, kinds = view.task.name if view.task else "", set[str]()
    whole = kinds_of(clause.text, task)
    if whole:
        return whole
    for each in pieces_of(Reading(clause, (clause,))):
        said = kinds_of(each.text, task)
        other_matter = words("request").says(each.text, "other_matter") and not each.values
        if not (said or polite(each, each.text) or idle(each, view) or other_matter):
            return None
        kinds |= said
    return kinds


def _to_readers(clause: Clause, view: View) -> Clause | None:
    """What is said to those who read it behind the yes of a clause: «send it to an engineer»."""
    at = words("sending").where(clause.text, "to_readers")
    if at is None or clause.asks or clause.values or words("sending").says(clause.text, "instead"):
        return None
    yes = kinds_of(clause.text[: at[0]], view.task.name if view.task else "")
    return part(clause, at[0], len(clause.text)) if yes & _YES else None


def _goes_on(clause: Clause, found: _Beside) -> bool:
    """Whether words to those who read it go on: «ask sales about the machining, and the cores»."""
    told = bool(found.after) and isinstance(found.after[-1], Add)
    return told and not clause.values and not clause.asks and clause.words <= MORE_WORDS


def _only_asks(clause: Clause, view: View) -> bool:
    """Whether a clause beside «send it» asks something that leaves what was read back as it is, and does not doubt it."""
    if not (clause.asks or "?" in clause.text) or wishes(clause) or view.changes(clause):
        return False
    doubts = words("no").says(clause.text, "no", "takes_note") or names_to_change(clause, view)
    doubts = doubts or find(clause.text, "wrong", "is_wrong", "set_against") is not None
    # «But is the weight right?» is answered before anything goes.
    of_request = view.names(clause) or bool(view.asked_of(clause)) or asks_of_the_talk(clause.text)
    told = {each for each in view.fits(clause, False) if each != "*"} if clause.values else set()
    return not (doubts or of_request or told or words("request").says(clause.text, "supposes"))


def send_ahead(reading: Reading, view: View) -> tuple[tuple[Command, ...], Reading | None, View]:
    """«Send it» beside something else, before everything is asked or after a no: what is open stays open, and all of it is read back."""
    files = view.question is not None and view.question.file is not None
    open_yet = view.running and not view.at_read_back and not files
    if not (open_yet or view.refused) or view.task is None or not view.task.keeps_words:
        return (), reading, view
    told = [each for each in reading.clauses if _tells_to_send(each)]
    left = [each for each in reading.clauses if each not in told and not kinds_of(each.text)]
    plain = all(kinds_of(each.text) for each in told)
    if not told or (plain and not left):
        return (), reading, view
    if view.refused:
        return (Recap(because(send_ahead)),), without(reading, left), view
    if view.steers(told[0]):
        # What the task itself takes that for.
        return (Fill(because(send_ahead), told[0], prose=True),), without(reading, left), view
    return (Enough(because(send_ahead)),), without(reading, left), view


def _tells_to_send(clause: Clause) -> bool:
    """«Send it now, I am worn out»: one piece says to send, and the others only who is weary."""
    pieces = pieces_of(Reading(clause, (clause,)))
    sends = [each for each in pieces if tells_to_send(each.text)]
    return not clause.asks and (
        tells_to_send(clause.text) or bool(sends and all(weary(each) for each in pieces if each not in sends))
    )


def _of_answer(clause: Clause) -> bool:
    """Whether it is only asked by when it is answered, or what comes next: the receipt says so."""
    return told_by_receipt(clause) and (clause.asks or "?" in clause.text)


def _after_sending(clause: Clause, view: View) -> list[Command] | None:
    """What a clause beside a clear yes asks to be done after sending; None where it may change the request or put it in doubt."""
    known, said = words("no"), words("request")
    if _of_answer(clause):
        return []
    to_readers = words("sending").says(clause.text, "to_readers") and not words("sending").says(clause.text, "instead")
    if to_readers and not clause.values:
        return [Add(because(yes_beside), clause)]
    if clause.asks or "?" in clause.text:
        if clause.values or view.fits(clause, False) or known.says(clause.text, "qualifies", "no"):
            return None
        asked = clause.act.startswith("faq/") and clause.sure >= SURE
        return [Answer(because(yes_beside), clause.act, clause)] if asked else None
    rest = said.without(clause.text, "beside_request")
    beside = rest != clause.text and only_times(clause) and not known.says(rest, "qualifies", "no")
    return [Add(because(yes_beside), clause)] if beside else None
