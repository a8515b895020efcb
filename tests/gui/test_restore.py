"""Putting a copy of the journal back by the window: from the settings, and where the journal is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from console.app.engine import Engine
from console.domain.endpoint import Kind
from console.domain.trouble import Unavailable
from console.journal.check import check
from console.journal.entry import Entry, EventKind
from console.journal.recovery import code_of
from console.sandbox.sandbox import Sandbox
from console.services import backups as services
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import Settings
from console.ui.controls.dialog import Dialog
from console.vault.memory import MemoryVault
from tests.e2e.real import Real
from tests.gui.console_bench import Person, answer_by

HOST = "api-merchant.alikassa.com"
Sit = Callable[[], Person]


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    made = Sandbox.open(tmp_path / "gateway")
    answer_by(made, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


def begun(home: Path, vault: MemoryVault) -> Engine:
    place = Home(home)
    return Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=vault)


@pytest.fixture
def copy(home: Path, vault: MemoryVault, gateway: Sandbox, tmp_path: Path) -> Path:
    """A copy of a journal that has gone on since by three records."""
    engine = begun(home, vault)
    certificate = read_certificate([gateway.payout_certificate])
    account = engine.services.connect.add("Vector", HOST, gateway.account, {Kind.PAYOUT: certificate})
    (tmp_path / "copies").mkdir()
    engine.services.backups.choose(tmp_path / "copies")
    made = engine.services.backups.make()
    for name in ("One", "Two", "Three"):
        engine.services.connect.rename(account.id, name)
    engine.close()
    return made.path


@pytest.fixture
def sit(qtbot: QtBot, home: Path, vault: MemoryVault) -> Iterator[Sit]:
    seated: list[Person] = []

    def make() -> Person:
        seated.append(Person(qtbot, home, vault=vault))
        return seated[-1]

    yield make
    for person in seated:
        person.close()


def used(home: Path, vault: MemoryVault) -> None:
    """Send an order, so that the journal and its key are not to be lost."""
    real = Real(begun(home, vault))
    (account,) = real.services.accounts.all()
    real.services.connect.check(account.id)
    real.keep_code()
    real.pay("PO-1")
    real.close()


def choose(person: Person, path: Path) -> None:
    person.until(lambda: person.window.findChild(QFileDialog) is not None)
    dialog = person.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    person.until(lambda: dialogs(person), "nothing is asked")


def dialogs(person: Person) -> list[Dialog]:
    return [each for each in person.window.findChildren(Dialog) if each.isVisible()]


def open_backup(person: Person) -> None:
    person.click("nav/settings")
    person.click("settings/section/backup")
    person.click("settings/backup/restore")


def test_copies_are_looked_for_where_they_are_made(sit: Sit, copy: Path) -> None:
    person = sit()
    open_backup(person)
    person.until(lambda: person.window.findChild(QFileDialog) is not None)
    dialog = person.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.directory().absolutePath() == str(copy.parent)
    dialog.close()


def damage(home: Path) -> bytes:
    """Make the journal's file unreadable as a power loss does; return what it holds then."""
    path = home / "journal.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[100:] = bytes(len(data) - 100)
    path.write_bytes(data)
    return bytes(data)


def aside(home: Path) -> Path:
    (found,) = home.glob("journal.db.before-????????")
    return found


def test_a_copy_is_put_back_from_the_settings_and_blocks_creates_until_it_is_signed_off(
    sit: Sit, home: Path, copy: Path
) -> None:
    person = sit()
    open_backup(person)
    choose(person, copy)
    assert person.text("restore/file") == copy.name
    assert person.text("restore/code").startswith("the recovery code of this console")
    missing = int(person.text("restore/lacks").split()[0])
    assert missing >= 3
    before = person.console.services.records.head()
    assert before is not None
    person.click("dialog/back")
    person.until(lambda: not dialogs(person))
    assert person.console.services.records.head() == before

    person.click("settings/backup/restore")
    choose(person, copy)
    person.click("dialog/restore")
    person.until(lambda: list(home.glob("journal.db.before-*")), "nothing was set aside")
    person.until(lambda: person.sees("nav/settings"))
    person.rest()
    kept = check(aside(home)).head
    assert kept is not None
    assert (kept.journal_id, kept.seq >= before.seq) == (before.journal_id, True)
    fault = person.console.services.gap.fault
    assert fault is not None
    assert fault.code == "E-ROLLBACK"
    create = Entry(EventKind.INTENDED, person.console.clock(), order_id="PO-1")
    with pytest.raises(Unavailable, match="E-ROLLBACK"):
        person.console.services.submit._journal.append(create)
    person.click("nav/settings")
    person.click("settings/section/backup")
    person.type("settings/gap/note", "compared with the cabinet")
    person.type("settings/gap/name", "Anna")
    person.click("settings/gap/sign")
    person.until(lambda: person.console.services.gap.fault is None)


def test_a_damaged_journal_is_replaced_by_a_copy_and_kept(sit: Sit, home: Path, copy: Path) -> None:
    damaged = damage(home)
    person = sit()
    person.click("start/restore")
    choose(person, copy)
    assert int(person.text("restore/lacks").split()[0]) >= 3  # the vault kept the head
    person.click("dialog/restore")
    person.until(lambda: person.sees("nav/overview"), "the pages do not come")
    person.rest()
    assert aside(home).read_bytes() == damaged
    assert person.console.services.gap.can_be_signed_off
    assert [account.name for account in person.console.services.accounts.all()] == ["Three"]


def test_a_damaged_journal_whose_key_is_lost_too_asks_for_the_code(
    sit: Sit, home: Path, copy: Path, vault: MemoryVault
) -> None:
    key = vault.read("journal/key")
    assert key is not None
    damage(home)
    for name in ("journal/key", "journal/head"):
        vault.remove(name)
    person = sit()
    person.click("start/restore")
    choose(person, copy)
    assert person.text("restore/code").startswith("the recovery code of journal ")
    person.click("dialog/restore")
    person.click("keyring/code")
    person.type("recovery/code", code_of(key))
    person.click("recovery/restore")
    person.until(lambda: person.sees("nav/overview"))
    person.rest()
    assert person.console.services.gap.can_be_signed_off


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_copy_is_brought_to_a_new_computer(
    qtbot: QtBot, copy: Path, vault: MemoryVault, tmp_path: Path, *, has_begun: bool
) -> None:
    key = vault.read("journal/key")
    assert key is not None
    person = Person(qtbot, tmp_path / "new", vault=MemoryVault())
    if has_begun:  # somebody looked into the console before
        person.click("welcome/connect")
        person.click("connect/cancel")
        person.click("welcome/journal")
        open_backup(person)
    else:
        person.click("welcome/restore")
    choose(person, copy)
    assert person.text("restore/code").endswith("which will be asked for")
    person.click("dialog/restore")
    person.click("keyring/code")
    person.type("recovery/code", code_of(key))
    person.click("recovery/restore")
    person.click("welcome/journal")
    person.until(lambda: person.sees("nav/overview"))
    person.rest()
    assert person.console.services.gap.can_be_signed_off
    head = person.console.services.records.head()
    assert head is not None
    assert head.journal_id[:8] in copy.name
    person.close()


class TestWhatCannotBePutBack:
    def test_is_another_journals_copy(
        self, sit: Sit, home: Path, copy: Path, tmp_path: Path, vault: MemoryVault
    ) -> None:
        other = begun(tmp_path / "other", MemoryVault())
        (tmp_path / "theirs").mkdir()
        other.services.backups.choose(tmp_path / "theirs")
        theirs = other.services.backups.make().path
        other.close()
        used(home, vault)
        person = sit()
        open_backup(person)
        choose(person, theirs)
        assert "a copy of another journal" in person.said()
        assert not person.sees("dialog/restore")
        person.click("dialog/back")
        assert not list(home.glob("journal.db.before-*"))

    def test_is_no_copy(self, sit: Sit, home: Path, copy: Path, tmp_path: Path) -> None:
        (tmp_path / "text.db").write_text("nothing")
        person = sit()
        open_backup(person)
        choose(person, tmp_path / "text.db")
        assert "This file cannot be restored" in person.said()
        person.click("dialog/back")
        assert not list(home.glob("journal.db.before-*"))

    def test_because_the_disk_refuses_leaves_the_journal_as_it_was(
        self, sit: Sit, home: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = sit()
        open_backup(person)
        choose(person, copy)
        head = person.console.services.records.head()
        assert head is not None

        def refuse(*_: object) -> None:
            raise Unavailable("E-BACKUP", why="Read-only file system")

        monkeypatch.setattr(services, "put_back", refuse)
        person.click("dialog/restore")
        person.until(lambda: "the journal is as it was" in person.said())
        assert "the disk can only be read" in person.said()
        person.click("dialog/back")
        person.until(lambda: person.sees("nav/overview"))
        person.rest()
        now = person.console.services.records.head()
        assert now is not None
        assert now.seq >= head.seq
