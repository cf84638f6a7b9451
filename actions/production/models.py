"""Tables of our own production schema (SQLAlchemy 2.0), for a foundry without an ERP that offers the views itself.

Kilograms, millimetres, decimal hours, money in minor units with an ISO currency, dates of the foundry's calendar,
moments in UTC. Ids are text. Read them through ``actions.production.views``, never directly.
"""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
#: ``planner_week.resource_id`` that stands for the whole plant.
WHOLE_PLANT = "*"


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: stored in UTC on every database, aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Turn an aware moment into UTC. Raises ValueError for a naive one, which could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment, aware, in UTC."""
        return None if value is None else aware(value)


def aware(value: dt.datetime) -> dt.datetime:
    """A moment as read from a view, in UTC: SQLite gives naive ones, which are UTC by contract."""
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Root of the production tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: UtcDateTime()}


class Source(Base):
    """One row: where the data comes from, as of when, and the demo plant's date and seed (empty for a real plant)."""

    __tablename__ = "source"
    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str]
    data_as_of: Mapped[dt.datetime]
    demo_date: Mapped[dt.date | None]
    demo_seed: Mapped[int | None]
    demo_version: Mapped[int | None]


class CalendarDay(Base):
    """A day with its ISO year and week, so that views need no week arithmetic."""

    __tablename__ = "calendar_day"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    iso_year: Mapped[int]
    iso_week: Mapped[int]


class Customer(Base):
    """A company that buys castings."""

    __tablename__ = "customer"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    language: Mapped[str]
    currency: Mapped[str]
    incoterm: Mapped[str]
    delivery_place: Mapped[str]
    transit_days: Mapped[int]
    payment_days: Mapped[int]
    credit_hold: Mapped[bool]


class Contact(Base):
    """A person at a customer, with rights."""

    __tablename__ = "contact"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str]
    role: Mapped[str]
    may_order: Mapped[bool]
    may_see_prices: Mapped[bool]
    active: Mapped[bool]


class Pattern(Base):
    """A casting pattern (modell)."""

    __tablename__ = "pattern"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str]
    owner_customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"))
    type: Mapped[str]
    material: Mapped[str]
    line: Mapped[str]
    shrink_pct: Mapped[float]
    cavities: Mapped[int]
    location: Mapped[str]
    condition: Mapped[str]
    revision: Mapped[str]
    last_used: Mapped[dt.date | None]
    storage_until: Mapped[dt.date | None]


class Product(Base):
    """A part (artikkel) with its method card."""

    __tablename__ = "product"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    description_nb: Mapped[str]
    description_en: Mapped[str]
    owner_customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    drawing_no: Mapped[str] = mapped_column(index=True)
    revision: Mapped[str]
    pattern_id: Mapped[str | None] = mapped_column(ForeignKey("pattern.id"))
    alloy: Mapped[str]
    temper: Mapped[str]
    line: Mapped[str]
    castings_per_mould: Mapped[int]
    casting_kg: Mapped[float]
    poured_kg_per_mould: Mapped[float]
    finished_kg: Mapped[float | None]
    core_hours_per_mould: Mapped[float]
    fettling_hours_per_piece: Mapped[float]
    heat_treatment_class: Mapped[str | None]
    basket_litres: Mapped[float | None]
    ndt: Mapped[str | None]
    pressure_bar: Mapped[float | None]
    machining_hours_per_piece: Mapped[float]
    subcontract_days: Mapped[int]
    certificate: Mapped[str | None]
    release_status: Mapped[str]
    listed_lead_time_days: Mapped[int | None]
    minimum_quantity: Mapped[int | None]


class CustomerProduct(Base):
    """The customer's own number and drawing for a part."""

    __tablename__ = "customer_product"
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), primary_key=True)
    customer_part_no: Mapped[str]
    drawing_no: Mapped[str]
    revision: Mapped[str]


class Price(Base):
    """A customer's price for a part from a quantity on, in minor units per piece or per kg."""

    __tablename__ = "price"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    currency: Mapped[str]
    minimum_quantity: Mapped[int]
    price_minor: Mapped[int]
    per: Mapped[str]
    surcharge_month: Mapped[str | None]
    surcharge_open: Mapped[bool]
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date]


class Quotation(Base):
    """A quotation given: price per piece in minor units, with its validity."""

    __tablename__ = "quotation"
    number: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    quantity: Mapped[int]
    currency: Mapped[str]
    price_minor: Mapped[int]
    issued_on: Mapped[dt.date]
    valid_until: Mapped[dt.date]
    state: Mapped[str]


class Agreement(Base):
    """A framework agreement on one part; what is called off is kept here, what remains the view computes."""

    __tablename__ = "agreement"
    number: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    agreed_quantity: Mapped[int]
    called_off_quantity: Mapped[int]
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date]


class Stock(Base):
    """Finished pieces on the shelf."""

    __tablename__ = "stock"
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), primary_key=True)
    on_hand: Mapped[int]
    reserved: Mapped[int]


class SalesOrder(Base):
    """A customer's order. Its status is derived from its lines."""

    __tablename__ = "sales_order"
    number: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"))
    customer_po: Mapped[str | None]
    ordered_on: Mapped[dt.date]
    currency: Mapped[str]
    __table_args__ = (
        Index(None, "customer_id", "ordered_on"),
        Index(None, "customer_id", "customer_po"),
    )


class OrderLine(Base):
    """One part on an order. ``state`` is the office's word; production and shipments take the status further."""

    __tablename__ = "order_line"
    order_no: Mapped[str] = mapped_column(ForeignKey("sales_order.number"))
    line_no: Mapped[int]
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"), index=True)
    revision: Mapped[str]
    quantity: Mapped[int]
    wanted_date: Mapped[dt.date | None]
    confirmed_date: Mapped[dt.date | None]
    #: received, quoted, confirmed or cancelled
    state: Mapped[str]
    split_allowed: Mapped[bool]
    certificate: Mapped[str | None]
    __table_args__ = (PrimaryKeyConstraint("order_no", "line_no"),)


class PromiseChange(Base):
    """A confirmed date that was moved, why, and whether the customer may read the reason."""

    __tablename__ = "promise_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("sales_order.number"))
    line_no: Mapped[int]
    changed_at: Mapped[dt.datetime]
    old_date: Mapped[dt.date]
    new_date: Mapped[dt.date]
    reason_code: Mapped[str | None]
    visible: Mapped[bool]
    __table_args__ = (Index(None, "order_no", "line_no"),)


class WorksOrder(Base):
    """A batch through the shop for one order line."""

    __tablename__ = "works_order"
    number: Mapped[str] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("sales_order.number"))
    line_no: Mapped[int]
    quantity_planned: Mapped[int]
    quantity_ok: Mapped[int]
    quantity_scrap: Mapped[int]
    moulds: Mapped[int]
    poured_kg: Mapped[float]
    heat_no: Mapped[str | None]
    __table_args__ = (Index(None, "order_no", "line_no"),)


class Operation(Base):
    """One step of a works order's routing."""

    __tablename__ = "operation"
    works_order_no: Mapped[str] = mapped_column(ForeignKey("works_order.number"))
    sequence: Mapped[int]
    code: Mapped[str]
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resource.id"))
    planned_start: Mapped[dt.date | None]
    planned_end: Mapped[dt.date | None]
    finished_on: Mapped[dt.date | None]
    hours: Mapped[float]
    done_quantity: Mapped[int]
    scrap_quantity: Mapped[int]
    state: Mapped[str]
    blocked_reason: Mapped[str | None]
    __table_args__ = (PrimaryKeyConstraint("works_order_no", "sequence"),)


class Delivery(Base):
    """Pieces of one order line in one shipment."""

    __tablename__ = "delivery"
    number: Mapped[str]
    order_no: Mapped[str] = mapped_column(ForeignKey("sales_order.number"))
    line_no: Mapped[int]
    quantity: Mapped[int]
    shipped_on: Mapped[dt.date]
    carrier: Mapped[str]
    tracking_no: Mapped[str | None]
    tracking_url: Mapped[str | None]
    expected_on: Mapped[dt.date | None]
    delivered_on: Mapped[dt.date | None]
    __table_args__ = (PrimaryKeyConstraint("number", "order_no", "line_no"), Index(None, "order_no", "line_no"))


class Document(Base):
    """A paper that exists for an order: confirmation, certificate, delivery note, invoice."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("sales_order.number"), index=True)
    line_no: Mapped[int | None]
    type: Mapped[str]
    heat_no: Mapped[str | None]
    issued_on: Mapped[dt.date]
    file_name: Mapped[str]


class Resource(Base):
    """A furnace, moulding line or cell with what it can do in a day."""

    __tablename__ = "resource"
    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    unit: Mapped[str]
    capacity_per_day: Mapped[float]
    max_single_pour_kg: Mapped[float | None]
    melt_groups: Mapped[str | None]


class ResourceDay(Base):
    """A resource on a day: capacity, load booked by the plan, campaign, and why it is closed."""

    __tablename__ = "resource_day"
    resource_id: Mapped[str] = mapped_column(ForeignKey("resource.id"))
    day: Mapped[dt.date] = mapped_column(ForeignKey("calendar_day.day"))
    capacity: Mapped[float]
    booked: Mapped[float]
    melt_group: Mapped[str | None]
    closed_reason: Mapped[str | None]
    __table_args__ = (PrimaryKeyConstraint("resource_id", "day"), Index(None, "day"))


class PlannerWeek(Base):
    """The planner's word about a week, for one resource or the whole plant (``*``): closed, or a band."""

    __tablename__ = "planner_week"
    iso_year: Mapped[int]
    iso_week: Mapped[int]
    resource_id: Mapped[str]
    closed: Mapped[bool]
    band: Mapped[str | None]
    __table_args__ = (PrimaryKeyConstraint("iso_year", "iso_week", "resource_id"),)


class Hold(Base):
    """Capacity kept for a customer until it expires. ``request_id`` makes asking twice one hold."""

    __tablename__ = "hold"
    id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str]
    customer_id: Mapped[str] = mapped_column(index=True)
    contact_id: Mapped[str]
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    #: active or released
    state: Mapped[str]
    __table_args__ = (UniqueConstraint("request_id"),)


class HoldDay(Base):
    """What a hold takes of one resource on one day, in the resource's unit."""

    __tablename__ = "hold_day"
    hold_id: Mapped[str] = mapped_column(ForeignKey("hold.id", ondelete="CASCADE"))
    resource_id: Mapped[str] = mapped_column(ForeignKey("resource.id"))
    day: Mapped[dt.date]
    quantity: Mapped[float]
    __table_args__ = (PrimaryKeyConstraint("hold_id", "resource_id", "day"), Index(None, "resource_id", "day"))


class IntakeSubmission(Base):
    """A customer's confirmed wish as it arrived: something a person takes into the ERP or refuses. No order yet.

    ``id`` is the receipt's number, ``request_id`` makes sending twice one wish. ``urgent``: stops before a melt.
    """

    __tablename__ = "intake_submission"
    id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str]
    kind: Mapped[str]
    urgent: Mapped[bool]
    customer_id: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[str | None]
    proved: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[dt.datetime]
    hold_id: Mapped[str | None]
    #: received, accepted or refused: the planner's and sales' word
    state: Mapped[str]
    __table_args__ = (UniqueConstraint("request_id"), Index(None, "state", "received_at"))
