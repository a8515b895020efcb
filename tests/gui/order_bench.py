"""An order page in a window over real services, a real journal and a scripted gateway; hands that type and click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.services.drafts import Drafts
from console.services.operations import Operations
from console.services.services import Services
from console.ui.jobs import Jobs
from console.ui.pages.order import OrderPage
from tests.services.bench import Bench

W = TypeVar("W", bound=QWidget)
SBP = "payment_card_sbp_rub"
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def services_of(bench: Bench) -> Services:
    """The services of a bench, as pages get them; those that an order page does not ask are missing."""
    made: dict[str, Any] = {
        "accounts": bench.accounts,
        "balances": bench.balances,
        "drafts": Drafts(bench.journal.papers, bench.reader, bench.settings, bench.clock),
        "reviews": bench.reviews,
        "submit": bench.submit,
        "settle": bench.settle,
        "follow": bench.follow,
        "prover": bench.prover,
        "operations": Operations(bench.journal, bench.reader, bench.accounts, bench.clock),
        "settings": bench.settings,
        "clock": bench.clock,
    }
    found: dict[str, Any] = {part.name: made.get(part.name) for part in fields(Services)}
    return Services(**found)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and release a key."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text of any alphabet (QTest aborts the process on Cyrillic)."""
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, char))


class Hands:
    """A person at an order page."""

    def __init__(self, qtbot: QtBot, bench: Bench, kind: Kind = Kind.PAYOUT) -> None:
        self.qtbot, self.bench = qtbot, bench
        self.is_closed = False
        self.services = services_of(bench)
        self.jobs = Jobs()
        self.window = QWidget()
        self.window.resize(1200, 900)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        self.page = OrderPage(kind, self.services, self.jobs)
        column.addWidget(self.page)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.rest()

    def rest(self) -> None:
        """Let every answer come back."""
        self.until(self.jobs.is_idle)
        QApplication.processEvents()
        self.until(self.jobs.is_idle)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(is_so, timeout=10_000)

    def find(self, name: str) -> QWidget:
        """The visible widget of an object name."""
        return self.one(name, QWidget)

    def edit(self, name: str) -> QLineEdit:
        """The visible input of an object name."""
        return self.one(name, QLineEdit)

    def one(self, name: str, kind: type[W]) -> W:
        """The visible widget of an object name and a kind."""
        found = [each for each in self.page.findChildren(kind, name) if each.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} visible"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of that name is visible."""
        return any(each.isVisible() for each in self.page.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        """The text of a visible label, input or badge."""
        widget = self.find(name)
        if isinstance(widget, QLabel | QLineEdit):
            return widget.text()
        return str(widget.accessibleName())

    def type(self, name: str, text: str, *, leave: bool = True) -> None:
        """Put the keyboard into an input, replace its text, and leave it."""
        edit = self.edit(name)
        edit.setFocus()
        edit.selectAll()
        press(edit, Qt.Key.Key_Delete)
        type_text(edit, text)
        if leave:
            self.leave()

    def leave(self) -> None:
        """Go on with Tab."""
        press(self.focus(), Qt.Key.Key_Tab)

    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def click(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.one(name, QAbstractButton), Qt.MouseButton.LeftButton)

    def problem(self, field: str, service: str = SBP) -> str:
        """The problem shown at a field, or an empty text."""
        name = f"{service}/{field}/problem" if "/" not in field else f"{field}/problem"
        return self.text(name) if self.sees(name) else ""

    def fill(self, **changed: str) -> None:
        """Fill the payout by phone."""
        values = {"amount": "3000", "number": "79031112233", "customer_code": "100000000111", **changed}
        for name, text in values.items():
            self.type(f"{SBP}/{name}", text)

    def review(self) -> None:
        """Press *Review* and wait for its page."""
        self.click(f"{SBP}/review")
        self.rest()

    def send(self) -> None:
        """Click the sending button and wait for what comes of it."""
        self.click("review/send")
        self.rest()

    def told(self) -> str:
        """Everything that can be read on the page: labels and buttons."""
        labels = [each.text() for each in self.page.findChildren(QLabel) if each.isVisible()]
        buttons = [each.text() for each in self.page.findChildren(QAbstractButton) if each.isVisible()]
        return "\n".join([*labels, *buttons])

    def order_id(self, service: str = SBP) -> str:
        """The order id in the form."""
        return self.text(f"{service}/order_id")

    def close(self) -> None:
        """Go home."""
        self.is_closed = True
        self.page.flush()
        self.rest()
        self.window.close()
        self.jobs.shutdown()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
