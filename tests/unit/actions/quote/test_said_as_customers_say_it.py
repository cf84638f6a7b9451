"""What is ruled out is no wish, a correction finds what it corrects, and each part of a long mixed line goes to its question."""

from typing import Any

import pytest

from actions.form.typed import WeightAnswer
from tests.unit.actions.quote.reading_help import told, values

#: What was said before, the open question, the message, and what is other afterwards.
TABLE: list[tuple[str, str | None, str, dict[str, Any]]] = [
    # a time that is ruled out is a remark
    ("", "alloy", "ikkje levering i uke 29 for da har vi ferie", {"notes": "ikkje levering i uke 29 for da har vi ferie"}),
    ("", "delivery", "not week 28, we are closed", {"notes": "not week 28, we are closed"}),
    ("", "delivery", "uke 30, ikke uke 29", {"delivery": "2027-W30"}),
    ("", "delivery", "any time except week 28",
     {"delivery": "any time except week 28", "notes": "any time except week 28"}),
    ("", "delivery", "bis KW 22, nicht in KW 21", {"delivery": "2027-W22", "notes": "nicht in KW 21"}),
    ("", "delivery", "gjerne i mai, bare ikke i uke 20",
     {"delivery": "2027-05-03/2027-05-31/month", "notes": "bare ikke i uke 20"}),
    ("", "delivery", "no, week 30", {"delivery": "2027-W30"}),
    ("", "delivery", "not before week 20", {"delivery": "2027-W20"}),
    ("40 stk uke 28", "name", "not week 28, our goods in is shut",
     {"delivery": None, "notes": "not week 28, our goods in is shut"}),
    # part of the pieces moves no delivery
    ("40 stk uke 20", "alloy", "40 prosent kan vente til september", {"notes": "40 prosent kan vente til september"}),
    ("40 pcs, week 20", "alloy", "a third can come in August", {"notes": "a third can come in August"}),
    # a use that is denied is none
    ("", "application", "en pumpe på et renseanlegg, ikke drikkevann",
     {"application": "en pumpe på et renseanlegg, ikke drikkevann"}),
    ("", "drawing", "it is for a winch, not in seawater", {"application": "it is for a winch"}),
    ("", "requirements", "till en växellåda på ett tåg", {"application": "till en växellåda på ett tåg"}),
    # a negation behind its thing
    ("", "drawing", "tegning har vi ikke, og modell finns ikkje", {"drawing": "deny", "pattern": "none"}),
    ("", "drawing", "drawing we don't have, the pattern must be made", {"drawing": "deny", "pattern": "none"}),
    ("", None, "ritning finns, ytan ska vara blästrad", {"drawing": "affirm", "requirements": "ytan ska vara blästrad"}),
    # the old value beside the new one
    ("60 pcs, 4 kg each", "confidential", "and it's 70 not 60", {"quantity": 70}),
    ("60 pcs, 4 kg each", "size", "ikke 60 men 90", {"quantity": 90}),
    ("60 pcs, 4 kg each", "size", "5 kilo, ikke 4", {"weight": 5.0}),
    ("pris på 15 brackets", "drawing", "make the brackets 20", {"quantity": 20}),
    # who writes, in small letters
    ("", "notes", "fine, dave, harris marine services, dave@harrismarine.example",
     {"name": "dave, harris marine services", "email": "dave@harrismarine.example"}),
    ("", "pattern", "arne, løkse mek, post@loksemek.example", {"name": "arne, løkse mek", "email": "post@loksemek.example"}),
    ("", "alloy", "eg heite Arnfinn Løkse, løkse slip og mek, mobil 91 22 33 44",
     {"name": "Arnfinn Løkse, løkse slip og mek"}),
    ("", "notes", "heter Gunn Sæther, jobber hos Sæther Mek og Sveis, samme mail som sist",
     {"name": "Gunn Sæther, Sæther Mek og Sveis"}),
    ("", "drawing", "send it to dave@x.example, drawing follows", {"email": "dave@x.example", "drawing": "affirm"}),
    ("", "email", "joe@x.example. ikke ring", {"email": "joe@x.example", "notes": "ikke ring"}),
    ("", "drawing", "no drawing. no phone please, mail is joe@x.example",
     {"drawing": "deny", "notes": "no phone please", "email": "joe@x.example"}),
    # figures of a list said behind it
    ("", None, "15 brackets and 8 covers, both in LM25, brackets weigh 2.3 kg, the covers 1.1",
     {"part": "1. 15 brackets, LM25, 2.3 kg\n2. 8 covers, LM25, 1.1 kg"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "opened", "text", "stored"), TABLE, ids=[row[2] for row in TABLE])
def test_what_is_other_afterwards(before: str, opened: str | None, text: str, stored: dict[str, Any]) -> None:
    answers = told(before, None, act="place_order")
    known = values(answers)
    now = values(told(text, opened, answers, act="inform" if opened else "place_order"))
    assert {name: now.get(name) for name in {**known, **now} if known.get(name) != now.get(name)} == stored


@pytest.mark.parametrize(
    ("before", "text", "weights"),
    [
        ("4 kg each", "the finished weight is 3.1, 4 is the casting", (4.0, 3.1)),
        ("4 kg each", "ferdig dreid blir det vel 3,5 kg", (4.0, 3.5)),
        ("ferdigvekt 3 kg", "råvekt 4,2 kg", (4.2, 3.0)),
        ("4 kg each", "5 kg", (5.0, None)),
        ("", "Vekt ca 6 kg, sluttvekt 4,8 etter dreiing", (6.0, 4.8)),
    ],
)
def test_the_weight_as_cast_and_the_finished_one_stand_together(
    before: str, text: str, weights: tuple[float, float | None]
) -> None:
    answer = told(text, "confidential", told(before, None, act="place_order"))["weight"]
    assert isinstance(answer, WeightAnswer)
    assert (answer.value, answer.finished) == weights


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quarter of them in june, rest when you can", "quarter of them in june, rest when you can"),
        ("halvparten i juni, ingen hast med det andre", "halvparten i juni"),
    ],
)
def test_a_time_for_a_part_of_the_pieces_keeps_its_words(text: str, said: str) -> None:
    assert told(text, "weight")["delivery"].line()["said"] == said


def test_a_pasted_mail_tells_the_firm_and_not_the_title() -> None:
    mail = (
        "Hi,\nplease quote 40 pump housings in RG5, 12 kg each, drawing PL-20 rev A.\n\nBest regards\n"
        "Petra Lind\nPurchasing\nLind Pumpar AB\nStorgatan 4, Göteborg"
    )
    answers = values(told(mail, None, act="place_order"))
    assert (answers["part"], answers["drawing"], answers["name"]) == (
        "pump housings",
        "PL-20 rev. A",
        "Petra Lind, Lind Pumpar AB",
    )
