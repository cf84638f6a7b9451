"""The cells of a table of parts: what each says by the column it stands in, and which of them cannot be read.

A cell is read as a whole or not at all: «40-60», «12/15» and «1.500» beside «2.5» are shown as written and asked about.
"""

import datetime as dt
import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.common.spans import last_day, time_of
from bot.common.words import either
from bot.engine.nlu.entities import find_entities
from bot.engine.nlu.numbers import readings_of
from bot.engine.nlu.reading import fold

WORDS = ROOT / "data" / "words" / "tables.yml"
#: A line of a request: its values by name, ``text`` as it is shown, ``said`` how each was written, ``unread`` what was not.
Row = dict[str, Any]
_NUMBER = r"[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
_LITERAL = re.compile(_NUMBER)
_MEASURE = re.compile(rf"(?P<about>[^\W\d_]+ |~ ?)?(?P<number>{_NUMBER}) ?(?P<unit>[^\W\d_]+(?:/[^\W\d_]+)?)?")
_BREAKS = re.compile(r"(?:[0-9][0-9 ]*[0-9]|[0-9]+)(?: ?(?:/|;|\+|,(?=\s)|&|\|) ?(?:[0-9][0-9 ]*[0-9]|[0-9]+)){1,7}")
_CLOSE_BREAKS = re.compile(r"[0-9]+(?:,[0-9]+){2,7}")
_PAIR = re.compile(rf"({_NUMBER}) ?(?:kg)? ?/ ?({_NUMBER}) ?(?:kg)?")
_CODE = re.compile(r"(?=.*\d)[\w.,/#+-]+(?: [\w.,/#+-]*\d[\w.,/#+-]*)?")
_WEEK = re.compile(r"(?P<week>[0-9]{1,2})(?:\s?[/.-]\s?(?P<year>20[0-9]{2}|[0-9]{2}))?")
_KG = {"kg": 1.0, "kilo": 1.0, "kgs": 1.0, "g": 0.001, "gr": 0.001, "gram": 0.001, "t": 1000.0, "tonn": 1000.0, "lb": 0.453592, "lbs": 0.453592}  # fmt: skip
#: More pieces than these are two numbers, or a code.
_MOST_PIECES = 1_000_000
_LONGEST_TEXT, _LONGEST_CELL = 200, 120
#: Of a column without a heading so many of its cells are alike.
_MOSTLY = 0.6


@dataclass(frozen=True)
class Column:
    """A column: its kind (a name of ``columns`` in the words, ``break``, or nothing) and its heading as written."""

    kind: str
    heading: str = ""


def read_rows(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], today: dt.date, language: str | None
) -> list[Row]:
    """Each line that says anything, in order; lines that add up others are left out."""
    decimal = _decimal_sign(columns, rows)
    read = (_Reader(columns, row, decimal, today, language).read() for row in rows if not _adds_up(columns, row))
    return [each for each in read if each]


def headless(rows: Sequence[Sequence[str]]) -> list[Column]:
    """Columns told by their cells alone; empty where no column counts pieces for certain."""
    width = max(len(row) for row in rows)
    if any(len(row) != width for row in rows):
        return []
    cells = [[row[at].strip() for row in rows] for at in range(width)]
    kinds = [_kind_of(each) for each in cells]
    if kinds[0] == "figure" and _counts_up(cells[0]):
        kinds[0] = "position"
    figures = [at for at, kind in enumerate(kinds) if kind == "figure"]
    if "quantity" not in kinds and len(figures) == 1:
        kinds[figures[0]] = "quantity"
    words = [at for at, kind in enumerate(kinds) if kind == "words"]
    if words:
        longest = max(words, key=lambda at: sum(map(len, cells[at])))
        kinds = ["description" if at == longest else "" if kind == "words" else kind for at, kind in enumerate(kinds)]
    # A code may be a drawing's or an article's, a figure anything: both are shown and not taken for either.
    kinds = ["" if kind in ("code", "figure") else kind for kind in kinds]
    told = set(kinds)
    thing = told & {"description", "material", "drawing"}
    return [Column(kind) for kind in kinds] if "quantity" in told and thing else []


def plain(heading: str) -> str:
    """A heading without its punctuation, as the words for headings are compared."""
    return " ".join(re.sub(r"[^\w/#№'+-]+", " ", fold(heading)).split())


def is_code(cell: str) -> bool:
    """Whether a cell is a number of something: figures with letters and signs, hardly a word beside them."""
    return (bool(_CODE.fullmatch(cell.strip())) and not _LITERAL.fullmatch(cell.strip())) or bool(
        re.fullmatch(r"\d{4,}", cell.strip())
    )


@functools.lru_cache(maxsize=1)
def table_words() -> dict[str, Any]:
    """The words of tables; those that are looked for in a text as patterns."""
    words: dict[str, Any] = read_yaml(WORDS)
    pieces = either(words["pieces"])
    sets = {
        name: {plain(str(each)) or str(each) for each in words[name]}
        for name in ("pieces", "totals", "empty", "week_heads", "about")
    }
    found = {
        name: re.compile(rf"(?<!\w)(?:{either(words[name])})(?!\w)") for name in ("per_year", "of_all", "of_finished")
    }
    heads = either(plain(str(each)) for each in words["columns"]["quantity"])
    return {
        "columns": words["columns"],
        **sets,
        **found,
        "break": re.compile(rf"(?:(?:{heads}|x) )?[0-9][0-9 ]{{0,6}} ?(?:{pieces}|\+)?|(?:{heads}) ?[0-9]"),
        "revision": re.compile(
            rf"[\s,/_(-]*(?<![^\W_])(?:{either(words['revision_lead'])})[\s.:_-]*(?P<revision>[a-z0-9]{{1,3}})\)?\s*$"
        ),
    }


def _kind_of(cells: Sequence[str]) -> str:
    """What a column without a heading holds, by most of its cells."""
    words = table_words()

    def most(says: Any) -> bool:
        told = [each for each in cells if each]
        return bool(told) and sum(bool(says(each)) for each in told) >= _MOSTLY * len(told)

    def measured(cell: str, units: Any) -> bool:
        match = _MEASURE.fullmatch(fold(cell))
        return bool(match and match["unit"] and match["unit"].strip(".") in units)

    if most(lambda each: measured(each, words["pieces"])):
        return "quantity"
    if most(lambda each: measured(each, _KG)):
        return "weight"
    if most(lambda each: re.fullmatch(r"\d{1,4}", each)):
        return "figure"
    if most(lambda each: _metals(each) or _foreign(each)):
        return "material"
    if most(lambda each: words["revision"].search(fold(each))):
        return "drawing"
    if most(is_code):
        return "code"
    return "words" if most(lambda each: re.search(r"[^\W\d_]{3}", each)) else ""


def _counts_up(cells: Sequence[str]) -> bool:
    figures = [int(each) for each in cells if each.isdigit()]
    return (
        len(figures) == len(cells)
        and figures[0] in (1, 10)
        and all(b - a == figures[0] for a, b in itertools.pairwise(figures))
    )


def _adds_up(columns: Sequence[Column], row: Sequence[str]) -> bool:
    first = next((plain(each) for each in row if each.strip()), "")
    return first in table_words()["totals"]


def _decimal_sign(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str | None:
    """The decimal sign of a table, by the figures that can be read in one way only; None when they tell none, or both."""
    signs = set()
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            if not column.kind.startswith("weight") and column.kind not in ("quantity", "size", "yearly"):
                continue
            for literal in _LITERAL.findall(cell):
                if decimal := re.fullmatch(r"[0-9' .,]*?([.,])(?:[0-9]{1,2}|[0-9]{4,})", literal):
                    signs.add(decimal[1])
                elif "," in literal and "." in literal:
                    signs.add(literal[max(literal.rfind(","), literal.rfind("."))])
    return signs.pop() if len(signs) == 1 else None


def _metals(cell: str) -> list[dict[str, Any]]:
    return [
        each for each in find_entities(cell, dt.date.min, None) if each["entity"] in ("alloy", "alloy_group", "temper")
    ]


def _foreign(cell: str) -> list[dict[str, Any]]:
    return [each for each in find_entities(cell, dt.date.min, None) if each["entity"] == "foreign_material"]


class _Reader:
    """One line of a table."""

    def __init__(
        self, columns: Sequence[Column], cells: Sequence[str], decimal: str | None, today: dt.date, language: str | None
    ) -> None:
        self.columns = columns
        self.cells = [each.strip()[:_LONGEST_CELL] for each in cells]
        self.decimal = decimal
        self.today = today
        self.language = language
        self.row: Row = {}
        self.said: dict[str, str] = {}
        self.unread: dict[str, str] = {}
        self.shown: dict[str, list[str]] = {}

    def read(self) -> Row:
        """The values, and the text that shows them; empty when the line says nothing."""
        for column, cell in zip(self.columns, self.cells, strict=False):
            if cell and plain(cell) not in table_words()["empty"] and cell not in table_words()["empty"]:
                getattr(self, f"_{column.kind}", self._other)(cell, column)
        self._each_of_breaks()
        self._weight_of_total()
        if not {"alloy", "metal", "foreign"} & self.row.keys() and "alloy" not in self.unread:
            self._material_elsewhere()
        text = self._text()
        if not text:
            return {}
        beside = {"said": self.said, "unread": self.unread}
        return {"text": text, **self.row, **{name: each for name, each in beside.items() if each}}

    def _show(self, place: str, words: str) -> None:
        self.shown.setdefault(place, []).append(words)

    def _text(self) -> str:
        """The line as it is read back: pieces and thing first, then what is told of it."""
        unit = " ".join(self.shown.get("unit", []))
        pieces = " ".join(self.shown.get("pieces", []))
        counted = f"{pieces} {unit or '×'}" if pieces and not re.search(r"[^\W\d_]$|\.$", pieces) else pieces
        if not counted and not self.shown.keys() & {"thing", "number", "drawing", "material"}:
            return ""
        if counted:
            self.said["quantity"] = counted
        lead = " ".join([*([counted] if counted else []), *self.shown.get("thing", [])])
        places = ("number", "drawing", "material", "size", "weight", "delivery", "beside")
        rest = [each for place in places for each in self.shown.get(place, [])]
        return ", ".join([each for each in [lead, *rest] if each])[:_LONGEST_TEXT]

    def _position(self, cell: str, column: Column) -> None:
        """The number of a line is counted anew."""

    def _price(self, cell: str, column: Column) -> None:
        """What the foundry is to fill in."""

    def _description(self, cell: str, column: Column) -> None:
        self.row["part"] = f"{self.row['part']} {cell}" if "part" in self.row else cell
        self._show("thing", cell)

    def _own_number(self, cell: str, column: Column) -> None:
        self.row.setdefault("part_no", cell.upper())
        self.said.setdefault("part_no", cell)
        self._show("number", cell)

    def _drawing(self, cell: str, column: Column) -> None:
        if not any(char.isdigit() for char in cell):
            self._other(cell, column)
            return
        revision = table_words()["revision"].search(fold(cell))
        number = cell[: revision.start()].strip(" ,(") if revision else cell
        self.row["drawing_no"] = number.upper().replace(" ", "")
        self.said["drawing_no"] = number
        if revision:
            self._set_revision(cell[revision.start("revision") : revision.end("revision")])
        self._show("drawing", number + (f" rev. {self.row['revision']}" if revision else ""))

    def _revision(self, cell: str, column: Column) -> None:
        match = table_words()["revision"].search(fold(cell))
        self._set_revision(cell[match.start("revision") : match.end("revision")] if match else cell)
        if self.shown.get("drawing"):
            self.shown["drawing"][-1] += f" rev. {self.row['revision']}"
        else:
            self._show("number", f"rev. {self.row['revision']}")

    def _set_revision(self, revision: str) -> None:
        self.row["revision"] = revision.upper()

    def _material(self, cell: str, column: Column) -> None:
        self._show("material", cell)
        found = find_entities(cell, self.today, self.language)
        alloys = {each["value"] for each in found if each["entity"] == "alloy" and not each.get("near")}
        groups = [each["value"] for each in found if each["entity"] == "alloy_group"]
        foreign = [each["value"] for each in found if each["entity"] == "foreign_material"]
        self._take_temper(found)
        self.said["alloy"] = cell
        if len(alloys) == 1 and not foreign:
            self.row["alloy"] = alloys.pop()
        elif foreign and not alloys:
            self.row["foreign"] = foreign[0]
        elif len(groups) == 1 and not alloys and not foreign:
            self.row["metal"] = groups[0]
        else:
            self.unread["alloy"] = cell

    def _take_temper(self, found: Sequence[dict[str, Any]]) -> None:
        for each in found:
            if each["entity"] == "temper" and each.get("value") and not each.get("bad"):
                self.row.setdefault("temper", each["value"])

    def _temper(self, cell: str, column: Column) -> None:
        self._take_temper(find_entities(cell, self.today, self.language))
        self._show("material", cell)

    def _material_elsewhere(self) -> None:
        """The metal of a line without one of its own, told with the thing or in a remark: «foring i RG7»."""
        for words in [*self.shown.get("thing", []), *self.shown.get("beside", [])]:
            found = [each for each in find_entities(words, self.today, self.language) if not each.get("near")]
            alloys = {each["value"] for each in found if each["entity"] == "alloy"}
            if len(alloys) == 1:
                self.row["alloy"] = alloys.pop()
                self._take_temper(found)
            elif not alloys and (foreign := [each["value"] for each in found if each["entity"] == "foreign_material"]):
                self.row["foreign"] = foreign[0]

    def _quantity(self, cell: str, column: Column) -> None:
        values, unit = self._pieces(cell)
        self._show("pieces", cell)
        if unit and unit not in table_words()["pieces"]:
            self.unread["quantity"] = cell
        elif len(values) > 1:
            self.row["breaks"] = [*self.row.get("breaks", []), *values]
        elif values and "quantity" in self.row:
            # Several columns of pieces are price breaks.
            self.row["breaks"] = [*self.row.get("breaks", [self.row["quantity"]]), *values]
        elif values and "quantity" not in self.unread:
            self.row["quantity"] = values[0]
            self.said["quantity"] = cell
        else:
            self.unread["quantity"] = cell

    def _batch(self, cell: str, column: Column) -> None:
        self._other(cell, column)

    def _break(self, cell: str, column: Column) -> None:
        """The price for so many pieces, to be filled in."""

    def _each_of_breaks(self) -> None:
        """Columns headed «50 stk», «100 stk» are price breaks of every line that has no number of its own."""
        heads = [each.heading for each in self.columns if each.kind == "break"]
        values = [int(found[-1]) for each in heads if (found := re.findall(r"\d+", each.replace(" ", "")))]
        if len(values) > 1 and not {"quantity", "breaks"} & self.row.keys() and "quantity" not in self.unread:
            self.row["breaks"] = values
            self._show("pieces", "/".join(map(str, values)))
        if "breaks" in self.row:
            self.row.pop("quantity", None)
            self.row["breaks"] = sorted(set(self.row["breaks"]))
            self.said["quantity"] = " / ".join(self.shown["pieces"])
            self.shown["pieces"] = [self.said["quantity"]]

    def _pieces(self, cell: str) -> tuple[list[int], str]:
        """The pieces a cell counts, several where they are price breaks, and their unit."""
        said = fold(cell).strip()
        split = re.fullmatch(r"(.*?\d) ?([^\W\d_]+\.?)?", said)
        figures, unit = (split[1], (split[2] or "").strip(".")) if split else (said, "")
        if _BREAKS.fullmatch(figures) or _CLOSE_BREAKS.fullmatch(figures):
            values = [int(each.replace(" ", "")) for each in re.split(r"[/;+,&|]", figures)]
            return (values, unit) if sorted(set(values)) == values and all(values) else ([], unit)
        match = _MEASURE.fullmatch(said.removesuffix("."))
        if match is None or (match["about"] and match["about"].strip() not in table_words()["about"]):
            return [], unit
        whole = {int(each) for each in self._figure(match["number"]) if each.is_integer() and 0 < each < _MOST_PIECES}
        return (list(whole) if len(whole) == 1 else [], (match["unit"] or "").strip("."))

    def _figure(self, literal: str) -> tuple[float, ...]:
        """The values a figure can have, by the decimal sign of the table."""
        if self.decimal and re.search(r"[.,]", literal):
            other = "." if self.decimal == "," else ","
            written = re.sub(r"[ ']", "", literal).replace(other, "").replace(self.decimal, ".")
            return (float(written),) if written.count(".") < 2 else ()
        return readings_of(literal, self.language or "") if literal.count(".") + literal.count(",") < 2 else ()

    def _unit(self, cell: str, column: Column) -> None:
        if plain(cell) not in table_words()["pieces"]:
            # Kilograms or metres of something are no pieces.
            self.unread["quantity"] = f"{self.said.pop('quantity', '')} {cell}".strip()
            self.row.pop("quantity", None)
        self._show("unit", cell)

    def _yearly(self, cell: str, column: Column) -> None:
        values, unit = self._pieces(cell)
        self._show("beside", f"{column.heading}: {cell}")
        if len(values) == 1 and (not unit or unit in table_words()["pieces"] or "/" in unit):
            self.row["yearly"] = values[0]

    def _kilograms(self, cell: str, heading: str) -> float | None:
        match = _MEASURE.fullmatch(fold(cell))
        if match is None or (match["about"] and match["about"].strip() not in table_words()["about"]):
            return None
        headed = next((each for each in plain(heading).replace("/", " ").split() if each in _KG), "kg")
        unit = (match["unit"] or headed).split("/")[0]
        values = self._figure(match["number"])
        return round(values[0] * _KG[unit], 4) if len(values) == 1 and unit in _KG and values[0] > 0 else None

    def _weight(self, cell: str, column: Column) -> None:
        self._take_weight("weight", cell, column)

    def _take_weight(self, name: str, cell: str, column: Column) -> None:
        kg = self._kilograms(cell, column.heading)
        shown = cell if re.search(r"[^\W\d_]$", cell) else f"{cell} {_unit_of(column.heading)}"
        known = name in self.row
        if kg is None or known:
            self.unread.setdefault("weight", cell)
        else:
            self.row[name] = kg
        if name == "weight":
            self._show("weight", shown)
            self.said.setdefault("weight", shown)
        else:
            self._show("beside", f"{column.heading}: {cell}")

    def _weight_total(self, cell: str, column: Column) -> None:
        self._take_weight("total", cell, column)

    def _weight_finished(self, cell: str, column: Column) -> None:
        self._take_weight("finished", cell, column)

    def _weight_both(self, cell: str, column: Column) -> None:
        pair = _PAIR.fullmatch(fold(cell))
        kg = [self._kilograms(each, column.heading) for each in pair.groups()] if pair else []
        self._show("beside", f"{column.heading}: {cell}")
        if len(kg) == 2 and kg[0] and kg[1] and kg[0] >= kg[1]:
            self.row["weight"], self.row["finished"] = kg
        else:
            self.unread["weight"] = cell

    def _weight_of_total(self) -> None:
        """The weight of each piece, where only that of all of them is told."""
        total = self.row.pop("total", None)
        if total and "weight" not in self.row and "weight" not in self.unread and self.row.get("quantity"):
            self.row["weight"] = round(total / self.row["quantity"], 3)

    def _size(self, cell: str, column: Column) -> None:
        self._show("size", cell)
        inch = "" if re.search(r"[^\W\d_]{2}|\"", re.sub(r"(?i)(?<!\w)(?:od|id|dia)(?!\w)", "", cell)) else " mm"
        found = [
            each for each in find_entities(cell + inch, self.today, self.language) if each["entity"] == "dimensions"
        ]
        if len(found) == 1 and not found[0].get("ask"):
            self.row["dimensions"] = found[0]["value"]

    def _delivery(self, cell: str, column: Column) -> None:
        week = _WEEK.fullmatch(cell) if plain(column.heading) in table_words()["week_heads"] else None
        year = week["year"] if week else None
        said = f"uke {week['week']}" + (f" {int(year) % 100 + 2000}" if year else "") if week else cell
        found = [
            each
            for each in find_entities(said, self.today, self.language)
            if each["entity"] in ("date", "week", "lead", "asap", "bad_date", "bad_week")
        ]
        self._show("delivery", f"{column.heading} {cell}" if week else cell)
        times = [each for each in found if each["entity"] in ("date", "week") and not each.get("ask")]
        if len(found) == 1 and times and last_day(str(times[0].get("until") or times[0]["value"])) >= self.today:
            self.row["delivery"] = time_of(times[0])
            self.said["delivery"] = cell
        elif len(found) == 1 and found[0]["entity"] == "lead":
            self.row["delivery"] = (self.today + dt.timedelta(days=int(found[0]["value"]))).isoformat()
            self.said["delivery"] = cell
        elif not found or found[0]["entity"] != "asap":
            self.unread["delivery"] = cell

    def _requirement(self, cell: str, column: Column) -> None:
        self._show("beside", f"{column.heading}: {cell}" if len(cell.split()) == 1 else cell)

    def _remark(self, cell: str, column: Column) -> None:
        self._show("beside", cell)

    def _other(self, cell: str, column: Column) -> None:
        self._show("beside", f"{column.heading}: {cell}" if column.heading else cell)


def _unit_of(heading: str) -> str:
    """The unit of weight that a heading says, kilograms where it says none."""
    return next((each for each in plain(heading).replace("/", " ").split() if each in _KG), "kg")
