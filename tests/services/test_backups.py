"""Backups and what follows a restore."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.trouble import Unavailable
from console.journal import backup as module
from console.journal.append import Journal
from console.journal.backup import Copy, copies, make_copy, surplus, write_head
from console.journal.check import check
from console.journal.entry import Entry, EventKind, Head
from console.journal.opening import lacking
from console.services.anchor import Anchor, head_in
from console.services.backups import Backups
from console.services.gap import Gap
from console.settings.settings import RESTORED
from tests.services.bench import Bench, answered

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


def gap(bench: Bench) -> Gap:
    backups = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    return Gap(bench.journal, Anchor(bench.vault, bench.journal), bench.settings, bench.clock, backups)


def reopen(bench: Bench) -> None:
    """Open the journal again as a start does, with the head that the vault kept."""
    bench.reader.close()
    bench.journal.close()
    bench.journal = Journal.open(bench.home.path, bench.key, bench.clock(), bench.lock, anchor=head_in(bench.vault))
    bench.compose()


def test_a_copy_is_whole_and_made_while_the_journal_is_open(bench: Bench, backups: Backups, folder: Path) -> None:
    bench.send(ACCEPTED)
    heard: list[tuple[int, int]] = []
    copy = backups.make(lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1]
    checked = check(copy.path, key=bench.key)
    assert checked.findings == ()
    assert checked.head == bench.journal.head()
    assert copy.path.stat().st_mode & 0o077 == 0
    assert backups.head() == bench.journal.head()
    assert sorted(path.suffix for path in folder.iterdir()) == [".db", ".head"]


def test_a_disk_that_fails_and_lets_nothing_be_removed_is_told_of(
    backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(module, "_flush", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(Unavailable) as told:
        backups.make()
    assert (told.value.code, told.value.values["why"]) == ("E-BACKUP", "Read-only file system")
    assert list(folder.glob("*.db")) == []


def test_a_folder_is_needed_and_the_home_is_none(bench: Bench, folder: Path) -> None:
    backups = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    assert (backups.folder, backups.all(), backups.is_due(), backups.head()) == (None, [], False, None)
    for wrong in (bench.home.path, folder / "none"):
        with pytest.raises(Unavailable):
            backups.choose(wrong)
    with pytest.raises(Unavailable):
        backups.make()
    backups.remember(bench.journal.head())
    assert not list(bench.home.path.rglob("*.head"))


def test_one_a_day_is_due(bench: Bench, backups: Backups) -> None:
    assert backups.is_due()
    backups.make()
    assert not backups.is_due()
    bench.clock.advance(24 * 3600)
    assert backups.is_due()


def test_seven_days_and_four_weeks_are_kept(bench: Bench, backups: Backups) -> None:
    for _ in range(40):
        backups.make()
        bench.clock.advance(12 * 3600)
    kept = [copy.made.date() for copy in backups.all()]
    assert len(kept) == len(set(kept))
    assert len(kept) in range(9, 12)
    assert kept[0] - kept[6] == timedelta(days=6)
    assert kept[0] - kept[-1] >= timedelta(days=13)


def test_only_copies_of_this_journal_count(bench: Bench, backups: Backups, folder: Path) -> None:
    (folder / "journal-00000000-2026-11-24T090000Z.db").touch()
    (folder / f"journal-{bench.journal.journal_id[:8]}-yesterday.db").touch()
    assert backups.all() == []
    assert copies(folder, "0" * 32)[0].path.name.startswith("journal-00000000")


def test_a_copy_ends_while_the_journal_grows_at_every_step(
    bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite begins a copy anew at each change of another connection, unless the copy holds on to one moment of it."""
    monkeypatch.setattr(module, "_PAGES", 8)
    bench.send(ACCEPTED)
    head, steps = bench.journal.head(), 0

    def grow(_: int, __: int) -> None:
        nonlocal steps
        steps += 1
        assert steps < 100, "the copy never ends"
        bench.journal.append(Entry(EventKind.OPENED, bench.clock()))

    copy = backups.make(grow)
    assert steps > 3
    assert check(copy.path, key=bench.key).head == head
    assert bench.journal.head().seq == head.seq + steps


def test_an_old_copy_that_cannot_be_removed_stays_and_the_new_one_is_made(
    bench: Bench, backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.make()
    bench.clock.advance(60)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == first.path:
            raise OSError(errno.EROFS, "Read-only file system")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    made = backups.make()
    assert {copy.path for copy in backups.all()} == {first.path, made.path}


def test_what_lies_in_no_week_or_day_to_keep_goes(bench: Bench) -> None:
    now = bench.clock().utc
    found = [Copy(Path(str(number)), "x", now - timedelta(days=number)) for number in range(60)]
    gone = {copy.path.name for copy in surplus(found)}
    assert {"0", "1", "6"}.isdisjoint(gone)
    assert {"30", "59"} <= gone


class TestWhatGoesWrong:
    def test_a_stopped_copy_leaves_nothing(self, bench: Bench, backups: Backups, folder: Path) -> None:
        def stop(_: int, __: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            backups.make(stop)
        assert list(folder.iterdir()) == []

    def test_a_copy_that_is_not_whole_gets_no_name(
        self, bench: Bench, backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = module._copy

        def harm(source: Path, target: Path, progress: object) -> None:
            real(source, target, lambda _, __: None)
            with closing(sqlite3.connect(target)) as base:
                for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    base.execute(f"DROP TRIGGER {name}")
                base.execute("DELETE FROM event")
                base.commit()

        monkeypatch.setattr(module, "_copy", harm)
        with pytest.raises(Unavailable) as caught:
            backups.make()
        assert caught.value.code == "E-BACKUP"
        assert list(folder.iterdir()) == []

    def test_a_copy_with_a_changed_record_gets_no_name(
        self, bench: Bench, backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bench.send(ACCEPTED)
        real = module._copy

        def harm(source: Path, target: Path, progress: object) -> None:
            real(source, target, lambda _, __: None)
            with closing(sqlite3.connect(target)) as base:
                for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    base.execute(f"DROP TRIGGER {name}")
                base.execute("UPDATE event SET masked = '{}' WHERE seq = (SELECT max(seq) FROM event)")
                base.commit()

        monkeypatch.setattr(module, "_copy", harm)
        with pytest.raises(Unavailable) as caught:
            backups.make()
        assert (caught.value.code, caught.value.values["why"]) == ("E-BACKUP", "digest")
        assert list(folder.iterdir()) == []

    def test_a_damaged_page_is_found(self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
        class Damaged(sqlite3.Connection):
            def execute(self, sql: str, values: tuple[str, ...] = ()) -> sqlite3.Cursor:  # type: ignore[override]  # fewer
                return super().execute("SELECT 'page 3 is lost'" if "integrity" in sql else sql, values)

        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda path, *a, **k: connect(path, *a, **{"factory": Damaged, **k}))
        with pytest.raises(Unavailable) as caught:
            backups.make()
        assert caught.value.values["why"] == "page 3 is lost"

    def test_a_disk_that_refuses_is_trouble(
        self, bench: Bench, backups: Backups, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable) as caught:
            backups.make()
        assert caught.value.code == "E-BACKUP"
        assert list(folder.iterdir()) == []

    def test_a_head_that_cannot_be_kept_is_trouble_and_the_copy_stays(
        self, bench: Bench, backups: Backups, folder: Path
    ) -> None:
        (folder / f"journal-{bench.journal.journal_id[:8]}.part").mkdir()
        with pytest.raises(Unavailable):
            backups.make()
        assert backups.all()
        assert backups.head() is None

    def test_a_journal_that_is_no_database_is_no_copy(self, folder: Path, tmp_path: Path, bench: Bench) -> None:
        (tmp_path / "journal.db").write_bytes(b"not a database" * 99)
        with pytest.raises(Unavailable) as caught:
            make_copy(tmp_path, folder, bench.clock().utc, lambda _, __: None)
        assert caught.value.code == "E-CORRUPT"

    def test_a_bug_stays_a_bug(self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
        def bug(*_: object) -> None:
            raise sqlite3.ProgrammingError("a bug")

        monkeypatch.setattr(module, "_copy", bug)
        with pytest.raises(sqlite3.ProgrammingError):
            backups.make()

    def test_windows_flushes_no_folders(self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "FLUSHES_FOLDERS", False)
        module._flush_folder(Path("does not exist"))


class TestTheGap:
    def test_is_none_where_every_head_is_an_ancestor(self, bench: Bench) -> None:
        behind = gap(bench)
        behind.look([None, bench.journal.head()])
        assert (behind.fault, behind.can_be_signed_off) == (None, False)
        behind.sign_off("a", "b")
        assert bench.journal.fault is None

    def test_of_a_head_in_the_folder_counts(self, bench: Bench) -> None:
        here = bench.journal.head()
        behind = gap(bench)
        behind.look([Head(here.journal_id, here.seq + 3, "00")])
        fault = behind.fault
        assert fault is not None
        assert fault.values["k"] == lacking(3)

    def test_that_is_no_gap_cannot_be_signed_off(self, bench: Bench) -> None:
        bench.journal.block(Unavailable("E-TAMPER", n=1, time=None, why="chain"))
        behind = gap(bench)
        behind.look([])
        assert not behind.can_be_signed_off
        with pytest.raises(Unavailable) as caught:
            behind.sign_off("a", "b")
        assert caught.value.code == "E-TAMPER"
        bench.journal.block(None)

    def test_that_was_signed_off_is_not_asked_about_again(self, bench: Bench, backups: Backups, folder: Path) -> None:
        """The folder remembers the newer head, which the journal that was put back does not reach for long."""
        ahead = Head(bench.journal.journal_id, bench.journal.head().seq + 9, "00")
        write_head(folder, ahead)
        behind = gap(bench)
        behind.look([backups.head()])
        behind.sign_off("looked up in the cabinet", "Анна")
        assert backups.head() == bench.journal.head()
        behind.look([backups.head()])
        assert behind.fault is None

    def test_is_signed_off_also_where_the_folder_is_out_of_reach(
        self, bench: Bench, backups: Backups, folder: Path
    ) -> None:
        bench.settings.set(RESTORED, True)
        behind = gap(bench)
        behind.look([])
        folder.rmdir()
        behind.sign_off("looked up in the cabinet", "Анна")
        assert (behind.fault, bench.settings.get(RESTORED)) == (None, False)
