"""Look into a drawing, with limits: of size, time, memory, and how many at once."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

import structlog

from bot.common.settings import ROOT
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
                line = await _read(path, ending)
        except (TimeoutError, OSError) as error:
            log.warning("drawing not read", type=ending, error=type(error).__name__)
            return None
        return Facts.read(line)


async def _read(path: Path, ending: str) -> bytes:
    """The line that a reader's process prints. It is ended when its time is over, whatever it does."""
    # Nothing of ours but what Python needs: no secret is within reach of what a stranger's file may do.
    environment = {"PATH": os.environ.get("PATH", ""), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-W", "ignore", "-m", "bot.web.drawings", ending, str(MEGABYTES), str(SECONDS))
    with path.open("rb") as file:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=file, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT,
            env=environment,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        return await process.stdout.read(_LONGEST_LINE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
