"""Name and firm of who writes, in any order and in the midst of other values."""

import re

import pytest

from actions.form.contact import Message, _person_in

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+\w")
NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w-])")


def person(text: str, asked: bool = False) -> tuple[str | None, str | None]:
    marks = [
        (kind, *found.span())
        for kind, shape in (("email", ADDRESS), ("phone", NUMBER))
        for found in shape.finditer(text)
    ]
    found = _person_in(Message(text, tuple(marks)), asked)
    return found.name, found.company


@pytest.mark.parametrize(
    ("text", "name", "firm"),
    [
        ("Week 31. My name is Pawel Zając, company Zając Odlewy, mail p.zajac@zodlewy.example. 30 pcs, not 20", "Pawel Zając", "Zając Odlewy"),
        ("lise tangen\ntangen mek verksted\nlise@tangenmek.example\n40 11 22 33", "lise tangen", "tangen mek verksted"),
        ("nils.dahl@fossdriv.example / 40 11 22 33 / Foss Drivsystemer. 3.1 på alt", None, "Foss Drivsystemer"),
        ("tomorrow, not today. 0044 7700 900123, Ida Kramer from Zeeland Pomp", "Ida Kramer", "Zeeland Pomp"),
        ("is anybody there? Jaap Visser Noord Dredging, +31 6 5550 1299", "Jaap Visser", "Noord Dredging"),
        ("vi tar tre. Arne Lie heter jeg, Lie Sag, post@lie-sag.example", "Arne Lie", "Lie Sag"),
        ("ring meg 40112233, jon dal på verkstedet", "jon dal", None),
        ("kan noen ringe 40112233 jon", "jon", None),
        ("ring meg 40112233 haster", None, None),
        ("Sara Moe, Nordlys Energi Service, sara@nordlys.example. Uke 9 er best", "Sara Moe", "Nordlys Energi Service"),
        ("Firma: Berg Mek AS / Kontakt: Nina Berg / nina@bergmek.example", "Nina Berg", "Berg Mek AS"),
        ("40 11 22 33, Solveig. er her til 4", "Solveig", None),
        ("Siri Aune, Aune Mek, Orkanger. 40 11 22 33, helst etter to", "Siri Aune", "Aune Mek, Orkanger"),
        ("Ben Cole, Cole Castings, Hull, ben@cole.example, best before noon", "Ben Cole", "Cole Castings, Hull"),
        ("40 pcs RG5, delivery Oslo, tom@hill.example", None, None),
    ],
)  # fmt: skip
def test_name_and_firm_in_the_midst_of_other_things(text: str, name: str | None, firm: str | None) -> None:
    assert person(text) == (name, firm)


def test_a_name_and_a_firm_in_small_letters_answer_the_question() -> None:
    assert person("jo hale tarn hydraulics. and a copy of the invoice, accounts keep asking for it", asked=True) == (
        "jo hale",
        "tarn hydraulics",
    )
    assert person("Jo Hale Tarn Marine Ltd", asked=True) == ("Jo Hale", "Tarn Marine Ltd")
