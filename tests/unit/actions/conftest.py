"""Real databases for the form: the own one and the demo plant, both SQLite."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.production import demo
from actions.production.database import connect
from actions.turns import house as house_module
from actions.turns.house import House
from bot.store.database import connect as connect_own
from bot.store.migrate import upgrade


@pytest.fixture(scope="session")
def plant_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant of 1 March 2027."""
    path = tmp_path_factory.mktemp("plant") / "production.db"
    engine = connect(f"sqlite:///{path}")
    demo.seed(engine, date(2027, 3, 1), 1)
    engine.dispose()
    return path


@pytest.fixture
def house(plant_file: Path, tmp_path: Path) -> Iterator[House]:
    """The parts of the action server over fresh files."""
    parts = House(production=connect(f"sqlite:///{plant_file}"), own=connect_own(f"sqlite:///{tmp_path}/own.db"))
    upgrade(parts.own)
    house_module.use(parts)
    yield parts
    house_module.use(None)
    parts.production.dispose()
    parts.own.dispose()
