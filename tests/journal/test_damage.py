"""Files that are damaged, emptied, newer or no journal at all: findings and no exceptions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.journal.check import Checked, check
from console.journal.faults import Fault, Finding
from tests.journal.making import KEY, Desk, behind, rows


def first(checked: Checked) -> tuple[Fault, int | None]:
    """The first thing that is wrong."""
    return checked.findings[0].fault, checked.findings[0].seq


def test_no_file_is_a_finding(tmp_path: Path) -> None:
    assert check(tmp_path / "none") == Checked(findings=(Finding(Fault.NO_FILE),))


@pytest.mark.parametrize("content", [b"", b"no database, no database" * 500])
def test_what_is_no_journal_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "j").write_bytes(content)
    assert check(tmp_path / "j").findings[0].fault is (Fault.UNREADABLE if content else Fault.NOT_A_JOURNAL)
    assert check(tmp_path / "j").head is None


def test_a_newer_journal_is_a_finding(told: Desk) -> None:
    with behind(told.path, unguarded=False) as other:
        other.execute("PRAGMA user_version = 2")
    assert first(check(told.path)) == (Fault.NEWER, None)


def test_an_emptied_journal_is_a_finding(told: Desk) -> None:
    with behind(told.path) as other:
        other.execute("DELETE FROM event")
    assert first(check(told.path)) == (Fault.MISSING, 1)


@pytest.mark.parametrize("table", ["event", "meta", "operation"])
def test_a_table_that_is_gone_is_a_finding(told: Desk, table: str) -> None:
    with behind(told.path, unguarded=False) as other:
        other.execute(f"DROP TABLE {table}")
    assert check(told.path).findings[0].fault is Fault.UNREADABLE


@pytest.mark.parametrize("name", ["event", "operation", "event_by_order", "operation_by_basis"])
def test_a_damaged_page_is_a_finding(told: Desk, name: str) -> None:
    ((page,),) = rows(told.path, "SELECT rootpage FROM sqlite_master WHERE name = ?", name)
    told.close()
    content = bytearray(told.path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    told.path.write_bytes(content)
    assert Fault.UNREADABLE in {finding.fault for finding in check(told.path, key=KEY).findings}


def test_where_reading_ends_is_said(desk: Desk) -> None:
    for n in range(200):
        desk.intend(f"PO-{n}")
    desk.close()
    leaf = "SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 3"
    ((page,),) = rows(desk.path, leaf)
    content = bytearray(desk.path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    desk.path.write_bytes(content)
    checked = check(desk.path, key=KEY)
    assert checked.findings[0].fault is Fault.UNREADABLE
    assert checked.findings[0].seq == checked.records + 1
    assert 1 < checked.records < 201


def test_a_text_that_is_no_text_is_a_finding(told: Desk) -> None:
    with behind(told.path) as other:
        other.execute("UPDATE event SET time = CAST(x'ff' AS TEXT) WHERE seq = 3")
    assert check(told.path).findings[0].fault is Fault.UNREADABLE


def test_a_value_of_another_type_is_a_finding(told: Desk) -> None:
    """A strict table takes none; one whose text was changed does."""
    with behind(told.path) as other:
        other.executescript(
            "CREATE TABLE copy AS SELECT * FROM event; DROP TABLE event; ALTER TABLE copy RENAME TO event;"
            "UPDATE event SET status = 1.5, time = 7, order_id = x'00' WHERE seq = 3;"
        )
    checked = check(told.path)
    assert checked.findings[0] == Finding(Fault.DIGEST, 3)
    assert checked.findings[-1].fault is Fault.GUARDS


def test_a_sealed_text_is_a_finding(told: Desk) -> None:
    with behind(told.path) as other:
        other.executescript(
            "CREATE TABLE copy AS SELECT * FROM event; DROP TABLE event; ALTER TABLE copy RENAME TO event;"
            "UPDATE event SET sealed = 'text' WHERE seq = 3;"
        )
    assert first(check(told.path)) == (Fault.SEALED, 3)


def test_a_locked_file_is_no_finding(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told.close()
    monkeypatch.setattr("console.journal.connect.PATIENCE", 0.0)
    with closing(sqlite3.connect(told.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable) as said:
            check(told.path)
    assert said.value.code == "E-BUSY"


def test_the_masked_part_is_json(told: Desk) -> None:
    for (masked,) in rows(told.path, "SELECT masked FROM event"):
        assert isinstance(json.loads(masked), dict)
