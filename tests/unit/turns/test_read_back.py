"""What is said to «shall I send it?»: a clear yes with courtesy sends, and nothing with a no, a reservation or an addition does.

The meanings of the clauses are left open, so that the words alone decide.
"""

import datetime as dt

import pytest

from actions.dialogue.commands import Confirm
from actions.dialogue.interpret import interpret
from actions.dialogue.view import View
from actions.form.task import CONFIRMATION, tasks
from actions.turns.reading import Clause, Reading
from bot.engine.nlu.clauses import asks, cut
from bot.engine.nlu.entities import find_entities

TODAY = dt.date(2027, 3, 1)


def read(text: str, act: str = "inform", sure: float = 0.4) -> Reading:
    """A message as the engine cuts it, with its values, each clause of an unsure meaning."""
    found = find_entities(text, TODAY, "nb")

    def clause(start: int, end: int) -> Clause:
        inside = tuple(each for each in found if start <= each["start"] < end and each["entity"] != "language")
        piece = text[start:end]
        return Clause(piece, start, end, ((act, sure),), asks(piece.casefold()) or "?" in piece, None, inside)

    return Reading(clause(0, len(text)), tuple(clause(start, end) for start, end in cut(text)))


def at_read_back(task: str = "reorder", **given: object) -> View:
    """A request of ten pieces that was just read back."""

    def repeats(clause: Clause) -> bool:
        return all(float(each["value"]) == 10 for each in clause.values if each["entity"] in ("number", "quantity")) and all(
            each["entity"] in ("number", "quantity") for each in clause.values
        )  # fmt: skip

    return View(task=tasks()[task], open=CONFIRMATION, asked_to_send=True, repeats=repeats, **given)  # type: ignore[arg-type]  # a test's own


SENDS = [
    "Yes. And may I say you have been most kind. Good day",
    "yes please, and thank you for all your help",
    "Yes, that is correct. Kind regards",
    "ok ta. yes pls place the 10",
    "ok yes, go ahead with the 10",
    "Looks good. Send it. Thanks a lot!",
    "Perfect, send it please. Cheers",
    "yes, all correct. Have a nice weekend",
    "no, everything is right, send it",
    "No, nothing else, send it",
    "Great stuff, thanks. Yes, submit it",
    "Yes, send the order",
    "Right, please do send it. Thank you for the quick answer",
    "yes yes, off you go, thanks",
    "That's right. Feel free to send it",
    "Splendid. Yes. Much obliged",
    "Ja, dette ser riktig ut. Vær så god å sende det, og takk for hyggelig betjening",
    "Ja. Tusen takk for hjelpen, ha en fin dag",
    "Nei, alt stemmer, send",
    "nei, ingen endringer. send den",
    "ja takk, send bestillingen. God helg!",
    "Stemmer. Da tar vi 10 som sagt. Ja, registrer",
    "greit, da tar vi 10 som sagt. ja, send",
    "Perfekt, send den. Takk for hjelpen!",
    "Ja, det ser riktig ut. Mvh Kari",
    "ja det stemmer, bare send det",
    "jepp, bare send. takk takk",
    "Helt riktig. Send den gjerne. Ha det!",
    "Supert, kjør på. Vi snakkes",
    "ja, alt stemmer. hyggelig betjening!",
    "Flott. Send inn, er du snill. Takk skal du ha",
    "Ja, bestill. Takk!",
    "Perfekt, skicka den. Tack för hjälpen!",
    "Ja, det stämmer. Ha en bra dag",
    "Ja, beställ. Tack så mycket",
    "Ja tak, send den. Tak for hjælpen",
    "Det er rigtigt. Send bestillingen. Hav en god dag",
    "Ja, stimmt. Bitte abschicken. Vielen Dank!",
    "Ja bitte. Schönes Wochenende",
    "ja, det stemmer. Send ho. Takk for hjelpa",
    "heilt rett. send det no. ha ei fin helg",
]
KEEPS = [
    "Yes, but make it 12",
    "yes, 12 of them",
    "Yes, if they can be here by Easter",
    "Yes. Not before Monday though",
    "yes, but wait until I have asked Per",
    "Yes, and add a certificate",
    "Yes, unless the price has changed",
    "yes. does it include freight?",
    "Yes, only the first half",
    "Yes, send it tomorrow",
    "Yes. And thank you for changing it to 12",
    "ok, thanks, good day",
    "Thanks for your help. Good day",
    "Looks good. Thank you",
    "Yes, send the complaint",
    "Yes, cancel it",
    "no, send it to Per first",
    "No. Send",
    "Nei, send",
    "Yes. No, hold on",
    "Yes, send... no, don't send it",
    "Yes, please call me first",
    "Yes, thank you for delivering to our yard instead",
    "Yes, with painting",
    "Yes, and one more thing, thank you for the valve",
    "yes except the date",
    "Ja, men 12 stk",
    "Ja, hvis dere rekker uke 20",
    "Ja. Vent litt med å sende",
    "ja, og legg ved sertifikat",
    "Ja, send reklamasjonen",
    "ja, men ikke før Per har sett på det",
    "Ja, når kommer de?",
    "Takk for hjelpen, ha en fin dag",
    "Ja, takk for at dere tar det i juni",
    "Ja, bortsett fra adressen",
    "ja, kanskje",
    "Ja, takk, men jeg må spørre sjefen",
    "Nei. La det være. Takk for hjelpen",
    "Nei takk, ha en fin dag",
    "Ja, send. Nei forresten, ikke send",
    "Ja, utan målning",
    "Ja, om priset är rätt",
    "Ja, men vänta lite",
    "Ja tak, men kun de første",
    "Ja, aber erst nächste Woche",
    "Ja, ohne Zeugnis. Danke",
    "Ja, og så 5 lokk",
]


@pytest.mark.parametrize("text", SENDS)
def test_a_clear_yes_with_courtesy_sends(text: str) -> None:
    assert [type(each) for each in interpret(read(text), at_read_back())] == [Confirm]


@pytest.mark.parametrize("text", KEEPS)
@pytest.mark.parametrize(("act", "sure"), [("inform", 0.4), ("affirm", 0.4), ("affirm", 0.95)])
def test_a_reservation_an_addition_a_question_and_a_no_send_nothing(text: str, act: str, sure: float) -> None:
    assert not any(isinstance(each, Confirm) for each in interpret(read(text, act, sure), at_read_back()))


BY_MEANING = [
    "stemmer på en prikk, send", "ja, det er rigtigt, bare send den afsted", "ok da sender vi",
    "yes that is right just send it over to them", "all good from my side, send away", "Ja da er vi enige, bare send den inn til salg",
    "ja det var det, kjør på du", "ja alles so richtig, bitte abschicken",
]  # fmt: skip
TAKES_NOTE = [
    "det stemmer itte", "stemmer ikkje heilt", "det stämmer icke", "stimmt nich", "det stemmer ikek, send", "that is nto right, send it",
    "det stemmer itj det der", "det stemmer itte, har inga tegning på denne", "send ittno",
    "yes, I understand", "ja, det forstår jeg", "right so that's what you've got", "yes, noted", "ja ser det", "yes, with a rib",
]  # fmt: skip


@pytest.mark.parametrize("text", BY_MEANING)
def test_a_yes_in_other_words_sends_where_all_of_it_means_yes(text: str) -> None:
    assert [type(each) for each in interpret(read(text, "affirm", 0.9), at_read_back())] == [Confirm]
    assert not any(isinstance(each, Confirm) for each in interpret(read(text, "inform", 0.9), at_read_back()))


@pytest.mark.parametrize("text", TAKES_NOTE)
def test_who_takes_note_of_what_was_read_back_sends_nothing(text: str) -> None:
    assert not any(isinstance(each, Confirm) for each in interpret(read(text, "affirm", 0.9), at_read_back()))


OF_ANOTHER = [
    ("cancel_order", "Ja, bestill"), ("cancel_order", "Yes, place the order"), ("cancel_order", "carry on"),
    ("cancel_order", "cancel"), ("cancel_order", "ja, send bestillingen"), ("cancel_order", "avbryt"),
    ("change_order", "change it"), ("change_order", "endre"), ("change_order", "yes, send the cancellation"),
    ("order_document", "yes, send the complaint to sales"), ("complaint", "ja, bestill nye"), ("complaint", "Ja, send avbestillingen"),
]  # fmt: skip


@pytest.mark.parametrize(("task", "text"), OF_ANOTHER)
def test_a_yes_to_something_else_than_was_read_back_sends_nothing(task: str, text: str) -> None:
    assert not any(isinstance(each, Confirm) for each in interpret(read(text), at_read_back(task)))


BY_NAME = [
    ("cancel_order", "ja, kanseller den"), ("cancel_order", "yes, cancel it please"), ("cancel_order", "Ja, send avbestillingen. Takk"),
    ("complaint", "Ja, send reklamationen sådan"), ("complaint", "Yes, I confirm, send the complaint to sales"),
    ("change_order", "yes, send the change"), ("call_back", "ja, gi beskjed"), ("quote_request", "ja, send forespørselen. Ha en fin dag"),
]  # fmt: skip


@pytest.mark.parametrize(("task", "text"), BY_NAME)
def test_a_yes_may_call_the_request_by_its_name(task: str, text: str) -> None:
    assert [type(each) for each in interpret(read(text), at_read_back(task))] == [Confirm]


SENDS_ALL_THE_SAME = [
    "Ja, send det. Må løpe nå",
    "Jo, send. Gidder ikke mer av dette",
    "Send den bare, så får et menneske ordne resten",
    "ja takk, send den og la en person ta seg av det",
    "send it, I've had enough of this",
    "Yes, submit it. Got to go",
    "just send that and let a human sort the rest out",
    "OK send. Can't be bothered any longer with this",
]


@pytest.mark.parametrize("text", SENDS_ALL_THE_SAME)
def test_weariness_and_people_to_sort_it_leave_it_a_yes(text: str) -> None:
    assert isinstance(interpret(read(text), at_read_back("quote_request"))[0], Confirm)


ASKED_BESIDE = [
    "Send det. Hvem får det hos dere?",
    "Ja, send. Pleier dere å ha ferie i juli?",
    "ja send den, og hvordan pakker dere sånt?",
    "Send det nå. Kommer det en bekreftelse på mail?",
    "Send it. Who looks at it on your side?",
    "Yes, send it, and how are such things packed?",
    "OK, submit it. Are you open on Saturdays?",
    "send it please. When do I hear from you?",
]


@pytest.mark.parametrize("text", ASKED_BESIDE)
def test_what_is_asked_beside_send_it_holds_nothing_back(text: str) -> None:
    assert isinstance(interpret(read(text), at_read_back("quote_request"))[0], Confirm)


DOUBTED = [
    "Send det. Det er nok feil vekt",
    "ja, send. Endelig er tegningen feil",
    "Send it. Can you make it 60?",
    "Send it. But is it not the wrong alloy?",
    "send den, kan du ta 50 i stedet?",
]


@pytest.mark.parametrize("text", DOUBTED)
def test_what_doubts_or_changes_it_sends_nothing(text: str) -> None:
    assert not any(isinstance(each, Confirm) for each in interpret(read(text), at_read_back("quote_request")))
