"""``python -m bot.prepare``: what must be there before the processes start: databases, demo plant, page, model."""

import sys
from pathlib import Path

from sqlalchemy.exc import OperationalError

from actions.production import demo, verify
from actions.production.database import connect
from actions.production.invented import invented_data
from bot import train
from bot.common.clock import today
from bot.common.settings import SettingsError, settings
from bot.store.database import connect as connect_own
from bot.store.migrate import upgrade
from bot.store.staff import staff
from bot.store.talk import canned
from bot.widget import build


def prepare_own() -> None:
    """Migrate the own database, and lay out what a new desk starts with."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    own = connect_own(settings().own_db)
    upgrade(own)
    canned.seed(own)
    if settings().demo:
        staff.add_demo_staff(own)
    own.dispose()


def prepare_production() -> None:
    """Lay out the invented plant where it belongs, and check the views. Raises ContractError.

    A foundry's own database that is away is waited for by the running assistant, which tells its customers.
    """
    engine = connect(settings().production_db)
    own_plant = settings().demo and settings().production_url is None
    seeded = own_plant and not demo.fits(engine, today(), settings().demo_seed)
    if seeded:
        demo.seed(engine, today(), settings().demo_seed, lambda text: print(f"{text} ...", flush=True))
    if seeded or (own_plant and not settings().documents_folder.exists()):
        demo.write_papers(engine, settings().documents_folder)
    try:
        for note in verify.check(engine):
            print(note)
    except OperationalError as error:
        print(f"production database away: {type(error.orig).__name__}", flush=True)
    engine.dispose()


def prepare_page() -> None:
    """Build the page's script. Raises BuildError."""
    print("page: built" if build.build() else "page: up to date", flush=True)


def prepare_model() -> Path:
    """The model the engine is to load: the one that was set, else one that fits the data, trained when need be."""
    given = settings().model
    if given is None:
        return train.main()
    if not given.is_file():
        raise SettingsError(f"SMELT_MODEL: {given} is not there")
    return given


def main() -> Path:
    """Prepare everything, saying what is done, and return the model. Exits with the reason when something is wrong."""
    try:
        settings().check_production()
        if not settings().demo and invented_data():
            raise SettingsError(f"data of the invented foundry in {', '.join(invented_data())}")
        prepare_own()
        prepare_production()
        prepare_page()
        return prepare_model()
    except (SettingsError, verify.ContractError, build.BuildError) as error:
        sys.exit(f"Smelt does not start: {error}")


if __name__ == "__main__":
    main()
