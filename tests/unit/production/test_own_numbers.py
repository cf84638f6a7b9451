"""Numbers as buyers write their own, and what they ask in particular."""

import pytest
from sqlalchemy import Engine

from actions.production.own_numbers import own_numbers
from actions.turns.question_words import asks

from .conftest import identity_of


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("30417", ("order_no", "SO-30417")),
        ("so30417", ("order_no", "SO-30417")),
        ("fp 2040", ("part_no", "FP-2040")),
        ("FP2040", ("part_no", "FP-2040")),
        ("P-1001", ("part_no", "FP-2040")),
        ("4711b", ("drawing_no", "4711-B")),
        ("po88117", ("po_no", "PO-88117")),
        ("2052", ("part_no", "FP-2052")),
        ("4712", ("drawing_no", "4712-A")),
        ("88117", ("po_no", "PO-88117")),
    ],
)
def test_a_number_of_the_customer_is_found_however_it_is_spaced(
    plant: Engine, code: str, found: tuple[str, str]
) -> None:
    assert own_numbers(plant, identity_of(plant, "demo-kari"), [code]) == {code: found}


@pytest.mark.parametrize("code", ["30441", "SO-30441", "SO-99999", "LK-77", "P-1009", "HM-PO-2201", "2201", "XX-99"])
def test_another_customers_number_is_as_unknown_as_an_invented_one(plant: Engine, code: str) -> None:
    assert own_numbers(plant, identity_of(plant, "demo-kari"), [code]) == {}


def test_two_customers_own_the_same_drawing_number(plant: Engine) -> None:
    for who in ("demo-kari", "demo-jens"):
        assert own_numbers(plant, identity_of(plant, who), ["4711-B"]) == {"4711-B": ("drawing_no", "4711-B")}


@pytest.mark.parametrize(
    ("text", "topic", "expected"),
    [
        ("Koffer e den sein?", "late", True),
        ("why is it late", "late", True),
        ("kva er forseinka", "late", True),
        ("I will ask later", "late", False),
        ("når kommer den?", "late", False),
        ("minste godstykkelse", "wall", True),
        ("godset er sendt", "wall", False),
    ],
)
def test_words_tell_what_is_asked_in_particular(text: str, topic: str, expected: bool) -> None:
    assert asks(text, topic) is expected
