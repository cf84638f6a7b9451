"""Drafts, cases and the outbox: what a customer's confirmed wish becomes before a person has it."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base

KINDS = (
    "quote_request", "order", "reorder", "change", "cancel", "document", "price", "complaint", "call_back", "message",
)  # fmt: skip


#: Where a case stands: new, taken as it is, taken with changes, a question to the customer, turned down,
#: settled otherwise.
CASE_STATES = ("received", "accepted", "adjusted", "asked", "refused", "closed")


class Draft(Base):
    """Answers gathered for a task, before the customer's yes. One open draft for each conversation and task.

    ``contact_id`` when the customer is proven: then another conversation of theirs can take it over and go on.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft_open", "conversation_id", "task", unique=True,
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
        ),
    )  # fmt: skip

    request_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    contact_id: Mapped[str | None] = mapped_column(String(64), index=True)
    task: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16), default="open")
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class Case(Base):
    """A matter for the sales desk. Kept apart from the conversation, for its own legal period."""

    __tablename__ = "sales_case"

    case_no: Mapped[str] = mapped_column(String(16), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    conversation_id: Mapped[str | None] = mapped_column(String(64), index=True)
    wording: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    contact_id: Mapped[str | None] = mapped_column(String(64))
    customer_id: Mapped[str | None] = mapped_column(String(64))
    customer: Mapped[str | None] = mapped_column(String(200))
    #: How the contact was proved (``sign_in``, ``mail``); None: unproven.
    proved: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    fields: Mapped[dict[str, Any]]
    received_at: Mapped[dt.datetime]
    #: One of ``CASE_STATES``; every change is a ``CaseEvent``.
    state: Mapped[str] = mapped_column(String(16), default="received", index=True)
    #: By when the customer was told to hear from us.
    answer_by: Mapped[dt.datetime | None]
    #: Whoever works on it.
    staff_id: Mapped[str | None] = mapped_column(String(32))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    #: The production side's number for it, once it has taken it.
    receipt_no: Mapped[str | None] = mapped_column(String(40))


class CaseEvent(Base):
    """What happened to a case after it was received: decisions, with what the customer was told."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("sales_case.case_no", ondelete="CASCADE"), index=True)
    #: Made by the desk's browser: pressing twice is deciding once.
    request_id: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[str | None] = mapped_column(String(32))
    staff_name: Mapped[str | None] = mapped_column(String(120))


class Proof(Base):
    """A one-time code and whom it lets in. Made whether or not anybody fits, so that no work tells which.

    ``purpose``: ``identify`` (in the chat), ``resume`` (back to a chat from a mail), ``try`` (an attempt to come back),
    ``link`` (a mailed link that was opened, ``tries`` times).
    """

    __tablename__ = "proof"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    conversation_id: Mapped[str | None] = mapped_column(String(64), index=True)
    #: Keyed hashes of the address as typed and of the client's network address: for limits, not to be read back.
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    client_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    #: Order or customer number and address as typed, until the worker has looked them up.
    reference: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    #: Keyed hash of the code; None until the worker made one.
    code_hash: Mapped[str | None] = mapped_column(String(64))
    #: Whom the code proves; None when nobody fits, and then no code is right.
    contact_id: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class Outbox(Base):
    """Something to be delivered outside, exactly once as far as the other side allows."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "done_at", "next_try"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    payload: Mapped[dict[str, Any]]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    #: ``sent``, ``refused`` (the receiving side will never take it), ``erased`` (what it is about is gone), ``nobody``
    #: (there is nobody to send it to) or ``gave_up`` (tried for hours; people were told).
    outcome: Mapped[str | None] = mapped_column(String(16))
    #: The kind of the last error, never its text: that may hold an address.
    error: Mapped[str | None] = mapped_column(String(80))


class Heartbeat(Base):
    """The last sign of life of a process without a port."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[dt.datetime]
