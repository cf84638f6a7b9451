"""Sets aside what is not the message: mail headers, our own mail quoted, greeting, signature, disclaimers, invisible characters.

What is set aside becomes blanks, so that every offset in the cleaned text is one in the text as written. A signature's
name, company, address and telephone are kept as contact facts. What others wrote is read as if it were written here: of
its quotation only the marks are set aside. The words stand in ``data/words/clean.yml``.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.phones import normal
from bot.common.settings import ROOT
from bot.common.words import either
from bot.engine.nlu.contact_details import find_contact_details
from bot.engine.nlu.names import company_in, person_in
from bot.engine.nlu.reading import Reading, fold, key

WORDS = ROOT / "data" / "words" / "clean.yml"
FACTS = ROOT / "data" / "company" / "facts.yml"
#: Zero width, joiners, directions, soft hyphen, byte order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTED = re.compile(r"^(?P<mark>[ \t]*(?:(?:>[ \t]?)+|\|[ \t](?=[^|\n]*$))).*$", re.M)
#: A line drawn between mails.
_RULE = re.compile(r"^[ \t]*[_=*~-]{5,}[ \t]*$", re.M)
#: A break behind a long line that ends in a word or a comma, before one that begins in a small letter.
_WRAPPED = re.compile(r"(?<=[^\n]{45}[\w,)])\n(?= {0,4}(?:[a-zæøåäöüß][^\W\d_]|[(])(?![^\n]{0,30}:))")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
#: A signature is short: so many lines, so many letters each.
_SIGNATURE_LINES, _SIGNATURE_LETTERS = 16, 120
#: What follows a sign-off within a line: a name and a firm, no more.
_INLINE_LETTERS = 80
_WORD = re.compile(r"[^\W_]+")
#: «Pumps, Inc.» is one firm.
_OF_FIRM = re.compile(r",(?= (?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|Limited|GmbH)\b)")
#: A number that may be a telephone's, alone or behind a word or a letter for it.
_PHONE = re.compile(
    r"(?:^|(?<=[\s|,·•:/.]))(?P<number>(?:\+|00)?\(?[0-9](?:[ ()/.-]{0,3}[0-9]){6,14})(?![\w@]|[.,/-][0-9])", re.M
)
#: The country before a tax number.
_COUNTRY = re.compile(r"(?<!\w)(?:no|se|dk|de|gb|nl|fi)[ -]?$")
_LEAST_DIGITS, _LEAST_FIRM = 7, 5

Span = tuple[int, int]


@dataclass(frozen=True)
class Contact:
    """Who signed a message; what was not said is None."""

    name: str | None = None
    company: str | None = None
    email: str | None = None
    phone: str | None = None

    def with_more(self, other: "Contact") -> "Contact":
        """With what the same person has told elsewhere."""
        if self.name and other.name and not other.name.startswith(self.name):
            return self
        return Contact(*(one or two for one, two in zip(astuple(self), astuple(other), strict=True)))

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

    def without(self, spans: Sequence[Span]) -> "Cleaned":
        """The same with these stretches set aside too."""
        return replace(self, text=_covered(self.text, spans), read=_covered(self.read, spans))

    def unwrapped(self) -> "Cleaned":
        """The same with the lines joined that a mail program has broken in the midst of a sentence."""
        return replace(self, text=_WRAPPED.sub(" ", self.text), read=_WRAPPED.sub(" ", self.read))


@dataclass(frozen=True)
class _Mail:
    """A stretch of a message that one person wrote: what leads to it (headers, «On Monday Kari wrote:»), and its words."""

    header: Span
    spans: tuple[Span, ...]

    def alone(self, text: str) -> str:
        """The text with everything else covered."""
        outside, at = [], 0
        for start, end in self.spans:
            outside.append((at, start))
            at = end
        return _covered(text, [*outside, (at, len(text))])


def clean(text: str) -> Cleaned:
    """The message without what came along with it; a message that is nothing else stays as it is."""
    text = _INVISIBLE.sub(lambda match: " " * len(match[0]), text)
    quoted = list(_QUOTED.finditer(text))
    marks = [match.span("mark") for match in quoted]
    lead_ins = _lead_ins(_covered(fold(text), marks))
    text = _covered(text, [*marks, *lead_ins])
    folded = fold(text)
    headers = _headers(folded)
    covered: list[Span] = [*headers, *(match.span() for match in _RULE.finditer(text))]
    mails = _mails(folded, headers, [match.span() for match in quoted])
    left_out = _left_out(text, mails, bool(lead_ins))
    covered += [span for mail in left_out for span in mail.spans]
    covered += _disclaimers(_covered(folded, covered))
    read, signatures, contact = _covered(text, covered), list[Span](), Contact()
    for mail in [each for each in mails if each not in left_out]:
        body = mail.alone(_covered(folded, covered))
        signed = _signatures(body, mail.alone(text))
        greeting = _greeting(_covered(body, signed))
        signatures += signed
        covered += [*signed, *greeting]
        below = _contact([text[start:end] for start, end in signed], _sender(folded, text, mail.header))
        contact = contact.with_more(below)
    if not _WORD.search(_covered(folded, covered)):
        return Cleaned(text, read=text)
    if lead_ins and mails[0] not in left_out:
        # Who signed what was written elsewhere does not write here.
        contact = Contact()
    if lead_ins or contact.name:
        read = _covered(read, signatures)
    read = _covered(read, [match.span() for match in _patterns()["sent_from"].finditer(fold(read))])
    return Cleaned(_covered(text, covered), contact, tuple(signatures), read)


def _mails(folded: str, headers: Sequence[Span], quoted: Sequence[Span]) -> list[_Mail]:
    """What the customer wrote here, then the mails below it, the newest first."""
    starts = sorted(headers)
    if not starts:
        own = _between_spans(len(folded), quoted)
        return [_Mail((0, 0), tuple(own)), *([_Mail(quoted[0][:1] * 2, tuple(quoted))] if quoted else [])]
    below = [
        _Mail(header, ((header[1], after),))
        for header, after in zip(starts, [*(start for start, _ in starts[1:]), len(folded)], strict=True)
    ]
    own = [(0, starts[0][0])]
    if quoted:
        # An answer may stand below what it quotes.
        own = [(start, end) for start, end in _between_spans(len(folded), [*quoted, *headers])]
        inside = [any(start <= header[0] < end for start, end in quoted) for header in starts]
        if any(inside) or _inside_of(below[-1], quoted):
            below = [_Mail(each.header, tuple(_common(each.spans, quoted))) for each in below]
        else:
            own = [(0, starts[0][0])]
    return [_Mail((0, 0), tuple(own)), *(each for each in below if each.spans)]


def _inside_of(mail: _Mail, quoted: Sequence[Span]) -> bool:
    return bool(_common(mail.spans, quoted))


def _common(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    found = [(max(a, c), min(b, d)) for a, b in spans for c, d in others]
    return [(start, end) for start, end in found if start < end]


def _between_spans(length: int, spans: Sequence[Span]) -> list[Span]:
    """What lies outside of spans."""
    found, at = [], 0
    for start, end in sorted(spans):
        if at < start:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, length)] if at < length else found


def _left_out(text: str, mails: Sequence[_Mail], led: bool) -> list[_Mail]:
    """The mails that are no part of the request: ours, and older ones than the one that tells its figures.

    ``led``: the customer says that what follows was written elsewhere, and so is the matter.
    """
    words, told, out = _patterns(), False, list[_Mail]()
    for at, mail in enumerate(mails):
        body = _said_in(mail.alone(text))
        others = [each for each in mails if each is not mail and each not in out]
        if not _WORD.search(body) and not (not at and _by_us(text, mail, body, at)):
            # Nothing but a greeting and a name: the header says whose the next one is.
            continue
        beside = any(_WORD.search(_said_in(each.alone(text))) for each in others)
        if beside and (_by_us(text, mail, body, at) or (told and not led)):
            out.append(mail)
            continue
        refers = words["points"].search(body) or words["of_line"].search(body)
        told = told or bool(re.search(r"\d", body) and not refers)
    return out


def _said_in(written: str) -> str:
    """The words of a mail, folded, without greeting and signature."""
    body = _covered(fold(written), _disclaimers(fold(written)))
    body = _covered(body, _signatures(body, written))
    return _covered(body, _greeting(body))


def _covered(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _headers(folded: str) -> list[Span]:
    """Header lines of mails, and the lines that say who wrote what follows."""
    words = _patterns()
    found = list(words["headers"].finditer(folded))
    blocks = [
        match.span() for match in found if len(match[0].strip().split("\n")) > 1 or not folded[: match.start()].strip()
    ]
    return [*blocks, *(match.span() for name in ("wrote", "original") for match in words[name].finditer(folded))]


def _by_us(text: str, mail: _Mail, body: str, at: int) -> bool:
    """Whether a mail is one of ours: by who sent or signed it, else by how it speaks, or as nothing but our questions."""
    words, folded = _patterns(), fold(text)
    alone = mail.alone(folded)
    if not at:
        # A colleague of ours hands on what a customer wrote.
        signed = _signatures(alone, mail.alone(text))
        return bool(words["us"].search(_covered(alone, _between_spans(len(alone), signed))))
    wrote, sender = words["wrote"].match(folded, mail.header[0]), words["sender"].match(folded, mail.header[0])
    who = wrote[0] if wrote else sender["who"] if sender else ""
    if who.strip():
        return bool(words["us"].search(who))
    asked = [line for line in body.splitlines() if line.strip()]
    questions = not any(mail.header) and all(line.rstrip().endswith("?") for line in asked)
    return questions or bool(words["our_voice"].search(alone))


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
    if match is None or not _WORD.search(body, match.end()):
        return []
    return [(match.start() + len(match[0]) - len(match[0].lstrip()), match.end())]


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
        end = after.start() if after else len(body.rstrip())
        if _signed(match, body[:end]):
            return [*spans, (match.start("sign"), end)]
    end = len(body.rstrip())
    blank = [match.end() for match in _BLANK_LINE.finditer(body, 0, end)]
    if blank and _is_card(text[blank[-1] : end], body[blank[-1] : end]):
        return [*spans, (blank[-1], end)]
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


def _sender(folded: str, text: str, header: Span) -> dict[str, str]:
    """Name and address of the From line of a mail, or of «On Monday Siv Eide <siv@eide.example> wrote:»; never ours."""
    found = _patterns()["sender"].match(folded, *header) or _patterns()["wrote"].match(folded, *header)
    if found is None:
        return {}
    written, facts = text[found.start("who") : found.end("who")], {}
    if _patterns()["us"].search(fold(written)):
        return {}
    for each in find_contact_details(Reading(written, dt.date.min, None)):
        if each.entity == "email":
            facts["email"] = each.value
    name = _before_address(written)
    company = company_in(name)
    if company:
        facts["company"] = company
    elif person_in(name):
        facts["name"] = name
    return facts if "email" in facts else {}


def _before_address(written: str) -> str:
    """The name before an address: «Siv Eide <siv@...>», «12. nov. 2026 kl. 10:12 skrev Siv Eide <siv@...>», «Eide, Siv <siv@...>»."""
    before = re.split(r"[<(\[]|\S+@", written)[0]
    verb = _patterns()["writes"].search(fold(before))
    name = re.split(r"[0-9][,.:]?\s", before[verb.end() :] if verb else before)[-1].strip(" \"'*,;\n")
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and person_in(given) and person_in(family) else name


def _contact(signatures: list[str], sender: dict[str, str]) -> Contact:
    """The facts in signatures, the first of each kind, and of the mail's sender what was not signed."""
    facts: dict[str, str] = {}
    for signature in signatures:
        folded = fold(signature)
        if _patterns()["sent_from"].match(folded):
            continue
        for each in find_contact_details(Reading(signature, dt.date.min, None)):
            if each.entity == "email":
                facts.setdefault("email", each.value)
        sign_off = _patterns()["signs"].match(folded)
        begins = sign_off.end() if sign_off else 0
        signed = _OF_FIRM.sub(
            "", _covered(signature, [match.span() for match in _patterns()["signs"].finditer(folded)])
        )
        parts = [part.strip(" .*-_") for part in re.split(r"[\n,|•·]| [-–/] ", signed[begins:])]
        for name, value in (
            ("company", _firm_of(parts, facts.get("email"))),
            ("name", _name_of(parts)),
            ("phone", _phone_of(signature)),
        ):
            if value:
                facts.setdefault(name, value)
    return Contact(**(sender | facts))


def _name_of(parts: Sequence[str]) -> str | None:
    """Who signs: the first name of two words or more, else of one."""
    people = [_patterns()["on_behalf"].sub("", part).strip() for part in parts if not company_in(part)]
    people = [part for part in people if person_in(part)]
    return next((part for part in people if " " in part), people[0] if people else None)


def _firm_of(parts: Sequence[str], email: str | None) -> str | None:
    """The firm in a signature: by its ending, else the line that the address is made of: «Feeney Vintage Parts»."""
    named = next(
        (found for part in parts if (found := company_in(_patterns()["on_behalf"].sub("", part).strip()))), None
    )
    if named:
        return named
    host = re.search(r"@([\w-]+)\.|www\.([\w-]+)\.", " ".join([*parts, f"{email or ''}."]))
    letters = re.sub(r"[^a-z0-9]", "", key((host[1] or host[2]) if host else ""))
    for part in parts:
        spelt = re.sub(r"[^a-z0-9]", "", key(part))
        alike = letters and spelt and (spelt.startswith(letters) or letters.startswith(spelt))
        if alike and part[0].isupper() and len(spelt) >= _LEAST_FIRM:
            return part
    return None


def _phone_of(signature: str) -> str | None:
    """The first telephone number of a signature; a fax, a tax or a bank number is none."""
    folded = fold(signature)
    for match in _PHONE.finditer(folded):
        line = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start("number")]
        lead = re.split(r"[|·•,]| {2,}", line)[-1]
        if (
            not _patterns()["no_phone"].search(lead)
            and not _COUNTRY.search(lead)
            and len(re.sub(r"\D", "", match["number"])) >= _LEAST_DIGITS
        ):
            return normal(match["number"])
    return None


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
            rf"^[ \t]*(?:{either(words['wrote_begins'])})(?!\w)(?P<who>[^\n]{{0,120}}(?:\n[^\n]{{0,80}})?"
            rf"(?<!\w)(?:{either(words['wrote'])})(?: [^\n:]{{0,80}})?):[ \t]*$",
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
        "writes": re.compile(rf"(?<!\w)(?:{either(words['wrote'])})(?!\w)"),
        "on_behalf": re.compile(rf"^(?:{either(words['on_behalf'])})(?!\w)[ .]*", re.I),
        "no_phone": re.compile(rf"(?<!\w)(?:{either(words['no_phone'])})"),
        "signs": re.compile(rf"[ \t]*(?:{either([*signs['alone'], *signs['anywhere']])}|--)(?!\w)[,.:! \t]*"),
        "afterthought": re.compile(rf"^[ \t]*(?:{either(words['afterthoughts'])})[ :.,]", re.M),
        "sent_from": re.compile(rf"^[ \t]*(?:{either(words['sent_from'])})[^\n]*$", re.M),
        "disclaimer": re.compile(either(words["disclaimers"])),
        "of_line": re.compile(rf"(?<!\w)(?:{either(words['lines'])})\.? ?[0-9]"),
        "us": re.compile(either([*_our_names(), *words["us"]])),
        "our_voice": re.compile(rf"(?<!\w)(?:{either(words['our_voice'])})(?!\w)"),
        "lead_in": re.compile(
            rf"^[ \t]*(?:[^\n.!?:]{{0,40}}(?<!\w))?(?:{either(words['leads_in'])})(?!\w)[^\n.!?:]{{0,40}}(?::[ \t]*|[.!?]*[ \t]*\n)",
            re.M,
        ),
    }
