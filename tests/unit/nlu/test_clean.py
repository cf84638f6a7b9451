"""What is set aside before a message is read, as a table: the message, what is left, who signed."""

import time

import pytest

from bot.engine.nlu.clean import Contact, clean
from bot.engine.nlu.names import find_names

OLE = Contact("Ole Berg", "Berg Mek AS", "ole@berg.example", "+4790000111")


@pytest.mark.parametrize(
    ("text", "left", "contact"),
    [
        ("hei", "hei", Contact()),
        ("mvh Ole", "mvh Ole", Contact()),
        ("40\u200b stk\u00a0RG5", "40 stk RG5", Contact()),
        (
            "Hei Kari,\n\nkan dere støpe 40 stk?\n\nMed vennlig hilsen\nOle Berg\nBerg Mek AS\ntlf 900 00 111\nole@berg.example",
            "kan dere støpe 40 stk?",
            OLE,
        ),
        ("Where is SO-30417? Best regards, Tom Baker, Baker Ltd", "Where is SO-30417?", Contact("Tom Baker", "Baker Ltd")),
        ("trenger datablad på RG5 mvh Jostein Hauge", "trenger datablad på RG5", Contact("Jostein Hauge")),
        ("Hello,\nwhere is it\ncheers\nTom", "where is it", Contact("Tom")),
        ("Ja takk\n\nOle Berg\nBerg Mek AS\n900 00 111", "Ja takk", Contact("Ole Berg", "Berg Mek AS", None, "+4790000111")),
        ("40 stk i RG5\n\nSendt fra min iPhone", "40 stk i RG5", Contact()),
        (
            "From: Tom Baker <tom@baker.example>\nSent: 12 November 2026\nTo: sales@norsemetal.example\nSubject: RFQ\n\nWe need 40 pcs.",
            "We need 40 pcs.",
            Contact("Tom Baker", None, "tom@baker.example"),
        ),
        ("Ja, 60 stk\n\nDen 12. nov. 2026 skrev Norse Metal <post@norsemetal.example>:\n> 40 stk\n> hilsen oss", "Ja, 60 stk", Contact()),
        ("Ja, det er 60 stk\n\nFra: Norse Metal <sales@norsemetal.example>\nSendt: mandag\nTil: oss\nEmne: Tilbud\n\n40 stk", "Ja, det er 60 stk", Contact()),
        ("Kan dere se på dette?\n\nVon: Hans\nGesendet: Montag\nAn: uns\nBetreff: Anfrage\n\n40 Stück", "Kan dere se på dette? 40 Stück", Contact()),
        ("From my boss:\n> 40 pcs in RG5\n> Regards, Tom Baker", "40 pcs in RG5", Contact()),
        ("Limer inn e-posten hans:\nVi trenger 12 hus\nhver på 4 kg", "Vi trenger 12 hus\nhver på 4 kg".replace("\n", " "), Contact()),
        ("60 stk\n> Hvor mange trenger dere?", "60 stk", Contact()),
        ("Se mail under\n\nFra: Per\nSendt: 1. mars\nEmne: pris\n\nHva koster 40 stk?", "Se mail under Hva koster 40 stk?", Contact()),
        (
            "Trenger 40 stk.\n\nDenne e-posten kan inneholde fortrolig informasjon. Slett den om du ikke er rette mottaker.",
            "Trenger 40 stk.",
            Contact(),
        ),
        (
            "Von: Uwe Brandt <u.brandt@brandt.example>\nGesendet: Montag, 23. November 2026\nAn: sales@norsemetal.example\nBetreff: Anfrage\n\nGuten Tag,\n\nbitte 15 Stück Ringe.\n\nMit freundlichen Grüßen\n\ni.A. Uwe Brandt\nEinkauf\nBrandt Antriebe GmbH\nRingstraße 3\n20095 Hamburg\nTel.: +49 40 5550123\nFax: +49 40 5550124\nUSt-IdNr.: DE123456789\nSitz: Hamburg, HRB 1234",
            "bitte 15 Stück Ringe.",
            Contact("Uwe Brandt", "Brandt Antriebe GmbH", "u.brandt@brandt.example", "+49405550123"),
        ),
        (
            "Kan du svare på denne?\n\nTor\nNorse Metal AS | tor@norsemetal.example | 62 00 00 02\n\n> Fra: Eva Lie <eva@lieverft.example>\n> Sendt: 24. november 2026\n> Til: Tor\n> Emne: Lokk\n>\n> Vi trenger 9 lokk.\n>\n> Mvh\n> Eva Lie\n> Lie Verft AS",
            "Vi trenger 9 lokk.",
            Contact("Eva Lie", "Lie Verft AS", "eva@lieverft.example"),
        ),
        (
            "Vi endrer til 30 lokk.\n\nOn Mon, 23 Nov 2026 at 09:00, Eva Lie <eva@lieverft.example> wrote:\n> We need 20 lids\n> in week 9",
            "Vi endrer til 30 lokk.",
            Contact(),
        ),
        (
            "Begin forwarded message:\n\nFrom: Ann Hay <ann@haypumps.example>\nSubject: lids\nDate: 23 November 2026 at 09:00:00 GMT\nTo: sales@norsemetal.example\n\nWe need 20 lids.",
            "We need 20 lids.",
            Contact("Ann Hay", None, "ann@haypumps.example"),
        ),
        (
            "Hej,\n\noffert på 12 st lock.\n\nMed vänlig hälsning\n\nLisa Ek\nInköpare | Ek & Söner AB\nMobil: 070-555 01 23\nlisa@ekmek.example\n\nDetta meddelande är avsett för mottagaren och kan innehålla sekretessbelagd information.",
            "offert på 12 st lock.",
            Contact("Lisa Ek", "Ek & Söner AB", "lisa@ekmek.example", "0705550123"),
        ),
        (
            "Tilbud på 8 stk. låg, tak.\n\nVenlig hilsen\n\nBo Juhl\nJuhl Maskiner A/S\nCVR 12345678\nDirekte +45 75 55 01 23",
            "Tilbud på 8 stk. låg, tak.",
            Contact("Bo Juhl", "Juhl Maskiner A/S", None, "+4575550123"),
        ),
        (
            "20 lids please.\n\nThanks,\nJoe\n\n--\nJoe Marsh\nMarsh Boat Works\n087 555 0123\nwww.marshboatworks.example",
            "20 lids please.",
            Contact("Joe Marsh", "Marsh Boat Works", None, "0875550123"),
        ),
        (
            "Pos 1 skal være 30 stk.\n\nFra: Eva Lie <eva@lieverft.example>\nSendt: 23. november 2026\nEmne: pris\n\n1) 20 lokk\n2) 4 hus",
            "Pos 1 skal være 30 stk. 1) 20 lokk 2) 4 hus",
            Contact("Eva Lie", None, "eva@lieverft.example"),
        ),
        ("kan tegningen være fortrolig?", "kan tegningen være fortrolig?", Contact()),
        ("we ask with regards to SO-30417", "we ask with regards to SO-30417", Contact()),
    ],
)  # fmt: skip
def test_what_came_along_is_covered(text: str, left: str, contact: Contact) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) == len(text)
    assert " ".join(cleaned.text.split()) == left
    assert cleaned.contact == contact


def test_nothing_of_a_disclaimer_or_a_telephone_is_read() -> None:
    text = "40 lids.\n\nThis e-mail is confidential and intended only for the addressee.\n\nSent from my phone"
    assert clean(text).read.split() == ["40", "lids."]


def test_a_line_that_a_mail_program_has_broken_is_one() -> None:
    text = "We need a quotation for the pump housing of last year, and\nfour lids to it.\nDelivery by ship"
    assert "last year, and four lids to it.\nDelivery by ship" in clean(text).unwrapped().text


@pytest.mark.parametrize(
    ("text", "asked", "names"),
    [
        ("Per Hansen, Kyst Offshore AS", True, {"Per Hansen", "Kyst Offshore AS"}),
        ("Paul Steel, Steel & Sons", True, {"Paul Steel", "Steel & Sons"}),
        ("jeg heter Per Stål og trenger RG5", False, {"Per Stål"}),
        ("My name is Ann Bronze", False, {"Ann Bronze"}),
        ("40 stk RG5 fra Hedmark Energi AS", False, {"Hedmark Energi AS"}),
        ("RG5", True, set()),
        ("we need AS cast parts", False, set()),
        ("støper dere i Stål", False, set()),
    ],
)
def test_names_are_found(text: str, asked: bool, names: set[str]) -> None:
    assert {text[start:end] for start, end in find_names(text, asked)} == names


@pytest.mark.parametrize(
    "text", ["a " * 2000, "\n" * 4000, "Fra: x\n" * 600, "A" * 4000, "A'A-" * 1000, "takk\n" * 800]
)
def test_long_nonsense_costs_no_time(text: str) -> None:
    started = time.process_time()
    clean(text)
    find_names(text, True)
    assert time.process_time() - started < 2
