"""An entry as a row of the frozen format 1: its columns in order, its sealed bytes, its digest. No database here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from console.journal import chain
from console.journal.entry import Entry, Event

if TYPE_CHECKING:
    from console.journal.seal import Sealer

_NAMES = tuple(column.name for column in fields(Event))
COLUMNS = ", ".join(_NAMES)
"""The clear columns, as an SQL list in the order of `Event`."""

INSERT = f"INSERT INTO event ({COLUMNS}, sealed) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"


def make(sealer: Sealer, entry: Entry, masked: Mapping[str, object], seq: int, prev: str) -> tuple[Event, bytes]:
    """Return the row and its sealed bytes, to follow the row whose digest is `prev`."""
    from console.journal import seal

    plain = seal.pack(entry.parts)
    clear: dict[str, chain.Value] = {
        "format": chain.FORMAT,
        "seq": seq,
        "time": entry.moment.iso(),
        "monotonic": round(entry.moment.monotonic * 1_000_000),
        "boot": entry.moment.boot,
        "kind": entry.kind.value,
        "order_id": entry.order_id,
        "account": entry.account,
        "endpoint": entry.endpoint,
        "attempt": entry.attempt,
        "status": entry.status,
        "fingerprint": entry.fingerprint,
        "digest_name": entry.digest_name,
        "masked": _json(masked),
        "commitment": seal.commitment(plain),
        "prev": prev,
    }
    sealed = sealer.seal(plain, chain.bound(clear))
    clear["sealed_sha256"] = hashlib.sha256(sealed).hexdigest()
    clear["digest"] = chain.digest([clear[column] for column in chain.COLUMNS])
    row: list[Any] = [clear[name] for name in _NAMES]
    return Event(*row), sealed


def values(event: Event) -> tuple[chain.Value, ...]:
    """Return the row's values in the order of `COLUMNS`."""
    return tuple(getattr(event, name) for name in _NAMES)


def plain(sealer: Sealer, event: Event, sealed: bytes) -> bytes:
    """Return what was sealed in the row; raises Unsealable."""
    return sealer.open(sealed, chain.bound(dict(zip(_NAMES, values(event), strict=True))))


def _json(masked: Mapping[str, object]) -> str:
    """Return JSON that people can read; escaped where the text holds half a character and has no UTF-8 form."""
    text = json.dumps(masked, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(masked, separators=(",", ":"), allow_nan=False)
    return text
