"""``python -m bot.prepare``: what must be there before the processes start: databases, demo plant, page, model."""

from actions.production import demo
from actions.production.database import connect
from bot import train
from bot.common.clock import today
from bot.common.settings import settings
from bot.conversations.database import connect as connect_own
from bot.conversations.migrate import upgrade
from bot.widget import build


def prepare_databases() -> None:
    """Migrate the own database; in demo mode lay out the invented plant unless it fits date and seed already."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    own = connect_own(settings().own_db)
    upgrade(own)
    own.dispose()
    if settings().demo and settings().production_url is None:
        engine = connect(settings().production_db)
        if not demo.fits(engine, today(), settings().demo_seed):
            demo.seed(engine, today(), settings().demo_seed, lambda text: print(f"{text} ...", flush=True))
        engine.dispose()


def main() -> None:
    """Prepare everything, saying what is done."""
    settings().check_production()
    prepare_databases()
    build.main()
    train.main()


if __name__ == "__main__":
    main()
