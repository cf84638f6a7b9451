"""Turns: one of a conversation at a time, each with an answer or an honest notice, and the way back after a failure."""

import asyncio
import datetime as dt
import time
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.common.clock import now, utcnow
from bot.common.settings import settings
from bot.store.cases.cases import Asker
from bot.store.cases.models import Case
from bot.store.cases.unanswered import hand_over
from bot.store.ownership import Owner
from bot.store.records import ConversationErased, Finished, Pending, Reply, Stored
from bot.store.talk import messages, queue
from bot.web.engine import Answer, EngineAway, EngineError
from bot.web.hand_over import begin_waiting, free_left_alone, mail_desk, tell_late
from bot.web.identity import still_known
from bot.web.live import Live
from bot.web.outgoing import bot_uttered, message_state, neutral_reply, notice, shown_text
from bot.web.parts import DatabaseAway, Parts
from bot.web.person import Said, ask_contact, asked_again, told_reach, told_with_wish, wants_person, who
from bot.web.proof import invite
from bot.web.texts import reply_language, system, turn_failed

log = structlog.get_logger("turns")
AWAY = (SQLAlchemyError, DatabaseAway)
#: Pauses before another try of a turn that fails while the engine is there, in seconds.
PAUSES = (3, 10, 30, 60, 120)
#: A message nobody could answer for this long goes to the sales desk.
GIVE_UP_SECONDS = 15 * 60
#: A message that waits for the engine's return: far off, ``make_due`` brings it near.
UNTIL_BACK = dt.timedelta(days=1)
QUOTED = 80


class Turns:
    """Runs turns as background tasks and keeps an eye on the engine."""

    def __init__(self, parts: Parts, live: Live) -> None:
        self.parts = parts
        self.live = live
        #: None until the first look: then the engine is asked, not presumed away.
        self.engine_up: bool | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, turn: Pending) -> None:
        """Run this turn, and those of its conversation that follow."""
        task = asyncio.create_task(self._run(turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def internal(self, conversation: str, internal: dict[str, Any]) -> None:
        """Tell the assistant something by itself: a file (``kind: file``). Raises ConversationErased."""
        turn = await self.parts.db(messages.begin_internal, self.parts.own, conversation, internal, self.parts.lease)
        if turn is not None:
            self.start(turn)

    async def proved(self, conversation: str) -> None:
        """Have the assistant go on after a proof. Raises ConversationErased."""
        turn = await self.parts.db(messages.begin_proved, self.parts.own, conversation, self.parts.lease)
        if turn is not None:
            self.start(turn)

    async def stop(self) -> None:
        """Let running turns end; what does not end in time is found again later."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=settings().turn_timeout)

    async def check_engine(self) -> bool:
        """Ask whether the engine is ready. On its return everything that failed is due at once, in its order."""
        ready = await self.parts.engine.ready()
        if ready and not self.engine_up:
            await self.parts.db(queue.make_due, self.parts.own)
            log.info("engine is ready")
        elif self.engine_up and not ready:
            log.warning("engine is away")
        self.engine_up = ready
        self.parts.metrics.engine_up.set(ready)
        return ready

    async def retry_due(self) -> None:
        """Take up failed turns whose pause is over, and those a dead process left."""
        for turn in await self.parts.db(queue.claim_due, self.parts.own, self.parts.lease):
            self.start(turn)

    async def give_up_overdue(self) -> None:
        """Hand what could not be answered to the sales desk, and say so."""
        for turn in await self.parts.db(queue.overdue, self.parts.own, GIVE_UP_SECONDS):
            asker = await who(self.parts.production, turn) or Asker()
            language = reply_language(turn.language)

            def tell(
                case: Case, turn: Pending = turn, language: str = language
            ) -> tuple[Reply, dict[str, object] | None]:
                return _handed_over(case, turn, language)

            try:
                changed = await self.parts.db(hand_over, self.parts.own, turn, asker, language, tell)
            except ConversationErased:
                continue
            await self._show(turn, Finished(changed[1:], changed[:1], turn.contact_id))

    async def _run(self, first: Pending) -> None:
        following: Pending | None = first
        while following is not None:
            turn = following
            with structlog.contextvars.bound_contextvars(conversation=turn.conversation, message=turn.message.id):
                try:
                    following = await self._one(turn)
                except ConversationErased:
                    return
                except Exception as error:
                    # Its lease ends in time, the watch finds it, and the engine remembers what it answered.
                    self.parts.metrics.errors.labels("turn").inc()
                    log.error("turn broke", error=type(error).__name__, exc_info=not isinstance(error, AWAY))
                    await self._tell_only(turn)
                    return

    async def _one(self, turn: Pending) -> Pending | None:
        """Answer one message; the turn to run next."""
        began, engine_seconds = time.perf_counter(), 0.0
        await self._typing(turn, True)
        if turn.sender and not await still_known(turn.sender, self.parts.production):
            turn = replace(turn, sender=None)
        said = await self._reach_told(turn)
        if said is not None:
            return await self._show(turn, await self._finish_said(turn, said))
        try:
            if self.engine_up is False and not await self._is_back():
                raise EngineAway("known to be away")
            asked_at = time.perf_counter()
            try:
                answer = await self.parts.engine.turn(turn, settings().turn_timeout)
            finally:
                engine_seconds = time.perf_counter() - asked_at
        except EngineError as error:
            return await self._failed(turn, error)
        following = await self._show(turn, await self._finish(turn, answer))
        self._measure("answered", engine_seconds, time.perf_counter() - began)
        return following

    async def _reach_told(self, turn: Pending) -> Said | None:
        """What web itself answers to somebody who says where to reach them."""
        if not turn.asked and turn.owner != "waiting":
            return None
        return await told_reach(self.parts, turn, alone=self.engine_up is False and not await self._is_back())

    async def _failed(self, turn: Pending, error: EngineError) -> Pending | None:
        """No answer: a wish for a person is met at once, anything else is kept, and the customer told."""
        self._measure(error.reason if error.reason in ("late", "empty") else type(error).__name__)
        log.warning("turn failed", reason=error.reason, attempts=turn.attempts)
        away = isinstance(error, EngineAway) or not await self._still_there()
        if away:
            self.engine_up = False
            self.parts.metrics.engine_up.set(0)
        if wants_person(turn.message.text):
            return await self._show(turn, await self._finish(turn, Answer([], None), "asked"))
        if said := asked_again(turn):
            return await self._show(turn, await self._finish_said(turn, said))
        pause = UNTIL_BACK if away else dt.timedelta(seconds=PAUSES[min(turn.attempts, len(PAUSES) - 1)])
        told = turn.attempts > 0
        finished = await self.parts.db(
            messages.fail, self.parts.own, turn, self.parts.lease,
            None if told or turn.internal else turn_failed(reply_language(turn.language)), utcnow() + pause,
            away or error.reason == "late",
        )  # fmt: skip
        return await self._show(turn, finished)

    async def _is_back(self) -> bool:
        """Whether an engine that was away answers again: the watch looks only now and then, a customer waits now."""
        try:
            return await asyncio.wait_for(self.check_engine(), 0.5)
        except TimeoutError:
            return False

    async def _still_there(self) -> bool:
        """Whether the engine is ready although a turn failed; the customer waits for no more than a moment of it."""
        try:
            return await asyncio.wait_for(self.parts.engine.ready(), 0.3)
        except TimeoutError:
            return True  # busy is not gone: the watch will find out

    async def _finish(self, turn: Pending, answer: Answer, reason: str | None = None) -> Finished:
        """Store an answer; when it fetches a person (or for a ``reason`` of our own) the customer waits from now on."""
        away = reason is not None
        reason = next((reply.hand_over for reply in answer.replies if reply.hand_over), reason)
        waiting, also = None, None
        if reason and turn.owner == "assistant":
            told = messages.told_in(answer.state)
            # What was told with the wish is kept with the answer, and asked for no more.
            known = turn.sender is not None or bool(told.email)
            goes_on = bool((answer.state or {}).get("question") or told.phone)
            waiting, there = await begin_waiting(
                self.parts, reason, answer.language or turn.language, known=known, goes_on=goes_on,
                wording=shown_text(turn.message), away=away,
            )  # fmt: skip
            # While the engine is there the assistant reads the wish back before it is a case.
            called = None if turn.sender or not away else await told_with_wish(self.parts, turn, answer.language)
            if called:
                waiting = replace(waiting, reply=called.reply, asked=None)
            also = None if there else mail_desk(turn.conversation, reason, now())
        replies = [neutral_reply(reply) for reply in answer.replies]
        stranger, asks_who = turn.sender is None, any(reply.identify for reply in replies)
        if reason and not waiting and not replies:
            replies = [system(reply_language(turn.language), "utter_waiting_already")]
        return await self.parts.db(
            messages.finish, self.parts.own, turn, self.parts.lease, replies, answer.language, state=answer.state,
            waiting=waiting, also=also, invite=invite(answer.language or turn.language, asks_who) if stranger else None,
            still_asked=True,
        )  # fmt: skip

    async def _finish_said(self, turn: Pending, said: Said) -> Finished:
        """Store what web itself answers."""
        return await self.parts.db(
            messages.finish, self.parts.own, turn, self.parts.lease, [neutral_reply(said.reply)], None, said.asked
        )

    async def _show(self, turn: Pending, finished: Finished) -> Pending | None:
        """Emit what is stored, to everybody in the conversation; returns the turn to run next."""
        for message in [*finished.sent, *finished.late]:
            await self.live.said(message, finished.contact_id)
        for message in finished.changed:
            await self.live.state(message, finished.contact_id)
        if finished.waits:
            await self.live.owner(turn.conversation, finished.contact_id, Owner("waiting"))
        await self.live.changed(turn.conversation)
        if finished.contact_id != turn.contact_id:
            await self._to_earlier_room(turn, finished)
        await self._typing(turn, False)
        return finished.turn

    async def _to_earlier_room(self, turn: Pending, finished: Finished) -> None:
        """The customer signed in during the turn: their socket may still be in the room it had when the turn began."""
        for message in finished.sent:
            await self.live.to_customer(turn.conversation, turn.contact_id, "bot_uttered", bot_uttered(message))
        for message in finished.changed:
            await self.live.to_customer(turn.conversation, turn.contact_id, "message_state", message_state(message))

    async def _typing(self, turn: Pending, on: bool) -> None:
        await self.live.to_customer(turn.conversation, turn.contact_id, "typing", {"typing": on})

    async def _tell_only(self, turn: Pending) -> None:
        """Say that it failed without being able to store it."""
        data = notice(turn_failed(reply_language(turn.language)), "turn_failed")
        await self.live.to_customer(turn.conversation, turn.contact_id, "bot_uttered", data)
        await self._typing(turn, False)

    def _measure(self, outcome: str, engine_seconds: float | None = None, seconds: float = 0.0) -> None:
        self.parts.metrics.turns.labels(outcome).inc()
        if engine_seconds is not None:
            self.parts.metrics.engine_seconds.observe(engine_seconds)
            self.parts.metrics.web_seconds.observe(seconds - engine_seconds)


def _handed_over(case: Case, turn: Pending, language: str) -> tuple[Reply, dict[str, object] | None]:
    """The notice of a hand-over; it asks for an address when there is none."""
    question = _quoted(turn.message)
    if case.email or case.phone:
        return system(language, "utter_turn_handed_over", question=question, case_no=case.case_no), None
    reply = system(language, "utter_turn_handed_over_ask", question=question, case_no=case.case_no)
    return reply, ask_contact(case_no=case.case_no)


def _quoted(message: Stored) -> str:
    text = " ".join((message.title or message.text).split())
    return text if len(text) <= QUOTED else text[:QUOTED].rstrip() + "…"


async def watch(turns: Turns) -> None:
    """Look after the engine and what waits for it, for as long as web runs."""
    last_swept = 0.0
    while True:
        try:
            if await turns.check_engine():
                await turns.retry_due()
            if time.monotonic() - last_swept > 5:
                last_swept = time.monotonic()
                await turns.give_up_overdue()
                await tell_late(turns.parts, turns.live)
                await free_left_alone(turns.parts, turns.live)
        except Exception as error:  # the database may be away; the watch goes on
            turns.parts.metrics.errors.labels("watch").inc()
            log.error("watch broke", error=type(error).__name__)
        await asyncio.sleep(1.0)
