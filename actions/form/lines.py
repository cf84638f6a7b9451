"""A message that lists several parts, as a pasted mail does: one item a line, each with its own figures."""

import itertools
import re
from typing import TypedDict, cast

from actions.form.line_names import numbered_lines, same_noun
from actions.form.list_blocks import blocks
from actions.form.parts_in_prose import Told, as_written, told_parts
from actions.form.pieces import pieces
from actions.form.price_breaks import price_breaks
from actions.form.words import closes, find, opens, pattern, without_lead, word_set
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.spans import time_of

#: The beginning of a list line that is no part of the description.
_BULLET = re.compile(r"[\s•*–-]*")
_NUMBERING = re.compile(r"^\s*(?:(?P<word>[^\W\d_]+)\s*\.?\s*)?(?:[0-9]{1,3}\s*[.:)]|(?P<bullet>[-*•·]))\s*")
#: The numbers of a list in running text: «1) ... 2) ...», «A) ... B) ...», «pos. 1: ... pos. 2: ...».
_MARK = re.compile(
    r"(?<![\w.,/-])(?:(?P<word>[^\W\d_]{3,9})\.?\s?)?\(?(?P<mark>[0-9]{1,2}|(?-i:[a-h]|[A-H]))(?P<sign>[.):]|(?=\s))(?=\s*[^\W_])(?!\d)",
    re.I,
)
#: A sentence ends, and another begins.
_SENTENCE = re.compile(r"[.!?;]\s+(?=[^\W\d_a-zæøåäöü])|\n")
_STOP = re.compile(r"[.!?](?=\s+[^\W\d_]{2})")
_SAYS = re.compile(r"[^\W\d_]{3}")
#: A word that can be the name of a thing.
_NOUN = re.compile(r"[^\W\d_]{4,}")
#: Columns of a pasted table.
_COLUMN = re.compile(r"\t|;|\|| {3,}")
#: Entities that make a line with a figure one of a part.
_OF_A_PART = (
    "alloy",
    "alloy_group",
    "unknown_alloy",
    "foreign_material",
    "weight",
    "part_no",
    "drawing_no",
    "temper",
    "dimensions",
)
#: What each part of a list can have of its own.
OWN = ("quantity", "alloy", "weight", "temper", "drawing_no", "part_no", "dimensions", "wall")
_UNUSABLE = {"bad", "ask", "near", "every", "role"}
#: What a line tells of its metal: an alloy, a family of them, one that is not cast here.
OF_METAL = ("alloy", "metal", "foreign")
#: So many lines of a list are taken.
MOST_ITEMS = 200
#: So many of a list in running text are looked for; a table has more.
MOST_IN_TEXT = 60


class Item(TypedDict, total=False):
    """One part of a list: ``text`` as written (with what was corrected since), the values, and how each was written."""

    text: str
    quantity: int
    alloy: str
    #: A name of several alloys, of which the foundry proposes one.
    metal: str
    weight: float
    temper: str
    drawing_no: str
    revision: str
    part_no: str
    dimensions: list[float]
    wall: float
    delivery: str
    foreign: str
    said: dict[str, str]
    #: What a line of a table, or a part told in sentences, has beside them: its thing, price breaks, pieces a year, the weight when finished, cells that were not read.
    part: str
    breaks: list[int]
    yearly: int
    finished: float
    unread: dict[str, str]
    #: Which line it was, where it was struck out.
    place: int


def items(turn: Turn) -> list[Item]:
    """The parts a message lists that are cast here; empty when it lists none."""
    found, _ = listed(turn)
    return found if len(found) >= 2 else []


def listed(turn: Turn) -> tuple[list[Item], list[Item]]:
    """The parts a message lists, of a table or in its text: those that may be cast here, and those of another metal."""
    found = _of_all(turn, cast("list[Item]", list(turn.table)), []) if turn.table else _in_text(turn)
    ours = [each for each in found if "foreign" not in each]
    if not turn.table and len(ours) < 2:
        # One of two is no list by itself: both stand, and the other is said to be none of ours.
        return found, []
    return ours, [each for each in found if "foreign" in each]


def _in_text(turn: Turn) -> list[Item]:
    spans = spans_of_lines(turn)
    spans = spans if len(spans) > 1 else _numbered_in_text(turn)
    if len(spans) < 2:
        found = [_told_item(turn, each) for each in told_parts(turn)]
    else:
        found = [item_in(turn, *span) for span in spans[:MOST_IN_TEXT]]
        found = _of_same_alloy([_put_right(turn, spans, each) for each in found])
        found = _of_all(turn, found, spans) if len(found) > 1 and "\n" in turn.text else found
    if len(found) >= 2 and "\n" not in turn.text and [each for each in found if "alloy" in each] == found[-1:]:
        # «10 casings and 20 covers in LM25»: what is said once at the end holds for all.
        found = [each | {"alloy": found[-1]["alloy"]} for each in found]
    return found if len(found) >= 2 else []


def _told_item(turn: Turn, part: Told) -> Item:
    """A part that was told in sentences as an item: its text is the stretch it stands in, else its name with its figures."""
    item = read_item(turn, part.figures)
    said = item.setdefault("said", {})
    named, count = part.written, part.naming.count
    if named:
        item["part"] = named
    if part.revision:
        item["revision"] = part.revision
    if len(part.spans) == 1 and not part.shared:
        return cast(
            "Item", {**item, "text": without_lead(item_in(turn, *_told(turn, *part.spans[0]))["text"], "articles")}
        )
    if count is not None:
        named = turn.text[int(count["start"]) : part.naming.end]
    elif (pieces_said := said.get("quantity", "")) and (pieces_said.isdigit() or not re.search(r"\d", pieces_said)):
        said["quantity"] = f"{item['quantity']:g} ×"
        named = f"{said['quantity']} {named}"
    figures = [written for name, written in said.items() if name != "quantity" or written not in named]
    revision = [f"rev {part.revision}"] if part.revision else []
    item["text"] = ", ".join(each for each in (named, *figures, *revision) if each)[:200]
    return item


def _told(turn: Turn, start: int, end: int) -> tuple[int, int]:
    """A stretch without the question behind it: «4 bushes in bronze, can you do that?»"""
    for each in pieces(turn.text):
        asks = turn.text[each.end : each.end + 2].lstrip()[:1] == "?" or opens(each.text, "asks")
        if start < each.start < end and asks and not any(map(each.holds, turn.said(*_OF_A_PART, "quantity"))):
            return start, each.start
    return start, end


def spans_of_lines(turn: Turn) -> list[tuple[int, int]]:
    """Where the lines of a list stand that has one line each, or positions of several lines."""
    return blocks(turn) or _lines(turn)


def _of_all(turn: Turn, found: list[Item], spans: list[tuple[int, int]]) -> list[Item]:
    """«Quote these in LM25 T6:» tells the alloy of every line below, where none has its own."""
    outside = [
        each
        for each in turn.said("alloy", "temper")
        if not _UNUSABLE & each.keys() and not any(start <= each.get("start", -1) < end for start, end in spans)
    ]
    alloys = {each["value"] for each in outside if each["entity"] == "alloy"}
    own = any(not each.keys().isdisjoint(OF_METAL) or "alloy" in (each.get("unread") or {}) for each in found)
    if own or len(alloys) != 1:
        return found
    tempers = {each["value"] for each in outside if each["entity"] == "temper"}
    told = {"alloy": alloys.pop(), **({"temper": tempers.pop()} if len(tempers) == 1 else {})}
    return [cast("Item", {**told, **each}) for each in found]


def _put_right(turn: Turn, spans: list[tuple[int, int]], item: Item) -> Item:
    """«25 brackets, not 20» outside a list, as the newest of several pasted mails has it, puts the pieces of that line right."""
    outside = [
        each
        for each in turn.said("quantity", "number")
        if not _UNUSABLE & each.keys() and not any(start <= each.get("start", -1) < end for start, end in spans)
    ]
    for new, old in itertools.pairwise(sorted(outside, key=lambda each: int(each["start"]))):
        between = turn.text[int(new["end"]) : int(old["start"])]
        noun = _NOUN.search(between)
        named = noun and any(same_noun(noun[0].casefold(), word.casefold()) for word in _NOUN.findall(item["text"]))
        if named and closes(between, "negated") and item.get("quantity") == int(old["value"]):
            text = re.sub(rf"(?<!\w){int(old['value'])}(?!\w)", str(int(new["value"])), item["text"], count=1)
            return cast("Item", {**item, "quantity": int(new["value"]), "text": text})
    return item


#: What a line has «as above».
_AS_ABOVE = ("alloy", "metal", "temper", "weight", "quantity", "breaks")


def _of_same_alloy(found: list[Item]) -> list[Item]:
    """«20 covers in the same alloy» are of the alloy of the line before; what is «as above» has all else of it too."""
    known: list[Item] = []
    for each in found:
        if known and find(each["text"], "same_as_above"):
            above = {name: it for name, it in known[-1].items() if name in _AS_ABOVE}
            each = cast("Item", {**above, **each})
        before = known[-1].get("alloy") if known else None
        same = before and "alloy" not in each and find(each["text"], "same_alloy")
        known.append(cast("Item", {**each, "alloy": before}) if same else each)
    return known


def numbered(found: list[Item]) -> str:
    """The items as the read-back and the case show them."""
    return "\n".join(f"{number}. {item['text']}" for number, item in enumerate(found, 1))


def _quantities(turn: Turn) -> list[Entity]:
    named = [entity for entity in turn.said("quantity") if not {"bad", "every", "role"} & entity.keys()]
    named = [each for each in named if not closes(turn.text[: int(each["start"])], "first_of")]
    return sorted(named, key=lambda entity: int(entity["start"]))


def _lines(turn: Turn) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for line in turn.text.splitlines(keepends=True):
        end = start + len(line)
        inside = [entity for entity in turn.entities if start <= entity.get("start", -1) < end]
        counted = any(entity in inside for entity in _quantities(turn))
        if spans and spans[-1][1] == start and not counted and opens(line.strip(), "line_goes_on"):
            # A wrapped line goes on with the part of the one before.
            stop = _SENTENCE.search(line)
            spans[-1] = (spans[-1][0], start + (stop.start() if stop else len(line)))
        elif _is_item(line, inside, turn):
            spans.append((_item_start(turn, start, inside), end))
        start = end
    return spans


def _item_start(turn: Turn, start: int, inside: list[Entity]) -> int:
    """Where a part begins in a line that leads to it: «ask them for 20 brackets», «and 5 covers»."""
    first = next((int(each["start"]) for each in _quantities(turn) if each in inside), start)
    return first if closes(turn.text[start:first], "leads_to_item") else start


def _is_item(line: str, inside: list[Entity], turn: Turn) -> bool:
    counted = any(entity in inside for entity in _quantities(turn))
    described = [entity for entity in inside if entity["entity"] in _OF_A_PART]
    columns = [each for each in _COLUMN.split(line.strip()) if each.strip()]
    table = len(columns) >= 3 and any(
        re.fullmatch(r"\s*[0-9][0-9 .,]*\s*(?:stk|pcs)?\s*", each, re.I) for each in columns
    )
    # «30 stk levert uke 5» is a lot of a part, and no part.
    words = re.search(r"[^\W\d_]{3}", pattern("counted", "brought", "deliveries", "times").sub("", line))
    if numbered_lines(line) and not (described and words and _NUMBERING.match(line)):
        return False
    if line.rstrip().endswith(":"):
        # It leads to the list below it.
        return False
    return table or (counted and bool(described or words)) or len(described) >= 2


def _numbered_in_text(turn: Turn) -> list[tuple[int, int]]:
    """«1) 30 hubs in LM25 2) 12 covers in RG5»: the items of a list in running text, cut at their marks and at nothing else."""
    text, marks = turn.text, list[re.Match[str]]()
    for match in _MARK.finditer(text):
        known = marks[-1] if marks else None
        if _is_next(match, known) and (known is None or _SAYS.search(text, known.end(), match.start())):
            marks.append(match)
    if len(marks) < 2:
        return []
    ends = [*(_mark_start(each) for each in marks[1:]), _list_ends(text, marks[-1].end())]
    # «A) housing» keeps its letter: by that the customer speaks of it.
    starts = [mark.end() if mark["mark"].isdigit() else mark.start("mark") for mark in marks]
    spans = list(zip(starts, ends, strict=True))
    # Letters number what is asked too: «a) how big b) how heavy».
    figures = all(_of_a_part(turn, span) for span in spans)
    return spans if figures or marks[0]["mark"].isdigit() else []


def _mark_start(mark: re.Match[str]) -> int:
    """Where the number of an item begins: with the word for it («pos. 2»), which no other word is («40 stk 2)»)."""
    named = mark["word"] and mark["word"].casefold() in word_set("item_words")
    return mark.start() if named else mark.start("mark")


def _list_ends(text: str, start: int) -> int:
    """Where the last item of a list in running text ends: at its sentence, or where something is told of all of them."""
    told_of_all = pattern("of_all_items", "deliver_to", "offer_deadline")
    stops = [stop.start() for stop in (_SENTENCE.search(text, start), told_of_all.search(text, start)) if stop]
    # «4 casings 60 kg. need them by May»: not everybody begins a sentence with a capital letter.
    stops += [each.start() for each in _STOP.finditer(text, start) if not closes(text[: each.start()], "abbreviations")]
    return min(stops, default=len(text))


def _of_a_part(turn: Turn, span: tuple[int, int]) -> bool:
    """Whether a piece of a message has a figure of a part or a number of pieces."""
    names = (*_OF_A_PART, "quantity")
    return any(each["entity"] in names and span[0] <= each.get("start", -1) < span[1] for each in turn.entities)


def _is_next(mark: re.Match[str], known: re.Match[str] | None) -> bool:
    """Whether a number begins a list, or goes on with one in the same writing."""
    word = mark["word"].casefold() if mark["word"] else ""
    named = word in word_set("item_words")
    if mark["sign"] != ")" and not named and (mark["sign"] != "." or not mark["mark"].isdigit()):
        # «Pos 1 ...» needs no sign, and «12:» is none.
        return False
    if known is None:
        return mark["mark"] in ("1", "a", "A")
    if mark["sign"] != known["sign"] or mark["mark"].isdigit() != known["mark"].isdigit():
        return False
    place, before = (int(each) if each.isdigit() else ord(each) for each in (mark["mark"], known["mark"]))
    return place == before + 1


def item_in(turn: Turn, start: int, end: int) -> Item:
    """The part that a piece of a message describes."""
    words = " ".join(turn.text[start:end].split())
    numbering = _NUMBERING.match(words)
    if numbering and (not numbering["word"] or numbering["word"].casefold() in word_set("numbering")):
        words = words[numbering.end() :]
    while joint := re.search(r"[\s,;.–•*·-]+$|\s([^\W\d_]+)$", words):
        if joint[1] and not opens(joint[1], "joined_by"):
            break
        words = words[: joint.start()]
    inside = [each for each in turn.entities if start <= each.get("start", -1) < end]
    item = read_item(turn, inside)
    lead = _BULLET.match(turn.text, start, end)
    first = lead.end() if lead else start
    count = next((each for each in inside if each["entity"] == "number" and int(each["start"]) == first), None)
    if count and "quantity" not in item:
        item["quantity"] = int(count["value"])
    if breaks := price_breaks(turn.text[start:end]):
        item.pop("quantity", None)
        item["breaks"] = breaks
    item["text"] = words[:200]
    return item


def read_item(turn: Turn, inside: list[Entity]) -> Item:
    """The values of an item, and how each was written."""
    found: dict[str, object] = {}
    said: dict[str, str] = {}
    for entity in inside:
        name, value = entity["entity"], entity.get("value")
        value = time_of(entity) if name in ("date", "week") else value
        if name == "quantity" and entity.get("every") == "year":
            found.setdefault("yearly", int(entity["value"]))
            said.setdefault("yearly", as_written(turn.text, entity))
        if _UNUSABLE & entity.keys():
            continue
        name = {"week": "delivery", "date": "delivery", "foreign_material": "foreign"}.get(name, name)
        if name == "alloy_group":
            found.setdefault("metal", value)
            said.setdefault("alloy", as_written(turn.text, entity))
        if name == "dimensions" and name in found:
            # «Dia 420 mm, height 150»: what each figure measures stands beside it.
            found[name] = [*cast("list[float]", found[name]), *cast("list[float]", value)]
            said[name] += f", {as_written(turn.text, entity)}"
        if name in (*OWN, "delivery", "foreign") and name not in found:
            found[name] = value
            said[name] = as_written(turn.text, entity)
            if name == "drawing_no" and entity.get("revision"):
                found["revision"] = entity["revision"]
    if "alloy" in found:
        found.pop("foreign", None)
        found.pop("metal", None)
    return cast("Item", {**found, **({"said": said} if said else {})})
