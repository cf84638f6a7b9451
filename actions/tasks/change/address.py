"""The address that an order is to go to instead: told when it is asked for or with the wish, and corrected in part or whole."""

import functools
import re

from actions.form.answers import Answer, Answers, Reading, line
from actions.form.place import addresses_in, place_told, with_town
from actions.form.question import Question
from actions.form.text import MAX_TEXT, asks_something, free_text
from actions.form.words import pattern, without_lead
from actions.turns.turn import Turn
from actions.turns.words import words

#: Meanings of a message that are no address.
NO_ADDRESS = ("affirm", "deny", "thanks", "explain", "nlu_fallback")
#: Values that tell something else than a place.
_OTHERS = (
    "order_no",
    "po_no",
    "date",
    "week",
    "quantity",
    "shift",
    "lead",
    "alloy",
    "certificate",
    "email",
    "phone",
    "weight",
)
#: What is written on the goods is short.
_MOST_MARK = 40
#: A correction of an address is short.
_MOST_WORDS = 10
#: Beside figures that are said again stand no more words.
_FEW = 3
#: «Dock 5»: a word with its number; «4006 Stavanger»: a postcode with its place.
_NUMBERED = re.compile(r"(?P<word>[^\W\d_]{2,})\.?\s+(?P<number>\d{1,4}\s?[a-z]?)(?!\w)", re.I)
_POSTCODE = re.compile(r"(?<!\w)\d{4,5}\s+[^\W\d_][^\d,;\n]*")
#: «... 2317 Hamar. Går det?»: a question behind the address is none of it.
_ASKED_AFTER = re.compile(r"(?<=[.!;,])\s+[^.!?;,\d]*\?\s*$")
#: Names with a capital letter or a number, each with its comma, before a street; and one behind its town.
_NAMES_BEFORE = re.compile(r"\s*(?:[^\W_a-zæøåäöü][\w.&-]*\s*,?\s+)*")
_NAME_BEHIND = re.compile(
    r",\s*(?:(?:att|v)\b\.?\s*)?[^\W\d_a-zæøåäöü][^\s,.;?!]*(?:\s[^\s,.;?!]+){0,2}(?=\s*(?:[.;\n]|$))"
)
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zæøåäöü]")


def read_address(turn: Turn, requested: bool) -> Reading:
    """Where the goods are to go, in the customer's words, when it was asked."""
    text = free_text(turn) if requested and turn.intent not in NO_ADDRESS and not asks_something(turn) else None
    return line("address", text) if text else None


def tells_address(text: str) -> bool:
    """Whether a wish for another address says which: a name with a capital letter or a number that is none of an order."""
    told = [each for each in text.split() if not re.search(r"\d{4}", each)]
    return any(each[0].isupper() or each[0].isdigit() for each in told[1:])


def address_in(text: str) -> str | None:
    """The address within a wish: what stands with a capital letter or a number behind the colon or the last «to»."""
    place = rf"(?::|(?<!\w)(?i:{words('change').pattern('place')}))\s+(?=[^\W_a-zæøåäöü])"
    for found in reversed(list(re.finditer(place, text))):
        told = _only_address(_ASKED_AFTER.sub("", text[found.end() :])).strip(" .,;")
        if re.search(r"\d", told) and _CAPITAL.search(told) and not re.match(r"(?i:SO-?\d)|\d{4,}\s+[a-zæøåäöü]", told):
            return told
    return None


def _only_address(told: str) -> str:
    """What stands behind «to» up to the end of the street, the postcode and the town in it; all of it where there is none."""
    found = list(addresses_in(told))
    if not found:
        return told
    start, end = max(found, key=lambda each: each[1] - each[0])
    # A name stands before it: «Hall 3, Havenweg 12»; a sentence does not: «our shop in Hamar instead, Storgata 5».
    names = _NAMES_BEFORE.fullmatch(told[:start]) and told[:start].strip(" ,") not in told[start:end]
    lead = told[:start] if names else ""
    end = _with_town(told, start, end)
    # «..., 2317 Hamar, mark project 7702» tells the driver whose it is.
    behind = _NAME_BEHIND.match(told, end) or _mark_behind().match(told, end)
    return f"{lead}{told[start : behind.end() if behind else end]}"


@functools.cache
def _mark_behind() -> re.Pattern[str]:
    return re.compile(
        rf",\s*(?i:{pattern('called_mark').pattern})(?!\w)[^.;?!\n]{{1,{_MOST_MARK}}}(?=\s*(?:[.;?!\n]|$))"
    )


def address_told(turn: Turn) -> str | None:
    """The address in a message that wants more than another one: behind «deliver to», or a street with its number."""
    place = place_told(turn)
    if place and re.search(r"\d", place):
        return place
    return street_told(turn)


def street_told(turn: Turn) -> str | None:
    """A street with its number in a message, with the town or the hall that stands beside it."""
    found = addresses_in(turn.text)
    streets = [_with_what_leads(turn.text, start, _with_town(turn.text, start, end)) for start, end in found]
    return " ".join(max(streets, key=len).split()) if streets else None


def _with_town(text: str, start: int, end: int) -> int:
    """Where an address ends: one with its postcode has its town, and «i stedet» behind it is none."""
    return end if _POSTCODE.search(text[start:end]) else with_town(text, end)


def _with_what_leads(text: str, start: int, end: int) -> str:
    """A street with the hall or the town that is told before it: «to Hall 3, Havenweg 12», «til Førde, Hafstadvegen 61»."""
    place = words("change").pattern("place")
    lead = re.search(
        rf"(?<!\w)(?i:{place})\s+(?P<lead>[^\W\d_a-zæøåäöü][^\W\d_]+(?P<no>\s\d{{1,3}})?),\s*$", text[:start]
    )
    street = text[start:end]
    if lead is None:
        return street
    return f"{lead['lead']}, {street}" if lead["no"] else f"{street}, {lead['lead']}"


def correct_address(turn: Turn, answers: Answers) -> bool:
    """Take «no, Dock 5» and «the postcode is 4007 Sandnes» into the address that stands: only what is named is another."""
    known = answers.get("address")
    fresh = _correction(turn, known) if known and known.reply and not known.unknown else None
    if fresh is None:
        return False
    answers["address"] = fresh
    _keep_words_right(answers, str(known.value) if known else "", str(fresh.value))
    return True


def same_address(turn: Turn, answers: Answers) -> bool:
    """Whether a message only says figures of the address again that stand in it: «yes, 8820»."""
    known = answers.get("address")
    figures = re.findall(r"\d+", turn.text)
    if known is None or not known.reply or not figures or asks_something(turn) or turn.said(*_OTHERS):
        return False
    beside = re.findall(r"[^\W\d_]+", turn.text)
    return set(figures) <= set(re.findall(r"\d+", str(known.value))) and len(beside) <= _FEW


def add_receiver(answers: Answers, receiver: str | None) -> list[str]:
    """Who takes the goods in belongs to the address that stands."""
    known = answers.get("address")
    if receiver is None or known is None or not known.value or receiver in str(known.value):
        return []
    answers["address"] = known.but(value=f"{known.value}, {receiver}"[:MAX_TEXT])
    return ["address"]


def _keep_words_right(answers: Answers, before: str, after: str) -> None:
    """The words that told the address tell what it is now: nobody reads two of them in one wish."""
    words_told = answers.get("details")
    if words_told and before and before in str(words_told.value):
        answers["details"] = line("details", str(words_told.value).replace(before, after)[:MAX_TEXT])


def corrects_address(turn: Turn) -> bool:
    """Whether a message corrects the address that stands."""
    stored = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("address")
    known = Answer.load(stored) if stored else None
    return bool(known and known.reply and not known.unknown and _correction(turn, known))


def _correction(turn: Turn, known: Answer) -> Answer | None:
    if not asks_something(turn) and (whole := _whole_address(turn)):
        return line("address", whole[:MAX_TEXT]) if whole != str(known.value) else None
    text = " ".join(without_lead(turn.text, "corrects_lead").split()).strip(" .!")
    led = text != " ".join(turn.text.split()).strip(" .!")
    old = str(known.value)
    if asks_something(turn) or _tells_else(turn, old) or not text or len(text.split()) > _MOST_WORDS:
        return None
    if _POSTCODE.search(text) and "," in text:
        return line("address", text[:MAX_TEXT])
    for found in (_POSTCODE.search(text), _NUMBERED.search(text)):
        new = _put_in(old, found) if found else None
        if new:
            return line("address", new[:MAX_TEXT])
    if led and _CAPITAL.search(text) and re.search(r"\d", text):
        # Which of it that takes the place of only the customer knows: sales sees both.
        return line("address", f"{old}; {text}"[:MAX_TEXT], "utter_line_address_corrected", before=old, part=text)
    return None


def _whole_address(turn: Turn) -> str | None:
    """A street with its number and its postcode: all of an address, whatever stands around it."""
    told = street_told(turn)
    return told if told and _POSTCODE.search(told) and _NUMBERED.search(told) else None


def _tells_else(turn: Turn, old: str) -> bool:
    """Whether values of something else are told: the five of «Pier 5» counts nothing where a pier stands in the address."""
    numbered = [each.span() for each in _NUMBERED.finditer(turn.text) if each["word"].casefold() in old.casefold()]
    return any(
        each["entity"] != "quantity" or not any(start <= each["start"] < end for start, end in numbered)
        for each in turn.said(*_OTHERS)
    )


def _put_in(old: str, part: re.Match[str]) -> str | None:
    """An address with a part of it anew; None when it has no such part."""
    if "number" not in part.re.groupindex:
        return _POSTCODE.sub(lambda _: part[0].strip(), old, count=1) if _POSTCODE.search(old) else None
    if pattern("number_words").fullmatch(part["word"]):
        houses = [each for each in _NUMBERED.finditer(old) if not _POSTCODE.match(old, each.start("number"))]
    else:
        houses = [each for each in _NUMBERED.finditer(old) if each["word"].casefold() == part["word"].casefold()]
    if len(houses) != 1:
        return None
    return old[: houses[0].start("number")] + part["number"] + old[houses[0].end("number") :]


ADDRESS = Question("address", read_address, words=True, any_statement=True)
