"""What is said of a request's answers: stored ones named, everything read back once, then only what has changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.form.answers import Answer, Answers
from actions.form.task import Task
from actions.turns.cards import request_card
from actions.turns.turn import Turn

#: The questions that say what a wish is about.
_OF_WHAT = {"order", "line", "quotation"}
#: What says a line of a list as it is now.
_LINES_SAID = {"utter_quote_line_now", "utter_quote_line_dropped", "utter_quote_line_added", "utter_quote_line_back"}
#: Old values that are told beside the new ones: those that are short.
_OLD = ("quantity", "weight", "weight_total", "yearly", "wall", "affected", "affected_of", "delivery", "delivery_date", "delivery_week",
        "alloy", "email", "name", "po", "order_po", "phone", "drawing", "size")  # fmt: skip


class Summary:
    """The answers of one task in words. The slot ``summary`` holds what the customer has heard of them already."""

    def __init__(self, turn: Turn, task: Task, answers: Answers) -> None:
        self.turn = turn
        self.task = task
        self.answers = answers

    def acknowledge(self, stored: list[str], changed: list[str], before: Mapping[str, Answer]) -> None:
        """Name what was just stored: «Notert: antall 40 stk», «Endret: antall 40 stk (før 60 stk)»."""
        lines = [
            _with_old(_new_words(self.answers[name].line()), before.get(name))
            for name in stored
            if self._told(name) and not self._line_said(self.answers[name])
        ]
        if lines and not self.turn.said_already(lines):
            self.turn.say(
                "utter_changed_answers" if set(stored) <= set(changed) else "utter_noted_answers", answers=lines
            )

    def _line_said(self, answer: Answer) -> bool:
        """Whether the one line of a list that changed has been said by itself."""
        said = {part["reply"] for part in self.turn.parts}
        return answer.reply == "utter_line_parts" and not said.isdisjoint(_LINES_SAID)

    async def read_back(self, before: Mapping[str, Answer], whole: bool = False, told_to_send: bool = False) -> None:
        """Everything with the question whether to send it; later only what is other than the customer has heard.

        ``before``: the answers of which this message has told others. ``whole``: all of it is to be heard once more.
        ``told_to_send``: beside the change it was told to send it, so that it is said when that is done.
        """
        turn = self.turn
        heard: list[dict[str, Any]] = turn.slot("summary") or []
        if self._of_another(heard):
            # What is true of another order has to be heard anew, however alike it sounds.
            heard = []
        stood = turn.parts
        # What the task names as open, all together, needs no line of its own.
        known = (self.answers.get(name) for name in self.task.missing(self.answers))
        left = [each for each in known if each and each.unknown]
        lines = [each.line() for each in self.task.lines(self.answers) if not any(each is one for one in left)]
        await self.task.read_back(turn, self.answers)
        added = turn.parts[len(stood) :]
        turn.take_out(added)
        now = [*lines, *added]
        card = request_card([*lines, *(part for part in added if part["reply"].startswith(self.task.on_card))])
        if not heard:
            turn.say("utter_read_back")
            self._say(now)
            turn.show(card)
            turn.say("utter_ask_confirmation")
        elif now == heard and not whole:
            self.ask_again()
        else:
            other = _not_heard(now, heard)
            shown = [part for part in other if not self._is_line_said(part)]
            old = {str(self.answers[name].reply): each for name, each in before.items() if name in self.answers}
            if shown or whole or (added and not other):
                turn.say("utter_changed_now")
            # What was only left out again shows in what is still there.
            told = [_with_old(_beside_heard(part, heard), old.get(part["reply"])) for part in shown]
            if told and (pieces := before.get("quantity")) and not any("was" in each for each in told):
                # An order says its pieces in the line of the part.
                told[0] = _with_pieces(told[0], pieces, self.answers)
            self._say([_with_old(part, old.get(part["reply"])) for part in now] if whole else told if other else added)
            turn.show(card)
            turn.say("utter_ask_confirmation_sends" if told_to_send else "utter_ask_confirmation_changed")
        turn.set("summary", now)

    def _is_line_said(self, part: dict[str, Any]) -> bool:
        return any(each.reply == part["reply"] and self._line_said(each) for each in self.answers.values())

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

    def recap_of(self, names: Sequence[str]) -> bool:
        """What stands of these answers alone. False where one is told in no line of its own."""
        told = [self.answers[name] for name in names if name in self.answers]
        if any(not each.reply for each in told):
            return False
        self.turn.say("utter_stands_now")
        self._say([each.line() for each in told])
        left = [f"question.{name}" for name in names if name not in self.answers]
        if left:
            self.turn.say("utter_stands_nothing", what=left)
        return True

    def recap(self) -> None:
        """What was answered so far and what is still missing, without asking to send it."""
        lines = [each.line() for each in self.task.lines(self.answers)]
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


def _not_heard(now: Sequence[dict[str, Any]], heard: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is other than was heard; parts that stand on one line say something only together."""
    there = _on_lines(heard)
    return [part for line in _on_lines(now) if line not in there for part in line]


def _on_lines(parts: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    lines: list[list[dict[str, Any]]] = []
    for part in parts:
        if part.get("join") == " " and lines:
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _new_words(line: dict[str, Any]) -> dict[str, Any]:
    """Of words that were kept before, only those kept now."""
    return {**line, "value": line["latest"]} if "latest" in line else line


def _beside_heard(line: dict[str, Any], heard: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of words to which others were added since they were heard, only these."""
    stood = next((str(each.get("value")) for each in heard if each.get("reply") == line["reply"]), "")
    value = line.get("value")
    if not stood or not isinstance(value, str) or not value.startswith(f"{stood}; "):
        return line
    return {**line, "value": value.removeprefix(f"{stood}; ")}


def _with_old(line: dict[str, Any], old: Answer | None) -> dict[str, Any]:
    """A line of the read-back with what stood before, where that is short."""
    if old is None or old.unknown or not old.reply or old.value is None or old.value == line.get("value"):
        return line
    short = {each.removeprefix("utter_line_") for each in (old.reply, str(line["reply"]))} <= set(_OLD)
    return {**line, "was": old.line()} if short else line


def _with_pieces(line: dict[str, Any], old: Answer, answers: Answers) -> dict[str, Any]:
    """A line that tells the pieces with how many they were."""
    now = answers.value("quantity")
    if now is None or old.value is None or now == old.value or now not in line.values():
        return line
    return {**line, "was": {"reply": "utter_line_quantity", "value": old.value}}
