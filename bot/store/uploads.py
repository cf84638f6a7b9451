"""Files of a conversation: which are taken, under which name, and where they lie.

The type is told by the content, never by the name. A file lies under a random id in ``<data dir>/uploads`` and is only
ever given out as a download.
"""

import hashlib
import io
import os
import re
import secrets
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.store.database import reading
from bot.store.models import Message, Upload
from bot.store.sheets import decoded, delimiter_of

#: What customers and staff may send: usual ending of the name, and media type.
ACCEPTED = {
    ".pdf": "application/pdf", ".step": "model/step", ".dwg": "image/vnd.dwg", ".dxf": "image/vnd.dxf",
    ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".tif": "image/tiff", ".heif": "image/heif",
    ".avif": "image/avif", ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
#: Other endings of the same types.
ALIKE = {
    ".stp": ".step",
    ".p21": ".step",
    ".jpeg": ".jpg",
    ".jpe": ".jpg",
    ".tiff": ".tif",
    ".heic": ".heif",
    ".txt": ".csv",
    ".tsv": ".csv",
}
#: In front of a text format; the ends of its lines, with blanks that some programs leave there.
_FRONT, _END_OF_LINE = rb"(?:\xef\xbb\xbf)?\s*", rb"[ \t]*(?:\r\n|\n|\r)"
#: How each type begins. General detectors know neither STEP nor DXF, and here a closed list is what is wanted.
_SIGNATURES = {
    ".step": re.compile(_FRONT + rb"(?:/\*[^*]{0,2000}\*/\s*)?ISO-10303-21\s*;"),
    ".dwg": re.compile(rb"AC10\d\d"),
    ".dxf": re.compile(
        _FRONT
        + rb"(?:999"
        + _END_OF_LINE
        + rb"[^\r\n]*\s+)*0"
        + _END_OF_LINE
        + rb"[ \t]*SECTION"
        + _END_OF_LINE
        + rb"|AutoCAD Binary DXF\r\n"
    ),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".tif": re.compile(rb"II\*\x00|MM\x00\*"),
    # What comes before its header is another program's, a mail's or a printer's, and no program or page itself.
    ".pdf": re.compile(rb"(?!MZ|\x7fELF|#!|\s*<)[\x00-\xff]{0,1019}?%PDF-\d\.\d"),
}
#: The brands of a picture in an ISO media file, by what its first box names; the second kind may call itself the first.
_MEDIA = re.compile(rb"(?P<size>....)ftyp(?P<brands>(?:....){1,64})", re.DOTALL)
_AVIF = {b"avif", b"avis"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"}
#: Office files are archives: their list of contents tells which, and where there is none, the part inside.
_CONTENTS, _LONGEST_CONTENTS = "[content_types].xml", 1_000_000
_MAIN_PARTS = {
    ".xlsx": ("spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
    ".docx": ("wordprocessingml.document.main+xml", "word/document.xml"),
}
#: Entries of an archive that is opened at all; a large workbook has hundreds.
MOST_ENTRIES = 5000
#: How an entry of an archive's directory begins, and its end record; that one lies in the last bytes.
_ENTRY, _END, _LONGEST_END = b"PK\x01\x02", b"PK\x05\x06", 22 + 65_535
#: The largest file of separated values.
LARGEST_TEXT = 1_000_000
LONGEST_NAME = 120
MOST_FILES = 40


class BadUpload(ValueError):
    """The file is refused; ``code`` is what the client is told: ``empty``, ``too_large``, ``type``, ``too_many``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FileInfo:
    """A file that may be kept."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    #: What it says of itself, where it was looked into.
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def card(self) -> dict[str, Any]:
        """The file as a message's card."""
        card = {"type": "file", "id": self.id, "name": self.name, "size": self.size, "media_type": self.media_type}
        return card | ({"facts": self.facts} if self.facts else {})


def largest() -> int:
    """The largest file in bytes."""
    return settings().max_upload_mb * 1_000_000


def check(name: str, content: bytes) -> FileInfo:
    """What a file is, under a harmless name. Raises BadUpload."""
    if not content:
        raise BadUpload("empty")
    if len(content) > largest():
        raise BadUpload("too_large")
    ending = _ending(content)
    if ending is None:
        raise BadUpload("type")
    return FileInfo(
        secrets.token_hex(16), _harmless(name, ending), ACCEPTED[ending], len(content),
        hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def store(info: FileInfo, content: bytes) -> None:
    """Write the file, whole or not at all."""
    path = path_of(info.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def path_of(upload_id: str) -> Path:
    """Where a file lies. Raises ValueError for an id that is none of ours."""
    if not re.fullmatch(r"[0-9a-f]{32}", upload_id):
        raise ValueError("upload id")
    return settings().data_dir / "uploads" / upload_id


def remove(upload_id: str) -> None:
    """Delete a file from the disk; one that is gone already is fine."""
    path_of(upload_id).unlink(missing_ok=True)


def put(session: Session, info: FileInfo, conversation: str, direction: str) -> None:
    """The row of a stored file, within a transaction of the caller. Raises BadUpload when there are too many."""
    if _full(session, conversation):
        raise BadUpload("too_many")
    session.add(
        Upload(
            id=info.id, conversation_id=conversation, direction=direction, name=info.name,
            media_type=info.media_type, size=info.size, sha256=info.sha256, at=utcnow(),
        )
    )  # fmt: skip


def may_come(engine: Engine, conversation: str, client_id: str) -> None:
    """Whether a conversation takes one more file, asked before it is read. Raises BadUpload.

    One that came already may come again: its client did not hear of it.
    """
    with reading(engine) as session:
        known = select(Message.id).where(Message.conversation_id == conversation, Message.client_id == client_id)
        if _full(session, conversation) and session.scalar(known) is None:
            raise BadUpload("too_many")


def _full(session: Session, conversation: str) -> bool:
    count = select(func.count()).select_from(Upload).where(Upload.conversation_id == conversation)
    return (session.scalar(count) or 0) >= MOST_FILES


def find(engine: Engine, upload_id: str, conversation: str | None = None) -> FileInfo | None:
    """A file by its id; with ``conversation`` only when it belongs to it."""
    with reading(engine) as session:
        row = session.get(Upload, upload_id)
        if row is None or (conversation is not None and row.conversation_id != conversation):
            return None
        return FileInfo(row.id, row.name, row.media_type, row.size, row.sha256)


def _ending(content: bytes) -> str | None:
    head = content[:4096]
    found = next((ending for ending, signature in _SIGNATURES.items() if signature.match(head)), None)
    if head.startswith(b"PK\x03\x04"):
        return _office(content)
    return found or _picture(head) or (".csv" if _holds_values(content) else None)


def _picture(head: bytes) -> str | None:
    """HEIF or AVIF, by the brands in the first box."""
    box = _MEDIA.match(head)
    if box is None:
        return None
    end = max(0, min(int.from_bytes(box["size"], "big") - 8, len(box["brands"])))
    # The first brand, its version, and those it is compatible with.
    brands = [box["brands"][at : at + 4] for at in range(0, end, 4) if at != 4]
    if _AVIF.intersection(brands):
        return ".avif"
    return ".heif" if _HEIF.intersection(brands) else None


def _office(content: bytes) -> str | None:
    """Workbook or document, by what the archive says is its main part, whatever that part is called."""
    if _entries(content) > MOST_ENTRIES:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = {each.filename.replace("\\", "/").lstrip("/").lower(): each for each in archive.infolist()}
            listed = ""
            if _CONTENTS in inside:
                with archive.open(inside[_CONTENTS]) as file:
                    listed = file.read(_LONGEST_CONTENTS).decode("utf-8", "replace").lower()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None
    kinds = _MAIN_PARTS.items()
    by_list = next((ending for ending, (kind, _) in kinds if kind in listed), None)
    return by_list or next((ending for ending, (_, part) in kinds if part in inside), None)


def _holds_values(content: bytes) -> bool:
    """Whether a file is text with the same sign between values in most of its lines."""
    if len(content) > LARGEST_TEXT:
        return False
    text = decoded(content)
    printable = text is not None and not any(
        unicodedata.category(each) == "Cc" and each not in "\r\n\t" for each in text
    )
    return (
        printable
        and not (text or "").lstrip().startswith(("<", "{", "%", "#!"))
        and delimiter_of(text or "") is not None
    )


def _entries(content: bytes) -> int:
    """How many entries an archive says it has, or has: reading them takes time and memory for each.

    The reader goes by the length of the directory, so the number in its end record may lie either way.
    """
    end = content.rfind(_END, max(0, len(content) - _LONGEST_END))
    said = int.from_bytes(content[end + 10 : end + 12], "little") if end >= 0 else 0
    return max(said, content.count(_ENTRY))


def _harmless(name: str, ending: str) -> str:
    """The last part of a name, without characters that steer a reader's eye, ending as its type does."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "C" and letter not in '<>:"|?*')
    stem, dot, own = " ".join(seen.split()).strip(". ").rpartition(".")
    own = f".{own.lower()}"
    if not dot or ALIKE.get(own, own) != ending:
        stem, own = f"{stem}{dot}{own[1:]}" if dot else own[1:], ending
    return f"{stem.strip('. ')[: LONGEST_NAME - len(own)] or 'file'}{own}"
