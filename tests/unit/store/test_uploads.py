"""Which files are taken, and under which harmless name."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.common.settings import settings
from bot.store import uploads
from bot.store.uploads import BadUpload

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
STEP = b"ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nENDSEC;\n"
DXF = b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n  9\r\n$ACADVER\r\n"
DWG = b"AC1032\x00\x00\x00\x00\x00\x00\x00" + b"\x00" * 100
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def media(brand: bytes, *others: bytes) -> bytes:
    """The beginning of an ISO media file."""
    brands = brand + b"\x00\x00\x00\x00" + b"".join(others)
    return (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + b"\x00\x00\x00\x08mdat"


@pytest.mark.parametrize(
    ("name", "content", "kept", "media_type"),
    [
        ("Pumpehus rev C.pdf", PDF, "Pumpehus rev C.pdf", "application/pdf"),
        ("hus.STP", STEP, "hus.stp", "model/step"),
        ("hus.step", b"\r\n" + STEP, "hus.step", "model/step"),
        ("hus.dxf", DXF, "hus.dxf", "image/vnd.dxf"),
        ("hus.dwg", DWG, "hus.dwg", "image/vnd.dwg"),
        ("bilde.PNG", PNG, "bilde.png", "image/png"),
        ("bilde.jpeg", JPEG, "bilde.jpeg", "image/jpeg"),
        ("bilde.png", JPEG, "bilde.png.jpg", "image/jpeg"),
        ("tegning", PDF, "tegning.pdf", "application/pdf"),
        ("bom.pdf", b"\xef\xbb\xbf" + PDF, "bom.pdf", "application/pdf"),
        ("blank.pdf", b"\r\n\r\n" + PDF, "blank.pdf", "application/pdf"),
        ("skriver.pdf", b"\x1b%-12345X@PJL JOB\r\n" + PDF, "skriver.pdf", "application/pdf"),
        ("sist.pdf", b" " * 1016 + PDF, "sist.pdf", "application/pdf"),
        ("hus.stp", b"\xef\xbb\xbf" + STEP, "hus.stp", "model/step"),
        ("hus.stp", b"/* made by hand */\n" + STEP, "hus.stp", "model/step"),
        ("hus.p21", b" \n\t" + STEP.replace(b"21;", b"21 ;"), "hus.p21", "model/step"),
        ("hus.dxf", b"\xef\xbb\xbf" + DXF, "hus.dxf", "image/vnd.dxf"),
        ("hus.dxf", DXF.replace(b"\r\n", b"  \r\n"), "hus.dxf", "image/vnd.dxf"),
        ("hus.dxf", DXF.replace(b"\r\n", b"\r"), "hus.dxf", "image/vnd.dxf"),
        ("hus.dxf", b"999\r\nmade by hand\r\n" + DXF, "hus.dxf", "image/vnd.dxf"),
        ("hus.dxf", b"AutoCAD Binary DXF\r\n\x1a\x00", "hus.dxf", "image/vnd.dxf"),
        ("bilde.heic", media(b"msf1"), "bilde.heic", "image/heif"),
        ("bilde.heic", media(b"heis"), "bilde.heic", "image/heif"),
        ("bilde.heic", media(b"hevx"), "bilde.heic", "image/heif"),
        ("bilde.heic", media(b"heic", b"mif1", b"heic"), "bilde.heic", "image/heif"),
        ("bilde.heif", media(b"1234", b"mif1"), "bilde.heif", "image/heif"),
        ("bilde.avif", media(b"avif", b"mif1"), "bilde.avif", "image/avif"),
        ("bilde.heic", media(b"mif1", b"avif"), "bilde.heic.avif", "image/avif"),
        ("bilde.avif", media(b"avis"), "bilde.avif", "image/avif"),
        ("../../x.svg", PDF, "x.svg.pdf", "application/pdf"),
        ("..\\..\\windows\\x.exe", PDF, "x.exe.pdf", "application/pdf"),
        ("fdp.\u202eexe.pdf", PDF, "fdp.exe.pdf", "application/pdf"),
        ("a\u200bb\x00c\n.pdf", PDF, "abc.pdf", "application/pdf"),
        ('<img src=x onerror="a">.pdf', PDF, "img src=x onerror=a.pdf", "application/pdf"),
        ("", PDF, "file.pdf", "application/pdf"),
        ("...", PDF, "file.pdf", "application/pdf"),
        ("å" * 300 + ".pdf", PDF, "å" * 116 + ".pdf", "application/pdf"),
    ],
)
def test_taken(name: str, content: bytes, kept: str, media_type: str) -> None:
    info = uploads.check(name, content)
    assert (info.name, info.media_type, info.size) == (kept, media_type, len(content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tom.pdf", b"", "empty"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "type"),
        ("x.pdf", b"<html><script>alert(1)</script>", "type"),
        ("x.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "type"),
        ("x.pdf", b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "type"),
        ("x.txt", b"hei", "type"),
        ("x.stp", b"ISO-10303-22;", "type"),
        ("x.sh", b"#!/bin/sh\nrm -rf /\n", "type"),
        ("x.pdf", b"#!/bin/sh\n" + PDF, "type"),
        ("x.pdf", b"MZ\x90\x00" + PDF, "type"),
        ("x.pdf", b" <html>" + PDF, "type"),
        ("x.pdf", b" " * 1024 + PDF, "type"),
        ("x.dxf", b"0\nSECTIONS\n", "type"),
        ("x.heic", media(b"qt  "), "type"),
        ("x.heic", media(b"isom", b"mp42"), "type"),
        ("x.heic", media(b"isom")[:-1] + b"heic" * 8, "type"),
    ],
)
def test_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(BadUpload) as refused:
        uploads.check(name, content)
    assert refused.value.code == code


MAIN = '<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{}"/></Types>'
DOCUMENT, SHEET = MAIN.format("wordprocessingml.document.main+xml"), MAIN.format("spreadsheetml.sheet.main+xml")


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ({"word/document.xml": ""}, "a.docx"),
        ({"[Content_Types].xml": DOCUMENT, "word/document2.xml": ""}, "a.docx"),
        ({"[Content_Types].xml": SHEET, "xl\\workbook.xml": ""}, "a.xlsx"),
        ({"[content_types].XML": SHEET, "XL/Workbook2.xml": ""}, "a.xlsx"),
        ({"xl\\workbook.xml": ""}, "a.xlsx"),
        ({"/word/document.xml": ""}, "a.docx"),
        ({"[Content_Types].xml": DOCUMENT, "xl/workbook.xml": "", "word/document.xml": ""}, "a.docx"),
        (
            {"[Content_Types].xml": MAIN.format("presentationml.presentation.main+xml"), "ppt/presentation.xml": ""},
            None,
        ),
        ({"[Content_Types].xml": "x" * 2_000_000}, None),
        ({"readme.txt": "word/document.xml"}, None),
    ],
)
def test_an_office_file_is_what_its_list_of_contents_says(parts: dict[str, str], kept: str | None) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    if kept is None:
        with pytest.raises(BadUpload, match="type"):
            uploads.check("a", content.getvalue())
    else:
        assert uploads.check("a", content.getvalue()).name == kept


@pytest.mark.parametrize(
    "content", [b"ISO" * 5000, b" " * 5000, b"999\n" * 2000, b"/*" * 3000, b"%PDF" * 3000, b"\xff" * 5000]
)
def test_what_is_nearly_a_type_is_refused(content: bytes) -> None:
    with pytest.raises(BadUpload, match="type"):
        uploads.check("a.pdf", content)


def archive(entries: int) -> bytes:
    """A workbook with this many entries."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(entries - 1):
            file.writestr(f"x{number}", "")
    return content.getvalue()


def with_count(content: bytes, count: int) -> bytes:
    """The archive with another number of entries in its end record."""
    end = content.rfind(b"PK\x05\x06")
    number = count.to_bytes(2, "little")
    return content[: end + 8] + number + number + content[end + 12 :]


def test_an_archive_with_very_many_entries_is_not_opened() -> None:
    assert uploads.check("a.xlsx", archive(3)).name == "a.xlsx"
    many = archive(uploads.MOST_ENTRIES + 1)
    for content in (many, with_count(many, 3), with_count(archive(3), 65_535)):
        with pytest.raises(BadUpload, match="type"):
            uploads.check("a.xlsx", content)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    with pytest.raises(BadUpload, match="too_large"):
        uploads.check("x.pdf", PDF + b"0" * 1_000_000)
    settings.cache_clear()


def test_a_file_lies_under_its_random_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    one, two = uploads.check("a.pdf", PDF), uploads.check("a.pdf", PDF)
    assert one.id != two.id
    uploads.store(one, PDF)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [one.id]
    assert uploads.path_of(one.id).read_bytes() == PDF
    uploads.remove(one.id)
    uploads.remove(one.id)
    assert not uploads.path_of(one.id).exists()
    settings.cache_clear()


@pytest.mark.parametrize("bad", ["", "..", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "/x"])
def test_no_other_path_can_be_asked_for(bad: str) -> None:
    with pytest.raises(ValueError, match="upload id"):
        uploads.path_of(bad)
