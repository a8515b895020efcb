"""How the journal's tests make journals, moments and entries, and how they reach behind the journal's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from console.domain.endpoint import Endpoint
from console.domain.moment import Moment
from console.domain.secret import Secret
from console.domain.states import State
from console.journal import chain, connect, layout, record
from console.journal.append import Change, Journal
from console.journal.change import Value
from console.journal.entry import Entry, Event, EventKind, Head, Parts
from console.journal.lock import HomeLock
from console.journal.read import Reader

KEY = Secret("5a" * 32)
OTHER_KEY = Secret("a5" * 32)
FIND = "ab" * 32
START = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)

BODY = rb'{"amount":"3000.00","order_id":"PO-1","number":"79031112233"}'
PARTS = Parts(
    b"POST /v1/payout HTTP/1.1\r\nAccount: uuid\r\n\r\n", BODY, b"\x01signature", b"HTTP/1.1 200 OK\r\n\r\n", b"{}"
)


def moment(seconds: float = 0.0, boot: str = "boot") -> Moment:
    """A moment so many seconds after the tests' start, on both clocks."""
    return Moment(START + timedelta(seconds=seconds), 1000.0 + seconds, boot)


class Desk:
    """A home with its lock and its journal open, and a clock that moves a second at each entry."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = home / layout.FILE
        self.lock = HomeLock.take(home, moment())
        self.seconds = 0.0
        self.journal = self._open(None, connect.Connection)
        self.reader = Reader(self.path)

    def reopen(self, anchor: Head | None = None, kind: type[connect.Connection] = connect.Connection) -> Journal:
        """Close the journal and open it again."""
        self.journal.close()
        self.journal = self._open(anchor, kind)
        return self.journal

    def close(self) -> None:
        """Close everything, so that the main file holds it all; may be called twice."""
        self.journal.close()
        self.reader.close()
        self.lock.release()

    def now(self) -> Moment:
        """The next moment."""
        self.seconds += 1
        return moment(self.seconds)

    def intend(self, order_id: str = "PO-1", **columns: Value) -> Event:
        """Begin an order."""
        entry = Entry(EventKind.INTENDED, self.now(), order_id, "acc", Endpoint.PAYOUT.value, 1, parts=Parts(body=BODY))
        return self.journal.append(entry, new=new(**columns))

    def move(
        self, before: State, after: State, kind: EventKind = EventKind.HEARD, order_id: str = "PO-1", **updates: Value
    ) -> Event:
        """Move an order from one state to the next."""
        change = Change(order_id, frozenset({before}), 1, {"state": after, **updates})
        entry = Entry(kind, self.now(), order_id, "acc", Endpoint.PAYOUT.value, 1, 200, "fp", "sha1", {"a": 1}, PARTS)
        return self.journal.append(entry, change=change)

    def send(self, order_id: str = "PO-1", **columns: Value) -> None:
        """Bring a new order to `wait`."""
        self.intend(order_id, **columns)
        self.move(State.INTENDED, State.SENDING, EventKind.SENDING, order_id)
        self.move(State.SENDING, State.WAIT, EventKind.HEARD, order_id, gateway_id=f"g-{order_id}")

    def ask(self, order_id: str = "PO-1", answer: bytes = b"{}", at: Moment | None = None, **masked: object) -> None:
        """Ask about an order and hear the given answer."""
        now = at or self.now()
        parts = Parts(
            b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"HTTP/1.1 200\r\n\r\n", answer
        )
        entry = Entry(
            EventKind.ASKED, now, order_id, "acc", Endpoint.PAYOUT_STATUS.value, None, 200, masked=masked, parts=parts
        )
        change = Change(order_id, frozenset({State.WAIT}), None, {"asked_at": now.iso()})
        self.journal.append_quiet(entry, change)

    def _open(self, anchor: Head | None, kind: type[connect.Connection]) -> Journal:
        return Journal.open(self.home, KEY, moment(self.seconds), self.lock, anchor=anchor, kind=kind)


def new(**columns: Value) -> dict[str, Value]:
    """The columns of a new payout."""
    row: dict[str, Value] = {
        "kind": "payout",
        "service": "payment_card_sbp_rub",
        "state": State.INTENDED,
        "amount": 300_000,
        "currency": "RUB",
        "recipient": "Иванов Иван",
        "basis": "Счёт 17",
        "number_masked": "+7 903 •••-••-33",
    }
    return {**row, **columns}


@contextmanager
def behind(path: Path, *, unguarded: bool = True) -> Iterator[sqlite3.Connection]:
    """Open the file as another program does; `unguarded` takes the triggers away and puts them back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        if unguarded:
            for name in ("event_no_update", "event_no_delete", "event_no_replace"):
                connection.execute(f"DROP TRIGGER {name}")
        yield connection
        if unguarded:
            for text in layout.TRIGGERS:
                connection.execute(text)


def rows(path: Path, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
    """What the file says, read past the journal."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def facts(event: Event) -> Mapping[str, object]:
    """The masked part but what the journal itself wrote."""
    return {name: value for name, value in event.facts.items() if name not in {"operation", "question", "answer"}}


def edit(path: Path, sql: str, *values: str | int | bytes | None) -> None:
    """Change rows behind the journal's back, and see to it that there were any."""
    with behind(path) as other:
        assert other.execute(sql, values).rowcount > 0


def rebuild(other: sqlite3.Connection) -> None:
    """Make the chain again over whatever the rows now say, as anyone can."""
    ((journal_id,),) = other.execute("SELECT value FROM meta WHERE name = 'journal_id'").fetchall()
    prev = chain.genesis(journal_id)
    for row in other.execute(f"SELECT {record.COLUMNS} FROM event ORDER BY seq").fetchall():
        digest = chain.digest([*row[:16], prev])
        other.execute("UPDATE event SET prev = ?, digest = ? WHERE seq = ?", [prev, digest, row[1]])
        prev = digest
