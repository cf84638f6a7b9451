"""What the customer reads: answers on properties, comparisons, offers and proposals, in the reply languages."""

import csv
import itertools
import re

import pytest
import yaml

from actions.alloys.facts import SAFETY
from actions.production.catalogue import FOLDER, catalogue
from actions.production.recommendation import recommendations
from bot.engine.nlu.words import WORDS
from tests.unit.alloys.conftest import REPLIES, Talk

PROPERTY, RECOMMEND, COMPARE, OFFERED = "alloy_property", "alloy_recommendation", "alloy_comparison", "alloy_offered"
LEXICON = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
PROPERTIES = sorted(LEXICON["property"])
APPLICATIONS = sorted(LEXICON["application"])
HIDDEN = {
    row["designation_en"]: row
    for row in csv.DictReader((FOLDER / "alloys.csv").open(encoding="utf-8", newline=""))
    if row["show_minima_to_customer"].startswith("no")
}


def _entity(kind: str, value: str) -> dict[str, object]:
    return {"entity": kind, "value": value, "start": 0, "end": 0}


@pytest.mark.parametrize("language", REPLIES.languages)
@pytest.mark.parametrize("designation", sorted(catalogue().alloys))
def test_every_property_of_every_alloy_can_be_said(designation: str, language: str) -> None:
    for name in PROPERTIES:
        answer = Talk(language).say(designation, PROPERTY, [_entity("property", name)])
        assert designation in answer.text
        assert "{" not in answer.text
        assert "None" not in answer.text
    for name in APPLICATIONS:
        answer = Talk(language).say(designation, PROPERTY, [_entity("application", name)])
        assert designation in answer.text


@pytest.mark.parametrize("language", REPLIES.languages)
@pytest.mark.parametrize("designation", sorted(HIDDEN))
def test_hidden_minima_are_never_said_and_a_person_is_offered(designation: str, language: str) -> None:
    row = HIDDEN[designation]
    answers = [
        Talk(language).say(f"Strength of {designation}", PROPERTY),
        Talk(language).say(f"{designation} vs CC491K", COMPARE),
    ]
    answers += [Talk(language).say(f"{designation} in T6", PROPERTY, [_entity("property", "uts")])]
    for answer in answers:
        said = "\n".join(line for line in answer.text.splitlines() if designation in line)
        for column, unit in (("uts_mpa_min", "MPa"), ("proof_mpa_min", "MPa"), ("hardness_hbw_min", "HBW")):
            if row[column]:
                assert f"{row[column]} {unit}" not in said
        assert "/human" in answer.payloads


@pytest.mark.parametrize("language", REPLIES.languages)
def test_every_alloy_can_be_offered_and_compared(language: str) -> None:
    for designation in catalogue().alloys:
        assert designation in Talk(language).say(f"cast {designation}?", OFFERED).text
        if designation != "CC491K":
            answer = Talk(language).say(f"{designation} vs RG5", COMPARE).text
            assert designation in answer
            assert "CC491K" in answer


@pytest.mark.parametrize("language", REPLIES.languages)
def test_every_use_and_pair_of_uses_gets_proposals_or_a_person(language: str) -> None:
    for needs in itertools.chain(itertools.combinations(APPLICATIONS, 1), itertools.combinations(APPLICATIONS, 2)):
        answer = Talk(language).say("?", RECOMMEND, [_entity("application", need) for need in needs])
        assert answer.text
        assert answer.hand_over == ("safety" if SAFETY.intersection(needs) else None)
        assert answer.hand_over or "/human" in answer.payloads
        assert "None" not in answer.text


@pytest.mark.parametrize("language", REPLIES.languages)
def test_every_group_is_asked_about_and_each_button_settles_it(language: str) -> None:
    for group, content in catalogue().groups.items():
        name = content["names"][0].rstrip("*")
        if name == "356":
            name = "legering 356"
        talk = Talk(language)
        question = talk.say(f"tensile strength of {name}", PROPERTY)
        titles = [catalogue()[option].title for option in content["options"]]
        assert [each for each in question.choices if each in titles] == titles, group
        for line in (
            each
            for each in question.text.splitlines()
            if "MPa" in each and not {"Source", "Kilde", "DIN"} & set(each.replace(":", " ").split())
        ):
            # Whatever figure is told beside the question stands behind its own alloy.
            assert any(option in line for option in content["options"]), line
        for option, title in zip(content["options"], titles, strict=True):
            assert option in talk.say(title).text


@pytest.mark.parametrize("language", REPLIES.languages)
def test_every_material_we_do_not_cast_is_declined(language: str) -> None:
    for material in catalogue().foreign:
        for intent in (PROPERTY, OFFERED, RECOMMEND, COMPARE):
            answer = Talk(language).say("?", intent, [_entity("foreign_material", material)])
            assert REPLIES.terms[language][f"material.{material}"] in answer.text
            assert "CC" not in answer.text


def test_strength_names_value_unit_standard_and_test_piece(talk: Talk) -> None:
    answer = talk.say("Strekkfasthet for RG5?", PROPERTY).text
    assert "200 MPa" in answer
    assert "EN 1982" in answer
    assert "separat støpt prøvestav, sandstøpt" in answer
    assert "EN-minimum etter våre opptegnelser" not in answer


def test_records_are_marked_in_both_languages(talk: Talk, english: Talk) -> None:
    assert "EN minimum by our records, confirmed in the quotation" in english.say("strength of CC333G", PROPERTY).text
    assert "EN-minimum etter våre opptegnelser, bekreftes i tilbudet" in talk.say("fasthet i CC333G", PROPERTY).text


def test_follow_ups_keep_the_subject(talk: Talk) -> None:
    talk.say("Strekkfasthet for LM25?", PROPERTY)
    assert "220 MPa" in talk.say("og i T6?").text
    answer = talk.say("hva med elongation?").text
    assert "1 %" in answer
    assert "T6" in answer
    assert "140" not in answer
    answer = talk.say("og RG7?").text
    assert "CC493K" in answer
    assert "15 %" in answer
    assert "T6" not in answer


def test_all_tempers_are_shown_when_none_is_named(english: Talk) -> None:
    answer = english.say("tensile strength of LM25", PROPERTY).text
    assert "LM25 is EN AC-42000" in answer
    assert "140 MPa" in answer
    assert "220 MPa" in answer


def test_a_temper_the_alloy_has_not_says_which_it_has(english: Talk) -> None:
    answer = english.say("tensile strength of A356 F", PROPERTY).text
    assert "no minimum in our catalogue for sand castings in F" in answer
    assert "We have T6" in answer
    assert "by agreement" in answer


def test_a_demand_above_the_sand_minimum_is_corrected(english: Talk) -> None:
    answer = english.say("Do you have CC333G min. 650 MPa?", PROPERTY).text
    assert "600, not 650" in answer
    assert "GZ" in answer
    assert "within the minimum" in english.say("CC333G min. 550 MPa?", PROPERTY).text


def test_an_elongation_below_one_percent_is_said_so(talk: Talk) -> None:
    answer = talk.say("bruddforlengelse 45300 T6", PROPERTY).text
    assert "under 1 %" in answer
    assert "minst" not in answer.split("\n")[0]


def test_hardened_alone_asks_where_several_tempers_exist(english: Talk) -> None:
    assert "can be several tempers" in english.say("strength of 45300 hardened", PROPERTY).text
    assert "can be several tempers" not in english.say("strength of A356 hardened", PROPERTY).text


def test_shrinkage_of_bronze_is_listed_and_still_asked(talk: Talk) -> None:
    answer = talk.say("Hva krymper bronse i formen?", PROPERTY)
    assert "1,3–1,5 %" in answer.text
    assert "modellverkstedet" in answer.text
    assert len(answer.choices) == 5
    assert "CC491K" not in talk.say("CuSn10 (CC480K)").text


def test_after_an_ambiguous_name_the_old_alloy_is_forgotten(talk: Talk) -> None:
    talk.say("Strekkfasthet for RG5?", PROPERTY)
    talk.say("strekkfasthet for bronse", PROPERTY)
    answer = talk.say("og i T6?")
    assert len(answer.choices) > 1


def test_drinking_water_ends_with_a_person_and_the_rule(english: Talk) -> None:
    answer = english.say("Can I use RG5 in drinking water?", PROPERTY)
    assert "not suitable" in answer.text
    assert "2024/367" in answer.text
    assert answer.hand_over == "safety"


@pytest.mark.parametrize("use", ["food contact", "pressure equipment", "lifting", "aircraft", "DNV", "400 C", "acid"])
def test_guarded_uses_end_with_a_person(english: Talk, use: str) -> None:
    answer = english.say(f"Can RG5 be used for {use}?", PROPERTY)
    assert "specialist" in answer.text
    assert "MPa" not in answer.text
    assert answer.hand_over == "safety" or (use in ("400 C", "acid") and "/human" in answer.payloads)


def test_fatigue_has_no_figure(english: Talk) -> None:
    answer = english.say("fatigue strength of RG5", PROPERTY)
    assert "no data" in answer.text
    assert not re.search(r"\d+ MPa", answer.text)


def test_lead_says_reach_and_rohs(english: Talk) -> None:
    answer = english.say("how much lead is in RG5", PROPERTY).text
    assert "6 % Pb" in answer
    assert "REACH" in answer
    assert "does not fit automatically" in answer


def test_no_alloy_at_all_is_asked_for(english: Talk) -> None:
    answer = english.say("what is the tensile strength?", PROPERTY)
    assert "Which alloy" in answer.text
    assert answer.choices


def test_a_typing_error_is_asked_about(english: Talk) -> None:
    answer = english.say("tensile strength of CC419K", PROPERTY)
    assert "Do you mean CC491K" in answer.text
    assert "200" not in answer.text
    assert "200 MPa" in english.say(answer.choices[0]).text


def test_lm25_is_not_a356_and_the_verdict_comes_first(english: Talk) -> None:
    lines = english.say("Is LM25 the same as A356?", COMPARE).text.splitlines()
    assert lines[0].startswith("LM25 = EN AC-42000 (AlSi7Mg) and A356 = EN AC-42100 (AlSi7Mg0.3) are different alloys")
    assert "not interchangeable without approval" in lines[0]
    assert "220 MPa" in lines[1]
    assert "230 MPa" in lines[2]
    assert "EN AC-42100 has the most strength and toughness (elongation)" in lines[3]
    assert "EN AC-42100 is rated better for corrosion resistance" in lines[3]
    assert "low iron, best ductility" in lines[4]
    assert len(lines) <= 6


@pytest.mark.parametrize("pair", [("RG5", "LM25"), ("AB2", "LG4"), ("CuSn10", "CuSn12"), ("A356", "LM6")])
def test_a_comparison_fits_a_chat(english: Talk, pair: tuple[str, str]) -> None:
    answer = english.say(f"{pair[0]} vs {pair[1]}", COMPARE).text
    assert len(answer.splitlines()) <= 6
    assert answer.count("not interchangeable") == 1


def test_which_is_stronger_is_answered_first_and_not_warned_again(english: Talk) -> None:
    english.say("LM25 vs A356", COMPARE)
    answer = english.say("which is stronger?", COMPARE).text
    assert answer.startswith("Highest tensile strength: EN AC-42100.")
    assert "interchangeable" not in answer
    assert "Best corrosion resistance: EN AC-42100." in english.say("what about corrosion?").text


def test_the_full_name_is_said_once(english: Talk) -> None:
    answer = english.say("tensile strength, hardness and density of LG2", PROPERTY).text
    assert answer.count("CuSn5Zn5Pb5-C") == 1
    assert answer.count("CC491K") >= 3


def test_alloys_beyond_the_fourth_are_named_not_dropped(english: Talk) -> None:
    answer = english.say("density of RG5, RG7, LM25, LM6 and AB2", PROPERTY).text
    assert "Ask again for AB2 (CC333G)" in answer
    assert "7.6" not in answer


def test_a_guarded_use_is_not_watered_down_with_usual_uses(english: Talk) -> None:
    answer = english.say("can LM25 be used for lifting eyes", PROPERTY).text
    assert "specialist" in answer
    assert "gearbox" not in answer


def test_a_proposal_line_has_its_reason_before_the_note(english: Talk) -> None:
    lines = english.say("which alloy for a seawater pump housing", RECOMMEND).text.splitlines()
    assert lines[1] == (
        "– AB2 (CC333G): very good in sea water, Rm 600 MPa and A 13 % – note: dearer gating and feeders"
    )
    assert len(lines) <= 6
    assert "by our records" in lines[-1]


def test_where_a_specialist_decides_nothing_is_offered_and_a_person_asked_for(english: Talk) -> None:
    water = english.say("alloy for drinking water", RECOMMEND)
    assert (water.payloads, water.hand_over) == ([], "safety")
    assert "/place_order" in english.say("which alloy for sea water", RECOMMEND).payloads


def test_two_names_of_one_alloy_are_the_same(english: Talk) -> None:
    assert "LG2 and RG5 are the same alloy: CC491K" in english.say("LG2 vs RG5", COMPARE).text


def test_a_comparison_can_go_on(talk: Talk) -> None:
    talk.say("forskjell på CuSn10 og CuSn12", COMPARE)
    answer = talk.say("hva med hardhet?").text
    assert "70 HBW" in answer
    assert "80 HBW" in answer


def test_comparison_with_one_name_uses_the_alloy_talked_of(talk: Talk) -> None:
    talk.say("Strekkfasthet for RG5?", PROPERTY)
    answer = talk.say("sammenlign med RG7", COMPARE).text
    assert "CC491K" in answer
    assert "CC493K" in answer


def test_comparison_for_sea_water_at_16_bar(english: Talk) -> None:
    text = "Compare CC491K and CC333G for a seawater pump housing at 16 bar"
    answer = english.say(text, COMPARE, [{"entity": "pressure", "value": 16, "start": 0, "end": 0}])
    for part in ("200 MPa", "600 MPa", "8.7", "7.6", "16 bar alone", "buyer's responsibility", "lead", "weldability"):
        assert part in answer.text
    assert "/human" in answer.payloads


def test_scales_of_aluminium_and_copper_are_not_mixed(english: Talk) -> None:
    answer = english.say("RG5 vs LM25", COMPARE).text
    assert "cannot be compared" in answer
    assert "Rating for" not in answer


def test_a_name_of_several_alloys_stands_for_the_usual_one_in_a_comparison(english: Talk) -> None:
    answer = english.say("RG5 vs aluminium bronze", COMPARE).text
    assert "can be several alloys" not in answer
    assert (
        "Aluminium bronze is copper with aluminium and iron, often nickel. I take the usual one, AB2 (CC333G)."
        in answer
    )
    assert "CC491K" in answer
    assert "CC333G has the most strength" in answer


def test_two_names_of_several_alloys_are_never_compared_as_one(english: Talk) -> None:
    answer = english.say("difference between bronze and gunmetal?", COMPARE).text
    assert "CC480K" in answer
    assert "CC491K" in answer or "CC493K" in answer
    assert "same alloy" not in answer


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("is AB2 magnetic?", "hardly magnetic"),
        ("will RG5 go green if it stands outside?", "patina"),
        ("what colour is brass?", "yellow"),
        ("does LM25 rust?", "does not rust"),
        ("is LM25 fine with stainless bolts?", "insulate"),
        ("can AB2 be put together with 316 screws?", "usually fine"),
    ],
)
def test_what_a_metal_is_like_in_use_is_general_and_said_as_such(english: Talk, said: str, told: str) -> None:
    answer = english.say(said, PROPERTY).text
    assert told in answer
    assert "general knowledge" in answer
    assert "MPa" not in answer


def test_sea_water_pump_housing_gets_reasons(english: Talk) -> None:
    answer = english.say("which alloy for a seawater pump housing", RECOMMEND)
    lines = answer.text.splitlines()
    assert [re.search(r"\((CC\d{3}\w)\)", line)[1] for line in lines[1:4]] == ["CC333G", "CC492K", "CC491K"]  # type: ignore[index]
    assert "very good in sea water" in lines[1]
    assert "600 MPa" in lines[1]
    assert "up to 6 % lead" in lines[3]
    assert "Source" in answer.text


def test_light_for_sea_water_is_aluminium(english: Talk) -> None:
    answer = english.say("something light for sea water", RECOMMEND).text
    assert "EN AC-51100" in answer
    assert "CC" not in answer


def test_which_aluminium_and_which_bronze_keep_to_their_family(english: Talk) -> None:
    assert "CC" not in english.say("which aluminium for sea water?", RECOMMEND).text
    assert "EN AC" not in Talk("en").say("which bronze for sea water?", RECOMMEND).text


def test_lead_free_replacement_excludes_leaded_alloys(english: Talk) -> None:
    answer = english.say("alternative to RG5 without lead", RECOMMEND).text
    assert "CC333G" in answer
    assert "CC491K" not in answer
    assert "CC493K" not in answer


def test_a_lead_free_demand_strikes_leaded_alloys_from_another_use(english: Talk) -> None:
    assert "CC491K" in english.say("which alloy for a valve body", RECOMMEND).text
    answer = Talk("en").say("which alloy for a valve body, lead-free", RECOMMEND).text
    assert "EN AC-44100" in answer
    assert "CC491K" not in answer
    assert "CC492K" not in answer


def test_stainless_is_declined_and_the_medium_asked_before_any_proposal(talk: Talk) -> None:
    answer = talk.say("syrefast pumpehus?", RECOMMEND)
    assert "Vi støper ikke rustfritt" in answer.text
    assert "medium" in answer.text
    assert "CC" not in answer.text
    answer = talk.say(answer.choices[0])
    assert "CC333G" in answer.text
    assert "støper ikke" not in answer.text


def test_without_a_use_one_question_is_asked(talk: Talk) -> None:
    answer = talk.say("hvilken legering anbefaler dere?", RECOMMEND)
    assert "Hva skal delen brukes til" in answer.text
    assert len(answer.choices) >= 4
    for title in answer.choices[:-1]:
        follow = Talk().say(title, RECOMMEND)
        assert "Forslag for" in follow.text


def test_high_temperature_is_not_guessed(english: Talk) -> None:
    answer = english.say("What alloy for 400 C?", RECOMMEND)
    assert "no strength data" in answer.text
    assert "CC" not in answer.text
    assert "/human" in answer.payloads


def test_drinking_water_proposals_end_with_a_person(english: Talk) -> None:
    answer = english.say("which alloy replaces RG5 in drinking water", RECOMMEND)
    assert "CC499K" in answer.text
    assert "not lead-free" in answer.text
    assert "positive list" in answer.text
    assert answer.hand_over == "safety"


def test_offered_names_the_en_designation_and_the_campaign(english: Talk) -> None:
    assert "LG2 is CC491K" in english.say("what is LG2 in EN", OFFERED).text
    assert "campaign" in english.say("do you cast CuCr1?", OFFERED).text
    assert "campaign" not in english.say("do you cast RG5?", OFFERED).text
    assert "withdrawn" in english.say("do you cast AlZn5Mg?", OFFERED).text
    assert "no EN number" in english.say("do you cast RG10?", OFFERED).text
    assert "not in our alloy catalogue" in english.say("do you cast CC999X?", OFFERED).text


def test_every_table_alloy_has_a_line_in_its_proposal() -> None:
    for entry in recommendations().entries:
        assert recommendations().choose(entry.needs), entry.needs


def test_every_note_and_use_has_its_text() -> None:
    names = {name for notes in catalogue().words["notes"].values() for name in notes}
    assert names <= set(catalogue().alloys)
    for language in REPLIES.languages:
        for each in ("ask_application", "ask_medium"):
            for use in LEXICON[each]:
                assert REPLIES.render(language, f"utter_choice_use_{use}")
        for reason in recommendations().entries:
            assert reason.candidates


def test_which_alloys_do_you_cast_lists_them_even_after_talk_of_one(english: Talk) -> None:
    english.say("do you cast CuCr1?", OFFERED)
    answer = english.say("which alloys do you cast?", OFFERED).text
    assert "RG5 (CC491K)" in answer
    assert "AlSi7Mg (EN AC-42000)" in answer
    assert "CC140C" not in answer
    assert "CC140C" in english.say("do you cast CuCr1?", OFFERED).text


def test_do_you_cast_it_means_the_alloy_talked_of(english: Talk) -> None:
    english.say("strength of RG7", PROPERTY)
    assert "Yes, we cast CC493K" in english.say("do you cast it?", OFFERED).text


@pytest.mark.parametrize(
    ("language", "compared", "question", "intent", "expected", "unwanted"),
    [
        (
            "en",
            "RG5 or RG7",
            "which one is lead free?",
            RECOMMEND,
            "None of them is lead-free. CC491K has the least",
            "AB2",
        ),
        ("en", "AB2 against RG5", "which of the two is without lead", RECOMMEND, "Lead-free: CC333G", "CuSi"),
        ("en", "AB2 against RG5", "and out at sea?", PROPERTY, "Best in sea water: CC333G", "AlMg"),
        ("en", "AB2 against RG5", "cheapest to machine?", RECOMMEND, "Best machinability: CC491K", "AlSi8Cu3"),
        ("en", "AB2 against RG5", "and the price?", PROPERTY, "no price per alloy", "MPa"),
        ("nb", "AB2 mot RG5", "hvem av dem er blyfri?", RECOMMEND, "Blyfri: CC333G", "CuSi"),
        ("nb", "AB2 mot RG5", "og i sjøvann?", RECOMMEND, "Best i sjøvann: CC333G", "AlMg"),
        ("nb", "AB2 mot RG5", "hva er billigst å maskinere?", RECOMMEND, "maskinerbarhet: CC491K", "AlSi8Cu3"),
        ("nb", "RG5 mot RG7", "og i saltvann?", PROPERTY, "like gode i sjøvann", "AB2"),
    ],
)
def test_after_a_comparison_a_question_is_about_those_two(
    language: str, compared: str, question: str, intent: str, expected: str, unwanted: str
) -> None:
    talk = Talk(language)
    talk.say(compared, COMPARE)
    answer = talk.say(question, intent).text
    assert expected in answer
    assert unwanted not in answer


def test_after_a_comparison_another_alloy_can_still_be_asked_for(english: Talk) -> None:
    english.say("AB2 against RG5", COMPARE)
    assert "CC483K" in english.say("which alloy for a worm gear?", RECOMMEND).text


@pytest.mark.parametrize(
    ("language", "asked", "named", "intent", "expected", "unwanted"),
    [
        (
            "en",
            "alloy for a pump in sea water",
            "and RG5?",
            "inform",
            "RG5 (CC491K) is one of our proposals",
            "AB2 (CC333G)",
        ),
        ("en", "alloy for a pump in sea water", "what about HTB3", PROPERTY, "does not suit sea water", "MPa"),
        ("en", "lead free alloy for a bush", "what about RG7", RECOMMEND, "does not suit lead-free", "is one of our"),
        ("nb", "legering til pumpehus i sjøvann", "hva med LM25", "inform", "ikke blant forslagene våre", "MPa"),
        ("nb", "lett legering til en brakett", "hva med AB2", "inform", "passer ikke til lav vekt", "MPa"),
    ],
)
def test_after_proposals_a_named_alloy_is_judged_for_that_use(
    language: str, asked: str, named: str, intent: str, expected: str, unwanted: str
) -> None:
    talk = Talk(language)
    talk.say(asked, RECOMMEND)
    answer = talk.say(named, intent).text
    assert expected in answer
    assert unwanted not in answer.splitlines()[0]


def test_an_alloy_to_be_replaced_is_not_judged(english: Talk) -> None:
    english.say("alloy for a pump in sea water", RECOMMEND)
    answer = english.say("something instead of RG5", RECOMMEND).text
    assert "AB2 (CC333G)" in answer
    assert "– RG5" not in answer


@pytest.mark.parametrize("language", REPLIES.languages)
def test_no_proposal_without_lead_or_for_drinking_water_has_too_much_of_it(language: str) -> None:
    for needs in itertools.chain(itertools.combinations(APPLICATIONS, 1), itertools.combinations(APPLICATIONS, 2)):
        for candidate in recommendations().choose(needs):
            if "lead_free" in needs:
                assert candidate.alloy.lead_free, needs
            if "drinking_water" in needs:
                assert candidate.alloy.drinking_water != "not_acceptable", needs
            if "seawater" in needs:
                assert candidate.alloy.seawater != "D", needs


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cheap grade for use at sea"),
        ("en", "what is cheap and stands salt water"),
        ("nb", "noe billig som tåler sjø"),
        ("nb", "rimelig legering ute på havet"),
    ],
)
def test_cheap_at_sea_weighs_corrosion_first(language: str, text: str) -> None:
    first = Talk(language).say(text, RECOMMEND).text.splitlines()[1]
    assert "AB2 (CC333G)" in first


def test_sources_are_one_line_and_told_in_full_when_asked(english: Talk) -> None:
    answer = english.say("density, lead and strength of LM25", PROPERTY).text
    assert answer.count("Source:") == 1
    full = english.say("where does that come from?", "explain").text
    assert "separately cast test piece" in full
    assert "3.1 certificate" in full


def test_where_it_comes_from_is_about_the_last_answer(talk: Talk) -> None:
    talk.say("strekkfasthet RG5", PROPERTY)
    talk.say("og i sjøvann", PROPERTY)
    assert talk.say("hvor har du det fra", "explain").text.startswith("Sjøvann er et eget anslag")


def test_another_temper_does_not_repeat_the_figure_just_told(talk: Talk) -> None:
    talk.say("strekkfasthet 42100 i T6", PROPERTY)
    answer = talk.say("og i F?", "inform").text
    assert "ingen minsteverdi" in answer
    assert "230 MPa" not in answer
    assert len(answer.splitlines()) <= 2
