"""The one form of all tasks: takes answers in any order, asks what is missing, reads back, and sends on a clear yes.

It carries out commands (``actions/dialogue/act.py``) and knows no intent: what a message means was decided before. Nothing is
sent from here but by ``confirm``, and that only what is stored as a draft and was read back.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from actions.form import case, stranger
from actions.form.answers import Answer, Answers, Problem, line, note, silent
from actions.form.asking import question_text
from actions.form.kept import ask_sales, keep
from actions.form.labels import called
from actions.form.left_out import leave_out, without
from actions.form.matter import asks_of_the_talk, of_matter, questions_in
from actions.form.own_wishes import named_detail
from actions.form.pieces import Piece, narrowed
from actions.form.question import Question
from actions.form.righting.put_right import put_right
from actions.form.righting.standing import LAST, WHICH, Righted
from actions.form.righting.taken_back import OWN_WORDS, without_piece
from actions.form.settled import take_settled
from actions.form.shared import DETAILS, WORDS_SEEN, left_open
from actions.form.start import alloys_talked_of, carried, first_words, same_person
from actions.form.summary import Summary
from actions.form.taking import PASSED, Taken, Taking
from actions.form.task import ASKED, CONFIRMATION, FOR_SALES, GIST, LINES, SAID, Stop, Task, tasks
from actions.form.text import MAX_TEXT, is_list, only_comments, only_values, readable
from actions.turns.conduct import leaves_out
from actions.turns.intents import intent
from actions.turns.internal import say_back
from actions.turns.reading import Clause, Entity
from actions.turns.turn import Turn
from actions.turns.unknown import behind_shrug
from actions.turns.words import words as word_lists
from bot.common.replies import replies
from bot.store.cases import DraftClosed, DraftElsewhere

#: The texts that ask whether what was read back shall be sent: only a yes right after one of them sends.
ASKS_TO_SEND = {
    "utter_ask_confirmation",
    "utter_ask_confirmation_changed",
    "utter_ask_confirmation_sends",
    "utter_again_send",
    "utter_again_send_what",
    "utter_again_confirmation",
}
#: What was said last when the customer did not want it sent as it is.
REFUSED = {"utter_not_sent", "utter_what_to_change"}
#: What was said last when the request was put aside, or when another one that lies aside was named.
PARKED = {"utter_postponed", "utter_task_stopped", "utter_kept_unsent", "utter_task_left"}
#: The note that it was said of what was read back that it has not been sent.
UNSENT_TOLD = "unsent_told"
#: An answer that was not understood so often is left open, if it may be: nobody is asked a fourth time.
MOST_MISSES = 2
#: So often a question is asked again right after other things were told in its place.
MOST_PASSED = 1
#: So many signs of a question are said back.
_SAID_BACK = 80
#: Fewer words than this ask nothing that anybody could answer later.
_WORDS_OF_A_QUESTION = 4
#: A statement has at least so many words, and is as likely one as this.
_WORDS_OF_A_STATEMENT, _STATES = 3, 0.6
#: So many words that answer no question tell something all the same.
_STATED = 4
#: Questions whose being left open stands in a line of its own.
_SAID_OPEN = ("part", "name")
#: Figures and names that go from a request that was none of the kind into the one that is meant.
_ALONG = ("part_no", "drawing_no", "quantity", "certificate", "week", "date", "po_no")
#: Questions that are asked about in words that are no name of theirs.
ASKED_BY = ("quantity", "delivery")
#: Why a detail of who asks is wanted, and whether it has to be told.
_WHY = {
    "phone": "utter_why_phone",
    "company": "utter_why_company",
    "name": "utter_why_name",
    "email": "utter_why_email",
}
#: Answers that a later question may leave out.
_TALKED_OF = ("quantity", "weight", "alloy")
#: What was said last when a person has just been asked for.
WAITS = {"utter_human", "utter_human_waiting", "utter_human_waiting_again", "utter_angry", "utter_angry_waiting"}


class Form:
    """The form in one turn: the running task, its answers, and the open question."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.all_answers = {name: Answers(stored) for name, stored in (turn.slot("answers") or {}).items()}
        self.task: Task | None = tasks().get(turn.slot("task") or "")
        self.open: str | None = turn.slot("question") if self.task else None
        #: What the commands of this turn have changed so far, and what of it was put right.
        self.taken = Taken()
        self.righted: list[Righted] = []
        #: The clauses that changed lines of a list.
        self._of_lines: list[str] = []
        #: Whether a task began, ended or was put aside in this turn, so that its question is not asked once more.
        self.began = False
        self.settled = False
        #: Whether all of it is to be read back, and not only what has changed.
        self.whole = False
        #: Whether the message tells to send it, beside what changes it.
        self.told_to_send = False
        #: Whether a request was taken back in this turn, and what lies aside has yet to be named.
        self.ended = False
        #: What was going on when a message began another task, to go on with when that one has ended.
        self._before: Task | None = None
        #: What the customer has heard of that one already.
        self._heard_before: Any = None

    @property
    def running(self) -> bool:
        """Whether a question is open."""
        return self.task is not None and self.open is not None

    @property
    def asked_to_send(self) -> bool:
        """Whether «shall I send it?» is the last thing that was said."""
        return self.open == CONFIRMATION and not ASKS_TO_SEND.isdisjoint(self.turn.last_said)

    @property
    def parked_just_now(self) -> bool:
        """Whether the task lies aside, and that is what was said last."""
        return self.task is not None and self.open is None and not PARKED.isdisjoint(self.turn.last_said)

    @property
    def refused(self) -> bool:
        """Whether it was not to be sent as it was read back, and nothing has been changed since."""
        return self.open == CONFIRMATION and not REFUSED.isdisjoint(self.turn.last_said)

    @property
    def answers(self) -> Answers:
        """Answers of the running task."""
        assert self.task
        return self.all_answers.setdefault(self.task.name, Answers())

    @property
    def divided(self) -> bool:
        """Whether the pieces are divided over several deliveries, as the request stands."""
        pieces = self.answers.get("quantity") if self.task else None
        return pieces is not None and len(pieces.more.get("texts") or []) > 1

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the running task was told so far, a line each."""
        return [each.line() for each in self.task.lines(self.answers) if not each.unknown] if self.task else []

    # ------------------------------------------------------------ commands

    async def start(self, task: Task, turn: Turn, anew: bool = False) -> None:
        """Begin a task with the words of a clause. The one that was going on is put aside with what it has.

        ``anew``: what it had is forgotten, but for who asks.
        """
        self._before = self.task if self.open and self.task != task else None
        self._heard_before = self.turn.slot("summary")
        again = self.task == task and bool(self.all_answers.get(task.name))
        self.task, self.open, self.began, self.settled = task, None, True, False
        told = first_words(turn, task)
        own = await task.take(turn, told, None)
        # What the task has read with its own words («3 x 20 in June, September and December») is not read again.
        taken = Taking(turn.untold(own), task, told, None).take()
        taken.new += [each for each in own if each in told and each not in taken.new]
        told_before = await carried(turn, task, told) if not again else []
        # What another conversation left behind comes back when it is asked for (``resume``), never under new words.
        kept = self.answers if again and not told and not anew else Answers()
        told_before += same_person(turn, task, told, self.all_answers) if not kept else []
        self.all_answers[task.name] = Answers({**kept, **told})
        self.turn.set("task", task.name)
        self.turn.set("summary", None)
        await case.know_contact(turn, task, self.answers)
        if kept:
            self.turn.say("utter_resume_task")
        elif not task.own_words:
            self.turn.say(f"utter_start_{task.name}")
        if told_before:
            self.turn.say("utter_carried", answers=[told[name].line() for name in told_before if told[name].reply])
        self.taken = taken
        if task.hands_over:
            turn.hand_over(task.hands_over)

    async def _forget_what_cannot_wait(self, task: Task) -> None:
        """Drop what a no would have ended: after another wish a cancellation is not lying about for the next yes."""
        for name in [each for each in self.all_answers if each in tasks() and tasks()[each].ends_with_no]:
            if name != task.name:
                await case.drop(self.turn, tasks()[name])
                del self.all_answers[name]
                self._before = None if self._before == tasks()[name] else self._before

    def find_corrections(self, turn: Turn, asked: Sequence[tuple[int, int]] = ()) -> None:
        """Find what the whole message puts right in the answers that stand, and take it out of the message.

        ``asked``: the stretches that only ask; what they name puts nothing right.
        """
        self.righted = []
        if self.task is None or not self.running or turn.text.startswith("/") or is_list(turn):
            return
        self.righted = self._divided(turn)
        leave_out(turn, [(each.start, each.end) for each in self.righted])
        others = put_right(without(turn, *asked), self.task.questions, self.answers, self.open)
        leave_out(turn, [(each.start, each.end) for each in others])
        # What was said of the pieces in all is in the division already.
        self.righted += [each for each in others if each.name not in {one.name for one in self.righted}]

    def _divided(self, turn: Turn) -> list[Righted]:
        """What the division into deliveries that a message tells changes in the answers."""
        assert self.task
        trial = Answers(self.answers.dump())
        found = self.task.divide(turn, trial)
        if found is None:
            return []
        (start, end), now = found
        changed = [name for name in dict.fromkeys([*self.answers, *now]) if now.get(name) != self.answers.get(name)]
        # What only says again how it is divided is no answer to anything else.
        names = changed or [name for name in ("split", "quantity") if name in now][:1]
        return [Righted(name, now.get(name), start, end, self.answers.get(name)) for name in names]

    def put_right(self) -> None:
        """Put the answers right that the message corrects; where it may be one of two, ask which."""
        for each in self.righted:
            if each.which:
                self._ask_which(each)
            elif each.either:
                self.turn.say("utter_which_to_take_out", what=list(each.either))
                self.turn.offer(*({"reply": "utter_choice_take_out", "what": one} for one in each.either))
            elif each.nothing and not each.new:
                continue
            elif each.nothing:
                self.turn.say("utter_nothing_to_forget", what=each.new)
            elif each.problem:
                self.taken.problem = self.taken.problem or (each.name, each.problem)
            else:
                self._put(each)

    def _put(self, righted: Righted) -> None:
        name, before = righted.name, self.answers.get(righted.name)
        self.answers.pop(WHICH, None)
        for out in righted.taken_out.split("; ") if righted.taken_out else ():
            self.turn.say("utter_taken_out", what=out)
            for each in [one for one in OWN_WORDS if one != name and out in str(self.answers.value(one))]:
                left = without_piece(self.answers.pop(each), out)
                if left:
                    self.answers[each] = left
        if righted.answer is None and righted.taken_out and name not in (SAID, FOR_SALES):
            # What was taken out is not asked for again.
            self.answers[name] = silent()
        elif righted.answer is None:
            self.answers.pop(name, None)
        else:
            self.answers[name] = righted.answer
            if self.task:
                self.task.when_righted(name, self.answers)
        if before:
            self.taken.before.setdefault(name, before)
            self._with_lots(before, righted.answer)
        stood = before is not None and bool(before.reply) and not before.unknown
        (self.taken.changed if stood else self.taken.new).append(name)
        if name in _TALKED_OF and righted.answer and righted.answer.value is not None:
            self.turn.ground.note(name, [{"entity": name, "value": righted.answer.value}])
        if righted.line is not None and righted.answer is not None:
            items = getattr(righted.answer, "items", [])
            self.turn.say("utter_quote_line_now", number=righted.line, text=items[righted.line - 1]["text"])

    def _with_lots(self, before: Answer, now: Answer | None) -> None:
        """What tells when each lot comes says the same pieces as they do."""
        delivery, stood = self.answers.get("delivery"), "; ".join(before.more.get("texts") or [])
        told = "; ".join((now.more.get("texts") or []) if now else [])
        if delivery and told and stood and delivery.value == stood:
            # Pieces without lots take no time of theirs away.
            self.answers["delivery"] = delivery.but(value=told)

    def _ask_which(self, righted: Righted) -> None:
        """One short question that names the answers a new value may be for."""
        told = [self.answers[name].line() for name in righted.which]
        self.turn.say("utter_which_to_correct", new=righted.new, answers=told)
        self.answers[WHICH] = note(righted.new, names=list(righted.which))
        terms = replies().terms[self.turn.language]
        self.turn.offer(
            *({"title": f"{terms[f'question.{name}'].capitalize()}: {righted.new}"} for name in righted.which)
        )
        self._keep(str(self.open))
        self.settled = True

    async def fill(self, turn: Turn, words: bool) -> bool:
        """Take the values of a clause; its words answer the open question when ``words``. Whether it said anything."""
        assert self.task
        # A button that begins a request is no answer in words.
        button = turn.text.startswith("/") and intent(turn.intent).kind == "task"
        opened = self.open if words and not self.began and not button else None
        turn = self._behind_shrug(turn, opened)
        own = await self.task.take(turn, self.answers, self.open)
        if self.righted and turn.said("number"):
            # «No wait, 16. 4 in reserve»: a bare number beside a correction answers nothing that was asked.
            opened = None
        again = opened in self.taken.stored
        # What the task has read with its own words («strike line 2») tells nothing else.
        seen = turn.untold() if own else turn
        # What this message has put right stands, whatever else it tells.
        settled = {each.name for each in self.righted}
        if LINES in own:
            # «Strike line 2, that one is cast elsewhere» describes nothing of the others.
            settled |= {each.name for each in self.task.questions if each.words and not called(turn.text, each.name)}
            self._of_lines.append(turn.text)
        taking = Taking(seen, self.task, self.answers, None if opened in own else opened, again, settled)
        taken = taking.take()
        if not own and not taken.anything:
            taking.remark()
        if "alloy" in taken.stored and turn.said("alloy"):
            turn.ground.note("alloy", turn.said("alloy"))
        self.taken.new += [*own, *taken.new]
        self.taken.changed += taken.changed
        self.taken.same += taken.same
        self.taken.before = {**taken.before, **self.taken.before}
        self._respect(taken.withheld)
        self.taken.problem = self.taken.problem or taken.problem
        return bool(own) or taken.anything

    def keep(self, clauses: Sequence[Clause]) -> None:
        """Keep what these clauses tell and no answer shows in the customer's words."""
        assert self.task
        clauses = [each for each in clauses if not any(each.text in one for one in self._of_lines)]
        if keep(self.turn, self.task, self.answers, clauses):
            self.taken.new.append(SAID)

    def _behind_shrug(self, turn: Turn, opened: str | None) -> Turn:
        """«Don't know, but we want new ones»: what follows counts where it answers anything."""
        at = behind_shrug(turn.text) if turn.said("dont_know") else None
        if at is None or self.task is None:
            return turn
        rest = narrowed(turn, [Piece(turn.text[at:], at, len(turn.text))])
        valued = [each for each in rest.entities if each["entity"] not in ("language", "dont_know")]
        return rest if fits(rest, self.task, self.answers, opened, bool(valued)) else turn

    def _respect(self, withheld: list[str]) -> None:
        """Say of a detail that is kept back that it is needless; somewhere to answer to is needed all the same."""
        self.taken.withheld += withheld
        for detail in withheld:
            if detail != "email":
                self.turn.say("utter_withheld", what=f"detail.{detail}")
            elif self.open != "email" and not {"email", "phone"} & set(self.answers):
                self.turn.say("utter_needed_email")

    async def confirm(self) -> None:
        """Send the stored draft: only now, and once, however often this runs."""
        assert self.task
        request_id = str(self.turn.slot("draft"))
        try:
            sent = await self.task.submit(self.turn, self.answers, request_id)
        except DraftElsewhere as elsewhere:
            self._gone_elsewhere(elsewhere.case_no)
            return
        except DraftClosed:
            # Erased or taken back meanwhile: it is read back anew, under a request of its own.
            self.turn.set("summary", None)
            await self.go_on()
            self.settled = True
            return
        if not sent:
            await self.go_on()
            self.settled = True
            return
        self.turn.set("sent", {"task": self.task.name, "answers": self.answers.dump()})
        along = self.task.gone_along(self.answers)
        self.all_answers.pop(self.task.name)
        self._end()
        self.say_left(along)

    def _gone_elsewhere(self, case_no: str | None) -> None:
        """The request went on in another conversation: nothing is sent from here, or a second time."""
        assert self.task
        self.all_answers.pop(self.task.name)
        if case_no:
            self.turn.say("utter_sent_elsewhere", case_no=case_no)
        else:
            self.turn.say("utter_gone_elsewhere")
            self.turn.offer({"reply": "utter_choice_resume"})
        self._end()

    def remind(self) -> None:
        """Say beside thanks or a farewell that what was read back has not been sent; once, then they are met alone."""
        assert self.task
        self.settled = True
        if UNSENT_TOLD not in self.answers:
            self.answers[UNSENT_TOLD] = note(True)
            self.turn.say("utter_unsent")
            Summary(self.turn, self.task, self.answers).ask_again(" ")
            self._offer_at_read_back()
        self._keep(CONFIRMATION)

    async def refuse(self) -> None:
        """No to «shall I send it?»: nothing is sent, and what is to be different is asked. A wish that cannot differ ends."""
        assert self.task
        if self.task.ends_with_no:
            await self.take_back()
            return
        self.turn.say("utter_not_sent")
        self.turn.offer({"reply": "utter_choice_aside", "payload": "/stop_task"})
        self._keep(CONFIRMATION)

    def leave_rest_open(self) -> None:
        """Ask no more than has to be known: whatever else is not answered stays open."""
        for question in self.task.questions if self.task else ():
            if question.may_stay_open and question.name not in self.answers:
                self.answers[question.name] = left_open(question.name)

    async def put_aside(self, reply: str) -> None:
        """Stop asking; what was answered is kept as a draft and nothing is sent."""
        assert self.task
        await case.save(self.turn, self.task, self.answers)
        self.turn.say(reply)
        left = self.task.missing(self.answers)
        if left:
            self.turn.say("utter_task_missing", what=[f"question.{question}" for question in left])
        self.turn.offer({"reply": "utter_choice_resume"})
        self._leave_open_question()

    async def take_back(self) -> None:
        """Drop the wish that is in progress: nothing of it is kept or sent."""
        assert self.task
        await self._drop()
        self.turn.say("utter_taken_back")
        self._end()
        self.ended = True

    async def drop(self, task: Task) -> None:
        """Drop a request that was called by its name, in progress or aside: it goes along with nothing and is not offered again."""
        running, self.whole = self.task == task and self.open is not None, True
        await case.drop(self.turn, task)
        self.all_answers.pop(task.name, None)
        self.turn.say("utter_dropped", task=f"task.{task.name}")
        for each in tasks().values():
            if kept := self.all_answers.get(each.name):
                each.leave_along(kept, task)
        if running or self.task == task:
            self._end()
        self._store()

    def say_left(self, along: str | None = None) -> None:
        """Name the request that lies aside, when another one has ended; ``along``: the one that has just gone along with it."""
        left = [name for name in self.all_answers if name in tasks()]
        if left and left[0] == along:
            left = [*left[1:], along]
        if left and left[0] == along:
            # It can be gone on with, but nobody is told that it is unfinished.
            self.turn.set("task", along)
        elif left:
            self.turn.set("task", left[0])
            self.turn.say("utter_task_left", task=f"task.{left[0]}")
            self.turn.offer({"reply": "utter_choice_resume"})

    async def take_up(self, task: Task, turn: Turn | None) -> None:
        """Go on with the request of a task that lies aside, with what ``turn`` tells; the one in progress is put aside with what it has."""
        if self.task and self.open and self.task != task:
            await case.save(self.turn, self.task, self.answers)
        self.task, self.open, self.began, self.settled = task, None, True, False
        await self._forget_what_cannot_wait(task)
        await self._again(task)
        if turn is not None:
            await self.fill(turn, words=False)

    async def _again(self, task: Task) -> None:
        """Say that a request goes on; its questions may be asked anew, and everything is read back anew."""
        self.answers.pop(ASKED, None)
        self.turn.set("task", task.name)
        self.turn.set("summary", None)
        self.turn.say("utter_resume_task")
        await case.know_contact(self.turn, task, self.answers)

    async def resume(self) -> bool:
        """Go on with the task that was put aside, here or on another device. False when there is none."""
        if self.task is None:
            parked = await case.parked(self.turn, list(tasks()))
            self.task = tasks().get(parked or "")
        if self.task is None:
            return False
        if not self.answers:
            self.all_answers[self.task.name] = await case.earlier_answers(self.turn, self.task)
        if not self.open:
            await self._again(self.task)
        return True

    def taken_up(self, turn: Turn, task: Task | None = None) -> bool:
        """Whether words go on with the request that lies aside: the order it waited for, or that request by its name."""
        if self.task is None or self.running or not self.answers:
            return False
        if task is not None:
            return task == self.task and task.named_again(turn)
        values = {each["entity"] for each in turn.entities} - {"language"}
        waited_for = values == {"order_no"} and self.task.question("order") is not None and not turn.asks
        return self.parked_just_now and waited_for

    def of_other_order(self, entities: Iterable[Entity]) -> bool:
        """Whether one order is named, and the request is about another."""
        known = (
            {str(each) for each in (self.answers.value("order"), *(self.answers.value("also") or []))}
            if self.task
            else set()
        )
        named = {str(each["value"]) for each in entities if each["entity"] == "order_no"}
        return bool(self.task and self.answers.value("order") and named and not named & known)

    async def leave(self, turn: Turn) -> None:
        """Drop the request in progress, which was none of the kind; what was told it goes along with the words of the turn."""
        assert self.task
        for kind in _ALONG:
            told = turn.before.about(kind) if turn.before.said_by(kind) == "customer" and not turn.said(kind) else []
            turn.entities += [each | {"start": len(turn.text), "end": len(turn.text)} for each in told]
        await self._drop()
        self.open = None

    def named(self, turn: Turn) -> list[str]:
        """The questions with an answer that a message names: «the weight»."""
        questions = self.task.questions if self.task else ()
        return [each.name for each in questions if each.name in self.answers and turn.names_question(each.name)]

    def asked_of(self, text: str) -> tuple[str, ...]:
        """The questions whose answers a text asks for: by their names, or by «how many» and «which date»."""
        said = word_lists("talk")
        if self.task and self.task.question("delivery") is None and said.says(text, "asks_delivery"):
            # What the plan tells of the times stands in all of it.
            return ()
        return tuple(
            each.name
            for each in (self.task.questions if self.task else ())
            if called(text, each.name) or (each.name in ASKED_BY and said.says(text, f"asks_{each.name}"))
        )

    async def correct(self, turn: Turn) -> None:
        """Ask the question again whose answer is called wrong; which one it is, when it was not named."""
        assert self.task
        named = self.named(turn)
        if len(named) == 1:
            self.turn.say(f"utter_ask_{named[0]}")
            self._offer(named[0])
            self._keep(named[0])
        else:
            self.turn.say("utter_what_to_change")
            self._keep(CONFIRMATION if not self.open else self.open)
        self.settled = True

    def say_next(self) -> None:
        """Say what becomes of the request, and by when it would be answered."""
        assert self.task
        self.turn.say("utter_next_steps", answer_by=case.answered_by(self.task.case))

    async def say_whether_gone(self, name: str) -> None:
        """Whether a wish is gone, as it is asked: sent and under which number, still here unsent, or nothing of the kind."""
        if not name:
            self.turn.say("utter_taken_back")
            return
        if name not in tasks():
            await case.say_sent(self.turn, contents=True)
            return
        task = {"task": f"task.{name}"}
        here = bool(self.all_answers.get(name))
        running = self.running and self.task is not None and self.task.name == name
        if await case.say_sent(self.turn, contents=not here, kind=tasks()[name].case):
            self.turn.say("utter_wish_sent", **task)
            if not here:
                self.turn.offer({"reply": "utter_choice_human", "payload": "/human"})
        elif not here:
            self.turn.say("utter_wish_gone", **task)
        if here and running:
            self.turn.say("utter_wish_here", **task)
        elif here:
            # What it takes to send it, as it lies aside.
            self.turn.say("utter_wish_aside", **task)
            self.turn.offer({"reply": "utter_choice_take_up", "task": task["task"]})

    def recap(self, names: Sequence[str] = ()) -> None:
        """Say what was answered so far, and what is missing; of ``names`` alone where they are told in lines of their own."""
        assert self.task
        summary = Summary(self.turn, self.task, self.answers)
        if not names or not summary.recap_of(names):
            summary.recap()

    def explain(self, text: str) -> None:
        """Why a question is asked: the one that is named, else the open one."""
        assert self.task
        detail = named_detail(text)
        if detail and self.task.question("email"):
            self.turn.say(_WHY[detail])
            return
        # The label of a description («about») stands in any question.
        named = [each.name for each in self.task.questions if each != DETAILS and called(text, each.name)]
        self.turn.say(f"utter_why_{named[0] if len(named) == 1 else self.open}")

    # ------------------------------------------------------------ web's own turns

    async def proved(self, reference: str | None) -> None:
        """The customer has proved who they are; the order that proved it answers the question for one."""
        assert self.task
        if self.task.question("order") and reference and not self.answers.value("order"):
            self.answers["order"] = line("order", reference)
        await case.know_contact(self.turn, self.task, self.answers)

    async def filed(self) -> bool:
        """The customer has sent a file: the answer to the question that wants one. False when no question does."""
        question = next((each for each in self.task.questions if each.file), None) if self.task else None
        if self.task is None or question is None or question.file is None:
            return False
        told = self.turn.internal
        known, name = self.answers.get(question.name), str(told.get("name"))
        self.answers[question.name] = question.file(known, name, int(told.get("size") or 0))
        self.turn.say(f"utter_file_{question.name}", file=name)
        self.task.take_file(self.turn, self.answers)
        return True

    async def handed_back(self) -> None:
        """A person has handed back: take what they settled, and end the request or go on with it."""
        assert self.task
        say_back(self.turn)
        if self.turn.internal.get("request") == "end":
            await self._drop()
            self.turn.say("utter_back_ended")
            self._end()
            return
        take_settled(self.turn, self.task, self.answers)
        await case.know_contact(self.turn, self.task, self.answers)

    # ------------------------------------------------------------ going on

    async def go_on(self, interrupted: bool = False) -> None:
        """Let the task fill in and judge what is known now; then say what was stored and ask, or end what cannot go on.

        What was not to be sent and has not been changed is not asked about once more when the talk has gone on to
        something else: it lies aside.
        """
        assert self.task
        if self.refused and interrupted and not self.taken.anything:
            await self.put_aside("utter_kept_unsent")
            return
        if self.taken.problem:
            await self._doubt(*self.taken.problem)
            return
        found = await self.task.known(self.turn, self.answers)
        if isinstance(found, Stop):
            await self._stopped(found)
        elif found:
            await self._doubt(*found)
        else:
            await self.ask(interrupted)

    async def say_at_once(self, turn: Turn) -> None:
        """Let a task that has begun in this turn say what it can, before another one begins; what it would ask lies aside."""
        if self.task is None or not self.began or self.open is not None:
            return
        found = await self.task.known(turn, self.answers)
        if isinstance(found, Stop) and not found.becomes:
            if found.reply:
                turn.say(found.reply, **found.values)
            turn.offer(*found.choices)
            await self._drop()

    async def ask(self, interrupted: bool = False) -> None:
        """Ask the next question, or read everything back and ask for a yes."""
        assert self.task
        if self.began:
            await self._forget_what_cannot_wait(self.task)
        turn, before, question = self.turn, self.open, self._next_question(interrupted)
        summary = Summary(turn, self.task, self.answers)
        if question == CONFIRMATION and stranger.waits(turn, self.task):
            # It is read back when it is known what can be done.
            turn.set("summary", None)
            if not any(each["reply"] == stranger.WAITS for each in turn.parts):
                turn.say(stranger.WAITS)
        elif question == CONFIRMATION:
            self.answers.pop(UNSENT_TOLD, None)
            turn.set("draft", await case.save(turn, self.task, self.answers))
            await summary.read_back(self.taken.before, self.whole, self.told_to_send)
            self._offer_at_read_back()
        else:
            if not self.began or self.task.of_figures_talked_of:
                summary.acknowledge(self.taken.stored, self.taken.changed, self.taken.before)
            if interrupted and self._waits():
                turn.say("utter_meanwhile")
            if not interrupted and (question != before or not self._gets_on()):
                # Only a question that nothing answered has been asked for nothing.
                self._count(question)
            if not stranger.waits(turn, self.task) and not await self.task.ask(turn, self.answers, question):
                turn.say(question_text(turn, question))
                self._offer(question)
            turn.offer(*self.task.ways_on(self.answers, question))
        self._keep(question)

    def _next_question(self, interrupted: bool) -> str:
        """The next question. One that was asked as often as anybody is asked is left open, and the read-back says so."""
        assert self.task
        question = self.task.next_question(self.answers)
        while question != CONFIRMATION and self._asked_enough(question) and not (interrupted or self._gets_on()):
            for name in (question, *(each for each, host in self.task.along.items() if host == question)):
                if name not in self.answers:
                    self.answers[name] = left_open(name) if name in _SAID_OPEN else silent(left=True)
            question = self.task.next_question(self.answers)
        return self._another(question, interrupted)

    def _another(self, question: str, interrupted: bool) -> str:
        """Another question where the open one was asked twice running, or passed over again while other things were told: it comes again later.

        Which order it is about is asked until it is told, and a correction passes nothing over.
        """
        assert self.task
        # Whoever asks something of their own meanwhile passes nothing over, unless nobody knows what it is all about.
        twice = f"utter_short_{question}" in self.turn.last_said and (not interrupted or question == "part")
        twice = twice and bool(self.taken.new or not self.taken.changed)
        passing = not self.turn.angry and (twice or (not interrupted and self.taken.new and self._gets_on()))
        if question != self.open or question in (CONFIRMATION, *GIST[:2]) or not (passing and self.task.most_asked):
            return question
        passed: dict[str, int] = {**(self.answers.value(PASSED) or {})}
        passed[question] = passed.get(question, 0) + 1
        self.answers[PASSED] = note(passed)
        if passed[question] <= MOST_PASSED and not twice:
            return question
        return min(self.task.still_to_ask(self.answers), key=lambda each: passed.get(each, 0))

    def _asked_enough(self, question: str) -> bool:
        """Whether a question that may stay open has been asked as often as the task asks anybody."""
        asked = self.task.question(question) if self.task else None
        most = self.task.most_asked if self.task else None
        return bool(most and asked and asked.may_stay_open and self._times(question) >= most)

    def _times(self, question: str) -> int:
        return int((self.answers.value(ASKED) or {}).get(question, 0))

    def _count(self, question: str) -> None:
        """Note that a question is asked, where the task asks none for ever."""
        if self.task and self.task.most_asked:
            self.answers[ASKED] = note({**(self.answers.value(ASKED) or {}), question: self._times(question) + 1})

    def _gets_on(self) -> bool:
        """Whether the message has told something that another question asks for; a remark answers none."""
        return any(name != (self.task.home if self.task else None) for name in self.taken.stored)

    def _in_own_words(self, words: Turn) -> bool:
        """Keep a second answer that nothing here reads as it was written, marked so. False where it may be none."""
        question = self.task.question(self.open) if self.task else None
        if question is None or not self._asked_enough(question.name) or not _states_answer(words, question):
            return False
        seen = any(each.confidence >= WORDS_SEEN for each in question.told(words))
        if self.task and self.task.keeps_words and not seen:
            # What nothing says is meant for it goes along in the customer's words all the same.
            return False
        text = " ".join(words.text.split())[:MAX_TEXT]
        said = Answer(text if question.words else None, "utter_line_own_words")
        self.answers[question.name] = said.but(question=f"question.{question.name}", said=text)
        self.taken.new.append(question.name)
        return True

    async def miss(self, words: Turn) -> None:
        """Not an answer and nothing we know: other words first, then ways out. Never the same twice."""
        turn, question = self.turn, self.task.question(self.open) if self.task else None
        if not turn.angry and self._in_own_words(words):
            await self.go_on()
            return
        if not turn.angry and await self._asked_of_sales(words):
            return
        if not turn.angry and (self._keeps_statement(words) or self._told_beside(words)):
            await self.ask()
            return
        misses = turn.count_miss()
        if turn.angry:
            await self.ask(interrupted=True)
            return
        if misses == 1 and words.asks and re.search(r"\w\W*\?", words.text):
            # A question gets no example of an answer.
            turn.say("utter_again_asked")
            turn.offer({"reply": "utter_choice_human", "payload": "/human"})
            await self.ask(interrupted=True)
            return
        if misses >= 2:
            turn.say_first("utter_again_twice" if turn.hand_over("not_understood") else "utter_again_waiting")
        if misses > MOST_MISSES and question and question.may_stay_open:
            self.answers[question.name] = left_open(question.name)
            self.taken.new.append(question.name)
            await self.go_on()
            return
        self._count(str(self.open))
        turn.say(f"utter_again_{self.open}", **({"join": " "} if misses == 1 and turn.answered else {}))
        if question and question.may_stay_open:
            if misses >= 2:
                turn.say("utter_again_skip", join=" ")
            turn.offer({"reply": "utter_choice_dont_know"})
        if self.open == CONFIRMATION:
            turn.offer({"reply": "utter_choice_send", "payload": "/affirm"})
        turn.offer({"reply": "utter_choice_stop", "payload": "/stop_task"})
        self._keep(str(self.open))

    async def _asked_of_sales(self, words: Turn) -> bool:
        """Send a question that nothing here answers along with the request, and say so. False where the request takes no words."""
        if not self.for_sales(words):
            return False
        await self.ask(interrupted=True)
        return True

    def for_sales(self, words: Turn, named: str = "") -> bool:
        """Put a question that nothing here answers into the request, and say so. False where the request takes no words.

        ``named``: the question as somebody can read it alone, where it was found to be one.
        """
        home = self.task.home if self.task else None
        asks = words.asks or "?" in words.text
        if self.task and self.task.tells_when and word_lists("orders").says(words.text, "goods_when"):
            # The plan tells it, in the read-back.
            return False
        few = not named and len(words.text.split()) < _WORDS_OF_A_QUESTION
        if self.task is None or home is None or not asks or few:
            return False
        if asks_of_the_talk(words.text):
            self._show_what_stands()
            return True
        asked = named or questions_in(words.text)
        if not asked and not of_matter(words.text, questions=True):
            return False
        ask_sales(self.answers, " ".join((asked or words.text).split()))
        if not (self.began and self.task.hands_over):
            # Whoever complains is met first, and reads no word of what is not known.
            self.turn.say("utter_question_for_sales", words=_shortened(asked or words.text))
        return True

    def _show_what_stands(self) -> None:
        """Whoever asks what was taken down, or why it says so, sees all of it."""
        assert self.task
        if CONFIRMATION in (self.open, self.task.next_question(self.answers)):
            self.turn.set("summary", None)
        elif not self.began:
            self.recap()

    def _keeps_statement(self, words: Turn) -> bool:
        """Keep what a message states of the request beside its questions, in the customer's words."""
        states = intent(words.intent).kind in ("value", "outside", "question") and "?" not in words.text
        few = len(words.text.split()) < _STATED and not leaves_out(words.text)
        if self.task is None or not self.task.keeps_words or not states or few:
            return False
        if not readable(words.text):
            return False
        inside = [each for each in self.turn.reading.clauses if each.text in words.text]
        self.keep(inside)
        return SAID in self.taken.new

    def _told_beside(self, words: Turn) -> bool:
        """Keep a statement that answers no question as a remark. False where it may be no statement."""
        assert self.task
        home = self.task.home
        states = intent(words.intent).kind == "value" and words.confidence >= _STATES and not words.asks
        states = states and word_lists("request").says(words.text, "tells")
        if home is None or home == self.open or not states or len(words.text.split()) < _WORDS_OF_A_STATEMENT:
            return False
        taken = Taking(words, self.task, self.answers, None).tell(home)
        self.taken.new += taken.stored
        return bool(taken.stored)

    async def _stopped(self, stop: Stop) -> None:
        """The task has judged that it does not go on: it becomes another one, a person's, or nothing."""
        turn = self.turn
        assert self.task
        if stop.reply:
            turn.say(stop.reply, **stop.values)
        turn.offer(*stop.choices)
        if stop.hand_over:
            turn.hand_over(stop.hand_over)
        await self._drop()
        if stop.becomes:
            await self._become(tasks()[stop.becomes], stop.answers)
        elif self._before:
            self.task, self._before = self._before, None
            turn.set("task", self.task.name)
            turn.set("summary", self._heard_before)
            self.taken = Taken()
            await self.ask(interrupted=True)
        else:
            self._end()

    async def _become(self, task: Task, answers: Answers) -> None:
        """Go on as another task, with what that one reads out of the same words."""
        self.task, self.open, self.taken = task, None, Taken()
        self.all_answers[task.name] = Answers({**self.answers, **answers})
        self.turn.set("task", task.name)
        if self.began:
            await task.take(self.turn, self.answers, None)
            await carried(self.turn, task, self.answers)
            self.taken = Taking(self.turn, task, self.answers, None).take()
            # What was told for the other wish is told for this one.
            self.taken.new += [name for name, each in self.answers.items() if each.reply and name not in self.taken.new]
        await case.know_contact(self.turn, task, self.answers)
        await self.go_on()

    async def _doubt(self, question: str, problem: Problem) -> None:
        """Say what is wrong with an answer and ask for it again; what else was said is taken and said so."""
        turn = self.turn
        assert self.task
        if self.began:
            await self._forget_what_cannot_wait(self.task)
        stored = [name for name in self.taken.stored if name != question]
        if not self.began or self.task.of_figures_talked_of:
            Summary(turn, self.task, self.answers).acknowledge(stored, self.taken.changed, self.taken.before)
        self.answers.pop(question, None)
        self._count(question)
        turn.say(problem.reply, **problem.values)
        turn.offer(*problem.choices)
        if not problem.asks:
            turn.say(f"utter_ask_{question}", join=" ")
        if not problem.choices:
            self._offer(question)
        if problem.reply.startswith(("utter_bad_", "utter_needed_")) and turn.count_miss() >= 2:
            turn.say_first("utter_again_twice" if turn.hand_over("not_understood") else "utter_again_waiting")
        self._keep(question)

    # ------------------------------------------------------------ what the next turn finds

    def _waits(self) -> bool:
        """Whether a person has just been asked for: then the request goes on meanwhile."""
        return self.turn.angry or bool(WAITS.intersection(each["reply"] for each in self.turn.parts))

    def _offer_at_read_back(self) -> None:
        self.turn.offer(
            {"reply": "utter_choice_send", "payload": "/affirm"}, {"reply": "utter_choice_change", "payload": "/deny"},
            {"reply": "utter_choice_stop", "payload": "/stop_task"},
        )  # fmt: skip

    def _offer(self, name: str) -> None:
        turn, question = self.turn, self.task.question(name) if self.task else None
        if question is None:
            return
        given = [{"reply": f"utter_choice_{reply}"} | ({"payload": to} if to else {}) for reply, to in question.choices]
        if name == "alloy":
            given += [{"title": title} for title in alloys_talked_of(turn)] + [{"reply": "utter_choice_ours"}]
        if not question.choices and question.may_stay_open and not question.words:
            given.append({"reply": "utter_choice_dont_know"})
        turn.offer(*given)

    def _keep(self, question: str) -> None:
        """Leave the question open and the answers kept."""
        self.open = question
        self.answers[LAST] = note(self.taken.stored)
        self._store()
        self.turn.set("question", question)

    def _leave_open_question(self) -> None:
        """Put the task aside: it stays the task, with no question open."""
        self.open, self.settled = None, True
        self._store()
        self.turn.set("question", None)

    def _end(self) -> None:
        """Leave the form."""
        self.task, self.open, self.settled = None, None, True
        self._store()
        for slot in ("task", "question", "draft", "summary"):
            self.turn.set(slot, None)

    async def _drop(self) -> None:
        assert self.task
        await case.drop(self.turn, self.task)
        self.all_answers.pop(self.task.name, None)
        self.turn.set("task", None)

    def _store(self) -> None:
        self.turn.set("answers", {name: answers.dump() for name, answers in self.all_answers.items()})


def _shortened(text: str) -> str:
    """A question of the customer's as it is said back."""
    said = " ".join(text.split()).strip(" ?.!,")
    return said if len(said) <= _SAID_BACK else f"{said[:_SAID_BACK].rstrip()} …"


def _states_answer(words: Turn, question: Question) -> bool:
    """Whether a message that nothing reads states something all the same: no talk, no word or two, no mere value of another question."""
    kind, told = intent(words.intent).kind, re.findall(r"[^\W\d_]{2,}", words.text)
    who = question.name in ("name", "email")
    if (
        who
        or words.asks
        or "?" in words.text
        or kind not in ("value", "outside", "no", "yes")
        or not readable(words.text)
    ):
        return False
    if only_comments(words) or (only_values(words) and not question.told(words)):
        return False
    tells = question.words or re.search(r"\d", words.text) or called(words.text, question.name)
    return len(told) >= (_WORDS_OF_A_STATEMENT if tells else _WORDS_OF_A_QUESTION)


def repeats(turn: Turn, task: Task, answers: Answers) -> bool:
    """Whether every value of a clause stands in the answers already, and taking the clause would change none of them."""
    values = [each for each in turn.entities if each["entity"] != "language"]
    known = [value for each in answers.values() for value in (each.value, *each.more.values()) if value is not None]
    there = {_folded(each) for each in known} | {_folded(one) for each in answers.values() for one in each.figures()}
    if not values or any(_folded(each["value"]) not in there for each in values):
        return False
    after = Answers(answers.dump())
    taken = Taking(turn, task, after, None).take()
    return taken.problem is None and not taken.stored


def changes(turn: Turn, task: Task, answers: Answers) -> bool:
    """Whether taking the values of a clause would put another answer in the place of one that stands, or put that in doubt."""
    before, after = Answers(answers.dump()), Answers(answers.dump())
    taken = Taking(turn, task, after, None).take()
    touched = [*taken.changed, *([taken.problem[0]] if taken.problem else [])]
    return any(name in before and before[name].reply and not before[name].unknown for name in touched)


def _folded(value: Any) -> str:
    """A value as it is compared: 10.0 pieces are 10."""
    return f"{float(value):g}" if isinstance(value, (int, float)) else str(value).casefold()


def fits(turn: Turn, task: Task, answers: Answers, opened: str | None, asked: bool) -> frozenset[str]:
    """The questions of a task that a clause answers; with ``asked`` its words count for the open one. Changes nothing."""
    taken = Taking(turn, task, Answers(answers), opened if asked else None).take()
    found = {*taken.new, *taken.changed, *taken.same, *([taken.problem[0]] if taken.problem else [])}
    if turn.said(*task.reads):
        found.add("*")
    return frozenset({*found, *(f"no_{each}" for each in taken.withheld)})
