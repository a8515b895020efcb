"""The schema as released: its frozen text, its guards, and that none of them can be passed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.journal import connect, layout, opening, schema
from tests.journal.making import Desk, behind, rows

FROZEN = Path(__file__).with_name("schema-1.sql")


def statements(path: Path) -> str:
    """Every text that the file keeps of our tables, triggers and indexes, in the order they were made."""
    sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'search_*' "
    sql += "AND name NOT GLOB '*_sqlite_migrations*' ORDER BY rowid"
    return "".join(f"{text};\n" for (text,) in rows(path, sql))


def test_schema_1_is_frozen(desk: Desk) -> None:
    assert statements(desk.path) == FROZEN.read_text()
    assert rows(desk.path, "PRAGMA user_version") == [(1,)]
    assert rows(desk.path, "PRAGMA application_id") == [(0x414B4A31,)]


def test_a_step_that_raises_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "INDEXES", ("CREATE INDEX broken ON nothing (x)",))
    with closing(connect.writer(tmp_path / "j")) as writer:
        with pytest.raises(sqlite3.OperationalError):
            schema.upgrade(writer)
        assert writer.execute("SELECT count(*) FROM sqlite_master WHERE name = 'event'").fetchone() == (0,)
        assert writer.execute("PRAGMA user_version").fetchone() == (0,)


def test_upgrading_again_changes_nothing(desk: Desk) -> None:
    before = statements(desk.path)
    schema.upgrade(desk.journal._store.connection())
    assert statements(desk.path) == before


ATTACKS = (
    "UPDATE event SET masked = '{}' WHERE seq = 1",
    "UPDATE event SET seq = 9 WHERE seq = 1",
    "DELETE FROM event",
    "DELETE FROM event WHERE seq = 1",
    "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
    "REPLACE INTO event SELECT * FROM event",
    "INSERT INTO event SELECT * FROM event",
    "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT (seq) DO UPDATE SET masked = ''",
    "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("recursive", [0, 1])
def test_another_program_can_only_add(desk: Desk, attack: str, recursive: int) -> None:
    """Also where `recursive_triggers` is off, as in the sqlite3 shell (measured: M24)."""
    desk.intend()
    before = rows(desk.path, "SELECT * FROM event")
    with behind(desk.path, unguarded=False) as other:
        other.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
            other.execute(attack)
    assert rows(desk.path, "SELECT * FROM event") == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER event_no_update",
        "CREATE TRIGGER more BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER more AFTER INSERT ON draft BEGIN DELETE FROM meta; END",
        "CREATE VIEW events AS SELECT * FROM event",
        "ALTER TABLE operation ADD COLUMN more TEXT",
        "DROP TRIGGER event_no_delete; CREATE TRIGGER event_no_delete BEFORE DELETE ON event WHEN 0 BEGIN SELECT 1; END",
    ],
)
def test_other_tables_and_triggers_are_noticed(desk: Desk, change: str) -> None:
    with behind(desk.path, unguarded=False) as other:
        with closing(connect.reader(desk.path)) as reader:
            assert opening.is_guarded(reader)
            other.executescript(change)
            assert not opening.is_guarded(reader)


def test_no_opening_imports_sqlite_utils_but_the_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "upgrade", None)
    desk.reopen()
