"""Trackers in SQL, with the live ones kept in memory.

One engine owns a conversation, so a tracker is read once and written by appending the new events of a turn in one
insert. A long conversation is shortened in memory (the database keeps everything): Rasa copies the whole tracker
at each action, so its length is what a turn costs.
"""

import asyncio
import collections
import json
from collections.abc import Iterable

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.common.settings import settings
from bot.common.sqlite_file import create, guard
from bot.engine import turn_state

LIVE_TRACKERS = 5000
#: A live tracker longer than this is shortened to its slots and its last turns.
MAX_EVENTS = 50
KEPT_TURNS = 3

_metadata = sa.MetaData()
events_table = sa.Table(
    "tracker_event",
    _metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("message_id", sa.String(64)),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index("ix_tracker_event_message", "conversation", "message_id"),
)


def connect(url: str) -> sa.Engine:
    """An engine with short time-outs and few connections: the store serves one process."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, connect_args={"timeout": 3, "check_same_thread": False})
        guard(engine)

        @sa.event.listens_for(engine, "connect")
        def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")  # what is erased is written over

        return engine
    options = {"connect_timeout": 3, "options": "-c statement_timeout=3000"}
    return sa.create_engine(url, pool_size=5, max_overflow=5, pool_timeout=3, pool_pre_ping=True, connect_args=options)


class LiveTrackerStore(TrackerStore):
    """Rasa tracker store over one append-only table. Errors are raised, never hidden in a fallback."""

    def __init__(
        self, domain: Domain | None = None, host: object = None, event_broker: object = None, **kwargs: object
    ) -> None:
        super().__init__(domain, None)
        self.engine = connect(str(kwargs.get("url") or settings().tracker_db))
        self._ready = False
        self._live: collections.OrderedDict[str, tuple[DialogueStateTracker, int]] = collections.OrderedDict()

    def _prepare(self) -> None:
        if not self._ready:
            create(self.engine.url)
            _metadata.create_all(self.engine)
            self._ready = True

    def forget(self, conversation: str) -> None:
        """Drop the live tracker; the next turn reads what is stored."""
        self._live.pop(conversation, None)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The live tracker, or the stored one. Raises the database's error."""
        if sender_id in self._live:
            self._live.move_to_end(sender_id)
            return self._live[sender_id][0]
        rows = await asyncio.to_thread(self._load, sender_id)
        if not rows:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, rows, self.domain.slots)
        tracker = self._shortened(tracker)
        self._keep(tracker)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Everything ever stored of a conversation."""
        rows = await asyncio.to_thread(self._load, conversation_id)
        return DialogueStateTracker.from_dict(conversation_id, rows, self.domain.slots) if rows else None

    def _load(self, conversation: str) -> list[dict[str, object]]:
        self._prepare()
        query = (
            sa.select(events_table.c.data)
            .where(events_table.c.conversation == conversation)
            .order_by(events_table.c.id)
        )
        with self.engine.connect() as connection:
            return [json.loads(data) for (data,) in connection.execute(query)]

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events since the last save, in one transaction. Raises TurnFailed for a turn that failed."""
        state = turn_state.current()
        if state and state.failures:
            raise turn_state.TurnFailed("; ".join(state.failures))
        _, stored = self._live.get(tracker.sender_id, (None, 0))
        new = list(tracker.events)[stored:]
        if new:
            await asyncio.to_thread(self._append, tracker.sender_id, new)
        self._keep(self._shortened(tracker))

    def _append(self, conversation: str, events: list[Event]) -> None:
        self._prepare()
        rows = [
            {
                "conversation": conversation,
                "message_id": event.message_id if isinstance(event, UserUttered) else None,
                "data": json.dumps(event.as_dict(), ensure_ascii=False),
            }
            for event in events
        ]
        with self.engine.begin() as connection:
            connection.execute(events_table.insert(), rows)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._live[tracker.sender_id] = (tracker, len(tracker.events))
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > LIVE_TRACKERS:
            self._live.popitem(last=False)

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        if len(tracker.events) <= MAX_EVENTS:
            return tracker
        events = list(tracker.events)
        turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(turns) <= KEPT_TURNS:
            return tracker
        start = turns[-KEPT_TURNS]
        before = DialogueStateTracker.from_events(tracker.sender_id, events[:start], slots=self.domain.slots)
        head: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        head += [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value is not None]
        if before.active_loop_name:
            head.append(ActiveLoop(before.active_loop_name))
        head.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(tracker.sender_id, head + events[start:], slots=self.domain.slots)

    async def answered(self, conversation: str, message_id: str) -> list[dict[str, object]] | None:
        """The stored events that follow a message of this id; None when the message was never completed."""
        return await asyncio.to_thread(self._answered, conversation, message_id)

    def _answered(self, conversation: str, message_id: str) -> list[dict[str, object]] | None:
        self._prepare()
        table = events_table.c
        first = sa.select(sa.func.min(table.id)).where(
            table.conversation == conversation, table.message_id == message_id
        )
        with self.engine.connect() as connection:
            start = connection.execute(first).scalar()
            if start is None:
                return None
            rows = connection.execute(
                sa.select(table.message_id, table.data)
                .where(table.conversation == conversation, table.id >= start)
                .order_by(table.id)
            )
            events = []
            for other, data in rows:
                if other is not None and other != message_id:
                    break
                events.append(json.loads(data))
            return events

    async def erase(self, conversation: str) -> None:
        """Delete everything of a conversation."""
        self.forget(conversation)
        await asyncio.to_thread(self._erase, conversation)

    def _erase(self, conversation: str) -> None:
        self._prepare()
        with self.engine.begin() as connection:
            connection.execute(events_table.delete().where(events_table.c.conversation == conversation))
        if self.engine.dialect.name == "sqlite":  # older pages stay in the log until it is emptied
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def keys(self) -> Iterable[str]:
        """Ids of all stored conversations."""

        def load() -> list[str]:
            self._prepare()
            with self.engine.connect() as connection:
                return list(connection.execute(sa.select(events_table.c.conversation).distinct()).scalars())

        return await asyncio.to_thread(load)

    def ping(self) -> None:
        """Raise when the database is gone."""
        self._prepare()
        with self.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
