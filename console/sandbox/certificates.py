"""Issues the sandbox's two certificates as the gateway's cabinet does, and checks signatures with their public halves.

A certificate is a folder with `private.pem` (traditional encrypted PEM), `password.txt` (ends in a line end, as the
cabinet's do) and `public.pem` (API reference 2). Toys: they lie in files, and this gateway alone accepts them.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import string
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from console.domain.digest import Digest

BITS = 2048
PASSWORD_LENGTH = 16
PRIVATE, PASSWORD, PUBLIC = "private.pem", "password.txt", "public.pem"
_HASHES: dict[Digest, hashes.HashAlgorithm] = {Digest.SHA1: hashes.SHA1(), Digest.SHA256: hashes.SHA256()}


@dataclass(frozen=True)
class Certificate:
    """The public half of an issued certificate."""

    folder: Path
    key: rsa.RSAPublicKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the public key's SubjectPublicKeyInfo."""
        der = self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return hashlib.sha256(der).hexdigest()

    def digest_of(self, body: bytes, signature: bytes, digests: frozenset[Digest]) -> Digest | None:
        """Return which of `digests` the signature of `body` was made with (RSA, PKCS#1 v1.5); None if with none."""
        for digest in Digest:
            if digest in digests and self._fits(body, signature, digest):
                return digest
        return None

    def _fits(self, body: bytes, signature: bytes, digest: Digest) -> bool:
        try:
            self.key.verify(signature, body, padding.PKCS1v15(), _HASHES[digest])
        except InvalidSignature:
            return False
        return True


def certificate(folder: Path) -> Certificate:
    """Return the certificate of a folder, issued now if there is none (0.1 to 0.5 s); the files are the owner's alone."""
    if not folder.exists():
        _issue(folder)
    key = load_pem_public_key((folder / PUBLIC).read_bytes())
    if not isinstance(key, rsa.RSAPublicKey):
        raise OSError(f"{folder / PUBLIC} is not a certificate of the sandbox")
    return Certificate(folder, key)


def account(payment: Certificate, payout: Certificate) -> str:
    """Return the UUID of the account that two certificates belong to: the same for the same two, and no other's."""
    both = f"{payment.fingerprint} {payout.fingerprint}"
    return str(UUID(bytes=hashlib.sha256(both.encode()).digest()[:16], version=4))


def _issue(folder: Path) -> None:
    """Make the files aside and move them into place together, so that no half of a certificate is ever found."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in _files().items():
            path = aside / name
            path.touch(mode=0o600)
            path.write_bytes(data)
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside)
        raise


def _files() -> dict[str, bytes]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    letters = string.ascii_letters + string.digits
    password = "".join(secrets.choice(letters) for _ in range(PASSWORD_LENGTH)).encode()
    return {
        PRIVATE: key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(password)),
        PASSWORD: password,  # without a line end: a client that does not trim it opens the key too
        PUBLIC: key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    }
