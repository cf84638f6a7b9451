"""What a client sends, checked before anything else looks at it. Any JSON may come; nothing here raises but BadFrame."""

import json
import math
import re
import uuid
from dataclasses import dataclass
from typing import Any

from bot.common.addresses import read_address

CLIENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
#: Bytes of the client's own metadata that are passed on; more is left out.
CLIENT_METADATA_BYTES = 2000
_MAX_SEQ = 2**31 - 1
#: So many figures in one message are read; a list of some sixty lines has fewer. More cost whoever waits behind it.
MOST_FIGURES = 250
_FIGURE = re.compile(r"[0-9]+")
#: Blanks, signs and words in a row tell no more than so many of them; so do line ends.
_MOST, _LINES = 8, 3
_RUN = re.compile(r"(?P<space>[ \u00a0]{9,})|(?P<tab>\t{9,})|(?P<line>\n(?:[ \t]*\n){3,})|(?P<sign>([^\w\s])\5{8,})")
_TOKEN = re.compile(r"\S+\s*")
#: Control characters mean nothing to a reader, and PostgreSQL stores no NUL. Tab and line feed stay.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


class BadFrame(ValueError):
    """The frame is refused; ``code`` is what the client is told: ``malformed``, ``empty``, ``too_long`` or ``crowded``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SessionRequest:
    """A wish for a conversation. ``last_seq`` is None for clients that want no history."""

    token: str | None
    last_seq: int | None
    language: str | None


@dataclass(frozen=True)
class Uttered:
    """A customer's message. ``token`` is looked at only while the socket is in no conversation."""

    text: str
    client_id: str
    client: dict[str, Any]
    token: str | None
    language: str | None


def read_session_request(frame: Any) -> SessionRequest:
    """Whatever was sent: what is missing or wrong counts as not said, as in Rasa's own channel."""
    fields = frame if isinstance(frame, dict) else {}
    metadata = _metadata(fields)
    last_seq = fields.get("last_seq", metadata.get("last_seq"))
    seq = last_seq if isinstance(last_seq, int) and not isinstance(last_seq, bool) else None
    return SessionRequest(
        token=_token(fields),
        last_seq=None if seq is None else min(max(seq, 0), _MAX_SEQ),
        language=_language(fields.get("language", metadata.get("language"))),
    )


def read_uttered(frame: Any, max_chars: int) -> Uttered:
    """A message, its text cleaned of what no database stores. Raises BadFrame."""
    if not isinstance(frame, dict) or not isinstance(frame.get("message"), str):
        raise BadFrame("malformed")
    if len(frame["message"]) > max_chars:
        raise BadFrame("too_long")
    text = squeezed(clean(frame["message"]))
    if not text.strip():
        raise BadFrame("empty")
    if len(_FIGURE.findall(text)) > MOST_FIGURES:
        raise BadFrame("crowded")
    metadata = _metadata(frame)
    client_id = metadata.get("client_id", metadata.get("message_id"))
    if not isinstance(client_id, str) or not CLIENT_ID.fullmatch(client_id):
        client_id = uuid.uuid4().hex
    return Uttered(text, client_id, _small(metadata), _token(frame), _language(metadata.get("language")))


def _token(frame: dict[str, Any]) -> str | None:
    """Ours are ASCII; anything else is nobody's."""
    token = frame.get("session_id")
    return token if isinstance(token, str) and token.isascii() else None


def clean(text: str) -> str:
    """Without control characters and halves of characters, which neither database nor engine can take."""
    return text.replace("\r\n", "\n").translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def squeezed(text: str) -> str:
    """The text without long runs of blanks, empty lines, one sign or one word: what is read costs time for each of them."""
    shorter = _RUN.sub(lambda run: run[0][:_MOST] if run["line"] is None else "\n" * _LINES, text)
    kept: list[str] = []
    again, before = 0, ""
    for token in _TOKEN.findall(shorter):
        word = token.strip()
        again, before = (again + 1 if word == before else 1), word
        if again <= _MOST:
            kept.append(token)
    head = shorter[: len(shorter) - len(shorter.lstrip())]
    return head + "".join(kept)


def _metadata(frame: dict[str, Any]) -> dict[str, Any]:
    """``metadata``, or ``customData`` as one stock widget calls it; an object or JSON text of one."""
    found = frame.get("metadata") or frame.get("customData")
    if isinstance(found, str) and len(found) <= 10_000:
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            return {}
    return found if isinstance(found, dict) else {}


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    """The client's metadata as plain JSON, or nothing when it is too much."""
    try:
        cleaned = _plain(metadata)
        size = len(json.dumps(cleaned))
    except (TypeError, ValueError, RecursionError):
        return {}
    return cleaned if size <= CLIENT_METADATA_BYTES else {}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {clean(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(type(value).__name__)


def read_email(value: Any) -> str | None:
    """A mail address, or None for anything else."""
    return read_address(value) if isinstance(value, str) else None


def _language(value: Any) -> str | None:
    """A language tag's first part: ``nb`` of ``nb-NO``."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*", value[:40]):
        return None
    return re.split("[-_]", value)[0].lower()
