"""``/demo/mails``: what the demo would have mailed, so that somebody who tries it can read a code. Only in the demo."""

import asyncio
import email
import email.policy
import functools
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.common.replies import foundry_name, replies
from bot.common.settings import settings
from bot.web.texts import accepted_language, reply_language

TEMPLATES = Path(__file__).parent / "templates"
MOST = 50
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def demo_mails(request: Request) -> Response:
    """The newest mails, the last one first, as text."""
    language = reply_language(accepted_language(request.headers.get("accept-language")))
    mails = await asyncio.to_thread(_newest, settings().mail_folder, language)
    texts = replies().texts[language]
    page = (
        _environment()
        .get_template("demo_mails.html")
        .render(
            language=language, mails=mails, foundry=foundry_name(), say=lambda name: texts[f"utter_demo_mails_{name}"]
        )
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def _newest(folder: Path, language: str) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.eml"), key=_written, reverse=True)[:MOST]
    return [_shown(message, path, language) for path in files if (message := _read(path))]


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # erased just now
        return 0


def _read(path: Path) -> EmailMessage | None:
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    except FileNotFoundError:
        return None
    return message if isinstance(message, EmailMessage) else None


def _shown(message: EmailMessage, path: Path, language: str) -> dict[str, Any]:
    at = message["Date"].datetime.astimezone(ZoneInfo(settings().time_zone)) if message["Date"] else None
    return {
        "subject": message["Subject"], "to": message["To"], "text": message.get_content(), "id": path.stem,
        "at": format_datetime(at, "d. MMMM y HH:mm:ss" if language == "nb" else "d MMMM y HH:mm:ss", locale=language)
        if at else "",
    }  # fmt: skip


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True
    )
