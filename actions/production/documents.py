"""Papers of an order: which exist, who may have them, and the very file, unchanged. Source: ``v_document``.

Nothing here makes, fills in or dates a paper. What quality or the ERP did not issue is not there.
"""

import datetime as dt
import hashlib
import mimetypes
import stat
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.sql.elements import ColumnElement

from actions.production import views
from actions.production.identity import Identity
from actions.production.orders import same
from actions.production.rights import rights
from bot.common.settings import settings

#: Types that show no price. Every other type, also one we do not know, is for contacts who may see prices.
WITHOUT_PRICES = (
    "delivery_note", "packing_list", "test_report", "measuring_report", "material_declaration", "drawing",
    "certificate_2.1", "certificate_2.2", "certificate_3.1", "certificate_3.2",
)  # fmt: skip
#: A paper larger than this is not handed out in a chat, bytes.
LARGEST = 25_000_000
CODES = ("ok", "document_unknown", "no_right_to_prices", "file_missing")


@dataclass(frozen=True)
class Document:
    """A paper that exists. ``line_no`` None: of the whole order. ``may_have``: the contact may be given it."""

    document_id: str
    order_no: str
    line_no: int | None
    type: str
    heat_no: str | None
    issued_on: dt.date | None
    file_name: str
    may_have: bool


@dataclass(frozen=True)
class DocumentFile:
    """The file of a document: ``code`` is ``ok`` or says why there is none. ``data`` are the bytes as issued."""

    code: str
    document: Document | None = None
    name: str = ""
    media_type: str = ""
    data: bytes = b""
    sha256: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is a file to hand out."""
        return self.code == "ok"


def documents_of(
    engine: Engine, identity: Identity, order_no: str, line_no: int | None = None, kind: str | None = None
) -> list[Document]:
    """Papers of the customer's order, newest first: of one line (and those of the whole order), of one type.

    ``kind`` may be the beginning of a type: ``certificate`` means every certificate. Raises SQLAlchemyError.
    """
    view = views.document.c
    conditions = [same(view.order_no, order_no)]
    if line_no is not None:
        conditions.append(view.line_no.is_(None) | (view.line_no == line_no))
    if kind is not None:
        conditions.append(view.type.startswith(kind, autoescape=True))
    return _read(engine, identity, *conditions)


def documents_of_heat(engine: Engine, identity: Identity, heat_no: str) -> list[Document]:
    """Papers of the customer's orders that name a heat. Raises SQLAlchemyError."""
    return _read(engine, identity, same(views.document.c.heat_no, heat_no))


def find_document(engine: Engine, identity: Identity, document_id: str) -> Document | None:
    """The customer's document of that id; None when the customer has none. Raises SQLAlchemyError."""
    return next(iter(_read(engine, identity, views.document.c.document_id == document_id)), None)


def hand_out(engine: Engine, identity: Identity, document_id: str, folder: Path | None = None) -> DocumentFile:
    """The very file of a document, read anew; ``folder`` defaults to SMELT_DOCUMENTS_DIR.

    Another customer's document and none are the same answer. Raises SQLAlchemyError; a missing or unreadable file is
    the code ``file_missing``.
    """
    document = find_document(engine, identity, document_id)
    if document is None:
        return DocumentFile("document_unknown")
    if not document.may_have:
        return DocumentFile("no_right_to_prices", document)
    data = _bytes(document.file_name, folder or settings().documents_folder)
    if data is None:
        return DocumentFile("file_missing", document)
    name = Path(document.file_name).name
    return DocumentFile("ok", document, name, _media_type(name, data), data, hashlib.sha256(data).hexdigest())


def _bytes(file_name: str, folder: Path) -> bytes | None:
    """The file's bytes, from within the folder only: neither ``..`` nor a link leads out of it."""
    try:
        root = folder.resolve(strict=True)
        path = (root / file_name).resolve(strict=True)
        if not path.is_relative_to(root):
            return None
        info = path.stat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > LARGEST:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _media_type(name: str, data: bytes) -> str:
    """PDF by its content; everything else by name, and only as a download."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if guessed in ("application/pdf", "text/html", "image/svg+xml") else guessed


def _read(engine: Engine, identity: Identity, *conditions: ColumnElement[bool]) -> list[Document]:
    view = views.document.c
    query = (
        select(
            view.document_id, view.order_no, view.line_no, view.type, view.heat_no, view.issued_on, view.file_name
        )
        .where(view.customer_id == identity.customer_id, *conditions)
        .order_by(view.issued_on.desc(), view.document_id.desc())
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    prices = bool(rows) and rights(engine, identity).may_see_prices
    return [Document(**row._mapping, may_have=prices or row.type in WITHOUT_PRICES) for row in rows]
