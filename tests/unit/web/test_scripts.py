"""The scripts' modules stand in an order: none imports another that needs it first."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

from bot.widget.build import WIDGET

SOURCES = WIDGET / "src"
IMPORT = re.compile(r'^(?:import|export)\s(?!type\b)[^;]*?"(\.[^"]+)"', re.M)
"""Types alone are gone once it is built."""


def imports(module: Path) -> set[Path]:
    """The modules of ours that this one imports."""
    named = [(module.parent / name).resolve() for name in IMPORT.findall(module.read_text(encoding="utf-8"))]
    tried = {place for name in named for place in (name.with_name(f"{name.name}.ts"), name / "index.ts")}
    return {place for place in tried if place.is_file()}


def test_no_script_imports_itself_in_a_circle() -> None:
    graph = {module.resolve(): imports(module) for module in SOURCES.rglob("*.ts")}
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()
