"""Tables and views of the production schema"""

import sqlalchemy as sa
from alembic import op

from actions.production.views_sql import create_views, drop_views

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create tables, then the views over them."""
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("iso_year", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("incoterm", sa.String(), nullable=False),
        sa.Column("delivery_place", sa.String(), nullable=False),
        sa.Column("transit_days", sa.Integer(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("credit_hold", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name=op.f("uq_customer_number")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name=op.f("uq_hold_request_id")),
    )
    op.create_index(op.f("ix_hold_customer_id"), "hold", ["customer_id"])
    op.create_table(
        "planner_week",
        sa.Column("iso_year", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("band", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("iso_year", "iso_week", "resource_id"),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("capacity_per_day", sa.Float(), nullable=False),
        sa.Column("max_single_pour_kg", sa.Float(), nullable=True),
        sa.Column("melt_groups", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("data_as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo_date", sa.Date(), nullable=True),
        sa.Column("demo_seed", sa.Integer(), nullable=True),
        sa.Column("demo_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("may_order", sa.Boolean(), nullable=False),
        sa.Column("may_see_prices", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_contact_customer_id"), "contact", ["customer_id"])
    op.create_index(op.f("ix_contact_email"), "contact", ["email"])
    op.create_table(
        "hold_day",
        sa.Column("hold_id", sa.String(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.PrimaryKeyConstraint("hold_id", "resource_id", "day"),
    )
    op.create_index(op.f("ix_hold_day_resource_id_day"), "hold_day", ["resource_id", "day"])
    op.create_table(
        "pattern",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_customer_id", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("shrink_pct", sa.Float(), nullable=False),
        sa.Column("cavities", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("last_used", sa.Date(), nullable=True),
        sa.Column("storage_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name=op.f("uq_pattern_number")),
    )
    op.create_table(
        "resource_day",
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Float(), nullable=False),
        sa.Column("booked", sa.Float(), nullable=False),
        sa.Column("melt_group", sa.String(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["day"],
            ["calendar_day.day"],
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.PrimaryKeyConstraint("resource_id", "day"),
    )
    op.create_index(op.f("ix_resource_day_day"), "resource_day", ["day"])
    op.create_table(
        "product",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("description_nb", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("owner_customer_id", sa.String(), nullable=False),
        sa.Column("drawing_no", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("pattern_id", sa.String(), nullable=True),
        sa.Column("alloy", sa.String(), nullable=False),
        sa.Column("temper", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("castings_per_mould", sa.Integer(), nullable=False),
        sa.Column("casting_kg", sa.Float(), nullable=False),
        sa.Column("poured_kg_per_mould", sa.Float(), nullable=False),
        sa.Column("finished_kg", sa.Float(), nullable=True),
        sa.Column("core_hours_per_mould", sa.Float(), nullable=False),
        sa.Column("fettling_hours_per_piece", sa.Float(), nullable=False),
        sa.Column("heat_treatment_class", sa.String(), nullable=True),
        sa.Column("basket_litres", sa.Float(), nullable=True),
        sa.Column("ndt", sa.String(), nullable=True),
        sa.Column("pressure_bar", sa.Float(), nullable=True),
        sa.Column("machining_hours_per_piece", sa.Float(), nullable=False),
        sa.Column("subcontract_days", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.Column("release_status", sa.String(), nullable=False),
        sa.Column("listed_lead_time_days", sa.Integer(), nullable=True),
        sa.Column("minimum_quantity", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pattern_id"],
            ["pattern.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name=op.f("uq_product_number")),
    )
    op.create_index(op.f("ix_product_drawing_no"), "product", ["drawing_no"])
    op.create_index(op.f("ix_product_owner_customer_id"), "product", ["owner_customer_id"])
    op.create_table(
        "sales_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("customer_po", sa.String(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_sales_order_customer_id_customer_po"), "sales_order", ["customer_id", "customer_po"])
    op.create_index(op.f("ix_sales_order_customer_id_ordered_on"), "sales_order", ["customer_id", "ordered_on"])
    op.create_table(
        "agreement",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("agreed_quantity", sa.Integer(), nullable=False),
        sa.Column("called_off_quantity", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_agreement_customer_id"), "agreement", ["customer_id"])
    op.create_table(
        "customer_product",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("customer_part_no", sa.String(), nullable=False),
        sa.Column("drawing_no", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("customer_id", "product_id"),
    )
    op.create_table(
        "delivery",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("tracking_no", sa.String(), nullable=True),
        sa.Column("tracking_url", sa.String(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["sales_order.number"],
        ),
        sa.PrimaryKeyConstraint("number", "order_no", "line_no"),
    )
    op.create_index(op.f("ix_delivery_order_no_line_no"), "delivery", ["order_no", "line_no"])
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("heat_no", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["sales_order.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_document_order_no"), "document", ["order_no"])
    op.create_table(
        "order_line",
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("wanted_date", sa.Date(), nullable=True),
        sa.Column("confirmed_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("split_allowed", sa.Boolean(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["sales_order.number"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("order_no", "line_no"),
    )
    op.create_index(op.f("ix_order_line_product_id"), "order_line", ["product_id"])
    op.create_table(
        "price",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("minimum_quantity", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("surcharge_month", sa.String(), nullable=True),
        sa.Column("surcharge_open", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_price_customer_id"), "price", ["customer_id"])
    op.create_table(
        "promise_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_date", sa.Date(), nullable=False),
        sa.Column("new_date", sa.Date(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["sales_order.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_promise_change_order_no_line_no"), "promise_change", ["order_no", "line_no"])
    op.create_table(
        "quotation",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_quotation_customer_id"), "quotation", ["customer_id"])
    op.create_table(
        "stock",
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.create_table(
        "works_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("quantity_planned", sa.Integer(), nullable=False),
        sa.Column("quantity_ok", sa.Integer(), nullable=False),
        sa.Column("quantity_scrap", sa.Integer(), nullable=False),
        sa.Column("moulds", sa.Integer(), nullable=False),
        sa.Column("poured_kg", sa.Float(), nullable=False),
        sa.Column("heat_no", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["sales_order.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_works_order_order_no_line_no"), "works_order", ["order_no", "line_no"])
    op.create_table(
        "operation",
        sa.Column("works_order_no", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("resource_id", sa.String(), nullable=True),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("done_quantity", sa.Integer(), nullable=False),
        sa.Column("scrap_quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("blocked_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.ForeignKeyConstraint(
            ["works_order_no"],
            ["works_order.number"],
        ),
        sa.PrimaryKeyConstraint("works_order_no", "sequence"),
    )
    create_views(op.get_bind())


def downgrade() -> None:
    """Drop all of it."""
    drop_views(op.get_bind())
    op.drop_table("operation")
    op.drop_table("works_order")
    op.drop_table("stock")
    op.drop_table("quotation")
    op.drop_table("promise_change")
    op.drop_table("price")
    op.drop_table("order_line")
    op.drop_table("document")
    op.drop_table("delivery")
    op.drop_table("customer_product")
    op.drop_table("agreement")
    op.drop_table("sales_order")
    op.drop_table("product")
    op.drop_table("resource_day")
    op.drop_table("pattern")
    op.drop_table("hold_day")
    op.drop_table("contact")
    op.drop_table("source")
    op.drop_table("resource")
    op.drop_table("planner_week")
    op.drop_table("hold")
    op.drop_table("customer")
    op.drop_table("calendar_day")
