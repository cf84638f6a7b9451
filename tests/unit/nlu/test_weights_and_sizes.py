"""Weights with what they are of, sizes, walls, tolerances, pressures and figures with other units."""

from typing import Any

import pytest

from tests.unit.nlu.reading_help import found, only, pairs

WEIGHTS: list[tuple[str, str, float, str | None, str | None]] = [
    ("nb", "38 kg", 38, None, None),
    ("nb", "38kg", 38, None, None),
    ("nb", "38 kilo", 38, None, None),
    ("nb", "2,5 t", 2500, None, None),
    ("nb", "2.5 t", 2500, None, None),
    ("nb", "2t", 2000, None, None),
    ("nb", "2 tonn", 2000, None, None),
    ("nb", "2 000 kg", 2000, None, None),
    ("nb", "halvannet tonn", 1500, None, None),
    ("da", "halvanden ton", 1500, None, None),
    ("de", "anderthalb Tonnen", 1500, None, None),
    ("nb", "et halvt tonn", 500, None, None),
    ("en", "half a tonne", 500, None, None),
    ("nb", "½ tonn", 500, None, None),
    ("nb", "1/2 tonn", 500, None, None),
    ("nb", "2 1/2 tonn", 2500, None, None),
    ("nb", "to og et halvt tonn", 2500, None, None),
    ("nb", "to komma fem tonn", 2500, None, None),
    ("en", "two point five tonnes", 2500, None, None),
    ("nb", "et tonn", 1000, None, None),
    ("en", "a tonne", 1000, None, None),
    ("nb", "800 gram", 0.8, None, None),
    ("nb", "500 g", 0.5, None, None),
    ("sv", "5 hg", 0.5, None, None),
    ("nb", "3,1 kg", 3.1, None, None),
    ("nb", "12.3 kg", 12.3, None, None),
    ("nb", "1.500 kg", 1500, None, None),
    ("nb", "0,750 kg", 0.75, None, None),
    ("en", "1,234.5 kg", 1234.5, None, None),
    ("nb", "1.234,5 kg", 1234.5, None, None),
    ("nb", "fem hundre kilo", 500, None, None),
    ("nb", "5 hundre kilo", 500, None, None),
    ("en", "38 kg each", 38, "piece", None),
    ("en", "38 kg RG5 each", 38, "piece", None),
    ("en", "38 kg per piece", 38, "piece", None),
    ("en", "each weighing 38 kg", 38, "piece", None),
    ("en", "@ 38 kg", 38, "piece", None),
    ("nb", "á 38 kg", 38, "piece", None),
    ("nb", "à 38 kg", 38, "piece", None),
    ("nb", "a' 38 kg", 38, "piece", None),
    ("nb", "38 kg per stk", 38, "piece", None),
    ("nb", "38 kg pr stk", 38, "piece", None),
    ("nb", "38 kg pr. stk.", 38, "piece", None),
    ("nb", "38 kg/stk", 38, "piece", None),
    ("nb", "38 kg stykket", 38, "piece", None),
    ("nb", "38 kg hver", 38, "piece", None),
    ("nb", "hver på 38 kg", 38, "piece", None),
    ("nb", "stykkvekt 38 kg", 38, "piece", None),
    ("sv", "38 kg per styck", 38, "piece", None),
    ("de", "je 38 kg", 38, "piece", None),
    ("de", "38 kg pro Stück", 38, "piece", None),
    ("en", "40 x 38 kg", 38, "piece", None),
    ("nb", "38 kg x 40 stk", 38, "piece", None),
    ("nb", "totalt 900 kg", 900, "total", None),
    ("nb", "til sammen 900 kg", 900, "total", None),
    ("nb", "900 kg totalt", 900, "total", None),
    ("en", "900 kg in total", 900, "total", None),
    ("en", "total weight 900 kg", 900, "total", None),
    ("de", "insgesamt 900 kg", 900, "total", None),
    ("nb", "900 kg innstøpt", 900, None, "poured"),
    ("nb", "hellevekt 60 kg", 60, None, "poured"),
    ("en", "900 kg poured", 900, None, "poured"),
    ("nb", "12 kg ferdig maskinert", 12, None, "finished"),
    ("nb", "nettovekt 12 kg", 12, None, "finished"),
    ("en", "machined weight 12 kg", 12, None, "finished"),
    ("nb", "støpevekt 38 kg", 38, None, "casting"),
    ("nb", "stoepevekt 38 kg", 38, None, "casting"),
    ("nb", "godsvekt: 38 kg", 38, None, "casting"),
    ("en", "casting weight 38 kg", 38, None, "casting"),
    ("nb", "støpevekt 38 kg per stk", 38, "piece", "casting"),
    ("nb", "Kan dere støpe 900 kg bronse i én støp?", 900, None, None),
]


@pytest.mark.parametrize(("language", "text", "kilograms", "per", "kind"), WEIGHTS)
def test_a_weight_is_read_with_what_it_is_of(
    language: str, text: str, kilograms: float, per: str | None, kind: str | None
) -> None:
    entity = next(entity for entity in found(text, language) if entity["entity"] == "weight")
    assert (entity["value"], entity["per"], entity["kind"]) == (pytest.approx(kilograms), per, kind)
    assert "ask" not in entity
    assert "bad" not in entity


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "12,750 kg", {"value": 12.75, "ask": [12.75, 12750.0]}),
        ("en", "12,750 kg", {"value": 12750.0, "ask": [12750.0, 12.75]}),
        ("nb", "1,500 kg", {"value": 1.5, "ask": [1.5, 1500.0]}),
        ("en", "1.500 kg", {"value": 1.5, "ask": [1.5, 1500.0]}),
        ("nb", "10-12 kg", {"value": 12.0, "low": 10.0, "high": 12.0}),
        ("nb", "3-4 hundre kg", {"value": 400.0, "low": 300.0, "high": 400.0}),
        ("nb", "mellom 10 og 12 kg", {"value": 12.0, "low": 10.0, "high": 12.0}),
        ("nb", "0 kg", {"value": 0.0, "bad": "zero"}),
        ("nb", "-3 kg", {"value": -3.0, "bad": "negative"}),
        ("nb", "5000000 kg", {"value": 5e6, "bad": "absurd"}),
        ("en", "40 lbs", {"value": 18.14, "unit": "lb"}),
        ("en", "40 pounds", {"value": 18.14, "unit": "lb", "ask": [18.14]}),
    ],
)
def test_doubts_about_a_weight_are_told(language: str, text: str, expected: dict[str, Any]) -> None:
    assert only(text, language) == {"entity": "weight", "per": None, "kind": None, **expected}


def test_pieces_and_weights_of_one_sentence_keep_apart() -> None:
    pieces, each, total = found("40 housings, 38 kg each, total 1520 kg", "en")
    assert (pieces["value"], each["value"], each["per"], total["value"], total["per"]) == (
        40,
        38,
        "piece",
        1520,
        "total",
    )
    finished, casting = found("ferdig maskinert 12 kg, støpevekt 15 kg")
    assert (finished["value"], finished["kind"], casting["value"], casting["kind"]) == (12, "finished", 15, "casting")


@pytest.mark.parametrize(
    ("language", "text", "sides", "kind"),
    [
        ("nb", "400x300x200 mm", [400, 300, 200], "size"),
        ("nb", "2 x 1 x 0,5 meter", [2000, 1000, 500], "size"),
        ("en", "2 x 1 x 0.5 metres", [2000, 1000, 500], "size"),
        ("nb", "400 x 300 x 200", [400, 300, 200], "size"),
        ("nb", "400×300×200", [400, 300, 200], "size"),
        ("nb", "400*300*200 mm", [400, 300, 200], "size"),
        ("nb", "400mm x 300mm x 200mm", [400, 300, 200], "size"),
        ("en", "400 by 300 by 200 mm", [400, 300, 200], "size"),
        ("nb", "40x30 cm", [400, 300], "size"),
        ("nb", "2,5 x 1,8 m", [2500, 1800], "size"),
        ("nb", "2 500 x 1 800 x 700 mm", [2500, 1800, 700], "size"),
        ("nb", "1 m x 2 m x 30 cm", [1000, 2000, 300], "size"),
        ("nb", "mål 40 x 30", [40, 30], "size"),
        ("nb", "400 x 300", [400, 300], "size"),
        ("nb", "ø40", [40], "diameter"),
        ("nb", "Ø 40 mm", [40], "diameter"),
        ("nb", "⌀40", [40], "diameter"),
        ("nb", "ø40x200 mm", [40, 200], "diameter"),
        ("nb", "d=40", [40], "diameter"),
        ("nb", "dia 40", [40], "diameter"),
        ("en", "dia. 40 mm", [40], "diameter"),
        ("nb", "diameter 40 mm", [40], "diameter"),
        ("nb", "40 mm diameter", [40], "diameter"),
        ("nb", "40 mm i diameter", [40], "diameter"),
        ("en", "phi 40", [40], "diameter"),
        ("de", "Durchmesser 40 mm", [40], "diameter"),
        ("nb", "2 m", [2000], "size"),
        ("nb", "2 m lang", [2000], "length"),
        ("nb", "lengde 400 mm", [400], "length"),
        ("en", "400 mm long", [400], "length"),
        ("nb", "bredde 300 mm", [300], "width"),
        ("en", "300 mm wide", [300], "width"),
        ("nb", "høyde 200 mm", [200], "height"),
        ("de", "200 mm hoch", [200], "height"),
        ("nb", "L=400", [400], "length"),
        ("nb", "25,4 mm", [25.4], "size"),
        ("nb", "den er 200 bred", [200], "width"),
        ("en", "OD 700", [700], "diameter"),
        ("nb", "toleranse på 300 mm", [300], "size"),
    ],
)
def test_a_size_is_read_in_millimetres(language: str, text: str, sides: list[float], kind: str) -> None:
    assert only(text, language) == {"entity": "dimensions", "value": sides, "kind": kind}


def test_inches_are_converted_and_asked_about_but_threads_are_not_converted() -> None:
    assert only('12"', "en") == {
        "entity": "dimensions",
        "value": [304.8],
        "kind": "size",
        "unit": "inch",
        "ask": [[304.8]],
    }
    assert only("12 inches long", "en")["kind"] == "length"
    assert only("2 x 3 inches", "en")["value"] == [50.8, 76.2]
    assert only('G 3/4"') == {"entity": "number", "value": 0.75, "unit": "inch"}
    assert only('2" NPT', "en")["entity"] == "number"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "4 mm gods", [("wall", 4.0)]),
        ("nb", "10 mm gods", [("wall", 10.0)]),
        ("nb", "veggtykkelse 5", [("wall", 5.0)]),
        ("nb", "godstykkelse på 4,5 mm", [("wall", 4.5)]),
        ("nb", "4-5 mm vegg", [("wall", 4.0)]),
        ("en", "is 3 mm wall possible", [("wall", 3.0)]),
        ("en", "wall thickness: 6 mm", [("wall", 6.0)]),
        ("en", "the minimum wall is 4 mm", [("wall", 4.0)]),
        ("en", "3 mm thick", [("wall", 3.0)]),
        ("sv", "godstjocklek 5 mm", [("wall", 5.0)]),
        ("de", "Wanddicke 5 mm", [("wall", 5.0)]),
        ("nb", "godset er sendt", []),
        ("nb", "±0,2", [("tolerance", 0.2)]),
        ("nb", "± 0,2 mm", [("tolerance", 0.2)]),
        ("nb", "+/-0,2", [("tolerance", 0.2)]),
        ("nb", "+- 0.2 mm", [("tolerance", 0.2)]),
        ("nb", "pluss minus 0,2 mm", [("tolerance", 0.2)]),
        ("en", "plus/minus 0.2 mm", [("tolerance", 0.2)]),
        ("nb", "toleranse 0,2 mm", [("tolerance", 0.2)]),
        ("en", "a tolerance of 0.2 mm", [("tolerance", 0.2)]),
        ("nb", "± 5 %", []),
        ("nb", "16 bar", [("pressure", 16.0)]),
        ("en", "16 bars", [("pressure", 16.0)]),
        ("nb", "PN16", [("pressure", 16.0)]),
        ("nb", "PN 16", [("pressure", 16.0)]),
        ("nb", "1,6 MPa", [("pressure", 16.0)]),
        ("en", "12.5 MPa burst pressure", [("pressure", 125.0)]),
        ("en", "100 psi", [("pressure", 6.895)]),
        ("nb", "650 MPa", [("number", 650.0)]),
        ("en", "CC333G min. 650 MPa", [("number", 650.0)]),
        ("nb", "250 N/mm2", [("number", 250.0)]),
        ("nb", "5 N/mm²", [("number", 5.0)]),
        ("nb", "90 HB", [("number", 90.0)]),
        ("nb", "HBW 90", [("number", 90.0)]),
        ("nb", "8 %", [("number", 8.0)]),
        ("nb", "400 C", [("temperature", 400.0)]),
        ("nb", "400 °C", [("temperature", 400.0)]),
        ("nb", "tåler 80 grader", [("temperature", 80.0)]),
        ("nb", "45 grader vinkel", [("number", 45.0)]),
        ("nb", "500 kr", [("money", 500.0)]),
        ("nb", "500,-", [("money", 500.0)]),
        ("nb", "kr 1 500", [("money", 1500.0)]),
        ("de", "€ 500", [("money", 500.0)]),
        ("en", "500 EUR", [("money", 500.0)]),
    ],
)
def test_other_measures(language: str, text: str, expected: list[tuple[str, Any]]) -> None:
    assert pairs(text, language) == expected


def test_units_of_strength_stand_with_the_number() -> None:
    assert only("650 MPa") == {"entity": "number", "value": 650.0, "unit": "MPa"}
    assert only("250 N/mm2")["unit"] == "MPa"
    assert only("90 HBW")["unit"] == "HBW"
    assert only("8,7 kg/dm3")["unit"] == "kg/dm3"
    assert only("PN16") == {"entity": "pressure", "value": 16.0, "class": "PN16"}
    assert only("4-5 mm gods") == {"entity": "wall", "value": 4.0, "low": 4.0, "high": 5.0}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "vekt 120/150 kg", [(150.0, None, [120.0, 150.0])]),
        ("nb", "12,5/9,8 kg", [(12.5, None, [12.5, 9.8])]),
        ("en", "12/15 kg raw/finished", [(15.0, None, [12.0, 15.0])]),
        ("en", "15/12 kg raw/finished", [(15.0, "casting", None), (12.0, "finished", None)]),
        ("en", "12/15 kg finished/raw", [(12.0, "finished", None), (15.0, "casting", None)]),
        ("nb", "15,5/12 kg rå/ferdig", [(15.5, "casting", None), (12.0, "finished", None)]),
        ("de", "8,4/7,9 kg roh/bearbeitet", [(8.4, "casting", None), (7.9, "finished", None)]),
        ("nb", "1/2 kg", [(0.5, None, None)]),
        ("nb", "¾ tonn", [(750.0, None, None)]),
        ("en", "2 MT", [(2000.0, None, None)]),
    ],
)
def test_two_weights_with_one_unit_are_told_apart_or_asked_about(
    language: str, text: str, expected: list[tuple[float, str | None, list[float] | None]]
) -> None:
    weights = [each for each in found(text, language) if each["entity"] == "weight"]
    assert [(each["value"], each["kind"], each.get("ask")) for each in weights] == expected


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("16x12x8 in", [406.4, 304.8, 203.2]),
        ("4 x 6 in.", [101.6, 152.4]),
        ("1-1/2 inch", [38.1]),
        ("2 3/4 inch", [69.8]),
        ("3/8 inch", [9.5]),
        ("11/16 inch", [17.5]),
    ],
)
def test_inches_are_read_with_their_fractions(text: str, sides: list[float]) -> None:
    entity = only(text, "en")
    assert (entity["value"], entity["unit"]) == (pytest.approx(sides, abs=0.06), "inch")


@pytest.mark.parametrize(
    ("text", "plus", "minus"),
    [("+0.2/-0.1 mm", 0.2, 0.1), ("+0,3 / -0,5 mm", 0.3, 0.5), ("+0,1 -0,2", 0.1, 0.2), ("+1/-0 mm", 1.0, 0.0)],
)
def test_a_tolerance_of_two_sides_is_one(text: str, plus: float, minus: float) -> None:
    entity = only(text)
    assert (entity["entity"], entity["value"]) == ("tolerance", max(plus, minus))
    assert (entity["plus"], entity["minus"]) == (plus, minus)


@pytest.mark.parametrize("text", ['the plate says "LINE 1911"', "innskriften «HÅPET 1878» skal med", "mark it “LOT 7”"])
def test_what_ends_a_quotation_is_no_sign_for_inches(text: str) -> None:
    assert "dimensions" not in {name for name, _ in pairs(text, "en")}


def test_a_sign_for_inches_stays_one() -> None:
    assert pairs('a 6" flange', "en") == [("dimensions", [152.4])]
