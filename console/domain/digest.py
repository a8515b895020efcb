"""The digest a signature is made with: a setting of each key, since the gateway's pages contradict each other."""

from __future__ import annotations

from enum import Enum


class Digest(str, Enum):
    """SHA-1 is what PHP's `openssl_sign` does by default and the first to try (API reference 3.2)."""

    SHA1 = "sha1"
    SHA256 = "sha256"
