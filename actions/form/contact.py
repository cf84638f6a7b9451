"""Who writes: name, company, address and telephone, found in any message and in any order."""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.form.answers import Answers, line, note
from actions.form.pieces import Piece, pieces
from actions.form.words import find, opens, pattern, without_lead, word_set
from actions.production.alloy_names import fold
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import blanked, words
from bot.common.phones import normal
from bot.common.words import word_set as common_words

MAX_NAME = 80
#: Kinds of values that names are mistaken for: «Mary Copper», «Sjø og Stål AS», «F» as a temper.
NAME_LIKE = (
    "foreign_material",
    "application",
    "alloy",
    "alloy_group",
    "unknown_alloy",
    "temper",
    "property",
    "language",
    "dont_know",
    "asap",
)
ADDRESSES = ("email", "phone")
#: How sure the engine must be of a name that no rule finds.
SURELY_A_NAME = 0.75
#: The longest name of a person, the longest of a company, in words.
_MOST_WORDS, _MOST_COMPANY = 4, 6
#: A name and a firm without a sign between are so many words.
_LEAST_WORDS = 3
#: So many words are an answer to «what is your name?»; more than that is a sentence.
_SHORT = 8
#: So many lines of a signature are looked at.
#: In small letters the word that ends a firm has so many letters.
_LEAST_ENDING = 3
_SIGNATURE = 4
#: A name of two words and a firm of two are so many; a trade within a compound has so many letters: «Drivsystemer».
_NAME_AND_FIRM, _LEAST_COMPOUND = 4, 6
#: The name of a town has so many words; an address stands so near behind it; so near to a number stands when to ring it.
_TOWN, _NEAR_TOWN, _NEAR_NUMBER = 3, 12, 4
#: A word of an address has so many letters.
_SPELT = 3
#: Small words within the name of a firm.
_IN_FIRM = ("&", "og", "and")
#: Figures that can be rung, and how many they are at least where no sign tells it.
_RUNG, _RUNG_FIGURES = re.compile(r"(?<![\w@.,/-])\+?\d(?:[ ()./-]?\d){7,14}(?![\w@-]|[.,]\d)"), 8
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?")


@dataclass(frozen=True)
class Person:
    """What a message tells of who writes. ``spans`` are the places of the names in its text."""

    name: str | None = None
    company: str | None = None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def full(self) -> str | None:
        """Name and company as one answer."""
        return ", ".join(each for each in (self.name, self.company) if each)[:MAX_NAME] or None


@dataclass(frozen=True)
class Message:
    """A text with the values in it: kind, start and end of each."""

    text: str
    marks: tuple[tuple[str, int, int], ...]

    def addresses(self) -> list[tuple[int, int]]:
        """The places of e-mail addresses and telephone numbers."""
        return [(start, end) for kind, start, end in self.marks if kind in ADDRESSES and end > start]

    def without_addresses(self) -> str:
        """The text with addresses blanked out, as long as before."""
        text = self.text
        for start, end in self.addresses():
            text = text[:start] + "," + " " * (end - start - 1) + text[end:]
        return re.sub(r"\S+@\S+", lambda match: "," + " " * (len(match[0]) - 1), text)

    def valued(self, start: int, end: int, name: str = "") -> bool:
        """Whether figures or codes stand in a piece; words that a capital letter makes a name do not count."""
        inside = [kind for kind, at, _ in self.marks if start <= at < end and kind not in ADDRESSES]
        capital = name[:1].isupper() or not name
        return any(kind not in NAME_LIKE or (not capital and kind != "language") for kind in inside)


def find_person(turn: Turn, asked: bool) -> Person:
    """The name and company in a message. ``asked``: a name was asked for, so that a bare one counts.

    A name is signed, introduced, beside an address, written with its company, or the answer to the question.
    """
    told = turn.reading.contact
    if told.get("name") and not asked and "\n" in turn.reading.text:
        # Who signs a mail writes it, whoever else is named in it.
        return Person(told["name"], told.get("company"))
    marks = tuple((each["entity"], int(each.get("start", -1)), int(each.get("end", 0))) for each in turn.entities)
    others = [(int(each["start"]), int(each["end"])) for each in turn.said("receiver")]
    text = blanked(turn.text, others)
    if others and not re.search(r"[^\W\d_]", text):
        return Person()
    found = _person_in(Message(text, marks), asked)
    found = found if found.full else _seen(turn, others)
    return found if found.full or asked else Person(told.get("name"), told.get("company"))


def _seen(turn: Turn, others: Sequence[tuple[int, int]]) -> Person:
    """The first name and the first firm that the engine has seen in a message, outside of ``others``."""
    names = [
        each
        for each in turn.told
        if each.tag in ("name", "company")
        and each.confidence >= SURELY_A_NAME
        and not any(start <= each.start < end for start, end in others)
    ]
    told = {each.tag: each for each in reversed(names)}
    said = {tag: " ".join(turn.text[each.start : each.end].split()) for tag, each in told.items()}
    spans = tuple((each.start, each.end) for each in told.values())
    return _without_labels(Person(said.get("name"), said.get("company"), spans))


@functools.lru_cache(maxsize=256)
def _person_in(said: Message, asked: bool) -> Person:
    """Asked for by every question of a form in turn, so the last answers are kept."""
    parts = _parted(said, pieces(said.without_addresses(), joints=False))
    ways = (
        _signed(said.text), _introduced(said, parts), _labelled(parts), _in_a_line(said, parts, asked), _beside_address(said, parts), _whole(parts), _before_firm(parts),
        _as_in_address(said, parts), _in_small_letters(said, parts), _here(said, parts), _beside_number(said, parts), _of_whom(parts),
    )  # fmt: skip
    found = next((each for each in ways if each.full), Person())
    found = _answer(said, parts) if asked and not found.full else found
    return _without_labels(_with_labelled_firm(parts, _with_what_is_between(said, parts, found)))


def _without_labels(person: Person) -> Person:
    """«Arve Moen. mob 915 ...»: what only calls a number or an address is neither somebody nor a firm."""
    labels = word_set("no_name")
    name, company = (
        each if each and not all(word.casefold().strip(".:") in labels for word in each.split()) else None
        for each in (person.name, person.company)
    )
    return replace(person, name=name, company=company)


def find_phone(turn: Turn) -> None:
    """Add the number to ring that stands beside an address or a name where figures were read as something else: «22814069», «330 555 0117»."""
    wanted = (
        turn.said("email")
        or turn.slot("question") in ("name", "email")
        or words("waiting").says(turn.text, "call_me", "call_verb")
    )
    wanted = wanted or any(each.act == "human" for each in (turn.reading.whole, *turn.reading.clauses))
    if turn.said("phone") or not (wanted or find_person(turn, asked=False).name):
        return
    strong = [
        each
        for each in turn.entities
        if each["entity"] not in ("number", "quantity", "week", "lead") and "start" in each
    ]
    for found in _RUNG.finditer(turn.text):
        digits = re.sub(r"\D", "", found[0])
        inside = any(each["start"] < found.end() and found.start() < each["end"] for each in strong)
        if inside or len(digits) < _RUNG_FIGURES or re.search(r"[-/.(]", found[0]):
            continue
        turn.entities = [each for each in turn.entities if not (found.start() <= each.get("start", -1) < found.end())]
        number = normal(found[0], turn.language)
        turn.entities.append({"entity": "phone", "value": number, "start": found.start(), "end": found.end()})
        return


def as_typed(turn: Turn, entity: Entity) -> str:
    """Where somebody is reached: a number as they wrote it, which is how they know it; an address as it is kept."""
    typed = " ".join(turn.text[entity.get("start", 0) : entity.get("end", 0)].split())
    same = entity["entity"] == "phone" and normal(typed, turn.language) == entity["value"]
    return typed if same else str(entity["value"])


def note_who(turn: Turn) -> None:
    """Keep what a stranger tells of who writes, whatever is talked of: a request that begins later asks for none of it."""
    if turn.identity is not None:
        return
    found, who = find_person(turn, turn.slot("question") == "name"), turn.ground.who
    reach = {kind: as_typed(turn, each) for kind in ADDRESSES for each in turn.said(kind)}
    # A firm is told by what leads to it: «we are Voll Valves», «buyer at Voll Valves».
    told = {"name": found.name, "company": found.company}
    who.update({kind: value for kind, value in {**told, **reach}.items() if value})


def outside_names(turn: Turn) -> list[Entity]:
    """The values of a message that are no part of a name."""
    spans = find_person(turn, turn.slot("question") in ("name", "email")).spans
    return [
        each
        for each in turn.entities
        if each["entity"] not in NAME_LIKE or not any(start <= each.get("start", -1) < end for start, end in spans)
    ]


def looks_like_person(turn: Turn) -> bool:
    """Whether a message is a person's name or tells one, so that it describes nothing."""
    words = turn.text.strip(" .,!").split()
    plain = all(each["entity"] in NAME_LIKE for each in turn.entities)
    bare = len(words) > 1 and plain and _is_person(" ".join(words), strict=True)
    return bare or find_person(turn, asked=False).full is not None


def complete_contact(turn: Turn, answers: Answers) -> list[str]:
    """Put a company beside the name that is known, and keep a telephone number beside the address; what was changed."""
    changed = []
    found, known = find_person(turn, asked=False), answers.get("name")
    if found.company and not found.name and known and known.value and "," not in str(known.value):
        answers["name"] = line(
            "name", f"{known.value}, {found.company}"[:MAX_NAME], person=known.value, company=found.company
        )
        changed.append("name")
    numbers = [as_typed(turn, each) for each in turn.said("phone")] or [str(turn.reading.contact.get("phone") or "")]
    before = answers.value("phone")
    if numbers[0] and (not before or normal(str(before), turn.language) != normal(numbers[0], turn.language)):
        answers["phone"] = note(numbers[0])
        if turn.slot("question") != "email" or "email" in answers:
            changed.append("phone")
    return changed


def join_contact(answers: Answers) -> None:
    """Say the telephone number with the address, where alone it is how the customer is reached; and that it is no firm that asks."""
    name = answers.get("name")
    if "private" in answers and name and name.value and name.reply == "utter_line_name":
        answers["name"] = line("name", name.value, "utter_line_name_private")
    phone, email = answers.value("phone"), answers.get("email")
    if phone and email is None:
        answers["email"] = line("email", phone, "utter_line_reach")
    elif phone and email and "@" in str(email.value) and email.more.get("phone") != phone:
        answers["email"] = line("email", email.value, "utter_line_email_phone", phone=phone)


def _parted(said: Message, parts: Sequence[Piece]) -> list[Piece]:
    """The pieces of a message, with a name and a firm that stand together cut as by a comma: «per dal dal mek per@dalmek.example»."""
    domains = [fold(said.text[at:end].partition("@")[2]) for at, end in said.addresses()]
    # Beside a person's own name, four words that end as a firm does are that firm.
    alone = not any(_split(each, True).name for each in parts if not _ends_as_firm(each.text))
    found: list[Piece] = []
    for each in parts:
        at = _firm_behind(each.text, domains) or (_firm_at_end(each.text) if alone else None)
        cut = [(0, at), (at, len(each.text))] if at else [(0, len(each.text))]
        found += [
            Piece(
                each.text[start:end].strip(),
                each.start + start,
                each.start + start + len(each.text[start:end].rstrip()),
            )
            for start, end in cut
        ]
    return found


def _firm_behind(text: str, domains: Sequence[str]) -> int | None:
    """Where the firm begins behind a person's name: its words are those of a domain, or begin with the name just said."""
    words = list(re.finditer(r"\S+", text.rstrip(" .,")))
    if not _LEAST_WORDS <= len(words) <= _MOST_WORDS + _MOST_COMPANY or find(text, "name_joints", "joined_by"):
        return None
    for first in range(2, min(_MOST_WORDS, len(words) - 1) + 1):
        name, firm = text[: words[first].start()].strip(" .,"), text[words[first].start() :]
        same = fold(words[first][0]) == fold(words[first - 1][0])
        # «hill» of hillpumps.example is the person's own name.
        of_domain = " " in firm.strip() and any(_firm_in(Piece(firm, 0, len(firm)), each) for each in domains)
        if (same or of_domain) and _is_person(_alone(name), strict=False) and _is_firm(firm, strict=False):
            return words[first].start()
    return None


def _ends_as_firm(text: str) -> bool:
    words = text.strip(" .,;:").split()
    return len(words) > 1 and (_ends_firm(words[-1]) or _sounds_like_firm(words[-1]))


def _firm_at_end(text: str) -> int | None:
    """Where the firm begins behind a person's name of two words: its last word tells that it is one, «Tom Hill Hill Marine»."""
    words = list(re.finditer(r"\S+", text.rstrip(" .,")))
    if (
        not _NAME_AND_FIRM <= len(words) <= _MOST_WORDS + 2
        or not _ends_as_firm(text)
        or find(text, "name_joints", "joined_by")
    ):
        return None
    at = words[2].start()
    name, firm = text[:at].strip(" .,"), text[at:]
    capital = all(each[0][0].isupper() for each in words)
    small = text.islower() and _is_firm(firm, strict=False)
    return at if (capital or small) and _is_person(_alone(name), strict=capital) and "&" not in name else None


# ---------------------------------------------------------------- the ways a name is told


def _signed(text: str) -> Person:
    """Name and company under a pasted mail: «Mvh / Kari Nordmann / Fjord AS»."""
    at = 0
    for written in text.splitlines(keepends=True):
        cue = opens(written.strip(), "signed")
        if cue and "\n" in text:
            start = text.index(cue[0], at) + cue.end()
            lines = [each for each in pieces(text[start:], joints=False) if not re.search(r"[@\d]|www\.", each.text)]
            moved = [Piece(each.text, each.start + start, each.end + start) for each in lines[:_SIGNATURE]]
            names = [each for each in moved[:2] if _split(each, True, single=True).name or is_company(each.text)]
            if names and not is_company(names[0].text):
                # «Buyer» may stand before the firm.
                firms = [each for each in moved if is_company(each.text)]
                return _with_company(_split(names[0], True, single=True), firms or names[1:], loose=True)
        at += len(written)
    return Person()


def _introduced(said: Message, parts: Sequence[Piece]) -> Person:
    """«My name is ...», «I'm Tom Hill from Hill Pumps»; «from May» is no name."""
    text = said.text
    for topic, strict in (("name_cue", False), ("name_maybe", True)):
        for cue in pattern(topic).finditer(text):
            after = [each for each in parts if each.end > cue.end()]
            if not after:
                continue
            if strict and after[0].start < cue.start() and opens(cue[0], "name_joints"):
                # «Tom Hill from Hill Pumps»: what is behind it is the firm.
                continue
            start = max(after[0].start, cue.end())
            first = Piece(text[start : after[0].end].strip(" :"), start, after[0].end)
            found = _split(first, strict, single=True)
            if strict and said.valued(first.start, first.end):
                continue
            if found.name or (found.company and strict):
                # Nothing but a name and one thing beside it: that is the company, however it is written.
                bare = topic == "name_cue" and len(parts) == 2
                return found if found.company else _with_company(found, after[1:], loose=bare)
    return Person()


def _labelled(parts: Sequence[Piece]) -> Person:
    """«Name Tom Hill, Hill Pumps»: a piece that begins with the word, and the firm behind it."""
    for number, each in enumerate(parts):
        label = opens(each.text, "name_label")
        if label is None:
            continue
        start = each.start + label.end() + len(each.text[label.end() :]) - len(each.text[label.end() :].lstrip(" :"))
        found = _split(Piece(each.text[start - each.start :], start, each.end), strict=True)
        if found.name:
            return found if found.company else _with_company(found, parts[number + 1 :], loose=len(parts) == 2)
    return Person()


def _in_a_line(said: Message, parts: Sequence[Piece], asked: bool) -> Person:
    """«Mia Lunde, Sørvik Mek, Egersund, 48 11 22 33»: a whole name, a firm and a town, parted by commas, where it is told who writes."""
    for three in zip(parts, parts[1:], parts[2:], strict=False):
        between = [said.text[one.end : other.start] for one, other in itertools.pairwise(three)]
        told = asked or any(abs(at - three[2].end) <= _NEAR_TOWN for at, _ in said.addresses())
        if (
            not told
            or not all(each.strip() == "," for each in between)
            or any(said.valued(each.start, each.end, each.text) for each in three)
        ):
            continue
        first, second, town = (_freed(each) for each in three)
        if is_company(first.text):
            first, second = second, first
        named = _is_person(_alone(first.text), strict=True) and (
            is_company(second.text) or _is_firm(second.text, strict=True)
        )
        place = town.text.strip(" .")
        if named and _is_firm(place, strict=True) and _capital(place) and len(place.split()) <= _TOWN:
            firm = f"{second.text.strip(' .')}, {place}"
            return Person(_alone(first.text), firm, tuple((each.start, each.end) for each in three))
    return Person()


def reached_when(turn: Turn) -> str | None:
    """When somebody is best called, in a piece beside the number: «48 11 22 33, helst etter tre»."""
    reach = turn.said(*ADDRESSES)
    for piece in pieces(turn.text, joints=False) if reach else []:
        apart = min(abs(piece.start - int(each.get("end", 0))) for each in reach)
        words = piece.text[: len(piece.text)]
        for each in reach:
            if piece.start <= int(each.get("start", -1)) < piece.end:
                words, apart = turn.text[int(each["end"]) : piece.end], 0
        told = without_lead(words.strip(" ,:("), "reach_lead")
        if apart <= _NEAR_NUMBER and opens(told, "reach_times") and len(words.split()) <= _MOST_COMPANY:
            return words.strip(" ,:()")
    return None


def _beside_address(said: Message, parts: Sequence[Piece]) -> Person:
    """«Siv Eide, Eide AS, siv@eide.example»: what stands next to an address."""
    for at, end in said.addresses():
        before = [each for each in parts if each.start < at]
        after = [each for each in parts if each.start >= at]
        near = [*_while_named(reversed(before))[::-1], *_while_named(after)]
        local, _, domain = (fold(each) for each in said.text[at:end].partition("@"))
        # «marit.berg@tangen-driv.example, Tangen Drivverk»: the address tells that it is the firm.
        own = [
            each for each in near if domain and _firm_in(each, domain) and not _spells(each, re.split(r"[._-]", local))
        ]
        person = next((_split(each, True) for each in near if each not in own and _split(each, True).name), None)
        if person:
            return person if person.company else _with_company(person, near)
        single = next((each for each in before[-1:] if _is_person(each.text, strict=True, single=True)), None)
        if single and not said.valued(single.start, single.end):
            # «Jim Smith, Acme, jim@acme.example»: one word behind a whole name is the firm.
            whole = _split(before[-2], True) if len(before) > 1 else Person()
            alone = Person(single.text.strip(" ."), None, ((single.start, single.end),))
            return _with_company(whole, [single], loose=True) if whole.name else _with_company(alone, near)
        firm = next((each for each in near if each in own or is_company(each.text)), None)
        if firm:
            return Person(None, firm.text.strip(" .,;:"), ((firm.start, firm.end),))
    return Person()


def _beside_number(said: Message, parts: Sequence[Piece]) -> Person:
    """«911 22 333, Ola», «91122333 ola dal på lageret»: a name that stands at a number to ring, in capitals or at the end of what is said."""
    for kind, start, end in said.marks:
        if kind != "phone":
            continue
        before = next(
            (each for each in reversed(parts) if each.end <= start and not said.text[each.end : start].strip(" ,:–-/")),
            None,
        )
        after = next(
            (each for each in parts if each.start >= end and not said.text[end : each.start].strip(" ,:–-/")), None
        )
        for each in (after, before):
            if each is None or said.valued(each.start, each.end):
                continue
            name = _alone(each.text)
            joint = find(each.text, "name_joints")
            name = name[: joint.start()].strip(" .,") if joint and joint.start() else name
            last = not re.search(r"\w", said.text[each.end :])
            small = last and len(each.text.split()) <= _MOST_WORDS and not find(each.text, "no_caller")
            if _is_person(name, strict=True, single=True) or (small and _is_person(name, strict=False, single=True)):
                return Person(name, None, ((each.start, each.start + len(name)),))
    return Person()


def _as_in_address(said: Message, parts: Sequence[Piece]) -> Person:
    """«dave, harris marine, dave@harrismarine.example»: small letters, but the address spells them too."""
    for at, end in said.addresses():
        local, _, domain = (fold(each) for each in said.text[at:end].partition("@"))
        before = [_freed(each) for each in parts if each.end <= at][-2:]
        named = next((each for each in before if _spells(each, re.split(r"[._-]", local))), None)
        firm = next((each for each in before if each is not named and _firm_in(each, domain)), None)
        person = named or next((each for each in before if firm and each.end <= firm.start), None)
        if person and not _is_person(_alone(person.text), strict=False, single=True):
            person = None
        if domain and (named or firm):
            chosen = [each for each in (person, firm) if each]
            return Person(
                _alone(person.text) if person else None,
                firm.text.strip(" .") if firm else None,
                tuple((each.start, each.end) for each in chosen),
            )
    return Person()


def _in_small_letters(said: Message, parts: Sequence[Piece]) -> Person:
    """«tom hill, hill marine» and nothing else: a firm by its last word, and a person whose name is in it or who cannot be a part."""
    if len(parts) != 2 or any(kind not in (*NAME_LIKE, *ADDRESSES) for kind, _, _ in said.marks):
        return Person()
    person, firm = _freed(parts[0]), parts[1]
    words, last = firm.text.strip(" .").split(), [fold(each) for each in person.text.split()][-1:]
    named = (
        len(words) > 1
        and (_ends_firm(words[-1]) or _sounds_like_firm(words[-1]))
        and _is_firm(firm.text.strip(" ."), strict=False)
    )
    of_person = last and fold(words[0]).startswith(last[0])
    if (
        not named
        or find(firm.text, "name_joints")
        or not _is_person(_alone(person.text), strict=False)
        or not (of_person or _capital(person.text))
    ):
        return Person()
    return Person(_alone(person.text), firm.text.strip(" ."), ((person.start, person.end), (firm.start, firm.end)))


def _capital(text: str) -> bool:
    return all(each[0].isupper() for each in text.split())


def _spells(piece: Piece, local: Sequence[str]) -> bool:
    """Whether a name has a word of the part of an address before the @."""
    words = [fold(each) for each in piece.text.split()]
    return len(words) <= _MOST_WORDS and any(len(each) >= _SPELT and each in local for each in words)


def _firm_in(piece: Piece, domain: str) -> bool:
    """Whether the words of a firm, written together, are the name of a domain or its beginning."""
    name = re.sub(r"\W", "", domain.rpartition(".")[0])
    words = re.sub(r"\W", "", fold(piece.text))
    return (
        len(piece.text.split()) <= _MOST_COMPANY
        and len(name) > _SPELT
        and (words.startswith(name) or name.startswith(words))
        and len(words) > _SPELT
    )


def _with_what_is_between(said: Message, parts: Sequence[Piece], person: Person) -> Person:
    """«Arnfinn Løkse, løkse slip og mek, mobil 91 22 33 44»: what stands between a name and an address is the firm."""
    if not person.name or person.company or len(person.spans) != 1:
        return person
    behind = [each for each in parts if each.start >= person.spans[0][1]]
    addresses = [at for at, _ in said.addresses() if at >= person.spans[0][1]]
    between = [
        each for each in behind if addresses and each.end <= addresses[0] and not opens(each.text, "address_label")
    ]
    firm = between[0] if len(between) == 1 else None
    if firm is None or said.valued(firm.start, firm.end) or not _is_firm(firm.text, strict=False):
        return person
    if re.search(r"[.!?\n]", said.text[person.spans[0][1] : firm.start]):
        return person
    return Person(person.name, firm.text.strip(" .,"), (*person.spans, (firm.start, firm.end)))


def _with_labelled_firm(parts: Sequence[Piece], person: Person) -> Person:
    """«My name is Ola Dal, company Dal Maszyny»: a piece that says by its first word that it is the firm."""
    if person.company and not person.name:
        return person
    for number, each in enumerate(parts):
        label = opens(each.text, "firm_label")
        if label is None:
            continue
        told = each.text[label.end() :].strip(" .,:;")
        # «Company: Dal Maszyny» is cut in two.
        at = each if told else next(iter(parts[number + 1 : number + 2]), each)
        firm = told or (at.text.strip(" .,:;") if at is not each else "")
        if firm and firm[0].isupper() and _is_firm(firm, strict=True):
            return Person(person.name, firm, (*person.spans, (at.start, at.end)))
    return person


def _of_whom(parts: Sequence[Piece]) -> Person:
    """«We are Voll Valves», «jobber på innkjøp hos Voll Ventil», «vi er Voll Smie, Sindre»: the firm, and the name beside it."""
    for at, each in enumerate(parts):
        works = opens(each.text, "works_for")
        lead = works or opens(each.text, "we_are")
        if lead is None:
            continue
        firm = _led_firm(each.text[lead.end() :])
        beside = [*(parts[at - 1 : at] if works and at else ()), *parts[at + 1 : at + 2]]
        named = next((one for one in beside if _names_person(one)), None)
        # «We are Norwegian»: one word alone is a firm where somebody is said to work there, or a person of it is told.
        told = len(firm.split()) > 1 or works is not None or named is not None
        if firm and told and _is_firm(firm, strict=True):
            spans = ((each.start, each.end), *(((named.start, named.end),) if named else ()))
            return Person(_alone(named.text) if named else None, firm, spans)
    return Person()


def _led_firm(text: str) -> str:
    """The words with a capital letter that a text begins with, and the small ones between them."""
    words = text.split()
    while words and not all(each[0].isupper() or each in _IN_FIRM for each in words):
        words.pop()
    while words and words[-1] in _IN_FIRM:
        words.pop()
    return " ".join(words).strip(" .,")


def _names_person(piece: Piece) -> bool:
    return _is_person(_alone(piece.text), strict=True, single=True) and not is_company(piece.text)


def _here(said: Message, parts: Sequence[Piece]) -> Person:
    """«No machining. Tom Hill here»: a whole name with the word behind it that tells who writes."""
    for each in parts:
        name = _alone(each.text)
        tail = each.text[len(name) :].strip(" .,") if each.text.startswith(name) else ""
        if opens(tail, "name_tail") and _is_person(name, strict=True) and not said.valued(each.start, each.end, name):
            return Person(name, None, ((each.start, each.end),))
    return Person()


def _whole(parts: Sequence[Piece]) -> Person:
    """Nothing but names, one of them a company's: «Mary Copper, Copper & Sons»."""
    if not 2 <= len(parts) <= 3 or not all(_split(each, True).name or is_company(each.text) for each in parts):
        return Person()
    if not any(is_company(each.text) for each in parts):
        return Person()
    person = next((_split(each, True) for each in parts if not is_company(each.text)), Person())
    return _with_company(person, parts)


def _before_firm(parts: Sequence[Piece]) -> Person:
    """«Per Hansen, Hansen Mek AS. You have the pattern ...»: a whole name with its company right behind it, wherever it stands."""
    for person, firm in itertools.pairwise(parts):
        if is_company(firm.text) and _split(person, True).name:
            return _with_company(_split(person, True), [firm])
    # «Bob Hale from Optic Ltd, our own pattern»: the firm's last word tells that it is one.
    told = (_split(each, True) for each in parts)
    return next((each for each in told if each.name and each.company and is_company(each.company)), Person())


def _answer(said: Message, parts: Sequence[Piece]) -> Person:
    """The answer to «what is your name?»: words with a capital letter, or few words and none that no name holds."""
    parts = [_freed(each) for each in parts]
    for strict in (True, False):
        for each in parts:
            # «tom hill hill marine. and a copy of the invoice»: cut from one piece, whatever is said behind it.
            cut = len(parts) > 1 and parts[1].start - parts[0].end <= 1
            if not strict and ((len(said.text.split()) > _SHORT and not cut) or each is not parts[0]):
                continue
            found = _split(each, strict, single=len(parts) == 1 or not strict)
            if found.name and not said.valued(each.start, each.end, found.name):
                rest = parts[1:2] if cut and not strict else [other for other in parts if other is not each]
                return found if found.company else _with_company(found, rest, loose=True)
    single = next((each for each in parts if _is_person(each.text, strict=True, single=True)), None)
    if single and not said.valued(single.start, single.end, single.text):
        return _with_company(
            Person(single.text, None, ((single.start, single.end),)), [e for e in parts if e is not single]
        )
    firm = next((each for each in parts if is_company(each.text)), None)
    return Person(None, firm.text.strip(" .,;:"), ((firm.start, firm.end),)) if firm else Person()


# ---------------------------------------------------------------- what a name looks like


def is_company(text: str) -> bool:
    """Whether words are the name of a firm and nothing else."""
    return company_in(text) == text.strip(" .,;:") and bool(text.strip(" .,;:"))


def company_in(text: str) -> str | None:
    """The firm that is named in a text: capital letters up to «AS», «Ltd», «& Sons»."""
    words = text.strip(" .,;:").split()
    for last in range(len(words) - 1, 0, -1):
        # «Hale Flow ltd»; «Tom as» is no firm.
        capital = words[last][0].isupper()
        written = capital or len(words[last].strip(".")) >= _LEAST_ENDING
        sounds = capital and _sounds_like_firm(words[last])
        if not written or not (_ends_firm(words[last]) or sounds or "&" in words[:last]):
            continue
        first = last
        while (
            first and last - first < _MOST_COMPANY and (words[first - 1][0].isupper() or words[first - 1] in _IN_FIRM)
        ):
            first -= 1
        while words[first] in _IN_FIRM:
            first += 1
        while last + 2 < len(words) and words[last + 1] in _IN_FIRM and words[last + 2][0].isupper():
            last += 2
        if first < last:
            return " ".join(words[first : last + 1])
    return None


def _ends_firm(word: str) -> bool:
    return word.casefold().strip(".,") in word_set("companies")


def _sounds_like_firm(word: str) -> bool:
    """Whether a word tells what a firm does: «Dredging», «Drivsystemer»."""
    folded = word.casefold().strip(".,")
    return any(
        folded == each or (len(each) >= _LEAST_COMPOUND and folded.endswith(each)) for each in word_set("trades")
    )


def may_be_name(text: str) -> bool:
    """Whether words may be what a person or a firm is called: a capital letter, or nothing that sentences are made of."""
    words = [each.strip(" .,;:!?«»\"'") for each in text.split()]
    words = [each for each in words if each and each.casefold() not in _IN_FIRM]
    common = word_set("no_name") | common_words("common.common") | word_set("no_value_of_name")
    plain = [each for each in words if each.casefold() in common and not each[0].isupper()]
    return bool(words) and len(plain) < len(words) and not (plain and all(each.islower() for each in words))


def _is_person(text: str, strict: bool, single: bool = False) -> bool:
    """Whether words are a person's name; ``strict`` wants capital letters, ``single`` lets one word be enough."""
    words = text.strip(" .,").split()
    if not (1 if single else 2) <= len(words) <= _MOST_WORDS or is_company(text):
        return False
    if not all(_NAME_WORD.fullmatch(each) for each in words) or sum(len(each) for each in words) < 2 + strict:
        return False
    particles = word_set("particles")
    nothing = (word_set("no_name") | word_set("no_value_of_name")) - particles
    never = [each for each in words if each.casefold().strip(".") in nothing]
    # «Per», «Jo», «Will May»: a word with a capital letter may be a name beside another that can be nothing else.
    if len(never) == len(words) or (never and not all(each[0].isupper() for each in words)):
        return False
    if never and words[0] in never and not strict:
        return False
    return not strict or all(each[0].isupper() or each in particles for each in words)


def _split(piece: Piece, strict: bool, single: bool = False) -> Person:
    """«Tom Hill from Hill Pumps» as name and company; a bare name without one."""
    span = ((piece.start, piece.end),)
    if is_company(piece.text):
        return Person()
    for joint in pattern("name_joints").finditer(piece.text):
        name, firm = _alone(piece.text[: joint.start()]), piece.text[joint.end() :].strip(" .")
        if _is_person(name, strict, single=True) and _is_firm(firm, strict):
            return Person(name, None if _is_place(piece.text[: joint.start()], joint[0], firm) else firm, span)
    name = _alone(piece.text)
    return Person(name, company_in(piece.text), span) if _is_person(name, strict, single) else Person()


def _is_place(before: str, joint: str, firm: str) -> bool:
    """«Tone Aga, i Norheimsund», «runs a small boatyard in Whitby»: one word behind «in» is where somebody is, and no firm."""
    if len(firm.split()) > 1 or _sounds_like_firm(firm) or _ends_firm(firm):
        return False
    return bool(opens(joint, "within")) or not before.strip().endswith(_alone(before))


def _alone(text: str) -> str:
    """A name without what is said behind it: «Kari Moen her», «Per og jobber»."""
    ends = [found.start() for topic in ("joined_by", "name_tail") for found in pattern(topic).finditer(text)]
    # «Reach Tom Hill at»: the address behind it is no firm.
    ends += [found.start() for found in pattern("name_joints").finditer(text) if not text[found.end() :].strip(" .,")]
    return text[: min(ends, default=len(text))].strip(" .,") or text.strip(" .,")


def _is_firm(text: str, strict: bool) -> bool:
    words = text.split()
    capital = bool(words) and (words[0][0].isupper() or words[0][0].isdigit() or not strict)
    return (
        1 <= len(words) <= _MOST_COMPANY
        and capital
        and not any(each.casefold() in word_set("no_name") for each in words)
    )


def _with_company(person: Person, parts: Sequence[Piece], loose: bool = False) -> Person:
    """A name with the company that stands beside it; ``loose`` takes any words with a capital letter for one."""
    others = [each for each in parts if (each.start, each.end) not in person.spans]
    for each in others:
        firm = company_in(each.text) or _behind_joint(each.text)
        if firm:
            return Person(person.name, firm, (*person.spans, (each.start, each.end)))
    first = others[0] if others else None
    small = loose and person.name is not None and person.name.islower()
    if first and small and len(others) == 1 and len(first.text.split()) <= _MOST_WORDS and _is_firm(first.text, False):
        return Person(person.name, first.text.strip(" .,"), (*person.spans, (first.start, first.end)))
    if first and _is_firm(first.text, True) and (loose or _is_person(first.text, strict=True)):
        return Person(person.name, first.text.strip(" .,"), (*person.spans, (first.start, first.end)))
    return person


def _behind_joint(text: str) -> str | None:
    """«buyer at Hill Pumps»: the firm, when a few words lead to it."""
    joint = find(text, "name_joints")
    firm = text[joint.end() :].strip(" .,") if joint and len(text.split()) <= _MOST_COMPANY else ""
    return firm if firm and _is_firm(firm, True) and all(each[0].isupper() for each in firm.split()) else None


def _while_named(parts: object) -> list[Piece]:
    found: list[Piece] = []
    for each in parts:  # type: ignore[attr-defined]  # a list or a reversed one
        if not (_split(each, True).name or is_company(each.text)):
            break
        found.append(each)
    return found


def _freed(piece: Piece) -> Piece:
    """A piece without «my name is», «hello» before it."""
    text = without_lead(without_lead(without_lead(piece.text, "name_lead"), "name_cue"), "name_maybe")
    return Piece(text, piece.end - len(text), piece.end)
