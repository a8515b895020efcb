"""Checks a whole journal: chain, seals, signatures, the operations' rows, and how far an anchor vouches for it.

Opens read-only, never recovers, takes no lock: a living attempt is not its to judge. A damaged file is a finding and no
exception. Who can prove what: anyone the chain; the holder of the key the seals; whoever has an anchor the end.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal import connect, layout, opening, record
from console.journal.change import Value, fold
from console.journal.entry import Head
from console.journal.faults import Fault, Finding
from console.journal.seal import Finder, Sealer
from console.journal.walk import Confirm, Walk

Progress = Callable[[int, int], None]
"""Told how many records are done, and of how many. What it raises ends the check."""

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """What was proved. `findings` begin with the first record that is wrong or missing.

    `records` form one chain; `opened` of them opened with the key; `signatures` are right, `unproved` have no public key
    at hand; `withheld` have no sealed bytes. `vouched_to` is the anchor's record where it is an ancestor of the head.
    """

    head: Head | None = None
    records: int = 0
    opened: int = 0
    withheld: int = 0
    signatures: int = 0
    unproved: int = 0
    vouched_to: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Check:
    """What a check was given and what it has found so far."""

    key: Secret | None
    anchor: Head | None
    confirm: Confirm | None
    progress: Progress | None
    withheld: bool
    journal_id: str = ""
    walk: Walk | None = None
    vouched_to: int | None = None
    findings: list[Finding] = field(default_factory=list)


def check(
    path: Path,
    *,
    key: Secret | None = None,
    anchor: Head | None = None,
    confirm: Confirm | None = None,
    progress: Progress | None = None,
    withheld: bool = False,
) -> Checked:
    """Check the journal at `path`; `withheld` allows a copy whose sealed bytes were taken out.

    Raises Unavailable("E-BUSY") where another program keeps the file locked, and what `progress` raises.
    """
    if not path.is_file():
        return Checked(findings=(Finding(Fault.NO_FILE),))
    now = _Check(key, anchor, confirm, progress, withheld)
    try:
        with closing(connect.reader(path)) as connection:
            connection.execute("BEGIN")  # one snapshot, whatever is written meanwhile
            _examine(connection, now)
    except sqlite3.Error as error:
        trouble = connect.trouble(error, Unavailable)
        if trouble is not None and trouble.code == "E-BUSY":
            raise trouble from error
        ended = None if now.walk is None else now.walk.seq + 1
        now.findings.append(Finding(Fault.UNREADABLE, ended, detail=str(error)))
    findings = tuple(sorted(now.findings, key=lambda finding: finding.seq is None))
    walk = now.walk
    if walk is None or not walk.seq:
        return Checked(findings=findings)
    return Checked(
        Head(now.journal_id, walk.seq, walk.prev), walk.seq, walk.opened, walk.withheld, walk.signatures,
        walk.unproved, now.vouched_to, findings,
    )  # fmt: skip


def _examine(connection: connect.Connection, now: _Check) -> None:
    fault = _stranger(connection)
    if fault is not None:
        now.findings.append(Finding(fault))
        return
    now.walk = walk = _begin(connection, now)
    if _is_whole(connection, now, walk):
        _weigh(connection, now, walk)
        now.findings += _operations(connection)
    if not opening.is_guarded(connection):
        now.findings.append(Finding(Fault.GUARDS))
    (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if sound != "ok":
        now.findings.append(Finding(Fault.UNREADABLE, detail=str(sound)))


def _stranger(connection: connect.Connection) -> Fault | None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != layout.APPLICATION_ID:
        return Fault.NOT_A_JOURNAL
    newer = connection.execute("PRAGMA user_version").fetchone()[0] > layout.SCHEMA
    return Fault.NEWER if newer else None


def _begin(connection: connect.Connection, now: _Check) -> Walk:
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    now.journal_id = str(meta.get("journal_id"))
    sealer = None
    if now.key is not None:
        if meta.get("key_mark") == opening.key_mark(Finder(now.key), now.journal_id):
            sealer = Sealer(now.key)
        else:
            now.findings.append(Finding(Fault.OTHER_KEY))

    def look(seq: int) -> Any:
        return connection.execute("SELECT kind, order_id FROM event WHERE seq = ?", [seq]).fetchone()

    return Walk(now.journal_id, sealer, now.confirm, look, withheld=now.withheld)


def _is_whole(connection: connect.Connection, now: _Check, walk: Walk) -> bool:
    """Walk the chain to its end; False where something stopped the walk."""
    total = connection.execute("SELECT max(seq) FROM event").fetchone()[0]
    rows = connection.execute(f"SELECT {record.COLUMNS}, sealed FROM event ORDER BY seq")
    for row in rows:  # one by one: what was read before a damaged page counts
        finding = walk.step(row)
        if finding is not None:
            now.findings.append(finding)
            return False
        if now.progress is not None and (walk.seq % _BATCH == 0 or walk.seq == total):
            now.progress(walk.seq, total)
    if not walk.seq:
        now.findings.append(Finding(Fault.MISSING, 1))
    return bool(walk.seq)


def _weigh(connection: connect.Connection, now: _Check, walk: Walk) -> None:
    """Compare the chain with the anchor: it must be an ancestor of the head, and name this journal."""
    if now.anchor is None:
        return
    fault = opening.anchor_fault(connection, now.journal_id, now.anchor)
    if fault is None:
        now.vouched_to = now.anchor.seq
    else:
        seq = {Fault.CUT: walk.seq + 1, Fault.REPLACED: now.anchor.seq}.get(fault)
        now.findings.append(Finding(fault, seq))


def _operations(connection: connect.Connection) -> Iterator[Finding]:
    """Compare each operation's row with what its events make of it, order by order, and yield what differs."""
    rows = connection.execute(f"SELECT {', '.join(layout.OPERATION_COLUMNS)} FROM operation ORDER BY order_id")
    stored = ((row[0], "stored", dict(zip(layout.OPERATION_COLUMNS, row, strict=True))) for row in rows)
    events = connection.execute("SELECT order_id, masked FROM event WHERE order_id IS NOT NULL ORDER BY order_id, seq")
    told = ((order_id, "told", _folded(group)) for order_id, group in groupby(events, itemgetter(0)))
    for order_id, both in groupby(merge(stored, told, key=_order), _order):
        row = {"stored": None, "told": None} | {side: values for _, side, values in both}
        if row["stored"] != row["told"]:
            yield Finding(Fault.OPERATION, order_id=order_id, detail=_difference(row["stored"], row["told"]))


def _folded(events: Iterator[tuple[str, str]]) -> dict[str, Value] | None:
    row = None
    for _, masked in events:
        written = json.loads(masked).get("operation") if '"operation"' in masked else None
        if isinstance(written, dict):
            row = fold(row, written)
    return row


def _order(item: tuple[str, str, object]) -> str:
    return str(item[0])


def _difference(stored: dict[str, Value] | None, told: dict[str, Value] | None) -> str:
    if stored is None or told is None:
        return "no row" if stored is None else "no events"
    return ", ".join(name for name in stored | told if stored.get(name) != told.get(name))
