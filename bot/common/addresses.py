"""E-mail addresses: found in a text, checked, compared, and written as mail servers want them. The one home of all that.

An address is taken whole or not at all: part of one is somebody else's. What the rules of mail allow is
``email-validator``'s to say; what a customer may have written around it is ours.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

WORDS = ROOT / "data" / "words" / "addresses.yml"
#: No address is longer; the local part of one, and what may stand behind the last dot at least.
LONGEST, LONGEST_LOCAL, SHORTEST_ENDING = 254, 64, 2
#: Signs that nobody sees, which copying puts into addresses and numbers.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SAME = str.maketrans({**dict.fromkeys("’‘´`′", "'"), "＠": "@", "﹫": "@", "‑": "-", "‐": "-"})
_SIGNS = r"\w.!#$%&'*+/=?^{|}~\u0300-\u036f-" + INVISIBLE
_INSIDE = rf"[\w\u0300-\u036f{INVISIBLE}-]"
_LABEL = rf"(?!_){_INSIDE}{_INSIDE}{{0,62}}(?<![_-])"
#: What stands around one «@» without a blank, and the domain at the beginning of what follows it.
_RUN = re.compile(rf"(?<![{_SIGNS}])[{_SIGNS}]{{0,200}}(?:@[{_SIGNS}]{{0,260}})+")
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,10}}")
_GOES_ON = re.compile(rf"@|{_INSIDE}*[^\W_]|\.[^\W_]")
#: Signs that stand in front of an address rather than in one, and those that part it from something else.
_IN_FRONT = ".!#$%&'*/=?^{|}~-" + INVISIBLE
_PARTS = re.compile(r"[/|=?{}*]")
_BEFORE = re.compile(r"(?:^|[\n:;,(<\[\"«])[ \t]*$")


@dataclass(frozen=True)
class Address:
    """An address in a text: where it stands, and how it is kept. Case of the local part is the customer's own."""

    value: str
    start: int
    end: int


def addresses_in(text: str) -> list[Address]:
    """The whole addresses of a text, in its order; what cannot be mailed to, or is cut off, is none."""
    same = text.translate(_SAME)
    found = list(_tight(same)) if "@" in same else []
    taken = [(each.start, each.end) for each in found]
    for each in _loose(same):
        if not any(start < each.end and each.start < end for start, end in taken):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def address_in(text: str) -> Address | None:
    """The first address of a text."""
    return next(iter(addresses_in(text)), None)


def read_address(text: str) -> str | None:
    """An address that is all of a text, as it is kept; None for anything else."""
    return _checked(text.translate(_SAME).strip()) if len(text) <= LONGEST + 20 else None


def same_address(address: str) -> str:
    """What two spellings of one address have in common, to compare and look up by."""
    return (read_address(address) or unicodedata.normalize("NFC", address).strip()).lower()


def spellings(address: str) -> frozenset[str]:
    """Under what an address may be kept elsewhere, in lower case: its domain in letters, and as servers write it."""
    return frozenset({same_address(address), for_servers(same_address(address)), address.strip().lower()})


def for_servers(address: str) -> str:
    """The address with its domain in ASCII, as a mail server wants it; the local part stays."""
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return f"{checked.local_part}@{checked.ascii_domain}"


def _tight(text: str) -> Iterator[Address]:
    """Addresses written without blanks, each with nothing cut off: «sean.o'brien@», «r&d@», «kåre@støperi.example»."""
    for run in _RUN.finditer(text):
        at = run.start()
        for sign in re.finditer("@", run[0]):
            middle = run.start() + sign.start()
            domain = _DOMAIN.match(text, middle + 1)
            if domain and middle >= at and not _GOES_ON.match(text, domain.end()):
                start = _start(text, at, middle)
                if start is not None and text[start] == "_" == text[domain.end() : domain.end() + 1]:
                    start += 1  # _leaning letters_
                value = _checked(text[start : domain.end()]) if start is not None else None
                if value and start is not None:
                    yield Address(value, start, domain.end())
            at = domain.end() if domain else middle + 1


def _start(text: str, start: int, sign: int) -> int | None:
    """Where the address begins whose local part ends at its sign; None where that cannot be told."""
    if start and text[start - 1] in '"\\':
        return None
    local = text[start:sign]
    begin = start + len(local) - len(local.lstrip(_IN_FRONT))
    parts = list(_PARTS.finditer(text, begin, sign))
    if not parts:
        return begin
    # «post/mail=kari@...», «30418/kari@...», «kari@.../per@...»: a word for an address, a number or another one.
    ahead = text[begin : parts[-1].start()]
    parted = _ends_in_word_ahead(ahead) or "@" in ahead or not re.search(r"[^\W\d_]", ahead)
    return parts[-1].end() if parted else None


def _loose(text: str) -> Iterator[Address]:
    """Addresses with blanks or words for their signs: «kari @ pumpe . example», «kari krøllalfa pumpe punktum example»."""
    folded = text.lower() if len(text.lower()) == len(text) else text
    patterns = _patterns()
    if not patterns["sign"].search(folded):
        return
    for found in patterns["loose"].finditer(folded):
        user, said = patterns["dot"].sub(".", found["user"]), found["at"].strip()
        dots_said = bool(patterns["dot"].search(found["domain"]))
        bare = patterns["at"].fullmatch(said) is not None
        alone = _stands_alone(text[: found.start()])
        if bare and not (dots_said and alone):
            continue
        if said == "@" and not (dots_said or alone or "." in user):
            continue
        domain = re.sub(r"\s", "", patterns["dot"].sub(".", found["domain"]))
        front = len(user) - len(user.lstrip(_IN_FRONT))
        start = found.start() + front
        value = _checked(f"{user[front:]}@{domain}")
        if value and not _PARTS.search(value):
            yield Address(value, start, found.end())


def _stands_alone(before: str) -> bool:
    return _BEFORE.search(before) is not None or _ends_in_word_ahead(before)


def _ends_in_word_ahead(text: str) -> bool:
    return _patterns()["ahead"].search(text.lower()) is not None


def _checked(written: str) -> str | None:
    """An address as it is kept, when mail can go there."""
    bare = "".join(sign for sign in written if sign not in INVISIBLE)
    try:
        checked = validate_email(bare, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    ending = checked.domain.rpartition(".")[2]
    short = len(checked.normalized) <= LONGEST and len(checked.local_part or "") <= LONGEST_LOCAL
    return checked.normalized if short and len(ending) >= SHORTEST_ENDING else None


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = read_yaml(WORDS)
    sign, at, dot, ahead = (
        "|".join(sorted(map(re.escape, words[kind]), key=len, reverse=True)) for kind in ("sign", "at", "dot", "ahead")
    )
    # A blank before a dot or a word for it; behind a dot alone a new sentence begins.
    joint = rf"\.|\s{{1,2}}\.\s?|\s(?:{dot})\s|\s?[(\[]\s?(?:{dot}|\.)\s?[)\]]\s?"
    between = (
        rf"\s{{1,2}}@\s{{0,2}}|@\s{{1,2}}|@|\s(?:{sign}|{at})\s|\s?[(\[]\s?(?:{sign}|{at}|@)\s?[)\]]\s?|[(\[]a[)\]]"
    )
    dots = rf"\s(?:{dot})\s|\s?[(\[]\s?(?:{dot}|\.)\s?[)\]]\s?"
    return {
        "sign": re.compile(rf"@|[(\[]\s?(?:{at}|a)\s?[)\]]|\s(?:{sign}|{at})\s|[(\[]\s?(?:{sign})"),
        "loose": re.compile(
            rf"(?<![{_SIGNS}@])(?P<user>[{_SIGNS}]{{1,64}}(?:(?:{dots})[{_SIGNS}]{{1,64}}){{0,3}})(?P<at>{between})"
            rf"(?P<domain>{_LABEL}(?:(?:{joint}){_LABEL}){{1,6}})(?![\w@-])"
        ),
        "dot": re.compile(dots),
        "ahead": re.compile(rf"(?<!\w)(?:{ahead})[ \t]*[:.=]?[ \t]*$"),
        "at": re.compile(at),
    }
