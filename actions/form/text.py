"""Reads the form's questions that take anything written: what is a description, and what only looks like one.

Languages are not told apart here: the words of all of them are known at once (``data/words/form.yml``).
"""

import re

from actions.form.contact import company_in, looks_like_person
from actions.form.lines import items
from actions.form.pieces import Piece, asked_in, joined, narrowed, pieces
from actions.form.words import closes, find, near, opens, pattern, without_lead, word_set
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.unknown import has_nothing
from actions.turns.words import blanked
from actions.turns.yes import merely_consents, only_agrees
from bot.common.words import topic
from bot.common.words import word_set as common_words

MAX_TEXT = 1500
#: The words of a part within a sentence; of an answer that describes one.
_FEW_WORDS, _MOST_WORDS = 4, 14
#: «Nothing special» is short.
_MOST_NOTHING = 7
#: A name of a part has so many letters; values that may stand in it; words of a wish for something else.
_LETTERS_OF_PART = 4
_FIGURES = ("quantity", "weight", "dimensions", "wall", "date", "week", "lead", "alloy_group", "alloy")
_WITHIN_PART = ("application", "language", "property", "foreign_material")
_NO_THING = ("times", "drawings", "answers_wanted", "secret", "noted")
_UNSPEAKABLE = re.compile(r"(?<![\w-])[b-df-hj-np-tv-xz]{4,}(?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_LETTERS_OF_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGNS = re.compile(r"[,.;:?!\n(]")
_PERCENT = re.compile(r"\d\s?(?:%|pro\s?[sz]ent|per\s?cent|pct)", re.I)
_FILE = re.compile(r"\b[\w-]+\.(?:pdf|step|stp|dwg|dxf|igs|iges|sldprt|x_t|jpe?g|png|zip)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A number as drawings have it: letters or a dash beside the digits, or at least four digits.
_CODE = re.compile(r"^(?=\S*\d)(?:\d{4,}|[\w./-]*(?:[^\W\d_]|-)[\w./-]*)$")


def meant(turn: Turn, *names: str) -> list[Entity]:
    """The entities of a message that the customer wants: «60 pcs, not 200» means 60."""
    said = turn.said(*names)
    # «Not», «instead of».
    wanted = [entity for entity in said if not closes(turn.text[: entity.get("start", 0)], "negated")]
    return wanted or [entity for entity in said if not denied(turn, entity)]


def denied(turn: Turn, entity: Entity) -> bool:
    """Whether a value is said not to be the right one: «not 20»."""
    return closes(turn.text[: entity.get("start", 0)], "set_against")


def only_comments(turn: Turn) -> bool:
    """Whether a message only says that something is wrong or changes, and no value: «just been told, not 20», «no, not that»."""
    if not find(turn.text, "comments") or turn.text.startswith("/"):
        return False
    values = [each for each in turn.entities if each["entity"] not in ("language", "application")]
    if any(not denied(turn, each) for each in values):
        return False
    rest = blanked(turn.text, ((each["start"], each["end"]) for each in values))
    rest = pattern("comments", "filler", "asides", "no_but", "set_against", "corrects_lead").sub(" ", rest)
    return not _LETTERS.search(rest)


def share_of_pieces(turn: Turn) -> str | None:
    """What says when a part of the pieces comes, in a message that names one time only."""
    times = turn.said("date", "week", "lead")
    counted = turn.said("share")
    shares = [
        each
        for each in pieces(turn.text)
        if find(each.text, "share") or _PERCENT.search(each.text) or any(map(each.holds, counted))
    ]
    timed = len(times) == 1 and any(each.holds(times[0]) for each in shares)
    return joined(turn.text, shares) if timed else None


def written(turn: Turn, entity: Entity) -> str:
    """The customer's own words for an entity."""
    return turn.text[entity["start"] : entity["end"]]


def asks_something(turn: Turn) -> bool:
    """Whether a message looks like a question, with or without its mark."""
    text = without_lead(turn.text, "asks_lead")
    return "?" in turn.text or bool(opens(text, "asks") and not opens(text, "no_question"))


def looks_like_name(turn: Turn) -> bool:
    """Whether a message is a person's name and nothing else, written when something else was asked."""
    values = [entity for entity in turn.entities if entity["entity"] != "language"]
    return not values and looks_like_person(turn)


def only_values(turn: Turn, beside: int = 0, known: str = "") -> bool:
    """Whether nothing but codes and figures was written, with the words of a correction, those of ``known``, and at most ``beside`` others."""
    values = [entity for entity in turn.entities if entity["entity"] not in ("application", "language")]
    rest = blanked(turn.text, ((each["start"], each["end"]) for each in values))
    others = _LETTERS_OF_WORD.findall(pattern("filler").sub(" ", rest))
    named = {each.casefold() for each in _LETTERS_OF_WORD.findall(known)}
    return bool(values) and len([each for each in others if each.casefold() not in named]) <= beside


def readable(text: str) -> bool:
    """Whether no word of a text is letters without a sound between them: «hmpf grfl»."""
    return not _UNSPEAKABLE.search(text)


def free_text(turn: Turn) -> str | None:
    """The message as a description, None when there are no words in it."""
    text = " ".join(turn.text.split())
    return text[:MAX_TEXT] if re.search(r"\w{2}", text) else None


def described_part(turn: Turn, requested: bool = False) -> str | None:
    """The part within a longer message: «40 pumpehus i RG5», «a cover in aluminium», «tilbud på pumpehus»."""
    asked = _asked_for(turn) if requested or turn.intent == "place_order" else None
    return _after_quantity(turn) or _in_metal(turn) or asked


def _asked_of(text: str, at: int) -> bool:
    """Whether the piece of a text around a place asks something: «a cover in aluminium, what does it cost?» does not ask of the cover."""
    piece = next((each for each in pieces(text, joints=False) if each.start <= at < each.end), None)
    return piece is not None and asked_in(text[piece.start : piece.end + 1], 0)


def _in_metal(turn: Turn) -> str | None:
    """The thing that is said to be of a metal: the words before «in AB2» back to an article, a verb or a stop."""
    common = common_words("common.common")
    for metal in turn.said("alloy", "alloy_group"):
        start = int(metal.get("start", 0))
        if not 0 < start <= len(turn.text):
            continue
        before = re.search(
            rf"([^,.;:!?()\n]*?)\s+(?:{pattern('of_metal').pattern})(?:\s+[^\W\d]+)?\s*$", turn.text[:start], re.I
        )
        if before is None or _asked_of(turn.text, start):
            continue
        words: list[str] = []
        for word in reversed(before[1].split()):
            if word.casefold() in common or not _LETTERS.search(word) or len(words) == _MOST_WORDS:
                break
            words.insert(0, word)
        named = part_words(" ".join(words))
        if named and is_thing(named) and not is_general(named):
            return named
    return None


def leading_words(turn: Turn) -> str | None:
    """What stands before the first figure or code: «bracket, 40 pcs in LM25»."""
    starts = [entity["start"] for entity in turn.entities if entity["entity"] not in ("application", "language")]
    words = turn.text[: min(starts, default=0)].strip(" ,.-–")
    while words and (last := re.search(r"\W+([\w.]+)$", words)) and last[1].casefold() in word_set("part_ends"):
        words = words[: last.start()].strip(" ,.-–")
    return part_words(words) if not asks_something(turn) and is_thing(words) else None


#: A word, and right behind it the article of another: no name of a thing begins so.
_VERB_FIRST = re.compile(rf"[^\W\d_]+\s+{topic('form.articles_behind_verb')}\s+[^\W\d_]", re.I)


def part_words(text: str) -> str | None:
    """The words of a thing that can be cast: they begin with a noun and hold no pointing word, wish or number."""
    words = _of_run(without_lead(text, "part_lead").strip(' .,!«»"“”„'))
    if not words or len(words.split()) > _MOST_WORDS or opens(words, "no_part", "numbers"):
        return None
    if only_agrees(words) or merely_consents(words):
        # «Good, 30 pieces of that»: nothing is called good.
        return None
    return words if _LETTERS.search(pattern("filler", "no_part", "numbers", "drawings").sub(" ", words)) else None


def _of_run(words: str) -> str:
    """«Prototypes of a gear case» are gear cases; prototypes alone are nothing that is called so."""
    run = opens(words, "run_of_parts")
    if run is None:
        return words
    joint = opens(words[run.end() :].lstrip(), "part_joints")
    return without_lead(words[run.end() :].lstrip()[joint.end() :], "articles").strip() if joint else ""


def is_thing(words: str) -> bool:
    """Whether words may be the name of a thing: no verb, nothing that only points, and no end in the air («number on»)."""
    if _VERB_FIRST.match(words) and not opens(words, "part_joints", "part_lead", "articles"):
        # «Thin the walls»: a verb and what it is done to.
        return False
    last = re.search(r"[^\W_]+$", words.strip(" .,"))
    return not find(words, "no_noun") and not (last and last[0].casefold() in word_set("part_ends"))


def first_thing(turn: Turn) -> str | None:
    """The first piece of a message that names a thing, before what else is told of it: «side cover, we only have the old one»."""
    if looks_like_person(turn):
        return None
    for piece in pieces(turn.text, joints=False):
        words = part_words(_up_to_figure(turn, piece))
        if words and is_thing(words) and not is_general(words) and not asked_in(turn.text, piece.start):
            return words
    return None


def seen_thing(turn: Turn) -> str | None:
    """The thing that the engine has seen in a message, with what it is for."""
    if looks_like_person(turn):
        return None
    for told in sorted(turn.told, key=lambda each: -each.confidence):
        if told.tag != "part" or asked_in(turn.text, told.start):
            continue
        words = part_words(_up_to_stop(turn.text[told.start :]))
        if words and is_thing(words) and not is_general(words) and _few(words):
            return words
    return None


def _up_to_figure(turn: Turn, piece: Piece) -> str:
    starts = [each["start"] for each in turn.entities if piece.holds(each) and each["entity"] not in _WITHIN_PART]
    return turn.text[piece.start : min(starts, default=piece.end)].strip(" ,.-–")


def written_part(turn: Turn) -> str | None:
    """A message that describes a part and nothing else, as the answer to what is to be cast."""
    if turn.said(*_FIGURES) and not is_thing(turn.text):
        # «The thickness is 30 mm, I forgot that» tells of the part, and does not name it.
        return None
    if looks_like_person(turn) or asks_something(turn) or only_values(turn) or turn.said("email", "phone"):
        return None
    words = turn.text.split()
    if len(words) == 1 and _CODE.match(words[0].strip(".,")):
        return words[0].strip(".,")
    if words and re.fullmatch(r"\d+", words[0]) and turn.said("number"):
        # «4 in reserve» counts, and names nothing.
        return None
    return part_words(" ".join(words))


def written_drawing(turn: Turn) -> bool:
    """Whether a message answers the question for a drawing: a file, a number, words about one. No name, no «the first one»."""
    if looks_like_person(turn) or asks_something(turn):
        return False
    words = [each.strip(",.") for each in turn.text.strip(" .,!").split()]
    # «Series from 2028» tells a year.
    codes = [each for each in words if _CODE.match(each) and (len(words) == 1 or not _YEAR.fullmatch(each))]
    values = turn.said(
        "quantity", "weight", "dimensions", "feature", "alloy", "date", "week", "email", "phone", "tolerance"
    )
    few = len(turn.text.split()) <= _FEW_WORDS
    return bool(_FILE.search(turn.text) or find(turn.text, "drawing_words") or (codes and few and not values))


def sketched(turn: Turn) -> str | None:
    """What is told of a sketch, an old drawing on paper or photographs, in the customer's words."""
    told = [
        each
        for each in pieces(turn.text)
        if find(each.text, "sketches")
        and not near(each.text, "none_of", "sketches", 2)
        and not asked_in(turn.text, each.start)
    ]
    return joined(turn.text, told) or None


def announces_file(turn: Turn) -> bool:
    """Whether a drawing is said to be attached or to follow, or named as a file."""
    tells = near(turn.text, "drawings", "announced", 4) or near(turn.text, "announced", "drawings", 4)
    told = tells and not asked_in(turn.text, tells.start()) and not none_of_drawing(turn)
    return bool(told or _FILE.search(turn.text))


def file_named(turn: Turn) -> str | None:
    """A file named as the drawing: «bracket.step»."""
    found = _FILE.search(turn.text)
    return found[0] if found else None


def none_of_drawing(turn: Turn) -> bool:
    """Whether a message says that there is no drawing."""
    found = near(turn.text, "none_of", "drawings", 2) or near(turn.text, "drawings", "lacking", 1)
    if found is None:
        return False
    # «The drawing is not confidential» has one.
    piece = next((each for each in pieces(turn.text) if each.start < found.end() and found.start() < each.end), None)
    return piece is None or not find(piece.text, "secret")


def _asked_for(turn: Turn) -> str | None:
    for found in pattern("wanted").finditer(turn.text):
        words = _thing(turn, found.end())
        if words and not is_general(words):
            return words
    return named_part(turn)


def named_part(turn: Turn) -> str | None:
    """The thing that a piece of a message wants, or says it is about: «we need a crane bush», «det gjelder lagerhylse»."""
    for piece in pieces(turn.text, joints=False):
        # «It's a cover for a gearbox» says what is meant before anything was asked.
        leads = ("thing_wanted",) if turn.slot("question") else ("thing_wanted", "it_is_a")
        if asked_in(turn.text, piece.start) or find(piece.text, *_NO_THING):
            continue
        for lead in pattern(*leads).finditer(piece.text):
            # «Looking for somebody who can cast a lever arm»
            words = _thing(turn, piece.start + lead.end())
            if words and not is_general(words):
                return words
    return None


def wants_thing(text: str) -> bool:
    """Whether words behind a wish may name a thing that can be cast: «jag behöver ämnen till bussningar»."""
    lead = next(pattern("thing_wanted").finditer(text), None)
    words = part_words(_up_to_stop(text[lead.end() :].lstrip(" \t:–-"))) if lead else None
    if not words or opens(words, "no_thing") or find(text, *_NO_THING) or is_general(words):
        return False
    return _few(words) and is_thing(words)


def thing_among_figures(turn: Turn) -> str | None:
    """The piece of an enquiry in short pieces that names a thing: «gearbox housing, 9 kg, AlSi10Mg, 150 pcs»."""
    values = [each for each in turn.entities if each["entity"] not in _WITHIN_PART]
    if not values or turn.text.startswith("/"):
        return None
    for piece in pieces(turn.text):
        if any(piece.holds(each) for each in values) or len(piece.text.split()) > _FEW_WORDS:
            continue
        words = part_words(piece.text)
        named = (
            words
            and is_thing(words)
            and not is_general(words)
            and not opens(words, "no_thing", "asides")
            and not find(words, *_NO_THING)
        )
        if words and named and not looks_like_person(narrowed(turn, [piece])):
            return words
    return None


def _thing(turn: Turn, start: int) -> str | None:
    """The words for a thing from a place in a message on, up to its first value."""
    start += len(turn.text[start:]) - len(turn.text[start:].lstrip(" \t:–-"))
    values = [each["start"] for each in turn.entities if each["start"] >= start and each["entity"] not in _WITHIN_PART]
    words = part_words(_up_to_stop(turn.text[start : min(values, default=len(turn.text))]))
    if words is None or opens(words, "no_thing") or not _few(words) or not is_thing(words):
        return None
    return words if len(re.findall(r"[^\W\d_]", words)) >= _LETTERS_OF_PART else None


def _few(words: str) -> bool:
    """Whether words are as few as a part's name has; what it is for does not count."""
    joint = find(words, "part_joints")
    return len(words[: joint.start() if joint else len(words)].split()) <= _FEW_WORDS


def is_general(words: str) -> bool:
    """Whether words name no part but castings at large, or are a number in the place of a name."""
    left = pattern("general_parts", "part_lead").sub(" ", words)
    return not _LETTERS.search(left) or bool(_CODE.match(words))


def says_nothing(text: str) -> bool:
    """«Nothing special» to a question for requirements or anything else."""
    return has_nothing(text) or (bool(opens(text.lstrip(" .,-"), "nothing")) and len(text.split()) <= _MOST_NOTHING)


def _after_quantity(turn: Turn) -> str | None:
    for entity in turn.said("quantity"):
        if entity.get("every"):
            # «200 a year» names nothing.
            continue
        made_of = [each for each in turn.said("alloy") if each["start"] == entity["end"] + 1]
        start = made_of[0]["end"] if made_of else entity["end"]
        later = [other for other in turn.entities if other["start"] > start and other["entity"] != "application"]
        rest = turn.text[start : min((each["start"] for each in later), default=len(turn.text))].strip(" -–")
        words = part_words(_up_to_stop(without_lead(rest, "counted")))
        if words and _few(words) and is_thing(words) and not find(words, "deliveries"):
            return words
    return None


def _up_to_stop(text: str) -> str:
    """The words before a sign or a word that ends the description of a part."""
    sign = _SIGNS.search(text)
    text = text[: sign.start() if sign else len(text)].rstrip()
    # «Cast sleeve», «a hub»: what stands first ends nothing.
    first = opens(text, "part_ends")
    at = first.end() if first else 0
    while end := find(text[at:], "part_ends"):
        stop = at + end.start()
        joint = opens(text[stop:], "part_joints")
        # «Bush for a crane»: what it is for belongs to its name, when it is a thing.
        of = without_lead(text[stop + joint.end() :], "articles") if joint and stop else ""
        if (
            not of
            or company_in(of)
            or opens(of, "no_part", "numbers", "times", "not_of_part", "counted")
            or not _LETTERS.match(of)
        ):
            return text[:stop].strip()
        at = len(text) - len(of)
    return text.strip()


def drawing_word(turn: Turn) -> str | None:
    """``deny`` for «without a drawing», ``affirm`` for «I have a drawing», said without being asked."""
    if none_of_drawing(turn):
        return "deny"
    has = near(turn.text, "has", "drawings") or near(turn.text, "drawings", "stands", 0)
    told = announces_file(turn) or (has and not asked_in(turn.text, has.start()))
    return "affirm" if told else None


def is_list(turn: Turn) -> bool:
    """Whether a message lists several things to cast, each with its own figures."""
    return bool(items(turn))
