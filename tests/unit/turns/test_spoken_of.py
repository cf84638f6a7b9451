"""Words that point at what the customer said, and papers that are asked for together."""

import pytest

from actions.tasks.change.holding import holds_making
from actions.turns.pointing import spoken_of


@pytest.mark.parametrize(
    "text",
    ["den jeg nevnte", "the one you were given", "den ordren kollegaen min ga meg", "den eg spurde om", "the number my boss told me"],
)  # fmt: skip
def test_what_the_customer_said(text: str) -> None:
    assert spoken_of(text)


@pytest.mark.parametrize(
    "text", ["den som er sendt", "the one you sent", "er den ferdig? kollegaen sa det", "den vi fikk"]
)
def test_what_was_sent_or_came_is_none_of_it(text: str) -> None:
    assert not spoken_of(text)


@pytest.mark.parametrize(
    "text",
    ["vent litt med støpinga", "kan dere drøye med å støpe", "hold off on the pour", "please wait with casting", "hald att støypinga", "vänta med gjutningen", "warten Sie mit dem Guss"],
)  # fmt: skip
def test_the_casting_is_to_wait(text: str) -> None:
    assert holds_making(text)


@pytest.mark.parametrize(
    "text", ["wait, have you poured it?", "vent, er den støpt?", "we wait for the castings", "hold koppen"]
)
def test_a_question_is_no_wish_to_wait(text: str) -> None:
    assert not holds_making(text)
