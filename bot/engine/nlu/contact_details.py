"""E-mail addresses and telephone numbers."""

import re
from collections.abc import Iterator

from bot.common.addresses import addresses_in
from bot.common.phones import normal
from bot.common.words import topic, whole
from bot.engine.nlu.reading import SILENT, Found, Reading

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\x00]+")
_GROUPING = r"[ .()/-]{0,2}"
_FOREIGN = re.compile(rf"(?<![\w+])(?:\+|00)[1-9][0-9]?(?:{_GROUPING}(?:\(0\))?[0-9]){{6,13}}(?![0-9])")
_CUED = re.compile(
    rf"(?<!\w)(?:{topic('contact_details.telephone')}|{topic('contact_details.call')}"
    rf"(?: {topic('contact_details.back')})?(?: {topic('contact_details.on')})?)"
    rf"(?: {topic('contact_details.is')})?[ .:]{{0,3}}(?P<number>\+?[0-9](?:{_GROUPING}[0-9]){{4,14}})(?![0-9])"
)
_NORWEGIAN = re.compile(
    rf"(?<![\w.,/-])(?<![0-9] )(?:[2-9][0-9] [0-9]{{2}} [0-9]{{2}} [0-9]{{2}}|"
    rf"[2-9][0-9]{{2}} [0-9]{{2}} [0-9]{{3}}|[49][0-9]{{7}})"
    rf"(?![\w/-]|[.,][0-9]| [0-9]| ?(?:{whole('contact_details.no_phone')}|,-))"
)
_ORGANISATION = re.compile(
    r"(?<!\w)(?:org(?:anisasjons)?\.? ?(?:nr|nummer|no)?|orgnr|vat(?: no| nr)?|mva(?: nr)?)[ .:]{1,3}(?:no ?)?[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?: ?mva)?(?!\w)"
)
_OTHER_NUMBER = re.compile(
    rf"(?<!\w){topic('contact_details.other')}[ -]?{topic('contact_details.number')}?[ .:#]{{0,3}}(?:er |is )?$"
)


def find_contact_details(reading: Reading) -> Iterator[Found]:
    """``email`` in lower case; ``phone`` in the spelling that numbers are compared by."""
    for each in addresses_in(reading.open):
        yield Found("email", each.value, each.start, each.end)
    for match in _URL.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
    if not any(char.isdigit() for char in reading.open):
        return
    for match in _ORGANISATION.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
    for match in _CUED.finditer(reading.open):
        yield Found("phone", normal(match["number"], reading.language), *match.span("number"))
    for pattern in (_FOREIGN, _NORWEGIAN):
        for match in pattern.finditer(reading.open):
            if _OTHER_NUMBER.search(reading.open, max(0, match.start() - 24), match.start()):
                continue
            yield Found("phone", normal(match[0], reading.language), *match.span())
