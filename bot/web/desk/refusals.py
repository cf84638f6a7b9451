"""Why the desk refuses something. Codes only: the words stand in the desk's own language files.

Refused
├── SignedOut  401
├── Invalid    422
└── Unknown    404
"""

from typing import Any


class Refused(RuntimeError):
    """An answer with a status and a code. ``more`` goes into the answer."""

    def __init__(self, status: int, code: str, **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.more = more


class SignedOut(Refused):
    """No session, or one that ended."""

    def __init__(self) -> None:
        super().__init__(401, "signed_out")


class Invalid(Refused):
    """A field of the request cannot be taken. ``why`` is a code, for fields that can be wrong in several ways."""

    def __init__(self, field: str, why: str | None = None) -> None:
        super().__init__(422, "invalid", field=field, **({"why": why} if why else {}))


class Unknown(Refused):
    """There is no such thing, or none this person may see."""

    def __init__(self) -> None:
        super().__init__(404, "unknown")
