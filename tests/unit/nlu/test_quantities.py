"""How many pieces: in digits and words, in seven languages, with what is unclear or impossible said."""

from typing import Any

import pytest

from tests.unit.nlu.reading_help import found, only, pairs

PIECES = [
    ("nb", "40 stk", 40),
    ("nb", "40stk", 40),
    ("nb", "40 stk.", 40),
    ("nb", "40-stk", 40),
    ("nb", "1 500 stk", 1500),
    ("nb", "1\u00a0500 stk", 1500),
    ("nb", "1\u2009500 stk", 1500),
    ("nb", "1\u202f500 stk", 1500),
    ("nb", "1.500 stk", 1500),
    ("da", "1.500 stk", 1500),
    ("de", "1.500 Stück", 1500),
    ("en", "1,500 pcs", 1500),
    ("nb", "12.500 stk", 12500),
    ("nb", "2 tusen stk", 2000),
    ("nb", "2 dusin stk", 24),
    ("nb", "førti stk", 40),
    ("nb", "fint, da tar vi tjuefire slitringer til samme sted", 24),
    ("da", "ok så tager vi halvtreds af dem", 50),
    ("en", "can you do two dozen for the other yard as well", 24),
    ("nb", "foerti stk", 40),
    ("nb", "forti stykk", 40),
    ("nb", "femti-to stk", 52),
    ("nb", "femtito stk", 52),
    ("nb", "toogfemti stk", 52),
    ("nb", "to og femti stk", 52),
    ("nb", "fem og førti stk", 45),
    ("nb", "tolv hundre stk", 1200),
    ("nb", "femten hundre stk", 1500),
    ("nb", "to hundre og femti stk", 250),
    ("nb", "tohundreogfemti stk", 250),
    ("nb", "to tusen fem hundre stk", 2500),
    ("nb", "ett hundre stykker", 100),
    ("nb", "et dusin stk", 12),
    ("nb", "én stk", 1),
    ("nb", "en stk", 1),
    ("nb", "ett stykk", 1),
    ("nb", "to stk", 2),
    ("nb", "tre deler", 3),
    ("nb", "fire foringer", 4),
    ("nn", "førti stykk", 40),
    ("nn", "sju stk", 7),
    ("nn", "eit hundre stk", 100),
    ("sv", "40 st", 40),
    ("sv", "tjugofem st", 25),
    ("sv", "fyrtio stycken", 40),
    ("sv", "ett dussin st", 12),
    ("da", "halvtreds stk", 50),
    ("da", "tres stk", 60),
    ("da", "halvfjerds stk", 70),
    ("da", "firs stk", 80),
    ("da", "halvfems stk", 90),
    ("da", "femoghalvtreds stk", 55),
    ("da", "tooghalvfjerds stk", 72),
    ("da", "en snes stk", 20),
    ("de", "zwanzig Stück", 20),
    ("de", "zweiundzwanzig Stück", 22),
    ("de", "fünfundvierzig Stueck", 45),
    ("de", "einhundertzwanzig Stück", 120),
    ("de", "40 St.", 40),
    ("en", "40 pcs", 40),
    ("en", "40 off", 40),
    ("en", "forty-five pieces", 45),
    ("en", "twenty-five castings", 25),
    ("en", "a hundred and twenty castings", 120),
    ("en", "two hundred units", 200),
    ("en", "a dozen castings", 12),
    ("en", "two dozen castings", 24),
    ("en", "one piece", 1),
    ("en", "one casting", 1),
    ("en", "can I order a single casting", 1),
    ("nb", "1e3 stk", 1000),
    ("nb", "antall: 40", 40),
    ("en", "qty 40", 40),
    ("nb", "Kan jeg bestille 40 pumpehus til, samme som sist?", 40),
    ("nb", "40 til av de siste", 40),
    ("nb", "vi tar 500 til", 500),
    ("nb", "40 RG5 pumpehus", 40),
    ("en", "we'd like to order 25", 25),
    ("en", "could we get 60", 60),
    ("en", "25 bronze bushings", 25),
    ("en", "10 of the housings leak", 10),
    ("en", "I'd like 50 more", 50),
    ("en", "another 40 please", 40),
    ("nb", "nei, 60 stk", 60),
    ("nb", "endre antallet til 60", 60),
    ("nb", "reduser til 25, de er kanskje støpt", 25),
    ("de", "wir brauchen 40", 40),
    ("sv", "vi behöver 40", 40),
    ("sv", "vill ha 15 gjutna i RG5", 15),
    ("da", "vi skal bruge 30 nye bronzehuse", 30),
    ("nb", "trur vi tar 10 te", 10),
    ("en", "make it 50", 50),
    ("nb", "et par hundre stk", 200),
    ("en", "we want to call off 200", 200),
    ("sv", "tio till", 10),
    ("da", "støb 20 mere", 20),
    ("en", "could we have 6 again", 6),
    ("en", "about 30 peaces", 30),
    ("nb", "legg på 10 til", 10),
]


@pytest.mark.parametrize(("language", "text", "value"), PIECES)
def test_a_number_of_pieces_is_read(language: str, text: str, value: int) -> None:
    (entity,) = [entity for entity in found(text, language) if entity["entity"] == "quantity"]
    assert entity["value"] == value
    assert isinstance(entity["value"], int)
    assert "bad" not in entity


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "10-12 stk", {"value": 12, "low": 10, "high": 12}),
        ("nb", "10–12 stk", {"value": 12, "low": 10, "high": 12}),
        ("nb", "10 til 12 stk", {"value": 12, "low": 10, "high": 12}),
        ("nb", "mellom 10 og 12 stk", {"value": 12, "low": 10, "high": 12}),
        ("nb", "ti-tolv stk", {"value": 12, "low": 10, "high": 12}),
        ("nb", "fem-seks stykker", {"value": 6, "low": 5, "high": 6}),
        ("nb", "tjue til tretti stk", {"value": 30, "low": 20, "high": 30}),
        ("en", "between 10 and 12 pcs", {"value": 12, "low": 10, "high": 12}),
        ("en", "10 to 12 pcs", {"value": 12, "low": 10, "high": 12}),
        ("de", "10 bis 12 Stück", {"value": 12, "low": 10, "high": 12}),
        ("nb", "et par stk", {"value": 2, "ask": [2, 3]}),
        ("nb", "et par", {"value": 2, "ask": [2, 3]}),
        ("nb", "noen få stk", {"value": 3, "ask": [3, 4, 5]}),
        ("nb", "en håndfull", {"value": 5, "ask": [4, 5, 6]}),
        ("en", "a couple of pieces", {"value": 2, "ask": [2, 3]}),
        ("en", "a few castings", {"value": 3, "ask": [3, 4, 5]}),
        ("en", "1.500 pcs", {"value": 1500, "ask": [1500]}),
        ("en", "2.000 pcs", {"value": 2, "ask": [2, 2000]}),
        ("nb", "1,500 stk", {"value": 1500, "ask": [1500]}),
        ("nb", "0 stk", {"value": 0, "bad": "zero"}),
        ("nb", "null stk", {"value": 0, "bad": "zero"}),
        ("nb", "-5 stk", {"value": -5, "bad": "negative"}),
        ("nb", "minus 5 stk", {"value": -5, "bad": "negative"}),
        ("nb", "0,5 stk", {"value": 0.5, "bad": "fraction"}),
        ("en", "2.5 pcs", {"value": 2.5, "bad": "fraction"}),
        ("nb", "en halv stk", {"value": 0.5, "bad": "fraction"}),
        ("nb", "10^9 stk", {"value": 10**9, "bad": "absurd"}),
        ("nb", "10⁹ stk", {"value": 10**9, "bad": "absurd"}),
        ("nb", "1000000000 stk", {"value": 10**9, "bad": "absurd"}),
        ("nb", "99999999999999999999 stk", {"value": 10**15, "bad": "absurd"}),
        ("nb", "opplag 200 per år", {"value": 200, "every": "year"}),
        ("nb", "20 stk i måneden", {"value": 20, "every": "month"}),
        ("en", "500 pcs a year", {"value": 500, "every": "year"}),
        ("nb", "øk med 20", {"value": 20, "role": "by"}),
        ("nb", "øk til 60 stk", {"value": 60, "role": "to"}),
        ("en", "increase it by 20", {"value": 20, "role": "by"}),
    ],
)
def test_ranges_doubts_and_impossible_numbers_are_told(language: str, text: str, expected: dict[str, Any]) -> None:
    assert only(text, language) == {"entity": "quantity", **expected}


def test_from_and_to_of_a_change_are_two_quantities_and_no_range() -> None:
    first, second, order = found("Øk fra 40 til 60 på SO-30417")
    assert (first["value"], first["role"]) == (40, "from")
    assert (second["value"], second["role"]) == (60, "to")
    assert order["value"] == "SO-30417"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "RG5"),
        ("nb", "RG 5"),
        ("nb", "R G 5"),
        ("nb", "CC491K"),
        ("nb", "CC491 K"),
        ("nb", "EN AC-42100"),
        ("nb", "EN AC 42100"),
        ("nb", "AlSi7Mg0,3"),
        ("nb", "AlSi7Mg0.3"),
        ("nb", "AlSi7Mg 0,3"),
        ("nb", "CuSn5Zn5Pb5-C"),
        ("nb", "3.2381"),
        ("nb", "2.1096.01"),
        ("nb", "A356"),
        ("nb", "LM25"),
        ("nb", "T6"),
        ("nb", "T64"),
        ("nb", "halv tre"),
        ("nb", "klokka halv tre"),
        ("nb", "kvart på ti"),
        ("nb", "kl 14"),
        ("nb", "kl. 14.30"),
        ("en", "at 2 pm"),
        ("nb", "14:30"),
        ("nb", "tusen takk"),
        ("sv", "tusen tack"),
        ("nb", "modell i tre"),
        ("nb", "et par spørsmål"),
        ("nb", "kan jeg snakke med noen"),
        ("nb", "en del spørsmål"),
        ("en", "I want to talk to someone"),
        ("en", "that one"),
        ("en", "you're fired"),
        ("nb", "ISO 9001"),
        ("nb", "NS-EN 1982"),
        ("nb", "EN 10204"),
        ("nb", "ISO 8062-3 DCTG 10"),
        ("nb", "M12 gjenger"),
        ("nb", "Ra 3,2"),
        ("nb", "30 dager netto"),
        ("nb", "netto 30 dager"),
        ("nb", "for 3 uker siden"),
        ("en", "3 weeks ago"),
        ("en", "to"),
        ("nb", "org.nr 999 888 777"),
        ("nb", "hva koster det?"),
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(language: str, text: str) -> None:
    assert pairs(text, language) == []


def test_a_count_of_other_things_is_a_mere_number() -> None:
    assert pairs("I have 3 questions", "en") == [("number", 3.0)]
    assert pairs("del dem på 3 leveringer") == [("number", 3.0)]


@pytest.mark.parametrize(
    ("text", "value"), [("40", 40), ("tolv", 12), ("to", 2), ("1 500", 1500), ("30417", 30417), ("halvannen", 1.5)]
)
def test_a_bare_number_is_a_number(text: str, value: float) -> None:
    assert pairs(text) == [("number", value)]


def test_an_unclear_bare_number_keeps_both_readings() -> None:
    assert only("12,750") == {"entity": "number", "value": 12.75, "ask": [12.75, 12750.0]}
    assert only("12,750", "en") == {"entity": "number", "value": 12750.0, "ask": [12750.0, 12.75]}
    assert only("1.500", "en")["ask"] == [1.5, 1500.0]
    assert only("1.500") == {"entity": "number", "value": 1500.0}
    assert only("1.500", None)["ask"] == [1500.0, 1.5]
    assert "ask" not in only("0,750")


def test_an_enumeration_of_quantities() -> None:
    assert pairs("quotation for quantities 10, 50 and 100", "en") == [
        ("quantity", 10),
        ("quantity", 50),
        ("quantity", 100),
    ]
    assert pairs("10, 50 og 100 stk") == [("quantity", 10), ("quantity", 50), ("quantity", 100)]


def test_cast_in_one_piece_is_no_quantity() -> None:
    assert [name for name, _ in pairs("can you cast 500 kg in one piece", "en")] == ["weight"]
    assert found("kan I støbe 900 kg i ét stykke", "da")[0]["per"] is None


def test_a_code_without_unit_is_no_quantity() -> None:
    assert ("quantity", 30578) not in pairs("pls chg qty 30578 to 45", "en")
    assert ("quantity", 45) in pairs("pls chg qty 30578 to 45", "en")


def test_list_marks_are_no_numbers() -> None:
    assert pairs("1. 40 stk RG5\n2. 20 stk RG7") == [("quantity", 40), ("quantity", 20)]
    assert pairs("- 40 stk\n- 20 stk") == [("quantity", 40), ("quantity", 20)]
    assert pairs("-40 stk\n-20 stk") == [("quantity", 40), ("quantity", 20)]
