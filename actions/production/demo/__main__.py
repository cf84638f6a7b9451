"""``python -m actions.production.demo``: fill a database with the invented plant, or list what to ask about."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from actions.production.database import connect
from actions.production.demo.notable import NOTABLE
from actions.production.demo.papers import write_papers
from actions.production.demo.people import DEMO_CONTACTS
from actions.production.demo.seeding import seed
from bot.common.clock import today
from bot.common.settings import settings


def listing() -> str:
    """Contacts to sign in as and orders to ask about; the same for every date and seed."""
    lines = ["Contacts (all data is invented):"]
    for contact in DEMO_CONTACTS:
        limits = [] if contact.may_order else ["may not order"]
        limits += [] if contact.may_see_prices else ["may not see prices"]
        lines.append(f"  {contact.id:<12} {contact.name:<16} {', '.join(limits)}".rstrip())
    lines.append("Orders:")
    lines += [f"  {it.order_no}  {it.contact_id:<10} {it.part}  {it.quantity:>4} pcs  {it.about}" for it in NOTABLE]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m actions.production.demo", description=__doc__)
    parser.add_argument("--url", default=settings().production_db, help="SQLAlchemy url of the production database")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=today(), help="date of the plant (ISO)")
    parser.add_argument("--seed", type=int, default=settings().demo_seed, help="seed of the plant")
    parser.add_argument(
        "--documents", type=Path, default=settings().documents_folder, help="folder for the plant's documents"
    )
    parser.add_argument("--list", action="store_true", help="only list contacts and orders worth asking about")
    options = parser.parse_args(arguments)
    if options.list:
        print(listing())
        return
    engine = connect(options.url, statement_seconds=0)
    seed(engine, options.today, options.seed, progress=print)
    print(f"wrote {write_papers(engine, options.documents)} documents marked SPECIMEN")


if __name__ == "__main__":
    main()
