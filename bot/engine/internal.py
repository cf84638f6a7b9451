"""What web and the assistant tell each other beside the customer's words: where a request stands, what staff settled."""

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from actions.tasks import tasks


def where_it_stands(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """The request in progress for the desk: ``task``, the ``question`` that is open, its ``answers`` and what is ``missing``.

    A task that was put aside has no open question. ``subject`` is what questions were about.
    """
    slots = {name: slot.value for name, slot in tracker.slots.items()} if tracker else {}
    task = tasks().get(slots.get("task") or "")
    answers = (slots.get("answers") or {}).get(task.name, {}) if task else {}
    return {
        "task": task.name if task else None,
        "question": slots.get("requested_slot") if task else None,
        "answers": {name: answer for name, answer in answers.items() if answer.get("reply")},
        "missing": [question for question in task.questions if task.is_open(question, answers)] if task else [],
        "subject": slots.get("subject") or {},
    }


async def read_staff_answers(
    processor: MessageProcessor, tracker: DialogueStateTracker, metadata: dict[str, Any]
) -> dict[str, Any]:
    """Metadata in which each answer that staff wrote (a text) stands as it was understood: text, intent, entities."""
    internal = metadata.get("internal") or {}
    given = internal.get("answers")
    if not isinstance(given, dict):
        return metadata
    answers = {str(question): await _understood(processor, tracker, str(text)) for question, text in given.items()}
    return metadata | {"internal": internal | {"answers": answers}}


async def _understood(processor: MessageProcessor, tracker: DialogueStateTracker, text: str) -> dict[str, Any]:
    # What looks like a command is none.
    parsed = {} if text.startswith("/") else await processor.parse_message(UserMessage(text), tracker)
    return {"text": text, "intent": parsed.get("intent") or {}, "entities": parsed.get("entities") or []}
