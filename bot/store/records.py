"""What the rules of conversations take and give: plain values, no database objects."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bot.store.uploads import FileInfo


class ForeignConversation(RuntimeError):
    """The conversation belongs to another contact than the sender."""


class ConversationErased(RuntimeError):
    """The conversation is gone."""


@dataclass(frozen=True)
class Sender:
    """Who holds the socket, as proved when it connected."""

    contact_id: str
    customer_id: str
    proved: str


@dataclass(frozen=True)
class Incoming:
    """A customer's message before it is stored. ``proven`` tells whether the sender's sign-in still holds."""

    conversation: str
    text: str
    client_id: str
    sender: Sender | None = None
    proven: bool = False
    language: str | None = None
    client: dict[str, Any] | None = None
    #: A file that was stored; ``text`` is then its name, and no turn answers it.
    file: FileInfo | None = None


@dataclass(frozen=True)
class Reply:
    """Something to be said to the customer: by the assistant, the system or a named person."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    card: dict[str, Any] | None = None
    author: str = "assistant"
    name: str | None = None
    #: Why a person is wanted, when this answer fetches one.
    hand_over: str | None = None
    #: Whether it asks who the customer is: what they type may then be a proof.
    identify: bool = False
    #: Whether it does nothing else: then it is needless once a code is on its way.
    only_identify: bool = False
    #: How the message was read: ``[{"command", "because", "about"}]``.
    understood: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """Who a stranger says they are and where to reach them: shown as said, never believed."""

    name: str | None = None
    company: str | None = None
    email: str | None = None
    phone: str | None = None

    def __bool__(self) -> bool:
        return any((self.name, self.company, self.email, self.phone))


@dataclass(frozen=True)
class Stored:
    """A message as it stands in the database, in either direction."""

    conversation: str
    seq: int
    id: str
    direction: str
    author: str
    name: str | None
    text: str
    title: str | None
    buttons: list[dict[str, str]]
    card: dict[str, Any] | None
    client_id: str | None
    state: str | None
    in_reply_to: str | None
    at: dt.datetime
    language: str | None
    #: Kept for the desk, never shown to the customer.
    suppressed: bool = False
    #: How the assistant read a customer's message, for the desk.
    understood: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Pending:
    """A turn this process holds the lease for. ``sender`` only when the sign-in held as the message came."""

    message: Stored
    contact_id: str | None
    sender: Sender | None
    client: dict[str, Any] | None
    language: str | None
    attempts: int
    asked: dict[str, Any] | None
    owner: str = "assistant"
    #: Whether the assistant's newest answer is what the customer had read last as they wrote.
    after_answer: bool = True
    #: What a stranger has told of the two that a code is sent for (``reference``, ``email``): nobody asks for that again.
    proving: tuple[str, ...] = ()

    @property
    def internal(self) -> dict[str, Any] | None:
        """What web itself tells the engine in this turn (``{"kind": "handed_back", ...}``); None for a customer's message."""
        return self.message.card if self.message.author == "system" else None

    @property
    def conversation(self) -> str:
        """The conversation's id."""
        return self.message.conversation


@dataclass(frozen=True)
class Aside:
    """Web's own answer to a message, stored with it; no turn follows. ``stored_as`` is kept instead of what was typed.

    ``proved`` is the contact whose code the message held; what is said to them comes later.
    """

    reply: Reply | None
    stored_as: str | None = None
    proved: str | None = None


@dataclass(frozen=True)
class Accepted:
    """What became of an incoming message. ``refused``: a command nobody offered. ``turn``: to be run now.

    ``said`` and ``proved`` are what an ``Aside`` made of it.
    """

    message: Stored
    language: str | None
    owner: str
    duplicate: bool = False
    refused: bool = False
    contact_id: str | None = None
    turn: Pending | None = None
    said: Stored | None = None
    proved: str | None = None


@dataclass(frozen=True)
class Finished:
    """What to show after a turn, whose state changed, and the turn to run next (its lease is held already).

    ``waits``: from now on the customer waits for a person. ``late``: answers that came after a person took over.
    """

    sent: list[Stored]
    changed: list[Stored]
    contact_id: str | None = None
    turn: Pending | None = None
    waits: bool = False
    late: list[Stored] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """What a hand-over to a person means: why, by when somebody is there, and what the customer is told and asked."""

    reason: str
    promised: dt.datetime
    reply: Reply
    asked: dict[str, Any] | None = None
