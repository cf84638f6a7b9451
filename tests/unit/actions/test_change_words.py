"""What a wish about an order wants, from its words alone: a table a language, and what cannot be."""

import datetime as dt

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form.answers import Answer, Problem
from actions.tasks.change.lines import numbered, spans
from actions.tasks.change.questions import read_change, wants_of
from actions.tasks.change.staying import only, staying
from actions.tasks.change.wants import Want, merged
from actions.turns.turn import Turn
from bot.common import clock, settings
from bot.common.clock import today
from bot.engine.nlu.entities import find_entities


@pytest.fixture(autouse=True)
def _first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


def turn(text: str, language: str = "nb", act: str = "change_order") -> Turn:
    """A message as the engine reads it."""
    message = {
        "text": text,
        "entities": find_entities(text, today(), language),
        "intent": {"name": act, "confidence": 0.9},
    }
    return Turn(
        Tracker("c", {"language": language}, message, [], False, None, {}, "action_listen"), CollectingDispatcher()
    )


@pytest.mark.parametrize(
    ("language", "text", "wants"),
    [
        ("nb", "kan vi få den en uke tidligere?", [Want("date", by_days=7, way="earlier")]),
        ("nb", "vi skulle hatt den en uke før", [Want("date", by_days=7, way="earlier")]),
        ("nb", "den burde komme tre dager etter", [Want("date", by_days=3, way="later")]),
        ("en", "forward by a week", [Want("date", by_days=7, way="earlier")]),
        ("en", "pull it forward by two weeks", [Want("date", by_days=14, way="earlier")]),
        ("en", "move the delivery two weeks back, so later", [Want("date", by_days=14, way="later")]),
        ("nb", "utsett den ti dager", [Want("date", by_days=10, way="later")]),
        ("en", "could it come two weeks later", [Want("date", by_days=14, way="later")]),
        ("en", "please push it back by 10 days", [Want("date", by_days=10, way="later")]),
        ("en", "move it to week 22", [Want("date", week="2027-W22")]),
        ("nb", "flytt til uke 22 og 40 stk", [Want("quantity", to=40), Want("date", week="2027-W22")]),
        ("nb", "flytt den til slutten av mai", [Want("date", date="2027-05-24", until="2027-05-31", span="2027-05-24/2027-05-31/month/late", text="slutten av mai")]),
        ("nb", "kan den flyttes til juni", [Want("date", date="2027-06-01", until="2027-06-30", span="2027-06-01/2027-06-30/month", text="juni")]),
        ("en", "please move it to June", [Want("date", date="2027-06-01", until="2027-06-30", span="2027-06-01/2027-06-30/month", text="June")]),
        ("nb", "vi må ha den innen utgangen av mai", [Want("date", date="2027-05-31", bound="by")]),
        ("nb", "kan den heller komme i juni?", [Want("date", date="2027-06-01", until="2027-06-30", span="2027-06-01/2027-06-30/month", text="juni")]),
        ("en", "could we have it mid May", [Want("date", date="2027-05-11", until="2027-05-20", span="2027-05-11/2027-05-20/month/mid", text="mid May")]),
        ("en", "weeks 20-22 would suit us better", [Want("date", date="2027-05-17", until="2027-06-04", span="2027-05-17/2027-06-04/weeks", text="weeks 20-22")]),
        ("nb", "reduser til 30", [Want("quantity", to=30)]),
        ("nb", "10 færre", [Want("quantity", by=-10)]),
        ("nb", "ti færre da", [Want("quantity", by=-10)]),
        ("nb", "to flere, takk", [Want("quantity", by=2)]),
        ("nb", "vi trenger 10 til", [Want("quantity", by=10)]),
        ("nb", "40 stk til uke 22", [Want("quantity", to=40), Want("date", week="2027-W22")]),
        ("nb", "øk med 20", [Want("quantity", by=20)]),
        ("nb", "reduser 15 stk", [Want("quantity", by=-15)]),
        ("nb", "trekk fra 12", [Want("quantity", by=-12)]),
        ("en", "10 fewer please", [Want("quantity", by=-10)]),
        ("en", "add 15", [Want("quantity", by=15)]),
        ("en", "take off 12", [Want("quantity", by=-12)]),
        ("en", "another 20 pcs", [Want("quantity", by=20)]),
        ("en", "cut it to 30", [Want("quantity", to=30)]),
        ("nb", "linje 2 skal være 80 stk", [Want("quantity", to=80, line=2)]),
        ("nb", "linje 1 skal være 80 stk og linje 3 skal være 20", [Want("quantity", to=80, line=1), Want("quantity", to=20, line=3)]),
        ("en", "line 1 to 40, line 3 to 25", [Want("quantity", to=40, line=1), Want("quantity", to=25, line=3)]),
        ("en", "item 1 should be 50 not 40", [Want("quantity", to=50, line=1)]),
        ("nb", "80 stk på linje 2 og 20 på linje 3", [Want("quantity", to=80, line=2), Want("quantity", to=20, line=3)]),
        ("en", "60 pcs on line 2 and move line 3 to week 20", [Want("quantity", to=60, line=2), Want("date", week="2027-W20", line=3)]),
        ("nb", "stryk linje 5", [Want("cancel", line=5)]),
        ("en", "drop lines 2 and 4", [Want("cancel", line=2), Want("cancel", line=4)]),
        ("nb", "hele ordren en uke senere", [Want("date", by_days=7, way="later")]),
        ("nb", "sett den på vent i to uker", [Want("hold")]),
        ("da", "den skal helst komme 10 dage før", [Want("date", by_days=10, way="earlier")]),
        ("sv", "vi vill skjuta på den två veckor", [Want("date", by_days=14, way="later")]),
        ("en", "we need a 3.2 certificate as well", [Want("certificate_3.2")]),
        ("en", "could you push SO-30405 two weeks please", [Want("date", by_days=14, way="later")]),
        ("en", "push it a week", [Want("date", by_days=7, way="later")]),
        ("nb", "en uke før da", [Want("date", by_days=7, way="earlier")]),
        ("en", "it has to slip a month", [Want("date", by_days=30, way="later")]),
        ("en", "in three weeks would be fine", [Want("date", date="2027-03-22")]),
        ("en", "actually make it 20.04", [Want("date", date="2027-04-20")]),
        ("nb", "flytt den til 3.5.", [Want("date", date="2027-05-03")]),
        ("en", "the 12th then", [Want("date", date="2027-03-12", any_month=True)]),
        ("en", "not before easter", [Want("date", date="2027-03-30", bound="from")]),
        ("nb", "ikke før uke 20", [Want("date", week="2027-W20", bound="from")]),
        ("en", "move it from week 14 to week 16", [Want("date", week="2027-W16")]),
        ("nb", "tidligst mulig", [Want("date", way="earlier")]),
        ("en", "as early as possible", [Want("date", way="earlier")]),
        ("en", "half of them is enough", [Want("quantity", percent=50)]),
        ("nb", "halvparten holder", [Want("quantity", percent=50)]),
        ("nb", "20% mer forresten", [Want("quantity", percent=120)]),
        ("en", "reduce it by 20 %", [Want("quantity", percent=80)]),
        ("en", "twice as many", [Want("quantity", percent=200)]),
        ("en", "40 instead of 50", [Want("quantity", to=40)]),
        ("nb", "skulle hatt 40 istedenfor det som står", [Want("quantity", to=40)]),
        ("en", "take 10 off line 2", [Want("quantity", by=-10, line=2)]),
        ("nb", "ta 10 bort fra linje 2", [Want("quantity", by=-10, line=2)]),
        ("en", "10 now and the rest in June", [Want("split", text="10 now and the rest in June")]),
        ("nb", "del den opp i to leveringer", [Want("split", text="del den opp i to leveringer")]),
        ("nn", "leggje på 10 til på den", [Want("quantity", by=10)]),
        ("nn", "6 til i staden for 10", [Want("quantity", by=6)]),
        ("nb", "æ ska ha 4 te på den", [Want("quantity", by=4)]),
        ("en", "another 8 on it", [Want("quantity", by=8)]),
        ("sv", "lägg till 7 st", [Want("quantity", by=7)]),
        ("da", "læg 5 oveni", [Want("quantity", by=5)]),
        ("en", "8 more, in two shipments", [Want("quantity", by=8), Want("split", text="8 more, in two shipments")]),
        ("en", "the invoice must say PO-88213", [Want("paper", text="the invoice must say PO-88213")]),
        ("en", "ship it to the site in Hamar instead", [Want("delivery_address", text="ship it to the site in Hamar instead")]),
        ("nb", "dere kan kjøre videre på den", [Want("other", text="dere kan kjøre videre på den")]),
    ],
)  # fmt: skip
def test_every_change_is_read_with_its_figures_and_its_line(language: str, text: str, wants: list[Want]) -> None:
    assert wants_of(turn(text, language)) == wants


@pytest.mark.parametrize(
    ("language", "text", "reply"),
    [
        ("nb", "minus 5 stk", "utter_change_bad_negative"),
        ("en", "0 pcs", "utter_change_bad_zero"),
        ("nb", "flytt til uke 54", "utter_change_bad_week"),
        ("nb", "flytt den til 31. april", "utter_change_bad_date"),
        ("en", "move it to 3 February 2027", "utter_change_bad_past"),
        ("nb", "flytt leveringen to uker fram", "utter_which_move"),
        ("en", "please reschedule it", "utter_which_move"),
        ("en", "14 days earlier or later is fine", "utter_which_move"),
        ("en", "make it two weeks", "utter_which_move"),
        ("nb", "en uke før eller etter går bra", "utter_which_move"),
    ],
)
def test_what_cannot_be_or_can_be_two_things_is_said_at_once(language: str, text: str, reply: str) -> None:
    reading = read_change(turn(text, language), True)
    assert isinstance(reading, Problem)
    assert reading.reply == reply


def test_the_way_of_a_move_is_offered_with_how_far() -> None:
    reading = read_change(turn("flytt den to uker fram"), False)
    assert isinstance(reading, Problem)
    assert [each["days"] for each in reading.choices] == [14, 14]


@pytest.mark.parametrize(
    ("text", "stays", "alone"),
    [
        ("antallet kan stå, bare datoen", {"quantity"}, {"date"}),
        ("forget the date", {"date"}, set()),
        ("leave the quantity as it is, only the date", {"quantity"}, {"date"}),
        ("bare antallet", set(), {"quantity"}),
        ("only the date please, not the quantity", {"quantity"}, {"date"}),
        ("nei, la antallet være som det er, kun datoen", {"quantity"}, {"date"}),
        ("hold antallet, bare flytt datoen", {"quantity"}, {"date"}),
        ("datoen passer ikke", set(), set()),
        ("antallet kan være 60 stk", set(), set()),
        ("når kommer den?", set(), set()),
    ],
)
def test_one_of_several_changes_can_stay(text: str, stays: set[str], alone: set[str]) -> None:
    assert (staying(turn(text)), only(turn(text))) == (stays, alone)


def test_the_same_of_the_same_line_takes_the_place_of_what_stood() -> None:
    first = [Want("quantity", to=40, line=2), Want("date", week="2027-W20", line=2)]
    assert merged(first, [Want("quantity", to=50)]) == [first[1], Want("quantity", to=50, line=2)]
    assert merged(first, [Want("quantity", to=9, line=3)]) == [*first, Want("quantity", to=9, line=3)]
    assert merged(first, [Want("cancel", line=2)]) == [Want("cancel", line=2)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("linje 2", [(2,)]),
        ("lines 1, 2 and 4", [(1, 2, 4)]),
        ("linje 2 og 80 stk", [(2,)]),
        ("line 2 and 6 are cracked", [(2,)]),
        ("hele ordren", [()]),
        ("vi har en ny linje fra mandag", []),
    ],
)
def test_lines_are_told_from_figures(text: str, lines: list[tuple[int, ...]]) -> None:
    assert [each.lines for each in numbered(text)] == lines


def test_a_message_is_cut_where_the_next_line_begins() -> None:
    text = "linje 1 til 40, linje 3 til 25"
    assert [text[start:end].strip(" ,") for start, end, _ in spans(text, numbered(text))] == [
        "linje 1 til 40",
        "linje 3 til 25",
    ]


def test_words_without_a_figure_are_kept_when_the_change_was_asked_for() -> None:
    reading = read_change(turn("merk pallene annerledes", act="inform"), True)
    assert isinstance(reading, Answer)
    assert reading.value == "merk pallene annerledes"
