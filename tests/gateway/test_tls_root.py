"""An extra root: one certificate of an authority, and nothing else."""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.gateway.tls_root import MAX_BYTES, kept_root, read_root
from tests.gateway.certificates import Authority

NOW = datetime.now(timezone.utc)
LATER = datetime(2999, 1, 1, tzinfo=timezone.utc)


def refused(data: bytes, now: datetime = NOW) -> str:
    with pytest.raises(Unavailable) as caught:
        read_root(data, now)
    assert caught.value.code == "E-TLS-ROOT"
    why = caught.value.values["why"]
    assert isinstance(why, Text)
    return why.source


def test_pem_and_der_are_the_same_root(authority: Authority) -> None:
    pem = authority.root.pem
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    root = read_root(b"# a comment\n" + pem, NOW)
    assert root == read_root(der, NOW) == kept_root(pem)
    assert root.fingerprint == hashlib.sha256(der).hexdigest()
    assert root.printed.replace(":", "").lower() == root.fingerprint
    assert len(root.printed) == 95
    assert root.subject
    assert root.until > f"{NOW:%Y-%m-%d}" >= root.since > "2000"


def test_what_is_no_root_is_refused(authority: Authority) -> None:
    server = authority.issue("127.0.0.1")
    pem = authority.root.pem
    assert refused(b"x" * (MAX_BYTES + 1)) == "it is too big for a certificate"
    assert refused(b"-----BEGIN PRIVATE KEY-----\n" + pem) == "it holds a private key"
    assert refused(pem + pem) == "it holds more than one certificate"
    assert refused(b"") == refused(b"-----BEGIN CERTIFICATE-----\nAAAA\n") == "it is not a certificate"
    assert "of a single server" in refused(server.pem)
    assert refused(pem, LATER) == "it expired on {until}"
    assert kept_root(b"nothing") is None
