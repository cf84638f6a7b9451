"""``python -m bot.web.demo_token <contact>``: print a sign-in token of an invented contact."""

import sys

from actions.production.contacts import contact, demo_contacts
from actions.production.database import connect
from bot.common.settings import settings
from bot.web.identity import demo_token


def main(arguments: list[str]) -> int:
    """Print the token; 1 with the known contacts on standard error when there is no such contact."""
    if not settings().demo:
        print("demo sign-in is off in production", file=sys.stderr)
        return 1
    engine = connect(settings().production_db)
    wanted = arguments[0] if arguments else ""
    if not wanted or contact(engine, wanted) is None:
        known = ", ".join(one.contact_id for one in demo_contacts(engine))
        print(f"no contact {wanted!r}; there are {known}", file=sys.stderr)
        return 1
    print(demo_token(wanted))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
