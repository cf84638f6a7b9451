"""The contract's views over our own tables, in SQL that SQLite and PostgreSQL both read.

Correlated subqueries on purpose: a query for one order touches that order's rows only, however many there are.
"""

from sqlalchemy import Connection, text

# ruff: noqa: S608 only constants of this module are put together

#: Load of holds that have not expired, by the database's own clock.
_HELD = """
    coalesce((SELECT sum(hd.quantity) FROM hold_day hd JOIN hold h ON h.id = hd.hold_id
              WHERE hd.resource_id = rd.resource_id AND hd.day = rd.day
                AND h.state = 'active' AND h.expires_at > CURRENT_TIMESTAMP), 0)
"""
#: Whether a step of the line's works orders fits the condition that follows.
_STEP = """
    EXISTS (SELECT 1 FROM works_order w JOIN operation p ON p.works_order_no = w.number
            WHERE w.order_no = l.order_no AND w.line_no = l.line_no AND
"""
_SHIPPED = """
    coalesce((SELECT sum(d.quantity) FROM delivery d
              WHERE d.order_no = l.order_no AND d.line_no = l.line_no), 0)
"""

VIEWS: dict[str, str] = {
    "v_contract": """
        SELECT 'smelt-production' AS contract, 1 AS version, system AS source_system, data_as_of FROM source
    """,
    "v_customer": """
        SELECT id AS customer_id, number AS customer_no, name, country, language, currency, incoterm, delivery_place,
               transit_days, credit_hold
        FROM customer
    """,
    "v_contact": """
        SELECT id AS contact_id, customer_id, name, email, phone, role, may_order, may_see_prices, active FROM contact
    """,
    "v_product": """
        SELECT id AS product_id, number AS product_no, description_nb, description_en, owner_customer_id, drawing_no,
               revision, alloy, temper, line, castings_per_mould, casting_kg, poured_kg_per_mould, finished_kg,
               core_hours_per_mould, fettling_hours_per_piece, heat_treatment_class, basket_litres, ndt,
               machining_hours_per_piece, subcontract_days, certificate, release_status, pattern_id,
               listed_lead_time_days, minimum_quantity
        FROM product
    """,
    "v_customer_product": """
        SELECT customer_id, product_id, customer_part_no, drawing_no, revision FROM customer_product
    """,
    "v_pattern": """
        SELECT id AS pattern_id, number AS pattern_no, owner, owner_customer_id, type, line, condition, location,
               revision, last_used
        FROM pattern
    """,
    "v_price": """
        SELECT id AS price_id, customer_id, product_id, currency, minimum_quantity, price_minor, per, surcharge_month,
               surcharge_open, valid_from, valid_until
        FROM price
    """,
    "v_quotation": """
        SELECT number AS quotation_no, customer_id, product_id, quantity, currency, price_minor, issued_on,
               valid_until, state
        FROM quotation
    """,
    "v_agreement": """
        SELECT number AS agreement_no, customer_id, product_id, agreed_quantity, called_off_quantity,
               agreed_quantity - called_off_quantity AS remaining_quantity, valid_from, valid_until
        FROM agreement
    """,
    "v_stock": "SELECT product_id, on_hand, reserved FROM stock",
    "v_order_line": f"""
        SELECT l.order_no, l.line_no, o.customer_id, l.product_id, l.revision, l.quantity,
               coalesce((SELECT sum(w.quantity_ok) FROM works_order w
                         WHERE w.order_no = l.order_no AND w.line_no = l.line_no), 0) AS finished_quantity,
               {_SHIPPED} AS shipped_quantity,
               l.wanted_date, l.confirmed_date, c.iso_year, c.iso_week,
               CASE
                   WHEN l.state = 'cancelled' THEN 'cancelled'
                   WHEN {_SHIPPED} >= l.quantity THEN
                       CASE WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.order_no = l.order_no
                                         AND d.line_no = l.line_no AND d.delivered_on IS NULL)
                            THEN 'shipped' ELSE 'delivered' END
                   WHEN {_SHIPPED} > 0 THEN 'partly_shipped'
                   WHEN NOT EXISTS (SELECT 1 FROM works_order w
                                    WHERE w.order_no = l.order_no AND w.line_no = l.line_no) THEN l.state
                   WHEN {_STEP} p.code <> 'packing' AND p.state <> 'done') THEN
                       CASE WHEN {_STEP} p.code <> 'release' AND (p.state IN ('started', 'done')
                                                                  OR p.done_quantity > 0))
                            THEN 'in_production' ELSE 'planned' END
                   WHEN {_STEP} p.code = 'packing' AND p.state IN ('started', 'done')) THEN 'packing'
                   ELSE 'ready_to_ship'
               END AS status,
               l.split_allowed, l.certificate
        FROM order_line l
        JOIN sales_order o ON o.number = l.order_no
        LEFT JOIN calendar_day c ON c.day = l.confirmed_date
    """,
    # A part of the order on its way makes it partly shipped; else the line that lags most speaks for the order.
    # The LIMIT keeps PostgreSQL from unfolding the status of a line into every place that mentions the step.
    "v_order": """
        SELECT o.number AS order_no, o.customer_id, o.contact_id, o.customer_po, o.ordered_on, o.currency,
               (SELECT CASE
                    WHEN s.most IS NULL THEN 'received'
                    WHEN s.most = -1 THEN 'cancelled'
                    WHEN s.most >= 7 AND s.least < 8 THEN 'partly_shipped'
                    WHEN s.most >= 4 AND s.least < 5 THEN 'in_production'
                    ELSE CASE s.least
                        WHEN 0 THEN 'received' WHEN 1 THEN 'quoted' WHEN 2 THEN 'confirmed' WHEN 3 THEN 'planned'
                        WHEN 5 THEN 'ready_to_ship' WHEN 6 THEN 'packing' WHEN 8 THEN 'shipped' ELSE 'delivered' END
                END
                FROM (SELECT max(r.step) AS most, min(CASE WHEN r.step >= 0 THEN r.step END) AS least
                      FROM (SELECT CASE l.status
                                WHEN 'cancelled' THEN -1 WHEN 'received' THEN 0 WHEN 'quoted' THEN 1
                                WHEN 'confirmed' THEN 2 WHEN 'planned' THEN 3 WHEN 'in_production' THEN 4
                                WHEN 'ready_to_ship' THEN 5 WHEN 'packing' THEN 6 WHEN 'partly_shipped' THEN 7
                                WHEN 'shipped' THEN 8 ELSE 9 END AS step
                            FROM v_order_line l WHERE l.order_no = o.number LIMIT 10000) r) s) AS status
        FROM sales_order o
    """,
    "v_promise": """
        SELECT p.order_no, p.line_no, o.customer_id, p.changed_at, p.old_date, p.new_date, p.reason_code, p.visible
        FROM promise_change p JOIN sales_order o ON o.number = p.order_no
    """,
    "v_operation": """
        SELECT w.number AS works_order_no, w.order_no, w.line_no, o.customer_id, p.sequence, p.code, p.resource_id,
               p.planned_start, p.planned_end, p.finished_on, p.done_quantity, p.scrap_quantity, p.state,
               p.blocked_reason
        FROM works_order w
        JOIN operation p ON p.works_order_no = w.number
        JOIN sales_order o ON o.number = w.order_no
    """,
    "v_delivery": """
        SELECT d.number AS delivery_no, d.order_no, d.line_no, o.customer_id, d.quantity, d.shipped_on, d.carrier,
               d.tracking_no, d.tracking_url, d.expected_on, d.delivered_on
        FROM delivery d JOIN sales_order o ON o.number = d.order_no
    """,
    "v_document": """
        SELECT d.id AS document_id, d.order_no, d.line_no, o.customer_id, d.type, d.heat_no, d.issued_on, d.file_name
        FROM document d JOIN sales_order o ON o.number = d.order_no
    """,
    "v_resource_day": f"""
        SELECT rd.resource_id, r.type AS resource_type, rd.day, c.iso_year, c.iso_week, r.unit, rd.capacity,
               rd.booked + {_HELD} AS booked, rd.melt_group, rd.closed_reason
        FROM resource_day rd
        JOIN resource r ON r.id = rd.resource_id
        JOIN calendar_day c ON c.day = rd.day
    """,
    "v_capacity_week": """
        SELECT d.iso_year, d.iso_week, d.resource_id, d.resource_type, d.unit, d.capacity, d.booked, d.working_days,
               coalesce(own.closed, plant.closed, false) AS planner_closed,
               coalesce(own.band, plant.band) AS planner_band
        FROM (SELECT iso_year, iso_week, resource_id, resource_type, unit, sum(capacity) AS capacity,
                     sum(booked) AS booked, sum(CASE WHEN capacity > 0 THEN 1 ELSE 0 END) AS working_days
              FROM v_resource_day
              GROUP BY iso_year, iso_week, resource_id, resource_type, unit) d
        LEFT JOIN planner_week own
            ON own.iso_year = d.iso_year AND own.iso_week = d.iso_week AND own.resource_id = d.resource_id
        LEFT JOIN planner_week plant
            ON plant.iso_year = d.iso_year AND plant.iso_week = d.iso_week AND plant.resource_id = '*'
    """,
}  # fmt: skip


def create_views(connection: Connection) -> None:
    """Create every view; later ones may stand on earlier ones."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """Drop every view that is there, in the reverse order."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
