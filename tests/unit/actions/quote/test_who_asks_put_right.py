"""Who asks, put right by a name and nothing else: no adverb, no label; whole persons, whole firms, and a place is no firm."""

import pytest

from actions.form.answers import Answers, line
from actions.form.contact import find_person, may_be_name
from actions.form.righting.put_right import put_right
from actions.tasks.quote.task import QuoteRequest
from tests.unit.actions.quote.reading_help import told, turn_of


def stood() -> Answers:
    answers = told("tilbud på 20 lokk i RG5, 8 kg", act="place_order")
    answers["name"] = line("name", "Geir Tveit, Tveit Mek", person="Geir Tveit", company="Tveit Mek")
    return answers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I am Siri Holm, not Geir", "Siri Holm, Tveit Mek"),
        ("My name is Siri Holm, not Geir Tveit", "Siri Holm, Tveit Mek"),
        ("Jeg heter Siri Holm, ikke Geir", "Siri Holm, Tveit Mek"),
        ("Navnet er Siri Holm, ikke Geir, han er sjefen", "Siri Holm, Tveit Mek"),
        ("firmaet er Tveit Sag og Høvel", "Geir Tveit, Tveit Sag og Høvel"),
        ("firmaet heter Tveit & Sønner Mek, ikke Tveit Mek", "Geir Tveit, Tveit & Sønner Mek"),
        ("the company is Tveit Sawing and Planing", "Geir Tveit, Tveit Sawing and Planing"),
        ("company: Tveit Works", "Geir Tveit, Tveit Works"),
    ],
)
def test_a_name_is_put_right_whole(text: str, name: str) -> None:
    assert told(text, "drawing", stood()).value("name") == name


@pytest.mark.parametrize(
    "text",
    [
        "put the company name right first",
        "please fix the name now",
        "correct the name of the company",
        "rett firmanavnet først",
        "navnet må rettes nå",
        "endre firmanavnet først, takk",
    ],
)
def test_no_name_is_made_of_a_sentence_that_asks_for_one(text: str) -> None:
    answers = stood()
    found = put_right(turn_of(text, "drawing", stood=answers), QuoteRequest().questions, answers, "drawing")
    assert all(each.answer is None or each.answer == stood()["name"] for each in found if each.name == "name")
    assert told(text, "drawing", stood()).value("name") in (None, "Geir Tveit, Tveit Mek")


@pytest.mark.parametrize(
    ("language", "text", "name", "company"),
    [
        ("nb", "Vi er Tveit Smie, Siri. Vi trenger 10 lokk i RG5", "Siri", "Tveit Smie"),
        ("nb", "Jobber på innkjøp på Tveit Ventil, vi trenger 10 lokk i RG5", None, "Tveit Ventil"),
        ("nb", "Jeg er innkjøper hos Tveit, vi trenger 10 lokk i RG5", None, "Tveit"),
        ("nb", "Jeg heter Siri Holm og driver et lite slipp i Kragerø", "Siri Holm", None),
        ("nb", "Vi er et lite verft i Kragerø og trenger 10 lokk i RG5", None, None),
        ("en", "We are Tveit Valves, Siri. We need 10 covers in RG5", "Siri", "Tveit Valves"),
        ("en", "I work in purchasing at Tveit Valves, we need 10 covers in RG5", None, "Tveit Valves"),
        ("en", "I am a buyer at Tveit, we need 10 covers in RG5", None, "Tveit"),
        ("en", "I'm Siri Holm and run a small boatyard in Whitby", "Siri Holm", None),
        ("en", "We are a small shipyard in Whitby and need 10 covers in RG5", None, None),
    ],
)
def test_who_asks_and_where_they_work(language: str, text: str, name: str | None, company: str | None) -> None:
    found = find_person(turn_of(text, language=language), asked=False)
    assert (found.name, found.company) == (name, company)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Tveit Mek", True), ("tveit mek", True), ("Sag og Høvel", True), ("First Marine", True),
        ("først", False), ("first", False), ("now", False), ("nå igjen", False), ("changed", False), ("dimensions", False), ("vekt", False),
    ],
)  # fmt: skip
def test_what_may_be_a_name(text: str, may: bool) -> None:
    assert may_be_name(text) is may
