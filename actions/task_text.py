"""Reads the form's questions that take anything written: what is a description, and what only looks like one.

Languages are not told apart here: the words of all of them are known at once.
"""

import functools
import re

from actions.task_lines import items
from actions.turn import Entity, Turn
from bot.common.replies import replies

MAX_TEXT = 1500
MAX_NAME = 80
_LETTERS = re.compile(r"[^\W\d_]{3}")
#: Words around a corrected value («no, make it 60 pcs»): they describe nothing.
_FILLER = re.compile(
    r"\b(no|not|make|change|changed|actually|rather|instead|sorry|oops|mean|meant|should|would|the|that|this|want|need|its|it's|"
    r"and|but|with|for|can|you|please|quantity|weight|alloy|material|delivery|date|week|pcs|pieces|off|each|about|approx|ca|"
    r"nei|ikke|ikkje|men|heller|stedet|staden|isteden|egentlig|endre|endra|endret|rett|rettet|beklager|mente|meinte|skal|skulle|være|vere|"
    r"det|den|til|med|blir|bli|vil|trenger|antall|antallet|vekt|vekta|vekten|legering|legeringen|materiale|levering|uke|veke|dato|"
    r"stk|stykk|per|omtrent|cirka|sirka|rundt|hver|kvar|og|takk|gjerne|nein|nicht|statt|sondern|bitte|inte|istället)\b",
    re.I,
)
#: How a question starts when its mark is left out.
_ASKS = re.compile(
    r"^\W*(?:(?:og|and|but|men|so|så|hei|hi|hello|ok|okay|forresten|btw)\W+)*"
    r"(what|what's|whats|how|when|where|which|why|who|can|could|do|does|did|is|hva|hvor|hvordan|når|hvilken|hvilke|hvilket|hvem|hvorfor|"
    r"kan|kunne|har|finnes|støper|ka|kva|korleis|koffor|kvifor|price|pris|vad|hur|was|wie|wann|welche|welcher|kannst|können)\b",
    re.I,
)
_NEGATED = re.compile(
    r"(?:\b(?:not|instead of|rather than|no longer|was|ikke|ikkje|inte|nicht|statt|(?:i stedet|i staden|istedenfor|isteden|istället) for|"
    r"istedenfor|heller enn|var|före|fra|from))\s*$",
    re.I,
)
_LEAD_IN = re.compile(
    r"^\W*((hei|hi|hello|og|and|ja|yes|navnet mitt er|mitt navn er|namnet mitt er|eg heiter|jeg heter|jeg er|dette er|det er|navn|my name is|"
    r"my name's|the name is|i am|i'm|im|this is|it's|its|name|jag heter|jeg hedder|ich heiße|ich heisse|ich bin)\b[\s:,]*)+",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:my name is|my name's|navnet mitt er|mitt navn er|namnet mitt er|eg heiter|jeg heter|jag heter|jeg hedder|ich heiße|ich heisse)\s+"
    r"([^,.;!?\n]+(?:,\s*[^,.;!?\n]+)?)",
    re.I,
)
_MAIL = re.compile(r"\S+@\S+")
_NO_DRAWING = re.compile(
    r"\b(?:no|without|uten|utan|ingen|inga|ikke|ikkje|inte|keine|ohne|don't have|dont have|haven't got)\s+(?:\w+\s+)?(?:\w+\s+)?"
    r"(?:drawings?|tegning|tegninger|teikning|ritning|zeichnung|3d\b|3d-modell)",
    re.I,
)
_HAS_DRAWING = re.compile(
    r"\b(?:drawings?|models?|dwgs?|tegning\w*|teikning\w*|ritning\w*|3d-modell\w*|step(?:-fil)?)\s+(?:\w+\s+){0,2}(?:vedlagt|vedlegges|ettersend\w*|follows?|attached|"
    r"enclosed|to follow|kommer|bifogas)\b|"
    r"\b(?:have|has|got|har|send|sender|attach|attached|vedlagt|ettersend\w*)\s+(?:\w+\s+){0,3}(?:drawings?|tegning|tegninger|teikning|step|dwg)",
    re.I,
)
_STOP = re.compile(
    r"[,.;:?!\n(]|\b(i|in|av|of|på|til|for|med|with|à|á|a|at|each|hver|som|that|innen|by|before|før|og|and|from|fra|der|"
    r"stk|stykk|pcs|pieces|ea|uke|week|made|laget|støpt|cast|about|ca|approx|around|please|takk|thanks|tack|bitte)\b",
    re.I,
)
_WANTED = re.compile(
    r"\b(?:tilbud|tilbod|pris|prisoverslag|offert|angebot|quote|quotation|rfq|offer|estimate)\s+(?:på|for|on|av|für|om)\s+"
    r"(?:en|et|ei|ein|eit|a|an|some|noen|nokre|noen få|the|ny|new)?\s*(.+)",
    re.I | re.S,
)
#: Words that point at something else instead of describing a part.
_POINTING = re.compile(
    r"^(?:those|them|these|that|this|it|one|ones|such|more|extra|same|dem|de|dei|disse|den|det|slike|sånne|mer|meir|til|ekstra|samme|samma|same)\b",
    re.I,
)


def meant(turn: Turn, *names: str) -> list[Entity]:
    """The entities of a message that the customer wants: «60 pcs, not 200» means 60."""
    said = turn.said(*names)
    wanted = [entity for entity in said if not _NEGATED.search(turn.text[: entity.get("start", 0)])]
    return wanted or said


def written(turn: Turn, entity: Entity) -> str:
    """The customer's own words for an entity."""
    return turn.text[entity["start"] : entity["end"]]


def asks_something(turn: Turn) -> bool:
    """Whether a message looks like a question, with or without its mark."""
    return "?" in turn.text or bool(_ASKS.match(turn.text))


def clear_yes(turn: Turn) -> bool:
    """Whether a message says yes and nothing else: «is it ok for food» holds an ok and is none."""
    values = [entity for entity in turn.entities if entity["entity"] not in ("language", "asap")]
    return turn.intent == "affirm" and not values and not asks_something(turn)


def looks_like_name(turn: Turn) -> bool:
    """Two to five capitalised words and nothing else, written when something else was asked."""
    words = re.findall(r"[^\W\d_][\w.'-]*", turn.text)
    values = [entity for entity in turn.entities if entity["entity"] != "language"]
    return turn.intent == "inform" and not values and 2 <= len(words) <= 5 and all(word[0].isupper() for word in words)


def only_values(turn: Turn) -> bool:
    """Whether nothing but codes and figures was written, with the words of a correction around them."""
    values = [entity for entity in turn.entities if entity["entity"] not in ("application", "language")]
    rest = "".join(" " if any(e["start"] <= i < e["end"] for e in values) else c for i, c in enumerate(turn.text))
    return bool(values) and not _LETTERS.search(_FILLER.sub(" ", rest))


def free_text(turn: Turn) -> str | None:
    """The message as a description, None when there are no words in it."""
    text = " ".join(turn.text.split())
    return text[:MAX_TEXT] if re.search(r"\w{2}", text) else None


def described_part(turn: Turn) -> str | None:
    """The part within a longer message: «40 pumpehus i RG5», «tilbud på pumpehus»."""
    return _after_quantity(turn) or (_asked_for(turn) if turn.intent == "place_order" else None)


def leading_words(turn: Turn) -> str | None:
    """What stands before the first figure or code: «bracket, 40 pcs in LM25»."""
    starts = [entity["start"] for entity in turn.entities if entity["entity"] not in ("application", "language")]
    words = turn.text[: min(starts, default=0)]
    words = re.sub(r"(?:\W|\b(?:i|in|av|of|på|ca|about|approx))+$", "", words).strip(" ,.-–")
    return words if _LETTERS.search(_FILLER.sub(" ", words)) and not asks_something(turn) else None


def _asked_for(turn: Turn) -> str | None:
    found = _WANTED.search(turn.text)
    words = _STOP.split(found[1], maxsplit=1)[0].strip(" .,!?") if found else ""
    return (
        words if re.search(r"[^\W\d_]{4}", words) and len(words.split()) <= 4 and not _POINTING.match(words) else None
    )


def _after_quantity(turn: Turn) -> str | None:
    for entity in turn.said("quantity"):
        ends = [
            other["start"]
            for other in turn.entities
            if other["start"] > entity["end"] and other["entity"] != "application"
        ]
        rest = turn.text[entity["end"] : min(ends, default=len(turn.text))].strip(" -–")
        rest = re.sub(r"^(?:(?:stk\.?|st|stykk(?:er)?|pcs|pieces?|ea|off|nye|new|of|av|the)\s+)+", "", rest, flags=re.I)
        words = _STOP.split(rest, maxsplit=1)[0].strip()
        if (
            _LETTERS.search(_FILLER.sub(" ", words))
            and len(words.split()) <= 4
            and not _POINTING.match(words)
            and not _NEGATED.search(words)
        ):
            return words
    return None


def person_name(turn: Turn, requested: bool) -> str | None:
    """A name, freed of «my name is», addresses and numbers. Unasked only when it is introduced as one."""
    if not requested:
        introduced = _NAMED.search(turn.text)
        return introduced[1].strip()[:MAX_NAME] if introduced else None
    if asks_something(turn) or (only_values(turn) and not turn.said("email", "phone")):
        return None
    name = _LEAD_IN.sub("", _MAIL.sub("", turn.text))
    for entity in turn.said("phone"):
        name = name.replace(written(turn, entity), "")
    name = " ".join(name.split()).strip(" ,.;:")
    return name if re.search(r"[^\W\d_]{2}", name) else None


def drawing_word(turn: Turn) -> str | None:
    """``deny`` for «without a drawing», ``affirm`` for «I have a drawing», said without being asked."""
    if _NO_DRAWING.search(turn.text):
        return "deny"
    return "affirm" if _HAS_DRAWING.search(turn.text) and "?" not in turn.text else None


def is_list(turn: Turn) -> bool:
    """Whether a message lists several things to cast, each with its own figures."""
    return bool(items(turn))


def labelled(turn: Turn) -> tuple[str, str] | None:
    """A question named with its new answer: «Part: valve body», «navnet er Ola»."""
    found = _labels().match(" ".join(turn.text.split()))
    if found is None or "?" in turn.text:
        return None
    return _questions_by_label()[found["label"].lower()], found["value"].strip(" .")


@functools.lru_cache(maxsize=1)
def _questions_by_label() -> dict[str, str]:
    """What the read-back calls each question, in every language."""
    return {
        term.lower(): key.removeprefix("question.")
        for words in replies().terms.values()
        for key, term in words.items()
        if key.startswith("question.")
    }


@functools.lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, _questions_by_label()), key=len, reverse=True))
    return re.compile(
        rf"^\W*(?:(?:no|nei|sorry|beklager|the|change|endre|rett|min|my|our|vår)\W+)*(?P<label>{labels})(?:en|a|et|n)?"
        r"(?:\s*[:=]\s*|\s+(?:is|er|should be|skal være|skal vere|to|til)\s+)(?P<value>\S.*)$",
        re.I,
    )
