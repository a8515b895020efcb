"""Reading the journal: pages of operations, their events, sums and look-ups for the form.

Standard library only, so that the first page can be painted before anything heavy is imported. It never writes, never
recovers, never checkpoints, and knows no key: sealed parts are opened by `append.Journal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal import connect, layout, record
from console.journal.entry import Event, Head
from console.journal.filters import UNCLEAR, Filter, like, states_in, where
from console.journal.rows import OperationRow, operation

_ROW = ", ".join(layout.OPERATION_COLUMNS)
_OPEN = states_in(frozenset(state for state in State if state.is_open))
_UNDER_WAY = states_in(frozenset({State.INTENDED, State.SENDING}))
_NOTHING_LEFT = states_in(
    frozenset({State.NOT_SENT, State.REJECTED, State.CLOSED, State.DISCARDED, State.FAIL, State.CANCEL})
)
ABSENT_BEFORE = "(state = 'not_sent' AND resolved_at IS NOT NULL)"
"""The condition for what left once, was called absent by the support, and did not leave when it was sent again."""
_NEWEST = "ORDER BY created_at DESC, order_id DESC"
_PENDING = states_in(frozenset(state for state in State if state.is_asked) | {State.ABSENT})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many operations still move, and of how many the outcome is unclear (disputed ones among them)."""

    open: int
    unclear: int


@dataclass(frozen=True, slots=True)
class DayFlow:
    """What was ordered on one Moscow day, by kind and present state."""

    day: str
    kind: Kind
    state: State
    count: int
    kopecks: int


@dataclass(frozen=True, slots=True)
class Sums:
    """How many operations of a kind and a state there are, with or without the mark *disputed*, and what they come to."""

    kind: Kind
    state: State
    is_disputed: bool
    count: int
    kopecks: int


class Reader:
    """A journal opened for looking. One connection behind a lock: use one Reader a lane.

    A file that is not there yet, or has no tables yet, reads as an empty journal. Every method raises
    `Unavailable` (E-IO, E-BUSY, E-CORRUPT) where the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: connect.Connection | None = None

    def close(self) -> None:
        """Close the connection; a later question opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def interrupt(self) -> None:
        """End the question that another thread has running: it raises `Unavailable("E-INTERRUPTED")` there."""
        connection = self._connection
        if connection is not None:
            connection.interrupt()

    def operations(self, wanted: Filter, before: tuple[str, str] | None = None, limit: int = 200) -> list[OperationRow]:
        """Return a page, the newest first; `before` is the `key` of the last row of the page before it."""
        condition, values = where(wanted)
        if before is not None:
            condition += " AND (created_at, order_id) < (?, ?)"
            values += before
        return self._operations(f"WHERE {condition} {_NEWEST} LIMIT ?", [*values, limit])

    def key_at(self, wanted: Filter, place: int) -> tuple[str, str] | None:
        """Return the `key` of the row at a place, the newest being 0: where a jump into a long table begins."""
        condition, values = where(wanted)
        sql = f"SELECT created_at, order_id FROM operation WHERE {condition} {_NEWEST} LIMIT 1 OFFSET ?"
        return next(((at, order_id) for at, order_id in self._rows(sql, [*values, place])), None)

    def get(self, order_id: str) -> OperationRow | None:
        """Return one operation."""
        return next(iter(self._operations("WHERE order_id = ?", [order_id])), None)

    def by_gateway_id(self, gateway_id: str) -> list[OperationRow]:
        """Return the operations that were given this id; more than one is a contradiction (failure model 2.5)."""
        return self._operations("WHERE gateway_id = ?", [gateway_id])

    def totals(self, wanted: Filter) -> dict[State, tuple[int, int]]:
        """Return count and sum in kopecks by state."""
        condition, values = where(wanted)
        sql = f"SELECT state, count(*), sum(amount) FROM operation WHERE {condition} GROUP BY state"
        return {State(state): (count, kopecks) for state, count, kopecks in self._rows(sql, values)}

    def left_since(self, since: datetime, account: str, *, but: str, number_find: str | None = None) -> int:
        """Return the kopecks of an account's payouts that may have left since an instant, all but one order's.

        One that was sent again counts on the day of its last attempt too, whenever it was made. What is disputed counts
        in every state, and so does what the support's word called absent until it is closed.
        """
        counted = f"(state NOT IN ({_NOTHING_LEFT}) OR disputed_at IS NOT NULL OR {ABSENT_BEFORE})"
        counted = f"kind = 'payout' AND account = ?2 AND order_id <> ?3 AND {counted}"
        values = [Moment(since, 0.0, "").iso(), account, but]
        if number_find is not None:
            counted, values = f"{counted} AND number_find = ?4", [*values, number_find]
        again = "created_at < ?1 AND attempt > 1 AND state"
        days = (
            "created_at >= ?1",
            f"{again} NOT IN ({_UNDER_WAY}) AND ended_at >= ?1",
            f"{again} IN ({_UNDER_WAY})",
        )  # each by an index of its own; in one condition they would read the whole table
        sql = " UNION ALL ".join(f"SELECT sum(amount) FROM operation WHERE {day} AND {counted}" for day in days)
        return sum(kopecks or 0 for (kopecks,) in self._rows(sql, values))

    def sums(self, wanted: Filter) -> list[Sums]:
        """Return counts and sums by kind, state and the mark *disputed*, in one pass."""
        condition, values = where(wanted)
        sql = "SELECT kind, state, disputed_at IS NOT NULL AS marked, count(*), sum(amount) FROM operation "
        rows = self._rows(f"{sql} WHERE {condition} GROUP BY kind, state, marked", values)
        return [
            Sums(Kind(kind), State(state), bool(marked), count, kopecks) for kind, state, marked, count, kopecks in rows
        ]

    def count(self) -> int:
        """Return how many operations there are."""
        return next((count for (count,) in self._rows("SELECT count(*) FROM operation")), 0)

    def counts(self) -> Counts:
        """Return the two numbers of the top bar; reads no more rows than it counts."""
        sql = f"SELECT (SELECT count(*) FROM operation WHERE state IN ({_OPEN}) AND disputed_at IS NULL), "
        sql += f"(SELECT count(*) FROM operation WHERE {UNCLEAR})"
        rows = self._rows(sql)
        return Counts(*rows[0]) if rows else Counts(0, 0)

    def pending(self, limit: int = 100_000) -> list[OperationRow]:
        """Return what the gateway is to be asked about: unknown ones first, then the oldest.

        With those that support's word made absent or that were closed after it: a create may surface late
        (failure model R10).
        """
        condition = f"state IN ({_PENDING}) OR (state = 'closed' AND resolved_at IS NOT NULL)"
        order = "ORDER BY state <> 'unknown', created_at, order_id LIMIT ?"
        return self._operations(f"WHERE {condition} {order}", [limit])

    def in_states(self, states: frozenset[State]) -> list[OperationRow]:
        """Return every operation in one of the states, the oldest first: what a start recovers."""
        return self._operations(f"WHERE state IN ({states_in(states)}) ORDER BY created_at, order_id")

    def earlier(self, number_find: str, limit: int = 10) -> list[OperationRow]:
        """Return the latest operations with this recipient (of a payment: this payer)."""
        return self._operations(f"WHERE number_find = ? {_NEWEST} LIMIT ?", [number_find, limit])

    def twins(self, kind: Kind, number_find: str, amount: int) -> list[OperationRow]:
        """Return those of a kind, recipient (or payer) and amount in kopecks, of every account, the newest first."""
        condition = "WHERE number_find = ? AND amount = ? AND kind = ?"
        return self._operations(f"{condition} {_NEWEST}", [number_find, amount, kind.value])

    def names_for(self, number_find: str) -> list[str]:
        """Return the recipients' names that were paid at this number, the latest first."""
        sql = "SELECT recipient FROM operation WHERE number_find = ? AND recipient IS NOT NULL "
        sql += "GROUP BY recipient ORDER BY max(created_at) DESC"
        return [name for (name,) in self._rows(sql, [number_find])]

    def same_basis(self, basis: str) -> list[OperationRow]:
        """Return the operations with this basis, the newest first."""
        return self._operations(f"WHERE basis = ? {_NEWEST}", [basis])

    def recent_banks(self, limit: int = 8) -> list[str]:
        """Return the banks of the last 500 operations, the latest first."""
        sql = "SELECT bank FROM (SELECT bank, created_at, order_id FROM operation "
        sql += f"{_NEWEST} LIMIT 500) WHERE bank IS NOT NULL GROUP BY bank ORDER BY max(created_at) DESC LIMIT ?"
        return [bank for (bank,) in self._rows(sql, [limit])]

    def day_flow(self, since: datetime) -> list[DayFlow]:
        """Return sums by Moscow day, kind and present state of what was created from `since` on, by day."""
        sql = "SELECT date(created_at, '+3 hours') AS day, kind, state, count(*), sum(amount) FROM operation "
        sql += "WHERE created_at >= ? GROUP BY day, kind, state ORDER BY day, kind, state"
        rows = self._rows(sql, [Moment(since, 0.0, "").iso()])
        return [DayFlow(day, Kind(kind), State(state), count, sums) for day, kind, state, count, sums in rows]

    def events(self, order_id: str) -> list[Event]:
        """Return everything that was said and heard about an order, the oldest first."""
        return self._events("WHERE order_id = ? ORDER BY seq", [order_id])

    def event(self, seq: int) -> Event | None:
        """Return one record."""
        return next(iter(self._events("WHERE seq = ?", [seq])), None)

    def sealed(self, seq: int) -> bytes | None:
        """Return the sealed bytes of a record as they are, or None where there are none."""
        return next((sealed for (sealed,) in self._rows("SELECT sealed FROM event WHERE seq = ?", [seq])), None)

    def event_page(self, before_seq: int | None = None, limit: int = 200, search: str = "") -> list[Event]:
        """Return a page of records, the newest first; `search` is looked for in order ids, kinds, paths and masks."""
        conditions, values = [], list[str | int]()
        if before_seq is not None:
            conditions.append("seq < ?")
            values.append(before_seq)
        if search:
            columns = ("order_id", "kind", "endpoint", "masked")
            conditions.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns) + ")")
            values += [f"%{like(search)}%"] * len(columns)
        condition = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return self._events(f"{condition} ORDER BY seq DESC LIMIT ?", [*values, limit])

    def head(self) -> Head | None:
        """Return the last record of the journal, or None where there is none."""
        sql = "SELECT value, seq, digest FROM event, meta WHERE name = 'journal_id' ORDER BY seq DESC LIMIT 1"
        return next((Head(*row) for row in self._rows(sql)), None)

    def meta(self) -> dict[str, str]:
        """Return what the file says of itself: `journal_id` and `key_mark`, the mark by which it knows its key."""
        return dict(self._rows("SELECT name, value FROM meta"))

    def _operations(self, rest: str, values: Sequence[str | int] = ()) -> list[OperationRow]:
        rows = self._rows(f"SELECT {_ROW} FROM operation {rest}", values)
        try:
            return [operation(row) for row in rows]
        except ValueError as error:
            raise Unavailable("E-CORRUPT", where=layout.FILE, why=str(error)) from error

    def _events(self, rest: str, values: Sequence[str | int]) -> list[Event]:
        return [Event(*row) for row in self._rows(f"SELECT {record.COLUMNS} FROM event {rest}", values)]

    def _rows(self, sql: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        with self._lock, connect.troubles():
            connection = self._connected()
            return [] if connection is None else connection.execute(sql, values).fetchall()

    def _connected(self) -> connect.Connection | None:
        if self._connection is None and self._path.is_file():
            connection = connect.reader(self._path)
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                connection.close()
            else:
                self._connection = connection
        return self._connection
