"""Tables of parts, as they are pasted: what each line says, what is left unread, and what is no table."""

import datetime as dt
from typing import Any

import pytest

from bot.engine.nlu.tables import find_tables

TODAY = dt.date(2026, 11, 30)


def read(text: str, *names: str) -> list[tuple[Any, ...]]:
    """The named values of each line; nothing where there is no table."""
    table = find_tables(text, TODAY, None)
    return [tuple(row.get(name) for name in names) for row in table.rows] if table else []


#: A table, and (part, quantity or price breaks, alloy or other metal, weight) of its lines.
TABLES: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    (
        "nb, tabs",
        "Pos\tVarenr\tBenevnelse\tMateriale\tAntall\tVekt kg\n1\tK-77\tLagerskål\tRG7\t24\t3,4\n2\tK-78\tStyrehylse\tLM25\t1 200\t0,85",
        [("Lagerskål", 24, "CC493K", 3.4), ("Styrehylse", 1200, "EN AC-42000", 0.85)],
    ),
    (
        "nn, pipes",
        "| Linje | Skildring | Legering | Tal |\n|---|---|---|---|\n| 1 | Kopling | CC491K | 6 |\n| 2 | Lok til pumpe | CC480K | 14 |",
        [("Kopling", 6, "CC491K", None), ("Lok til pumpe", 14, "CC480K", None)],
    ),
    (
        "sv, semicolons",
        "rad;benämning;ritning;kvalitet;antal;styckvikt\n1;Drivhjul;R-101 rev B;CC333G;5;12,25\n2;Fläns;R-102;LM6;18;2,5",
        [("Drivhjul", 5, "CC333G", 12.25), ("Fläns", 18, "EN AC-44100", 2.5)],
    ),
    (
        "da, aligned by blanks",
        "Pos   Betegnelse          Materiale    Antal   Vægt\n1     Lejehus til akse    RG5          9       4,1\n2     Dæksel                           30      0,6",
        [("Lejehus til akse", 9, "CC491K", 4.1), ("Dæksel", 30, None, 0.6)],
    ),
    (
        "de, thousands and price breaks",
        "Pos.\tBenennung\tWerkstoff\tMenge\tGewicht (kg/Stück)\n10\tStützring\tCuSn12-C\t1.500 Stück\t0,9\n20\tKonsole\tEN AC-42100 T6\t50/100/250\t2,4",
        [("Stützring", 1500, "CC483K", 0.9), ("Konsole", [50, 100, 250], "EN AC-42100", 2.4)],
    ),
    (
        "en, commas with a quoted one",
        'item,description,alloy,qty,unit wt,notes\n1,"Hub, front",A356-T6,12,1.75,"with 3.1, please"\n2,Spacer,CC495K,48,0.35,',
        [("Hub, front", 12, "EN AC-42100", 1.75), ("Spacer", 48, "CC495K", 0.35)],
    ),
    ("without a heading", "1\tTapp\tRG5\t16 stk\t2,3 kg\n2\tKrage\tLM25\t8 stk\t1,1 kg", [("Tapp", 16, "CC491K", 2.3), ("Krage", 8, "EN AC-42000", 1.1)]),
    (
        "the total weight of all pieces",
        "Beskrivelse\tMateriale\tAntall\tVekt totalt kg\nSkive\tRG5\t20\t30\nSUM\t\t20\t30",
        [("Skive", 20, "CC491K", 1.5)],
    ),
    (
        "pounds",
        "Description\tAlloy\tQty\tWeight (lb)\nValve cap\tC83600\t10\t10",
        [("Valve cap", 10, "CC491K", 4.5359)],
    ),
    (
        "price breaks as columns",
        "Part\tMaterial\t50 pcs\t100 pcs\t500 pcs\nYoke\tLM25\t\t\t",
        [("Yoke", [50, 100, 500], "EN AC-42000", None)],
    ),
    ("another metal", "Del\tMateriale\tAntall\nHjul\tstøpejern GJS-400\t4\nBolt\tRG5\t4", [("Hjul", 4, "iron", None), ("Bolt", 4, "CC491K", None)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"), [(text, lines) for _, text, lines in TABLES], ids=[each[0] for each in TABLES]
)
def test_a_line_of_a_table_is_read_by_its_columns(text: str, lines: list[tuple[Any, ...]]) -> None:
    table = find_tables(text, TODAY, None)
    assert table
    found = [
        (row.get("part"), row.get("breaks") or row.get("quantity"), row.get("alloy") or row.get("foreign"), row.get("weight"))
        for row in table.rows
    ]  # fmt: skip
    assert found == lines


@pytest.mark.parametrize(
    ("cell", "heading", "name"),
    [
        ("40-60", "Antall", "quantity"),
        ("ca 2-3", "Antall", "quantity"),
        ("25 kg", "Antall", "quantity"),
        ("12,750", "Vekt", "weight"),
        ("12/15", "Vekt", "weight"),
        ("RG5 / RG7", "Legering", "alloy"),
        ("uke 60", "Levering", "delivery"),
        ("01.02.2024", "Levering", "delivery"),
    ],
)
def test_what_may_be_two_things_is_left_unread_and_shown(cell: str, heading: str, name: str) -> None:
    heads = dict.fromkeys(["Del", "Antall", "Legering", "Vekt", "Levering"], "")
    heads |= {"Del": "Hus", "Antall": "4", "Legering": "LM25", heading: cell}
    table = find_tables("\t".join(heads) + "\n" + "\t".join(heads.values()), TODAY, None)
    assert table
    (row,) = table.rows
    assert name not in row
    assert row["unread"][name] == cell
    assert cell in row["text"]


def test_numbers_drawings_and_times_of_a_line() -> None:
    text = "Varenr\tTegning\tRev\tAntall\tMål\tLevering\tÅrsbehov\nA-11\t4402-B\tC\t5\t120x80x40\tuke 12 2027\t300\nA-12\t4403 rev. 2\t\t6\tØ90\t15.03.2027\t"
    assert read(text, "part_no", "drawing_no", "revision", "delivery", "dimensions", "yearly") == [
        ("A-11", "4402-B", "C", "2027-W12", [120.0, 80.0, 40.0], 300),
        ("A-12", "4403", "2", "2027-03-15", [90.0], None),
    ]


def test_a_bare_week_is_one_under_its_heading() -> None:
    assert read("Del\tLegering\tAntall\tUke\nHus\tRG5\t4\t9", "delivery") == [("2027-W09",)]


@pytest.mark.parametrize(
    "text",
    [
        "Hei, vi trenger 40 stk hus, RG5, 12 kg, og 20 stk lokk, LM25, 3 kg.\nHilsen Ola, tlf 900 00 111, Berg AS",
        "Ordre\tStatus\tAntall\nSO-30417\thus\t40",
        "Navn\tTelefon\nOla Berg\t900 00 111\nKari Li\t900 00 222",
        "En linje  med to blanke\nog en  til  her",
        "a;b;c\nd;e;f",
        "Vi ønsker pris på:\n- 25 stk drivhjul i RG7, vekt ca 4 kg pr stk, tegning 118\n- 60 stk lokk i LM25, vekt 1 kg, tegning 119",
        "Quote please:\n* 25 off hubs, alloy RG7, weight 4 kg, drawing 118\n* 60 off covers, alloy LM25, weight 1 kg, drawing 119",
    ],
)
def test_other_text_is_no_table(text: str) -> None:
    assert find_tables(text, TODAY, None) is None


def test_more_lines_than_are_read_are_counted() -> None:
    rows = "\n".join(f"Hus {at}\tRG5\t{at}" for at in range(1, 231))
    table = find_tables(f"Del\tLegering\tAntall\n{rows}", TODAY, None)
    assert table
    assert (len(table.rows), table.left) == (200, 30)


def test_the_words_around_a_table_stay() -> None:
    text = "Hei, pris på\n\nDel\tLegering\tAntall\nHus\tRG5\t4\n\nLevering uke 10."
    table = find_tables(text, TODAY, None)
    assert table
    ((start, end),) = table.spans
    assert (text[:start], text[end:]) == ("Hei, pris på\n\n", "\nLevering uke 10.")
