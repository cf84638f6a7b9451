"""Every text is said somewhere, and every name that is said has a text.

A name stands literally in Python or in a data file, or it is composed of a family: an f-string such as ``utter_ask_{question}``.
``families`` lists the members of each; nothing else composes names.
"""

import ast
import functools
import re

import pytest
import yaml

from actions.form.asking import ASKED_SHORT
from actions.form.task import CONFIRMATION, tasks
from actions.talk.glossary import explained
from actions.tasks.quote.table import COLUMNS
from actions.turns.intents import intent, names
from bot.common.replies import COMPANY_FACTS, REPLIES, replies
from bot.common.settings import ROOT

_NAME = re.compile(r"\butter_\w*[^\W_]\b")
#: Figures with two readings, which are asked about with a choice for each.
_FIGURES = ["quantity", "weight", "delivery"]


def _questions(*more: str) -> list[str]:
    """The questions of all tasks."""
    return [*(each.name for task in tasks().values() for each in task.questions), *more]


def _files() -> list[str]:
    """The questions that a file answers."""
    return [each.name for task in tasks().values() for each in task.questions if each.file]


def _topics() -> list[str]:
    """What can be asked of the company, as its facts are filed."""
    facts = yaml.safe_load(COMPANY_FACTS.read_text(encoding="utf-8"))
    return list(facts["answers"])


@functools.lru_cache(maxsize=1)
def families() -> dict[str, frozenset[str]]:
    """The f-strings that compose names, with what stands in their holes."""
    members: dict[str, list[str]] = {
        "utter_again_{}": _questions(CONFIRMATION),
        "utter_agreement_{}": ["ended", "not_yet", "used_up", "valid"],
        "utter_alloy_anodising_{}": ["ask", "usual"],
        "utter_alloy_drinking_{}": ["candidate_lead_free", "candidate_low_lead", "check", "not_acceptable", "not_assessed"],
        "utter_alloy_lead_{}": ["alloying", "impurity", "no_figure", "none"],
        "utter_alloy_note_{}": ["cc040a", "cc140c", "cc246e", "cc480k", "cc483k", "cc484k", "cc499k", "cc768s", "cusn4zn2ps_c", "en_ac_21000", "en_ac_42100", "en_ac_44200", "en_ac_51100", "en_ac_71000", "en_ac_71100", "rg10"],
        "utter_alloy_reach_{}": ["no", "possible"],
        "utter_alloy_status_{}": ["no_en_number", "number_unconfirmed", "withdrawn"],
        "utter_alloy_wanted_above_{}": ["aluminium", "copper"],
        "utter_alloy_{}{}": ["density", "density_in", "electrical", "electrical_in", "elongation", "elongation_below", "expansion", "expansion_in", "hardness", "proof", "shrinkage", "shrinkage_in", "thermal", "thermal_in", "uts"],
        "utter_short_{}": list(ASKED_SHORT),
        "utter_ask_{}": _questions(),
        "utter_bad_{}": ["quantity", "weight"],
        "utter_document_asked_{}": ["held", "mailed", "paid"],
        "utter_capacity_fit_{}": ["depends", "no", "partly", "unknown", "yes"],
        "utter_capacity_line_{}": ["full", "good", "limited", "no_campaign"],
        "utter_capacity_{}_melting_all": ["full", "good", "limited"],
        "utter_capacity_{}{}": ["full", "full_melting", "good", "good_melting", "limited", "limited_melting"],
        "utter_card_{}": ["capacity", "column_date", *(f"column_line_{name}" for name in COLUMNS), "column_order", "column_part", "column_status", "comparison", "condition", "date", "day", "delivered_on", "density", "elongation", "expected_on", "first_date", "hardness", "hbw", "item", "kg_dm3", "late_until", "lead", "lines", "lines_of_request", "mpa", "no_date", "not_told", "order", "overdue", "overdue_on", "percent", "property", "request", "seawater", "shipped_on", "ships_on", "term", "unread", "uts", "week"],
        "utter_caution_{}": ["campaign", "castability", "coating", "corrosion", "dezincification", "feeding", "lead", "medium", "not_lead_free", "pores", "procedure", "shaft", "velocity"],
        "utter_certificate_no_longer_{}": ["cancelled", "moulded", "poured", "shipped"],
        "utter_certificate_{}": ["chemistry_only", "exists", "line_unknown", "ordered", "possible", "possible_for_rest"],
        "utter_change_bad_{}": ["absurd", "fraction", "negative"],
        "utter_change_row_{}": ["costs", "free"],
        "utter_change_verdict_{}": ["no", "person"],
        "utter_change_split_{}": ["finished", "none_finished", "none_through", "through"],
        "utter_change_want_{}": ["alloy", "cancel", "certificate_3_1", "certificate_3_2", "date_day", "date_day_new", "date_earlier", "date_later", "date_week", "date_week_new", "delivery_address", "express", "hold", "other", "paper", "quantity", "split", "stop"],
        "utter_choice_act_{}": ["here", *(each for each in names() if intent(each).kind in ("question", "task"))],
        "utter_choice_alloy_{}": ["lead_time", "strength", "uses"],
        "utter_choice_change_{}": ["date", "hold", "quantity"],
        "utter_choice_use_{}": ["acid", "bearing", "drinking_water", "gear", "light", "pump_housing", "seawater"],
        "utter_choice_{}": [*(name for task in tasks().values() for each in task.questions for name, _ in each.choices), *_FIGURES],
        "utter_choice_{}_by": ["earlier", "later"],
        "utter_decision_accepted_{}": ["call_back", "cancel", "change", "complaint", "document", "message", "order", "price", "quote_request", "reorder"],
        "utter_decision_answer_{}": ["chat", "chat_and_mail", "mail"],
        "utter_decision_{}": ["adjusted", "asked", "closed", "refused"],
        "utter_demo_mails_{}": ["back", "intro", "none", "sent", "title", "to"],
        "utter_faq_{}_unapproved": _topics(),
        "utter_explain_{}": ["alloys", "orders", "source"],
        "utter_file_{}": _files(),
        "utter_identify{}": ["", "_known"],
        "utter_intake_{}": ["hold_lost", "not_registered"],
        "utter_lead_range_{}": ["in_time", "late", "tight"],
        "utter_lead_range{}": ["", "_few"],
        "utter_lead_range_any{}": ["", "_few"],
        "utter_lead_range_group{}": ["", "_few"],
        "utter_compare_dearer_{}": ["campaign", "feeding"],
        "utter_lead_stop_{}": ["account", "blocked", "pattern_damaged", "pattern_missing", "pattern_revision", "revision_asked"],
        "utter_limits_choice_{}": ["casting", "poured"],
        "utter_limits_depends{}": ["", "_poured"],
        "utter_limits_no_any{}": ["", "_stated"],
        "utter_limits_wall_min{}": ["", "_plain"],
        "utter_limits_wall_{}": ["no", "review", "yes"],
        "utter_limits_yes_any{}": ["", "_stated"],
        "utter_line_confidential_{}": ["affirm", "deny"],
        "utter_line_delivery_{}{}": [f"{kind}{meaning}" for kind in ("date", "week") for meaning in ("", "_after", "_before", "_from")],
        "utter_line_delivery_{}_said": ["date", "week"],
        "utter_line_drawing_{}": ["affirm", "deny"],
        "utter_line_offer_by{}": ["", "_week"],
        "utter_line_order_{}": ["agreement", "certificate", "drawing_pieces", "drawing_revision_pieces", "part_pieces"],
        "utter_line_quantity{}": ["", "_deliveries"],
        "utter_line_quotation_{}": ["accept", "decline"],
        "utter_line_weight{}": ["", "_both", "_finished", "_total"],
        "utter_line_{}": [*(each for each in _questions() if each not in ("confidential", "photos")), "delivery_week"],
        "utter_line_{}_about": ["details"],
        "utter_line_{}_files": _files(),
        "utter_line_{}_no_files": _files(),
        "utter_needed_{}": [each.name for task in tasks().values() for each in task.questions if not each.may_stay_open],
        "utter_offered_{}": ["aluminium", "copper"],
        "utter_order_choice_revision_{}": ["ours", "theirs"],
        "utter_order_by_then_{}": ["all", "none", "some"],
        "utter_order_lot_{}": ["asap", "date", "later", "open", "since", "since_week", "week"],
        "utter_order_made_{}": ["finished", "none_finished"],
        "utter_order_period_{}{}": [f"{asks}{some}" for asks in ("coming", "ordered", "sent") for some in ("", "_none")],
        "utter_order_reason_{}": ["agreement_ended", "agreement_ends_before", "agreement_not_yet", "agreement_short", "agreement_unknown", "alloy_changed", "below_minimum", "blocked", "certificate_changed", "credit_hold", "no_price", "no_right_to_order", "not_melted", "not_released", "open_claims", "pattern_condemned", "pattern_damaged", "pattern_missing", "pattern_revision", "price_expired", "price_not_yet", "revision_differs", "too_heavy"],
        "utter_line_{}_none": ["application", "notes", "pattern", "requirements"],
        "utter_order_{}": ["cancelled", "confirmed", "delivered", "left", "left_all", "left_none", "packing", "partly_shipped", "planned", "quoted", "ready_to_ship", "received", "shipped"],
        "utter_price_{}": ["storage", "discount", "each_kg_total", "each_of_kg_total", "each_total", "pattern", "per_kg", "price_up"],
        "utter_quotation_choice_{}": ["accept", "decline"],
        "utter_quotation_{}": ["accepted", "credit_hold", "declined", "expired", "no_right_to_order"],
        "utter_reason_{}": ["castability", "conductivity", "density", "hardness", "hardness_in", "lead_free", "lead_limit", "machinability", "seawater", "strength", "strength_in", "thermal", "tightness", "uses", "weldability"],
        "utter_reason_{}{}": ["hardness", "hardness_in", "strength", "strength_in"],
        "utter_refused_{}": ["contact_unknown", "sign_in_unavailable", "token_expired", "token_invalid"],
        "utter_source_{}": ["comparison", "lead", "minima", "pattern", "physical_A", "physical_B", "physical_C", "rating_figures", "rating_letters", "rating_letters_confirmed", "recommendation", "records", "seawater"],
        "utter_source_{}_full": ["comparison", "lead", "minima", "pattern", "physical_A", "physical_B", "physical_C", "rating_figures", "rating_letters_confirmed", "rating_letters", "recommendation", "records", "seawater"],
        "utter_speaker_{}": ["assistant", "customer", "system"],
        "utter_start_choice_{}": ["alloy", "capacity", "lead_time", "order"],
        "utter_start_{}": [each.name for each in tasks().values() if not each.own_words],
        "utter_line_weight_estimated{}": ["", "_range"],
        "utter_weight_density{}": ["", "_range"],
        "utter_weight_estimate{}": ["", "_range"],
        "utter_weight_lacks_{}": ["length", "outer"],
        "utter_weight_reckoned_{}": ["block", "round", "tube"],
        "utter_which_{}": _FIGURES,
        "utter_why_{}": _questions(CONFIRMATION),
        "utter_word_{}": list(explained()),
        "utter_{}": ["deny", "goodbye", "thanks", "stop_task", "postpone", "will_wait", "regret", "exploring", "no_call"],
        "utter_{}{}": ["greet", "greet_known", "help", "help_known"],
        # Of a name that stands literally elsewhere.
        "{}{}": [f"utter_waiting_{when}{asks}" for when in ("away", "closed") for asks in ("", "_ask", "_here")],
        "{}_total": ["utter_price_each", "utter_price_each_kg", "utter_price_each_of_kg"],
    }  # fmt: skip
    return {family: frozenset(_composed(family, each) for each in found) for family, found in members.items()}


def _composed(family: str, member: str) -> str:
    return family.replace("{}", member, 1).replace("{}", "")


@functools.lru_cache(maxsize=1)
def _said() -> tuple[frozenset[str], frozenset[str]]:
    """Names that stand literally in Python and in data files, and the f-strings of Python with bare holes."""
    literal: set[str] = set()
    composed: set[str] = set()
    for path in (path for folder in ("actions", "bot") for path in sorted((ROOT / folder).rglob("*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        inside = {id(part) for each in joined for part in each.values}
        composed |= {_bare(each) for each in joined}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                literal |= set() if "\n" in node.value else set(_NAME.findall(node.value))
    for path in (ROOT / "data").rglob("*.yml"):
        if REPLIES not in path.parents:
            literal |= set(_NAME.findall(path.read_text(encoding="utf-8")))
    return frozenset(literal), frozenset(composed)


def _bare(node: ast.JoinedStr) -> str:
    """An f-string with its holes empty; an implicit join of two stands as one."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_every_text_is_said_somewhere() -> None:
    literal, _ = _said()
    composed = frozenset().union(*families().values())
    assert sorted(set(_texts()) - literal - composed) == []


def test_every_name_that_is_said_has_a_text() -> None:
    literal, _ = _said()
    # A prefix with its line below it stands in comparisons and docstrings; Rasa has one name of its own.
    prefixes = {each for each in literal if any(text.startswith(f"{each}_") for text in _texts())}
    assert sorted(literal - set(_texts()) - prefixes - {"utter_action"}) == []


@pytest.mark.parametrize("family", sorted(families()))
def test_every_member_of_a_family_has_a_text(family: str) -> None:
    assert sorted(families()[family] - set(_texts())) == []


def test_every_f_string_that_composes_a_name_is_a_family_and_no_family_is_left_over() -> None:
    _, composed = _said()
    assert sorted({each for each in composed if each.startswith("utter_")} - families().keys()) == []
    assert sorted(families().keys() - composed) == []


def _texts() -> list[str]:
    return list(replies().texts[replies().languages[0]])
