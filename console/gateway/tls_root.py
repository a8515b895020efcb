"""An extra root: one certificate of an authority, chosen as a file, that is trusted for one gateway besides the system's.

Knows: what such a file may be. Must not know: which gateway it is for, where it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.gateway.tls import MALFORMED, facts_of, fingerprint_of

MAX_BYTES = 64 * 1024
_BEGIN = b"-----BEGIN CERTIFICATE-----"

_TOO_BIG = mark("connect", "it is too big for a certificate")
_PRIVATE = mark("connect", "it holds a private key")
_MANY = mark("connect", "it holds more than one certificate")
_NONE = mark("connect", "it is not a certificate")
_NO_AUTHORITY = mark("connect", "it is not the certificate of an authority, but of a single server")
_EXPIRED = mark("connect", "it expired on {until}")


@dataclass(frozen=True, slots=True)
class Root:
    """A root as people compare it: whose it is, the certificate's SHA-256 as hex, its first and last day (ISO, UTC)."""

    pem: bytes
    fingerprint: str
    subject: str
    until: str
    since: str = ""

    @property
    def printed(self) -> str:
        """The fingerprint in pairs, as certificates' windows print it."""
        text = self.fingerprint.upper()
        return ":".join(text[place : place + 2] for place in range(0, len(text), 2))


def read_root(data: bytes, now: datetime) -> Root:
    """Return the root in a PEM or DER file. Raises Unavailable("E-TLS-ROOT", why=Text)."""
    if len(data) > MAX_BYTES:
        raise _refused(_TOO_BIG)
    if b"PRIVATE KEY-----" in data:
        raise _refused(_PRIVATE)
    if data.count(_BEGIN) > 1:
        raise _refused(_MANY)
    certificate = _parsed(data)
    if not _is_authority(certificate):
        raise _refused(_NO_AUTHORITY)
    if certificate.not_valid_after_utc < now:
        raise _refused(_EXPIRED.with_(until=f"{certificate.not_valid_after_utc:%Y-%m-%d}"))
    return _root(certificate)


def kept_root(pem: bytes) -> Root | None:
    """Return the root in a file that the console wrote, or None where it is none any more."""
    try:
        return _root(_parsed(pem))
    except Unavailable:
        return None


def _root(certificate: x509.Certificate) -> Root:
    der = certificate.public_bytes(Encoding.DER)
    facts = facts_of(der)
    pem, until, since = certificate.public_bytes(Encoding.PEM), facts.get("until", ""), facts.get("from", "")
    return Root(pem, fingerprint_of(der), facts.get("names", ""), until, since)


def _refused(why: Text) -> Unavailable:
    return Unavailable("E-TLS-ROOT", why=why)


def _parsed(data: bytes) -> x509.Certificate:
    try:
        if _BEGIN in data:
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except MALFORMED:
        raise _refused(_NONE) from None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except MALFORMED:
        return False
