"""A home without an account: one click gives a working one to practise with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.app import open_console


def test_one_click_leads_into_the_sandbox(qtbot: QtBot, home: Path) -> None:
    console = open_console(home, language="ru", theme="light")
    console.window.resize(1440, 900)
    console.window.show()

    def seen(name: str) -> QWidget | None:
        return next((each for each in console.window.findChildren(QWidget, name) if each.isVisible()), None)

    qtbot.waitUntil(lambda: seen("welcome/sandbox") is not None, timeout=20_000)
    assert seen("nav/payout") is None
    assert not (home / "journal.db").exists()
    button = seen("welcome/sandbox")
    assert isinstance(button, QAbstractButton)
    assert button.text() == "Открыть песочницу"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen("nav/payout") is not None, timeout=20_000)
    account = console.services.accounts.current
    assert account is not None
    assert account.is_sandbox
    assert (home / "sandbox" / "journal.db").exists()
    assert "ПЕСОЧНИЦА" in console.window.windowTitle()
    console.close()
    console.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
