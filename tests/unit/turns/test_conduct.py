"""What steers the talk and what only sounds like it; and when all that was taken down is to be said."""

import pytest

from actions.turns.conduct import as_borne_out, merely_waits, wants_read_back
from actions.turns.reading import Clause, Reading

KEPT = [
    ("stopp", "stop_task", 0.7),
    ("jeg orker ikke flere spørsmål", "stop_task", 0.9),
    ("Stop asking", "stop_task", 0.5),
    ("glem hele greia", "stop_task", 0.8),
    ("forget about it", "stop_task", 0.7),
    ("not now, in a meeting", "postpone", 0.6),
    ("jag återkommer", "postpone", 0.5),
    ("später weiter", "postpone", 0.5),
    ("the print is with our designer", "postpone", 0.9),
    ("glem det", "take_back", 0.8),
    ("we changed our minds", "take_back", 0.6),
    ("trekk forespørselen", "take_back", 0.6),
]
TOLD = [
    ("så legg på litt", "stop_task", 0.5),
    ("call the driver first", "postpone", 0.58),
    ("Leave that then", "stop_task", 0.54),
    ("leave that to your guys", "take_back", 0.6),
    ("ikke rør den", "take_back", 0.7),
    ("forget the polishing", "stop_task", 0.83),
    ("quit the chamfer", "stop_task", 0.74),
    ("dropp røntgen på de", "take_back", 0.6),
    ("la den ene flaten stå rå", "take_back", 0.6),
    ("lassen Sie etwas Aufmaß stehen", "take_back", 0.5),
    ("lägg på lite på flänsen", "stop_task", 0.5),
    ("stopp boringen 10 mm før bunnen", "stop_task", 0.7),
]


def acts(text: str, act: str, share: float) -> str:
    said = Clause(text, 0, len(text), ((act, share), ("inform", 0.05)))
    return as_borne_out(Reading(said, (said,)), at_read_back=False, castings=True).whole.act


@pytest.mark.parametrize(("text", "act", "share"), KEPT)
def test_words_bear_it_out_that_the_talk_is_steered(text: str, act: str, share: float) -> None:
    assert acts(text, act, share) == act


@pytest.mark.parametrize(("text", "act", "share"), TOLD)
def test_what_only_sounds_like_it_is_told_of_the_castings(text: str, act: str, share: float) -> None:
    assert acts(text, act, share) == "inform"


def test_a_pause_before_sending_needs_no_words_of_its_own() -> None:
    said = Clause("the producer has to nod first", 0, 29, (("postpone", 0.5),))
    assert as_borne_out(Reading(said, (said,)), at_read_back=True, castings=True).whole.act == "postpone"


@pytest.mark.parametrize("text", ["vent litt", "hang on", "Vänta lite", "Moment bitte", "just a sec", "nei vent nå"])
def test_a_mere_pause(text: str) -> None:
    assert merely_waits(text)


@pytest.mark.parametrize(
    "text", ["vent litt, har jeg ikke sagt 60?", "wait for the drawing", "moment of inertia", "10"]
)
def test_no_mere_pause(text: str) -> None:
    assert not merely_waits(text)


READ_BACK = [
    "oppsummer", "kan du sette opp det hele", "write me all what you send", "vad har du skrivit ner?", "les opp ka du har skreve",
    "Oppsummer, er De snill", "what have you put down so far", "show me everything you have", "gå gjennom alt du har", "kva har du notert",
    "sammanfatta tack", "hvad har du skrevet ned", "bitte zusammenfassen", "was haben Sie aufgeschrieben", "ta det hele en gang til",
    "read it all back please",
]  # fmt: skip


@pytest.mark.parametrize("text", READ_BACK)
def test_all_that_was_taken_down_is_to_be_said(text: str) -> None:
    assert wants_read_back(text)


@pytest.mark.parametrize(
    "text", ["send me all of them", "skriv PO-nummeret på alt", "what do you need", "set the date to May", "hva kan dere skrive på sertifikatet", "vis meg ordrene"],
)  # fmt: skip
def test_another_thing_is_to_be_said(text: str) -> None:
    assert not wants_read_back(text)
