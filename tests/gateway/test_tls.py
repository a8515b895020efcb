"""Certificates: what is trusted, what is said about one that is not."""

import ssl
from datetime import datetime, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from console.domain.exchange import Reason
from console.gateway.tls import context_for, facts_of, fingerprint_of, issuer_of, reason_of
from tests.gateway.certificates import DAY, Authority, named, now


def _failure(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def test_context_verifies() -> None:
    context = context_for()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.keylog_filename is None


def test_contexts_are_not_shared() -> None:
    assert context_for() is not context_for()


@pytest.mark.parametrize(
    "pem", [b"", b"garbage", b"\xff", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_extra_root_that_is_none(pem: bytes) -> None:
    with pytest.raises(ValueError, match="root"):
        context_for(pem)


def test_facts_of_a_certificate() -> None:
    issued = Authority("Root", "Firm").issue("a.example", "127.0.0.1")
    assert facts_of(issued.der) == {
        "names": "a.example, 127.0.0.1",
        "issuer": "Root (Firm)",
        "from": f"{now() - DAY:%Y-%m-%d}",
        "until": f"{now() + DAY:%Y-%m-%d}",
    }
    assert issuer_of(issued.der) == "Root (Firm)"
    assert fingerprint_of(issued.der) == issued.certificate.fingerprint(hashes.SHA256()).hex()


def test_facts_of_one_without_names() -> None:
    issued = Authority("Root", "Root").issue(subject=named("host\u202e.example"))
    assert facts_of(issued.der)["names"] == "host⟨U+202E⟩.example"
    assert issuer_of(issued.der) == "Root"


def test_facts_of_one_with_many_names() -> None:
    issued = Authority().issue(*[f"{number}.example" for number in range(9)])
    assert facts_of(issued.der)["names"] == "0.example, 1.example, 2.example, 3.example, 4.example, …"


def test_facts_of_one_that_says_little() -> None:
    issued = Authority().issue(subject=x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "RU")]))
    assert "names" not in facts_of(issued.der)


@pytest.mark.parametrize("der", [None, b"", b"garbage"])
def test_facts_of_none(der: bytes | None) -> None:
    assert facts_of(der) == {}
    assert issuer_of(der) is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (62, Reason.TLS_HOST),
        (64, Reason.TLS_HOST),
        (9, Reason.TLS_DATE),
        (10, Reason.TLS_DATE),
        (18, Reason.TLS_ISSUER),
        (19, Reason.TLS_ISSUER),
        (20, Reason.TLS_ISSUER),
        (21, Reason.TLS_ISSUER),
        (23, Reason.TLS),
        (0, Reason.TLS),
    ],
)
def test_code_tells_why(code: int, reason: Reason) -> None:
    assert reason_of(_failure(code), None) is reason


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (now() - DAY, now() + DAY, Reason.TLS),
        (now() - 9 * DAY, now() - 3 * DAY, Reason.TLS_DATE),
        (now() + 3 * DAY, now() + 9 * DAY, Reason.TLS_DATE),
    ],
)
def test_dates_tell_why_where_the_system_gives_another_code(start: datetime, end: datetime, reason: Reason) -> None:
    der = Authority().issue("a.example", start=start, end=end).der
    assert reason_of(_failure(-2146762487), der) is reason
    assert start.tzinfo is timezone.utc
