"""Public keys as the journal names them: the fingerprint that stands in every row a key signed. Standard library only."""

from __future__ import annotations

import base64
import hashlib

_BEGIN, _END = b"-----BEGIN PUBLIC KEY-----", b"-----END PUBLIC KEY-----"


def fingerprint_of(public_pem: bytes) -> str:
    """Return SHA-256 of the key's SubjectPublicKeyInfo, as hex; raises ValueError where the text is no public key."""
    _, begin, rest = public_pem.partition(_BEGIN)
    body, end, _ = rest.partition(_END)
    if not begin or not end:
        raise ValueError("not a public key in PEM")
    return hashlib.sha256(base64.b64decode(b"".join(body.split()), validate=True)).hexdigest()
