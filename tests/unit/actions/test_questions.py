"""Questions in the midst of a request, a correction beside «send it», and what is said after sending."""

import pytest

from actions.turns.house import House
from tests.unit.actions.talk import Conversation

REQUEST = {
    "nb": "pris på 40 løpehjul i AB2, 9 kg, ingen tegning, 10 i uke 20 og resten i uke 26. Jon Lie, jon@lie.example",
    "en": "quote for 40 impellers in AB2, 9 kg, no drawing, 10 in week 20 and the rest in week 26. Tom Hill, tom@hill.example",
}
NO = {"nb": "nei", "en": "no"}


async def read_back(house: House, language: str) -> Conversation:
    """A request that has just been read back."""
    talk = Conversation(house, language)
    await talk.say(REQUEST[language], "place_order")
    said = await talk.say(NO[language], "deny")
    assert talk.slots["question"] == "confirmation", said
    return talk


def answers(talk: Conversation) -> dict[str, object]:
    """What stands in the request."""
    kept = talk.slots["answers"]["quote_request"]
    return {
        name: (each.get("value"), each.get("texts"))
        for name, each in kept.items()
        if name in ("quantity", "delivery", "alloy")
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Går det i slutten av mai?"), ("nb", "Rekker dere alt til uke 18?"), ("nb", "Klarer dere det innen 1. juni?"), ("nb", "Kan de være her i april?"),
        ("en", "Could you manage that by week 18?"), ("en", "Would the end of May be possible?"), ("en", "Can they be here by 1 June?"), ("en", "Is April doable?"),
    ],
)  # fmt: skip
async def test_a_time_that_is_asked_about_is_answered_and_puts_nothing_out(
    house: House, language: str, text: str
) -> None:
    talk = await read_back(house, language)
    before = answers(talk)
    said = await talk.say(text, "lead_time", 0.5)
    assert answers(talk) == before
    assert {"nb": "uker fra bestilling", "en": "weeks from order"}[language] in said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Er AB2 bedre enn RG5?"), ("nb", "Sammenlign CuSn12 og RG7, styrke og vekt"), ("nb", "Sett RG5 og LM25 side om side"), ("nb", "Jeg spurte om CuSn12 mot RG5"),
        ("en", "Is AB2 better than RG5?"), ("en", "Compare CuSn12 and RG7, strength and weight"), ("en", "Put RG5 and LM25 side by side"), ("en", "I asked about CuSn12 against RG5"),
    ],
)  # fmt: skip
async def test_a_comparison_takes_nothing(house: House, language: str, text: str) -> None:
    talk = await read_back(house, language)
    before = answers(talk)
    said = await talk.say(text, "alloy_comparison", 0.6)
    assert answers(talk) == before
    assert "MPa" in said


@pytest.mark.parametrize(
    ("language", "yes", "more"),
    [
        ("nb", "Ja, send.", "Men 44 stk, ikke 40"), ("nb", "Send det.", "Antallet er 44, ikke 40"),
        ("en", "Yes, send it.", "But 44 pcs, not 40"), ("en", "Send it.", "The quantity is 44, not 40"),
    ],
)  # fmt: skip
async def test_a_correction_beside_send_it_is_read_back_alone_and_promised(
    house: House, language: str, yes: str, more: str
) -> None:
    talk = await read_back(house, language)
    said = await talk.say(f"{yes} {more}", "affirm", 0.9, [(yes, "affirm"), (more, "inform")])
    assert "44" in said
    assert {"nb": "med en gang", "en": "at once"}[language] in said
    assert "AB2" not in said
    assert {"nb": "sak C-", "en": "case C-"}[language] in await talk.say({"nb": "ja", "en": "yes"}[language], "affirm")


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_a_button_is_no_word_of_the_customers(house: House, language: str) -> None:
    talk = Conversation(house, language)
    await talk.say(REQUEST[language], "place_order")
    said = await talk.say("/place_order", "place_order", 1.0)
    assert "/place_order" not in said
    assert "/place_order" not in str(talk.slots["answers"])


@pytest.mark.parametrize(
    ("language", "call", "yes"),
    [("nb", "kan dere ringe meg på 900 11 223?", "ja"), ("en", "could you ring me on 900 11 223?", "yes")],
)
async def test_what_has_gone_along_is_not_called_unfinished(house: House, language: str, call: str, yes: str) -> None:
    talk = await read_back(house, language)
    await talk.say(call, "human")
    said = await talk.say(yes, "affirm")
    assert {"nb": "sak C-", "en": "case C-"}[language] in said
    assert {"nb": "uferdig", "en": "unfinished"}[language] not in said
