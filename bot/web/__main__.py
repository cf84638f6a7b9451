"""``python -m bot.web``: the only process a browser reaches."""

import sys

import structlog
import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from actions.production.contacts import demo_contacts
from actions.production.invented import invented_data
from actions.production.verify import verify
from bot.common.replies import replies
from bot.common.settings import SettingsError, settings
from bot.store.log import set_up_log
from bot.store.migrate import check
from bot.store.staff import staff
from bot.web.app import create_app, transport
from bot.web.parts import Parts, build_parts

log = structlog.get_logger("web")


def check_start(parts: Parts) -> None:
    """Refuse to start on wrong settings, texts, schema or views. Raises what is wrong.

    A database that is merely away does not keep web from starting: somebody must tell the customers.
    """
    settings().check_production()
    if not settings().demo and invented_data():
        raise SettingsError(f"data of the invented foundry in {', '.join(invented_data())}")
    replies()
    for name, look, engine in (("own", _check_own, parts.own), ("production", _check_production, parts.production)):
        try:
            look(engine)
        except OperationalError as error:
            log.error("database away", database=name, error=type(error).__name__)


def _check_own(engine: Engine) -> None:
    check(engine)
    if not settings().demo and (known := staff.with_demo_password(engine)):
        raise SettingsError(f"demo staff password in use: {', '.join(known)}")


def _check_production(engine: Engine) -> None:
    problems = [problem for problem in verify(engine) if not problem.note]
    if problems:
        raise SettingsError("production database: " + "; ".join(map(str, problems)))
    if not settings().demo and demo_contacts(engine):
        raise SettingsError("SMELT_PRODUCTION_URL: this is the invented demo plant")


def main() -> None:
    """Serve until a signal."""
    set_up_log()
    parts = build_parts()
    try:
        check_start(parts)
    except Exception as error:
        sys.exit(f"web does not start: {error}")
    uvicorn.run(
        create_app(parts), host=settings().web_host, port=settings().web_port, log_config=None, access_log=False,
        server_header=False, timeout_graceful_shutdown=5, **transport(),
    )  # fmt: skip


if __name__ == "__main__":
    main()
