"""What a DXF drawing holds: its unit, and how far its lines reach.

Notes and dimensions are no part of it; where blocks are put in, a frame may be one, and no reach is told.
"""

import io
import re

from ezdxf import bbox, recover

from bot.web.drawings.facts import Facts

#: How DXF numbers its units ($INSUNITS); the others are told by no size.
_UNITS = {1: "in", 4: "mm", 5: "cm", 6: "m"}
#: Outlines. What is written beside them or frames the sheet by reference says nothing of their size.
_OUTLINES = {"LINE", "ARC", "CIRCLE", "ELLIPSE", "LWPOLYLINE", "POLYLINE", "SPLINE", "3DFACE", "SOLID", "MESH"}
_BINARY = b"AutoCAD Binary DXF"
MOST_ENTITIES = 200_000


def read(content: bytes) -> Facts:
    """The facts of a DXF file. Raises what ezdxf raises for a broken one."""
    if content.startswith(_BINARY):
        return Facts()
    plain = re.sub(rb"[ \t]*(?:\r\n|\n|\r)", b"\n", content.removeprefix(b"\xef\xbb\xbf").lstrip())
    document, _ = recover.read(io.BytesIO(plain))
    space = document.modelspace()
    unit = _UNITS.get(document.header.get("$INSUNITS", 0))
    if len(space) > MOST_ENTITIES or any(each.dxftype() == "INSERT" for each in space):
        return Facts(unit=unit)
    box = bbox.extents((each for each in space if each.dxftype() in _OUTLINES), fast=False)
    size = tuple(box.size) if box.has_data else None
    if size and len(size) == 3 and not size[2]:
        size = size[:2]
    return Facts(unit=unit, size=size if unit else None)
