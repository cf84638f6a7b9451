"""What a quotation request asks, leaves open and says: the secrecy of a drawing once, the rest open, contact facts kept."""

import asyncio

import pytest

from actions.form.answers import Answers
from actions.tasks.quote.task import QuoteRequest
from bot.common.replies import replies
from tests.unit.actions.quote.reading_help import told, turn_of, values


def known(answers: Answers, opened: str | None = None, text: str = "") -> list[str]:
    """Let the task look at its answers; the texts it said."""
    turn = turn_of(text, opened)
    asyncio.run(QuoteRequest().known(turn, answers))
    return [each["reply"] for each in turn.parts]


@pytest.mark.parametrize("text", ["H-2231", "vi har ingen tegning"])
def test_no_file_no_question_whether_it_is_secret(text: str) -> None:
    answers = told(text, "drawing", told("40 stk lagerhus i RG5"))
    known(answers, "drawing")
    assert QuoteRequest().next_question(answers) != "confidential"


@pytest.mark.parametrize("text", ["the PDF is attached", "hus.step", "tegningen kommer på mail"])
def test_a_file_that_comes_is_asked_about(text: str) -> None:
    answers = told(text, "drawing", told("40 stk lagerhus i RG5"))
    known(answers, "drawing")
    assert QuoteRequest().next_question(answers) == "confidential"


@pytest.mark.parametrize(
    "text",
    ["4 kg", "Per Lund, Lund Mek AS, per@lund.example", "by the way the wall is 8 mm", "forresten blir det 60 stk"],
)
def test_only_an_answer_says_whether_it_is_secret_and_it_is_asked_once(text: str) -> None:
    answers = told("the PDF is attached", "drawing", told("40 stk lagerhus i RG5"))
    known(answers, "drawing")
    answers = told(text, "confidential", answers)
    assert "utter_quote_confidential_unknown" not in known(answers, "confidential")
    assert answers["confidential"].unknown
    assert QuoteRequest().next_question(answers) != "confidential"
    assert known(answers, "size") == []


@pytest.mark.parametrize("text", ["don't know", "vet ikke"])
def test_not_to_know_whether_it_is_secret_is_an_answer(text: str) -> None:
    answers = told("the PDF is attached", "drawing", told("40 stk lagerhus i RG5"))
    known(answers, "drawing")
    answers = told(text, "confidential", answers)
    assert "utter_quote_confidential_unknown" in known(answers, "confidential")


@pytest.mark.parametrize("opened", ["confidential", "drawing", "requirements", "delivery", "name"])
def test_the_rest_is_open_leaves_only_who_asks(opened: str) -> None:
    answers = told("the PDF is attached", "drawing", told("40 stk lagerhus i RG5"))
    known(answers, "drawing")
    answers = told("Resten er åpent", opened, answers)
    known(answers, opened)
    assert QuoteRequest().next_question(answers) == ("email" if opened == "name" else "name")


def test_a_company_said_later_stands_beside_the_name() -> None:
    answers = told("Eide Mek AS, siv@eide.example", "email", told("Siv Eide", "name"))
    assert values(answers)["name"] == "Siv Eide, Eide Mek AS"


def test_a_telephone_number_stands_beside_the_address() -> None:
    answers = told("Ole Lie, 900 00 555, ole@lie.example", "drawing", told("40 stk lagerhus"))
    known(answers, "drawing")
    assert answers["email"].line()["phone"] == "900 00 555"
    assert replies().compose("nb", [answers["email"].line()]) == "E-post: ole@lie.example, telefon 900 00 555"


def test_a_signature_fills_name_and_address() -> None:
    contact = {"name": "Kari Moen", "company": "Moen AS", "email": "kari@moen.example", "phone": "+4790000555"}
    answers = told("40 stk lagerhus i RG5", None, contact=contact)
    assert (values(answers)["name"], values(answers)["email"]) == ("Kari Moen, Moen AS", "kari@moen.example")


@pytest.mark.parametrize(
    ("text", "question", "nb", "en"),
    [
        ("600 stk i tre leveranser", "quantity", "Antall: 600 stk i 3 leveringer", "Quantity: 600 pcs in 3 deliveries"),
        ("30 stk uke 12, 50 stk uke 16", "quantity", "Antall: 80 stk, fordelt: 30 stk uke 12 og 50 stk uke 16",
         "Quantity: 80 pcs, split as 30 stk uke 12 and 50 stk uke 16"),
        ("30 now and 50 later", "quantity", "Antall: 30 stk («30 now and 50 later»)", "Quantity: 30 pcs (“30 now and 50 later”)"),
        ("half in week 20, the others in week 24", "delivery",
         "Levering: uke 20 (2027) («half in week 20, the others in week 24»)",
         "Delivery: week 20 (2027) (“half in week 20, the others in week 24”)"),
        ("råvekt 3,9 kg, ferdig vekt 3,2 kg", "weight", "Vekt: 3,9 kg per stk som støpt, 3,2 kg ferdig bearbeidet",
         "Weight: 3.9 kg each as cast, 3.2 kg after machining"),
    ],
)  # fmt: skip
def test_an_answer_says_what_was_stored(text: str, question: str, nb: str, en: str) -> None:
    answer = told(text, question)[question].line()
    assert (replies().compose("nb", [answer]), replies().compose("en", [answer])) == (nb, en)
