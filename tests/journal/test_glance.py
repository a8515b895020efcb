"""A short look finds what opening for writing would find, and changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.journal.glance import glance
from tests.journal.making import KEY, OTHER_KEY, Desk


def code(path: Path, *more: object) -> str:
    with pytest.raises(Unavailable) as caught:
        glance(path, *more)  # type: ignore[arg-type]  # a key and a head, as the caller has them
    return caught.value.code


def test_a_whole_journal_is_counted(told: Desk) -> None:
    head = told.journal.head()
    before = told.path.read_bytes()
    assert glance(told.path) == glance(told.path, KEY, head) == head.seq
    assert told.path.read_bytes() == before


def test_what_is_wrong_is_named(told: Desk) -> None:
    head = told.journal.head()
    assert code(told.path, OTHER_KEY) == "E-KEYRING-JOURNAL"
    assert code(told.path, KEY, replace(head, seq=head.seq + 1)) == "E-ROLLBACK"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DROP TRIGGER event_no_update", "E-TAMPER"),
        ("PRAGMA user_version = 99", "E-NEWER"),
        ("PRAGMA application_id = 1", "E-CORRUPT"),
    ],
)
def test_a_file_that_is_not_as_it_was_made_is_named(told: Desk, statement: str, expected: str) -> None:
    told.close()
    with closing(sqlite3.connect(told.path)) as base:
        if "TRIGGER" in statement:
            (name,) = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
            statement = f"DROP TRIGGER {name}"
        base.execute(statement)
        base.commit()
    assert code(told.path) == expected


def test_an_older_journal_is_only_counted(told: Desk) -> None:
    seq = told.journal.head().seq
    told.close()
    with closing(sqlite3.connect(told.path)) as base:
        base.execute("PRAGMA user_version = 0")
    assert glance(told.path, OTHER_KEY) == seq


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no database, " * 100)
    assert code(tmp_path / "journal.db") == "E-CORRUPT"
    assert code(tmp_path / "none.db") == "E-IO"
