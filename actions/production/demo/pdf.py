"""A PDF of one page of text with a stamp across it: as much of ISO 32000-1 as the demo's papers need."""

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
LEFT, TOP, LEADING = 60, 770, 20


def page(title: str, lines: Sequence[str], stamp: str, warning: str) -> bytes:
    """An A4 page in Helvetica: the stamp diagonally over it, the warning above and below. The same text, the same bytes."""
    content = "\n".join(
        [
            # Light grey, turned by 55 degrees, under the text.
            f"q 0.82 g BT /F1 100 Tf 0.574 0.819 -0.819 0.574 155 200 Tm {_text(stamp)} Tj ET Q",
            _line(warning, 10, LEFT, HEIGHT - 40),
            _line(title, 18, LEFT, TOP),
            *(_line(text, 11, LEFT, TOP - 40 - LEADING * number) for number, text in enumerate(lines)),
            _line(warning, 10, LEFT, 40),
        ]
    ).encode("cp1252", "replace")
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>" % (WIDTH, HEIGHT),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _line(text: str, size: int, x: int, y: int) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td {_text(text)} Tj ET"


def _text(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )
