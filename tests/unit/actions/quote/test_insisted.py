"""The part that is called by its name once more is that part, and a no or a figure that is said again is none."""

import pytest

from actions.form.answers import Answers, line
from actions.form.righting.insisted import insisted
from actions.form.righting.standing import Standing
from actions.tasks.quote.task import QuoteRequest
from tests.unit.actions.quote.reading_help import told, turn_of

AGAIN = [
    ("Kransen sa jeg jo", "Kransen"),
    ("tannhjul, som sagt", "tannhjul"),
    ("eg skreiv støttebukk", "støttebukk"),
    ("a gear rim, as I said", "gear rim"),
    ("I said clamp block.", "clamp block"),
    ("I wrote hub already, twice", "hub"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), AGAIN, ids=[text for text, _ in AGAIN])
def test_a_part_called_by_its_name_again_is_the_part(text: str, part: str) -> None:
    """It takes the place of what was taken for it."""
    found = insisted(
        Standing(turn_of(text), QuoteRequest().questions, Answers({"part": line("part", "noe annet")}), None)
    )
    assert found is not None
    assert found.answer is not None
    assert (found.name, found.answer.value) == ("part", part)


@pytest.mark.parametrize(
    "text", ["nei sa jeg", "I said no", "45 kg sa jeg jo", "as I said, 20 pcs", "jeg sa jo ja", "som sagt, uke 20"]
)
def test_what_else_is_said_again_is_no_part(text: str) -> None:
    """A yes, a no and a value are read elsewhere."""
    assert (
        insisted(Standing(turn_of(text), QuoteRequest().questions, Answers({"part": line("part", "noe annet")}), None))
        is None
    )


@pytest.mark.parametrize(
    "text", ["navnet er Arve Moen. mob 915 44 208", "Arve Moen, tlf 915 44 208", "name: Arve Moen, cell 915 44 208"]
)
def test_what_calls_a_number_is_no_firm(text: str) -> None:
    """«mob» and «tlf» are neither somebody nor a firm."""
    assert told(text, "name").value("name") == "Arve Moen"
