"""Who holds a socket: the website's sign-in token or ours of a proof by mail, checked once when it connects."""

import asyncio
import functools
import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any

import jwt
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.production.contacts import Contact, contact
from bot.common.settings import settings
from bot.store.records import Sender

ASYMMETRIC = ["RS256", "ES256"]
#: Clocks of two servers may differ by this many seconds.
LEEWAY = 10
DEMO_TOKEN_SECONDS = 8 * 3600
#: A proof by mail holds for a working day; its tokens begin with a word that no JWT begins with.
PROOF_SECONDS = 8 * 3600
BY_MAIL = "mail:"
LONGEST_TOKEN = 8000
#: What a look at the register of contacts may add to a turn.
LOOK_SECONDS = 0.5


class SignInRefused(RuntimeError):
    """``code`` is what the client is told: ``token_expired``, ``token_invalid``, ``contact_unknown``, ``sign_in_unavailable``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Visitor:
    """A signed-in contact. ``until`` is when the token runs out (seconds since 1970)."""

    sender: Sender
    name: str
    customer: str
    email: str
    phone: str | None
    language: str | None
    until: float

    @property
    def proven(self) -> bool:
        """Whether the sign-in still holds."""
        return time.time() < self.until + LEEWAY


async def visitor(auth: Any, production: Engine) -> Visitor | None:
    """Who connects, None for a stranger. Raises SignInRefused: a token that does not hold is never a stranger."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is None or token == "":
        return None
    claims = await asyncio.to_thread(read_token, token)
    return await known_visitor(claims["sub"], production, _how(token), float(claims["exp"]))


async def known_visitor(contact_id: str, production: Engine, proved: str, until: float) -> Visitor:
    """The visitor for a contact who was proven, as the register has them now. Raises SignInRefused."""
    try:
        found = await asyncio.to_thread(contact, production, contact_id)
    except SQLAlchemyError as error:
        raise SignInRefused("sign_in_unavailable") from error
    if found is None:
        raise SignInRefused("contact_unknown")
    return _visitor(found, proved, until)


def proven_by_mail(found: Contact) -> tuple[str, Visitor]:
    """A sign-in token of ours, and the visitor it stands for, for a contact who read what we mailed to their address."""
    until = int(time.time()) + PROOF_SECONDS
    token = URLSafeSerializer(settings().secret.get_secret_value(), salt="proof").dumps(
        {"sub": found.contact_id, "exp": until}
    )
    return f"{BY_MAIL}{token!s}", _visitor(found, "mail", float(until))


def _visitor(found: Contact, proved: str, until: float) -> Visitor:
    return Visitor(
        sender=Sender(found.contact_id, found.customer_id, proved), name=found.name, customer=found.customer_name,
        email=found.email, phone=found.phone, language=found.language, until=until,
    )  # fmt: skip


async def still_known(sender: Sender, production: Engine) -> bool:
    """Whether a contact who signed in before is still active; taken for true while the database does not say.

    Without that database nothing of the customer's can be read anyway, and the customer is not kept waiting for it.
    """
    look = asyncio.to_thread(contact, production, sender.contact_id)
    try:
        return await asyncio.wait_for(look, LOOK_SECONDS) is not None
    except (SQLAlchemyError, TimeoutError):
        return True


def read_token(token: Any) -> dict[str, Any]:
    """The claims of a sign-in token with a good signature, audience and expiry. Raises SignInRefused."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise SignInRefused("token_invalid")
    bare = token.removeprefix("Bearer ").strip()
    if bare.startswith(BY_MAIL):
        return _read_ours(bare.removeprefix(BY_MAIL))
    try:
        key, algorithm = _key(bare)
        claims: dict[str, Any] = jwt.decode(
            bare, key, algorithms=[algorithm], audience=settings().jwt_audience, leeway=LEEWAY,
            options={"require": ["exp", "sub", "aud"]},
        )  # fmt: skip
    except jwt.ExpiredSignatureError as error:
        raise SignInRefused("token_expired") from error
    except jwt.PyJWKClientConnectionError as error:
        raise SignInRefused("sign_in_unavailable") from error
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise SignInRefused("token_invalid") from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise SignInRefused("token_invalid")
    return claims


def _read_ours(token: str) -> dict[str, Any]:
    """The claims of a token that a proof by mail made. Raises SignInRefused."""
    try:
        claims = URLSafeSerializer(settings().secret.get_secret_value(), salt="proof").loads(token)
        contact_id, until = str(claims["sub"]), float(claims["exp"])
    except (BadSignature, ValueError, TypeError, KeyError) as error:
        raise SignInRefused("token_invalid") from error
    if time.time() > until:
        raise SignInRefused("token_expired")
    return {"sub": contact_id, "exp": until}


def _how(token: str) -> str:
    """How the holder of a good token was proved."""
    return "mail" if token.removeprefix("Bearer ").strip().startswith(BY_MAIL) else "sign_in"


def demo_token(contact_id: str) -> str:
    """A sign-in token as the foundry's website would issue it. Raises RuntimeError outside the demo."""
    if not settings().demo:
        raise RuntimeError("demo sign-in is off in production")
    claims = {"sub": contact_id, "aud": settings().jwt_audience, "exp": int(time.time()) + DEMO_TOKEN_SECONDS}
    return jwt.encode(claims, _secret() or "", algorithm="HS256")


def _key(token: str) -> tuple[Any, str]:
    """The key and the one algorithm it may be used with: a public key is never taken for a shared secret."""
    algorithm = jwt.get_unverified_header(token).get("alg")
    secret, keys = _secret(), settings().jwt_jwks_url
    if algorithm == "HS256" and secret:
        return secret, "HS256"
    if algorithm in ASYMMETRIC and keys:
        return _jwks(keys).get_signing_key_from_jwt(token).key, str(algorithm)
    raise jwt.InvalidAlgorithmError("algorithm")


def _secret() -> str | None:
    configured = settings().jwt_secret
    if configured is not None:
        return configured.get_secret_value()
    if not settings().demo:
        return None
    return hmac.new(settings().secret.get_secret_value().encode(), b"sign-in", hashlib.sha256).hexdigest()


@functools.lru_cache(maxsize=4)
def _jwks(url: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(url, timeout=3)
