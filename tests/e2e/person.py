"""A person at the windows of this process: sees what is on screen, types and clicks; knows no object of the console.

Every look also collects the titles of all windows, since a title is shown by task bars and written to logs of others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SECONDS = 40.0
LOOK = 10
"""Milliseconds between two looks at the screen."""


class Person:
    """Sits at the screen until `leave`."""

    def __init__(self) -> None:
        self.titles: set[str] = set()

    def begin(self) -> None:
        """Give the window the room of a usual screen."""
        self.window.resize(1440, 900)

    @property
    def window(self) -> QWidget:
        """The console's window."""
        return next(each for each in QApplication.topLevelWidgets() if each.objectName() == "window")

    def until(self, is_so: Callable[[], object], words: str) -> None:
        """Wait until something is so, and no longer than anyone would."""
        wake = QTimer()
        wake.start(LOOK)
        deadline = time.monotonic() + SECONDS
        while not is_so():
            self._note_titles()
            assert time.monotonic() < deadline, f"{words}; on the screen:\n{self.said()}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._note_titles()

    def all(self, name: str, kind: type[W]) -> list[W]:
        """The visible controls of a name."""
        found = [each for each in self.window.findChildren(kind, name) if each.isVisible()]
        return [each for each in found if isinstance(each, kind)]

    def sees(self, name: str) -> bool:
        """Whether a control of that name is on screen."""
        return bool(self.all(name, QWidget))

    def get(self, name: str, kind: type[W]) -> W:
        """The visible control of a name, waited for."""
        self.until(lambda: self.all(name, kind), f"{name} does not come")
        return self.all(name, kind)[0]

    def click(self, name: str) -> None:
        """Click a button that is there and enabled."""
        self.until(lambda: any(each.isEnabled() for each in self.all(name, QAbstractButton)), f"{name} is not offered")
        QTest.mouseClick(self.get(name, QAbstractButton), LEFT)

    def type(self, name: str, text: str, *, leave: bool = True) -> None:
        """Type over what stands in an input, in any alphabet (QTest aborts on Cyrillic), and go on with Tab."""
        edit = self.get(name, QLineEdit)
        edit.window().activateWindow()
        edit.setFocus()
        self.until(edit.hasFocus, f"{name} does not take the focus")
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        for char in text:
            for event in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(edit, QKeyEvent(event, 0, NONE, char))
        if leave:
            QTest.keyClick(edit, Qt.Key.Key_Tab)

    def drop(self, name: str, *paths: Path) -> None:
        """Let files fall on a card."""
        card = self.get(name, QWidget)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(card, enter)
        assert enter.isAccepted(), f"{name} takes no files"
        QApplication.sendEvent(card, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, NONE))

    def choose(self, name: str, path: Path) -> None:
        """Press a button that asks for a file, type its path into the dialog and press Return."""
        self.click(name)
        self.until(self._dialogs, "no dialog for files comes")
        dialog = self._dialogs()[0]
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(edit, QLineEdit)
        edit.setText(str(path))
        QTest.keyClick(edit, Qt.Key.Key_Return)
        self.until(lambda: not self._dialogs(), "the dialog for files stays")

    def pick(self, table: str, words: str) -> None:
        """Click the row of a table in which words stand."""
        self.until(lambda: self._row(table, words) is not None, f"“{words}” is not in {table}")
        view, row = self.get(table, QAbstractItemView), self._row(table, words)
        assert row is not None
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(row).center())

    def text(self, name: str) -> str:
        """What stands on a label, an input, a button or a badge."""
        widget = self.get(name, QWidget)
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            return widget.text()
        return widget.accessibleName()

    def said(self) -> str:
        """Everything that can be read."""
        labels = [each.text() for each in self.window.findChildren(QLabel) if each.isVisible()]
        bodies = [each.toPlainText() for each in self.window.findChildren(QPlainTextEdit) if each.isVisible()]
        return "\n".join([*labels, *bodies])

    def reads(self, words: str) -> None:
        """Wait for words to be read anywhere."""
        self.until(lambda: words in self.said(), f"“{words}” cannot be read")

    def leave(self) -> None:
        """Close the window, which ends the program."""
        self._note_titles()
        self.window.close()

    def _row(self, table: str, words: str) -> QModelIndex | None:
        model = self.get(table, QAbstractItemView).model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if words in str(model.index(row, column).data()):
                    return model.index(row, column)
        return None

    def _dialogs(self) -> list[QFileDialog]:
        return [each for each in self.window.findChildren(QFileDialog) if each.isVisible()]

    def _note_titles(self) -> None:
        self.titles |= {each.windowTitle() for each in QApplication.topLevelWidgets()}
