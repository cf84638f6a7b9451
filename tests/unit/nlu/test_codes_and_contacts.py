"""Order, part, drawing, purchase order and heat numbers, certificates, addresses, and the small phrases."""

from typing import Any

import pytest

from bot.engine.nlu.measures import find_measures
from tests.unit.nlu.reading_help import TODAY, found, only, pairs


@pytest.mark.parametrize(
    "text",
    [
        "SO-30417",
        "so-30417",
        "so30417",
        "SO 30417",
        "SO – 30417",
        "S0-30417",
        "SO-30417-1",
        "SO-30417/2",
        "#30417",
        "ordre 30417",
        "Ordren 30417",
        "ordre nr 30417",
        "ordre nr. 30417",
        "ordrenr 30417",
        "ordrenr: SO 30417",
        "ordrenummer er 30417",
        "ordre SO-30417",
        "order 30417",
        "order no. 30417",
        "order number is 30417",
        "my order number is 30417",
        "order #30417",
        "sales order 30417",
        "bestilling 30417",
        "bestillingen 30417",
        "tinging 30417",
        "beställning 30417",
        "Auftrag 30417",
        "Bestellung Nr. 30417",
        "hvor er SO-30417?",
        "Hvor blir det av ordre 30417?",
    ],
)
def test_an_order_number_is_read_however_it_is_written(text: str) -> None:
    assert pairs(text, None) == [("order_no", "SO-30417")]


def test_several_orders_of_one_sentence() -> None:
    assert [value for _, value in pairs("SO-30417, 30418 og 30419")] == ["SO-30417", "SO-30418", "SO-30419"]
    assert pairs("SO-30417 og 40 stk") == [("order_no", "SO-30417"), ("quantity", 40)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "P-1042", [("part_no", "P-1042")]),
        ("nb", "p1042", [("part_no", "P-1042")]),
        ("nb", "delenr 4711", [("part_no", "4711")]),
        ("nb", "delenr. 4711-12", [("part_no", "4711-12")]),
        ("nb", "varenr: AB-1200", [("part_no", "AB-1200")]),
        ("nb", "artikkel 88123", [("part_no", "88123")]),
        ("nb", "art.nr 88123", [("part_no", "88123")]),
        ("nb", "artikkelnummer 88.123", [("part_no", "88.123")]),
        ("en", "part no. P-1042", [("part_no", "P-1042")]),
        ("en", "part 4711", [("part_no", "4711")]),
        ("en", "item number 88123", [("part_no", "88123")]),
        ("de", "Teilenummer 88123", [("part_no", "88123")]),
        ("sv", "artikelnummer 88123", [("part_no", "88123")]),
        ("nb", "50 stk av 4711", [("quantity", 50), ("part_no", "4711")]),
        ("en", "50 pcs of P-1042", [("quantity", 50), ("part_no", "P-1042")]),
        ("nb", "50 stk NM-1182", [("quantity", 50), ("part_no", "NM-1182")]),
        ("nb", "120 stk art. 55-1093", [("quantity", 120), ("part_no", "55-1093")]),
        ("en", "more of 55-1093", [("part_no", "55-1093")]),
        ("de", "Status Bestellung 4500123987", [("po_no", "4500123987")]),
        ("en", "certificate 3.1 for our PO 45009981", [("certificate", "3.1"), ("po_no", "45009981")]),
        ("nb", "hvor er charge 2712-delene", [("heat_no", "2712")]),
        ("en", "resend invoice 20331", []),
        ("en", "we accept your offer Q-2044", []),
        ("nb", "EUR.1 på SO-30188", [("order_no", "SO-30188")]),
        ("nb", "tegning 4711-B", [("drawing_no", "4711-B")]),
        ("nb", "tegningsnr 4711-B", [("drawing_no", "4711-B")]),
        ("nb", "tegn.nr. 4711-B", [("drawing_no", "4711-B")]),
        ("en", "drawing 4711-B", [("drawing_no", "4711-B")]),
        ("en", "dwg no 4711-B", [("drawing_no", "4711-B")]),
        ("sv", "ritning 4711-B", [("drawing_no", "4711-B")]),
        ("de", "Zeichnung 4711-B", [("drawing_no", "4711-B")]),
        ("nb", "4711-B", [("drawing_no", "4711-B")]),
        ("nb", "PO 4500012345", [("po_no", "4500012345")]),
        ("nb", "PO-88123", [("po_no", "PO-88123")]),
        ("en", "purchase order 4500012345", [("po_no", "4500012345")]),
        ("en", "our PO 4500123", [("po_no", "4500123")]),
        ("nb", "innkjøpsordre 4500123", [("po_no", "4500123")]),
        ("nb", "vårt bestillingsnr 4500123", [("po_no", "4500123")]),
        ("nb", "bestillingsnr vårt er 45123", [("po_no", "45123")]),
        ("nb", "bestillingsnummer 30417", [("order_no", "SO-30417")]),
        ("nb", "merk med bestillingsnr 4500123", [("po_no", "4500123")]),
        ("nb", "merk med PO 44817 og send", [("po_no", "44817")]),
        ("nb", "POen er 44871", [("po_no", "44871")]),
        ("nb", "best.nr 77120", [("po_no", "77120")]),
        ("en", "ref 4500123987", [("po_no", "4500123987")]),
        ("nb", "referanse: 4512", [("number", 4512.0)]),
        ("en", "ref SO-30411", [("order_no", "SO-30411")]),
        ("nb", "vår ref er 8812, merk pallen med 33190", [("po_no", "8812"), ("mark", "33190")]),
        ("nb", "merk kolli Lager 7", [("mark", "LAGER 7")]),
        ("nb", "merk med 4471 Bakken. levering som før", [("mark", "4471 BAKKEN")]),
        ("en", "mark the crates with 99812 please", [("mark", "99812")]),
        ("sv", "märks 66120", [("mark", "66120")]),
        ("nb", "merk at 25 av dem skal ha hull", [("quantity", 25)]),
        ("nb", "merk: 25 stk skal være uten hull", [("quantity", 25)]),
        ("nb", "20 i februar", [("number", 20.0), ("date", "2028-02-01")]),
        ("nb", "innkjøpsnummer 4500123", [("po_no", "4500123")]),
        ("nb", "rekvisisjon 55412", [("po_no", "55412")]),
        ("da", "vores indkøbsnummer er 88123", [("po_no", "88123")]),
        ("sv", "vårt inköpsnummer är 99211", [("po_no", "99211")]),
        ("de", "unsere Bestellnummer ist 4711-2027", [("po_no", "4711-2027")]),
        ("de", "Bestell-Nr. 4711-2027", [("po_no", "4711-2027")]),
        ("nb", "charge 27-0412", [("heat_no", "27-0412")]),
        ("nb", "chargenr 24117", [("heat_no", "24117")]),
        ("nb", "smelte nr. 24117", [("heat_no", "24117")]),
        ("en", "heat no. 27-0412", [("heat_no", "27-0412")]),
        ("de", "Charge 24117", [("heat_no", "24117")]),
        ("en", "heat treatment", []),
        ("en", "drawing attached", []),
        ("en", "part of the order", []),
        ("en", "order 40 pcs", [("quantity", 40)]),
        ("en", "we want to order 2500 pieces", [("quantity", 2500)]),
        ("nb", "bestille 1500 kg", [("weight", 1500.0)]),
        ("en", "so 40 pcs then", [("quantity", 40)]),
    ],
)
def test_numbers_of_parts_drawings_purchases_and_heats(
    language: str, text: str, expected: list[tuple[str, Any]]
) -> None:
    assert pairs(text, language) == expected


@pytest.mark.parametrize(
    ("text", "number", "revision"),
    [
        ("tegning 4711-B rev C", "4711-B", "C"),
        ("tegning 4711-B rev. c", "4711-B", "C"),
        ("drawing 4711-B, rev C", "4711-B", "C"),
        ("drawing 4711-B revision 2", "4711-B", "2"),
        ("4711-B rev C", "4711-B", "C"),
        ("4711 rev C", "4711", "C"),
        ("tegning 4711 utg. 3", "4711", "3"),
        ("Zeichnung 4711-B Stand C", "4711-B", "C"),
    ],
)
def test_a_drawing_keeps_its_revision(text: str, number: str, revision: str) -> None:
    assert only(text) == {"entity": "drawing_no", "value": number, "revision": revision}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("nb", "3.1-sertifikat", "3.1"),
        ("nb", "3.1 sertifikat", "3.1"),
        ("nb", "sertifikat 3.1", "3.1"),
        ("nb", "3,1-sertifikat", "3.1"),
        ("nb", "materialattest 3.1", "3.1"),
        ("nb", "sertefikat type 2.2", "2.2"),
        ("nb", "tre-én sertifikat", "3.1"),
        ("nb", "tre punkt en sertifikat", "3.1"),
        ("nb", "EN 10204 3.1", "3.1"),
        ("nb", "EN 10204-3.1", "3.1"),
        ("nb", "EN 10204:2004 3.2", "3.2"),
        ("nb", "vi trenger 3.1", "3.1"),
        ("nb", "med 3.1", "3.1"),
        ("nb", "får vi 3.1 på ordren", "3.1"),
        ("nb", "kan du send mæ 3.1 på leveransen", "3.1"),
        ("nn", "kunden spør etter 3.1 på delane", "3.1"),
        ("en", "is 3.2 possible with DNV", "3.2"),
        ("nb", "legg til 3.1 på den", "3.1"),
        ("en", "can 3.1 be issued afterwards", "3.1"),
        ("en", "And can you send the 3.1?", "3.1"),
        ("en", "3.1 cert", "3.1"),
        ("en", "a 3.2 certificate", "3.2"),
        ("en", "type 3.1", "3.1"),
        ("de", "Abnahmeprüfzeugnis 3.1", "3.1"),
        ("sv", "3.1-intyg", "3.1"),
    ],
)
def test_a_certificate_is_read_from_its_context(language: str, text: str, value: str) -> None:
    assert pairs(text, language) == [("certificate", value)]


def test_the_same_figures_can_be_a_date_a_weight_or_a_number() -> None:
    assert pairs("innen 3.1.") == [("date", "2028-01-03")]
    assert pairs("leveres 3.1.2028") == [("date", "2028-01-03")]
    assert pairs("3.1 kg") == [("weight", 3.1)]
    assert pairs("vekten er 3.1") == [("number", 3.1)]
    assert pairs("3.1") == [("number", 3.1)]
    assert pairs("Hva er forskjellen på 2.2 og 3.1?") == [("certificate", "2.2"), ("certificate", "3.1")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("kari@firma.no", "kari@firma.no"),
        ("Kari.Nordmann@Firma.NO", "kari.nordmann@firma.no"),
        ("skriv til kari@firma.no.", "kari@firma.no"),
        ("(kari+innkjop@firma.co.uk)", "kari+innkjop@firma.co.uk"),
        ("kari (at) firma.no", "kari@firma.no"),
        ("kari@støperi.no", "kari@støperi.no"),
        ("innkjøp-2@firma-as.no", "innkjøp-2@firma-as.no"),
        ("skriv til Sean.O’Brien@firma.example", "sean.o'brien@firma.example"),
        ("r&d@firma.example", "r&d@firma.example"),
        ("kåre.nord@firma.example", "kåre.nord@firma.example"),
        ("post@xn--stperi-cya.example", "post@støperi.example"),
    ],
)
def test_an_address_is_read(text: str, value: str) -> None:
    assert pairs(text) == [("email", value)]


@pytest.mark.parametrize(
    "text", ["kari@", "@firma.no", "kari@firma", "a @ b", "kari@firma_x.no", "kari@@firma.no", "kari/x@firma.no"]
)
def test_half_an_address_is_none(text: str) -> None:
    assert not [entity for entity in found(text) if entity["entity"] == "email"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("nb", "62 41 00 00", "+4762410000"),
        ("nb", "624 10 000", "+4762410000"),
        ("nb", "91234567", "+4791234567"),
        ("nb", "tlf 62410000", "+4762410000"),
        ("nb", "tlf: 62 41 00 00", "+4762410000"),
        ("nb", "mobil 912 34 567", "+4791234567"),
        ("nb", "+47 62 41 00 00", "+4762410000"),
        ("nb", "0047 62410000", "+4762410000"),
        ("nb", "ring meg på 62 41 00 00", "+4762410000"),
        ("en", "call me on +44 20 7946 0958", "+442079460958"),
        ("en", "phone +44 (0)20 7946 0958", "+442079460958"),
        ("sv", "+46 70 123 45 67", "+46701234567"),
        ("sv", "tel 070-123 45 67", "+46701234567"),
        ("de", "Tel. 030 1234567", "+49301234567"),
        ("en", "phone 0047 62 41 00 00", "+4762410000"),
        ("en", "tel 020 7946 0958", "02079460958"),
        ("de", "+49 30 123456", "+4930123456"),
        ("da", "tlf 12 34 56 78", "+4512345678"),
    ],
)
def test_a_telephone_number_has_one_spelling(language: str, text: str, value: str) -> None:
    assert pairs(text, language) == [("phone", value)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("nb", "vet ikke", "dont_know"),
        ("nb", "Det vet jeg ikke", "dont_know"),
        ("nb", "tja, aner ikke", "dont_know"),
        ("en", "I couldn't say", "dont_know"),
        ("nn", "veit ikkje", "dont_know"),
        ("nb", "æ veit itj", "dont_know"),
        ("nb", "veit itte", "dont_know"),
        ("nb", "ikke sikker", "dont_know"),
        ("sv", "vet inte", "dont_know"),
        ("da", "ved ikke", "dont_know"),
        ("de", "keine Ahnung", "dont_know"),
        ("de", "weiss nicht", "dont_know"),
        ("en", "I don't know", "dont_know"),
        ("en", "dont know", "dont_know"),
        ("en", "I don’t know", "dont_know"),
        ("en", "not sure", "dont_know"),
        ("en", "no idea", "dont_know"),
        ("nb", "fortsett", "resume"),
        ("nb", "vi fortsetter", "resume"),
        ("sv", "fortsätt", "resume"),
        ("en", "continue", "resume"),
        ("en", "let's go on", "resume"),
        ("de", "weiter", "resume"),
        ("nb", "ASAP", "asap"),
        ("nb", "så fort som mulig", "asap"),
        ("nb", "saa fort som mulig", "asap"),
        ("nb", "det haster", "asap"),
        ("nb", "snarest mulig", "asap"),
        ("sv", "så snart som möjligt", "asap"),
        ("da", "hurtigst muligt", "asap"),
        ("de", "dringend", "asap"),
        ("en", "as soon as possible", "asap"),
        ("en", "it is urgent", "asap"),
    ],
)
def test_small_phrases(language: str, text: str, name: str) -> None:
    assert only(text, language) == {"entity": name, "value": True}


@pytest.mark.parametrize(
    "text",
    [
        "kan vi fortsette på engelsk",
        "I don't want to continue",
        "I'll continue later",
        "det haster ikke",
        "ikke så fort som mulig",
        "har fortsatt ikke fått den",
        "not urgent",
    ],
)
def test_their_denials_and_lookalikes_are_none(text: str) -> None:
    assert pairs(text) == []


def test_spans_that_are_taken_are_left_alone() -> None:
    text = "bytte fra 42000 til 42100, 12 kg"
    taken = [(text.index("42000"), text.index("42000") + 5), (text.index("42100"), text.index("42100") + 5)]
    assert [entity["entity"] for entity in find_measures(text, TODAY, "nb", taken)] == ["weight"]


def test_a_long_enquiry_is_read_whole() -> None:
    text = (
        "Hei! Tilbud på 40 pumpehus, tegn.nr 4711-B rev. C, RG5, ca 38 kg pr stk, 400x300x200 mm, 3.1-sertifikat, "
        "PN16, levering innen uke 14. Kari, kari@firma.no, 62 41 00 00"
    )
    assert pairs(text) == [
        ("quantity", 40),
        ("drawing_no", "4711-B"),
        ("weight", 38.0),
        ("dimensions", [400.0, 300.0, 200.0]),
        ("certificate", "3.1"),
        ("pressure", 16.0),
        ("week", "2027-W14"),
        ("email", "kari@firma.no"),
        ("phone", "+4762410000"),
    ]
