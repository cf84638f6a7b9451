"""Every intent against every question of every task, from data: nothing is lost, nothing is sent without a yes."""

from typing import Any

import pytest
import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.house import House
from actions.task_questions import FREE_TEXT
from actions.tasks import Task, tasks
from bot.cases.models import Case
from bot.common.settings import ROOT
from tests.unit.actions.driver import FormDriver

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
INTENTS = sorted(name for entry in DOMAIN["intents"] for name in entry)
#: Intents that a rule answers with something other than the form.
ANSWERED = {
    rule["steps"][0]["intent"]
    for rule in RULES
    if "intent" in rule["steps"][0] and rule["steps"][1]["action"] != "task_form"
}
QUESTIONS = [
    pytest.param(task, question, id=f"{task.name}-{question}")
    for task in tasks().values()
    for question in (*task.questions, "confirmation")
]
#: Words that fit no question, with a sure and an unsure understanding; only the last can be a yes.
SENTENCES = [("hva med det der da", 0.95), ("hva med det der da?", 0.6), ("hmm", 0.5), ("jo da", 0.9)]


def _answer(question: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "alloy": "CC491K", "quantity": 40, "weight": 12.0, "delivery": "2027-05-18", "yearly": 500, "wall": 6.0, "line": 1, "affected": 10,
    }  # fmt: skip
    title = {"title": "RG5 (CC491K)"} if question == "alloy" else {}
    special = {"delivery": "date", "confidential": "deny", "photos": "deny"}
    reply = f"utter_line_{question}_{special[question]}" if question in special else f"utter_line_{question}"
    value = values.get(question, "kari@fjord.example" if question in ("email", "reach") else f"svar på {question}")
    return {"value": value, "reply": reply, **title}


async def _at(task: Task, question: str) -> FormDriver:
    """The form where ``question`` is open and all before it are answered."""
    form = FormDriver()
    given: dict[str, Any] = {}
    for each in task.questions:
        if each == question:
            break
        given[each] = _answer(each)
    form.slots |= {"task": task.name, "answers": {task.name: given}, "requested_slot": question}
    form.active = True
    if question == "confirmation":
        await form.back_from("action_faq", "faq")
    return form


def _cases(house: House) -> int:
    with Session(house.own) as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize(("task", "question"), QUESTIONS)
async def test_no_intent_loses_an_answer_sends_unasked_or_is_met_with_silence(
    house: House, task: Task, question: str
) -> None:
    for intent in INTENTS:
        for text, confidence in SENTENCES:
            form = await _at(task, question)
            before = dict(form.slots["answers"].get(task.name, {}))
            said = await form.say(text, intent, confidence)
            context = f"{task.name}/{question}: {intent} {confidence} {text!r} -> {said!r}"
            yes = question == "confirmation" and intent == "affirm" and text == "jo da"
            assert _cases(house) == 0 or yes, context
            if not yes:
                after = form.slots["answers"].get(task.name, {})
                for name, answer in before.items():
                    assert str(answer["value"]) in str(after.get(name, {}).get("value")), context
            assert said or intent in ANSWERED, context
            if not said:
                again = await form.back_from("action_faq", intent)
                assert "?" in again, context
                assert form.slots["requested_slot"] == question, context
            if yes:
                with Session(house.own) as session:
                    session.delete(session.scalars(select(Case)).one())
                    session.commit()


@pytest.mark.parametrize(("task", "question"), QUESTIONS)
async def test_only_stop_and_the_last_yes_end_the_form(house: House, task: Task, question: str) -> None:
    for intent in INTENTS:
        form = await _at(task, question)
        said = await form.say("hmm", intent, 0.9)
        stopped = intent in ("stop_task", "cancel_order") and "til side" in said
        sent = intent == "affirm" and question == "confirmation" and _cases(house) > 0
        assert form.active or stopped or sent, (task.name, question, intent, said)


@pytest.mark.parametrize(("task", "question"), QUESTIONS)
async def test_every_question_has_a_reason_and_is_asked_again_in_other_words(
    house: House, task: Task, question: str
) -> None:
    form = await _at(task, question)
    assert await form.say("hvorfor spør du?", "explain")
    assert form.slots["requested_slot"] == question
    if question in FREE_TEXT:
        return
    first = await form.say("øh", "nlu_fallback", 0.6)
    second = await form.say("øh", "nlu_fallback", 0.6)
    assert first
    assert second
    assert question == "confirmation" or first != second
    assert form.hand_over == "not_understood"
    assert form.slots["requested_slot"] == question


@pytest.mark.parametrize("task", [pytest.param(task, id=task.name) for task in tasks().values()])
async def test_every_task_stops_at_every_question_and_goes_on_there(house: House, task: Task) -> None:
    for question in task.questions:
        form = await _at(task, question)
        kept = dict(form.slots["answers"].get(task.name, {}))
        assert "til side" in await form.say("stopp", "stop_task")
        assert not form.active
        await form.say("fortsett", resume=True)
        settled = form.slots["answers"][task.name].get(question, {}).get("reply", "") is None
        assert form.slots["requested_slot"] == question or settled, question
        assert {name: answer["value"] for name, answer in kept.items()}.items() <= form.answers.items()
