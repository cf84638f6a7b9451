"""E-mail addresses and telephone numbers."""

import re
from collections.abc import Iterator

from bot.engine.nlu.reading import SILENT, Found, Reading

_EMAIL = re.compile(
    r"(?<![\w.+'&-])(?P<user>[\w+][\w.+'&-]{0,63})(?:@| ?[(\[](?:at|krøllalfa|snabel-a|alfakrøll)[)\]] ?| (?:at|krøllalfa|alfakrøll) )"
    r"(?P<domain>[\w-]{1,63}(?:(?:\.|(?: (?:dot|punktum) ))[\w-]{1,63}){0,5}(?:\.| (?:dot|punktum) )[a-z]{2,24})(?![\w@-])"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\x00]+")
_GROUPING = r"[ .()/-]{0,2}"
_FOREIGN = re.compile(rf"(?<![\w+])(?:\+|00)[1-9][0-9]?(?:{_GROUPING}(?:\(0\))?[0-9]){{6,13}}(?![0-9])")
_CUED = re.compile(
    r"(?<!\w)(?:tlf|telefon(?:nummer|nr)?|mobil(?:nummer|nr)?|mob|phone(?: number)?|tel|cell|telephone|handy|telefonnummer(?:et)?|sms|"
    r"(?:ring|call|ring(?:e)? (?:meg|oss|til meg)|call (?:me|us)|nå(?:s)? (?:meg|oss)|reach (?:me|us)|anrufen)(?: (?:back|tilbake))?(?: (?:på|on|at|til|unter))?|"
    r"(?:nummeret mitt|mitt nummer|my number) (?:er|is))(?: (?:er|is|nr|no|ist|är))?[ .:]{0,3}"
    rf"(?P<number>\+?[0-9](?:{_GROUPING}[0-9]){{4,14}})(?![0-9])"
)
_NORWEGIAN = re.compile(
    r"(?<![\w.,/-])(?<![0-9] )(?:[2-9][0-9] [0-9]{2} [0-9]{2} [0-9]{2}|[2-9][0-9]{2} [0-9]{2} [0-9]{3}|[49][0-9]{7})"
    r"(?![\w/-]|[.,][0-9]| [0-9]| ?(?:stk|kg|kilo|mm|tonn|t\b|kr|pcs|stykk|nok|,-))"
)
_ORGANISATION = re.compile(
    r"(?<!\w)(?:org(?:anisasjons)?\.? ?(?:nr|nummer|no)?|orgnr|vat(?: no| nr)?|mva(?: nr)?)[ .:]{1,3}(?:no ?)?[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?: ?mva)?(?!\w)"
)
_OTHER_NUMBER = re.compile(
    r"(?<!\w)(?:po|p\.o\.|orders?|ordre|ordren|bestilling(?:en)?|bestellung|auftrag|charge|part|item|faktura|invoice|offer|tilbud|rfq|kunde|customer|artikkel|varenr|delenr|ordrenr|beställning)"
    r"[ -]?(?:nr|no|number|nummer)?[ .:#]{0,3}(?:er |is )?$"
)
_COUNTRY = {"da": "+45"}


def find_contact_details(reading: Reading) -> Iterator[Found]:
    """``email`` in lower case; ``phone`` as +4762410000, or as its digits when the country is not known."""
    for match in _EMAIL.finditer(reading.open):
        domain = re.sub(" (?:dot|punktum) ", ".", match["domain"])
        spelt = "@" not in match[0]
        if ".." not in match["user"] and not (spelt and "." not in match["domain"] and "(" not in match[0]):
            yield Found("email", f"{match['user']}@{domain}", *match.span())
    for match in _URL.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
    if not any(char.isdigit() for char in reading.open):
        return
    for match in _ORGANISATION.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
    for match in _CUED.finditer(reading.open):
        yield Found("phone", phone_number(match["number"], reading.language), *match.span("number"))
    for pattern in (_FOREIGN, _NORWEGIAN):
        for match in pattern.finditer(reading.open):
            if _OTHER_NUMBER.search(reading.open, max(0, match.start() - 24), match.start()):
                continue
            yield Found("phone", phone_number(match[0], reading.language), *match.span())


def phone_number(written: str, language: str) -> str:
    """One spelling of a telephone number: with country code when it was given or has Norway's eight digits."""
    international = written.lstrip().startswith(("+", "00"))
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if international:
        return "+" + (digits if written.lstrip().startswith("+") else digits[2:])
    return _COUNTRY.get(language, "+47") + digits if len(digits) == 8 else digits
