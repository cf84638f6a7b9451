"""What web serves besides the chat: the page, its configuration, health, figures and the demo sign-in."""

import asyncio
import ipaddress
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from actions.production.company import company
from actions.production.contacts import Contact, contact, demo_contacts
from bot.common.clock import today
from bot.common.settings import settings
from bot.web.demo_mails import demo_mails
from bot.web.headers import may_open
from bot.web.health import Health
from bot.web.identity import demo_token
from bot.web.parts import Parts

HERE = Path(__file__).parent
WIDGET = HERE / "static" / "dist" / "widget.js"
#: Any page may load the widget and read what it says of itself; who may open a chat is asked of the socket.
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
LONGEST_BODY = 2000
#: What a proxy adds. Without them the address is the real peer's.
FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded")


class Pages:
    """The routes of one web process."""

    def __init__(self, parts: Parts, health: Health) -> None:
        self.parts = parts
        self.health = health

    def routes(self) -> Sequence[BaseRoute]:
        """All routes; those of the demo only in the demo."""
        routes: list[BaseRoute] = [
            Route("/", self.index),
            Route("/widget.js", self.widget),
            Route("/config", self.config),
            Route("/health", self.look),
            Route("/metrics", self.figures),
            Mount("/static", StaticFiles(directory=HERE / "static", check_dir=False)),
        ]
        if settings().demo:
            routes += [
                Route("/demo/contacts", self.contacts),
                Route("/demo/sign-in", self.sign_in, methods=["POST"]),
                Route("/demo/mails", demo_mails),
            ]
        return routes

    async def index(self, _: Request) -> Response:
        """The chat page."""
        page = HERE / "templates" / "index.html"
        if not page.is_file():
            return PlainTextResponse("page not built", status_code=404)
        return FileResponse(page, headers={"Cache-Control": "no-cache"})

    async def widget(self, _: Request) -> Response:
        """The script other websites put on their pages; looked at again after five minutes."""
        if not WIDGET.is_file():
            return PlainTextResponse("widget not built", status_code=404)
        headers = {"Cache-Control": "public, max-age=300", **ANYWHERE}
        return FileResponse(WIDGET, media_type="text/javascript", headers=headers)

    async def config(self, _: Request) -> Response:
        """What the page must know before the chat opens."""
        return JSONResponse(
            {
                "demo": settings().demo,
                "foundry": {"name": _fact("name"), "town": _fact("town").lstrip("0123456789 ")},
                "max_message_chars": settings().max_message_chars,
                "max_upload_mb": settings().max_upload_mb,
                "keep_days": settings().keep_days,
                "today": today().isoformat(),
            },
            headers={"Cache-Control": "no-cache", **ANYWHERE},
        )

    async def look(self, _: Request) -> Response:
        """200 when a customer would get an answer, else 503 naming what is missing."""
        found = await self.health.look()
        missing = [name for name, ready in found.items() if not ready]
        answer = {"ok": not missing, "missing": missing, "parts": found}
        return JSONResponse(answer, status_code=503 if missing else 200, headers={"Cache-Control": "no-store"})

    async def figures(self, request: Request) -> Response:
        """Prometheus figures, for our own network only: asked directly, whatever a proxy says of who asks."""
        proxied = any(name in request.headers for name in FORWARDED)
        if proxied or not _from_inside(request.client.host if request.client else ""):
            return PlainTextResponse("not found", status_code=404)
        return Response(generate_latest(self.parts.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def contacts(self, _: Request) -> Response:
        """The invented people one may sign in as."""
        try:
            found = await asyncio.to_thread(demo_contacts, self.parts.production)
        except SQLAlchemyError:
            return JSONResponse({"error": "unavailable"}, status_code=503)
        return JSONResponse({"contacts": [_shown(one) for one in found]})

    async def sign_in(self, request: Request) -> Response:
        """A token for one of them, as the foundry's website would give its own customers."""
        if not may_open(request.headers.get("origin"), {"HTTP_HOST": request.headers.get("host", "")}):
            return JSONResponse({"error": "origin"}, status_code=403)
        wanted = await _wanted_contact(request)
        if wanted is None:
            return JSONResponse({"error": "contact"}, status_code=400)
        try:
            found = await asyncio.to_thread(contact, self.parts.production, wanted)
        except SQLAlchemyError:
            return JSONResponse({"error": "unavailable"}, status_code=503)
        if found is None:
            return JSONResponse({"error": "contact_unknown"}, status_code=404)
        return JSONResponse({"token": demo_token(wanted), **_shown(found)}, headers={"Cache-Control": "no-store"})


async def _wanted_contact(request: Request) -> str | None:
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LONGEST_BODY:
        return None
    try:
        body: Any = await request.json()
    except (ValueError, RecursionError):
        return None
    wanted = body.get("contact") if isinstance(body, dict) else None
    return wanted if isinstance(wanted, str) and 0 < len(wanted) <= 64 and wanted.isprintable() else None


def _shown(one: Contact) -> dict[str, Any]:
    return {"contact": one.contact_id, "name": one.name, "company": one.customer_name, "role": one.role}


def _fact(name: str) -> str:
    value = company().facts[name].value
    return value if isinstance(value, str) else ""


def _from_inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
