"""A reader and its file: one that is not there, not whole, crashed, or busy with a long question."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal import connect
from console.journal.filters import Filter
from console.journal.read import Counts, Reader
from tests.journal.making import Desk, behind


def test_a_journal_that_is_not_there_yet_is_empty(home: Path) -> None:
    reader = Reader(home / "journal.db")
    assert reader.operations(Filter()) == []
    assert (reader.counts(), reader.head(), reader.totals(Filter())) == (Counts(0, 0), None, {})
    assert not (home / "journal.db").exists()
    (home / "journal.db").write_bytes(b"")
    assert reader.get("x") is None
    desk = Desk(home)
    assert reader.head() == desk.journal.head()
    reader.close()
    reader.close()
    assert reader.head() == desk.journal.head()
    reader.close()
    desk.close()


def test_reading_writes_nothing_and_recovers_nothing(filled: Desk, tmp_path: Path) -> None:
    for name in ("journal.db", "journal.db-wal"):
        (tmp_path / name).write_bytes((filled.home / name).read_bytes())
    before = (tmp_path / "journal.db").read_bytes(), (tmp_path / "journal.db-wal").read_bytes()
    reader = Reader(tmp_path / "journal.db")
    assert reader.head() == filled.journal.head()
    row = reader.get("PO-3")
    reader.close()
    assert row is not None and row.state is State.INTENDED
    assert ((tmp_path / "journal.db").read_bytes(), (tmp_path / "journal.db-wal").read_bytes()) == before


def test_a_state_nobody_knows_is_damage(filled: Desk) -> None:
    with behind(filled.path, unguarded=False) as other:
        other.execute("UPDATE operation SET state = 'gone' WHERE order_id = 'PO-1'")
    with pytest.raises(Unavailable) as told:
        filled.reader.get("PO-1")
    assert told.value.code == "E-CORRUPT"


def test_a_file_that_cannot_be_read_is_trouble(home: Path) -> None:
    (home / "journal.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unavailable) as told:
        Reader(home / "journal.db").counts()
    assert told.value.code == "E-CORRUPT"


def test_a_long_question_can_be_ended(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.reader.interrupt()  # nothing runs
    Reader(filled.path).interrupt()  # nothing is open
    started = threading.Event()
    real = connect.reader

    def tell() -> int:
        started.set()
        return 1

    def slow(path: Path) -> connect.Connection:
        connection = real(path)
        connection.create_function("tell", 0, tell)
        return connection

    monkeypatch.setattr(connect, "reader", slow)
    reader = Reader(filled.path)
    endless = "WITH RECURSIVE n(x) AS (SELECT tell() UNION ALL SELECT x FROM n) SELECT count(*) FROM n"
    ended: list[Exception] = []

    def ask() -> None:
        try:
            reader._rows(endless)
        except Unavailable as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert started.wait(10)
    reader.interrupt()
    thread.join(10)
    reader.close()
    assert [str(error) for error in ended] == ["E-INTERRUPTED"]
