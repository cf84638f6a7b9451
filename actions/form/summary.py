"""What is said of a request's answers: stored ones named, everything read back once, then only what has changed."""

from typing import Any

from actions.form.answers import Answers
from actions.form.task import Task
from actions.turns.cards import request_card
from actions.turns.turn import Turn

#: The questions that say what a wish is about.
_OF_WHAT = {"order", "line", "quotation"}


class Summary:
    """The answers of one task in words. The slot ``summary`` holds what the customer has heard of them already."""

    def __init__(self, turn: Turn, task: Task, answers: Answers) -> None:
        self.turn = turn
        self.task = task
        self.answers = answers

    def acknowledge(self, stored: list[str], changed: list[str]) -> None:
        """Name what was just stored: «Notert: antall 40 stk»."""
        lines = [
            _new_words(self.answers[name].line())
            for name in stored
            if name in self.answers and self.answers[name].reply and not self.answers[name].listed
        ]
        if lines and not self.turn.said_already(lines):
            self.turn.say(
                "utter_changed_answers" if set(stored) <= set(changed) else "utter_noted_answers", answers=lines
            )

    async def read_back(self) -> None:
        """Everything with the question whether to send it; later only what is other than the customer has heard."""
        turn = self.turn
        heard: list[dict[str, Any]] = turn.slot("summary") or []
        if self._of_another(heard):
            # What is true of another order has to be heard anew, however alike it sounds.
            heard = []
        before = turn.parts
        # What the task names as open, all together, needs no line of its own.
        known = (self.answers.get(name) for name in self.task.missing(self.answers))
        left = [each for each in known if each and each.unknown]
        lines = [each.line() for each in self.task.lines(self.answers) if not any(each is one for one in left)]
        await self.task.read_back(turn, self.answers)
        added = turn.parts[len(before) :]
        turn.take_out(added)
        now = [*lines, *added]
        card = request_card([*lines, *(part for part in added if part["reply"].startswith(self.task.on_card))])
        if not heard:
            turn.say("utter_read_back")
            self._say(now)
            turn.show(card)
            turn.say("utter_ask_confirmation")
        elif now == heard:
            self.ask_again()
        else:
            turn.say("utter_changed_now")
            # What was only left out again shows in what is still there.
            self._say([part for part in now if part not in heard] or added)
            turn.show(card)
            turn.say("utter_ask_confirmation_changed")
        turn.set("summary", now)

    def ask_again(self, join: str = "\n") -> None:
        """Ask whether to send what was read back, naming which request it is."""
        gist, task = [each.line() for each in self.task.gist(self.answers)], f"task.{self.task.name}"
        if gist:
            self.turn.say("utter_again_send_what", task=task, answers=gist, join=join)
        else:
            self.turn.say("utter_again_send", task=task, join=join)

    def _of_another(self, heard: list[dict[str, Any]]) -> bool:
        """Whether the wish is about another order, line or quotation than the customer has heard."""
        named = [self.answers[name].line() for name in sorted(_OF_WHAT & set(self.answers))]
        told = {part["reply"] for part in heard}
        return any(each.get("reply") in told and each not in heard for each in named)

    def recap(self) -> None:
        """What was answered so far and what is still missing, without asking to send it."""
        lines = [self.answers[each.name].line() for each in self.task.questions if self._told(each.name)]
        apart = [each.name for each in self.task.questions if each.name not in self.task.along]
        left = [name for name in apart if name not in self.answers]
        self.turn.say("utter_recap" if lines else "utter_recap_nothing")
        self._say(lines)
        if left:
            self.turn.say("utter_task_missing", what=[f"question.{name}" for name in left])

    def _told(self, name: str) -> bool:
        return name in self.answers and bool(self.answers[name].reply) and not self.answers[name].listed

    def _say(self, parts: list[dict[str, Any]]) -> None:
        for part in parts:
            self.turn.say(**part)


def _new_words(line: dict[str, Any]) -> dict[str, Any]:
    """Of words that were kept before, only those kept now."""
    return {**line, "value": line["latest"]} if "latest" in line else line
