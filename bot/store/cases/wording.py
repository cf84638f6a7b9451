"""What a decision says to the customer, in the mail as in the chat. The texts are in data/replies."""

from bot.common.replies import replies
from bot.store.cases.models import Case, CaseEvent

#: Kinds that lead to a contract: their answers say that only the order confirmation binds.
BINDING_LATER = ("quote_request", "order", "reorder", "change", "cancel", "price")
#: Decisions the customer is expected to answer.
WANT_AN_ANSWER = ("adjusted", "asked", "refused")


def told(case: Case, event: CaseEvent, language: str, corrected: bool = False, by_mail: bool = False) -> list[str]:
    """The paragraphs: the verdict, the staff's own words if there are any, what happens next."""
    return [
        text
        for text in (_verdict(case, event, language, corrected), event.text, _next(case, event, language, by_mail))
        if text
    ]


def reply_language(language: str) -> str:
    """The customer's language when we write it, else English."""
    return language if language in replies().languages else "en"


def _verdict(case: Case, event: CaseEvent, language: str, corrected: bool) -> str:
    name = f"utter_decision_accepted_{case.kind}" if event.state == "accepted" else f"utter_decision_{event.state}"
    values = {"case_no": case.case_no, "kind": f"case.{case.kind}"}
    text = replies().render(language, name, values)
    return f"{replies().render(language, 'utter_decision_corrected')} {text}" if corrected else text


def _next(case: Case, event: CaseEvent, language: str, by_mail: bool) -> str:
    names = []
    if event.state in WANT_AN_ANSWER:
        there = "mail" if by_mail else "chat_and_mail" if case.email else "chat"
        names.append(f"utter_decision_answer_{there}")
    if event.state in ("accepted", "adjusted") and case.kind in BINDING_LATER:
        names.append("utter_decision_not_binding")
    if event.state == "closed":
        names.append("utter_decision_new_case")
    return " ".join(replies().render(language, name) for name in names)
