"""A list of parts in a file: the cells of a csv or xlsx as plain text, a line a row, tabs between them.

Only values are read: formulas are never evaluated, nothing outside the file is followed, and what is too large is refused.
A stranger's file is read in a process of its own: ``python -m bot.store.sheets text/csv 500 8 < file``.
"""

import asyncio
import csv
import datetime as dt
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from bot.common.sandbox import Limits, confine, read_apart

#: Rows and cells of a row that are read, and letters of a cell.
MOST_ROWS, MOST_CELLS, LONGEST_CELL = 230, 30, 200
#: Sheets that are looked at, and bytes of a workbook when it is unpacked.
MOST_SHEETS, LARGEST_UNPACKED = 10, 60_000_000
#: Letters of the whole, as they are read.
MOST_LETTERS = 40_000
#: What reading one may take, four bytes a letter at most; and how many are read at once.
LIMITS, AT_ONCE = Limits(seconds=8, megabytes=700, longest=20.0, printed=4 * MOST_LETTERS + 1), 2
#: Letters of a line that are looked at for the sign between its values: twenty lines stay below the longest field.
_LOOKED_AT = 5_000
_DELIMITERS = "\t;,|"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


class BadSheet(ValueError):
    """The file has no list that can be read."""


def is_sheet(media_type: str) -> bool:
    """Whether a file of this type may hold a list of parts."""
    return media_type in (XLSX, CSV)


class Reader:
    """Reads sheets apart, few at a time: whoever comes when all are busy waits no longer than a reading may take."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, path: Path, media_type: str) -> str:
        """As ``read_sheet``, with limits. Raises BadSheet, TimeoutError, OSError."""
        async with asyncio.timeout(LIMITS.longest), self._places:
            text = (await read_apart(path, "bot.store.sheets", media_type, limits=LIMITS)).decode("utf-8", "replace")
        if not text.strip():
            raise BadSheet("not read")
        return text


def read_sheet(content: bytes, media_type: str) -> str:
    """The rows as text with tabs. Raises BadSheet for what is broken, hostile, too large or empty."""
    try:
        rows = _cut(list(_of_csv(content) if media_type == CSV else _of_xlsx(content)))
    except BadSheet:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of the archive makes it raise
        raise BadSheet(type(error).__name__) from error
    text = "\n".join("\t".join(row) for row in rows if any(row))[:MOST_LETTERS]
    if not text.strip():
        raise BadSheet("empty")
    return text


def _cut(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the columns behind the last one that is filled."""
    width = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    return [row[:width] for row in rows]


def decoded(content: bytes) -> str | None:
    """The text of a file of values: UTF-8, UTF-16 with its mark, or as Excel writes it in western Europe; None for no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str | None:
    """The sign between the values of a text: it stands equally often, twice at least, in most of the first lines."""
    lines = [line[:_LOOKED_AT] for line in text.splitlines()[:20] if line.strip()]
    for sign in _DELIMITERS:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=sign)]
        most = max(set(counts), key=counts.count, default=0)
        if len(lines) > 1 and most > 1 and counts.count(most) * 2 > len(lines):
            return sign
    return None


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = decoded(content)
    sign = delimiter_of(text or "")
    if text is None or sign is None:
        raise BadSheet("no values")
    for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), MOST_ROWS):
        yield [_plain(each) for each in row[:MOST_CELLS]]


def _of_xlsx(content: bytes) -> Iterator[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
            raise BadSheet("too large")
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            rows = list(_rows(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_CELLS, values_only=True)))
            if sum(any(row) for row in rows) > 1:
                # The first sheet with more than a title has the list.
                yield from rows
                return
    finally:
        book.close()


def _rows(rows: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_written(each) for each in row]


def _written(value: object) -> str:
    """A value as somebody would write it; three decimals are no thousands."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        if value.is_integer():
            return f"{value:.0f}"
        text = f"{value:.4f}".rstrip("0")
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text
    return _plain(str(value))


def _plain(cell: str) -> str:
    """A cell on one line and of some length."""
    return " ".join(cell.split())[:LONGEST_CELL]


def main() -> int:
    """Print the rows of the file on standard input. What goes wrong is nothing read."""
    media_type, megabytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    confine(megabytes, seconds)
    try:
        text = read_sheet(sys.stdin.buffer.read(), media_type)
    except Exception:  # whatever a stranger's file does to its reader
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
