"""What a line of a list is called: «part 2 is called cover», «line 1 is valve housing 12 kg»."""

import re
from collections.abc import Sequence
from typing import cast

from actions.form.line_names import Mention
from actions.form.lines import Item
from actions.form.pieces import pieces
from actions.form.text import is_general, is_thing, part_words
from actions.form.words import find, opens, without_lead
from actions.turns.reading import Entity

#: A name has so many words at most.
_MOST = 5
#: Values that words of a name sound like: «valve housing».
_IN_NAMES = ("application", "language", "property", "foreign_material")
_SIGN = re.compile(r"\s*[:=]\s*")


def name_stretch(text: str, mention: Mention) -> tuple[int, int] | None:
    """Where a line that is named by its number is said to be called something, up to the end of that clause."""
    if mention.noun or mention.every or len(mention.lines) != 1:
        return None
    start = _behind(text, mention)[0]
    piece = next((each for each in pieces(text) if each.end > start), None) if start is not None else None
    return (start, piece.end) if piece and start is not None else None


def _behind(text: str, mention: Mention) -> tuple[int | None, bool]:
    """Where what a line is said to be begins, and whether a word says that it is called so."""
    behind = text[mention.end :]
    lead = behind.lstrip()
    at = mention.end + len(behind) - len(lead)
    named, sign = opens(lead, "is_called"), _SIGN.match(text, mention.end)
    said = named or opens(lead, "is_now", "label_is")
    return (sign.end() if sign else at + said.end() if said else None), named is not None


def titled(text: str, mention: Mention, until: int, inside: Sequence[Entity]) -> str | None:
    """The name that a message gives a line whose number it says, up to its first figure; None where it only tells of it."""
    stretch = name_stretch(text, mention)
    if stretch is None or stretch[0] >= until:
        return None
    start = stretch[0]
    figures = [int(each["start"]) for each in inside if int(each["start"]) >= start and each["entity"] not in _IN_NAMES]
    words = without_lead(text[start : min([*stretch[1:], until, *figures])].strip(" ,.-–!«»\"'"), "articles")
    if not words or len(words.split()) > _MOST or not re.search(r"[^\W\d_]{3}", words):
        return None
    if opens(words, "not", "yet_so") or is_general(words) or part_words(words) is None or not is_thing(words):
        return None
    if _behind(text, mention)[1]:
        return words
    # «Line 1 is urgent», «line 2 is machined» call it nothing: a name with its figures does.
    judged = opens(words, "label_judged") or find(words, "times", "drawings", "patterns", "requirements")
    return words if figures and not judged else None


def titled_anew(item: Item, name: str) -> Item:
    """An item under another name; what stands behind the old one stays."""
    first, _, others = item["text"].partition(",")
    said = {key: each for key, each in (item.get("said") or {}).items() if each and each in first}
    count = said.get("quantity", "")
    # «25 brackets in LM25» is counted by its bare figure, «bracket LM25 25 pcs» is not.
    counted = f"{count.removesuffix(' ×')} × " if count.removesuffix(" ×").isdigit() else ""
    rest = [each for key, each in said.items() if not (counted and key == "quantity")]
    text = ", ".join([f"{counted}{name}", *rest]) + (f",{others}" if others else "")
    written = {**(item.get("said") or {}), **({"quantity": counted.strip()} if counted else {})}
    return cast("Item", {**item, "text": text, "part": name, "said": written})
