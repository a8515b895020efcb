"""What a person may do with an operation that hangs: close it, record the support's word, lift the mark.

Each needs typed words and is an event for ever (failure model R3, R10). Where the order moved meanwhile nothing is
recorded and Unavailable("E-MOVED") says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from console.domain.states import State
from console.domain.text import mark
from console.domain.trouble import Invalid, Unavailable
from console.journal.change import Change, Lost
from console.journal.entry import Entry, EventKind
from console.services.outcomes import Updates

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.journal.rows import OperationRow
    from console.services.clock import Clock

WAIT = timedelta(minutes=15)
ASKS = 3
"""R10: not before 15 minutes and three questions after the attempt."""

_WORD = mark("doubts", "Type {word} to confirm.")
_NEEDED = mark("doubts", "The ticket or letter, the typed words and your name are needed.")
_ID_NEEDED = mark("doubts", "Enter the id that the gateway named.")
_ID_OF_ANOTHER = mark("doubts", "This is the id of order {order}. Ask the support about this order's own.")
_NOTE_NEEDED = mark("doubts", "A note and your name are needed.")


class Word(str, Enum):
    """What the gateway's support said about an order."""

    HAS = "has"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The support's word as a person records it."""

    word: Word
    ticket: str
    name: str
    typed: str
    gateway_id: str = ""


@dataclass(frozen=True, slots=True)
class ResolveGate:
    """From when and after how many more questions the support's word may be recorded."""

    allowed_from: datetime | None
    asks_missing: int

    def is_open(self, now: datetime) -> bool:
        """Whether it may be recorded now."""
        return self.asks_missing == 0 and (self.allowed_from is None or now >= self.allowed_from)


def confirmation_word(row: OperationRow) -> str:
    """Return what has to be typed to confirm a deed on this operation: the last four characters of its order id."""
    return row.order_id[-4:]


class Settle:
    """Ends what hangs, by a person's hand."""

    def __init__(self, journal: Journal, reader: Reader, clock: Clock) -> None:
        self._journal = journal
        self._reader = reader
        self._clock = clock

    def close(self, order_id: str, typed: str) -> OperationRow:
        """Close an operation that was not sent, or that the support said was never there."""
        row = self._row(order_id)
        self._typed(row, typed)
        now = self._clock()
        states = frozenset({State.NOT_SENT, State.ABSENT})
        return self._write(row, now, EventKind.CLOSED, states, {"state": State.CLOSED.value}, {})

    def may_resolve(self, order_id: str) -> ResolveGate:
        """Return when the support's word may be recorded about an operation."""
        row = self._row(order_id)
        ended = row.ended
        return ResolveGate(None if ended is None else ended.utc + WAIT, max(0, ASKS - row.asks))

    def resolve(self, order_id: str, resolution: Resolution) -> OperationRow:
        """Record the support's word (R10). Beside a final state it is recorded and the state stays.

        Raises Invalid where something is missing, Unavailable("E-RESOLVE") where it is too early.
        """
        row = self._row(order_id)
        now = self._clock()
        self._typed(row, resolution.typed)
        if not resolution.ticket.strip() or not resolution.name.strip():
            raise Invalid(_NEEDED)
        if resolution.word is Word.HAS and not resolution.gateway_id.strip():
            raise Invalid(_ID_NEEDED)
        self._refuse_another(row, resolution)
        gate = self.may_resolve(order_id)
        if not gate.is_open(now.utc):
            raise Unavailable("E-RESOLVE", time=gate.allowed_from, n=gate.asks_missing)
        masked: dict[str, object] = {
            "word": resolution.word.value,
            "ticket": resolution.ticket.strip(),
            "name": resolution.name.strip(),
            "gateway_id": resolution.gateway_id.strip(),
        }
        updates = self._resolved(row, resolution, now)
        return self._write(row, now, EventKind.RESOLVED, frozenset({row.state}), updates, masked)

    def lift(self, order_id: str, note: str, name: str) -> OperationRow:
        """Lift the mark *disputed* with a note; the state under it stays."""
        row = self._row(order_id)
        if not note.strip() or not name.strip():
            raise Invalid(_NOTE_NEEDED)
        updates: Updates = {"disputed_at": None, "disputed_reason": None}
        masked: dict[str, object] = {"note": note.strip(), "name": name.strip(), "was": row.disputed_reason}
        return self._write(row, self._clock(), EventKind.LIFTED, frozenset({row.state}), updates, masked)

    def _resolved(self, row: OperationRow, resolution: Resolution, now: Moment) -> Updates:
        may = row.state is State.UNKNOWN or (row.state is State.WAIT and row.is_disputed)
        if not may and not row.state.is_final:
            raise Unavailable("E-NOT-RESOLVABLE", order=row.order_id)
        updates: Updates = {"resolved_at": now.iso()}
        if row.state.is_final:
            return updates
        if resolution.word is Word.NEVER:
            return {**updates, "state": State.ABSENT.value, "disputed_at": None, "disputed_reason": None}
        return {**updates, "gateway_id": resolution.gateway_id.strip()}

    def _refuse_another(self, row: OperationRow, resolution: Resolution) -> None:
        """Raise Invalid for an id that another order of the kind has: its answers would be taken for this one's."""
        for other in self._reader.by_gateway_id(resolution.gateway_id.strip()):
            if other.order_id != row.order_id and other.kind is row.kind:
                raise Invalid(_ID_OF_ANOTHER.with_(order=other.order_id))

    def _row(self, order_id: str) -> OperationRow:
        row = self._reader.get(order_id)
        if row is None:
            raise Unavailable("E-NO-ORDER", order=order_id)
        return row

    def _typed(self, row: OperationRow, typed: str) -> None:
        word = confirmation_word(row)
        if typed.strip().casefold() != word.casefold():
            raise Invalid(_WORD.with_(word=word))

    def _write(
        self,
        row: OperationRow,
        now: Moment,
        kind: EventKind,
        states: frozenset[State],
        updates: Updates,
        masked: dict[str, object],
    ) -> OperationRow:
        entry = Entry(kind, now, row.order_id, row.account, attempt=row.attempt, masked=masked)
        change = Change(row.order_id, states, row.attempt, {**updates, "changed_at": now.iso()})
        try:
            self._journal.append(entry, change=change)
        except Lost:
            raise Unavailable("E-MOVED", order=row.order_id) from None
        return self._row(row.order_id)
