"""A short run of the simulation: what the assistant may never do, and how well it has to do at least."""

import dataclasses
from collections.abc import Iterator
from random import Random

import pytest

from tests.simulation.customer import Customer
from tests.simulation.judge import Stored, differences, judge
from tests.simulation.personas import Fact, Persona
from tests.simulation.phrases import holes, mistype, voices
from tests.simulation.run import Figures, Played, assistant, make_personas, report, simulate, write_worst
from tests.stack import Stack

TALKS, SEED, WORKERS = 60, 1, 3
#: All bounds. They may only be tightened. Writing without a clear yes has none: it may not happen.
LEAST_EXACT = 0.65
MOST_NEEDLESS = 2.0
MOST_FOREIGN_PER_TALK = 0.04
MOST_TURNS_TO_GOAL = 14
#: A turn that came too late on a busy machine is tried again and answered, as web does.
MOST_LATE = 4


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """The assistant on SQLite with the demo plant of 1 March 2027."""
    with assistant() as running:
        yield running


@pytest.fixture(scope="module")
def quote() -> Persona:
    """A customer who asks for a quotation and sends it."""
    return next(
        each for each in make_personas(80, SEED) if each.kind == "quote" and each.cases and not each.habits.slip
    )


@pytest.mark.timeout(300)
async def test_customers_get_across_what_they_mean_and_nothing_is_sent_without_a_clear_yes(stack: Stack) -> None:
    played = await simulate(stack, make_personas(TALKS, SEED), SEED, WORKERS)
    figures, table = Figures.of(played), "\n".join(report(played))
    print(table)
    write_worst(played)
    assert figures.unasked == 0, table
    assert figures.failed <= MOST_LATE, table
    assert figures.exact >= LEAST_EXACT, table
    assert figures.needless <= MOST_NEEDLESS, table
    assert figures.foreign / figures.count <= MOST_FOREIGN_PER_TALK, table
    assert figures.turns <= MOST_TURNS_TO_GOAL, table


def _answers(persona: Persona) -> dict[str, dict[str, object]]:
    """What a faultless assistant would have stored."""
    found: dict[str, dict[str, object]] = {}
    for fact in persona.facts:
        answer: dict[str, object] = {"value": fact.value, "reply": "utter_line"}
        if fact.question == "weight":
            answer = {"value": fact.value["kg"], "total": False, "reply": "utter_line"}
        elif fact.question == "size":
            answer["mm"] = fact.value
        found[fact.question] = answer
    return found


def _case(persona: Persona, fields: dict[str, dict[str, object]]) -> Stored:
    payload: dict[str, object] = {name: fields[name]["value"] for name in ("quantity", "alloy") if name in fields}
    return Stored("C-27-1", "quote_request", fields, payload, persona.contact, None)


def test_a_case_that_says_what_the_customer_meant_is_exact(quote: Persona) -> None:
    assert judge(quote, [_case(quote, _answers(quote))], 0, [], False).exact


def test_a_missing_a_wrong_a_foreign_and_an_invented_answer_are_each_found(quote: Persona) -> None:
    email = next(fact for fact in quote.facts if fact.question == "email")
    for kind, question, answer in (
        ("missing", "quantity", None),
        ("wrong", "quantity", {"value": 1, "reply": "utter_line"}),
        ("foreign", "part", {"value": f"{quote.facts[0].value}, {email.value}", "reply": "utter_line"}),
        ("invented", "wall", {"value": 4.0, "reply": "utter_line"}),
    ):
        answers = _answers(quote)
        answers.pop(question, None)
        part = quote.fact("part")
        if kind == "foreign" and part and answer:
            answer["value"] = f"{part.value}, {email.value}"
        found = differences(quote, answers | ({question: answer} if answer else {}))
        assert [(each.kind, each.question) for each in found] == [(kind, question)]


def test_what_was_never_asked_is_not_missing_and_what_is_stored_of_it_must_be_right(quote: Persona) -> None:
    secret = Fact("confidential_no", "confidential", "deny")
    persona, answers = dataclasses.replace(quote, facts=(*quote.facts, secret)), _answers(quote)
    assert not differences(persona, {**answers, "confidential": None}, untold=["confidential"])
    assert [each.kind for each in differences(persona, {**answers, "confidential": None})] == ["missing"]
    wrong = {"value": "affirm", "reply": "utter_line"}
    assert [each.kind for each in differences(persona, answers | {"confidential": wrong}, untold=["confidential"])] == [
        "wrong"
    ]


def test_a_sentence_of_talk_in_a_field_is_foreign(quote: Persona) -> None:
    answers = _answers(quote)
    answers["name"]["value"] = f"{answers['name']['value']} hold on"
    assert [each.kind for each in differences(quote, answers, ["Hold on"])] == ["foreign"]


def test_a_case_after_a_withdrawal_and_a_case_without_a_yes_are_not_exact(quote: Persona) -> None:
    withdrawn = dataclasses.replace(quote, cases=())
    case = _case(quote, _answers(quote))
    assert not judge(withdrawn, [case], 0, [], False).exact
    assert not judge(quote, [case], 1, [], False).exact


def test_the_same_seed_gives_the_same_customers_and_first_words() -> None:
    one, other = make_personas(40, 7), make_personas(40, 7)
    assert one == other
    first = [[Customer(each, Random(each.number)).opening() for each in made] for made in (one, other)]
    assert first[0] == first[1]
    assert one != make_personas(40, 8)


def test_every_voice_is_complete_and_every_persona_can_begin() -> None:
    assert voices()
    for persona in make_personas(400, 3):
        assert Customer(persona, Random(1)).opening().text.strip()


def test_typing_errors_leave_placeholders_whole() -> None:
    sentence = "vi trenger {quantity} stykker i legeringen {alloy}"
    spoilt = mistype(sentence, 1.0, Random(2))
    assert spoilt != sentence
    assert holes(spoilt) == {"quantity", "alloy"}


def test_the_worst_conversations_are_written_down(quote: Persona, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("worst") / "out"
    played = Played(quote, Customer(quote, Random(1)), "c", ["> hello"], 1)
    played.verdict = judge(quote, [], 1, [], False)
    assert write_worst([played], folder) == 1
    assert "without a clear yes" in next(folder.glob("*.txt")).read_text(encoding="utf-8")
