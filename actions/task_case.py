"""What becomes of the form's answers: a draft while they are given, a case after the customer's yes."""

import asyncio
from typing import Any

from actions.house import house
from actions.production.contacts import Contact, contact
from actions.tasks import Answer, Task
from actions.turn import Turn
from bot.cases import CaseRequest, save_draft, submit_draft
from bot.common.replies import replies

#: What a signed-in contact need not be asked.
KNOWN_FROM_CONTACT = ("name", "email", "reach")


async def proven_contact(turn: Turn) -> Contact | None:
    """The contact behind a proven identity, as the production database knows it now."""
    identity = turn.identity
    return await asyncio.to_thread(contact, house().production, identity.contact_id) if identity else None


async def know_contact(turn: Turn, task: Task, answers: dict[str, Answer]) -> None:
    """Fill in what the sign-in tells, so that it is shown in the read-back and not asked."""
    person = await proven_contact(turn)
    if person is None:
        return
    known = {"name": f"{person.name}, {person.customer_name}", "email": person.email, "reach": person.email}
    for question in KNOWN_FROM_CONTACT:
        if question in task.questions and question not in answers:
            answers[question] = {"value": known[question], "reply": f"utter_line_{question}"}


async def save(turn: Turn, task: Task, answers: dict[str, Answer]) -> str:
    """Store the draft; its request id is what makes the case unique."""
    identity = turn.identity
    return await asyncio.to_thread(
        save_draft, house().own, turn.conversation, identity.contact_id if identity else None, task.name, answers
    )


async def submit(turn: Turn, task: Task, answers: dict[str, Answer]) -> None:
    """Turn the draft into a case, once. Says the case number only after it is stored."""
    request_id = await save(turn, task, answers)
    person = await proven_contact(turn)
    request = CaseRequest(
        request_id=request_id,
        conversation=turn.conversation,
        kind=task.case,
        language=turn.language,
        wording=_wording(turn.language, task, answers),
        fields={name: answer.get("value") for name, answer in answers.items()},
        name=_value(answers, "name"),
        email=person.email if person else _mail(answers),
        phone=_phone(answers),
        contact_id=turn.identity.contact_id if person and turn.identity else None,
        customer_id=turn.identity.customer_id if person and turn.identity else None,
    )
    case = await asyncio.to_thread(submit_draft, house().own, request)
    turn.say("utter_case_received", case_no=case.case_no)
    turn.say("utter_case_next")


def _wording(language: str, task: Task, answers: dict[str, Answer]) -> str:
    return replies().compose(language, [answers[name] for name in task.questions])


def _value(answers: dict[str, Answer], name: str) -> Any:
    return answers.get(name, {}).get("value")


def _mail(answers: dict[str, Answer]) -> str | None:
    value = _value(answers, "email") or _value(answers, "reach")
    return value if value and "@" in value else None


def _phone(answers: dict[str, Answer]) -> str | None:
    value = _value(answers, "reach")
    return value if value and "@" not in value else None
