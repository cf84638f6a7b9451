"""Look into a drawing, with limits: of size, time, memory, and how many at once."""

import asyncio
from pathlib import Path

import structlog

from bot.common.sandbox import Limits, read_apart
from bot.web.drawings.facts import Facts

log = structlog.get_logger()
#: A larger file is kept, but not looked into; and what one look may take: seconds of a processor, memory, seconds in all.
LARGEST_BYTES, SECONDS, MEGABYTES, LONGEST, AT_ONCE = 25_000_000, 8, 1500, 20.0, 2
#: The types that say something of themselves.
ENDINGS = {"model/step": ".step", "image/vnd.dxf": ".dxf", "application/pdf": ".pdf"}
_LONGEST_LINE = 10_000


class Looker:
    """Looks into files, few at a time: whoever comes when all are busy waits no longer than a look may take."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def look(self, path: Path, media_type: str, size: int) -> Facts | None:
        """What a file says of itself; None when it says nothing, or reading it takes too much."""
        ending = ENDINGS.get(media_type)
        if ending is None or size > LARGEST_BYTES:
            return None
        try:
            async with asyncio.timeout(LONGEST), self._places:
                limits = Limits(SECONDS, MEGABYTES, LONGEST, _LONGEST_LINE)
                line = await read_apart(path, "bot.web.drawings", ending, limits=limits)
        except (TimeoutError, OSError) as error:
            log.warning("drawing not read", type=ending, error=type(error).__name__)
            return None
        return Facts.read(line)
