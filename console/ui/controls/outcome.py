"""The sandbox's choice of what the gateway inside does with the next request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.button import IconButton
from console.ui.controls.card import Scroll
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import tokens

_TITLE = mark("window", "Outcome of the next request")
_CLOSE = mark("controls", "Close")
_OPTION = 44


@dataclass(frozen=True, slots=True)
class Outcome:
    """A possible outcome: code, icon and colour of the state it leads to, name, what the gateway will say."""

    code: str
    icon: str
    colour: str
    name: Words
    says: Words


class OutcomePanel(QFrame):
    """The panel of 360 px; `chosen(str)` gives the code, `closed` comes when it shall go away."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, outcomes: Sequence[Outcome], code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(360)
        self.setObjectName("sandbox/outcomes")
        self._options = [_Option(outcome) for outcome in outcomes]
        head = QHBoxLayout()
        head.setContentsMargins(13, 8, 7, 4)
        head.setSpacing(10)
        head.addWidget(Picture("flask-conical", "sand", 18))
        head.addWidget(Label(_TITLE, "body_strong"), 1)
        close = IconButton("x", _CLOSE)
        close.clicked.connect(self.closed)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        inner = QWidget()
        options = QVBoxLayout(inner)
        options.setContentsMargins(7, 0, 7, 0)
        options.setSpacing(4)
        for option in self._options:
            option.clicked.connect(lambda _=False, code=option.outcome.code: self._on_clicked(code))
            options.addWidget(option)
        column.addWidget(Scroll(inner))
        self._wanted = 50 + len(self._options) * (_OPTION + 4) + 8
        self.mark(code)

    def wanted_height(self) -> int:
        """Return the height at which nothing has to scroll."""
        return self._wanted

    def mark(self, code: str) -> None:
        """Show which outcome is chosen."""
        for option in self._options:
            option.setChecked(option.outcome.code == code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "sand_e", tokens.RADIUS_CARD)

    def _on_clicked(self, code: str) -> None:
        self.mark(code)
        self.chosen.emit(code)


class _Option(QAbstractButton):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.outcome = outcome
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(f"sandbox/outcome/{outcome.code}")
        self.setCheckable(True)
        self.setFixedHeight(_OPTION)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setAccessibleName(i18n.tr(self.outcome.name))
        self.setAccessibleDescription(i18n.tr(self.outcome.says))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            fill = "soft" if self.isChecked() else "hover2" if self.underMouse() else ""
            if fill:
                paint.box(painter, rect, fill, "", tokens.RADIUS_BADGE)
            icons.draw(painter, self.outcome.icon, QRectF(10, 7, 18, 18), self.outcome.colour)
            room = rect.width() - 38 - 38
            name = i18n.tr(self.outcome.name)
            paint.text(painter, QRectF(38, 4, room, 20), name, "second_medium", "ink")
            paint.text(painter, QRectF(38, 23, room, 17), i18n.tr(self.outcome.says), "caption", "ink3")
            if self.isChecked():
                icons.draw(painter, "check", QRectF(rect.right() - 28, 14, 16, 16), "link")
