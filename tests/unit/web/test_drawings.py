"""What is read from a drawing: never more than it holds, and nothing from one that is broken or made to harm."""

import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import ezdxf
import pytest
from pypdf import PdfWriter

from bot.store.uploads import FileInfo
from bot.web.drawings import dxf, look, pdf, step
from bot.web.drawings.facts import Facts
from bot.web.drawings.look import Looker
from bot.web.drawings.wording import told_of_file

MILLIMETRE = "(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))"
METRE = "(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT($,.METRE.))"
INCH = "(CONVERSION_BASED_UNIT('INCH',#900)LENGTH_UNIT()NAMED_UNIT(#901))"
FOOT = "(CONVERSION_BASED_UNIT('FOOT',#900)LENGTH_UNIT()NAMED_UNIT(#901))"
CONTEXT = "(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNIT_ASSIGNED_CONTEXT((#{}))REPRESENTATION_CONTEXT('',''))"


class Model:
    """A STEP file being written."""

    def __init__(self, *units: str, names: tuple[str, ...] = ("Bracket",), file: str = "a.stp") -> None:
        self.rows: list[str] = []
        self.file = file
        for name in names:
            self.add(f"PRODUCT('P','{name}','',(#1))")
        for unit in units:
            self.add(CONTEXT.format(self.add(unit)))

    def add(self, body: str) -> int:
        self.rows.append(f"#{len(self.rows) + 1}={body};")
        return len(self.rows)

    def point(self, *at: float) -> int:
        return self.add(f"CARTESIAN_POINT('',({','.join(f'{each:.6E}' for each in at)}))")

    def vertex(self, *at: float) -> int:
        return self.add(f"VERTEX_POINT('',#{self.point(*at)})")

    def place(self, *at: float, axis: tuple[float, float, float] = (0, 0, 1)) -> int:
        along = self.add(f"DIRECTION('',({','.join(map(str, map(float, axis)))}))")
        return self.add(f"AXIS2_PLACEMENT_3D('',#{self.point(*at)},#{along},$)")

    def arc(self, centre: tuple[float, float, float], radius: float, start: int, end: int) -> None:
        circle = self.add(f"CIRCLE('',#{self.place(*centre)},{radius})")
        self.add(f"EDGE_CURVE('',#{start},#{end},#{circle},.T.)")

    def box(self, x: float, y: float, z: float) -> "Model":
        for corner in range(8):
            self.vertex(x * (corner & 1), y * (corner >> 1 & 1), z * (corner >> 2))
        return self

    @property
    def content(self) -> bytes:
        head = f"ISO-10303-21;\nHEADER;\nFILE_NAME('{self.file}','2027-03-01',(''),(''),'','','');\nENDSEC;\nDATA;\n"
        return (head + "\n".join(self.rows) + "\nENDSEC;\nEND-ISO-10303-21;\n").encode()


def bushing(halves: bool) -> Model:
    """A ring of 100 mm by 60 mm, its circles in one or in two arcs."""
    model = Model(MILLIMETRE)
    for z in (0.0, 60.0):
        for radius in (50.0, 40.0):
            one = model.vertex(radius, 0, z)
            other = model.vertex(-radius, 0, z) if halves else one
            model.arc((0, 0, z), radius, one, other)
            if halves:
                model.arc((0, 0, z), radius, other, one)
    return model


def rounded() -> Model:
    """A plate with a rounded corner, whose arc stays within it."""
    model = Model(MILLIMETRE).box(120, 80, 10)
    model.arc((10, 10, 0), 10, model.vertex(0, 10, 0), model.vertex(10, 0, 0))
    return model


def with_more(*bodies: Callable[[Model], str]) -> Model:
    model = Model(MILLIMETRE).box(120, 80, 10)
    for body in bodies:
        model.add(body(model))
    return model


@pytest.mark.parametrize(("model", "facts"), [
    (Model(MILLIMETRE).box(120, 80, 10), Facts("Bracket", "mm", (120, 80, 10))),
    (Model(METRE).box(1.2, 0.8, 0.1), Facts("Bracket", "m", (1.2, 0.8, 0.1))),
    (Model(INCH).box(12, 8, 1.5), Facts("Bracket", "in", (12, 8, 1.5))),
    (Model(MILLIMETRE, MILLIMETRE).box(120, 80, 10), Facts("Bracket", "mm", (120, 80, 10))),
    (bushing(halves=False), Facts("Bracket", "mm", (100, 100, 60))),
    (bushing(halves=True), Facts("Bracket", "mm", (100, 100, 60))),
    (rounded(), Facts("Bracket", "mm", (120, 80, 10))),
    (with_more(lambda m: f"SPHERICAL_SURFACE('',#{m.place(60, 40, 5)},4.)"), Facts("Bracket", "mm", (120, 80, 10))),
    (with_more(lambda m: f"B_SPLINE_CURVE_WITH_KNOTS('',2,(#{m.point(1, 1, 1)},#{m.point(9, 9, 9)}),.U.)"),
     Facts("Bracket", "mm", (120, 80, 10))),
    # Told without a size: what bulges or is open, what is placed elsewhere, what has no unit or two
    (with_more(lambda m: f"SPHERICAL_SURFACE('',#{m.place(60, 40, 5)},40.)"), Facts("Bracket", "mm")),
    (with_more(lambda m: f"TOROIDAL_SURFACE('',#{m.place(60, 40, 5)},60.,5.)"), Facts("Bracket", "mm")),
    (with_more(lambda m: f"B_SPLINE_SURFACE('',2,2,((#{m.point(1, 1, 90)})),.U.)"), Facts("Bracket", "mm")),
    (with_more(lambda m: "SURFACE_OF_REVOLUTION('',#1,#2)"), Facts("Bracket", "mm")),
    (with_more(lambda m: "NEXT_ASSEMBLY_USAGE_OCCURRENCE('1','','',#1,#2,$)"), Facts("Bracket", "mm")),
    (with_more(lambda m: "TESSELLATED_SOLID('',(#1),$)"), Facts("Bracket", "mm")),
    (Model(MILLIMETRE, INCH).box(120, 80, 10), Facts("Bracket")),
    (Model(FOOT).box(1, 2, 3), Facts("Bracket")),
    (Model().box(120, 80, 10), Facts("Bracket")),
    (Model(MILLIMETRE), Facts("Bracket", "mm")),
    (Model(MILLIMETRE).box(120, 80, 0), Facts("Bracket", "mm")),
    (Model(MILLIMETRE, names=("A", "B"), file="C:\\\\jobs\\\\Pumpe.stp").box(1, 2, 3), Facts("Pumpe.stp", "mm")),
    # Names in other alphabets, doubled quotation marks, and none
    (Model(names=("H\\X2\\00E5\\X0\\ndtak",)), Facts("Håndtak")),
    (Model(names=("L\\X\\F8ftekrok; 2",)), Facts("Løftekrok; 2")),
    (Model(names=("O''Brien",)), Facts("O'Brien")),
    (Model(names=("",)), Facts("P")),
    (Model(names=(), file=""), Facts()),
])  # fmt: skip
def test_a_step_file_tells_what_it_holds(model: Model, facts: Facts) -> None:
    found = step.read(model.content)
    assert found == facts or (
        found.size
        and facts.size
        and (found.name, found.unit) == (facts.name, facts.unit)
        and all(math.isclose(one, other, abs_tol=1e-4) for one, other in zip(found.size, facts.size, strict=True))
    )
    assert step.read(b"\xef\xbb\xbf" + model.content) == found


def drawing(unit: int, *, block: bool = False, notes: bool = False, empty: bool = False) -> bytes:
    """A DXF drawing of 100 by 80."""
    document = ezdxf.new()
    document.header["$INSUNITS"] = unit
    space = document.modelspace()
    if not empty:
        space.add_line((0, 0), (100, 50))
        space.add_circle((50, 50), 30)
    if notes:
        space.add_text("RG5", dxfattribs={"insert": (900, 900)})
    if block:
        document.blocks.new("FRAME").add_line((0, 0), (420, 297))
        space.add_blockref("FRAME", (0, 0))
    stream = io.StringIO()
    document.write(stream)
    return stream.getvalue().encode()


@pytest.mark.parametrize(("content", "facts"), [
    (drawing(4), Facts(unit="mm", size=(100, 80))),
    (drawing(1), Facts(unit="in", size=(100, 80))),
    (drawing(4, notes=True), Facts(unit="mm", size=(100, 80))),
    (b"\xef\xbb\xbf" + drawing(4), Facts(unit="mm", size=(100, 80))),
    (drawing(4).replace(b"\n", b"  \r\n"), Facts(unit="mm", size=(100, 80))),
    (b"\r\n" + drawing(5), Facts(unit="cm", size=(100, 80))),
    (drawing(4, block=True), Facts(unit="mm")),
    (drawing(4, empty=True), Facts(unit="mm")),
    (drawing(0), Facts()),
    (drawing(2), Facts()),
    (b"AutoCAD Binary DXF\r\n\x1a\x00", Facts()),
])  # fmt: skip
def test_a_dxf_drawing_tells_how_far_its_lines_reach(content: bytes, facts: Facts) -> None:
    assert dxf.read(content) == facts


def paper(pages: int, title: str | None = None, password: str | None = None) -> bytes:
    """A PDF file with blank pages."""
    writer, stream = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if title is not None:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("content", "facts"), [
    (paper(1), Facts(pages=1)),
    (paper(3, "Pumpehus rev. C"), Facts("Pumpehus rev. C", pages=3)),
    (paper(2, "a\x00b\n\u202ec"), Facts("a b c", pages=2)),
    (paper(2, "- - -"), Facts(pages=2)),
    (b"\xef\xbb\xbf\r\n" + paper(2, "Hus"), Facts("Hus", pages=2)),
    (paper(2, "Hus", password="x"), Facts()),
])  # fmt: skip
def test_a_pdf_tells_its_pages_and_title(content: bytes, facts: Facts) -> None:
    assert pdf.read(content) == facts


@pytest.mark.parametrize(("said", "facts"), [
    ('{"name": "Hus", "unit": "mm", "size": [1, 2, 3], "pages": null}', Facts("Hus", "mm", (1, 2, 3))),
    ('{"unit": "mm", "size": [NaN, 2, 3]}', Facts(unit="mm")),
    ('{"unit": "mm", "size": [1, 2, 1e9]}', Facts(unit="mm")),
    ('{"unit": "m", "size": [1, 2, 101]}', Facts(unit="m")),
    ('{"unit": "mm", "size": [1, "2", 3]}', Facts(unit="mm")),
    ('{"unit": "mm", "size": [1, true, 3]}', Facts(unit="mm")),
    ('{"unit": "mm", "size": [0, 2, 3]}', Facts(unit="mm")),
    ('{"unit": "parsec", "size": [1, 2, 3]}', None),
    ('{"size": [1, 2, 3]}', None),
    ('{"name": 7, "pages": -1}', None),
    ('{"name": "\\u202e\\u0000"}', None),
    ('{"pages": true}', None),
    ("[]", None), ("", None), ("{", None), ("[" * 9000, None),
])  # fmt: skip
def test_what_a_reader_says_is_looked_at(said: str, facts: Facts | None) -> None:
    assert Facts.read(said) == facts


@pytest.mark.parametrize(
    ("unit", "millimetres"), [("mm", [1, 2.5]), ("cm", [10, 25]), ("m", [1000, 2500]), ("in", [25.4, 63.5])]
)
def test_sizes_in_millimetres(unit: str, millimetres: list[float]) -> None:
    assert Facts(unit=unit, size=(1, 2.5)).millimetres == millimetres


STEP, DXF, PDF = "model/step", "image/vnd.dxf", "application/pdf"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is: what is tested is no matter of time."""
    monkeypatch.setattr(look, "LONGEST", 170.0)


async def looked(tmp_path: Path, content: bytes, media_type: str) -> Facts | None:
    path = tmp_path / "file"
    path.write_bytes(content)
    return await Looker().look(path, media_type, len(content))


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("media_type", "content", "facts"), [
    (STEP, Model(MILLIMETRE).box(120, 80, 10).content, Facts("Bracket", "mm", (120, 80, 10))),
    (DXF, drawing(4), Facts(unit="mm", size=(100, 80))),
    (PDF, paper(3, "Hus"), Facts("Hus", pages=3)),
    ("image/png", b"\x89PNG", None),
    (STEP, b"ISO-10303-21;", None),
    (STEP, b"ISO-10303-21;DATA;#1=PRODUCT('" + b"x" * 100_000, None),
    (STEP, b"ISO-10303-21;DATA;" + b"#1=CIRCLE('',#1,1);#2=EDGE_CURVE('',#2,#2,#1);" * 1000, None),
    (DXF, b"0\nSECTION\n2\nENTITIES\n0\nLINE\n" + b"5\n" * 5000, None),
    (DXF, b"0\nSECTION\n" + b"\xff\x00" * 5000, None),
    (PDF, b"%PDF-1.7\n" + b"(" * 50_000, None),
    (PDF, b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>", None),
])  # fmt: skip
async def test_a_look_comes_back_whatever_the_file(
    tmp_path: Path, media_type: str, content: bytes, facts: Facts | None
) -> None:
    assert await looked(tmp_path, content, media_type) == facts


@pytest.mark.parametrize(("limit", "value"), [("LONGEST", 0), ("MEGABYTES", 1), ("LARGEST_BYTES", 10)])
async def test_what_takes_too_much_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(look, limit, value)
    assert await looked(tmp_path, Model(MILLIMETRE).box(1, 2, 3).content, STEP) is None


@pytest.mark.parametrize(("language", "media_type", "facts", "text"), [
    ("en", STEP, Facts("Bracket", "mm", (120, 80, 10)), "The file itself says: name “Bracket” and outer dimensions 120 × 80 × 10 mm."),
    ("nb", STEP, Facts("Brakett", "mm", (120, 80.5, 10)), "Filen selv sier: navn «Brakett» og ytre mål 120 × 80,5 × 10 mm."),
    ("nb", STEP, Facts(unit="in", size=(12, 8, 1.5)), "Filen selv sier: ytre mål 12 × 8 × 1,5 tommer."),
    ("en", DXF, Facts(unit="mm", size=(100, 80)), "The file itself says: its lines reach over 100 × 80 mm."),
    ("nb", DXF, Facts(unit="cm"), "Filen selv sier: måleenhet cm."),
    ("en", PDF, Facts("Hus", pages=1), "The file itself says: title “Hus” and 1 page."),
    ("nb", PDF, Facts(pages=12), "Filen selv sier: 12 sider."),
    ("nb", PDF, Facts(), None),
])  # fmt: skip
def test_the_customer_is_told_so_in_a_line(language: str, media_type: str, facts: Facts, text: str | None) -> None:
    told = told_of_file(language, FileInfo("x", "a", media_type, 1, "", json.loads(json.dumps(facts.told))))
    assert (told.text if told else None) == text
