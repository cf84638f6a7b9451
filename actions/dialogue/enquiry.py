"""An enquiry begins as soon as somebody tells of a thing they want cast, or figures of one, whatever stands beside it.

What is asked in the same message is answered, what was told goes into the request, and the request asks for what is missing.
"""

from collections.abc import Sequence

from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue.commands import Answer, Command, Decide, Fill, FollowUp, Miss, Person, Start, Talk
from actions.dialogue.view import FAINT, LIKELY, OF_A_CASTING, SURE, View, because, has, of_goods, states
from actions.form.task import task_of_intent
from actions.form.text import wants_thing
from actions.form.words import find, opens
from actions.orders.facets import ORDERS
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: The intent of a request for a quotation.
QUOTE = "place_order"
#: The question whose answer is a quotation.
PRICE = "price"
#: What is said to somebody who only asks for now.
EXPLORING = "exploring"
#: Figures of a casting; the kinds of which one makes another one an enquiry; how many kinds are one on their own.
_FIGURES = ("quantity", "weight", "dimensions", "wall")
_OF_A_THING, _KINDS, _WHOLE = {"part", "dimensions"}, 2, 3
#: How likely a wish must be that names a thing and its metal only, or that is worded as one.
_WISHED, _HINTED = 0.3, 0.2
#: Questions that ask for figures, and change with them.
_OF_FIGURES = ("lead_time", "capacity", "casting_limits")
#: Questions that say of what they name that it is wanted: «do you pour LG2?»
_OF_WANTED = ("alloy_offered", *_OF_FIGURES)
#: What a message is about that tells of no new casting.
_OTHERS = ("complaint", "change_order", "cancel_order", "order_document", "reorder", "order_status", "order_list")
#: Commands that are in doubt about what they read.
_DOUBTFUL = (FollowUp, Miss, Decide)


def only_explores(text: str) -> bool:
    """Whether somebody says that they only ask, and want no quotation yet."""
    return words("request").says(text, "no_quote")


def refuses_quote(text: str) -> bool:
    """Whether somebody says outright that no quotation is wanted; «no quotation for the machining» leaves out a thing."""
    known = words("request")
    found = None if "?" in text and opens(text.lstrip(), "asks") else known.where(text, "refuses_quote")
    return found is not None and not known.begins_near(text[found[1] :], "quoted_for", 0)


def wants_quote(reading: Reading) -> bool:
    """Whether a message wishes for a price, an offer or something cast, in so many words."""
    return any(
        not refuses_quote(each.text)
        and (_asks_to_quote(each) or _wishes(each) or (each.chance(QUOTE) >= SURE and not each.asks))
        for each in reading.clauses
    )


def enquiry(commands: Sequence[Command], reading: Reading, view: View) -> list[Command]:
    """A thing that is to be cast is told, or figures of one: what is asked beside it is answered, and the request begins."""
    if not view.running and (only_explores(reading.text) or (view.no_quotation and not wants_quote(reading))):
        return _without_told([only_asked(each) for each in commands])
    found = list(commands)
    start = next((each for each in found if isinstance(each, Start) and _of_quote(each)), None)
    if not view.running and start is None and not _begins(found, reading, view):
        return _without_told(found)
    if view.running:
        return found
    if start is None:
        told = [each for each in found if _tells(each)]
        start = Start(because(enquiry), QUOTE, _clause(told[0]))
        asked = [each for each in found if isinstance(each, Answer) and each not in told]
        others = [each for each in found if each not in (*asked, *told)]
        found = [start, *others, *asked, *(Fill(because(enquiry), _clause(each)) for each in told[1:])]
    wanted = [each for each in found if isinstance(each, Answer) and _wants_what_it_names(each, start)]
    return [*found, *(Fill(because(enquiry), each.clause) for each in wanted)]


def _without_told(commands: list[Command]) -> list[Command]:
    """The commands less answers to what was only told beside a question: «wall 6 mm going into a 25 mm boss» asks for no limits."""
    asked = any(isinstance(each, Answer) and each.clause.asks for each in commands)
    told = [each for each in commands if isinstance(each, Answer) and each.topic in _OF_FIGURES and states(each.clause)]
    told = [each for each in told if not _asks_by_figures(each.clause) and not find(each.clause.text, "asks")]
    return [each for each in commands if each not in told] if asked else commands


def only_asked(command: Command) -> Command:
    """What somebody who only asks is taken to want: the figures that are told are judged, and no request begins."""
    clause = getattr(command, "clause", None)
    doubtful = isinstance(command, _DOUBTFUL) and isinstance(clause, Clause) and has(clause, *_FIGURES)
    if not isinstance(clause, Clause) or not (doubtful or (isinstance(command, Start) and _of_quote(command))):
        return command
    if find(words("request").without(clause.text, "no_quote"), "wanted"):
        return command
    act = next((act for act, share in clause.acts if intent(act).kind == "question" and share >= FAINT), "")
    if has(clause, *_FIGURES):
        return Answer(because(enquiry), act if act in _OF_FIGURES else "casting_limits", clause)
    return Answer(because(enquiry), act, clause) if act and clause.asks else Talk(because(enquiry), EXPLORING, clause)


def _of_quote(command: Start) -> bool:
    return task_of_intent(command.intent) == task_of_intent(QUOTE)


def _begins(commands: Sequence[Command], reading: Reading, view: View) -> bool:
    """Whether a message tells of something to be cast, and of nothing that exists."""
    whole = reading.whole
    if any(isinstance(each, (Start, Person)) for each in commands) or not any(map(_tells, commands)) or view.claims:
        return False
    if of_goods(whole) or has(whole, *OWN_NUMBERS):
        return False
    if any(each.act in _OTHERS and each.sure >= LIKELY for each in (whole, *reading.clauses)):
        return False
    told = [each for each in reading.clauses if states(each) or each.chance(QUOTE) >= LIKELY]
    kinds = {kind for each in told for kind in _kinds(each)}
    quotes = any(_asks_to_quote(each) for each in told)
    if not quotes and view.topic in _OF_FIGURES and kinds <= _own_kinds(view.topic, view):
        # The figures that the answer about room or lead time has just asked for.
        return False
    wish = quotes or any(_wishes(each) for each in told)
    asks_of_it = any(
        isinstance(each, (Answer, Talk)) and each.clause.asks and each.clause not in told for each in commands
    )
    if not wish and asks_of_it and "quantity" not in kinds:
        # Who asks about a design, an alloy, the firm or its terms is answered: a thing alone is not yet wanted.
        return False
    if wish and kinds - {"quantity"}:
        return True
    if view.topic in ORDERS or not kinds & {*_FIGURES, "part"}:
        return False
    if has(whole, "email", "phone") and kinds & {*_FIGURES}:
        # Where to answer, told with a figure of a casting: nobody says that but with a request.
        return True
    if not kinds & {*_FIGURES}:
        # Nobody tells of a thing and its metal alone but to have it cast, or to ask of the metal.
        asked = any(isinstance(each, Answer) and intent(each.topic).name in ALLOY_TOPICS for each in commands)
        if view.topic == PRICE and "part" in kinds:
            # Who asked what it costs says now what it is: the price comes with a quotation.
            return True
        return "alloy" in kinds and (not asked or any(each.chance(QUOTE) >= _WISHED for each in told))
    enough = _KINDS if kinds & _OF_A_THING else _WHOLE
    return len(kinds) >= enough


def _kinds(clause: Clause) -> set[str]:
    """Which kinds of figures of a casting a clause tells, and whether it names a thing."""
    if words("request").says(clause.text, "as_a_rule"):
        return set()
    found = {each["entity"] for each in clause.values if not each.get("every") and not each.get("reference")}
    found &= OF_A_CASTING - {"application"}
    if "alloy_group" in found:
        found = found - {"alloy_group"} | {"alloy"}
    thing = any(each.tag == "part" for each in clause.told) or find(clause.text, "it_is_a") or wants_thing(clause.text)
    if words("alloys").says(clause.text, "something_for"):
        # «Something for a sea water pump» looks for a metal.
        thing = False
    return found | ({"part"} if thing else set())


def _own_kinds(topic: str, view: View) -> frozenset[str]:
    """The kinds of figures that an answer about room, lead time or limits goes by."""
    return view.topics.get(topic, frozenset()) | {"alloy", "temper"}


def _asks_to_quote(clause: Clause) -> bool:
    return bool(opens(clause.text.lstrip(), "enquiry", "asks_to_quote") or find(clause.text, "wanted"))


def _wishes(clause: Clause) -> bool:
    """Whether a clause is worded as an enquiry: «please quote», «pris på», «we need», «skal ha støpt»."""
    if _asks_to_quote(clause):
        return True
    if clause.asks:
        # «Might you be able to cast us another?»
        return clause.chance(QUOTE) >= LIKELY
    return bool(find(clause.text, "thing_wanted")) and clause.chance(QUOTE, "price") >= _HINTED


def _tells(command: Command) -> bool:
    """Whether a command is about a clause that tells something and asks nothing."""
    if isinstance(command, Answer):
        return states(command.clause) and not (command.topic == command.clause.act and _asks_by_figures(command.clause))
    if not isinstance(command, _DOUBTFUL) or _asks_by_figures(command.clause):
        return False
    return not command.clause.asks or bool(_kinds(command.clause) - {"alloy"})


def _asks_by_figures(clause: Clause) -> bool:
    """Whether a question without a mark names the figures it goes by: «lead time for 40 pcs of 38 kg in RG5»."""
    asked = clause.act in _OF_FIGURES and clause.sure >= SURE
    return asked and asks(clause.text, "asks_how_soon") and not _wishes(clause)


def _clause(command: Command) -> Clause:
    assert isinstance(command, (Answer, *_DOUBTFUL))
    return command.clause


def _wants_what_it_names(command: Answer, start: Start) -> bool:
    """Whether a question says what is wanted: «do you pour LG2?» beside sixty bushes of no alloy."""
    clause = command.clause
    said = {each["entity"] for each in start.clause.values}
    several = len({each["value"] for each in clause.values if each["entity"] in ("alloy", "alloy_group")}) > 1
    named = {each["entity"] for each in clause.values} & OF_A_CASTING - {"application"} - said
    return intent(command.topic).name in _OF_WANTED and bool(named) and not several
