"""Names of questions in a text, and what is told under them: «part: gearbox cover», «the company is Savon», «2210-C is the drawing».

Read from the words alone, in every language. What a value under a name answers, ``righting/under_name`` knows.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.form.pieces import Piece, asked_in, pieces
from actions.form.words import find, has_topic, opens, pattern, without_lead
from actions.turns.turn import names_term
from actions.turns.yes import tells_to_send
from bot.common.replies import replies
from bot.common.words import topic

#: How sure it is that what stands behind a name is its value: by a sign, said to be so, merely said, only right behind it,
#: or the name stands behind the value.
SIGN, SHOULD, IS, BARE, BEHIND = "sign", "should", "is", "bare", "behind"
#: Names that are no question's: who asks is told by person and firm.
COMPANY, PERSON = "company", "person"
#: Words that are names of these say too much else.
_NO_NAMES = ("change", "line", "confirmation", "reach", "photos", "name", "confidential")
#: What is called by a name behind it, and what is denied beside it, have no more words.
_MOST = 5
#: Answers in the customer's words go on behind a comma.
_IN_WORDS = ("requirements", "application", "pattern", "notes", "details", "found", "remedy", "place", "call_time")
#: A firm behind the comma of a person: words with a capital letter, and no figure.
_FIRM = re.compile(r"(?:[^\W\d_a-zæøåäöü][^\s\d,]*|&)(?:\s+(?:[^\W\d_a-zæøåäöü][^\s\d,]*|&|as|ab|og|and)){0,4}")
_AFTER_FIGURE = re.compile(r"\d\.\s+(?=[^\W\d])")
#: The revision of a drawing: «rev C», «it is now revision 04».
REVISION = re.compile(
    rf"(?<!\w){topic('codes.revision')}\b[ .:]{{0,2}}(?:{topic('codes.revision_is')} )*"
    rf"(?P<revision>[a-z]{{1,2}}|[0-9]{{1,2}})(?!\w)", re.I,
)  # fmt: skip
_SIGN = re.compile(r"\s*[:=]\s*")


@dataclass(frozen=True)
class Told:
    """What is told under a name: the questions it may be of, the stretch that tells it, and the value in it.

    ``kind``: how sure it is. ``led``: whether a word of a change leads to it. ``wrong``: the value that it is said not to be.
    """

    names: tuple[str, ...]
    start: int
    end: int
    value: Piece
    kind: str
    led: bool = False
    wrong: str = ""

    def whole(self, text: str) -> Piece:
        """The value with its name and all that leads to it."""
        return Piece(text[self.start : self.value.end], self.start, self.value.end)


@dataclass(frozen=True)
class _Head:
    """A name at the beginning of a piece, and where what stands behind it begins."""

    names: tuple[str, ...]
    start: int
    behind: int
    kind: str
    led: bool
    denied: bool = False


def called(text: str, question: str) -> bool:
    """Whether a text names a question, by what the read-back calls it or another word for it."""
    topic = f"called_{question}"
    return names_term(text, f"question.{question}") or (has_topic(topic) and bool(find(text, topic)))


def told_under_names(text: str) -> list[Told]:
    """All that a text tells under names, in its order; each goes up to the next name or stop."""
    heads: list[_Head] = []
    for piece in _beginnings(text):
        if head := _head(text, piece):
            last = heads[-1] if heads else None
            if (
                last
                and last.kind == BARE
                and not re.search(r"\w", pattern("joints").sub(" ", text[last.behind : head.start]))
            ):
                # «Name, company: Tom Hill, Hill Pumps»
                heads.pop()
                head = replace(head, names=(*last.names, *head.names), start=last.start)
            heads.append(head)
    found = []
    for number, head in enumerate(heads):
        limit = heads[number + 1].start if number + 1 < len(heads) else len(text)
        # «Can you change the company to Savon?» wants it.
        wished = head.led and head.kind in (SIGN, SHOULD)
        # «When: Tuesday» only sounds like a question.
        asks = "?" in text[head.start : limit] if head.kind == SIGN else asked_in(text, head.start)
        if (wished or not asks) and (told := _told(text, head, limit)):
            found.append(told)
    return [*found, *(each for each in _named_behind(text) if not any(one.start < each.end and each.start < one.end for one in found))]  # fmt: skip


def _beginnings(text: str) -> list[Piece]:
    """Where a name may stand: at every piece, and behind a full stop after a figure too, «dreid og H7. bruk: lager»."""
    parts = pieces(text)
    late = [found.end() for found in _AFTER_FIGURE.finditer(text)]
    ends = {at: next((each.end for each in parts if each.start <= at < each.end), len(text)) for at in late}
    more = [Piece(text[at:end], at, end) for at, end in ends.items() if all(each.start != at for each in parts)]
    return sorted([*parts, *more], key=lambda each: each.start)


def named_with_change(text: str, piece: Piece) -> tuple[tuple[str, ...], int] | None:
    """What a clause wants changed, by its name, and where that ends: «please fix the company name now», «the name should be changed»."""
    found = _named().match(text, piece.start)
    if found is None or found.start("label") >= piece.end:
        return None
    changes = find(found["lead"], "label_change") or find(text[found.end() : piece.end], "label_change", "label_wrong")
    return (_questions(found["label"].casefold()), found.end()) if changes else None


def not_known(text: str) -> bool:
    """Whether a value under a name says that it is not known."""
    return bool(pattern("label_unknown").fullmatch(text.strip(" .,!")))


def _head(text: str, piece: Piece) -> _Head | None:
    found = _named().match(text, piece.start)
    if found is None or found.start("label") >= piece.end:
        return None
    names, at = _questions(found["label"].casefold()), found.end()
    led = bool(find(found["lead"], "label_change"))
    if sign := _SIGN.match(text, at):
        return _Head(names, piece.start, sign.end(), SIGN, led)
    behind = text[at:].lstrip(" \t")
    at += len(text[at:]) - len(behind)
    ways = (("label_is_not", IS), ("label_wrong", IS), ("label_should", SHOULD), ("label_is", IS), ("label_to", SHOULD))
    for words, kind in ways:
        # «Change the part to a lid» is told, «the pattern to line 1» is not.
        if (said := opens(behind, words)) and (words != "label_to" or led):
            end = at + said.end()
            sign = _SIGN.match(text, end)
            kind = SIGN if sign else kind
            # «The name is wrong» calls none before it right.
            start = at if words == "label_wrong" else sign.end() if sign else end
            return _Head(names, piece.start, start, kind, led, words == "label_is_not")
    return _Head(names, piece.start, at, BARE, led)


def _told(text: str, head: _Head, limit: int) -> Told | None:
    """The value behind a name: what it is said to be, in spite of what it is said not to be."""
    parts = [each for each in pieces(text, joints=False) if each.end > head.behind and each.start < limit]
    if not parts:
        return None
    # «Wrong name, it is Vik»: what stands behind a comma is not right behind the name.
    beside = parts[0].start <= head.behind or head.kind == SIGN
    own = _cut(text, head.behind, min(parts[0].end, limit) if beside else head.behind)
    wrong = find(own.text, "label_wrong")
    if head.denied or (wrong and not own.text[wrong.end() :].strip(" .")):
        old = own.text[: wrong.start()] if wrong else own.text
        return _instead(text, head, own, old.strip(" .,«»\"'"), limit)
    if not own.text and find(text[head.start : head.behind], "wrong"):
        return _instead(text, head, own, "", limit)
    if not own.text:
        return None
    value = own
    if PERSON in head.names:
        # «Name Asha Rao, Rao Sourcing»
        firm = [each for each in parts[1:2] if _FIRM.fullmatch(each.text.strip(" ."))]
        value = _on(text, own, firm, limit)
    elif set(head.names) & set(_IN_WORDS):
        value = _on(text, own, parts[1:], limit)
    elif denied := find(own.text, "set_against"):
        # «4.5 kg not 4», «200 and nothing else»
        left = own.text[: denied.start()].rstrip(" ,")
        value = Piece(left, own.start, own.start + len(left)) if left else own
    end = _with_denied(text, max(own.end, value.end), limit)
    return Told(head.names, head.start, end, value, head.kind, head.led) if value.text else None


def _instead(text: str, head: _Head, own: Piece, old: str, limit: int) -> Told | None:
    """«Isn't Savon, it's Voima», «3 mm is wrong, it is 180x90x60»: the value stands in the piece behind."""
    after = [each for each in pieces(text) if each.start >= own.end and each.start < limit]
    behind = find(own.text, "but_it_is")
    if behind and head.denied:
        right, old = _cut(text, own.start + behind.end(), own.end), own.text[: behind.start()].strip(" .,«»\"'")
    elif after:
        lead = len(after[0].text) - len(without_lead(after[0].text, "corrects_lead"))
        right = _cut(text, after[0].start + lead, after[0].end)
    else:
        return None
    return Told(head.names, head.start, right.end, right, SHOULD, True, old) if right.text else None


def _on(text: str, own: Piece, parts: list[Piece], limit: int) -> Piece:
    """An answer in words with what goes on behind its commas, up to an address or the wish to send."""
    end = own.end
    for each in parts:
        between = text[end : each.start].strip()
        if between != "," or each.end > limit or tells_to_send(each.text) or re.search(r"\S@\S", each.text):
            break
        end = each.end
    return _cut(text, own.start, end)


def _with_denied(text: str, end: int, limit: int) -> int:
    """Up to the end of the short piece behind a value that says what it is not: «Lager 3 Ås, ikke bare Lager 3»."""
    behind = next((each for each in pieces(text, joints=False) if each.start >= end), None)
    denied = behind and behind.end <= limit and opens(behind.text, "set_against") and len(behind.text.split()) <= _MOST
    return behind.end if behind and denied else end


def _cut(text: str, start: int, end: int) -> Piece:
    """A stretch without the signs around it and without the wish to send at its end."""
    for each in pieces(text):
        if start < each.start < end and tells_to_send(text[each.start : end].strip(" .!")):
            end = max(one.end for one in pieces(text) if one.end <= each.start)
    while end > start and (text[end - 1] in " \t\n,.;–-" or text[end - 1] in "!"):
        end -= 1
    if (joint := re.search(r"\s+([^\W\d_]+)$", text[start:end])) and pattern("joints").fullmatch(joint[1]):
        end = start + joint.start()
    start += len(text[start:end]) - len(text[start:end].lstrip(" \t\n,.:;–-"))
    return Piece(text[start:end], start, end)


def _named_behind(text: str) -> Iterator[Told]:
    """«2210-C is the drawing number, not the order», «Savon er firmaet»: the name stands behind its value."""
    for piece in pieces(text, joints=False):
        found = _behind().match(piece.text)
        if found is None or asked_in(text, piece.start) or len(found["value"].split()) > _MOST:
            continue
        rest = found["rest"].strip(" ,.!")
        if rest and not opens(rest, "set_against", "label_is_not"):
            continue
        start = piece.start + found.start("value")
        value = Piece(found["value"], start, start + len(found["value"]))
        end = _with_denied(text, piece.end, len(text))
        yield Told(_questions(found["label"].casefold()), piece.start, end, value, BEHIND, wrong=rest)


@functools.lru_cache(maxsize=512)
def _questions(label: str) -> tuple[str, ...]:
    """The questions that are called so: a firm and a person before the name that both are."""
    topics = [each for each in _every() if pattern(f"called_{each}").fullmatch(label)]
    terms = [name for name, words in _terms().items() if re.fullmatch(rf"(?:{words})(?:en|a|et|n)?", label)]
    return tuple(dict.fromkeys([*topics, *terms]))


@functools.cache
def _every() -> tuple[str, ...]:
    """The questions that have words for their names, and what is no question: person and firm."""
    known = [each for each in _terms() if has_topic(f"called_{each}")]
    return (COMPANY, PERSON, "po", "mark", "place", *known)


@functools.cache
def _terms() -> dict[str, str]:
    """What the read-back calls each question, in every language, as a pattern."""
    found: dict[str, list[str]] = {}
    for words in replies().terms.values():
        for key, term in words.items():
            name = key.removeprefix("question.")
            if key.startswith("question.") and name not in _NO_NAMES:
                found.setdefault(name, []).append(re.escape(term.casefold()))
    return {name: "|".join(each) for name, each in found.items()}


@functools.cache
def _label() -> str:
    words = pattern(*(f"called_{each}" for each in _every())).pattern
    terms = "|".join(sorted(_terms().values(), key=len, reverse=True))
    return rf"(?P<label>{words}|(?:{terms})(?:en|a|et|n)?(?![\w-]))"


@functools.cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"[^\w\n]*(?P<lead>(?:{pattern('label_lead', 'label_change').pattern}[\s,.:!–-]+){{0,5}}){_label()}(?![\w@-])(?:\s+{pattern('label_owner').pattern})?",
        re.I,
    )


@functools.cache
def _behind() -> re.Pattern[str]:
    is_so, article = pattern("label_is").pattern, pattern("label_article").pattern
    return re.compile(
        rf"(?:{pattern('label_lead').pattern}[\s,.:!–-]+){{0,3}}(?P<value>\S.{{0,60}}?),?\s+{is_so}\s+(?:{article}\s+)?{_label()}(?![\w@-])(?P<rest>.*)$",
        re.I,
    )
