"""The one form: asks what a task needs, takes answers in any order, lets itself be interrupted, corrected and stopped.

It runs as Rasa's validation action of ``task_form``. An event ``requested_slot`` names the question that is open; a
message that does not answer is rejected by returning nothing, and the rule of its intent answers it. Nothing is
sent from here but on a clear yes to a complete, stored draft.
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import task_case
from actions.task_questions import FREE_TEXT, UNKNOWN_ALLOWED, Problem, read
from actions.tasks import Answer, Task, task_of_intent, tasks
from actions.turn import Turn

#: Intents that are never an answer: they interrupt, and the form goes on afterwards.
INTERRUPTING = {
    "alloy_property", "alloy_recommendation", "alloy_comparison", "alloy_offered", "capacity", "lead_time",
    "casting_limits", "order_status", "order_list", "faq", "bot_challenge", "help", "change_language", "thanks",
    "greet", "goodbye", "out_of_scope",
}  # fmt: skip
#: How sure a question must be to interrupt where anything written could be the answer.
SURE = 0.75
QUIET_SURE = 0.45


class ValidateTaskForm(Action):  # type: ignore[misc]
    """Rasa calls this after each message while the form is open, and when the form comes back from an interruption."""

    def name(self) -> str:
        """Name Rasa looks for."""
        return "validate_task_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Events of one step of the form; an empty list leaves the message to the rules."""
        turn = Turn(tracker, dispatcher)
        form = Form(turn)
        await form.step()
        turn.send()
        return turn.events


class Form:
    """The form in one turn: the running task, its answers, and the open question."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.all_answers: dict[str, dict[str, Answer]] = dict(turn.tracker.get_slot("answers") or {})
        self.task: Task | None = tasks().get(turn.tracker.get_slot("task") or "")
        self.open: str | None = turn.tracker.get_slot("requested_slot")

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers of the running task."""
        assert self.task
        return self.all_answers.setdefault(self.task.name, {})

    async def step(self) -> None:
        """One message, or the return from an interruption."""
        turn = self.turn
        if self.open and _interrupted(turn.tracker):
            await self.ask(again=True)
            return
        started = task_of_intent(turn.intent)
        if not self.open:
            await self.start(started)
        elif turn.intent == "stop_task":
            await self.stop()
        elif turn.intent == "explain":
            turn.say(f"utter_why_{self.open}")
            await self.ask()
        elif started and started != self.task and self._switches():
            await self.start(started)
        elif not self._interrupts():
            await self.answer()

    def _switches(self) -> bool:
        if self.open in FREE_TEXT and self.turn.intent != "human":
            return self.turn.confidence >= SURE and self.open != "details"
        return self.turn.confidence >= QUIET_SURE

    def _interrupts(self) -> bool:
        turn = self.turn
        if turn.intent not in INTERRUPTING:
            return False
        if self.open in FREE_TEXT:
            return turn.confidence >= (QUIET_SURE if "?" in turn.text else SURE)
        answers = isinstance(read(str(self.open), turn, True), dict)
        return not answers or "?" in turn.text or turn.confidence >= SURE

    async def start(self, started: Task | None) -> None:
        """Begin a task, or go on with one that was put aside."""
        turn = self.turn
        task = started or self.task
        if task is None:
            turn.events += [SlotSet("requested_slot", None), ActiveLoop(None)]
            return
        self.task, self.open = task, None
        if not self.answers:
            self.all_answers[task.name] = await task_case.earlier_answers(turn, task)
        resumed = bool(self.answers)
        turn.set("task", task.name)
        await task_case.know_contact(turn, task, self.answers)
        turn.say("utter_resume_task" if resumed else f"utter_start_{task.name}")
        if task.first and task.first not in self.answers and started and not turn.text.startswith("/"):
            self.answers[task.first] = {"value": turn.text[:1500], "reply": f"utter_line_{task.first}"}
        self.take(task.questions)
        await self.ask()

    def take(self, questions: tuple[str, ...]) -> bool:
        """Take every answer the message holds; say the first problem. True when something was said or taken."""
        taken = False
        for question in questions:
            if question in FREE_TEXT and question != self.open and question in self.answers:
                continue
            reading = read(question, self.turn, requested=question == self.open)
            if isinstance(reading, Problem):
                if not self.turn.answered or question == self.open:
                    self.turn.say(reading.reply, **reading.values)
                    self.turn.offer(*reading.choices)
                    self.answers.pop(question, None)
                    self.open = question
                return True
            if reading is not None:
                changed = question in self.answers and question != self.open
                self.answers[question] = reading
                if changed:
                    self.turn.say("utter_corrected")
                taken = True
        return taken

    async def answer(self) -> None:
        """Use the message as an answer; ask in other words when it is none."""
        assert self.task
        turn = self.turn
        if self.open == "confirmation":
            await self.confirm()
            return
        problem_before = turn.answered
        if self.take(self.task.questions):
            if turn.answered and not problem_before and self.open not in self.answers:
                await self.keep(str(self.open))
                return
            turn.set("misses", 0)
            await self.ask()
            return
        await self.miss()

    async def miss(self) -> None:
        """Not an answer and not a question we know: other words first, then a way out."""
        turn = self.turn
        misses = int(turn.tracker.get_slot("misses") or 0) + 1
        turn.set("misses", misses)
        turn.say(f"utter_again_{self.open}")
        if misses >= 2:
            turn.offer({"reply": "utter_choice_human", "payload": "/human"})
        if self.open in UNKNOWN_ALLOWED:
            turn.offer({"reply": "utter_choice_dont_know"})
        turn.offer({"reply": "utter_choice_stop", "payload": "/stop_task"})
        await self.keep(str(self.open))

    async def confirm(self) -> None:
        """The answer to the read-back: yes sends, a new value corrects, anything else asks what to change."""
        turn = self.turn
        assert self.task
        if turn.intent == "affirm" and not self.take(self.task.questions):
            await self.submit()
        elif self.take(self.task.questions):
            self.open = self.task.next_question(self.answers)
            await self.ask()
        else:
            turn.say("utter_what_to_change" if turn.intent == "deny" else "utter_again_confirmation")
            turn.offer(
                {"reply": "utter_choice_send", "payload": "/affirm"},
                {"reply": "utter_choice_stop", "payload": "/stop_task"},
            )
            await self.keep("confirmation")

    async def submit(self) -> None:
        """Send the stored draft: only now, and once, however often this runs."""
        assert self.task
        await task_case.submit(self.turn, self.task, self.answers, str(self.turn.tracker.get_slot("draft")))
        self.all_answers.pop(self.task.name)
        self.turn.set("task", None)
        self.end()

    async def stop(self) -> None:
        """Put the task aside with what was answered; it can go on later."""
        assert self.task
        await task_case.save(self.turn, self.task, self.answers)
        self.turn.say("utter_task_stopped")
        self.turn.offer({"reply": "utter_choice_resume"})
        self.end()

    def end(self) -> None:
        """Leave the form."""
        self.turn.set("answers", self.all_answers)
        self.turn.events += [SlotSet("requested_slot", None), ActiveLoop(None)]

    async def ask(self, again: bool = False) -> None:
        """Ask the next question, or read everything back and ask for a yes."""
        assert self.task
        turn = self.turn
        question = self.task.next_question(self.answers)
        if question == "confirmation":
            turn.set("draft", await task_case.save(turn, self.task, self.answers))
            turn.say("utter_read_back")
            for name in self.task.questions:
                turn.say(**self.answers[name])
            turn.say("utter_ask_confirmation")
            turn.offer(
                {"reply": "utter_choice_send", "payload": "/affirm"},
                {"reply": "utter_choice_change", "payload": "/deny"},
                {"reply": "utter_choice_stop", "payload": "/stop_task"},
            )
        else:
            if again:
                turn.say("utter_back_to_task")
            turn.say(f"utter_ask_{question}", **({"join": " "} if again else {}))
            self._offer(question)
        await self.keep(question)

    def _offer(self, question: str) -> None:
        if question == "drawing":
            self.turn.offer(
                {"reply": "utter_choice_drawing_later", "payload": "/affirm"},
                {"reply": "utter_choice_no_drawing", "payload": "/deny"},
            )
        elif question in UNKNOWN_ALLOWED and question != "part":
            self.turn.offer({"reply": "utter_choice_dont_know"})

    async def keep(self, question: str) -> None:
        """Leave the question open and the answers kept."""
        self.turn.set("answers", self.all_answers)
        self.turn.set("requested_slot", question)


def _interrupted(tracker: Tracker) -> bool:
    """Whether a rule has answered the latest message already, so that the form only has to ask again."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in ("action_listen", "task_form"):
            return bool(event["name"] != "action_session_start")
    return False
