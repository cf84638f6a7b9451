"""Signatures between our own processes: conversation tokens for clients, identities for the action server."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer

from bot.common.addresses import same_address
from bot.common.settings import settings

IDENTITY_SECONDS = 300
#: How long the link of a mail leads back to the chat.
RESUME_SECONDS = 72 * 3600
SHORT_HASH = 16


@dataclass(frozen=True)
class ResumeLink:
    """A link of a mail: where it leads, whom it proves, the address it was mailed to (as a keyed hash), and which one it is."""

    conversation: str
    contact: str
    address: str
    link: str

    def mailed_to(self, email: str) -> bool:
        """Whether it went to this address."""
        return hmac.compare_digest(self.address, _short_hash(email))


def _secret() -> str:
    return settings().secret.get_secret_value()


def engine_token() -> str:
    """The bearer token web and engine share: set, or derived from the secret so that a laptop needs no setting."""
    configured = settings().engine_token
    if configured is not None:
        return configured.get_secret_value()
    return hmac.new(_secret().encode(), b"engine", hashlib.sha256).hexdigest()


def keyed(*parts: str) -> str:
    """A hash that only we can make, of parts that cannot run into each other."""
    return hmac.new(_secret().encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def address_hash(email: str) -> str:
    """The keyed hash of an address, however it is spelled in capitals: to count by, not to be read back."""
    return keyed("address", unicodedata.normalize("NFKC", same_address(email)).casefold())


def sign_conversation(conversation: str) -> str:
    """The opaque token a client carries as ``session_id``."""
    return str(URLSafeSerializer(_secret(), salt="conversation").dumps(conversation))


def read_conversation(token: object) -> str | None:
    """The conversation id inside a token of ours; None for anything else, whatever its type or length."""
    if not isinstance(token, str) or len(token) > 300:
        return None
    try:
        value = URLSafeSerializer(_secret(), salt="conversation").loads(token)
    except (BadSignature, ValueError):  # ValueError: a text no encoding knows, such as a lone surrogate
        return None
    return value if isinstance(value, str) else None


def sign_identity(contact: str, customer: str, proved: str, conversation: str) -> str:
    """What web tells the actions about the asker, bound to one conversation and short-lived."""
    claims = {"contact": contact, "customer": customer, "proved": proved, "conversation": conversation}
    return str(URLSafeTimedSerializer(_secret(), salt="identity").dumps(claims))


def read_identity(token: object, conversation: str) -> dict[str, Any] | None:
    """The claims of ``sign_identity`` (contact, customer, proved), or None when forged, expired or of another conversation."""
    if not isinstance(token, str):
        return None
    try:
        claims = URLSafeTimedSerializer(_secret(), salt="identity").loads(token, max_age=IDENTITY_SECONDS)
    except (BadSignature, SignatureExpired, ValueError):
        return None
    return claims if isinstance(claims, dict) and claims.get("conversation") == conversation else None


def sign_resume(conversation: str, contact: str, email: str) -> str:
    """What a mailed link carries: back to this conversation, as the contact whose mailbox it went to."""
    claims = {"conversation": conversation, "contact": contact, "address": _short_hash(email), "link": token_hex(4)}
    return str(URLSafeTimedSerializer(_secret(), salt="resume").dumps(claims))


def read_resume(token: object) -> ResumeLink | None:
    """What ``sign_resume`` put in; None when forged or older than ``RESUME_SECONDS``."""
    if not isinstance(token, str) or len(token) > 500:
        return None
    try:
        claims = URLSafeTimedSerializer(_secret(), salt="resume").loads(token, max_age=RESUME_SECONDS)
        return ResumeLink(*(str(claims[name]) for name in ("conversation", "contact", "address", "link")))
    except (BadSignature, SignatureExpired, ValueError, TypeError, KeyError):
        return None


def _short_hash(email: str) -> str:
    """Of an address, short enough for a link: it is signed with the rest."""
    return address_hash(email)[:SHORT_HASH]
