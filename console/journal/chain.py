"""The chain of format 1: canonical encoding, digests and links. The standard library and nothing else.

Frozen: a released format is never edited; another encoding gets another `format` number. `docs/journal.md` describes it
for outsiders. This module knows no database and no key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

Value = None | int | str | bytes

FORMAT = 1

COLUMNS = (
    "format", "seq", "time", "monotonic", "boot", "kind", "order_id", "account", "endpoint", "attempt", "status",
    "fingerprint", "digest_name", "masked", "commitment", "sealed_sha256", "prev",
)  # fmt: skip
"""The clear columns that `digest` covers, in order."""

BOUND = tuple(column for column in COLUMNS if column != "sealed_sha256")
"""The clear columns that the sealed bytes are bound to (AAD): they exist before anything is sealed."""


_SEALED_SHA256 = COLUMNS.index("sealed_sha256")


def encode(values: Iterable[Value]) -> bytes:
    """Return each value as type letter, length (8 bytes, big-endian) and bytes.

    `N` nothing, `I` an integer in decimal ASCII, `T` a text in UTF-8, `B` bytes. Raises TypeError for anything else, so
    that `1` and `"1"`, None and `"None"` never meet, and no value can run into its neighbour.
    """
    pieces: list[bytes] = []
    for value in values:
        if type(value) is str:
            raw = value.encode()
            pieces += _TEXTS[len(raw)] if len(raw) < len(_TEXTS) else _prefix(b"T", len(raw)), raw
        elif value is None:
            pieces.append(_NOTHING)
        elif type(value) is int:
            raw = b"%d" % value
            pieces += _prefix(b"I", len(raw)), raw
        elif type(value) is bytes:
            pieces += _prefix(b"B", len(value)), value
        else:
            raise TypeError(f"{type(value).__name__} has no canonical encoding")
    return b"".join(pieces)


def _prefix(letter: bytes, length: int) -> bytes:
    return letter + length.to_bytes(8, "big")


_NOTHING = _prefix(b"N", 0)
_TEXTS = [_prefix(b"T", length) for length in range(2048)]  # a journal of a million rows is mostly short texts


def bound(values: Sequence[Value]) -> bytes:
    """Return the canonical encoding of the columns in `BOUND`, from a row's values in the order of `COLUMNS`: its AAD."""
    return encode([*values[:_SEALED_SHA256], *values[_SEALED_SHA256 + 1 : len(COLUMNS)]])


def digest(values: Sequence[Value]) -> str:
    """Return the digest of a row from its values in the order of `COLUMNS`, as hex."""
    return hashlib.sha256(encode(values)).hexdigest()


def genesis(journal_id: str) -> str:
    """Return the `prev` of the first event: SHA-256 of the journal's id, as hex."""
    return hashlib.sha256(journal_id.encode()).hexdigest()
