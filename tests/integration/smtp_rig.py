"""A real SMTP server (aiosmtpd) for the tests of mails, with what real ones do: TLS, passwords, refusals, going away."""

import datetime as dt
import email
import email.policy
import ipaddress
import re
import ssl
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.integration.web_rig import free_port

LONGEST_LINE = 998


class Mailbox:
    """What the server does with mails. ``refused``: recipients it does not know; ``drop``: it hangs up at DATA.

    As many real ones, it takes no line over 998 octets.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.drop = 0
        self.busy = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.drop:
            self.drop -= 1
            assert server.transport
            server.transport.close()
            return "451 gone"
        if self.busy:
            self.busy -= 1
            return "451 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        if any(len(line) > LONGEST_LINE for line in content.split(b"\r\n")):
            return "554 5.6.0 line too long"
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 ok"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails an address got."""
        return [one for one in self.mails if one["To"] == address]

    def wait(self, address: str, count: int = 1, seconds: float = 30) -> EmailMessage:
        """The newest mail of an address, when it has got so many."""
        until = time.monotonic() + seconds
        while len(self.to(address)) < count:
            assert time.monotonic() < until, f"{len(self.to(address))} of {count} to {address}"
            time.sleep(0.02)
        return self.to(address)[-1]


class MailServer:
    """The server on a port. ``utf8``: it passes on addresses beyond ASCII. ``tls`` offers STARTTLS with that certificate; ``password`` wants user «smelt» with it."""

    def __init__(self, tls: "Certificate | None" = None, password: str | None = None, utf8: bool = False) -> None:
        self.mailbox = Mailbox()
        self.password = password
        options: dict[str, Any] = {"enable_SMTPUTF8": utf8}
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls.path, tls.key)
            options |= {"tls_context": context, "require_starttls": True}
        if password is not None:
            options |= {"authenticator": self._check, "auth_required": True, "auth_require_tls": tls is not None}
        self.controller = Controller(self.mailbox, hostname="127.0.0.1", port=free_port(), **options)

    def _check(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.login == b"smelt"
        right = good and self.password is not None and data.password == self.password.encode()
        return AuthResult(success=bool(right), handled=False)

    @property
    def url(self) -> str:
        """The server's address without a password."""
        return f"smtp://localhost:{self.controller.port}"

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()


class Certificate:
    """A certificate of «localhost» that signs itself."""

    def __init__(self, folder: Path) -> None:
        self.path, self.key = folder / "server.pem", folder / "server.key"
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = dt.datetime.now(dt.UTC)
        names = x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        )
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
            .add_extension(names, critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        self.path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def code_in(message: EmailMessage) -> str:
    """The one-time code of a mail, without its blank."""
    found = re.search(r"^ {4}(\d{3,4} \d{3,4})\s*$", message.get_content(), re.MULTILINE)
    assert found, message.get_content()
    return found[1].replace(" ", "")
