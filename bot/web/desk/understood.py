"""How the assistant read a message, in words: the rule that decided, and what it is about."""

from bot.common.replies import replies
from bot.store.records import Stored


def understood(message: Stored, language: str) -> list[str]:
    """One sentence for each thing that the message was read as; none for a message that no turn answered."""
    return [_sentence(read, replies().terms[language]) for read in message.understood]


def _sentence(read: dict[str, str], terms: dict[str, str]) -> str:
    because = terms.get(f"understood.{read['because']}", read["because"])
    topics = [each.partition("/")[0] for each in read["about"].split(" | ")]
    about = [terms.get(f"act.{each}") or terms.get(f"task.{each}") for each in topics]
    return f"{because} ({' / '.join(each for each in about if each)})" if any(about) else because
