"""Which questions a message holds, and which of them the answer has met: none is passed over."""

import datetime as dt

import pytest

from actions.dialogue.asked import Met, asked_on, only_asked, questions, with_matter
from actions.dialogue.commands import Answer, Fill, Start
from actions.form.matter import goes_on_asking, only_tagged, says_what_was_asked
from actions.turns.reading import Clause, Reading
from bot.engine.nlu.clauses import asks, cut
from bot.engine.nlu.entities import find_entities

TODAY = dt.date(2027, 3, 1)


def read(text: str, **acts: str) -> Reading:
    """A message as the engine cuts it; ``acts``: by the first word of a clause (in small letters) what it means."""
    found = find_entities(text, TODAY, "nb")

    def clause(start: int, end: int) -> Clause:
        inside = tuple(each for each in found if start <= each["start"] < end and each["entity"] != "language")
        piece = text[start:end]
        first = piece.split()[0].casefold().strip(" ,.?!") if piece.split() else ""
        meaning = acts.get(first, "inform").replace("__", "/")
        return Clause(piece, start, end, ((meaning, 0.6),), asks(piece.casefold()) or "?" in piece, None, inside)

    return Reading(clause(0, len(text)), tuple(clause(start, end) for start, end in cut(text)))


ASKED = [
    ("Vi har modell selv. Kan dere lagre den hos dere?", ["Kan dere lagre den hos dere?"]),
    ("40 stk i RG5. Hvor lenge holder en sandform?", ["Hvor lenge holder en sandform?"]),
    ("60 pcs please. Who pays for the pattern if it breaks?", ["Who pays for the pattern if it breaks?"]),
    ("Can you hold the price until June? And 50 off, not 40.", ["Can you hold the price until June?"]),
    ("Vekta er 12 kg. Har dere ører?", []),
    ("We said 12 kg. How hard can it be?", []),
    ("Jeg sender bildene etterpå, ok?", []),
    ("I will mail the drawing tomorrow, right?", []),
]


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_the_questions_of_a_message(text: str, asked: list[str]) -> None:
    assert [each.text for each in questions(read(text))] == asked


@pytest.mark.parametrize(
    "text",
    [
        "eller trenger dere mer tid",
        "eller må den lages på nytt",
        "or do you need a drawing first",
        "or is that too thin",
    ],
)
def test_words_that_go_on_asking(text: str) -> None:
    assert goes_on_asking(text)


@pytest.mark.parametrize("text", ["eller 60 stk", "eller i bronse", "or in bronze", "or 60 pcs"])
def test_words_that_offer_another_value_ask_nothing_more(text: str) -> None:
    assert not goes_on_asking(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tegningen er laget for hånd. Holder det?", "Tegningen er laget for hånd. Holder det?"),
        ("The pattern has a crack. Is that bad?", "The pattern has a crack. Is that bad?"),
        ("20 stk. Kan dere frakte dem til Bodø?", "Kan dere frakte dem til Bodø?"),
        ("20 pcs. Could they be painted grey at your place?", "Could they be painted grey at your place?"),
    ],
)
def test_a_question_is_named_so_that_it_can_be_read_alone(text: str, named: str) -> None:
    reading = read(text, holder="faq__process", **{"is": "faq__process"})
    assert with_matter(questions(reading)[-1], reading) == named


@pytest.mark.parametrize(
    "text",
    [
        "jeg spurte om RG5, ikke AB2",
        "eg spurde om CuSn10 mot AB2",
        "I asked about LM25",
        "I was asking about AB2, not RG5",
    ],
)
def test_what_was_asked_said_again_puts_nothing_right(text: str) -> None:
    assert says_what_was_asked(text)
    assert only_asked(read(text))


@pytest.mark.parametrize(
    "text", ["vi spør etter 60 stk i RG5, ikke 40", "RG5, ikke AB2", "make it 60, not 40", "60 instead of 40?"]
)
def test_what_is_put_right_is_no_question(text: str) -> None:
    assert not only_asked(read(text))


def test_a_tag_asks_only_whether_that_is_all_right() -> None:
    assert only_tagged("vi henter dem selv, ok?")
    assert not only_tagged("kan vi hente dem selv, ok?")


def test_what_was_only_taken_down_answers_no_question() -> None:
    reading = read("Rekker dere 20 stk i april?", rekker="lead_time")
    asked = questions(reading)[0]
    met = Met()
    met.note(Fill("values", asked), said=False, stored=True)
    assert not met.meets(asked)
    met.note(Answer("question", "lead_time", asked), said=True, stored=False)
    assert met.meets(asked)


def test_a_wish_that_has_begun_answers_itself_and_no_question_beside_it() -> None:
    reading = read("Kan dere gi pris på 20 lokk? Har dere egen modellsnekker?", kan="place_order", har="faq__process")
    wish, asked = questions(reading)
    met = Met()
    met.note(Start("other_task", "place_order", reading.whole), said=False, stored=True)
    assert met.meets(wish)
    assert not met.meets(asked)


def test_what_goes_on_asking_belongs_to_its_question() -> None:
    reading = read("Går det i mai? eller trenger dere mer tid")
    assert len(questions(reading)) == 1
    assert [each.text for each in asked_on(reading)] == ["eller trenger dere mer tid"]
