"""How often one address may be wrong about passwords, whichever accounts it tries: in this process's memory."""

import time

from bot.web.desk.refusals import Refused
from bot.web.limits import Buckets, network

#: An office behind one address mistypes now and then; somebody who tries accounts does so all the time.
AT_ONCE, SECONDS_EACH = 30, 30


class AddressTries(Buckets):
    """Every try counts until it turns out right."""

    def __init__(self, burst: float = AT_ONCE) -> None:
        super().__init__(1 / SECONDS_EACH, burst)

    def count(self, address: str) -> None:
        """Count a try. Raises Refused 429 when there were too many."""
        now, key = time.monotonic(), network(address)
        if wait := self.wait(key, now):
            raise Refused(429, "locked", seconds=int(wait) + 1)
        self.take(key, now)

    def right(self, address: str) -> None:
        """The try was none to worry about."""
        self.give_back(network(address), time.monotonic())
