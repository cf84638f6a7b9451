"""What a task knows before its first question: the words that began it, and what was talked of until then."""

from actions.alloy_subject import sure
from actions.production.catalogue import catalogue
from actions.task_text import MAX_TEXT
from actions.tasks import Answer, Task
from actions.turn import Turn


def first_words(turn: Turn, task: Task, started: Task | None) -> dict[str, Answer]:
    """Answers that are there from the start: the wish itself."""
    if task.first and started and not turn.text.startswith("/"):
        return {task.first: _line(task.first, turn.text[:MAX_TEXT], _about(turn))}
    return {}


def _line(question: str, value: str, about: list[str]) -> Answer:
    if about:
        return {"value": value, "reply": f"utter_line_{question}_about", "about": about}
    return {"value": value, "reply": f"utter_line_{question}"}


def _about(turn: Turn) -> list[str]:
    """What a short wish left out because it was talked of before: «and the price?»"""
    if turn.said("alloy", "order_no", "po_no", "part_no", "drawing_no", "alloy_group"):
        return []
    known = turn.subject.get("entities") or {}
    if turn.intent in ("price", "affirm") or turn.text.startswith("/"):
        return [alloy.title for alloy in sure(known.get("alloy", []))]
    return [entity["value"] for entity in known.get("order_no", [])]


def alloys_talked_of(turn: Turn) -> list[str]:
    """Alloys of the talk so far as quick replies, when the form asks for one."""
    known = (turn.subject.get("entities") or {}).get("alloy", [])
    names = dict.fromkeys(entity["value"] for entity in known if not entity.get("near"))
    return [catalogue()[name].title for name in names if name in catalogue()][:3]
