"""After the form: remind of a task that was put aside."""

from actions.handler import Handler
from actions.tasks import tasks
from actions.turn import Turn


class TaskEnded(Handler):
    """Says nothing when nothing is left; otherwise names the unfinished task."""

    intent = "task_ended"

    async def answer(self, turn: Turn) -> None:
        """Only after a task was sent (``task`` empty), not after it was stopped."""
        left = [name for name in turn.tracker.get_slot("answers") or {} if name in tasks()]
        if turn.tracker.get_slot("task") or not left:
            return
        turn.set("task", left[0])
        turn.say("utter_task_left", task=f"task.{left[0]}")
        turn.offer({"reply": "utter_choice_resume"})
