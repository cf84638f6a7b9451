"""One invented plant for all tests that only read, and a copy of it for those that write."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from actions.production import views
from actions.production.database import connect
from actions.production.demo import seed
from actions.production.identity import Identity

TODAY = dt.date(2027, 3, 1)


@pytest.fixture(scope="session")
def plant_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plant") / "production.db"
    engine = connect(f"sqlite:///{path}")
    seed(engine, TODAY, 1)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def plant(plant_file: Path) -> Engine:
    """The invented plant of Monday 1 March 2027, seed 1; only to be read."""
    return connect(f"sqlite:///{plant_file}")


@pytest.fixture
def own_plant(plant_file: Path, tmp_path: Path) -> Engine:
    """A copy to change."""
    path = tmp_path / "production.db"
    shutil.copy(plant_file, path)
    return connect(f"sqlite:///{path}")


def identity_of(engine: Engine, contact_id: str) -> Identity:
    """The identity web would sign for a contact."""
    view = views.contact.c
    with engine.connect() as connection:
        customer = connection.scalar(select(view.customer_id).where(view.contact_id == contact_id))
    return Identity(contact_id, customer, "sign_in")
