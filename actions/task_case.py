"""What becomes of the form's answers: a draft while they are given, a case after the customer's yes."""

import asyncio
from collections.abc import Sequence

from actions.house import house
from actions.production.contacts import Contact, contact
from actions.tasks import Answer, Answers, Task
from actions.turn import Turn
from bot.cases import Asker, drop_draft, load_draft, save_draft, submit_draft
from bot.cases.deadline import local_text
from bot.cases.intake import Wish
from bot.common.clock import now
from bot.common.replies import replies

#: What a signed-in contact need not be asked.
KNOWN_FROM_CONTACT = ("name", "email")


async def proven_contact(turn: Turn) -> Contact | None:
    """The contact behind a proven identity, as the production database knows it now."""
    identity = turn.identity
    return await asyncio.to_thread(contact, house().production, identity.contact_id) if identity else None


async def earlier_answers(turn: Turn, task: Task) -> Answers:
    """What a signed-in contact answered before, perhaps on another device."""
    if turn.identity is None:
        return {}
    draft = await asyncio.to_thread(load_draft, house().own, turn.conversation, turn.identity.contact_id, task.name)
    return (
        {name: answer for name, answer in draft.fields.items() if task.service or name in task.questions}
        if draft
        else {}
    )


async def know_contact(turn: Turn, task: Task, answers: Answers) -> None:
    """Fill in what the sign-in tells, so that it is shown in the read-back and not asked."""
    person = await proven_contact(turn)
    if person is None:
        return
    known = {"name": f"{person.name}, {person.customer_name}", "email": person.email}
    for question in KNOWN_FROM_CONTACT:
        if question in task.questions and question not in answers:
            answers[question] = {"value": known[question], "reply": f"utter_line_{question}"}


async def save(turn: Turn, task: Task, answers: Answers) -> str:
    """Store the draft; its request id is what makes the case unique."""
    identity = turn.identity
    return await asyncio.to_thread(
        save_draft, house().own, turn.conversation, identity.contact_id if identity else None, task.name, answers
    )


async def drop(turn: Turn, task: Task) -> None:
    """Forget the draft of a request that a person has settled: it is not to come back on another day."""
    contact_id = turn.identity.contact_id if turn.identity else None
    draft = await asyncio.to_thread(load_draft, house().own, turn.conversation, contact_id, task.name)
    if draft:
        await asyncio.to_thread(drop_draft, house().own, draft.request_id)


async def submit(
    turn: Turn, task: Task, answers: Answers, request_id: str, *, kind: str | None = None,
    intake: Wish | None = None, lines: Sequence[Answer] = (), after: str = "utter_case_next",
) -> None:  # fmt: skip
    """Turn the stored draft into a case, once. Says the case number only after it is stored.

    ``kind`` when it is another case than the task's. ``intake``: what the production side is asked, stored in the same
    transaction. ``lines``: what a service added to the read-back; the case says it too.
    ``after``: what happens next, in words.
    """
    case = await asyncio.to_thread(
        submit_draft,
        house().own,
        request_id,
        kind=kind or task.case,
        wording=replies().compose(turn.language, [*task.lines(answers), *lines]),
        asker=await _asker(turn, answers),
        language=turn.language,
        conversation=turn.conversation,
        intake=intake,
    )
    turn.say("utter_case_received", case_no=case.case_no)
    turn.say(after, answer_by=local_text(case.answer_by or now()))


async def _asker(turn: Turn, answers: Answers) -> Asker:
    """Proven data from the sign-in; what a stranger typed stays marked as unproven."""
    person, identity = await proven_contact(turn), turn.identity
    typed = str(answers.get("email", {}).get("value") or "")
    email, phone = (typed, None) if "@" in typed else (None, typed or None)
    if person is None or identity is None:
        return Asker(name=answers.get("name", {}).get("value"), email=email, phone=phone)
    return Asker(
        name=person.name, email=person.email, phone=phone or person.phone, contact_id=identity.contact_id,
        customer_id=identity.customer_id, customer=person.customer_name, proved=identity.proved,
    )  # fmt: skip
