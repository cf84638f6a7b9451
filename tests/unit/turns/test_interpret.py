"""Rules from tables: clauses with their meanings, where the talk stands -> commands with their reasons. No I/O."""

from dataclasses import replace
from typing import Any

import pytest

from actions.dialogue.commands import Answer, Command, Decide, Fill, Recap, Start, Talk
from actions.dialogue.interpret import APART, decide, interpret
from actions.dialogue.rules.for_clause import FOR_CLAUSE
from actions.dialogue.rules.for_message import FOR_MESSAGE
from actions.dialogue.settle import MOST, settle
from actions.dialogue.units import units
from actions.dialogue.view import View
from actions.form.task import CONFIRMATION, Task, tasks
from actions.turns.reading import Clause, Reading, Told


def clause(
    text: str, *acts: tuple[str, float], start: int = 0, asks: bool | None = None, told: str = "", **entities: Any
) -> Clause:
    """A clause; each entity stands for one value in it. ``told``: what all of it tells, as the engine has seen."""
    found = tuple(
        {"entity": name, "value": value, "start": start, "end": start + 1} for name, value in entities.items()
    )
    asking = "?" in text if asks is None else asks
    seen = (Told(told, start, start + len(text)),) if told else ()
    return Clause(text, start, start + len(text), acts, asking, None, found, seen)


def message(*said: Clause) -> Reading:
    """A message of these clauses one after another; its whole means what the first of them means."""
    text, placed = "", []
    for each in said:
        start = len(text) + (1 if text else 0)
        moved = tuple(
            entity | {"start": start + entity["start"] - each.start, "end": start + entity["end"] - each.start}
            for entity in each.entities
        )
        seen = tuple(told.moved(start - each.start) for told in each.told)
        placed.append(Clause(each.text, start, start + len(each.text), each.acts, each.asks, each.facet, moved, seen))
        text += (" " if text else "") + each.text
    values = tuple(entity for each in placed for entity in each.entities)
    seen = tuple(told for each in placed for told in each.told)
    whole = Clause(text, 0, len(text), said[0].acts, any(each.asks for each in said), None, values, seen)
    return Reading(whole, tuple(placed))


def quote() -> Task:
    """A task with questions that take words and others that take values."""
    return tasks()["quote_request"]


def running(question: str, fits: dict[str, set[str]] | None = None, words: dict[str, set[str]] | None = None, **given: Any) -> View:  # fmt: skip
    """A quotation request at a question. ``fits``: what the values of a text answer; ``words``: what its words would."""

    def answers(each: Clause, asked: bool) -> frozenset[str]:
        found = next((names for part, names in (fits or {}).items() if part in each.text), set())
        said = next((names for part, names in (words or {}).items() if part in each.text), set()) if asked else set()
        return frozenset(found | said)

    return View(task=quote(), open=question, fits=answers, **given)


def told(commands: tuple[Command, ...]) -> list[str]:
    """``Name because`` of each, with what it is about."""
    return [" ".join(filter(None, (each.name, each.because, each.about))) for each in commands]


def check(reading: Reading, view: View, *wanted: str) -> None:
    assert told(interpret(reading, view)) == list(wanted)


IDLE = View()
AT_NAME = running("name", words={"Kari": {"name"}})
AT_ALLOY = running("alloy", fits={"RG5": {"alloy"}, "40": {"quantity"}, "uke 20": {"delivery"}})
AT_USE = running("application", fits={"40": {"quantity"}}, words={"bracket": {"application"}})
AT_END = running(CONFIRMATION, asked_to_send=True, fits={"60": {"quantity"}})

AT_REFUSED = running(CONFIRMATION, refused=True, fits={"60": {"quantity"}})

POINTS = Clause(
    "den andre", 0, 9, (("inform", 0.8),), False, None,
    ({"entity": "order_no", "value": "SO-2", "start": 0, "end": 9, "reference": "other"},),
)  # fmt: skip
ASKED_OF = View(topic="alloy_property", topics={"alloy_property": frozenset({"alloy"})})
OUTSIDE = [
    ("what becomes of what is written", clause("hvor lenge lagrer dere chatten?", ("faq/process", 0.7)), "Talk privacy privacy"),
    ("it is to be deleted", clause("please delete this chat", ("stop_task", 0.7)), "Talk privacy privacy"),
    ("patterns that are kept", clause("how long do you store patterns?", ("faq/terms", 0.7)), "Answer question faq/terms"),
    ("a design", clause("what radius should I put at the transition?", ("casting_limits", 0.6)), "Talk design design"),
    ("a design that cracks", clause("hjelper det med større hulkil?", ("alloy_recommendation", 0.6)), "Talk design design"),
    ("a greeting", clause("hei", ("greet", 0.95)), "Talk courtesy greet"),
    ("a person", clause("jeg vil snakke med noen", ("human", 0.7)), "Person person"),
    ("stop with nothing in progress", clause("stopp", ("stop_task", 0.9)), "Talk stop stop_task"),
    ("not now with nothing in progress", clause("ikke nå", ("postpone", 0.8)), "Talk postpone postpone"),
    ("a withdrawal", clause("la det ligge", ("take_back", 0.8)), "TakeBack take_back"),
    ("on it goes", clause("vi tar det videre", ("resume", 0.8)), "Resume resume"),
    ("on it goes, by a word", clause("fortsett", ("inform", 0.3), resume=True), "Resume resume"),
    ("what was understood", clause("hvor langt er vi kommet?", ("recap", 0.8)), "Recap recap"),
    ("what was taken down", clause("hva har du notert?", ("recap", 0.8)), "Recap noted"),
    ("what was understood, however it is worded", clause("what exactly have you put in?", ("alloy_offered", 0.7)), "Recap noted"),
    ("whether a wish is gone", clause("so the cancellation is gone, right?", ("cancel_order", 0.8)), "Talk asks_of_wish gone/cancel_order"),
    ("whether a complaint was sent", clause("er reklamasjonen sendt ennå?", ("order_status", 0.6)), "Talk asks_of_wish gone/complaint"),
    ("whether a call-back was booked", clause("is the call booked then?", ("faq/contact", 0.6)), "Talk asks_of_wish gone/call_back"),
    ("whether a change went, without a question mark", clause("did the address one go off", ("order_status", 0.6)), "Talk asks_of_wish gone/change_order"),
    ("a cancellation is none of that", clause("kan avbestillingen gjelde alt?", ("cancel_order", 0.8)), "Start other_task cancel_order"),
    ("an order to be looked at", clause("sjekk SO-30433", ("faq/quality", 0.3), ("complaint", 0.1), order_no="SO-30433"), "Answer looked_up order_status"),
    ("a faint likeness begins no wish", clause("er SO-30433 målt opp?", ("faq/quality", 0.5), ("complaint", 0.1), ("order_status", 0.06), order_no="SO-30433"), "Answer of_named_order order_status"),
    ("where it comes from", clause("hvor har du det fra?", ("explain", 0.8)), "Explain explain"),
    ("yes to what was offered", clause("gjerne", ("affirm", 0.8)), "Accept yes"),
    ("yes with a value is no bare yes", clause("ja RG5", ("affirm", 0.8), alloy="CC491K"), "FollowUp follow_up"),
    ("no with a value is no bare no", clause("nei, RG7", ("deny", 0.8), alloy="CC493K"), "FollowUp follow_up"),
    ("a correction with its value", clause("jeg mente RG7", ("correct", 0.8), alloy="CC493K"), "FollowUp follow_up"),
    ("no to what was offered", clause("nei takk", ("deny", 0.8)), "Decline no"),
    ("a wish", clause("tilbud på ventilhus", ("place_order", 0.8)), "Start other_task place_order"),
    ("a question", clause("hva tåler RG5?", ("alloy_property", 0.8), alloy="CC491K"), "Answer question alloy_property"),
    ("a company question", clause("hvor holder dere til?", ("faq/location", 0.8)), "Answer question faq/location"),
    ("about the assistant", clause("er du en robot?", ("bot_challenge", 0.8)), "Talk about_us bot_challenge"),
    ("a material we do not cast", clause("rustfritt", ("inform", 0.5), foreign_material="stainless"), "Answer material out_of_scope"),
    ("not our business", clause("hvem vant kampen", ("out_of_scope", 0.8)), "Answer material out_of_scope"),
    ("a bare value", clause("og i T6?", ("inform", 0.8), temper="T6"), "FollowUp follow_up"),
    ("content to wait", clause("fint, da venter jeg", ("order_status", 0.4), asks=True), "Talk will_wait will_wait"),
    ("content to wait, in dialect", clause("greit, da vente æ", ("goodbye", 0.4)), "Talk will_wait will_wait"),
    ("waiting until a day is none", clause("we can wait until June", ("inform", 0.6), date="2027-06-30"), "FollowUp follow_up"),
    ("another time", clause("ein annan gong da", ("greet", 0.2)), "Talk another_time postpone"),
    ("somebody is to ring", clause("kan noen ringe meg mandag?", ("faq/contact", 0.5), date="2027-03-08"), "Start call_back call_back"),
    ("somebody is to ring, with a subject", clause("ring meg om ei bøssing i bronse", ("place_order", 0.6), phone="1", alloy_group="bronze"), "Start call_back call_back"),
    ("news of an order by telephone", clause("ring meg når den er klar", ("order_status", 0.7)), "Answer question order_status"),
    ("a person with a number", clause("et menneske, ikke en maskin", ("human", 0.9), phone="1"), "Start call_back call_back"),
    ("no machine", clause("jeg prater ikke med en robot", ("deny", 0.8)), "Person person"),
    ("what a word means", clause("hva betyr egentlig «godstykkelse» her?", ("explain", 0.6)), "Talk word_asked word/wall"),
    ("a slip of the writer's own", clause("å nei, jeg tastet feil", ("complaint", 0.6)), "Miss own_slip"),
    ("who pays", clause("who covers our hours?", ("faq/terms", 0.8)), "Talk money_claimed money"),
    ("who pays the carriage is a question of terms", clause("who pays for the freight?", ("faq/terms", 0.8)), "Answer question faq/terms"),
    ("a late delivery is no fault of goods", clause("this is weeks overdue", ("complaint", 0.8)), "Answer waited_in_vain order_status"),
    ("a late delivery with a fault is one", clause("weeks overdue and half of them cracked", ("complaint", 0.8)), "Start other_task complaint"),
    ("a mail nobody answered", clause("jeg har aldri fått svar fra dere", ("complaint", 0.8)), "Talk waited_in_vain unanswered"),
    ("an enquiry nobody answered", clause("no reply to my enquiry for 8 brackets", ("complaint", 0.8), quantity=8), "Talk waited_in_vain regret", "Start waited_in_vain place_order"),
    ("nobody is to ring", clause("please don't call me", ("out_of_scope", 0.3)), "Talk no_person no_call"),
    ("where to answer, with a weight", clause("8 kg each, mail a@b.example", ("inform", 0.8), weight=8, email="a@b.example"), "Start enquiry place_order"),
    ("noise", clause("qwe", ("nlu_fallback", 0.8)), "Miss nothing"),
    ("a guess too weak to act on", clause("hmm tja", ("order_status", 0.1)), "Miss nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), [pytest.param(row[1], row[2:], id=row[0]) for row in OUTSIDE])
def test_a_clause_outside_of_a_request(said: Clause, wanted: tuple[str, ...]) -> None:
    check(message(said), IDLE, *wanted)


INSIDE = [
    ("a question that names another value changes none", running("delivery", {"RG7": {"alloy"}}, changes=lambda _: True),
     clause("blir det billigere i RG7?", ("price", 0.8), alloy="CC493K"), "Miss only_asks"),
    ("a question of its own that names another value", running("delivery", {"RG7": {"alloy"}}, changes=lambda _: True),
     clause("tåler RG7 mer?", ("alloy_property", 0.8), alloy="CC493K"), "Answer only_asks alloy_property"),
    ("one more thing of a metal that is not cast", AT_ALLOY, clause("og en stålpinne også, 8 stk", ("inform", 0.5), foreign_material="steel", quantity=8), "Answer other_metal out_of_scope"),
    ("courtesy alone", AT_ALLOY, clause("takk", ("thanks", 0.9)), "Talk courtesy thanks"),
    ("a name that looks like courtesy", AT_NAME, clause("Kari Hansen", ("greet", 0.6)), "Fill words"),
    ("a person, nearly sure", AT_USE, clause("noen som kan hjelpe", ("human", 0.7)), "Person person"),
    ("a person, not sure enough at words", running("application", words={"mannskap": {"application"}}),
     clause("til mannskap om bord", ("human", 0.5)), "Fill words"),
    ("stop", AT_ALLOY, clause("nok spørsmål", ("stop_task", 0.8)), "Stop enough"),
    ("stop, in one word", AT_ALLOY, clause("stopp her", ("stop_task", 0.8)), "Stop stop"),
    ("cancel alone", AT_ALLOY, clause("avbryt", ("cancel_order", 0.8)), "Stop only_cancel"),
    ("cancel an order", AT_ALLOY, clause("avbestill SO-30417", ("cancel_order", 0.8), order_no="SO-30417"), "Start other_task cancel_order"),
    ("not now", AT_ALLOY, clause("jeg må sjekke internt", ("postpone", 0.7)), "Postpone postpone"),
    ("a pause before a value is a correction", AT_USE, clause("nei vent, 40 stk", ("postpone", 0.9), quantity=40), "Fill values"),
    ("a withdrawal", AT_ALLOY, clause("ikke likevel", ("take_back", 0.8)), "TakeBack take_back"),
    ("on it goes", AT_ALLOY, clause("gå videre", ("resume", 0.8)), "Resume resume"),
    ("what was understood", AT_ALLOY, clause("hvor langt er vi kommet?", ("recap", 0.8)), "Recap recap"),
    ("what was taken down", AT_ALLOY, clause("vad har du skrivit ner", ("inform", 0.8)), "Recap noted"),
    ("all of it, however it sounds", AT_ALLOY, clause("write me all what you send", ("order_list", 0.3)), "Recap noted"),
    ("why it is asked", AT_ALLOY, clause("hvorfor det?", ("explain", 0.8)), "Explain explain"),
    ("called wrong", AT_ALLOY, clause("det var feil", ("correct", 0.8)), "Correct correct"),
    ("called wrong with the right value", AT_USE, clause("feil, 40 stk", ("correct", 0.8), quantity=40), "Fill values"),
    ("agreement to an alloy that was proposed", running("alloy", words={"ja": {"alloy"}}), clause("ja den", ("affirm", 0.9)), "Fill yes"),
    ("yes to a question that wants none", AT_ALLOY, clause("ja", ("affirm", 0.9)), "Miss agrees"),
    ("no to a question", AT_ALLOY, clause("nei", ("deny", 0.9)), "Fill no"),
    ("the wish again", AT_ALLOY, clause("altså et tilbud", ("place_order", 0.8)), "Fill same_request"),
    ("a wish the request covers", AT_ALLOY, clause("hva blir prisen?", ("price", 0.8)), "Fill same_request"),
    ("another wish, sure", AT_ALLOY, clause("jeg vil reklamere", ("complaint", 0.9)), "Start other_task complaint"),
    ("another wish, not sure", running("application", words={"skadde": {"application"}}),
     clause("erstatter skadde deler", ("complaint", 0.6)), "Fill words"),
    ("a question", AT_USE, clause("hva tåler RG7?", ("alloy_property", 0.6), alloy="CC493K"), "Answer question alloy_property"),
    ("a statement that only sounds like a question", AT_USE, clause("bracket on deck", ("alloy_property", 0.9), told="application"), "Fill words"),
    ("a question without its mark", AT_USE, clause("er RG7 bedre på slitasje", ("alloy_property", 0.9), alloy="CC493K"), "Answer set_against alloy_comparison"),
    ("a statement that answers the open question", running("application", words={"fort": {"application"}}, fits={"fort": {"application"}}),
     clause("nye deler fort", ("lead_time", 0.9), told="application"), "Fill values"),
    ("a statement that surely is another matter", AT_ALLOY, clause("leveringstiden på nye deler", ("lead_time", 0.9)), "Answer question lead_time"),
    ("help", AT_ALLOY, clause("hjelp", ("help", 0.8)), "Talk about_us help"),
    ("a value of a later question", AT_ALLOY, clause("40 stk", ("inform", 0.9), quantity=40), "Fill values"),
    ("a question about an alloy puts it nowhere", AT_ALLOY, clause("what does RG5 mean?", ("explain", 0.7), ("alloy_property", 0.1), alloy="CC491K"), "Answer question alloy_property"),
    ("a wish put as a question", AT_ALLOY, clause("can you make it 40?", ("faq/minimum_order", 0.6), quantity=40), "Fill values"),
    ("a question that only sounds like why", AT_ALLOY, clause("any difference between them?", ("explain", 0.5), ("alloy_comparison", 0.42)), "Answer question alloy_comparison"),
    ("a complaint in words where words are wanted", AT_USE, clause("the last lot was a bracket of pores", ("complaint", 0.9)), "Decide other_task  | complaint"),
    ("a value said as a question", AT_ALLOY, clause("går det med uke 20?", ("inform", 0.9), week="2027-W20"), "Fill values"),
    ("whether it can be done by then", AT_ALLOY, clause("rekker dere det?", ("explain", 0.7)), "Talk of_request doable"),
    ("what comes next", AT_ALLOY, clause("what happens next?", ("explain", 0.7)), "Talk of_request next"),
    ("what is left", AT_ALLOY, clause("what is left?", ("explain", 0.7)), "Recap of_request"),
    ("when the parts come is no question about the request", AT_ALLOY, clause("when do we get the parts?", ("lead_time", 0.8)), "Answer question lead_time"),
    ("a detail that is kept back", running("alloy", fits={"phone": {"no_phone"}}), clause("no phone number from me", ("human", 0.8)), "Fill kept_back"),
    ("a question that sounds like why and asks no reason", AT_ALLOY, clause("will somebody weigh them first?", ("explain", 0.7)), "Miss nothing"),
    ("what might be later", AT_ALLOY, clause("what if we take 40?", ("inform", 0.8), quantity=40), "Miss nothing"),
    ("words for the open question", AT_USE, clause("a bracket on deck", ("inform", 0.5)), "Fill words"),
    ("not our business, sure", AT_ALLOY, clause("hvem vant kampen", ("out_of_scope", 0.9)), "Answer material out_of_scope"),
    ("not our business, not sure", AT_ALLOY, clause("hvem vant kampen", ("out_of_scope", 0.6)), "Miss nothing"),
    ("production that goes on", running("details", words={"replace": {"details"}}), clause("not stopped, replace them", ("stop_task", 0.8)), "Fill words"),
    ("not known, whatever it sounds like", running("application", words={"vet": {"application"}}),
     clause("det vet jeg dessverre ikke", ("postpone", 0.9)), "Fill left_open"),
    ("an address that was asked for", running("email", fits={"@": {"email"}}),
     clause("my address is a@b.example", ("identify", 0.9), email="a@b.example"), "Fill values"),
    ("what comes later is an answer", running("drawing", fits={"tegningen": {"drawing"}}), clause("tegningen kommer senere", ("postpone", 0.9)), "Fill values"),
    ("noise", AT_ALLOY, clause("hmm nja", ("nlu_fallback", 0.8)), "Miss nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in INSIDE])
def test_a_clause_in_the_midst_of_a_request(view: View, said: Clause, wanted: str) -> None:
    check(message(said), view, wanted)


def test_a_day_is_taken_and_whether_it_can_be_done_is_answered() -> None:
    said = clause("rekker dere uke 20?", ("inform", 0.9), week="2027-W20")
    check(message(said), AT_ALLOY, "Fill of_request", "Talk of_request doable")


READ_BACK = [
    ("a clear yes", clause("ja, send", ("affirm", 0.9)), "Confirm clear_yes"),
    ("a clear yes whatever it was taken for", clause("det stemmer", ("thanks", 0.4)), "Confirm clear_yes"),
    ("praise", clause("supert", ("affirm", 0.9)), "Resume yes"),
    ("a yes with a reservation", clause("ja, men jeg tenker litt", ("affirm", 0.9)), "Resume yes"),
    ("a yes of somebody who sleeps on it", clause("bra, men jeg sover på det", ("affirm", 0.7)), "Postpone reservation"),
    ("a yes with a change", clause("ja, 60", ("affirm", 0.9), quantity=60), "Fill values"),
    ("no", clause("nei", ("deny", 0.9)), "Refuse refused"),
    ("no with a change", clause("nei, 60", ("deny", 0.9), quantity=60), "Fill values"),
    ("not now", clause("jeg tenker på det", ("postpone", 0.6)), "Postpone reservation"),
    ("a question", clause("hva tåler den?", ("alloy_property", 0.8)), "Answer question alloy_property"),
    ("something wrong in it", clause("it is the wall thickness that's wrong", ("complaint", 0.9)), "Correct wrong_here"),
    ("something wrong in it, with what is right", clause("noe er feil her, 60 stk", ("complaint", 0.9), quantity=60), "Fill wrong_here"),
    ("goods that came", clause("the castings we received are cracked", ("complaint", 0.9)), "Start other_task complaint"),
    ("an order that is named", clause("feil på SO-30417", ("complaint", 0.9), order_no="SO-30417"), "Start other_task complaint"),
    ("a remark", clause("rampen ligger på baksiden", ("inform", 0.5)), "Fill remark"),
    ("a short noise is no remark", clause("hmm tja", ("nlu_fallback", 0.8)), "Miss nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in READ_BACK])
def test_a_clause_at_the_read_back(said: Clause, wanted: str) -> None:
    check(message(said), AT_END, wanted)


YES_BESIDE: list[tuple[Any, ...]] = [
    ("when it is answered", ("Yes", "affirm"), ("when do I hear from you?", "faq/contact"), "Confirm yes_beside"),
    ("nothing is meant by it", ("ja", "affirm"), ("hva ellers?", "explain"), ("send da", "affirm"), "Confirm yes_beside"),
    ("a question of the company", ("ja, send", "affirm"), ("når stenger dere?", "faq/contact"), "Confirm yes_beside", "Answer yes_beside faq/contact"),
    ("when the customer decides", ("yes", "affirm"), ("I decide on Friday", "postpone"), "Confirm yes_beside", "Add yes_beside"),
    ("a reservation", ("yes", "affirm"), ("but I decide on Friday", "postpone"), "Postpone reservation"),
    ("the rest on the telephone", ("ja da send den", "affirm"), ("æ tar resten på telefon", "postpone"), "Confirm clear_yes"),
    ("that it was said", ("jo send den", "affirm"), ("æ sa ja", "affirm"), "Confirm clear_yes"),
    ("that it will do", ("good enough", "thanks"), ("send it", "affirm"), ("sales can read the rest in my words", "inform"), "Confirm clear_yes"),
    ("words to those who read it", ("ja send", "affirm"), ("be salg svare på dette med maskinering", "human"), ("og kjernene", "inform"), "Confirm yes_beside", "Add yes_beside"),
    ("a reservation of a time", ("ja send", "affirm"), ("men ikke før onsdag", "postpone"), "Postpone reservation"),
    ("whether it is right, before the yes", ("is the weight right?", "explain"), ("then send it", "affirm"), "Resume yes"),
    ("whether it is right", ("ja", "affirm"), ("stemmer antallet?", "explain"), "Explain explain"),
    ("something to be taken in", ("Ja, genau so, bitte absenden.", "affirm"), ("Den Besuch auch mit reinschreiben", "inform"), "Fill yes_and_more"),
    ("a remark", ("yes please", "affirm"), ("the crate must be dry", "inform"), "Fill yes_and_more"),
    ("another request that is set apart", ("send it", "affirm"), ("also I have a complaint, three are cracked", "complaint"), "Confirm yes_beside", "Start other_task complaint"),
    ("another request, in Norwegian", ("ja send den", "affirm"), ("og så må ordren flyttes", "change_order"), "Confirm yes_beside", "Start other_task change_order"),
    ("another request with a reservation", ("send it", "affirm"), ("but first change the order date", "change_order"), "Start other_task change_order"),
    ("a price is no request set apart", ("ja", "affirm"), ("hva koster RG5?", "price"), "Fill same_request"),
    ("a wish that asks", ("ja", "affirm"), ("kan dere også male dem?", "faq/process"), "Answer question faq/process"),
]  # fmt: skip


@pytest.mark.parametrize("row", YES_BESIDE, ids=lambda row: row[0])
def test_a_yes_with_something_beside_it(row: tuple[Any, ...]) -> None:
    said = [clause(text, (act, 0.8)) for text, act in (each for each in row[1:] if isinstance(each, tuple))]
    check(message(*said), AT_END, *(each for each in row[1:] if isinstance(each, str)))


DROPPED_BY_NAME: list[tuple[Any, ...]] = [
    ("the request in progress", AT_END, ("dropp forespørselen", "take_back"), ("når har dere åpent?", "faq/hours"), "Drop dropped quote_request", "Answer question faq/hours"),
    ("none is wanted", AT_ALLOY, ("jeg vil ikke ha tilbud", "deny"), "Drop dropped quote_request"),
    ("no quotation", AT_ALLOY, ("not a quotation please", "deny"), "Drop dropped quote_request"),
    ("one that lies aside", replace(AT_END, aside=("reorder",)), ("etterbestillinga skal IKKE med", "deny"), "Drop dropped reorder"),
    ("and what goes along with it", replace(AT_END, aside=("reorder",)), ("dropp bestillinga", "stop_task"), ("vi venter med den", "postpone"), "Drop dropped reorder"),
    ("a question whether it was", replace(AT_END, aside=("reorder",)), ("er etterbestillinga ute nå?", "recap"), "Recap recap"),
    ("one thing in it", AT_END, ("drop the price of the quotation", "inform"), "Fill remark"),
    ("no changes", AT_END, ("ingen endringer, send", "affirm"), "Confirm clear_yes"),
]  # fmt: skip


@pytest.mark.parametrize("row", [pytest.param(row[1:], id=row[0]) for row in DROPPED_BY_NAME])
def test_a_request_that_is_called_by_its_name_is_dropped_first(row: tuple[Any, ...]) -> None:
    view, *rest = row
    said = [clause(text, (act, 0.8)) for text, act in (each for each in rest if isinstance(each, tuple))]
    check(message(*said), view, *(each for each in rest if isinstance(each, str)))


def test_words_that_mean_a_fact_of_ours_ask_for_it_whatever_stands_beside_them() -> None:
    core = clause("kan dere kjernestøpe et hull på 14 mm?", ("casting_limits", 0.8), dimensions=14)
    check(message(core), IDLE, "Answer fact_anyhow faq/process")
    check(message(core), AT_ALLOY, "Answer fact_anyhow faq/process")
    told = clause("vi kjernestøper hullet selv", ("inform", 0.8))
    assert told_names(told) != ["fact_anyhow"]


def told_names(said: Clause) -> list[str]:
    return [each.because for each in interpret(message(said), IDLE)]


def test_what_is_asked_about_a_paper_is_no_wish_for_it() -> None:
    after = View(topic="order_document", signed_in=True)
    check(message(clause("when is it due?", ("order_status", 0.6))), after, "Start asks_of_paper order_document")
    moved = clause("gi beskjed til de som driver med faktura: ny fakturaadresse", ("order_document", 0.7))
    check(message(moved), View(signed_in=True), "Start asks_of_paper order_document")
    check(message(moved), IDLE, "Start other_task order_document")


def test_one_answer_is_shown_when_it_is_asked_for() -> None:
    asked = clause("hva står det under mål nå?", ("recap", 0.5))
    found = interpret(message(asked), replace(AT_ALLOY, asked_of=lambda each: ("size",)))
    assert found == (Recap("noted", ("size",)),)


WISHED_AWAY = [
    ("let it stand, in anger", ("Nei", "deny"), ("la den stå", "take_back"), ("jeg er bare sint", "inform"), "TakeBack withdrawn"),
    ("a no to a cancellation", ("nei", "deny"), ("takk for hjelpen", "thanks"), "TakeBack refused"),
    ("a no, and a fault of goods", ("no", "deny"), ("don't send it", "deny"), ("half of what we received leaks", "complaint"), "Start other_task complaint"),
    ("a no, and what lies aside by its name", ("no", "deny"), ("forget it", "take_back"), ("but the complaint is to go in", "inform"), "TakeBack withdrawn", "TakeUp taken_up complaint"),
    ("a no, and a question", ("nei", "deny"), ("når har dere åpent?", "faq/hours"), "TakeBack refused", "Answer question faq/hours"),
]  # fmt: skip


@pytest.mark.parametrize("row", WISHED_AWAY, ids=lambda row: row[0])
def test_a_no_to_a_cancellation_outweighs_whatever_else_is_said(row: tuple[Any, ...]) -> None:
    view = View(
        task=tasks()["cancel_order"],
        open=CONFIRMATION,
        asked_to_send=True,
        aside=("complaint",),
        steers=lambda each: "stå" in each.text,
    )
    said = [clause(text, (act, 0.8)) for text, act in (each for each in row[1:] if isinstance(each, tuple))]
    check(message(*said), view, *(each for each in row[1:] if isinstance(each, str)))


OF_OTHER_ORDER: list[tuple[Any, ...]] = [
    ("a delay", clause("og SO-30401 er også forsinket", ("order_status", 0.4), order_no="SO-30401"), "Answer other_order order_status"),
    ("a paper", clause("send 3.1 for SO-30433", ("order_document", 0.8), order_no="SO-30433"), "Start other_order order_document"),
    ("a correction", clause("wrong order, it is SO-30401", ("inform", 0.6), order_no="SO-30401"), "Fill values"),
    ("the number alone", clause("SO-30401", ("inform", 0.9), order_no="SO-30401"), "Fill values"),
    ("which wish it is", clause("vet ikke, det er en ny bestilling", ("inform", 0.9)), "Start renamed reorder"),
    ("no complaint", clause("it is no complaint", ("inform", 0.4)), "Talk denies no_fault"),
]  # fmt: skip


OF_ORDER = View(topic="order_status", of_an_order=True, signed_in=True)
CHANGING = View(
    task=tasks()["change_order"], open=CONFIRMATION, of_an_order=True, asked_to_send=True,
    of_other_order=lambda each: any(entity["value"] == "SO-2" for entity in each.values),
)  # fmt: skip
MUSED_ON = replace(CHANGING, mused=True)
SIGNED_IN = View(signed_in=True)
ORDERING = View(task=tasks()["reorder"], open=CONFIRMATION, signed_in=True)
ORDERED = View(sent=True, sent_task="reorder", signed_in=True)
OF_OWN = [
    ("what was ordered before is asked after", clause("we ordered 40 in October, where are they?", ("place_order", 0.4), quantity=40), SIGNED_IN, "Answer asks_of_ordered order_status"),
    ("goods that came without a paper", clause("SO-1 arrived without its 3.1", ("order_status", 0.6), order_no="SO-1", certificate="3.1"), IDLE, "Start paper_missing order_document"),
    ("what stands in a certificate", clause("står varmenummeret på sertifikatet?", ("order_document", 0.7)), IDLE, "Talk paper_contents paper_contents"),
    ("a number of theirs for an order that there is", clause("merk SO-1 med PO 99812", ("reorder", 0.4), order_no="SO-1", po_no="99812"), SIGNED_IN, "Start marks_order change_order"),
    ("whether one has to prove who one is", clause("må jeg bevise hvem jeg er?", ("faq/terms", 0.3)), IDLE, "Talk proof why_proof"),
    ("one wants to prove it", clause("I want to log in", ("faq/contact", 0.4)), IDLE, "Talk proof identify"),
    ("when the goods of the order come", clause("når får jeg dem?", ("recap", 0.5)), ORDERING, "Talk when_goods when"),
    ("a certificate for what was just sent", clause("3.1 på alt", ("order_document", 0.6), certificate="3.1"), ORDERED, "Add of_sent_order"),
    ("how the confirmation of it comes", clause("får jeg ordrebekreftelsen på mail?", ("order_document", 0.6)), ORDERED, "Talk of_sent_order confirmation_comes"),
    ("whether it has left", clause("has it left the works yet?", ("order_document", 0.6)), OF_ORDER, "Answer of_shown order_status"),
    ("who signed, in the midst of a request", clause("hvem signerte for den?", ("explain", 0.4)), CHANGING, "Answer of_shown order_status"),
    ("a paper of it is no status", clause("er pakkseddelen på vei?", ("order_document", 0.8)), OF_ORDER, "Start other_task order_document"),
    ("what stopping it would cost", clause("what would it cost us to stop it?", ("price", 0.8)), OF_ORDER, "Talk mused mused"),
    ("what a part costs", clause("what does it cost for 20?", ("price", 0.8), quantity=20), OF_ORDER, "Start other_task price"),
    ("another order is mused on", clause("could we still cancel SO-2?", ("cancel_order", 0.9), order_no="SO-2"), CHANGING, "Talk mused mused"),
    ("it is kept, and nothing is taken back", clause("no, keep it", ("take_back", 0.8)), MUSED_ON, "Talk keeps kept"),
    ("what is left of an agreement", clause("what is left on our frame agreement?", ("reorder", 0.7)), IDLE, "Talk of_agreement agreement"),
    ("an agreement that is called off from", clause("kan vi rope av 50 på avtalen?", ("reorder", 0.8), quantity=50), IDLE, "Start other_task reorder"),
    ("finished pieces", clause("got any rings lying around?", ("lead_time", 0.5)), OF_ORDER, "Talk of_agreement stock"),
    ("a price that was given", clause("står prisen dere ga oss ved lag?", ("price", 0.8)), OF_ORDER, "Talk holds quotation"),
    ("an earlier delivery is pressed for", clause("we need them sooner, it is killing us", ("complaint", 0.6)), OF_ORDER, "Start presses change_order"),
    ("how many are through a step", clause("how many are poured?", ("order_status", 0.6), asks=True), OF_ORDER, "Answer made order_status"),
    ("express for an order", clause("SO-2 med ekspress, takk", ("inform", 0.6), order_no="SO-2"), OF_ORDER, "Start express change_order"),
    ("a part of an order first", clause("send 15 of SO-2 now", ("change_order", 1.0), order_no="SO-2", quantity=15), OF_ORDER, "Start part_shipment change_order"),
    ("a part of it by a day", clause("we need half of them by Friday", ("order_status", 0.4), date="2027-03-05"), OF_ORDER, "Start presses change_order"),
    ("a fault is no pressing", clause("send new ones sooner, these leak", ("complaint", 0.8)), OF_ORDER, "Start other_task complaint"),
    ("nothing is faulty", clause("det er ikke noe galt med dem", ("complaint", 0.6)), OF_ORDER, "Talk no_fault no_fault"),
    ("nothing is faulty, and a paper is missing", clause("nothing is wrong, but the invoice is missing", ("complaint", 0.5), ("order_document", 0.4)), OF_ORDER, "Start no_fault order_document"),
    ("an invoice that is wrong", clause("the invoice says another PO", ("complaint", 0.8)), OF_ORDER, "Start paper_wrong change_order"),
    ("fewer than stand", clause("10 færre enn det står", ("complaint", 0.56), quantity=10), OF_ORDER, "Start so_many_fewer change_order"),
    ("to wait and not to be ended", clause("itj kanseller, bære vent me'n", ("take_back", 0.6)), View(task=tasks()["cancel_order"], open=CONFIRMATION), "Fill waits_instead"),
    ("nothing more of another order", clause("gjut inget mer på SO-2", ("inform", 0.5), order_no="SO-2"), replace(CHANGING, task=tasks()["complaint"], open="found"), "Start held_beside cancel_order"),
    ("more faulty ones beside a wish", clause("it is 3, found another", ("inform", 0.6), quantity=3), replace(CHANGING, aside=("complaint",)), "TakeUp more_found complaint"),
    ("nothing is faulty, in the midst of a wish", clause("delene er fine", ("inform", 0.6)), CHANGING, "Talk denies no_fault"),
    ("a denied complaint ends", clause("this is not a complaint", ("complaint", 0.6)), View(task=tasks()["complaint"], open="affected"), "TakeBack denies"),
    ("busy as the talk begins", clause("bit hectic today", ("capacity", 0.9)), IDLE, "Talk opening opening"),
    ("busy, and something is asked", clause("bit hectic today, have you got room in May?", ("capacity", 0.9)), IDLE, "Answer question capacity"),
    ("praise of an answer", clause("great then", ("order_status", 0.3)), OF_ORDER, "Talk praise fine"),
    ("thanks for an answer", clause("ok cheers", ("affirm", 0.7)), OF_ORDER, "Talk praise thanks"),
    ("consent to what was offered", clause("ok", ("affirm", 0.8)), replace(OF_ORDER, offered=True), "Accept yes"),
    ("the talk is ended", clause("det var alt for i dag", ("order_list", 0.4)), OF_ORDER, "Talk parting goodbye"),
    ("it is taken up elsewhere", clause("I'll run it past our planner", ("order_status", 0.5)), OF_ORDER, "Talk elsewhere_first postpone"),
    ("a request is taken up elsewhere", clause("jeg tar det med sjefen", ("inform", 0.5)), CHANGING, "Postpone elsewhere_first"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "view", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in OF_OWN])
def test_customers_talk_on_about_their_own(said: Clause, view: View, wanted: str) -> None:
    check(message(said), view, wanted)


def test_what_a_change_would_cost_is_asked_in_two_questions() -> None:
    asked = (
        clause("kunne vi droppet SO-2?", ("cancel_order", 0.9), order_no="SO-2"),
        clause("hva ville det koste?", ("price", 0.9)),
    )
    check(message(*asked), CHANGING, "Talk mused_over mused")


def test_how_busy_one_is_asks_nothing_beside_a_question() -> None:
    said = (
        clause("new here.", ("help", 0.8)),
        clause("what is your lead time for 40 pcs?", ("lead_time", 0.9), quantity=40),
    )
    check(message(*said), IDLE, "Answer question lead_time")


def test_questions_about_an_agreement_are_answered_together() -> None:
    asked = (
        clause("vi har RA-7001 hos dere", ("reorder", 0.5), agreement_no="RA-7001"),
        clause("hva er igjen på den?", ("order_status", 0.5)),
    )
    check(message(*asked), IDLE, "Talk of_agreements agreement")


def test_a_paper_of_one_order_and_a_wish_about_another() -> None:
    text = "delivery note for SO-1, and move SO-2 a week"
    named = tuple({"entity": "order_no", "value": text[at : at + 4], "start": at, "end": at + 4} for at in (18, 33))
    said = Clause(text, 0, len(text), (("change_order", 0.7), ("order_document", 0.2)), False, None, named)
    reading = Reading(said, (said,))
    check(reading, IDLE, "Start paper_and_wish order_document", "Start paper_and_wish change_order")


def test_several_questions_about_one_order_get_one_answer() -> None:
    asked = (clause("has it left?", ("order_status", 0.9)), clause("who carries it?", ("order_status", 0.8)))
    check(message(*asked), OF_ORDER, "Answer of_shown order_status")
    asked = (clause("is it waiting for us?", ("order_status", 0.9)), clause("what for?", ("order_status", 0.6)))
    check(message(*asked), OF_ORDER, "Answer of_shown order_status")


@pytest.mark.parametrize(("said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in OF_OTHER_ORDER])
def test_another_order_or_wish_in_the_midst_of_one(said: Clause, wanted: str) -> None:
    view = View(
        task=tasks()["cancel_order"], open="name", of_other_order=lambda each: bool(each.values),
        fits=lambda each, asked: frozenset({"order"} if each.values else ()),
    )  # fmt: skip
    check(message(said), view, wanted)


def test_stop_asking_takes_what_is_told_beside_it_and_stops_without() -> None:
    told = running("found", fits={"bilder": {"photos"}, "nye": {"remedy"}})
    said = message(clause("har bilder", ("inform", 0.6)), clause("slutt å spørre, vil ha nye", ("stop_task", 0.8)))
    check(said, told, "Fill enough", "Enough enough")
    check(message(clause("slutt å spørre", ("stop_task", 0.8))), told, "Stop enough")


def test_only_a_clear_yes_at_the_read_back_confirms() -> None:
    said = clause("ja", ("affirm", 0.99))
    for view in (IDLE, AT_ALLOY, AT_NAME, View(task=quote()), AT_REFUSED, running(CONFIRMATION)):
        assert "Confirm" not in {each.name for each in interpret(message(said), view)}


def test_two_questions_in_one_clause_are_both_answered() -> None:
    said = clause("hva koster frakt og når kommer den?", ("faq/terms", 0.4), ("order_status", 0.38))
    check(message(said), IDLE, "Answer close faq/terms", "Answer close order_status")


def test_send_it_before_all_is_asked_goes_to_the_request_as_a_whole() -> None:
    view = running("drawing", steers=lambda each: "send" in each.text)
    check(message(clause("ja", ("affirm", 0.9)), clause("send den", ("affirm", 0.9))), view, "Fill send_now")


def test_ok_before_something_else_is_no_answer() -> None:
    said = message(clause("ok", ("affirm", 0.9)), clause("jeg tenker på det", ("postpone", 0.6)))
    check(said, running("drawing", words={"ok": {"drawing"}}), "Postpone postpone")


def test_what_was_refused_is_read_back_again_for_a_yes_and_lies_aside_for_another_no() -> None:
    check(message(clause("ja", ("affirm", 0.99))), AT_REFUSED, "Resume yes")
    check(message(clause("nei", ("deny", 0.99))), AT_REFUSED, "Postpone refused")
    check(message(clause("60", ("inform", 0.99), quantity=60)), AT_REFUSED, "Fill values")
    check(message(clause("we do want it after all", ("order_list", 0.5))), AT_REFUSED, "Recap comes_back")


def test_somebody_who_waits_and_asks_for_anybody_is_answered_first() -> None:
    waits = View(asks_for_anybody=True)
    check(message(clause("kommer det noen?", ("human", 0.9))), waits, "Wait anybody")


def test_a_word_of_the_task_s_own_goes_to_it() -> None:
    view = running("alloy", steers=lambda each: "resten" in each.text)
    check(message(clause("resten er åpent", ("stop_task", 0.9))), view, "Fill own_steer")


ASIDE = View(
    task=quote(),
    parked_just_now=True,
    fits=lambda each, asked: frozenset({"quantity"}) if "30" in each.text else frozenset(),
)
AFTER_ORDER = View(topic="order_status", topics={"order_status": frozenset({"order_no"})})
REFUSED = View(refused_wish="change_order")
HUB_SHOWN = {"entity": "order_no", "value": "SO-1", "start": 12, "end": 20, "reference": "name"}
WEEK_AFTER = {"entity": "week", "value": "2027-W19", "start": 2, "end": 12, "reference": "week"}
TALKED = [
    ("what was said last week", ASKED_OF, clause("you told me that last week", ("capacity", 0.3), week="2027-W08"), "Explain told_before"),
    ("what was said last week, of an order", AFTER_ORDER, clause("you told me that last week", ("explain", 0.6)), "Answer reproach order_status"),
    ("what the waiting costs", AFTER_ORDER, clause("the machines are standing still, this is costing us", ("complaint", 0.7)), "Answer reproach order_status"),
    ("a fault of goods after the status of an order", AFTER_ORDER, clause("they leak like a sieve", ("complaint", 0.7)), "Start other_task complaint"),
    ("what the waiting costs, after something else", ASKED_OF, clause("this is costing us money", ("complaint", 0.7)), "Start other_task complaint"),
    ("their own order number for what they order", View(signed_in=True), clause("our PO is 4500321", ("order_status", 0.6), po_no="4500321"), "Talk reference reference"),
    ("their own order number of an order that is there", View(signed_in=True), clause("PO 88117 please", ("order_status", 0.6), po_no="PO-88117"), "Answer question order_status"),
    ("by when what was sent is answered", View(sent=True), clause("når hører jeg fra dere?", ("order_status", 0.6)), "Recap after_sent"),
    ("by when, with nothing sent", IDLE, clause("når hører jeg fra dere?", ("faq/contact", 0.8)), "Answer question faq/contact"),
    ("the next order after a refusal", REFUSED, clause("try SO-2 then", ("order_status", 0.8), order_no="SO-2"), "Start next_order change_order"),
    ("the next order, of which something is asked", REFUSED, clause("where is SO-2?", ("order_status", 0.8), order_no="SO-2"), "Answer question order_status"),
    ("another order with nothing refused", AFTER_ORDER, clause("try SO-2 then", ("order_status", 0.8), order_no="SO-2"), "Answer question order_status"),
    ("the same paper for another order", View(topic="order_document"), clause("samme for SO-2", ("reorder", 0.5), same="same", order_no="SO-2"), "Start same order_document"),
    ("the price of what was shown", IDLE, Clause("how much are the hubs?", 0, 22, (("price", 0.35),), True, None, (HUB_SHOWN,)), "Start price_of_shown price"),
    ("the week after the one told of", View(topic="capacity"), Clause("i uka som kommer etter den, hva da?", 0, 34, (("order_status", 0.46),), True, None, (WEEK_AFTER,)), "FollowUp next_week"),
    ("what a metal does outdoors", ASKED_OF, clause("sånn, blir den mørk med tida?", ("inform", 0.4), alloy="CC333G"), "Answer advice alloy_property"),
    ("alloys named in a question of no clear kind", IDLE, clause("er RG5 sterk nok eller må vi ha AB2?", ("alloy_comparison", 0.3), ("alloy_property", 0.25), alloy="CC491K"), "Answer of_alloys alloy_comparison"),
    ("nobody is needed", IDLE, clause("no need for a person", ("human", 0.9)), "Talk no_person stop_task"),
    ("what lies aside, with a new value", ASIDE, clause("sjefen sier 30", ("inform", 0.5), quantity=30), "Fill comes_back"),
    ("what lies aside begins anew", ASIDE, clause("let us start over with 30", ("reorder", 0.5), quantity=30), "Start anew place_order"),
    ("what was dropped begins anew", View(dropped_just_now=True), clause("start forfra", ("resume", 0.5)), "Start anew place_order"),
    ("what lies aside, with a yes", ASIDE, clause("ja, send", ("affirm", 0.9)), "Resume comes_back"),
    ("what lies aside is not meant by a question", ASIDE, clause("rekker dere 30?", ("lead_time", 0.9), quantity=30), "Answer question lead_time"),
    ("pieces and figures of a casting", IDLE, clause("girhus, 9 kg, AlSi10Mg, 150 stk", ("alloy_offered", 0.8), weight=9, alloy="EN AC-43000", quantity=150), "Start enquiry place_order"),
    ("figures with a question", IDLE, clause("hvor lang tid tar 150 stk på 9 kg i AlSi10Mg?", ("lead_time", 0.8), weight=9, alloy="EN AC-43000", quantity=150), "Answer question lead_time"),
    ("the same for another thing", ASKED_OF, clause("det samme for RG7", ("inform", 0.4), same="same", alloy="CC493K"), "FollowUp same"),
    ("the same of nothing", IDLE, clause("det samme for RG7", ("inform", 0.9), same="same", alloy="CC493K"), "FollowUp follow_up"),
    ("the same within a request is a value", AT_ALLOY, clause("samme RG5", ("inform", 0.9), same="same", alloy="CC491K"), "Fill values"),
    ("a pointing word", ASKED_OF, POINTS, "FollowUp pointed"),
    ("a pointing word within a request is an answer", running("order", fits={"den": {"order"}}), POINTS, "Fill values"),
    ("a question without its subject", View(goes_on=lambda each: True), clause("hvorfor det?", ("explain", 0.5)), "FollowUp goes_on"),
    ("which of those shown", View(which=lambda each: True), clause("og den billigste?", ("price", 0.9)), "Answer which alloy_comparison"),
    ("not in the midst of a request", View(**{**AT_ALLOY.__dict__, "which": lambda each: True}), clause("hvilken er best?", ("alloy_recommendation", 0.9)), "Answer question alloy_recommendation"),
    ("a paper of an order that is named", IDLE, clause("har dere sertifikat på SO-30412", ("faq/quality", 0.8), ("order_document", 0.1), order_no="SO-30412"), "Start of_named_order order_document"),
    ("a question about us", IDLE, clause("har dere sertifikat", ("faq/quality", 0.8), ("order_document", 0.1)), "Answer question faq/quality"),
    ("whether it is true", ASKED_OF, clause("er du sikker på det?", ("bot_challenge", 0.8)), "Explain explain"),
    ("what was told of the company, in a few words", View(asks_on=lambda each: True), clause("og på lørdag?", ("order_status", 0.8)), "FollowUp asks_on"),
    ("a wish of its own", View(goes_on=lambda each: True), clause("endre den", ("change_order", 0.8)), "Start other_task change_order"),
    ("a question of its own, surely", View(goes_on=lambda each: True), clause("åpningstider?", ("faq/contact", 0.9)), "Answer question faq/contact"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in TALKED])
def test_words_about_what_was_talked_of(view: View, said: Clause, wanted: str) -> None:
    check(message(said), view, wanted)


AGAIN = [
    ("kan du gjenta det", ASKED_OF, "Answer again alloy_property"),
    ("once more please", ASKED_OF, "Answer again alloy_property"),
    ("hæ, igjen?", ASKED_OF, "Answer again alloy_property"),
    ("sorry, say that again", AFTER_ORDER, "Answer again order_status"),
    ("en gang til takk", AFTER_ORDER, "Start other_task reorder"),
    ("say that again", IDLE, "Start other_task reorder"),
    ("once more of the hubs", ASKED_OF, "Start other_task reorder"),
]


@pytest.mark.parametrize(("text", "view", "wanted"), AGAIN)
def test_the_same_answer_again_and_the_same_order_again(text: str, view: View, wanted: str) -> None:
    check(message(clause(text, ("reorder", 0.7))), view, wanted)


CLAIMS = [
    ("another task's claim begins it", AT_ALLOY, clause("hva koster pumpehuset?", ("price", 0.8)), "price_order", "Start claimed price_order"),
    ("the running task's own claim is filled", AT_ALLOY, clause("pris på pumpehuset", ("price", 0.8)), "quote_request", "Fill claimed"),
    ("values of the running task are no new wish", AT_ALLOY, clause("40 til av dem", ("reorder", 0.8), quantity=40), "reorder", "Fill values"),
    ("but an order's number is", AT_ALLOY, clause("40 av SO-30417", ("reorder", 0.8), quantity=40, order_no="SO-30417"), "reorder", "Start claimed reorder"),
    ("outside of a request", IDLE, clause("tolv til av lagerringen", ("reorder", 0.3)), "reorder", "Start claimed reorder"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "said", "task", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in CLAIMS])
def test_words_that_a_task_says_are_its_own(view: View, said: Clause, task: str, wanted: str) -> None:
    if wanted == "Fill values":
        said = Clause(said.text, said.start, said.end, (("inform", 0.8),), said.asks, None, said.entities)
    claimed = View(**{**view.__dict__, "claims": {(said.start, said.end): task}})
    check(message(said), claimed, wanted)


def test_a_fact_that_is_clear_in_a_doubtful_question() -> None:
    acts = ("faq/process", 0.23), ("complaint", 0.22)
    said = Clause("fått dem maskinert?", 0, 19, acts, True, "company.machining")
    assert told((decide(said, IDLE),)) == ["Answer fact faq/process"]


def test_courtesy_of_several_pieces_is_courtesy() -> None:
    thanks = clause("takk", ("thanks", 0.9)), clause("skal du ha", ("out_of_scope", 0.3), asks=True)
    check(message(*thanks), IDLE, "Talk all_courtesy thanks")
    check(
        message(thanks[0], clause("hvor er ordren", ("order_status", 0.9), asks=True)),
        IDLE,
        "Answer question order_status",
    )


OF_ALLOYS = View(topic="alloy_property", topics={"alloy_property": frozenset({"alloy", "temper"})})
TAKEN = [
    (clause("then LM25 in T6, 40 off", ("place_order", 0.6), alloy="EN AC-42000", temper="T6", quantity=40), "Start chosen place_order"),
    (clause("da blir det RG5, 12 stk", ("alloy_property", 0.7), alloy="CC491K", quantity=12), "Start chosen place_order"),
    (clause("tolv av dem", ("reorder", 0.3), quantity=12), "Start chosen place_order"),
    (clause("hva tåler 12 stk i RG5?", ("alloy_property", 0.7), alloy="CC491K", quantity=12), "Answer question alloy_property"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), TAKEN)
def test_pieces_taken_after_an_answer_about_alloys_begin_a_request(said: Clause, wanted: str) -> None:
    check(message(said), OF_ALLOYS, wanted)


SETTLED = [
    ("you choose", clause("det kan dere velge", ("inform", 0.6)), "Answer left_to_us alloy_recommendation"),
    ("what you would choose asks", clause("hva ville dere velge?", ("alloy_comparison", 0.8)), "Answer question alloy_comparison"),
    ("an alloy is settled on", clause("vi går for RG5", ("alloy_comparison", 0.8), alloy="CC491K"), "Talk settles alloy_taken"),
    ("a question about it settles nothing", clause("tar RG5 lakk?", ("alloy_property", 0.8), alloy="CC491K"), "Answer question alloy_property"),
    ("whether it costs more", clause("is that one dearer?", ("price", 0.9)), "Answer dearer alloy_comparison"),
    ("what a part costs is no such question", clause("is P-1001 dearer?", ("price", 0.9), part_no="P-1001"), "Start other_task price"),
]  # fmt: skip


def named_in(text: str, name: str) -> Clause:
    """A clause with an alloy at its place in the text."""
    start = text.index(name)
    said = clause(text, ("inform", 0.9))
    return replace(said, entities=({"entity": "alloy", "value": "CC333G", "start": start, "end": start + len(name)},))


#: A request of a metal that is known; what was reckoned just now is a weight.
OF_METAL = {"metal": True, "sized": True, "used": True, "changes": lambda _: True}
AT_DRAWING = running("drawing", {"CuSn12": {"alloy"}, "AB2": {"alloy"}, "RG7": {"alloy"}}, **OF_METAL)
WEIGHED = running("drawing", {"AB2": {"alloy"}}, topic="part_weight", **OF_METAL)
COMPARED = running("drawing", topic="alloy_comparison", **OF_METAL)
TRADE = [
    ("what one weighs", AT_DRAWING, clause("vad väger en sån", ("explain", 0.3), asks=True), "Answer weighed part_weight"),
    ("how heavy it becomes", AT_DRAWING, clause("blir det tungt", ("deny", 0.2)), "Answer weighed part_weight"),
    ("how heavy a casting may be is another question", AT_DRAWING, clause("how heavy can you cast?", ("casting_limits", 0.9)), "Answer only_asks casting_limits"),
    ("a weight that is told", AT_DRAWING, clause("is 12 kg heavy?", ("casting_limits", 0.9), weight=12.0), "Answer only_asks casting_limits"),
    ("the same in another metal", WEIGHED, named_in("och i AB2 då", "AB2"), "Answer beside part_weight"),
    ("another alloy that is only named", AT_DRAWING, named_in("hva med AB2?", "AB2"), "Answer beside alloy_comparison"),
    ("another alloy that is wanted", AT_DRAWING, clause("vi tar AB2", ("inform", 0.9), alloy="CC333G"), "Fill values"),
    ("one more demand", View(topic="alloy_recommendation"), clause("må kunne sveises også", ("alloy_property", 0.46), property="weldability"), "FollowUp demands"),
    ("how much heavier another is", COMPARED, clause("hvor mye tyngre er bronse?", ("faq/process", 0.3), alloy_group="bronze"), "Answer heavier part_weight"),
    ("a figure of a metal", COMPARED, clause("what Rp0.2 can I count on?", ("faq/terms", 0.5), property="proof"), "Answer figure_of_metal alloy_property"),
    ("what is lost", AT_DRAWING, clause("RG7 like gjerne, hva taper vi?", ("inform", 0.4), alloy="CC493K"), "Answer set_against alloy_comparison"),
    ("what is better, with a metal for its subject", AT_DRAWING, clause("is CuSn12 stronger than that", ("inform", 0.6), alloy="CC483K"), "Answer set_against alloy_comparison"),
    ("whether another is as good", AT_DRAWING, clause("er ikke RG7 like bra", ("inform", 0.9), alloy="CC493K"), "Answer set_against alloy_comparison"),
    ("what is better, without a mark", COMPARED, clause("håller den bättre också", ("inform", 0.7)), "Answer set_against alloy_comparison"),
    ("whether it holds pressure", COMPARED, clause("og er den tett på 4 bar", ("inform", 0.7), pressure=4.0), "Answer tight alloy_property"),
    ("what people use", AT_DRAWING, clause("hva bruker folk?", ("faq/process", 0.5)), "Answer used_for_it alloy_recommendation"),
    ("what we would take", AT_DRAWING, clause("what would you take?", ("inform", 0.5)), "Answer used_for_it alloy_recommendation"),
    ("a property in the midst", AT_DRAWING, clause("how strong is CuSn12?", ("inform", 0.5), ("alloy_property", 0.4), alloy="CC483K", property="strength"), "Answer tells_of_metal alloy_property"),
    ("whether it is few", AT_DRAWING, clause("er 25 lite?", ("casting_limits", 0.7), quantity=25), "Answer few faq/minimum_order"),
    ("another way of casting", AT_DRAWING, clause("centrifugalgjuter ni?", ("faq/process", 0.6)), "Answer other_process out_of_scope"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in TRADE])
def test_an_ordinary_question_in_the_midst_of_a_request(view: View, said: Clause, wanted: str) -> None:
    check(message(said), view, wanted)


@pytest.mark.parametrize(("said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in SETTLED])
def test_after_an_answer_about_alloys(said: Clause, wanted: str) -> None:
    check(message(said), OF_ALLOYS, wanted)


def test_whether_another_metal_beside_it_matters_is_one_question() -> None:
    beside = clause("it is bolted to 316 stainless", ("inform", 0.5)), clause("does that matter?", ("explain", 0.7))
    check(message(*beside), OF_ALLOYS, "Answer beside_metal alloy_property")


def test_load_told_beside_a_question_asks_for_no_limits() -> None:
    asked = clause("which bronze for bushes?", ("alloy_recommendation", 0.8), alloy_group="bronze")
    check(
        message(asked, clause("it turns slowly but heavy", ("casting_limits", 0.7))),
        IDLE,
        "Answer question alloy_recommendation",
    )


def test_what_is_put_in_front_belongs_to_the_question_behind_it() -> None:
    lead = clause("what about the holidays", ("order_list", 0.5), date="2027-07-12", asks=True)
    check(message(lead, clause("are you open", ("faq/contact", 0.85), asks=True)), IDLE, "Answer question faq/contact")


class TestClose:
    """Two readings that are about as likely are asked about, once."""

    SAID = clause("noe med SO-30417", ("order_status", 0.46), ("change_order", 0.40), order_no="SO-30417")

    def test_both_are_named(self) -> None:
        (found,) = interpret(message(self.SAID), IDLE)
        assert isinstance(found, Decide)
        assert (found.first.about, found.second.about) == ("order_status", "change_order")

    def test_never_twice_in_a_row(self) -> None:
        check(message(self.SAID), View(asked_back=True), "Answer question order_status")

    def test_a_likely_reading_is_taken(self) -> None:
        said = clause("noe med ordren", ("order_status", 0.56), ("change_order", 0.44))
        check(message(said), IDLE, "Answer question order_status")

    def test_a_far_second_does_not_count(self) -> None:
        said = clause("noe med ordren", ("order_status", 0.5), ("change_order", 0.2))
        check(message(said), IDLE, "Answer question order_status")

    def test_two_weak_readings_are_asked_about_too(self) -> None:
        said = clause("noe med ordren", ("order_status", 0.3), ("change_order", 0.28))
        check(message(said), IDLE, "Decide close order_status | change_order")

    def test_within_a_request_nothing_is_asked_apart(self) -> None:
        said = clause("noe med ordren?", ("order_status", 0.5), ("change_order", 0.45))
        check(message(said), AT_ALLOY, "Answer question order_status")


class TestNoQuotation:
    """No quotation is wanted: what was begun ends, what is asked is answered, and nothing begins by its figures alone."""

    REFUSED = clause("jeg vil ikke ha tilbud.", ("deny", 0.6))
    ASKED = clause("hvor mange uker tar det med ny modell?", ("lead_time", 0.8))

    def test_one_that_was_begun_ends_and_the_question_is_answered(self) -> None:
        check(message(self.REFUSED, self.ASKED), AT_ALLOY, "Drop dropped quote_request", "Answer question lead_time")

    def test_one_that_lies_aside_goes_along_with_nothing(self) -> None:
        view = View(task=tasks()["call_back"], open="name", aside=("quote_request",))
        found = interpret(message(clause("not a quotation please.", ("deny", 0.6))), view)
        assert told(found) == ["Drop dropped quote_request"]

    def test_what_is_no_quotation_is_sent_without_one(self) -> None:
        view = View(task=tasks()["call_back"], open=CONFIRMATION, asked_to_send=True)
        check(
            message(clause("fine, send it to an engineer only, no quotation", ("affirm", 0.6))),
            view,
            "Confirm yes_beside",
            "Add yes_beside",
        )

    def test_figures_begin_none_until_one_is_asked_for(self) -> None:
        figures = clause("9 kg in RG5, 40 pcs", ("inform", 0.6), weight=9.0, alloy="CC491K", quantity=40, told="part")
        assert any(isinstance(each, Start) for each in interpret(message(figures), IDLE))
        assert not any(isinstance(each, Start) for each in interpret(message(figures), View(no_quotation=True)))
        wish = clause("please quote 9 kg in RG5, 40 pcs", ("place_order", 0.9), weight=9.0, alloy="CC491K", quantity=40)
        assert any(isinstance(each, Start) for each in interpret(message(wish), View(no_quotation=True)))

    def test_a_thing_that_is_asked_about_is_not_yet_wanted(self) -> None:
        thing = clause(
            "we design an impeller 320 mm in AB2.", ("inform", 0.6), dimensions=[320.0], alloy="CC333G", told="part"
        )
        asked = clause("is it better than CuSn10?", ("alloy_comparison", 0.8), alloy="CC480K")
        assert not any(isinstance(each, Start) for each in interpret(message(thing, asked), IDLE))


SEND_AHEAD: list[tuple[Any, ...]] = [
    ("before everything is asked", AT_ALLOY, ("send det nå", "affirm"), ("har dere kantine?", "faq/contact"), "Enough send_ahead", "Answer question faq/contact"),
    ("in English", AT_ALLOY, ("just send it", "affirm"), ("are you open on Fridays?", "faq/contact"), "Enough send_ahead", "Answer question faq/contact"),
    ("after a no", replace(AT_END, refused=True, asked_to_send=False), ("send it", "affirm"), ("do you pack them?", "faq/terms"), "Recap send_ahead", "Answer question faq/terms"),
    ("nothing tells to send", AT_ALLOY, ("ja", "affirm"), ("har dere kantine?", "faq/contact"), "Answer question faq/contact"),
]  # fmt: skip


@pytest.mark.parametrize("row", SEND_AHEAD, ids=lambda row: row[0])
def test_sent_before_everything_is_asked(row: tuple[Any, ...]) -> None:
    said = [clause(text, (act, 0.8)) for text, act in (each for each in row[2:] if isinstance(each, tuple))]
    check(message(*said), row[1], *(each for each in row[2:] if isinstance(each, str)))


@pytest.mark.parametrize(
    "text",
    ["jeg spurte om {}, ikke det andre", "eg spurde om {}", "I asked about {}, not the other", "I was asking about {}"],
)
def test_what_was_asked_said_again_is_asked_and_takes_nothing(text: str) -> None:
    said = text.format("RG5")
    metal = {"entity": "alloy", "value": "CC491K", "start": said.index("RG5"), "end": said.index("RG5") + 3}
    asked = Clause(said, 0, len(said), (("inform", 0.8),), False, None, (metal,))
    view = running("drawing", fits={"RG5": {"alloy"}}, changes=lambda clause: True)
    assert told(interpret(Reading(asked, (asked,)), view)) == ["Answer asked_about alloy_property"]


def test_each_rule_has_a_reason_in_both_languages() -> None:
    from bot.common.replies import replies

    names = {rule.__name__.strip("_") for rule in (*APART, *FOR_MESSAGE, *FOR_CLAUSE)}
    for language, terms in replies().terms.items():
        assert {f"understood.{name}" for name in names} <= set(terms), language


def test_every_rule_stands_in_a_table_of_this_file() -> None:
    tables = [row[-1] for table in (OUTSIDE, INSIDE, READ_BACK, TALKED, AGAIN, CLAIMS, OF_OWN, TRADE) for row in table]
    shown = {row.split()[1] for row in tables} | {
        "anybody",
        "yes_or_no",
        "can_cast",
        "exploring",
        "no_quotation",
        "runs_weekly",
        "wrought",
        "asked_of_told",
        "own_steer",
        "close",
        "list",
        "bare_value",
        "send_now",
        "fact",
        "fact_anyhow",
        "asks_of_paper",
        "all_courtesy",
        "chosen",
        "enough",
        "kind_yes",
        "yes_and_more",
        "yes_beside",
        "send_ahead",
        "asked_about",
        "dropped",
        "other_order",
        "renamed",
        "adds",
        "leaves",
        "looks_for_alloy",
        "left_to_us",
        "numbered",
        "settles",
        "dearer",
        "beside_metal",
        "scrap",
        "taken_up",
        "together",
        "reached",
        "asks_of_order",
        "withdrawn",
        "set_right",
        "mused_over",
        "busy",
        "of_agreements",
        "paper_and_wish",
    }
    assert {rule.__name__.strip("_") for rule in (*APART, *FOR_MESSAGE, *FOR_CLAUSE)} == shown - {"enquiry"}


# ---------------------------------------------------------------- several clauses


def message_of(said: Clause) -> Reading:
    """A message of one clause, its values where they stand."""
    return Reading(said, (said,))


def test_a_list_of_parts_is_read_as_a_whole() -> None:
    lines = (clause("vi trenger pris på:", ("price", 0.6)), clause("10 deksler", ("inform", 0.7), quantity=10))
    check(message(*lines), View(listed=True), "Start list price")
    check(message(*lines), replace(AT_ALLOY, listed=True), "Fill list")
    asked = clause("har dere sendt 10 hus og 20 deksler?", ("order_status", 0.8))
    check(message(asked), View(listed=True), "Answer question order_status")


def test_a_bare_value_changes_the_question_before() -> None:
    said = message(clause("CC491K", ("place_order", 0.5), alloy="CC491K"))
    check(said, ASKED_OF, "FollowUp bare_value")
    check(said, IDLE, "Start other_task place_order")


def test_one_value_right_and_another_not_is_no_comparison() -> None:
    alloys = tuple(
        {"entity": "alloy", "value": each, "start": at, "end": at + 3} for each, at in (("CC493K", 13), ("CC491K", 21))
    )
    said = replace(clause("the alloy is RG7 not RG5", ("alloy_comparison", 0.8)), entities=alloys)
    check(message_of(said), AT_ALLOY, "Fill set_right")


def test_a_pause_beside_a_corrected_value_is_no_pause() -> None:
    said = message(clause("nei vent,", ("postpone", 0.8)), clause("60 stk", ("inform", 0.9), quantity=60))
    check(said, AT_END, "Fill values")


def test_what_is_right_beside_what_was_wrong_is_all_there_is() -> None:
    said = message(
        clause("I gave you the wrong number.", ("correct", 0.9)), clause("It is 60.", ("inform", 0.9), quantity=60)
    )
    check(said, AT_END, "Fill values")


def test_thanks_behind_weak_words_are_only_thanks() -> None:
    said = message(clause("found it in a bracket", ("nlu_fallback", 0.3)), clause("thank you", ("thanks", 0.9)))
    check(said, AT_USE, "Fill words")


def test_a_wish_that_is_said_twice_begins_once_and_is_not_asked_about() -> None:
    wish = clause("I want a quotation.", ("place_order", 0.9))
    again = clause("We need 40.", ("place_order", 0.9), quantity=40)
    either = clause("Washer?", ("alloy_offered", 0.5), ("place_order", 0.45), asks=False)
    check(
        message(wish, clause("hvor er dere?", ("faq/location", 0.9)), again),
        IDLE,
        "Start other_task place_order",
        "Answer question faq/location",
        "Fill begun_once",
    )
    found = interpret(message(either, clause("9 kg", ("inform", 0.9), weight=9)), IDLE)
    assert not any(isinstance(each, Decide) for each in found)


def test_what_is_told_beside_a_wish_is_no_question() -> None:
    wish, mail = (
        clause("jeg vil ha tilbud", ("place_order", 0.9)),
        clause("mail: a@b.example", ("faq/contact", 0.9), email="a@b.example"),
    )
    check(message(wish, mail), IDLE, "Start other_task place_order", "Fill with_values")


def test_the_price_is_no_other_wish_than_the_quotation_that_holds_it() -> None:
    for acts in ((("price", 0.5), ("place_order", 0.4)), (("place_order", 0.5), ("price", 0.4))):
        (found,) = interpret(message(clause("pricing on a cover", *acts)), IDLE)
        assert isinstance(found, Start)
        assert found.intent == "place_order"


def test_values_beside_a_wish_go_into_it() -> None:
    said = message(
        clause("jeg vil ha tilbud", ("place_order", 0.9)), clause("40 stk i RG5", ("inform", 0.9), quantity=40)
    )
    check(said, IDLE, "Start other_task place_order", "Fill with_values")


def test_two_halves_of_a_wish_are_one() -> None:
    said = message(
        clause("øk SO-30417 til 60", ("change_order", 0.9), order_no="SO-30417"),
        clause("flytt den til uke 20", ("change_order", 0.8), week="2027-W20"),
    )
    check(said, IDLE, "Start other_task change_order")


def test_the_number_of_a_thing_belongs_to_its_sentence() -> None:
    said = message(
        clause("ti av dem lekker", ("complaint", 0.9), quantity=10),
        clause("SO-30417", ("inform", 0.6), order_no="SO-30417"),
    )
    check(said, IDLE, "Start other_task complaint")


def test_a_greeting_before_a_wish_is_not_answered() -> None:
    said = message(clause("hei!", ("greet", 0.95)), clause("jeg vil ha tilbud", ("place_order", 0.8)))
    check(said, IDLE, "Start other_task place_order")


def test_two_questions_are_both_answered_in_their_order() -> None:
    said = message(
        clause("hva tåler RG5?", ("alloy_property", 0.8)), clause("hvor holder dere til?", ("faq/location", 0.8))
    )
    check(said, IDLE, "Answer question alloy_property", "Answer question faq/location")


def test_an_answer_and_a_question_fill_first() -> None:
    said = message(clause("hva tåler RG7?", ("alloy_property", 0.8)), clause("40 stk", ("inform", 0.9), quantity=40))
    check(said, AT_USE, "Fill values", "Answer question alloy_property")


def test_a_stop_after_a_question_answers_and_stops() -> None:
    said = message(clause("hvor holder dere til?", ("faq/location", 0.8)), clause("stopp her", ("stop_task", 0.9)))
    check(said, AT_ALLOY, "Answer question faq/location", "Stop stop")


def test_yes_with_a_change_at_the_read_back_is_only_the_change() -> None:
    said = message(clause("ja", ("affirm", 0.9)), clause("men 60 stk", ("inform", 0.8), quantity=60))
    check(said, AT_END, "Fill values")


def test_no_with_a_change_at_the_read_back_is_only_the_change() -> None:
    said = message(clause("nei", ("deny", 0.9)), clause("60 stk", ("inform", 0.8), quantity=60))
    check(said, AT_END, "Fill values")


def test_what_is_not_understood_beside_what_is_goes_unsaid() -> None:
    said = message(clause("blabla", ("nlu_fallback", 0.9)), clause("hvor holder dere til?", ("faq/location", 0.8)))
    check(said, IDLE, "Answer question faq/location")


def test_two_noises_are_one_miss() -> None:
    check(message(clause("tja", ("nlu_fallback", 0.9)), clause("hmm", ("nlu_fallback", 0.9))), IDLE, "Miss nothing")


def test_not_more_is_done_than_anybody_reads() -> None:
    answers = [Answer("question", f"faq/{number}", clause("?")) for number in range(MOST + 3)]
    assert len(settle(answers, message(clause("?")), IDLE)) == MOST


def test_the_same_twice_is_done_once() -> None:
    start = Start("other_task", "place_order", clause("tilbud"))
    assert settle([start, start], message(clause("tilbud")), IDLE) == (start,)


def test_courtesy_alone_is_answered() -> None:
    thanks = Talk("courtesy", "thanks", clause("takk"))
    assert settle([thanks], message(clause("takk")), IDLE) == (thanks,)


def test_talk_about_the_assistant_is_no_courtesy() -> None:
    robot = Talk("about_us", "bot_challenge", clause("er du en robot?"))
    fill = Fill("values", clause("40 stk"))
    assert settle([robot, fill], message(clause("40 stk")), AT_ALLOY) == (fill, robot)


# ---------------------------------------------------------------- units


def _texts(*said: Clause) -> list[str]:
    return [each.text for each in units(message(*said))]


def test_a_message_of_one_clause_is_one_unit() -> None:
    assert _texts(clause("hva tåler RG5?", ("alloy_property", 0.8))) == ["hva tåler RG5?"]


def test_a_message_without_a_telling_clause_is_read_as_a_whole() -> None:
    assert _texts(clause("til et skip", ("lead_time", 0.2)), clause("på verftet", ("capacity", 0.3))) == ["til et skip på verftet"]  # fmt: skip


def test_a_weak_clause_goes_with_the_one_before() -> None:
    said = clause("jeg vil ha tilbud", ("place_order", 0.8)), clause("helst snart", ("lead_time", 0.2))
    assert _texts(*said) == ["jeg vil ha tilbud helst snart"]


def test_a_weak_clause_after_courtesy_goes_with_the_next_and_does_not_change_it() -> None:
    said = clause("hei", ("greet", 0.9)), clause("om støp", ("faq", 0.2)), clause("jeg vil ha tilbud", ("place_order", 0.8))  # fmt: skip
    assert _texts(*said) == ["hei", "om støp jeg vil ha tilbud"]
    assert units(message(*said))[1].act == "place_order"


def test_a_weak_clause_at_the_end_stands_for_itself_after_courtesy() -> None:
    assert _texts(clause("hei", ("greet", 0.9)), clause("om støp", ("faq", 0.2))) == ["hei", "om støp"]


def test_a_value_makes_a_clause_tell() -> None:
    said = clause("jeg vil ha tilbud", ("place_order", 0.8)), clause("40 stk", ("inform", 0.1), quantity=40)
    assert _texts(*said) == ["jeg vil ha tilbud", "40 stk"]


def test_a_joined_clause_keeps_the_values_of_both() -> None:
    said = clause("40 stk", ("inform", 0.8), quantity=40), clause("eller noe", ("faq", 0.1))
    (unit,) = units(message(*said))
    assert [each["entity"] for each in unit.entities] == ["quantity"]


# ---------------------------------------------------------------- a wish to be rung

CALLED = View(
    task=tasks()["call_back"], open=CONFIRMATION, asked_to_send=True,
    fits=lambda each, asked: frozenset({"name"} if "Hill" in each.text else {"call_time"} if "10" in each.text else ()),
)  # fmt: skip
SENT = View(sent=True, sent_task="call_back")


def test_thanks_and_a_name_beside_a_yes_send_a_wish_that_binds_nobody() -> None:
    yes = clause("ja", ("affirm", 0.9))
    check(message(yes, clause("snilt av deg", ("outside", 0.3))), CALLED, "Confirm kind_yes")
    check(message(yes, clause("Tom Hill", ("inform", 0.6))), CALLED, "Fill kind_yes", "Confirm kind_yes")
    assert "Confirm" not in told(interpret(message(yes, clause("men ikke i dag", ("inform", 0.6))), CALLED))[0]
    assert "Confirm" not in told(interpret(message(yes, clause("kl 10", ("inform", 0.6))), CALLED))[0]
    assert "Confirm" not in told(interpret(message(yes, clause("hva koster RG5?", ("price", 0.8))), CALLED))[0]


def test_thanks_beside_a_yes_send_nothing_that_binds() -> None:
    said = message(clause("ja", ("affirm", 0.9)), clause("snilt av deg", ("outside", 0.3)))
    assert "Confirm" not in " ".join(told(interpret(said, AT_END)))


def test_where_a_stranger_who_waits_can_be_reached_is_a_wish() -> None:
    said = clause("Tom Hill", ("inform", 0.9), phone="1")
    check(message(said), View(waits=True), "Start call_back call_back")
    check(message(said), IDLE, "FollowUp follow_up")
    check(message(clause("er SO-1 sendt?", ("order_status", 0.9), order_no="SO-1", email="a@b.example")), View(waits=True), "Answer question order_status")  # fmt: skip


def test_where_to_be_reached_passes_on_the_visit_or_the_casting_talked_of() -> None:
    said = message(clause("Tom Hill, tom@hill.example", ("inform", 0.9), email="tom@hill.example"))
    check(said, View(visits=True), "Start reached call_back")
    check(said, View(enquired=True), "Start reached place_order")
    check(message(clause("her er nummeret", ("inform", 0.9), phone="1")), View(enquired=True), "FollowUp follow_up")
    asks = clause("når åpner dere? tom@hill.example", ("faq/contact", 0.9), asks=True, email="tom@hill.example")
    assert "place_order" not in " ".join(told(interpret(message(asks), View(enquired=True))))


def test_an_order_asked_after_in_the_midst_of_a_request_gives_it_none_of_its_numbers() -> None:
    asked = clause(
        "I wonder if 30417 is on time, it has PO-9",
        ("inform", 0.5),
        ("order_status", 0.35),
        order_no="SO-30417",
        po_no="PO-9",
    )
    view = running("quantity", fits={"PO-9": {"po"}})
    check(message(asked), view, "Answer asks_of_order order_status")
    told = clause("our number is PO-9", ("inform", 0.8), po_no="PO-9")
    check(message(told), view, "Fill values")


def test_a_mail_is_wanted_instead_of_a_call() -> None:
    said = clause("send me an e-mail about it, no need to call", ("human", 0.6), email="a@b.example")
    check(message(said), IDLE, "Start call_back call_back")


def test_a_person_wanted_later_is_a_call() -> None:
    check(
        message(clause("can I speak to somebody tomorrow afternoon", ("human", 0.9))), IDLE, "Start call_back call_back"
    )
    check(message(clause("can I speak to somebody now", ("human", 0.9))), IDLE, "Person person")


def test_what_is_told_beside_a_question_about_an_order_asks_for_no_status_again() -> None:
    why = clause("why is SO-1 late?", ("order_status", 0.9), asks=True, order_no="SO-1")
    tells = clause("my people stand idle from Wednesday", ("order_status", 0.7))
    check(
        message(why, tells),
        View(topic="order_status", topics={"order_status": frozenset({"order_no"})}),
        "Answer question order_status",
    )


def test_what_is_added_goes_to_what_was_sent() -> None:
    check(message(clause("heller etter 15", ("inform", 0.6), number=15)), SENT, "Add adds")
    check(message(clause("a@b.example", ("inform", 0.9), email="a@b.example")), SENT, "Add adds")
    check(
        message(clause("en ting til, det haster", ("inform", 0.6))), View(sent=True, sent_task="complaint"), "Add adds"
    )
    check(message(clause("hva koster RG5?", ("price", 0.8))), SENT, "Start other_task price")


def test_what_was_begun_in_anger_is_left_for_what_is_wanted() -> None:
    view = running("details", left_for=lambda each: "place_order" if "brackets" in each.text else None)
    check(message(clause("I want a price for brackets", ("price", 0.8))), view, "Start leaves place_order")


AFTER_ALLOYS = View(topic="alloy_property", topics={"alloy_property": frozenset({"alloy", "temper"})})
AFTER_LEAD_TIME = View(topic="lead_time", topics={"lead_time": frozenset({"quantity", "weight", "alloy"})})
ENQUIRIES = [
    ("figures after an answer about alloys", AFTER_ALLOYS, (clause("300x200x90.", ("casting_limits", 0.5), dimensions=1), clause("wall 8", ("inform", 0.6), wall=8)), ("Start enquiry place_order", "Fill enquiry")),
    ("a wish for a price beside a question", IDLE, (clause("pris på bolter i bronse", ("price", 0.3), ("place_order", 0.28), quantity=40, alloy_group="bronze"), clause("støper dere det", ("alloy_offered", 0.7), asks=True)), ("Start enquiry place_order", "Answer question alloy_offered")),
    ("a thing and its figures, told and not asked", IDLE, (clause("a cracked cover", ("inform", 0.4), told="part"), clause("7 kg", ("inform", 0.8), weight=7)), ("Start enquiry place_order",)),
]  # fmt: skip
NO_ENQUIRIES = [
    ("the figures that were asked for", AFTER_LEAD_TIME, clause("40 pcs of 9 kg", ("inform", 0.8), quantity=40, weight=9)),
    ("somebody who only asks", IDLE, clause("just asking, no quote: 40 bolts in RG5, 9 kg", ("inform", 0.8), told="part", quantity=40, alloy="CC491K", weight=9)),
    ("an order that exists", IDLE, clause("SO-30417, 40 bolts of 9 kg", ("inform", 0.8), told="part", order_no="SO-30417", quantity=40, weight=9)),
]  # fmt: skip


@pytest.mark.parametrize(("view", "said", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in ENQUIRIES])
def test_an_enquiry_begins_when_a_casting_is_told(
    view: View, said: tuple[Clause, ...], wanted: tuple[str, ...]
) -> None:
    check(message(*said), view, *wanted)


@pytest.mark.parametrize(("view", "said"), [pytest.param(*row[1:], id=row[0]) for row in NO_ENQUIRIES])
def test_no_enquiry_begins(view: View, said: Clause) -> None:
    assert not [each for each in interpret(message(said), view) if isinstance(each, Start)]


def test_a_request_begins_before_anything_is_told_for_it() -> None:
    who = clause("we make presses in Leeds.", ("inform", 0.54), ("place_order", 0.34), alloy="EN AC-42000")
    wish = clause("Need a price for 60 bushes", ("place_order", 0.66), quantity=60)
    found = [type(each) for each in interpret(message(who, wish), View())]
    assert found == [Start, Fill]
