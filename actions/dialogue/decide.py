"""Two readings that are close: asked about once, naming both, and the choice taken with what was said first."""

from typing import Any

from actions.dialogue.commands import Answer, Command, Decide, Fill, Start
from actions.turns.reading import Clause, Reading
from actions.turns.turn import Turn
from bot.common.replies import replies


def ask_which(turn: Turn, command: Decide) -> None:
    """Ask which of the two is meant, with a button for each, and keep what was said."""
    options = [command.first, command.second]
    turn.say("utter_decide", choices=[f"act.{label_of(each)}" for each in options])
    turn.offer(*({"reply": f"utter_choice_act_{label_of(each)}"} for each in options))
    turn.offer({"reply": "utter_choice_human", "payload": "/human"})
    turn.set("decide", _kept(command))


def label_of(command: Command) -> str:
    """What an option is called in the texts: ``act.<label>``; an answer to the open question is ``here``."""
    return "here" if isinstance(command, Fill) else command.about.partition("/")[0]


def decided(turn: Turn, reading: Reading) -> Command | None:
    """The option that a message picks of those that were asked about just now; what was asked is forgotten."""
    asked: dict[str, Any] | None = turn.slot("decide")
    if not asked:
        return None
    turn.set("decide", None)
    if not all("label" in option for option in asked["options"]):
        # Asked by an earlier release.
        return None
    kept = asked["clause"]
    said = " ".join(reading.text.casefold().split()).strip(" .!")
    for option in asked["options"]:
        titles = {_title(language, option["label"]) for language in replies().languages}
        # What tells something new is no choice, whatever it sounds like.
        alike = option["command"] != "Fill" and reading.whole.act == option["act"] and not reading.whole.values
        if said in titles or alike:
            turn.entities += [each for each in kept["entities"] if each not in turn.entities]
            return _command(option, _clause(kept, option["act"]))
    return None


def _title(language: str, label: str) -> str:
    """The button of an option in a language, as it comes back when it is pressed."""
    return replies().render(language, f"utter_choice_act_{label}").casefold()


def _kept(command: Decide) -> dict[str, Any]:
    clause, options = command.clause, (command.first, command.second)
    told = {"text": clause.text, "start": clause.start, "entities": list(clause.entities), "asks": clause.asks}
    # An answer to the open question is one whatever its words sound like.
    acts = ["inform" if isinstance(each, Fill) else each.about for each in options]
    known = [
        {"command": each.name, "act": act, "label": label_of(each)} for each, act in zip(options, acts, strict=True)
    ]
    return {"clause": told, "options": known}


def _clause(kept: dict[str, Any], act: str) -> Clause:
    start, text = int(kept["start"]), str(kept["text"])
    return Clause(text, start, start + len(text), ((act, 1.0),), bool(kept["asks"]), None, tuple(kept["entities"]))


def _command(option: dict[str, str], clause: Clause) -> Command:
    if option["command"] == "Fill":
        return Fill("decided", clause, prose=True)
    if option["command"] == "Start":
        return Start("decided", option["act"], clause)
    return Answer("decided", option["act"], clause)
