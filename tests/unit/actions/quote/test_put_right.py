"""Old words and new ones: the field that holds the old is put right, and nothing else."""

import pytest

from actions.form.answers import Answer, Answers, line, note
from actions.form.lots import Lot
from actions.form.righting.put_right import put_right
from actions.form.righting.standing import LAST, WHICH
from actions.form.task import FOR_SALES, SAID
from actions.form.text import only_comments
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.tasks.quote.task import QuoteRequest

from .reading_help import told, turn_of


def standing() -> Answers:
    """A request with something in each kind of field."""
    return Answers(
        {
            "part": PartAnswer("bearing caps", "utter_line_part"),
            "drawing": line("drawing", "TZ-310 rev. B", ""),
            "quantity": QuantityAnswer(12, "utter_line_quantity"),
            "size": SizeAnswer("outer 90 inner 60", "utter_line_size", mm=[90.0, 60.0]),
            "notes": line("notes", "deliver to Fjordgata 12, 4370 Egersund"),
            "name": line("name", "Siv Bakken, Bakken Mek AS", person="Siv Bakken", company="Bakken Mek AS"),
        }
    )


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("rev. C, not B", "drawing", "TZ-310 rev. C"),
        ("utgave D nå", "drawing", "TZ-310 rev. D"),
        ("TZ-310 should be TZ-301", "drawing", "TZ-301 rev. B"),
        ("TZ-310 er feil, det skal være TZ-130", "drawing", "TZ-130 rev. B"),
        ("wrong drawing, it is ZT-44", "drawing", "ZT-44"),
        ("it's Bakke, not Bakken", "name", "Siv Bakke, Bakke Mek AS"),
        ("ikke Siv, men Liv", "name", "Liv Bakken, Bakken Mek AS"),
        ("Siv Backen, with ck and e", "name", "Siv Backen, Bakken Mek AS"),
        ("Fjordgata 21, ikke 12", "notes", "deliver to Fjordgata 21, 4370 Egersund"),
        ("from Egersund to Sandnes", "notes", "deliver to Fjordgata 12, 4370 Sandnes"),
        ("housings, not bearing caps", "part", "housings"),
        ("inner is 65, not 60", "size", "outer 90 inner 65"),
        ("line 2 should be 15 pcs, not 12", "quantity", 15),
        ("pos. 3 er 18 stk og ikke 12", "quantity", 18),
        ("sorry, 50 on line 1, not 12", "quantity", 50),
        ("ta 50 på linje 1 i stedet for 12", "quantity", 50),
        ("beklager, 50 på pos 1, ikke 12", "quantity", 50),
    ],
)
def test_the_field_that_holds_the_old_words_is_put_right(text: str, name: str, value: str) -> None:
    answers = standing()
    found = put_right(turn_of(text, "delivery", stood=answers), QuoteRequest().questions, answers)
    assert [(each.name, each.answer.value) for each in found if each.answer] == [(name, value)]


@pytest.mark.parametrize(
    "text",
    ["machined, not painted", "we need it in May, not June", "is it rev C, not B?", "not before week 20", "rev. B"],
)
def test_what_nothing_holds_is_no_correction(text: str) -> None:
    answers = standing()
    assert put_right(turn_of(text, "delivery", stood=answers), QuoteRequest().questions, answers) == []


def test_the_figures_of_a_size_are_put_right_with_its_words() -> None:
    assert told("inner is 65, not 60", "delivery", standing())["size"].mm == [90.0, 65.0]  # type: ignore[attr-defined]


def test_another_name_keeps_the_firm() -> None:
    assert told("my name is Liv Moen", "delivery", standing()).value("name") == "Liv Moen, Bakken Mek AS"


@pytest.mark.parametrize(
    "text", ["just been told, not 20", "nei, det var feil", "no, not that", "fått beskjed, ikke 30", "wrong"]
)
@pytest.mark.parametrize("opened", ["part", "alloy", "drawing", "pattern", "name", "requirements", "delivery"])
def test_a_comment_answers_nothing(text: str, opened: str) -> None:
    assert only_comments(turn_of(text, opened))
    assert opened not in told(text, opened)


@pytest.mark.parametrize("text", ["no", "nei", "not 20 but 30", "wrong alloy, RG7", "ja"])
def test_an_answer_is_no_comment(text: str) -> None:
    assert not only_comments(turn_of(text, "drawing"))


def test_a_list_in_the_midst_of_a_request_for_one_part_lists_nothing() -> None:
    assert told("we have 4 people and 2 machines on it", "delivery", standing()).value("quantity") == 12


def test_a_figure_with_a_unit_counts_no_pieces() -> None:
    assert told("vi er 40 ansatte", "name", standing()).value("quantity") == 12


def test_pieces_that_are_denied_are_asked_again() -> None:
    assert "quantity" not in told("just been told, not 12", "delivery", standing())


def a_request() -> Answers:
    """A request with a number in several fields, and words that were kept."""
    return Answers(
        {
            "part": PartAnswer("hubs", "utter_line_part"),
            "quantity": QuantityAnswer(60, "utter_line_quantity"),
            "weight": WeightAnswer(4.0, "utter_line_weight"),
            "delivery": line("delivery", "2027-W15"),
            "alloy": line("alloy", "CC491K", title="RG5 (CC491K)"),
            "name": line("name", "Per Vik, Vik AS", person="Per Vik", company="Vik AS"),
            "email": line("email", "per@vikstad.example"),
            "po": line("po", "44817", "utter_line_order_po"),
            SAID: Answer("mark them Bakken; the client wants a spare", "utter_line_said"),
        }
    )


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("ja men 55 ikke 60, vi har 5 liggende", "quantity", 55),
        ("make 55 pieces not 60, client want spare", "quantity", 55),
        ("ikkje 60, 55 held for oss denne gongen", "quantity", 55),
        ("nej, 55 inte 60", "quantity", 55),
        ("nicht 60 sondern 55", "quantity", 55),
        ("Skrev jeg 60? Kan det stå 55?", "quantity", 55),
        ("Did I write 60? Can it say 55?", "quantity", 55),
        ("60? should be 55", "quantity", 55),
        ("60 er feil, 55 er rett", "quantity", 55),
        ("60? nei 55", "quantity", 55),
        ("fra 60 til 55 stk", "quantity", 55),
        ("60 -> 55", "quantity", 55),
        ("nei vent 55", "quantity", 55),
        ("jag menade 55", "quantity", 55),
        ("sorry, make that 55", "quantity", 55),
        ("legg til 5", "quantity", 65),
        ("5 more please", "quantity", 65),
        ("fem færre", "quantity", 55),
        ("reduce by ten", "quantity", 50),
        ("øk til 70", "quantity", 70),
        ("vekta er 4,5 kg ikke 4", "weight", 4.5),
        ("4 kg er for lite, det blir 4,5 kg", "weight", 4.5),
        ("it weighs 4.5 kg, not 4", "weight", 4.5),
        ("uke 16, ikke 15", "delivery", "2027-W16"),
        ("ikkje uke 15 men 16", "delivery", "2027-W16"),
        ("week 16 instead of week 15", "delivery", "2027-W16"),
        ("uke 15 er for tidlig, uke 18 passer ikke dårligere", "delivery", "2027-W18"),
        ("two weeks later", "delivery", "2027-W17"),
        ("RG7, ikke RG5", "alloy", "CC493K"),
        ("RG5 er for dyrt, vi tar RG7", "alloy", "CC493K"),
        ("sorry mail wrong, with d: vikstadd", "email", "per@vikstadd.example"),
        ("mailen er feil, det er per@vik.example", "email", "per@vik.example"),
        ("firmaet heter Viken AS", "name", "Per Vik, Viken AS"),
        ("Vik Mek AS, ikke Vik AS", "name", "Per Vik, Vik Mek AS"),
        ("og POen er 44871, bytta om talla", "po", "44871"),
        ("the PO should be 44871", "po", "44871"),
        ("mark them Bakkan, not Bakken", SAID, "mark them Bakkan; the client wants a spare"),
        ("glem det om merkinga Bakken", SAID, "the client wants a spare"),
        ("forget what I said about the spare", SAID, "mark them Bakken"),
    ],
)
def test_what_stands_gets_the_new_value(text: str, name: str, value: object) -> None:
    answers = a_request()
    found = put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation")
    assert [(each.name, each.answer.value) for each in found if each.answer] == [(name, value)]


@pytest.mark.parametrize(
    "text",
    [
        "is it 55, not 60?",
        "would it be cheaper with 100, not 60?",
        "hva om det var 70?",
        "merk kolli Lager 7",
        "merk med 4471 Bakken",
        "not more than 8 weeks",
        "we have 12 employees",
        "the first 20 are urgent",
    ],
)
def test_a_question_and_another_number_put_nothing_right(text: str) -> None:
    answers = a_request()
    assert (
        put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation") == []
    )


def test_a_number_that_may_correct_two_answers_is_asked_about() -> None:
    answers = a_request()
    answers["quantity"] = QuantityAnswer(4, "utter_line_quantity")
    [found] = put_right(turn_of("5 not 4", "confirmation", stood=answers), QuoteRequest().questions, answers)
    assert found.which == ("quantity", "weight")
    answers[WHICH] = note("5", names=list(found.which))
    [found] = put_right(turn_of("the weight", "confirmation", stood=answers), QuoteRequest().questions, answers)
    assert (found.name, found.answer.value if found.answer else None) == ("weight", 5.0)


def test_the_one_number_told_last_is_meant() -> None:
    answers = a_request()
    answers[LAST] = note(["weight"])
    [found] = put_right(turn_of("nei vent 5", "delivery", stood=answers), QuoteRequest().questions, answers, "delivery")
    assert (found.name, found.answer.value if found.answer else None) == ("weight", 5.0)


def test_what_stands_nowhere_cannot_be_forgotten() -> None:
    answers = a_request()
    [found] = put_right(
        turn_of("forget what I said about the paint", "confirmation", stood=answers), QuoteRequest().questions, answers
    )
    assert found.nothing


def with_words() -> Answers:
    """A request with words of the customer in several lines."""
    answers = a_request()
    answers[SAID] = line(SAID, "we paid 8 600 once; flange 5 mm thicker; mark them Bakken", "utter_line_said")
    answers["notes"] = line("notes", "deliver to Stord")
    answers["requirements"] = line("requirements", "flange face ground")
    answers[FOR_SALES] = line(FOR_SALES, "who pays the freight?", "utter_line_for_sales")
    return answers


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ('take out the "Other" line, that\'s nothing', ["deliver to Stord"]),
        ("ta ut linja Annet", ["deliver to Stord"]),
        ("fjern alt under I dine ord", ["we paid 8 600 once; flange 5 mm thicker; mark them Bakken"]),
        ("fjern det der med Bakken og 8 600, det trenger ikke salg å se", ["mark them Bakken", "we paid 8 600 once"]),
        ("det med 8 600 skal vekk", ["we paid 8 600 once"]),
        ("take 5 mm out", ["flange 5 mm thicker"]),
        ("the bit about Bakken can go", ["mark them Bakken"]),
        ("ta bort det där med Bakken", ["mark them Bakken"]),
        ("ta vekk spørsmål til salg", ["who pays the freight?"]),
        (
            "no other changes, take out all that chatter",
            ["we paid 8 600 once; flange 5 mm thicker; mark them Bakken", "who pays the freight?", "deliver to Stord"],
        ),
        ("stryk resten", ["we paid 8 600 once; flange 5 mm thicker; mark them Bakken", "who pays the freight?", "deliver to Stord"]),
    ],
)  # fmt: skip
def test_what_is_called_by_its_name_is_taken_out(text: str, out: list[str]) -> None:
    answers = with_words()
    found = put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation")
    assert [each.taken_out for each in found] == out


def test_of_two_that_may_be_meant_one_is_asked_for() -> None:
    answers = with_words()
    text = "take out what I said about the flange"
    [found] = put_right(turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation")
    assert found.either == ("flange 5 mm thicker", "flange face ground")


@pytest.mark.parametrize("text", ["all flash must be removed", "støpeskinnet skal bort", "drop the polishing"])
def test_what_is_to_be_taken_off_the_goods_takes_no_words_out(text: str) -> None:
    answers = with_words()
    assert not put_right(
        turn_of(text, "confirmation", stood=answers), QuoteRequest().questions, answers, "confirmation"
    )


@pytest.mark.parametrize(
    ("text", "whole", "total", "texts"),
    [
        ("no, 12 in week 20", False, 22, ["10 in week 16", "12 in week 20"]),
        ("no, 12 in week 20", True, 20, ["8 in week 16", "12 in week 20"]),
        ("the second in week 22", True, 20, ["10 in week 16", "10: the second in week 22"]),
        ("14 i første", True, 20, ["14 in week 16", "6 in week 20"]),
        ("8 + 12", True, 20, ["8 in week 16", "12 in week 20"]),
    ],
)
def test_one_of_several_lots_is_put_right(text: str, whole: bool, total: int, texts: list[str]) -> None:
    lots = [
        Lot(quantity=10, delivery="2027-W16", text="10 in week 16"),
        Lot(quantity=10, delivery="2027-W20", text="10 in week 20"),
    ]
    answers = Answers({"quantity": QuantityAnswer(20, "utter_line_quantity_lots", lots=lots).but(whole=whole)})
    found = QuoteRequest().divide(turn_of(text, "confirmation", stood=answers), answers)
    assert found
    quantity = found[1]["quantity"]
    assert (quantity.value, quantity.more["texts"]) == (total, texts)
