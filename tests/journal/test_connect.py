"""Connections: settings that hold, readers that leave no trace, errors that say what they mean."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.domain.trouble import Unavailable
from console.journal import connect
from console.journal.connect import Connection


def filled(path: Path) -> Connection:
    """A writer whose rows are still in `-wal`."""
    writer = connect.writer(path)
    writer.execute("CREATE TABLE t (x)")
    writer.execute("INSERT INTO t VALUES (1)")
    return writer


def crashed(path: Path, to: Path) -> Path:
    """The file and its `-wal` as a crash leaves them."""
    with closing(filled(path)):
        for name in (path.name, f"{path.name}-wal"):
            (to / name).write_bytes(path.with_name(name).read_bytes())
    return to / path.name


def test_the_writers_settings_hold(tmp_path: Path) -> None:
    with closing(connect.writer(tmp_path / "j")) as writer:
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "secure_delete")
        found = {name: writer.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }


def test_on_a_mac_a_flush_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with closing(connect.writer(tmp_path / "j")) as writer:
        names = ("fullfsync", "checkpoint_fullfsync")
        assert [writer.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == [1, 1]


def test_a_setting_that_does_not_hold_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connect._SETTINGS, "synchronous", 9)
    with pytest.raises(Unavailable) as told:
        connect.writer(tmp_path / "j")
    assert told.value.code == "E-IO"
    assert "synchronous" in str(told.value.values["why"])


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with closing(filled(tmp_path / "j")), closing(connect.reader(tmp_path / "j")) as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [(1,)]
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("INSERT INTO t VALUES (2)")


def test_the_last_reader_to_close_leaves_the_wal_as_it_is(tmp_path: Path) -> None:
    """Looking at a crashed journal recovers nothing and checkpoints nothing."""
    (tmp_path / "copy").mkdir()
    path = crashed(tmp_path / "j", tmp_path / "copy")
    before = {name: path.with_name(name).read_bytes() for name in ("j", "j-wal")}
    with closing(connect.reader(path)) as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [(1,)]
    assert {name: path.with_name(name).read_bytes() for name in before} == before
    assert before["j-wal"]


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect.reader(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


class Unwritable(Connection):
    """Where neither `-wal` nor `-shm` can be made, as on a read-only disk (root may write anywhere)."""

    modes: list[str] = []

    def __init__(self, database: str, *args: Any, **options: Any) -> None:
        Unwritable.modes.append(database.rpartition("?")[2])
        super().__init__(database, *args, **options)

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        if "immutable" not in Unwritable.modes[-1] and sql.startswith("SELECT"):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return super().execute(sql, values)


@pytest.fixture
def _unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "Connection", Unwritable)
    monkeypatch.setattr(Unwritable, "modes", [])


@pytest.mark.usefixtures("_unwritable")
def test_a_copy_on_a_read_only_disk_is_taken_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "j")) as plain:
        plain.execute("CREATE TABLE t (x)")
    with closing(connect.reader(tmp_path / "j")) as reader:
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    assert Unwritable.modes == ["mode=ro", "mode=ro&immutable=1"]


@pytest.mark.usefixtures("_unwritable")
def test_but_never_without_the_records_that_wait_in_the_wal(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    path = crashed(tmp_path / "j", tmp_path / "copy")
    with pytest.raises(sqlite3.OperationalError):
        connect.reader(path)
    (path.with_name("j-wal")).write_bytes(b"")
    connect.reader(path).close()


def test_another_error_of_a_reader_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b"no database at all" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        connect.reader(tmp_path / "j")


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (sqlite3.SQLITE_BUSY, "E-BUSY"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "E-BUSY"),
        (sqlite3.SQLITE_FULL, "E-DISK-FULL"),
        (sqlite3.SQLITE_IOERR_FSYNC, "E-IO"),
        (sqlite3.SQLITE_READONLY, "E-IO"),
        (sqlite3.SQLITE_CORRUPT, "E-CORRUPT"),
        (sqlite3.SQLITE_NOTADB, "E-CORRUPT"),
        (sqlite3.SQLITE_INTERRUPT, "E-INTERRUPTED"),
    ],
)
def test_errors_say_what_they_mean(code: int, meaning: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode, error.sqlite_errorname = code, "NAME"
    with pytest.raises(Unavailable) as told, connect.troubles():
        raise error
    assert (told.value.code, told.value.values["why"]) == (meaning, "NAME")


def test_an_error_of_ours_stays_a_bug() -> None:
    error = sqlite3.OperationalError("syntax error")
    error.sqlite_errorcode = sqlite3.SQLITE_ERROR
    for bug in (error, sqlite3.ProgrammingError("closed")):
        with pytest.raises(type(bug)), connect.troubles():
            raise bug
