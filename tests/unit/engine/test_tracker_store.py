"""The tracker store against real databases."""

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine import tracker_store, turn_state
from bot.engine.tracker_store import LiveTrackerStore

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nslots:\n  language:\n    type: text\n    influence_conversation: false\n"
    "    mappings: [{type: custom}]\nforms:\n  task_form:\n    required_slots: []\n"
)


def _store(url: str) -> LiveTrackerStore:
    return LiveTrackerStore(DOMAIN, url=url)


def _turn(tracker: DialogueStateTracker, number: int) -> None:
    for event in (
        UserUttered(f"text {number}", {"name": "greet"}, message_id=f"m{number}"),
        ActionExecuted("action_talk"),
        BotUttered(f"reply {number}", {"buttons": [{"title": "ja", "payload": "/affirm"}]}),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)


async def test_a_conversation_survives_a_restart(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    tracker.update(SlotSet("language", "en"))
    _turn(tracker, 1)
    await store.save(tracker)
    again = await _store(database_url).retrieve("c1")
    assert again is not None
    assert again.get_slot("language") == "en"
    assert next(event for event in again.events if isinstance(event, BotUttered)).text == "reply 1"


async def test_only_new_events_are_written(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    for number in range(3):
        _turn(tracker, number)
        await store.save(tracker)
    full = await store.retrieve_full_tracker("c1")
    assert full is not None
    assert len(full.events) == 12


async def test_a_long_conversation_is_short_in_memory_and_whole_in_the_database(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    tracker.update_with_events([SlotSet("language", "en"), ActiveLoop("task_form")], DOMAIN)
    for number in range(60):
        _turn(tracker, number)
        await store.save(tracker)
        tracker = await store.retrieve("c1")  # type: ignore[assignment]
    assert len(tracker.events) <= tracker_store.MAX_EVENTS + 4
    assert tracker.get_slot("language") == "en"
    assert tracker.active_loop_name == "task_form"
    fresh = await _store(database_url).retrieve("c1")
    full = await store.retrieve_full_tracker("c1")
    assert fresh is not None
    assert full is not None
    assert fresh.get_slot("language") == "en"
    assert len(full.events) == 2 + 4 * 60


async def test_a_failed_turn_is_not_stored(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    _turn(tracker, 1)
    turn_state.begin().fail("action action_talk")
    with pytest.raises(turn_state.TurnFailed):
        await store.save(tracker)
    store.forget("c1")
    turn_state.begin()
    assert await store.retrieve("c1") is None


async def test_an_answered_message_is_found_by_its_id(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    for number in range(3):
        _turn(tracker, number)
    await store.save(tracker)
    events = await store.answered("c1", "m1")
    assert events is not None
    assert [event["text"] for event in events if event["event"] == "bot"] == ["reply 1"]
    assert await store.answered("c1", "m9") is None
    assert await store.answered("c2", "m1") is None


async def test_erasing_leaves_nothing(database_url: str) -> None:
    store = _store(database_url)
    tracker = await store.get_or_create_tracker("c1", append_action_listen=False)
    _turn(tracker, 1)
    await store.save(tracker)
    await store.erase("c1")
    assert await store.retrieve("c1") is None
    assert list(await store.keys()) == []


async def test_a_database_that_is_gone_is_an_error_and_no_new_conversation(tmp_path: Path) -> None:
    store = _store(f"sqlite:///{tmp_path}/missing/x.db")
    with pytest.raises(Exception, match="unable to open"):
        await store.retrieve("c1")
