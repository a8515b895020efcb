"""The schema as released: its frozen text, its guards, and that none of them can be passed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from console.domain.trouble import Unavailable
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


class TestAnUpgrade:
    """By a trial of a second schema: the first has been upgraded to nothing yet."""

    @pytest.fixture(autouse=True)
    def newer(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Install the trial schema once a journal of the first one is there."""
        monkeypatch.setattr(layout, "SCHEMA", 2)
        trial = Migrations("journal")
        for step in (schema.m001_first, m002_trial):
            trial()(step)
        monkeypatch.setattr(schema, "migrations", trial)

    def test_begins_with_a_copy_of_the_old_file(self, desk: Desk) -> None:
        desk.send()
        before = rows(desk.path, "SELECT seq, digest FROM event")
        desk.reopen()
        assert rows(desk.path, "PRAGMA user_version") == [(2,)]
        assert rows(desk.path, "SELECT * FROM trial") == [("PO-1",)]
        old = desk.path.with_name("journal.db.schema-1")
        assert rows(old, "PRAGMA user_version") == [(1,)]
        assert rows(old, "SELECT seq, digest FROM event") == before == rows(desk.path, "SELECT seq, digest FROM event")
        assert old.stat().st_mode & 0o077 == 0
        desk.send("PO-2")
        assert desk.reopen().fault is None

    def test_needs_no_copy_of_a_new_file(self, tmp_path: Path) -> None:
        with closing(connect.writer(tmp_path / "journal.db")) as writer:
            schema.upgrade(writer)
        assert not (tmp_path / "journal.db.schema-1").exists()

    def test_without_room_for_the_copy_leaves_the_file_as_it_was(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(Unavailable) as caught:
                desk.reopen()
        assert (caught.value.code, caught.value.values["why"]) == ("E-BACKUP", "No space left on device")
        assert rows(desk.path, "PRAGMA user_version") == [(1,)]
        assert not list(desk.home.glob("*.schema-1")) and not list(desk.home.glob(".*"))
        desk.reopen()


def m002_trial(db: Database) -> None:
    """A step as a second schema may have one."""
    db.execute("CREATE TABLE trial (order_id TEXT) STRICT")
    db.execute("INSERT INTO trial SELECT order_id FROM operation")
    db.execute("PRAGMA user_version = 2")


def test_no_opening_imports_sqlite_utils_but_the_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "upgrade", None)
    desk.reopen()
