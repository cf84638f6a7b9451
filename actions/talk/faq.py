"""Questions about the company: the fact that was asked for and no more, from approved facts; the rest is checked."""

from collections.abc import Sequence

from actions.alloys.property import asks_pattern_size, say_pattern_size
from actions.plan.capacity import say_open_days
from actions.plan.capacity_reading import figures
from actions.production.company import Company, Part, company
from actions.production.tolerances import half_bands
from actions.turns.facts_told import facts_told
from actions.turns.handler import Handler, answer_as
from actions.turns.intents import intent
from actions.turns.outside import outside
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import now
from bot.store import hours

#: More choices than this are no help on a telephone.
_MOST_CHOICES = 5
_HOURS = "company.hours"
_TOLERANCE = "company.tolerance"
#: A likelier meaning than this is no asking on; nor are values of another kind than these.
_SURE, _SURELY = 0.65, 0.65
_OF_COMPANY = ("dimensions", "number", "date", "week", "language")
#: A phrase of so many letters names a facet whatever else the words may mean.
_UNMISTAKABLE = 10
#: So few words ask on about what was told whatever they are taken for; more than that many never do.
_FEW_WORDS, _MOST_WORDS = 4, 10
#: A word of so many letters tells a facet of another topic than the one that was read: «en» and «land» do not.
_TELLING = 4
#: A word of so many letters names a fact in a question that was read as nothing of the kind.
_PLAIN = 8
#: A phrase of so many letters names a fact whatever the question was read as: «do you charge for a quotation?»
_PHRASE = 16
#: A word of so many letters outweighs a facet the reading found without any word of it.
_CERTAIN = 6
_PATTERNS = ("company.pattern", "company.printed_patterns")


class Faq(Handler):
    """Answers ``faq/<topic>``: every facet asked for, each once, or the topic in a line with what else can be asked."""

    intent = "faq"

    async def answer(self, turn: Turn) -> None:
        """Say the approved facets that were asked for; name the others and offer to have them checked."""
        house = company()
        topic, parts = topic_of(turn), _asked(turn, house)
        patterns = topic in ("process", "tolerance") or any(part.about in _PATTERNS for part in parts)
        if patterns and asks_pattern_size(turn):
            # The general word on patterns is no answer to how large one is.
            _say(turn, house, [part for part in parts if not part.general or len(parts) > 1])
            await say_pattern_size(turn)
        elif _told_again(turn, house, parts) or (not parts and _in_other_sense(turn, house)):
            turn.say("utter_faq_not_known")
            _offer_check(turn)
        elif not parts and outside(turn):
            await answer_as(turn, "out_of_scope")
        elif parts:
            _say(turn, house, [part for part in parts if not _say_tolerance(turn, house, part)])
            if any(part.about == _HOURS for part in parts):
                await _say_open(turn)
        elif _asks_on_in_vain(turn, house):
            turn.say("utter_faq_not_known")
            _offer_check(turn)
        elif topic in house.answers and (turn.confidence >= _SURE or house.named_topic(topic, turn.text)):
            _introduce(turn, house, topic)
        elif turn.answered or turn.asks:
            # What is not surely one of the facts is named as what is not known.
            turn.say("utter_faq_not_known_of", words=" ".join(turn.text.split()).strip(" ?.!"))
            _offer_check(turn)
        else:
            turn.say("utter_faq_which")
            _offer_check(turn)

    def goes_on(self, turn: Turn) -> bool:
        """«And on Saturdays?», «and at 800 mm?»: something of the topic that was told just now is asked on about."""
        found, count = _next(turn, company()), len(turn.text.split())
        named = max((part.named_in(turn.text) for part in found), default=0) >= _UNMISTAKABLE
        other = count > _FEW_WORDS and (count > _MOST_WORDS or (turn.confidence >= _SURE and not named))
        figures = any(each["entity"] not in _OF_COMPANY for each in turn.entities)
        return bool(found) and not other and not figures


def knows(turn: Turn) -> bool:
    """Whether a question about the company names a fact of it, and not only a topic."""
    return bool(_asked(turn, company())) or _read_at_large(turn, company())


def _read_at_large(turn: Turn, house: Company) -> bool:
    """Whether the fact that stands first of its topic was surely read: «can I get just one?» names no word of it."""
    read = house.facet(turn.facet)
    first = next(iter(part for part in house.answers.get(topic_of(turn), ()) if house.approved(part)), None)
    return read is not None and first is not None and turn.confidence >= _SURE and read.facts == first.facts


def hinted(hint: str | None, text: str) -> str | None:
    """The question about the company of which the engine has seen the facet and the words stand in the text, whatever it sounds like."""
    house = company()
    part = house.facet(hint)
    return f"{Faq.intent}/{house.topic_of(part)}" if part and part.asked_in(text) else None


def _in_other_sense(turn: Turn, house: Company) -> bool:
    """Whether the fact that was read is asked in a sense we know nothing of: «can we machine the other faces ourselves?»"""
    read = house.facet(turn.facet)
    return read is not None and read.other_sense(turn.text)


def plainly_asked(text: str) -> str | None:
    """The question about the company that a long word or an abbreviation names, whatever else it sounds like."""
    house = company()
    part = house.named_best(text, _PLAIN)
    return f"{Faq.intent}/{house.topic_of(part)}" if part else None


def asked_anyhow(text: str) -> str | None:
    """The question about the company that words name which mean it whatever stands beside them."""
    house = company()
    found = house.named_anyhow(text)
    return f"{Faq.intent}/{house.topic_of(found[0])}" if found else None


def surely_asked(text: str) -> str | None:
    """The question about the company that a whole phrase names, surely as it may sound like another."""
    house = company()
    part = house.named_best(text, _PHRASE)
    return f"{Faq.intent}/{house.topic_of(part)}" if part else None


def names_fact(act: str, text: str) -> bool:
    """Whether the words of a question name a fact of the topic it was read as."""
    parts = company().answers.get(act.partition("/")[2], ())
    return any(part.named_in(text) >= _TELLING and not part.general for part in parts)


def strays(act: str, facet: str | None, text: str) -> bool:
    """Whether a question was read as a topic and no fact of it, and its words name nothing that is known of us."""
    house = company()
    part = house.facet(facet)
    apart = part is None or f"{Faq.intent}/{house.topic_of(part)}" != act
    return apart and intent(act).name == Faq.intent and not house.asked_any(text)


def _next(turn: Turn, house: Company) -> list[Part]:
    """What is asked on about: parts of the topic told last that the words name, or the tolerance of another dimension.

    In a few words that ask, also the part of another topic that a word of them names.
    """
    told = facts_told(turn)
    if any(part.about == _TOLERANCE for part in told) and turn.said("dimensions", "number"):
        return told[:1]
    if any(part.about == _HOURS for part in told) and turn.said("date", "week"):
        return [part for part in told if part.about == _HOURS]
    near = {part.about: part for topic in map(house.topic_of, told) for part in house.asked(topic, turn.text)}
    found = [part for part in near.values() if not part.general]
    elsewhere = (
        turn.intent != Faq.intent and intent(turn.intent).kind in ("question", "task") and turn.confidence >= _SURE
    )
    short = bool(told) and turn.asks and len(turn.text.split()) <= _FEW_WORDS and not elsewhere
    read = house.facet(turn.facet)
    named = read if read and read.asked_in(turn.text) else house.named_best(turn.text, _TELLING)
    other = named if short and not found else None
    return found or ([other] if other and not other.general else [])


def _told_again(turn: Turn, house: Company, parts: Sequence[Part]) -> bool:
    """Whether a few words that name nothing of it would be answered with what was told just now."""
    told, few = facts_told(turn), len(turn.text.split()) <= _FEW_WORDS
    another = turn.said("dimensions", "number", "quantity", "date", "week")
    return few and not another and bool(parts) and all(part in told and not part.asked_in(turn.text) for part in parts)


def _asks_on_in_vain(turn: Turn, house: Company) -> bool:
    """«And parking?» after an answer: a few words for a neighbour of it that no fact is kept of, and no topic at large."""
    return (
        bool(facts_told(turn)) and turn.asks and len(turn.text.split()) < _FEW_WORDS and not house.asked_any(turn.text)
    )


def _hardly_read(turn: Turn, house: Company) -> bool:
    """Whether a few words after an answer name no fact, and were not surely read as one either."""
    few = bool(facts_told(turn)) and len(turn.text.split()) < _FEW_WORDS and not turn.said("date", "week")
    return few and turn.confidence < _SURELY and not house.asked_any(turn.text)


async def _say_open(turn: Turn) -> None:
    """Whether we are open on the days named, or now."""
    if turn.said("date", "week"):
        await say_open_days(turn)
    elif words("hours").says(turn.text, "now"):
        moment = now()
        if hours.is_open(moment):
            turn.say("utter_faq_contact_open_now")
        else:
            turn.say("utter_faq_contact_closed_now", open=hours.next_open(moment).isoformat())


def _say_tolerance(turn: Turn, house: Company, part: Part) -> bool:
    """The tolerances of the dimension named. False when none is, or not this part is meant."""
    sizes = [mm for each in turn.said("dimensions", "number") for mm in figures(each["value"])]
    if part.about != _TOLERANCE or not sizes or not house.approved(part):
        return False
    values = {name: value for name, value in house.values(part, turn.language).items() if name.startswith("dctg_")}
    for name, grades in dict(values).items():
        halves = half_bands(max(sizes), grades)
        if halves is None:
            return False
        line = name.removeprefix("dctg_")
        values |= {f"{line}_low": halves[0], f"{line}_high": halves[1]}
    turn.say("utter_faq_tolerance_at", mm=max(sizes), **values)
    return True


def _asked(turn: Turn, house: Company) -> list[Part]:
    """The facets meant: by the button pressed, by the reading, by the words of each piece of the question."""
    pressed = house.facet(next((str(each["value"]) for each in turn.said("facet")), None))
    if pressed:
        return [pressed]
    if not turn.faq and (on := _next(turn, house)):
        return on
    read = None if _hardly_read(turn, house) else house.facet(turn.facet)
    pieces = house.pieces(turn.text)
    if len(pieces) > 1:
        by_piece = [_in_piece(turn, house, piece, read) for piece in pieces]
        found = list(dict.fromkeys(part for parts in by_piece for part in parts))
        if len(found) > 1:
            return found
    if anyhow := house.named_anyhow(turn.text):
        return anyhow
    if read and read.other_sense(turn.text):
        read = None
    if read and not read.asked_in(turn.text):
        # The reading and the words disagree: a long word of another facet is the surer sign, and a doubtful reading is none.
        read = house.named_best(turn.text, _CERTAIN) or (read if turn.confidence >= _SURE else None)
    # In many words a short one may stand in any sense: «got this from the boss, can you take it from here?»
    telling = _TELLING if len(turn.text.split()) <= _FEW_WORDS else _CERTAIN
    named = _by_words(turn, house, turn.text, telling) if read is None or read.general else []
    at_large = read is not None and read.general and not read.asked_in(turn.text)
    return named or ([read] if read and not at_large else [])


def _in_piece(turn: Turn, house: Company, piece: str, read: Part | None) -> list[Part]:
    """The facets of a piece: what was read where its words stand there, else what its words name.

    A piece that is nothing but a word («NDT», «røntgen») is named by it.
    """
    if anyhow := house.named_anyhow(piece):
        return anyhow
    if read and read.asked_in(piece) and not read.general:
        return [read]
    telling = _TELLING if len(piece.split()) == 1 else _CERTAIN
    return _by_words(turn, house, piece, min(telling, len(piece.strip())))


def _by_words(turn: Turn, house: Company, text: str, telling: int) -> list[Part]:
    """The facets that words name: of the topic, else the one of any topic whose word has so many letters."""
    topic = topic_of(turn)
    asked = house.asked(topic, text) if topic in house.answers else ()
    best = house.named_best(text, _PLAIN if asked else telling)
    # «Antall folk» asks for no number of pieces: the longer words say what is asked.
    longer = best is not None and best.named_in(text) > max((each.named_in(text) for each in asked), default=0)
    return [best] if best and longer else list(asked)


def _say(turn: Turn, house: Company, parts: Sequence[Part]) -> None:
    told = [part for part in parts if house.approved(part)]
    for part in told:
        _say_once(turn, house, part)
    unknown = [part.about for part in parts if part not in told]
    if unknown:
        turn.say("utter_faq_partly_unapproved", what=unknown)
        _offer_check(turn)


def _say_once(turn: Turn, house: Company, part: Part) -> None:
    """Say a facet, unless an earlier sentence of the same message was answered with it."""
    if not any(each["reply"] == part.text for each in turn.parts):
        turn.say(part.text, **house.values(part, turn.language))


def _introduce(turn: Turn, house: Company, topic: str) -> None:
    """The first approved facet of a topic, the others as choices."""
    told = [part for part in house.answers[topic] if house.approved(part)]
    if not told:
        turn.say(f"utter_faq_{topic}_unapproved")
        _offer_check(turn)
        return
    _say_once(turn, house, told[0])
    turn.offer(*(_choice(part) for part in told[1 : _MOST_CHOICES + 1]))


def _choice(part: Part) -> dict[str, str]:
    return {"reply": "utter_faq_choice_facet", "what": part.about, "payload": f'/faq{{"facet": "{part.about}"}}'}


def topic_of(turn: Turn) -> str:
    """``contact`` of ``faq/contact``, as the understanding of the message found it; empty when it found none."""
    full = turn.faq or turn.intent
    return full.partition("/")[2]


def _offer_check(turn: Turn) -> None:
    turn.offer({"reply": "utter_faq_choice_check", "payload": "/human"})
