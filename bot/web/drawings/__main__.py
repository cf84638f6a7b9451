"""Read one drawing in a process of its own: ``python -m bot.web.drawings .step 200 8 < file``.

A file may be made to harm whoever reads it, so the process may use so much memory (MB) and so many seconds, writes no
file, and its caller takes nothing but one short line from it.
"""

import importlib
import sys

from bot.common.sandbox import confine

READERS = {".step": "step", ".dxf": "dxf", ".pdf": "pdf"}


def main() -> int:
    """Print the facts of the file on standard input. What goes wrong is nothing read."""
    ending, megabytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    confine(megabytes, seconds)
    reader = importlib.import_module(f"bot.web.drawings.{READERS[ending]}")
    try:
        print(reader.read(sys.stdin.buffer.read()).written())
    except Exception:  # whatever a stranger's file does to its reader
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
