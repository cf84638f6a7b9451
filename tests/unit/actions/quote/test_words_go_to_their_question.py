"""A sentence never lands in the wrong question, whichever is open, and what it says is taken where it belongs."""

from typing import Any

import pytest

from tests.unit.actions.quote.reading_help import told, values

#: Open question, message, what is stored after it.
TABLE: list[tuple[str | None, str, dict[str, Any]]] = [
    # a name looks like a name
    ("name", "Siv Eide, Eide Mek AS", {"name": "Siv Eide, Eide Mek AS"}),
    ("name", "Mary Copper, Copper & Daughters", {"name": "Mary Copper, Copper & Daughters"}),
    ("name", "Siv Eide, Eide Maskin AS", {"name": "Siv Eide, Eide Maskin AS"}),
    ("name", "Fred Nokes", {"name": "Fred Nokes"}),
    ("name", "liv berg", {"name": "liv berg"}),
    ("name", "Tom", {"name": "Tom"}),
    ("name", "I already said: Tom", {"name": "Tom"}),
    ("name", "Kari Moen fra Moen Mekaniske", {"name": "Kari Moen, Moen Mekaniske"}),
    ("name", "my name is anna lind, Lind & Co", {"name": "anna lind, Lind & Co"}),
    ("name", "Marit Sjøberg, Kyst Offshore AS", {"name": "Marit Sjøberg, Kyst Offshore AS"}),
    ("name", "Norsk Bronse AS", {"name": "Norsk Bronse AS"}),
    ("name", "siv eide eide verksted siv@eideverksted.example", {"name": "siv eide, eide verksted", "email": "siv@eideverksted.example"}),
    ("name", "Siv Eide Eide AS", {"name": "Siv Eide, Eide AS"}),
    ("part", "ann reed, reed marine", {"name": "ann reed, reed marine"}),
    (None, "30 lids in LM25, Tom Hale tom@haleflow.example Hale Flow ltd", {"part": "lids", "alloy": "EN AC-42000", "quantity": 30, "name": "Tom Hale, Hale Flow ltd", "email": "tom@haleflow.example"}),
    ("name", "Joe joe@brass.example, Brass Ltd", {"name": "Joe, Brass Ltd", "email": "joe@brass.example"}),
    ("name", "Nils Aune, innkjøper hos Aune Mek", {"name": "Nils Aune, Aune Mek"}),
    ("name", "Cole Valves Ltd, Ann Cole", {"name": "Ann Cole, Cole Valves Ltd"}),
    ("name", "det er Liv Dahl her, fra Dahl Mek", {"name": "Liv Dahl, Dahl Mek"}),
    ("name", "jeg heter Nils og jobber i Aune AS", {"name": "Nils, Aune AS"}),
    ("name", "Van der Meer", {"name": "Van der Meer"}),
    ("name", "rundt 7 kg per del", {"weight": 7.0}),
    ("name", "tjue", {}),
    ("name", "After that the phone", {}),
    ("name", "why do you need that", {}),
    ("name", "the other one please", {}),
    # a statement for another question than the open one
    ("requirements", "leveres til Narvik", {"place": "Narvik"}),
    ("requirements", "I am a private individual", {}),
    ("drawing", "Ann Cole of Cole Valves Ltd, the pattern is ours", {"name": "Ann Cole, Cole Valves Ltd", "pattern": "the pattern is ours"}),
    ("drawing", "verktøyet har nr. 310 og står hos dere", {"pattern": "verktøyet har nr. 310 og står hos dere"}),
    ("drawing", "det haster ikke", {"delivery": "det haster ikke"}),
    ("drawing", "ring meg når som helst", {}),
    ("drawing", "07.06", {"delivery": "2027-06-07"}),
    ("weight", "07.06", {"weight": 7.06}),
    ("drawing", "vet ikke hvilken legering", {"alloy": None}),
    ("email", "vil ikke oppgi telefonnummer", {}),
    # name, company and address in any message
    ("drawing", "Siv Eide, Eide Mek AS, siv@eide.example", {"name": "Siv Eide, Eide Mek AS", "email": "siv@eide.example"}),
    ("drawing", "Siv Eide, Eide Mek AS", {"name": "Siv Eide, Eide Mek AS"}),
    ("weight", "jeg heter Liv Dahl, liv@dahl.example", {"name": "Liv Dahl", "email": "liv@dahl.example"}),
    ("alloy", "I'm Ann Cole from Cole Valves", {"name": "Ann Cole, Cole Valves"}),
    (None, "25 stk lagerhus i RG5, Geir Lund, Lund Mek AS, geir@lund.example",
     {"part": "lagerhus", "alloy": "CC491K", "quantity": 25, "name": "Geir Lund, Lund Mek AS", "email": "geir@lund.example"}),
    # a label without a sign between
    ("delivery", "name Asha Rao, Rao Sourcing", {"name": "Asha Rao, Rao Sourcing"}),
    ("delivery", "navn Nils Aune, Aune Mek", {"name": "Nils Aune, Aune Mek"}),
    # a machine is no machining
    ("application", "the axle of a milking machine", {"application": "the axle of a milking machine"}),
    ("application", "en del til en landbruksmaskin, aksling", {"application": "en del til en landbruksmaskin, aksling"}),
    ("application", "gearbox in harvesting machines", {"application": "gearbox in harvesting machines"}),
    ("application", "til maskiner i skogen", {"application": "til maskiner i skogen"}),
    # what somebody has yet to decide describes nothing
    ("application", "fine by me, but the owner has to approve it", {}),
    ("application", "ser greit ut, men sjefen må godkjenne", {}),
    ("pattern", "our engineer will check that", {}),
    ("size", "det må jeg høre med konstruktøren om", {}),
    # a drawing looks like a drawing
    ("drawing", "number two please. 15 pieces", {"quantity": 15}),
    ("drawing", "H-2231 rev B", {"drawing": "H-2231 rev B"}),
    ("drawing", "bracket_v3.step", {"drawing": "bracket_v3.step"}),
    ("drawing", "No drawing, but there is an old part to measure", {"drawing": "deny"}),
    (None, "Can you cast 50 impellers in LM25? Drawing attached.",
     {"part": "impellers", "alloy": "EN AC-42000", "quantity": 50, "drawing": "affirm"}),
    ("drawing", "the PDF is attached", {"drawing": "affirm"}),
    ("drawing", "tegningen kommer på mail", {"drawing": "affirm"}),
    ("drawing", "we have no drawing", {"drawing": "deny"}),
    ("drawing", "Ole Berg", {}),
    ("drawing", "we need them quickly", {}),
    ("drawing", "Good. Raw castings, shot blasted. I'm Ann Cole from Cole Valves",
     {"requirements": "Raw castings, shot blasted", "name": "Ann Cole, Cole Valves"}),
    # a part is a thing that is cast
    ("part", "pump housing", {"part": "pump housing"}),
    ("part", "det er et lagerhus til en kran", {"part": "lagerhus til en kran"}),
    ("part", "bracket, 40 pcs in LM25", {"part": "bracket", "quantity": 40, "alloy": "EN AC-42000"}),
    ("part", "some kind of bracket for a hoist", {"part": "bracket for a hoist"}),
    ("part", "FP-2052", {"part": "FP-2052"}),
    ("part", "vi ønsker oss et tilbud", {}),
    ("part", "tjue", {"quantity": 20}),
    ("part", "fifty of them", {"quantity": 50}),
    ("part", "svar meg på e-post", {"notes": "svar meg på e-post"}),
    ("part", "then e-mail, please", {"notes": "e-mail"}),
    ("size", "It goes into a packaging machine", {"application": "It goes into a packaging machine"}),
    ("drawing", "ingen maskinering. Per Bakke her", {"requirements": "ingen maskinering", "name": "Per Bakke"}),
    ("name", "that's Tom Hill", {"name": "Tom Hill"}),
    ("part", "After that the phone", {}),
    ("part", "vil ha disse ferdige snart", {}),
    ("part", "that other one", {}),
    ("part", "the second", {}),
    # a delivery is a time
    ("delivery", "litt seinere da", {}),
    ("delivery", "that other one", {}),
    ("delivery", "whenever suits you", {"delivery": "whenever suits you"}),
    ("delivery", "when can you deliver", {}),
    ("delivery", "no hurry", {"delivery": "no hurry"}),
    # said unasked
    ("drawing", "modellen står hos oss og delene skal sandblåses", {"pattern": "modellen står hos oss", "requirements": "delene skal sandblåses"}),
    ("alloy", "skal brukes i en lenseponsump", {"application": "skal brukes i en lenseponsump"}),
    ("requirements", "Raw castings, shot blasted", {"requirements": "Raw castings, shot blasted"}),
    ("requirements", "Liv Dahl, Dahl AS", {"name": "Liv Dahl, Dahl AS"}),
    ("application", "Liv Dahl, Kyst Offshore AS", {"name": "Liv Dahl, Kyst Offshore AS"}),
    ("requirements", "nothing special", {"requirements": "none"}),
    ("pattern", "den står hos dere", {"pattern": "den står hos dere"}),
    ("pattern", "we have no pattern", {"pattern": "none"}),
    # finished and as cast
    ("alloy", "4.1 was the machined weight. The casting is 5.2 as cast", {"weight": 5.2}),
    ("drawing", "råvekt 3,9 kg, ferdig vekt 3,2 kg", {"weight": 3.9}),
    # lots and deliveries
    ("quantity", "30 stk uke 12, 50 stk uke 16", {"quantity": 80, "delivery": "30 stk uke 12; 50 stk uke 16"}),
    (None, "lots of 30 in week 12 and 50 in week 16", {"quantity": 80, "delivery": "30 in week 12; 50 in week 16"}),
    (None, "100 in all, 50 in week 22 and 50 in week 30", {"quantity": 100, "delivery": "50 in week 22; 50 in week 30"}),
    ("quantity", "300 per year, 75 at a time", {"yearly": 300, "quantity": 75}),
    ("quantity", "600 split over four shipments", {"quantity": 600}),
    ("quantity", "600 stk i tre leveranser", {"quantity": 600}),
]  # fmt: skip


@pytest.mark.parametrize(("opened", "text", "stored"), TABLE, ids=[f"{opened}: {text}" for opened, text, _ in TABLE])
def test_what_is_stored(opened: str | None, text: str, stored: dict[str, Any]) -> None:
    assert values(told(text, opened)) == stored


@pytest.mark.parametrize("name", ["Jo Aune", "Bra Eide"])
def test_a_name_that_is_also_a_yes_is_a_name(name: str) -> None:
    assert values(told(name, "name", act="affirm")) == {"name": name}


def test_a_bare_yes_is_no_name() -> None:
    assert values(told("ja", "name", act="affirm")) == {}
