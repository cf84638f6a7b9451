"""A draft belongs to its conversation; another one of the same contact may take it over, and then it is sent from there."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.store import cases
from bot.store.cases import Asker, Case, DraftElsewhere
from bot.store.database import connect
from bot.store.migrate import upgrade

KARI = Asker(name="Kari", email="kari@fjordpumps.example", contact_id="p1", customer_id="k1", proved="sign_in")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def submit(engine: Engine, request_id: str, conversation: str, quantity: int) -> Case:
    return cases.submit_draft(
        engine, request_id, kind="reorder", wording=f"{quantity} stk", asker=KARI, language="nb",
        conversation=conversation, fields={"quantity": quantity},
    )  # fmt: skip


def test_two_conversations_of_a_contact_have_two_drafts(engine: Engine) -> None:
    one = cases.save_draft(engine, "c1", "p1", "reorder", {"quantity": 40})
    other = cases.save_draft(engine, "c2", "p1", "reorder", {"quantity": 55})
    assert one != other
    for conversation, quantity in (("c1", 40), ("c2", 55)):
        draft = cases.load_draft(engine, conversation, "p1", "reorder")
        assert draft is not None
        assert draft.fields == {"quantity": quantity}
    assert submit(engine, one, "c1", 40).fields == {"quantity": 40}
    assert submit(engine, other, "c2", 55).fields == {"quantity": 55}


def test_a_case_holds_the_answers_of_the_yes_and_keeps_them(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "reorder", {"quantity": 40})
    assert submit(engine, request, "c1", 41).fields == {"quantity": 41}
    assert submit(engine, request, "c1", 42).fields == {"quantity": 41}, "the same case, however often"


def test_a_draft_taken_over_is_sent_from_its_new_place_alone(engine: Engine) -> None:
    request = cases.save_draft(engine, "c1", "p1", "reorder", {"quantity": 40})
    taken = cases.take_draft(engine, "c2", "p1", "reorder")
    assert taken is not None
    assert (taken.request_id, taken.conversation) == (request, "c2")
    with pytest.raises(DraftElsewhere) as elsewhere:
        submit(engine, request, "c1", 40)
    assert elsewhere.value.case_no is None
    case = submit(engine, request, "c2", 50)
    with pytest.raises(DraftElsewhere) as elsewhere:
        submit(engine, request, "c1", 40)
    assert elsewhere.value.case_no == case.case_no
    assert cases.save_draft(engine, "c1", "p1", "reorder", {"quantity": 7}) != request


def test_a_stranger_takes_nothing_over(engine: Engine) -> None:
    cases.save_draft(engine, "c1", None, "reorder", {"quantity": 40})
    assert cases.take_draft(engine, "c2", "p1", "reorder") is None
    mine = cases.take_draft(engine, "c1", "p1", "reorder")
    assert mine is not None
    assert mine.contact == "p1"
