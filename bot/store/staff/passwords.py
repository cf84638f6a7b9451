"""Passwords of staff: argon2id, and a hash to compare with when there is no account."""

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
#: Twice OWASP's least for this memory (46 MiB), on one thread: chats run on the same processors.
_HASHER = PasswordHasher(memory_cost=46 * 1024, time_cost=2, parallelism=1)


class WeakPassword(ValueError):
    """The password is too short, too long or one character over and over."""


def check(password: str) -> None:
    """Whether a password may be chosen. Raises WeakPassword."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 3:
        raise WeakPassword


def hashed(password: str) -> str:
    """What is stored of a password. Raises WeakPassword."""
    check(password)
    return _HASHER.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether it is the password of this hash; takes its time also when there is no hash."""
    try:
        found = _HASHER.verify(password_hash or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return found and bool(password_hash)


def ready() -> None:
    """Make what the first sign-in would otherwise wait for."""
    _nobodys()


@functools.lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
