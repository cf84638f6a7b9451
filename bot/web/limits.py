"""How much a socket, a conversation and an address may send: token buckets in this process's memory."""

import ipaddress
import time
from collections import OrderedDict

from bot.common.settings import settings

#: An office behind one address has several people writing at once.
ADDRESS_FACTOR = 20
#: Events besides messages, as a multiple of the messages: what was seen, that somebody types.
EVENT_FACTOR = 2
#: Files a minute from one address and into one conversation; twice as many at once.
FILES_OF_ADDRESS, FILES_OF_CONVERSATION = 30, 20
REMEMBERED = 50_000


class Buckets:
    """One bucket a key: ``burst`` at once, refilled by ``per_second``."""

    def __init__(self, per_second: float, burst: float) -> None:
        self.per_second = per_second
        self.burst = burst
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Seconds until one more may come; 0 when it may now. Takes nothing."""
        return max(0.0, (1 - self._level(key, now)) / self.per_second)

    def take(self, key: str, now: float) -> None:
        """Count one."""
        self._levels[key] = (self._level(key, now) - 1, now)
        self._levels.move_to_end(key)
        while len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)

    def give_back(self, key: str, now: float) -> None:
        """Count one less."""
        self._levels[key] = (min(self.burst, self._level(key, now) + 1), now)

    def _level(self, key: str, now: float) -> float:
        level, at = self._levels.get(key, (self.burst, now))
        return min(self.burst, level + (now - at) * self.per_second)


class Limits:
    """The limits together. What one of them refuses counts in none."""

    def __init__(self, per_minute: int | None = None) -> None:
        allowed = per_minute or settings().rate_limit
        burst = max(10.0, allowed / 2)
        self._one = Buckets(allowed / 60, burst)
        self._address = Buckets(allowed / 60 * ADDRESS_FACTOR, burst * ADDRESS_FACTOR)
        self._events = Buckets(allowed / 60 * EVENT_FACTOR, burst * EVENT_FACTOR)
        self._events_of_address = Buckets(
            allowed / 60 * EVENT_FACTOR * ADDRESS_FACTOR, burst * EVENT_FACTOR * ADDRESS_FACTOR
        )
        self._files_of_address = Buckets(FILES_OF_ADDRESS / 60, 2 * FILES_OF_ADDRESS)
        self._files_of_conversation = Buckets(FILES_OF_CONVERSATION / 60, 2 * FILES_OF_CONVERSATION)

    def check(self, socket: str, conversation: str, address: str) -> float:
        """Count a message and return 0, or return the seconds to wait."""
        return _take(
            (self._one, f"socket:{socket}"), (self._one, f"conversation:{conversation}"),
            (self._address, network(address)),
        )  # fmt: skip

    def check_event(self, socket: str, address: str) -> float:
        """As ``check``, for an event that is no message."""
        return _take((self._events, socket), (self._events_of_address, network(address)))

    def file_from(self, address: str) -> float:
        """Count a file that an address sends and return 0, or return the seconds to wait."""
        return _take((self._files_of_address, network(address)))

    def file_into(self, conversation: str) -> float:
        """As ``file_from``, for the conversation it is sent into."""
        return _take((self._files_of_conversation, conversation))


def network(address: str) -> str:
    """What counts as one address: of IPv6 the /64, since every connection has that many to choose from."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    return str(known.ipv4_mapped or ipaddress.IPv6Network((int(known) >> 64 << 64, 64)))


def _take(*shares: tuple[Buckets, str]) -> float:
    """Take one of every share, or of none."""
    now = time.monotonic()
    wait = max(buckets.wait(key, now) for buckets, key in shares)
    if wait == 0:
        for buckets, key in shares:
            buckets.take(key, now)
    return wait
