"""What is written into the journal and what is read back from it: plain values, no database, no key.

An `Entry` is what a service hands over; an `Event` is the row it became. How a row is sealed and chained is known by
`seal` and `chain`, the tables by `layout`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import Enum

from console.domain.moment import Moment, parse_utc


class EventKind(str, Enum):
    """Why a row was written. A reader takes kinds it does not know as they are: later releases add some."""

    OPENED = "opened"
    KEY = "key"
    INTENDED = "intended"
    SENDING = "sending"
    HEARD = "heard"
    ENDED = "ended"
    ASKED = "asked"
    RECOVERED = "recovered"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DISPUTED = "disputed"
    LIFTED = "lifted"
    REVEALED = "revealed"
    PROBED = "probed"
    CHANGED = "changed"
    EXPORTED = "exported"
    VERIFIED = "verified"
    SIGNED_OFF = "signed_off"

    @property
    def starts(self) -> bool:
        """Whether it leads to a create: refused by a journal that is blocked, and never worth the disk's reserve."""
        return self in {EventKind.INTENDED, EventKind.SENDING}


@dataclass(frozen=True, slots=True)
class Parts:
    """The five sealed parts of an event, in the order they are sealed and committed to."""

    request_head: bytes = b""
    body: bytes = b""
    signature: bytes = field(default=b"", repr=False)
    answer_head: bytes = b""
    answer_body: bytes = b""

    def in_order(self) -> tuple[bytes, ...]:
        """Return the parts in the order of sealing."""
        return tuple(getattr(self, part.name) for part in fields(self))

    def __bool__(self) -> bool:
        return any(self.in_order())


@dataclass(frozen=True, slots=True)
class Entry:
    """What a service wants written. `masked` may hold nothing that is not shown on screen; `parts` are sealed.

    `account` is the local account id, never the UUID; `status` the HTTP status of the answer; `fingerprint` that of the
    signing key; `digest_name` as in `console.domain.digest`.
    """

    kind: EventKind
    moment: Moment
    order_id: str | None = None
    account: str | None = None
    endpoint: str | None = None
    attempt: int | None = None
    status: int | None = None
    fingerprint: str | None = None
    digest_name: str | None = None
    masked: Mapping[str, object] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)


@dataclass(frozen=True, slots=True)
class Event:
    """A row of `event` but its sealed bytes. The fields are the clear columns, in the order of format 1."""

    format: int
    seq: int
    time: str
    """Wall time as `Moment.iso` writes it."""
    monotonic: int
    """Microseconds of the monotonic clock of `boot`."""
    boot: str
    kind: str
    order_id: str | None
    account: str | None
    endpoint: str | None
    attempt: int | None
    status: int | None
    fingerprint: str | None
    digest_name: str | None
    masked: str
    """JSON text of the masked part, as it is chained."""
    commitment: str
    sealed_sha256: str
    prev: str
    digest: str

    @property
    def facts(self) -> dict[str, object]:
        """The masked part as an object."""
        found = json.loads(self.masked)
        return found if isinstance(found, dict) else {}

    @property
    def at(self) -> datetime:
        """The wall time, aware and in UTC."""
        return parse_utc(self.time)

    @property
    def moment(self) -> Moment:
        """The moment of the event, its monotonic clock rounded to microseconds."""
        return Moment(self.at, self.monotonic / 1_000_000, self.boot)


@dataclass(frozen=True, slots=True)
class Head:
    """The last record of a journal: the anchor that notices a cut tail, a lost `-wal` or a restored old copy."""

    journal_id: str
    seq: int
    digest: str

    def to_json(self) -> str:
        """Return the text that is kept in the vault."""
        return json.dumps({"journal": self.journal_id, "seq": self.seq, "digest": self.digest})

    @classmethod
    def from_json(cls, text: str) -> Head:
        """Read back what `to_json` wrote; anything else raises ValueError."""
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("a head is an object")
        journal_id, seq, digest = found.get("journal"), found.get("seq"), found.get("digest")
        if not isinstance(journal_id, str) or not isinstance(digest, str) or type(seq) is not int:
            raise ValueError("a head names journal, seq and digest")
        return cls(journal_id, seq, digest)
