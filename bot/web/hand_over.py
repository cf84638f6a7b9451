"""From the assistant to a person and back: what the customer is told, who is mailed, and what the engine learns."""

import datetime as dt

from sqlalchemy.orm import Session

from bot.common.clock import now
from bot.store import hours
from bot.store.cases.cases import put_conversation_mail
from bot.store.ownership import Owner
from bot.store.records import Reply, Waiting
from bot.store.talk import waiting
from bot.store.talk.waiting import Also
from bot.web.live import Live
from bot.web.parts import Parts
from bot.web.person import ask_contact
from bot.web.texts import reply_language, system


async def begin_waiting(
    parts: Parts,
    reason: str,
    language: str | None,
    *,
    known: bool,
    goes_on: bool = False,
    wording: str | None = None,
    away: bool = False,
) -> tuple[Waiting, bool]:
    """What waiting for a person means now, and whether somebody is there to see it.

    ``known``: the customer's address is on record, so none is asked for. ``goes_on``: a request asks its own question
    beside it, which is the only one; an address is taken all the same. ``wording`` becomes the call-back's. ``away``: the
    engine is, so that web takes the address itself.
    """
    moment = now()
    there = hours.is_open(moment) and await parts.db(waiting.somebody_there, parts.own)
    promised = hours.answered_by(moment)
    reply = _told(reply_language(language), moment, promised, there=there, known=known, goes_on=goes_on)
    asked = None if there or known else ask_contact(wording=wording, away=away)
    return Waiting(reason, promised, reply, asked), there


def _told(
    language: str, moment: dt.datetime, promised: dt.datetime, *, there: bool, known: bool, goes_on: bool
) -> Reply:
    if there:
        return system(language, "utter_waiting_soon", minutes=hours.desk()["waiting"]["usual_minutes"])
    name = "utter_waiting_away" if hours.is_open(moment) else "utter_waiting_closed"
    values = {"by": promised.isoformat(), "open": hours.next_open(moment).isoformat()}
    asks = "" if known else "_here" if goes_on else "_ask"
    return system(language, f"{name}{asks}", **values)


def mail_desk(conversation: str, reason: str, moment: dt.datetime) -> Also:
    """Queue a mail to the desk about a customer who waits, in the transaction that lets them wait."""

    def put(session: Session) -> None:
        key = f"waiting-{conversation}-{moment:%Y%m%d%H%M%S}"
        put_conversation_mail(session, key, "waiting", conversation, reason=reason)

    return put


async def tell_late(parts: Parts, live: Live) -> None:
    """Tell each customer once that it takes longer than promised, and remind the desk by mail."""
    moment = now()
    for conversation, language, reachable in await parts.db(waiting.overdue, parts.own, moment):
        name = "utter_waiting_late" if reachable else "utter_waiting_late_ask"
        asked = None if reachable else ask_contact()
        late = Waiting("late", moment, system(reply_language(language), name), asked)
        also = mail_desk(conversation, "late", moment)
        said, contact_id = await parts.db(waiting.tell_late, parts.own, conversation, late, also)
        for message in said:
            await live.said(message, contact_id)


async def free_left_alone(parts: Parts, live: Live) -> None:
    """Customers whose colleague is gone wait for another one."""
    for conversation, language in await parts.db(waiting.left_alone, parts.own):
        moment = now()
        promised = hours.answered_by(moment)
        text = system(reply_language(language), "utter_waiting_again")
        gone = Waiting("colleague_away", promised, text)
        also = mail_desk(conversation, "colleague_away", moment)
        said, contact_id = await parts.db(waiting.release, parts.own, conversation, gone, also)
        for message in said:
            await live.said(message, contact_id)
        if said:
            await live.owner(conversation, contact_id, Owner("waiting"))
