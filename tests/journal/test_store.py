"""The writing connection: what may be believed after a commit that raised (measured: M13)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.journal import place
from console.journal.connect import Connection
from console.journal.store import NotStored, Store, StoreUnknown
from tests.journal.faulty import Fault, Faulty

META = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = Store(home / "j.db", Faulty)
    opened.connection().execute(META)
    Faulty.plan.clear()
    yield opened
    Faulty.plan.clear()
    opened.close()


def put(store: Store, name: str = "x") -> None:
    """Write one row that can be recognised."""
    store.write(
        lambda connection: connection.execute("INSERT INTO meta VALUES (?, '1')", [name]),
        lambda connection, done: bool(connection.execute("SELECT 1 FROM meta WHERE name = ?", [name]).fetchall()),
    )


def names(store: Store) -> set[str]:
    return {name for (name,) in store.read("SELECT name FROM meta") if name != "settled"}


def test_what_was_written_is_there(store: Store) -> None:
    assert store.write(lambda connection: 7) == 7
    put(store)
    assert names(store) == {"x"}


def test_nobody_else_writes_from_the_beginning_of_the_work_on(store: Store) -> None:
    """What the work reads before it writes must hold until it is written."""

    def work(connection: Connection) -> None:
        with closing(sqlite3.connect(store.path, 0, isolation_level=None)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")

    store.write(work)


def test_what_raises_in_the_work_writes_nothing(store: Store) -> None:
    def work(connection: Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('x', '1')")
        raise KeyError

    with pytest.raises(KeyError):
        store.write(work)
    put(store, "y")
    assert names(store) == {"y"}


def test_what_an_interrupted_thread_left_open_is_taken_back(store: Store) -> None:
    store.connection().execute("BEGIN IMMEDIATE")
    store.connection().execute("INSERT INTO meta VALUES ('left', '1')")
    put(store)
    assert names(store) == {"x"}


@pytest.mark.parametrize("statement", ["BEGIN", "INSERT INTO meta VALUES (?"])
def test_an_error_before_the_commit_is_surely_not_stored(store: Store, statement: str) -> None:
    Faulty.plan.append(Fault(statement, after=True))
    with pytest.raises(NotStored) as told:
        put(store)
    assert told.value.code == "E-IO"
    assert names(store) == set()
    put(store)


def test_a_bug_in_sql_is_no_trouble(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        store.write(lambda connection: connection.execute("SELEC"))
    with pytest.raises(sqlite3.OperationalError):
        store.read("SELEC")


def test_a_failed_commit_that_left_nothing_is_not_stored(store: Store) -> None:
    Faulty.plan.append(Fault())
    with pytest.raises(NotStored) as told:
        put(store)
    assert (told.value.code, told.value.values["why"]) == ("E-IO", "SQLITE_INJECTED")
    assert names(store) == set()


def test_a_failed_commit_that_is_on_disk_is_stored(store: Store) -> None:
    Faulty.plan.append(Fault(after=True))
    put(store)
    assert names(store) == {"x"}


def test_what_is_believed_stored_no_longer_hangs_on_the_wal(store: Store) -> None:
    """Its flush failed, so its pages may never reach the disk: they go to the main file, and `-wal` begins anew."""
    Faulty.plan.append(Fault(after=True))
    put(store)
    assert store.path.with_name("j.db-wal").stat().st_size == 0
    with closing(sqlite3.connect(f"file:{store.path}?immutable=1", uri=True)) as main:
        assert main.execute("SELECT count(*) FROM meta WHERE name = 'x'").fetchone() == (1,)


def test_an_error_that_sqlite_has_no_code_for_is_settled_too(store: Store) -> None:
    Faulty.plan.append(Fault(code=sqlite3.SQLITE_ERROR))
    with pytest.raises(NotStored) as told:
        put(store)
    assert told.value.code == "E-IO"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("second", ["COMMIT", "BEGIN", "PRAGMA synchronous ="])
def test_where_the_second_look_fails_nobody_can_tell(store: Store, after: bool, second: str) -> None:
    Faulty.plan += [Fault(after=after), Fault(second, skip=second == "BEGIN")]
    with pytest.raises(StoreUnknown) as told:
        put(store)
    assert told.value.code == "E-IO"
    Faulty.plan.clear()
    assert names(store) == ({"x"} if after else set())


def test_a_row_that_cannot_be_recognised_stays_unknown(store: Store) -> None:
    Faulty.plan.append(Fault())
    with pytest.raises(StoreUnknown):
        store.write(lambda connection: connection.execute("INSERT INTO meta VALUES ('x', '1')"))


def test_where_a_reader_holds_the_wal_a_found_row_stays_unknown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "before")
    monkeypatch.setattr("console.journal.connect.PATIENCE", 0.0)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM meta").fetchall()
        Faulty.plan.append(Fault(after=True))
        with pytest.raises(StoreUnknown):
            put(store)
        reader.execute("COMMIT")
    assert names(store) == {"before", "x"}


def test_a_commit_that_only_sleeps_in_the_wal_cannot_come_to_life(home: Path) -> None:
    """SQLite took the commit back, but its frames lie whole behind the end of `-wal`: a crash would revive them."""
    ghost = Path(home, "ghost.db")
    with closing(sqlite3.connect(ghost, isolation_level=None)) as first:
        first.execute("PRAGMA journal_mode = wal")
        first.execute(META)
        first.execute("INSERT INTO meta VALUES ('before', '1')")
        size = Path(f"{ghost}-wal").stat().st_size
        first.execute("INSERT INTO meta VALUES ('x', '1')")
        frames = Path(f"{ghost}-wal").read_bytes()[size:]
        wal = Path(f"{ghost}-wal").read_bytes()[:size]
        main = ghost.read_bytes()
    path = home / "j.db"
    path.write_bytes(main)
    Path(f"{path}-wal").write_bytes(wal)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:  # keeps the wal index, which knows no ghost
        assert reader.execute("SELECT name FROM meta").fetchall() == [("before",)]
        with Path(f"{path}-wal").open("ab") as file:
            file.write(frames)
        assert reader.execute("SELECT name FROM meta").fetchall() == [("before",)]
        Faulty.plan[:] = [Fault()]
        store = Store(path, Faulty)
        with pytest.raises(NotStored):
            put(store)
        copy = home / "crashed.db"
        for end in ("", "-wal"):
            Path(f"{copy}{end}").write_bytes(Path(f"{path}{end}").read_bytes())
        store.close()
    with closing(sqlite3.connect(copy)) as after:
        assert after.execute("SELECT name FROM meta ORDER BY name").fetchall() == [("before",), ("settled",)]


def test_a_full_disk_gives_the_reserve_to_the_second_look(store: Store) -> None:
    place.keep_reserve(store.path.parent)
    Faulty.plan.append(Fault(code=sqlite3.SQLITE_FULL))
    with pytest.raises(NotStored) as told:
        put(store)
    assert told.value.code == "E-DISK-FULL"
    assert not (store.path.parent / "journal.reserve").exists()


def test_a_file_that_another_program_locks_is_busy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.journal.connect.PATIENCE", 0.0)
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotStored) as told:
            put(store)
        other.execute("ROLLBACK")
    assert told.value.code == "E-BUSY"
    put(store)


def test_reading_meets_the_same_troubles(store: Store) -> None:
    Faulty.plan.append(Fault("SELECT", code=sqlite3.SQLITE_CORRUPT))
    with pytest.raises(Unavailable) as told:
        store.read("SELECT 1")
    assert told.value.code == "E-CORRUPT"


def test_a_wal_that_cannot_be_flushed_leaves_it_unknown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    Faulty.plan.append(Fault(after=True))
    with pytest.raises(StoreUnknown):
        put(store)
