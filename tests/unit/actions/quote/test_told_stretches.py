"""What the engine has seen to tell a value goes to the question it is about, in the customer's words where nothing reads them."""

from actions.turns.house import House
from tests.unit.actions.driver import FormDriver


async def _asked_for_drawing() -> FormDriver:
    form = FormDriver()
    await form.say("jeg vil ha tilbud på klemring", "place_order", told={"part": "klemring"})
    return form


async def test_words_for_another_question_are_not_put_into_the_open_one(house: House) -> None:
    form = await _asked_for_drawing()
    answer = await form.say("de står i et kjølerom på en tråler", told={"application": "i et kjølerom på en tråler"})
    assert "i et kjølerom på en tråler" in answer
    assert set(form.slots["answers"]["quote_request"]) >= {"application"}
    assert "drawing" not in form.slots["answers"]["quote_request"]


async def test_a_person_and_a_firm_seen_in_a_sentence_are_who_asks(house: House) -> None:
    form = await _asked_for_drawing()
    await form.say("det er berit moe i moe maskin som spør", told={"name": "berit moe", "company": "moe maskin"})
    known = form.slots["answers"]["quote_request"]["name"]
    assert (known["person"], known["company"]) == ("berit moe", "moe maskin")


async def test_a_time_keeps_the_words_that_say_more_than_the_date(house: House) -> None:
    form = await _asked_for_drawing()
    answer = await form.say("vi må ha den så langt ut i mai som råd", told={"delivery": "så langt ut i mai som råd"})
    assert "«så langt ut i mai som råd»" in answer


async def test_figures_told_of_something_else_are_no_quantity(house: House) -> None:
    form = await _asked_for_drawing()
    await form.say("nei", "deny")
    await form.say("RG5", alloy="CC491K")
    await form.say("cirka 120 utvendig og 90 lang", told={"size": "120 utvendig og 90 lang"})
    known = form.slots["answers"]["quote_request"]
    assert "quantity" not in known
    assert "120 utvendig og 90 lang" in str(known["size"])
