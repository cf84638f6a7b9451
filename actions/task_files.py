"""Files that a customer sends while a request asks for them: names and sizes stand in the answer, the bytes stay with web."""

from actions.task_answers import line
from actions.tasks import Answer

#: Questions a file answers.
FILES = ("drawing", "photos")


def file_line(question: str, known: Answer | None, name: str, size: int) -> Answer:
    """The answer after a file has come, with the files that came before and the drawing number that was named."""
    earlier = known or {}
    files = [*(earlier.get("files") or []), {"name": name, "size": size}]
    names = [each["name"] for each in files]
    number = earlier.get("number") or _number(earlier)
    reply = f"utter_line_{question}_files" if number is None else f"utter_line_{question}_no_files"
    value = number or ", ".join(names)
    return line(question, value, reply, files=files, names=names, **({"number": number} if number else {}))


def _number(known: Answer) -> str | None:
    """A drawing number with its revision, or other words that were written before the file came."""
    said = known.get("value")
    return None if known.get("files") or said in (None, "affirm", "deny") else str(said)
