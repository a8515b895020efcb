"""The one connection that writes: one lock, one transaction at a time, and what to believe when a commit raises.

A commit that raised may still be on disk (measured: M13), and one that SQLite took back may still lie behind the end of
`-wal`, to come to life after a crash. So a failed commit is followed by one of ours on a fresh connection: after it the
earlier one is either seen or overwritten, and only then is anything said about it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from console.domain.trouble import Trouble, Unavailable
from console.journal import connect, place

T = TypeVar("T")


class NotStored(Unavailable):
    """Surely not in the journal: E-BUSY, E-IO, E-DISK-FULL or E-CORRUPT."""


class StoreUnknown(Trouble):
    """The commit raised and nobody can tell what it left: only a later opening shows."""


class Store:
    """Owns the writing connection of `path`; every method takes the lock and may be called from any thread."""

    def __init__(self, path: Path, kind: type[connect.Connection] = connect.Connection) -> None:
        self.path = path
        self.lock = RLock()
        self._kind = kind
        self._connection: connect.Connection | None = None
        self.has_ended = False

    def end(self) -> None:
        """Close for good: a worker that comes late opens nothing, since the home's lock may be another's by then."""
        with self.lock:
            self.has_ended = True
            self.close()

    def close(self) -> None:
        """Close the connection; the last one to close brings `-wal` into the file."""
        with self.lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def connection(self) -> connect.Connection:
        """Return the connection, opened anew where it was dropped; raises Unavailable or sqlite3.Error."""
        if self.has_ended:
            raise NotStored("E-IO", why="the journal is closed", where=self.path.name)
        if self._connection is None:
            self._connection = connect.writer(self.path, self._kind)
        return self._connection

    def read(self, sql: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question; raises Unavailable."""
        with self.lock, connect.troubles():
            return self.connection().execute(sql, values).fetchall()

    def write(
        self,
        work: Callable[[connect.Connection], T],
        is_there: Callable[[connect.Connection, T], bool] | None = None,
    ) -> T:
        """Run `work` in one immediate transaction and return what it returned, once it is on disk.

        `is_there` recognises the work in the file: without it a commit that raised stays unknown. Raises NotStored,
        StoreUnknown, or what `work` raised, with nothing written.
        """
        with self.lock:
            done = self._begin(work)
            try:
                self.connection().execute("COMMIT")
            except sqlite3.Error as error:
                self._settle(error, lambda fresh: is_there(fresh, done) if is_there else None)
            return done

    def _begin(self, work: Callable[[connect.Connection], T]) -> T:
        with connect.troubles(NotStored):
            try:
                connection = self.connection()
                connection.rollback()  # what an interrupted thread left open was never acknowledged
                connection.execute("BEGIN IMMEDIATE")
                return work(connection)
            except sqlite3.Error:
                self.close()  # takes an open transaction back, whatever state it is in
                raise
            except BaseException:
                self.connection().rollback()
                raise

    def _settle(self, error: sqlite3.Error, is_there: Callable[[connect.Connection], bool | None]) -> None:
        """Return where the work is on disk for sure; raises NotStored where it surely is not, else StoreUnknown."""
        not_stored = connect.trouble(error, NotStored) or NotStored("E-IO", why=str(error))
        if not_stored.code == "E-DISK-FULL":
            place.release_reserve(self.path.parent)
        try:
            self.close()
            found = self._commit_over(is_there)
            if found:
                self._restart_wal()
        except (sqlite3.Error, Unavailable, OSError):
            found = None
        if found is None:
            self.close()
            raise StoreUnknown(not_stored.code, **not_stored.values) from error
        if not found:
            raise not_stored from error

    def _commit_over(self, is_there: Callable[[connect.Connection], bool | None]) -> bool | None:
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        found = is_there(connection)
        count = "INSERT INTO meta VALUES ('settled', '1') ON CONFLICT DO UPDATE SET value = value + 1"
        connection.execute(count)
        connection.execute("COMMIT")
        return found

    def _restart_wal(self) -> None:
        """Bring everything into the main file and empty `-wal`: pages whose flush failed may count as clean there."""
        if self.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0:
            raise Unavailable("E-BUSY", who="", why="the -wal could not be emptied")
        handle = os.open(f"{self.path}-wal", os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
