"""The recovery code of a new journal: kept as the person wants, then hidden and asked back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal.recovery import key_of
from console.services.recovery import JOURNAL_KEY, Recovery
from console.settings.settings import RECOVERY_KEPT
from console.ui.jobs import Jobs
from console.ui.pages.recovery import RecoveryPage
from tests.services.bench import Bench


class Seat:
    """A person at the page."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self.qtbot, self.jobs = qtbot, Jobs()
        self.page = RecoveryPage(Recovery(bench.vault, bench.reader, bench.settings), self.jobs)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.start()
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(self.jobs.is_idle)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        button = self.page.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def text(self, name: str) -> str:
        label = self.page.findChild(QLabel, name)
        assert isinstance(label, QLabel)
        return label.text() if label.isVisible() else ""


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Seat]:
    bench.vault.write(JOURNAL_KEY, bench.key)
    bench.settings.set(RECOVERY_KEPT, False)
    made = Seat(qtbot, bench)
    yield made
    made.jobs.shutdown()


def test_the_code_shown_is_the_key(seat: Seat, bench: Bench) -> None:
    assert key_of(seat.text("recovery/code")) == bench.key
    seat.click("recovery/copy")
    assert key_of(QApplication.clipboard().text()) == bench.key


def test_it_is_saved_where_the_person_wants_for_nobody_else(seat: Seat, tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "code.txt"
    seat.click("recovery/save")
    dialog = seat.page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    seat.rest()
    assert seat.text("recovery/code").split("\n")[0] in path.read_text("utf-8")
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_said(seat: Seat, tmp_path: Path) -> None:
    seat.page._on_file(str(tmp_path / "missing" / "code.txt"))
    seat.rest()
    assert seat.text("recovery/problem").startswith("The file was not written")


def test_while_a_group_is_asked_back_the_code_is_hidden(seat: Seat, bench: Bench) -> None:
    seat.click("recovery/kept")
    assert "•" in seat.text("recovery/code")
    edit = seat.page.findChild(QLineEdit, "recovery/group")
    assert isinstance(edit, QLineEdit)
    seat.click("recovery/show")
    assert key_of(seat.text("recovery/code")) == bench.key
    shown = seat.text("recovery/code").replace("\n", "-").split("-")
    seat.click("recovery/kept")
    QTest.keyClicks(edit, "no")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    seat.rest()
    assert seat.text("recovery/group/problem").startswith("Group")
    assert not bench.settings.get(RECOVERY_KEPT)
    edit.clear()
    QTest.keyClicks(edit, shown[seat.page._number - 1].lower())
    with seat.qtbot.waitSignal(seat.page.done):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert bench.settings.get(RECOVERY_KEPT)


def test_later_is_an_answer(seat: Seat, bench: Bench) -> None:
    with seat.qtbot.waitSignal(seat.page.done):
        seat.click("recovery/later")
    assert not bench.settings.get(RECOVERY_KEPT)


def test_a_store_out_of_reach_is_said(qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str) -> Secret:
        raise Unavailable("E-KEYRING-DISMISSED")

    monkeypatch.setattr(bench.vault, "read", read)
    seat = Seat(qtbot, bench)
    assert seat.text("recovery/problem") == "You closed the unlock window."
    assert "•" in seat.text("recovery/code")
    seat.jobs.shutdown()
