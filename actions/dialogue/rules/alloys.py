"""Rules about metals: which one, which of several, what it is like in use, and what is not cast here."""

from actions.alloys import subject
from actions.alloys.advice import topics_asked
from actions.alloys.subject import ALLOY_TOPICS, NAMES, takes
from actions.alloys.wrought import wrought_asked
from actions.dialogue.commands import Answer, Command, FollowUp, Start, Talk
from actions.dialogue.rules.seen import ANSWERED, CLOSING, HALF, MEASURED, TAKEN, WISHED, wishes
from actions.dialogue.view import LIKELY, OF_A_CASTING, SURE, View, because, has
from actions.form.words import find
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: What a statement about an alloy is easily taken for.
_ABOUT_ALLOYS = ("alloy_offered", "alloy_property")
#: What taking pieces of an alloy is taken for.
_WISHES = ("place_order", "reorder", "change_order")


def scrap(reading: Reading, view: View) -> tuple[Command, ...]:
    """Scrap is offered: what it is made of and how much there is of it begins no request."""
    if view.running or not any(each.chance("out_of_scope") >= ANSWERED for each in (reading.whole, *reading.clauses)):
        return ()
    offered = asks(reading.text, "outside_scrap")
    return (Answer(because(scrap), "out_of_scope", reading.whole),) if offered else ()


def chosen(reading: Reading, view: View) -> tuple[Command, ...]:
    """Pieces are taken after an answer about alloys: a request with the alloy that was named or picked."""
    whole = reading.whole
    kinds = {each["entity"] for each in whole.values}
    if view.running or view.topic not in ALLOY_TOPICS or "?" in reading.text:
        return ()
    if "quantity" not in kinds or not kinds <= OF_A_CASTING | {"email", "phone", "date", "week", "lead"}:
        return ()
    wishes = whole.act in _WISHES and whole.sure >= WISHED
    taken = wishes or takes(reading.text) or words("alloys").says(reading.text, "of_them", "recommended")
    # «Right, LM25 T6 then. 40 pcs» names both and asks nothing.
    settled = {"alloy", "quantity"} <= kinds and not whole.asks and whole.act in (*_ABOUT_ALLOYS, "inform")
    return (Start(because(chosen), "place_order", whole),) if taken or settled else ()


def beside_metal(reading: Reading, view: View) -> tuple[Command, ...]:
    """Another metal is told to stand beside the casting, and it is asked whether that matters."""
    of_metal = view.running or view.topic in ALLOY_TOPICS or has(reading.whole, "alloy", "alloy_group")
    told = any("galvanic" in topics_asked(each.text, each.entities, each.start) for each in reading.clauses)
    asked = any(words("advice").says(each.text, "matters") for each in reading.clauses if each.asks)
    # What else is asked is answered as it is said.
    others = [each for each in reading.clauses if each.asks and not words("advice").says(each.text, "matters")]
    if not (of_metal and told and asked) or any(
        intent(each.act).kind == "question" and each.sure >= LIKELY for each in others
    ):
        return ()
    return (Answer(because(beside_metal), "alloy_property", reading.whole),)


def wrought(reading: Reading, view: View) -> tuple[Command, ...]:
    """A casting alloy is asked for in the place of a wrought one: «what comes near 6082?»"""
    asked = any(each.asks for each in reading.clauses) and wrought_asked(reading.text)
    return (Answer(because(wrought), "alloy_recommendation", reading.whole),) if asked and not view.at_read_back else ()


def runs_weekly(clause: Clause, view: View) -> Command | None:
    """Whether the alloy that is named, or talked of, is melted every week."""
    named = has(clause, "alloy", "alloy_group") or (view.topic in ALLOY_TOPICS and clause.words <= CLOSING)
    asked = clause.asks and named and asks(clause.text, "runs_weekly") and not asks(clause.text, "how_much")
    return (
        Answer(because(runs_weekly), "alloy_offered", clause)
        if asked and not has(clause, *MEASURED, *OWN_NUMBERS)
        else None
    )


def left_to_us(clause: Clause, view: View) -> Command | None:
    """Which alloy it is to be is left to us, after an answer about alloys: «you choose»."""
    of_alloys = not view.running and view.topic in ALLOY_TOPICS and not clause.asks
    # What was recommended is taken, and nothing is left.
    if not of_alloys or has(clause, "alloy", "quantity", *OWN_NUMBERS) or not subject.left_to_us(clause.text):
        return None
    return Answer(because(left_to_us), "alloy_recommendation", clause)


def settles(clause: Clause, view: View) -> Command | None:
    """An alloy is settled on after an answer about alloys: nothing is asked of it, and nothing is told again."""
    kinds = {each["entity"] for each in clause.values}
    of_alloys = not view.running and view.topic in ALLOY_TOPICS and not clause.asks and "?" not in clause.text
    if not of_alloys or not kinds & {"alloy", "alloy_group"} or not kinds <= {"alloy", "alloy_group", "temper"}:
        return None
    said = words("alloys").says(clause.text, "leans", "that_one", "recommended") or takes(clause.text)
    return Talk(because(settles), TAKEN, clause) if said else None


def dearer(clause: Clause, view: View) -> Command | None:
    """After an answer about alloys it is asked whether one of them costs more: no price of a part is."""
    asked = clause.asks and clause.act in ("price", "alloy_comparison", "alloy_property")
    figures = has(clause, "part_no", "drawing_no", "quantity", "weight", *OWN_NUMBERS)
    several = len({each["value"] for each in clause.values if each["entity"] in ("alloy", "alloy_group")}) > 1
    if (
        not (several or view.topic in ALLOY_TOPICS)
        or not asked
        or figures
        or not words("alloys").says(clause.text, "dearer")
    ):
        return None
    return Answer(because(dearer), "alloy_comparison", clause)


def which(clause: Clause, view: View) -> Command | None:
    """Which of the alloys that were shown side by side."""
    return Answer(because(which), "alloy_comparison", clause) if not view.running and view.which(clause) else None


def demands(clause: Clause, view: View) -> Command | None:
    """One more thing the metal has to stand, after a recommendation: «it must be weldable too» is weighed with the others."""
    told = view.topic == "alloy_recommendation" and not view.running and not clause.asks and "?" not in clause.text
    if not told or not has(clause, "property", "application") or has(clause, *NAMES, *MEASURED, *OWN_NUMBERS):
        return None
    return FollowUp(because(demands), clause) if words("alloys").says(clause.text, "demands") else None


def looks_for_alloy(clause: Clause, view: View) -> Command | None:
    """An alloy is looked for by what it is for, however few or cheap the words: «cheapest alloy for salt water?»"""
    looked_for = has(clause, "application") and words("alloys").says(clause.text, "alloy_for")
    if view.running or not looked_for or has(clause, *NAMES, *MEASURED, *OWN_NUMBERS):
        return None
    likely = clause.chance("alloy_recommendation") >= ANSWERED
    return Answer(because(looks_for_alloy), "alloy_recommendation", clause) if likely else None


def other_metal(clause: Clause, view: View) -> Command | None:
    """One more thing, in a metal that is not cast here: it is refused, and changes nothing of what stands."""
    more = view.running and _foreign(clause) and find(clause.text, "also", "also_behind")
    return Answer(because(other_metal), "out_of_scope", clause) if more else None


def _foreign(clause: Clause) -> bool:
    """Whether it names a material that is not cast here and none that is; stainless bolts beside a casting are no material of it."""
    beside = clause.asks and "galvanic" in topics_asked(clause.text, clause.entities, clause.start)
    return has(clause, "foreign_material") and not beside and not has(clause, "alloy", "alloy_group")


def advice(clause: Clause, view: View) -> Command | None:
    """A question what a metal is like in use: colour, weather, rust, magnets, another metal beside it."""
    if not clause.asks or wishes(clause) or has(clause, *MEASURED):
        return None
    of_metal = has(clause, "alloy", "alloy_group") or view.topic in ALLOY_TOPICS or view.running
    topics = topics_asked(clause.text, clause.entities, clause.start)
    likelier = (
        intent(clause.act).kind in ("question", "task") and clause.act not in ALLOY_TOPICS and clause.sure >= SURE
    )
    # «Does it go green outdoors?» after an answer about alloys asks nothing of the company.
    likelier = likelier and not (view.topic in ALLOY_TOPICS and intent(clause.act).name == "faq")
    return Answer(because(advice), "alloy_property", clause) if topics and of_metal and not likelier else None


def of_alloys(clause: Clause, view: View) -> Command | None:
    """A question that names alloys and no figure is about them, though it is not clear which of the questions it is."""
    figures = has(clause, *MEASURED, "date", "week", "lead", "number", "order_no", "part_no", "drawing_no")
    if not clause.asks or figures or not has(clause, "alloy", "alloy_group") or wishes(clause):
        return None
    if intent(clause.act).kind == "question" and clause.sure >= LIKELY:
        return None
    likely = clause.chance(*ALLOY_TOPICS) >= HALF
    act = next((act for act, _ in clause.acts if act in ALLOY_TOPICS), None)
    return Answer(because(of_alloys), act, clause) if likely and act else None


def material(clause: Clause, view: View) -> Command | None:
    """A metal or a thing that is not our business."""
    outside = clause.act == "out_of_scope" and clause.sure >= (SURE if view.running else LIKELY)
    return Answer(because(material), "out_of_scope", clause) if _foreign(clause) or outside else None
