"""A person at the window: finds controls by their public names, types, clicks, and waits for what the screen says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar, overload

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app import open_console
from console.app.console import Console
from console.domain.method import Method

W = TypeVar("W", bound=QWidget)
SECONDS = 20_000


class Driver:
    """A console on a home of its own, in the sandbox unless a test says otherwise."""

    def __init__(self, qtbot: QtBot, home: Path, **options: Any) -> None:
        self.qtbot = qtbot
        self.home = home
        chosen = {"sandbox": True, "language": "en", "theme": "light", **options}
        self.console: Console = open_console(home, **chosen)
        self.window = self.console.window
        self.window.resize(1440, 900)
        self.window.show()
        self.services = self.console.services

    def close(self) -> None:
        """Close the console and let Qt end what was deleted."""
        self.console.close()
        self.console.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    @overload
    def find(self, name: str) -> QWidget | None: ...
    @overload
    def find(self, name: str, kind: type[W]) -> W | None: ...
    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """The visible control of a name."""
        return next((each for each in self.window.findChildren(kind, name) if each.isVisible()), None)

    @overload
    def get(self, name: str) -> QWidget: ...
    @overload
    def get(self, name: str, kind: type[W]) -> W: ...
    def get(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible control of a name, waited for."""
        self.until(lambda: self.find(name, kind) is not None, f"{name} is not there")
        found = self.find(name, kind)
        assert found is not None
        return found

    def until(self, condition: Callable[[], object], words: str = "") -> None:
        """Wait for a condition, not for a time."""
        self.qtbot.waitUntil(lambda: bool(condition()) or _fail(words), timeout=SECONDS)

    def go(self, page: str) -> None:
        """Press an entry of the rail."""
        self.click(f"nav/{page}")

    def click(self, name: str) -> None:
        """Click a button that is there and enabled."""
        button = self.get(name, QAbstractButton)
        self.until(button.isEnabled, f"{name} is disabled")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        """Type into an input as a keyboard does, Cyrillic too, and leave it."""
        edit = self.get(name, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        for char in text or "\b":
            key = Qt.Key.Key_Backspace if char == "\b" else Qt.Key(0)
            QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char))
        edit.clearFocus()

    def fill(self, method: Method, **changed: str) -> None:
        """Choose a method and fill in what it needs, with its samples."""
        self.go(method.kind.value)
        self.click(f"method/{method.code}")
        texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
        texts.pop("order_id")
        for name, text in {**texts, **changed}.items():
            self.type(f"{method.code}/{name}", text)

    def order_id(self, method: Method) -> str:
        """The order id that stands in the form."""
        return self.get(f"{method.code}/order_id", QLineEdit).text()

    def review(self, method: Method) -> None:
        """Press *Review* and wait for the page."""
        self.click(f"{method.code}/review")
        self.get("review/back")

    def acknowledge(self) -> None:
        """Acknowledge every strong warning with a reason."""
        number = 1
        while (box := self.find(f"review/acknowledge/{number}", QAbstractButton)) is not None:
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(9, box.height() // 2))
            self.type(f"review/reason/{number}", "checked by letter")
            number += 1

    def send(self, method: Method, **changed: str) -> str:
        """From an empty form to a result; return the order id."""
        self.fill(method, **changed)
        order_id = self.order_id(method)
        self.review(method)
        self.acknowledge()
        self.click("review/send")
        self.get("result/state")
        return order_id

    def state(self, order_id: str) -> str:
        """The state the journal holds."""
        row = self.services.operations.get(order_id)
        return "" if row is None else row.state.value

    @property
    def ledger(self) -> Path:
        """The gateway's own record."""
        return self.home / "sandbox" / "gateway" / "ledger.db"

    def accepted(self) -> list[dict[str, Any]]:
        """What the gateway accepted, in order."""
        return rows(self.ledger, "SELECT * FROM accepted ORDER BY id")


def rows(path: Path, sql: str, *values: object) -> list[dict[str, Any]]:
    """Read a SQLite file as an outsider does."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute(sql, values)]


def _fail(words: str) -> bool:
    assert not words, words
    return False
