"""The read contract: every view an ERP must offer, declared column by column and never reflected.

Ids are text, dates are dates (foundry's calendar), weights are kilograms, lengths millimetres, money is in minor
units with an ISO currency, hours are decimal. `docs/view-contract.md` explains each column to the people who write
the views; `actions.production.verify` checks a database against this module.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, MetaData, String, Table

CONTRACT_VERSION = 1

#: Status of an order and of an order line, as the customer meets it. One closed list.
STATUSES = (
    "received", "quoted", "confirmed", "planned", "in_production", "ready_to_ship", "packing",
    "partly_shipped", "shipped", "delivered", "cancelled",
)  # fmt: skip
#: Why a promise moved: foundry reason codes.
REASONS = ("CAP", "PAT", "MET", "ANA", "SCR", "HT", "NDT", "SUB", "DOC", "LOG", "HOL")
#: Steps of a works order, in routing order.
OPERATIONS = (
    "release", "core", "moulding", "melting", "pouring", "cooling", "cutting", "fettling", "heat_treatment",
    "inspection", "pressure_test", "machining", "surface", "certificate", "packing",
)  # fmt: skip
OPERATION_STATES = ("waiting", "ready", "started", "done", "blocked")
PATTERN_CONDITIONS = ("good", "worn", "damaged", "condemned", "missing")
RELEASE_STATUSES = ("new", "sample", "released", "blocked")
RESOURCE_TYPES = ("furnace", "line", "core", "fettling", "heat_treatment", "inspection", "machining")
#: The planner's word about a week, above every computation.
BANDS = ("good", "limited", "full")

metadata = MetaData()


def _view(name: str, *columns: Column[Any]) -> Table:
    return Table(name, metadata, *columns)


def _text(name: str) -> Column[str]:
    return Column(name, String)


contract = _view(
    "v_contract", _text("contract"), Column("version", Integer), _text("source_system"), Column("data_as_of", DateTime)
)
customer = _view(
    "v_customer", _text("customer_id"), _text("customer_no"), _text("name"), _text("country"), _text("language"),
    _text("currency"), _text("incoterm"), _text("delivery_place"), Column("transit_days", Integer),
    Column("credit_hold", Boolean),
)  # fmt: skip
contact = _view(
    "v_contact", _text("contact_id"), _text("customer_id"), _text("name"), _text("email"), _text("phone"),
    _text("role"), Column("may_order", Boolean), Column("may_see_prices", Boolean), Column("active", Boolean),
)  # fmt: skip
product = _view(
    "v_product", _text("product_id"), _text("product_no"), _text("description_nb"), _text("description_en"),
    _text("owner_customer_id"), _text("drawing_no"), _text("revision"), _text("alloy"), _text("temper"),
    _text("line"), Column("castings_per_mould", Integer), Column("casting_kg", Float),
    Column("poured_kg_per_mould", Float), Column("finished_kg", Float), Column("core_hours_per_mould", Float),
    Column("fettling_hours_per_piece", Float), _text("heat_treatment_class"), Column("basket_litres", Float),
    _text("ndt"), Column("machining_hours_per_piece", Float), Column("subcontract_days", Integer),
    _text("certificate"), _text("release_status"), _text("pattern_id"), Column("listed_lead_time_days", Integer),
    Column("minimum_quantity", Integer),
)  # fmt: skip
customer_product = _view(
    "v_customer_product",
    _text("customer_id"),
    _text("product_id"),
    _text("customer_part_no"),
    _text("drawing_no"),
    _text("revision"),
)
pattern = _view(
    "v_pattern", _text("pattern_id"), _text("pattern_no"), _text("owner"), _text("owner_customer_id"), _text("type"),
    _text("line"), _text("condition"), _text("location"), _text("revision"), Column("last_used", Date),
)  # fmt: skip
price = _view(
    "v_price", _text("price_id"), _text("customer_id"), _text("product_id"), _text("currency"),
    Column("minimum_quantity", Integer), Column("price_minor", Integer), _text("per"), _text("surcharge_month"),
    Column("surcharge_open", Boolean), Column("valid_from", Date), Column("valid_until", Date),
)  # fmt: skip
quotation = _view(
    "v_quotation", _text("quotation_no"), _text("customer_id"), _text("product_id"), Column("quantity", Integer),
    _text("currency"), Column("price_minor", Integer), Column("issued_on", Date), Column("valid_until", Date),
    _text("state"),
)  # fmt: skip
agreement = _view(
    "v_agreement", _text("agreement_no"), _text("customer_id"), _text("product_id"), Column("agreed_quantity", Integer),
    Column("called_off_quantity", Integer), Column("remaining_quantity", Integer), Column("valid_from", Date),
    Column("valid_until", Date),
)  # fmt: skip
stock = _view("v_stock", _text("product_id"), Column("on_hand", Integer), Column("reserved", Integer))
order = _view(
    "v_order", _text("order_no"), _text("customer_id"), _text("contact_id"), _text("customer_po"),
    Column("ordered_on", Date), _text("currency"), _text("status"),
)  # fmt: skip
order_line = _view(
    "v_order_line", _text("order_no"), Column("line_no", Integer), _text("customer_id"), _text("product_id"),
    _text("revision"), Column("quantity", Integer), Column("finished_quantity", Integer),
    Column("shipped_quantity", Integer), Column("wanted_date", Date), Column("confirmed_date", Date),
    Column("iso_year", Integer), Column("iso_week", Integer), _text("status"), Column("split_allowed", Boolean),
    _text("certificate"),
)  # fmt: skip
promise = _view(
    "v_promise", _text("order_no"), Column("line_no", Integer), _text("customer_id"), Column("changed_at", DateTime),
    Column("old_date", Date), Column("new_date", Date), _text("reason_code"), Column("visible", Boolean),
)  # fmt: skip
operation = _view(
    "v_operation", _text("works_order_no"), _text("order_no"), Column("line_no", Integer), _text("customer_id"),
    Column("sequence", Integer), _text("code"), _text("resource_id"), Column("planned_start", Date),
    Column("planned_end", Date), Column("finished_on", Date), Column("done_quantity", Integer),
    Column("scrap_quantity", Integer), _text("state"), _text("blocked_reason"),
)  # fmt: skip
delivery = _view(
    "v_delivery", _text("delivery_no"), _text("order_no"), Column("line_no", Integer), _text("customer_id"),
    Column("quantity", Integer), Column("shipped_on", Date), _text("carrier"), _text("tracking_no"),
    _text("tracking_url"), Column("expected_on", Date), Column("delivered_on", Date),
)  # fmt: skip
document = _view(
    "v_document", _text("document_id"), _text("order_no"), Column("line_no", Integer), _text("customer_id"),
    _text("type"), _text("heat_no"), Column("issued_on", Date), _text("file_name"),
)  # fmt: skip
capacity_week = _view(
    "v_capacity_week", Column("iso_year", Integer), Column("iso_week", Integer), _text("resource_id"),
    _text("resource_type"), _text("unit"), Column("capacity", Float), Column("booked", Float),
    Column("working_days", Integer), Column("planner_closed", Boolean), _text("planner_band"),
)  # fmt: skip
#: One row per resource and working or closed day. Furnaces: unit ``kg`` poured; lines: ``mould``; heat treatment:
#: ``load``; the rest: ``hour``. A closed day has capacity 0 and says why.
resource_day = _view(
    "v_resource_day", _text("resource_id"), _text("resource_type"), Column("day", Date), Column("iso_year", Integer),
    Column("iso_week", Integer), _text("unit"), Column("capacity", Float), Column("booked", Float),
    _text("melt_group"), _text("closed_reason"),
)  # fmt: skip

#: Views a source may leave out: the promise then degrades a step and says so.
OPTIONAL = ("v_resource_day", "v_capacity_week")
