"""A short look at a journal, read-only: whose file it is, whether it is whole, untouched in its last links, and not cut.

What `check` does for every record this does in milliseconds; it takes no lock and mends nothing.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal import connect, layout, opening
from console.journal.entry import Head
from console.journal.seal import Finder


def glance(path: Path, key: Secret | None = None, anchor: Head | None = None) -> int:
    """Return how many records a journal has.

    Raises Unavailable: E-CORRUPT, E-NEWER, E-IO, E-BUSY, E-TAMPER, E-ROLLBACK, and E-KEYRING-JOURNAL where `key` is not its
    key. A journal of an older version is upgraded at the next start and only counted here.
    """
    with connect.troubles(), closing(connect.reader(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != layout.APPLICATION_ID:
            raise Unavailable("E-CORRUPT", where=layout.FILE, why="not a journal of this console")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > layout.SCHEMA:
            raise Unavailable("E-NEWER", where=layout.FILE, version=version)
        if version == layout.SCHEMA:
            _look(connection, key, anchor)
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def _look(connection: connect.Connection, key: Secret | None, anchor: Head | None) -> None:
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    journal_id = str(meta.get("journal_id", ""))
    found = opening.touched(connection, journal_id)
    if found is None and anchor is not None:
        found = opening.rolled_back(connection, journal_id, anchor)
    if found is not None:
        raise found
    if key is not None and meta.get("key_mark") != opening.key_mark(Finder(key), journal_id):
        raise Unavailable("E-KEYRING-JOURNAL")
