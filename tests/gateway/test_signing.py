"""Keys and signatures, equal to PHP's and OpenSSL's byte for byte (M9, API reference 3)."""

import base64
import hashlib
import subprocess
from pathlib import Path
from typing import cast

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from console.domain.digest import Digest
from console.domain.secret import Secret
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.gateway.signing import Signed, SigningKey, encrypt_key, load_key, verify
from tests.gateway.php import Php

BODY = b'{"amount":"3000.00","order_id":"1234","service":"payment_card_sbp_rub","number":"79031112233"}'
PASSWORD = "пароль $1"
DIGESTS = pytest.mark.parametrize("digest", Digest)


def _openssl(*arguments: str, data: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


@pytest.fixture(scope="session")
def pkcs8(rsa_key: rsa.RSAPrivateKey) -> bytes:
    """The key, protected as PKCS#8."""
    return rsa_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSWORD.encode()),
    )


@pytest.fixture(scope="session")
def traditional(plain_pem: bytes) -> bytes:
    """The key, protected as OpenSSL did of old and as the cabinet seems to (API reference 2)."""
    return _openssl("rsa", "-aes256", "-traditional", "-passout", f"pass:{PASSWORD}", data=plain_pem)


def _code(pem: bytes, password: str | None, *, allow_plain: bool = False) -> str:
    with pytest.raises(Unavailable) as caught:
        load_key(pem, None if password is None else Secret(password), allow_plain=allow_plain)
    return caught.value.code


@DIGESTS
def test_signatures_are_those_of_php(php: Php, key: SigningKey, pkcs8: bytes, digest: Digest) -> None:
    signed = key.sign(BODY, digest)
    assert signed.signature == php.sign(pkcs8, PASSWORD.encode(), BODY, digest.value)
    assert php.verify(key.public_pem, BODY, signed.signature, digest.value)
    assert not php.verify(key.public_pem, BODY + b" ", signed.signature, digest.value)
    assert signed == Signed(BODY, signed.signature, digest, key.fingerprint)


def test_the_default_of_php_is_sha1(php: Php, key: SigningKey, traditional: bytes) -> None:
    assert key.sign(BODY, Digest.SHA1).signature == php.sign(traditional, PASSWORD.encode(), BODY)


@DIGESTS
def test_signatures_are_those_of_openssl(key: SigningKey, plain_pem: bytes, digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(plain_pem)
    theirs = _openssl("dgst", f"-{digest.value}", "-sign", str(tmp_path / "key.pem"), data=BODY)
    assert key.sign(BODY, digest).signature == theirs


@DIGESTS
def test_verify_takes_this_body_key_and_digest_only(key: SigningKey, digest: Digest) -> None:
    signature = key.sign(BODY, digest).signature
    other = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=1024))
    assert verify(key.public_pem, BODY, signature, digest)
    assert not verify(key.public_pem, BODY[:-1], signature, digest)
    assert not verify(key.public_pem, BODY, signature[:-1], digest)
    assert not verify(other.public_pem, BODY, signature, digest)
    assert not any(verify(key.public_pem, BODY, signature, wrong) for wrong in Digest if wrong is not digest)
    assert not verify(b"", BODY, signature, digest)
    assert not verify(b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", BODY, signature, digest)


def test_verify_takes_no_other_kind_of_key() -> None:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert not verify(pem, BODY, b"", Digest.SHA256)


def test_fingerprint_is_that_of_the_public_half(key: SigningKey) -> None:
    der = _openssl("pkey", "-pubin", "-outform", "DER", data=key.public_pem)
    assert key.fingerprint == hashlib.sha256(der).hexdigest()


def test_header_is_one_line(key: SigningKey) -> None:
    signed = key.sign(BODY, Digest.SHA1)
    assert base64.b64decode(signed.header, validate=True) == signed.signature
    assert "\n" not in signed.header


def test_nothing_secret_is_printed(key: SigningKey) -> None:
    signed = key.sign(BODY, Digest.SHA1)
    shown = f"{signed!r} {signed} {key!r}"
    assert "79031112233" not in shown
    assert signed.header[:20] not in shown
    assert repr(signed.signature)[2:20] not in shown


@pytest.mark.parametrize("form", ["pkcs8", "traditional"])
@pytest.mark.parametrize("around", ["{}", "{}\n", "{}\r\n", "\ufeff{}", "\ufeff{}\r\n"])
def test_password_is_taken_with_its_line_end_and_mark(
    request: pytest.FixtureRequest, key: SigningKey, form: str, around: str
) -> None:
    pem = cast("bytes", request.getfixturevalue(form))
    assert load_key(pem, Secret(around.format(PASSWORD))).fingerprint == key.fingerprint


def test_password_that_has_a_line_end_is_taken_as_it_is(key: SigningKey) -> None:
    odd = Secret("\ufeffpass\n")
    assert load_key(encrypt_key(key, odd), odd).fingerprint == key.fingerprint
    assert _code(encrypt_key(key, odd), "pass") == "E-CERT-PASSWORD"


def test_key_of_php_is_opened(php: Php, key: SigningKey, plain_pem: bytes) -> None:
    pem = php.protect(plain_pem, PASSWORD.encode())
    assert b"ENCRYPTED" in pem
    assert load_key(pem, Secret(PASSWORD)).fingerprint == key.fingerprint


def test_key_is_protected_with_another_password(key: SigningKey, php: Php) -> None:
    pem = encrypt_key(key, Secret("новый"))
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert load_key(pem, Secret("новый")).fingerprint == key.fingerprint
    assert php.sign(pem, "новый".encode(), BODY) == key.sign(BODY, Digest.SHA1).signature


@pytest.mark.parametrize("form", ["pkcs8", "traditional"])
def test_password_that_does_not_fit(request: pytest.FixtureRequest, form: str) -> None:
    pem = cast("bytes", request.getfixturevalue(form))
    for password in (PASSWORD + "x", PASSWORD[:-1], "\ud800", "x"):
        assert _code(pem, password) == "E-CERT-PASSWORD"
    assert {_code(pem, password) for password in (None, "")} == {"E-CERT-NOPASS"}
    assert _code(pem, "\n") == "E-CERT-PASSWORD"


def test_every_wrong_password_gives_one_message(traditional: bytes) -> None:
    assert {_code(traditional, f"wrong {number}") for number in range(2_000)} == {"E-CERT-PASSWORD"}


@pytest.mark.parametrize("form", ["pkcs8", "traditional"])
def test_damaged_file(request: pytest.FixtureRequest, form: str) -> None:
    pem = cast("bytes", request.getfixturevalue(form))
    for damaged in (pem[: len(pem) // 2], pem.replace(b"A", b"B"), b"x" + pem[:40], b"", b"garbage", pem * 40):
        assert _code(damaged, PASSWORD) in {"E-CERT-PASSWORD", "E-CERT-PLAIN"}, damaged[:60]
    assert _code(pem[:200] + b"\n!!!\n" + pem[200:], PASSWORD) == "E-CERT-PASSWORD"


def test_unprotected_key(plain_pem: bytes, key: SigningKey) -> None:
    assert _code(plain_pem, None) == "E-CERT-PLAIN"
    assert _code(plain_pem, PASSWORD) == "E-CERT-PLAIN"
    for password in (None, Secret(PASSWORD)):
        assert load_key(plain_pem, password, allow_plain=True).fingerprint == key.fingerprint
    assert _code(plain_pem[:200], None, allow_plain=True) == "E-CERT-PASSWORD"


def test_public_key(key: SigningKey, plain_pem: bytes) -> None:
    old = _openssl("rsa", "-RSAPublicKey_out", data=plain_pem)
    certificate = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    assert {_code(pem, PASSWORD) for pem in (key.public_pem, old, certificate)} == {"E-CERT-PUBLIC"}


@pytest.mark.parametrize(("bits", "is_short"), [(1024, True), (2047, True), (2048, False)])
def test_short_key_works(bits: int, is_short: bool) -> None:
    pem = _openssl("genrsa", "-aes128", "-passout", "pass:x", str(bits))
    key = load_key(pem, Secret("x"))
    assert (key.bits, key.is_short) == (bits, is_short)
    assert verify(key.public_pem, BODY, key.sign(BODY, Digest.SHA256).signature, Digest.SHA256)


def test_weak_key() -> None:
    pem = _openssl("genrsa", "-aes128", "-passout", "pass:x", "1023")
    with pytest.raises(Unavailable) as caught:
        load_key(pem, Secret("x"))
    assert caught.value.code == "E-CERT-WEAK"
    assert dict(cast("Text", caught.value.values["why"]).arguments) == {"bits": 1023}


def test_key_of_another_kind() -> None:
    pem = _openssl("genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:x")
    with pytest.raises(Unavailable) as caught:
        load_key(pem, Secret("x"))
    assert caught.value.code == "E-CERT-WEAK"
    assert "RSA" in cast("Text", caught.value.values["why"]).source


def test_signature_that_its_own_key_does_not_confirm(key: SigningKey) -> None:
    broken = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=1024))
    broken._public = key._public  # as if memory or the library had failed
    with pytest.raises(Unavailable) as caught:
        broken.sign(BODY, Digest.SHA1)
    assert caught.value.code == "E-CERT-SELF"
