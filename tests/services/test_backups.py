"""Backups and what follows a restore."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.journal import backup as module
from console.journal.append import Journal
from console.journal.backup import Copy, copies, make_copy, put_back, surplus
from console.journal.check import check
from console.journal.entry import Head
from console.services.anchor import Anchor, head_in
from console.services.backups import Backups, restore
from console.services.gap import Gap
from console.settings.settings import RESTORED
from tests.services.bench import Bench, answered

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def backups(bench: Bench, folder: Path) -> Backups:
    made = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    made.choose(folder)
    return made


def gap(bench: Bench) -> Gap:
    return Gap(bench.journal, Anchor(bench.vault, bench.journal), bench.settings, bench.clock)


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

    def test_that_the_disk_refuses_is_trouble(
        self, bench: Bench, backups: Backups, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy = backups.make()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable):
            put_back(copy.path, bench.home.path)


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
        assert fault.values["k"] == 3

    def test_that_is_no_gap_cannot_be_signed_off(self, bench: Bench) -> None:
        bench.journal.block(Unavailable("E-TAMPER", n=1, time=None, why="chain"))
        behind = gap(bench)
        behind.look([])
        assert not behind.can_be_signed_off
        with pytest.raises(Unavailable) as caught:
            behind.sign_off("a", "b")
        assert caught.value.code == "E-TAMPER"
        bench.journal.block(None)
