"""What is looked at before a journal is written to: whose file it is, whether it is whole, and whether it was touched.

A damaged or foreign file is not opened. A file that was changed outside the console is: questions may go on and people
may look, but nothing is sent (failure model 2.7), so those findings are returned and not raised.
"""

from __future__ import annotations

from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.journal import chain, layout, record
from console.journal.connect import Connection
from console.journal.entry import Head
from console.journal.faults import DIGEST, PREV, SEQ, Fault, at, link_fault
from console.journal.seal import Finder

_LAST = 1000
_AT_LEAST = mark("doubts", "at least {n}", "at least {n}")
_NOT_KNOWN = mark("doubts", "nobody can say how many")


def prepare(connection: Connection) -> None:
    """Upgrade a new or older file; raises Unavailable for a foreign, newer or damaged one."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables:  # before any table, so that a start that is cut short is known as ours
        connection.execute(f"PRAGMA application_id = {layout.APPLICATION_ID}")
    if connection.execute("PRAGMA application_id").fetchone()[0] != layout.APPLICATION_ID:
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
        return Unavailable("E-TAMPER", n=None, time=None, why=Fault.GUARDS.value)
    sql = f"SELECT {record.COLUMNS} FROM (SELECT * FROM event ORDER BY seq DESC LIMIT ?) ORDER BY seq"
    rows = connection.execute(sql, [_LAST]).fetchall()
    seq, prev = (rows[0][SEQ], rows[0][PREV]) if len(rows) == _LAST else (1, chain.genesis(journal_id))
    for row in rows:
        fault = link_fault(row, seq, prev)
        if fault is not None:
            found = at(fault, row)
            return Unavailable("E-TAMPER", n=seq, time=found.time, why=fault.value)
        seq, prev = seq + 1, row[DIGEST]
    return None


def anchor_fault(connection: Connection, journal_id: str, anchor: Head) -> Fault | None:
    """Return why the anchor is no ancestor of the journal's head: OTHER_JOURNAL, CUT or REPLACED."""
    if anchor.journal_id != journal_id:
        return Fault.OTHER_JOURNAL
    row = connection.execute("SELECT digest FROM event WHERE seq = ?", [anchor.seq]).fetchone()
    if row is None:
        return Fault.CUT
    return None if row[0] == anchor.digest else Fault.REPLACED


def rolled_back(connection: Connection, journal_id: str, anchor: Head) -> Unavailable | None:
    """Return E-ROLLBACK where the anchor is not an ancestor of the journal's head; `k` is how many records lack at least."""
    fault = anchor_fault(connection, journal_id, anchor)
    if fault is None:
        return None
    (last,) = connection.execute("SELECT max(seq) FROM event").fetchone()
    if fault is Fault.OTHER_JOURNAL:
        last = 0
    return Unavailable("E-ROLLBACK", k=lacking(anchor.seq - last), why=fault.value)


def lacking(records: int) -> Text:
    """Say how many records lack at least; by the number alone nobody can say it where others were written since."""
    return _AT_LEAST.of(records) if records > 0 else _NOT_KNOWN
