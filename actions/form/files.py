"""Files that a customer sends while a request asks for them: names and sizes stand in the answer, the bytes stay with web."""

from collections.abc import Callable

from actions.form.answers import Answer, line


def file_line(question: str) -> Callable[[Answer | None, str, int], Answer]:
    """How a question takes a file: with the files that came before and the number or words that were written first."""

    def take(known: Answer | None, name: str, size: int) -> Answer:
        earlier = known.more if known else {}
        files = [*(earlier.get("files") or []), {"name": name, "size": size}]
        names = [each["name"] for each in files]
        number = earlier.get("number") or _number(known)
        reply = f"utter_line_{question}_files" if number is None else f"utter_line_{question}_no_files"
        value = number or ", ".join(names)
        return line(question, value, reply, files=files, names=names, **({"number": number} if number else {}))

    return take


def _number(known: Answer | None) -> str | None:
    """A drawing number with its revision, or other words that were written before the file came."""
    said = known.value if known else None
    return None if known is None or known.more.get("files") or said in (None, "affirm", "deny") else str(said)
