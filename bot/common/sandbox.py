"""Read a stranger's file in a process of its own, with limits: of processor time, memory, and seconds in all.

A file may be made to harm whoever reads it: its reader may use so much memory and so many seconds, writes no file, and
its caller takes nothing but what it prints.
"""

import asyncio
import contextlib
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.common.settings import ROOT


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take: seconds of a processor, megabytes of memory, seconds in all; and bytes it may print."""

    seconds: int
    megabytes: int
    longest: float
    printed: int


async def read_apart(path: Path, module: str, *arguments: str, limits: Limits) -> bytes:
    """What ``python -m module`` prints of a file on its standard input; nothing when it fails or takes too much.

    It is ended when its time is over, whatever it does. Raises OSError.
    """
    # Nothing of ours but what Python needs: no secret is within reach of what a stranger's file may do.
    environment = {"PATH": os.environ.get("PATH", ""), "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-W", "ignore", "-m", module, *arguments, str(limits.megabytes), str(limits.seconds))
    with path.open("rb") as file:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=file, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT,
            env=environment,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        async with asyncio.timeout(limits.longest):
            printed = await process.stdout.read(limits.printed)
            while len(printed) < limits.printed and (more := await process.stdout.read(limits.printed - len(printed))):
                printed += more
            # Whoever prints on is not waited for.
            return printed if len(printed) < limits.printed and await process.wait() == 0 else b""
    except TimeoutError:
        return b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def confine(megabytes: int, seconds: int) -> None:
    """Let this process have no more than that, and write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
