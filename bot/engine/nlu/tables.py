"""Tables in a message: pasted from a sheet (tabs), from a mail (pipes, or aligned by blanks), or as comma separated values.

A table is set aside before the message is read in sentences; each of its lines becomes a line of a request, read by the
heading of its columns (``data/words/tables.yml``), or by what stands in them where there are no headings.
"""

import csv
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.common.words import either
from bot.engine.nlu.table_cells import Column, Row, headless, is_code, plain, read_rows, table_words

#: More lines are not read; the customer is told how many were left.
MOST_ROWS = 200
MOST_COLUMNS = 30
#: Cells of a line without headings that make it one of a table.
_FEWEST = 3
_RULER = re.compile(r"[\s|+:=_-]+")
#: A bullet, and the pieces of a position behind it.
_POSITION = re.compile(r"\s*[-–*•·]\s*[0-9]")
_GAP = re.compile(r"\S+(?: \S+)*")
_OUR_ORDER = re.compile(r"so-?\d{4,7}", re.I)
#: Columns of which a heading has at least one, beside another one.
_CORE = {"quantity", "batch", "break", "yearly"}
_THING = {"own_number", "drawing", "description", "material", "position"}


@dataclass(frozen=True)
class Table:
    """The lines of a request that a message's tables hold, where the tables stand, and how many lines were not read."""

    rows: list[Row] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    left: int = 0

    def dump(self) -> dict[str, Any]:
        """As the actions get it."""
        return {"rows": self.rows, "left": self.left}


@dataclass(frozen=True)
class _Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str


_Cut = Callable[[str], list[_Cell]]


def find_tables(text: str, today: dt.date, language: str | None) -> Table | None:
    """The tables of a message whose lines are parts to be cast; None without one."""
    lines = list(_lines(text))
    rows: list[Row] = []
    spans, left, at = [], 0, 0
    while at < len(lines):
        block = _block_at(lines, at)
        if block is None:
            at += 1
            continue
        columns, cells, end = block
        read = read_rows(columns, cells[:MOST_ROWS], today, language)
        if any(_is_line(each) for each in read) and not any(_OUR_ORDER.match(each.get("part_no", "")) for each in read):
            rows += [each for each in read if each.get("text")]
            left += max(0, len(cells) - MOST_ROWS)
            spans.append((lines[at].start, lines[end - 1].end))
        at = end
    left += max(0, len(rows) - MOST_ROWS)
    return Table(rows[:MOST_ROWS], spans, left) if rows else None


def _is_line(row: Row) -> bool:
    counted = "quantity" in row or "breaks" in row or "yearly" in row or "quantity" in row.get("unread", {})
    return counted and any(name in row for name in ("part", "part_no", "drawing_no", "alloy", "metal", "foreign"))


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for each in text.splitlines(keepends=True):
        yield _Line(at, at + len(each), each.rstrip("\r\n"))
        at += len(each)


def _block_at(lines: Sequence[_Line], at: int) -> tuple[list[Column], list[list[str]], int] | None:
    """Columns, cells and the end of the table that begins with a line."""
    for cut in _CUTS:
        first = cut(lines[at].text)
        columns = _headings([each.text for each in first])
        if columns:
            cells, end = _below(lines, at + 1, cut, first)
            if cells:
                return _settled(columns, cells), cells, end
        elif cut is not _by_comma and len(first) >= _FEWEST:
            cells, end = _below(lines, at, cut, first)
            columns = headless(cells) if len(cells) > 1 else []
            if columns:
                return columns, cells, end
    return None


def _below(lines: Sequence[_Line], at: int, cut: _Cut, first: Sequence[_Cell]) -> tuple[list[list[str]], int]:
    """The cells of the lines from ``at`` on, in the columns of the first line, and where they end."""
    rows: list[list[str]] = []
    end = at
    while at < len(lines):
        text = lines[at].text
        if not text.strip() or _RULER.fullmatch(text):
            # A mail may set a blank line between the lines of a table; two end it.
            if not text.strip() and (at + 1 >= len(lines) or not lines[at + 1].text.strip()):
                break
            at += 1
            continue
        cells = cut(text)
        wide = len(cells) >= max(2, min(_FEWEST, len(first)))
        if not wide or (cut is _by_comma and len(cells) != len(first)):
            if not (rows and len(cells) == 1 and cut is _by_blanks and cells[0].start > first[-1].start // 3 > 0):
                break
            # A description that goes on below itself.
            rows[-1] = _joined(rows[-1], _placed(cells, first))
        else:
            if _headings([each.text for each in cells]):
                break
            rows.append(_placed(cells, first) if cut is _by_blanks else [each.text for each in cells])
        at += 1
        end = at
    return rows, end


def _joined(row: list[str], more: list[str]) -> list[str]:
    return [f"{one} {other}".strip() for one, other in zip(row, more, strict=True)]


def _placed(cells: Sequence[_Cell], first: Sequence[_Cell]) -> list[str]:
    """Cells aligned by blanks under the columns they stand in; a cell may be empty."""
    if len(cells) == len(first):
        return [each.text for each in cells]
    row = [""] * len(first)
    for each in cells:
        best = min(range(len(first)), key=lambda at: _apart(each, first[at]))
        row[best] = f"{row[best]} {each.text}".strip()
    return row


def _apart(cell: _Cell, heading: _Cell) -> int:
    """How far a cell stands from a column; nothing where they overlap, and less the more they do."""
    gap = max(cell.start, heading.start) - min(cell.end, heading.end)
    # Text is aligned by its beginning, figures by their end.
    return min(abs(cell.start - heading.start), abs(cell.end - heading.end)) - (100 if gap < 0 else 0)


def _by_pipes(text: str) -> list[_Cell]:
    inner = text.strip()
    if inner.count("|") < 2:
        return []
    inner = inner.removeprefix("|").removesuffix("|")
    return [_Cell(each.strip(), 0, 0) for each in inner.split("|")][:MOST_COLUMNS]


def _by_tabs(text: str) -> list[_Cell]:
    return [_Cell(each.strip().strip('"'), 0, 0) for each in text.split("\t")][:MOST_COLUMNS] if "\t" in text else []


def _by_sign(sign: str, text: str) -> list[_Cell]:
    if text.count(sign) < 2:
        return []
    try:
        cells = next(csv.reader([text], delimiter=sign), [])
    except csv.Error:
        return []
    return [_Cell(each.strip(), 0, 0) for each in cells][:MOST_COLUMNS]


def _by_comma(text: str) -> list[_Cell]:
    return _by_sign(",", text)


def _by_blanks(text: str) -> list[_Cell]:
    found = [_Cell(each[0], each.start(), each.end()) for each in _GAP.finditer(text.replace("\u00a0", " "))]
    return found[:MOST_COLUMNS] if len(found) > 1 or (found and found[0].start > 1) else []


_CUTS: tuple[_Cut, ...] = (_by_pipes, _by_tabs, functools.partial(_by_sign, ";"), _by_blanks, _by_comma)


def _headings(cells: Sequence[str]) -> list[Column]:
    """The columns of a heading line; empty for another line."""
    if _POSITION.match(cells[0] if cells else ""):
        # «- 15 stk pumpehjul i AB2, ca 6 kg pr stk, tegning 2217»: a line of a list in words that name columns.
        return []
    columns = [_column(each) for each in cells]
    known = {each.kind for each in columns} - {""}
    filled = sum(bool(each) for each in cells)
    if len(known) < 2 or sum(bool(each.kind) for each in columns) * 2 < filled:
        return []
    thing = known & _THING
    return columns if (known & _CORE and thing) or (len(thing) >= 2 and len(known) > 2) else []


def _column(heading: str) -> Column:
    """What a column holds: by the longest word of its heading."""
    said = plain(heading)
    kinds, words = _kinds(), table_words()
    if words["break"].fullmatch(said):
        return Column("break", heading)
    best = max(
        ((len(match[0]), kind) for kind, pattern in kinds.items() for match in pattern.finditer(said)),
        default=(0, ""),
        key=lambda each: each[0],
    )[1]
    if len(said) > _LONGEST_HEADING:
        best = ""
    if best in ("quantity", "batch") and words["per_year"].search(said):
        best = "yearly"
    if best == "weight" and words["of_all"].search(said):
        best = "weight_total"
    if best == "weight" and words["of_finished"].search(said):
        best = "weight_finished"
    return Column(best, heading)


_LONGEST_HEADING = 45


def _settled(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """The columns with what their cells tell of them: «Item» may be a number of a line, a code or a thing."""
    settled = []
    kinds = {each.kind for each in columns}
    for at, column in enumerate(columns):
        told = [row[at] for row in cells if at < len(row) and row[at].strip()]
        codes = bool(told) and all(is_code(each) for each in told)
        kind = column.kind
        if kind == "position" and not all(re.fullmatch(r"\W*\w{1,4}\W*|\w{1,4}[.-]\w{1,3}", each) for each in told):
            words = any(re.search(r"[^\W\d_]{3}", each) for each in told) and not codes
            kind = "own_number" if not words and "own_number" not in kinds else "description"
        elif kind == "description" and codes and "own_number" not in kinds:
            kind = "own_number"
        elif kind == "own_number" and told and not any(map(re.compile(r"\d").search, told)):
            kind = "description"
        elif kind == "batch" and "quantity" not in kinds and "break" not in kinds:
            kind = "quantity"
        settled.append(Column(kind, column.heading))
    return settled


@functools.lru_cache(maxsize=1)
def _kinds() -> dict[str, re.Pattern[str]]:
    words: dict[str, Any] = table_words()["columns"]
    return {
        kind: re.compile(rf"(?<![\w])(?:{either(plain(str(each)) for each in names)})(?!\w)")
        for kind, names in words.items()
    }
