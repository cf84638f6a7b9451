"""``/health``: whether a customer would get an answer now, and what is missing when not."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
from sqlalchemy import Engine, select

from actions.production.views import contract
from bot.common.settings import settings
from bot.store.cases.outbox import heartbeat_age
from bot.store.migrate import check
from bot.web.parts import Parts

SECONDS = 2.5
#: The worker says every 5 seconds that it lives.
WORKER_SECONDS = 30.0
#: An answer is good for this long, so that a curious client costs nothing.
KEPT_SECONDS = 1.0


class Health:
    """Looks at everything at once."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._http: aiohttp.ClientSession | None = None
        self._checks: dict[str, Callable[[], Awaitable[bool]]] = {
            "database": self._database, "production": self._production, "engine": self._engine,
            "actions": self._actions, "worker": self._worker,
        }  # fmt: skip
        self._known: tuple[float, dict[str, bool]] = (-KEPT_SECONDS, {})
        self._lock = asyncio.Lock()

    async def look(self) -> dict[str, bool]:
        """Each part by name, and whether it is ready."""
        async with self._lock:
            at, known = self._known
            if time.monotonic() - at < KEPT_SECONDS:
                return known
            answers = await asyncio.gather(*(_true(check()) for check in self._checks.values()))
            found = dict(zip(self._checks, answers, strict=True))
            self._known = (time.monotonic(), found)
            return found

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()

    async def _database(self) -> bool:
        await self.parts.db(check, self.parts.own)
        return True

    async def _production(self) -> bool:
        return await asyncio.to_thread(_has_contract, self.parts.production)

    async def _engine(self) -> bool:
        # Actions that are away have a name of their own here.
        return await self.parts.engine.problem() in (None, "actions")

    async def _actions(self) -> bool:
        if self._http is None:  # a session belongs to a running loop
            self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        async with self._http.get(f"http://127.0.0.1:{settings().actions_port}/health") as response:
            return response.status == 200

    async def _worker(self) -> bool:
        age = await self.parts.db(heartbeat_age, self.parts.own, "worker")
        return age is not None and age < WORKER_SECONDS


async def _true(check: Awaitable[bool]) -> bool:
    try:
        return await asyncio.wait_for(check, SECONDS)
    except Exception:  # whatever keeps a part from answering: it is not ready
        return False


def _has_contract(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(select(contract.c.version)).first() is not None
