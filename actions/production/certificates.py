"""Whether a material certificate exists or can still be made: a 3.1 must be ordered before pouring, a 3.2 before moulding.

EN 10204. Nobody makes one afterwards: test bars are cast with the pieces, and an inspector must have been there.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.documents import Document, documents_of
from actions.production.identity import Identity
from actions.production.work import Work, work_of

#: Until when each type can be ordered, as a state of ``work.STATES`` that must not be reached. The others need no
#: test of their own pieces: they can be had as long as the line is here.
BEFORE = {"3.1": ("poured", "pouring"), "3.2": ("moulded", "moulding")}
TYPES = ("2.1", "2.2", "3.1", "3.2")
CODES = (
    "line_unknown", "exists", "ordered", "possible", "possible_for_rest", "chemistry_only", "no_longer",
)  # fmt: skip
#: Why not all of it is possible.
REASONS = ("moulded", "poured", "shipped", "cancelled")


@dataclass(frozen=True)
class CertificateAnswer:
    """``code`` from ``CODES``; ``reason`` says why it is not (wholly) possible.

    ``exists``: ``documents``, newest first. ``ordered``: ``expected`` is the planned day, None when not planned or when
    it should be there already and a person has to look.
    ``possible``: ``latest`` is the day before which it must be ordered, None when nothing is planned yet.
    ``possible_for_rest``: only works orders that are not there yet. ``chemistry_only``: poured and still here, the
    analysis of the heat is on file, test bars are not; a person decides what can be stated.
    """

    code: str
    certificate: str
    reason: str | None = None
    documents: tuple[Document, ...] = ()
    expected: dt.date | None = None
    latest: dt.date | None = None
    latest_step: str | None = None


def certificate_possible(
    engine: Engine, identity: Identity, order_no: str, line_no: int, certificate: str, today: dt.date
) -> CertificateAnswer:
    """What can be said about a certificate (``2.1`` to ``3.2``) of the customer's line on ``today``.

    Raises ValueError for another type, SQLAlchemyError.
    """
    if certificate not in TYPES:
        raise ValueError(f"certificate {certificate}")
    work = work_of(engine, identity, order_no, line_no)
    if work is None:
        return CertificateAnswer("line_unknown", certificate)
    kind = f"certificate_{certificate}"
    issued = [each for each in documents_of(engine, identity, order_no, line_no, kind) if each.type == kind]
    if issued:
        return CertificateAnswer("exists", certificate, documents=tuple(issued))
    if work.certificate == certificate and work.status != "cancelled":
        return CertificateAnswer("ordered", certificate, expected=_expected(work))
    return _still(work, certificate, today)


def _expected(work: Work) -> dt.date | None:
    days = [batch.starts.get("certificate") for batch in work.open_batches]
    return max((day for day in days if day), default=None)


def _still(work: Work, certificate: str, today: dt.date) -> CertificateAnswer:
    if work.status == "cancelled":
        return CertificateAnswer("no_longer", certificate, "cancelled")
    if work.state == "shipped":
        return CertificateAnswer("no_longer", certificate, "shipped")
    if certificate not in BEFORE:
        latest = work.latest("packing", today)
        return CertificateAnswer("possible", certificate, latest=latest, latest_step="packing")
    state, step = BEFORE[certificate]
    in_time = [batch.before(state) for batch in work.open_batches]
    if all(in_time):
        return CertificateAnswer("possible", certificate, latest=work.latest(step, today), latest_step=step)
    if any(in_time):
        latest = work.latest(step, today)
        return CertificateAnswer("possible_for_rest", certificate, state, latest=latest, latest_step=step)
    if certificate == "3.2" and work.state == "moulded":
        return CertificateAnswer("no_longer", certificate, "moulded")
    return CertificateAnswer("chemistry_only", certificate, "poured")
