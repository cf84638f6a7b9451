"""The composition root of web: what its rooms share. Tests build their own."""

import asyncio
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from sqlalchemy import Engine

from actions.production.database import connect as connect_production
from bot.common.settings import settings
from bot.store.database import connect
from bot.web.engine import EngineClient
from bot.web.limits import Limits
from bot.web.metrics import Metrics

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
DATABASE_THREADS = 8
#: Seconds one use of the own database may take; the customer hears within 5 s that it is away.
DATABASE_SECONDS = 3.5


class DatabaseAway(RuntimeError):
    """The own database did not answer in time."""


@dataclass
class Parts:
    """Databases, the engine, limits, figures, and this process's name for leases."""

    own: Engine
    production: Engine
    engine: EngineClient
    limits: Limits
    metrics: Metrics = field(default_factory=Metrics)
    lease: str = field(default_factory=lambda: uuid.uuid4().hex)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(DATABASE_THREADS, "database"))

    async def db(
        self, work: Callable[Arguments, Result], *arguments: Arguments.args, **names: Arguments.kwargs
    ) -> Result:
        """Run a function of the own database in a thread. Raises DatabaseAway when it takes too long, and its errors.

        What takes too long goes on in its thread, so it must be safe to repeat.
        """
        work_now = asyncio.get_running_loop().run_in_executor(self.pool, lambda: work(*arguments, **names))
        try:
            return await asyncio.wait_for(work_now, DATABASE_SECONDS)
        except TimeoutError as error:
            raise DatabaseAway from error

    async def close(self) -> None:
        """Close everything."""
        await self.engine.close()
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.own.dispose()
        self.production.dispose()


def build_parts() -> Parts:
    """From the settings."""
    return Parts(
        own=connect(settings().own_db, pool_size=DATABASE_THREADS),
        production=connect_production(settings().production_db),
        engine=EngineClient(),
        limits=Limits(),
    )
