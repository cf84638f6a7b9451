"""Carries out commands: each goes to one handler or to the form; then the request in progress goes on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from actions.alloys.recommendation import take_alloy
from actions.alloys.subject import ALLOY_TOPICS
from actions.dialogue import commands as c
from actions.dialogue import offers, proved
from actions.dialogue.asked import (
    TELLING,
    Met,
    all_questions,
    asked_on,
    asks_whether_right,
    of_the_plan,
    only_asked_again,
    with_matter,
)
from actions.dialogue.decide import ask_which
from actions.dialogue.follow_up import question_of, what_about
from actions.dialogue.read_back import agrees_beside
from actions.dialogue.references import PLANNED
from actions.dialogue.rules.people import CONFIRMATION_COMES, WHY_PROOF
from actions.dialogue.rules.seen import CONTENTS, FINE, GONE, KEPT, MUSED, NO_FAULT, TAKEN, WHEN, told_by_receipt
from actions.form import case
from actions.form.form import Form
from actions.form.task import CONFIRMATION, claimed, task_of_intent, tasks
from actions.form.told import wants_answer
from actions.orders.facets import ORDERS
from actions.orders.numbers import REFERENCE, own_reference
from actions.orders.words import IDENTIFY
from actions.talk.faq import knows
from actions.talk.talk import talk
from actions.tasks.change.musing import MUSED_ON, tell_musing
from actions.tasks.price.agreement import AGREEMENT, STOCK, tell_agreement, tell_stock
from actions.tasks.price.task import price_asked
from actions.tasks.quotation.validity import QUOTED, tell_whether_holds
from actions.turns import internal, patience
from actions.turns.anger import angry
from actions.turns.fallback import not_understood
from actions.turns.handler import answer_as, handlers
from actions.turns.intents import intent
from actions.turns.reading import Clause
from actions.turns.sources import explain_sources
from actions.turns.starts import offer_starts
from actions.turns.turn import MISSES, Turn
from actions.turns.words import words
from actions.turns.yes import merely_consents, tells_to_send
from bot.common.settings import settings

#: Who asks by when, or under which number, is not told again what stands in it.
ONLY_WHEN = ("answered_when", "reference_no")
#: Of these, what is answered in the midst of another request and never takes its place.
ANSWERED_WITHIN = ("price",)
#: What a question may mean by itself without changing anything.
ANSWERS_ALONE = (c.Answer, c.Explain, c.FollowUp, c.Person, c.Recap, c.Talk)
#: «Nothing is wrong with them» has no more words.
DENIAL = 7
#: Rules about the talk itself: what they read tells nothing of what is wanted.
ABOUT_THE_TALK = (
    "own_steer", "send_now", "yes", "enough", "kind_yes", "set_right",
    "weighed", "beside", "set_against", "tight", "asked_about",
)  # fmt: skip
#: Courtesy that ends a talk.
PARTING = ("thanks", "goodbye")
#: Commands that are a matter beside the anger they are said in.
MATTERS = (
    c.Answer,
    c.Start,
    c.Confirm,
    c.Stop,
    c.TakeBack,
    c.Drop,
    c.TakeUp,
    c.Enough,
    c.Refuse,
    c.Person,
    c.Recap,
    c.Postpone,
)

#: Tasks that tell something at once: a number told beside what they are asked is for what is ordered next.
ORDERED_NEXT = ("price",)

#: Commands that are about what a clause tells, beside those about the talk.
_OF_CLAUSES = (c.Fill, c.Start, c.Answer, c.Miss)


#: Answers to what is asked of a price that leave the rest to sales.
PRICES_OF_SALES = ("utter_price_discount", "utter_price_price_up")


class Act:
    """One message's commands against the form and the handlers."""

    def __init__(
        self,
        turn: Turn,
        form: Form,
        understand: Callable[[], Awaitable[Sequence[c.Command]]],
        alone: Callable[[Clause], Awaitable[c.Command]],
    ) -> None:
        self.turn = turn
        self.form = form
        self.understand = understand
        #: What a clause means by itself, where the talk stands now.
        self.alone = alone
        #: What of the message's questions has been answered.
        self.met = Met()
        #: Whether something else than the request in progress was answered.
        self.interrupted = False
        #: The clause that has begun a task which tells something at once.
        self._begun: Turn | None = None
        #: Whether a request was sent or dropped in this turn.
        self._ended = False
        self._does: dict[type[c.Command], Callable[[Any], Awaitable[None]]] = {
            c.Answer: self._answer, c.Start: self._start, c.Fill: self._fill, c.Confirm: self._confirm, c.Refuse: self._refuse,
            c.Postpone: self._postpone, c.Stop: self._stop, c.TakeBack: self._take_back, c.Resume: self._resume,
            c.Recap: self._recap, c.Correct: self._correct, c.Explain: self._explain, c.Person: self._person,
            c.Accept: self._accept, c.Decline: self._decline, c.Talk: self._talk, c.FollowUp: self._follow_up,
            c.Decide: self._decide, c.Wait: self._wait, c.Miss: self._miss, c.Add: self._add, c.TakeUp: self._take_up_named, c.Enough: self._enough,
            c.PutRight: self._put_right, c.Drop: self._drop,
        }  # fmt: skip

    async def carry_out(self, wanted: Sequence[c.Command]) -> None:
        """Do everything that was asked, then go on with the request in progress."""
        for command in wanted:
            self.turn.explain(command.name, command.because, command.about)
        if await self._only_anger(wanted):
            return
        self._told_to_send(wanted)
        for command in wanted:
            await self._carry(command)
        self._keep_the_rest(wanted)
        await self._see_to_questions(wanted)
        await self.go_on()

    async def _carry(self, command: c.Command) -> None:
        """Do one thing, and note what it has answered."""
        said, stored = len(self.turn.parts), len(self.form.taken.stored)
        await self._does[type(command)](command)
        # A fact that was told for an earlier clause answers this one too.
        told = len(self.turn.parts) > said or (isinstance(command, c.Answer) and command.topic.startswith("faq/"))
        self.met.note(command, told, len(self.form.taken.stored) > stored)

    async def _see_to_questions(self, wanted: Sequence[c.Command]) -> None:
        """Answer each question of the message that nothing has met so far, or pass it on by name: none is silent."""
        if self.turn.internal or self.turn.text.startswith("/") or self.turn.angry:
            return
        sent = any(isinstance(each, c.Confirm) for each in wanted)
        for asked in all_questions(self.turn.written, self.turn.reading):
            if self.met.meets(asked) or (sent and told_by_receipt(asked)):
                continue
            if not await self._answer_alone(asked) and not await self._by_plan(asked):
                await self._pass_on(asked, sent)

    async def _answer_alone(self, asked: Clause) -> bool:
        """Answer a question as it stands by itself; False where that is no question anybody here answers."""
        command = await self.alone(asked)
        if isinstance(command, c.Answer) and command.topic in PLANNED and wants_answer(asked.text):
            # «Can I have your answer before Friday?» asks for no castings by then.
            return False
        if self.met.again(command) or self.met.begun(command) or self._in_progress(command):
            return True
        if isinstance(command, c.Start) and command.intent in ANSWERED_WITHIN and self._within(command.intent):
            await self._price_within(asked)
            return True
        if not isinstance(command, ANSWERS_ALONE):
            return False
        said = len(self.turn.parts)
        await self._do(command)
        return len(self.turn.parts) > said

    def _in_progress(self, command: c.Command) -> bool:
        """Whether a question by itself wishes for what the request is about: what it told has been taken."""
        task = self.form.task
        if not isinstance(command, c.Start) or task is None:
            return False
        return task_of_intent(command.intent) == task or command.intent in task.covers

    async def _by_plan(self, asked: Clause) -> bool:
        """Answer whether something can be done by a time, or when: of castings, and where no request tells the date itself."""
        task = self.form.task if self.form.running or self.form.began else None
        of_castings = task.of_figures_talked_of if task else self._talked_of_castings()
        if not of_castings or (task and task.tells_when) or not of_the_plan(asked):
            return False
        said = len(self.turn.parts)
        await self.answer("capacity" if asked.chance("capacity") > asked.chance("lead_time") else "lead_time", asked)
        return len(self.turn.parts) > said

    def _talked_of_castings(self) -> bool:
        """Whether figures of a casting are talked of, and no order."""
        turn = self.turn
        return turn.before.topic not in ORDERS and bool(turn.about("quantity") and turn.about("alloy", "weight"))

    async def _pass_on(self, asked: Clause, sent: bool) -> None:
        """Name a question that nothing here answers: it goes along with the request, to what was sent, or to a person."""
        turn = self.turn.of(asked)
        text = with_matter(asked, self.turn.written)
        if self.form.task is not None and (self.form.running or self.form.began):
            if asks_whether_right(asked) and (names := self.form.asked_of(asked.text)):
                self.form.recap([each for each in names if each in self.form.answers])
                self.interrupted = True
            elif self.form.for_sales(turn, text):
                self.interrupted = True
        elif sent and await case.add(turn):
            self.interrupted = True
        elif self.turn.answered:
            self.turn.say("utter_faq_not_known_of", words=" ".join(text.split()).strip(" ?.!"))
            self.turn.offer({"reply": "utter_faq_choice_check", "payload": "/human"})

    def _within(self, topic: str) -> bool:
        """Whether a question that could begin a task of its own is asked in the midst of another request."""
        form = self.form
        other = form.task is not None and form.task.name != topic and form.task.name not in TELLING
        return other and (form.running or form.began)

    async def _price_within(self, asked: Clause) -> None:
        """Answer a question for a price in the midst of a request; what no agreement holds goes along with that."""
        turn = self.turn.of(asked, "price")
        if await price_asked(turn):
            self.interrupted = True
        elif not self.form.for_sales(turn, with_matter(asked, self.turn.written)):
            self.turn.offer({"reply": "utter_choice_human", "payload": "/human"})
        self.interrupted = True

    def _told_to_send(self, wanted: Sequence[c.Command]) -> None:
        """Who says yes and one thing more hears that thing alone, and that it is sent on a yes to it."""
        told = any(isinstance(each, (c.Fill, c.PutRight, c.Drop)) for each in wanted)
        if told and self.form.asked_to_send and self.form.task:
            self.form.told_to_send = agrees_beside(self.turn.reading, self.form.task.name)

    def _keep_the_rest(self, wanted: Sequence[c.Command]) -> None:
        """What was told for the request and no answer shows goes along in the customer's words."""
        form, turn = self.form, self.turn
        if turn.text.startswith("/"):
            # What a button sends is no word of the customer's.
            return
        if form.task is None or not form.task.keeps_words or not (form.running or form.began) or turn.angry:
            return
        # Words about the talk itself («that is all, send it») tell nothing of the castings.
        # What was put right has left the clauses already.
        said = [each for each in wanted if not isinstance(each, c.PutRight)]
        talk = [each for each in said if not isinstance(each, _OF_CLAUSES) or each.because in ABOUT_THE_TALK]
        told = [each for each in turn.reading.clauses if not _stands_in(each, talk)]
        if any(not hasattr(each, "clause") for each in talk):
            # «Go on», «not now»: which clause said so is not known.
            told = [each for each in told if _stands_in(each, [one for one in wanted if isinstance(one, _OF_CLAUSES)])]
        told = [_ahead_of_question(each, wanted) for each in told]
        on = asked_on(turn.reading)
        form.keep([each for each in told if each not in on and not only_asked_again(each)])

    async def _do(self, command: c.Command) -> None:
        self.turn.explain(command.name, command.because, command.about)
        await self._does[type(command)](command)

    async def go_on(self) -> None:
        """Ask what is missing, unless what was done has settled that."""
        if self.form.task and (self.form.running or self.form.began) and not self.form.settled:
            await self.form.go_on(self.interrupted)
        if self.form.ended and not self.form.running:
            self.form.say_left()
        if not self.turn.answered:
            not_understood(self.turn)

    async def _only_anger(self, wanted: Sequence[c.Command]) -> bool:
        """Meet anger before anything else. True when nothing is left to answer."""
        turn = self.turn
        if not turn.angry or any(isinstance(each, (c.Person, c.Wait)) for each in wanted):
            return False
        matters = [each for each in wanted if self._is_matter(each)]
        filled = [each for each in wanted if isinstance(each, c.Fill) and each.tells]
        if filled and not angry(turn.reading.text):
            # «Half of them is enough» only sounds like it.
            return False
        if any(isinstance(each, c.Start) and each.intent == "complaint" for each in matters):
            return False
        patience.calm(turn)
        if matters or filled:
            return False
        if self.form.running:
            await self.form.ask(interrupted=True)
        return True

    def _is_matter(self, command: c.Command) -> bool:
        """Whether a command is a matter beside the anger it is said in; so is a wish for another language."""
        talk = isinstance(command, c.Talk) and intent(command.act).matter
        return talk or (isinstance(command, MATTERS) and not self._grumbles(command))

    def _grumbles(self, command: c.Command) -> bool:
        """Whether a command only looks like a matter beside anger.

        «This is ridiculous, I just want a price» in the midst of questions complains of them, not of goods; what is not our
        business (``matter`` in data/intents.yml) is mere words.
        """
        if isinstance(command, c.Answer):
            return not intent(command.topic).matter and not command.clause.values
        return isinstance(command, c.Start) and command.only_complains

    # ------------------------------------------------------------ one method a command

    async def _answer(self, command: c.Answer) -> None:
        await self.answer(command.topic, command.clause)

    async def answer(self, topic: str, clause: Clause) -> None:
        """Answer a question as this clause asks it, and remember it when only a proof was missing."""
        turn = self.turn.of(clause, topic)
        if (self.form.running or self.form.began) and turn.faq and not knows(turn):
            # The topic at large is no answer in the midst of questions: it goes along to those who know.
            if self.form.running or not self.form.for_sales(turn):
                await self._miss(c.Miss("question", clause))
            return
        asked_who = self.turn.asked_who
        if topic == "order_list" and words("talk").says(clause.text, "open_matters"):
            # What was sent just now is open too.
            await case.say_sent(self.turn)
        await answer_as(self.turn.of(clause, topic), topic.partition("/")[0])
        self.interrupted = True
        if topic == "price" and self.form.running and any(each["reply"] in PRICES_OF_SALES for each in self.turn.parts):
            # What only sales can say of it goes along with the request that it was asked beside.
            self.form.for_sales(self.turn.of(clause))
        if self.turn.asked_who > asked_who:
            proved.keep_for_proof(self.turn, topic, clause)

    async def _start(self, command: c.Start) -> None:
        task = tasks().get(command.intent) or task_of_intent(command.intent)
        if task is None:
            await self.answer(command.intent, command.clause)
            return
        # Whoever tells of a thing to be cast wants it, however the words are taken.
        turn = self.turn.of(command.clause, command.intent if command.because == "enquiry" else None)
        if task.name in ANSWERED_WITHIN and command.clause.asks and self._within(task.name):
            await self._price_within(command.clause)
            return
        if self._ended and not self.form.running:
            # What is theirs was not looked for while another request was going on.
            task = await claimed(turn) or task
        if command.leaves and self.form.running:
            await self.form.leave(turn)
        if self._begun and self.form.task and self.form.task is not task:
            # «Send me the confirmation, and move it a week»: what was begun before is answered first.
            await self.form.say_at_once(self._begun)
        self._begun = turn if task.name in TELLING else None
        if not command.anew and self.form.taken_up(turn, task):
            await self._take_up(command, turn)
        else:
            await self.form.start(task, turn, command.anew)

    async def _take_up(self, command: c.Command, turn: Turn) -> None:
        """Go on with the request that lies aside, with what was said now."""
        await self._resume(c.Resume(command.because))
        await self.form.fill(turn, words=False)

    async def _put_right(self, command: c.PutRight) -> None:
        self.form.put_right()

    async def _enough(self, command: c.Enough) -> None:
        self.form.leave_rest_open()

    async def _take_up_named(self, command: c.TakeUp) -> None:
        # What only calls it by its name tells nothing of it.
        tells = command.clause.values or command.task != "call_back"
        await self.form.take_up(tasks()[command.task], self.turn.of(command.clause) if tells else None)

    async def _fill(self, command: c.Fill) -> None:
        turn, form = self.turn, self.form
        if command.resumes and await form.resume() and form.task:
            form.open = form.task.next_question(form.answers)
        if form.task is None:
            # The request that this was told for has ended before it could be taken.
            if self._note_reference(turn.of(command.clause)):
                return
            if not turn.answered:
                await self._miss(c.Miss(command.because, command.clause))
            return
        if form.task.name in ORDERED_NEXT and self._note_reference(turn.of(command.clause)):
            return
        taken = await form.fill(turn.of(command.clause), command.prose)
        if taken:
            return
        if command.within:
            self.interrupted = True
            if form.task and command.within in form.task.covers:
                turn.say("utter_covered")
        elif not turn.answered and not form.taken.anything:
            await self._miss(c.Miss(command.because, command.clause))

    async def _confirm(self, command: c.Confirm) -> None:
        await self.form.confirm()
        self._ended = True

    async def _refuse(self, command: c.Refuse) -> None:
        await self.form.refuse()
        self.form.settled = True

    async def _postpone(self, command: c.Postpone) -> None:
        await self.form.put_aside("utter_postponed")

    async def _stop(self, command: c.Stop) -> None:
        if self.form.task and self.form.task.ends_with_no:
            await self.form.take_back()
        else:
            await self.form.put_aside("utter_task_stopped")

    async def _take_back(self, command: c.TakeBack) -> None:
        """What is in progress is dropped; what was sent is a person's; else there is nothing to take back."""
        turn, form = self.turn, self.form
        if form.task and (form.task.ends_with_no or form.running):
            await form.take_back()
        elif (other := self._other_than_sent()) is not None:
            turn.say("utter_mused_kept", order_no=other)
        elif turn.slot("sent"):
            turn.say("utter_taken_back_sent")
            turn.offer({"reply": "utter_choice_human", "payload": "/human"})
        else:
            turn.say("utter_nothing_to_take_back")

    def _other_than_sent(self) -> str | None:
        """The one order that is to be left alone, where what was sent is about another."""
        named = list(dict.fromkeys(str(each["value"]) for each in self.turn.said("order_no")))
        sent = ((self.turn.slot("sent") or {}).get("answers") or {}).get("order") or {}
        return named[0] if len(named) == 1 and sent and named[0] != sent.get("value") else None

    async def _drop(self, command: c.Drop) -> None:
        self._ended = True
        await self.form.drop(tasks()[command.task])

    async def _resume(self, command: c.Resume) -> None:
        if self.form.running:
            self.interrupted = True
        elif self.form.began or await self.form.resume():
            self.form.began = True
        else:
            self.turn.say("utter_nothing_to_resume")
            offer_starts(self.turn)

    async def _recap(self, command: c.Recap) -> None:
        task = self.form.task
        if task and command.names:
            self.form.recap(command.names)
            self.interrupted = True
        elif task and CONFIRMATION in (self.form.open, task.next_question(self.form.answers)):
            # All of it, with what the foundry adds, and the question once more.
            self.turn.set("summary", None)
        elif self.form.task:
            self.form.recap()
            self.interrupted = True
        elif not await case.say_sent(self.turn, contents=not words("talk").says(self.turn.text, *ONLY_WHEN)):
            self.turn.say("utter_recap_nothing")
            offer_starts(self.turn)

    async def _correct(self, command: c.Correct) -> None:
        await self.form.correct(self.turn.of(command.clause))

    async def _explain(self, command: c.Explain) -> None:
        if self.form.running and not words("talk").says(command.clause.text, "sure", "source"):
            self.form.explain(command.clause.text)
        elif any(reply.startswith(MISSES) for reply in self.turn.last_said):
            # Who does not understand what we did not understand needs to hear what can be asked.
            talk(self.turn, "help")
        elif not explain_sources(self.turn):
            topic = self.turn.ground.topic
            kind = "orders" if topic in ORDERS else "alloys" if topic in ALLOY_TOPICS else "source"
            self.turn.say(f"utter_explain_{kind}" if topic else "utter_explain")
        self.interrupted = True

    async def _person(self, command: c.Person) -> None:
        fetched = not self.turn.waiting
        await handlers()["human"].answer(self.turn.of(command.clause, "human"))
        if fetched and self.form.running and (told := self.form.told):
            assert self.form.task
            self.turn.say("utter_human_goes_along", task=f"task.{self.form.task.name}", answers=told)
        reach = [str(each["value"]) for each in self.turn.of(self.turn.reading.whole).said("email", "phone")]
        if fetched and reach and self.turn.identity is None:
            self.turn.say("utter_reach_noted", reach=" / ".join(reach))
        self.interrupted = True

    async def _add(self, command: c.Add) -> None:
        """Put what is said to the case that was sent last."""
        if not await case.add(self.turn.of(command.clause)):
            await self._follow_up(c.FollowUp(command.because, command.clause))

    async def _accept(self, command: c.Accept) -> None:
        """Yes to the one thing that was offered."""
        turn = self.turn
        alloy = offers.confirmed_alloy(turn)
        if alloy:
            turn.entities.append(alloy)
            await answer_as(turn, turn.before.topic or "alloy_property")
        elif offers.resumes(turn):
            await self._resume(c.Resume(command.because))
        else:
            meant = offers.meant(turn, frozenset(each for task in tasks().values() for each in task.starts))
            clause = offers.said_with(turn.reading.whole, meant) if meant else None
            if not meant and "utter_already_sent" in {each["reply"] for each in turn.parts}:
                await case.say_sent(turn)
            if meant == "human" and merely_consents(turn.text):
                # Who only thanks or agrees to what was told has not asked for anybody.
                turn.say("utter_welcome")
            elif meant == "human" and tells_to_send(turn.text) and await self.form.resume():
                # «Ja tak, send» is said of the request that lies aside, and reaches for nobody.
                self.interrupted = True
            elif clause and meant == "human":
                await self._person(c.Person(command.because, clause))
            elif clause and meant:
                await self._start(c.Start(command.because, meant, clause))

    async def _decline(self, command: c.Decline) -> None:
        if offers.proof_refused(self.turn):
            self.turn.say("utter_proof_refused")
            self.turn.offer({"reply": "utter_choice_human", "payload": "/human"})
        else:
            talk(self.turn, "deny")

    async def _talk(self, command: c.Talk) -> None:
        turn = self.turn.of(command.clause)
        if command.act == "privacy":
            turn.say("utter_privacy", days=settings().keep_days)
        elif command.act == "next":
            self.form.say_next()
        elif command.act == CONTENTS:
            turn.say("utter_document_contents")
        elif command.act == WHY_PROOF:
            self._say_why_proof()
        elif command.act == CONFIRMATION_COMES:
            turn.say("utter_confirmation_comes")
            await case.say_sent(turn)
        elif command.act == WHEN and self.form.task:
            await self.form.task.say_when(turn, self.form.answers)
        elif command.act == REFERENCE:
            await self._take_reference(turn)
        elif command.act == "needs":
            turn.say("utter_needs")
            turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
        elif command.act == MUSED:
            await tell_musing(turn)
        elif command.act == KEPT:
            self._say_kept()
        elif command.act == AGREEMENT:
            await tell_agreement(turn)
        elif command.act == QUOTED:
            await tell_whether_holds(turn)
        elif command.act == STOCK:
            await tell_stock(turn)
        elif command.act == NO_FAULT:
            turn.say("utter_no_fault")
            if not self.form.running and turn.about("order_no") and len(self.turn.text.split()) > DENIAL:
                # «It is no complaint, we only need a date»
                await self.answer("order_status", self.turn.reading.whole)
        elif command.act == FINE:
            turn.say("utter_fine")
        elif command.act == c.OPENING:
            turn.say("utter_opening")
            offer_starts(turn)
        elif command.act == TAKEN:
            take_alloy(turn)
        elif command.act == "doable":
            await self._say_doable(command.clause)
        elif command.act.startswith(GONE):
            await self.form.say_whether_gone(command.act.partition("/")[2])
        elif command.act in handlers():
            await handlers()[command.act].answer(turn)
        elif command.act == "thanks" and self.form.running:
            turn.say("utter_welcome")
        else:
            talk(turn, command.act)
        if command.act in PARTING and self.form.open == CONFIRMATION and not self.form.taken.anything:
            self.form.remind()
        self.interrupted = True

    def _say_why_proof(self) -> None:
        """Why one has to prove who one is; what needs no proof, and what a code adds to it."""
        free = self.form.running and self.form.task is not None and self.form.task.of_anybody
        self.turn.say("utter_proof_not_needed" if free else "utter_proof_why")
        self.turn.offer(IDENTIFY)

    async def _take_reference(self, turn: Turn) -> None:
        """Their own order number: with the request that this message began, else for what they order next."""
        task = self.form.task
        if task is None or task.name in TELLING or not await self.form.fill(turn, words=False):
            self._note_reference(turn)

    def _note_reference(self, turn: Turn) -> bool:
        """Keep their own order number for what they order next, and say so. False where none is told."""
        reference = own_reference(turn)
        if reference:
            turn.ground.note(REFERENCE, [{"entity": REFERENCE, "value": reference}])
            turn.say("utter_reference_noted", number=reference)
        return reference is not None

    def _say_kept(self) -> None:
        """The order that a change was mused on stays as it is; the request in progress is another matter."""
        orders = self.turn.ground.about(MUSED_ON)
        if len(orders) == 1:
            self.turn.say("utter_mused_kept", order_no=str(orders[0]["value"]))
        else:
            self.turn.say("utter_mused_kept_all")

    async def _say_doable(self, clause: Clause) -> None:
        """How long such castings take, where pieces and alloy are told; sales confirms a date."""
        turn = self.turn.of(clause, "lead_time")
        if turn.about("quantity") and turn.about("alloy"):
            await self.answer("lead_time", clause)
        else:
            self.turn.say("utter_doable")

    async def _follow_up(self, command: c.FollowUp) -> None:
        turn = self.turn.of(command.clause)
        if self.form.taken_up(turn):
            await self._take_up(command, turn)
            return
        topic = question_of(turn)
        if topic:
            await self.answer(topic, command.clause)
        elif self.form.running or self.form.began:
            # In the midst of a request it is a question of that, which somebody answers.
            await self._miss(c.Miss(command.because, command.clause))
            return
        elif not self.turn.answered:
            what_about(turn)
        self.interrupted = True

    async def _decide(self, command: c.Decide) -> None:
        if self.turn.identity is None and {command.first.about, command.second.about} <= set(ORDERS):
            # Either way it must be known first who asks.
            await self._do(command.first)
            return
        ask_which(self.turn, command)
        self.form.settled = True
        meant = next((each.topic for each in (command.first, command.second) if isinstance(each, c.Answer)), "")
        if not self.form.running and meant in handlers():
            # Who goes on with a figure instead of choosing goes on with the question.
            self.turn.remember(meant, ())

    async def _wait(self, command: c.Wait) -> None:
        patience.say_waiting(self.turn)
        self.interrupted = True

    async def _miss(self, command: c.Miss) -> None:
        if command.clause.asks and await self._by_plan(command.clause):
            return
        if self.form.running and not self.form.began:
            await self.form.miss(self.turn.of(command.clause))
            self.form.settled = True
        elif not self.turn.answered and not self.form.began:
            not_understood(self.turn)

    # ------------------------------------------------------------ web's own turns

    async def told_by_web(self) -> None:
        """A proof, a file, a list of parts in one, or a hand-back."""
        kind = self.turn.internal.get("kind")
        await {"proved": self._proved, "file": self._filed, "sheet": self._sheet, "handed_back": self._handed_back}[
            str(kind)
        ]()

    async def _proved(self) -> None:
        """Answer what waited for the proof and what was said beside it, and go on with the request."""
        reference = await proved.note_proved_by(self.turn)
        if self.form.running:
            await self.form.proved(reference)
        told = [
            (topic, await proved.read_again(self.turn, each)) for topic, each in proved.asked_before_proof(self.turn)
        ]
        for topic, clause in told:
            self.turn.text, self.turn.entities = clause.text, list(clause.entities)
            await self.answer(topic, clause)
        if proved.hear_beside(self.turn):
            for command in await self.understand():
                if proved.is_new(command, told, reference):
                    await self._do(command)
        if self.turn.answered or self.form.running or self.form.began:
            await self.go_on()
        else:
            proved.say_proved(self.turn, reference)

    async def _filed(self) -> None:
        if not await self.form.filed() and not self.form.running:
            return
        self.form.began = not self.form.running
        await self.go_on()

    async def _sheet(self) -> None:
        """Read the lines of a file as if they had been pasted; say where it holds none, and keep it as any other file."""
        turn, said = self.turn, self.turn.internal.get("said")
        name = str(turn.internal.get("name"))
        if isinstance(said, dict) and (said.get("table") or {}).get("rows"):
            turn.say("utter_sheet_read", file=name)
            turn.hear({**said, "metadata": {key: each for key, each in turn.metadata.items() if key != "internal"}})
            await self.carry_out(await self.understand())
            return
        filed = await self.form.filed()
        turn.say("utter_sheet_no_lines", file=name)
        if filed:
            self.form.began = not self.form.running
            await self.go_on()

    async def _handed_back(self) -> None:
        """Go on with the request or end it, and be there again."""
        turn, form = self.turn, self.form
        ends = turn.internal.get("request") == "end"
        if form.task is None and ends:
            form.task = tasks().get(internal.last_task(turn))
        if form.task and (ends or form.running or turn.internal.get("request") == "continue"):
            form.began = not form.running
            await form.handed_back()
            if not ends:
                await self.go_on()
                return
        else:
            internal.say_back(turn)
        if not form.running:
            turn.say("utter_back_what_else")


async def state_for_desk(turn: Turn) -> dict[str, Any]:
    """Where the request stands, for the people at the desk: ``task``, ``question``, ``answers``, what is ``missing``, ``contact``, ``about``."""
    form = Form(turn)
    answers = form.answers if form.task else None
    return {
        "task": form.task.name if form.task else None,
        "question": form.open,
        "answers": {name: each.line() for name, each in answers.items() if each.reply} if answers else {},
        "missing": [each.name for each in form.task.questions if form.task.is_open(each.name, answers)]
        if form.task and answers is not None else [],
        "contact": {**turn.reading.contact, **turn.ground.who},
        "subject": {"intent": turn.ground.topic, "entities": turn.ground.everything()},
    }  # fmt: skip


def _ahead_of_question(clause: Clause, commands: Sequence[c.Command]) -> Clause:
    """A clause without the question in its second half that is answered: what is told before it is kept."""
    starts = [each.clause.start for each in commands if isinstance(each, c.Answer)]
    at = next((start for start in starts if clause.start < start < clause.end), None)
    if at is None:
        return clause
    inside = tuple(each for each in clause.entities if each.get("start", 0) < at)
    text = clause.text[: at - clause.start].rstrip(" ,")
    return replace(clause, text=text, end=clause.start + len(text), asks=False, entities=inside)


def _stands_in(clause: Clause, commands: Sequence[c.Command]) -> bool:
    """Whether a clause is part of what one of these commands is about."""
    about = [each for command in commands if isinstance(each := getattr(command, "clause", None), Clause)]
    return any(each.start <= clause.start and clause.end <= each.end for each in about)
