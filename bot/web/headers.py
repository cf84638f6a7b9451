"""Security headers on every answer, and which web origins may open the chat."""

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.common.settings import settings


def allowed_origins() -> list[str]:
    """The web origins of the settings, without trailing slashes."""
    return [origin.strip().rstrip("/") for origin in settings().allowed_origins.split(",") if origin.strip()]


def may_open(origin: str | None, environ: dict[str, Any]) -> bool:
    """Whether a page of this origin may open the chat: our own host, or one of the settings."""
    if not origin:
        return True  # not a browser's page
    if origin.rstrip("/") in allowed_origins():
        return True
    host = environ.get("HTTP_X_FORWARDED_HOST", environ.get("HTTP_HOST", "")).split(",")[0].strip()
    return bool(host) and urlsplit(origin).netloc == host


def _policy(frames: str) -> str:
    """What a page may load, and which pages may frame it."""
    return (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
    )


class SecurityHeaders:
    """Adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": _policy(" ".join(["'self'", *allowed_origins()])),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if not settings().demo:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not allowed_origins():
            self.headers["X-Frame-Options"] = "SAMEORIGIN"
        #: Who frames the desk could have staff press its buttons unseen.
        self.desk_headers = {**self.headers, "Content-Security-Policy": _policy("'none'"), "X-Frame-Options": "DENY"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        added = self.desk_headers if scope.get("path", "").startswith("/desk") else self.headers

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
