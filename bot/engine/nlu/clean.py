"""Sets aside what is not the message: mail headers, quoted lines, greeting, signature, disclaimers, invisible characters.

What is set aside becomes blanks, so that every offset in the cleaned text is one in the text as written. A signature's
name, company, address and telephone are kept as contact facts. The words stand in ``data/words/clean.yml``.
"""

import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.engine.nlu.contact_details import find_contact_details
from bot.engine.nlu.names import company_in, person_in
from bot.engine.nlu.reading import Reading, either, fold

WORDS = ROOT / "data" / "words" / "clean.yml"
#: Zero width, joiners, directions, soft hyphen, byte order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTED = re.compile(r"^[ \t]*(?:>|\|[ \t]).*$", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
#: A signature is short: so many lines, so many letters each.
_SIGNATURE_LINES, _SIGNATURE_LETTERS = 10, 90
#: What follows a sign-off within a line: a name and a firm, no more.
_INLINE_LETTERS = 80
_BODY_WORDS = 3
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Contact:
    """Who signed a message; what was not said is None."""

    name: str | None = None
    company: str | None = None
    email: str | None = None
    phone: str | None = None

    def __bool__(self) -> bool:
        return any((self.name, self.company, self.email, self.phone))


@dataclass(frozen=True)
class Cleaned:
    """``text`` is as long as the text given; ``signatures`` are the spans of what was signed."""

    text: str
    contact: Contact = field(default_factory=Contact)
    signatures: tuple[Span, ...] = ()


def clean(text: str) -> Cleaned:
    """The message without what came along with it; a message that is nothing else stays as it is."""
    text = _INVISIBLE.sub(lambda match: " " * len(match[0]), text)
    folded = fold(text)
    covered = _quotations(folded) + [match.span() for match in _QUOTED.finditer(folded)]
    body = _covered(folded, covered)
    covered += _disclaimers(body)
    body = _covered(folded, covered)
    signatures = _signatures(body, text)
    body = _covered(body, [*signatures, *_greeting(body)])
    covered += [*signatures, *_greeting(_covered(folded, [*covered, *signatures]))]
    if not _WORD.search(body):
        return Cleaned(text)
    contact = _contact([text[start:end] for start, end in signatures], _sender(folded, text))
    return Cleaned(_covered(text, covered), contact, tuple(signatures))


def _covered(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _quotations(folded: str) -> list[Span]:
    """Header lines; and the whole mail below them, when something was written above that does not point to it."""
    words = _patterns()
    blocks = [match for match in words["headers"].finditer(folded) if len(match[0].strip().split("\n")) > 1]
    spans = [match.span() for match in blocks]
    starts = [match.start() for match in blocks]
    for match in (*words["wrote"].finditer(folded), *words["original"].finditer(folded)):
        spans.append(match.span())
        starts.append(match.start())
    if starts:
        above = folded[: min(starts)]
        own = _covered(above, [match.span() for match in words["sign_off"].finditer(above)])
        if len(_WORD.findall(own)) >= _BODY_WORDS and not words["points"].search(above):
            return [(min(starts), len(folded))]
    return spans


def _greeting(body: str) -> list[Span]:
    """The first line, when it greets and says no more, and something follows."""
    match = _patterns()["greeting"].match(body)
    return [match.span()] if match and _WORD.search(body, match.end()) else []


def _disclaimers(body: str) -> list[Span]:
    found = []
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", body):
        phrase = _patterns()["disclaimer"].search(match[0])
        if phrase:
            line = match[0].rfind("\n", 0, phrase.start()) + 1
            sentence = max(line, match[0].rfind(". ", line, phrase.start()) + 1)
            found.append((match.start() + sentence, match.end()))
    return found


def _signatures(body: str, text: str) -> list[Span]:
    """From a sign-off to the end, a line the telephone added, and a block of name, firm and address at the end."""
    words = _patterns()
    spans = [match.span() for match in words["sent_from"].finditer(body)]
    body = _covered(body, spans)
    for match in words["sign_off"].finditer(body):
        after = words["afterthought"].search(body, match.end())
        end = after.start() if after else len(body)
        if _signed(match, body[:end]):
            return [*spans, (match.start("sign"), end)]
    end = len(body.rstrip())
    blank = [match.end() for match in _BLANK_LINE.finditer(body, 0, end)]
    if blank and _is_card(text[blank[-1] : end], body[blank[-1] : end]):
        return [*spans, (blank[-1], len(body))]
    return spans


def _signed(match: re.Match[str], body: str) -> bool:
    """Whether what follows a sign-off is a signature and not the rest of a message."""
    rest = body[match.end() :]
    if "?" in rest or not _WORD.search(body[: match.start("sign")]):
        return False
    lines = [line for line in rest.split("\n") if line.strip()]
    first_word = rest.strip()[:1]
    inline = rest.split("\n")[0]
    if not match["alone"] and inline.strip() and len(inline) > _INLINE_LETTERS:
        return False
    if match["alone"] and not first_word:
        return False
    return len(lines) <= _SIGNATURE_LINES and all(len(line) <= _SIGNATURE_LETTERS for line in lines)


def _is_card(block: str, folded: str) -> bool:
    """Whether a last paragraph is a name over a firm, an address or a telephone number."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if not 2 <= len(lines) <= _SIGNATURE_LINES or "?" in block or not person_in(lines[0]):
        return False
    details = list(find_contact_details(Reading(folded, dt.date.min, None)))
    return bool(details) or any(company_in(line) for line in lines[1:])


def _sender(folded: str, text: str) -> dict[str, str]:
    """Name and address of the From line of a pasted mail: «Fra: Siv Eide <siv@eide.example>».

    A mail below words of somebody's own is quoted, and its sender is another one.
    """
    found = _patterns()["sender"].match(folded)
    if found is None:
        return {}
    written, facts = text[found.start("who") : found.end("who")], {}
    for each in find_contact_details(Reading(written, dt.date.min, None)):
        if each.entity == "email":
            facts["email"] = each.value
    name = re.split(r"[<(\[]|\S+@", written)[0].strip(" \"'*,;")
    company = company_in(name)
    if company:
        facts["company"] = company
    elif person_in(name):
        facts["name"] = name
    return facts if "email" in facts else {}


def _contact(signatures: list[str], sender: dict[str, str]) -> Contact:
    """The facts in signatures, the first of each kind, and of the mail's sender what was not signed."""
    facts: dict[str, str] = {}
    for signature in signatures:
        for each in find_contact_details(Reading(signature, dt.date.min, None)):
            if each.entity in ("email", "phone"):
                facts.setdefault(each.entity, each.value)
        sign_off = _patterns()["signs"].match(fold(signature))
        signed = signature[sign_off.end() if sign_off else 0 :]
        if _patterns()["sent_from"].match(fold(signature)):
            continue
        for part in (part.strip() for part in re.split(r"[\n,|/•·]| [-–] ", signed)):
            company = company_in(part)
            if company:
                facts.setdefault("company", company)
            elif person_in(part):
                facts.setdefault("name", part.rstrip(". "))
    return Contact(**(sender | facts))


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, Any] = read_yaml(WORDS)
    headers = either([*words["headers"]["from"], *words["headers"]["other"]])
    line = rf"[ \t]*\*?(?:{headers})\*?[ \t]?:[^\n]*(?:\n|$)"
    signs = words["sign_offs"]
    return {
        "headers": re.compile(rf"(?:^{line})(?:{line}|[ \t]*\n(?={line}))*", re.M),
        "sender": re.compile(
            rf"\s*(?:{line.replace(headers, either(words['headers']['other']))})*[ \t]*\*?(?:{either(words['headers']['from'])})\*?[ \t]?:(?P<who>[^\n]*)"
        ),
        "wrote": re.compile(
            rf"^[ \t]*(?:{either(words['wrote_begins'])})(?!\w)[^\n]{{0,120}}(?:\n[^\n]{{0,80}})?"
            rf"(?<!\w)(?:{either(words['wrote'])})(?: [^\n:]{{0,60}})?:[ \t]*$",
            re.M,
        ),
        "original": re.compile(rf"^[-_ \t]*(?:{either(words['original'])})[-_: \t]*$", re.M),
        "points": re.compile(rf"(?<!\w)(?:{either(words['points'])})(?!\w)"),
        "greeting": re.compile(
            rf"\s*(?:{either(words['greetings'])})(?:[ \t]+[\w.&'-]+){{0,4}}[ \t]*[,!.:]*[ \t]*(?=\n)"
        ),
        "sign_off": re.compile(
            rf"(?:(?P<alone>^(?=[ \t]*(?:{either(signs['alone'])})[ ,.!]*$))|^|(?<=[.!?,)] )|(?<=\s)(?=(?:{either(signs['inside'])})(?!\w)))"
            rf"(?P<sign>[ \t]*(?(alone)(?:{either(signs['alone'])})|(?:{either(signs['anywhere'])}|--[ \t]*$)))(?!\w)[,.:! \t]*",
            re.M,
        ),
        "signs": re.compile(rf"[ \t]*(?:{either([*signs['alone'], *signs['anywhere']])}|--)(?!\w)[,.:! \t]*"),
        "afterthought": re.compile(rf"^[ \t]*(?:{either(words['afterthoughts'])})[ :.,]", re.M),
        "sent_from": re.compile(rf"^[ \t]*(?:{either(words['sent_from'])})[^\n]*$", re.M),
        "disclaimer": re.compile(either(words["disclaimers"])),
    }
