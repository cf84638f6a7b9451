"""Lists of parts in files: the values as text, and a clear no to what is broken, too large or no list."""

import csv
import dataclasses
import io
import zipfile
from pathlib import Path
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


PARTS = workbook(["Del", "Antall"], ["Hus", 4])


def forged(**parts: bytes) -> bytes:
    """A workbook in which these parts are something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PARTS)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.get(Path(name).stem, source.read(name)))
    return out.getvalue()


def deep(levels: int) -> bytes:
    return b"<sst>" + b"<si>" * levels + b"</si>" * levels + b"</sst>"


def rows(count: int) -> bytes:
    """A sheet whose rows are far apart, so that all before them are made up, and say nothing of how many they are."""
    cells = "".join(f'<row r="{at * 4000}"><c r="XFD{at * 4000}"><v>1</v></c></row>' for at in range(1, count))
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'.encode()


def lying() -> bytes:
    """A bomb that says it is small: what it unpacks to stands in its directory as a hundred bytes."""
    bomb = forged(sharedStrings=b"<sst>" + b"<si><t>a</t></si>" * 3_000_000 + b"</sst>")
    at = bomb.rfind(b"PK\x01\x02", 0, bomb.rfind(b"sharedStrings.xml"))
    return bomb[: at + 24] + (100).to_bytes(4, "little") + bomb[at + 28 :]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds in all are those of a machine with nothing else to do."""
    monkeypatch.setattr(sheets, "LIMITS", dataclasses.replace(sheets.LIMITS, longest=170.0))


async def apart(tmp_path: Path, content: bytes, media_type: str = XLSX) -> str:
    path = tmp_path / "sheet"
    path.write_bytes(content)
    return await sheets.Reader().read(path, media_type)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PARTS, XLSX), (b"Del;Antall;Vekt\nHus;4;2\n", CSV), (workbook(*[["\u2603" * 199] * 30] * 230), XLSX)],
)
async def test_a_sheet_is_read_in_a_process_of_its_own(tmp_path: Path, content: bytes, media_type: str) -> None:
    assert await apart(tmp_path, content, media_type) == read_sheet(content, media_type)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(forged(sharedStrings=deep(2_000_000)), id="deep xml"),
        pytest.param(forged(sheet=rows(200_000), sheet1=rows(200_000)), id="huge sheet"),
        pytest.param(lying(), id="zip bomb that lies"),
        pytest.param(forged(sharedStrings=b"<sst><si><t>" + b"a" * 59_000_000 + b"</t></si></sst>"), id="zip bomb"),
    ],
)  # fmt: skip
async def test_a_hostile_workbook_takes_no_more_than_its_share(tmp_path: Path, content: bytes) -> None:
    try:
        text = await apart(tmp_path, content)
    except BadSheet:
        text = ""
    assert len(text) <= sheets.MOST_LETTERS


@pytest.mark.parametrize(("limit", "value"), [("longest", 0.0), ("megabytes", 1), ("printed", 3)])
async def test_each_limit_ends_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(sheets, "LIMITS", dataclasses.replace(sheets.LIMITS, **{limit: value}))  # type: ignore[arg-type]
    with pytest.raises((BadSheet, TimeoutError)):
        await apart(tmp_path, PARTS)


def test_the_longest_field_of_everybody_else_stays() -> None:
    before = csv.field_size_limit()
    sheets.delimiter_of("a;b;c\n" * 3 + f"{'x' * 300_000};y;z\n")
    assert csv.field_size_limit() == before < 300_000
