"""What is told under its name goes to that question only, in the place of what stood there."""

from typing import Any

import pytest

from actions.form.answers import Answer, Answers, line
from actions.form.labels import told_under_names
from actions.form.righting.put_right import put_right
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.tasks.call_back.reading import time_in, with_time
from actions.tasks.quote.task import QuoteRequest

from .reading_help import told, turn_of


def standing() -> Answers:
    """A request that is read back."""
    return Answers(
        {
            "part": PartAnswer("gearbox cover alloy", "utter_line_part"),
            "quantity": QuantityAnswer(200, "utter_line_quantity"),
            "weight": WeightAnswer(3.0, "utter_line_weight"),
            "size": SizeAnswer("3 mm", "utter_line_size_mm", mm=[3.0]),
            "delivery": line("delivery", "2027-W20"),
            "alloy": line("alloy", "CC491K", title="RG5 (CC491K)"),
            "requirements": line("requirements", "PT"),
            "pattern": line("pattern", "none"),
            "notes": line("notes", "not week 20"),
            "name": line("name", "Mikko Lehtonen, Savon Oy", person="Mikko Lehtonen", company="Savon Oy"),
            "po": line("po", "B31100", "utter_line_order_po"),
            "mark": line("mark", "Lager 3", "utter_line_order_mark"),
        }
    )


def put(text: str) -> dict[str, Any]:
    """What a message puts right, by question."""
    answers = standing()
    found = put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation")
    return {each.name: each.answer.value for each in found if each.answer and not each.problem}


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("part name: gearbox cover. company: Voima Oy", {"part": "gearbox cover", "name": "Mikko Lehtonen, Voima Oy"}),
        ("Name Timo Salo. Part gearbox cover. Company Voima Oy", {"part": "gearbox cover", "name": "Timo Salo, Voima Oy"}),
        ("Navn Kari Moen. Del pumpelokk. Firma Moe AS", {"part": "pumpelokk", "name": "Kari Moen, Moe AS"}),
        ("del ventilhus, firma Moe AS, navn Kari Moen", {"part": "ventilhus", "name": "Kari Moen, Moe AS"}),
        ("part should be gearbox lid, and the company is Voima Oy", {"part": "gearbox lid", "name": "Mikko Lehtonen, Voima Oy"}),
        ("feil firma, det er Voima Oy", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("Wrong name, it should be Timo Salo", {"name": "Timo Salo, Savon Oy"}),
        ("Company isn't Savon Oy, it's Voima", {"name": "Mikko Lehtonen, Voima"}),
        ("firmaet er ikke Savon men Voima Oy", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("företaget är Voima AB", {"name": "Mikko Lehtonen, Voima AB"}),
        ("selskapet heiter Voima AS", {"name": "Mikko Lehtonen, Voima AS"}),
        ("firmaet vårt heiter Voima AS", {"name": "Mikko Lehtonen, Voima AS"}),
        ("firma Voima Oy", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("navn og firma: Ola Vik, Vik AS", {"name": "Ola Vik, Vik AS"}),
        ("you have the wrong company. It's Voima Oy", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("coldharbour pumps is the company", {"name": "Mikko Lehtonen, coldharbour pumps"}),
        ("company = Voima", {"name": "Mikko Lehtonen, Voima"}),
        ("can you change the company to Voima Oy?", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("correct that and put company Voima Oy", {"name": "Mikko Lehtonen, Voima Oy"}),
        ("delen heter ikkje deksel, den heter lokk", {"part": "lokk"}),
        ("delen ska vara ventillock", {"part": "ventillock"}),
        ("valve housing is the part, not gearbox cover", {"part": "valve housing"}),
        ("please change the part to valve cover and send it", {"part": "valve cover"}),
        ("qty = 35", {"quantity": 35}),
        ("antallet stemmer ikke, det er 60", {"quantity": 60}),
        ("set antalet til 45, ikkje 200", {"quantity": 45}),
        ("mål 3 mm stemmer ikkje, det er 180x90x60", {"size": "180 × 90 × 60 mm"}),
        ("vekta er 3,5 kg, ikke 3", {"weight": 3.5}),
        ("material: RG7", {"alloy": "CC493K"}),
        ("legering er RG7 og ikke RG5", {"alloy": "CC493K"}),
        ("krav: dreid ferdig, H7 i boringa. bruk e bomlager i gravemaskin, støt", {"requirements": "dreid ferdig, H7 i boringa", "application": "bomlager i gravemaskin, støt"}),
        ("krav: ferdig dreid og H7. bruk: bomlager", {"requirements": "ferdig dreid og H7", "application": "bomlager"}),
        ("krav: også 3.1", {"requirements": "PT; også 3.1"}),
        ("Rett modell: egen tremodell fra 2016, sendes til dere", {"pattern": "egen tremodell fra 2016, sendes til dere"}),
        ("bytt PO nr til B31200", {"po": "B31200"}),
        ("merkes Lager 3 Ås, ikke bare Lager 3", {"mark": "Lager 3 Ås"}),
        ("quantity: don't know", {"quantity": None}),
    ],
)  # fmt: skip
def test_what_is_named_is_so(text: str, stored: dict[str, Any]) -> None:
    assert put(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "is the company Voima Oy?",
        "the part must be painted?",
        "this is the drawing",
        "navnet er riktig",
        "firma er det samme som før",
        "the part must be ready by May",
        "delen må være maskinert",
        "Use RG5 instead",
        "the weight is too high",
        "modellen til linje 1 står hos oss",
        "nei ikkje 3. bare 180x90x60 mm",
        "nei, ikke 3, bare 180 x 90 x 60",
        "no requirements after all",
        "it still says LM6",
    ],
)
def test_what_only_sounds_like_a_name_with_its_value_tells_none(text: str) -> None:
    assert put(text) in ({}, {"alloy": "CC491K"})


def test_a_value_under_another_name_leaves_the_answer_it_stood_in() -> None:
    answers = Answers({"quotation": line("quotation", "2210-C"), "part": PartAnswer("lid", "utter_line_part")})
    found = put_right(turn_of("2210-C is the drawing number", "name", stood=answers), QuoteRequest().questions, answers)
    assert [(each.name, each.answer and each.answer.value) for each in found] == [("quotation", None), ("drawing", "2210-C")]  # fmt: skip


def test_what_is_said_to_stand_there_still_is_asked() -> None:
    text, answers = "it still says gearbox cover alloy", standing()
    found = put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers)
    assert [(each.name, each.problem and each.problem.reply) for each in found] == [("part", "utter_ask_part")]


def test_each_value_goes_up_to_the_next_name_or_stop() -> None:
    found = told_under_names("Merking: Lager 3 Ås og PO nr: B31200. krav: 3.1, PT, send")
    assert [each.value.text for each in found] == ["Lager 3 Ås", "B31200", "3.1, PT"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Old part we have, one piece, broken but complete", 200),
        ("we want one ring as a sample before the 200", 200),
        ("vi sender en gammel del, ett stykk", 200),
        ("3 prøver først", 200),
        ("back to 60", 60),
        ("tilbake til 60", 60),
    ],
)
def test_samples_and_old_parts_are_not_ordered(text: str, value: int) -> None:
    assert told(text, "requirements", standing()).value("quantity") == value


def test_a_size_of_all_its_sides_takes_the_place_of_one_with_a_side_too_many() -> None:
    answers = standing()
    answers["size"] = SizeAnswer("3 × 180 × 90 × 60 mm", "utter_line_size_mm", mm=[3.0, 180.0, 90.0, 60.0])
    assert told("nei ikkje 3. bare 180x90x60 mm", "confirmation", answers).value("size") == "180 × 90 × 60 mm"


def test_a_week_put_right_leaves_the_words_of_the_customer() -> None:
    assert put("week 33, not 20") == {"delivery": "2027-W33"}
    assert put("ikke uke 20 men før 20. august") == {}


def test_a_measure_by_which_something_changes_is_no_size() -> None:
    assert "size" not in told("take 5 mm out", "pattern", Answers({"wall": Answer(9.0, "utter_line_wall")}))


@pytest.mark.parametrize(
    ("known", "said", "time"),
    [
        ("tomorrow 10 to 12", "10-12 UK time please", "tomorrow, 10-12 UK time"),
        ("tomorrow 10 to 12", "UK time", "tomorrow 10 to 12, UK time"),
        ("i morgen mellom 10 og 12", "heller mellom 13 og 15", "i morgen, heller mellom 13 og 15"),
        ("tomorrow after 10", "friday", "friday"),
    ],
)
def test_a_time_to_be_called_keeps_what_is_told_no_other(known: str, said: str, time: str) -> None:
    assert with_time(known, str(time_in(said))) == time
