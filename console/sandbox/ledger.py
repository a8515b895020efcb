"""The gateway's own record, `ledger.db`: the judge of every test about money, and open to anyone to read with SQLite.

Table `accepted`, one row an order the gateway took, written before its answer goes out:
    id INTEGER          the gateway's id, never used twice
    order_id TEXT       unique within its kind
    kind TEXT           payout or payment
    endpoint TEXT       the path it came to
    service TEXT        the service code
    account TEXT        the account's UUID
    amount TEXT         as the wire writes it, "3000.00"
    kopecks INTEGER     the same as a number
    body BLOB           the exact bytes that were signed
    signature TEXT      the header `Sign` as it came (base64)
    digest TEXT         sha1 or sha256, which of them the signature was made with
    fingerprint TEXT    SHA-256 (hex) of the public key that it fits
    uuid TEXT           the gateway's uuid
    outcome TEXT        code of the outcome, see `outcomes`
    sent_at TEXT        when the request came, UTC, "2026-11-24T11:02:03.000450Z" as all times here
    accepted_at TEXT    when it was accepted: later than sent_at by 90 s for a late order
    final_at TEXT       when it has its final state
    final TEXT          paid, part, fail or cancel
    paid INTEGER        kopecks paid in the end
    fee INTEGER         kopecks of it that the gateway keeps
    change INTEGER      kopecks that the balance gains at final_at; less than zero for payouts
Table `late` has the same columns: orders that are accepted when their accepted_at comes, and moved then.
Table `request`, one row for everything that came, in the order of `seq`:
    at TEXT, endpoint TEXT, account TEXT, size INTEGER, sha256 TEXT (hex, of the body), body BLOB (of authentic ones),
    signature TEXT, status INTEGER (NULL: the connection was dropped without an answer), outcome TEXT, accepted_id INTEGER
Table `chosen`, at most one row: the outcome that a person chose for the next create.
The balance at a moment is 128456000 kopecks and the sum of `change` where `final_at` is not after it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import RLock
from typing import Any

from console.domain.endpoint import Endpoint, Kind
from console.domain.moment import MOSCOW, parse_utc
from console.domain.money import Money
from console.sandbox.entries import Entry
from console.sandbox.outcomes import Final
from console.sandbox.rules import Period

OPENING_BALANCE = 128_456_000
"""1 284 560.00 roubles."""
FIRST_ID = 100_000_536
"""The first id of the documented examples."""
_COLUMNS = (
    "order_id TEXT NOT NULL, kind TEXT NOT NULL, endpoint TEXT NOT NULL, service TEXT NOT NULL, account TEXT NOT NULL, "
    "amount TEXT NOT NULL, kopecks INTEGER NOT NULL, body BLOB NOT NULL, signature TEXT NOT NULL, digest TEXT NOT NULL, "
    "fingerprint TEXT NOT NULL, uuid TEXT NOT NULL, outcome TEXT NOT NULL, sent_at TEXT NOT NULL, "
    "accepted_at TEXT NOT NULL, final_at TEXT NOT NULL, final TEXT NOT NULL, paid INTEGER NOT NULL, fee INTEGER NOT NULL, "
    "change INTEGER NOT NULL"
)
_NAMES = ", ".join(column.split()[0] for column in _COLUMNS.split(", "))
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS accepted (id INTEGER PRIMARY KEY AUTOINCREMENT, {_COLUMNS}, UNIQUE (kind, order_id));
CREATE INDEX IF NOT EXISTS accepted_final ON accepted (final_at, id);
CREATE TABLE IF NOT EXISTS late ({_COLUMNS});
CREATE TABLE IF NOT EXISTS request (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, endpoint TEXT NOT NULL,
    account TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, body BLOB, signature TEXT NOT NULL, status INTEGER,
    outcome TEXT, accepted_id INTEGER);
CREATE TABLE IF NOT EXISTS chosen (one INTEGER PRIMARY KEY CHECK (one = 1), outcome TEXT NOT NULL);
INSERT INTO sqlite_sequence (name, seq) SELECT 'accepted', {FIRST_ID - 1}
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'accepted');
"""
BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Proof:
    """A body as it came, and what made it authentic."""

    body: bytes
    signature: str
    digest: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A request for the record; `status` is None where the connection is dropped instead of answered."""

    at: datetime
    endpoint: str
    account: str
    body: bytes
    signature: str
    status: int | None
    authentic: bool = False
    outcome: str | None = None
    accepted_id: int | None = None


class Ledger:
    """The open record of one gateway: what `rules` may ask of it, and what is written. Sums in kopecks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        self._base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self._base.row_factory = sqlite3.Row
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")
        with self.transaction():
            for statement in _SCHEMA.split(";\n"):
                self._base.execute(statement)

    def close(self) -> None:
        """Close the record; SQLite folds its write-ahead log into the one file."""
        with self._lock:
            self._base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the record for one request: what was read stays true until it is written."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                self._base.rollback()
                raise

    def next_id(self) -> int:
        """Return the id the next accepted order gets."""
        return self._number("SELECT seq + 1 FROM sqlite_sequence WHERE name = 'accepted'")

    def chosen(self) -> str | None:
        """Return the code of the outcome chosen for the next create."""
        row = self._row("SELECT outcome FROM chosen")
        return None if row is None else str(row["outcome"])

    def spend_choice(self) -> None:
        """Forget the chosen outcome: it was for one create."""
        self._base.execute("DELETE FROM chosen")

    def find(self, kind: Kind, *, order_id: str | None = None, number: int | None = None) -> Entry | None:
        """Return the accepted order of an order id, of the gateway's id, or of both together."""
        row = self._row(
            "SELECT * FROM accepted WHERE kind = ? AND order_id = coalesce(?, order_id) AND id = coalesce(?, id)",
            kind.value, order_id, number,
        )  # fmt: skip
        return None if row is None else _entry(row)

    def balance(self, now: datetime) -> int:
        """Return the balance."""
        total = self._number("SELECT coalesce(sum(change), 0) FROM accepted WHERE final_at <= ?", utc(now))
        return OPENING_BALANCE + total

    def balance_before(self, entry: Entry) -> int:
        """Return the balance from before an order became final."""
        at = utc(entry.final_at)
        sql = "SELECT coalesce(sum(change), 0) FROM accepted WHERE (final_at, id) < (?, ?)"
        return OPENING_BALANCE + self._number(sql, at, entry.id)

    def pending(self, now: datetime) -> int:
        """Return the sum of the payouts that are not final."""
        sql = "SELECT coalesce(sum(kopecks), 0) FROM accepted WHERE kind = 'payout' AND final_at > ?"
        return self._number(sql, utc(now))

    def payments(self, period: Period, page: int, size: int) -> tuple[int, Sequence[Entry]]:
        """Return how many payments a period has, and a page of them, the newest first."""
        where = "FROM accepted WHERE kind = 'payment' AND accepted_at >= ? AND accepted_at < ?"
        total = self._number(f"SELECT count(*) {where}", *_bounds(period))
        sql = f"SELECT * {where} ORDER BY id DESC LIMIT ? OFFSET ?"
        rows = self._rows(sql, *_bounds(period), size, (page - 1) * size)
        return total, [_entry(row) for row in rows]

    def accept(self, entry: Entry, proof: Proof, *, late: bool = False) -> None:
        """Write an order down, as accepted or as one that will be."""
        table, names, values = "late", _NAMES, _values(entry, proof)
        if not late:
            table, names, values = "accepted", f"id, {_NAMES}", (entry.id, *values)
        self._base.execute(f"INSERT INTO {table} ({names}) VALUES ({_marks(values)})", values)

    def surface(self, now: datetime) -> None:
        """Accept the late orders whose time has come; one whose id is taken by then is refused, and so never paid."""
        with self.transaction():
            sql = (
                f"INSERT INTO accepted ({_NAMES}) SELECT {_NAMES} FROM late WHERE accepted_at <= ? ORDER BY accepted_at"
            )
            self._base.execute(f"{sql} ON CONFLICT DO NOTHING", (utc(now),))
            self._base.execute("DELETE FROM late WHERE accepted_at <= ?", (utc(now),))

    def next_late(self) -> datetime | None:
        """Return when the next late order is accepted."""
        row = self._row("SELECT min(accepted_at) AS at FROM late")
        return None if row is None or row["at"] is None else parse_utc(row["at"])

    def note(self, seen: Seen) -> None:
        """Write down that a request came; the body only of an authentic one."""
        values = (
            utc(seen.at), seen.endpoint, seen.account, len(seen.body), hashlib.sha256(seen.body).hexdigest(),
            seen.body if seen.authentic else None, seen.signature, seen.status, seen.outcome, seen.accepted_id,
        )  # fmt: skip
        names = "at, endpoint, account, size, sha256, body, signature, status, outcome, accepted_id"
        with self._lock:
            self._base.execute(f"INSERT INTO request ({names}) VALUES ({_marks(values)})", values)

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._base.execute(sql, values).fetchall()

    def _row(self, sql: str, *values: object) -> sqlite3.Row | None:
        return next(iter(self._rows(sql, *values)), None)

    def _number(self, sql: str, *values: object) -> int:
        return int(self._rows(sql, *values)[0][0])


def choose(path: Path, outcome: str | None) -> None:
    """Choose the outcome of the next create, or none; a file and no request, since the gateway has no way to be steered."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as base, base:
        base.execute("DELETE FROM chosen")
        if outcome is not None:
            base.execute("INSERT INTO chosen (one, outcome) VALUES (1, ?)", (outcome,))


def chosen(path: Path) -> str | None:
    """Return the code of the outcome that is chosen for the next create and not used up yet."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as base:
        row = base.execute("SELECT outcome FROM chosen").fetchone()
        return None if row is None else str(row[0])


class Lock:
    """The lock of a gateway: an operating system's lock on an open file, taken through SQLite so that every system has
    one. The kernel frees it when its process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: sqlite3.Connection | None = None

    def take(self) -> bool:
        """Take it; False when somebody else holds it."""
        base = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            base.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            base.close()
            return False
        self._held = base
        return True

    def free(self) -> None:
        """Let it go, if it is held."""
        if self._held is not None:
            self._held.close()
            self._held = None


def utc(moment: datetime) -> str:
    """Return an instant as the ledger writes it."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _bounds(period: Period) -> tuple[str, str]:
    """Return the instants from the first day's beginning to the last day's end; texts that sort outside all others."""
    first, last = "", "~"
    if period.first is not None:
        first = utc(datetime.combine(period.first, datetime.min.time(), MOSCOW))
    if period.last is not None:
        last = utc(datetime.combine(period.last, datetime.min.time(), MOSCOW) + timedelta(days=1))
    return first, last


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _values(entry: Entry, proof: Proof) -> tuple[object, ...]:
    return (
        entry.order_id, entry.kind.value, entry.endpoint.value, entry.service, entry.account, entry.amount.wire(),
        entry.amount.kopecks, proof.body, proof.signature, proof.digest, proof.fingerprint, entry.uuid, entry.outcome,
        utc(entry.sent_at), utc(entry.accepted_at), utc(entry.final_at), entry.final.value, entry.paid, entry.fee,
        entry.change,
    )  # fmt: skip


def _entry(row: sqlite3.Row) -> Entry:
    plain = ("id", "order_id", "service", "account", "uuid", "outcome", "paid", "fee", "change")
    values: dict[str, Any] = {name: row[name] for name in plain}
    values |= {name: parse_utc(row[name]) for name in ("sent_at", "accepted_at", "final_at")}
    kind, endpoint, final = Kind(row["kind"]), Endpoint(row["endpoint"]), Final(row["final"])
    return Entry(**values, kind=kind, endpoint=endpoint, final=final, amount=Money(row["kopecks"]))
