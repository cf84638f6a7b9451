"""The units of a message: clauses that say something, each with the weak ones beside it."""

from collections.abc import Sequence
from dataclasses import replace

from actions.alloys.asked import asks_difference, asks_to_compare, asks_weight, denied, of_trade
from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue.view import FAINT, FEW, LIKELY, SURE, has, joined, only_names, only_points
from actions.form.words import find, opens
from actions.talk.faq import plainly_asked
from actions.turns.conduct import merely_waits, wants_read_back
from actions.turns.ground import OWN_NUMBERS, THINGS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Entity, Reading
from actions.turns.words import words
from actions.turns.yes import merely_consents

#: Below this a clause says nothing of its own.
WEAK = 0.40
#: What a question asks of the thing that was put in front of it.
_ASPECTS = ("property", "application")
#: What names a metal.
_METALS = ("alloy", "alloy_group", "temper")
#: «What about the summer holidays» has no more words.
LEAD = 6
#: Kinds of clauses that say something by their meaning alone.
TELLING = ("question", "task", "yes", "no", "courtesy", "steer", "person", "about")
#: Kinds of clauses that may state something without asking for it.
STATING = ("task", "value", "question", "outside")


def units(reading: Reading, running: bool = False) -> list[Clause]:
    """The clauses that say something, each with the weak ones beside it; the message as a whole where no part does.

    ``running``: something is asked, so that weak words may be the answer, whatever is asked or thanked for behind them.
    """
    said = [each for each in reading.clauses if not merely_consents(each.text)] or list(reading.clauses)
    clauses = _without_waits(said)
    clauses = _with_lead(clauses, reading)
    if len(clauses) <= 1 < len(reading.clauses):
        return clauses
    if len(clauses) <= 1 or not any(_tells(each) for each in clauses):
        return [reading.whole]
    kept: list[Clause] = []
    ahead: Clause | None = None
    for clause in clauses:
        if not _tells(clause):
            if kept and intent(kept[-1].act).kind != "courtesy" and not wants_read_back(kept[-1].text):
                kept[-1] = joined(kept[-1], clause, reading)
            else:
                ahead = joined(ahead, clause, reading) if ahead else clause
            continue
        if kept and not ahead and _says_on(kept[-1], clause):
            kept[-1] = joined(kept[-1], clause, reading)
            continue
        apart = intent(clause.act).kind == "courtesy" or (clause.asks and ahead is not None and not ahead.asks)
        if ahead and ((running and apart) or wants_read_back(clause.text)):
            kept += [ahead, clause]
        else:
            kept.append(joined(ahead, clause, reading, lead=clause) if ahead else clause)
        ahead = None
    return [*kept, ahead] if ahead else kept


def _without_waits(clauses: list[Clause]) -> list[Clause]:
    """«Wait, did I not say 60?»: what stands before something else only leads to it."""
    others = [each for each in clauses if not merely_waits(each.text)]
    return others if any(intent(each.act).kind != "courtesy" for each in others) else clauses


def _with_lead(clauses: Sequence[Clause], reading: Reading) -> list[Clause]:
    """«What about the summer holidays, are you open»: what is put in front belongs to the question behind it."""
    kept: list[Clause] = []
    for clause in clauses:
        plain = all(each["entity"] in _ASPECTS for each in clause.values)
        if kept and clause.asks and plain and (_only_leads(kept[-1]) or _weighs_alloy(kept[-1], clause)):
            kept[-1] = joined(kept[-1], clause, reading, lead=clause)
        else:
            kept.append(clause)
    return kept


def _only_leads(clause: Clause) -> bool:
    """Whether a clause only names what the next is about."""
    return bool(clause.values) and clause.words <= LEAD and bool(opens(clause.text.lstrip(), "topic_lead"))


def _weighs_alloy(clause: Clause, asked: Clause) -> bool:
    """Whether an alloy is named only to be weighed: «42000 just as well, what do we lose?»"""
    metals = bool(clause.values) and all(each["entity"] in _METALS for each in clause.values)
    taken = words("alloys").says(clause.text, "takes", "leans")
    compared = asks_difference(asked.text) or (asks_to_compare(clause.text) and asks_weight(asked.text))
    return metals and clause.words <= LEAD and compared and not taken


def about_order(said: Sequence[Clause]) -> list[Clause]:
    """«SO-30433, when was it sent and which papers came with it?»: the order named first is that of the next question."""
    named: tuple[Entity, ...] = ()
    metals: tuple[Entity, ...] = ()
    kept = []
    for clause in said:
        if metals and clause.asks and not has(clause, *_METALS) and _of_metal(clause):
            # «Can you cast RG5? Is there lead in it?» asks of that one, whatever the request is to be cast in.
            clause = replace(clause, entities=(*clause.entities, *metals))
        metals = tuple(
            each
            for each in clause.values
            if each["entity"] in _METALS and not denied(clause.text, int(each.get("start", 0)) - clause.start)
        )
        own = tuple(each for each in clause.values if each["entity"] in THINGS)
        likely = any(intent(act).of_orders and share >= FAINT for act, share in clause.acts[:2])
        if named and clause.asks and not clause.values and likely:
            clause = replace(clause, entities=(*clause.entities, *named))
        kept.append(clause)
        named = tuple(each for each in own if each["entity"] in OWN_NUMBERS) if own else named
    return kept


def _of_metal(clause: Clause) -> bool:
    """Whether a question is of a metal: of a property of it, or of what it stands."""
    others = [each for each in clause.values if each["entity"] not in _ASPECTS]
    return not others and (bool(clause.values) or clause.chance(*ALLOY_TOPICS) >= LIKELY)


def corrects(one: Clause, other: Clause) -> bool:
    """Whether a no belongs to what stands behind it: «no, make it 70», «no, that was wrong»."""
    no = intent(one.act).kind == "no" and not one.values and one.words <= FEW
    asks = other.asks and ("?" in other.text or not find(other.text, "set_against"))
    return no and not asks and (bool(other.values) or find(other.text, "comments") is not None)


def _says_on(one: Clause, other: Clause) -> bool:
    """Whether two neighbours are one wish: «increase it to 250 and move it to week 20».

    What is stated after a complaint is its story: when it was found, the pictures, the new parts that are wanted.
    """
    story = one.act == "complaint" and one.sure >= LIKELY and not other.asks
    return (one.act == other.act and intent(one.act).kind == "task") or (story and intent(other.act).kind in STATING)


def _tells(clause: Clause) -> bool:
    """Whether a clause can stand for itself: it carries values, asks something, or its meaning is likely."""
    if only_points(clause) or only_names(clause):
        return False
    # «We have 2 tonnes of swarf, do you buy it»: what is asked for that is not our business is no mere addition.
    outside = clause.act == "out_of_scope" and clause.asks and clause.sure >= SURE
    plain = clause.asks and (of_trade(clause.text) or plainly_asked(clause.text) is not None)
    asked = outside or wants_read_back(clause.text) or plain
    return bool(clause.values) or asked or (clause.sure >= WEAK and intent(clause.act).kind in TELLING)
