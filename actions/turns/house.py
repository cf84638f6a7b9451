"""The composition root of the action server: built on first use, handed to handlers, replaced by tests."""

from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.database import connect
from bot.common.settings import settings
from bot.store.database import connect as connect_own


@dataclass(frozen=True)
class House:
    """What the actions work with: the production database (read) and Smelt's own database (cases)."""

    production: Engine
    own: Engine


_house: House | None = None


def house() -> House:
    """The parts of this process. Opens no connection until one is used."""
    global _house
    if _house is None:
        _house = House(production=connect(settings().production_db), own=connect_own(settings().own_db))
    return _house


def use(parts: House | None) -> None:
    """Replace the parts (tests); ``None`` builds them anew from the settings at next use."""
    global _house
    _house = parts
