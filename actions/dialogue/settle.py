"""What belongs together of all that a message was decided to mean: nothing is done twice, and courtesy gives way."""

from collections.abc import Sequence
from dataclasses import replace

from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue.commands import (
    OPENING,
    Accept,
    Answer,
    Command,
    Correct,
    Decide,
    Decline,
    Enough,
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
    Talk,
)
from actions.dialogue.enquiry import EXPLORING
from actions.dialogue.rules.seen import ORDER_WISHES, hardly_a_word
from actions.dialogue.view import OF_A_CASTING, SURE, View, because, has, joined, of_goods, states
from actions.form.task import Task, task_of_intent
from actions.form.words import find
from actions.orders.facets import ORDERS, facets_in
from actions.tasks.complaint.questions import tells_fault
from actions.turns.anger import only_anger
from actions.turns.ground import OWN_NUMBERS, THINGS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words as word_lists

#: Figures that every part has.
_OF_ANY_PART = {"quantity", "number", "weight", "dimensions"}
#: What is asked of the quality of a casting.
_OF_QUALITY = ("certificate", "tolerance", "pressure", "date", "week")
#: A meaning that is as likely as this is hardly ever another one.
CERTAIN = 0.9
#: Commands that do the same whatever clause asks for them.
_SAME_ANYHOW = (Person, TakeBack, Stop, Postpone, Accept, Decline)
#: «What for?» has no more words.
ADDS_NOTHING = 3
#: More commands than this are no answer anybody reads.
MOST = 5


def settle(commands: Sequence[Command], reading: Reading, view: View) -> tuple[Command, ...]:
    """Courtesy gives way to what else was said, the request in progress comes first, and nothing is done twice."""
    found = _asked_on(_plain_wish(commands), reading, view)
    found = [each for at, each in enumerate(found) if not (at and _counts_refused(found[at - 1], each))]
    found = [each for at, each in enumerate(found) if not _told_for(each, found[at + 1 :])]
    found = [each for at, each in enumerate(found) if not _said_again(each, found[at + 1 :])]
    found = _of_paper(_within_enquiry(_priced_along(_once(found))))
    if any(isinstance(each, Answer) for each in found):
        # «Can you cast this? Just checking»: the answer is all there is to say.
        found = [each for each in found if not (isinstance(each, Talk) and each.act == EXPLORING)]
    found = _with_reason(_with_values(_begun_once(found), reading), reading)
    if any(isinstance(each, Start) and each.intent == "complaint" for each in found):
        # «You sent the left hand ones, what on earth»: words of anger ask nothing.
        found = [each for each in found if not (isinstance(each, Answer) and _hardly_asks(each.clause))]
    if any(isinstance(each, Answer) for each in found):
        # Which of two questions is meant is not asked beside an answer, unless it names something of its own.
        found = [each for each in found if not (isinstance(each, Decide) and _two_questions(each))]
    if any(isinstance(each, Answer) for each in found):
        # «Must I know the alloy? The drawing only says Al»: what is stated beside a question asks nothing of its own.
        found = [each for each in found if not (isinstance(each, FollowUp) and _states_more(each.clause))]
    if any(isinstance(each, Enough) for each in found):
        # «Stop asking» with nothing told beside it stops.
        told = any(isinstance(each, Fill) for each in found)
        found = [each for each in found if not isinstance(each, (Stop, Postpone, Enough))]
        found.append(Enough("enough") if told else Stop("enough"))
    if any(isinstance(each, Recap) for each in found):
        # «Yes yes, read it back»: the yes answers no question.
        found = [each for each in found if not (isinstance(each, Fill) and each.because == "yes")]
    for idle in (Talk, Miss, Resume, Refuse, Accept, Decline):
        others = [each for each in found if not isinstance(each, idle)]
        quiet = [each for each in found if not isinstance(each, idle) or (isinstance(each, Talk) and not _polite(each))]
        found = quiet if others else found[:1] if idle is not Talk else found
    valued = any(isinstance(each, Fill) and each.tells for each in found)
    if valued and (
        view.at_read_back or any(isinstance(each, Fill) and has(each.clause, *OF_A_CASTING) for each in found)
    ):
        # «Stop, that is not right, ...» stops nothing when what is right is said, or more is told.
        found = [each for each in found if not isinstance(each, Stop)]
    if valued:
        # «No wait, 60» corrects: neither the no nor the pause nor «that was wrong» is an answer of its own.
        found = [each for each in found if not isinstance(each, (Postpone, Correct)) and not _only_no(each, view)]
    if view.at_read_back and any(isinstance(each, Fill) and each.because == "own_steer" for each in found):
        # «Wait, the quantity can stay»: what was waited for is said.
        found = [each for each in found if not isinstance(each, Postpone)]
    if any(isinstance(each, Start) for each in found):
        # «No, wait, move it to week 20»: the wish is what was waited for.
        found = [each for each in found if not isinstance(each, (Postpone, Refuse, Resume))]
        if not view.running:
            # «No need to cancel, just move it»: what is not wanted has not begun.
            found = [each for each in found if not isinstance(each, TakeBack)]
        elif any(isinstance(each, TakeBack) for each in found):
            # «Don't cancel, move it a week»: the one ends and the other begins.
            return tuple(each for each in found if isinstance(each, (Answer, TakeBack, Start)))
    if not view.running and not view.sent and any(isinstance(each, Answer) for each in found):
        # «No, leave it as it is. Is anything else late?»: there is nothing to take back, and a question.
        found = [each for each in found if not isinstance(each, TakeBack)]
    ends = next((each for kind in (TakeBack, Stop, Postpone) for each in found if isinstance(each, kind)), None)
    if ends:
        found = [*(each for each in found if isinstance(each, Answer)), ends]
    if not view.running:
        return tuple(_begun_first(found)[:MOST])
    fills = [each for each in found if isinstance(each, Fill)]
    return tuple([*fills, *(each for each in found if each not in fills)][:MOST])


def _states_more(clause: Clause) -> bool:
    """Whether a clause asks nothing and has more than a word beside its values."""
    return not clause.asks and "?" not in clause.text and not hardly_a_word(clause)


def _asked_on(commands: Sequence[Command], reading: Reading, view: View) -> list[Command]:
    """«Has it left, and who carries it?»: several questions about an order that is not named again get one answer."""
    kept: list[Command] = []
    for each in commands:
        before, asked = _of_status(kept[-1], view) if kept else None, _of_status(each, view)
        if before is None or asked is None or _named(asked.clause) - _named(before.clause):
            kept.append(each)
            continue
        first, then = facets_in(before.clause.text), facets_in(asked.clause.text)
        if first and then:
            kept[-1] = replace(before, clause=joined(before.clause, asked.clause, reading))
        elif then or asked.clause.words > ADDS_NOTHING:
            kept.append(each)
    return kept


def _named(clause: Clause) -> set[str]:
    """The things that a clause names."""
    return {str(each["value"]) for each in clause.entities if each["entity"] in THINGS}


def _of_status(command: Command, view: View) -> Answer | FollowUp | None:
    """The command where it asks how an order stands."""
    if isinstance(command, FollowUp):
        return command if view.topic in ORDERS and command.clause.asks else None
    return command if isinstance(command, Answer) and command.topic == "order_status" else None


def _begun_first(commands: list[Command]) -> list[Command]:
    """A request begins before anything is told for it: «we make presses in Leeds. Need a price for 60 bushes»."""
    told = next((at for at, each in enumerate(commands) if isinstance(each, Fill) and not each.resumes), None)
    begins = next((each for each in commands[told:] if isinstance(each, Start)), None) if told is not None else None
    if begins is None or any(isinstance(each, Start) for each in commands[:told]):
        return commands
    return [*commands[:told], begins, *(each for each in commands[told:] if each is not begins)]


def _plain_wish(commands: Sequence[Command]) -> list[Command]:
    """Which of two is meant is not asked when what is told beside it is all of a wish to have something cast."""

    def told(command: Command) -> bool:
        # What is in doubt itself tells nothing.
        clause = None if isinstance(command, Decide) else getattr(command, "clause", None)
        return isinstance(clause, Clause) and not clause.asks and has(clause, *OF_A_CASTING)

    def plain(command: Command) -> Command:
        if not isinstance(command, Decide) or not any(told(each) for each in commands if each is not command):
            return command
        return next((each for each in (command.first, command.second) if isinstance(each, Start)), command)

    return [plain(each) for each in commands]


def _counts_refused(before: Command, command: Command) -> bool:
    """«A steel pin as well? 8 off»: the figures are those of the thing that is not cast."""
    refused = isinstance(before, Answer) and before.because == "other_metal"
    return refused and isinstance(command, Fill) and {each["entity"] for each in command.clause.values} <= _OF_ANY_PART


def _told_for(command: Command, behind: Sequence[Command]) -> bool:
    """«He says RG5, she says AB2. Which is stronger?»: what is told for a question is no question of its own."""
    if not isinstance(command, Answer) or command.clause.asks or "?" in command.clause.text:
        return False
    named = {
        str(each["value"])
        for each in command.clause.values
        if each["entity"] in ("alloy", "alloy_group") and not each.get("reference")
    }
    # One name, or one that nobody here knows, is not all that the question is about.
    return len(named) > 1 and any(
        isinstance(each, Answer) and each.topic == command.topic == "alloy_comparison" and each.clause.asks
        for each in behind
    )


def _said_again(command: Command, behind: Sequence[Command]) -> bool:
    """«I asked about RG5, not AB2. Is there lead in it?»: what was asked is told by the question behind it."""
    return command.because == "asked_about" and any(
        isinstance(each, Answer) and each.topic in ALLOY_TOPICS for each in behind
    )


def _once(commands: Sequence[Command]) -> list[Command]:
    """Each command once, and courtesy of a kind once: «never mind, forget it» is met with one answer.

    A complaint that is mere words of impatience is no matter beside a question: «I've asked twice, but what is ...?»
    """
    asked = any(isinstance(each, (Answer, Start)) and not _impatient(each) for each in commands)
    of_order = any(isinstance(each, Answer) and each.topic in ORDERS for each in commands)
    if any(_of_named_orders(each) for each in commands):
        # «How do the housings stand, those that should have been here?» asks for no list of everything beside.
        commands = [
            each
            for each in commands
            if not (isinstance(each, Answer) and each.topic == "order_list" and not each.clause.values)
        ]
    asked_of = [
        each
        for each in commands
        if isinstance(each, Answer) and each.topic in ORDERS and (each.clause.asks or has(each.clause, "order_no"))
    ]
    if asked_of:
        # «Why are they late? My fitters stand still»: what is told beside the question asks for no status again.
        commands = [each for each in commands if each in asked_of or not _tells_of_orders(each)]
    if any(isinstance(each, Person) for each in commands):
        # «You are driving me mad, let somebody ring me» tells no fault.
        commands = [each for each in commands if not _tells_no_fault(each)]
    found: list[Command] = []
    for each in commands:
        told = isinstance(each, Talk) and any(isinstance(other, Talk) and other.act == each.act for other in found)
        # Whatever clause asks for a person, one is fetched once.
        told = told or (isinstance(each, _SAME_ANYHOW) and any(type(other) is type(each) for other in found))
        idle = (asked and _impatient(each)) or (of_order and _tells_no_fault(each))
        if each not in found and not told and not idle:
            found.append(each)
    return found


def _of_named_orders(command: Command) -> bool:
    """Whether a question is about orders that it names or points at."""
    return (
        isinstance(command, Answer) and command.topic in ORDERS and has(command.clause, "order_no", "part_no", "po_no")
    )


def _tells_of_orders(command: Command) -> bool:
    """Whether a question about orders is only a statement that names none."""
    return (
        isinstance(command, Answer)
        and command.topic in ORDERS
        and not command.clause.asks
        and not has(command.clause, *OWN_NUMBERS)
    )


def _impatient(command: Command) -> bool:
    """Whether it is a complaint only by words of impatience."""
    return isinstance(command, Start) and command.only_complains and only_anger(command.clause.text)


def _tells_no_fault(command: Command) -> bool:
    """Whether it is a complaint beside a question about an order that tells nothing wrong with goods: «no excuses, please»."""
    return isinstance(command, Start) and command.only_complains and not tells_fault(command.clause.text)


def _begun_once(commands: list[Command]) -> list[Command]:
    """A wish that is said twice in a message is one: what is told the second time goes into it, and nothing begins anew.

    So is one that the other answers along the way: the price of castings that are to be quoted.
    """
    starts = [each for each in commands if isinstance(each, Start)]
    covering = [one for each in starts if (one := task_of_intent(each.intent)) and has(each.clause, *OF_A_CASTING)]
    begun: set[Task | str] = set()
    found: list[Command] = []
    for each in commands:
        if not isinstance(each, Start):
            found.append(each)
            continue
        task = task_of_intent(each.intent) or each.intent
        covered = any(each.intent in one.covers for one in covering) and not has(each.clause, *OWN_NUMBERS)
        if task in begun or covered:
            found.append(Fill(because(_begun_once), each.clause, within=each.intent if covered else ""))
        else:
            found.append(each)
        begun.add(task)
    return found


def _with_values(commands: list[Command], reading: Reading) -> list[Command]:
    """Values beside the wish that begins a request go into it; beside a question they are what it is about, not another."""
    start = next((each for each in commands if isinstance(each, Start)), None)
    asked = start or next((each for each in commands if isinstance(each, Answer)), None)
    # «My e-mail is ...» beside a wish asks for no address.
    told = [each for each in commands if start and isinstance(each, (Answer, Decide)) and _only_told(each.clause)]
    # What nothing was made of is part of the wish that it stands beside, where it tells anything.
    missed = [
        each for each in commands if start and isinstance(each, Miss) and states(each.clause) and each.clause.values
    ]
    follow = [each for each in commands if isinstance(each, FollowUp)]
    loose = [*(each for each in follow if not (_asks(each.clause) if start else each.clause.asks)), *told, *missed]
    if asked is None or not loose:
        return commands
    kept = [each for each in commands if each not in loose]
    if start is None:
        named = next((each.clause for each in loose if has(each.clause, *OWN_NUMBERS)), None)
        if named and isinstance(asked, Answer) and not has(asked.clause, *THINGS):
            # «Did our order reach you? It is HM-PO-2202.»
            kept[kept.index(asked)] = replace(asked, clause=joined(asked.clause, named, reading))
        return kept
    at = kept.index(start) + 1
    return [*kept[:at], *(Fill(because(_with_values), each.clause) for each in loose), *kept[at:]]


def _with_reason(commands: list[Command], reading: Reading) -> list[Command]:
    """«Stop SO-30419, there is an error on our drawing»: the error is the reason, and nothing that was delivered."""
    starts = [each for each in commands if isinstance(each, Start)]
    wish = next((each for each in starts if each.intent != "complaint" and intent(each.intent).of_orders), None)
    reason = next((each for each in starts if each.only_complains), None)
    told = [each for each in commands if _tells_of_orders(each)]
    if wish is not None and told:
        # «Can we have it sooner? Our customer is waiting»: what is told of the order goes with the wish.
        assert isinstance(told[0], Answer)
        whole = replace(wish, clause=joined(wish.clause, told[0].clause, reading))
        return _with_reason([whole if each is wish else each for each in commands if each is not told[0]], reading)
    if wish is None or reason is None or not find(reason.clause.text, "drawings"):
        return commands
    whole = replace(wish, clause=joined(wish.clause, reason.clause, reading))
    return [whole if each is wish else each for each in commands if each is not reason]


def _two_questions(command: Decide) -> bool:
    both = (command.first, command.second)
    return all(isinstance(each, Answer) and not has(each.clause, *THINGS) for each in both)


def _hardly_asks(clause: Clause) -> bool:
    return clause.sure < SURE and not clause.values and "?" not in clause.text


def _only_told(clause: Clause) -> bool:
    """Whether a clause tells something where a question would be a guess: it has values, or its meaning is not sure."""
    return not _asks(clause) and (bool(clause.values) or clause.sure < SURE)


def _asks(clause: Clause) -> bool:
    """Whether a clause asks something: «SO-30433, when was it sent» surely does, though its first word does not."""
    certain = intent(clause.act).of_orders and clause.sure >= CERTAIN
    of_status = clause.act in ORDERS and clause.sure >= SURE and bool(facets_in(clause.text))
    return clause.asks or certain or of_status


def _within_enquiry(commands: list[Command]) -> list[Command]:
    """What is stated beside a wish for castings with its figures describes it: «half in April, and 3.1 this time» asks for no order and no paper."""
    requests = [task_of_intent(each) for each in ("place_order", "reorder")]
    start = next(
        (each for each in commands if isinstance(each, Start) and task_of_intent(each.intent) in requests), None
    )
    if start is None or not has(start.clause, *OF_A_CASTING, "part_no"):
        return commands
    task = task_of_intent(start.intent)
    if task and task.tells_when:
        # «When do I get them?» is told by what is read back.
        commands = [each for each in commands if each is start or not _asks_when(each)]
    return [
        Fill(because(_within_enquiry), each.clause)
        if isinstance(each, (Answer, Start)) and each is not start and _describes(each)
        else each
        for each in commands
    ]


def _priced_along(commands: list[Command]) -> list[Command]:
    """«Put SO-30405 on hold, what does that cost?»: a wish about an order says itself what it costs."""
    wish = any(isinstance(each, Start) and each.intent in ORDER_WISHES for each in commands)
    if not wish:
        return commands
    return [
        each
        for each in commands
        if not (isinstance(each, Start) and each.intent == "price" and not has(each.clause, *THINGS, "quantity"))
    ]


def _of_paper(commands: list[Command]) -> list[Command]:
    """«It came without its 3.1. Can you send it today, the goods are on hold»: beside a paper that is wanted, to send it asks for that one."""
    start = next((each for each in commands if isinstance(each, Start) and each.intent == "order_document"), None)
    if start is None or start.because != "paper_missing":
        return commands
    return [each for each in commands if each is start or not _asks_for_paper(each)]


def _asks_for_paper(command: Command) -> bool:
    """Whether a command asks for what is to be sent, or tells how it is needed, and names nothing of its own."""
    clause = getattr(command, "clause", None)
    if not isinstance(clause, Clause) or has(clause, *THINGS):
        return False
    sent = word_lists("orders").says(clause.text, "send_it")
    return sent or (isinstance(command, (Answer, Start, FollowUp, Miss)) and states(clause))


def _asks_when(command: Command) -> bool:
    """Whether a command is about nothing but when the goods of the order come."""
    clause = getattr(command, "clause", None)
    timed = isinstance(clause, Clause) and {each["entity"] for each in clause.values} <= {
        "date",
        "week",
        "asap",
        "same",
    }
    return timed and isinstance(clause, Clause) and word_lists("orders").says(clause.text, "goods_when")


def _describes(command: Answer | Start) -> bool:
    """Whether a clause taken for another matter asks nothing, names nothing of the customer's, and tells of no goods that came."""
    clause = command.clause
    # «And so it must be 3.1 on them» is worded like a question and asks nothing.
    stated = states(clause) or ("?" not in clause.text and has(clause, *_OF_QUALITY))
    numbers = [each for each in clause.values if each["entity"] in OWN_NUMBERS]
    if numbers and all(each["entity"] == "po_no" and not each.get("known") for each in numbers):
        # «Put PO 99812 on it»: the number they give to what they order.
        return stated
    if not stated or of_goods(clause):
        return False
    return isinstance(command, Answer) or clause.sure < SURE or has(clause, *OF_A_CASTING, *_OF_QUALITY, "mark")


def _only_no(command: Command, view: View) -> bool:
    return (
        isinstance(command, Fill)
        and intent(command.clause.act).kind == "no"
        and not command.clause.values
        and not view.fits(command.clause, False)
    )


def _polite(command: Talk) -> bool:
    return command.act == OPENING or intent(command.act).kind == "courtesy"
