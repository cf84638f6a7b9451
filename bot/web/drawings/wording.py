"""What a drawing says of itself, as the customer is told: a short line, never more than the file holds."""

from bot.store.records import Reply
from bot.store.uploads import FileInfo
from bot.web.texts import system, text

MODEL, PAGES = "model/step", "application/pdf"


def told_of_file(language: str, info: FileInfo) -> Reply | None:
    """The line about a file, or None where it holds nothing to tell."""
    facts, said = info.facts, []
    if "name" in facts:
        said.append(
            text(language, "utter_file_title" if info.media_type == PAGES else "utter_file_name", called=facts["name"])
        )
    if "size" in facts:
        name = "utter_file_dimensions" if info.media_type == MODEL else "utter_file_reach"
        said.append(text(language, name, size=facts["size"], unit=f"unit.{facts['unit']}"))
    elif "unit" in facts:
        said.append(text(language, "utter_file_unit", unit=f"unit.{facts['unit']}"))
    if "pages" in facts:
        said.append(
            text(language, "utter_file_page" if facts["pages"] == 1 else "utter_file_pages", pages=facts["pages"])
        )
    return system(language, "utter_file_holds", facts=said) if said else None
