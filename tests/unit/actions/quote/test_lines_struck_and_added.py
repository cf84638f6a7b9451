"""Lines struck out by their own clause and no other, brought back, called otherwise, added with all their values; and what is only one part."""

import pytest

from actions.form.answers import Answers
from actions.form.line_strikes import Fate, fate_of
from actions.form.typed import PartAnswer
from actions.tasks.quote.lines import struck_lines
from tests.unit.actions.quote.reading_help import told

LIST = "1. pillow block RG5 12 kg 40 pcs\n2. bracket LM25 3 kg 20 pcs\n3. sealing disc RG7 2 kg 15 pcs"
LISTE = "1. lagerbukk RG5 12 kg 40 stk\n2. konsoll LM25 3 kg 20 stk\n3. pakkring RG7 2 kg 15 stk"


def names(answers: Answers) -> list[str]:
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    return [each["text"].split(",")[0] for each in part.items]


def pieces(answers: Answers) -> list[int | None]:
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    return [each.get("quantity") for each in part.items]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("strike the disc", Fate.DROPPED),
        ("the ring can go", Fate.DROPPED),
        ("the ring can go by boat", Fate.NONE),
        ("the ring is not to be struck", Fate.KEPT),
        ("don't delete the disc", Fate.KEPT),
        ("put the ring back", Fate.BACK),
        ("we need the ring after all", Fate.BACK),
        ("stryk ringen", Fate.DROPPED),
        ("ringen kan utgå", Fate.DROPPED),
        ("ringen skal IKKE strykes", Fate.KEPT),
        ("ikke fjern ringen", Fate.KEPT),
        ("ta med ringen igjen", Fate.BACK),
        ("ringen skal likevel være med", Fate.BACK),
        ("ringen blir dreid", Fate.NONE),
    ],
)
def test_what_a_clause_does_with_its_line(text: str, fate: Fate) -> None:
    assert fate_of(text) == fate


@pytest.mark.parametrize(
    ("stood", "text", "left"),
    [
        (LIST, "item 1 can go, we make that one ourselves, and the bracket should be 30 pcs", [30, 15]),
        (LIST, "delete the disc and set the pillow block to 50 pcs", [50, 20]),
        (LIST, "strike the bracket and the disc", []),
        (LIST, "line 2: drop it", [40, 15]),
        (LISTE, "pos 1 kan du ta ut, den lager vi selv. Og konsollen skal være 30 stk", [30, 15]),
        (LISTE, "stryk pakkringen, og lagerbukken skal være 50 stk", [50, 20]),
        (LISTE, "konsollen kan utgå", [40, 15]),
        (LISTE, "pakkringen skal ikke strykes, den skal være 18 stk", [40, 20, 18]),
    ],
)
def test_only_the_line_of_the_clause_is_struck(stood: str, text: str, left: list[int]) -> None:
    answers = told(text, "drawing", told(stood))
    assert pieces(answers) == left


@pytest.mark.parametrize(
    ("stood", "struck", "text"),
    [
        (LIST, "strike the bracket", "no, put the bracket back"),
        (LIST, "strike line 2", "the bracket must not be struck"),
        (LIST, "the bracket can go", "put it back on the list"),
        (LISTE, "stryk konsollen", "sett tilbake konsollen"),
        (LISTE, "linje 2 kan strykes", "konsollen mangler"),
        (LISTE, "ta bort konsollen", "ta den inn igjen"),
    ],
)
def test_a_struck_line_comes_back_in_its_place(stood: str, struck: str, text: str) -> None:
    before = told(stood)
    answers = told(struck, "drawing", told(stood))
    assert len(pieces(answers)) == 2
    assert [each["place"] for each in struck_lines(answers)] == [2]
    answers = told(text, "drawing", answers)
    assert names(answers) == names(before)
    assert struck_lines(answers) == []
    assert "quantity" not in answers or answers["quantity"].listed


@pytest.mark.parametrize(
    ("stood", "text", "name", "count"),
    [
        (LIST, "add: seal cap, drawing C-220, RG5, 8 pcs, 4 kg", "seal cap", 8),
        (LIST, "line 4: seal cap C-220 RG5 8 pcs 4 kg", "seal cap C-220 RG5 8 pcs 4 kg", 8),
        (LIST, "we also need a seal cap for the block, 4 kg, same quantity", "seal cap for the block", 15),
        (LISTE, "legg til: tetningslokk, tegning C-220, RG5, 8 stk, 4 kg", "tetningslokk", 8),
        (LISTE, "linje 4: tetningslokk C-220 RG5 8 stk 4 kg", "tetningslokk C-220 RG5 8 stk 4 kg", 8),
        (LISTE, "vi trenger også et tetningslokk til bukken, 4 kg, samme antall", "tetningslokk til bukken", 15),
    ],
)
def test_a_line_is_added_with_all_its_values(stood: str, text: str, name: str, count: int) -> None:
    answers = told(text, "drawing", told(stood))
    assert names(answers)[:3] == names(told(stood))
    assert names(answers)[3] == name
    assert pieces(answers) == [40, 20, 15, count]
    assert all(answers[each].listed for each in ("quantity", "weight", "alloy"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "tilbud på 10 pumpehus i RG5, 12 kg",
            "vi skal også ha et lokk til huset, 3 kg, samme antall og samme legering",
        ),
        ("tilbud på 10 pumpehus i RG5, 12 kg", "del 2 heter lokk, 3 kg, samme antall, samme legering"),
        ("quote for 10 pump housings in RG5, 12 kg", "we also need a cover for it, 3 kg, same number and same alloy"),
        ("quote for 10 pump housings in RG5, 12 kg", "part 2 is called cover, 3 kg, same number, same alloy"),
    ],
)
def test_a_second_part_leaves_the_first_as_it_was(first: str, second: str) -> None:
    part = told(second, "drawing", told(first, act="place_order"))["part"]
    assert isinstance(part, PartAnswer)
    assert [each["weight"] for each in part.items] == [12, 3]
    assert [each["quantity"] for each in part.items] == [10, 10]
    assert [each["alloy"] for each in part.items] == ["CC491K", "CC491K"]


@pytest.mark.parametrize(
    ("stood", "text", "line", "name"),
    [
        (LIST, "part 3 is called wear ring", 3, "wear ring, "),
        (LIST, "line 1 is plummer block, 14 kg", 1, "plummer block, "),
        (LISTE, "del 3 heter slitering", 3, "slitering, "),
        (LISTE, "linje 1 er lagerstol 14 kg", 1, "lagerstol, "),
        (LIST, "line 1 is urgent", 1, None),
        (LISTE, "linje 3 er dreid innvendig", 3, None),
    ],
)
def test_a_line_is_called_otherwise(stood: str, text: str, line: int, name: str | None) -> None:
    part = told(text, "drawing", told(stood))["part"]
    assert isinstance(part, PartAnswer)
    said = part.items[line - 1]
    assert (said["text"].startswith(name) and said["part"] == name.strip(", ")) if name else "part" not in said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("tilbud på girhus i LM25, 15 kg. 6 prototyper, deretter en serie på 200 i året", "girhus"),
        ("tilbud på 6 prototyper av et girhus i LM25, senere 200 i året", "girhus"),
        ("quote for a gear case in LM25, 15 kg. 6 prototypes, then a series of 200 a year", "gear case"),
        ("quote for 6 prototypes of a gear case in LM25, later 200 a year", "gear case"),
    ],
)
def test_prototypes_and_the_series_are_of_one_part(text: str, part: str) -> None:
    answers = told(text, act="place_order")
    assert answers.value("part") == part
    assert answers.value("quantity") == 6
    assert answers.value("yearly") == 200


@pytest.mark.parametrize(
    ("stood", "text"),
    [
        (LIST, "those are all the same part, it is only one part"),
        (LIST, "that is just one part"),
        (LISTE, "det er bare én del"),
        (LISTE, "alt dette er en og samme del"),
    ],
)
def test_what_is_one_part_is_the_first(stood: str, text: str) -> None:
    answers = told(text, "drawing", told(stood))
    assert not getattr(answers["part"], "items", [])
    assert answers.value("quantity") == 40
    assert answers.value("weight") == 12


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("the bracket weighs 3.5 kg, the disc 8", [12, 3.5, 8]),
        ("the disc weighs 2.2 kg and the bracket 4", [12, 4, 2.2]),
    ],
)
def test_a_bare_number_is_of_the_kind_told_before_it(text: str, weights: list[float]) -> None:
    answers = told(text, "drawing", told(LIST))
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    assert [each["weight"] for each in part.items] == weights
    assert pieces(answers) == [40, 20, 15]
