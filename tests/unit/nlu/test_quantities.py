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


#: A number before a noun that no list has, in every language that is read.
BEFORE_ANY_NOUN = [
    ("nb", "Hei, vi trenger tre ledeskovler i RG7 til en gammel turbin", 3),
    ("nb", "kan dere støpe åtte eksemplarer av plaketten?", 8),
    ("nb", "to nye propella til sjarken", 2),
    ("nb", "vi er ute etter bare én prototype i første omgang", 1),
    ("nb", "det gjelder fire skovler etter vedlagt tegning", 4),
    ("nb", "vi snakker om seks-sju knaster", 7),
    ("nb", "har dere tid til å støpe ni ankere før jul", 9),
    ("nb", "oppdraget omfatter elleve søyler med kapitél", 11),
    ("nb", "cirka 35 føringsklosser", 35),
    ("nb", "50-60 lagerbukker i året", 60),
    ("nn", "dei seks foringane me snakka om", 6),
    ("nn", "eg vil ha to bjøller", 2),
    ("nn", "me bestiller ni skruar til kverna", 9),
    ("nn", "om lag eit dusin handtak", 12),
    ("sv", "ungefär tjugo ledskenor", 20),
    ("sv", "det rör sig om åtta ventilkäglor", 8),
    ("sv", "en prototyp till att börja med", 1),
    ("sv", "två dussin handtag", 24),
    ("da", "der er tale om 18 vinger", 18),
    ("da", "det drejer sig om fire søjlefødder", 4),
    ("da", "jeg mangler to hængsler", 2),
    ("de", "drei Musterteile vorab", 3),
    ("de", "ein Dutzend Griffe", 12),
    ("de", "zwei neue Laufschaufeln", 2),
    ("de", "zwei Stück", 2),
    ("en", "an edition of three", 3),
    ("en", "we need a pair of door knockers", 2),
    ("en", "two replacement rudders", 2),
    ("en", "just the one prototype", 1),
    ("en", "a run of 25 plaques", 25),
    ("en", "we're after 3 bells", 3),
    ("en", "the requirement is for thirty-two spindles", 32),
]


@pytest.mark.parametrize(("language", "text", "value"), BEFORE_ANY_NOUN)
def test_a_number_counts_whatever_it_stands_before(language: str, text: str, value: int) -> None:
    assert [entity["value"] for entity in found(text, language) if entity["entity"] == "quantity"] == [value]


#: Years, numbers of things, shapes of one part, people and papers.
NO_PIECES = [
    ("nb", "maskinen er bygd i 1962"),
    ("nb", "det er to hull i flensen"),
    ("nb", "fire gjenger M8"),
    ("nb", "støpt i to deler"),
    ("nb", "vi er tre mann på kontoret"),
    ("nb", "propellen har fire blad"),
    ("nb", "modellen er laget av tre"),
    ("nb", "turtallet er 3000"),
    ("nb", "RFQ 118 gjelder fortsatt"),
    ("nb", "fem av oss kommer på besøk"),
    ("nb", "tre tegninger er vedlagt"),
    ("nb", "pakket på to paller"),
    ("nn", "me har to born"),
    ("nn", "dei to fyrste vekene"),
    ("sv", "tre hål med M10"),
    ("sv", "modellen är i två delar"),
    ("da", "vi er seks mand"),
    ("da", "der er tre huller"),
    ("de", "drei Bohrungen"),
    ("de", "wir haben drei Fragen"),
    ("en", "a four-bladed propeller"),
    ("en", "it's a three-part pattern"),
    ("en", "three-jaw chuck"),
    ("en", "part 2 of the drawing"),
    ("en", "there are two of us working on it"),
    ("en", "three of the spokes are cracked"),
    ("en", "the mould is in two halves"),
    ("en", "we need to order"),
    ("en", "fire hydrants"),
    ("nb", "deliver them to Dock Street"),
    ("nb", "we need them to arrive soon"),
    ("en", "a class 150 valve body"),
    ("nb", "klasse 300 ventilhus"),
    ("nb", "30405 og 30406 utsettes en uke"),
]


@pytest.mark.parametrize(("language", "text"), NO_PIECES)
def test_what_counts_no_parts_is_no_quantity(language: str, text: str) -> None:
    assert "quantity" not in [name for name, _ in pairs(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "fra 40 til 60/80 stk", [{"value": 40, "role": "from"}, {"value": 60, "role": "to", "ask": [60, 80]}]),
        ("nb", "øk fra 20 til 25/30", [{"value": 20, "role": "from"}, {"value": 25, "role": "to", "ask": [25, 30]}]),
        ("en", "50/100 pcs", [{"value": 50, "listed": True}, {"value": 100, "listed": True}]),
        ("nb", "25/50/100 stk", [{"value": each, "listed": True} for each in (25, 50, 100)]),
        ("en", "100,200,300 pcs", [{"value": each, "listed": True} for each in (100, 200, 300)]),
        ("en", "10,50,100 pcs", [{"value": each, "listed": True} for each in (10, 50, 100)]),
        ("nb", "50, 100 og 250 stk", [{"value": each, "listed": True} for each in (50, 100, 250)]),
        ("nb", "vi trenger 12, 24 eller 36 konsoller", [{"value": each, "listed": True} for each in (12, 24, 36)]),
        ("en", "1,500,000 pcs", [{"value": 1_500_000, "bad": "absurd"}]),
        ("en", "RFQ 118, 40 pcs", [{"value": 40}]),
        ("nb", "rev 3, 40 stk", [{"value": 40}]),
        ("en", "by Mar 2027, 40 pcs", [{"value": 40}]),
        ("nb", "Prosjekt 12, 40 stk lokk", [{"value": 40}]),
        ("de", "Pos. 3, 40 Stück", [{"value": 40}]),
        ("en", "forty (40) pcs bracket", [{"value": 40}]),
        ("en", "three (3) off", [{"value": 3}]),
        ("de", "zwölf (12) Stück", [{"value": 12}]),
        ("en", "2k pcs", [{"value": 2000}]),
        ("en", "10k p.a.", [{"value": 10000, "every": "year"}]),
        ("en", "50 a year", [{"value": 50, "every": "year"}]),
        ("nb", "200/år", [{"value": 200, "every": "year"}]),
        ("en", "EAU 2400 pcs, batch 200", [{"value": 2400, "every": "year"}, {"value": 200}]),
        ("de", "Jahresbedarf 500 Stück, Losgröße 50", [{"value": 500, "every": "year"}, {"value": 50}]),
        ("nb", "årsbehov 300 stk, serie på 100", [{"value": 300, "every": "year"}, {"value": 100}]),
        ("nb", "40\u200b stk", [{"value": 40}]),
        ("nb", "4\u200d0 s\u00adtk", [{"value": 40}]),
        ("nb", "\ufeff40 stk", [{"value": 40}]),
        ("nb", "40\u2060stk", [{"value": 40}]),
    ],
)
def test_no_part_of_a_number_is_one_and_several_stay_together(
    language: str, text: str, expected: list[dict[str, Any]]
) -> None:
    entities = [entity for entity in found(text, language) if entity["entity"] == "quantity"]
    assert [{n: v for n, v in each.items() if n not in ("entity", "start", "end")} for each in entities] == expected
