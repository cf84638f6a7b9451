"""Signing in through an OpenID Connect provider: authorization code with PKCE, state and nonce; the ID token is checked.

ProviderError: the provider is away, or what it says does not hold
"""

import asyncio
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from bot.common.settings import settings

#: RSA and elliptic curves; never a shared secret, never none.
ALGORITHMS = ["RS256", "PS256", "ES256"]
SECONDS = 5.0
LEEWAY = 10
#: How long what the provider says about itself and its keys is believed.
KEPT_SECONDS = 3600.0
LONGEST = 4000


class ProviderError(RuntimeError):
    """The provider is away, refuses, or says something that does not hold. The text is for the log."""


@dataclass(frozen=True)
class Begun:
    """A sign-in that was begun: kept by the browser until it comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Known:
    """Who it is. ``email`` only when the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


class Provider:
    """The identity provider of the settings."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    async def begin(self) -> tuple[str, Begun]:
        """Where to send the browser, and what it must bring back. Raises ProviderError."""
        begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        async with _client() as client:
            url, _ = client.create_authorization_url(
                _text(await self._about(), "authorization_endpoint"), state=begun.state, nonce=begun.nonce,
                code_verifier=begun.verifier,
            )  # fmt: skip
        return str(url), begun

    async def finish(self, code: str, begun: Begun) -> Known:
        """Who came back with this code. Raises ProviderError."""
        about = await self._about()
        try:
            async with asyncio.timeout(2 * SECONDS), _client() as client:
                token = await client.fetch_token(
                    _text(about, "token_endpoint"), code=code, code_verifier=begun.verifier
                )  # fmt: skip
                claims = await self._claims(token.get("id_token"), begun.nonce, about)
                if "email" not in claims and "userinfo_endpoint" in about:
                    claims |= await _more(client, _text(about, "userinfo_endpoint"), claims["sub"])
        except (AuthlibBaseError, httpx.HTTPError, TimeoutError, ValueError) as error:
            raise ProviderError(type(error).__name__) from error
        verified = claims.get("email_verified") is True and isinstance(claims.get("email"), str)
        return Known(claims["iss"], claims["sub"], claims["email"] if verified else None)

    async def _claims(self, id_token: Any, nonce: str, about: dict[str, Any]) -> dict[str, Any]:
        """What a good ID token for us, of this sign-in, says. Raises ProviderError."""
        try:
            header = jwt.get_unverified_header(id_token)
            claims: dict[str, Any] = jwt.decode(
                id_token, await self._key(header.get("kid"), about), algorithms=ALGORITHMS, leeway=LEEWAY,
                audience=settings().oidc_client_id, issuer=_issuer(),
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )  # fmt: skip
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise ProviderError(f"id token: {type(error).__name__}") from error
        if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise ProviderError("id token: nonce")
        if claims.get("azp", settings().oidc_client_id) != settings().oidc_client_id:
            raise ProviderError("id token: azp")
        return claims

    async def _key(self, kid: str | None, about: dict[str, Any]) -> Any:
        """The provider's key of that id; asked for anew when it is not among those we know. Raises ProviderError."""
        url = _text(about, "jwks_uri")
        for fresh in (False, True):
            keys = jwt.PyJWKSet.from_dict(await self._get(url, fresh)).keys
            fitting = [key for key in keys if key.key_id == kid or (kid is None and len(keys) == 1)]
            if fitting:
                return fitting[0].key
        raise ProviderError("id token: key")

    async def _about(self) -> dict[str, Any]:
        """What the provider says about itself. Raises ProviderError."""
        about = await self._get(f"{_issuer().rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != _issuer():
            raise ProviderError("another issuer")
        return about

    async def _get(self, url: str, fresh: bool = False) -> dict[str, Any]:
        at, kept = self._kept.get(url, (0.0, {}))
        if kept and not fresh and time.monotonic() - at < KEPT_SECONDS:
            return kept
        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = (await client.get(url)).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderError(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise ProviderError("malformed")
        self._kept[url] = (time.monotonic(), answer)
        return answer


async def _more(client: AsyncOAuth2Client, url: str, subject: str) -> dict[str, Any]:
    """The address, for providers that keep it out of the ID token."""
    answer = (await client.get(url)).raise_for_status().json()
    if not isinstance(answer, dict) or answer.get("sub") != subject:
        raise ProviderError("userinfo of somebody else")
    return {name: answer[name] for name in ("email", "email_verified") if name in answer}


def _client() -> AsyncOAuth2Client:
    secret = settings().oidc_client_secret
    assert secret is not None
    return AsyncOAuth2Client(
        settings().oidc_client_id, secret.get_secret_value(), scope="openid email profile", timeout=SECONDS,
        redirect_uri=_redirect_uri(), code_challenge_method="S256",
    )  # fmt: skip


def _redirect_uri() -> str:
    """Where the provider sends the browser back: registered there, so never taken from the request."""
    parts = urlsplit(settings().public_base)
    return f"{parts.scheme}://{parts.netloc}/desk/api/oidc/callback"


def _issuer() -> str:
    return settings().oidc_issuer or ""


def _text(about: dict[str, Any], name: str) -> str:
    value = about.get(name)
    if not isinstance(value, str):
        raise ProviderError(name)
    return value
