"""Files of a conversation that belong to a case, and so are kept with it when the conversation is erased."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.cases.models import Case
from bot.store.models import Upload

#: A case the desk still works on: what the customer sends now may belong to it.
OPEN = ("received", "asked")


def keep_with_case(session: Session, case: Case) -> None:
    """Keep what the customer has sent in the case's conversation so far. What another case keeps stays there."""
    if case.conversation_id is not None:
        _keep(session, case.conversation_id, case.case_no)


def keep_with_open_case(session: Session, conversation: str) -> None:
    """Keep what came after an open case was opened (a drawing sent later), before the conversation goes."""
    newest = select(Case).where(Case.conversation_id == conversation, Case.state.in_(OPEN))
    case = session.scalar(newest.order_by(Case.received_at.desc()).limit(1))
    if case is not None:
        _keep(session, conversation, case.case_no)


def _keep(session: Session, conversation: str, case_no: str) -> None:
    sent = (Upload.conversation_id == conversation) & (Upload.direction == "in") & Upload.case_no.is_(None)
    session.execute(update(Upload).where(sent).values(case_no=case_no))
