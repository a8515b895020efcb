"""A page that reads, in a window over real services, a real journal and a scripted gateway; hands that type and click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.journal.check import Progress
from console.services.overview import Overviews
from console.services.records import Records
from console.services.services import Services
from console.services.verify import Report, verify
from console.ui.controls.dialog import Dialog
from console.ui.jobs import Jobs
from tests.gui.order_bench import services_of
from tests.services.bench import Bench

P = TypeVar("P", bound=QWidget)
W = TypeVar("W", bound=QWidget)
Make = Callable[[Services, Jobs], P]


def reading_services(bench: Bench) -> Services:
    """The services of a bench with those that only the reading pages ask."""

    def check(progress: Progress) -> Report:
        return verify(bench.home.path, key=bench.key, progress=progress)

    return replace(
        services_of(bench),
        records=Records(bench.journal, bench.reader, bench.clock, check),
        overviews=Overviews(bench.journal, bench.reader, bench.accounts, bench.balances, bench.follow, bench.clock),
    )


def watch(model: QAbstractItemModel) -> None:
    """Check the rules of models now and after each change; a broken one is a warning of Qt's, which fails the test."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    tester.setParent(model)


class Sitting(Generic[P]):
    """A person at a page."""

    def __init__(self, qtbot: QtBot, bench: Bench, make: Make[P], size: tuple[int, int] = (1240, 820)) -> None:
        self.qtbot, self.bench = qtbot, bench
        self.services = reading_services(bench)
        self.jobs = Jobs()
        self.window = QWidget()
        self.window.resize(*size)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        self.page = make(self.services, self.jobs)
        column.addWidget(self.page)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)

    def rest(self) -> None:
        """Let every answer come back, and what it leads to."""
        for _ in range(3):
            self.qtbot.waitUntil(self.jobs.is_idle, timeout=10_000)
            QApplication.processEvents()

    def one(self, name: str, kind: type[W]) -> W:
        """The visible widget of an object name and a kind."""
        found = [each for each in self.window.findChildren(kind, name) if each.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} visible"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of that name is visible."""
        return any(each.isVisible() for each in self.window.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        """The text of a visible label, input or badge."""
        widget = self.one(name, QWidget)
        if isinstance(widget, QLabel | QLineEdit):
            return widget.text()
        return str(widget.accessibleName())

    def click(self, name: str) -> None:
        """Click a button and let what it leads to come."""
        QTest.mouseClick(self.one(name, QAbstractButton), Qt.MouseButton.LeftButton)
        self.rest()

    def dialog(self) -> Dialog:
        """The open dialog."""
        found = [each for each in self.window.findChildren(Dialog) if each.isVisible()]
        assert len(found) == 1, f"{len(found)} dialogs"
        return found[0]

    def told(self) -> str:
        """Everything that can be read in the window: labels and buttons."""
        labels = [each.text() for each in self.window.findChildren(QLabel) if each.isVisible()]
        buttons = [each.text() for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        return "\n".join([*labels, *buttons])

    def close(self) -> None:
        """Go home."""
        self.rest()
        self.window.close()
        self.jobs.shutdown()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
