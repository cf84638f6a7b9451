"""Finished pieces on the shelf of the customer's own parts. Source: ``v_stock``."""

from sqlalchemy import Engine, or_, select

from actions.production import views
from actions.production.identity import Identity


def free_stock(engine: Engine, identity: Identity, product_id: str) -> int | None:
    """Pieces on the shelf that nobody was promised, never below zero.

    None when the source says nothing, or the part is not the customer's. Raises SQLAlchemyError.
    """
    stock, product, own = views.stock.c, views.product.c, views.customer_product.c
    named = select(own.product_id).where(own.customer_id == identity.customer_id)
    query = (
        select(stock.on_hand, stock.reserved)
        .join(views.product, product.product_id == stock.product_id)
        .where(stock.product_id == product_id)
        .where(or_(product.owner_customer_id == identity.customer_id, product.product_id.in_(named)))
    )
    with engine.connect() as connection:
        row = connection.execute(query).first()
    if row is None or row.on_hand is None:
        return None
    return max(0, int(row.on_hand) - int(row.reserved or 0))
