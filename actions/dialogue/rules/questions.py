"""Rules about questions with an answer of their own: what the company is and can do, and two readings that are close."""

from dataclasses import replace

from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue.close import or_close
from actions.dialogue.commands import Answer, Both, Command, Talk
from actions.dialogue.numbering import numbered_questions
from actions.dialogue.rules.alloys import runs_weekly
from actions.dialogue.rules.seen import ANSWERED, CLOSING, MEASURED, NAMES_ANOTHER, wishes
from actions.dialogue.view import CLOSE, DOUBT, LIKELY, SURE, View, because, command_of, has, joined, states
from actions.form.words import find, opens
from actions.orders.facets import ORDERS, facets_in
from actions.talk import glossary
from actions.talk.faq import asked_anyhow, hinted, names_fact, plainly_asked, strays, surely_asked
from actions.talk.talk import WORD
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: What a question about the company is about that names nothing known of it.
UNKNOWN = "faq/unknown"
#: A property that only says that alloys are spoken of.
OF_ALLOYS_AT_LARGE = ("range",)
#: Below this, no meaning of a question about an order is acted on.
HARDLY = 0.35
#: Questions that are answered with yes or no.
VERDICTS = ("casting_limits", "lead_time", "capacity", "alloy_offered")
#: What «do you cast hinges?» is also taken for.
OF_SUCH = ("faq/process", "faq/contact", "faq/minimum_order", "casting_limits", "alloy_offered")


def yes_or_no(clause: Clause, view: View) -> Command | None:
    """A plain yes or no is wanted to what was asked before."""
    again = not clause.values and not view.at_read_back and view.topic in VERDICTS and clause.words <= CLOSING
    return (
        Answer(because(yes_or_no), view.topic, clause)
        if again and words("talk").says(clause.text, "yes_or_no")
        else None
    )


def can_cast(clause: Clause, view: View) -> Command | None:
    """Whether such a thing can be cast is asked, and nothing of it is told but what it is."""
    named = any(each.tag == "part" for each in clause.told) or has(clause, "application")
    only = {each["entity"] for each in clause.values} <= {"application"}
    if view.running or not clause.asks or not named or not only or not words("limits").says(clause.text, "can_cast"):
        return None
    other = (
        clause.sure >= SURE and intent(clause.act).kind in ("question", "task", "outside") and clause.act not in OF_SUCH
    )
    return (
        None if other or asks(clause.text, "outside_process") else Answer(because(can_cast), "casting_limits", clause)
    )


def numbered(reading: Reading, view: View) -> tuple[Command, ...]:
    """Several questions are numbered in one line: each is answered, in its order."""
    asked = [] if view.running else numbered_questions(reading)
    return tuple(Answer(because(numbered), topic or UNKNOWN, clause) for topic, clause in asked)


def asked_of_told(reading: Reading, view: View) -> tuple[Command, ...]:
    """A matter of the company's facts is told, and what is asked of it names nothing: «our pattern is worn. Can it be used?»"""
    said = [each for each in reading.clauses if intent(each.act).kind != "courtesy"]
    if view.running or len(said) != 2 or any(each.values for each in said):
        return ()
    told, asked = said
    topic = plainly_asked(told.text) if states(told) else None
    alone = asked.asks and asked.words <= NAMES_ANOTHER and words("talk").says(asked.text, "it_alone")
    # A metal is asked about where one is talked of.
    metal = intent(asked.act).name in ALLOY_TOPICS and view.topic not in ALLOY_TOPICS
    other = asked.sure >= SURE and intent(asked.act).name != "faq" and not metal
    if not topic or not alone or other or plainly_asked(asked.text):
        return ()
    return (Answer(because(asked_of_told), topic, joined(told, asked, reading)),)


def word_asked(clause: Clause, view: View) -> Command | None:
    """What a word of ours means."""
    word = glossary.word_asked(clause.text)
    if not word:
        return None
    told = Talk(because(word_asked), f"{WORD}{word}", clause)
    weekly = runs_weekly(clause, view) if has(clause, "alloy", "alloy_group") else None
    return Both(because(word_asked), told, weekly) if weekly else told


def fact_anyhow(clause: Clause, view: View) -> Command | None:
    """A question about the company whose words say what is asked, whatever metal or figure stands beside them."""
    asked = clause.asks or "?" in clause.text or words("talk").says(clause.text, "just_answer")
    topic = asked_anyhow(clause.text) if asked and not has(clause, "order_no", "quotation_no") else None
    return Answer(because(fact_anyhow), topic, clause) if topic else None


def question(clause: Clause, view: View) -> Command | None:
    """A question with an answer of its own."""
    # «And how long does that take?» in the midst of a request may ask for a reason or for the thing itself: the thing is told.
    sure = clause.sure + (clause.chance("explain") if view.running and clause.asks else 0.0)
    if intent(clause.act).kind != "question" or sure < LIKELY or _only_tells(clause):
        return None
    answer = Answer(because(question), clause.act, clause)
    if not view.running:
        # «Which delivery address is on SO-30431?» says what is asked of the order.
        plain = clause.act in ORDERS and has(clause, "order_no") and set(facets_in(clause.text)) - {"papers"}
        return answer if plain else or_close(answer, clause, view)
    if clause.asks and clause.sure < SURE and strays(clause.act, clause.facet, clause.text):
        # What names nothing that is known of us goes along with the request.
        return None
    tells = view.question is not None and view.question.told(clause)
    if clause.sure >= SURE and not tells and not wishes(clause) and clause.chance("inform") < ANSWERED:
        # «Er RG7 bedre på slitasje egentlig» asks, without a mark too; what it names is put nowhere.
        return answer
    if _compares(clause) and not wishes(clause):
        return answer
    if (wishes(clause) or states(clause)) and view.fits(clause, False):
        # «As early as possible» of a date is a wish.
        return None
    if clause.asks and not ("?" not in clause.text and opens(clause.text, "no_question")):
        return answer
    # What answers the open question in words is no question: «new parts as soon as possible».
    if clause.sure < SURE or (
        _any_statement(view) and (not view.fits(clause, False) or view.open in view.fits(clause, True))
    ):
        return None
    return answer


def _only_tells(clause: Clause) -> bool:
    """Whether it asks nothing and names nothing of what it is taken for a question about.

    «It turns slowly but with a heavy load» asks for no limits, «I write on behalf of a trust» for nothing of the company.
    """
    if clause.asks:
        return False
    if clause.act == "casting_limits":
        return not has(clause, *MEASURED) and not words("limits").says(clause.text, "at_large")
    return clause.sure < SURE and strays(clause.act, clause.facet, clause.text)


def fact(clause: Clause, view: View) -> Command | None:
    """A question about the company of which the fact is clear, however it is worded."""
    beside = [each for each in clause.values if each.get("value") not in OF_ALLOYS_AT_LARGE]
    asked = clause.asks or words("talk").says(clause.text, "just_answer")
    if not asked or beside or wishes(clause) or words("request").says(clause.text, "meaning"):
        return None
    if clause.values and not surely_asked(clause.text):
        return None
    if clause.act in ORDERS and clause.sure >= LIKELY:
        # «Where are our goods?» asks for no address.
        return None
    if clause.chance("explain") >= ANSWERED and not view.running:
        # «Where does that figure come from?» asks for no address and no origin of metal.
        return None
    read = intent(clause.act).name == "faq" and clause.facet is not None and not view.running
    likelier = intent(clause.act).kind in ("question", "task") and clause.sure >= SURE
    likely = None if likelier else plainly_asked(clause.text) or _close_fact(clause, view)
    topic = clause.act if read else surely_asked(clause.text) or likely
    if not topic and not likelier and (seen := hinted(clause.hint, clause.text)):
        # «Can you use our pattern?», read as one of several: the words and the facet agree.
        return Answer(because(fact), seen, replace(clause, facet=clause.hint, acts=((seen, SURE), *clause.acts)))
    return Answer(because(fact), topic, clause) if topic else None


def _close_fact(clause: Clause, view: View) -> str | None:
    """The topic of the company that is about as likely as the likeliest reading, and whose fact the words name."""
    if view.running or clause.sure >= DOUBT or view.topic in ORDERS:
        return None
    near = [act for act, share in clause.acts[:2] if share >= CLOSE * clause.sure]
    close = [act for act in near if intent(act).name == "faq"]
    if len(close) < len(near) and find(clause.text, "joints"):
        # «What does freight cost, and when does it come?» asks both.
        return None
    return next((act for act in close if names_fact(act, clause.text)), None)


def _compares(clause: Clause) -> bool:
    """Whether several alloys are set against each other: «RG5 vs RG7» is no choice between them."""
    several = len({each.get("value") for each in clause.values if each["entity"] in ("alloy", "alloy_group")}) > 1
    return several and clause.act == "alloy_comparison" and clause.sure >= SURE


def close(clause: Clause, view: View) -> Command | None:
    """Two readings are close: which one is asked, naming both."""
    if view.running or view.asked_back or clause.sure < 0.2 or clause.words < 2 or _only_tells(clause):
        return None
    hardly = clause.sure < (LIKELY if clause.act in ALLOY_TOPICS else HARDLY)
    if view.topic in ORDERS and view.of_an_order and clause.asks and not clause.values and hardly:
        # Something of the order that its status does not hold.
        return Answer(because(close), "order_status", clause)
    for act, _ in clause.acts[:2]:
        command = command_of(because(close), act, clause)
        if command is not None:
            return or_close(command, clause, view)
    return None


def _any_statement(view: View) -> bool:
    return view.question is not None and view.question.any_statement
