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
from actions.anger import only_anger
from actions.cards import request_card
from actions.internal import repeat_question, say_back
from actions.order_numbers import find_own_numbers
from actions.patience import asks_for_anybody, has_values
from actions.task_answers import Problem
from actions.task_files import FILES, file_line
from actions.task_questions import FREE_TEXT, STATED, UNKNOWN_ALLOWED, read
from actions.task_service import Service, Stop, service, task_of
from actions.task_settled import take_settled
from actions.task_start import alloys_talked_of, first_words
from actions.task_taking import Taking
from actions.task_text import asks_something, clear_yes, is_list
from actions.tasks import Answer, Task, tasks
from actions.turn import Turn

#: Intents that are never an answer: they interrupt, and the form goes on afterwards.
INTERRUPTING = {
    "alloy_property", "alloy_recommendation", "alloy_comparison", "alloy_offered", "capacity", "lead_time",
    "casting_limits", "order_status", "order_list", "faq", "bot_challenge", "help", "change_language", "thanks",
    "greet", "goodbye", "out_of_scope", "human",
}  # fmt: skip
#: Of these, what is meant as such even where any statement answers.
NEVER_STATED = {"human", "help", "change_language", "bot_challenge", "greet", "goodbye", "thanks"}
#: What was said last when a person has just been asked for.
WAITS = {"utter_human", "utter_human_waiting", "utter_angry", "utter_angry_waiting"}
#: How sure a question must be to interrupt where anything written could be the answer.
SURE = 0.75
QUIET_SURE = 0.45
#: How sure a yes must be to send anything.
CLEAR = 0.6


class ValidateTaskForm(Action):  # type: ignore[misc]
    """Rasa calls this after each message while the form is open, and when the form comes back from an interruption."""

    def name(self) -> str:
        """Name Rasa looks for."""
        return "validate_task_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Events of one step of the form; an empty list leaves the message to the rules."""
        turn = Turn(tracker, dispatcher)
        await find_own_numbers(turn)
        form = Form(turn)
        await form.step()
        form.calm()
        turn.send()
        return turn.events


class Form:
    """The form in one turn: the running task, its answers, and the open question."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.all_answers: dict[str, dict[str, Answer]] = dict(turn.tracker.get_slot("answers") or {})
        self.task: Task | None = tasks().get(turn.tracker.get_slot("task") or "")
        self.open: str | None = turn.tracker.get_slot("requested_slot")
        self._started = False
        #: What was going on when a message began another task, to go on with when that one has ended.
        self._before: Task | None = None

    @property
    def service(self) -> Service:
        """What the running task adds to the form."""
        return service(self.task.service if self.task else None)

    def calm(self) -> None:
        """A calm word before what the form says to somebody who has lost patience; a complaint has its own."""
        turn = self.turn
        complains = self.task is not None and self.task.name == "complaint" and self._started
        if turn.answered and turn.angry and not complains:
            turn.say_first("utter_angry" if turn.hand_over("angry") else "utter_angry_waiting")

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers of the running task."""
        assert self.task
        return self.all_answers.setdefault(self.task.name, {})

    async def step(self) -> None:
        """One message, or the return from an interruption."""
        turn = self.turn
        started = await task_of(turn)
        if turn.internal.get("kind") == "handed_back":
            await self.handed_back()
        elif turn.internal.get("kind") == "file":
            await self.filed()
        elif turn.internal.get("kind") == "proved" and self.open:
            await self.proved()
        elif not self.open:
            if turn.internal.get("kind") == "proved" and repeat_question(turn):
                await find_own_numbers(turn)
                started = await task_of(turn)
            await self.start(started)
        elif _interrupted(turn.tracker) or self._resumes():
            await self.ask(again=True)
        elif self.service.commands(turn):
            await self.answer()
        elif (turn.intent == "stop_task" and not has_values(turn)) or self._says_only_cancel():
            await self.stop()
        elif turn.intent == "explain" and not turn.said("property"):
            turn.say(f"utter_why_{self.open}")
            await self.ask()
        elif turn.intent == "thanks" and not self._readable():
            turn.say("utter_welcome")
            await self.ask(again=True)
        elif self._rants():
            await self.ask(again=True)
        elif started and self._covers(started):
            await self.restate(started)
        elif started and started != self.task and self._switches(started):
            await self.start(started)
        elif not self._interrupts():
            await self.answer()

    def _taking(self, taken: list[str]) -> Taking:
        """The general reading of a message; a question the service has read an answer to is not open any more."""
        assert self.task
        return Taking(self.turn, self.task, self.answers, None if self.open in taken else self.open)

    def _resumes(self) -> bool:
        """«Continue» while a question is open only wants to hear it again."""
        return bool(self.turn.said("resume")) and len(self.turn.text.split()) <= 3

    def _says_only_cancel(self) -> bool:
        """«Cancel» in the midst of questions means the questions; an order has to be named."""
        turn = self.turn
        named = turn.said("order_no", "po_no", "number")
        return turn.intent == "cancel_order" and not named and len(turn.text.split()) <= 2

    def _rants(self) -> bool:
        """Anger without a matter is neither an answer nor a complaint to register."""
        turn = self.turn
        # «This is ridiculous, I just want a price» complains of the questions, not of goods.
        of_us = {"out_of_scope", "nlu_fallback"} | ({"complaint"} if self.open else set())
        empty = only_anger(turn.text) or turn.intent in of_us - {self.task.name if self.task else ""}
        return turn.angry and empty and not has_values(turn)

    def _covers(self, started: Task) -> bool:
        """Whether the wish is part of what the running task does anyway."""
        assert self.task
        if self.open in STATED and not asks_something(self.turn):
            return False
        within = started == self.task or self.turn.intent in self.task.covers
        return within and self.turn.confidence >= (QUIET_SURE if asks_something(self.turn) else SURE)

    def _switches(self, started: Task) -> bool:
        turn = self.turn
        if started.name == "change_order" and not turn.said("order_no", "po_no") and self._readable():
            return False
        if self.open in STATED and not asks_something(turn) and not turn.said("order_no", "po_no"):
            return False
        if self.open in FREE_TEXT:
            needed = QUIET_SURE if asks_something(turn) else SURE
            return turn.confidence >= needed and self.open != "details"
        return turn.confidence >= QUIET_SURE

    def _readable(self) -> bool:
        """Whether the message holds a value for a question that wants a value."""
        assert self.task
        if self.turn.said(*self.service.reads):
            return True
        values = [question for question in self.task.questions if question not in FREE_TEXT]
        return any(isinstance(read(question, self.turn, question == self.open), dict) for question in values)

    def _interrupts(self) -> bool:
        turn = self.turn
        if asks_for_anybody(turn):
            return True
        if self.task and "part" in self.task.questions and is_list(turn):
            return False
        if self.open in STATED and not asks_something(turn) and turn.intent not in NEVER_STATED:
            return False
        if turn.intent == "explain" or (turn.intent == "affirm" and asks_something(turn)):
            return not self._readable()
        if turn.intent not in INTERRUPTING:
            return False
        if turn.intent == "human":
            return turn.confidence >= QUIET_SURE
        if turn.said(*self.service.reads) and not asks_something(turn):
            return False
        if self.open in FREE_TEXT:
            return turn.confidence >= (QUIET_SURE if asks_something(turn) else SURE)
        return not self._readable() or asks_something(turn) or turn.confidence >= SURE

    async def start(self, started: Task | None) -> None:
        """Begin a task, or go on with one that was put aside."""
        turn = self.turn
        task = started or self.task
        if started and started.name == "complaint" and self._rants():
            turn.say("utter_angry_matter")
            task = None
        if task is None:
            turn.events += [SlotSet("requested_slot", None), ActiveLoop(None)]
            return
        self._before = self.task if self.open and self.task != task else None
        self.task, self.open, self._started = task, None, True
        told = first_words(turn, task, started)
        await self.service.take(turn, task, told, None)
        problem = Taking(turn, task, told, None).take() if started else None
        kept = {} if started and told else self.answers or await task_case.earlier_answers(turn, task)
        resumed = bool(kept)
        if not started:
            problem = Taking(turn, task, kept, None).take()
        self.all_answers[task.name] = kept | told
        turn.set("task", task.name)
        await task_case.know_contact(turn, task, self.answers)
        if resumed:
            turn.say("utter_resume_task")
        elif not task.service:
            turn.say(f"utter_start_{task.name}")
        if task.name == "complaint" and started:
            turn.hand_over("complaint")
        if problem:
            await self.refuse(*problem)
        else:
            await self.go_on()

    async def go_on(self, again: bool = False) -> None:
        """Let the service fill in and judge what is known now; then ask, or end what cannot go on."""
        assert self.task
        found = await self.service.known(self.turn, self.task, self.answers)
        if isinstance(found, Stop):
            await self.stopped(found)
        elif found:
            await self.refuse(*found)
        else:
            await self.ask(again)

    async def stopped(self, stop: Stop) -> None:
        """The service has judged that the task does not go on: it becomes another one, a person's, or nothing."""
        turn = self.turn
        assert self.task
        if stop.reply:
            turn.say(stop.reply, **stop.values)
        turn.offer(*stop.choices)
        if stop.hand_over:
            turn.hand_over(stop.hand_over)
        await task_case.drop(turn, self.task)
        self.all_answers.pop(self.task.name, None)
        turn.set("task", None)
        if stop.becomes:
            await self._become(tasks()[stop.becomes], stop.answers)
        elif self._before:
            self.task, self._before = self._before, None
            turn.set("task", self.task.name)
            await self.ask(again=True)
        else:
            self.end()

    async def _become(self, task: Task, answers: dict[str, Answer]) -> None:
        self.task, self.open = task, None
        self.all_answers[task.name] = self.answers | answers
        self.turn.set("task", task.name)
        problem = Taking(self.turn, task, self.answers, None).take() if self._started else None
        await task_case.know_contact(self.turn, task, self.answers)
        if problem:
            await self.refuse(*problem)
        else:
            await self.go_on()

    async def restate(self, started: Task) -> None:
        """The wish again, or one that belongs to it, in the midst of its questions: nothing it says is lost."""
        turn = self.turn
        assert self.task
        if self.open == "details" and len(turn.text.split()) <= 4:
            await self.ask(again=True)
            return
        taken = await self.service.take(turn, self.task, self.answers, self.open)
        taking = self._taking(taken)
        if started != self.task:
            turn.say("utter_covered")
        elif self.task.first and self.task.first in self.answers:
            taking.add(self.task.first)
        problem = taking.take()
        if problem:
            await self.refuse(*problem)
        else:
            await self.go_on(again=not (taking.taken or taken))

    async def refuse(self, question: str, problem: Problem) -> None:
        """Say what is wrong with an answer and ask for it again."""
        turn = self.turn
        self.answers.pop(question, None)
        turn.say(problem.reply, **problem.values)
        turn.offer(*problem.choices)
        if not problem.asks:
            turn.say(f"utter_ask_{question}", join=" ")
        if not problem.choices:
            self._offer(question)
        if problem.reply.startswith(("utter_bad_", "utter_needed_")) and turn.count_miss() >= 2:
            self._fetch_person()
        await self.keep(question)

    async def answer(self) -> None:
        """Use the message as an answer; ask in other words when it is none."""
        assert self.task
        if self.open == "confirmation":
            await self.confirm()
            return
        taken = await self.service.take(self.turn, self.task, self.answers, self.open)
        taking = self._taking(taken)
        problem = taking.take()
        if problem:
            await self.refuse(*problem)
        elif taken or taking.taken or taking.remark():
            if self.open not in (*taken, *taking.taken) and not self.turn.answered:
                self.turn.say("utter_noted")
            await self.go_on()
        else:
            await self.miss()

    async def miss(self) -> None:
        """Not an answer and not a question we know: other words first, then ways out."""
        turn = self.turn
        misses = turn.count_miss()
        if turn.angry:
            await self.ask(again=True)
            return
        if misses >= 2:
            self._fetch_person()
        turn.say(f"utter_again_{self.open}", **({"join": " "} if misses == 1 else {}))
        if self.open in UNKNOWN_ALLOWED:
            if misses >= 2:
                turn.say("utter_again_skip", join=" ")
            turn.offer({"reply": "utter_choice_dont_know"})
        turn.offer({"reply": "utter_choice_stop", "payload": "/stop_task"})
        await self.keep(str(self.open))

    def _fetch_person(self) -> None:
        """Two misses in a row: a person is asked for, and the question stays open for whoever can answer it."""
        turn = self.turn
        turn.say_first("utter_again_twice" if turn.hand_over("not_understood") else "utter_again_waiting")

    async def confirm(self) -> None:
        """The answer to the read-back: yes sends, a new value corrects, anything else asks what to change."""
        turn = self.turn
        assert self.task
        taken = await self.service.take(turn, self.task, self.answers, self.open)
        taking = self._taking(taken)
        problem = taking.take()
        if problem:
            await self.refuse(*problem)
        elif taken or taking.taken or taking.remark():
            await self.go_on()
        elif clear_yes(turn) and turn.confidence >= CLEAR:
            await self.submit()
        else:
            turn.say("utter_what_to_change" if turn.intent == "deny" else "utter_again_confirmation")
            if turn.intent != "deny" and turn.count_miss() >= 2:
                self._fetch_person()
            turn.offer(
                {"reply": "utter_choice_send", "payload": "/affirm"},
                {"reply": "utter_choice_stop", "payload": "/stop_task"},
            )
            await self.keep("confirmation")

    async def submit(self) -> None:
        """Send the stored draft: only now, and once, however often this runs."""
        assert self.task
        request_id = str(self.turn.tracker.get_slot("draft"))
        sent = await self.service.submit(self.turn, self.task, self.answers, request_id)
        if sent is None:
            await task_case.submit(self.turn, self.task, self.answers, request_id)
        elif not sent:
            await self.go_on()
            return
        self.all_answers.pop(self.task.name)
        self.turn.set("task", None)
        self.end()

    async def stop(self) -> None:
        """Put the task aside with what was answered; it can go on later."""
        assert self.task
        await task_case.save(self.turn, self.task, self.answers)
        self.turn.say("utter_task_stopped")
        left = self.service.missing(self.task, self.answers)
        if left:
            self.turn.say("utter_task_missing", what=[f"question.{question}" for question in left])
        self.turn.offer({"reply": "utter_choice_resume"})
        self.end()

    async def proved(self) -> None:
        """The customer has proved who they are: answer first what waited for that, then go on, without asking for it."""
        assert self.task
        if not _interrupted(self.turn.tracker) and repeat_question(self.turn):
            return
        await task_case.know_contact(self.turn, self.task, self.answers)
        await self.go_on(again=not self.task.service)

    async def filed(self) -> None:
        """The customer has sent a file: the answer to the question that wants one. A request put aside goes on with it."""
        turn = self.turn
        question = next((name for name in self.task.questions if name in FILES), None) if self.task else None
        if self.task is None or question is None:
            if self.task and self.open:
                await self.ask(again=True)
            else:
                self.end()
            return
        told = turn.internal
        self.answers[question] = file_line(
            question, self.answers.get(question), str(told.get("name")), int(told.get("size") or 0)
        )
        turn.say(f"utter_file_{question}", file=str(told.get("name")))
        await self.go_on(again=True)

    async def handed_back(self) -> None:
        """A person has handed back: take what they settled, and end the request or go on with it."""
        turn = self.turn
        assert self.task
        say_back(turn)
        if turn.internal.get("request") == "end":
            await task_case.drop(turn, self.task)
            self.all_answers.pop(self.task.name, None)
            turn.set("task", None)
            turn.say("utter_back_ended")
            self.end()
            return
        take_settled(turn, self.task, self.answers)
        await task_case.know_contact(turn, self.task, self.answers)
        await self.go_on()

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
            await self._read_back(again)
        else:
            if again:
                turn.say(self._back())
            if not await self.service.ask(turn, self.task, self.answers, question):
                turn.say(f"utter_ask_{question}", **({"join": " "} if again else {}))
                self._offer(question)
        await self.keep(question)

    async def _read_back(self, again: bool) -> None:
        """Everything with the question whether to send; after an interruption only the question."""
        assert self.task
        turn = self.turn
        turn.set("draft", await task_case.save(turn, self.task, self.answers))
        if again:
            turn.say(self._back())
            turn.say("utter_again_send", join=" ")
        else:
            turn.say("utter_read_back")
            for line in self.task.lines(self.answers):
                turn.say(**line)
            await self.service.read_back(turn, self.task, self.answers)
            turn.say("utter_ask_confirmation")
            turn.show(request_card(self.task.lines(self.answers)))
        turn.offer(
            {"reply": "utter_choice_send", "payload": "/affirm"},
            {"reply": "utter_choice_change", "payload": "/deny"},
            {"reply": "utter_choice_stop", "payload": "/stop_task"},
        )

    def _back(self) -> str:
        """How the form comes back: whoever waits for a person may go on meanwhile."""
        waits = self.turn.angry or WAITS.intersection(self.turn.last_said)
        return "utter_meanwhile" if waits else "utter_back_to_task"

    def _offer(self, question: str) -> None:
        turn = self.turn
        if question == "drawing":
            turn.offer(
                {"reply": "utter_choice_drawing_later", "payload": "/affirm"},
                {"reply": "utter_choice_no_drawing", "payload": "/deny"},
            )
        if question == "alloy":
            turn.offer(*({"title": title} for title in alloys_talked_of(turn)))
        if question in UNKNOWN_ALLOWED and question not in ("part", "name", "drawing", "details", *STATED):
            turn.offer({"reply": "utter_choice_dont_know"})

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
