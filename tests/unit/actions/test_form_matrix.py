"""Every question of every task, once a language: no answer is lost, nothing is sent unasked, nothing met with silence."""

import copy
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.form.task import CONFIRMATION, Task, tasks
from actions.turns.house import House
from bot.store.cases.models import Case
from tests.unit.actions.driver import FormDriver

#: A message that answers a question with a value, in each language; the others are answered in words.
VALUES = {
    "alloy": ("RG5", "RG5"), "quantity": ("40 stk", "40 pcs"), "weight": ("12 kg", "12 kg"), "delivery": ("uke 20", "week 20"),
    "yearly": ("500 i året", "500 a year"), "size": ("300 x 200 x 150 mm", "300 x 200 x 150 mm"),
    "wall": ("godstykkelse 6 mm", "wall thickness 6 mm"), "email": ("kari@fjord.example", "kari@fjord.example"),
    "name": ("Kari Moen, Moen AS", "Kari Moen, Moen Ltd"), "part": ("pumpehus", "pump housing"),
    "order": ("SO-30417", "SO-30417"), "line": ("linje 1", "line 1"), "quotation": ("T-5006", "T-5006"),
    "affected": ("10 stk", "10 pcs"), "change": ("60 stk i stedet", "60 pcs instead"),
}  # fmt: skip
WORDS = ("det gjelder pumpen om bord", "it is for the pump on board")
DONT_KNOW, WHY, STOP, ON = ("vet ikke", "don't know"), ("hvorfor?", "why?"), ("stopp", "stop"), ("fortsett", "continue")
BETWEEN = ("Hva er strekkfastheten i RG7?", "What is the tensile strength of RG7?")
NOISE = ("øh", "uhm")
LANGUAGES = ("nb", "en")


def _figures(task: Task) -> list[str]:
    """The questions of a task that figures answer whatever is asked."""
    return [each.name for each in task.questions if each.name in ("quantity", "weight", "email")]


QUESTIONS = [
    pytest.param(task, each.name, number, id=f"{language}-{task.name}-{each.name}")
    for number, language in enumerate(LANGUAGES)
    for task in tasks().values()
    for each in task.questions
]

#: Questions of tasks that ask for two figures at least.
FIGURED = [
    each for each in QUESTIONS if len(_figures(each.values[0])) > 1 and each.values[1] not in _figures(each.values[0])
]


def _answer(question: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "alloy": "CC491K", "quantity": 40, "weight": 12.0, "delivery": "2027-05-18", "yearly": 500, "wall": 6.0, "line": 1,
        "affected": 10, "order": "SO-30417", "email": "kari@fjord.example",
    }  # fmt: skip
    special = {"delivery": "_date", "confidential": "_deny", "photos": "_files"}
    more = {"alloy": {"title": "RG5 (CC491K)"}, "photos": {"files": ["x.jpg"], "names": "x.jpg"}}.get(question, {})
    value = values.get(question, f"{question} 7")
    return {"value": value, "reply": f"utter_line_{question}{special.get(question, '')}", **more}


def _at(task: Task, question: str, language: int) -> FormDriver:
    """The request where a question is open and all before it are answered."""
    form = FormDriver(LANGUAGES[language])
    names = [each.name for each in task.questions]
    given = {each: _answer(each) for each in names[: names.index(question)]}
    form.slots |= {"task": task.name, "answers": {task.name: given}, "question": question}
    return form


def _given(form: FormDriver, task: Task) -> dict[str, Any]:
    return copy.deepcopy((form.slots.get("answers") or {}).get(task.name) or {})


def _cases(house: House) -> int:
    with Session(house.own) as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def _kept(before: dict[str, Any], form: FormDriver, task: Task, but: str = "") -> None:
    """Everything answered before still stands, the task being the same."""
    if form.slots.get("task") != task.name:
        return
    after = _given(form, task)
    for name, answer in before.items():
        if name != but and answer["reply"]:
            assert name in after, name


@pytest.mark.parametrize(("task", "question", "language"), QUESTIONS)
async def test_a_value_don_t_know_no_and_yes_are_met_with_words_and_lose_nothing(
    house: House, task: Task, question: str, language: int
) -> None:
    value = VALUES.get(question, WORDS)[language]
    for text, act in ((value, "inform"), (DONT_KNOW[language], "inform"), ("nei" if not language else "no", "deny"), ("ja" if not language else "yes", "affirm")):  # fmt: skip
        form = _at(task, question, language)
        before = _given(form, task)
        said = await form.say(text, act)
        assert said, text
        _kept(before, form, task)
    assert _cases(house) == 0


@pytest.mark.parametrize(("task", "question", "language"), QUESTIONS)
async def test_a_question_in_between_is_answered_and_the_open_one_asked_again(
    house: House, task: Task, question: str, language: int
) -> None:
    form = _at(task, question, language)
    before = _given(form, task)
    said = await form.say(BETWEEN[language], "alloy_property")
    assert "MPa" in said
    assert "alloy" not in _given(form, task) or "alloy" in before
    assert form.question
    _kept(before, form, task)


@pytest.mark.parametrize(("task", "question", "language"), FIGURED)
async def test_two_values_at_once_and_a_correction_are_both_taken(
    house: House, task: Task, question: str, language: int
) -> None:
    named = _figures(task)
    form = _at(task, question, language)
    first = {"quantity": VALUES["quantity"][language], "weight": "12 kg", "email": "kim@lund.example"}
    await form.say(", ".join(first[each] for each in named[:2]))
    assert set(named[:2]) <= set(form.answers)
    if "quantity" in named:
        await form.say(("nei, 60 stk", "no, 60 pcs")[language], "correct")
        assert form.answers["quantity"] == 60


@pytest.mark.parametrize(("task", "question", "language"), QUESTIONS)
async def test_every_question_has_a_reason_and_a_person_comes_after_two_misses(
    house: House, task: Task, question: str, language: int
) -> None:
    form = _at(task, question, language)
    assert await form.say(WHY[language], "explain")
    opened = form.question
    assert opened
    first = await form.say(NOISE[language], "nlu_fallback", 0.8)
    if form.question != opened:
        return  # a question that takes any words has taken these
    second = await form.say(NOISE[language], "nlu_fallback", 0.8)
    assert first != second
    assert form.hand_over == "not_understood"


@pytest.mark.parametrize(("task", "question", "language"), QUESTIONS)
async def test_every_task_stops_at_every_question_and_goes_on_there(
    house: House, task: Task, question: str, language: int
) -> None:
    form = _at(task, question, language)
    before = _given(form, task)
    assert await form.say(STOP[language], "stop_task")
    assert form.question is None
    _kept(before, form, task)
    assert await form.say(ON[language], "resume")
    _kept(before, form, task)


@pytest.mark.parametrize("language", [0, 1], ids=LANGUAGES)
@pytest.mark.parametrize("task", [pytest.param(each, id=each.name) for each in tasks().values()])
async def test_nothing_but_a_clear_yes_at_the_read_back_sends(house: House, task: Task, language: int) -> None:
    form = _at(task, task.questions[-1].name, language)
    form.slots["answers"][task.name][task.questions[-1].name] = _answer(task.questions[-1].name)
    form.slots["question"] = CONFIRMATION
    for text, act in ((BETWEEN[language], "alloy_property"), (("ja, men vent", "yes, but wait")[language], "affirm"), (NOISE[language], "nlu_fallback"), (("nei", "no")[language], "deny")):  # fmt: skip
        assert await form.say(text, act), text
        assert _cases(house) == 0, text
