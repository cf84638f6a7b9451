"""Where the figures of an answer come from: one short line with the answer, the whole of it on request."""

from collections.abc import Sequence

from actions.turns.turn import Turn

#: (name of a source, standard it names or empty). ``utter_source_<name>`` is the short text, ``utter_source_<name>_full`` the whole.
Source = tuple[str, str]


def say_sources(turn: Turn, sources: Sequence[Source]) -> None:
    """One line with all sources, and keep them for the question where a figure comes from."""
    found = list(dict.fromkeys(sources))
    for number, (name, standard) in enumerate(found):
        if number == 0:
            turn.say("utter_source")
        turn.say(f"utter_source_{name}", standard=standard, join="; " if number else " ")
    keep_sources(turn, found)


def keep_sources(turn: Turn, sources: Sequence[Source]) -> None:
    """Remember what this answer rests on, beside what another part of the same message was answered with."""
    known = [each for each in turn.ground.about("source") if each["turn"] == turn.ground.turn]
    new = [
        {"entity": "source", "value": name, "standard": standard, "turn": turn.ground.turn}
        for name, standard in sources
    ]
    turn.ground.note("source", [*known, *(each for each in new if each not in known)], by="database")


def explain_sources(turn: Turn) -> bool:
    """Say in full where the last answer came from. False when it named no source, or something else was talked of since."""
    sources = [each for each in turn.before.about("source") if each["turn"] == turn.before.turn]
    for each in sources:
        turn.say(f"utter_source_{each['value']}_full", standard=each["standard"])
    if sources:
        keep_sources(turn, [(each["value"], each["standard"]) for each in sources])
    return bool(sources)
