"""What becomes of the form's answers: a draft while they are given, a case after the customer's yes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from actions.form.answers import Answer, Answers, line
from actions.production.contacts import Contact, contact
from actions.turns.house import house
from actions.turns.turn import Turn
from bot.common.clock import now
from bot.common.replies import replies
from bot.store.cases import Asker, add_contact, drop_draft, load_draft, save_draft, submit_draft, take_draft
from bot.store.cases.deadline import answer_by, local_text
from bot.store.cases.inbox import of_conversation
from bot.store.cases.intake import Wish

if TYPE_CHECKING:
    from actions.form.task import Task

#: So many of the cases of a conversation are said.
MOST_SAID = 3
#: What a signed-in contact need not be asked.
KNOWN_FROM_CONTACT = ("name", "email")


async def proven_contact(turn: Turn) -> Contact | None:
    """The contact behind a proven identity, as the production database knows it now."""
    identity = turn.identity
    return await asyncio.to_thread(contact, house().production, identity.contact_id) if identity else None


async def earlier_answers(turn: Turn, task: Task) -> Answers:
    """What a signed-in contact answered before, perhaps on another device: the request goes on here alone from now on."""
    if turn.identity is None:
        return Answers()
    draft = await asyncio.to_thread(take_draft, house().own, turn.conversation, turn.identity.contact_id, task.name)
    return Answers(draft.fields if draft else None)


async def parked(turn: Turn, known: Sequence[str]) -> str | None:
    """The task of the newest draft that the proven contact has open; None for a stranger."""
    if turn.identity is None:
        return None
    draft = await asyncio.to_thread(load_draft, house().own, turn.conversation, turn.identity.contact_id)
    return draft.task if draft and draft.task in known and draft.fields else None


async def know_contact(turn: Turn, task: Task, answers: Answers) -> None:
    """Fill in what the sign-in tells, so that it is shown in the read-back and not asked."""
    person = await proven_contact(turn)
    if person is None:
        return
    known = {"name": f"{person.name}, {person.customer_name}", "email": person.email}
    for question in KNOWN_FROM_CONTACT:
        if task.question(question) and question not in answers:
            answers[question] = line(question, known[question])


async def save(turn: Turn, task: Task, answers: Answers) -> str:
    """Store the draft; its request id is what makes the case unique."""
    identity = turn.identity
    return await asyncio.to_thread(
        save_draft, house().own, turn.conversation, identity.contact_id if identity else None, task.name, answers.dump()
    )


async def drop(turn: Turn, task: Task) -> None:
    """Forget this conversation's draft of a request that is settled: it is not to come back on another day."""
    contact_id = turn.identity.contact_id if turn.identity else None
    draft = await asyncio.to_thread(load_draft, house().own, turn.conversation, contact_id, task.name)
    if draft and draft.conversation == turn.conversation:
        await asyncio.to_thread(drop_draft, house().own, draft.request_id)


async def say_sent(turn: Turn, contents: bool = False, kind: str | None = None) -> bool:
    """Say what this conversation has sent and by when each is answered. False when it has sent nothing.

    ``contents``: with what stands in the newest. ``kind``: of that kind alone.
    """
    every = await asyncio.to_thread(of_conversation, house().own, turn.conversation)
    sent = [each for each in every if kind in (None, each.kind)]
    for each in sent[:MOST_SAID]:
        told = {"case_no": each.case_no, "kind": f"case.{each.kind}"}
        if each.answer_by:
            turn.say("utter_recap_sent_until", **told, answer_by=local_text(each.answer_by))
        else:
            turn.say("utter_recap_sent", **told)
        if contents and each is sent[0] and each.wording:
            turn.say("utter_recap_sent_contents", wording=each.wording)
    return bool(sent)


async def add(turn: Turn) -> bool:
    """Put the words of a message, with the number and the address in them, to the case this conversation sent last.

    False when it has sent none.
    """
    sent = await asyncio.to_thread(of_conversation, house().own, turn.conversation)
    if not sent:
        return False
    words = " ".join(turn.text.split())
    email, phone = (next((str(each["value"]) for each in turn.said(name)), None) for name in ("email", "phone"))
    added = await asyncio.to_thread(add_contact, house().own, sent[0].case_no, email, phone, words)
    turn.say("utter_added_to_case", case_no=added.case_no, words=words)
    return True


async def submit(
    turn: Turn, task: Task, answers: Answers, request_id: str, *, kind: str | None = None,
    intake: Wish | None = None, lines: Sequence[Answer | Mapping[str, Any]] = (), after: str = "utter_case_next",
) -> None:  # fmt: skip
    """Turn the stored draft into a case of these answers, once. Says the case number only after it is stored.

    Raises DraftElsewhere when the contact has gone on with the request in another conversation.
    ``kind`` when it is another case than the task's. ``intake``: what the production side is asked, stored in the same
    transaction. ``lines``: what a service added to the read-back; the case says it too.
    ``after``: what happens next, in words.
    """
    case = await asyncio.to_thread(
        submit_draft,
        house().own,
        request_id,
        kind=kind or task.case,
        wording=replies().compose(turn.language, [_part(each) for each in (*task.lines(answers), *lines)]),
        asker=await _asker(turn, answers),
        language=turn.language,
        conversation=turn.conversation,
        fields=answers.dump(),
        intake=intake,
    )
    turn.say("utter_case_received", case_no=case.case_no)
    sent = [each.line() for each in task.receipt(answers)]
    if sent:
        turn.say("utter_case_gist", task=f"task.{task.name}", answers=sent)
    turn.say(after, answer_by=local_text(case.answer_by or now()))


def answered_by(kind: str) -> str:
    """By when a case of this kind would be answered if it were sent now."""
    return local_text(answer_by(kind, now()))


def _part(said: Answer | Mapping[str, Any]) -> Mapping[str, Any]:
    return said.line() if isinstance(said, Answer) else said


async def _asker(turn: Turn, answers: Answers) -> Asker:
    """Proven data from the sign-in; what a stranger typed stays marked as unproven."""
    person, identity = await proven_contact(turn), turn.identity
    typed = str(answers.value("email") or "")
    email, phone = (typed, answers.value("phone")) if "@" in typed else (None, typed or None)
    if person is None or identity is None:
        told = answers.get("name")
        name, firm = (told.more.get("person") or told.value, told.more.get("company")) if told else (None, None)
        return Asker(name=name, customer=firm, email=email, phone=phone)
    return Asker(
        name=person.name, email=person.email, phone=phone or person.phone, contact_id=identity.contact_id,
        customer_id=identity.customer_id, customer=person.customer_name, proved=identity.proved,
    )  # fmt: skip
