"""Certificates on their way in: opened, matched and protected in memory before anything is stored (failure model M9)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.digest import Digest
from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Unavailable
from console.services.archive import Bundle, gather
from console.vault.password import new_password

if TYPE_CHECKING:
    from console.gateway.signing import SigningKey
    from console.journal.seal import Finder

HAS_MODES = os.name == "posix"
_NO_MATCH = mark("certificates", "public.pem is not the public half of private.pem")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A pair that opened: an encrypted private key with its password, ready to be stored.

    `was_plain`: the file was not protected, so the console encrypted it with a new random password, which `as_kept`
    exchanges for one that the recovery code brings back. `files` still lie where they were.
    """

    pem: bytes
    password: Secret
    fingerprint: str
    public_pem: bytes
    bits: int
    is_short: bool
    was_plain: bool
    files: tuple[Path, ...]


def read_certificate(paths: Sequence[Path]) -> Certificate:
    """Return the certificate of a zip, a folder or files.

    Raises Unavailable: E-CERT-ARCHIVE, E-CERT-PUBLIC, E-CERT-NOPASS, E-CERT-PASSWORD, E-CERT-WEAK.
    """
    return certificate_of(gather(paths))


def certificate_of(bundle: Bundle) -> Certificate:
    """Return the certificate of its parts; raises as `read_certificate`."""
    from console.gateway.signing import load_key

    try:
        password = _password(bundle)
        key = load_key(bundle.private, password)
    except Unavailable as trouble:
        if trouble.code != "E-CERT-PLAIN":
            raise
        key = load_key(bundle.private, None, allow_plain=True)
        return _protected(bundle, key)
    _require_match(bundle, key)
    assert password is not None
    return _certificate(bundle, key, bundle.private, password, was_plain=False)


def _password(bundle: Bundle) -> Secret | None:
    if bundle.password is None:
        return None
    try:
        return Secret(bundle.password.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unavailable("E-CERT-PASSWORD") from None


def _protected(bundle: Bundle, key: SigningKey) -> Certificate:
    from console.gateway.signing import encrypt_key

    _require_match(bundle, key)
    password = new_password()
    return _certificate(bundle, key, encrypt_key(key, password), password, was_plain=True)


def _require_match(bundle: Bundle, key: SigningKey) -> None:
    """Let the public file confirm a signature of the private one."""
    from console.gateway.signing import verify

    signed = key.sign(b"[]", Digest.SHA256)
    if not verify(bundle.public, signed.body, signed.signature, signed.digest):
        raise Unavailable("E-CERT-WEAK", why=_NO_MATCH)


def _certificate(bundle: Bundle, key: SigningKey, pem: bytes, password: Secret, *, was_plain: bool) -> Certificate:
    return Certificate(pem, password, key.fingerprint, key.public_pem, key.bits, key.is_short, was_plain, bundle.files)


def own_password(finder: Finder, fingerprint: str) -> Secret:
    """Return the password of 256 bits that the console gives to a key which came without one.

    It is made with the journal's key, so that the recovery code brings it back where the vault has lost it: nobody else
    knows it, and it stands in no file.
    """
    return Secret(finder.mark("key-password", fingerprint))


def as_kept(certificate: Certificate, finder: Finder) -> Certificate:
    """Return a certificate as it is stored: one that came unprotected under the console's own password."""
    from console.gateway.signing import encrypt_key, load_key

    if not certificate.was_plain:
        return certificate
    password = own_password(finder, certificate.fingerprint)
    key = load_key(certificate.pem, certificate.password)
    return replace(certificate, pem=encrypt_key(key, password), password=password)


def readable_by_others(files: Sequence[Path]) -> tuple[Path, ...]:
    """Return those that other users of this computer can read; on Windows none, since the profile's own rights hold."""
    return tuple(path for path in files if HAS_MODES and path.exists() and path.stat().st_mode & 0o044)


def remove_files(files: Sequence[Path]) -> tuple[Path, ...]:
    """Remove what a person no longer wants lying there; return those that would not go."""
    kept = []
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            kept.append(path)
    return tuple(kept)
