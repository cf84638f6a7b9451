"""Conversations, their messages and what the assistant offered."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, text
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
    #: The desk's queue: who waits, who is held, whom the assistant talked to last.
    __table_args__ = (Index("ix_conversation_owner_last_at", "owner", "last_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(16), default="assistant")
    #: The person who answers, while one does.
    owner_id: Mapped[str | None] = mapped_column(String(32), index=True)
    owner_name: Mapped[str | None] = mapped_column(String(120))
    owner_since: Mapped[dt.datetime]
    waiting_reason: Mapped[str | None] = mapped_column(String(120))
    #: When a waiting customer was told that a person would be there, and when they were told that it takes longer.
    promised_at: Mapped[dt.datetime | None]
    told_late_at: Mapped[dt.datetime | None]
    language: Mapped[str | None] = mapped_column(String(8))
    contact_id: Mapped[str | None] = mapped_column(String(64))
    customer_id: Mapped[str | None] = mapped_column(String(64))
    proved: Mapped[str | None] = mapped_column(String(16))
    #: Who a stranger says they are and where to reach them: typed, never proven.
    told_name: Mapped[str | None] = mapped_column(String(120))
    told_company: Mapped[str | None] = mapped_column(String(120))
    told_email: Mapped[str | None] = mapped_column(String(254))
    told_phone: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: The highest ``seq`` the customer's browser has shown, the desk has shown, and a mail has told of.
    seen_seq: Mapped[int] = mapped_column(default=0)
    desk_seq: Mapped[int] = mapped_column(default=0)
    mailed_seq: Mapped[int] = mapped_column(default=0)
    #: What the assistant is asking for: ``{"task", "question", "answers": {question: answer}}``, as of the last turn.
    state: Mapped[dict[str, Any] | None]
    #: The customer's verdict at the end, 1 (bad) to 5 (good).
    rating: Mapped[int | None]
    rating_text: Mapped[str | None] = mapped_column(Text)
    #: What web itself asked the customer while the engine was away: {"ask": "contact", "case": id, "until": iso}.
    asked: Mapped[dict[str, Any] | None]
    #: How far the customer came in proving who they are by mail: see bot/web/proof.py.
    proving: Mapped[dict[str, Any] | None]
    lease: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[dt.datetime | None]

    @property
    def reach(self) -> str | None:
        """Where a stranger wants to be reached, by mail if they can be."""
        return self.told_email or self.told_phone


class Message(Base):
    """One message, in either direction; ``seq`` counts both."""

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_conversation_id_client_id", "conversation_id", "client_id", unique=True),
        Index("ix_message_state_next_try", "state", "next_try"),
        # What staff wrote lately, for the mail about an answer nobody saw.
        Index(
            "ix_message_person_at", "at",
            sqlite_where=text("author = 'person'"), postgresql_where=text("author = 'person'"),
        ),
    )  # fmt: skip

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
    #: How the assistant read a customer's message: ``[{"command", "because", "about"}]``.
    understood: Mapped[list[Any] | None]
    #: Whether the sender's sign-in held when the message came: only then may the engine be told who asks.
    proven: Mapped[bool] = mapped_column(default=False)
    #: An answer that came after a person took over: kept for the desk, never shown to the customer.
    suppressed: Mapped[bool] = mapped_column(default=False)
    #: Said by staff and mailed on its own (a decision): no mail about unseen answers repeats it.
    mailed: Mapped[bool] = mapped_column(default=False)
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


class HandOver(Base):
    """A change of who answers: the history behind ``Conversation.owner``."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime]
    to: Mapped[str] = mapped_column(String(16))
    staff_id: Mapped[str | None] = mapped_column(String(32))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    #: Why a person is wanted, or what was settled at a hand-back.
    reason: Mapped[str | None] = mapped_column(Text)


class Note(Base):
    """A private note of the desk. Never in the message sequence, so no history can show it to a customer."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    #: The last message when it was written: its place in the transcript.
    after_seq: Mapped[int]
    staff_id: Mapped[str] = mapped_column(String(32))
    staff_name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]


class Upload(Base):
    """A file of a conversation, stored under its random id. ``case_no``: kept with a case after the conversation."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(String(64), index=True)
    case_no: Mapped[str | None] = mapped_column(String(16), index=True)
    #: ``in``: from the customer, for staff only; ``out``: from staff, for the customer.
    direction: Mapped[str] = mapped_column(String(3))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime]


class Staff(Base):
    """Somebody of the sales desk."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: Lower case.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: ``agent`` or ``admin``.
    role: Mapped[str] = mapped_column(String(16))
    #: argon2id; None for those who only sign in through the identity provider.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    #: Issuer and subject at the identity provider.
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    #: ``available`` or ``away``; whoever has no open desk is away whatever this says.
    presence: Mapped[str] = mapped_column(String(16), default="available")
    last_seen_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class SignInTry(Base):
    """Wrong passwords in a row for one e-mail address, whether or not somebody has it: unknown ones lock alike."""

    __tablename__ = "sign_in_try"

    #: Keyed hash of the address as typed.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]
    at: Mapped[dt.datetime]


class StaffSession(Base):
    """A signed-in browser of the desk; ``id`` is the SHA-256 of the cookie."""

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class CannedReply(Base):
    """A prepared answer of the desk in one language. ``text`` may hold ``{placeholders}``."""

    __tablename__ = "canned_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[dt.datetime]


class Audit(Base):
    """What staff did: never the text of a message. ``target`` is an id."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    staff_id: Mapped[str | None] = mapped_column(String(32))
    staff_name: Mapped[str | None] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    target: Mapped[str | None] = mapped_column(String(120))
    detail: Mapped[dict[str, Any] | None]


class WrongAnswer(Base):
    """An answer of the assistant that staff called wrong, kept for teaching with the right one."""

    __tablename__ = "wrong_answer"

    message_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    right_answer: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(8))
    staff_id: Mapped[str] = mapped_column(String(32))
    staff_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime]
