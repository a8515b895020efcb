"""TLS to the gateway: always verified, against the system's roots and, for this host only, one extra root.

Knows: contexts, certificates, and why one was not accepted. Must not know: HTTP, what is sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
from datetime import datetime, timezone

import truststore
from cryptography import x509
from cryptography.x509.oid import NameOID

from console.domain.exchange import Reason
from console.gateway.outside import clean

LONGEST_NAME = 120
MOST_NAMES = 5

_HOST = frozenset({62, 64})
_DATE = frozenset({9, 10})
_ISSUER = frozenset({2, 18, 19, 20, 21})
"""X509_V_ERR codes of OpenSSL: unknown issuer, self-signed, chain incomplete."""

MALFORMED = (
    ValueError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    x509.ExtensionNotFound,
)


class Context(truststore.SSLContext):
    """A context for one connection at a time, which remembers the certificate that was shown to it.

    Not shared between connections: truststore holds the context's lock through a whole handshake, so one peer that
    stalls would stop every other connection.
    """

    shown: bytes | None = None

    def wrap_socket(
        self,
        sock: socket.socket,
        server_side: bool = False,
        do_handshake_on_connect: bool = True,
        suppress_ragged_eofs: bool = True,
        server_hostname: str | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLSocket:
        """Shake hands, and keep the peer's certificate also when it is not accepted."""
        self.shown = None
        sock.getpeername()  # a peer that is gone is noticed here: Python 3.11 leaves the socket open when wrapping it
        wrapped = super().wrap_socket(sock, server_side, False, suppress_ragged_eofs, server_hostname, session)
        try:
            wrapped.do_handshake()
        except BaseException:
            self.shown = _shown(wrapped)
            wrapped.close()
            raise
        self.shown = wrapped.getpeercert(binary_form=True)
        return wrapped


def context_for(extra_root: bytes | None = None) -> Context:
    """Return a new context; raises ValueError where `extra_root` is no PEM text with a certificate."""
    context = Context(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # a distribution's own Python leaves it to OpenSSL's settings
    if extra_root is not None:
        try:
            context.load_verify_locations(cadata=extra_root.decode("ascii"))
        except (ssl.SSLError, ValueError) as error:
            raise ValueError("the extra root is no certificate") from error
    return context


def _shown(wrapped: ssl.SSLSocket) -> bytes | None:
    """Return the certificate of a handshake that failed; Python has a public way to it from 3.13 on."""
    look = getattr(getattr(wrapped, "_sslobj", None), "get_unverified_chain", None)
    chain = look() if look is not None else None
    return ssl.PEM_cert_to_DER_cert(chain[0].public_bytes()) if chain else None


def fingerprint_of(certificate: bytes) -> str:
    """Return the SHA-256 of a DER certificate, as lower-case hex."""
    return hashlib.sha256(certificate).hexdigest()


def issuer_of(certificate: bytes | None) -> str | None:
    """Return who issued a certificate as `common name (organisation)`, or None where it does not say."""
    return facts_of(certificate).get("issuer")


def facts_of(certificate: bytes | None) -> dict[str, str]:
    """Return what the sentences about a certificate name: `names`, `issuer`, `from`, `until` (ISO dates, UTC)."""
    facts: dict[str, str] = {}
    if certificate is None:
        return facts
    with contextlib.suppress(*MALFORMED):
        parsed = x509.load_der_x509_certificate(certificate)
        facts["from"] = f"{parsed.not_valid_before_utc:%Y-%m-%d}"
        facts["until"] = f"{parsed.not_valid_after_utc:%Y-%m-%d}"
        facts["issuer"] = _name(parsed.issuer)
        facts["names"] = _name(parsed.subject)
        facts["names"] = _names(parsed) or facts["names"]
    return {key: value for key, value in facts.items() if value}


def _name(name: x509.Name) -> str:
    texts = [
        clean(str(attribute.value), LONGEST_NAME)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for attribute in name.get_attributes_for_oid(oid)[:1]
    ]
    return f"{texts[0]} ({texts[1]})" if len(set(texts)) == 2 else "".join(texts[:1])


def _names(parsed: x509.Certificate) -> str:
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    texts = [clean(str(name.value), LONGEST_NAME) for name in names if isinstance(name, (x509.DNSName, x509.IPAddress))]
    return ", ".join(texts[:MOST_NAMES]) + (", …" if len(texts) > MOST_NAMES else "")


def reason_of(error: ssl.SSLCertVerificationError, certificate: bytes | None) -> Reason:
    """Return why a certificate was not accepted: its issuer, its host, its dates, or something else.

    OpenSSL says it by a code. Where the system's own verifier judged instead (macOS, Windows) its codes are others:
    there a certificate outside its dates is blamed for those, and for its issuer otherwise.
    """
    code = getattr(error, "verify_code", 0)
    for reason, codes in ((Reason.TLS_HOST, _HOST), (Reason.TLS_DATE, _DATE), (Reason.TLS_ISSUER, _ISSUER)):
        if code in codes:
            return reason
    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    facts = facts_of(certificate)
    if "from" in facts and not facts["from"] <= today <= facts["until"]:
        return Reason.TLS_DATE
    return Reason.TLS
