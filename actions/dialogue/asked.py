"""Which of the questions of a message its answer has not met: none of them is passed over in silence.

The clauses and what each command said in, the questions that are left out. ``act.py`` sees to those.
"""

import re
from dataclasses import dataclass, field

from actions.alloys.asked import asks_to_compare
from actions.dialogue.commands import (
    Accept,
    Add,
    Answer,
    Command,
    Confirm,
    Correct,
    Decide,
    Drop,
    Explain,
    Fill,
    FollowUp,
    Miss,
    Person,
    PutRight,
    Recap,
    Start,
    TakeUp,
    Talk,
    Wait,
)
from actions.dialogue.rules.seen import asks_of_one_time, hardly_a_word, wishes
from actions.dialogue.view import has
from actions.form.matter import (
    asks_of_the_talk,
    goes_on_asking,
    matter_pieces,
    of_matter,
    only_tagged,
    questions_in,
    says_what_was_asked,
)
from actions.form.told import wants_answer
from actions.form.words import find
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Entity, Reading
from actions.turns.turn import Turn
from actions.turns.words import words

#: Commands that answer what is asked in their clause, when they have said anything.
_ANSWERS = (Accept, Add, Answer, Correct, Decide, Explain, FollowUp, Miss, Person, Start, Talk, TakeUp, Wait)
#: Commands about the message as a whole: which clause asked for them is not known.
_OF_WHOLE = (Confirm, Drop, PutRight, Recap)
#: What names a metal.
_METALS = ("alloy", "alloy_group")
#: So many words with their mark ask something whatever they are taken for.
_PLAIN = 3
#: «Is the weight right?» has no more words.
_FEW = 6
#: So many clauses before a few words may say what they are about.
_BEFORE = 2
#: Wishes that mostly tell something at once, and have nothing done.
TELLING = ("price", "order_document", "quotation")
#: What tells a time.
_TIMES = ("date", "week", "lead", "asap", "shift")
#: Fewer words than this name no matter by themselves: what was told before them does.
SHORT = 4
#: How likely a clause must be to belong to the question it was joined with, and how likely one is that says nothing by itself.
_BELONGS, _WEAK = 0.15, 0.45
#: How likely a few words must ask one of the questions there are, so that they are not mere talk.
_ASKS = 0.35


@dataclass
class Met:
    """What the commands of a message have answered so far."""

    #: The commands that have said something, with the clauses they are about.
    said: list[Command] = field(default_factory=list)
    #: The clauses whose values were taken, and the answer says so.
    stored: list[Clause] = field(default_factory=list)

    def note(self, command: Command, said: bool, stored: bool) -> None:
        """Note what a command has done: whether it has ``said`` anything, whether it has ``stored`` what was told."""
        # What was to be taken and was not has been missed, and said so.
        answers = isinstance(command, (*_ANSWERS, *_OF_WHOLE)) or (isinstance(command, Fill) and not stored)
        if (said and answers) or isinstance(command, Start):
            self.said.append(command)
        clause = getattr(command, "clause", None)
        if stored and isinstance(command, Fill) and isinstance(clause, Clause):
            self.stored.append(clause)

    def meets(self, asked: Clause) -> bool:
        """Whether a question is answered by what was said of its clause."""
        return any(_meets(each, asked) for each in self.said) or (
            any(_inside(asked, each) for each in self.stored) and _only_proposes(asked)
        )

    def begun(self, command: Command) -> bool:
        """Whether what a question wishes for has begun with this message."""
        return isinstance(command, Start) and any(
            isinstance(each, Start) and each.intent == command.intent for each in self.said
        )

    def again(self, command: Command) -> bool:
        """Whether a command that a question means by itself has been carried out for the message as a whole."""
        same = [each for each in self.said if type(each) is type(command)]
        if not isinstance(command, (Answer, Talk)):
            return bool(same)
        return any(
            each.about == command.about and _inside(command.clause, getattr(each, "clause", None)) for each in same
        )


def questions(reading: Reading) -> list[Clause]:
    """The clauses of a message that ask something, each with what goes on asking behind it: «... in May? or do you need longer»."""
    found: list[Clause] = []
    last: Clause | None = None
    for clause in reading.clauses:
        if last is not None and goes_on_asking(clause.text) and found and found[-1] is last:
            # It asks the same once more, in other words.
            continue
        if (clause.asks or "?" in clause.text) and _asks(clause):
            found.append(clause)
            last = clause
        else:
            last = None
    return found


def all_questions(written: Reading, left: Reading) -> list[Clause]:
    """The questions of a message as it was ``written``; of what is not ``left`` when it was put right, those that proposed nothing."""
    starts = {each.start for each in left.clauses if re.search(r"\w", each.text)}
    return [each for each in questions(written) if each.start in starts or _only_asked(each)]


def only_asked(reading: Reading, divided: bool = False) -> list[tuple[int, int]]:
    """The stretches of a message that ask, or say again what was asked, and propose nothing: what stands is not put right by them.

    ``divided``: the pieces are divided over several deliveries, which no question for one time puts out.
    """
    return [
        (each.start, each.end)
        for each in reading.clauses
        if _only_asked(each) or (divided and asks_of_one_time(each) and "?" in each.text)
    ]


def _only_asked(clause: Clause) -> bool:
    if says_what_was_asked(clause.text):
        return True
    if not (clause.asks or "?" in clause.text) or _proposes(clause):
        return False
    return bool(questions_in(clause.text)) and not matter_pieces(clause.text)


def _proposes(clause: Clause) -> bool:
    """Whether a question proposes another value: «can you make it 60?», «60 instead of 40?», «20 in May and the rest in June?»"""
    return (
        _only_proposes(clause) or only_tagged(clause.text) or find(clause.text, "set_against", "the_rest") is not None
    )


def asked_on(reading: Reading) -> list[Clause]:
    """The clauses that go on asking behind a question, and so tell nothing."""
    asked = questions(reading)
    behind: list[Clause] = []
    for before, clause in zip(reading.clauses, reading.clauses[1:], strict=False):
        if (before in asked or before in behind) and clause not in asked and goes_on_asking(clause.text):
            behind.append(clause)
    return behind


def only_asked_again(clause: Clause) -> bool:
    """Whether a clause does no more than say again which metals were asked about."""
    return says_what_was_asked(clause.text) and all(each["entity"] in _METALS for each in clause.values)


def leave_weighed(turn: Turn) -> None:
    """Leave out the metals of a statement that a question of the same message sets against others: nobody has chosen them by that.

    «Is CuSn12 better than gunmetal? We always had gunmetal».
    """
    weighed: set[str] = set()
    for each in turn.reading.clauses:
        named = {str(one["value"]) for one in each.values if one["entity"] in _METALS}
        weighed |= named if len(named) > 1 and (each.asks or "?" in each.text or asks_to_compare(each.text)) else set()
    told = [each for each in turn.reading.clauses if not each.asks and "?" not in each.text and not _takes(each)]

    def only_told(entity: Entity) -> bool:
        at = int(entity.get("start", -1))
        return any(each.start <= at < each.end for each in told)

    turn.entities = [
        each
        for each in turn.entities
        if each["entity"] not in _METALS or str(each["value"]) not in weighed or not only_told(each)
    ]


def _takes(clause: Clause) -> bool:
    """Whether a statement wants or takes what it names, or compares it itself."""
    chosen = words("alloys").says(clause.text, "takes", "leans")
    return chosen or asks_to_compare(clause.text) or hardly_a_word(clause) or has(clause, "quantity", "weight")


def with_matter(asked: Clause, reading: Reading) -> str:
    """A question as somebody can read it alone: a few words with what was told right before them («It is hand drawn. Will that do?»)."""
    alone = questions_in(asked.text)
    text = alone if len(alone.split()) >= SHORT else asked.text
    behind = [each for each in asked_on(reading) if each.start >= asked.end][:1]
    if behind and not reading.text[asked.end : behind[0].start].strip(" ,?.–-"):
        text = reading.text[asked.start : behind[0].end]
    if len(text.split()) >= SHORT:
        return text
    before = [each for each in reading.clauses if each.end <= asked.start][-_BEFORE:]
    # What is told in figures alone is hardly what «it» is.
    named = [each for each in before if not each.values] or before
    told = of_matter(named[-1].text, questions=True) if named else ""
    return f"{told.rstrip(' .,')}{'' if told.rstrip().endswith('?') else '.'} {text}" if told else text


def of_the_plan(asked: Clause) -> bool:
    """Whether it is asked if, or when, something can be done: «rekker dere april?», «or do you need longer?»"""
    if any(each["entity"] in OWN_NUMBERS for each in asked.values) or wants_answer(asked.text):
        # By when an answer is wanted is no time of the goods.
        return False
    timed = any(each["entity"] in _TIMES for each in asked.values)
    planned = asked.chance("lead_time", "capacity")
    # «How fast does it wear?» asks for no time of delivery.
    return timed or planned >= _ASKS or (planned >= _BELONGS and asks(asked.text, "asks_how_soon"))


def asks_whether_right(asked: Clause) -> bool:
    """Whether a few words ask no more than if something was taken down rightly: «is the weight right?»"""
    return asked.words <= _FEW and asked.chance("explain", "correct", "recap", "affirm") >= _WEAK


def _asks(clause: Clause) -> bool:
    """Whether a clause asks something that somebody can answer: no tag, and no words in anger."""
    if not re.search(r"[^\W\d_]{2}", clause.text) or words("matter").says(clause.text, "rhetorical"):
        return False
    if only_tagged(clause.text):
        return False
    if asks_of_the_talk(clause.text):
        return True
    likely = _likely(clause, "question", "task", "person")
    if len(clause.text.split()) < SHORT:
        plain = "?" in clause.text and len(questions_in(clause.text).split()) >= _PLAIN
        return plain or likely >= _ASKS or bool(clause.values)
    return bool(questions_in(clause.text)) or (likely >= _WEAK and bool(of_matter(clause.text, questions=True)))


def _likely(clause: Clause, *kinds: str) -> float:
    """How likely a clause means something of these kinds."""
    return sum(share for act, share in clause.acts if intent(act).kind in kinds)


def _meets(command: Command, asked: Clause) -> bool:
    """Whether a command that has said something answers a question that stands in its clause."""
    clause = getattr(command, "clause", None)
    if not isinstance(clause, Clause) or not _inside(asked, clause):
        return False
    if isinstance(command, Start):
        # What is wanted has begun; what is asked beside it is another matter.
        return command.intent in TELLING or _likely(asked, "question") < _ASKS
    if not isinstance(command, Answer) or (clause.start, clause.end) == (asked.start, asked.end):
        return True
    # Of several questions taken together, one that surely asks something else is none of them.
    topic = intent(command.topic).name
    same = sum(share for act, share in asked.acts if intent(act).name == topic)
    return same >= _BELONGS or asked.sure < _WEAK or intent(asked.act).kind != "question"


def _only_proposes(asked: Clause) -> bool:
    """Whether a question whose values were taken asks for no more than that: «can you make it 50?», «week 20?», «may I add photos?»"""
    known = words("complaint")
    brings = known.says(asked.text, "may_send") and known.says(asked.text, "photo")
    says = bool(asked.values) and find(asked.text, "can_it_say") is not None
    return wishes(asked) or says or brings or (bool(asked.values) and hardly_a_word(asked))


def _inside(one: Clause, other: Clause | None) -> bool:
    return other is not None and other.start <= one.start and one.end <= other.end
