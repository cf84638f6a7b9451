"""What the assistant says about the company: every topic in both languages, and never a fact that nobody approved."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.production import company as facts
from actions.production.company import FACTS, CompanyError, Fact, company, read_company
from actions.talk import faq
from actions.turns.handler import answer_as
from actions.turns.turn import Turn
from bot.common.replies import placeholders, replies
from bot.common.settings import settings

TOPICS = ("contact", "location", "process", "quality", "tolerance", "minimum_order", "terms", "sustainability")
LANGUAGES = ("nb", "en")


def ask(text: str, full_intent: str, language: str = "en", **message: Any) -> tuple[str, list[dict[str, str]]]:
    """The rendered answer and the quick replies to one question."""
    latest = {"text": text, "intent": {"name": "faq", "confidence": 1.0}, "entities": [], "faq": full_intent} | message
    tracker = Tracker("c1", {"language": language}, latest, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    turn = Turn(tracker, dispatcher)
    asyncio.run(answer_as(turn, "faq"))
    turn.send()
    sent = dispatcher.messages[0]
    said = replies().compose(language, sent["parts"])
    return said, replies().choices(language, sent.get("choices", []))


def changed(tmp_path: Path, change: dict[str, dict[str, Any]]) -> Path:
    """The facts with some of them changed."""
    content = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    for name, values in change.items():
        content["facts"][name] = values
    path = tmp_path / "facts.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def with_facts(monkeypatch):
    """Answer from changed facts."""

    def use(**change):
        replaced = {name: Fact(**values) for name, values in change.items()}
        found = company().copy(update={"facts": {**company().facts, **replaced}})
        monkeypatch.setattr(faq, "company", lambda: found)

    return use


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_answered_in_both_languages(topic, language):
    said, _ = ask("?", f"faq/{topic}", language)
    assert len(said) > 20
    assert "{" not in said


def test_topics_are_those_of_the_intents():
    assert set(company().answers) == set(TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_text_shows_just_the_facts_of_its_part(topic, language):
    for part in company().answers[topic]:
        assert placeholders(replies().texts[language][part.text]) == set(part.facts), part.text
        assert part.about in replies().terms[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_an_unapproved_fact_is_never_shown(topic, language, with_facts):
    """Every fact of the topic in turn loses its approval; its value must be gone from the answer and a check offered."""
    for part in company().answers[topic]:
        for name in part.facts:
            secret = f"Zq-{name}"
            with_facts(**{name: {"value": secret, "source": "a note on the desk", "approved_by": None}})
            for word in ("?", *part.words):
                said, choices = ask(word, f"faq/{topic}", language)
                assert secret not in said
                if word != "?":
                    assert [choice["payload"] for choice in choices] == ["/human"], word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_without_any_approval_offers_to_have_it_checked(topic, language, with_facts):
    names = {name for part in company().answers[topic] for name in part.facts}
    with_facts(**{name: {"value": None, "source": "nobody", "approved_by": None} for name in names})
    said, choices = ask("?", f"faq/{topic}", language)
    assert said == replies().render(language, f"utter_faq_{topic}_unapproved")
    assert choices[0]["payload"] == "/human"


@pytest.mark.parametrize(
    ("question", "topic", "language", "expected", "unwanted"),
    [
        ("what's your phone number", "contact", "en", "+47 00 00 62 10", "staffed"),
        ("når åpner dere", "contact", "nb", "08.00–15.30", "telefon"),
        ("hvor holder dere til", "location", "nb", "Råsandvegen 14, 2406 Elverum", "hentes"),
        ("can we collect", "location", "en", "2.00 pm", "welcome to visit"),
        ("who owns the pattern", "terms", "en", "whoever paid", "3 years"),
        ("do you machine castings", "process", "en", "CNC", "Cores are made"),
        ("hva slags tegningsformat", "process", "nb", "PDF", "furansand"),
        ("which material certificates do you offer", "quality", "en", "2.1, 2.2 and 3.1", "X-ray"),
        ("can you do x-ray", "quality", "en", "X-ray and ultrasonic testing", "EN 10204"),
        ("hvilken toleranse holder dere", "tolerance", "nb", "DCTG 10–12", "RMAG"),
        ("can you hold ±0.2 mm tolerance on raw castings", "tolerance", "en", "±2 mm", "approved"),
        ("can I order a single casting", "minimum_order", "en", "1 piece", "value"),
        ("betalingsbetingelser?", "terms", "nb", "30 dager", "Incoterms"),
        ("Incoterms", "terms", "en", "EXW Elverum", "30 days"),
        ("are you REACH compliant", "sustainability", "en", "0.1 %", "gates"),
        ("er dere REACH", "sustainability", "nb", "0,1 vektprosent", "innløp"),
    ],
)
def test_a_question_gets_the_part_it_asks_for(question, topic, language, expected, unwanted):
    said, choices = ask(question, f"faq/{topic}", language)
    assert expected in said
    assert unwanted not in said
    assert not choices


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("are you ISO 9001 certified", "quality"),
        ("er dere godkjent av DNV?", "quality"),
        ("what's your carbon footprint", "sustainability"),
        ("hvor mye resirkulert aluminium", "sustainability"),
        ("is the metal from Russia", "sustainability"),
        ("what warranty do you give", "terms"),
        ("is there a minimum order value", "minimum_order"),
        ("surface roughness as cast", "tolerance"),
        ("what is your VAT number", "contact"),
    ],
)
def test_what_nobody_approved_is_offered_to_be_checked(question, topic):
    said, choices = ask(question, f"faq/{topic}")
    assert "no approved" in said
    assert choices == [{"title": "Yes, please have it checked", "payload": "/human"}]


FACETS = [(topic, part.about) for topic, parts in company().answers.items() for part in parts]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("topic", "facet"), FACETS)
def test_every_facet_is_answered_alone_whatever_the_words(topic, facet, language):
    """The reading found the facet: nothing but its own text is said, under whichever topic it was filed."""
    part = next(each for each in company().answers[topic] if each.about == facet)
    said, choices = ask("and what about that?", "faq/contact", language, facet={"name": facet, "confidence": 0.9})
    if part.general:
        assert choices
    elif company().approved(part):
        assert said == replies().render(language, part.text, company().values(part, language))
        assert not choices
    else:
        assert len(said.splitlines()) == 1
        assert [choice["payload"] for choice in choices] == ["/human"]


@pytest.mark.parametrize(
    ("question", "topic", "language", "expected", "unwanted"),
    [
        ("could you machine the flanges as well", "process", "en", "CNC", "furan"),
        ("kan dere lage den med kjerner", "process", "nb", "kjernemakeri", "råsand"),
        ("for how long do you store our patterns", "terms", "en", "3 years", "pattern shop"),
        ("hvor lenge tar dere vare på modellen", "terms", "nb", "3 år", "modellverksted"),
        ("is a prototype possible", "minimum_order", "en", "Yes, we cast prototypes", "Set-up"),
        ("who pays the freight", "terms", "en", "Freight is not in the price", "days net"),
        ("hvordan pakkes godset", "terms", "nb", "europaller", "EXW"),
        ("will you sign our NDA", "terms", "en", "no approved information on confidentiality", "days net"),
        ("når hører jeg fra dere", "contact", "nb", "2 arbeidsdager", "telefon"),
        ("do you do PPAP level 3", "quality", "en", "first article reports and PPAP", "EN 10204"),
    ],
)
def test_the_facets_that_buyers_ask_for_have_answers_of_their_own(question, topic, language, expected, unwanted):
    said, _ = ask(question, f"faq/{topic}", language)
    assert expected in said
    assert unwanted not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_at_large_is_one_line_with_its_other_facets_as_buttons(topic, language):
    said, choices = ask("?", f"faq/{topic}", language)
    assert len(said.splitlines()) == 1
    for choice in choices:
        assert company().facet(choice["payload"].split('"')[3])


def test_half_known_questions_are_answered_by_half_and_the_rest_is_named():
    said, choices = ask("which 3.1 certificates and are you ISO 9001 certified", "faq/quality")
    assert "2.1, 2.2 and 3.1" in said
    assert "no approved information on certification of our management system" in said
    assert choices


@pytest.mark.parametrize(
    ("question", "topic", "language", "expected"),
    [
        ("machining, painting or NDT in house?", "process", "en", ("CNC", "painting", "X-ray")),
        ("when are you open and where are you located", "contact", "en", ("staffed", "Elverum")),
        ("PT + UT, can you?", "quality", "en", ("ultrasonic testing", "penetrant testing (PT)")),
        ("hvordan pakkes det, og hva er leveringsbetingelsene", "terms", "nb", ("europaller", "EXW")),
        ("telefonnummer og adresse, takk", "contact", "nb", ("+47 00 00 62 10", "Råsandvegen")),
        (
            "tar dere ultralyd, og har dere ISO 9001?",
            "quality",
            "nb",
            ("ultralyd", "sertifisering av styringssystemet"),
        ),
    ],
)
def test_every_piece_of_a_question_is_answered(question, topic, language, expected):
    said, _ = ask(question, f"faq/{topic}", language)
    assert all(part in said for part in expected), said


def test_a_word_in_capitals_is_no_other_word():
    said, _ = ask("kan dere sende dem ut, p.t. haster det", "faq/terms", "nb")
    assert "penetrant" not in said
    assert "ultralyd" not in said


def test_the_topic_is_read_from_the_intent_when_the_message_does_not_name_it():
    said, _ = ask("phone", "", faq=None, intent={"name": "faq/contact", "confidence": 1.0})
    assert "+47 00 00 62 10" in said


def test_a_topic_nobody_knows_gets_a_question_back():
    said, choices = ask("hm", "faq/parking")
    assert said == replies().render("en", "utter_faq_which")
    assert choices


def test_what_is_not_known_is_named_where_it_is_asked():
    said, choices = ask("is there a canteen?", "faq/unknown")
    assert "is there a canteen" in said
    assert choices


@pytest.mark.parametrize(
    ("question", "topic", "language", "expected"),
    [
        ("is there a charge for a quotation?", "terms", "en", "costs nothing"),
        ("koster det noe å spørre om tilbud?", "terms", "nb", "koster ingenting"),
        ("do you bother with one-offs?", "process", "en", "restorations"),
        ("tar dere småjobber for vanlige folk?", "process", "nb", "restaurering"),
        ("do we pay import duty on our pattern?", "terms", "en", "customs and duties"),
        ("where shall I send the sketch?", "process", "en", "paper clip"),
        ("kan dere bruke den gamle som modell?", "process", "nb", "gammel del"),
    ],
)
def test_what_private_people_and_newcomers_ask(question, topic, language, expected):
    assert expected in ask(question, f"faq/{topic}", language)[0]


def test_production_shows_nothing_that_was_invented_for_the_demo(monkeypatch):
    production = settings().copy(update={"mode": "production"})
    monkeypatch.setattr(facts, "settings", lambda: production)
    assert company().invented()
    for topic in TOPICS:
        said, _ = ask("?", f"faq/{topic}")
        assert said == replies().render("en", f"utter_faq_{topic}_unapproved")


def test_an_unapproved_part_refuses_to_give_its_values():
    part = next(part for part in company().answers["quality"] if not company().approved(part))
    with pytest.raises(PermissionError):
        company().values(part, "en")


def test_facts_that_differ_by_language_have_every_reply_language():
    for name, fact in company().facts.items():
        if isinstance(fact.value, dict):
            assert set(fact.value) == set(replies().languages), name


def test_every_fact_names_its_source():
    assert all(fact.source.strip() for fact in company().facts.values())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"phone": {"value": "1", "approved_by": "me"}}, "source"),
        ({"phone": {"value": "1", "source": "x"}}, "approved_by"),
        ({"phone": {"value": None, "source": "x", "approved_by": "me"}}, "approved without a value"),
        ({"phone": {"value": "1", "source": "x", "approved_by": "me", "note": "y"}}, "note"),
        ({"fax": {"value": "1", "source": "x", "approved_by": "me"}}, "fax"),
        ({"phone": {"value": "1", "source": "x", "approved_by": True}}, "approved_by"),
    ],
)
def test_a_careless_file_is_refused(tmp_path, change, complaint):
    with pytest.raises(CompanyError, match=complaint):
        read_company(changed(tmp_path, change))


def test_a_fact_written_twice_is_refused(tmp_path):
    path = tmp_path / "facts.yml"
    text = FACTS.read_text(encoding="utf-8")
    path.write_text(
        text.replace("facts:\n", "facts:\n  phone: {value: '1', source: x, approved_by: me}\n", 1), encoding="utf-8"
    )
    with pytest.raises(CompanyError, match="twice"):
        read_company(path)


@pytest.mark.parametrize(
    ("approved_by", "demo", "shown"),
    [("Kari", False, True), ("demo company", False, False), ("demo company", True, True), (None, True, False)],
)
def test_only_approved_facts_are_shown(approved_by, demo, shown):
    assert Fact(value="1", source="x", approved_by=approved_by).shown(demo) is shown
