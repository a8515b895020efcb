"""Writing the journal: one event, sealed and chained, with what it changes, in one transaction on disk.

Knows the format's columns, the key and the store. Knows no network, no clock and no rule about money beyond the moves of
the state machine; it never decides what an answer means.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.domain.moment import Moment
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal import chain, change, connect, keys, layout, opening, place, record, seal
from console.journal.change import Change, Lost, Value
from console.journal.entry import Entry, Event, EventKind, Head, Parts
from console.journal.lock import HomeLock
from console.journal.papers import Papers
from console.journal.quiet import Questions
from console.journal.seal import Finder, Opening, Sealer
from console.journal.store import NotStored, Store, StoreUnknown

__all__ = ["Change", "Journal", "Lost", "NotStored", "StoreUnknown"]

_OURS = frozenset({"operation", "question", "answer", "same_as", "public_pem", "journal_id"})
"""Names in the masked part that this package writes by itself."""


_FAILING = frozenset({"E-IO", "E-CORRUPT"})
"""Faults of the disk after which nothing that it acknowledges is believed for a create (failure model 2.7 and A10)."""


@dataclass(frozen=True, slots=True)
class _Work:
    entry: Entry
    change: Change | None = None
    new: Mapping[str, Value] | None = None
    ours: Mapping[str, object] | None = None
    may_lose: bool = False


class Journal:
    """A journal opened for writing by the holder of its home's lock. Every method may be called from any thread.

    `fault` is what was found at opening, what `block` said, or that the disk failed: while it stands, nothing that starts
    a create is written.
    """

    def __init__(self, store: Store, key: Secret, journal_id: str) -> None:
        self.home = store.path.parent
        self.journal_id = journal_id
        self.finder = Finder(key)
        self.fault: Unavailable | None = None
        self._store = store
        self._sealer = Sealer(key)
        self._questions = Questions(self.finder)
        self.papers = Papers(store, self._sealer, self.finder)

    @classmethod
    def open(
        cls,
        home: Path,
        key: Secret,
        moment: Moment,
        lock: HomeLock,
        *,
        anchor: Head | None = None,
        facts: Mapping[str, object] | None = None,
        kind: type[connect.Connection] = connect.Connection,
    ) -> Journal:
        """Open the journal of `home`, or make a new one with `key`.

        `anchor` is the head that the vault kept; `facts` go into the masked part of a new journal's first event. Raises
        Unavailable: E-SHARE, E-KEYRING-JOURNAL (the key is of another journal), E-CORRUPT, E-NEWER, E-IO, E-BUSY,
        E-DISK-FULL. What is no reason to refuse looking stands in `fault`: E-TAMPER, E-ROLLBACK.
        """
        if not lock.is_held or lock.home != home:
            raise ValueError("a journal is written by the holder of its home's lock")
        place.require_local(home)
        store = Store(place.make_private(home, layout.FILE), kind)
        try:
            with connect.troubles():
                journal = cls._opened(store, key, moment, facts or {})
                journal._look(anchor)
        except BaseException:
            store.close()
            raise
        place.keep_reserve(home)
        return journal

    @classmethod
    def _opened(cls, store: Store, key: Secret, moment: Moment, facts: Mapping[str, object]) -> Journal:
        opening.prepare(store.connection())
        meta = dict(store.read("SELECT name, value FROM meta WHERE name <> 'settled'"))
        has_events = bool(store.read("SELECT 1 FROM event LIMIT 1"))
        if not meta and not has_events:
            return cls._founded(store, key, moment, facts)
        if "journal_id" not in meta or not has_events:
            raise Unavailable("E-CORRUPT", where=layout.FILE, why="the journal's id or all its records are gone")
        journal = cls(store, key, meta["journal_id"])
        if meta.get("key_mark") != opening.key_mark(journal.finder, journal.journal_id):
            raise Unavailable("E-KEYRING-JOURNAL")
        return journal

    @classmethod
    def _founded(cls, store: Store, key: Secret, moment: Moment, facts: Mapping[str, object]) -> Journal:
        journal = cls(store, key, os.urandom(16).hex())
        first = _Work(Entry(EventKind.OPENED, moment, masked=facts), ours={"journal_id": journal.journal_id})
        meta = {"journal_id": journal.journal_id, "key_mark": opening.key_mark(journal.finder, journal.journal_id)}

        def found(connection: connect.Connection) -> None:
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            journal._insert(connection, first)

        store.write(found)
        return journal

    def _look(self, anchor: Head | None) -> None:
        connection = self._store.connection()
        self.fault = opening.touched(connection, self.journal_id)
        if self.fault is None and anchor is not None:
            self.fault = opening.rolled_back(connection, self.journal_id, anchor)

    def close(self) -> None:
        """Write the rows that wait and close for good; raises NotStored or StoreUnknown after closing."""
        with self._store.lock:
            try:
                if self._questions.waiting and not self._store.has_ended:
                    self._commit([])
            finally:
                self._store.end()

    def block(self, fault: Unavailable | None) -> None:
        """Refuse everything that starts a create with `fault` from now on; None lifts it."""
        self.fault = fault

    def append(self, entry: Entry, *, change: Change | None = None, new: Mapping[str, Value] | None = None) -> Event:
        """Write one event with the row it makes (`new`) or changes (`change`), and return it once it is on disk.

        Raises, with nothing written: `Lost` (another state or attempt, or the order is there already), `NotStored`,
        `fault` for an event that starts a create. Raises `StoreUnknown` where nobody can tell. On a full disk an event
        that starts nothing is tried once more with the reserve's room.
        """
        if entry.kind.starts and self.fault is not None:
            raise self.fault
        _refuse_ours(entry)
        work = _Work(entry, change, new, self._questions.marks(entry) if entry.kind is EventKind.ASKED else None)
        try:
            return self._commit([work])[-1]
        except NotStored as full:
            if full.code != "E-DISK-FULL" or entry.kind.starts:
                raise
            place.release_reserve(self.home)
        return self._commit([work])[-1]

    def append_quiet(self, entry: Entry, change: Change | None = None) -> None:
        """Write a question whose answer said nothing new: as a small row at the next flush, pointing to the first one.

        A question that said the same to no earlier one of its order is appended whole, at once. Of `change` only `asks`
        and `asked_at` are written, and the small row is written also where it loses. Raises as `append`; the row then
        still waits.
        """
        quiet = None if change is None else change.as_quiet()
        _refuse_ours(entry)
        with self._store.lock:
            if self._questions.repeat(entry, quiet, self._store.read):
                self.flush(entry.moment)
            else:
                self.append(entry, change=quiet)

    def flush(self, now: Moment) -> None:
        """Write the rows that wait where the last flush is a second ago or more; raises as `append`."""
        with self._store.lock:
            if self._questions.is_due(now):
                self._commit([])

    def ensure_key(self, fingerprint: str, public_pem: bytes, moment: Moment) -> None:
        """Write the public half of a signing key, once; raises ValueError where the fingerprint is not the key's."""
        if keys.fingerprint_of(public_pem) != fingerprint:
            raise ValueError("the fingerprint is not that of the key")
        with self._store.lock:
            if not self._store.read("SELECT 1 FROM event WHERE kind = 'key' AND fingerprint = ?", [fingerprint]):
                entry = Entry(EventKind.KEY, moment, fingerprint=fingerprint)
                self._commit([_Work(entry, ours={"public_pem": public_pem.decode("ascii")})])

    def head(self) -> Head:
        """Return the last record: what the vault is to keep."""
        ((seq, digest),) = self._store.read("SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1")
        return Head(self.journal_id, seq, digest)

    def has(self, head: Head) -> bool:
        """Whether a head that somebody kept is one of this journal's records."""
        with self._store.lock, connect.troubles():
            return opening.anchor_fault(self._store.connection(), self.journal_id, head) is None

    def open_parts(self, seq: int) -> Parts:
        """Return the sealed parts of an event; raises LookupError, or Unsealable for changed bytes."""
        return seal.unpack(self._plain(seq))

    def open_part(self, seq: int, index: int) -> Opening:
        """Return one part so that an outsider can check it without the key; raises as `open_parts`."""
        return seal.open_part(self._plain(seq), index)

    def _plain(self, seq: int) -> bytes:
        rows = self._store.read(f"SELECT {record.COLUMNS}, sealed FROM event WHERE seq = ?", [seq])
        if not rows or rows[0][-1] is None:
            raise LookupError(f"record {seq} has no sealed bytes")
        return self._sealer.open(rows[0][-1], chain.bound(rows[0]))

    def _commit(self, works: list[_Work]) -> list[Event]:
        with self._store.lock:
            waiting = [_Work(item.entry, item.change, may_lose=True) for item in self._questions.waiting]
            last = [*waiting, *works][-1].entry
            events = self._written((*waiting, *works))
            if waiting:
                self._questions.flushed(last.moment)
            for work in works:
                self._questions.forget(work.entry.order_id)
            return events

    def _written(self, works: Sequence[_Work]) -> list[Event]:
        """Write them in one transaction. A disk that fails stops creates until the next start, which looks at the file."""
        try:
            return self._store.write(
                lambda connection: [self._insert(connection, work) for work in works],
                lambda connection, done: _is_there(connection, done[-1]),
            )
        except (NotStored, StoreUnknown) as trouble:
            if trouble.code in _FAILING and self.fault is None:
                self.fault = Unavailable(trouble.code, **trouble.values)
            raise

    def _insert(self, connection: connect.Connection, work: _Work) -> Event:
        last = connection.execute("SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        seq, prev = (1, chain.genesis(self.journal_id)) if last is None else (last[0] + 1, last[1])
        masked: dict[str, object] = {**work.entry.masked, **(work.ours or {})}
        operation = _operation(connection, work, seq)
        if operation is not None:
            masked["operation"] = operation
        event, sealed = record.make(self._sealer, work.entry, masked, seq, prev)
        if connection.execute(record.INSERT, (*record.values(event), sealed)).rowcount != 1:
            raise NotStored("E-CORRUPT", where=layout.FILE, why="the row was not taken")
        return event


def _refuse_ours(entry: Entry) -> None:
    if not _OURS.isdisjoint(entry.masked):
        raise ValueError(f"the journal writes these by itself: {sorted(_OURS.intersection(entry.masked))}")


def _operation(connection: connect.Connection, work: _Work, seq: int) -> Mapping[str, Value] | None:
    """Make or change the operation's row; return what was written to it, for the event."""
    if work.new is not None:
        return change.create(connection, work.entry, work.new, seq)
    if work.change is None:
        return None
    try:
        return change.apply(connection, work.entry, work.change, seq)
    except Lost:
        if work.may_lose:
            return None
        raise


def _is_there(connection: connect.Connection, event: Event) -> bool:
    row = connection.execute("SELECT digest FROM event WHERE seq = ?", [event.seq]).fetchone()
    return row is not None and row[0] == event.digest
