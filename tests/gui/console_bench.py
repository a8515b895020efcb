"""A person at the console of real accounts: a vault in memory, and the sandbox's gateway in the gateway's place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app import open_console
from console.domain.secret import Secret
from console.gateway import transport
from console.sandbox.sandbox import Sandbox

W = TypeVar("W", bound=QWidget)
SECONDS = 20_000


def zipped(folder: Path, into: Path) -> Path:
    """A zip as the cabinet issues it: the password with a line end."""
    with zipfile.ZipFile(into, "w") as archive:
        for name in ("private.pem", "password.txt", "public.pem"):
            data = (folder / name).read_bytes()
            archive.writestr(f"{folder.name}/{name}", data + b"\n" if name == "password.txt" else data)
    return into


def answer_by(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sandbox's gateway answer for every host; the account's header is what was typed."""
    real = transport.Transport

    def made(_: str, account: Secret, **_options: Any) -> transport.Transport:
        return real(sandbox.url, account)

    monkeypatch.setattr(transport, "Transport", made)


class Person:
    """Looks at one console and uses it by the public names."""

    def __init__(self, qtbot: QtBot, home: Path, **options: Any) -> None:
        self.qtbot = qtbot
        self.console = open_console(home, **{"language": "en", "theme": "light", **options})
        self.window = self.console.window
        self.window.resize(1440, 900)
        self.window.show()

    def close(self) -> None:
        self.console.close()
        self.console.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def find(self, name: str, kind: type[W]) -> W | None:
        return next((each for each in self.window.findChildren(kind, name) if each.isVisible()), None)

    def sees(self, name: str) -> bool:
        return self.find(name, QWidget) is not None

    def get(self, name: str, kind: type[W]) -> W:
        self.until(lambda: self.find(name, kind) is not None, f"{name} is not there")
        found = self.find(name, kind)
        assert found is not None
        return found

    def until(self, condition: Callable[[], object], words: str = "") -> None:
        def check() -> bool:
            assert condition(), words
            return True

        self.qtbot.waitUntil(check, timeout=SECONDS)

    def click(self, name: str) -> None:
        button = self.get(name, QAbstractButton)
        self.until(button.isEnabled, f"{name} is disabled")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        edit = self.get(name, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
        edit.clearFocus()

    def text(self, name: str) -> str:
        widget = self.get(name, QWidget)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton)
        return widget.text()

    def drop(self, name: str, *paths: Path) -> None:
        """Let files fall on a card."""
        card = self.get(name, QWidget)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, left, none)
        QApplication.sendEvent(card, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(card, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none))

    def said(self) -> str:
        """Everything that can be read in the window."""
        return "\n".join(each.text() for each in self.window.findChildren(QLabel) if each.isVisible())

    def rest(self) -> None:
        self.until(self.console.jobs.is_idle)
        QApplication.processEvents()
