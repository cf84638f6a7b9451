"""Finding an order or customer number, an e-mail address and a one-time code in what a customer types."""

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.production.contacts import HOUSE, ORDER_FIGURES
from bot.common.addresses import INVISIBLE, address_in, read_address
from bot.common.data_file import read_yaml
from bot.common.replies import replies

WORDS = Path(__file__).with_name("proof_words.yml")
LONGEST_REFERENCE = 40
#: A longer message is no answer with a code in it.
LONGEST_CODE_MESSAGE = 160
_UNSEEN = str.maketrans("", "", INVISIBLE)
_ORDER = re.compile(r"(?<![\w-])s\s?[o0]\s?[-.:#]?\s?(?P<number>[0-9](?: ?[0-9]){3,6})(?![0-9])", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,-])#?(?P<number>[0-9]{4,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?![\w-]|[.,][0-9])")
#: A number of as many figures as ours, which needs no word before it; not a rounded sum, and not within an address.
_SHAPED = re.compile(r"(?<![\w.,@/+-])#?(?P<number>" + ORDER_FIGURES + r")(?![\w@/-]|[.,:][0-9])")
_PLACE = re.compile(r"\s+[^\W\d_a-zæøåäöü]")
_TOKEN = re.compile(r"(?<![\w@.-])(?=[\w/.-]*[0-9][\w/.-]*[0-9])[A-Za-zÆØÅæøå0-9][\w/.-]{1,38}[\w]")
_CODE = re.compile(r"(?<![\w@.,/-])(?<![0-9] )[0-9](?:[ -]?[0-9]){5}(?![\w@/-]|[.,][0-9]| ?[0-9])")
#: A number that can be rung, in groups or in one: never a code, nor the number of an order.
_PHONE = re.compile(r"(?<![\w@.,-])\+?[0-9](?:[ ()./-]{0,2}[0-9]){7,14}(?![\w@-])")
#: Between pieces of a message; a code in a sentence about something else is none.
_PIECE_END = re.compile(r"[.,;:!?](?=\s|$)")
_ALMOST = re.compile(r"\s*[0-9](?:[ -]?[0-9]){4,6}[\s.]*")
_DOMAIN = re.compile(r"(?<![\w.@-])@?((?:[^\W_][\w-]*\.)+[^\W\d_]{2,24})(?![\w-])")
_NEXT_WORD = re.compile(r"\s?([^\W\d_]+|[%€])")


_OWN = re.compile(r"SO-[0-9]{4,7}|C-[0-9]{4,6}")
#: An order number has at least so many figures: fewer are only its end.
FIGURES = 4
#: Longer messages are about something else than a code that did not come.
SHORT = 10
#: So many words stand between a word of sending and the code in a longer message.
BETWEEN = 4
#: Between «don't know» and «the number» stand no more words.
_BESIDE_NUMBER = 6


@dataclass(frozen=True)
class Pair:
    """What a message held of the two things asked for. ``alone``: it held nothing else; ``rest``: it without the address.

    ``sure``: the reference has the shape of one of our numbers, with or without its letters, or is called one.
    """

    reference: str | None
    email: str | None
    alone: bool
    sure: bool = False
    rest: str = ""
    #: The number has our letters or is called one: no figures of anything else.
    named: bool = False

    @property
    def slip(self) -> bool:
        """Whether it says that something told before was not right."""
        return corrects(self.rest)


@dataclass(frozen=True)
class Code:
    """Six digits, and what was said beside them."""

    digits: str
    rest: str = ""


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = read_yaml(WORDS)
    return {name: frozenset(words) for name, words in found.items()}


def plain(text: str) -> str:
    """Text as typed, with one kind of blank and digit, and nothing that cannot be seen."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_UNSEEN).split())


def is_stop(text: str) -> bool:
    """Whether the customer calls it off."""
    return plain(text).casefold().strip(" .!") in _words()["stop"]


def wants_proof(text: str) -> bool:
    """Whether a message is the button that begins the proof, typed, or says the same in a few words."""
    said = _said(text)
    return len(said) <= SHORT and any(_left(said, _said(phrase)) for phrase in (*_titles(), *_words()["show"]))


@functools.lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """The button in every language it is written in."""
    return frozenset(replies().render(language, "utter_choice_identify") for language in replies().languages)


_YEAR = re.compile("(?:19|20)[0-9]{2}")


def find_pair(text: str) -> Pair:
    """Order or customer number and address in a message, in either order, with words around them."""
    said, email = _take_email(plain(text))
    phone = _phone_in(said)
    left, reference, sure = _take_reference(_without(said, phone) if phone else said)
    own = reference is not None and _OWN.fullmatch(reference) is not None
    named = own or (reference is not None and any(_is_named(said, at) for at in _starts(said, reference)))
    if reference and email and not (own or sure or named) and _YEAR.fullmatch(reference):
        # «Customers since 2009. kari@...»
        reference = None
    return Pair(reference, email, _nothing_else(left), own or sure, " ".join(said.split()), named)


def _starts(text: str, reference: str) -> list[int]:
    """Where a reference may begin in a text that holds it."""
    return [each.start() for each in _BARE.finditer(text) if each["number"].replace(" ", "") == reference]


def asks_again(text: str) -> bool:
    """Whether a customer who waits for a code says that none came, or wants another."""
    said = _said(text)
    words = _words()
    if len(said) > SHORT:
        return False
    if words["code"].intersection(said) and words["missing"].intersection(said):
        return True
    return any(_left(said, phrase.split()) for phrase in words["again"])


def wants_code(text: str) -> bool:
    """Whether a few words ask for a code: «ok, send kode da»; in a longer message with hardly a word between."""
    said = _said(text)
    words = _words()
    if len(said) > SHORT:
        return _sends_code(said)
    # «Do I need a code?» asks for none.
    verbs = words["sends"] if "?" in text else words["sends"] | words["needs"]
    asked = words["only_code"].intersection(said) and verbs.intersection(said)
    return bool(asked) and len(said) <= SHORT and not words["which"].intersection(said)


def _sends_code(said: Sequence[str]) -> bool:
    """«... you can send me a code then I have it»: a word of sending, the code, and nothing but small words between."""
    words = _words()
    for at, each in enumerate(said):
        if each in words["only_code"]:
            before = said[max(0, at - BETWEEN) : at]
            sends = [place for place, word in enumerate(before) if word in words["sends"]]
            if sends and all(word in words["filler"] for word in before[sends[-1] + 1 :]):
                return True
    return False


def asks_which_code(text: str) -> bool:
    """Whether a few words ask what the code is, or where it is found."""
    said = _said(text)
    return len(said) <= SHORT and all(_words()[each].intersection(said) for each in ("which", "only_code"))


def names_other_address(text: str) -> bool:
    """Whether a few words want the other of the addresses to be used, without telling one."""
    said, words = _said(text), _words()
    # Goods have an address too.
    place = words["address"].intersection(said) and tries(text)
    named = place or words["mail"].intersection(said)
    return bool(named and words["other"].intersection(said)) and len(said) <= SHORT


def tries(text: str) -> bool:
    """Whether a short message proposes what it tells: «kan dere prøve kari@...?», «it must be kari@...»."""
    said = _said(text)
    return len(said) <= 2 * SHORT and any(_places(said, each.split()) for each in _words()["tries"])


def corrects(text: str) -> bool:
    """Whether a short message that asks nothing says that something told before was not right."""
    said = _said(text)
    return "?" not in text and len(said) <= 2 * SHORT and not _words()["corrects"].isdisjoint(said)


def corrected_domain(text: str, email: str) -> str | None:
    """The address with the domain that a correction tells: «wrong, it should be fjellvik-pumper.example»."""
    found = list(_DOMAIN.finditer(plain(text)))
    local = email.partition("@")[0]
    return read_address(f"{local}@{found[0][1]}") if len(found) == 1 and corrects(text) else None


def corrected_ending(text: str, reference: str | None) -> str | None:
    """The number with the last figures that a correction tells: «sorry, the one ending 18»."""
    said = _said(text)
    places = [at + len(each.split()) for each in _words()["ending"] for at in _places(said, each.split())]
    figures = next((said[at] for at in places if at < len(said) and said[at].isdigit()), "")
    if not reference or not figures or len(figures) >= FIGURES or not corrects(text):
        return None
    return reference[: -len(figures)] + figures


def cannot(text: str) -> bool:
    """Whether somebody cannot get at the mail that the code goes to: «her mailbox is closed», «den går til sjefen»."""
    said = _said(text)
    # «Can you get a code through to the office?» asks.
    return len(said) <= 5 * SHORT and any(_places(said, each.split()) for each in _words()["cannot"])


def lacks_number(text: str) -> bool:
    """Whether somebody says that they do not know or have the number: «vet ikke ordrenummeret», «I haven't got the number here»."""
    said, words = _said(text), _words()
    numbers = [at for at, word in enumerate(said) if word in words["number_named"]]
    lacking = [at for phrase in words["lacking"] for at in _places(said, phrase.split())]
    return any(abs(one - other) <= _BESIDE_NUMBER for one in numbers for other in lacking)


def has_phone(text: str) -> bool:
    """Whether a number that can be rung stands in a message."""
    return _phone_in(plain(text)) is not None


def _phone_in(text: str) -> re.Match[str] | None:
    for found in _PHONE.finditer(text):
        # «30417 30418» are two of ours, and what is called a number of theirs is one.
        ours = all(re.fullmatch(ORDER_FIGURES, each) for each in found[0].split())
        if not ours and not _is_named(text, found.start()):
            return found
    return None


def resists(text: str) -> bool:
    """Whether somebody does not see why they have to prove who they are: «I own the place»."""
    said = _said(text)
    return len(said) <= 3 * SHORT and any(_places(said, each.split()) for each in _words()["resists"])


def calls_address_wrong(text: str) -> bool:
    """Whether a message says that the address was wrong, without another."""
    said = _said(text)
    return len(said) <= SHORT and any(_places(said, phrase.split()) for phrase in _words()["wrong_address"])


def _said(text: str) -> list[str]:
    """The words of a message, «didn't» as one."""
    return re.findall(r"[^\W_](?:[\w-]|['’](?=\w))*", plain(text).casefold().replace("’", "'"))


def _places(said: list[str], phrase: list[str]) -> list[int]:
    return [at for at in range(len(said) - len(phrase) + 1) if said[at : at + len(phrase)] == phrase]


def _left(said: list[str], phrase: list[str]) -> bool:
    """Whether a phrase stands in a message with nothing of weight beside it."""
    light = _words()["filler"]
    return any(all(word in light for word in (*said[:at], *said[at + len(phrase) :])) for at in _places(said, phrase))


def _nothing_else(text: str) -> bool:
    words = re.findall(r"[^\W_][\w-]*", text.casefold())
    return "?" not in text and all(word in _words()["around"] for word in words)


def find_code(text: str) -> Code | None:
    """The six digits of a message; of one that is nothing but five to seven digits those, as a code mistyped.

    With more beside them they stand in a piece of their own, or are called a code: «000000? ring meg på 46 50 21 18» tells none.
    """
    text = plain(text)
    if len(text) > LONGEST_CODE_MESSAGE:
        return None
    codes = [match for match in _CODE.finditer(text) if not _is_amount(text, match.end())]
    if len(codes) == 1:
        rest = " ".join(_without(text, codes[0]).split()).strip(" ,;")
        code = Code(re.sub("[ -]", "", codes[0][0]), "" if _nothing_else(rest) else rest)
        return code if not code.rest or _is_told(text, codes[0]) else None
    return Code(re.sub(r"[^0-9]", "", text)) if _ALMOST.fullmatch(text) else None


def _is_told(text: str, code: re.Match[str]) -> bool:
    """Whether digits with more beside them are told as a code: nothing of weight before them in their piece, and no figures made up."""
    if len(set(re.sub(r"\D", "", code[0]))) == 1 or _phone_in(text):
        return False
    before = _PIECE_END.split(text[: code.start()])[-1]
    return _nothing_else(before) or bool(_words()["only_code"].intersection(_said(before)[-2:]))


def _is_amount(text: str, end: int) -> bool:
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1].casefold() in _words()["units"]


def _take_email(text: str) -> tuple[str, str | None]:
    found = address_in(text)
    return (f"{text[: found.start]} {text[found.end :]}", found.value) if found else (text, None)


def _take_reference(text: str) -> tuple[str, str | None, bool]:
    """Our own order number first, then what is called a number, what looks like ours, any bare number, any code; and whether it is surely one."""
    if found := _ORDER.search(text):
        return _without(text, found), "SO-" + found["number"].replace(" ", ""), True
    bare = list(_BARE.finditer(text))
    sure = [each for each in bare if _is_named(text, each.start())] or [
        each for each in _SHAPED.finditer(text) if not _is_amount(text, each.end()) and not _in_address(text, each)
    ]
    for found in (*sure, *bare):
        return _without(text, found), found["number"].replace(" ", ""), bool(sure)
    if found := _TOKEN.search(text):
        return _without(text, found), found[0].upper()[:LONGEST_REFERENCE], _is_named(text, found.start())
    return text, None, False


def looks_ours(reference: str | None) -> bool:
    """Whether a reference is an order number of ours, or has as many figures."""
    return reference is not None and (_ORDER.fullmatch(reference) or _SHAPED.fullmatch(reference)) is not None


def _in_address(text: str, found: re.Match[str]) -> bool:
    return _PLACE.match(text, found.end()) is not None and HOUSE.search(text[: found.start()]) is not None


def _is_named(text: str, start: int) -> bool:
    """Whether one of the words just before a number says that it is a customer's."""
    return bool(_words()["numbers"].intersection(_said(text[:start])[-4:]))


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
