"""Certificates for the tests' servers, made on the spot."""

import ipaddress
import ssl
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


def now() -> datetime:
    """The present second, by the clock that TLS looks at."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def named(common_name: str, organisation: str | None = None) -> x509.Name:
    """A distinguished name."""
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organisation is not None:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(attributes)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, as PEM and ready for a server."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def context(self) -> ssl.SSLContext:
        """A server's context that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["h2", "http/1.1"])
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "server.pem")
            file.write_bytes(self.pem + key)
            context.load_cert_chain(file)
        return context


class Authority:
    """Issues certificates; its own is the extra root of the tests."""

    def __init__(self, common_name: str = "Root of the tests", organisation: str | None = "Tests") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = named(common_name, organisation)
        self.root = Issued(
            self._builder(self._name, self._key, now() - DAY, now() + DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256()),
            self._key,
        )

    def issue(
        self, *names: str, start: datetime | None = None, end: datetime | None = None, subject: x509.Name | None = None
    ) -> Issued:
        """Issue a certificate for host names and addresses; without any it has no such extension."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = subject or named(names[0] if names else "nobody")
        builder = self._builder(subject, key, start or now() - DAY, end or now() + DAY)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), False)
        return Issued(builder.sign(self._key, hashes.SHA256()), key)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
        )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
