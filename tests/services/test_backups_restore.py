"""Putting a copy back: what it sets aside, what it blocks, and that no home is ever without its journal."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from console.domain.sentences import told
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.journal import backup as module
from console.journal.append import Journal
from console.journal.backup import put_back
from console.journal.check import check
from console.services.anchor import Anchor, head_in
from console.services.backups import Backups, restore
from console.settings.settings import RESTORED
from console.settings.translations import Translator
from tests.services.bench import Bench, answered
from tests.services.test_backups import ACCEPTED, gap, reopen


class TestARestore:
    def test_blocks_creates_until_the_gap_is_signed_off(self, bench: Bench, backups: Backups) -> None:
        bench.send(ACCEPTED, order_id="before")
        copy = backups.make()
        bench.send(answered(200, {"id": 6, "payment_status": "wait"}), order_id="after", number="79031112200")
        Anchor(bench.vault, bench.journal).drop()
        bench.reader.close()
        bench.journal.close()
        restore(copy.path, bench.home, bench.settings)
        bench.journal = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock, anchor=head_in(bench.vault))
        bench.compose()
        behind = gap(bench)
        behind.look([backups.head()])
        assert behind.can_be_signed_off
        assert bench.reader.get("after") is None
        bench.prove()
        with pytest.raises(Unavailable) as caught:
            bench.send(ACCEPTED, order_id="next", number="79031112299")
        assert caught.value.code == "E-ROLLBACK"
        assert bench.reader.get("next") is None
        for note, name in (("", "Анна"), ("checked", " ")):
            with pytest.raises(Invalid):
                behind.sign_off(note, name)
        behind.sign_off("every order was looked up in the cabinet", "Анна")
        assert behind.fault is None
        assert isinstance(bench.reader.event_page(limit=1)[0].facts["missing"], int)
        assert bench.send(ACCEPTED, order_id="next", number="79031112299").row.state is State.UNKNOWN
        assert not bench.settings.get(RESTORED)
        reopen(bench)
        assert bench.journal.fault is None

    def test_blocks_also_where_no_head_was_kept(self, bench: Bench, backups: Backups) -> None:
        copy = backups.make()
        bench.reader.close()
        bench.journal.close()
        restore(copy.path, bench.home, bench.settings)
        reopen_fresh = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock)
        bench.journal = reopen_fresh
        bench.compose()
        behind = gap(bench)
        behind.look([None])
        assert behind.can_be_signed_off
        assert behind.fault is not None
        assert "Records missing: nobody can say how many." in Translator("en")(told(behind.fault).what)
        behind.sign_off("every order was looked up in the cabinet", "Анна")
        assert bench.reader.event_page(limit=1)[0].facts["missing"] is None

    def test_sets_the_old_file_aside(self, bench: Bench, backups: Backups) -> None:
        copy = backups.make()
        bench.reader.close()
        bench.journal.close()
        restore(copy.path, bench.home, bench.settings)
        assert len(list(bench.home.path.glob("journal.db.before-*"))) >= 1
        bench.journal = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock)

    def test_into_an_empty_home_needs_no_old_file(self, bench: Bench, backups: Backups, tmp_path: Path) -> None:
        copy = backups.make()
        (tmp_path / "new").mkdir()
        put_back(copy.path, tmp_path / "new")
        assert check(tmp_path / "new" / "journal.db", key=bench.key).findings == ()

    def test_sets_it_aside_also_where_a_file_has_one_name_only(
        self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = backups.make()
        bench.send(ACCEPTED)
        head = bench.journal.head()
        bench.reader.close()
        bench.journal.close()

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
        put_back(copy.path, bench.home.path)
        (aside,) = bench.home.path.glob("journal.db.before-????????")
        assert check(aside, key=bench.key).head == head
        bench.journal = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock)

    def test_leaves_no_log_of_another_file(self, backups: Backups, tmp_path: Path) -> None:
        """SQLite would play the log of a file that is gone onto the one that takes its place."""
        home = tmp_path / "lost"
        home.mkdir()
        (home / "journal.db-wal").write_bytes(b"the last changes")
        put_back(backups.make().path, home)
        (aside,) = home.glob("journal.db.before-*")
        assert aside.read_bytes() == b"the last changes"
        assert sorted(path.name for path in home.iterdir()) == ["journal.db", aside.name]

    def test_takes_the_place_of_a_damaged_file(self, bench: Bench, backups: Backups, tmp_path: Path) -> None:
        copy = backups.make()
        home = tmp_path / "damaged"
        home.mkdir()
        for name in ("journal.db", "journal.db-wal"):
            (home / name).write_bytes(b"damaged" * 999)
        put_back(copy.path, home)
        assert check(home / "journal.db", key=bench.key).findings == ()
        assert {path.read_bytes() for path in home.glob("journal.db.before-*")} == {b"damaged" * 999}

    @pytest.mark.parametrize("harm", ["empty", "missing"])
    def test_of_what_is_no_journal_changes_nothing(self, bench: Bench, tmp_path: Path, harm: str) -> None:
        copy = tmp_path / "copy.db"
        if harm == "empty":
            copy.touch()
        before = (bench.home.path / "journal.db").read_bytes()
        with pytest.raises(Unavailable) as caught:
            put_back(copy, bench.home.path)
        assert caught.value.code == "E-BACKUP"
        assert (bench.home.path / "journal.db").read_bytes() == before

    def test_that_the_disk_refuses_is_trouble_and_leaves_nothing_half(
        self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = backups.make()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable):
            put_back(copy.path, bench.home.path)
        assert not (bench.home.path / "journal.db.new").exists()

    def test_that_sqlite_refuses_is_trouble(
        self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = backups.make()

        def full(*_: object) -> None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
            raise error

        monkeypatch.setattr(module, "_copy", full)
        with pytest.raises(Unavailable) as caught:
            put_back(copy.path, bench.home.path)
        assert caught.value.code == "E-DISK-FULL"

    @pytest.mark.parametrize("step", range(1, 3))
    def test_cut_short_at_any_step_leaves_no_home_without_its_journal(
        self, bench: Bench, backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        """A start that found no file would begin a new journal, which knows none of the orders."""
        copy = backups.make()
        home = tmp_path / "killed"
        home.mkdir()
        for name in ("journal.db", "journal.db-wal"):
            shutil.copy(bench.home.path / name, home)
        steps = 0

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def call(*values: object) -> object:
                nonlocal steps
                steps += 1
                if steps == step:
                    raise KeyboardInterrupt
                return real(*values)

            return call

        monkeypatch.setattr(Path, "replace", counted(Path.replace))
        monkeypatch.setattr(Path, "hardlink_to", counted(Path.hardlink_to))
        with suppress(KeyboardInterrupt):
            put_back(copy.path, home)
        assert steps == step
        assert check(home / "journal.db", key=bench.key).head is not None
