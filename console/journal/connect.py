"""Connections to the journal's file: how they are set, and what an error of theirs means.

One writer, which alone commits and checkpoints; any number of readers, which can neither write nor recover nor
checkpoint (measured: M15). This module knows no table beyond the settings it reads back.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from console.domain.trouble import Unavailable

K = TypeVar("K", bound=Unavailable)

PATIENCE = 5.0
"""Seconds a writer waits for another program's lock before it gives up with E-BUSY (failure model 2.7)."""

_CODES = {
    sqlite3.SQLITE_INTERRUPT: "E-INTERRUPTED",
    sqlite3.SQLITE_BUSY: "E-BUSY",
    sqlite3.SQLITE_LOCKED: "E-BUSY",
    sqlite3.SQLITE_FULL: "E-DISK-FULL",
    sqlite3.SQLITE_IOERR: "E-IO",
    sqlite3.SQLITE_CANTOPEN: "E-IO",
    sqlite3.SQLITE_READONLY: "E-IO",
    sqlite3.SQLITE_PERM: "E-IO",
    sqlite3.SQLITE_PROTOCOL: "E-IO",
    sqlite3.SQLITE_CORRUPT: "E-CORRUPT",
    sqlite3.SQLITE_NOTADB: "E-CORRUPT",
}

_SETTINGS: dict[str, int | str] = {
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "recursive_triggers": 1,
    "temp_store": 2,  # memory: no sealed or masked part in a temporary file
    "journal_mode": "wal",
}
_FLUSH_ALL: dict[str, dict[str, int | str]] = {"darwin": {"fullfsync": 1, "checkpoint_fullfsync": 1}}
"""What a system needs besides for a flush to reach the disk."""


class Connection(sqlite3.Connection):
    """A connection of the journal; tests put their faults into a subclass of it."""


def trouble(error: sqlite3.Error, kind: type[K]) -> K | None:
    """Return what an error of SQLite means for the user, or None where it is a bug of ours.

    The values are what is known here: `why` is SQLite's own name of the error, for the copied details.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _CODES:
        return None
    return kind(_CODES[code & 0xFF], why=error.sqlite_errorname, where="journal.db", who="")


@contextmanager
def troubles(kind: type[Unavailable] = Unavailable) -> Iterator[None]:
    """Raise the errors of SQLite that are not bugs as trouble of this kind."""
    try:
        yield
    except sqlite3.Error as error:
        found = trouble(error, kind)
        if found is None:
            raise
        raise found from error


def writer(path: Path, kind: type[Connection] = Connection) -> Connection:
    """Open the file for writing, creating it, and read every setting back; raises Unavailable or sqlite3.Error."""
    connection = sqlite3.connect(path, PATIENCE, isolation_level=None, check_same_thread=False, factory=kind)
    try:
        for name, wanted in (_SETTINGS | _FLUSH_ALL.get(sys.platform, {})).items():
            connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                raise Unavailable("E-IO", why=f"{name} is {found}, not {wanted}", where="journal.db")
    except BaseException:
        connection.close()
        raise
    return connection


def reader(path: Path) -> Connection:
    """Open an existing file for reading only; raises sqlite3.Error where it is not there or no database.

    `mode=ro` never checkpoints, not even when it is the last one to close; where neither `-wal` nor `-shm` can be made
    (a copy on a read-only disk) the file is taken as it is, unless records are still waiting in a `-wal`.
    """
    try:
        return _reader(path, "mode=ro")
    except sqlite3.OperationalError as error:
        wal = path.with_name(path.name + "-wal")
        unwritable = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
        if not unwritable or not path.is_file() or (wal.exists() and wal.stat().st_size):
            raise
        return _reader(path, "mode=ro&immutable=1")


def _reader(path: Path, mode: str) -> Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", PATIENCE, isolation_level=None, check_same_thread=False,
        factory=Connection, uri=True,
    )  # fmt: skip
    try:
        for setting in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1", "wal_autocheckpoint = 0"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("SELECT 1 FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection
