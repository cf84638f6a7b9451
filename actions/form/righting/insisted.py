"""The part called by its name once more, where the request holds another or none: «gear rim, I said», «tannkrans sa jeg jo»."""

from actions.form.contact import looks_like_person
from actions.form.matter import matter_pieces, says_it_was_told
from actions.form.pieces import sentence_spans
from actions.form.righting.standing import Righted, Standing
from actions.form.text import is_thing, part_words
from actions.form.typed import PartAnswer
from actions.form.words import without_lead

#: The name of a thing has no more words.
_NAME = 3
#: Where these are asked for, what is said again is who asks.
_WHO = ("name", "email", "phone", "place")
#: What a word of a sentence may be read as and be the name of a thing all the same.
_NAMELY = ("language", "application")


def insisted(standing: Standing) -> Righted | None:
    """Let the part be what it is said to have been called all along; a part that is called so already stays as it is."""
    known = standing.answers.get("part")
    if standing.opened in _WHO or looks_like_person(standing.turn):
        return None
    if not any(each.name == "part" for each in standing.questions) or (isinstance(known, PartAnswer) and known.items):
        return None
    text = standing.turn.text
    for start, end in sentence_spans(text):
        sentence = text[start:end].strip()
        if not says_it_was_told(sentence):
            continue
        inside = [each for each in standing.turn.entities if start <= int(each.get("start", -1)) < end]
        named = _name(sentence) if all(each["entity"] in _NAMELY for each in inside) else None
        if named and named.casefold() not in str(known.value if known else "").casefold():
            return Righted("part", PartAnswer(named, "utter_line_part"), start, end, known)
    return None


def _name(sentence: str) -> str | None:
    """The thing that a sentence names, where it tells nothing else but that it was told before."""
    told = [each.text for each in matter_pieces(sentence)]
    name = without_lead(told[0], "articles").strip(" .,!") if len(told) == 1 else ""
    return part_words(name) if name and len(name.split()) <= _NAME and is_thing(name) else None
