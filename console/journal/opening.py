"""What is looked at before a journal is written to: whose file it is, whether it is whole, and whether it was touched.

A damaged or foreign file is not opened. A file that was changed outside the console is: questions may go on and people
may look, but nothing is sent (failure model 2.7), so those findings are returned and not raised.
"""

from __future__ import annotations

from console.domain.trouble import Unavailable
from console.journal import chain, layout, record
from console.journal.connect import Connection
from console.journal.entry import Event, Head
from console.journal.seal import Finder

_LAST = 1000


def prepare(connection: Connection) -> None:
    """Upgrade a new or older file; raises Unavailable for a foreign, newer or damaged one."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != layout.APPLICATION_ID:
        raise Unavailable("E-CORRUPT", where=layout.FILE, why="not a journal of this console")
    if version > layout.SCHEMA:
        raise Unavailable("E-NEWER", where=layout.FILE, version=version)
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise Unavailable("E-CORRUPT", where=layout.FILE, why=str(found))
    if version < layout.SCHEMA:
        from console.journal import schema

        schema.upgrade(connection)


def is_guarded(connection: Connection) -> bool:
    """Whether the tables and all triggers are, by their text, the ones that were made (measured: M24)."""
    return {text for (text,) in connection.execute(layout.GUARDED_SQL)} == layout.GUARDED


def key_mark(finder: Finder, journal_id: str) -> str:
    """Return the mark by which a journal knows its own key."""
    return finder.mark("journal", journal_id)


def touched(connection: Connection, journal_id: str) -> Unavailable | None:
    """Return what shows that the file was changed outside: other triggers, or a broken link among the last 1000."""
    if not is_guarded(connection):
        return Unavailable("E-TAMPER", n=0, time=None, why="tables or triggers")
    sql = f"SELECT {record.COLUMNS} FROM (SELECT * FROM event ORDER BY seq DESC LIMIT ?) ORDER BY seq"
    rows = connection.execute(sql, [_LAST]).fetchall()
    first = Event(*rows[0])
    seq, prev = (first.seq, first.prev) if first.seq > 1 else (1, chain.genesis(journal_id))
    for row in rows:
        event = Event(*row)
        if event.seq != seq or event.prev != prev or chain.digest(row[:-1]) != event.digest:
            return Unavailable("E-TAMPER", n=seq, time=event.at, why="chain")
        seq, prev = event.seq + 1, event.digest
    return None


def rolled_back(connection: Connection, journal_id: str, anchor: Head) -> Unavailable | None:
    """Return E-ROLLBACK where the anchor is not an ancestor of the journal's head; `k` is how many records lack."""
    if anchor.journal_id != journal_id:
        return Unavailable("E-ROLLBACK", k=anchor.seq, why="the mark is of another journal")
    row = connection.execute("SELECT digest FROM event WHERE seq = ?", [anchor.seq]).fetchone()
    if row is not None and row[0] == anchor.digest:
        return None
    last = connection.execute("SELECT max(seq) FROM event").fetchone()[0]
    return Unavailable("E-ROLLBACK", k=max(anchor.seq - last, 0), why="records were cut or replaced")
