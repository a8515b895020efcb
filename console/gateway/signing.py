"""Keys and signatures: RSA, PKCS#1 v1.5, over exactly the bytes that are sent (API reference 3.1).

Knows: PEM files as the cabinet issues them (failure model 0.2, M9), digests, fingerprints.
Must not know: where keys and passwords are kept, what a body means.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from console.domain.digest import Digest
from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Unavailable

LEAST_BITS = 1024
GOOD_BITS = 2048
MAX_PEM = 64 * 1024

_NOT_RSA = mark("key", "it is not an RSA key")
_TOO_SHORT = mark("key", "it has {bits} bits, and at least 1024 are needed")
_ALGORITHMS: dict[Digest, hashes.HashAlgorithm] = {Digest.SHA1: hashes.SHA1(), Digest.SHA256: hashes.SHA256()}
_PUBLIC = (b"-----BEGIN PUBLIC KEY-----", b"-----BEGIN RSA PUBLIC KEY-----", b"-----BEGIN CERTIFICATE-----")
_PROTECTED = (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", b"Proc-Type: 4,ENCRYPTED")
_PRIVATE = b"PRIVATE KEY-----"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Signed:
    """A body's bytes and the signature over them; `fingerprint` is that of the key. Neither is ever printed."""

    body: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    digest: Digest
    fingerprint: str

    @property
    def header(self) -> str:
        """The value of the header `Sign`: base64 in one line."""
        return base64.b64encode(self.signature).decode("ascii")


class SigningKey:
    """A private key in memory. Loading one costs 47 ms and signing 0.3 ms (2048 bits, measured: M10), so keep it."""

    __slots__ = ("_key", "_public", "bits", "fingerprint", "public_pem")

    def __init__(self, key: RSAPrivateKey) -> None:
        self._key: RSAPrivateKey | None = key
        self._public = key.public_key()
        self.bits = key.key_size
        self.fingerprint = fingerprint_of(self._public)
        self.public_pem = self._public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def is_short(self) -> bool:
        """Whether it has fewer than 2048 bits: it works, and deserves a warning (M9)."""
        return self.bits < GOOD_BITS

    def sign(self, body: bytes, digest: Digest) -> Signed:
        """Return `body` signed. Raises Unavailable: E-LOCKED for a key that was dropped, E-CERT-SELF when the key's public
        half does not confirm the signature."""
        signature = self._private().sign(body, PKCS1v15(), _ALGORITHMS[digest])
        if not _confirms(self._public, body, signature, digest):
            raise Unavailable("E-CERT-SELF")
        return Signed(body, signature, digest, self.fingerprint)

    def protected(self, password: bytes) -> bytes:
        """Return the key as an encrypted PKCS#8 PEM."""
        return self._private().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(password),
        )

    def drop(self) -> None:
        """Let go of the private half; the public one stays. Python cannot wipe memory, so this is no more than that."""
        self._key = None

    def _private(self) -> RSAPrivateKey:
        if self._key is None:
            raise Unavailable("E-LOCKED")
        return self._key


def load_key(pem: bytes, password: Secret | None, *, allow_plain: bool = False) -> SigningKey:
    """Return the RSA key of a PEM text, PKCS#8 or traditional, protected by `password`.

    The password is tried as it is, then without the line end, then without a byte order mark (API reference 2).
    Raises Unavailable: E-CERT-PUBLIC for a public key, E-CERT-PLAIN for an unprotected one unless `allow_plain`,
    E-CERT-NOPASS, E-CERT-PASSWORD for a wrong password or a damaged file, E-CERT-WEAK with `why` (M9).
    """
    key = _private(pem, password, allow_plain=allow_plain)
    if not isinstance(key, RSAPrivateKey):
        raise Unavailable("E-CERT-WEAK", why=_NOT_RSA)
    if key.key_size < LEAST_BITS:
        raise Unavailable("E-CERT-WEAK", why=_TOO_SHORT.with_(bits=key.key_size))
    return SigningKey(key)


def encrypt_key(key: SigningKey, password: Secret) -> bytes:
    """Return the key as a PKCS#8 PEM that `password` opens; the password must not be empty."""
    return key.protected(password.reveal().encode("utf-8"))


def verify(public_pem: bytes, body: bytes, signature: bytes, digest: Digest) -> bool:
    """Tell whether the RSA public key of a PEM text confirms the signature; False also for what is no such key."""
    try:
        public = serialization.load_pem_public_key(public_pem)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(public, RSAPublicKey) and _confirms(public, body, signature, digest)


def fingerprint_of(public: RSAPublicKey) -> str:
    """Return the SHA-256 of the key's SubjectPublicKeyInfo, as lower-case hex."""
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()


def _private(pem: bytes, password: Secret | None, *, allow_plain: bool) -> PrivateKeyTypes:
    if any(line in pem for line in _PUBLIC) and _PRIVATE not in pem:
        raise Unavailable("E-CERT-PUBLIC")
    if len(pem) > MAX_PEM or _PRIVATE not in pem:
        raise Unavailable("E-CERT-PASSWORD")
    if not any(line in pem for line in _PROTECTED):
        if not allow_plain:
            raise Unavailable("E-CERT-PLAIN")
        return _first(pem, iter([None]))
    if not password:
        raise Unavailable("E-CERT-NOPASS")
    return _first(pem, _readings(password.reveal()))


def _first(pem: bytes, passwords: Iterator[bytes | None]) -> PrivateKeyTypes:
    """Return the key that the first fitting password opens; one message for a wrong one and a damaged file (M9)."""
    for password in passwords:
        try:
            return serialization.load_pem_private_key(pem, password)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
    raise Unavailable("E-CERT-PASSWORD")


def _readings(password: str) -> Iterator[bytes]:
    """Yield the password as it is, without the line end, without a byte order mark; empty ones are no passwords."""
    bare = password.rstrip("\r\n")
    for reading in dict.fromkeys((password, bare, password.removeprefix(_BOM), bare.removeprefix(_BOM))):
        if reading:
            yield reading.encode("utf-8", "surrogatepass")


def _confirms(public: RSAPublicKey, body: bytes, signature: bytes, digest: Digest) -> bool:
    try:
        public.verify(signature, body, PKCS1v15(), _ALGORITHMS[digest])
    except InvalidSignature:
        return False
    return True
