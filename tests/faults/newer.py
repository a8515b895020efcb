"""A second schema of the journal, on trial: the first one has been upgraded to nothing yet, and its upgrade is tried here.

It fills a new table from the old ones and makes an index, over more pages than fit into one write.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from console.journal import layout, schema
from tests.faults.judge import Found

VERSION = 2
FROZEN = Path(__file__).resolve().parents[1] / "journal" / "schema-1.sql"


def install(*, whole: bool = True) -> None:
    """Let this process, a child that ends soon, be a console of the second schema.

    `whole` False is a negative control: its steps are committed one by one.
    """
    if layout.SCHEMA == VERSION:
        return
    layout.SCHEMA = VERSION
    schema.migrations(transactional=whole)(m002_trial)


def m002_trial(db: Database) -> None:
    """Create and fill a table, as an upgrade does."""
    db.execute("CREATE TABLE trial (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, room TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO trial SELECT seq, kind, hex(zeroblob(2000)) FROM event")
    db.execute("CREATE INDEX trial_by_kind ON trial (kind, room)")
    db.execute(f"PRAGMA user_version = {VERSION}")


def texts(path: Path) -> list[str]:
    """The texts of a journal's tables, triggers and indexes, as the frozen file has them."""
    sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'search_*' "
    sql += "AND name NOT GLOB '*_sqlite_migrations*' ORDER BY rowid"
    return [f"{text};\n" for (text,) in _rows(path, sql)]


def is_first(path: Path) -> bool:
    """Whether a file is a journal of the first schema, to the letter."""
    return "".join(texts(path)) == FROZEN.read_text() and _rows(path, "PRAGMA user_version") == [(1,)]


def hold(path: Path, found: Found) -> None:
    """A journal that was upgraded has everything of the second schema, and beside it lies its copy of the first."""
    if not is_second(path):
        found.is_wrong(f"the upgrade left {_rows(path, 'PRAGMA user_version')} {texts(path)[-3:]}")
        return
    old = path.with_name("journal.db.schema-1")
    if not old.exists() or not is_first(old):
        found.is_wrong("there is no copy of the old schema")
        return
    lost = _rows(path, "SELECT count(*) FROM event WHERE seq <= ?", _last(old)) != [(_last(old),)]
    if lost or _rows(path, "SELECT max(seq) FROM trial") != [(_last(old),)]:
        found.is_wrong("the upgrade lost records")


def is_second(path: Path) -> bool:
    """Whether a file is a journal of the second schema, whole: the first one and what the trial added to it."""
    every = texts(path)
    added = [each for each in every if "trial" in each]
    filled = len(added) == 2 and _rows(path, "SELECT count(*) = max(seq) FROM trial") == [(1,)]
    first = "".join(each for each in every if each not in added) == FROZEN.read_text()
    return first and filled and _rows(path, "PRAGMA user_version") == [(VERSION,)]


def _last(path: Path) -> int:
    ((last,),) = _rows(path, "SELECT max(seq) FROM event")
    return int(last)


def _rows(path: Path, sql: str, *values: int) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(sql, values).fetchall()
