"""Complaints that are not settled: a part somebody complains about is not made again unseen."""

from sqlalchemy import Engine, select

from bot.store.cases.files import OPEN
from bot.store.cases.models import Case
from bot.store.database import reading


def open_complaints(engine: Engine, customer_id: str) -> list[str]:
    """What the open complaints of a customer say."""
    query = select(Case.wording).where(Case.customer_id == customer_id, Case.kind == "complaint", Case.state.in_(OPEN))
    with reading(engine) as session:
        return list(session.scalars(query))
