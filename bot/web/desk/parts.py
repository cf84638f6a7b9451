"""What the rooms of the desk share."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import socketio

from bot.store.staff.sessions import StaffMember
from bot.web.desk.oidc import Provider
from bot.web.desk.people import People
from bot.web.desk.tries import AddressTries
from bot.web.parts import DatabaseAway, Parts
from bot.web.turns import Turns

if TYPE_CHECKING:
    from bot.web.desk.sockets import DeskSockets
    from bot.web.live import Live

__all__ = ["Desk", "StaffMember"]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
#: Seconds a password may wait for its turn and be hashed.
HASH_SECONDS = 8.0


@dataclass
class Desk:
    """Databases and the engine, sockets, what is told to browsers, and the turns of the assistant."""

    parts: Parts
    sio: socketio.AsyncServer
    live: "Live"
    turns: Turns
    tries: AddressTries = field(default_factory=AddressTries)
    #: Hashing takes memory and time, so a flood of sign-ins gets half of the processors at most.
    hashing: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2), "passwords")
    )
    provider: Provider = field(default_factory=Provider)
    people: People = field(init=False)
    sockets: "DeskSockets" = field(init=False)

    def __post_init__(self) -> None:
        self.people = People(self.parts.production)

    async def hash(
        self, work: Callable[Arguments, Result], *arguments: Arguments.args, **names: Arguments.kwargs
    ) -> Result:
        """Run something that hashes a password. Raises DatabaseAway when it takes too long, and its errors."""
        work_now = asyncio.get_running_loop().run_in_executor(self.hashing, lambda: work(*arguments, **names))
        try:
            return await asyncio.wait_for(work_now, HASH_SECONDS)
        except TimeoutError as error:
            raise DatabaseAway from error
