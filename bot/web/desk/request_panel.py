"""The request a customer is in the middle of: what was answered, what is missing, in words."""

from typing import Any

from bot.common.replies import ReplyError, replies
from bot.web.outgoing import neutral


def request_panel(state: dict[str, Any] | None, language: str) -> dict[str, Any] | None:
    """The running task of a conversation's state; None when there is none. Whatever is in the state, nothing is raised."""
    state = state if isinstance(state, dict) else {}
    task, answers = state.get("task"), state.get("answers")
    if not isinstance(task, str) or f"task.{task}" not in replies().terms[language]:
        return None
    answers = answers if isinstance(answers, dict) else {}
    missing = state.get("missing")
    missing = missing if isinstance(missing, list) else []
    return {
        "task": task, "title": _term(f"task.{task}", language), "open": state.get("question"),
        "answers": [
            {"question": one, "label": label(one, language), "value": _value(answers[one], language)}
            for one in answers
        ],
        "missing": [{"question": one, "label": label(one, language)} for one in missing if isinstance(one, str)],
    }  # fmt: skip


def answered_name(state: dict[str, Any] | None) -> str | None:
    """The name a stranger gave when asked: shown, never believed."""
    answers = state.get("answers") if isinstance(state, dict) else None
    name = answers.get("name") if isinstance(answers, dict) else None
    value = name.get("value") if isinstance(name, dict) else None
    return neutral(value) if isinstance(value, str) and value else None


def label(question: str, language: str) -> str:
    """What a question is called."""
    return _term(f"question.{question}", language)


def _term(key: str, language: str) -> str:
    return replies().terms[language].get(key, key.partition(".")[2])


def _value(answer: Any, language: str) -> str:
    """An answer as the read-back has it, without its label."""
    if not isinstance(answer, dict):
        return neutral(str(answer))
    try:
        line = replies().render(language, str(answer.get("reply")), answer)
    except ReplyError:
        return neutral(str(answer.get("value") or "–"))
    return neutral(line.partition(": ")[2] or line)
