"""What a STEP file (ISO 10303-21) holds: the product's name, its unit, and the box around it where that is certain.

Two boxes are reckoned: one around what surely lies on the body (corners, circles that their arcs close), and one around
all that its arcs, curves and surfaces may reach. Where they are the same, that is the size; elsewhere none is told, nor
where parts are put together in places of their own.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.web.drawings.facts import Facts, plain_name

Point = tuple[float, float, float]
#: Centre, radius, axis.
Circle = tuple[float, ...]
#: So many statements are read; a larger model tells its name and unit only.
MOST_STATEMENTS = 1_500_000
_STATEMENT = re.compile(r"#(\d{1,12})\s*=\s*((?:[^';]|'[^']*')*);")
_KIND = re.compile(r"\(?\s*([A-Z][A-Z0-9_]*)\s*\(")
_NUMBER = r"[-+]?\d[\d.]*(?:[Ee][-+]?\d+)?"
_TRIPLE = re.compile(rf"\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)")
_REFERENCE = re.compile(r"#(\d{1,12})")
_STRING = re.compile(r"'((?:[^']|'')*)'")
_PREFIXED = {"MILLI": "mm", "CENTI": "cm", None: "m"}
_SI = re.compile(r"SI_UNIT\s*\(\s*(?:\$|\.(\w+)\.)\s*,\s*\.METRE\.\s*\)")
_INCH = re.compile(r"CONVERSION_BASED_UNIT\s*\(\s*'(?:INCH|IN|INCHES)'")
#: The signs of other alphabets: \X2\00C5\X0\ and \X\C5.
_ESCAPED = re.compile(r"\\X2\\((?:[0-9A-F]{4})+)\\X0\\|\\X\\([0-9A-F]{2})")
#: What the boxes are reckoned from. Planes, cylinders and cones end at their edges.
_CURVED = {"ELLIPSE", "SPHERICAL_SURFACE", "TOROIDAL_SURFACE"}
_READ = {"CARTESIAN_POINT", "DIRECTION", "VERTEX_POINT", "EDGE_CURVE", "AXIS2_PLACEMENT_3D", "CIRCLE", "SURFACE_CURVE",
         "SEAM_CURVE", "INTERSECTION_CURVE", *_CURVED}  # fmt: skip
_BOUND_BY_POINTS = re.compile(r"B_SPLINE|BEZIER|POLYLINE")
#: Shapes that no points bound, and parts that are placed elsewhere than their points say.
_DOUBTFUL = re.compile(
    r"PARABOLA|HYPERBOLA|SURFACE_OF_|OFFSET_|TESSELLATED|MAPPED_ITEM|NEXT_ASSEMBLY_USAGE|TRANSFORMATION|SWEPT|EXTRUDED"
    r"|REVOLVED|BOOLEAN|CSG|FACETED"
)
#: Places of a circle are compared to so many figures; boxes are the same when they differ by no more than this share.
_FIGURES, _SAME = 6, 0.002


@dataclass
class _Model:
    """The statements that a box is reckoned from, by kind and number."""

    kinds: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    control: list[str] = field(default_factory=list)
    certain: bool = True


def read(content: bytes) -> Facts:
    """The facts of a STEP file."""
    text = content.decode("utf-8", "replace")
    header, _, data = text.partition("DATA;")
    model = _Model()
    units: dict[int, str | None] = {}
    names: list[str | None] = []
    wanted: set[int] | None = None
    for count, (number, kind, body) in enumerate(_statements(data)):
        if count > MOST_STATEMENTS:
            model.certain = False
            break
        if kind == "PRODUCT":
            names.append(_text(body))
        elif "GLOBAL_UNIT_ASSIGNED_CONTEXT" in body:
            referred = {int(each) for each in _REFERENCE.findall(body.partition("GLOBAL_UNIT_ASSIGNED_CONTEXT")[2])}
            wanted = referred if wanted is None else wanted | referred
        elif "LENGTH_UNIT" in body:
            units[number] = _unit(body)
        elif kind in _READ:
            model.kinds[kind][number] = body
        elif _BOUND_BY_POINTS.search(body):
            model.control.append(body)
        elif _DOUBTFUL.search(body):
            model.certain = False
    told = {unit for number, unit in units.items() if wanted is None or number in wanted}
    unit = told.pop() if len(told) == 1 else None
    name = names[0] if len(names) == 1 else _file_name(header)
    return Facts(plain_name(name), unit, _box(model) if unit and model.certain and len(names) <= 1 else None)


def _statements(data: str) -> Iterator[tuple[int, str, str]]:
    for found in _STATEMENT.finditer(data):
        kind = _KIND.match(found[2])
        yield int(found[1]), kind[1] if kind else "", found[2]


def _text(body: str) -> str | None:
    """The name of a product: its second text, or its first where that is empty."""
    said = [_unescaped(each) for each in _STRING.findall(body)[:2]]
    return next((each for each in reversed(said) if plain_name(each)), None)


def _file_name(header: str) -> str | None:
    found = re.search(r"FILE_NAME\s*\(\s*'((?:[^']|'')*)'", header)
    # The last part of a path: where it lay is nobody's business.
    return re.split(r"[\\/]", _unescaped(found[1]))[-1] if found else None


def _unescaped(text: str) -> str:
    def letters(found: re.Match[str]) -> str:
        return bytes.fromhex(found[1]).decode("utf-16-be", "replace") if found[1] else chr(int(found[2], 16))

    return _ESCAPED.sub(letters, text.replace("''", "'"))


def _unit(body: str) -> str | None:
    if "CONVERSION_BASED_UNIT" in body:
        return "in" if _INCH.search(body.upper()) else None
    found = _SI.search(body)
    return _PREFIXED.get(found[1]) if found else None


def _box(model: _Model) -> tuple[float, ...] | None:
    """The sides of the box around the model; None where it cannot be told from its points and circles."""
    kinds = model.kinds
    corners = {number: _pointed(kinds, body) for number, body in kinds["VERTEX_POINT"].items()}
    sure = [each for each in corners.values() if each is not None]
    arcs: dict[Circle, Counter[int]] = defaultdict(Counter)
    for body in kinds["EDGE_CURVE"].values():
        start, end, curve, *_ = [*map(int, _REFERENCE.findall(body)), -1, -1, -1]
        circle = _circle(kinds, kinds["CIRCLE"].get(_in_space(kinds, curve), ""))
        if circle is not None:
            arcs[circle].update((start, end))
    reached = list(sure)
    for circle, ends in arcs.items():
        reached += _around(circle)
        if all(each % 2 == 0 for each in ends.values()):
            sure += _around(circle)
    for kind in _CURVED:
        for body in kinds[kind].values():
            reached += _far(kinds, body)
    for body in model.control:
        points = (_triple(kinds["CARTESIAN_POINT"].get(int(each), "")) for each in _REFERENCE.findall(body))
        reached += [each for each in points if each is not None]
    return _agreed(_sides(sure), _sides(reached))


def _agreed(sure: list[float], reached: list[float]) -> tuple[float, ...] | None:
    same = all(far - near <= _SAME * far for near, far in zip(sure, reached, strict=True))
    return tuple(sure) if same and all(each > 0 for each in sure) else None


def _sides(points: list[Point]) -> list[float]:
    return [max(each) - min(each) for each in zip(*points, strict=True)] if points else [0.0, 0.0, 0.0]


def _in_space(kinds: dict[str, dict[int, str]], curve: int) -> int:
    """The curve itself, where it is told together with its traces on the surfaces that meet in it."""
    for kind in ("SURFACE_CURVE", "SEAM_CURVE", "INTERSECTION_CURVE"):
        found = _REFERENCE.search(kinds[kind].get(curve, ""))
        if found:
            return int(found[1])
    return curve


def _around(circle: Circle) -> list[Point]:
    """The two far corners of the box around a circle."""
    x, y, z, radius, *axis = circle
    dx, dy, dz = (radius * math.sqrt(max(0.0, 1 - each * each)) for each in axis)
    return [(x - dx, y - dy, z - dz), (x + dx, y + dy, z + dz)]


def _far(kinds: dict[str, dict[int, str]], body: str) -> list[Point]:
    """The far corners of a box that an ellipse, a sphere or a ring never leaves."""
    placed = _REFERENCE.search(body)
    centre = _pointed(kinds, kinds["AXIS2_PLACEMENT_3D"].get(int(placed[1]), "")) if placed else None
    lengths = [abs(float(each)) for each in re.findall(rf",\s*({_NUMBER})(?=\s*[,)])", body)]
    if centre is None or not lengths:
        return [(-math.inf,) * 3, (math.inf,) * 3]
    far = sum(lengths)
    x, y, z = centre
    return [(x - far, y - far, z - far), (x + far, y + far, z + far)]


def _circle(kinds: dict[str, dict[int, str]], body: str) -> Circle | None:
    """Centre, radius and axis of a circle; the same for every statement of the same one."""
    placed = _REFERENCE.search(body)
    radius = re.search(rf",\s*({_NUMBER})\s*\)\s*$", body)
    place = kinds["AXIS2_PLACEMENT_3D"].get(int(placed[1]), "") if placed else ""
    centre, axis, *_ = [*_REFERENCE.findall(place), None, None]
    if radius is None or centre is None or axis is None:
        return None
    middle = _triple(kinds["CARTESIAN_POINT"].get(int(centre), ""))
    along = _triple(kinds["DIRECTION"].get(int(axis), ""))
    if middle is None or along is None:
        return None
    length = math.hypot(*along)
    if not length:
        return None
    side = -1 if next((each for each in along if each), 1) < 0 else 1
    return (*(round(each, _FIGURES) for each in (*middle, float(radius[1]))), *(side * each / length for each in along))


def _pointed(kinds: dict[str, dict[int, str]], body: str) -> Point | None:
    found = _REFERENCE.search(body)
    return _triple(kinds["CARTESIAN_POINT"].get(int(found[1]), "")) if found else None


def _triple(body: str) -> Point | None:
    found = _TRIPLE.search(body)
    if found is None:
        return None
    try:
        return float(found[1]), float(found[2]), float(found[3])
    except ValueError:
        return None
