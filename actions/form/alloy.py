"""What a customer says of the alloy beside a designation of ours: a family, a neighbour of ours, our choice, a word of their own."""

from collections.abc import Sequence

from actions.alloys.subject import left_to_us as chosen_by_us
from actions.alloys.subject import sure, written
from actions.form.answers import Answer, line
from actions.form.contact import company_in
from actions.form.pieces import pieces
from actions.form.text import readable
from actions.form.words import find
from actions.production.alloy_kinds import holding
from actions.production.alloy_names import key
from actions.production.catalogue import Alloy, catalogue
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.replies import replies

#: What asked for the alloy in words that nobody here knew: what is said then is taken as it is said.
_ASKED = ("utter_unknown_alloy_asked", "utter_again_alloy")
_FAMILY, _PROPOSED = "utter_line_alloy_family", "utter_line_alloy_proposed"
#: What fetched a person, because it was not understood: what follows it is no material either.
_NOT_UNDERSTOOD = "utter_again_twice"
#: How sure it must be that something is told: letters that are no words sound less like it.
_TOLD = 0.8
#: Fewer metals are no choice.
_SEVERAL = 2
#: So many words name a material.
_NAME = 6


def left_to_us(turn: Turn, requested: bool) -> Answer | None:
    """«Dere velger», «up to you», «that's for the foundry to find out»: of the alloy, or where the alloy was asked for."""
    if turn.said("alloy", "unknown_alloy"):
        return None
    for piece in [each.text for each in pieces(turn.text)] if not requested else [turn.text]:
        if chosen_by_us(piece) and (requested or words("alloys").says(piece, "alloy_word")):
            groups = turn.said("alloy_group")
            return (
                of_family(turn, groups[0]) if groups else _family_known(turn) or Answer(None, "utter_line_alloy_ours")
            )
    return None


def _family_known(turn: Turn) -> Answer | None:
    """The family that the request was told before: which of its alloys is left to us anyway."""
    told = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("alloy") or {}
    return Answer.load(told) if told.get("reply") in (_FAMILY, _PROPOSED) else None


def of_family(turn: Turn, group: Entity) -> Answer:
    """A name of several alloys, as the customer said it: which of them it becomes, the foundry proposes."""
    said = written(turn, group)
    known = key(said) in catalogue().names and group.get("end")
    name = said if known else replies().terms[turn.language][f"alloy_group.{group['value']}"]
    return Answer(name, _FAMILY, vague=True).but(title=name, as_written=True)


def proposed_for(family: Answer, alloy: Alloy, needs: Sequence[str]) -> Answer:
    """A family that was put down, with the alloy of it that we would take for these uses."""
    return family.but(reply=_PROPOSED, alloy=alloy.title, needs=[f"application.{each}" for each in needs])


def chooses_none(turn: Turn) -> bool:
    """Whether several metals are set against each other, and none is decided on: «RG5 or aluminium bronze, which?»"""
    metals = sorted(turn.said("alloy", "alloy_group"), key=lambda each: int(each.get("start", 0)))
    values = {str(each["value"]) for each in metals if not each.get("reference")}
    if len(values) < _SEVERAL:
        return bool(values) and bool(find(turn.text, "alloy_open"))
    between = turn.text[int(metals[0]["end"]) : int(metals[-1]["start"])]
    return bool(
        find(turn.text, "metal_undecided") or (turn.asks and find(between, "either_or")) or find(between, "either_or")
    )


def family_said(turn: Turn, requested: bool) -> Answer | None:
    """The family a message puts down: not one that is only asked about, nor part of a firm's name, nor that of an alloy known."""
    talked_of = {alloy.designation for alloy in sure(turn.about("alloy"))}
    for group in turn.said("alloy_group"):
        firm = company_in(turn.text)
        if firm and written(turn, group) in firm:
            continue
        if not requested and (turn.asks or talked_of & set(group.get("options", ()))):
            continue
        return of_family(turn, group)
    return None


def neighbour(turn: Turn, near: Entity) -> Answer | None:
    """A designation that we have under a neighbour: it is put down with that neighbour. A typing error is none."""
    said = written(turn, near)
    options = near.get("options") or [near["value"]]
    if len(options) != 1 or key(said) not in catalogue().names or options[0] not in catalogue():
        return None
    title = catalogue()[options[0]].title
    temper = " ".join(dict.fromkeys(str(each["value"]) for each in turn.said("temper") if each["value"] != "hardened"))
    shown = f"{said} {temper}".strip()
    return line("alloy", options[0], "utter_line_alloy_neighbour", title=title, written=shown)


def one_of_those_shown(turn: Turn) -> str | None:
    """«The one with nickel» among the alloys that were offered."""
    shown = [str(each["value"]) for each in turn.before.list_shown if each["kind"] == "alloy"]
    found = holding(turn.text, shown)
    return found[0] if len(found) == 1 else None


def of_no_list(turn: Turn) -> Answer | None:
    """A material in the customer's own words, once it was asked for again: taken as it is said, the foundry looks at it."""
    said = " ".join(turn.text.split()).strip(" .,;:!»«\"'")
    again = any(reply in _ASKED for reply in turn.last_said) and _NOT_UNDERSTOOD not in turn.last_said
    plain = (
        0 < len(said.split()) <= _NAME
        and not turn.asks
        and readable(said)
        and turn.confidence >= _TOLD
        and turn.intent not in ("deny", "affirm", "explain", "stop_task", "nlu_fallback")
    )
    if (
        not again
        or not plain
        or turn.said("dont_know", "email", "phone", "foreign_material", "date", "week", "quantity")
    ):
        return None
    return Answer(said, "utter_line_alloy_own").but(title=said, as_written=True)
