"""Sealing: what of an event only the holder of the journal's key may see, and how one part of it is shown to others.

Five parts, each behind its own random salt, are committed to one by one and encrypted together, bound to the clear
columns. No plain hash of a part ever leaves this module: beside masked digits it would give them back (measured: M11).
Keys are derived by HKDF-SHA-256 (RFC 5869) with the standard library, so that searching needs no `cryptography`.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.secret import Secret
from console.journal.chain import encode
from console.journal.entry import Parts

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEAL_LABEL = b"alikassa-console journal 1 seal"
FIND_LABEL = b"alikassa-console journal 1 find"

_SALT = 32
_NONCE = 12
_PARTS = 5


class Unsealable(ValueError):
    """Sealed bytes that do not open: another key, another row's columns, or a changed byte."""


def new_key() -> Secret:
    """Return a new key for a new journal: 32 random bytes as 64 hex digits."""
    return Secret(os.urandom(32).hex())


def derive(key: Secret, label: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA-256 without a salt; raises ValueError where the key is not 64 hex digits."""
    material = bytes.fromhex(key.reveal())
    if len(material) != 32:
        raise ValueError("the journal's key is 64 hex digits")
    extracted = hmac.digest(bytes(32), material, "sha256")
    return hmac.digest(extracted, label + b"\x01", "sha256")


class Finder:
    """Makes keyed marks, by which equal numbers are found without any of them standing in clear."""

    def __init__(self, key: Secret) -> None:
        self._key = derive(key, FIND_LABEL)

    def mark(self, kind: str, text: str | bytes) -> str:
        """Return the HMAC of a text under its kind ("number", "payer", "answer" …), as hex."""
        return hmac.digest(self._key, encode((kind, text)), "sha256").hex()


class Sealer:
    """Seals and opens bytes with AES-256-GCM: nonce (12 bytes, random), ciphertext, tag (16 bytes)."""

    def __init__(self, key: Secret) -> None:
        self._key = derive(key, SEAL_LABEL)
        self._cipher: AESGCM | None = None

    def seal(self, plain: bytes, bound: bytes) -> bytes:
        """Return the sealed bytes, which open beside the same `bound` bytes only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead().encrypt(nonce, plain, bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """Return what was sealed; raises Unsealable."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._aead().decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError):
            raise Unsealable("the sealed bytes do not open") from None

    def _aead(self) -> AESGCM:
        if self._cipher is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._cipher = AESGCM(self._key)
        return self._cipher


def pack(parts: Parts) -> bytes:
    """Return the plain text that is sealed: salt, length (8 bytes) and bytes of each part; empty for empty parts."""
    if not parts:
        return b""
    return b"".join(os.urandom(_SALT) + len(part).to_bytes(8, "big") + part for part in parts.in_order())


def unpack(plain: bytes) -> Parts:
    """Return the parts; raises Unsealable where the text is not as `pack` wrote it."""
    return Parts(*(piece[_SALT + 8 :] for piece in _pieces(plain)))


def commitment(plain: bytes) -> str:
    """Return SHA-256 over the SHA-256 of each salted part, as hex; of empty parts it is SHA-256 of nothing."""
    return _over([hashlib.sha256(piece).digest() for piece in _pieces(plain)])


@dataclass(frozen=True, slots=True)
class Opening:
    """One part opened to an outsider, who needs no key: the rest stays behind its hashes.

    `index` counts from 0 in the order of `Parts`; `hashes` are those of all five parts, as hex.
    """

    index: int
    salt: bytes
    part: bytes
    hashes: tuple[str, ...]

    def proves(self, committed: str) -> bool:
        """Tell whether the part is the one that an event's `commitment` stands for."""
        piece = self.salt + len(self.part).to_bytes(8, "big") + self.part
        if len(self.salt) != _SALT or not 0 <= self.index < len(self.hashes) == _PARTS:
            return False
        if hashlib.sha256(piece).hexdigest() != self.hashes[self.index]:
            return False
        return _over([bytes.fromhex(value) for value in self.hashes]) == committed


def open_part(plain: bytes, index: int) -> Opening:
    """Return the opening of one part; raises IndexError where nothing was sealed."""
    pieces = _pieces(plain)
    hashes = tuple(hashlib.sha256(piece).hexdigest() for piece in pieces)
    return Opening(index, pieces[index][:_SALT], pieces[index][_SALT + 8 :], hashes)


def _over(hashes: list[bytes]) -> str:
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def _pieces(plain: bytes) -> list[bytes]:
    pieces, at = list[bytes](), 0
    while at < len(plain):
        end = at + _SALT + 8 + int.from_bytes(plain[at + _SALT : at + _SALT + 8], "big")
        pieces.append(plain[at:end])
        at = end
    if at != len(plain) or len(pieces) not in {0, _PARTS}:
        raise Unsealable("the sealed text is not five parts")
    return pieces
