"""Where a message with two requests is cut, and where it must not be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.nlu.split import split_requests


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hva er strekkfastheten for RG5, og har dere plass i uke 12?", ["Hva er strekkfastheten for RG5", "har dere plass i uke 12?"]),
        ("Hi! where is SO-30417? And can you send the 3.1?", ["Hi! where is SO-30417?", "And can you send the 3.1?"]),
        ("Hvor er SO-30417, og når kommer resten?", ["Hvor er SO-30417", "når kommer resten?"]),
        ("Hva koster 40 stk og når kan dere levere?", ["Hva koster 40 stk", "når kan dere levere?"]),
        ("what is the hardness of RG5 and when could you deliver 40?", ["what is the hardness of RG5", "when could you deliver 40?"]),
        ("er RG5 blyfritt og kan det brukes i sjøvann?", ["er RG5 blyfritt", "kan det brukes i sjøvann?"]),
        ("kan dere støpe 2.5 tonn i mars og hva koster det", ["kan dere støpe 2.5 tonn i mars", "hva koster det"]),
        ("Jeg vil bestille 40 stk RG5. Og hvor er SO-30417?", ["Jeg vil bestille 40 stk RG5.", "Og hvor er SO-30417?"]),
        ("Hei. Hvor er SO-30417? Har dere plass i mars?", ["Hei. Hvor er SO-30417?", "Har dere plass i mars?"]),
        ("Ja. Hvor er SO-30417?", ["Ja.", "Hvor er SO-30417?"]),
        ("40 stk. Hvor er SO-30417?", ["40 stk.", "Hvor er SO-30417?"]),
        ("Har dere plass i uke 12. Hva koster det?", ["Har dere plass i uke 12.", "Hva koster det?"]),
        ("Hvor er SO-30417?\nKan dere sende 3.1-sertifikatet?", ["Hvor er SO-30417?", "Kan dere sende 3.1-sertifikatet?"]),
        ("Var är min order, och kan ni gjuta 40 st till?", ["Var är min order", "kan ni gjuta 40 st till?"]),
        ("Wo ist mein Auftrag und können Sie 40 Stück liefern?", ["Wo ist mein Auftrag", "können Sie 40 Stück liefern?"]),
        ("Kor er ordren min, og har dokker plass i mars?", ["Kor er ordren min", "har dokker plass i mars?"]),
    ],
)  # fmt: skip
def test_two_requests_are_cut_apart(text: str, parts: list[str]) -> None:
    assert split_requests(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "hei",
        "RG5",
        "Kan dere støpe RG5 og RG7?",
        "Vi trenger 40 stk innen 1. mars og 20 stk innen 1. april",
        "Kan dere levere 1. mars?",
        "Kan dere levere innen 12. mars 2027 eller 1.4.2027?",
        "Leveres det 1.3.27?",
        "Vi trenger ca. 40 stk. i RG5, ordre nr. 30417, så fort som mulig",
        "Vi trenger ca. 40 stk. Kari sier at det haster.",
        "Kan dere støpe 2.5 tonn?",
        "Send svar til kari.nordmann@firma.no takk",
        "Vi har en pumpe i sjøvann. Hvilken legering passer?",
        "Hvor er ordren min? Det haster.",
        "Hei. Hvor er SO-30417?",
        "Takk! Hvor er SO-30417?",
        "Hvor er SO-30417? På forhånd takk",
        "How much and when?",
        "jeg vil bestille 40 stk RG5, kan dere levere i uke 12?",
        "Hello, we need 60 housings. When could you deliver?",
        "We need it by 15 April at the latest. Feasible?",
        "Vi trenger å øke fra 30 til 50 stk på SO-30219. Er det mulig?",
        "hvis vi sender bestilling neste uke, når kommer delene?",
        "Kan dere støpe dette, og er det mulig?",
        "1. 40 stk RG5\n2. 20 stk RG7\nKan dere levere?",
        "- 40 stk RG5\n- 20 stk RG7",
        "Antall: 40\nLegering: RG5\nLevering: uke 14\nHva koster det?",
        "40 pcs\tRG5\tweek 12",
        "what's the difference between CC491K and CC493K?",
        "10 av husene lekker og vi er ikke fornøyd",
    ],
)
def test_one_request_stays_whole(text: str) -> None:
    assert split_requests(text) == [text]


def test_a_greeting_on_its_own_line_and_a_signature_stay_with_the_request() -> None:
    first, second = split_requests("Hei,\n\nhvor er SO-30417?\nKan dere sende 3.1?\n\nMvh Kari")
    assert first.startswith("Hei,")
    assert second.endswith("Mvh Kari")


def test_nothing_gives_nothing() -> None:
    assert split_requests("") == []
    assert split_requests("  \n ") == []


def test_an_essay_is_not_cut() -> None:
    text = "Hvor er ordren min? " * 200
    assert split_requests(text) == [text.strip()]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abc .,!?\n0123456789åøhvorgkander", max_size=200))
def test_any_text_can_be_cut_and_its_parts_come_from_it(text: str) -> None:
    squeezed = "".join(text.split())
    at = 0
    for part in split_requests(text):
        assert part.strip()
        at = squeezed.index("".join(part.split()), at)
