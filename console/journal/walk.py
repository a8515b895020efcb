"""Along the chain, record by record: links, sealed bytes, tags, public keys, signatures. Ends at the first fault.

Takes rows as they are handed in; without a key it proves what anyone can prove.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.journal import chain, seal
from console.journal.entry import Event, EventKind, Parts
from console.journal.faults import DIGEST, KIND, SEALED, SEALED_SHA256, SEQ, Fault, Finding, at, link_fault
from console.journal.keys import fingerprint_of
from console.journal.seal import Sealer, Unsealable


@dataclass(frozen=True, slots=True)
class Claim:
    """A signature found in the journal; `public_pem` is the key's public half where the journal has it."""

    seq: int
    body: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    digest_name: str
    fingerprint: str
    public_pem: bytes | None


_TELLING = frozenset({EventKind.OPENED.value, EventKind.KEY.value, EventKind.ASKED.value})
"""Kinds whose masked part says something that can be checked without a key."""

Confirm = Callable[[Claim], bool | None]
"""Tells whether a signature is right; None where its public key is not at hand."""

Look = Callable[[int], tuple[object, object] | None]
"""Returns kind and order id of another record."""


class Walk:
    """The walk's place and what it has proved so far."""

    def __init__(
        self, journal_id: str, sealer: Sealer | None, confirm: Confirm | None, look: Look, *, withheld: bool
    ) -> None:
        self.seq, self.prev = 0, chain.genesis(journal_id)
        self.opened = self.withheld = self.signatures = self.unproved = 0
        self._journal_id = journal_id
        self._sealer = sealer
        self._confirm = confirm
        self._look = look
        self._may_withhold = withheld
        self._keys: dict[str, bytes] = {}

    def step(self, row: Sequence[Any]) -> Finding | None:
        """Take one row (`record.COLUMNS`, then its sealed bytes); return its fault, or the record missing before it."""
        fault = link_fault(row, self.seq + 1, self.prev)
        if fault is Fault.MISSING:
            return Finding(fault, self.seq + 1)
        fault = fault or self._sealed_fault(row) or self._read_fault(row)
        if fault is not None:
            return at(fault, row)
        self.seq, self.prev = row[SEQ], row[DIGEST]
        return None

    def _read_fault(self, row: Sequence[Any]) -> Fault | None:
        if self._sealer is None and row[SEQ] > 1 and row[KIND] not in _TELLING:
            return None
        event = Event(*row[:SEALED])
        return self._told_fault(event) or self._opened_fault(event, row)

    def _sealed_fault(self, row: Sequence[Any]) -> Fault | None:
        sealed = row[SEALED]
        if sealed is None:
            self.withheld += 1
            return None if self._may_withhold else Fault.EMPTIED
        if not isinstance(sealed, bytes) or hashlib.sha256(sealed).hexdigest() != row[SEALED_SHA256]:
            return Fault.SEALED
        return None

    def _told_fault(self, event: Event) -> Fault | None:
        """Check what the masked part says about other records and about keys."""
        if event.seq == 1 and event.facts.get("journal_id") != self._journal_id:
            return Fault.IDENTITY
        if event.kind == EventKind.KEY:
            return self._key_fault(event)
        if event.kind == EventKind.ASKED and '"same_as"' in event.masked:
            first = event.facts.get("same_as")
            if not isinstance(first, int) or not 0 < first < event.seq:
                return Fault.POINTER
            return None if self._look(first) == (EventKind.ASKED, event.order_id) else Fault.POINTER
        return None

    def _key_fault(self, event: Event) -> Fault | None:
        pem = str(event.facts.get("public_pem")).encode()
        try:
            fingerprint = fingerprint_of(pem)
        except ValueError:
            return Fault.KEY
        self._keys[fingerprint] = pem
        return None if fingerprint == event.fingerprint else Fault.KEY

    def _opened_fault(self, event: Event, row: Sequence[Any]) -> Fault | None:
        if self._sealer is None or row[SEALED] is None:
            return None
        try:
            plain = self._sealer.open(row[SEALED], chain.bound(row))
            committed = seal.commitment(plain)
            parts = seal.unpack(plain)
        except Unsealable:
            return Fault.TAG
        if committed != event.commitment:
            return Fault.COMMITMENT
        self.opened += 1
        return self._signature_fault(event, parts)

    def _signature_fault(self, event: Event, parts: Parts) -> Fault | None:
        if not parts.signature or self._confirm is None:
            return None
        fingerprint = event.fingerprint or ""
        pem = self._keys.get(fingerprint)
        claim = Claim(event.seq, parts.body, parts.signature, event.digest_name or "", fingerprint, pem)
        confirmed = self._confirm(claim)
        if confirmed is None:
            self.unproved += 1
        elif confirmed:
            self.signatures += 1
        return Fault.SIGNATURE if confirmed is False else None
