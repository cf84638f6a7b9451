"""``python -m bot.worker``: run until SIGTERM or Ctrl-C."""

import signal
import threading

from actions.production.database import connect as connect_production
from actions.production.order_intake import TableIntake
from bot.common.replies import replies
from bot.common.settings import settings
from bot.store.database import connect
from bot.store.log import set_up_log
from bot.store.migrate import check
from bot.worker.deliver import run
from bot.worker.send import sender


def main() -> None:
    """Deliver the outbox of the configured database."""
    settings().check_production()
    set_up_log()
    replies()
    engine = connect(settings().own_db, pool_size=1)
    check(engine)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    production = connect_production(settings().production_db)
    run(engine, sender(), stop, production, TableIntake(production) if settings().intake == "tables" else None)


if __name__ == "__main__":
    main()
