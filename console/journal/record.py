"""An entry as a row of the frozen format 1: its columns in order, its sealed bytes, its digest. No database here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from console.journal import chain
from console.journal.entry import Entry, Event
from console.journal.faults import SEALED_SHA256

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
    clear: list[Any] = [
        chain.FORMAT,
        seq,
        entry.moment.iso(),
        round(entry.moment.monotonic * 1_000_000),
        entry.moment.boot,
        entry.kind.value,
        _text(entry.order_id),
        _text(entry.account),
        _text(entry.endpoint),
        entry.attempt,
        entry.status,
        _text(entry.fingerprint),
        _text(entry.digest_name),
        masked_text(masked),
        seal.commitment(plain),
        None,  # sealed_sha256: what is sealed is bound to all the others
        prev,
    ]
    sealed = sealer.seal(plain, chain.bound(clear))
    clear[SEALED_SHA256] = hashlib.sha256(sealed).hexdigest()
    clear.append(chain.digest(clear))
    return Event(*clear), sealed


def values(event: Event) -> tuple[chain.Value, ...]:
    """Return the row's values in the order of `COLUMNS`."""
    return tuple(getattr(event, name) for name in _NAMES)


def masked_text(masked: Mapping[str, object]) -> str:
    """Return JSON that people can read; escaped where the text holds half a character and has no UTF-8 form."""
    text = json.dumps(masked, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(masked, separators=(",", ":"), allow_nan=False)
    return text


def _text(value: str | None) -> str | None:
    """Return the text itself where it came as the value of an enum: the encoding takes nothing that only resembles one."""
    return None if value is None else str.__str__(value)
