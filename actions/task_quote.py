"""What a quotation request knows of the foundry: judged at once, secret drawings kept out of the chat, sent as it stands.

A "no" here ends nothing: the figure can be corrected, and sales looks at what is sent all the same.
"""

from typing import Any

from actions import task_case
from actions.alloy_facts import SAFETY
from actions.alloy_subject import fetch_specialist
from actions.question_words import asks
from actions.task_answers import line, silent
from actions.task_quote_judging import Judging
from actions.tasks import Answer, Answers, Task
from actions.turn import Turn
from bot.cases.intake import Wish

#: Questions nobody is asked apart: another question asks for them too, and they are taken when they are said.
ALONG = {"yearly": "quantity", "wall": "size"}
#: What a drawing shows, so that it is not asked when there is one.
ON_DRAWING = ("size",)
#: Never left open by a word: without them nobody could answer.
ASKED_ALWAYS = ("name", "email")
#: Notes of the service beside the answers.
JUDGED = "judged"
#: What of an answer the production side gets beside its value.
FIGURES = ("items", "mm", "temper", "total", "tolerance", "grade", "codes", "files")


def commands(turn: Turn) -> bool:
    """«The rest is open», «a new request»."""
    return asks(turn.text, "rest_open") or asks(turn.text, "anew")


async def take(turn: Turn, task: Task, answers: Answers, opened: str | None) -> list[str]:
    """«The rest is open» answers every question left; «a new request» forgets the old one."""
    if asks(turn.text, "anew") and opened:
        for name in [name for name in answers if name not in ASKED_ALWAYS]:
            answers.pop(name)
        turn.say("utter_start_quote_request")
        return [opened]
    if not opened or opened in (*ASKED_ALWAYS, "confirmation") or not asks(turn.text, "rest_open"):
        return []
    left = [name for name in task.questions if name not in answers and name not in ASKED_ALWAYS]
    for name in left:
        answers[name] = silent() if name in (*ALONG, "confidential") else _open(name)
    return left


def _open(question: str) -> Answer:
    return line(question, None, "utter_line_unknown", unknown=True, question=f"question.{question}")


async def known(turn: Turn, task: Task, answers: Answers) -> None:
    """Skip what need not be asked, judge what can be judged, and see to what only people may take."""
    if not turn.tracker.get_slot("requested_slot") and not turn.answered:
        turn.say("utter_start_quote_request")
    _skip(answers)
    _secrecy(turn, answers)
    _guarded(turn, answers)
    note = answers.setdefault(JUDGED, {"value": {}, "reply": None})
    note["value"] = Judging(turn, answers, dict(note["value"])).say()
    if turn.identity is not None:
        await task_case.save(turn, task, answers)


def _skip(answers: Answers) -> None:
    drawing = answers.get("drawing", {})
    has_drawing = bool(drawing.get("listed") or drawing.get("value") not in (None, "deny"))
    if has_drawing and not drawing.get("files"):
        drawing["pending"] = True
    if drawing and not has_drawing:
        answers.setdefault("confidential", silent())
    elif has_drawing and answers.get("confidential", {}).get("reply", "") is None:
        answers.pop("confidential")
    if has_drawing and "weight" in answers:
        for name in ON_DRAWING:
            answers.setdefault(name, silent())
    if answers.get("part", {}).get("items"):
        for name in ("yearly", "size", "wall"):
            answers.setdefault(name, silent())
    for name, with_it in ALONG.items():
        if with_it in answers:
            answers.setdefault(name, silent())


def _secrecy(turn: Turn, answers: Answers) -> None:
    """What is secret or export-controlled goes to a person before any file; otherwise the way to attach it is shown."""
    secret = answers.get("confidential", {})
    if not secret.get("reply") or secret.get("told"):
        return
    secret["told"] = True
    if secret.get("value") == "affirm":
        turn.say("utter_quote_confidential" if turn.hand_over("confidential") else "utter_quote_confidential_waiting")
    elif secret.get("value") is None:
        turn.say("utter_quote_confidential_unknown")
    elif answers.get("drawing", {}).get("pending"):
        turn.say("utter_quote_attach")


def _guarded(turn: Turn, answers: Answers) -> None:
    """Drinking water, food, pressure equipment, lifting, aviation, class: a person decides, while the request goes on."""
    use = answers.get("application", {})
    guarded = [code for code in use.get("codes") or [] if code in SAFETY]
    if guarded and not use.get("told"):
        use["told"] = True
        turn.say("utter_quote_guarded", uses=[f"application.{code}" for code in guarded])
        fetch_specialist(turn)


async def ask(turn: Turn, task: Task, answers: Answers, question: str) -> bool:
    """The question with the answers most people give as quick replies."""
    choices: dict[str, tuple[tuple[str, str | None], ...]] = {
        "drawing": (("drawing_yes", "/affirm"), ("no_drawing", "/deny")),
        "confidential": (("not_confidential", "/deny"), ("is_confidential", "/affirm")),
        "requirements": (("no_requirements", "/deny"), ("dont_know", None)),
        "pattern": (("no_pattern", "/deny"), ("has_pattern", "/affirm"), ("dont_know", None)),
        "application": (("dont_know", None),),
        "size": (("dont_know", None),),
        "notes": (("no_notes", "/deny"),),
    }
    if question not in choices:
        return False
    turn.say(f"utter_ask_{question}")
    for name, payload in choices[question]:
        turn.offer({"reply": f"utter_choice_{name}"} | ({"payload": payload} if payload else {}))
    left = [name for name in task.questions if name not in answers and name not in (*ASKED_ALWAYS, *ALONG)]
    if len(left) > 2:
        turn.offer({"reply": "utter_choice_rest_open"})
    return True


async def read_back(turn: Turn, task: Task, answers: Answers) -> None:
    """What does not fit our lines, and what is still open."""
    for part in _remarks(task, answers):
        turn.say(**part)


def missing(task: Task, answers: Answers) -> list[str]:
    """What is still to come, apart from how to reach the customer and what comes up by itself."""
    asked = [name for name in task.questions if name not in (*ALONG, *ASKED_ALWAYS, *ON_DRAWING, "confidential")]
    return [name for name in asked if task.is_open(name, answers)]


def _remarks(task: Task, answers: Answers) -> list[dict[str, Any]]:
    judged = answers.get(JUDGED, {}).get("value") or {}
    refused = [name for name, verdict in judged.items() if verdict.get("no")]
    parts: list[dict[str, Any]] = [
        {"reply": "utter_quote_remark_parts"}
        if name == "part"
        else {"reply": "utter_quote_remark", "what": f"question.{name}"}
        for name in refused
    ]
    left = missing(task, answers)
    if left:
        parts.append({"reply": "utter_quote_open", "what": [f"question.{name}" for name in left]})
    return parts


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> None:
    """The case, and the request in the production system: codes and figures, never sentences."""
    wish = Wish("request", payload(answers))
    await task_case.submit(turn, task, answers, request_id, intake=wish, lines=_remarks(task, answers))
    left = missing(task, answers)
    if left:
        turn.say("utter_quote_still_open", what=[f"question.{name}" for name in left])


def payload(answers: Answers) -> dict[str, Any]:
    """What the production side gets of the request."""
    found: dict[str, Any] = {}
    for name, answer in answers.items():
        if name in (JUDGED, *ASKED_ALWAYS) or answer.get("value") is None:
            continue
        kept = {key: answer[key] for key in FIGURES if answer.get(key)}
        found[name] = {"value": answer["value"], **kept} if kept else answer["value"]
    return found
