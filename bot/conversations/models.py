"""Conversations, their messages and what the assistant offered."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

OWNERS = ("assistant", "waiting", "person", "closed")
#: A customer message: waiting for its turn, answered, to be tried again, with a person, sent to the sales desk.
MESSAGE_STATES = ("received", "answered", "failed", "person", "handed_over")
AUTHORS = ("customer", "assistant", "person", "system")


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment in UTC, aware on both databases (SQLite forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To the database."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Every table of the own database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UtcTime(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Conversation(Base):
    """One conversation: who answers, who asks when that is proven, and which process runs its turn."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(16), default="assistant")
    owner_name: Mapped[str | None] = mapped_column(String(120))
    owner_since: Mapped[dt.datetime]
    waiting_reason: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str | None] = mapped_column(String(8))
    contact_id: Mapped[str | None] = mapped_column(String(64))
    customer_id: Mapped[str | None] = mapped_column(String(64))
    proved: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: What web itself asked the customer while the engine was away: {"ask": "contact", "case": id, "until": iso}.
    asked: Mapped[dict[str, Any] | None]
    lease: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[dt.datetime | None]


class Message(Base):
    """One message, in either direction; ``seq`` counts both."""

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_conversation_id_client_id", "conversation_id", "client_id", unique=True),
        Index("ix_message_state_next_try", "state", "next_try"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    direction: Mapped[str] = mapped_column(String(3))
    author: Mapped[str] = mapped_column(String(16))
    author_name: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    #: The title of the quick reply the customer pressed; ``text`` is then its payload.
    title: Mapped[str | None] = mapped_column(Text)
    buttons: Mapped[list[Any] | None]
    card: Mapped[dict[str, Any] | None]
    client: Mapped[dict[str, Any] | None]
    client_id: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))
    #: Whether the sender's sign-in held when the message came: only then may the engine be told who asks.
    proven: Mapped[bool] = mapped_column(default=False)
    #: An answer that came after a person took over: kept for the desk, never shown to the customer.
    suppressed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str | None] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[dt.datetime | None]
    in_reply_to: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class Offer(Base):
    """A payload starting with "/" that the assistant offered in a conversation."""

    __tablename__ = "offer"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    payload: Mapped[str] = mapped_column(String(500), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    seq: Mapped[int]
