"""Not knowing and having nothing to say, in other people's words; an answer is neither."""

import pytest

from actions.turns.unknown import has_nothing, knows_nothing

NOT_KNOWN = (
    "det vet jeg dessverre ikke", "det vet æ søren ikkje", "aner itte", "det må du ikkje spørre mæ om", "Beklager, det kan jeg ikke svare på.",
    "Det vet jag faktiskt inte.", "noll koll", "Det ved kun havet.", "null Plan, ehrlich", "Das entzieht sich meiner Kenntnis.",
    "I'd only be guessing.", "Not known.", "No clue, that's an engineering thing", "I couldn't tell you, I'm afraid.",
)  # fmt: skip
NOTHING = (
    "No, nothing to add.", "Nothing that comes to mind.", "itte noe der", "Nej, det springer vi over.", "Hierzu gibt es keine Angaben.", "N/A",
)  # fmt: skip
ANSWERS = (
    "ingen tegning", "no pattern, must be made", "vi vet at den ikke tåler sjøvann", "we know that it must not leak", "none of the parts may be welded",
    "vet ikke hvem som eier den, men den står hos oss", "sjøvann, ingen særskilte belastninger", "must not contain lead", "12 kg, ikke mer",
)  # fmt: skip


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_not_known(text: str) -> None:
    assert knows_nothing(text)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_say(text: str) -> None:
    assert has_nothing(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer(text: str) -> None:
    assert not knows_nothing(text)
    assert not has_nothing(text)
