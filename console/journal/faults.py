"""What can be wrong with a journal, as data; and the one check of a link that every walk along the chain uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from console.domain.moment import parse_utc
from console.journal import chain

SEQ, TIME, KIND, ORDER_ID, SEALED_SHA256, PREV, DIGEST, SEALED = 1, 2, 5, 6, 15, 16, 17, 18
"""Where these columns stand in a row that is read in the order of `record.COLUMNS`."""


class Fault(str, Enum):
    """A kind of fault, by what it shows."""

    NO_FILE = "no-file"
    NOT_A_JOURNAL = "not-a-journal"
    NEWER = "newer"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    FORMAT = "format"
    LINK = "link"
    DIGEST = "digest"
    SEALED = "sealed"
    EMPTIED = "emptied"
    TAG = "tag"
    COMMITMENT = "commitment"
    POINTER = "pointer"
    KEY = "key"
    SIGNATURE = "signature"
    IDENTITY = "identity"
    OTHER_KEY = "other-key"
    OPERATION = "operation"
    GUARDS = "guards"
    CUT = "cut"
    REPLACED = "replaced"
    OTHER_JOURNAL = "other-journal"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the record or order it was found at. `detail` is for copied details."""

    fault: Fault
    seq: int | None = None
    time: datetime | None = None
    order_id: str | None = None
    detail: str = ""


def link_fault(row: Sequence[Any], seq: int, prev: str) -> Fault | None:
    """Return what is wrong with a row where record `seq` should follow the digest `prev`."""
    if row[SEQ] != seq:
        return Fault.MISSING
    if row[0] != chain.FORMAT:
        return Fault.FORMAT
    try:
        digest = chain.digest(row[:DIGEST])
    except TypeError:  # a number of a kind that no column holds
        digest = ""
    if digest != row[DIGEST]:
        return Fault.DIGEST
    return None if row[PREV] == prev else Fault.LINK


def at(fault: Fault, row: Sequence[Any], detail: str = "") -> Finding:
    """Return the finding at a row, whatever was made of its values."""
    try:
        time = parse_utc(row[TIME])
    except (TypeError, ValueError):
        time = None
    order_id = row[ORDER_ID] if isinstance(row[ORDER_ID], str) else None
    return Finding(fault, row[SEQ], time, order_id, detail)
