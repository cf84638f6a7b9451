"""What a customer tells of a fault in their own way: counted anew, measured, wanted made good, pictured, and how to be reached."""

import asyncio
from typing import Any

import pytest

from actions.form.answers import Answers, line
from actions.form.taking import Taking
from actions.tasks.complaint.questions import AffectedAnswer
from actions.tasks.complaint.task import Complaint
from tests.unit.actions.quote.reading_help import turn_of, values

MATTER = "bores are out"


def told(opened: str, text: str, act: str = "inform", **stood: Any) -> dict[str, Any]:
    """What is stored after a message, besides the matter when it is as before."""
    answers = Answers({"details": line("details", MATTER), "order": line("order", "SO-30433"), **stood})
    turn, task = turn_of(text, opened, act), Complaint()
    own = asyncio.run(task.take(turn, answers, opened))
    Taking(turn, task, answers, None if opened in own else opened).take()
    stored = values(answers)
    return {
        name: value
        for name, value in stored.items()
        if (name, value) not in (("details", MATTER), ("order", "SO-30433"))
    }


@pytest.mark.parametrize(
    ("opened", "text", "affected"),
    [
        ("order", "All twelve.", 12),
        ("found", "alle tolv", 12),
        ("affected", "samtlige 30", 30),
        ("photos", "all of the 8", 8),
        ("affected", "12 of 40", 12),
        ("affected", "omtrent 5 av 60", 5),
    ],
)
def test_pieces_are_no_number_of_an_order_and_no_place(opened: str, text: str, affected: int) -> None:
    assert told(opened, text) == {"affected": affected}


@pytest.mark.parametrize(
    ("opened", "text", "act"),
    [
        ("photos", "no wait, it's 9, three are fine", "deny"),
        ("found", "sorry, only 9 after all", "inform"),
        ("photos", "nei forresten, det er bare 9", "deny"),
        ("confirmation", "beklager, mente 9", "inform"),
    ],
)
def test_a_correction_counts_anew(opened: str, text: str, act: str) -> None:
    before = AffectedAnswer(12, "utter_line_affected_of", of=12)
    assert told(opened, text, act, affected=before) == {"affected": 9}


@pytest.mark.parametrize("opened", ["affected", "found", "photos", "remedy"])
@pytest.mark.parametrize(
    "text",
    [
        "drawing says 60, we get 57",
        "it should be 18.5 and measures 19.2",
        "tegningen sier 60, vi får 57",
        "skulle vært 31, jeg måler 30,2",
    ],
)
def test_a_measure_describes_the_fault(opened: str, text: str) -> None:
    assert told(opened, text) == {"details": f"{MATTER}; {text}"}


@pytest.mark.parametrize("opened", ["found", "affected", "photos"])
@pytest.mark.parametrize(
    "text",
    [
        "afternoons, Halifax time",
        "tell them it is the second time",
        "treffes på ettermiddagen",
        "si til dem at det haster litt",
    ],
)
def test_how_to_be_reached_is_no_place_of_the_fault(opened: str, text: str) -> None:
    assert told(opened, text) == {"details": f"{MATTER}; {text}"}


def test_the_place_stands_beside_how_to_be_reached() -> None:
    stored = told("found", "in our paint shop. Best time is after ten")
    assert stored == {"found": "in our paint shop.", "details": f"{MATTER}; Best time is after ten"}


@pytest.mark.parametrize(
    ("opened", "text"),
    [
        ("photos", "where shall I send them?"),
        ("found", "and the pictures, how do I send those?"),
        ("photos", "hvor skal jeg sende dem?"),
        ("affected", "bildene, hvordan sender jeg dem?"),
    ],
)
def test_who_asks_where_pictures_go_has_some(opened: str, text: str) -> None:
    assert Complaint().steers(turn_of(text, opened, "explain"))
    assert told(opened, text, "explain") == {"photos": "affirm"}


@pytest.mark.parametrize(
    ("opened", "text", "act"),
    [
        ("found", "new ones please, at your cost", "place_order"),
        ("photos", "I'd like some that fit", "place_order"),
        ("found", "can you send us new ones?", "place_order"),
        ("photos", "vi vil ha nye, og betaler ikke frakt", "place_order"),
        ("found", "vi vil ha noen som passer", "reorder"),
        ("found", "vi skal ha nye, og betaler ikke frakten", "place_order"),
        ("found", "we want others, and no freight on our bill", "place_order"),
    ],
)  # fmt: skip
def test_new_parts_are_what_is_wanted_of_it(opened: str, text: str, act: str) -> None:
    assert Complaint().steers(turn_of(text, opened, act))
    assert told(opened, text, act) == {"remedy": text}


@pytest.mark.parametrize("text", ["I would like a price on 40 bushes in RG7", "bestill 20 stk til på SO-30405"])
def test_another_wish_is_none_of_it(text: str) -> None:
    assert not Complaint().steers(turn_of(text, "photos", "place_order"))


@pytest.mark.parametrize("text", ["the ones that came last Thursday", "de som kom i forrige uke"])
def test_an_order_told_in_words_stays_open(text: str) -> None:
    answers = Answers({"details": line("details", MATTER)})
    asyncio.run(Complaint().take(turn_of(text, "order"), answers, "order"))
    assert answers["order"].unknown
    assert answers.value("details") == f"{MATTER}; {text}"


@pytest.mark.parametrize(
    ("opened", "text", "affected"),
    [("affected", "just the one", 1), ("affected", "bare den ene", 1), ("found", "only one of them", 1), ("affected", "en av dem", 1)],
)  # fmt: skip
def test_one_piece_is_a_number(opened: str, text: str, affected: int) -> None:
    assert told(opened, text)["affected"] == affected


@pytest.mark.parametrize(
    "text", ["it is RG7 and we ordered RG5, the spectro shows it", "det er RG7 og vi bestilte RG5, spektro viser det"]
)
def test_more_of_the_matter_is_kept_where_pieces_are_asked_for(text: str) -> None:
    assert told("affected", text) == {"details": f"{MATTER}; {text}"}


@pytest.mark.parametrize("text", ["most of them, not all are measured", "de fleste, vi har ikke målt alle"])
def test_what_nobody_counted_is_left_open_with_the_words(text: str) -> None:
    assert told("affected", text) == {"details": f"{MATTER}; {text}", "affected": None}


@pytest.mark.parametrize("text", ["dont have any pics", "har ikke noen bilder", "no photos yet"])
def test_a_no_to_pictures_in_any_words(text: str) -> None:
    assert told("photos", text)["photos"] == "deny"


def test_pieces_that_are_wanted_are_not_those_with_the_fault() -> None:
    assert "affected" not in told("found", "credit note please and send 20 right hand ones instead")
