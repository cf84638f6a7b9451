"""The files behind the invented plant's documents: PDFs marked SPECIMEN, the same for the same plant."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.demo.pdf import page
from actions.production.demo.seeding import NotADemoError
from bot.common.data_file import read_yaml

WORDS = Path(__file__).with_name("papers.yml")
#: Marks a folder the demo may write into and clear.
MARK = ".smelt-demo"


def write_papers(engine: Engine, folder: Path) -> int:
    """Write a file for every document of the invented plant, replacing those of an earlier one; returns how many.

    Raises NotADemoError when the folder holds files that the demo did not write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists() and any(folder.iterdir()):
        raise NotADemoError(f"{folder} holds files that the demo did not write")
    mark.touch()
    words = read_yaml(WORDS)
    papers = {row.file_name: row for row in _documents(engine)}
    for path in folder.glob("*.pdf"):
        if path.name not in papers:
            path.unlink()
    for name, row in papers.items():
        (folder / name).write_bytes(paper(row, words))
    return len(papers)


def paper(row: Row[Any], words: Mapping[str, Any]) -> bytes:
    """One document as PDF, in the customer's language."""
    own = words["nb" if row.country == "NO" else "en"]
    values = {
        "number": row.document_id, "issued": row.issued_on, "customer": row.name, "order": row.order_no,
        "po": row.customer_po, "line": row.line_no, "part": row.product_no, "drawing": _drawing(row),
        "alloy": row.alloy, "quantity": row.quantity, "confirmed": row.confirmed_date, "heat": row.heat_no,
    }  # fmt: skip
    lines = [f"{own['labels'][name]}: {value}" for name, value in values.items() if value is not None]
    if row.type.startswith("certificate"):
        lines += ["", own["no_results"]]
    return page(own["titles"][row.type], lines, words["stamp"], own["warning"])


def _drawing(row: Row[Any]) -> str | None:
    return f"{row.drawing_no} rev. {row.revision}" if row.drawing_no else None


def _documents(engine: Engine) -> list[Row[Any]]:
    """All documents with what stands on them; those of a whole order without a part."""
    document, line, product = views.document.c, views.order_line.c, views.product.c
    query = (
        select(
            views.document, views.customer.c.name, views.customer.c.country, views.order.c.customer_po,
            line.quantity, line.confirmed_date, line.revision, product.product_no, product.drawing_no, product.alloy,
        )
        .join(views.customer, views.customer.c.customer_id == document.customer_id)
        .join(views.order, views.order.c.order_no == document.order_no)
        .outerjoin(views.order_line, (line.order_no == document.order_no) & (line.line_no == document.line_no))
        .outerjoin(views.product, product.product_id == line.product_id)
        .order_by(document.document_id)
    )  # fmt: skip
    with engine.connect() as connection:
        return list(connection.execute(query))
