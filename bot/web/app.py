"""The web process put together: sockets, pages, the watch over the engine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from bot.common.settings import settings
from bot.web.chat_events import register
from bot.web.desk.parts import Desk
from bot.web.desk.routes import desk_routes
from bot.web.desk.sockets import DeskSockets
from bot.web.headers import SecurityHeaders, may_open
from bot.web.health import Health
from bot.web.live import Live
from bot.web.pages import Pages
from bot.web.parts import Parts, build_parts
from bot.web.sockets import Channel
from bot.web.turns import Turns, watch
from bot.web.uploads import Files

#: The largest frame a client may send; a message is far below it.
MAX_FRAME = 256_000


def transport() -> dict[str, Any]:
    """How uvicorn serves the application, whoever starts it."""
    return {"ws": "wsproto", "ws_max_size": MAX_FRAME, "forwarded_allow_ips": settings().trusted_proxies}


def create_app(parts: Parts | None = None) -> ASGIApp:
    """The ASGI application; it closes its parts when it stops."""
    parts = parts or build_parts()
    sio = socketio.AsyncServer(
        async_mode="asgi",
        # One client's frames are handled in the order they came; the handlers only store and return.
        async_handlers=False,
        cors_allowed_origins=may_open,
        max_http_buffer_size=MAX_FRAME,
        client_manager=socketio.AsyncRedisManager(settings().redis_url) if settings().redis_url else None,
    )
    live = Live(sio)
    turns = Turns(parts, live)
    channel = Channel(parts, sio, turns, live)
    register(channel)
    desk = Desk(parts, sio, live, turns)
    sockets = DeskSockets(desk)
    health = Health(parts)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        looks = (watch(turns), sockets.keep_looking(), channel.look_at_sign_ins())
        watching = [asyncio.create_task(look) for look in looks]
        yield
        for task in watching:
            task.cancel()
        await turns.stop()
        await health.close()
        await parts.close()

    pages = Starlette(
        routes=[*Pages(parts, health).routes(), *Files(parts, live, turns).routes(), *desk_routes()],
        lifespan=lifespan,
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
    )
    pages.state.desk = desk
    return SecurityHeaders(socketio.ASGIApp(sio, pages, socketio_path="socket.io"))
