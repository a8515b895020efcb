"""What happens to an operation's row in the same transaction as its event: a new row, or a compare-and-set.

Whatever is written here is repeated in the event's masked part, so that every row can be made again from the events
(`fold`). Knows the state machine's moves and lets nothing else through.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from console.domain.states import State, may_move
from console.journal.entry import Entry, EventKind
from console.journal.layout import FIXED, OPERATION_COLUMNS

Value = str | int | float | None

_QUIET = frozenset({"asks", "asked_at"})
"""Columns whose change does not count as a change of the operation."""

_SEARCHED = frozenset({"recipient", "basis", "gateway_id"})
_WORDS = (
    "SELECT id, replace(replace(recipient, 'ё', 'е'), 'Ё', 'Е'), replace(replace(basis, 'ё', 'е'), 'Ё', 'Е'), "
    "order_id, gateway_id FROM operation WHERE order_id = ?"
)
_FIND = f"INSERT INTO search (rowid, recipient, basis, order_id, gateway_id) {_WORDS}"
_LOSE = "INSERT INTO search (search, rowid, recipient, basis, order_id, gateway_id) VALUES ('delete', ?, ?, ?, ?, ?)"
# The search index is kept here and not by triggers: with `trusted_schema=0` SQLite lets no trigger touch it.


class Lost(Exception):
    """A compare-and-set found another state or attempt, or the order is already there. Nothing was written."""

    def __init__(self, order_id: str) -> None:
        super().__init__(f"the order changed meanwhile or is already there: {order_id}")
        self.order_id = order_id


@dataclass(frozen=True, slots=True)
class Change:
    """A compare-and-set: `updates` go in where the row is in one of `states` and, unless None, of this `attempt`.

    Raises ValueError for a column that never changes and for a state the machine does not lead to.
    """

    order_id: str
    states: frozenset[State]
    attempt: int | None
    updates: Mapping[str, Value]

    def __post_init__(self) -> None:
        strange = set(self.updates) - (set(OPERATION_COLUMNS) - FIXED)
        if strange or not self.states:
            raise ValueError(f"no change may name {sorted(strange)} or no state at all")
        if "state" in self.updates:
            after = State(self.updates["state"])
            if not all(after is before or may_move(before, after) for before in self.states):
                raise ValueError(f"no move leads to {after.value} from each of the states")

    def as_quiet(self) -> Change | None:
        """Return what of it does not count as a change of the operation; None where nothing is left."""
        quiet = {name: value for name, value in self.updates.items() if name in _QUIET}
        return replace(self, updates=quiet) if quiet else None


def create(connection: sqlite3.Connection, entry: Entry, new: Mapping[str, Value], seq: int) -> dict[str, Value]:
    """Insert the row of a new order; returns its values but None; raises Lost where the order is already there."""
    now = entry.moment.iso()
    row = {"order_id": entry.order_id, "account": entry.account, "attempt": entry.attempt, "asks": 0, **_plain(new)}
    row = {"created_at": now, "changed_at": now, **row}
    if entry.kind is EventKind.INTENDED:
        row["intended_seq"] = seq
    strange = set(row) - set(OPERATION_COLUMNS)
    if strange or row["order_id"] != entry.order_id or not may_move(State.DRAFT, State(row.get("state"))):
        raise ValueError(f"not a new operation of this entry: {sorted(strange)}")
    if connection.execute("SELECT 1 FROM operation WHERE order_id = ?", [entry.order_id]).fetchone():
        raise Lost(str(entry.order_id))
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO operation ({columns}) VALUES ({marks})", list(row.values()))
    connection.execute(_FIND, [entry.order_id])
    return {name: value for name, value in row.items() if value is not None}


def apply(connection: sqlite3.Connection, entry: Entry, change: Change, seq: int) -> dict[str, Value]:
    """Change exactly one row and return what was set; raises Lost where there is no such row."""
    updates = _plain(change.updates)
    if not _QUIET.issuperset(updates):
        updates = {"changed_at": entry.moment.iso(), **updates}
    if entry.kind is EventKind.INTENDED:
        updates["intended_seq"] = seq
    if change.order_id != entry.order_id:
        raise ValueError("the change is of another order than its entry")
    settings = ", ".join(f"{column} = ?" for column in updates)
    states = sorted(state.value for state in change.states)
    condition = f"order_id = ? AND state IN ({', '.join('?' * len(states))}) AND attempt = ifnull(?, attempt)"
    values = [*updates.values(), change.order_id, *states, change.attempt]
    words = connection.execute(_WORDS, [change.order_id]).fetchone()
    if connection.execute(f"UPDATE operation SET {settings} WHERE {condition}", values).rowcount != 1:
        raise Lost(change.order_id)
    if not _SEARCHED.isdisjoint(updates):
        connection.execute(_LOSE, words)
        connection.execute(_FIND, [change.order_id])
    return updates


def fold(row: Mapping[str, Value] | None, written: Mapping[str, Value]) -> dict[str, Value]:
    """Return the row after an event wrote `written`, from the row before it (None before the first)."""
    before = {**dict.fromkeys(OPERATION_COLUMNS), "asks": 0} if row is None else row
    return {**before, **written}


def _plain(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values as the file holds them: codes for enums, 0 and 1 for truth."""
    return {
        name: value.value if isinstance(value, Enum) else int(value) if isinstance(value, bool) else value
        for name, value in values.items()
    }
