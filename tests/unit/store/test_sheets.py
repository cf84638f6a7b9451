"""Lists of parts in files: the values as text, and a clear no to what is broken, too large or no list."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from bot.store import sheets, uploads
from bot.store.sheets import CSV, XLSX, BadSheet, read_sheet
from bot.store.uploads import BadUpload


def workbook(*rows: list[Any], before: list[list[Any]] | None = None) -> bytes:
    """An xlsx with these rows; ``before`` are those of a sheet in front of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in before or []:
        sheet.append(row)
    if before is not None:
        sheet = book.create_sheet("list")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Del;Antall\r\nHus;4\r\n", None),
        (b"Del;Legering;Antall\r\nHus;RG5;4\r\n", "Del\tLegering\tAntall\nHus\tRG5\t4"),
        ("Teil;Werkstoff;Stück\nHülse;RG7;8\n".encode("cp1252"), "Teil\tWerkstoff\tStück\nHülse\tRG7\t8"),
        ("\ufeffpart,alloy,qty\n\"Hub, front\",LM25,8\n".encode(), "part\talloy\tqty\nHub, front\tLM25\t8"),
        ("del\tmateriale\tantall\nhus\tRG5\t4\n".encode("utf-16"), "del\tmateriale\tantall\nhus\tRG5\t4"),
    ],
)  # fmt: skip
def test_separated_values(content: bytes, text: str | None) -> None:
    if text is None:
        with pytest.raises(BadUpload):
            uploads.check("x.csv", content)
        return
    info = uploads.check("liste.csv", content)
    assert (info.name, info.media_type) == ("liste.csv", CSV)
    assert read_sheet(content, CSV) == text


def test_a_workbook_is_read_without_its_formulas() -> None:
    content = workbook(["Del", "Antall", "Vekt"], ["Hus", 4, 7.5], ["Lokk", "=2+2", 2.125])
    assert uploads.check("liste.xlsx", content).media_type == XLSX
    assert read_sheet(content, XLSX) == "Del\tAntall\tVekt\nHus\t4\t7.5\nLokk\t\t2.1250"


def test_the_first_sheet_with_a_list_is_read() -> None:
    content = workbook(["Del", "Antall"], ["Hus", 4], before=[["Forside"]])
    assert read_sheet(content, XLSX) == "Del\tAntall\nHus\t4"


def test_rows_cells_and_letters_are_limited() -> None:
    content = workbook(*([["x" * 500] + ["y"] * 60] * 400))
    lines = read_sheet(content, XLSX).splitlines()
    assert len(lines) <= sheets.MOST_ROWS
    assert max(map(len, lines)) <= sheets.LONGEST_CELL + 2 * sheets.MOST_CELLS


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", workbook(), b""])
def test_what_holds_no_list_is_said_to(content: bytes) -> None:
    with pytest.raises(BadSheet):
        read_sheet(content, XLSX)


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (sheets.LARGEST_UNPACKED + 1))
    with pytest.raises(BadSheet, match="too large"):
        read_sheet(out.getvalue(), XLSX)


def test_entities_in_a_workbook_are_not_resolved() -> None:
    source, out = zipfile.ZipFile(io.BytesIO(workbook(["Del", "Antall"], ["Hus", 4]))), io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si><si><t>c</t></si><si><t>d</t></si></sst>'
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, bomb if name.endswith("sharedStrings.xml") else source.read(name))
    try:
        text = read_sheet(out.getvalue(), XLSX)
    except BadSheet:
        text = ""
    assert "aaaa" not in text
