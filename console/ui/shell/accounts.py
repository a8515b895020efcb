"""The menu of accounts: one row each, with its environment, so that nobody takes one for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.badge import EnvironmentBadge
from console.ui.controls.button import Button
from console.ui.controls.corners import round_off
from console.ui.i18n import Words
from console.ui.theme import tokens

_TAIL = mark("window", "account …{tail}")
_CONNECT = mark("window", "Connect an account…")
_ROW = 46


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account to choose: local id, name, last four signs of its UUID, environment, host of another gateway.

    `note` stands in place of the tail where that is not known.
    """

    id: str
    name: str
    tail: str
    environment: str
    host: str = ""
    note: Words = ""


class AccountMenu(QFrame):
    """The menu of 320 px; `chosen(str)` gives the id, `connect_asked` wants a new account. It closes by itself."""

    chosen = Signal(str)
    connect_asked = Signal()

    def __init__(self, rows: Sequence[AccountRow], current: str, parent: QWidget, *, can_connect: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        round_off(self, tokens.RADIUS_CARD)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(320)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.setSpacing(2)
        self._rows = [_Row(row, is_current=row.id == current) for row in rows]
        for row in self._rows:
            row.clicked.connect(lambda _=False, row=row: self._on_clicked(row))
            column.addWidget(row)
        self._connect = Button(_CONNECT, "quiet", size="small", icon="plus", name="bar/account/connect")
        self._connect.clicked.connect(self._on_connect)
        column.addWidget(self._connect)
        self._connect.setVisible(can_connect)

    def popup_at(self, spot: QPoint) -> None:
        """Open with the top left corner at `spot`; the account in use has the focus."""
        self.adjustSize()
        self.move(spot)
        self.show()
        first: QWidget = self._rows[0] if self._rows else self._connect
        focused = next((row for row in self._rows if row.is_current), first)
        focused.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_CARD)

    def _on_connect(self) -> None:
        self.close()
        self.connect_asked.emit()

    def _on_clicked(self, row: _Row) -> None:
        self.close()
        if not row.is_current:
            self.chosen.emit(row.account.id)


class _Row(QAbstractButton):
    def __init__(self, account: AccountRow, *, is_current: bool) -> None:
        super().__init__()
        self.account, self.is_current = account, is_current
        self.setObjectName(f"bar/account/{account.id}")
        self.setAccessibleName(account.name)
        self.setFixedHeight(_ROW)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        badge = EnvironmentBadge(account.environment, account.host, short=True)
        badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(badge)
        self._badge = badge

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            fill = "soft" if self.is_current else "hover2" if self.underMouse() or self.hasFocus() else ""
            if fill:
                paint.box(painter, rect, fill, "", tokens.RADIUS_BADGE)
            if self.is_current:
                icons.draw(painter, "check", QRectF(10, 14, 16, 16), "link")
            room = self._badge.x() - 36 - 8
            paint.text(painter, QRectF(36, 6, room, 18), self.account.name, "second_strong", "ink")
            tail = i18n.tr(self.account.note or _TAIL.with_(tail=self.account.tail))
            if self.account.host and self.account.environment == "other":
                tail = f"{self.account.host}, {tail}"
            paint.text(painter, QRectF(36, 23, room, 16), tail, "caption", "ink3")
