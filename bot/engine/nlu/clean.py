"""Sets aside what is not the message: mail headers, our own mail quoted, greeting, signature, disclaimers, invisible characters.

What is set aside becomes blanks, so that every offset in the cleaned text is one in the text as written. A signature's
name, company, address and telephone are kept as contact facts. What others wrote is read as if it were written here: of
its quotation only the marks are set aside. The words stand in ``data/words/clean.yml``.
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
FACTS = ROOT / "data" / "company" / "facts.yml"
#: Zero width, joiners, directions, soft hyphen, byte order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTED = re.compile(r"^(?P<mark>[ \t]*(?:(?:>[ \t]?)+|\|[ \t])).*$", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
#: A signature is short: so many lines, so many letters each.
_SIGNATURE_LINES, _SIGNATURE_LETTERS = 10, 90
#: What follows a sign-off within a line: a name and a firm, no more.
_INLINE_LETTERS = 80
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
    """``text`` is as long as the text given; ``signatures`` are the spans of what was signed.

    ``read`` is the text as written without the marks of a quotation, what leads to it, and a mail of our own.
    """

    text: str
    contact: Contact = field(default_factory=Contact)
    signatures: tuple[Span, ...] = ()
    read: str = ""


def clean(text: str) -> Cleaned:
    """The message without what came along with it; a message that is nothing else stays as it is."""
    text = _INVISIBLE.sub(lambda match: " " * len(match[0]), text)
    ours = [*_quoted_of_ours(fold(text)), *_ours_below(fold(text))]
    marks = [match.span("mark") for match in _QUOTED.finditer(text)]
    lead_ins = _lead_ins(_covered(fold(text), marks))
    text = _covered(text, [*marks, *lead_ins])
    read = _covered(text, [*ours, *_headers(fold(text))])
    folded = fold(text)
    covered = [*ours, *_headers(folded)]
    body = _covered(folded, covered)
    covered += _disclaimers(body)
    body = _covered(folded, covered)
    signatures = _signatures(body, text)
    body = _covered(body, [*signatures, *_greeting(body)])
    covered += [*signatures, *_greeting(_covered(folded, [*covered, *signatures]))]
    if not _WORD.search(body):
        return Cleaned(text, read=text)
    # Who signed what was written elsewhere does not write here.
    others = bool(marks) or bool(lead_ins)
    if others:
        read = _covered(read, signatures)
    contact = Contact() if others else _contact([text[start:end] for start, end in signatures], _sender(folded, text))
    return Cleaned(_covered(text, covered), contact, tuple(signatures), read)


def _covered(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _headers(folded: str) -> list[Span]:
    """Header lines of mails, and the lines that say who wrote what follows."""
    words = _patterns()
    blocks = [match.span() for match in words["headers"].finditer(folded) if len(match[0].strip().split("\n")) > 1]
    return [*blocks, *(match.span() for name in ("wrote", "original") for match in words[name].finditer(folded))]


def _ours_below(folded: str) -> list[Span]:
    """A mail of our own, below words of the customer's that do not point to it."""
    starts = sorted(start for start, _ in _headers(folded))
    if not starts:
        return []
    words, above = _patterns(), folded[: starts[0]]
    own = _covered(above, [match.span() for match in words["sign_off"].finditer(above)])
    said = _WORD.search(own) and not words["points"].search(above)
    return [(starts[0], len(folded))] if said and _by_us(folded, starts[0]) else []


def _by_us(folded: str, start: int) -> bool:
    """Whether the mail that begins there is one of ours: by who sent it, else by how it speaks."""
    words = _patterns()
    wrote, sender = words["wrote"].match(folded, start), words["sender"].match(folded, start)
    who = wrote[0] if wrote else sender["who"] if sender else ""
    return bool(words["us"].search(who)) if who.strip() else bool(words["our_voice"].search(folded, start))


def _quoted_of_ours(folded: str) -> list[Span]:
    """Quoted lines that nobody else can have written, beside words of the customer's: our questions and offers."""
    lines = list(_QUOTED.finditer(folded))
    if not lines or not _WORD.search(_covered(folded, [each.span() for each in lines])):
        return []
    named = any(_patterns()[name].search(folded) for name in ("wrote", "original"))
    ours = [each for each in lines if each[0].rstrip().endswith("?") or _patterns()["our_voice"].search(each[0])]
    return [each.span() for each in lines] if len(ours) == len(lines) and not named else []


def _lead_ins(folded: str) -> list[Span]:
    """A line that only says that what follows was written elsewhere: «from my boss:», «limer inn mailen»."""
    found = []
    for match in _patterns()["lead_in"].finditer(folded):
        if _WORD.search(folded, match.end()):
            found.append(match.span())
    return found


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


def _our_names() -> list[str]:
    """What we are called in the company's facts, and where our mail comes from."""
    facts = read_yaml(FACTS)["facts"]
    name, email = str(facts["name"]["value"]), str(facts["email"]["value"])
    return [fold(" ".join(name.split()[:2])), email.partition("@")[2]]


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
        "us": re.compile(either([*_our_names(), *words["us"]])),
        "our_voice": re.compile(rf"(?<!\w)(?:{either(words['our_voice'])})(?!\w)"),
        "lead_in": re.compile(
            rf"^[ \t]*(?:[^\n.!?:]{{0,40}}(?<!\w))?(?:{either(words['leads_in'])})(?!\w)[^\n.!?:]{{0,40}}(?::[ \t]*|[.!?]*[ \t]*\n)",
            re.M,
        ),
    }
