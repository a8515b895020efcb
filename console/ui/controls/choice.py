"""A drop-down: one value of a few, for settings. Nothing that a mouse wheel changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.button import look_of
from console.ui.controls.menu import offer
from console.ui.i18n import Words
from console.ui.theme import tokens


class Choice(QAbstractButton):
    """A button that shows the value chosen of `choices` (value, words) and offers the others; `changed(object)` tells."""

    changed = Signal(object)

    def __init__(
        self,
        words: Words,
        choices: Sequence[tuple[object, Words]],
        value: object,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: Words = words
        self._choices = list(choices)
        self._chosen = [choice for choice, _ in self._choices].index(value)
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(name)
        self.setFixedHeight(tokens.BUTTON)
        self.clicked.connect(self.open_menu)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def value(self) -> object:
        """Return the value chosen."""
        return self._choices[self._chosen][0]

    def set_value(self, value: object) -> None:
        """Choose a value; `changed` follows where it was another. An unknown value raises ValueError."""
        number = [choice for choice, _ in self._choices].index(value)
        if number != self._chosen:
            self._chosen = number
            self.retranslate()
            self.changed.emit(value)

    def open_menu(self) -> None:
        """Offer the choices."""
        offer(self, self._choices, self._chosen).triggered.connect(self._on_triggered)

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setAccessibleName(f"{i18n.tr(self.words)}: {self._said()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        widest = max(paint.width(i18n.tr(words), "body_medium") for _, words in self._choices)
        return QSize(14 + widest + 12 + 16 + 10, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, border, ink = look_of(self, "secondary")
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, fill, border, tokens.RADIUS_CONTROL)
            paint.text(painter, rect.adjusted(14, 0, -30, 0), self._said(), "body_medium", ink)
            icons.draw(painter, "chevron-down", QRectF(rect.right() - 26, 10, 16, 16), ink)

    def _on_triggered(self, action: QAction) -> None:
        self.set_value(self._choices[int(action.data())][0])

    def _said(self) -> str:
        return i18n.tr(self._choices[self._chosen][1])
