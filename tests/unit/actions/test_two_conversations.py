"""Two conversations of one contact: each sends what it read back itself, and a request that moved is sent from one place."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.turns.house import House
from bot.common import clock, settings
from bot.store.cases.models import Case, Draft, Outbox
from bot.worker.mail import _in_norwegian as in_norwegian
from tests.unit.actions.talk import Conversation


@pytest.fixture(autouse=True)
def _first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


def cases(house: House) -> list[Case]:
    with Session(house.own) as session:
        return list(session.scalars(select(Case).order_by(Case.received_at)))


def handed_over(house: House) -> list[dict[str, object]]:
    with Session(house.own) as session:
        return [entry.payload for entry in session.scalars(select(Outbox).where(Outbox.kind.like("intake%")))]


@pytest.mark.parametrize(
    ("language", "act", "one", "other", "theirs", "foreign"),
    [
        ("en", "reorder", "another 20 pcs of P-1001, delivered in June", "another 55 pcs of P-1001, delivered in July", "20", "55"),
        ("nb", "reorder", "20 stk til av P-1001, levert i juni", "55 stk til av P-1001, levert i juli", "20", "55"),
        ("en", "cancel_order", "cancel SO-30405 please", "we have to cancel SO-30401", "SO-30405", "SO-30401"),
        ("nb", "cancel_order", "avbestill SO-30405", "vi må avbestille SO-30401", "SO-30405", "SO-30401"),
    ],
)  # fmt: skip
async def test_a_yes_sends_what_its_own_conversation_read_back(
    house: House, language: str, act: str, one: str, other: str, theirs: str, foreign: str
) -> None:
    first, second = Conversation(house, language, "demo-kari"), Conversation(house, language, "demo-kari")
    assert theirs in await first.say(one, act)
    assert foreign in await second.say(other, act)
    await first.say("yes" if language == "en" else "ja", "affirm")
    [case] = cases(house)
    assert case.conversation_id == first.id
    for said in (case.wording, in_norwegian(case) or case.wording, str(case.fields), str(handed_over(house))):
        assert theirs in said
        # As a figure or number of its own: case numbers, times and shares are random.
        assert not re.search(rf"(?<![\w.:-]){foreign}(?![\w.:-])", said)
    await second.say("yes" if language == "en" else "ja", "affirm")
    [_, later] = cases(house)
    assert later.conversation_id == second.id
    assert foreign in later.wording
    assert foreign in str(later.fields)


@pytest.mark.parametrize(
    ("language", "go_on", "yes", "moved"),
    [
        ("en", "continue", "yes", "in another conversation, so nothing has been sent"),
        ("nb", "fortsett", "ja", "i en annen samtale, så ingenting er sendt"),
    ],
)
async def test_a_request_goes_on_elsewhere_and_is_sent_once(
    house: House, language: str, go_on: str, yes: str, moved: str
) -> None:
    here, there = Conversation(house, language, "demo-kari"), Conversation(house, language, "demo-kari")
    await here.say("cancel SO-30405", "cancel_order")
    assert "SO-30405" in await there.say(go_on)
    assert moved in await here.say(yes, "affirm")
    assert not cases(house)
    await there.say(yes, "affirm")
    [case] = cases(house)
    assert case.conversation_id == there.id


@pytest.mark.parametrize(
    ("language", "go_on", "yes"), [("en", "continue", "yes"), ("nb", "fortsett", "ja")]
)  # fmt: skip
async def test_what_was_sent_elsewhere_is_not_sent_again(house: House, language: str, go_on: str, yes: str) -> None:
    here, there = Conversation(house, language, "demo-kari"), Conversation(house, language, "demo-kari")
    await here.say("cancel SO-30405", "cancel_order")
    await there.say(go_on)
    await there.say(yes, "affirm")
    [case] = cases(house)
    assert case.case_no in await here.say(yes, "affirm")
    await here.say(yes, "affirm")
    assert len(cases(house)) == 1


async def test_a_wish_taken_back_leaves_the_other_conversations_alone(house: House) -> None:
    here, there = Conversation(house, "en", "demo-kari"), Conversation(house, "en", "demo-kari")
    await here.say("cancel SO-30405", "cancel_order")
    await there.say("cancel SO-30401", "cancel_order")
    await there.say("let it stand", "take_back")
    await here.say("yes", "affirm")
    [case] = cases(house)
    assert "SO-30405" in case.wording
    with Session(house.own) as session:
        assert sorted(draft.state for draft in session.scalars(select(Draft))) == ["dropped", "submitted"]
